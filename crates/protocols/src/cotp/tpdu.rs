//! Transport data units.

use super::{Flow, TPKT, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Proof, Role, Status, Target, Value};

/// A kind of unit that the standard knows, credit and other low bits aside. ISO 8073 §13.1.
pub(super) fn is_known(kind: u8) -> bool {
    matches!(kind >> 4, 1 | 2 | 5 | 6 | 7 | 8 | 0xc..)
}

/// Reads the unit in a packet; `total` is the packet's length as claimed.
pub(super) fn read(flow: &mut Flow, cx: &mut Cx<'_>, packet: &[u8], total: usize) {
    let unit = packet.get(TPKT..).unwrap_or(&[]);
    let Some((&indicator, rest)) = unit.split_first() else { return };
    let room = total.saturating_sub(TPKT).saturating_sub(1);
    let length = usize::from(indicator);
    // 255 is reserved; a header has at least its kind and one more byte.
    if indicator == 255 || length < 2 || length > room {
        cx.fault(spec::BAD_HEADER, unit.get(..1).unwrap_or(&[]));
        flow.lose(cx);
        return;
    }
    let (header, payload) = rest.split_at_checked(length).unwrap_or((rest, &[]));
    let Some(&kind) = header.first() else { return };
    match kind >> 4 {
        0xf => data(flow, cx, header, payload),
        0xe => connect(flow, cx, Role::Request, header, packet),
        0xd => connect(flow, cx, Role::Response, header, packet),
        8 => disconnect(cx, header, packet),
        0xc => confirm(cx, header, packet),
        7 => error(cx, header, packet),
        1 | 2 | 5 | 6 => cx.op(&Op::new(u32::from(kind & 0xf0), Role::Event, packet)),
        _ => cx.fault(spec::UNKNOWN_TPDU, header.get(..1).unwrap_or(&[])),
    }
}

/// Data: handed down when complete. ISO 8073 §13.7.
fn data(flow: &mut Flow, cx: &mut Cx<'_>, header: &[u8], payload: &[u8]) {
    // Class 0 has kind and number; class 2 the destination between them. RFC 2126 §3.
    let ([_, number] | [_, _, _, number, ..]) = *header else {
        cx.fault(spec::BAD_HEADER, header);
        return;
    };
    let last = number & 0x80 != 0;
    let tag = flow.tag(cx);
    let at = cx.dir().index();
    if flow.passing.get(at).copied().unwrap_or(false) {
        if last {
            flow.lose(cx);
        }
        return;
    }
    if last && cx.stashed() == 0 {
        cx.hand_down(spec::DATA, payload, tag);
        return;
    }
    if !payload.is_empty() && !cx.stash(payload, spec::UNIT_MAX) {
        cx.fault(spec::TOO_LONG, header);
        flow.lose(cx);
        if let Some(passing) = flow.passing.get_mut(at).filter(|_| !last) {
            *passing = true;
        }
        return;
    }
    if last {
        cx.with_stash(|cx, unit| cx.hand_down(spec::DATA, unit, tag));
    }
}

/// The parameters of a connect unit. ISO 8073 §13.3.4.
#[derive(Default)]
struct Parameters<'p> {
    calling: &'p [u8],
    called: &'p [u8],
    size: u64,
    /// What follows that is no parameter.
    rest: &'p [u8],
    broken: bool,
}

impl<'p> Parameters<'p> {
    fn read(bytes: &'p [u8]) -> Self {
        let mut all = Self::default();
        let mut at = Cursor::new(bytes);
        // Bit 8 of a parameter's code is set. ISO 8073 §13.2.3.
        while at.peek().is_some_and(|code| code & 0x80 != 0) {
            let (Some(code), Some(length)) = (at.u8(), at.u8()) else {
                all.broken = true;
                break;
            };
            let Some(value) = at.take(usize::from(length)) else {
                all.broken = true;
                break;
            };
            match (code, value) {
                (0xc0, &[power @ 7..=13]) => all.size = 1u64.wrapping_shl(u32::from(power)),
                (0xc1, _) => all.calling = value,
                (0xc2, _) => all.called = value,
                // Preferred maximum size, in units of 128 bytes.
                (0xf0, [_, ..]) if length <= 4 => all.size = number(value).saturating_mul(128),
                _ => {}
            }
        }
        all.rest = at.rest();
        all
    }
}

