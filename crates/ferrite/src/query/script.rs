//! What is asked, protocol by protocol: nothing but reads that the standards have for
//! identification.

mod bacnet;
mod enip;
mod modbus;
mod s7;
mod snmp;

use crate::cli::{Query, QueryProtocol};

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    /// What it asks, in words.
    pub(super) what: String,
    /// The message.
    pub(super) bytes: Vec<u8>,
    /// Others make sense without its answer.
    pub(super) optional: bool,
}

impl Question {
    fn new(what: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { what: what.into(), bytes, optional: false }
    }
}

/// Questions, each with a view to the answers before.
pub(super) trait Script {
    /// The next question; `answer` is that to the last one. `None` at the end.
    fn next(&mut self, answer: Option<&[u8]>) -> Option<Question>;

    /// How long a message that begins so is; `None` while that is not known. For streams.
    fn length(&self, received: &[u8]) -> Option<usize> {
        Some(received.len())
    }

    /// The datagram answers the last question.
    fn is_answer(&self, _datagram: &[u8]) -> bool {
        true
    }
}

/// How a protocol travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carrier {
    /// Over TCP.
    Tcp,
    /// Over UDP; answers may come to this port, whatever port asked.
    Udp { own: u16 },
}

/// The carrier, the port and the questions.
pub(super) fn of(args: &Query) -> Option<(Carrier, u16, Box<dyn Script>)> {
    Some(match args.protocol {
        QueryProtocol::Modbus => {
            (Carrier::Tcp, modbus::PORT, Box::new(modbus::Modbus::new(args.unit)))
        }
        QueryProtocol::Enip => (Carrier::Tcp, enip::PORT, Box::new(enip::Enip::default())),
        QueryProtocol::S7 => (Carrier::Tcp, s7::PORT, Box::new(s7::S7::new(args.slot))),
        QueryProtocol::Bacnet => {
            (Carrier::Udp { own: bacnet::PORT }, bacnet::PORT, Box::new(bacnet::Bacnet::default()))
        }
        QueryProtocol::Snmp => {
            (Carrier::Udp { own: 0 }, snmp::PORT, Box::new(snmp::Snmp::new(&args.community)))
        }
        QueryProtocol::ProfinetDcp => return None,
    })
}

/// The questions that are asked whatever the answers are: for those who look before they ask.
pub(super) fn plan(script: &mut dyn Script) -> Vec<Question> {
    std::iter::from_fn(|| script.next(None)).take(32).collect()
}

fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

fn word(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([byte(bytes, at), byte(bytes, at + 1)])
}
