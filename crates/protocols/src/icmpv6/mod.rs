//! ICMPv6: errors, echoes, group membership, and neighbour discovery, which does for IPv6 what ARP
//! does for IPv4, and tells who routes.

mod spec;

use crate::common::address;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Area, Op, Role, Spec, Value};

/// Most options and groups said of one message.
const ENTRIES_MAX: usize = 32;

/// The ICMPv6 dissector.
#[derive(Debug)]
pub struct Icmpv6;

impl Dissector for Icmpv6 {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        if head.len() >= 4 { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let mut at = Cursor::new(bytes);
        let Some(&[kind, code, _, _]) = at.chunk() else { return Step::NotMine };
        say_operation(cx, kind, code, at, bytes);
        let told = match kind {
            130..=132 => group(cx, at),
            133..=137 => discovery(cx, kind, at),
            143 => groups(cx, at),
            _ => Some(()),
        };
        if told.is_none() && !cx.cut() {
            cx.fault(spec::TOO_SHORT, bytes);
        }
        // A router forwards with a lower limit: only 255 proves that the sender is a neighbour.
        if matches!(kind, 133..=137) && cx.headers().ttl != 255 {
            cx.fault(spec::HOP_LIMIT, bytes);
        }
        Step::Took { bytes: bytes.len() }
    }
}

fn say_operation(cx: &mut Cx<'_>, kind: u8, code: u8, mut at: Cursor<'_>, bytes: &[u8]) {
    let role = match kind {
        128 | 130 | 133 | 135 | 139 => Role::Request,
        129 | 140 => Role::Response,
        // Solicited advertisements answer; the flag says so. RFC 4861 §4.4.
        136 if at.peek().is_some_and(|flags| flags & 0x40 != 0) => Role::Response,
        _ => Role::Event,
    };
    let first = at.be32().map_or(0, u64::from);
    let [high, low] = [first >> 16, first & 0xffff];
    let rest = match kind {
        2 => [first, 0, 0],
        128 | 129 => [high, low, 0],
        // Current hop limit, flags, lifetime.
        134 => [high >> 8, high & 0xff, low],
        136 => [first >> 24, 0, 0],
        143 => [low, 0, 0],
        _ => [0; 3],
    };
    let [a, b, c] = rest;
    let mut op = Op::new(u32::from(kind), role, bytes);
    op.args = Some([u64::from(code), a, b, c]);
    // Between two hosts only: an answer to a question to everybody is another flow.
    let direct = cx.headers().dst_mac.is_unicast();
    op.tx = match kind {
        128 | 129 => Some(first),
        135 | 136 if direct => target_key(at),
        _ => None,
    };
    if !direct {
        op.proof = vocab::Proof::Context;
    }
    cx.op(&op);
}

/// The low half of the target address: pairs a solicitation with its advertisement.
fn target_key(mut at: Cursor<'_>) -> Option<u64> {
    at.skip(8)?;
    at.be64()
}

fn say(cx: &mut Cx<'_>, area: &'static Area, bytes: &[u8], value: Value<'_>) {
    cx.item(address::target(area, bytes), value);
}

/// Delay, reserved, group. RFC 2710 §3. No group means all.
fn group(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    at.skip(4)?;
    let group = at.take(16)?;
    if group.iter().any(|b| *b != 0) {
        say(cx, spec::GROUP, group, Value::None);
    }
    Some(())
}

/// Reserved, count, records of type, lengths, group, sources. RFC 3810 §5.2.
fn groups(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    at.skip(2)?;
    let count = usize::from(at.be16()?);
    for _ in 0..count.min(ENTRIES_MAX) {
        let (kind, further) = (at.u8()?, at.u8()?);
        let sources = usize::from(at.be16()?);
        let group = at.take(16)?;
        say(cx, spec::GROUP, group, Value::Uint(u64::from(kind)));
        let further = usize::from(further).saturating_mul(4);
        at.skip(sources.saturating_mul(16).saturating_add(further))?;
    }
    Some(())
}

/// Neighbour discovery: fixed fields by type, then options. RFC 4861 §4.
fn discovery(cx: &mut Cx<'_>, kind: u8, mut at: Cursor<'_>) -> Option<()> {
    let flags = at.peek()?;
    at.skip(4)?;
    let mut target = None;
    match kind {
        134 => {
            at.skip(8)?;
            cx.attr(spec::ROLE, b"router");
        }
        135..=137 => target = Some(at.take(16)?),
        _ => {}
    }
    if kind == 137 {
        let destination = at.take(16)?;
        say(cx, spec::NEIGHBOUR_ADDRESS, destination, Value::None);
    }
    if let Some(target) = target {
        let area = if kind == 137 { spec::ROUTER } else { spec::NEIGHBOUR_ADDRESS };
        say(cx, area, target, Value::None);
    }
    if kind == 136 && flags & 0x80 != 0 {
        cx.attr(spec::NEIGHBOUR_ROLE, b"router");
    }
    options(cx, at, target);
    Some(())
}

/// Type, length in units of eight bytes, value. RFC 4861 §4.6.
fn options(cx: &mut Cx<'_>, mut at: Cursor<'_>, target: Option<&[u8]>) {
    for _ in 0..ENTRIES_MAX {
        if at.is_empty() {
            return;
        }
        let before = at.rest();
        let option = (|| {
            let (kind, units) = (at.u8()?, usize::from(at.u8()?));
            Some((kind, at.take(units.saturating_mul(8).checked_sub(2)?)?))
        })();
        let Some((kind, value)) = option else {
            if !cx.cut() {
                cx.fault(spec::BAD_OPTION, before);
            }
            return;
        };
        say_option(cx, kind, value, target);
    }
}

fn say_option(cx: &mut Cx<'_>, kind: u8, value: &[u8], target: Option<&[u8]>) {
    match (kind, target) {
        // The sender's own link-layer address.
        (1, _) => {
            if let Some(mac) = address::mac(value) {
                cx.bind(mac, cx.headers().src.to_ip());
            }
        }
        // The target's.
        (2, Some(target)) => {
            if let (Some(mac), Some(ip)) = (address::mac(value), address::ip(target)) {
                cx.bind(mac, ip);
            }
        }
        // Prefix length, flags, lifetimes, reserved, prefix. RFC 4861 §4.6.2.
        (3, _) => {
            let len = value.first().map_or(0, |len| u64::from(*len));
            say(cx, spec::PREFIX, value.get(14..30).unwrap_or(&[]), Value::Uint(len));
        }
        // Reserved, lifetime, addresses. RFC 8106 §5.1.
        (25, _) => {
            let servers = value.get(6..).unwrap_or(&[]);
            servers.chunks_exact(16).for_each(|server| {
                say(cx, spec::NAME_SERVER, server, Value::None);
            });
        }
        _ => {}
    }
}
