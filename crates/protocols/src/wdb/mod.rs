//! Wind `DeBug` (WDB): the debug agent that VxWorks devices of many makers were shipped with. It
//! reads and writes memory, starts and kills tasks and calls functions, without a password.

mod layout;
mod spec;

use crate::common::text::until_nul;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Pending, Probe, Step};
use layout::Layout;
use vocab::{Op, Role, Spec, Status, Target, Value};

/// RPC program number of the agent. wdb.h, `WDBPROG`.
const PROGRAM: u32 = 0x5555_5555;
/// The agent has events that wait to be fetched. wdb.h, `WDB_EVENT_NOTIFY`.
const EVENTS_WAIT: u32 = 0x8000;
/// The answer is a piece, the next is to be asked for. wdb.h, `WDB_TO_BE_CONTINUED`.
const CONTINUED: u32 = 0x4000;

/// Sizes of integers and addresses, which close the answer to a connect of later agents.
const SIZES: usize = 12;

/// The WDB dissector.
#[derive(Debug)]
pub struct Wdb;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// How the session writes its parameters, once that is known.
    layout: Option<Layout>,
}

impl Dissector for Wdb {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// A call names the program, which proves it on any port; an answer does not.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if !hint.datagram {
            return Probe::No;
        }
        let sure = match Message::read(head) {
            Some(Message { body: Body::Call { .. }, .. }) => true,
            Some(Message { body: Body::Reply { checked, .. }, .. }) => hint.bound && checked,
            None => false,
        };
        if sure { Probe::Sure } else { Probe::No }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let whole = input.bytes();
        match Message::read(whole) {
            Some(message) => say(flow, cx, &message, whole),
            None if whole.is_empty() || cx.cut() => {}
            None => cx.fault(spec::BAD_HEADER, whole.get(..24).unwrap_or(whole)),
        }
        Step::Took { bytes: whole.len() }
    }
}

