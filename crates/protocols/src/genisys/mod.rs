//! Genisys: how a railway control office polls its field stations for indications and sends them
//! controls; a serial protocol of Union Switch & Signal, carried over TCP.
//!
//! The header says what a message is and who sends it: stations answer with 0xF1 to 0xF3, the
//! office asks with 0xF9 to 0xFE.

mod spec;
mod wire;

use crate::line;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Part, Proof, Role, Spec, Status, Subject, Target, Value};
use wire::{Found, Message};

/// Messages without a checksum in a row that convince on a port that is not Genisys's own.
const CHAIN: usize = 4;
/// Stations of a flow that are said.
const STATIONS: usize = 16;

/// The Genisys dissector.
#[derive(Debug)]
pub struct Genisys;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Stations that answered, in order.
    stations: [u8; STATIONS],
    /// How many of them.
    count: u8,
    /// The bytes of a direction are outside messages.
    lost: [bool; 2],
}

impl Dissector for Genisys {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// One message whose checksum is right convinces; of those without a checksum it takes
    /// several in a row, on the protocol's own port one.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let mut rest = head;
        for nth in 1..=CHAIN {
            match rest.first() {
                Some(header) if wire::is_known(*header) => {}
                Some(_) => return Probe::No,
                None => break,
            }
            let (message, len) = match wire::find(rest) {
                Found::Message(message, len) => (message, len),
                Found::Open => break,
                Found::Broken(_) => return Probe::No,
            };
            if !message.crc_right || message.bad_escape || message.has_bad_length() {
                return Probe::No;
            }
            if hint.bound || message.has_crc || nth == CHAIN {
                return Probe::Sure;
            }
            rest = rest.get(len..).unwrap_or(&[]);
        }
        if hint.datagram { Probe::No } else { Probe::Maybe { need: head.len().saturating_add(1) } }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let Some(first) = bytes.first() else { return Step::Took { bytes: 0 } };
        let side = cx.dir().index();
        let lost = flow.lost.get(side).copied().unwrap_or(false);
        if !wire::is_header(*first) {
            let next = bytes.iter().position(|byte| wire::is_header(*byte));
            let took = next.unwrap_or(bytes.len());
            if !lost {
                cx.fault(spec::NO_HEADER, bytes.get(..took).unwrap_or(bytes));
            }
            set(&mut flow.lost, side, true);
            return Step::Resync { took };
        }
        let (message, len) = match wire::find(bytes) {
            Found::Message(message, len) => (message, len),
            Found::Open if cx.cut() => return Step::Took { bytes: bytes.len() },
            Found::Open => return Step::Need { took: 0, more: 1 },
            Found::Broken(at) => {
                if !lost {
                    cx.fault(spec::NO_END, bytes.get(..at).unwrap_or(bytes));
                }
                set(&mut flow.lost, side, true);
                return Step::Resync { took: at };
            }
        };
        set(&mut flow.lost, side, false);
        say(flow, cx, &message, bytes.get(..len).unwrap_or(bytes));
        Step::Took { bytes: len }
    }
}

fn set(lost: &mut [bool; 2], side: usize, to: bool) {
    if let Some(place) = lost.get_mut(side) {
        *place = to;
    }
}

/// Says what a message says.
fn say(flow: &mut Flow, cx: &mut Cx<'_>, message: &Message<'_>, whole: &[u8]) {
    let known = wire::is_known(message.header);
    let answers = message.header <= 0xf3;
    let code = u32::from(message.header);
    let pairs = vocab::sat_u32(message.count());
    let station = message.station.map(u32::from);
    cx.op(&Op {
        proof: if known { Proof::Content } else { Proof::Context },
        // A station has one request at a time; nobody answers what is for all of them.
        tx: station.filter(|_| code != 0xf9).map(u64::from),
        unit: station,
        args: matches!(code, 0xf2 | 0xf3 | 0xf9 | 0xfc | 0xfe).then_some([
            u64::from(pairs),
            0,
            0,
            0,
        ]),
        status: if answers { Status::Ok } else { Status::None },
        ..Op::new(code, if answers { Role::Response } else { Role::Request }, whole)
    });
    check(cx, message, whole);
    let area = if code == 0xf2 { spec::INDICATION } else { spec::CONTROL };
    for (address, data) in message.pairs() {
        let index = u64::from(address);
        let target = Target { area, index, count: 1, extra: 0, name: &[] };
        cx.item(target, Value::Uint(u64::from(data)));
    }
    if let Some(station) = message.station.filter(|_| answers && message.crc_right) {
        said(flow, cx, station);
    }
}

/// What a message may not be.
fn check(cx: &mut Cx<'_>, message: &Message<'_>, whole: &[u8]) {
    let rules = [
        (!wire::is_known(message.header), spec::UNKNOWN_HEADER),
        (message.bad_escape, spec::BAD_ESCAPE),
        (message.has_bad_length(), spec::BAD_LENGTH),
        (!message.crc_right, spec::BAD_CRC),
    ];
    for (broken, fault) in rules {
        if broken {
            cx.fault(fault, whole);
        }
    }
}

/// Says a station's address when it answers for the first time.
fn said(flow: &mut Flow, cx: &mut Cx<'_>, station: u8) {
    let known = flow.stations.get(..usize::from(flow.count)).unwrap_or(&[]);
    if known.contains(&station) {
        return;
    }
    let Some(place) = flow.stations.get_mut(usize::from(flow.count)) else { return };
    *place = station;
    flow.count = flow.count.saturating_add(1);
    let part = Part { kind: "station", number: u32::from(station) };
    let of = if flow.count > 1 { Subject::SenderPart(part) } else { Subject::Sender };
    cx.attr_of(of, spec::ADDRESS, line!("{station}").bytes());
}
