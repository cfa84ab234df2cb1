//! RDP: remote desktops of Windows. Who connects, with which security; what follows is encrypted
//! or bulky and passes by.
//!
//! Its packets are carried as those of ISO transport are: only the negotiation is RDP's own.

mod settings;
mod spec;

use crate::common::{lines, pieces};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Status};

/// Bytes of the packet's header with X.224's first two. RFC 1006 §6, X.224 §13.3.
const HEADER: usize = 6;
/// Bytes of a packet that is read.
const PACKET_MAX: usize = 8_192;
/// Bytes before the variable part of a connection's packets. X.224 §13.3.
const FIXED: usize = 11;
const COOKIE: &[u8] = b"Cookie: mst";

/// The RDP dissector.
#[derive(Debug)]
pub struct Rdp;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The server told its settings: desktops and keys follow.
    is_connected: bool,
}

impl Dissector for Rdp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// On its own port a packet of a connection being made; elsewhere with RDP's own negotiation.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let (high, low, kind) = match *head {
            [] | [3] | [3, 0] | [3, 0, _] | [3, 0, _, _] | [3, 0, _, _, _] => {
                return Probe::Maybe { need: HEADER };
            }
            [3, 0, high, low, _, kind @ (0xe0 | 0xd0), ..] => (high, low, kind),
            [3, 0, _, _, 2, 0xf0, ..] if hint.bound => return Probe::Sure,
            _ => return Probe::No,
        };
        if hint.bound {
            return Probe::Sure;
        }
        let total = usize::from(u16::from_be_bytes([high, low]));
        let end = total.min(FIXED.saturating_add(COOKIE.len()));
        match head.get(..end) {
            None if total > FIXED => Probe::Maybe { need: end },
            Some(start) if is_negotiation(kind, start.get(FIXED..).unwrap_or(&[])) => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        if flow.is_connected {
            return Step::Took { bytes: usize::MAX };
        }
        one(flow, cx, bytes).unwrap_or_else(|wait| wait)
    }
}

/// A cookie, or a negotiation: type, flags, and its own length of eight bytes. MS-RDPBCGR
/// §2.2.1.1.1, §2.2.1.2.1, §2.2.1.2.2.
fn is_negotiation(kind: u8, variable: &[u8]) -> bool {
    match (kind, variable) {
        (0xe0, [1, _, 8, 0, ..]) | (0xd0, [2 | 3, _, 8, 0, ..]) => true,
        (0xe0, _) => variable.starts_with(COOKIE),
        _ => false,
    }
}

/// One packet. `Err` asks for more bytes.
fn one(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    let head = pieces::first(cx, bytes, HEADER)?;
    let mut at = Cursor::new(head);
    let (Some(3), Some(_), Some(length)) = (at.u8(), at.u8(), at.be16()) else {
        // Not a packet of this kind: the quicker kind of a session joined later, or encryption.
        flow.is_connected = true;
        return Ok(Step::Took { bytes: usize::MAX });
    };
    let total = usize::from(length);
    if total < HEADER.saturating_add(1) {
        cx.fault(spec::BAD_PACKET, head);
        return Ok(Step::NotMine);
    }
    let whole = pieces::first(cx, bytes, total.min(PACKET_MAX))?;
    let variable = whole.get(FIXED..).unwrap_or(&[]);
    let is_over = match head.get(5) {
        Some(0xe0) => {
            request(cx, whole, variable);
            false
        }
        Some(0xd0) => confirm(cx, whole, variable),
        Some(0x80) => {
            cx.op(&Op::new(0x80, Role::Event, whole));
            false
        }
        Some(0xf0) => {
            flow.is_connected = settings::say(cx, whole.get(7..).unwrap_or(&[]));
            false
        }
        _ => false,
    };
    Ok(if is_over { Step::NotMine } else { Step::Took { bytes: total } })
}

/// A client connects. MS-RDPBCGR §2.2.1.1.
fn request(cx: &mut Cx<'_>, whole: &[u8], variable: &[u8]) {
    let cookie = lines::next(variable, variable.len()).filter(|_| variable.starts_with(b"Cookie:"));
    let (line, taken) = cookie.unwrap_or((&[], 0));
    let protocols = negotiation(variable.get(taken..).unwrap_or(&[]), 1);
    let args = Some([u64::from(protocols.unwrap_or(0)), 0, 0, 0]);
    cx.op(&Op { tx: Some(0), args, ..Op::new(0xe0, Role::Request, whole) });
    if let Some(user) = line.strip_prefix(b"Cookie: mstshash=") {
        cx.attr(spec::USER, user);
    }
}

/// A server accepts or refuses. True when another protocol follows. MS-RDPBCGR §2.2.1.2.
fn confirm(cx: &mut Cx<'_>, whole: &[u8], variable: &[u8]) -> bool {
    let mut op = Op { tx: Some(0), ..Op::new(0xd0, Role::Response, whole) };
    let chosen = negotiation(variable, 2);
    op.status = negotiation(variable, 3).map_or(Status::Ok, Status::Error);
    op.args = Some([u64::from(chosen.unwrap_or(0)), 0, 0, 0]);
    cx.op(&op);
    // All but its own security are TLS.
    chosen.is_some_and(|chosen| chosen != 0)
}

/// The number in a negotiation of this type.
fn negotiation(bytes: &[u8], kind: u8) -> Option<u32> {
    let mut at = Cursor::new(bytes);
    let (found, _flags, length, value) = (at.u8()?, at.u8()?, at.le16()?, at.le32()?);
    if found == kind && length == 8 { Some(value) } else { None }
}
