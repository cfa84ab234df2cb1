//! The services with logical names: get, set, action, notifications. IEC 62056-5-3:2017 §9.5.

use super::data::{self, Descriptor, length};
use super::{Flow, acse, data::system_title, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Status, Target, Value};

/// Most bytes of a value in blocks.
const BLOCKS_MAX: usize = 64 << 10;
/// Bytes of a descriptor that are kept with a request for several attributes.
const KEPT: usize = 9;

/// A message with what its carrier tells.
pub(super) struct Message<'p> {
    /// All bytes, carrier included.
    pub(super) whole: &'p [u8],
    /// Tag and body.
    pub(super) apdu: &'p [u8],
    /// Pairs together with the invoke identifier: the two ends inside the carrier.
    pub(super) ends: u64,
}

/// The roles that the tags tell. §9.5; ciphered forms as their clear ones.
fn role(tag: u8) -> Role {
    match tag {
        1 | 5 | 6 | 33 | 37 | 38 | 96 | 98 | 192 | 193 | 195 | 200 | 201 | 203 | 208 | 209
        | 211 | 217 => Role::Request,
        8 | 12 | 13 | 14 | 40 | 44 | 45 | 46 | 97 | 99 | 196 | 197 | 199 | 204 | 205 | 207
        | 212 | 213 | 215 | 216 | 218 => Role::Response,
        _ => Role::Event,
    }
}

/// The tag exists.
pub(super) const fn is_known(tag: u8) -> bool {
    matches!(
        tag,
        1 | 5 | 6 | 8 | 12..=15 | 22 | 24 | 33 | 37 | 38 | 40 | 44..=46 | 54 | 56 | 96..=99
            | 192..=197 | 199..=205 | 207..=213 | 215..=221 | 223 | 224
    )
}

/// Says a message.
pub(super) fn say(flow: &mut Flow, cx: &mut Cx<'_>, m: &Message<'_>) {
    let mut at = Cursor::new(m.apdu);
    let Some(tag) = at.u8() else { return };
    let role = role(tag);
    let mut op = Op::new(u32::from(tag), role, m.whole);
    // Without an invoke identifier the order pairs.
    let key = |invoke: u8| Some(m.ends << 8 | u64::from(invoke & 0x0f));
    op.tx = if role == Role::Event { None } else { key(0xf) };
    if (192..=199).contains(&tag) && tag != 194 {
        // Kind of request, invoke identifier with priority.
        let kind = at.u8();
        op.tx = at.u8().and_then(key);
        let told = match (tag, kind) {
            (192, Some(kind)) => get(flow, cx, op, kind, at),
            (193, Some(kind)) => set(cx, op, kind, at),
            (195, Some(kind)) => action(cx, op, kind, at),
            (196, Some(kind)) => got(flow, cx, op, kind, at),
            (197 | 199, Some(kind)) => done(cx, op, kind, at),
            _ => only(cx, &op, false),
        };
        return faulty(cx, told, m.apdu);
    }
    let told = match tag {
        96..=99 => acse::say(cx, &op, m.apdu),
        15 => notification(cx, op, at),
        194 => event(cx, op, at),
        5 | 6 | 22 => short_names(cx, &op, at),
        14 | 216 => exception(cx, op, at),
        219 | 220 => ciphered(cx, &op, at),
        _ => only(cx, &op, true),
    };
    faulty(cx, told, m.apdu);
}

fn faulty(cx: &mut Cx<'_>, told: Option<()>, bytes: &[u8]) {
    if told.is_none() && !cx.cut() {
        cx.fault(spec::BAD_MESSAGE, bytes);
    }
}

fn only(cx: &mut Cx<'_>, op: &Op<'_>, sound: bool) -> Option<()> {
    cx.op(op);
    if sound { Some(()) } else { None }
}

/// Reads past the selection of rows of a table. §9.5, Selective-Access-Descriptor.
fn selection(at: &mut Cursor<'_>) -> Option<bool> {
    at.u8().map(|flag| flag != 0)
}

