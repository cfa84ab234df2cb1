//! ROC Plus: how hosts read, configure and program Emerson's remote operations controllers and
//! flow computers (ROC800, FloBoss, DL8000).

mod contents;
mod spec;
mod wire;

use crate::line;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status};
use wire::{HEADER_LEN, Header, Way};

/// The ROC Plus dissector.
#[derive(Debug)]
pub struct RocPlus;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The request said last: what an error is about. One higher than its key.
    last: u64,
    /// The unit and group that answered first, one higher.
    first: u32,
    /// The bytes of a direction are outside messages.
    lost: [bool; 2],
}

impl Dissector for RocPlus {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// The opcode must be known and the CRC right; a datagram holds nothing else.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let Some(header) = Header::read(head) else {
            return if hint.datagram { Probe::No } else { Probe::Maybe { need: HEADER_LEN } };
        };
        if !wire::is_known(header.opcode) {
            return Probe::No;
        }
        match head.get(..header.total()) {
            Some(whole) if hint.datagram && whole.len() != head.len() => Probe::No,
            Some(whole) if wire::is_checked(whole) => Probe::Sure,
            Some(_) => Probe::No,
            None if hint.datagram => Probe::No,
            None => Probe::Maybe { need: header.total() },
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        let datagram = matches!(input, Input::Datagram(_));
        let wait = !datagram && !cx.cut();
        let Some(header) = Header::read(bytes) else {
            if wait {
                return Step::Need { took: 0, more: HEADER_LEN.saturating_sub(bytes.len()) };
            }
            if !cx.cut() {
                cx.fault(spec::BAD_LENGTH, bytes);
            }
            return Step::Took { bytes: bytes.len() };
        };
        let total = header.total();
        let whole = match bytes.get(..total) {
            Some(whole) => whole,
            None if wait && wire::is_known(header.opcode) => {
                return Step::Need { took: 0, more: total.saturating_sub(bytes.len()) };
            }
            None => bytes,
        };
        let right = wire::is_checked(whole);
        let known = wire::is_known(header.opcode);
        if !(datagram || cx.cut() || right && known) {
            return resync(flow, cx, bytes, known);
        }
        if let Some(lost) = flow.lost.get_mut(cx.dir().index()) {
            *lost = false;
        }
        message(flow, cx, &header, whole);
        if !cx.cut() {
            if bytes.len() != total && datagram {
                cx.fault(spec::BAD_LENGTH, bytes.get(5..6).unwrap_or(bytes));
            } else if !right {
                cx.fault(spec::BAD_CRC, whole);
            }
            if !known {
                cx.fault(spec::UNKNOWN, bytes.get(4..5).unwrap_or(bytes));
            }
        }
        Step::Took { bytes: if datagram { bytes.len() } else { total } }
    }
}

/// Passes over a byte that begins no message.
fn resync(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8], known: bool) -> Step {
    let lost = flow.lost.get_mut(cx.dir().index());
    if lost.is_some_and(|lost| !core::mem::replace(lost, true)) {
        let fault = if known { spec::BAD_CRC } else { spec::UNKNOWN };
        cx.fault(fault, bytes.get(..HEADER_LEN).unwrap_or(bytes));
    }
    Step::Resync { took: 1 }
}

fn message(flow: &mut Flow, cx: &mut Cx<'_>, header: &Header, whole: &[u8]) {
    let end = HEADER_LEN.saturating_add(header.length.into());
    let data = whole.get(HEADER_LEN..end.min(whole.len())).unwrap_or(&[]);
    let way = header.way(data);
    let asks = match way {
        Way::Asks => true,
        Way::Answers => false,
        Way::Unknown => cx.from_client().unwrap_or(true),
    };
    // Devices report on their own, and answer each other.
    let sided = way != Way::Unknown && !matches!(header.opcode, 205 | 224);
    let [to, from] = [header.to, header.from].map(u16::from_be_bytes);
    let ends = u64::from(to.wrapping_add(from));
    let failed = header.opcode == 255;
    let key = match (failed, flow.last) {
        (false, _) => Some(ends << 8 | u64::from(header.opcode)),
        (true, last) => last.checked_sub(1),
    };
    let mut asked = [0; 240];
    let noted = match key {
        Some(key) if !asks => cx.noted(key, &mut asked),
        _ => 0,
    };
    let device = if asks { to } else { from };
    let error = data.first().map_or(0, |code| u32::from(*code));
    let op = Op {
        proof: if sided { Proof::Content } else { Proof::Context },
        sub: contents::sub(header, data),
        tx: key,
        unit: Some(device.into()),
        args: contents::args(header, asks, data),
        status: match (asks, failed) {
            (true, _) => Status::None,
            (false, true) => Status::Error(error),
            (false, false) => Status::Ok,
        },
        ..Op::new(header.opcode.into(), if asks { Role::Request } else { Role::Response }, whole)
    };
    cx.op(&op);
    if let Some(key) = key.filter(|_| asks) {
        flow.last = key.saturating_add(1);
        if header.opcode == 180 {
            cx.note(key, data.get(1..).unwrap_or(&[]));
        }
    }
    contents::say(cx, header, asks, data, asked.get(..noted).unwrap_or(&[]));
    // Unit and group of the device that answers on this flow.
    let mine = u32::from(device).saturating_add(1);
    if !asks && flow.first == 0 && wire::is_checked(whole) {
        flow.first = mine;
        let [unit, group] = header.from;
        cx.attr(spec::ADDRESS, line!("{unit}.{group}").bytes());
    }
}
