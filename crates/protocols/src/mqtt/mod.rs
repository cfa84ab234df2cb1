//! MQTT: devices publish values under topics to a broker, which passes them on to whoever
//! subscribed. Sparkplug B gives topics and values an industrial meaning.
//!
//! Packets say who sends them, apart from publishing and its acknowledgements, which go both ways.

mod packets;
mod sparkplug;
mod spec;
mod wire;

use crate::common::pieces;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use packets::Packet;
use vocab::Spec;
use wire::{CONNACK, CONNECT, Header, PUBLISH, Read};

/// Bytes of a packet up to which all of it is read.
const WHOLE_MAX: usize = 4_096;
/// Bytes that are read of larger packets: topics, not values.
const PART_MAX: usize = 1_024;

/// The MQTT dissector.
#[derive(Debug)]
pub struct Mqtt;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The protocol's level that the client connected with; 0 unknown.
    version: u8,
}

impl Dissector for Mqtt {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let header = match Header::read(head) {
            Read::Header(header) => header,
            Read::Short if head.first().is_none_or(|first| hint.bound || *first == 0x10) => {
                return Probe::Maybe { need: head.len().saturating_add(1) };
            }
            Read::Short | Read::Bad => return Probe::No,
        };
        if !header.is_plausible() {
            return Probe::No;
        }
        let body = head.get(header.len..).unwrap_or(&[]);
        match header.kind {
            CONNECT => probe_connect(header.len, body),
            PUBLISH if hint.bound => probe_publish(&header, body),
            CONNACK if hint.bound => match *body {
                [0 | 1, 0..=5 | 0x80..=0xff, ..] => Probe::Sure,
                [] | [0 | 1] => Probe::Maybe { need: header.len.saturating_add(2) },
                _ => Probe::No,
            },
            // Sent again, as MQTT 3.1 has it: too rare to know others' bytes by.
            _ if hint.bound && header.flags & 8 == 0 => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        one(flow, cx, bytes).unwrap_or_else(|wait| wait)
    }
}

/// The protocol's name and a known level. MQTT 3.1.1 §3.1.2.1, MQTT 3.1 §3.1.
fn probe_connect(before: usize, body: &[u8]) -> Probe {
    const NAMES: [&[u8]; 2] = [b"\x00\x04MQTT", b"\x00\x06MQIsdp"];
    for name in NAMES {
        match body.get(..name.len()) {
            // The highest bit marks a bridge between brokers.
            Some(start) if start == name => match body.get(name.len()).map(|level| level & 0x7f) {
                Some(3..=5) => return Probe::Sure,
                Some(_) => return Probe::No,
                None => {
                    return Probe::Maybe {
                        need: before.saturating_add(name.len()).saturating_add(1),
                    };
                }
            },
            None if name.starts_with(body) => {
                return Probe::Maybe { need: before.saturating_add(name.len()) };
            }
            _ => {}
        }
    }
    Probe::No
}

/// A topic that fits and begins like a text.
fn probe_publish(header: &Header, body: &[u8]) -> Probe {
    match *body {
        [high, low, first, ..] => {
            let len = usize::from(u16::from_be_bytes([high, low]));
            let text = first >= b' ' && first != 0x7f;
            let fits = len.saturating_add(2) <= header.remaining;
            if len > 0 && fits && text { Probe::Sure } else { Probe::No }
        }
        _ => Probe::Maybe { need: header.len.saturating_add(3) },
    }
}

/// One packet. `Err` asks for more bytes.
fn one(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    let header = match Header::read(bytes) {
        Read::Header(header) => header,
        Read::Short if cx.cut() => return Ok(Step::Took { bytes: bytes.len() }),
        Read::Short => return Err(Step::Need { took: 0, more: 1 }),
        Read::Bad => {
            cx.fault(spec::BAD_LENGTH, bytes.get(..5).unwrap_or(bytes));
            return Ok(Step::NotMine);
        }
    };
    if header.kind == 0 {
        cx.fault(spec::BAD_PACKET, bytes.get(..header.len).unwrap_or(&[]));
        return Ok(Step::NotMine);
    }
    let total = header.total();
    let want = if total <= WHOLE_MAX { total } else { PART_MAX };
    let packet = pieces::first(cx, bytes, want)?;
    let body = packet.get(header.len..).unwrap_or(&[]);
    let is_whole = want == total && packet.len() == total;
    packets::say(flow, cx, &Packet { header, bytes: packet, body, is_whole });
    Ok(Step::Took { bytes: total })
}