/// A message of remote procedure call, version 2. RFC 5531 §9.
#[derive(Clone, Copy, Debug)]
struct Message<'p> {
    id: u32,
    body: Body<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Body<'p> {
    /// Procedure, sequence number, parameters behind it.
    Call { procedure: u32, sequence: Option<u32>, data: &'p [u8] },
    /// How it went, as RPC says and as the agent says; the results.
    Reply { status: Status, notes: u32, checked: bool, data: &'p [u8] },
}

impl<'p> Message<'p> {
    fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let id = at.be32()?;
        let body = match at.be32()? {
            0 => Self::call(&mut at)?,
            1 => Self::reply(&mut at)?,
            _ => return None,
        };
        Some(Self { id, body })
    }

    /// RFC 5531 §9, `call_body`; then checksum, size, sequence number.
    fn call(at: &mut Cursor<'p>) -> Option<Body<'p>> {
        let [rpc, program, version] = [at.be32()?, at.be32()?, at.be32()?];
        if rpc != 2 || program != PROGRAM || version != 1 {
            return None;
        }
        let procedure = at.be32()?;
        // Credential and verifier: kind, length, content.
        for _ in 0..2 {
            at.skip(4)?;
            let length = at.be32().filter(|length| *length <= 400)?;
            at.skip(padded(length))?;
        }
        let sequence = at.skip(8).and_then(|()| at.be32());
        Some(Body::Call { procedure, sequence, data: at.rest() })
    }

    /// RFC 5531 §9, `reply_body`; then checksum, size, the agent's own result.
    fn reply(at: &mut Cursor<'p>) -> Option<Body<'p>> {
        if at.be32()? != 0 {
            let status = Status::Error(spec::DENIED);
            return Some(Body::Reply { status, notes: 0, checked: false, data: &[] });
        }
        at.skip(4)?;
        let length = at.be32().filter(|length| *length <= 400)?;
        at.skip(padded(length))?;
        let accepted = at.be32()?;
        if accepted != 0 {
            let status = Status::Error(spec::NOT_ACCEPTED | accepted & 0xff);
            return Some(Body::Reply { status, notes: 0, checked: false, data: &[] });
        }
        let checked = at.be16()? == 0xffff;
        at.skip(6)?;
        let result = at.be32()?;
        let notes = result & (EVENTS_WAIT | CONTINUED);
        let error = result & 0xffff & !notes;
        let status = if error == 0 { Status::Ok } else { Status::Error(error) };
        Some(Body::Reply { status, notes, checked, data: at.rest() })
    }
}

/// Bytes that an element of this length takes: a multiple of four. RFC 4506 §4.10.
fn padded(length: u32) -> usize {
    vocab::sat_usize(u64::from(length)).saturating_add(3) & !3
}

/// Says a message.
fn say(flow: &mut Flow, cx: &mut Cx<'_>, message: &Message<'_>, whole: &[u8]) {
    let tx = Some(u64::from(message.id));
    match message.body {
        Body::Call { procedure, sequence, data } => {
            flow.layout = Layout::of(procedure, data).or(flow.layout);
            let layout = flow.layout.unwrap_or_default();
            let op = Op { tx, ..Op::new(procedure, Role::Request, whole) };
            let said = call(cx, op, layout, data);
            if (said.is_none() || sequence.is_none()) && !cx.cut() {
                cx.fault(spec::SHORT, data);
            }
        }
        Body::Reply { status, notes, data, .. } => {
            let layout = flow.layout.unwrap_or_default();
            let asked = cx.pending(u64::from(message.id));
            let code = asked.map_or(spec::UNKNOWN, |asked| asked.code);
            let op = Op { tx, status, ..Op::new(code, Role::Response, whole) };
            let mut args = asked.map_or([0; 4], |asked| asked.args);
            let sub = asked.and_then(|asked| asked.sub);
            // The fourth argument of what starts something is its entry.
            if (!matches!(code, 30 | 90 | 92) || sub.is_some())
                && let [.., last] = &mut args
            {
                *last = u64::from(notes & EVENTS_WAIT != 0);
            }
            cx.op(&Op { args: Some(args), sub, ..op });
            if status == Status::Ok
                && let Some(asked) = asked
                && reply(cx, &asked, layout, notes & CONTINUED != 0, data).is_none()
                && !cx.cut()
            {
                cx.fault(spec::SHORT, data);
            }
        }
    }
}

/// A range of memory as a target.
fn memory(base: u32, count: u32) -> Target<'static> {
    Target { area: spec::MEMORY, index: u64::from(base), count, extra: 0, name: &[] }
}

/// Says a call with what it touches; `None` where its parameters are not all there.
fn call(cx: &mut Cx<'_>, mut op: Op<'_>, layout: Layout, data: &[u8]) -> Option<()> {
    let mut at = Cursor::new(data);
    if layout.core(&mut at).is_none() {
        cx.op(&op);
        return None;
    }
    match op.code {
        10 | 12..=17 => {
            let found = layout.region(&mut at);
            op.args = found.map(|[base, count, parameter]| {
                [u64::from(base), u64::from(count), u64::from(parameter), 0]
            });
            cx.op(&op);
            let [base, count, parameter] = found?;
            cx.item(memory(base, count), Value::None);
            if op.code == 13 {
                // Moved to: the parameter is the destination.
                cx.item(memory(parameter, count), Value::None);
            }
        }
        11 | 51 => {
            let found = layout.transfer(&mut at);
            op.args = found.map(|(address, count, _)| [u64::from(address), u64::from(count), 0, 0]);
            cx.op(&op);
            let (address, count, content) = found?;
            let target = match op.code {
                51 => Target { area: spec::CHANNEL, ..memory(address, 1) },
                _ => memory(address, count),
            };
            cx.item(target, Value::Bytes(content));
        }
        40 | 41 => registers(cx, op, layout, &mut at)?,
        // Later agents know more kinds, each with fields of its own: only the kind is said.
        30 | 90 | 92 if layout == Layout::WithCore => {
            let kind = at.be32();
            op.sub = Some(spec::LATER);
            op.args = kind.map(|kind| [u64::from(kind), 0, 0, 0]);
            cx.op(&op);
            kind?;
        }
        30 | 90 | 92 => {
            // Kind of context, its stack, and where it begins. wdb.h, `WDB_CTX_CREATE_DESC`.
            let found = at.be32().and_then(|kind| Some([kind, at.be32()?, at.be32()?, at.be32()?]));
            op.args = found.map(|words| words.map(u64::from));
            cx.op(&op);
            let [_, _, _, entry] = found?;
            cx.item(Target { area: spec::FUNCTION, ..memory(entry, 1) }, Value::None);
        }
        31..=36 | 80..=82 => {
            let found = layout.context(&mut at);
            op.args = found.map(|(kind, context)| [u64::from(kind), u64::from(context), 0, 0]);
            cx.op(&op);
            let (_, context) = found?;
            cx.item(Target { area: spec::CONTEXT, ..memory(context, 1) }, Value::None);
        }
        3 | 60 | 61 => {
            let kind = at.be32();
            op.args = kind.map(|kind| [u64::from(kind), 0, 0, 0]);
            cx.op(&op);
            kind?;
        }
        _ => cx.op(&op),
    }
    Some(())
}

/// Says a call on a set of registers: its kind, then the context. wdb.h, `WDB_REG_READ_DESC`.
fn registers(cx: &mut Cx<'_>, mut op: Op<'_>, layout: Layout, at: &mut Cursor<'_>) -> Option<()> {
    let found = at.be32().zip(layout.context(at));
    op.args = found
        .map(|(set, (kind, context))| [u64::from(set), u64::from(kind), u64::from(context), 0]);
    cx.op(&op);
    let (set, _) = found?;
    let value = match op.code {
        41 => layout.transfer(at).map(|(_, _, content)| Value::Bytes(content)),
        _ => Some(Value::None),
    };
    cx.item(Target { area: spec::REGISTERS, ..memory(set, 1) }, value?);
    Some(())
}

/// Says the results of a call; `None` where they are not all there.
fn reply(
    cx: &mut Cx<'_>,
    asked: &Pending,
    layout: Layout,
    continued: bool,
    data: &[u8],
) -> Option<()> {
    let mut at = Cursor::new(data);
    match asked.code {
        1 | spec::CONNECT_NAMED => identity(cx, &mut at)?,
        spec::INFO_GET => system(cx, &mut at),
        10 if !continued => {
            let (_, count, content) = layout.transfer(&mut at)?;
            let base = vocab::low_u32(asked.args.first().copied().unwrap_or(0));
            cx.item(memory(base, count), Value::Bytes(content));
        }
        70 => {
            let kind = at.be32()?;
            let area = spec::EVENT;
            cx.item(Target { area, ..memory(kind, 1) }, Value::None);
        }
        _ => {}
    }
    Some(())
}

/// A text: its length with the NUL at its end, then its characters, filled up to four.
fn text<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let length = at.be32()?;
    Some(until_nul(at.take(padded(length))?))
}