/// One attribute, the next block, or several attributes.
fn get(
    flow: &mut Flow,
    cx: &mut Cx<'_>,
    mut op: Op<'_>,
    kind: u8,
    mut at: Cursor<'_>,
) -> Option<()> {
    match kind {
        1 => {
            let of = Descriptor::read(&mut at);
            op.args = of.map(Descriptor::args);
            cx.op(&op);
            let of = of?;
            flow.block = Blocks { of, next: 1 };
            cx.drop_stash();
            cx.item(of.target(false, 0), Value::None);
            selection(&mut at).map(|_| ())
        }
        2 => {
            op.args = Some(flow.block.of.args());
            cx.op(&op);
            at.be32().map(|_| ())
        }
        3 => {
            cx.op(&op);
            let (mut kept, mut len) = ([0u8; 240], 0usize);
            for _ in 0..at.u8()? {
                let mut bytes = at;
                let of = Descriptor::read(&mut at)?;
                cx.item(of.target(false, 0), Value::None);
                let end = len.saturating_add(KEPT);
                if let (Some(to), Some(from)) = (kept.get_mut(len..end), bytes.take(KEPT)) {
                    to.copy_from_slice(from);
                    len = end;
                }
                // With a selection the next one cannot be found without reading it.
                if selection(&mut at)? {
                    break;
                }
            }
            if let Some(tx) = op.tx {
                cx.note(tx, kept.get(..len).unwrap_or(&[]));
            }
            Some(())
        }
        _ => only(cx, &op, false),
    }
}

/// A value in blocks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Blocks {
    /// What was asked for.
    of: Descriptor,
    /// The block expected next.
    next: u32,
}

/// A value, a block of one, or several values.
fn got(
    flow: &mut Flow,
    cx: &mut Cx<'_>,
    mut op: Op<'_>,
    kind: u8,
    mut at: Cursor<'_>,
) -> Option<()> {
    let asked = op.tx.and_then(|tx| cx.pending(tx)).filter(|asked| asked.code == 192);
    let of = asked.map(|asked| Descriptor::of_args(asked.args)).filter(|of| of.class != 0);
    op.args = of.map(Descriptor::args).filter(|_| kind != 3);
    op.status = Status::Ok;
    match kind {
        1 => {
            let result = at.u8();
            if result == Some(1) {
                op.status = Status::Error(at.u8().map_or(250, u32::from));
            }
            cx.op(&op);
            if let (0, Some(of)) = (result?, of) {
                say_data(cx, of, at);
            }
            Some(())
        }
        2 => block(flow, cx, op, at),
        3 => several(cx, &op, at),
        _ => only(cx, &op, false),
    }
}

fn say_data(cx: &mut Cx<'_>, of: Descriptor, mut at: Cursor<'_>) {
    if data::say(cx, of, Role::Response, false, &mut at).is_none() && !cx.cut() {
        cx.fault(spec::BAD_DATA, at.all());
    }
}

/// Last or not, number, then bytes or an error. Blocks in order are put together.
fn block(flow: &mut Flow, cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    let (last, number, result) = (at.u8(), at.be32(), at.u8());
    let bytes = length(&mut at).and_then(|len| at.take(len));
    if result == Some(1) {
        op.status = Status::Error(at.all().last().map_or(250, |code| u32::from(*code)));
    }
    cx.op(&op);
    let (last, number) = (last? != 0, number?);
    if result? == 1 {
        return Some(());
    }
    let blocks = &mut flow.block;
    if number != blocks.next || cx.cut() || !cx.stash(bytes?, BLOCKS_MAX) {
        cx.drop_stash();
        blocks.next = 0;
        return Some(());
    }
    blocks.next = number.wrapping_add(1);
    if last {
        let of = blocks.of;
        cx.with_stash(|cx, value| say_data(cx, of, Cursor::new(value)));
    }
    Some(())
}

/// The answers in the order of the question.
fn several(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    let mut kept = [0u8; 240];
    let len = op.tx.map_or(0, |tx| cx.noted(tx, &mut kept));
    cx.op(op);
    let mut names = Cursor::new(kept.get(..len).unwrap_or(&[]));
    for _ in 0..at.u8()? {
        let of = Descriptor::read(&mut names)?;
        if at.u8()? == 0 {
            data::say(cx, of, Role::Response, false, &mut at)?;
        } else {
            let status = Status::Error(at.u8().map_or(250, u32::from));
            cx.item_status(of.target(false, 0), Value::None, status);
        }
    }
    Some(())
}

/// The class as subcode, where operations are told apart by it.
fn with_class<'p>(op: Op<'p>, of: Option<Descriptor>) -> Op<'p> {
    Op { sub: of.map(|of| of.class), args: of.map(Descriptor::args), ..op }
}

