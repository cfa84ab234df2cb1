//! EtherCAT: one frame passes through all stations and comes back; each reads and writes its part.
//!
//! A frame on its way back has been counted by the stations that took part, or carries the master's
//! address with the local bit set, which the first station does.

mod datagram;
mod mailbox;
mod operations;
mod spec;

use datagram::Datagrams;
use decode::{Cursor, Transport};
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec};

/// The EtherCAT dissector.
#[derive(Debug)]
pub struct Ethercat;

/// Types of frame. ETG.1000.4 §5.3.
const COMMANDS: u16 = 1;
const VARIABLES: u16 = 4;
const GATEWAY: u16 = 5;

impl Dissector for Ethercat {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let Some((kind, length)) = header(head) else { return Probe::No };
        let known = matches!(kind, COMMANDS | VARIABLES | GATEWAY);
        let fits = match hint.headers.transport {
            Transport::None => true,
            // In UDP the length must be the datagram's and the first command one that exists.
            _ => {
                length.saturating_add(2) == head.len()
                    && (kind != COMMANDS || head.get(2).is_some_and(|command| *command <= 14))
            }
        };
        if hint.bound && known && fits { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let Some((kind, length)) = header(bytes) else {
            if !cx.cut() {
                cx.fault(spec::SHORT, bytes);
            }
            return Step::Took { bytes: bytes.len() };
        };
        let mut at = Cursor::new(bytes.get(2..).unwrap_or(&[]));
        let content = at.take_up_to(length);
        match kind {
            COMMANDS => commands(cx, content, content.len() == length),
            VARIABLES => cx.op(&Op::new(operations::VARIABLES, Role::Event, bytes)),
            _ => gateway(cx, content),
        }
        if content.len() < length && !cx.cut() {
            cx.fault(spec::BAD_LENGTH, bytes.get(..2).unwrap_or(bytes));
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// Type and length: 4 and 11 bits. ETG.1000.4 §5.3.
fn header(bytes: &[u8]) -> Option<(u16, usize)> {
    let word = Cursor::new(bytes).le16()?;
    Some((word >> 12, usize::from(word & 0x07ff)))
}

/// All datagrams of a frame.
fn commands(cx: &mut Cx<'_>, content: &[u8], whole: bool) {
    let counted = Datagrams::new(content).any(|datagram| datagram.counter != 0);
    let [first, ..] = cx.headers().src_mac.0;
    let role = if counted || first & 2 != 0 { Role::Response } else { Role::Request };
    let mut datagrams = Datagrams::new(content);
    for datagram in datagrams.by_ref() {
        datagram.say(cx, role);
    }
    if !datagrams.is_done() && whole {
        cx.fault(spec::BAD_DATAGRAM, datagrams.rest());
    }
}

/// A mailbox message without a datagram around it. ETG.8200.
fn gateway(cx: &mut Cx<'_>, content: &[u8]) {
    let mail = mailbox::read(content);
    let mut op = Op::new(operations::GATEWAY, Role::Event, content);
    op.sub = mail.map(|mail| mail.sub());
    op.status = mail.map_or(op.status, |mail| mail.status());
    cx.op(&op);
    if let Some(mail) = mail {
        mail.say(cx, Role::Response);
    }
}
