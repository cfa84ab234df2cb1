//! Commands with the devices and values that they carry. SH-080008 §3.2.

use super::wire::{Digits, Frame};
use super::{devices, spec};
use crate::common::text::is_text;
use decode::Cursor;
use dissect::{Cx, Pending};
use vocab::{Op, Role, Status, Target, Value};

/// A device with its number.
#[derive(Clone, Copy, Debug)]
struct Device {
    code: u32,
    number: u32,
}

impl Device {
    /// Reads a device. Subcommands 2 and 3 are of the iQ-R series: longer numbers and codes.
    fn read(at: &mut Digits<'_>, sub: u16) -> Option<Self> {
        let long = sub & 2 != 0;
        if at.ascii {
            let device = devices::by_name(at.at.take(if long { 4 } else { 2 })?)?;
            let radix = if device.hexadecimal { 16 } else { 10 };
            let digits = at.at.take(if long { 8 } else { 6 })?;
            let number = core::str::from_utf8(digits).ok()?;
            let number = u32::from_str_radix(number.trim_start(), radix).ok()?;
            return Some(Self { code: device.code, number });
        }
        let number = at.number(if long { 4 } else { 3 })?;
        Some(Self { code: at.number(if long { 2 } else { 1 })?, number })
    }

    fn target(self, count: u32) -> Target<'static> {
        let index = u64::from(self.number);
        Target { area: spec::DEVICES, index, count, extra: self.code, name: &[] }
    }
}

/// Elements: digits where the frame is ASCII, bits of half a byte, or words, low byte first.
fn elements(ascii: bool, bits: bool, count: u32, bytes: &[u8]) -> Value<'_> {
    match bytes {
        [] => Value::None,
        _ if ascii => Value::Text(bytes),
        [one] if bits && count == 1 => Value::Bool(one >> 4 != 0),
        &[low, high] if !bits && count == 1 => {
            Value::Uint(u64::from(u16::from_le_bytes([low, high])))
        }
        _ => Value::Bytes(bytes),
    }
}

/// Says a frame.
pub(super) fn say(cx: &mut Cx<'_>, frame: &Frame<'_>, message: &[u8]) {
    let unit = Some(u32::from(frame.network) << 8 | u32::from(frame.pc));
    let op = Op { tx: Some(frame.key()), unit, ..Op::new(0, Role::Request, message) };
    let done = if frame.answers { answer(cx, op, frame) } else { request(cx, op, frame) };
    if done.is_none() && !cx.cut() {
        cx.fault(spec::BAD_DATA, frame.body);
    }
}

/// Timer, command, subcommand, data.
fn request<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, frame: &Frame<'p>) -> Option<()> {
    let mut at = frame.digits();
    at.number(2)?;
    op.code = at.number(2)?;
    let sub = vocab::low_u16(u64::from(at.number(2)?));
    op.sub = Some(sub);
    match op.code {
        0x0401 | 0x1401 => return batch(cx, op, sub, at),
        0x0403 | 0x0801 | 0x1402 | 0x0406 | 0x1406 => return several(cx, op, sub, at),
        0x0613 | 0x1613 => {
            let (address, count) = (at.number(4), at.number(2));
            op.args = address.zip(count).map(|(a, c)| [u64::from(a), u64::from(c), 0, 0]);
            cx.op(&op);
            let (address, count) = address.zip(count)?;
            let index = u64::from(address);
            let target = Target { area: spec::MEMORY, index, count, extra: 0, name: &[] };
            cx.item(target, elements(frame.ascii, false, count, at.rest()));
        }
        0x1001 | 0x1003 => {
            let (mode, clear) = (at.number(2), at.number(1));
            op.args = mode.map(|m| [u64::from(m), u64::from(clear.unwrap_or(0)), 0, 0]);
            cx.op(&op);
        }
        // The password is not said.
        0x1630 | 0x1631 => cx.op(&op),
        _ => {
            if !at.rest().is_empty() {
                op.value =
                    if frame.ascii { Value::Text(at.rest()) } else { Value::Bytes(at.rest()) };
            }
            cx.op(&op);
        }
    }
    Some(())
}

/// Batch read and write: device, number of points, data. Extended devices (bit 7 of the
/// subcommand) are not read.
fn batch<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, sub: u16, mut at: Digits<'p>) -> Option<()> {
    if sub & 0x80 != 0 {
        op.value = Value::Bytes(at.rest());
        cx.op(&op);
        return Some(());
    }
    let head = Device::read(&mut at, sub).and_then(|device| Some((device, at.number(2)?)));
    op.args = head.map(|(device, count)| {
        [u64::from(device.number), u64::from(device.code), u64::from(count), 0]
    });
    cx.op(&op);
    let (device, count) = head?;
    let bits = sub & 1 != 0;
    // Bit devices in words: sixteen each.
    let wide = !bits && devices::by_code(device.code).is_some_and(|device| device.bit);
    let points = if wide { count.saturating_mul(16) } else { count };
    cx.item(device.target(points), elements(at.ascii, bits, count, at.rest()));
    Some(())
}

