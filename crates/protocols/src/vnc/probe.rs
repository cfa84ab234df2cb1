//! How a VNC stream is recognised: by its version, and on its own ports by messages that follow
//! each other as the standard says.

use decode::Cursor;
use dissect::{Hint, Probe};

/// Messages of a client in a row that convince.
const CHAIN: usize = 3;
/// Bytes of a client's text that are waited for.
const TEXT_MAX: usize = 400;

/// A version; on its own ports also a session joined later.
pub(super) fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
    let version = b"RFB 00";
    if head.starts_with(version) {
        return Probe::Sure;
    }
    if version.starts_with(head) {
        return Probe::Maybe { need: version.len() };
    }
    if hint.bound { probe_joined(head) } else { Probe::No }
}

fn probe_joined(head: &[u8]) -> Probe {
    match client(head) {
        Probe::No => server(head),
        answer => answer,
    }
}

/// Messages of a client. RFC 6143 §7.5.
fn client(head: &[u8]) -> Probe {
    let mut rest = head;
    for _ in 0..CHAIN {
        let seen = head.len().saturating_sub(rest.len());
        let (len, fits) = match *rest {
            [] | [0..=6] => return Probe::Maybe { need: seen.saturating_add(2) },
            // Pixel format: padding, depth of 8, 16 or 32 bits.
            [0, 0, ..] => (20, rest.get(4).is_none_or(|bits| matches!(bits, 8 | 16 | 32))),
            // Encodings: padding, then their count.
            [2, 0, ..] => match rest.get(2..4) {
                Some(&[0, count @ 1..=64]) => {
                    (usize::from(count).saturating_mul(4).saturating_add(4), true)
                }
                Some(_) => (0, false),
                None => (4, true),
            },
            // Update request: incremental or not.
            [3, 0 | 1, ..] => (10, true),
            // Key: down or up, padding.
            [4, 0 | 1, ..] => (8, rest.get(2..4).is_none_or(|padding| padding == [0, 0])),
            // Pointer: buttons, place.
            [5, _, ..] => (6, true),
            // Text: padding, length.
            [6, 0, ..] => match Cursor::new(rest.get(4..).unwrap_or(&[])).be32() {
                Some(len) => {
                    let len = vocab::sat_usize(u64::from(len)).saturating_add(8);
                    (len, len <= TEXT_MAX)
                }
                None => (8, true),
            },
            _ => (0, false),
        };
        if !fits {
            return Probe::No;
        }
        match rest.get(len..) {
            Some(after) if len > 0 => rest = after,
            _ => return Probe::Maybe { need: seen.saturating_add(len) },
        }
    }
    Probe::Sure
}

/// An update of the screen: rectangles, the first in a known encoding. RFC 6143 §7.6.1.
fn server(head: &[u8]) -> Probe {
    const HEAD: usize = 16;
    match *head {
        [1..=255, ..] | [_, _, 0, 0, ..] => return Probe::No,
        _ if head.len() < HEAD => return Probe::Maybe { need: HEAD },
        _ => {}
    }
    match Cursor::new(head.get(12..).unwrap_or(&[])).be32() {
        // Raw, copied, and the packed ones in use; and what changes the screen itself.
        Some(0..=8 | 15..=17 | 0xffff_fe00..) => Probe::Sure,
        _ => Probe::No,
    }
}
