//! The virtual link of BACnet/IP and BACnet/IPv6. ASHRAE 135-2020 annexes J and U.

use super::route::Route;
use super::{Flow, errors, network, operations, spec};
use crate::line;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use decode::Cursor;
use dissect::{Cx, Hint, Probe, Step};
use vocab::{Op, Part, Role, Status, Target, Value};

/// The first byte of BACnet/IP. Clause J.2.
const IPV4: u8 = 0x81;
/// The first byte of BACnet/IPv6. Clause U.2.
const IPV6: u8 = 0x82;
/// Highest function of both.
const FUNCTION_MAX: u8 = 0x0c;
/// Type, function, length.
const HEADER: usize = 4;

/// On its own port a header that fits is enough; elsewhere the content must fit too.
pub(super) fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
    let &[kind @ (IPV4 | IPV6), function @ 0..=FUNCTION_MAX, l0, l1, ref rest @ ..] = head else {
        return Probe::No;
    };
    let length = usize::from(u16::from_be_bytes([l0, l1]));
    let cut = hint.headers.payload.missing != 0;
    if hint.bound {
        let fits = length >= HEADER && (length <= head.len() || cut);
        return if fits { Probe::Sure } else { Probe::No };
    }
    let content = match start(kind, function) {
        Some(skip) => rest.get(skip..).is_some_and(network::is_plausible),
        None => fixed(kind, function, length),
    };
    if length == head.len() && content { Probe::Sure } else { Probe::No }
}

/// How many bytes stand between the header and the network message; `None` without one.
fn start(kind: u8, function: u8) -> Option<usize> {
    match (kind, function) {
        (IPV4, 0x09..=0x0b) => Some(0),
        (IPV4, 0x04) | (IPV6, 0x01) => Some(6),
        (IPV6, 0x02 | 0x0c) => Some(3),
        (IPV6, 0x08) => Some(21),
        _ => None,
    }
}

/// Functions without a network message may have this length. Clauses J.2 and U.2.
fn fixed(kind: u8, function: u8, length: usize) -> bool {
    match (kind, function) {
        (IPV4, 0x00 | 0x05) => length == 6,
        (IPV4, 0x02 | 0x06) => length == 4,
        (IPV4, 0x01 | 0x03 | 0x07) => length.checked_rem(10) == Some(4),
        (IPV6, 0x00 | 0x09) => length == 9,
        (IPV4, 0x08) | (IPV6, 0x03 | 0x05 | 0x07) => length == 10,
        (IPV6, 0x04) => length == 28,
        (IPV6, 0x06) => matches!(length, 7 | 10),
        (IPV6, 0x0a) => length == 25,
        _ => false,
    }
}

/// One datagram.
pub(super) fn say(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let &[kind @ (IPV4 | IPV6), function, l0, l1, ..] = bytes else { return Step::NotMine };
    let length = usize::from(u16::from_be_bytes([l0, l1]));
    if length != bytes.len() && !cx.cut() {
        cx.fault(spec::BAD_BVLC, bytes.get(2..4).unwrap_or(&[]));
    }
    if length < HEADER {
        return Step::Resync { took: bytes.len() };
    }
    // Where the length is wrong the datagram's own holds.
    let mut at = Cursor::new(bytes);
    at.take_up_to(HEADER);
    let route = Route::direct(cx.dir());
    if let Some(npdu) = start(kind, function) {
        let before = at.take_up_to(npdu);
        let route = origin(cx, route, kind, function, before);
        network::say(flow, cx, &route, bytes, at.rest());
    } else if kind == IPV4 {
        control(cx, &route, function, bytes, at);
    } else {
        control6(cx, &route, function, bytes, at);
    }
    Step::Took { bytes: bytes.len() }
}

/// A forwarded message tells its sender's own address. Clauses J.2.5 and U.2.9.
fn origin(cx: &Cx<'_>, route: Route, kind: u8, function: u8, before: &[u8]) -> Route {
    match (kind, function, before) {
        (IPV4, 0x04, &[a, b, c, d, _, _]) => {
            let number = u32::from_be_bytes([a, b, c, d]);
            let part = Part { kind: "forwarded address", number };
            route.forwarded(cx, IpAddr::V4(Ipv4Addr::new(a, b, c, d)), part)
        }
        (IPV6, 0x08, &[a, b, c, ref ip @ .., _, _]) => match <[u8; 16]>::try_from(ip) {
            Ok(ip) => {
                let part = Part { kind: "virtual mac", number: u32::from_be_bytes([0, a, b, c]) };
                route.forwarded(cx, IpAddr::V6(Ipv6Addr::from(ip)), part)
            }
            Err(_) => route,
        },
        _ => route,
    }
}

