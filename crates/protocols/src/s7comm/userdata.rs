//! User data: the functions of engineering tools and operator stations.

use super::wire::{Unit, UserData};
use super::{Flow, Message, alarms, clock, cyclic, spec, szl, tables};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Proof, Role, Status};

/// A message of user data taken apart.
#[derive(Clone, Copy)]
pub(super) struct Part<'p> {
    pub(super) message: &'p Message<'p>,
    pub(super) head: UserData,
    /// Content of the data unit.
    pub(super) content: &'p [u8],
}

/// Operation codes are 256 and the group. Subcodes are functions.
const GROUPS: u32 = 0x100;

pub(super) fn say(flow: &mut Flow, cx: &mut Cx<'_>, m: &Message<'_>) {
    let Some(head) = UserData::read(m.header.parameters) else {
        m.broken(cx, spec::BAD_PARAMETERS, m.header.parameters);
        return;
    };
    let role = match head.kind {
        4 | 7 => Role::Request,
        8 | 11 => Role::Response,
        _ => Role::Event,
    };
    let mut op = Op::new(GROUPS | u32::from(head.group), role, m.whole);
    op.sub = Some(u16::from(head.function));
    op.tx = if role == Role::Event { None } else { Some(m.tx(cx, role)) };
    op.proof = Proof::Content;
    let mut at = Cursor::new(m.header.data);
    let unit = if at.is_empty() { None } else { Unit::next(&mut at) };
    if role == Role::Response {
        op.status = clock::status(head.error);
    }
    let content = unit.map_or(&[][..], |unit| unit.content);
    let part = Part { message: m, head, content };
    if matches!(op.status, Status::Error(_)) {
        let asked = op.tx.and_then(|tx| cx.pending(tx));
        op.args = asked.filter(|asked| asked.code == op.code).map(|asked| asked.args);
        cx.op(&op);
    } else {
        by_group(flow, cx, &mut op, &part);
    }
    if !matches!(head.kind, 0 | 3 | 4 | 7 | 8 | 11) {
        m.broken(cx, spec::BAD_PARAMETERS, m.header.parameters);
    }
    if unit.is_some_and(|unit| unit.short) {
        m.broken(cx, spec::BAD_ITEM, m.header.data);
    }
}

fn by_group<'p>(flow: &mut Flow, cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    match part.head.group {
        1 => tables::say(cx, op, part),
        2 => cyclic::say(cx, op, part),
        3 => tables::blocks(cx, op, part),
        4 if part.head.function == 1 => szl::say(flow, cx, op, part),
        4 => alarms::say(cx, op, part),
        6 => cyclic::send(cx, op, part),
        7 => cyclic::time(cx, op, part),
        15 => cyclic::file(cx, op, part),
        // Mode transitions have no data; a password is not repeated.
        _ => cx.op(op),
    }
}
