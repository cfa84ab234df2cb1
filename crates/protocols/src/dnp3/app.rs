//! The application layer: one fragment is one message. IEEE 1815-2012 §4.

use super::header::{Header, Prefix, number};
use super::link;
use super::names::{control_status, indications, refusal};
use super::objects::Walk;
use super::{sized, spec, table};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Proof, Role, Status, Subject, Value};

/// Lowest of the reserved addresses: what goes there is for several stations or for none.
/// §9.2.4.1.4.
const RESERVED_ADDRESSES: u16 = 0xfff0;

/// An application fragment with what the layers below told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message<'p> {
    /// The frame that completed it.
    pub(super) link: link::Header,
    /// Evidence: the frame, or the fragment where it came in several.
    pub(super) whole: &'p [u8],
    /// The fragment.
    pub(super) fragment: &'p [u8],
    /// The capture cut it short.
    pub(super) cut: bool,
    /// The station that sends.
    pub(super) sender: Subject,
}

/// Application control. §4.2.2.4.
#[derive(Clone, Copy, Debug)]
struct Control(u8);

impl Control {
    /// FIR and FIN: the message is all in this fragment.
    fn is_single(self) -> bool {
        self.0 & 0xc0 == 0xc0
    }

    /// CON: the sender wants a confirmation.
    fn wants_confirm(self) -> bool {
        self.0 & 0x20 != 0
    }

    /// UNS: about an unsolicited response.
    fn is_unsolicited(self) -> bool {
        self.0 & 0x10 != 0
    }

    fn sequence(self) -> u8 {
        self.0 & 0x0f
    }
}

/// Says what a fragment says.
pub(super) fn say(cx: &mut Cx<'_>, m: &Message<'_>) {
    let mut at = Cursor::new(m.fragment);
    let (Some(control), Some(function)) = (at.u8().map(Control), at.u8()) else {
        if !m.cut {
            cx.fault(spec::SHORT, m.fragment);
        }
        return;
    };
    let asks = function < 129;
    let indications_sent = if asks { None } else { at.le16() };
    let objects = at.rest();
    let (to, from) = (m.link.destination, m.link.source);
    let (master, station) = if asks { (from, to) } else { (to, from) };
    let known = matches!(function, 0..=33 | 129..=131);
    let tx = u64::from(master) << 24 | u64::from(station) << 8 | u64::from(control.sequence());
    let waits = match function {
        0 | 6 | 8 | 10 | 12 | 33 => false,
        1..=128 => m.link.destination < RESERVED_ADDRESSES,
        129 | 131 => !control.is_unsolicited(),
        _ => false,
    };
    let line = indications(indications_sent.unwrap_or(0));
    let op = Op {
        proof: if asks == m.link.is_from_master() { Proof::Content } else { Proof::Context },
        tx: waits.then_some(tx),
        unit: Some(u32::from(station)),
        args: arguments(function, indications_sent, objects),
        status: status(function, indications_sent, objects),
        value: match line.bytes() {
            [] => Value::None,
            text => Value::Text(text),
        },
        ..Op::new(u32::from(function), if asks { Role::Request } else { Role::Response }, m.whole)
    };
    cx.op(&op);
    if !m.cut {
        check(cx, m, control, function, known);
        if !asks && indications_sent.is_none() {
            cx.fault(spec::SHORT, m.fragment);
            return;
        }
    }
    if known {
        let walk = Walk { function, cut: m.cut, sender: m.sender, occurred: None };
        walk.say(cx, objects);
    }
}

/// What the octets before the objects may not be.
fn check(cx: &mut Cx<'_>, m: &Message<'_>, control: Control, function: u8, known: bool) {
    let asks = function < 129;
    if !known {
        cx.fault(spec::UNKNOWN_FUNCTION, m.fragment.get(1..2).unwrap_or(&[]));
    }
    if known && asks != m.link.is_from_master() {
        cx.fault(spec::DIRECTION, m.whole);
    }
    // Requests are never in pieces and never want a confirmation; only confirmations and
    // unsolicited responses, which are never in pieces either, have UNS.
    let allowed = match function {
        0 => control.is_single() && !control.wants_confirm(),
        130 => control.is_single() && control.is_unsolicited(),
        129.. => true,
        _ => control.is_single() && !control.wants_confirm() && !control.is_unsolicited(),
    };
    if !allowed {
        cx.fault(spec::CONTROL_OCTET, m.fragment.get(..1).unwrap_or(&[]));
    }
}

/// The arguments as the specification names them.
fn arguments(function: u8, indications: Option<u16>, objects: &[u8]) -> Option<[u64; 4]> {
    if function >= 129 {
        // The first octet stands first.
        return indications.map(|iin| [u64::from(iin.swap_bytes()), 0, 0, 0]);
    }
    let mut at = Cursor::new(objects);
    let mut header = Header::read(&mut at).ok()?;
    // In aggressive mode the first object tells the user and the second what to do. A.45.3.
    if header.group == 120 && header.variation == 3 && (2..=31).contains(&function) {
        at.skip(6)?;
        header = Header::read(&mut at).ok()?;
    }
    let (group, variation) = (u64::from(header.group), u64::from(header.variation));
    Some(match function {
        1 | 2 | 7..=12 | 20..=22 => {
            [group, variation, u64::from(header.qualifier), header.quantity()]
        }
        3..=6 => {
            let index = header.index(&mut at, 0).ok()?;
            let (control, count) = match header.group {
                12 => (u64::from(at.u8()?), u64::from(at.u8()?)),
                _ => (0, 0),
            };
            [group, index, control, count]
        }
        25 | 26 | 30 => {
            let Prefix::Size(width) = header.prefix else { return None };
            number(&mut at, width)?;
            match function {
                25 => sized::opening(at.rest())?,
                _ => [u64::from(at.le32()?), 0, 0, 0],
            }
        }
        _ => return None,
    })
}

/// How a request ended: refused by the indications, or the first control that failed. §4.5, A.8.
fn status(function: u8, indications: Option<u16>, objects: &[u8]) -> Status {
    let (Some(iin), 129 | 131) = (indications, function) else { return Status::None };
    match refusal(iin) {
        Status::Ok => failed_control(objects).unwrap_or(Status::Ok),
        refused => refused,
    }
}

/// The first outcome that is not success among the controls of the first header. A.8, A.20.
fn failed_control(objects: &[u8]) -> Option<Status> {
    if !matches!(objects.first(), Some(12 | 41)) {
        return None;
    }
    let mut at = Cursor::new(objects);
    let header = Header::read(&mut at).ok()?;
    let Prefix::Index(width) = header.prefix else { return None };
    let size = table::shape(header.group, header.variation)?.size(header.variation)?;
    for _ in 0..header.quantity() {
        number(&mut at, width)?;
        let outcome = control_status(*at.take(size)?.last()?);
        if outcome != Status::Ok {
            return Some(outcome);
        }
    }
    None
}
