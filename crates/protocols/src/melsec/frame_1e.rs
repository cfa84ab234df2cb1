//! Frames 1E, for modules that are compatible with the A series: a subheader of one byte is the
//! command, an answer has its highest bit set. SH-080008, A-compatible 1E frames.
//!
//! ```text
//! asks:    command ─ PC number ─ monitoring timer ─ data
//! answers: command + 80 ─ complete code ─ data, or 5b ─ abnormal code ─ 00
//! ```
//!
//! Neither says how long it is: the command tells, and of an answer what was asked.

use super::wire::Digits;
use super::{devices, spec};
use decode::Cursor;
use dissect::{Cx, Hint, Probe, Step};
use vocab::{Op, Role, Status, Target, Value};

/// Codes of operations: above those of 3E frames.
pub(super) const CODES: u32 = 0x1_0000;
/// PC number of the station that is connected itself.
const OWN: u32 = 0xff;
/// Longest monitoring timer that counts as one, in units of 250 ms.
const TIMER_MAX: u32 = 0x1000;
/// Abnormal codes follow.
const ABNORMAL: u32 = 0x5b;

/// What stands at the start of some bytes.
enum Found<'p> {
    /// A request with this many bytes; none where the command does not tell.
    Asks(Request<'p>, Option<usize>),
    /// So many bytes are needed to say.
    Open(usize),
    None,
}

/// A request behind its header.
struct Request<'p> {
    command: u32,
    pc: u32,
    at: Digits<'p>,
}

/// Binary, or hexadecimal digits: the first byte tells.
fn is_ascii(bytes: &[u8]) -> bool {
    matches!(bytes, [b'0' | b'1' | b'3' | b'8' | b'9' | b'B' | b'b', second, ..]
        if second.is_ascii_hexdigit())
}

/// Bytes of a request's header: command, PC number, monitoring timer.
const fn header(ascii: bool) -> usize {
    if ascii { 8 } else { 4 }
}

/// So many bytes are needed, from the first of these on.
fn need(total: usize, bytes: &[u8]) -> Step {
    Step::Need { took: 0, more: total.saturating_sub(bytes.len()) }
}

fn known(command: u32) -> bool {
    spec::SPEC.operation(CODES | command, None).is_some()
}

/// A number of points; 0 are 256.
fn points(at: &mut Digits<'_>) -> Option<u32> {
    at.number(1).map(|n| if n == 0 { 256 } else { n })
}

/// Bytes of so many values: bits are half a byte or a digit, in pairs; words two bytes.
fn data_bytes(ascii: bool, bits: bool, count: u32) -> usize {
    let count = vocab::sat_usize(u64::from(count));
    let pairs = count.saturating_add(1) >> 1;
    match (bits, ascii) {
        (true, false) => pairs,
        (true, true) => pairs << 1,
        (false, false) => count << 1,
        (false, true) => count << 2,
    }
}

/// The commands that end with bits; those of words have the next number.
const fn is_bits(command: u32) -> bool {
    matches!(command, 0x00 | 0x02 | 0x04 | 0x06 | 0x08)
}

/// Number and code of a device: the code first where they are digits.
fn device(at: &mut Digits<'_>) -> Option<(u32, u32)> {
    let (number, code) = if at.ascii {
        let code = at.number(2)?;
        (at.number(4)?, code)
    } else {
        (at.number(4)?, at.number(2)?)
    };
    // Two letters, the second may be blank; device codes of other frames serve as ours.
    let name = vocab::low_u16(u64::from(code)).to_be_bytes();
    let device = devices::by_name(name.trim_ascii_end())?;
    (number <= 0x00ff_ffff).then_some((number, device.code))
}

fn target(number: u32, code: u32, count: u32) -> Target<'static> {
    Target { area: spec::DEVICES, index: u64::from(number), count, extra: code, name: &[] }
}

/// Bytes of the data behind the header that must be there to tell its length, and that length;
/// `None` where it cannot be told.
fn length(command: u32, at: Digits<'_>) -> (usize, Option<usize>) {
    let unit = if at.ascii { 2usize } else { 1 };
    let mut look = at;
    match command {
        0x00..=0x03 => {
            let head = unit.saturating_mul(8);
            let _ = look.at.take_up_to(unit.saturating_mul(6));
            let count = points(&mut look).unwrap_or(0);
            let data = if command < 2 { 0 } else { data_bytes(at.ascii, command == 2, count) };
            (head, Some(head.saturating_add(data)))
        }
        0x04..=0x07 => {
            let head = unit << 1;
            let count = vocab::sat_usize(u64::from(points(&mut look).unwrap_or(0)));
            let each = match command {
                0x04 => 7,
                0x05 => 8,
                _ => 6usize,
            };
            let data = count.saturating_mul(each).saturating_mul(unit);
            (head, Some(head.saturating_add(data)))
        }
        0x08 | 0x09 | 0x13..=0x15 => (0, Some(0)),
        0x16 => {
            let count = vocab::sat_usize(u64::from(look.number(1).unwrap_or(0)));
            (unit, Some(unit.saturating_add(count)))
        }
        _ => (0, None),
    }
}