/// The target: the agent, then what it runs on. wdb.h, `WDB_TGT_INFO`.
fn identity(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    let agent = text(at)?;
    cx.attr(spec::AGENT, agent);
    // Largest transfer, modes, kind of run-time system; later agents have their options there.
    at.skip(12)?;
    cx.attr(spec::SYSTEM, text(at)?);
    if at.rest().len() == SIZES {
        // wdb.h of VxWorks 6, `WDB_CONNECT_INFO`: the rest is asked for with a call of its own.
        return Some(());
    }
    let processor = at.be32()?;
    // Coprocessors, write protection, page size.
    at.skip(12)?;
    match byte_order(at.be32()?) {
        Some(order) => {
            cx.attr(spec::PROCESSOR, crate::line!("CPU type {processor}, {order}").bytes());
        }
        None => cx.attr(spec::PROCESSOR, crate::line!("CPU type {processor}").bytes()),
    }
    cx.attr(spec::BOARD, text(at)?);
    cx.attr(spec::BOOT, text(at)?);
    let [base, size] = [at.be32()?, at.be32()?];
    cx.item(memory(base, size), Value::None);
    Some(())
}

/// What the target runs on, as later agents tell it. wdb.h of VxWorks 6, `WDB_RT_INFO`. Nothing is
/// said where the byte order, which stands behind most of it, is none.
fn system(cx: &mut Cx<'_>, at: &mut Cursor<'_>) {
    let mut read = || {
        at.skip(4)?;
        let [name, version] = [text(at)?, text(at)?];
        // Family and type of the processor; its variant, the tools, the board's short name.
        at.skip(4)?;
        let processor = at.be32()?;
        for _ in 0..3 {
            text(at)?;
        }
        at.skip(12)?;
        let order = byte_order(at.be32()?)?;
        Some((name, version, processor, order, [text(at)?, text(at)?], [at.be32()?, at.be32()?]))
    };
    let Some((name, version, processor, order, [board, boot], [base, size])) = read() else {
        return;
    };
    let [name, version] = [Value::Text(name), Value::Text(version)];
    cx.attr(spec::SYSTEM, crate::line!("{name} {version}").bytes());
    cx.attr(spec::PROCESSOR, crate::line!("CPU type {processor}, {order}").bytes());
    cx.attr(spec::BOARD, board);
    cx.attr(spec::BOOT, boot);
    cx.item(memory(base, size), Value::None);
}

/// VxWorks counts octets from the most significant one, others from the least. vxArch.h,
/// `_BIG_ENDIAN` and `_LITTLE_ENDIAN`.
fn byte_order(number: u32) -> Option<&'static str> {
    match number {
        1234 => Some("big endian"),
        4321 => Some("little endian"),
        _ => None,
    }
}
