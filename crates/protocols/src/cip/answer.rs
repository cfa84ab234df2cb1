//! Answers: service, status, data. CIP Vol 1 §2-4.2.

use super::{Flow, Message, attributes, classes, manager, path::Path, pccc, request, rockwell};
use super::{spec, statuses, tags, values};
use decode::Cursor;
use dissect::{Cx, Pending};
use vocab::{Op, Role, Status, Value};

/// The general status of an answer that holds only a part: more follows when asked.
const PARTIAL: u8 = 0x06;

/// The general status of a packet of which a message has failed.
const EMBEDDED: u32 = 0x1e;

/// An answer with what is known of its request.
pub(super) struct Answer<'p> {
    pub(super) message: Message<'p>,
    /// The waiting request.
    pub(super) asked: Option<Pending>,
    /// What was kept with it.
    pub(super) note: &'p [u8],
    /// What it was for.
    pub(super) path: Option<Path<'p>>,
    /// General status 0, or a part.
    pub(super) fine: bool,
    /// What the service answers with.
    pub(super) data: &'p [u8],
}

/// What the request was for; `None` where that is not known.
fn path<'p>(op: &Op<'_>, asked: Option<&Pending>, note: &'p [u8]) -> Option<Path<'p>> {
    let [class, instance, attribute, _] = asked?.args;
    if has_own_arguments(op) {
        return None;
    }
    if !note.is_empty() {
        return Some(Path::read(note));
    }
    let number = vocab::low_u32;
    (class != 0).then(|| Path {
        class: Some(number(class)),
        instance: Some(number(instance)),
        attribute: (attribute != 0).then_some(number(attribute)),
        levels: 1,
        ..Path::default()
    })
}

/// The arguments of the service do not begin with class and instance.
fn has_own_arguments(op: &Op<'_>) -> bool {
    let sub = op.sub.map(u32::from);
    match op.code {
        0x0a => true,
        0x4b => sub.is_some_and(|sub| sub == classes::PCCC || pccc::is_sub(sub)),
        0x4e | 0x52 | 0x54 | 0x5b => sub == Some(classes::CONNECTION_MANAGER),
        _ => false,
    }
}

/// Says an answer and the answers inside it.
pub(super) fn say(flow: &mut Flow, cx: &mut Cx<'_>, m: &Message<'_>) {
    let mut at = Cursor::new(m.bytes);
    let Some(service) = at.u8() else { return };
    let code = u32::from(service & 0x7f);
    let mut op = Op { unit: m.unit, ..Op::new(code, Role::Response, m.bytes) };
    let Some(&[_, status, words]) = at.chunk::<3>() else {
        cx.op(&op);
        if !cx.cut() {
            cx.fault(spec::BAD_ANSWER, m.bytes);
        }
        return;
    };
    let claimed = usize::from(words).saturating_mul(2);
    let additional = at.take_up_to(claimed);
    let data = at.rest();
    // A message that could not be passed on is answered as such, whatever it asked for.
    let passed_on = |p: &Pending| code == 0x52 && p.code != code && status != 0;
    let asked = m.tx.and_then(|tx| cx.pending(tx)).filter(|p| p.code == code || passed_on(p));
    let mut room = [0; 240];
    let note = match m.tx.filter(|_| asked.is_some()) {
        Some(tx) => {
            let len = cx.noted(tx, &mut room);
            room.get(..len).unwrap_or(&[])
        }
        None => &[],
    };
    if let Some(asked) = asked {
        op.tx = m.tx;
        op.unit = asked.unit.or(m.unit);
    }
    let own = asked.filter(|p| p.code == code);
    op.args = own.map(|p| p.args);
    op.sub = match own {
        Some(p) => p.sub,
        None if asked.is_some() => spec::sub(code, Some(classes::CONNECTION_MANAGER)),
        None => spec::sub(code, guess(code, status, data)),
    };
    let fine = matches!(status, 0 | PARTIAL);
    op.status = if fine { Status::Ok } else { Status::Error(statuses::code(status, additional)) };
    let message = Message { unit: op.unit, ..*m };
    let path = path(&op, own.as_ref(), note);
    let answer = Answer { message, asked: own, note, path, fine, data };
    dispatch(flow, cx, &mut op, &answer);
    if additional.len() < claimed && !cx.cut() {
        cx.fault(spec::BAD_ANSWER, m.bytes);
    }
}

/// Says the operation and what the service answers with.
fn dispatch<'p>(flow: &mut Flow, cx: &mut Cx<'_>, op: &mut Op<'p>, answer: &Answer<'p>) {
    let class = op.sub.map(u32::from);
    let served = answer.path.map_or(class, |path| path.served_by());
    match (op.code, class) {
        (0x0a, _) => {
            cx.op(op);
            // Answers are inside where all is well or one of them has failed.
            if answer.fine || op.status == Status::Error(EMBEDDED) {
                let message = answer.message;
                request::each(cx, &message, answer.data, &mut |cx, m| say(flow, cx, m));
            }
        }
        (0x54 | 0x5b, Some(classes::CONNECTION_MANAGER)) => manager::opened(flow, cx, op, answer),
        (0x4e | 0x52, Some(classes::CONNECTION_MANAGER)) => cx.op(op),
        (0x4b, Some(sub)) if sub == classes::PCCC || pccc::is_sub(sub) => {
            pccc::answer(cx, op, answer);
        }
        (0x4c..=0x4e | 0x52 | 0x53 | 0x55, _) if served == Some(classes::SYMBOL) => {
            tags::answer(cx, op, answer);
        }
        (0x4b.., _) if served.is_some_and(|class| rockwell::takes(op.code, class)) => {
            rockwell::answer(cx, op, answer);
        }
        _ => attributes::answer(cx, op, answer),
    }
}

/// The class of an answer whose request was not seen, where its data leave no doubt.
fn guess(code: u32, status: u8, data: &[u8]) -> Option<u32> {
    let typed = || Cursor::new(data).le16().is_some_and(values::is_type) && data.len() > 2;
    match (code, status, data) {
        (0x52, 1, _) => Some(classes::CONNECTION_MANAGER),
        (0x54 | 0x5b, 0, _) => (data.len() >= 26).then_some(classes::CONNECTION_MANAGER),
        (0x4e, 0, _) => (data.len() >= 10).then_some(classes::CONNECTION_MANAGER),
        (0x4c | 0x52, 0 | PARTIAL, _) => typed().then_some(classes::SYMBOL),
        // Requestor: its length of 7, vendor, serial number; then the command.
        (0x4b, 0, [7, rest @ ..]) => {
            rest.get(6).is_some_and(|command| command & 0xf0 == 0x40).then_some(classes::PCCC)
        }
        _ => None,
    }
}

/// Says an operation whose data nobody reads.
pub(super) fn unread<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, data: &'p [u8]) {
    if !data.is_empty() {
        op.value = Value::Bytes(data);
    }
    cx.op(op);
}
