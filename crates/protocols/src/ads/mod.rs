//! ADS: how TwinCAT systems of Beckhoff read and write each other's data, change the state of PLCs
//! and reach files, addressed by AMS NetId and port; over TCP, with discovery and routes over UDP.

mod commands;
mod discovery;
mod groups;
mod identity;
mod spec;
mod values;
mod wire;

use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::Spec;
use wire::Ams;

/// The ADS dissector.
#[derive(Debug)]
pub struct Ads;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The NetIds of the two directions were said.
    said: [bool; 2],
    /// Bytes that are no message were passed over, and it was said.
    lost: [bool; 2],
}

/// Bytes of a message that are read; what follows (file contents, symbol tables) is passed over.
const READ_MAX: usize = 8_192;

impl Dissector for Ads {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.datagram { discovery::probe(head) } else { wire::probe(head) }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        match input {
            Input::Stream(bytes) => stream(flow, cx, bytes),
            Input::Datagram(bytes) => {
                discovery::say(cx, bytes);
                Step::Took { bytes: bytes.len() }
            }
            Input::Gap { .. } | Input::End => Step::Took { bytes: 0 },
        }
    }
}

/// The next message of a stream.
fn stream(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let side = cx.dir().index();
    let Some(total) = wire::total(bytes) else {
        if bytes.len() < wire::TCP_HEADER && !cx.cut() {
            let more = wire::TCP_HEADER.saturating_sub(bytes.len());
            return Step::Need { took: 0, more };
        }
        if let Some(lost) = flow.lost.get_mut(side).filter(|lost| !**lost)
            && !cx.cut()
        {
            *lost = true;
            cx.fault(spec::BAD_LENGTH, bytes.get(..wire::TCP_HEADER).unwrap_or(bytes));
        }
        return Step::Resync { took: bytes.len() };
    };
    let want = total.min(READ_MAX);
    let message = match bytes.get(..want) {
        Some(message) => message,
        None if cx.cut() => bytes,
        None => return Step::Need { took: 0, more: want.saturating_sub(bytes.len()) },
    };
    if let Some(lost) = flow.lost.get_mut(side) {
        *lost = false;
    }
    if let Some(ams) = Ams::read(message) {
        let whole = message.len() == total;
        commands::say(cx, &ams, whole);
        if let Some(said) = flow.said.get_mut(side).filter(|said| !**said) {
            *said = true;
            cx.attr(spec::NET_ID, wire::net_id(&ams.source).bytes());
        }
    }
    Step::Took { bytes: total }
}