/// Random and block commands: two numbers of entries, then the entries.
fn several<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, sub: u16, mut at: Digits<'p>) -> Option<()> {
    let bits = op.code == 0x1402 && sub & 1 != 0;
    let list = at.rest();
    let first = at.number(1);
    let second = if bits { Some(0) } else { at.number(1) };
    op.args = first.zip(second).map(|(a, b)| [u64::from(a), u64::from(b), 0, 0]);
    cx.op(&op);
    if sub & 0x80 != 0 {
        return Some(());
    }
    // The answer has values alone, in the order of the request.
    if let Some(tx) = op.tx.filter(|_| matches!(op.code, 0x0403 | 0x0406)) {
        cx.note(tx, list);
    }
    let (first, second) = first.zip(second)?;
    let blocks = matches!(op.code, 0x0406 | 0x1406);
    let unit = if at.ascii { 2usize } else { 1 };
    for nth in 0..first.saturating_add(second) {
        let device = Device::read(&mut at, sub)?;
        let count = if blocks { at.number(2)? } else { 1 };
        let bytes = match op.code {
            0x1402 if bits => 1,
            0x1402 if nth < first => 2,
            0x1402 => 4,
            0x1406 => vocab::sat_usize(u64::from(count)).saturating_mul(2),
            _ => 0,
        };
        let data = at.at.take(bytes.saturating_mul(unit))?;
        let value = match *data {
            [byte] if bits => Value::Bool(byte != 0),
            [a, b, c, d] if !at.ascii && !blocks => {
                Value::Uint(u64::from(u32::from_le_bytes([a, b, c, d])))
            }
            _ => elements(at.ascii, false, count, data),
        };
        cx.item(device.target(count), value);
    }
    Some(())
}

/// End code, then what was read; of an error the route and the command.
fn answer<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, frame: &Frame<'p>) -> Option<()> {
    let asked = cx.pending(frame.key());
    let mut noted = [0; 240];
    let len = cx.noted(frame.key(), &mut noted);
    let mut at = frame.digits();
    let end = at.number(2);
    op.role = Role::Response;
    op.code = asked.map_or(0, |asked| asked.code);
    op.sub = asked.and_then(|asked| asked.sub);
    op.args = asked.map(|asked| asked.args);
    op.status = match end {
        None | Some(0) => Status::Ok,
        Some(error) => Status::Error(error),
    };
    if op.status != Status::Ok && asked.is_none() {
        // Network, station, module and station again, then the command that failed.
        let mut copy = at;
        op.code =
            copy.number(4).and_then(|_| copy.number(1)).and_then(|_| copy.number(2)).unwrap_or(0);
    }
    let data = at.rest();
    if !matches!(op.code, 0x0401 | 0x0403 | 0x0406) && !data.is_empty() && op.status == Status::Ok {
        op.value = if frame.ascii { Value::Text(data) } else { Value::Bytes(data) };
    }
    cx.op(&op);
    end?;
    if op.status == Status::Ok
        && let Some(asked) = asked
    {
        was_read(cx, frame, &asked, data);
        if matches!(asked.code, 0x0403 | 0x0406) {
            let list = Cursor::new(noted.get(..len).unwrap_or(&[]));
            let list = Digits { at: list, ascii: frame.ascii };
            several_read(cx, &asked, list, at).unwrap_or(());
        }
    }
    Some(())
}

/// Values of a random or block read, with the devices of its request. A list that was too long to
/// keep ends early.
fn several_read(
    cx: &mut Cx<'_>,
    asked: &Pending,
    mut list: Digits<'_>,
    mut data: Digits<'_>,
) -> Option<()> {
    let sub = asked.sub.unwrap_or(0);
    let (first, second) = (list.number(1)?, list.number(1)?);
    for nth in 0..first.saturating_add(second) {
        let device = Device::read(&mut list, sub)?;
        let blocks = asked.code == 0x0406;
        let count = if blocks { list.number(2)? } else { 1 };
        let bytes = match (blocks, nth < first) {
            (true, _) => vocab::sat_usize(u64::from(count)).saturating_mul(2),
            (false, true) => 2,
            (false, false) => 4,
        };
        let bytes = data.at.take(if data.ascii { bytes.saturating_mul(2) } else { bytes })?;
        let value = match *bytes {
            [a, b, c, d] if !blocks && !data.ascii => {
                Value::Uint(u64::from(u32::from_le_bytes([a, b, c, d])))
            }
            _ => elements(data.ascii, false, count, bytes),
        };
        cx.item(device.target(count), value);
    }
    Some(())
}

/// What was read, with the request's device; the model of the CPU.
fn was_read(cx: &mut Cx<'_>, frame: &Frame<'_>, asked: &Pending, data: &[u8]) {
    let [number, code, count, _] = asked.args.map(vocab::low_u32);
    match asked.code {
        0x0401 if code != 0 => {
            let bits = asked.sub.is_some_and(|sub| sub & 1 != 0);
            let wide = !bits && devices::by_code(code).is_some_and(|device| device.bit);
            let points = if wide { count.saturating_mul(16) } else { count };
            let target = Device { code, number }.target(points);
            cx.item(target, elements(frame.ascii, bits, count, data));
        }
        0x0101 => {
            let name = Cursor::new(data).take_up_to(16).trim_ascii();
            if is_text(name) {
                cx.attr(spec::MODEL, name);
                cx.attr(spec::VENDOR, b"Mitsubishi Electric");
            }
        }
        _ => {}
    }
}
