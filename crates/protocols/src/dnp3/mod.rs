//! DNP3: how control centres of power, water and gas poll and operate their remote stations, over
//! TCP and UDP or as serial frames carried in either.
//!
//! A link frame carries a transport segment, segments make an application fragment, and a
//! fragment is the message that counts. Frames that only keep up the link count as services of
//! their own, with codes from 0x10000.

mod app;
mod attributes;
mod header;
mod link;
mod names;
mod objects;
mod points;
mod sized;
mod spec;
mod table;

use crate::line;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use link::{Header, UserData};
use vocab::{Op, Part, Proof, Role, Spec, Subject};

/// Station addresses of one direction that are said.
const STATIONS: usize = 8;

/// The DNP3 dissector.
#[derive(Debug)]
pub struct Dnp3;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    sides: [Side; 2],
}

/// State of one direction.
#[derive(Debug, Default)]
struct Side {
    /// Source addresses seen, in order.
    stations: [u16; STATIONS],
    /// How many of them.
    count: u8,
    /// The segments being put together.
    series: Option<Series>,
    /// A first segment was seen since the direction began or lost bytes.
    began: bool,
    /// The bytes are outside frames.
    lost: bool,
}

/// Segments of a fragment that is not complete yet. IEEE 1815-2012 §8.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Series {
    source: u16,
    destination: u16,
    /// Sequence number of the segment to come.
    next: u8,
}

impl Side {
    /// Whom an attribute of the station at `source` is about; true where it is new.
    fn station(&mut self, source: u16) -> (Subject, bool) {
        let known = self.stations.get(..usize::from(self.count)).unwrap_or(&[]);
        let mut fresh = false;
        if !known.contains(&source)
            && let Some(place) = self.stations.get_mut(usize::from(self.count))
        {
            *place = source;
            self.count = self.count.saturating_add(1);
            fresh = true;
        }
        let part = Part { kind: "station", number: u32::from(source) };
        (if self.count > 1 { Subject::SenderPart(part) } else { Subject::Sender }, fresh)
    }

    /// Forgets what waits for its rest.
    fn break_off(&mut self, cx: &mut Cx<'_>) {
        if self.series.take().is_some() {
            cx.drop_stash();
        }
        self.began = false;
    }
}

impl Dissector for Dnp3 {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// On its own ports the start bytes with a length are enough; elsewhere the header's checksum
    /// must be right.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let need = match head {
            [] | [0x05] | [0x05, 0x64] => 3,
            [0x05, 0x64, length, ..] if *length >= 5 => match Header::read(head) {
                _ if hint.bound => return Probe::Sure,
                Some(header) if header.crc_right && header.is_known() => return Probe::Sure,
                Some(_) => return Probe::No,
                None => link::HEADER,
            },
            _ => return Probe::No,
        };
        if hint.datagram { Probe::No } else { Probe::Maybe { need } }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let Some(side) = flow.sides.get_mut(cx.dir().index()) else { return Step::NotMine };
        match input {
            Input::Stream(bytes) => frame(side, cx, bytes),
            Input::Datagram(bytes) => datagram(side, cx, bytes),
            Input::Gap { .. } | Input::End => {
                side.break_off(cx);
                Step::Took { bytes: 0 }
            }
        }
    }
}

/// All frames of a datagram.
fn datagram(side: &mut Side, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let mut rest = bytes;
    let mut answer = Step::Resync { took: bytes.len() };
    while !rest.is_empty() {
        let read = match frame(side, cx, rest) {
            Step::Took { bytes: read } => {
                answer = Step::Took { bytes: bytes.len() };
                read
            }
            Step::Resync { took } => took,
            Step::Need { .. } | Step::NotMine => {
                cx.fault(spec::BAD_LENGTH, rest);
                break;
            }
        };
        rest = rest.get(read.max(1)..).unwrap_or(&[]);
    }
    answer
}

/// One frame. IEEE 1815-2012 §9.2.4.
fn frame(side: &mut Side, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let outside = link::find_start(bytes);
    if outside > 0 {
        if !side.lost {
            cx.fault(spec::NO_START, bytes.get(..outside).unwrap_or(bytes));
        }
        side.lost = true;
        return Step::Resync { took: outside };
    }
    let Some(header) = Header::read(bytes) else {
        let more = link::HEADER.saturating_sub(bytes.len());
        return if cx.cut() {
            Step::Took { bytes: bytes.len() }
        } else {
            Step::Need { took: 0, more }
        };
    };
    if header.length < 5 {
        cx.fault(spec::BAD_LENGTH, bytes.get(2..3).unwrap_or(&[]));
        side.lost = true;
        return Step::Resync { took: 2 };
    }
    let total = header.total();
    let frame = match bytes.get(..total) {
        Some(frame) => frame,
        None if cx.cut() => bytes,
        None => return Step::Need { took: 0, more: total.saturating_sub(bytes.len()) },
    };
    let data = UserData::read(frame.get(link::HEADER..).unwrap_or(&[]), header.user_len());
    if !header.crc_right {
        cx.fault(spec::BAD_HEADER_CRC, frame.get(..link::HEADER).unwrap_or(frame));
        // With checksums that are right behind it the length is right, and so may be the rest.
        let believable = data.crc_right && data.whole && header.user_len() > 0;
        if !believable {
            side.lost = true;
            return Step::Resync { took: 2 };
        }
    }
    side.lost = false;
    said(side, cx, &header, frame, &data);
    Step::Took { bytes: total }
}

