//! What telegrams carry: elements, memory, files, identity.

use super::{BLOCK, spec};
use crate::common::text::{is_text, until_nul};
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, Target, Value};

/// Elements of one telegram.
const ELEMENTS_MAX: u32 = 256;

/// The elements that a command is about: their area, and whether they are bits.
fn elements(code: u8) -> Option<(&'static Area, bool)> {
    Some(match code {
        0 | 0x0a => (spec::COUNTER, false),
        2 | 0x0b => (spec::FLAG, true),
        3 => (spec::INPUT, true),
        5 | 0x0d => (spec::OUTPUT, true),
        6 | 0x0e => (spec::REGISTER, false),
        7 | 0x0f => (spec::TIMER, false),
        _ => return None,
    })
}

fn target(area: &'static Area, index: u32, count: u32) -> Target<'static> {
    Target { area, index: index.into(), count, extra: 0, name: &[] }
}

fn named<'p>(area: &'static Area, name: &'p [u8]) -> Target<'p> {
    Target { area, index: 0, count: 1, extra: 0, name }
}

/// Says what a request is about.
pub(super) fn asked(cx: &mut Cx<'_>, code: u8, data: &[u8]) {
    let mut at = Cursor::new(data);
    let Some(count) = at.u8().map(u32::from) else { return };
    match (elements(code), code) {
        (Some((area, _)), 0..=7) => {
            if let Some(first) = at.be16() {
                cx.item(target(area, first.into(), count.saturating_add(1)), Value::None);
            }
        }
        // Bytes behind the address, less one; then how many bits, less one.
        (Some((area, true)), _) => {
            if let Some((first, bits)) = at.be16().zip(at.u8()) {
                let bits = u32::from(bits).saturating_add(1);
                cx.item(target(area, first.into(), bits), Value::Bits(at.rest(), bits));
            }
        }
        (Some((area, false)), _) => {
            if let Some(first) = at.be16() {
                words(cx, area, first.into(), at.rest());
            }
        }
        (None, 0x1e | 0x1f | 0x47) => {
            if let Some(first) = at.be24() {
                let each = if code == 0x47 { 1 } else { 4 };
                let bytes = count.saturating_add(1).saturating_mul(each);
                cx.item(target(spec::MEMORY, first, bytes), Value::None);
            }
        }
        (None, 0x23 | 0x24 | 0x51) => {
            if let Some(first) = at.be24() {
                let bytes = at.rest();
                let target = target(spec::MEMORY, first, vocab::sat_u32(bytes.len()));
                cx.item(target, Value::Bytes(bytes));
            }
        }
        (None, 0x0c) => clock(cx, data),
        (None, BLOCK) => file(cx, data),
        _ => {}
    }
}

/// The file that a block command names.
fn file(cx: &mut Cx<'_>, data: &[u8]) {
    let (kind, name) = match data.get(1) {
        Some(0) => (data.get(3), data.get(8..)),
        Some(0x10) => (data.get(3), data.get(4..)),
        Some(0x20 | 0x21) => (data.get(2), data.get(3..)),
        _ => return,
    };
    // Configuration and program block files have names.
    if let (Some(0x20 | 0x21), Some(name)) = (kind, name) {
        cx.item(named(spec::FILE, until_nul(name.get(..24).unwrap_or(name))), Value::None);
    }
}

/// Elements of four bytes, high byte first.
fn words(cx: &mut Cx<'_>, area: &'static Area, first: u32, bytes: &[u8]) {
    for (index, word) in (first..first.saturating_add(ELEMENTS_MAX)).zip(bytes.chunks_exact(4)) {
        let value = word.iter().fold(0u32, |value, byte| value << 8 | u32::from(*byte));
        cx.item(target(area, index, 1), Value::Uint(value.into()));
    }
}

/// Week, weekday, year, month, day, hour, minute, second: two decimal digits a byte.
fn clock(cx: &mut Cx<'_>, data: &[u8]) {
    if let Some(&[_, _, year, month, day, hour, minute, second]) = data.first_chunk() {
        let text = line!("{year:02x}-{month:02x}-{day:02x} {hour:02x}:{minute:02x}:{second:02x}");
        cx.item(named(spec::FIELD, b"clock"), Value::Text(text.bytes()));
    }
}

/// Says what a response tells; `asked` is the beginning of the request's data.
pub(super) fn answered(cx: &mut Cx<'_>, code: u8, asked: &[u8], data: &[u8]) {
    let mut at = Cursor::new(asked);
    let count = at.u8().map_or(0, u32::from).saturating_add(1);
    match (elements(code), code) {
        (Some((area, bits)), 0..=7) => {
            let Some(first) = at.be16().map(u32::from) else { return };
            if bits {
                cx.item(target(area, first, count), Value::Bits(data, count));
            } else {
                words(cx, area, first, data);
            }
        }
        (None, 0x1e | 0x1f | 0x47) => {
            if let Some(first) = at.be24() {
                let target = target(spec::MEMORY, first, vocab::sat_u32(data.len()));
                cx.item(target, Value::Bytes(data));
            }
        }
        (None, 4) => clock(cx, data),
        (None, 0x14..=0x1b) => {
            let state: &[u8] = match data.first() {
                Some(b'R') => b"run",
                Some(b'C') => b"conditional_run",
                Some(b'S') => b"stop",
                Some(b'H') => b"halt",
                Some(b'D') => b"disconnected",
                _ => b"other",
            };
            cx.item(named(spec::FIELD, b"cpu"), Value::Text(state));
        }
        (None, 0x1d) => {
            if let Some(station) = data.first() {
                cx.attr(spec::ADDRESS, line!("{station}").bytes());
            }
        }
        // Five characters of the type, three of the version.
        (None, 0x20) => {
            for (spec, text) in [(spec::MODEL, data.get(..5)), (spec::FIRMWARE, data.get(5..8))] {
                let text = text.map_or(&[][..], |text| until_nul(text).trim_ascii());
                if is_text(text) {
                    cx.attr(spec, text);
                }
            }
        }
        _ => {}
    }
}
