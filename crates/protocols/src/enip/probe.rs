//! Is this EtherNet/IP?

use super::wire::{HEADER, Header, Items, is_command, kind};
use decode::Cursor;
use dissect::{Hint, Probe};

/// On its own port a header that fits is enough; elsewhere the body must have the shape that its
/// command asks for.
pub(super) fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
    let may_begin = |command: u16| {
        if hint.bound { is_command(command) } else { has_shape(command) }
    };
    match *head {
        [] => return Probe::Maybe { need: 2 },
        // All commands have a high byte of 0.
        [low] if may_begin(u16::from(low)) => return Probe::Maybe { need: 2 },
        [low, high, ..] if may_begin(u16::from_le_bytes([low, high])) => {}
        _ => return Probe::No,
    }
    let Some(header) = Header::read(head) else {
        // What is there must fit already: others may be waiting for their turn.
        let fits = hint.bound || may_go_on(head);
        return if fits { Probe::Maybe { need: HEADER } } else { Probe::No };
    };
    // Only requests that need no session go over UDP. CIP Vol 2 §2-2.
    let may_be_datagram = !matches!(header.command, 0x00 | 0x01);
    if !header.is_plausible() || hint.datagram && !may_be_datagram {
        return Probe::No;
    }
    if hint.bound {
        return if is_told(&header) { Probe::Sure } else { Probe::No };
    }
    if !may_go_on(head) {
        return Probe::No;
    }
    // As many bytes as decide about any command; a shorter message must be there whole.
    let need = header.total().min(HEADER.saturating_add(20));
    let Some(body) = head.get(HEADER..need) else { return Probe::Maybe { need } };
    if is_certain(&header, body) { Probe::Sure } else { Probe::No }
}

/// A status that the standard knows, and not zeros alone, which may be anything. CIP Vol 2 §2-3.5.
fn is_told(header: &Header) -> bool {
    let empty = header.command == 0 && header.session == 0 && header.context == 0;
    matches!(header.status, 0..=3 | 0x64 | 0x65 | 0x69 | 0x6a) && !empty
}

/// Commands whose body has a shape of its own.
fn has_shape(command: u16) -> bool {
    matches!(command, 0x04 | 0x63 | 0x65 | 0x6f | 0x70)
}

/// As far as a header is there: the length fits the command, the status has no high bits.
fn may_go_on(head: &[u8]) -> bool {
    let mut at = Cursor::new(head);
    let (Some(command), Some(length)) = (at.le16(), at.le16()) else { return true };
    let fits = match command {
        0x65 => length == 4,
        0x6f | 0x70 => length >= 16,
        _ => length == 0 || length >= 6,
    };
    fits && head.get(10..12).is_none_or(|high| high == [0, 0])
}

/// The beginning of the body fits its command and hardly anything else.
fn is_certain(header: &Header, body: &[u8]) -> bool {
    let first = |at: Cursor<'_>, kinds: &[u16]| {
        Items::read(at).is_some_and(|items| {
            let mut items = items.take(4);
            items.next().is_some_and(|item| kinds.contains(&item.kind))
        })
    };
    match header.command {
        0x65 => header.length == 4 && *body == [1, 0, 0, 0],
        0x63 if header.length == 0 => header.session == 0 && header.status == 0,
        0x04 => first(Cursor::new(body), &[kind::SERVICE]),
        0x63 => first(Cursor::new(body), &[kind::IDENTITY]),
        0x6f | 0x70 => match body.split_first_chunk::<4>() {
            // Interface handle 0 is CIP; the timeout follows.
            Some(([0, 0, 0, 0], rest)) => carries_cip(rest.get(2..).unwrap_or(&[])),
            _ => false,
        },
        _ => false,
    }
}

/// Items of a message of CIP: an address, then data.
fn carries_cip(items: &[u8]) -> bool {
    let Some(mut items) = Items::read(Cursor::new(items)).filter(|items| items.left() <= 4) else {
        return false;
    };
    match (items.next(), items.next()) {
        (Some(address), Some(data)) => matches!(
            (address.kind, address.length, data.kind),
            (kind::NULL_ADDRESS, 0, kind::UNCONNECTED_DATA)
                | (kind::CONNECTED_ADDRESS, 4, kind::CONNECTED_DATA)
        ),
        _ => false,
    }
}
