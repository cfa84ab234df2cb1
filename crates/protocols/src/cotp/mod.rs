//! ISO transport on TCP: the carrier under S7, MMS and remote desktops.
//!
//! TCP is cut into packets (TPKT), a packet holds one transport data unit of class 0: connect,
//! confirm, data. Data in several units is put together and handed down.

mod spec;
mod tpdu;

use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::Spec;

pub use spec::{CONNECT_DATA, DATA};

/// Bytes of the packet header. RFC 1006 §6.
const TPKT: usize = 4;
/// Shortest packet: header, length indicator and two more bytes. RFC 1006 §6.
const PACKET_MIN: u16 = 7;

/// The COTP dissector.
#[derive(Debug)]
pub struct Cotp;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// How often data was lost, per direction: payloads carry it as their tag, so that whoever
    /// puts them together knows where not to.
    breaks: [u16; 2],
    /// The rest of an over-long data unit is passed over, per direction.
    passing: [bool; 2],
    /// Bytes since the last packet, per direction, where there is no packet.
    astray: [u32; 2],
    /// The connect units negotiated something that is not COTP: remote desktops.
    negotiated: bool,
}

impl Flow {
    /// The tag of payloads of this direction.
    fn tag(&self, cx: &Cx<'_>) -> u64 {
        self.breaks.get(cx.dir().index()).map_or(0, |n| u64::from(*n))
    }

    /// Data of this direction was lost: what was kept of it is useless.
    fn lose(&mut self, cx: &mut Cx<'_>) {
        cx.drop_stash();
        let at = cx.dir().index();
        if let Some(count) = self.breaks.get_mut(at) {
            *count = count.wrapping_add(1);
        }
        if let Some(passing) = self.passing.get_mut(at) {
            *passing = false;
        }
    }
}

impl Dissector for Cotp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.datagram {
            return Probe::No;
        }
        match head.first_chunk::<7>() {
            Some(start) if hint.bound && is_packet(start) => Probe::Sure,
            Some(_) if hint.bound => Probe::No,
            _ => probe_unbound(head),
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if flow.astray.get(cx.dir().index()).is_some_and(|count| *count > 0)
            && let Some(step) = search(flow, cx, bytes, 0)
        {
            return step;
        }
        let Some(&[version, reserved, high, low]) = bytes.first_chunk::<TPKT>() else {
            return short(flow, cx, bytes);
        };
        if version != 3 && flow.negotiated {
            return other(bytes);
        }
        let length = u16::from_be_bytes([high, low]);
        if version != 3 || reserved != 0 || length < PACKET_MIN {
            cx.fault(spec::BAD_TPKT, bytes.get(..TPKT).unwrap_or(&[]));
            flow.lose(cx);
            return search(flow, cx, bytes, 1).unwrap_or(Step::Took { bytes: 1 });
        }
        let total = usize::from(length);
        let packet = match bytes.get(..total) {
            Some(packet) => packet,
            None if cx.cut() => bytes,
            None => return Step::Need { took: 0, more: total.saturating_sub(bytes.len()) },
        };
        tpdu::read(flow, cx, packet, total);
        Step::Took { bytes: total }
    }
}

/// Bytes without a packet after which a connection is given up.
const ASTRAY_MAX: u32 = 65_536;

/// Looks for the next packet from position `from` on, byte by byte, so that the answer does not
/// depend on how the stream came in segments. `None` when one begins at the first byte.
fn search(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8], from: usize) -> Option<Step> {
    let place = flow.astray.get_mut(cx.dir().index())?;
    if bytes.is_empty() {
        *place = 0;
        return None;
    }
    let may_start = |rest: &[u8]| match rest.first_chunk() {
        Some(start) => is_packet(start),
        None => matches!(*rest, [3] | [3, 0, ..]),
    };
    let mut at = from;
    while bytes.get(at..).is_some_and(|rest| !rest.is_empty() && !may_start(rest)) {
        at = at.saturating_add(1);
    }
    if at == 0 && bytes.len() >= 7 {
        *place = 0;
        return None;
    }
    *place = place.saturating_add(vocab::sat_u32(at)).max(1);
    Some(match at {
        _ if *place > ASTRAY_MAX => Step::NotMine,
        0 if cx.cut() => Step::Took { bytes: bytes.len() },
        0 => Step::Need { took: 0, more: 7usize.saturating_sub(bytes.len()) },
        at => Step::Took { bytes: at },
    })
}

/// A gap, the end, or the beginning of a header.
fn short(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    if bytes.is_empty() {
        flow.lose(cx);
        return Step::Took { bytes: 0 };
    }
    if cx.cut() {
        return Step::Took { bytes: bytes.len() };
    }
    Step::Need { took: 0, more: TPKT.saturating_sub(bytes.len()) }
}

/// Not a packet, behind a negotiation. A remote desktop goes on in its short form (the lowest bits
/// are 0, a length of one or two bytes follows; [MS-RDPBCGR] §2.2.9.1.2) or encrypted.
fn other(bytes: &[u8]) -> Step {
    match *bytes {
        [first, long, low, ..] if first % 4 == 0 && long >= 0x80 => {
            let length = u16::from_be_bytes([long & 0x7f, low]);
            Step::Took { bytes: usize::from(length).max(3) }
        }
        [first, length, ..] if first % 4 == 0 => Step::Took { bytes: usize::from(length).max(2) },
        _ => Step::NotMine,
    }
}

/// A header that fits: version, reserved byte, length, a header inside it of a known kind.
fn is_packet(start: &[u8; 7]) -> bool {
    let [version, reserved, high, low, indicator, kind, _] = *start;
    let length = u16::from_be_bytes([high, low]);
    version == 3
        && reserved == 0
        && length >= PACKET_MIN
        && u16::from(indicator).saturating_add(5) <= length
        && indicator >= 2
        && tpdu::is_known(kind)
}

/// On ports of others, or with little to see yet: a data unit of class 0, or a connect unit that
/// fills its packet to the last byte, in every field that has only one value.
fn probe_unbound(head: &[u8]) -> Probe {
    let Some(&[version, reserved, high, low, indicator, kind, number]) = head.first_chunk::<7>()
    else {
        return match *head {
            [] | [3] | [3, 0, ..] => Probe::Maybe { need: 7 },
            _ => Probe::No,
        };
    };
    let length = u16::from_be_bytes([high, low]);
    if version != 3 || reserved != 0 || length < PACKET_MIN {
        return Probe::No;
    }
    let fills = u16::from(indicator).saturating_add(5) == length && indicator >= 6;
    match kind {
        0xf0 if indicator == 2 && matches!(number, 0 | 0x80) => Probe::Sure,
        0xd0 | 0xe0 if fills => connect(head, kind == 0xe0),
        _ => Probe::No,
    }
}

/// The rest of a connect unit's fixed part: a request has no destination yet, classes are 0 to 4.
/// Behind it stand parameters, their codes from 0x80 on (ISO 8073 §13.2.3); remote desktops put a
/// cookie or a negotiation there, and are another protocol's.
fn connect(head: &[u8], asks: bool) -> Probe {
    let Some(&[_, _, _, length, _, _, first, second, _, _, class]) = head.first_chunk::<11>()
    else {
        return Probe::Maybe { need: 11 };
    };
    if (asks && (first, second) != (0, 0)) || class >> 4 > 4 {
        return Probe::No;
    }
    match head.get(11) {
        None if length > 11 => Probe::Maybe { need: 12 },
        Some(code) if length > 11 && *code < 0x80 => Probe::No,
        _ => Probe::Sure,
    }
}
