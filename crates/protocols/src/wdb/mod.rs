//! Wind `DeBug` (WDB): the debug agent that VxWorks devices of many makers were shipped with. It
//! reads and writes memory, starts and kills tasks and calls functions, without a password.

mod spec;

use crate::common::text::until_nul;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Pending, Probe, Step};
use vocab::{Op, Role, Spec, Status, Target, Value};

/// RPC program number of the agent. wdb.h, `WDBPROG`.
const PROGRAM: u32 = 0x5555_5555;
/// The agent has events that wait to be fetched. wdb.h, `WDB_EVENT_NOTIFY`.
const EVENTS_WAIT: u32 = 0x8000;
/// The answer is a piece, the next is to be asked for. wdb.h, `WDB_TO_BE_CONTINUED`.
const CONTINUED: u32 = 0x4000;

/// The WDB dissector.
#[derive(Debug)]
pub struct Wdb;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow;

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

    fn step(_flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let whole = input.bytes();
        match Message::read(whole) {
            Some(message) => say(cx, &message, whole),
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
fn say(cx: &mut Cx<'_>, message: &Message<'_>, whole: &[u8]) {
    let tx = Some(u64::from(message.id));
    match message.body {
        Body::Call { procedure, sequence, data } => {
            let op = Op { tx, ..Op::new(procedure, Role::Request, whole) };
            if call(cx, op, data).is_none() && !cx.cut() || sequence.is_none() && !cx.cut() {
                cx.fault(spec::SHORT, data);
            }
        }
        Body::Reply { status, notes, data, .. } => {
            let asked = cx.pending(u64::from(message.id));
            let code = asked.map_or(spec::UNKNOWN, |asked| asked.code);
            let op = Op { tx, status, ..Op::new(code, Role::Response, whole) };
            let mut args = asked.map_or([0; 4], |asked| asked.args);
            // The fourth argument of what starts something is its entry.
            if !matches!(code, 30 | 90 | 92)
                && let [.., last] = &mut args
            {
                *last = u64::from(notes & EVENTS_WAIT != 0);
            }
            cx.op(&Op { args: Some(args), ..op });
            if status == Status::Ok
                && let Some(asked) = asked
                && reply(cx, &asked, notes & CONTINUED != 0, data).is_none()
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

/// A range of memory: address, bytes, parameter. wdb.h, `WDB_MEM_REGION`.
fn region(at: &mut Cursor<'_>) -> Option<[u32; 3]> {
    Some([at.be32()?, at.be32()?, at.be32()?])
}

/// Bytes for an address. wdb.h, `WDB_MEM_XFER`: number of bytes, address, content with its length.
fn transfer<'p>(at: &mut Cursor<'p>) -> Option<(u32, u32, &'p [u8])> {
    let [count, address, length] = region(at)?;
    let all = at.take(padded(length))?;
    let content = Cursor::new(all).take_up_to(vocab::sat_usize(u64::from(count.min(length))));
    Some((address, count, content))
}

/// Says a call with what it touches; `None` where its parameters are not all there.
fn call(cx: &mut Cx<'_>, mut op: Op<'_>, data: &[u8]) -> Option<()> {
    let mut at = Cursor::new(data);
    match op.code {
        10 | 12..=17 => {
            let found = region(&mut at);
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
            let found = transfer(&mut at);
            op.args = found.map(|(address, count, _)| [u64::from(address), u64::from(count), 0, 0]);
            cx.op(&op);
            let (address, count, content) = found?;
            let target = match op.code {
                51 => Target { area: spec::CHANNEL, ..memory(address, 1) },
                _ => memory(address, count),
            };
            cx.item(target, Value::Bytes(content));
        }
        40 | 41 => {
            // Kind of register set, kind and number of the context.
            let found = region(&mut at);
            op.args = found.map(|[set, kind, context]| {
                [u64::from(set), u64::from(kind), u64::from(context), 0]
            });
            cx.op(&op);
            let [set, ..] = found?;
            let value = match op.code {
                41 => transfer(&mut at).map(|(_, _, content)| Value::Bytes(content)),
                _ => Some(Value::None),
            };
            let area = spec::REGISTERS;
            cx.item(Target { area, ..memory(set, 1) }, value?);
        }
        30 | 90 | 92 => {
            // Kind of context, its stack, and where it begins. wdb.h, `WDB_CTX_CREATE_DESC`.
            let found = at.be32().and_then(|kind| {
                let [stack, size, entry] = region(&mut at)?;
                Some([kind, stack, size, entry])
            });
            op.args = found.map(|words| words.map(u64::from));
            cx.op(&op);
            let [_, _, _, entry] = found?;
            cx.item(Target { area: spec::FUNCTION, ..memory(entry, 1) }, Value::None);
        }
        31..=34 | 80 | 81 => {
            let found = at.be32().zip(at.be32());
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

/// Says the results of a call; `None` where they are not all there.
fn reply(cx: &mut Cx<'_>, asked: &Pending, continued: bool, data: &[u8]) -> Option<()> {
    let mut at = Cursor::new(data);
    match asked.code {
        1 | spec::CONNECT_NAMED => identity(cx, &mut at)?,
        10 if !continued => {
            let (_, count, content) = transfer(&mut at)?;
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
    // Largest transfer, modes, kind of run-time system.
    at.skip(12)?;
    cx.attr(spec::SYSTEM, text(at)?);
    let processor = at.be32()?;
    // Coprocessors, write protection, page size.
    at.skip(12)?;
    let order = match at.be32()? {
        1234 => "little endian",
        _ => "big endian",
    };
    cx.attr(spec::PROCESSOR, crate::line!("CPU type {processor}, {order}").bytes());
    cx.attr(spec::BOARD, text(at)?);
    cx.attr(spec::BOOT, text(at)?);
    let [base, size] = [at.be32()?, at.be32()?];
    cx.item(memory(base, size), Value::None);
    Some(())
}
