//! Protocol data units and the variables in them. RFC 1157 §4.1, RFC 3416 §3.

use super::wire::{Message, Reader};
use super::{identity, spec};
use crate::common::address;
use crate::common::ber::Tlv;
use crate::common::oid::Oid;
use crate::common::text::Line;
use dissect::Cx;
use vocab::{Host, Op, Role, Status, Subject, Target, Value};

/// Most variables said of one message.
const VARIABLES_MAX: usize = 256;

/// The fields before the variables.
struct Head<'p> {
    request: Option<i64>,
    status: i64,
    index: i64,
    /// Of a v1 trap: enterprise, agent, generic and specific number, uptime.
    trap: Option<Trap<'p>>,
    variables: &'p [u8],
    /// A field is missing or of another type.
    broken: bool,
    short: bool,
}

struct Trap<'p> {
    enterprise: &'p [u8],
    agent: &'p [u8],
    args: [u64; 3],
}

impl<'p> Head<'p> {
    fn read(pdu: &Tlv<'p>) -> Self {
        let mut at = Reader::new(pdu.content);
        let mut head = Self {
            request: None,
            status: 0,
            index: 0,
            trap: None,
            variables: &[],
            broken: false,
            short: false,
        };
        if pdu.number == 4 {
            head.trap = Trap::read(&mut at);
            head.broken = head.trap.is_none();
        } else {
            let fields = (at.number(), at.number(), at.number());
            head.broken = matches!(fields, (None, ..) | (_, None, _) | (_, _, None));
            head.request = fields.0;
            head.status = fields.1.unwrap_or(0);
            head.index = fields.2.unwrap_or(0);
        }
        match at.expect(0x30) {
            Some(list) => head.variables = list.content,
            None => head.broken = true,
        }
        head.short = at.short;
        head
    }
}

impl<'p> Trap<'p> {
    fn read(at: &mut Reader<'p>) -> Option<Self> {
        let enterprise = at.expect(6)?.content;
        let agent = at.expect(0x40)?.content;
        let (generic, specific) = (at.number()?, at.number()?);
        let uptime = at.expect(0x43)?.uint()?;
        Some(Self { enterprise, agent, args: [unsigned(generic), unsigned(specific), uptime] })
    }
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// Who speaks, from the kind of PDU.
fn role(number: u32) -> Role {
    match number {
        0 | 1 | 3 | 5 | 6 => Role::Request,
        4 | 7 => Role::Event,
        _ => Role::Response,
    }
}

/// Says a message whose PDU can be read. Returns its role.
pub(super) fn say<'p>(cx: &mut Cx<'_>, message: &Message<'p>, pdu: &Tlv<'p>, bytes: &'p [u8]) {
    let head = Head::read(pdu);
    let mut op = Op::new(pdu.number, role(pdu.number), bytes);
    let version = u64::from(message.version);
    op.args = Some(match (&head.trap, pdu.number) {
        (Some(Trap { args: [generic, specific, uptime], .. }), _) => {
            [version, *generic, *specific, *uptime]
        }
        (None, 5) => [version, unsigned(head.status), unsigned(head.index), 0],
        (None, 2) => [version, unsigned(head.index), 0, 0],
        (None, _) => [version, 0, 0, 0],
    });
    op.tx = message.exchange.or(head.request).map(i64::cast_unsigned);
    if op.role == Role::Event {
        op.tx = None;
    }
    if pdu.number == 2 {
        op.status = match u32::try_from(head.status) {
            Ok(0) => Status::Ok,
            Ok(error) => Status::Error(error),
            Err(_) => Status::Error(u32::MAX),
        };
    }
    let accepted = accepted_settings(cx, &op);
    cx.op(&op);
    if let (3, Some(tx)) = (pdu.number, op.tx) {
        cx.note(tx, head.variables);
    }
    if !cx.cut() {
        if message.short || head.short {
            cx.fault(spec::BAD_LENGTH, bytes);
        } else if head.broken {
            cx.fault(spec::BAD_PDU, pdu.content);
        }
    }
    let of = head.trap.as_ref().map_or(Subject::Sender, |trap| say_trap(cx, trap));
    // A refused request is answered with its own values: they tell nothing of the agent.
    let told = matches!(pdu.number, 2 | 4 | 6 | 7) && !matches!(op.status, Status::Error(_));
    variables(cx, head.variables, told.then_some(of));
    if let Some((noted, len)) = accepted {
        say_settings(cx, noted.get(..len).unwrap_or(&[]));
    }
}

