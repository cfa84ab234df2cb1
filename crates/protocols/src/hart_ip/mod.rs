//! HART-IP: how hosts talk to HART field devices, their gateways and I/O systems.
//!
//! A session carries the frames that HART sends over its two wires (token-passing PDUs), or bare
//! 16-bit commands (direct PDUs), and what devices publish on their own.

mod body;
mod commands;
mod layout;
mod spec;
mod units;
mod wire;

use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use spec::{DIRECT, EXTENDED, MESSAGE, SUB_DEVICE};
use vocab::{FaultSpec, Op, Part, Role, Spec, Status, Subject, Target, Value};
use wire::{Frame, HEADER_LEN, Header, Kind};

/// Commands of one direct PDU or one aggregated command.
const COMMANDS_MAX: usize = 64;

/// The HART-IP dissector.
#[derive(Debug)]
pub struct HartIp;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The device that answered first, one higher than its address: the one behind this flow.
    first: u64,
    /// The bytes of a direction are outside messages.
    lost: [bool; 2],
}

impl Dissector for HartIp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// On its own ports a header is enough; elsewhere a session's first message, or a frame whose
    /// check byte is right.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if head.len() < HEADER_LEN {
            let starts = matches!(head, [] | [1 | 2] | [1 | 2, 0..=3 | 15, ..]);
            let open = starts && !hint.datagram;
            return if open { Probe::Maybe { need: HEADER_LEN } } else { Probe::No };
        }
        let Some(header) = Header::read(head).filter(|header| header.id <= 5) else {
            return Probe::No;
        };
        let length = usize::from(header.length);
        if hint.datagram && length != head.len() {
            return Probe::No;
        }
        if hint.bound {
            // A session begins with five bytes, ends and lives without any.
            let fits = match header.id {
                0 => (8..=13).contains(&length),
                1 | 2 => (8..=16).contains(&length),
                _ => length >= HEADER_LEN,
            };
            return if fits { Probe::Sure } else { Probe::No };
        }
        let convincing = match header.id {
            0 => length == 13 && header.kind != Kind::Publish,
            3 => (13..=300).contains(&length),
            _ => false,
        };
        match head.get(HEADER_LEN..length) {
            _ if !convincing => Probe::No,
            None => Probe::Maybe { need: length },
            Some(body) if header.id == 0 && matches!(body, [0 | 1, ..]) => Probe::Sure,
            Some(body) if Frame::read(body, false).is_some_and(|frame| frame.is_checked(body)) => {
                Probe::Sure
            }
            Some(_) => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        let datagram = matches!(input, Input::Datagram(_));
        let Some(header) = Header::read(bytes) else {
            if bytes.len() < HEADER_LEN && !datagram && !cx.cut() {
                return Step::Need { took: 0, more: HEADER_LEN.saturating_sub(bytes.len()) };
            }
            return resync(flow, cx, bytes);
        };
        let length = usize::from(header.length);
        let whole = match bytes.get(..length) {
            Some(whole) => whole,
            None if cx.cut() => bytes,
            None if datagram => {
                cx.fault(spec::BAD_LENGTH, bytes.get(6..8).unwrap_or(bytes));
                bytes
            }
            None => return Step::Need { took: 0, more: length.saturating_sub(bytes.len()) },
        };
        if let Some(lost) = flow.lost.get_mut(cx.dir().index()) {
            *lost = false;
        }
        message(flow, cx, &header, whole);
        if datagram && bytes.len() > length {
            cx.fault(spec::BAD_LENGTH, bytes.get(6..8).unwrap_or(bytes));
        }
        Step::Took { bytes: length }
    }
}

/// Passes over bytes that are no message, up to the next that may be one.
fn resync(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let lost = flow.lost.get_mut(cx.dir().index());
    if lost.is_some_and(|lost| !core::mem::replace(lost, true)) && !cx.cut() {
        cx.fault(spec::BAD_HEADER, bytes.get(..HEADER_LEN).unwrap_or(bytes));
    }
    let rest = bytes.get(1..).unwrap_or(&[]);
    let next = rest.iter().position(|byte| matches!(byte, 1 | 2));
    Step::Resync { took: next.unwrap_or(rest.len()).saturating_add(1) }
}

/// What all operations of a message have in common.
#[derive(Clone, Copy)]
struct Message<'p> {
    role: Role,
    tx: Option<u64>,
    status: Status,
    whole: &'p [u8],
}

