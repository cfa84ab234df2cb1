//! FINS: how Omron controllers, their panels and their tools read and write I/O memory, change the
//! operating mode, load programs and force bits; over UDP as it is, over TCP behind a header.
//!
//! The first byte says whether a frame asks or answers. Command codes have two bytes.

mod answers;
mod areas;
mod requests;
mod spec;
mod wire;

use crate::line;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Status};
use wire::Frame;

/// The FINS dissector.
#[derive(Debug)]
pub struct Fins;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Bytes that are no frame were passed over, and it was said.
    lost: [bool; 2],
}

impl Dissector for Fins {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.datagram {
            let fits = hint.bound && Frame::read(head).is_some_and(|frame| frame.is_plausible());
            return if fits { Probe::Sure } else { Probe::No };
        }
        wire::probe(head)
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        match input {
            Input::Stream(bytes) => stream(flow, cx, bytes),
            Input::Datagram(bytes) => {
                frame(cx, bytes, bytes);
                Step::Took { bytes: bytes.len() }
            }
            Input::Gap { .. } | Input::End => Step::Took { bytes: 0 },
        }
    }
}

/// The next message of a stream: `FINS`, length, command, error, data. W421 §7-4-2.
fn stream(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let side = cx.dir().index();
    let Some(total) = wire::total(bytes) else {
        if bytes.len() < 8 && wire::MAGIC.starts_with(bytes.get(..4).unwrap_or(bytes)) && !cx.cut()
        {
            return Step::Need { took: 0, more: 8usize.saturating_sub(bytes.len()) };
        }
        if let Some(lost) = flow.lost.get_mut(side).filter(|lost| !**lost)
            && !cx.cut()
        {
            *lost = true;
            cx.fault(spec::BAD_LENGTH, bytes.get(..8).unwrap_or(bytes));
        }
        return Step::Resync { took: bytes.len() };
    };
    let message = match bytes.get(..total) {
        Some(message) => message,
        None if cx.cut() => bytes,
        None => return Step::Need { took: 0, more: total.saturating_sub(bytes.len()) },
    };
    if let Some(lost) = flow.lost.get_mut(side) {
        *lost = false;
    }
    envelope(cx, message);
    Step::Took { bytes: total }
}

/// A message of FINS/TCP.
fn envelope(cx: &mut Cx<'_>, message: &[u8]) {
    let mut at = Cursor::new(message);
    let head = (|| {
        at.skip(8)?;
        Some((at.be32()?, at.be32()?))
    })();
    let Some((command, error)) = head else { return };
    let status = match error {
        0 => Status::Ok,
        error => Status::Error(spec::TCP | error),
    };
    let mut op = Op::new(spec::TCP | command, Role::Event, message);
    match command {
        0 => {
            let client = at.be32();
            op.role = Role::Request;
            (op.code, op.tx) = (spec::TCP, Some(1 << 63));
            op.args = client.map(|client| [u64::from(client), 0, 0, 0]);
            cx.op(&op);
        }
        1 => {
            let (client, server) = (at.be32(), at.be32());
            op.role = Role::Response;
            (op.code, op.tx, op.status) = (spec::TCP, Some(1 << 63), status);
            op.args = client.zip(server).map(|(c, s)| [u64::from(c), u64::from(s), 0, 0]);
            cx.op(&op);
            if let Some(node) = server.filter(|node| (1..255).contains(node) && error == 0) {
                cx.attr(spec::NODE, line!("{node}").bytes());
            }
        }
        2 => frame(cx, at.rest(), message),
        3 | 6 => {
            op.status = status;
            cx.op(&op);
        }
        _ => cx.fault(spec::BAD_COMMAND, message),
    }
}

/// A FINS frame.
fn frame(cx: &mut Cx<'_>, bytes: &[u8], message: &[u8]) {
    let Some(frame) = Frame::read(bytes) else {
        if !cx.cut() {
            cx.fault(spec::SHORT, message);
        }
        return;
    };
    let op = Op {
        // Nobody answers where no answer is asked for.
        tx: (frame.answers() || frame.wants_answer()).then(|| frame.key()),
        unit: Some(u32::from(frame.server_node())),
        ..Op::new(u32::from(frame.command), frame.role(), message)
    };
    let done =
        if frame.answers() { answers::say(cx, op, &frame) } else { requests::say(cx, op, &frame) };
    if done.is_none() && !cx.cut() {
        cx.fault(spec::BAD_DATA, frame.data);
    }
}
