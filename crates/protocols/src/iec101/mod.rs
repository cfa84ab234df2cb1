//! IEC 60870-5-101 as serial servers carry it over TCP: a line between a controlling station and
//! telecontrol stations, frame by frame.

mod sizes;
mod spec;
mod wire;

use crate::common::telecontrol::{Stations, asdu};
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use sizes::Sizes;
use vocab::{Dir, Op, Proof, Role, Spec, Status};
use wire::{Begin, Control, FIXED, Frame, SINGLE, VARIABLE};

/// Errors of the link layer start here: this number and the function code that says so.
const LINK_ERROR: u32 = 0x300;

/// The IEC 101 dissector.
#[derive(Debug)]
pub struct Iec101;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    sizes: Sizes,
    stations: Stations,
    /// The latest request without data of a primary station in each direction, until a frame with
    /// data comes: what is answered without data then is that frame.
    asked: [Option<u64>; 2],
    /// Bytes that are no frame were passed over in this direction, and it was said.
    lost: [bool; 2],
}

impl Flow {
    fn remember(&mut self, asker: Dir, tx: Option<u64>) {
        if let Some(asked) = self.asked.get_mut(asker.index()) {
            *asked = tx;
        }
    }
}

impl Dissector for Iec101 {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// Frames of fixed length look as they do in other protocols of the class FT1.2 (meters); one
    /// with an ASDU that its objects fill convinces.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.datagram {
            return Probe::No;
        }
        let mut rest = head;
        loop {
            let seen = head.len().saturating_sub(rest.len());
            match wire::read(rest, None) {
                Begin::Whole(Frame::Variable(control, body, right), _) => {
                    let fits = right && control.carries_data() && !Sizes::of(body).is_none();
                    return if fits { Probe::Sure } else { Probe::No };
                }
                Begin::Whole(Frame::Fixed(..), _) if hint.bound => return Probe::Sure,
                Begin::Whole(_, total) => rest = rest.get(total..).unwrap_or(&[]),
                Begin::Part(need) => return Probe::Maybe { need: seen.saturating_add(need) },
                Begin::Other if rest.is_empty() => {
                    return Probe::Maybe { need: seen.saturating_add(1) };
                }
                Begin::Other => return Probe::No,
            }
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let index = cx.dir().index();
        let lost = flow.lost.get(index).copied().unwrap_or(false);
        let (took, is_lost) = match wire::read(bytes, flow.sizes.link()) {
            Begin::Whole(frame, total) => {
                let whole = bytes.get(..total).unwrap_or(bytes);
                match frame {
                    Frame::Single => answer(flow, cx, None, None, whole),
                    Frame::Fixed(control, address) => fixed(flow, cx, control, address, whole),
                    Frame::Variable(control, body, right) => {
                        variable(flow, cx, control, (body, right), whole);
                    }
                }
                (Step::Took { bytes: total }, false)
            }
            Begin::Part(need) if !cx.cut() => {
                return Step::Need { took: 0, more: need.saturating_sub(bytes.len()) };
            }
            _ if bytes.is_empty() => (Step::Took { bytes: 0 }, false),
            _ => {
                if !lost && !cx.cut() {
                    cx.fault(spec::BAD_START, bytes.get(..1).unwrap_or(bytes));
                }
                let rest = bytes.get(1..).unwrap_or(&[]);
                let start = |byte: &u8| matches!(*byte, FIXED | VARIABLE | SINGLE);
                let next = rest.iter().position(start).unwrap_or(rest.len());
                (Step::Resync { took: next.saturating_add(1) }, true)
            }
        };
        if let Some(place) = flow.lost.get_mut(index) {
            *place = is_lost;
        }
        took
    }
}

/// A link address, least significant octet first.
fn number(address: &[u8]) -> Option<u32> {
    match *address {
        [] => None,
        [low] => Some(u32::from(low)),
        [low, high, ..] => Some(u32::from(u16::from_le_bytes([low, high]))),
    }
}

/// What pairs an answer of the link layer with its request: there is one at a time and address.
fn key(asks: Dir, link: Option<u32>) -> u64 {
    let link = link.map_or(0, |link| u64::from(link) << 1 | 1);
    1 << 63 | link << 1 | u64::from(asks == Dir::Up)
}

/// A frame without data.
fn fixed(flow: &mut Flow, cx: &mut Cx<'_>, control: Control, address: &[u8], whole: &[u8]) {
    flow.sizes.keep_link(address.len());
    let link = number(address);
    if !control.is_primary() {
        return answer(flow, cx, Some(control), link, whole);
    }
    // Only a controlling station of an unbalanced line asks for data.
    let polls = matches!(control.function(), 8 | 10 | 11);
    let proof = if polls { Proof::Content } else { Proof::Context };
    let op = Op::new(spec::PRIMARY | u32::from(control.function()), Role::Request, whole);
    let tx = Some(key(cx.dir(), link));
    flow.remember(cx.dir(), tx);
    cx.op(&Op { unit: link, tx, proof, ..op });
}

/// The secondary station answers without data. A frame of one character names nobody: a line has
/// one exchange at a time.
fn answer(flow: &Flow, cx: &mut Cx<'_>, control: Option<Control>, link: Option<u32>, whole: &[u8]) {
    let function = control.map_or(0, Control::function);
    let status = match function {
        1 | 14 | 15 => Status::Error(LINK_ERROR | u32::from(function)),
        _ => Status::Ok,
    };
    let asked = flow.asked.get(cx.dir().flip().index()).copied().flatten();
    let own = asked.map(|asked| if link.is_some() { key(cx.dir().flip(), link) } else { asked });
    let request = own.and_then(|own| cx.pending(own));
    let op = if let Some(request) = request.filter(|request| goes_with(request.code, control)) {
        let op = Op::new(request.code, Role::Response, whole);
        let unit = link.or(request.unit);
        Op { tx: own, unit, ..op }
    } else {
        let op = Op::new(spec::SECONDARY | u32::from(function), Role::Event, whole);
        Op { unit: link, ..op }
    };
    cx.op(&Op { status, proof: Proof::Context, ..op });
}

/// A link function may be answered so. One character stands for an acknowledgement, or says that
/// there is no data. IEC 60870-5-2:1992 §5.1.2.
fn goes_with(request: u32, answer: Option<Control>) -> bool {
    let demands = matches!(request & 0x0f, 10 | 11);
    let asks_status = matches!(request & 0x0f, 8 | 9);
    match answer.map(Control::function) {
        None => !asks_status,
        Some(0) => !demands && !asks_status,
        Some(9) => demands,
        Some(11) => asks_status,
        Some(_) => true,
    }
}

/// A frame with an ASDU.
fn variable(
    flow: &mut Flow,
    cx: &mut Cx<'_>,
    control: Control,
    (body, right): (&[u8], bool),
    whole: &[u8],
) {
    if !right {
        // The receiver throws it away. IEC 60870-5-1:1990 §6.2.4.2.2.
        return cx.fault(spec::BAD_CHECKSUM, whole.last_chunk::<2>().map_or(whole, |end| end));
    }
    if !control.carries_data() {
        let link = flow.sizes.link().and_then(|size| body.get(..size)).and_then(number);
        return answer(flow, cx, Some(control), link, whole);
    }
    let asker = if control.is_primary() { cx.dir() } else { cx.dir().flip() };
    flow.remember(asker, None);
    flow.sizes.keep(Sizes::of(body));
    let (link, widths) = flow.sizes.best();
    let body = body.get(link..).unwrap_or(&[]);
    asdu::say(&mut flow.stations, cx, whole, body, widths);
}