impl<'p> Message<'p> {
    fn op(&self, code: u32) -> Op<'p> {
        Op { tx: self.tx, status: self.status, ..Op::new(code, self.role, self.whole) }
    }
}

/// One message. HCF_SPEC-085 §10.3.
fn message(flow: &mut Flow, cx: &mut Cx<'_>, header: &Header, whole: &[u8]) {
    let role = match header.kind {
        Kind::Request => Role::Request,
        Kind::Response | Kind::Error => Role::Response,
        Kind::Publish => Role::Event,
    };
    let asks = role == Role::Request;
    let message = Message {
        role,
        tx: (role != Role::Event)
            .then_some(u64::from(header.id) << 16 | u64::from(header.sequence)),
        status: match (role, header.status) {
            (Role::Response, 0 | 8) if header.kind != Kind::Error => Status::Ok,
            (Role::Response, code) => Status::Error(code.into()),
            (Role::Request | Role::Event, _) => Status::None,
        },
        whole,
    };
    let content = whole.get(HEADER_LEN..).unwrap_or(&[]);
    let mut at = Cursor::new(content);
    let failed = matches!(message.status, Status::Error(_));
    match header.id {
        0 => {
            let args = at.u8().zip(at.be32()).map(|(a, b)| [a.into(), b.into(), 0, 0]);
            cx.op(&Op { args, ..message.op(MESSAGE) });
            short(cx, args.is_none() && !failed, spec::SHORT, whole);
        }
        3 if !(failed && content.is_empty()) => token(flow, cx, &message, content),
        4 if !(failed && content.is_empty()) => direct(cx, &message, asks, content),
        5 => {
            let args = at.u8().zip(at.u8()).map(|(a, b)| [a.into(), b.into(), 0, 0]);
            cx.op(&Op { args, ..message.op(MESSAGE.saturating_add(5)) });
            short(cx, args.is_none() && !failed, spec::SHORT, whole);
        }
        id => {
            cx.op(&message.op(MESSAGE.saturating_add(id.into())));
            short(cx, id > 5, spec::UNKNOWN_MESSAGE, whole);
        }
    }
}

fn short(cx: &mut Cx<'_>, broken: bool, fault: &'static FaultSpec, bytes: &[u8]) {
    if broken && !cx.cut() {
        cx.fault(fault, bytes);
    }
}

/// A frame of the link layer. HCF_SPEC-085 §10.3.2.4, HCF_SPEC-081 §5.
fn token(flow: &mut Flow, cx: &mut Cx<'_>, message: &Message<'_>, content: &[u8]) {
    let Some(frame) = Frame::read(content, false) else {
        cx.op(&message.op(MESSAGE.saturating_add(3)));
        return short(cx, true, spec::BAD_FRAME, content);
    };
    let of = subject(flow, &frame);
    let said = Said { code: frame.command.into(), sub: None, unit: Some(frame.unit()) };
    let asks = message.role == Role::Request;
    command(cx, message, said, of, asks, Some(frame.is_from_device()), frame.data);
    if !frame.whole || frame.check.is_none() {
        short(cx, true, spec::BAD_FRAME, content);
    } else if !frame.is_checked(content) {
        cx.fault(spec::BAD_CHECK, content);
    }
}

/// Whom the answers of a device are about: the first that answers is the one behind the flow.
fn subject(flow: &mut Flow, frame: &Frame<'_>) -> Subject {
    let key = frame.key().saturating_add(1);
    // A polling address serves to learn the unique one.
    if frame.is_from_device() && flow.first == 0 && frame.address.len() > 1 {
        flow.first = key;
    }
    if frame.address.len() == 1 || flow.first == key {
        return Subject::Sender;
    }
    Subject::SenderPart(Part { kind: "device", number: frame.unit() })
}

/// What is said of a command.
#[derive(Clone, Copy)]
struct Said {
    code: u32,
    sub: Option<u16>,
    unit: Option<u32>,
}

