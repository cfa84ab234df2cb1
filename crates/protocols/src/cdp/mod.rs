//! CDP: what a Cisco device tells its neighbours; routers and switches of other makers and many
//! telephones speak it too.

mod spec;

use crate::common::address;
use crate::line;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{AttrSpec, Op, Role, Spec, Value};

/// Version, time to live, checksum.
const HEADER: usize = 4;
/// Most addresses of one field.
const ADDRESSES_MAX: usize = 64;

/// The CDP dissector.
#[derive(Debug)]
pub struct Cdp;

impl Dissector for Cdp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        match head {
            [1 | 2, _, _, _, ..] => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let (Some(&[version, ttl, _, _]), Some(fields)) =
            (bytes.first_chunk(), bytes.get(HEADER..))
        else {
            return Step::NotMine;
        };
        let mut op = Op::new(0, Role::Event, bytes);
        let (capabilities, vlan) = summary(fields);
        op.args = Some([u64::from(version), u64::from(ttl), capabilities, vlan]);
        cx.op(&op);
        let mut at = Cursor::new(fields);
        while let Some(field) = Field::next(&mut at) {
            field.say(cx);
        }
        if !at.is_empty() && !cx.cut() {
            cx.fault(spec::BAD_LENGTH, at.rest());
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// A field: type, length with this header, value.
struct Field<'p> {
    kind: u16,
    value: &'p [u8],
}

impl<'p> Field<'p> {
    fn next(at: &mut Cursor<'p>) -> Option<Self> {
        let mut probe = *at;
        let (kind, len) = (probe.be16()?, probe.be16()?);
        let value = probe.take(usize::from(len).checked_sub(4)?)?;
        *at = probe;
        Some(Self { kind, value })
    }

    fn say(&self, cx: &mut Cx<'_>) {
        match self.kind {
            0x01 => cx.attr(spec::DEVICE, self.value),
            0x02 => addresses(cx, self.value, spec::OWN_ADDRESS),
            0x03 => cx.attr(spec::PORT, self.value),
            0x04 => roles(cx, number(self.value)),
            0x05 => software(cx, self.value),
            0x06 => cx.attr(spec::PLATFORM, self.value),
            0x09 => cx.attr(spec::DOMAIN, self.value),
            0x14 => cx.attr(spec::SYSTEM_NAME, self.value),
            0x16 => addresses(cx, self.value, spec::MANAGEMENT),
            // The first byte says what kind of location follows.
            0x17 => cx.attr(spec::LOCATION, self.value.get(1..).unwrap_or(&[])),
            _ => {}
        }
    }
}

/// Capabilities and native VLAN, for the operation's arguments.
fn summary(fields: &[u8]) -> (u64, u64) {
    let mut found = (0, 0);
    let mut at = Cursor::new(fields);
    while let Some(field) = Field::next(&mut at) {
        match field.kind {
            0x04 => found.0 = number(field.value),
            0x0a => found.1 = number(field.value),
            _ => {}
        }
    }
    found
}

/// Up to four bytes as a number.
fn number(value: &[u8]) -> u64 {
    value.iter().take(4).fold(0, |n, b| n << 8 | u64::from(*b))
}

/// A count, then protocol type, protocol, address, each but the first with its length.
fn addresses(cx: &mut Cx<'_>, value: &[u8], attribute: &'static AttrSpec) {
    let mut at = Cursor::new(value);
    let count = at.be32().map_or(0, |n| vocab::sat_usize(u64::from(n)));
    for _ in 0..count.min(ADDRESSES_MAX) {
        let Some(bytes) = next_address(&mut at) else { return };
        let Some(ip) = address::ip(bytes).filter(|ip| !ip.is_unspecified()) else { continue };
        cx.item(address::target(spec::ADDRESS, bytes), Value::None);
        cx.attr(attribute, line!("{ip}").bytes());
        cx.bind(cx.headers().src_mac, ip);
    }
}

fn next_address<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let (_kind, protocol_len) = (at.u8()?, at.u8()?);
    at.skip(usize::from(protocol_len))?;
    let len = at.be16()?;
    at.take(usize::from(len))
}

/// The whole text, and the version number that IOS writes into it: `Version 15.0(2)SE10a,`.
fn software(cx: &mut Cx<'_>, value: &[u8]) {
    cx.attr(spec::SOFTWARE, value);
    let mark = b"Version ";
    let found = value.windows(mark.len()).position(|window| window == mark);
    let after = found.and_then(|start| value.get(start.saturating_add(mark.len())..));
    if let Some(rest) = after {
        let end = |b: &u8| *b == b',' || b.is_ascii_whitespace();
        cx.attr(spec::FIRMWARE, rest.split(end).next().unwrap_or(rest));
    }
}

/// What the device is, from its capabilities: 1 router, 2 and 4 bridge, 8 switch, 0x80 telephone.
fn roles(cx: &mut Cx<'_>, capabilities: u64) {
    let has = |bits: u64| capabilities & bits != 0;
    if has(0x80) {
        cx.attr(spec::ROLE, b"phone");
        return;
    }
    if has(0x0e) {
        cx.attr(spec::ROLE, b"switch");
    }
    if has(0x01) {
        cx.attr(spec::ROLE, b"router");
    }
}
