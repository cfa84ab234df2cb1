//! Messages between nodes. ISO/IEC 14908-1:2012 §7 to §11.

use super::operations::{ANSWER, APPLICATION, AUTHENTICATION, FOREIGN, POLL, TRANSPORT, UPDATE};
use super::{hex, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Part, Role, Status, Subject, Target, Value};

/// Everybody, or a group: no single node.
const MANY: u16 = 0xffff;

/// Who sends to whom. §7.2.
#[derive(Clone, Copy)]
struct Ends {
    source: u16,
    destination: u16,
    /// A member of a group acknowledges what went to all of it.
    member: bool,
}

impl Ends {
    /// The addresses by their format, then the domain.
    fn read(at: &mut Cursor<'_>, format: u8, domain: u8) -> Option<Self> {
        let (subnet, node) = (at.u8()?, at.u8()?);
        let address = |subnet: u8, node: u8| u16::from_be_bytes([subnet, node & 0x7f]);
        let source = address(subnet, node);
        let destination = match format {
            // A subnet, 0 for the domain; or a group.
            0 | 1 => at.u8().map(|_| MANY)?,
            // A node; with the highest bit clear an acknowledgement to a group's sender, with the
            // group and the member that acknowledges.
            2 => {
                let to = address(at.u8()?, at.u8()?);
                if node & 0x80 == 0 {
                    at.skip(2)?;
                }
                to
            }
            // A unique node identifier behind a subnet.
            _ => at.skip(7).map(|()| MANY)?,
        };
        at.skip(match domain {
            0 => 0,
            1 => 1,
            2 => 3,
            _ => 6,
        })?;
        Some(Self { source, destination, member: format == 2 && node & 0x80 == 0 })
    }

    /// Pairs an answer: both nodes and the transaction. To a group the first member's pairs.
    fn key(self, role: Role, transaction: u8) -> u64 {
        let (asker, asked) = match role {
            Role::Request | Role::Event => (self.source, self.destination),
            Role::Response if self.member => (self.destination, MANY),
            Role::Response => (self.destination, self.source),
        };
        u64::from(asker) << 32 | u64::from(asked) << 16 | u64::from(transaction) | 1 << 63
    }

    /// A node's number as people read it: 1041 is node 41 of subnet 1.
    fn number(address: u16) -> u32 {
        let [subnet, node] = address.to_be_bytes();
        u32::from(subnet).saturating_mul(1_000).saturating_add(u32::from(node))
    }
}

/// Says a message, or what controls its transport.
pub(super) fn say(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    // Priority, path and backlog; then version, kind of PDU, address format, domain length.
    let (_control, format) = (at.u8(), at.u8());
    let ends = format.and_then(|format| Ends::read(&mut at, format >> 2 & 3, format & 3));
    let (Some(format), Some(ends)) = (format, ends) else {
        cx.op(op);
        return None;
    };
    let pdu = format >> 4 & 3;
    let told = match pdu {
        3 => apdu(cx, op, ends, Role::Event, 0, at),
        2 => authentication(cx, op, ends, at),
        _ => transport(cx, op, ends, pdu == 1, at),
    };
    if told.is_none() && !cx.cut() {
        cx.fault(spec::BAD_MESSAGE, at.all());
    }
    Some(())
}

/// Transport and session layer: type and transaction, then the message. §9, §10.
fn transport(
    cx: &mut Cx<'_>,
    op: &Op<'_>,
    ends: Ends,
    session: bool,
    mut at: Cursor<'_>,
) -> Option<()> {
    let Some(first) = at.u8() else {
        cx.op(op);
        return None;
    };
    let (kind, transaction) = (first >> 4 & 7, first & 15);
    if matches!(kind, 4 | 5) {
        // A list of those that have answered already.
        let len = at.u8().map_or(0, usize::from);
        at.take_up_to(len);
    }
    match (session, kind) {
        // Acknowledged message, request, both again with a reminder.
        (_, 0 | 5) => apdu(cx, op, ends, Role::Request, transaction, at),
        (true, 2) => apdu(cx, op, ends, Role::Response, transaction, at),
        (false, 2) => {
            control(cx, op, ends, Role::Response, transaction, TRANSPORT | 2);
            Some(())
        }
        (_, 4) => {
            control(cx, op, ends, Role::Event, transaction, TRANSPORT | 4);
            Some(())
        }
        // Repeated without acknowledgement.
        (false, 1) => apdu(cx, op, ends, Role::Event, transaction, at),
        _ => {
            cx.op(op);
            None
        }
    }
}

/// A challenge or the answer to one. §10.4.
fn authentication(cx: &mut Cx<'_>, op: &Op<'_>, ends: Ends, mut at: Cursor<'_>) -> Option<()> {
    let Some(first) = at.u8() else {
        cx.op(op);
        return None;
    };
    let kind = u16::from(first >> 4 & 3);
    control(cx, op, ends, Role::Event, first & 15, AUTHENTICATION | kind);
    Some(())
}

