//! VRRP: several routers share an address; one of them answers for it and says so every second.

mod spec;

use crate::common::address;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Host, Mac, Op, Role, Spec, Subject, Value};

/// Bytes before the addresses.
const HEADER: usize = 8;
/// Bytes of authentication data behind them in version 2. RFC 3768 §5.3.10.
const AUTHENTICATION: usize = 8;

/// The VRRP dissector.
#[derive(Debug)]
pub struct Vrrp;

impl Dissector for Vrrp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        match head {
            _ if is_carp(head) => Probe::No,
            [0x21 | 0x31, _, _, _, _, _, _, _, ..] => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if is_carp(bytes) {
            return Step::NotMine;
        }
        match say(cx, bytes) {
            Some(()) => Step::Took { bytes: bytes.len() },
            None => Step::NotMine,
        }
    }
}

/// CARP has the same IP protocol number: its fourth byte says seven words, which with its header
/// make 36 bytes; seven addresses of VRRP version 2 have authentication data behind them.
fn is_carp(bytes: &[u8]) -> bool {
    matches!(bytes, [0x21, _, _, 7, ..]) && bytes.len() == 36
}

/// An advertisement. RFC 5798 §5.2, RFC 3768 §5.3.
fn say(cx: &mut Cx<'_>, bytes: &[u8]) -> Option<()> {
    let mut at = Cursor::new(bytes);
    let &[first, router, priority, count] = at.chunk()?;
    let (timing, _checksum) = (at.be16()?, at.be16()?);
    let version = first >> 4;
    // Version 2 has the kind of authentication and seconds here, version 3 centiseconds.
    let interval = if version == 2 { timing & 0xff } else { timing & 0x0fff };
    let mut op = Op::new(u32::from(first & 15), Role::Event, bytes);
    op.args =
        Some([u64::from(version), u64::from(router), u64::from(priority), u64::from(interval)]);
    cx.op(&op);
    let v6 = cx.headers().ip_version == 6;
    let size = if v6 { 16usize } else { 4 };
    let addresses = usize::from(count).saturating_mul(size);
    let tail = if version == 2 { AUTHENTICATION } else { 0 };
    let total = HEADER.saturating_add(addresses).saturating_add(tail);
    if !cx.cut() {
        if bytes.len() < total {
            cx.fault(spec::BAD_LENGTH, bytes);
        }
        if cx.headers().ttl != 255 {
            cx.fault(spec::TTL, bytes);
        }
    }
    cx.attr(spec::ROLE, b"router");
    // RFC 5798 §7.3.
    let family = if v6 { 2 } else { 1 };
    let mac = Mac([0x00, 0x00, 0x5e, 0x00, family, router]);
    for bytes in at.take_up_to(addresses).chunks_exact(size) {
        let Some(ip) = address::ip(bytes) else { continue };
        cx.item(address::target(spec::VIRTUAL, bytes), Value::None);
        cx.attr_of(Subject::Host(Host::Ip(ip)), spec::ROLE, b"router");
        cx.bind(mac, ip);
    }
    Some(())
}
