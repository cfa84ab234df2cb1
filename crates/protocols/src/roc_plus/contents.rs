//! What messages carry: parameters, files, clock, operator.

use super::spec;
use super::wire::Header;
use crate::common::text::{is_text, until_nul};
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, Subject, Target, Value};

/// Parameters of one message.
const PARAMETERS_MAX: usize = 80;
/// The station's name: system variables, logical 0, parameter 2.
const STATION_NAME: [u8; 3] = [91, 0, 2];

/// The arguments of an operation.
pub(super) fn args(header: &Header, asks: bool, data: &[u8]) -> Option<[u64; 4]> {
    let wide = |byte: &u8| u64::from(*byte);
    match (header.opcode, data) {
        (10 | 11, [table, first, count, ..]) => Some([wide(table), wide(first), wide(count), 0]),
        (166, [kind, logical, count, first, ..]) if asks => {
            Some([wide(kind), wide(logical), wide(count), wide(first)])
        }
        (167, [kind, logical, count, first, ..]) => {
            Some([wide(kind), wide(logical), wide(count), wide(first)])
        }
        (180 | 181, [count, ..]) => Some([wide(count), 0, 0, 0]),
        _ => None,
    }
}

/// Which command of a file transfer; deleting shares its number with reading a directory.
pub(super) fn sub(header: &Header, data: &[u8]) -> Option<u16> {
    match (header.opcode, data.first()) {
        (203, Some(6)) if header.length == 126 => Some(5),
        (203, Some(command)) => Some((*command).into()),
        _ => None,
    }
}

/// Says targets, values and identity. `asked` are the parameters of the request that this message
/// answers.
pub(super) fn say(cx: &mut Cx<'_>, header: &Header, asks: bool, data: &[u8], asked: &[u8]) {
    match (header.opcode, asks) {
        (6, false) => configuration(cx, data),
        (7, false) | (8, true) => clock(cx, data),
        (10, _) | (11, true) => place(cx, header.opcode, asks, data),
        (17, true) => operator(cx, data),
        (166, true) | (167, _) => single(cx, header.opcode, asks, data),
        (180, true) => requested(cx, data),
        (180, false) => parameters(cx, data, asked),
        (181, true) => parameters(cx, data, &[]),
        (203, true) => file(cx, header, data),
        _ => {}
    }
}

/// Opcode 6. ROC Plus §2, table 2-2.
fn configuration(cx: &mut Cx<'_>, data: &[u8]) {
    let Some(kind) = data.get(18) else { return };
    let name: &[u8] = match kind {
        1 => b"ROC300 with ROCPAC",
        2 => b"FloBoss 407",
        3 => b"ROC300 with FlashPAC",
        4 => b"FloBoss 503",
        5 => b"FloBoss 504",
        6 => b"ROC800",
        11 => b"DL8000",
        _ => return cx.attr(spec::PRODUCT, line!("ROC type {kind}").bytes()),
    };
    cx.attr(spec::PRODUCT, name);
}

fn field(cx: &mut Cx<'_>, name: &'static str, value: Value<'_>) {
    cx.item(named(spec::FIELD, name.as_bytes()), value);
}

fn named<'p>(area: &'static Area, name: &'p [u8]) -> Target<'p> {
    Target { area, index: 0, count: 1, extra: 0, name }
}

/// Second, minute, hour, day, month, year. Opcodes 7 and 8.
fn clock(cx: &mut Cx<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    let Some(&[second, minute, hour, day, month]) = at.chunk() else { return };
    let Some(&year) = at.chunk() else { return };
    // Low byte first; some hosts send the high one first, which no clock has otherwise.
    let year = match u16::from_le_bytes(year) {
        low @ 1970..=2105 => low,
        _ => u16::from_be_bytes(year),
    };
    let text = line!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}");
    field(cx, "clock", Value::Text(text.bytes()));
}

fn place(cx: &mut Cx<'_>, opcode: u8, asks: bool, data: &[u8]) {
    let &[table, first, count, ref rest @ ..] = data else { return };
    // The answer tells the version of the table first.
    let bytes = if asks { rest } else { rest.get(4..).unwrap_or(&[]) };
    let target = Target {
        area: spec::PLACE,
        index: first.into(),
        count: count.into(),
        extra: table.into(),
        name: &[],
    };
    let carries = !bytes.is_empty() && (opcode == 11 || !asks);
    cx.item(target, if carries { Value::Bytes(bytes) } else { Value::None });
}