/// Reads a request at the start.
fn find(bytes: &[u8]) -> Found<'_> {
    let ascii = is_ascii(bytes);
    let mut at = Digits { at: Cursor::new(bytes), ascii };
    let header = header(ascii);
    let whole = bytes.len() >= header;
    match (at.number(1), at.number(1), at.number(2)) {
        (Some(command), Some(pc), Some(timer)) if whole => {
            let possible = pc == OWN || pc <= 64;
            if !known(command) || !possible || timer > TIMER_MAX {
                return Found::None;
            }
            let (head, length) = length(command, at);
            let head = header.saturating_add(head);
            if bytes.len() < head {
                return Found::Open(head);
            }
            // Where a device is named it must be one, and reserved bytes are 0.
            let mut look = at;
            let sound = match command {
                0x00..=0x03 => {
                    let named = device(&mut look).is_some();
                    let _ = look.number(1);
                    named && look.number(1) == Some(0)
                }
                0x04..=0x07 => {
                    let _ = look.number(1);
                    look.number(1) == Some(0)
                }
                _ => true,
            };
            if !sound {
                return Found::None;
            }
            let total = length.map(|length| header.saturating_add(length));
            Found::Asks(Request { command, pc, at }, total)
        }
        _ if !whole && (ascii || matches!(bytes, [] | [0..=0x3c, ..])) => Found::Open(header),
        _ => Found::None,
    }
}

/// Reading or writing devices of the own station is distinct enough anywhere; other commands only
/// where a port of ours led here. An answer has so little to know it by that it must come from the
/// server there, on a connection.
pub(super) fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
    let (bound, datagram) = (hint.bound, hint.datagram);
    if bound && hint.from_server && !datagram && is_answer(head) {
        return probe_answer(head);
    }
    // The PC number stands early: most of what others say ends here.
    let own = match head {
        // Some clients send small letters.
        [b'0' | b'1' | b'3', digit, b'F' | b'f', b'F' | b'f', ..] if digit.is_ascii_hexdigit() => {
            true
        }
        [0..=0x3c, 0xff, ..] | [0..=0x3c] => true,
        [b'0' | b'1' | b'3', digit] | [b'0' | b'1' | b'3', digit, b'F' | b'f'] => {
            digit.is_ascii_hexdigit()
        }
        _ => false,
    };
    if !own {
        return Probe::No;
    }
    match find(head) {
        Found::Asks(request, total) => {
            let fits = total.is_none_or(|total| !datagram || total == head.len());
            let distinct = matches!(request.command, 0x00..=0x03) && total.is_some();
            if fits && (bound || distinct) { Probe::Sure } else { Probe::No }
        }
        Found::Open(need) if need > head.len() => Probe::Maybe { need },
        Found::Open(_) | Found::None => Probe::No,
    }
}

/// An answer's first byte, or digit.
fn is_answer(bytes: &[u8]) -> bool {
    matches!(bytes, [0x80..=0xbc | b'8' | b'9' | b'B' | b'b', ..])
}

/// An answer needs a command that exists and a complete code that is given.
fn probe_answer(head: &[u8]) -> Probe {
    let mut at = Digits { at: Cursor::new(head), ascii: is_ascii(head) };
    if head.len() < 2 || at.ascii && head.len() < 4 {
        return Probe::Maybe { need: if head.len() < 2 { 2 } else { 4 } };
    }
    let command = at.number(1).and_then(|command| command.checked_sub(0x80));
    let end = matches!(at.number(1), Some(0 | 0x50..=0x60));
    if end && command.is_some_and(known) { Probe::Sure } else { Probe::No }
}

/// Reads a message, where it is one.
///
/// `passed` says that bytes which are none were passed over: so do those behind a request that does
/// not tell its length.
pub(super) fn step(
    cx: &mut Cx<'_>,
    bytes: &[u8],
    datagram: bool,
    passed: &mut bool,
) -> Option<Step> {
    if is_answer(bytes) {
        return answer(cx, bytes, datagram);
    }
    match find(bytes) {
        Found::Asks(request, total) => {
            // What does not tell its length is said by its header; a datagram ends it.
            *passed = total.is_none() && !datagram;
            let total =
                total.unwrap_or(if datagram { bytes.len() } else { header(request.at.ascii) });
            let whole = match bytes.get(..total) {
                Some(whole) => whole,
                None if datagram || cx.cut() => bytes,
                None => return Some(need(total, bytes)),
            };
            ask(cx, request, whole);
            Some(Step::Took { bytes: total })
        }
        Found::Open(total) if !datagram && !cx.cut() => Some(need(total, bytes)),
        Found::Open(_) | Found::None => None,
    }
}

