//! Packets of the NetBIOS session service other than messages. RFC 1002 §4.3.

use super::operations::SESSION;
use super::spec;
use super::wire::Packet;
use crate::common::pieces;
use dissect::{Cx, Probe, Step};
use vocab::{AttrSpec, Op, Role, Status, Subject};

/// Bytes of an encoded name without a scope: length, 32 letters, end. RFC 1001 §14.1.
const NAME: usize = 34;

/// Kinds and the lengths they have without a scope. RFC 1002 §4.3.2 to §4.3.6.
fn length_of(kind: u8) -> Option<usize> {
    match kind {
        0x81 => Some(NAME.saturating_mul(2)),
        0x82 | 0x85 => Some(0),
        0x83 => Some(1),
        0x84 => Some(6),
        _ => None,
    }
}

/// A header of one of these kinds with the length that belongs to it.
pub(super) fn probe(head: &[u8]) -> Probe {
    match Packet::read(head) {
        None => Probe::Maybe { need: 4 },
        Some(packet) if length_of(packet.kind) == Some(packet.length) => Probe::Sure,
        Some(_) => Probe::No,
    }
}

/// Says a packet that is no message.
pub(super) fn say(cx: &mut Cx<'_>, bytes: &[u8], packet: &Packet) -> Result<Step, Step> {
    let Some(expected) = length_of(packet.kind) else {
        return Ok(Step::Resync { took: bytes.len() });
    };
    // Names with a scope are longer, up to the 255 bytes of a name each.
    if packet.length < expected || packet.length > 600 {
        cx.fault(spec::BAD_SESSION, bytes.get(..4).unwrap_or(&[]));
        return Ok(Step::Resync { took: bytes.len() });
    }
    let whole = pieces::first(cx, bytes, packet.total())?;
    let body = whole.get(4..).unwrap_or(&[]);
    let request = SESSION.saturating_add(0x81);
    let mut op = match packet.kind {
        0x81 => Op::new(request, Role::Request, whole),
        0x82 | 0x83 => Op::new(request, Role::Response, whole),
        kind => Op::new(SESSION.saturating_add(u32::from(kind)), Role::Event, whole),
    };
    op.tx = if op.code == request { Some(u64::MAX) } else { None };
    op.status = match (packet.kind, body.first()) {
        (0x82, _) => Status::Ok,
        (0x83, Some(code)) => Status::Error(u32::from(*code)),
        _ => Status::None,
    };
    cx.op(&op);
    if packet.kind == 0x81 {
        name(cx, Subject::Receiver, spec::CALLED_NAME, body);
        name(cx, Subject::Sender, spec::CALLING_NAME, body.get(NAME..).unwrap_or(&[]));
    }
    Ok(Step::Took { bytes: packet.total() })
}

/// A name in first-level encoding: each half of a byte a letter from A on. RFC 1001 §14.1.
fn name(cx: &mut Cx<'_>, of: Subject, spec: &'static AttrSpec, encoded: &[u8]) {
    let Some((b" ", letters)) = encoded.split_at_checked(1) else { return };
    let mut text = [b' '; 15];
    for (place, pair) in text.iter_mut().zip(letters.chunks_exact(2)) {
        let &[high @ b'A'..=b'P', low @ b'A'..=b'P'] = pair else { return };
        *place = high.wrapping_sub(b'A') << 4 | low.wrapping_sub(b'A');
    }
    // A star stands for whoever listens there.
    let plain = |b: &u8| b.is_ascii_graphic() || *b == b' ';
    if text.iter().all(plain) && !text.starts_with(b"*") {
        cx.attr_of(of, spec, &text);
    }
}