/// The operator's name, of 3 or 30 bytes. Opcode 17.
fn operator(cx: &mut Cx<'_>, data: &[u8]) {
    let name = match data.len() {
        6 | 11 => data.get(..3),
        71 | 76 => data.get(..30),
        _ => None,
    };
    let Some(name) = name.map(|name| until_nul(name).trim_ascii()) else { return };
    let leaves = data.ends_with(b"LOGOUT");
    field(cx, if leaves { "logout" } else { "login" }, Value::Text(name));
    if is_text(name) {
        cx.attr_of(Subject::Sender, spec::USER, name);
    }
}

fn tlp(parameter: [u8; 3], count: u32) -> Target<'static> {
    let [kind, logical, number] = parameter;
    let index = u64::from(u32::from_be_bytes([0, kind, logical, number]));
    Target { area: spec::TLP, index, count, extra: 0, name: &[] }
}

/// Parameters of one point that follow each other. Opcodes 166 and 167.
fn single(cx: &mut Cx<'_>, opcode: u8, asks: bool, data: &[u8]) {
    let &[kind, logical, count, first, ref values @ ..] = data else { return };
    let carries = opcode == 166 || !asks;
    let value = if carries { value(values) } else { Value::None };
    cx.item(tlp([kind, logical, first], count.into()), value);
    if carries && !asks && count == 1 {
        identity(cx, [kind, logical, first], values);
    }
}

fn value(bytes: &[u8]) -> Value<'_> {
    if bytes.is_empty() { Value::None } else { Value::Bytes(bytes) }
}

fn identity(cx: &mut Cx<'_>, parameter: [u8; 3], bytes: &[u8]) {
    let text = until_nul(bytes).trim_ascii();
    if parameter == STATION_NAME && is_text(text) {
        cx.attr(spec::NAME, text);
    }
}

/// Parameters by their TLPs. Opcode 180.
fn requested(cx: &mut Cx<'_>, data: &[u8]) {
    let list = data.get(1..).unwrap_or(&[]);
    for one in list.chunks_exact(3).take(PARAMETERS_MAX) {
        if let Some(parameter) = one.first_chunk() {
            cx.item(tlp(*parameter, 1), Value::None);
        }
    }
}

/// Parameters with their values. How long a value is the device knows: the end is where the next
/// parameter asked for stands. Without the request only equal lengths can be told apart.
fn parameters(cx: &mut Cx<'_>, data: &[u8], asked: &[u8]) {
    let (Some(count), mut rest) =
        (data.first().copied().map(usize::from), data.get(1..).unwrap_or(&[]))
    else {
        return;
    };
    let each = rest.len().checked_div(count).filter(|each| {
        let same = |one: &[u8]| one.first() == rest.first();
        *each > 3 && rest.len().is_multiple_of(count) && rest.chunks_exact(*each).all(same)
    });
    let mut next = asked.chunks_exact(3).skip(1);
    for nth in 1..=count.min(PARAMETERS_MAX) {
        let Some((parameter, values)) = rest.split_first_chunk::<3>() else { return };
        let len = match (next.next(), each) {
            _ if nth == count => values.len(),
            (Some(following), _) => {
                let at = values.windows(3).skip(1).position(|three| three == following);
                at.map_or(values.len(), |at| at.saturating_add(1))
            }
            (None, Some(each)) => each.saturating_sub(3),
            (None, None) => values.len(),
        };
        let (bytes, later) = values.split_at_checked(len).unwrap_or((values, &[]));
        cx.item(tlp(*parameter, 1), value(bytes));
        identity(cx, *parameter, bytes);
        rest = later;
    }
}

/// Paths have 100 bytes, names 25. Opcode 203.
fn file(cx: &mut Cx<'_>, header: &Header, data: &[u8]) {
    let path = match (data.first(), header.length) {
        (Some(1), _) => data.get(2..),
        (Some(6 | 64), _) => data.get(1..),
        (Some(3), _) => {
            // File, size, offset, count.
            if let Some(content) = data.get(14..).filter(|content| !content.is_empty()) {
                field(cx, "content", Value::Bytes(content));
            }
            None
        }
        _ => None,
    };
    let Some(path) = path else { return };
    let folder = until_nul(path.get(..100).unwrap_or(path));
    let name = until_nul(path.get(100..125).unwrap_or(&[]));
    let text = crate::common::text::Line::<128>::of(format_args!(
        "{}{}",
        Value::Text(folder),
        Value::Text(name)
    ));
    cx.item(named(spec::FILE, text.bytes()), Value::None);
}
