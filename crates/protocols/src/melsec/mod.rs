//! The MELSEC communication protocol (MC protocol, SLMP): how panels, tools and servers read and
//! write devices of Mitsubishi controllers and run, stop or reset them; frames 1E, 3E and 4E,
//! binary and ASCII, over TCP and UDP.

mod commands;
mod devices;
mod frame_1e;
mod spec;
mod wire;

use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::Spec;
use wire::Found;

/// The MELSEC dissector.
#[derive(Debug)]
pub struct Melsec;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Bytes that are no frame were passed over, and it was said.
    lost: [bool; 2],
}

impl Dissector for Melsec {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        match wire::probe(hint.bound, hint.datagram, head) {
            Probe::No => frame_1e::probe(hint, head),
            known => known,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        let datagram = matches!(input, Input::Datagram(_));
        let frame = match wire::find(bytes) {
            Found::Frame(frame) => frame,
            Found::Open(need) if !datagram && !cx.cut() => {
                return Step::Need { took: 0, more: need.saturating_sub(bytes.len()).max(1) };
            }
            Found::Open(_) | Found::None => {
                let side = cx.dir().index();
                let mut passed = flow.lost.get(side).copied().unwrap_or(false);
                let step = frame_1e::step(cx, bytes, datagram, &mut passed);
                if let Some(lost) = flow.lost.get_mut(side) {
                    *lost = passed;
                }
                return step.unwrap_or_else(|| lost(flow, cx, bytes));
            }
        };
        let message = match bytes.get(..frame.total) {
            Some(message) => message,
            None if datagram => {
                if !cx.cut() {
                    cx.fault(spec::BAD_LENGTH, bytes);
                }
                bytes
            }
            None if cx.cut() => bytes,
            None => {
                return Step::Need { took: 0, more: frame.total.saturating_sub(bytes.len()) };
            }
        };
        if let Some(lost) = flow.lost.get_mut(cx.dir().index()) {
            *lost = false;
        }
        commands::say(cx, &frame, message);
        Step::Took { bytes: frame.total }
    }
}

/// Bytes that are no frame.
fn lost(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    if let Some(lost) = flow.lost.get_mut(cx.dir().index()).filter(|lost| !**lost)
        && !cx.cut()
    {
        *lost = true;
        cx.fault(spec::BAD_HEADER, bytes.get(..9).unwrap_or(bytes));
    }
    Step::Resync { took: bytes.len() }
}