/// One command, with what wraps it taken off. `answers` tells that response code and device status
/// come first.
fn command(
    cx: &mut Cx<'_>,
    message: &Message<'_>,
    mut said: Said,
    mut of: Subject,
    asks: bool,
    answers: Option<bool>,
    data: &[u8],
) {
    let mut at = Cursor::new(data);
    let told = (answers == Some(true)).then(|| at.u8().zip(at.u8())).flatten();
    let mut inner = vocab::low_u16(said.code.into());
    let mut result = told;
    match said.code {
        EXTENDED => {
            said.sub = at.be16();
            inner = said.sub.unwrap_or(inner);
        }
        SUB_DEVICE if asks || told.is_some_and(|(code, _)| code == 0) => {
            // I/O card, channel; preambles in requests.
            let preambles = if asks { 3 } else { 2 };
            if let Some(frame) = at.skip(preambles).and_then(|()| Frame::read(at.rest(), true)) {
                said.sub = Some(frame.command.into());
                inner = frame.command.into();
                of = Subject::SenderPart(Part { kind: "device", number: frame.unit() });
                at = Cursor::new(frame.data);
                if !asks {
                    result = at.u8().zip(at.u8());
                }
            }
        }
        _ => {}
    }
    let op = Op {
        sub: said.sub,
        unit: said.unit,
        args: result.map(|(code, status)| [code.into(), status.into(), 0, 0]),
        status: result.map_or(message.status, |(code, _)| outcome(code)),
        ..message.op(said.code)
    };
    cx.op(&op);
    short(cx, answers == Some(true) && told.is_none(), spec::SHORT, data);
    if !asks && matches!(op.status, Status::Error(_)) {
        return;
    }
    contents(cx, inner, asks, of, at.rest());
}

/// Values and identity in a command's data.
fn contents(cx: &mut Cx<'_>, number: u16, asks: bool, of: Subject, data: &[u8]) {
    if number == 78 {
        return aggregated(cx, asks, of, data);
    }
    body::values(cx, number, asks, data);
    if !asks {
        body::identity(cx, of, number, data);
    }
}

/// How a command ended: warnings are not errors. HCF_SPEC-307 §5; bit 7 tells of an error on the
/// line.
fn outcome(code: u8) -> Status {
    match code {
        0 | 8 | 14 | 24..=27 | 30 | 31 | 96..=127 => Status::Ok,
        _ => Status::Error(code.into()),
    }
}

/// Several reading commands in one. HCF_SPEC-151 §7, command 78.
fn aggregated(cx: &mut Cx<'_>, asks: bool, of: Subject, data: &[u8]) {
    let mut at = Cursor::new(data);
    // Extended device status in answers, then the number of commands.
    if !asks && at.skip(1).is_none() {
        return;
    }
    let count = at.u8().map_or(0, usize::from);
    for _ in 0..count.min(COMMANDS_MAX) {
        let Some((number, len)) = at.be16().zip(at.u8()) else { break };
        let mut data = Cursor::new(at.take_up_to(len.into()));
        let area = spec::COMMAND;
        let target = Target { area, index: number.into(), count: 1, extra: 0, name: &[] };
        let status = if asks { Status::None } else { data.u8().map_or(Status::None, outcome) };
        cx.item_status(target, Value::None, status);
        if number != 78 && !matches!(status, Status::Error(_)) {
            body::values(cx, number, asks, data.rest());
            if !asks {
                body::identity(cx, of, number, data.rest());
            }
        }
    }
}

/// Commands without link-layer frames. HCF_SPEC-085 §10.3.2.5.
fn direct(cx: &mut Cx<'_>, message: &Message<'_>, asks: bool, content: &[u8]) {
    let mut at = Cursor::new(content);
    let device_status = at.u8();
    // Extended device status.
    let opened = at.skip(1).is_some();
    let mut said = false;
    for _ in 0..COMMANDS_MAX {
        let Some((number, len)) = at.be16().zip(at.u8()) else { break };
        let all = at.take_up_to(len.into());
        let mut data = Cursor::new(all);
        let result = if asks { None } else { data.u8() };
        let op = Op {
            // The message has one answer: its first command is paired, the others follow it.
            tx: message.tx.filter(|_| !said),
            sub: Some(number),
            args: result
                .zip(device_status)
                .map(|(code, status)| [code.into(), status.into(), 0, 0]),
            status: result.map_or(message.status, outcome),
            ..message.op(DIRECT)
        };
        cx.op(&op);
        said = true;
        short(cx, all.len() < usize::from(len) || !asks && result.is_none(), spec::SHORT, content);
        if asks || !matches!(op.status, Status::Error(_)) {
            contents(cx, number, asks, Subject::Sender, data.rest());
        }
    }
    if !said {
        cx.op(&message.op(DIRECT));
        short(cx, !opened, spec::SHORT, content);
    }
}
