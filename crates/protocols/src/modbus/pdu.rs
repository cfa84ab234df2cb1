//! The protocol data unit: function code and data, the same on every carrier.

use super::{identity, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, Op, Proof, Role, Status, Target, Value};

/// A message with what its carrier told.
#[derive(Clone, Copy)]
pub(super) struct Message<'p> {
    /// All bytes, carrier included.
    pub(super) whole: &'p [u8],
    /// Function code and data.
    pub(super) pdu: &'p [u8],
    pub(super) unit: u8,
    pub(super) tx: u64,
    pub(super) role: Role,
    pub(super) proof: Proof,
}

/// A function of the public range that is in common use.
pub(super) fn is_common(function: u8) -> bool {
    matches!(function & 0x7f, 1..=8 | 11 | 12 | 15..=17 | 20..=24 | 43 | 90)
}

/// May this be a request, may it be an answer? `len` counts the function code and the data as
/// claimed; `pdu` is what there is of them.
pub(super) fn shapes(function: u8, len: usize, pdu: &[u8]) -> (bool, bool) {
    let data = len.saturating_sub(1);
    let byte = |at: usize| pdu.get(at).map_or(0, |b| usize::from(*b));
    let counted = data == byte(1).saturating_add(1);
    match function {
        0x80.. => (false, data == 1),
        1..=4 => (data == 4, counted),
        5 | 6 => (data == 4, data == 4),
        7 => (data == 0, data == 1),
        8 => (data >= 4, data >= 4),
        11 => (data == 0, data == 4),
        12 | 17 => (data == 0, data > 0 && counted),
        15 | 16 => (data == byte(5).saturating_add(5), data == 4),
        20 => (counted && byte(2) == 6, counted && byte(3) == 6),
        21 => (counted, counted),
        22 => (data == 6, data == 6),
        23 => (data == byte(9).saturating_add(9) && data > 9, counted),
        24 => (data == 2, data >= 4),
        43 if byte(1) == 14 => (data == 3, data >= 6),
        // UMAS: session key, then the function, or 0xFD or 0xFE in an answer.
        90 if data >= 2 => (byte(2) < 0xfd, byte(2) >= 0xfd),
        _ => (true, true),
    }
}

/// Says what a message says.
pub(super) fn say(cx: &mut Cx<'_>, m: &Message<'_>) {
    let mut at = Cursor::new(m.pdu);
    let Some(function) = at.u8() else { return };
    let code = u32::from(function & 0x7f);
    let mut op = Op {
        proof: m.proof,
        tx: Some(m.tx),
        unit: Some(u32::from(m.unit)),
        ..Op::new(code, m.role, m.whole)
    };
    if function & 0x80 != 0 {
        op.role = Role::Response;
        op.status = Status::Error(at.u8().map_or(0, u32::from));
        op.sub = cx.pending(m.tx).and_then(|request| request.sub);
        cx.op(&op);
        return;
    }
    match m.role {
        Role::Response => answer(cx, &mut op, at, m.tx),
        Role::Request | Role::Event => request(cx, &mut op, at),
    }
    match code {
        spec::UMAS => cx.hand_down(spec::UMAS, m.pdu, m.tx),
        43 if op.sub == Some(13) => {
            cx.hand_down(spec::CANOPEN, m.pdu.get(2..).unwrap_or(&[]), m.tx);
        }
        _ => {}
    }
}

/// The area that a function reads or writes, with the most that one message may hold.
fn area(code: u32) -> Option<(&'static Area, u64)> {
    Some(match code {
        1 => (spec::COILS, 2000),
        2 => (spec::INPUTS, 2000),
        3 => (spec::HOLDING, 125),
        4 => (spec::INPUT_REGISTERS, 125),
        15 => (spec::COILS, 1968),
        16 => (spec::HOLDING, 123),
        5 => (spec::COILS, 1),
        6 | 22 => (spec::HOLDING, 1),
        _ => return None,
    })
}