/// One attribute with its value, blocks of one, or several.
fn set(cx: &mut Cx<'_>, op: Op<'_>, kind: u8, mut at: Cursor<'_>) -> Option<()> {
    if !matches!(kind, 1 | 2 | 4) {
        return only(cx, &op, matches!(kind, 3 | 5));
    }
    let count = if kind == 4 { at.u8() } else { Some(1) };
    let mut names = at;
    let first = Descriptor::read(&mut at);
    cx.op(&with_class(op, first));
    let first = first?;
    selection(&mut at)?;
    match kind {
        1 => data::say(cx, first, Role::Request, false, &mut at),
        2 => {
            cx.item(first.target(false, 0), Value::None);
            Some(())
        }
        _ => {
            for _ in 0..count? {
                let of = Descriptor::read(&mut names)?;
                cx.item(of.target(false, 0), Value::None);
                if selection(&mut names)? {
                    break;
                }
            }
            Some(())
        }
    }
}

/// One method with its parameter, or several.
fn action(cx: &mut Cx<'_>, op: Op<'_>, kind: u8, mut at: Cursor<'_>) -> Option<()> {
    let count = if kind == 3 { at.u8()? } else { 1 };
    if !matches!(kind, 1 | 3) {
        return only(cx, &op, matches!(kind, 2 | 4..=6));
    }
    let first = Descriptor::read(&mut at);
    cx.op(&with_class(op, first));
    let first = first?;
    if kind == 1 && selection(&mut at)? {
        return data::say(cx, first, Role::Request, true, &mut at);
    }
    cx.item(first.target(true, 0), Value::None);
    for _ in 1..count {
        let of = Descriptor::read(&mut at)?;
        cx.item(of.target(true, 0), Value::None);
    }
    Some(())
}

/// How setting or a method ended. Kinds above 1 are for blocks and lists.
fn done(cx: &mut Cx<'_>, mut op: Op<'_>, kind: u8, mut at: Cursor<'_>) -> Option<()> {
    let asked = op.tx.and_then(|tx| cx.pending(tx));
    let asked = asked.filter(|asked| matches!(asked.code, 193 | 195));
    op.args = asked.map(|asked| asked.args).filter(|args| *args != [0; 4]);
    let result = if kind == 1 { at.u8() } else { Some(0) };
    op.status = match result {
        Some(0) => Status::Ok,
        Some(code) => Status::Error(u32::from(code)),
        None => Status::None,
    };
    cx.op(&op);
    result.map(|_| ())
}

/// A long invoke identifier, a time, then data without a name. §9.5, Data-Notification.
fn notification<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, mut at: Cursor<'p>) -> Option<()> {
    let _invoke = at.be32();
    let time = length(&mut at).and_then(|len| at.take(len));
    op.value = Value::Bytes(at.rest());
    cx.op(&op);
    time.map(|_| ())
}

/// A time or none, an attribute, its value. §9.5, EVENT-NOTIFICATION-Request.
fn event(cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    let timed = at.u8();
    if timed == Some(1) {
        length(&mut at).and_then(|len| at.take(len));
    }
    let of = Descriptor::read(&mut at);
    op.args = of.map(Descriptor::args);
    cx.op(&op);
    data::say(cx, of?, Role::Event, false, &mut at)
}

/// Variables by short name: how many, then each with or without a selection. §9.5, ReadRequest.
fn short_names(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    cx.op(op);
    for _ in 0..at.u8()? {
        if at.u8()? != 2 {
            // Selections and blocks are not looked into.
            return Some(());
        }
        let index = u64::from(at.be16()?);
        let target = Target { area: spec::SHORT_NAME, index, count: 1, extra: 0, name: &[] };
        cx.item(target, Value::None);
    }
    Some(())
}

/// Two numbers: the state of the server, what is wrong with the service. §9.5.
fn exception(cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    let (_state, code) = (at.u8(), at.u8());
    op.status = Status::Error(spec::EXCEPTION | code.map_or(3, u32::from));
    // Only of requests without an invoke identifier is it known whose it is.
    cx.op(&op);
    code.map(|_| ())
}

/// The sender's system title, then what cannot be read. §9.5, General-Glo-Ciphering.
fn ciphered(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    cx.op(op);
    let len = length(&mut at)?;
    system_title(cx, at.take(len)?);
    Some(())
}