/// What a function without a network message is. Functions pair by order: they have no number.
fn op<'p>(route: &Route, base: u32, function: u8, role: Role, whole: &'p [u8]) -> Op<'p> {
    let tx = if role == Role::Event { None } else { Some(!route.key(0, role)) };
    Op { tx, ..route.op(base | u32::from(function), role, whole) }
}

/// Functions of BACnet/IP without a network message. Clause J.2.
fn control(cx: &mut Cx<'_>, route: &Route, function: u8, whole: &[u8], mut at: Cursor<'_>) {
    let role = match function {
        0x00 | 0x03 | 0x07 => Role::Response,
        0x0c => Role::Event,
        _ => Role::Request,
    };
    let mut op = op(route, operations::BVLC, function, role, whole);
    match function {
        0x00 => op.status = result(at.be16(), errors::BVLC),
        0x03 | 0x07 => op.status = Status::Ok,
        0x05 => op.args = at.be16().map(|seconds| [u64::from(seconds), 0, 0, 0]),
        _ => {}
    }
    cx.op(&op);
    match function {
        0x01 | 0x03 => broadcast_table(cx, at),
        0x07 | 0x08 => device_table(cx, at),
        _ => {}
    }
    if function > FUNCTION_MAX {
        cx.fault(spec::BAD_FUNCTION, whole);
    } else if function != 0x0c && !fixed(IPV4, function, whole.len()) && !cx.cut() {
        cx.fault(spec::BAD_BVLC, whole);
    }
}

/// 0 is done, everything else a refusal.
fn result(code: Option<u16>, base: u32) -> Status {
    match code {
        Some(0) => Status::Ok,
        Some(code) => Status::Error(base | u32::from(code)),
        None => Status::None,
    }
}

fn entry(area: &'static vocab::Area, index: u64) -> Target<'static> {
    Target { area, index, count: 1, extra: 0, name: &[] }
}

/// Address, port and mask of each broadcast manager. Clause J.2.2.
fn broadcast_table(cx: &mut Cx<'_>, mut at: Cursor<'_>) {
    let mut index = 0u64;
    while let Some(&[a, b, c, d, p0, p1, m0, m1, m2, m3]) = at.chunk() {
        let port = u16::from_be_bytes([p0, p1]);
        let text = line!("{a}.{b}.{c}.{d}:{port} mask {m0}.{m1}.{m2}.{m3}");
        cx.item(entry(spec::BDT, index), Value::Text(text.bytes()));
        index = index.saturating_add(1);
    }
}

/// Address, port, time to live and time left of each foreign device; only address and port when
/// one is to be deleted. Clauses J.2.8 and J.2.9.
fn device_table(cx: &mut Cx<'_>, mut at: Cursor<'_>) {
    let mut index = 0u64;
    while let Some(&[a, b, c, d, p0, p1]) = at.chunk() {
        let port = u16::from_be_bytes([p0, p1]);
        let text = match (at.be16(), at.be16()) {
            (Some(seconds), Some(left)) => {
                line!("{a}.{b}.{c}.{d}:{port} for {seconds} s, {left} s left")
            }
            _ => line!("{a}.{b}.{c}.{d}:{port}"),
        };
        cx.item(entry(spec::FDT, index), Value::Text(text.bytes()));
        index = index.saturating_add(1);
    }
}

/// Functions of BACnet/IPv6 without a network message. Clause U.2.
fn control6(cx: &mut Cx<'_>, route: &Route, function: u8, whole: &[u8], mut at: Cursor<'_>) {
    let role = match function {
        0x00 | 0x05 | 0x07 => Role::Response,
        0x0b => Role::Event,
        _ => Role::Request,
    };
    let mut op = op(route, operations::BVLC6, function, role, whole);
    let source = at.be24().map(u64::from);
    op.args = match (function, source) {
        (0x00, Some(source)) => {
            op.status = result(at.be16(), errors::BVLC6);
            Some([source, 0, 0, 0])
        }
        (0x09, _) => at.be16().map(|seconds| [u64::from(seconds), 0, 0, 0]),
        (0x03..=0x05 | 0x07, Some(source)) => Some([source, at.be24().map_or(0, u64::from), 0, 0]),
        (_, source) => source.map(|source| [source, 0, 0, 0]),
    };
    if role == Role::Response && op.status == Status::None {
        op.status = Status::Ok;
    }
    cx.op(&op);
    if function > FUNCTION_MAX {
        cx.fault(spec::BAD_FUNCTION, whole);
    } else if function != 0x0b && !fixed(IPV6, function, whole.len()) && !cx.cut() {
        cx.fault(spec::BAD_BVLC, whole);
    }
}
