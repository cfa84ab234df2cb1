//! The application layer's messages. ASHRAE 135-2020 clause 20.1.

use super::route::Route;
use super::segments::Segment;
use super::service::{self, Call};
use super::tag::{Element, Fields};
use super::{Flow, errors, operations, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Proof, Role, Status, Value};

/// The message is one of several segments.
const SEGMENTED: u8 = 8;
/// Others follow.
const MORE: u8 = 4;
/// The segment is refused; in a segment-ack.
const NEGATIVE: u8 = 2;
/// The server speaks; in a segment-ack or an abort.
const SERVER: u8 = 1;

/// PDU types. Clause 20.1.
const CONFIRMED: u8 = 0;
const UNCONFIRMED: u8 = 1;
const SIMPLE_ACK: u8 = 2;
const COMPLEX_ACK: u8 = 3;
const SEGMENT_ACK: u8 = 4;
const ERROR: u8 = 5;
const REJECT: u8 = 6;
const ABORT: u8 = 7;

/// One message of the application layer; `whole` is the message with its carrier.
pub(super) fn say(flow: &mut Flow, cx: &mut Cx<'_>, route: &Route, whole: &[u8], at: Cursor<'_>) {
    let mut at = at;
    let Some(first) = at.u8() else {
        if !cx.cut() {
            cx.fault(spec::BAD_APDU, whole);
        }
        return;
    };
    let told = match first >> 4 {
        CONFIRMED | COMPLEX_ACK => parameters(flow, cx, route, whole, first, at),
        UNCONFIRMED => unconfirmed(cx, route, whole, at),
        SIMPLE_ACK => simple_ack(cx, route, whole, at),
        SEGMENT_ACK => segment_ack(cx, route, whole, first, at),
        ERROR => error(cx, route, whole, at),
        REJECT => refusal(cx, route, whole, (REJECT, Role::Response), at),
        ABORT if first & SERVER != 0 => refusal(cx, route, whole, (ABORT, Role::Response), at),
        // A client gives its own request up: no answer to anything.
        ABORT => refusal(cx, route, whole, (ABORT, Role::Event), at),
        _ => None,
    };
    if told.is_none() && !cx.cut() {
        cx.fault(spec::BAD_APDU, whole);
    }
}

/// Confirmed requests and complex acks: the two that can come in segments. Clauses 20.1.2, 20.1.5.
fn parameters(
    flow: &mut Flow,
    cx: &mut Cx<'_>,
    route: &Route,
    whole: &[u8],
    first: u8,
    mut at: Cursor<'_>,
) -> Option<()> {
    let role = if first >> 4 == CONFIRMED { Role::Request } else { Role::Response };
    if role == Role::Request {
        // How many segments and bytes the answer may have.
        at.skip(1)?;
    }
    let invoke = at.u8()?;
    let sequence = if first & SEGMENTED == 0 {
        None
    } else {
        let sequence = at.u8()?;
        // The window.
        at.skip(1)?;
        Some(sequence)
    };
    let choice = at.u8()?;
    let key = route.key(invoke, role);
    let mut call = Call::new(cx, route, choice, key, route.op(u32::from(choice), role, whole));
    let Some(sequence) = sequence else {
        service::say(cx, &call, at.rest());
        return Some(());
    };
    let more = first & MORE != 0;
    let segment = Segment { key, sequence, more };
    let index = cx.dir().index();
    if flow.segments.get_mut(index)?.add(cx, segment, at.rest()) {
        cx.with_stash(|cx, body| service::say(cx, &call, body));
    } else {
        // Only the last segment ends the wait.
        call.op.tx = call.op.tx.filter(|_| !more);
        cx.op(&call.op);
    }
    Some(())
}

/// Clause 20.1.3.
fn unconfirmed(cx: &mut Cx<'_>, route: &Route, whole: &[u8], mut at: Cursor<'_>) -> Option<()> {
    let choice = at.u8()?;
    let op = route.op(u32::from(choice), Role::Event, whole);
    let op = Op { sub: Some(operations::UNCONFIRMED), ..op };
    service::say(cx, &Call { op, route, choice }, at.rest());
    Some(())
}

/// Done, nothing to tell. Clause 20.1.4.
fn simple_ack(cx: &mut Cx<'_>, route: &Route, whole: &[u8], mut at: Cursor<'_>) -> Option<()> {
    let (invoke, choice) = (at.u8()?, at.u8()?);
    let key = route.key(invoke, Role::Response);
    let op = route.op(u32::from(choice), Role::Response, whole);
    let call = Call::new(cx, route, choice, key, op);
    cx.op(&call.op);
    Some(())
}

/// Asks for the next segments, or for one again. Clause 20.1.6.
fn segment_ack(
    cx: &mut Cx<'_>,
    route: &Route,
    whole: &[u8],
    first: u8,
    mut at: Cursor<'_>,
) -> Option<()> {
    let (_invoke, sequence, window) = (at.u8()?, at.u8()?, at.u8()?);
    let role = if first & SERVER != 0 { Role::Response } else { Role::Request };
    let args = [sequence, window, u8::from(first & NEGATIVE != 0), 0].map(u64::from);
    let op = route.op(operations::PDU | u32::from(SEGMENT_ACK), role, whole);
    cx.op(&Op { args: Some(args), ..op });
    Some(())
}

/// Refused, with class and code: directly, or as the first part of a longer error.
/// Clauses 20.1.7, 18, 21.
fn error(cx: &mut Cx<'_>, route: &Route, whole: &[u8], mut at: Cursor<'_>) -> Option<()> {
    let (invoke, choice) = (at.u8()?, at.u8()?);
    let key = route.key(invoke, Role::Response);
    let op = route.op(u32::from(choice), Role::Response, whole);
    let call = Call::new(cx, route, choice, key, op);
    let mut fields = Fields::new(at.rest());
    let pair = fields.inside(0).unwrap_or(fields).error();
    let (class, code) = pair.unwrap_or_default();
    let value = if pair.is_some() { Value::Text(errors::class(class)) } else { Value::None };
    cx.op(&Op { status: Status::Error(vocab::low_u32(code)), value, ..call.op });
    pair.map(|_| ())
}

impl Fields<'_> {
    /// Error class and error code, both enumerated. Clause 21, Error.
    pub(super) fn error(mut self) -> Option<(u64, u64)> {
        let mut number = || self.application(9).and_then(|element: Element<'_>| element.uint());
        Some((number()?, number()?))
    }
}

/// Reject and abort: refused before the service was looked at, with a reason. Clauses 20.1.8,
/// 20.1.9. They do not tell the service: the waiting request does.
fn refusal(
    cx: &mut Cx<'_>,
    route: &Route,
    whole: &[u8],
    (kind, role): (u8, Role),
    mut at: Cursor<'_>,
) -> Option<()> {
    let (invoke, reason) = (at.u8()?, at.u8()?);
    let key = route.key(invoke, role);
    let base = if kind == REJECT { errors::REJECT } else { errors::ABORT };
    let asked = cx.pending(key);
    cx.op(&Op {
        tx: Some(key).filter(|_| role == Role::Response),
        args: asked.map(|request| [u64::from(request.code), 0, 0, 0]),
        status: Status::Error(base | u32::from(reason)),
        proof: Proof::Content,
        ..route.op(operations::PDU | u32::from(kind), role, whole)
    });
    Some(())
}
