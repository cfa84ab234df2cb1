//! IEC 60870-5-104: telecontrol of substations and networks over TCP.
//!
//! A controlling station sends commands and interrogations; the controlled station confirms them
//! and sends values, mostly on its own. The cause of transmission says which of it a message is.

mod spec;
mod wire;

use crate::common::telecontrol::{Stations, Widths, asdu};
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Dir, Op, Proof, Role, Spec, Status};
use wire::{APCI_LEN, Control, START};

/// APDUs of the I format in a row that convince on a port that is not the protocol's own.
const CHAIN: usize = 2;

/// The IEC 104 dissector.
#[derive(Debug)]
pub struct Iec104;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Bytes that are no APDU were passed over in this direction, and it was said.
    lost: [bool; 2],
    stations: Stations,
}

impl Dissector for Iec104 {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        match (hint.bound, hint.datagram) {
            (true, _) => wire::probe(head),
            (false, true) => Probe::No,
            (false, false) => probe_chain(head),
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let lost = flow.lost.get(cx.dir().index()).copied().unwrap_or(false);
        match *bytes {
            [START, length, ..] if wire::is_length(length) => {
                let total = usize::from(length).saturating_add(2);
                let whole = match bytes.get(..total) {
                    Some(whole) => whole,
                    None if cx.cut() => bytes,
                    None => return Step::Need { took: 0, more: total.saturating_sub(bytes.len()) },
                };
                set_lost(flow, cx.dir(), false);
                apdu(flow, cx, whole);
                Step::Took { bytes: total }
            }
            [] => {
                set_lost(flow, cx.dir(), false);
                Step::Took { bytes: 0 }
            }
            [START] if !cx.cut() => Step::Need { took: 0, more: 1 },
            [_, ref rest @ ..] => {
                if !lost && !cx.cut() {
                    let start = bytes.first() == Some(&START);
                    let fault = if start { spec::BAD_LENGTH } else { spec::BAD_START };
                    cx.fault(fault, bytes.get(..2).unwrap_or(bytes));
                }
                set_lost(flow, cx.dir(), true);
                let next = rest.iter().position(|byte| *byte == START);
                Step::Resync { took: next.unwrap_or(rest.len()).saturating_add(1) }
            }
        }
    }
}

fn set_lost(flow: &mut Flow, dir: Dir, lost: bool) {
    if let Some(place) = flow.lost.get_mut(dir.index()) {
        *place = lost;
    }
}

/// A frame of the S or U format has 33 or 48 bits that are fixed and convinces alone; of the I
/// format two whole ones must follow each other, with objects that fill them.
fn probe_chain(head: &[u8]) -> Probe {
    let mut rest = head;
    for count in 1..=CHAIN {
        let seen = head.len().saturating_sub(rest.len());
        match wire::probe(rest) {
            Probe::Maybe { need } => return Probe::Maybe { need: seen.saturating_add(need) },
            Probe::No => return Probe::No,
            Probe::Sure => {}
        }
        let [_, length, a, b, c, d, ..] = *rest else { return Probe::No };
        if Control::read([a, b, c, d]).0 != Control::Information || count == CHAIN {
            return Probe::Sure;
        }
        let total = usize::from(length).saturating_add(2);
        let Some(whole) = rest.get(..total) else {
            return Probe::Maybe { need: seen.saturating_add(total) };
        };
        if !asdu::is_consistent(whole.get(APCI_LEN..).unwrap_or(&[]), Widths::FIXED) {
            return Probe::No;
        }
        rest = rest.get(total..).unwrap_or(&[]);
    }
    Probe::No
}

/// One APDU. IEC 60870-5-104:2006 §5.
fn apdu(flow: &mut Flow, cx: &mut Cx<'_>, whole: &[u8]) {
    // Cut by the capture inside the control field.
    let Some(&[_, length, a, b, c, d]) = whole.first_chunk::<APCI_LEN>() else { return };
    let (control, fixed) = Control::read([a, b, c, d]);
    match control {
        Control::Information => {
            let body = whole.get(APCI_LEN..).unwrap_or(&[]);
            asdu::say(&mut flow.stations, cx, whole, body, Widths::FIXED);
        }
        Control::Supervisory(received) => {
            let op = Op::new(spec::SUPERVISORY, Role::Event, whole);
            let args = Some([u64::from(received), 0, 0, 0]);
            cx.op(&Op { args, proof: Proof::Context, ..op });
        }
        Control::Unnumbered(function) => unnumbered(cx, function, whole),
    }
    if !fixed || control != Control::Information && length != 4 {
        cx.fault(spec::BAD_CONTROL, whole.get(..APCI_LEN).unwrap_or(&[]));
    }
}

/// A frame of the U format: the connection is started, stopped, tested. Only the controlling
/// station starts and stops; both test. §5.2, §5.3.
fn unnumbered(cx: &mut Cx<'_>, function: u8, whole: &[u8]) {
    let (code, role, proof) = match function {
        0x07 => (spec::START, Role::Request, Proof::Content),
        0x0b => (spec::START, Role::Response, Proof::Content),
        0x13 => (spec::STOP, Role::Request, Proof::Content),
        0x23 => (spec::STOP, Role::Response, Proof::Content),
        0x43 => (spec::TEST, Role::Request, Proof::Context),
        0x83 => (spec::TEST, Role::Response, Proof::Context),
        other => (0x100 | u32::from(other), Role::Event, Proof::Context),
    };
    let mut op = Op { proof, ..Op::new(code, role, whole) };
    let key = |asks: Dir| 1u64 << 63 | u64::from(code) << 1 | u64::from(asks == Dir::Up);
    match role {
        Role::Request => op.tx = Some(key(cx.dir())),
        Role::Response => {
            op.tx = Some(key(cx.dir().flip()));
            op.status = Status::Ok;
        }
        Role::Event => {}
    }
    cx.op(&op);
}
