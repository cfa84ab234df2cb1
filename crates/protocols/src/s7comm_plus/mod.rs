//! S7 communication plus: how engineering tools and operator stations talk to SIMATIC S7-1200 and
//! S7-1500. It runs on ISO transport.
//!
//! Siemens has not published the protocol; `README.md` names the sources. Messages are read as
//! far as they are plain: what a session encrypts (TLS since TIA Portal V17) is not.

mod address;
mod functions;
mod object;
mod spec;
mod value;
mod wire;

use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Value};
use wire::{Frame, Head};

/// First byte of every frame.
const PROTOCOL: u8 = 0x72;
/// Longest message that is put together from frames.
const MESSAGE_MAX: usize = 65_536;

/// The S7 communication plus dissector.
#[derive(Debug)]
pub struct S7commplus;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    parts: [Parts; 2],
}

/// A message in several frames, of one direction.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    /// The carrier's tag when they began: another one says that data was lost since.
    tag: u64,
    /// The rest is passed over.
    passing: bool,
}

impl Dissector for S7commplus {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        match *head {
            [PROTOCOL, 1..=3 | wire::SYSTEM_EVENT, _, _, _, ..] => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let whole = input.bytes();
        if whole.is_empty() {
            return Step::Took { bytes: 0 };
        }
        let Some(frame) = Frame::read(whole) else { return Step::NotMine };
        if frame.version == wire::SYSTEM_EVENT {
            system_event(cx, &frame, whole);
        } else {
            flow.take(cx, &frame, whole);
        }
        if frame.short && !cx.cut() {
            cx.fault(spec::BAD_LENGTH, whole.get(2..4).unwrap_or(&[]));
        }
        Step::Took { bytes: whole.len() }
    }
}

impl Flow {
    /// A frame: alone, or a part of a message.
    fn take(&mut self, cx: &mut Cx<'_>, frame: &Frame<'_>, whole: &[u8]) {
        let tag = cx.tag();
        let Some(parts) = self.parts.get_mut(cx.dir().index()) else { return };
        let going_on = (cx.stashed() > 0 || parts.passing) && parts.tag == tag;
        if !going_on {
            // What was kept will not be completed: it is read as far as it goes.
            parts.passing = false;
            finish(cx);
        }
        // A frame that is cut short has no end to look for.
        let last = frame.last || frame.short;
        if parts.passing {
            parts.passing = !last;
            return;
        }
        if last && !going_on {
            message_of(cx, frame.content, whole);
            return;
        }
        if cx.stashed().saturating_add(frame.content.len()) > MESSAGE_MAX {
            finish(cx);
            parts.passing = !last;
            return;
        }
        let start = !going_on && Head::read(&mut Cursor::new(frame.content)).is_none();
        if start || !cx.stash(frame.content, MESSAGE_MAX) {
            // The first frame of this message was not seen, or there is no room.
            *parts = Parts { tag, passing: !last };
            return;
        }
        parts.tag = tag;
        if last {
            finish(cx);
        }
    }
}

/// Says what was kept of a message.
fn finish(cx: &mut Cx<'_>) {
    cx.with_stash(|cx, message| message_of(cx, message, message));
}

/// Says a message. The last frame of one whose first was not seen has no head: it says nothing.
fn message_of(cx: &mut Cx<'_>, content: &[u8], whole: &[u8]) {
    if !functions::say(cx, content, whole) && content.is_empty() && !cx.cut() {
        cx.fault(spec::EMPTY, whole);
    }
}

/// Keep-alives and the end of a session: four numbers, of which the second counts bytes, and a
/// text or a structure.
fn system_event(cx: &mut Cx<'_>, frame: &Frame<'_>, whole: &[u8]) {
    let mut at = Cursor::new(frame.content);
    let mut op = Op::new(spec::EVENT, Role::Event, whole);
    at.take_up_to(4);
    op.args = Some([u64::from(at.be32().unwrap_or(0)), 0, 0, 0]);
    at.take_up_to(8);
    if crate::common::text::is_text(at.rest()) {
        op.value = Value::Text(at.rest());
    }
    cx.op(&op);
}
