//! S7 communication: how SIMATIC S7-300, S7-400 and, for their compatible services, S7-1200 and
//! S7-1500 stations are read, written, programmed and diagnosed. It runs on ISO transport.
//!
//! Siemens has not published the protocol; `README.md` names the sources.

mod address;
mod alarms;
mod blocks;
mod clock;
mod cyclic;
mod errors;
mod jobs;
mod spec;
mod szl;
mod tables;
mod userdata;
mod variables;
mod wire;

use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{FaultSpec, Op, Proof, Role, Spec, Status};
use wire::{Header, Kind};

/// First byte of every message.
const PROTOCOL: u8 = 0x32;
/// Bytes of the shortest header.
const HEADER: usize = 10;

/// The S7 communication dissector.
#[derive(Debug)]
pub struct S7comm;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// An answer in pieces that is being put together.
    pieces: szl::Pieces,
    /// Blocks that are being read.
    uploads: blocks::Uploads,
}

impl Dissector for S7comm {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        match *head {
            [PROTOCOL, number, ..] if head.len() >= HEADER && wire::kind(number).is_some() => {
                Probe::Sure
            }
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let whole = input.bytes();
        if whole.is_empty() {
            return Step::Took { bytes: 0 };
        }
        match Header::read(whole) {
            Some(header) => Message { whole, header }.say(flow, cx),
            None if cx.cut() => {}
            None => cx.fault(spec::BAD_HEADER, whole.get(..HEADER).unwrap_or(whole)),
        }
        Step::Took { bytes: whole.len() }
    }
}

/// A message.
#[derive(Clone, Copy)]
struct Message<'p> {
    whole: &'p [u8],
    header: Header<'p>,
}

impl<'p> Message<'p> {
    fn say(&self, flow: &mut Flow, cx: &mut Cx<'_>) {
        match self.header.kind {
            Kind::Job => self.job(flow, cx),
            Kind::Ack | Kind::AckData => self.answer(flow, cx),
            Kind::UserData => userdata::say(flow, cx, self),
        }
        if self.header.short && !cx.cut() {
            cx.fault(spec::BAD_LENGTH, self.whole.get(6..10).unwrap_or(&[]));
        }
    }

    /// Says a fault, unless the capture cut the message or its lengths are wrong anyway.
    fn broken(&self, cx: &mut Cx<'_>, fault: &'static FaultSpec, bytes: &[u8]) {
        if !cx.cut() && !self.header.short {
            cx.fault(fault, bytes);
        }
    }

    /// Both ends count their jobs: the reference with the direction of the request.
    fn tx(&self, cx: &Cx<'_>, role: Role) -> u64 {
        let asker = if role == Role::Response { cx.dir().flip() } else { cx.dir() };
        u64::from(self.header.reference) | u64::from(asker == vocab::Dir::Down) << 16
    }

    /// While a station takes over a block it is the station that asks for its pieces: such jobs
    /// do not tell who the client is.
    fn proof(code: u32) -> Proof {
        if matches!(code, 0x1b | 0x1c) { Proof::Context } else { Proof::Content }
    }

    fn job(&self, flow: &Flow, cx: &mut Cx<'_>) {
        let Some(&function) = self.header.parameters.first() else {
            self.broken(cx, spec::BAD_PARAMETERS, self.whole);
            return;
        };
        let mut op = Op::new(u32::from(function), Role::Request, self.whole);
        op.proof = Self::proof(op.code);
        op.tx = Some(self.tx(cx, op.role));
        match function {
            4 | 5 => variables::request(cx, &mut op, self),
            0x1a..=0x1f | 0x28 | 0x29 => blocks::request(&flow.uploads, cx, &mut op, self),
            0xf0 => self.set_up(cx, &mut op),
            _ => cx.op(&op),
        }
    }

    fn answer(&self, flow: &mut Flow, cx: &mut Cx<'_>) {
        let tx = self.tx(cx, Role::Response);
        let asked = cx.pending(tx).filter(|asked| asked.code < 0x100);
        // An answer that refuses may leave its parameters out.
        let function = self.header.parameters.first().map(|function| u32::from(*function));
        let code = function.or(asked.map(|asked| asked.code)).unwrap_or(0);
        let mut op = Op::new(code, Role::Response, self.whole);
        op.proof = Self::proof(op.code);
        op.tx = Some(tx);
        op.status = clock::status(self.header.error);
        let failed = matches!(op.status, Status::Error(_));
        match code {
            4 | 5 if !failed => variables::answer(cx, &mut op, self),
            0x1a..=0x1f if !failed => blocks::answer(&mut flow.uploads, cx, &mut op, self),
            0xf0 if !failed => self.set_up(cx, &mut op),
            _ => {
                op.args = asked.filter(|asked| asked.code == code).map(|asked| asked.args);
                cx.op(&op);
            }
        }
    }

    /// Set up communication: jobs at a time of both sides, size of a message.
    fn set_up(&self, cx: &mut Cx<'_>, op: &mut Op<'p>) {
        let mut at = decode::Cursor::new(self.header.parameters);
        at.take_up_to(2);
        if let (Some(calling), Some(called), Some(size)) = (at.be16(), at.be16(), at.be16()) {
            op.args = Some([u64::from(calling), u64::from(called), u64::from(size), 0]);
        }
        cx.op(op);
        if op.args.is_none() {
            self.broken(cx, spec::BAD_PARAMETERS, self.header.parameters);
        }
    }
}