fn target(area: &'static Area, index: u64, count: u64) -> Target<'static> {
    Target { area, index, count: vocab::low_u32(count), extra: 0, name: &[] }
}

/// Reads up to `N` 16-bit numbers; missing ones are 0, and the pdu is faulty.
fn numbers<const N: usize>(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> [u64; 4] {
    let mut out = [0; 4];
    for place in out.iter_mut().take(N) {
        let Some(number) = at.be16() else {
            if !cx.cut() {
                cx.fault(spec::BAD_PDU, at.all());
            }
            break;
        };
        *place = u64::from(number);
    }
    out
}

fn check_quantity(cx: &mut Cx<'_>, pdu: &[u8], quantity: u64, max: u64) {
    if !(1..=max).contains(&quantity) && !cx.cut() {
        cx.fault(spec::BAD_QUANTITY, pdu);
    }
}

fn request(cx: &mut Cx<'_>, op: &mut Op<'_>, mut at: Cursor<'_>) {
    match op.code {
        1..=4 | 15 | 16 => {
            let args @ [start, quantity, ..] = numbers::<2>(cx, &mut at);
            op.args = Some(args);
            let data = at.rest().get(1..).unwrap_or(&[]);
            let count = vocab::low_u32(quantity);
            cx.op(op);
            if let Some((area, max)) = area(op.code) {
                check_quantity(cx, at.all(), quantity, max);
                let value = match op.code {
                    15 => Value::Bits(data, count),
                    16 => Value::Words(data),
                    _ => Value::None,
                };
                cx.item(target(area, start, quantity), value);
            }
        }
        5 | 6 => single(cx, op, at),
        8 => {
            op.sub = at.be16();
            op.args = Some(numbers::<1>(cx, &mut at));
            cx.op(op);
        }
        22 => {
            let args @ [address, ..] = numbers::<3>(cx, &mut at);
            op.args = Some(args);
            cx.op(op);
            cx.item(target(spec::HOLDING, address, 1), Value::None);
        }
        23 => {
            let args @ [read, reads, write, writes] = numbers::<4>(cx, &mut at);
            op.args = Some(args);
            let data = at.rest().get(1..).unwrap_or(&[]);
            cx.op(op);
            check_quantity(cx, at.all(), reads, 125);
            check_quantity(cx, at.all(), writes, 121);
            cx.item(target(spec::HOLDING, write, writes), Value::Words(data));
            cx.item(target(spec::HOLDING, read, reads), Value::None);
        }
        20 | 21 => {
            cx.op(op);
            files(cx, op.code, at);
        }
        24 => {
            let args @ [pointer, ..] = numbers::<1>(cx, &mut at);
            op.args = Some(args);
            cx.op(op);
            cx.item(target(spec::FIFO, pointer, 1), Value::None);
        }
        43 => {
            op.sub = at.u8().map(u16::from);
            if op.sub == Some(14) {
                let (read_code, object) = (at.u8().unwrap_or(0), at.u8().unwrap_or(0));
                op.args = Some([u64::from(read_code), u64::from(object), 0, 0]);
            }
            cx.op(op);
        }
        _ => cx.op(op),
    }
}

/// Functions 5 and 6: address and value, echoed in the answer.
fn single(cx: &mut Cx<'_>, op: &mut Op<'_>, mut at: Cursor<'_>) {
    let args @ [address, value, ..] = numbers::<2>(cx, &mut at);
    op.args = Some(args);
    cx.op(op);
    let (area, value) = match op.code {
        // ON is 0xff00, OFF 0. MODBUS AP v1.1b3 §6.5.
        5 => (spec::COILS, Value::Bool(value != 0)),
        _ => (spec::HOLDING, Value::Uint(value)),
    };
    cx.item(target(area, address, 1), value);
}

/// Sub-requests of file functions: reference type 6, file, record, length. §6.14, §6.15.
fn files(cx: &mut Cx<'_>, code: u32, mut at: Cursor<'_>) {
    let len = at.u8().map_or(0, usize::from);
    let mut at = Cursor::new(at.take_up_to(len));
    while let (Some(6), Some(file), Some(record), Some(count)) =
        (at.u8(), at.be16(), at.be16(), at.be16())
    {
        let value = match code {
            21 => Value::Words(at.take_up_to(usize::from(count).saturating_mul(2))),
            _ => Value::None,
        };
        let target = Target {
            area: spec::FILE,
            index: u64::from(record),
            count: u32::from(count),
            extra: u32::from(file),
            name: &[],
        };
        cx.item(target, value);
    }
}

fn answer<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, mut at: Cursor<'p>, tx: u64) {
    op.status = Status::Ok;
    let asked = cx.pending(tx).filter(|request| request.code == op.code);
    match op.code {
        1..=4 | 23 => {
            let len = at.u8().map_or(0, usize::from);
            let data = at.take_up_to(len);
            let bits = vocab::sat_u32(data.len().saturating_mul(8));
            let [start, quantity, ..] = asked.map(|request| request.args).unwrap_or_default();
            let bits = if quantity == 0 { bits } else { bits.min(vocab::low_u32(quantity)) };
            op.value = if op.code < 3 { Value::Bits(data, bits) } else { Value::Words(data) };
            op.args = asked.map(|request| request.args);
            let value = op.value;
            cx.op(op);
            if asked.is_some() {
                let area = area(op.code).map_or(spec::HOLDING, |(area, _)| area);
                cx.item(target(area, start, quantity), value);
            }
        }
        15 | 16 => {
            let args @ [start, quantity, ..] = numbers::<2>(cx, &mut at);
            op.args = Some(args);
            cx.op(op);
            if let Some((area, _)) = area(op.code) {
                cx.item(target(area, start, quantity), Value::None);
            }
        }
        5 | 6 | 8 | 22 => request(cx, op, at),
        17 => {
            let len = at.u8().map_or(0, usize::from);
            let id = at.take_up_to(len);
            op.value = Value::Bytes(id);
            cx.op(op);
            identity::server_id(cx, op.unit, id);
        }
        43 => {
            op.sub = at.u8().map(u16::from);
            op.args = asked.map(|request| request.args);
            cx.op(op);
            if op.sub == Some(14) {
                identity::device(cx, op.unit, at);
            }
        }
        _ => {
            op.value = Value::Bytes(at.rest());
            cx.op(op);
        }
    }
}
