//! The PROFINET frame: an identifier that says what the rest is.
//!
//! Frames travel directly on Ethernet; cyclic data and alarms also in UDP, between networks.

mod spec;

use decode::{Cursor, Transport};
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec};

pub use spec::{CLOCK, DCP, REAL_TIME};

/// The PROFINET frame dissector.
#[derive(Debug)]
pub struct Profinet;

impl Dissector for Profinet {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let Some(&[high, low]) = head.first_chunk() else { return Probe::No };
        let fits = match hint.headers.transport {
            Transport::None => true,
            _ => is_udp(u16::from_be_bytes([high, low]), head),
        };
        if hint.bound && fits { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let mut at = Cursor::new(bytes);
        let Some(id) = at.be16() else {
            if !cx.cut() {
                cx.fault(spec::SHORT, bytes);
            }
            return Step::Took { bytes: bytes.len() };
        };
        match id {
            0xfefc..=0xfeff => cx.hand_down(DCP, at.rest(), u64::from(id)),
            0x0100..=0xfbff | 0xfc01 | 0xfc41 | 0xfe01 | 0xfe02 | 0xfe41 | 0xfe42 => {
                cx.hand_down(REAL_TIME, at.rest(), u64::from(id));
            }
            0x0020 | 0x0021 | 0x0080 | 0x0081 | 0xff00..=0xff43 => {
                cx.hand_down(CLOCK, at.rest(), u64::from(id));
            }
            0xff80..=0xff8f => say(cx, spec::FRAGMENT, id, bytes),
            _ => {
                say(cx, spec::RESERVED, id, bytes);
                cx.fault(spec::RESERVED_ID, at.done());
            }
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// Says a frame that nobody inside takes.
fn say(cx: &mut Cx<'_>, code: u32, id: u16, bytes: &[u8]) {
    cx.op(&Op { args: Some([u64::from(id), 0, 0, 0]), ..Op::new(code, Role::Event, bytes) });
}

/// A frame that may travel in UDP: cyclic data of RT_CLASS_UDP with a status whose reserved bits
/// are 0 at its end, or an alarm. IEC 61158-6-10:2019 §4.2 and §4.7.
fn is_udp(id: u16, frame: &[u8]) -> bool {
    match (id, frame) {
        (0xc000..=0xfbff, [_, _, .., status, 0]) => status & 0x48 == 0,
        (0xfc01 | 0xfe01, frame) => frame.len() >= 12,
        _ => false,
    }
}