/// Says what a frame says.
fn said(side: &mut Side, cx: &mut Cx<'_>, header: &Header, frame: &[u8], data: &UserData) {
    let mut sender = Subject::Sender;
    let mut fresh = false;
    if header.crc_right {
        (sender, fresh) = side.station(header.source);
    }
    if header.has_data() {
        if !data.crc_right {
            cx.fault(spec::BAD_DATA_CRC, frame);
        }
        segment(side, cx, header, frame, data, sender);
    } else {
        service(cx, header, frame);
    }
    if fresh {
        cx.attr_of(sender, spec::ADDRESS, line!("{}", header.source).bytes());
    }
}

/// A frame that only keeps up the link. IEEE 1815-2012 §9.2.6.
fn service(cx: &mut Cx<'_>, header: &Header, frame: &[u8]) {
    let asks = header.is_primary();
    let base = if asks { spec::LINK_PRIMARY } else { spec::LINK_SECONDARY };
    let (to, from) = (header.destination, header.source);
    let (asker, asked) = if asks { (from, to) } else { (to, from) };
    let station = if header.is_from_master() { header.destination } else { header.source };
    cx.op(&Op {
        // Stations check their links too: only a master that asks, or a station that answers,
        // shows who is the client.
        proof: if asks == header.is_from_master() { Proof::Content } else { Proof::Context },
        tx: Some(1 << 48 | u64::from(asker) << 16 | u64::from(asked)),
        unit: Some(u32::from(station)),
        ..Op::new(
            base | u32::from(header.function()),
            if asks { Role::Request } else { Role::Response },
            frame,
        )
    });
    if !header.is_known() {
        cx.fault(spec::BAD_LINK_FUNCTION, frame.get(3..4).unwrap_or(&[]));
    }
    if header.user_len() > 0 {
        cx.fault(spec::BAD_LENGTH, frame);
    }
}

/// A transport segment: FIN, FIR and a sequence number of six bits before its part of the
/// fragment. IEEE 1815-2012 §8.2.
fn segment(
    side: &mut Side,
    cx: &mut Cx<'_>,
    header: &Header,
    frame: &[u8],
    data: &UserData,
    sender: Subject,
) {
    let Some((&octet, part)) = data.bytes().split_first() else {
        if data.whole {
            cx.fault(spec::BAD_LENGTH, frame);
        }
        return;
    };
    let (last, first, sequence) = (octet & 0x80 != 0, octet & 0x40 != 0, octet & 0x3f);
    let after = Series {
        source: header.source,
        destination: header.destination,
        next: sequence.wrapping_add(1) & 0x3f,
    };
    let here = Series { next: sequence, ..after };
    let expected = side.series == Some(here);
    if first {
        if side.series.is_some() {
            cx.fault(spec::SEQUENCE, frame);
            side.break_off(cx);
        }
        side.began = true;
    } else if !expected {
        // The same segment again is a retry; one seen first is the rest of what came before.
        let again = side.series == Some(after);
        if !again && side.began {
            cx.fault(spec::SEQUENCE, frame);
        }
        if !again && side.series.is_some() {
            side.break_off(cx);
            side.began = true;
        }
        return;
    }
    let cut = !data.whole;
    let message = app::Message { link: *header, whole: frame, fragment: part, cut, sender };
    if first && last {
        app::say(cx, &message);
        return;
    }
    let max = vocab::sat_usize(u64::from(spec::FRAGMENT_MAX));
    if cx.stashed().saturating_add(part.len()) > max {
        cx.fault(spec::FRAGMENT_TOO_LONG, frame);
        side.break_off(cx);
        side.began = true;
        return;
    }
    side.series = cx.stash(part, max).then_some(after);
    if last && side.series.take().is_some() {
        cx.with_stash(|cx, fragment| {
            app::say(cx, &app::Message { whole: fragment, fragment, ..message });
        });
    }
}