/// Up to eight bytes as a number; longer ones are none.
fn number(bytes: &[u8]) -> u64 {
    if bytes.len() > 8 { 0 } else { bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b)) }
}

/// Says a unit whose header is too short for its kind.
fn broken(cx: &mut Cx<'_>, role: Role, header: &[u8], packet: &[u8]) {
    let kind = header.first().map_or(0, |kind| u32::from(*kind & 0xf0));
    cx.op(&Op { proof: Proof::Context, ..Op::new(kind, role, packet) });
    if !cx.cut() {
        cx.fault(spec::BAD_HEADER, header);
    }
}

/// Connect request and confirm. ISO 8073 §13.3, §13.4.
fn connect(flow: &mut Flow, cx: &mut Cx<'_>, role: Role, header: &[u8], packet: &[u8]) {
    let mut at = Cursor::new(header);
    let (Some(kind), Some(destination), Some(source), Some(class)) =
        (at.u8(), at.be16(), at.be16(), at.u8())
    else {
        broken(cx, role, header, packet);
        return;
    };
    let parameters = Parameters::read(at.rest());
    let asks = role == Role::Request;
    let mut op = Op::new(u32::from(kind & 0xf0), role, packet);
    // The confirm names the requester's reference as its destination.
    op.tx = Some(u64::from(if asks { source } else { destination }));
    op.status = if asks { Status::None } else { Status::Ok };
    op.args = Some([
        number(parameters.called),
        number(parameters.calling),
        parameters.size,
        u64::from(class >> 4),
    ]);
    cx.op(&op);
    let selector = |area, name| Target { area, index: 0, count: 1, extra: 0, name };
    for (area, name) in [(spec::CALLED, parameters.called), (spec::CALLING, parameters.calling)] {
        if !name.is_empty() {
            cx.item(selector(area, name), Value::None);
        }
    }
    if parameters.broken && !cx.cut() {
        cx.fault(spec::BAD_PARAMETER, at.rest());
    }
    if !parameters.rest.is_empty() && !parameters.broken {
        flow.negotiated = true;
        cx.hand_down(spec::CONNECT_DATA, parameters.rest, u64::from(kind & 0xf0));
    }
}

/// A disconnect request: refuses a connect request, or ends the connection. ISO 8073 §13.5.
fn disconnect(cx: &mut Cx<'_>, header: &[u8], packet: &[u8]) {
    let mut at = Cursor::new(header);
    let (Some(_), Some(destination), Some(source), Some(reason)) =
        (at.u8(), at.be16(), at.be16(), at.u8())
    else {
        broken(cx, Role::Request, header, packet);
        return;
    };
    let refused = cx.pending(u64::from(destination)).is_some_and(|request| request.code == 0xe0);
    let mut op = Op::new(0x80, Role::Request, packet);
    op.args = Some([u64::from(reason), 0, 0, 0]);
    if refused {
        op.role = Role::Response;
        op.tx = Some(u64::from(destination));
        op.status = Status::Error(u32::from(reason));
    } else {
        op.proof = Proof::Context;
        op.tx = Some(u64::from(source));
    }
    cx.op(&op);
}

/// A disconnect confirm. ISO 8073 §13.6.
fn confirm(cx: &mut Cx<'_>, header: &[u8], packet: &[u8]) {
    let mut at = Cursor::new(header);
    let (Some(_), Some(destination)) = (at.u8(), at.be16()) else {
        broken(cx, Role::Response, header, packet);
        return;
    };
    let mut op = Op::new(0xc0, Role::Response, packet);
    op.proof = Proof::Context;
    op.tx = Some(u64::from(destination));
    op.status = Status::Ok;
    cx.op(&op);
}

/// An error: a unit was not understood. ISO 8073 §13.12.
fn error(cx: &mut Cx<'_>, header: &[u8], packet: &[u8]) {
    let mut at = Cursor::new(header);
    let (Some(_), Some(destination), Some(cause)) = (at.u8(), at.be16(), at.u8()) else {
        broken(cx, Role::Event, header, packet);
        return;
    };
    let mut op = Op::new(0x70, Role::Event, packet);
    if cx.pending(u64::from(destination)).is_some() {
        op.role = Role::Response;
        op.tx = Some(u64::from(destination));
    }
    op.args = Some([u64::from(cause), 0, 0, 0]);
    op.status = Status::Error(u32::from(cause).saturating_add(256));
    cx.op(&op);
}
