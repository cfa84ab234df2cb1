//! MMS: how substations' devices (IEC 61850), control centres (TASE.2) and some controllers are
//! read, written, operated and loaded.
//!
//! It runs inside an ISO session; some stacks leave that out and put it on ISO transport bare.

pub(crate) mod answer;
mod control;
mod identity;
pub(crate) mod names;
mod objects;
pub(crate) mod report;
pub(crate) mod request;
pub(crate) mod spec;
pub(crate) mod status;
pub(crate) mod variables;
pub(crate) mod wire;

use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status};
use wire::{Body, Pdu};

/// The MMS dissector.
#[derive(Debug)]
pub struct Mms;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Which components the nameplate of the device has, as its type told.
    plate: identity::Plate,
    /// The association is one of TASE.2.
    tase: bool,
    /// Units that were searched for its names.
    searched: u8,
}

/// Units of an association in which a name of TASE.2 must occur: reports carry them, and they are
/// read first.
const SEARCHED_MAX: u8 = 64;

impl Dissector for Mms {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let known = hint.tag & crate::iso_session::KNOWN != 0;
        if known || wire::is_pdu(head) { Probe::Sure } else { Probe::No }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let whole = input.bytes();
        if whole.is_empty() {
            return Step::Took { bytes: 0 };
        }
        match Pdu::read(whole) {
            Some(pdu) => {
                say(flow, cx, &pdu, whole);
                if !flow.tase && flow.searched < SEARCHED_MAX {
                    flow.searched = flow.searched.saturating_add(1);
                    flow.tase = crate::iccp::names_it(whole);
                }
                if flow.tase {
                    cx.hand_down(spec::TASE, whole, 0);
                }
                if pdu.short && !cx.cut() {
                    cx.fault(spec::BAD_LENGTH, whole.get(..2).unwrap_or(whole));
                }
            }
            None if cx.cut() => {}
            None => cx.fault(spec::BAD_PDU, whole.get(..8).unwrap_or(whole)),
        }
        Step::Took { bytes: whole.len() }
    }
}

/// What pairs an answer with its request: both ends count their own requests.
pub(crate) fn key(cx: &Cx<'_>, id: Option<u64>, role: Role) -> Option<u64> {
    let asker = if role == Role::Response { cx.dir().flip() } else { cx.dir() };
    Some((id? & 0xffff_ffff) | u64::from(asker == vocab::Dir::Down) << 32)
}

/// What pairs the answers of the association: its own services, and cancelling.
const SESSION: u64 = 1 << 40;
const CANCEL: u64 = 1 << 41;

fn say(flow: &mut Flow, cx: &mut Cx<'_>, pdu: &Pdu<'_>, whole: &[u8]) {
    match pdu.body {
        Body::Request { service, .. } => {
            let tx = key(cx, pdu.invoke, Role::Request);
            let op = Op { tx, ..Op::new(service.number, Role::Request, whole) };
            request::say(cx, op, &service);
        }
        Body::Response { service, .. } => {
            let tx = key(cx, pdu.invoke, Role::Response);
            let op = Op { tx, ..Op::new(service.number, Role::Response, whole) };
            answer::say(flow, cx, op, &service);
        }
        Body::Error { error } => refused(cx, pdu, status::service_error(error), whole),
        Body::Unconfirmed { service } => report::say(cx, &service, whole),
        Body::Reject { kind, reason } => {
            let status = Status::Error(status::REJECT | u32::from(kind & 15) << 4 | reason);
            refused(cx, pdu, status, whole);
        }
        Body::Cancel { role, error } => {
            let mut op = Op { proof: Proof::Context, ..Op::new(spec::CANCEL, role, whole) };
            op.tx = key(cx, pdu.invoke, role).map(|key| key | CANCEL);
            op.status = ended(role, error);
            op.args = Some([pdu.invoke.unwrap_or(0), 0, 0, 0]);
            cx.op(&op);
        }
        Body::Initiate { role, error, detail } => {
            let mut op = Op { tx: Some(SESSION), ..Op::new(spec::INITIATE, role, whole) };
            op.status = ended(role, error);
            op.args = Some(detail);
            cx.op(&op);
        }
        Body::Conclude { role, error } => {
            let mut op = Op::new(spec::CONCLUDE, role, whole);
            op.proof = Proof::Context;
            op.tx = Some(SESSION | 1);
            op.status = ended(role, error);
            cx.op(&op);
        }
    }
}

/// The status of an answer that is an error or none.
fn ended(role: Role, error: Option<&[u8]>) -> Status {
    match (role, error) {
        (_, Some(error)) => status::service_error(error),
        (Role::Response, None) => Status::Ok,
        (Role::Request | Role::Event, None) => Status::None,
    }
}

/// An answer that refuses does not name the service: the waiting request does.
fn refused(cx: &mut Cx<'_>, pdu: &Pdu<'_>, status: Status, whole: &[u8]) {
    let tx = key(cx, pdu.invoke, Role::Response);
    let asked = tx.and_then(|tx| cx.pending(tx));
    let code = asked.map_or(spec::ERROR, |asked| asked.code);
    let mut op = Op { tx, status, ..Op::new(code, Role::Response, whole) };
    op.sub = asked.and_then(|asked| asked.sub);
    op.args = asked.map(|asked| asked.args);
    if asked.is_none() {
        op.proof = Proof::Context;
    }
    cx.op(&op);
}