fn control(cx: &mut Cx<'_>, op: &Op<'_>, ends: Ends, role: Role, transaction: u8, sub: u16) {
    let mut op = with(op, ends, role, transaction);
    op.sub = Some(sub);
    if role == Role::Response {
        op.status = Status::Ok;
    }
    cx.op(&op);
}

/// The operation with its ends.
fn with<'p>(op: &Op<'p>, ends: Ends, role: Role, transaction: u8) -> Op<'p> {
    let (from, to) = (Ends::number(ends.source), Ends::number(ends.destination));
    let tx = Some(ends.key(role, transaction)).filter(|_| role != Role::Event);
    let unit = match role {
        Role::Request => Some(to).filter(|_| ends.destination != MANY),
        Role::Response | Role::Event => Some(from),
    };
    let to = if ends.destination == MANY { 0 } else { to };
    let args = Some([u64::from(from), u64::from(to), u64::from(transaction), 0]);
    Op { role, tx, unit, args, ..*op }
}

/// A message: a network variable, or a message code with data. §11.
fn apdu(
    cx: &mut Cx<'_>,
    op: &Op<'_>,
    ends: Ends,
    role: Role,
    transaction: u8,
    mut at: Cursor<'_>,
) -> Option<()> {
    let mut op = with(op, ends, role, transaction);
    let Some(first) = at.u8() else {
        cx.op(&op);
        return None;
    };
    if first & 0x80 != 0 {
        return variable(cx, op, ends, first, at);
    }
    if role == Role::Response {
        answer(cx, op, ends, first, at);
        return Some(());
    }
    op.sub = Some(match first {
        0x00..=0x3f => APPLICATION,
        0x40..=0x4f => FOREIGN,
        _ => u16::from(first),
    });
    say_with_data(cx, &op, at.rest());
    if first == 0x7f {
        identity(cx, ends, at.rest());
    }
    Some(())
}

fn say_with_data(cx: &mut Cx<'_>, op: &Op<'_>, data: &[u8]) {
    let value = if data.is_empty() { Value::None } else { Value::Bytes(data) };
    cx.op(&Op { value, ..*op });
}

/// Direction and selector, then the value. §11.2.
fn variable(
    cx: &mut Cx<'_>,
    mut op: Op<'_>,
    ends: Ends,
    first: u8,
    mut at: Cursor<'_>,
) -> Option<()> {
    let selector = at.u8().map(|low| u16::from_be_bytes([first & 0x3f, low]));
    // Towards the variable of the other side: a value; from it: the wish for one. Answers to such
    // a wish bring the value.
    let wish = first & 0x40 != 0 && op.role != Role::Response;
    op.sub = Some(if first & 0x40 != 0 { POLL } else { UPDATE });
    if op.role == Role::Response {
        op.status = Status::Ok;
        op.sub = op.tx.and_then(|tx| cx.pending(tx)).map_or(Some(ANSWER), |asked| asked.sub);
    }
    let [source, destination, transaction, _] = op.args.unwrap_or_default();
    let number = selector.map_or(0, u64::from);
    op.args = Some([source, destination, transaction, number]);
    cx.op(&op);
    let node = if op.role == Role::Response { ends.source } else { ends.destination };
    let extra = u32::from(node);
    let index = u64::from(selector?);
    let target = Target { area: spec::VARIABLE, index, count: 1, extra, name: &[] };
    let value = if wish || at.is_empty() { Value::None } else { Value::Bytes(at.rest()) };
    cx.item(target, value);
    Some(())
}

/// An answer: its code is that of the request with other high bits, which tell success. §11.6,
/// §11.7.
fn answer(cx: &mut Cx<'_>, mut op: Op<'_>, ends: Ends, first: u8, at: Cursor<'_>) {
    let asked = op.tx.and_then(|tx| cx.pending(tx)).and_then(|asked| asked.sub);
    op.sub = asked.or(Some(ANSWER));
    let low = |bits: u8| u16::from(first) & u16::from(bits);
    op.status = match asked {
        Some(code @ 0x60..=0x7f) if low(0x1f) == code & 0x1f => ended(first & 0x20 != 0),
        Some(code @ 0x50..=0x5f) if low(0x0f) == code & 0x0f => ended(first & 0x20 != 0),
        _ => Status::None,
    };
    say_with_data(cx, &op, at.rest());
    if asked == Some(0x61) && op.status == Status::Ok {
        identity(cx, ends, at.rest());
    }
}

const fn ended(well: bool) -> Status {
    if well { Status::Ok } else { Status::Error(spec::FAILED) }
}

/// Six bytes of the node, eight of its program. §11.6.1.
fn identity(cx: &mut Cx<'_>, ends: Ends, data: &[u8]) {
    let part = Part { kind: "lon node", number: Ends::number(ends.source) };
    let of = if ends.source == 0 { Subject::Sender } else { Subject::SenderPart(part) };
    let mut at = Cursor::new(data);
    if let Some(node) = at.take(6) {
        cx.attr_of(of, spec::NEURON, hex(node).bytes());
    }
    if let Some(program) = at.take(8) {
        cx.attr_of(of, spec::PROGRAM, hex(program).bytes());
    }
}
