//! KNXnet/IP: building control over UDP and TCP, and the bus telegrams that it carries.

mod device;
mod operations;
mod service;
mod spec;
mod telegram;

use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::Spec;

/// Length of the header, which its first byte tells, and its version. KNX 3/8/2 §2.3.
const HEADER: usize = 6;
const START: [u8; 2] = [6, 0x10];
/// Longest message: a telegram has 254 bytes of data, descriptions a few hundred.
const MESSAGE_MAX: usize = 2_048;

/// The KNXnet/IP dissector.
#[derive(Debug)]
pub struct Knxip;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The bytes before these were no message: that was said once.
    lost: bool,
}

impl Flow {
    /// Says once that the bytes are no message.
    fn lose(&mut self, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
        if !core::mem::replace(&mut self.lost, true) {
            cx.fault(spec::BAD_HEADER, bytes);
        }
        Step::Resync { took: bytes.len() }
    }
}

impl Dissector for Knxip {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// On its own port a header is enough; elsewhere the service must exist and the length fit.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        match (Header::read(head), head) {
            (Some(header), _) if header.total > MESSAGE_MAX || header.total < HEADER => Probe::No,
            (Some(_), _) if hint.bound => Probe::Sure,
            (Some(header), _) => {
                let fits = hint.datagram && header.total == head.len();
                if fits && service::is_known(header.service) { Probe::Sure } else { Probe::No }
            }
            (None, [] | [6] | [6, 0x10, ..]) if head.len() < HEADER => {
                Probe::Maybe { need: HEADER }
            }
            (None, _) => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let stream = matches!(input, Input::Stream(_)) && !cx.cut();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        if bytes.len() < HEADER && stream {
            return Step::Need { took: 0, more: HEADER.saturating_sub(bytes.len()) };
        }
        let plausible = |header: &Header| (HEADER..=MESSAGE_MAX).contains(&header.total);
        let Some(header) = Header::read(bytes).filter(plausible) else {
            return flow.lose(cx, bytes);
        };
        flow.lost = false;
        let whole = match bytes.get(..header.total) {
            Some(whole) => whole,
            None if stream => {
                return Step::Need { took: 0, more: header.total.saturating_sub(bytes.len()) };
            }
            None => bytes,
        };
        if !stream && !cx.cut() && header.total != bytes.len() {
            cx.fault(spec::BAD_LENGTH, bytes.get(4..6).unwrap_or(&[]));
        }
        service::say(cx, header.service, whole, whole.get(HEADER..).unwrap_or(&[]));
        Step::Took { bytes: header.total }
    }
}

/// What the header says. KNX 3/8/2 §2.3.
struct Header {
    /// Service type identifier.
    service: u16,
    /// Bytes of the whole message.
    total: usize,
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        if *at.chunk::<2>()? != START {
            return None;
        }
        Some(Self { service: at.be16()?, total: usize::from(at.be16()?) })
    }
}
