//! The network layer: who sends to whom through routers. ASHRAE 135-2020 clause 6.

use super::route::{Address, Route};
use super::{Flow, apdu, errors, operations, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Status, Target, Value};

/// The protocol version. Clause 6.2.1.
const VERSION: u8 = 1;
/// Control bits that are always 0. Clause 6.2.2.
const RESERVED: u8 = 0x50;
/// The message is the network layer's own.
const OWN: u8 = 0x80;
/// A destination is told.
const TO: u8 = 0x20;
/// A source is told.
const FROM: u8 = 0x08;

/// A message of the network layer may start so.
pub(super) fn is_plausible(npdu: &[u8]) -> bool {
    matches!(npdu, &[VERSION, control, _, ..] if control & RESERVED == 0)
}

/// The header. Clause 6.2.
struct Header<'p> {
    control: u8,
    to: Option<Address<'p>>,
    from: Option<Address<'p>>,
    rest: Cursor<'p>,
}

impl<'p> Header<'p> {
    fn read(npdu: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(npdu);
        let (VERSION, control) = (at.u8()?, at.u8()?) else { return None };
        let mut address = |bit: u8| {
            if control & bit == 0 {
                return Some(None);
            }
            let network = at.be16()?;
            let len = at.u8()?;
            Some(Some(Address { network, mac: at.take(usize::from(len))? }))
        };
        let to = address(TO)?;
        let from = address(FROM)?;
        if to.is_some() {
            // The hop count.
            at.skip(1)?;
        }
        Some(Self { control, to, from, rest: at })
    }

    /// Network 0 is none, only destinations may be everybody. Clause 6.2.2.
    fn has_good_addresses(&self) -> bool {
        let to = self.to.is_none_or(|to| to.network != 0);
        let from = |a: Address<'_>| !matches!(a.network, 0 | u16::MAX) && !a.mac.is_empty();
        to && self.from.is_none_or(from)
    }
}

/// One message of the network layer; `whole` is the message with its carrier.
pub(super) fn say(flow: &mut Flow, cx: &mut Cx<'_>, route: &Route, whole: &[u8], npdu: &[u8]) {
    let Some(header) = Header::read(npdu) else {
        if !cx.cut() {
            cx.fault(spec::BAD_NPDU, npdu);
        }
        return;
    };
    if header.control & RESERVED != 0 {
        cx.fault(spec::BAD_NPDU, npdu.get(1..2).unwrap_or(&[]));
    }
    if !header.has_good_addresses() {
        cx.fault(spec::BAD_ADDRESS, header.rest.done());
    }
    let route = route.routed(header.from, header.to);
    if header.control & OWN != 0 {
        own(cx, &route, whole, header.rest);
    } else {
        apdu::say(flow, cx, &route, whole, header.rest);
    }
}

/// A message of the network layer itself. Clause 6.2.4; the parameters are those of 6.4.
fn own(cx: &mut Cx<'_>, route: &Route, whole: &[u8], mut at: Cursor<'_>) {
    let Some(kind) = at.u8() else {
        if !cx.cut() {
            cx.fault(spec::BAD_NPDU, whole);
        }
        return;
    };
    let role = match kind {
        0x00 | 0x06 | 0x08 | 0x09 | 0x12 => Role::Request,
        0x01 | 0x07 | 0x13 => Role::Response,
        _ => Role::Event,
    };
    let op = route.op(operations::NETWORK | u32::from(kind), role, whole);
    match kind {
        0x00 | 0x02 | 0x08 | 0x09 | 0x13 => one_network(cx, &op, at),
        0x01 | 0x04 | 0x05 => networks(cx, &op, at),
        0x03 => reject(cx, &op, at),
        0x06 | 0x07 => table(cx, &op, at),
        0x80.. => {
            let vendor = at.be16().map_or(0, u64::from);
            let args = Some([vendor, u64::from(kind), 0, 0]);
            let code = operations::NETWORK | 0x80;
            cx.op(&Op { code, args, value: Value::Bytes(at.rest()), ..op });
        }
        _ => cx.op(&op),
    }
}

fn target(network: u16) -> Target<'static> {
    Target { area: spec::NETWORK, index: u64::from(network), count: 1, extra: 0, name: &[] }
}

/// Says the operation with the first network that it names.
fn with_network(cx: &mut Cx<'_>, op: &Op<'_>, network: Option<u16>) {
    cx.op(&Op { args: network.map(|n| [u64::from(n), 0, 0, 0]), ..*op });
}

/// At most one network. Clauses 6.4.1, 6.4.3, 6.4.9, 6.4.10, 6.4.20.
fn one_network(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) {
    let network = at.be16();
    with_network(cx, op, network);
    if let Some(network) = network {
        cx.item(target(network), Value::None);
    }
}

/// Any number of networks. Clauses 6.4.2, 6.4.5, 6.4.6.
fn networks(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) {
    let mut first = at;
    with_network(cx, op, first.be16());
    while let Some(network) = at.be16() {
        cx.item(target(network), Value::None);
    }
}

/// A reason and the network that the message should have gone to. Clause 6.4.4.
fn reject(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) {
    let status =
        at.u8().map_or(Status::None, |why| Status::Error(errors::NETWORK | u32::from(why)));
    one_network(cx, &Op { status, ..*op }, at);
}

/// Networks with their ports: number of entries, then network, port and port information each.
/// Clauses 6.4.7, 6.4.8.
fn table(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) {
    cx.op(op);
    let count = at.u8().unwrap_or(0);
    for _ in 0..count {
        let (Some(network), Some(port), Some(len)) = (at.be16(), at.u8(), at.u8()) else {
            if !cx.cut() {
                cx.fault(spec::BAD_NPDU, at.all());
            }
            return;
        };
        at.take_up_to(usize::from(len));
        cx.item(target(network), Value::Uint(u64::from(port)));
    }
}
