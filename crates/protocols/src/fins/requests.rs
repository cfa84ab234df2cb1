//! Requests with the places and values that they carry. W342 §5-3.

use super::wire::Frame;
use super::{areas, spec};
use crate::common::text::is_text;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Target, Value};

/// A place in memory: area code, word address, bit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) code: u8,
    address: u16,
    bit: u8,
}

impl Place {
    pub(super) fn read(at: &mut Cursor<'_>) -> Option<Self> {
        Some(Self { code: at.u8()?, address: at.be16()?, bit: at.u8()? })
    }

    /// So many elements from here on.
    pub(super) fn target(self, count: u16) -> Target<'static> {
        let index = u64::from(self.address);
        let code = u32::from(self.code);
        let index =
            if areas::has_bits(code) { index << 4 | u64::from(self.bit & 15) } else { index };
        Target { area: spec::MEMORY_AREA, index, count: u32::from(count), extra: code, name: &[] }
    }

    pub(super) fn args(self, count: u16) -> [u64; 4] {
        [u64::from(self.code), u64::from(self.address), u64::from(self.bit), u64::from(count)]
    }
}

/// Elements as words, or as bytes where each is a bit.
pub(super) fn elements(code: u8, bytes: &[u8]) -> Value<'_> {
    match (areas::size(u32::from(code)), bytes) {
        (_, []) => Value::None,
        (1, [one]) => Value::Bool(*one & 1 != 0),
        (2, _) => Value::Words(bytes),
        _ => Value::Bytes(bytes),
    }
}

/// Says a request.
pub(super) fn say<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, frame: &Frame<'p>) -> Option<()> {
    let mut at = Cursor::new(frame.data);
    match frame.command {
        0x0101..=0x0105 => return memory(cx, op, frame),
        0x0201..=0x0203 | 0x0306 | 0x0307 => return area(cx, op, frame),
        0x0401 | 0x0402 => {
            // Program number and mode may both be left out.
            let program = at.be16();
            let mode = at.u8();
            op.args = program.map(|program| [u64::from(program), mode.map_or(0, u64::from), 0, 0]);
            cx.op(&op);
        }
        0x0501 => {
            op.args = at.u8().map(|parameter| [u64::from(parameter), 0, 0, 0]);
            cx.op(&op);
        }
        0x0304 | 0x0305 => cx.op(&op), // A password is in it: not said.
        0x2201..=0x2209 => return file(cx, op, frame),
        0x2301 => return forced(cx, op, frame),
        _ => {
            if !frame.data.is_empty() {
                op.value = Value::Bytes(frame.data);
            }
            cx.op(&op);
        }
    }
    Some(())
}

/// Commands 01xx: read, write, fill, read several places, transfer.
fn memory<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, frame: &Frame<'p>) -> Option<()> {
    let mut at = Cursor::new(frame.data);
    match frame.command {
        0x0101..=0x0103 => {
            let head = (|| Some((Place::read(&mut at)?, at.be16()?)))();
            op.args = head.map(|(place, count)| place.args(count));
            cx.op(&op);
            let (place, count) = head?;
            let value = match frame.command {
                0x0101 => Value::None,
                0x0103 => Value::Words(at.rest()),
                _ => elements(place.code, at.rest()),
            };
            cx.item(place.target(count), value);
            let wanted = usize::from(count).saturating_mul(areas::size(u32::from(place.code)));
            (frame.command != 0x0102 || at.rest().len() == wanted).then_some(())
        }
        0x0104 => {
            cx.op(&op);
            cx.note(frame.key(), frame.data);
            while !at.rest().is_empty() {
                let place = Place::read(&mut at)?;
                cx.item(place.target(1), Value::None);
            }
            Some(())
        }
        _ => {
            let head = (|| Some((Place::read(&mut at)?, Place::read(&mut at)?, at.be16()?)))();
            op.args = head.map(|(_, _, count)| [u64::from(count), 0, 0, 0]);
            cx.op(&op);
            let (from, to, count) = head?;
            cx.item(from.target(count), Value::None);
            cx.item(to.target(count), Value::None);
            Some(())
        }
    }
}

/// Parameter areas (02xx) and the program (0306, 0307): area, first word, size.
fn area<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, frame: &Frame<'p>) -> Option<()> {
    let mut at = Cursor::new(frame.data);
    let program = frame.command >= 0x0306;
    let head = (|| {
        let area = at.be16()?;
        let first = if program { at.be32()? } else { u32::from(at.be16()?) };
        Some((area, first, at.be16()?))
    })();
    op.args = head.map(|(area, first, size)| {
        [u64::from(area), u64::from(first), u64::from(size & 0x7fff), 0]
    });
    cx.op(&op);
    let (area, first, size) = head?;
    let value = match at.rest() {
        [] => Value::None,
        bytes => Value::Bytes(bytes),
    };
    let target = Target {
        area: if program { spec::PROGRAM_AREA } else { spec::PARAMETER_AREA },
        index: u64::from(first),
        // The highest bit marks the last piece.
        count: u32::from(size & 0x7fff),
        extra: u32::from(area),
        name: &[],
    };
    cx.item(target, value);
    Some(())
}

/// Commands 22xx that name a disk, and mostly a file of 12 characters.
fn file<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, frame: &Frame<'p>) -> Option<()> {
    let mut at = Cursor::new(frame.data);
    let disk = at.be16();
    let before = match frame.command {
        0x2203 | 0x2205 => 2usize,
        0x2202 | 0x2207..=0x2209 => 0,
        _ => {
            op.args = disk.map(|disk| [u64::from(disk), 0, 0, 0]);
            cx.op(&op);
            return disk.map(|_| ());
        }
    };
    let name = at.skip(before).and_then(|()| at.take(12));
    let (mut position, mut bytes) = (0, 0);
    if matches!(frame.command, 0x2202 | 0x2203) {
        position = at.be32().unwrap_or(0);
        bytes = at.be16().unwrap_or(0);
    }
    op.args = disk.map(|disk| [u64::from(disk), u64::from(position), u64::from(bytes), 0]);
    cx.op(&op);
    let name = name?.trim_ascii();
    if is_text(name) {
        let target = Target { area: spec::FILE_AREA, index: 0, count: 1, extra: 0, name };
        let value = match at.rest() {
            data @ [_, ..] if frame.command == 0x2203 => Value::Bytes(data),
            _ => Value::None,
        };
        cx.item(target, value);
    }
    Some(())
}

/// Forced set and reset: number of bits, each with what to do (0 reset, 1 set, from 0x8000
/// released) and its place.
fn forced<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, frame: &Frame<'p>) -> Option<()> {
    let mut at = Cursor::new(frame.data);
    let count = at.be16();
    op.args = count.map(|count| [u64::from(count), 0, 0, 0]);
    cx.op(&op);
    for _ in 0..count? {
        let what = at.be16()?;
        let place = Place::read(&mut at)?;
        cx.item(place.target(1), Value::Uint(u64::from(what)));
    }
    Some(())
}
