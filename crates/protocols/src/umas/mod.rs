//! UMAS: what Schneider Electric's engineering tools say to Modicon controllers, in function 90 of
//! Modbus: identification, reservation, start, stop, project transfer, variables by address.
//!
//! Modbus hands down its function byte and what follows: session key, UMAS function, data. An
//! answer has 0xFE (done) or 0xFD (refused) in place of the function: what it answers is known from
//! the request alone.

mod functions;
mod identity;
mod spec;

use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status, Value};

/// The UMAS dissector.
#[derive(Debug)]
pub struct Umas;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    vendor_said: bool,
}

/// The function byte of Modbus that carries UMAS.
const FUNCTION: u8 = 90;
/// An answer: done.
const DONE: u8 = 0xfe;
/// An answer: refused.
const REFUSED: u8 = 0xfd;
/// A message in a signed envelope.
const SIGNED: u8 = 0x38;

impl Dissector for Umas {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        match head {
            [FUNCTION, ..] => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if !bytes.is_empty() {
            message(flow, cx, bytes);
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// One message.
fn message(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) {
    let mut at = Cursor::new(bytes);
    let Some(&[_, _, function]) = at.chunk() else {
        if !cx.cut() {
            cx.fault(spec::SHORT, bytes);
        }
        return;
    };
    match function {
        DONE | REFUSED => answer(flow, cx, bytes, function, at.rest()),
        SIGNED => {
            let inner = signed(at.rest());
            let (sub, data) = match inner {
                Some((function, data)) => (Some(u16::from(function)), data),
                None => (None, &[][..]),
            };
            let op = Op { sub, ..request_op(cx, bytes, function) };
            functions::request(cx, op, vocab::low_u8(sub.map_or(0, u64::from)), data);
        }
        _ => {
            let op = request_op(cx, bytes, function);
            functions::request(cx, op, function, at.rest());
        }
    }
}

/// The message inside a signed one: magic byte, signature of 32 bytes, then function 90, session
/// key, UMAS function, data.
fn signed(data: &[u8]) -> Option<(u8, &[u8])> {
    let mut at = Cursor::new(data);
    at.skip(33)?;
    match at.chunk()? {
        &[FUNCTION, _, function] => Some((function, at.rest())),
        _ => None,
    }
}

fn request_op<'p>(cx: &Cx<'_>, bytes: &'p [u8], function: u8) -> Op<'p> {
    Op { tx: Some(cx.tag()), ..Op::new(u32::from(function), Role::Request, bytes) }
}

/// An answer. Without its request it says only that something was done or refused.
fn answer(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8], done: u8, data: &[u8]) {
    let asked = cx.pending(cx.tag());
    let code = asked.map_or(u32::from(done), |asked| asked.code);
    let sub = asked.and_then(|asked| asked.sub);
    let status = match (done, data.first()) {
        (DONE, _) => Status::Ok,
        (_, code) => Status::Error(code.map_or(0, |code| u32::from(*code))),
    };
    // The answer to a signed request is signed too.
    let data = match code {
        0x38 => signed(data).map_or(&[][..], |(_, data)| data),
        _ => data,
    };
    let function = if code == 0x38 { sub.map_or(0, u32::from) } else { code };
    let known = done == DONE && asked.is_some();
    // Before the operation is said: that ends the waiting of the request.
    let mut noted = [0; 240];
    let len = cx.noted(cx.tag(), &mut noted);
    let noted = noted.get(..len).unwrap_or(&[]);
    let value = if known { functions::answered(function, data) } else { Value::None };
    cx.op(&Op {
        sub,
        proof: Proof::Content,
        tx: Some(cx.tag()),
        args: asked.map(|asked| asked.args),
        status,
        value,
        ..Op::new(code, Role::Response, bytes)
    });
    if !known {
        return;
    }
    if !flow.vendor_said {
        flow.vendor_said = true;
        cx.attr(spec::VENDOR, b"Schneider Electric");
    }
    if let Some(asked) = asked {
        functions::answer_items(cx, function, asked.args, noted, data);
    }
    match function {
        0x02 => identity::id(cx, data),
        0x03 => identity::project(cx, data),
        0x06 => identity::card(cx, data),
        _ => {}
    }
}
