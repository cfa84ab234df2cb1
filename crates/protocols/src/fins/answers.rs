//! Answers: end code, then what was read.

use super::requests::{Place, elements};
use super::wire::Frame;
use super::{areas, spec};
use crate::common::text::is_text;
use decode::Cursor;
use dissect::{Cx, Pending};
use vocab::{Op, Part, Status, Subject, Target, Value};

/// Says an answer.
pub(super) fn say<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, frame: &Frame<'p>) -> Option<()> {
    let mut at = Cursor::new(frame.data);
    let asked = cx.pending(frame.key()).filter(|asked| asked.code == op.code);
    let mut noted = [0; 240];
    let len = cx.noted(frame.key(), &mut noted);
    // Bit 7 marks a relay error, bits 6 and 7 of the second byte errors of the CPU. W342 §5-1-3.
    let end = at.be16().map(|end| end & 0x7f3f);
    op.status = match end {
        None | Some(0) => Status::Ok,
        Some(error) => Status::Error(u32::from(error)),
    };
    op.args = asked.map(|asked| asked.args);
    let data = at.rest();
    let done = op.status == Status::Ok && end.is_some();
    match frame.command {
        0x0101 | 0x0104 | 0x0201 | 0x0306 | 0x0501 => {}
        0x0601 if done => {
            op.args = match *data {
                [status, mode, ..] => Some([u64::from(status), u64::from(mode), 0, 0]),
                _ => None,
            };
        }
        _ if data.is_empty() => {}
        _ => op.value = Value::Bytes(data),
    }
    cx.op(&op);
    end?;
    if !done {
        return Some(());
    }
    match (frame.command, asked) {
        (0x0101, Some(asked)) => memory(cx, &asked, data),
        (0x0104, Some(_)) => several(cx, noted.get(..len).unwrap_or(&[]), data).unwrap_or(()),
        (0x0201 | 0x0306, Some(asked)) => area(cx, frame.command, &asked, data),
        // Parameter 1 asks for the units of the bus; some answer with everything.
        (0x0501, asked) => {
            let units = asked.is_some_and(|asked| asked.args.first() == Some(&1));
            if controller(cx, data).is_none() && !units {
                return None;
            }
        }
        (0x0502, _) => units(cx, data),
        _ => {}
    }
    Some(())
}

/// What a memory area read asked for.
fn memory(cx: &mut Cx<'_>, asked: &Pending, data: &[u8]) {
    let [code, address, bit, count] = asked.args;
    let (code, bit) = (vocab::low_u8(code), vocab::low_u8(bit));
    let [high, low] = vocab::low_u16(address).to_be_bytes();
    if let Some(place) = Place::read(&mut Cursor::new(&[code, high, low, bit])) {
        cx.item(place.target(vocab::low_u16(count)), elements(code, data));
    }
}

/// Several places: each answer repeats the area code.
fn several(cx: &mut Cx<'_>, noted: &[u8], data: &[u8]) -> Option<()> {
    let (mut asked, mut at) = (Cursor::new(noted), Cursor::new(data));
    while !at.rest().is_empty() {
        let place = Place::read(&mut asked)?;
        let code = at.u8()?;
        let bytes = at.take(areas::size(u32::from(code)))?;
        cx.item(place.target(1), elements(code, bytes));
    }
    Some(())
}

/// Parameter areas and the program repeat what was asked for, then have the data.
fn area(cx: &mut Cx<'_>, command: u16, asked: &Pending, data: &[u8]) {
    let [area, first, size, _] = asked.args;
    let program = command == 0x0306;
    let head = if program { 8 } else { 6 };
    let target = Target {
        area: if program { spec::PROGRAM_AREA } else { spec::PARAMETER_AREA },
        index: first,
        count: vocab::low_u32(size & 0x7fff),
        extra: vocab::low_u32(area),
        name: &[],
    };
    cx.item(target, Value::Bytes(data.get(head..).unwrap_or(&[])));
}

/// Controller data: model and version in 20 characters each. W342 §5-3-17.
fn controller(cx: &mut Cx<'_>, data: &[u8]) -> Option<()> {
    let mut at = Cursor::new(data);
    let (model, version) = (at.take(20)?, at.take(20)?);
    let (model, version) = (padded(model), padded(version));
    if is_text(model) {
        cx.attr(spec::MODEL, model);
        cx.attr(spec::VENDOR, b"Omron");
    }
    if is_text(version) {
        cx.attr(spec::VERSION, version);
    }
    Some(())
}

/// Without the blanks or zeros that fill a field.
fn padded(field: &[u8]) -> &[u8] {
    crate::common::text::until_nul(field).trim_ascii()
}

/// Connection data: number of units, then unit address and model of each. W342 §5-3-18.
fn units(cx: &mut Cx<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    if at.u8().is_none() {
        return;
    }
    while let (Some(unit), Some(model)) = (at.u8(), at.take(20)) {
        let model = padded(model);
        if is_text(model) {
            let part = Part { kind: "unit", number: u32::from(unit) };
            cx.attr_of(Subject::SenderPart(part), spec::UNIT_MODEL, model);
        }
    }
}
