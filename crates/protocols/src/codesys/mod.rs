//! CODESYS 3: how engineering tools reach the CODESYS run-time that hundreds of controllers are
//! built on: log-in, download, start, stop, variables, files; over TCP and UDP.
//!
//! Layers: a header on TCP, datagrams (0xC5) with addresses, channels, services with tags. The name
//! service beside the channels tells who a node is.

mod identity;
mod services;
mod spec;

use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec};

/// The CODESYS 3 dissector.
#[derive(Debug)]
pub struct Codesys;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Bytes that are no message were passed over, and it was said.
    lost: [bool; 2],
}

/// Begins every message on TCP; then its length with this header, low byte first.
const MAGIC: [u8; 4] = [0x00, 0x01, 0x17, 0xe8];
/// Bytes of the header on TCP.
const HEADER: usize = 8;
/// Longest message on TCP.
const LENGTH_MAX: u32 = 0x1_0000;

impl Dissector for Codesys {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.datagram {
            let fits = hint.bound && Datagram::read(head).is_some_and(|datagram| datagram.fits());
            return if fits { Probe::Sure } else { Probe::No };
        }
        if !MAGIC.starts_with(head.get(..4).unwrap_or(head)) {
            return Probe::No;
        }
        match (total(head), head.len() < HEADER) {
            (Some(_), _) => Probe::Sure,
            (None, true) => Probe::Maybe { need: HEADER },
            (None, false) => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        match input {
            Input::Stream(bytes) => stream(flow, cx, bytes),
            Input::Datagram(bytes) => {
                datagram(cx, bytes, bytes);
                Step::Took { bytes: bytes.len() }
            }
            Input::Gap { .. } | Input::End => Step::Took { bytes: 0 },
        }
    }
}

/// Bytes of the message at the start of a stream.
fn total(bytes: &[u8]) -> Option<usize> {
    let length = Cursor::new(bytes.strip_prefix(&MAGIC)?).le32()?;
    (14..=LENGTH_MAX).contains(&length).then(|| vocab::sat_usize(u64::from(length)))
}

/// The next message of a stream.
fn stream(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let side = cx.dir().index();
    let Some(total) = total(bytes) else {
        if bytes.len() < HEADER && !cx.cut() {
            return Step::Need { took: 0, more: HEADER.saturating_sub(bytes.len()).max(1) };
        }
        if let Some(lost) = flow.lost.get_mut(side).filter(|lost| !**lost)
            && !cx.cut()
        {
            *lost = true;
            cx.fault(spec::BAD_MAGIC, bytes.get(..HEADER).unwrap_or(bytes));
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
    datagram(cx, message.get(HEADER..).unwrap_or(&[]), message);
    Step::Took { bytes: total }
}

/// The datagram layer: magic, hops and header length in words, parameters, service, message id,
/// lengths of the addresses in words, addresses, padding to four bytes.
#[derive(Clone, Copy, Debug)]
struct Datagram<'p> {
    header_words: u8,
    service: u8,
    payload: &'p [u8],
}

impl<'p> Datagram<'p> {
    fn read(bytes: &'p [u8]) -> Option<Self> {
        let &[0xc5, hops, _, service, _, lengths, ..] = bytes else { return None };
        let header_words = hops & 7;
        let words = usize::from(header_words)
            .saturating_add(usize::from(lengths >> 4))
            .saturating_add(usize::from(lengths & 15));
        let start = words.saturating_mul(2).next_multiple_of(4);
        Some(Self { header_words, service, payload: bytes.get(start..)? })
    }

    /// A header length and a service that exist.
    fn fits(&self) -> bool {
        matches!(self.header_words, 3 | 4) && matches!(self.service, 1..=4 | 0x40..=0x43)
    }
}

/// One datagram.
fn datagram(cx: &mut Cx<'_>, bytes: &[u8], whole: &[u8]) {
    let Some(datagram) = Datagram::read(bytes).filter(Datagram::fits) else {
        if !cx.cut() {
            cx.fault(spec::BAD_DATAGRAM, bytes);
        }
        return;
    };
    let done = match datagram.service {
        3 | 4 => identity::say(cx, datagram.payload, whole),
        0x40.. => services::channel(cx, datagram.payload, whole),
        service => {
            let role = if service == 2 { Role::Response } else { Role::Request };
            let code = spec::DATAGRAM | u32::from(service);
            cx.op(&Op { proof: Proof::Context, ..Op::new(code, role, whole) });
            Some(())
        }
    };
    if done.is_none() && !cx.cut() {
        let fault = if datagram.service >= 0x40 { spec::BAD_CHANNEL } else { spec::BAD_IDENTITY };
        cx.fault(fault, datagram.payload);
    }
}