/// The variables that a set request kept, where this answers it with success.
fn accepted_settings(cx: &Cx<'_>, op: &Op<'_>) -> Option<([u8; 240], usize)> {
    let tx = op.tx.filter(|_| op.role == Role::Response && op.status == Status::Ok)?;
    cx.pending(tx).filter(|request| request.code == 3)?;
    let mut noted = [0; 240];
    let len = cx.noted(tx, &mut noted);
    Some((noted, len))
}

/// What the agent took over names it from now on, even where its answer does not repeat it.
fn say_settings(cx: &mut Cx<'_>, list: &[u8]) {
    let mut at = Reader::new(list);
    for _ in 0..VARIABLES_MAX {
        let Some(pair) = at.expect(0x30).filter(|_| !at.short) else { return };
        let mut pair = Reader::new(pair.content);
        if let (Some(name), Some(value)) = (pair.expect(6), pair.expect(4))
            && is_text(value.content)
        {
            identity::text(cx, Subject::Sender, name.content, value.content);
        }
    }
}

/// The kind of trap, and the agent where another one passes the trap on. RFC 1157 §4.1.6.
fn say_trap(cx: &mut Cx<'_>, trap: &Trap<'_>) -> Subject {
    cx.item(object(trap.enterprise), Value::None);
    match address::ip(trap.agent) {
        Some(ip) if !ip.is_unspecified() && ip != cx.headers().src.to_ip() => {
            cx.item(address::target(spec::AGENT, trap.agent), Value::None);
            Subject::Host(Host::Ip(ip))
        }
        _ => Subject::Sender,
    }
}

fn object(name: &[u8]) -> Target<'_> {
    Target { area: spec::OBJECT, index: 0, count: 1, extra: 0, name }
}

/// Says objects with their values; `of` is whom they tell about, where they do.
fn variables(cx: &mut Cx<'_>, list: &[u8], of: Option<Subject>) {
    let mut at = Reader::new(list);
    for _ in 0..VARIABLES_MAX {
        if at.at.is_empty() {
            return;
        }
        let before = at.at.rest();
        let pair = at.expect(0x30).and_then(|pair| {
            let mut pair = Reader::new(pair.content);
            Some((pair.expect(6)?, pair.next()?))
        });
        let Some((name, value)) = pair else {
            if !cx.cut() {
                cx.fault(spec::BAD_VARIABLE, before);
            }
            return;
        };
        variable(cx, name.content, &value, of);
    }
}

/// One object with its value by type. RFC 2578 §7.1, RFC 3416 §3.
fn variable(cx: &mut Cx<'_>, name: &[u8], value: &Tlv<'_>, of: Option<Subject>) {
    let content = value.content;
    let number = || value.uint().map_or(Value::Bytes(content), Value::Uint);
    match value.first {
        0x02 => cx.item(object(name), value.int().map_or(Value::Bytes(content), Value::Int)),
        0x04 => {
            let text = is_text(content);
            let shown = if text { Value::Text(content) } else { Value::Bytes(content) };
            cx.item(object(name), shown);
            if let (true, Some(of)) = (text, of) {
                identity::text(cx, of, name, content);
            }
        }
        0x06 => {
            let shown = Line::<128>::of(format_args!("{}", Oid(content)));
            cx.item(object(name), Value::Text(shown.bytes()));
            if let Some(of) = of {
                identity::identifier(cx, of, name, content);
            }
        }
        0x40 => match address::ip(content) {
            Some(ip) => {
                let shown = crate::line!("{ip}");
                cx.item(object(name), Value::Text(shown.bytes()));
            }
            None => cx.item(object(name), Value::Bytes(content)),
        },
        0x41..=0x43 | 0x46 | 0x47 => cx.item(object(name), number()),
        // No such object, no such instance, end of the view.
        tag @ 0x80..=0x82 => {
            cx.item_status(object(name), Value::None, Status::Error(u32::from(tag)));
        }
        0x05 => cx.item(object(name), Value::None),
        _ => cx.item(object(name), Value::Bytes(content)),
    }
}

/// UTF-8 in which line ends and tabs are the only control characters.
fn is_text(bytes: &[u8]) -> bool {
    let shown = |c: char| !c.is_control() || matches!(c, '\r' | '\n' | '\t' | '\0');
    core::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(shown))
        && bytes.iter().any(|b| *b != 0)
}