/// Says a request.
fn ask(cx: &mut Cx<'_>, request: Request<'_>, whole: &[u8]) {
    let Request { command, pc, at } = request;
    let data = whole.get(header(at.ascii)..).unwrap_or(&[]);
    let mut at = Digits { at: Cursor::new(data), ..at };
    let op = Op {
        unit: Some(pc),
        tx: Some(key(command)),
        ..Op::new(CODES | command, Role::Request, whole)
    };
    match command {
        0x00..=0x03 => {
            let place = device(&mut at);
            let count = points(&mut at);
            let _ = at.number(1);
            let told = place.zip(count);
            let args = told.map(|((number, code), count)| [number, code, count, 0].map(u64::from));
            cx.op(&Op { args, ..op });
            if let Some(((number, code), count)) = told {
                cx.item(target(number, code, count), values(command, count, at.rest(), at.ascii));
            }
        }
        0x04..=0x07 => {
            let count = points(&mut at).unwrap_or(0);
            let _ = at.number(1);
            cx.op(&Op { args: Some([u64::from(count), 0, 0, 0]), ..op });
            for _ in 0..count {
                let Some((number, code)) = device(&mut at) else { break };
                let value = match command {
                    0x04 => at.number(1).map_or(Value::None, |state| Value::Bool(state != 0)),
                    0x05 => at.number(2).map_or(Value::None, |word| Value::Uint(u64::from(word))),
                    _ => Value::None,
                };
                cx.item(target(number, code, 1), value);
            }
        }
        _ => {
            let data = at.rest();
            let value = if data.is_empty() { Value::None } else { Value::Bytes(data) };
            cx.op(&Op { value, ..op });
        }
    }
}

fn key(command: u32) -> u64 {
    1 << 62 | u64::from(command)
}

/// Values: one bit, one word, or the bytes as they are.
fn values(command: u32, count: u32, data: &[u8], ascii: bool) -> Value<'_> {
    match (data, is_bits(command)) {
        ([], _) => Value::None,
        (_, _) if ascii => Value::Text(data),
        ([one], true) if count == 1 => Value::Bool(one >> 4 != 0),
        (&[low, high], false) => Value::Uint(u64::from(u16::from_le_bytes([low, high]))),
        _ => Value::Bytes(data),
    }
}

/// An answer; it is read when its request is known, since that tells its length. In a datagram it
/// is whole anyway.
fn answer(cx: &mut Cx<'_>, bytes: &[u8], datagram: bool) -> Option<Step> {
    let ascii = is_ascii(bytes);
    let header = if ascii { 4usize } else { 2 };
    if bytes.len() < header {
        return if datagram || cx.cut() { None } else { Some(need(header, bytes)) };
    }
    let mut at = Digits { at: Cursor::new(bytes), ascii };
    let command = at.number(1)?.checked_sub(0x80).filter(|command| known(*command))?;
    let end = at.number(1)?;
    let asked = cx.pending(key(command));
    if asked.is_none() && !datagram {
        return Some(Step::Resync { took: bytes.len() });
    }
    let count = asked.map_or(0, |asked| vocab::low_u32(asked.args[2]));
    let data = match (end, command) {
        (0, 0x00 | 0x01) => data_bytes(ascii, command == 0, count),
        (ABNORMAL, _) | (0, 0x15) => header,
        _ => 0,
    };
    let total = if datagram { bytes.len() } else { header.saturating_add(data) };
    let whole = match bytes.get(..total) {
        Some(whole) => whole,
        None if cx.cut() => bytes,
        None => return Some(need(total, bytes)),
    };
    let data = whole.get(header..).unwrap_or(&[]);
    let mut code = Digits { at: Cursor::new(data), ascii };
    let status = match end {
        0 => Status::Ok,
        // The abnormal code goes above its complete code.
        ABNORMAL => Status::Error(ABNORMAL << 8 | code.number(1).unwrap_or(0)),
        other => Status::Error(other),
    };
    let reads = matches!(command, 0x00 | 0x01) && status == Status::Ok;
    let value = if reads || end != 0 || data.is_empty() { Value::None } else { Value::Bytes(data) };
    cx.op(&Op {
        tx: Some(key(command)),
        args: asked.map(|asked| asked.args),
        unit: asked.and_then(|asked| asked.unit),
        status,
        value,
        ..Op::new(CODES | command, Role::Response, whole)
    });
    if let Some(asked) = asked.filter(|_| reads) {
        let [number, device, count, _] = asked.args.map(vocab::low_u32);
        cx.item(target(number, device, count), values(command, count, data, ascii));
    }
    Some(Step::Took { bytes: total })
}
