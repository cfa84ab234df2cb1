//! Version 5: PDUs in a stream or in a pipe. C706 §12.6.

use super::interfaces::Interface;
use super::wire::Order;
use super::{Flow, OpcCall, mapper, name_of, spec, target};
use crate::common::text::{Line, until_nul};
use decode::Cursor;
use dissect::{Cx, Hint, Probe, Step};
use vocab::{Op, Role, Status, Target, Value};

/// Bytes of the header that all PDUs have.
const HEADER: usize = 16;
/// Most contexts of one bind that are said.
const CONTEXTS_MAX: u8 = 32;

/// PDU types. C706 §12.1.
const REQUEST: u8 = 0;
const RESPONSE: u8 = 2;
const FAULT: u8 = 3;
const BIND: u8 = 11;
const BIND_ACK: u8 = 12;
const BIND_NAK: u8 = 13;
const ALTER: u8 = 14;
const ALTER_RESPONSE: u8 = 15;
const AUTHENTICATE: u8 = 16;

/// Flags. C706 §12.6.3.1.
const FIRST_FRAGMENT: u8 = 0x01;
const LAST_FRAGMENT: u8 = 0x02;
const RESERVED: u8 = 0x08;
const HAS_OBJECT: u8 = 0x80;

/// The header that all PDUs have.
#[derive(Clone, Copy)]
struct Header {
    kind: u8,
    flags: u8,
    order: Order,
    /// Of the whole PDU.
    length: u16,
    /// Of the authentication token at its end.
    auth: u16,
    call: u32,
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let &[5, 0 | 1, kind @ (0 | 2 | 3 | 11..=19), flags, order, floats, 0, 0] = at.chunk()?
        else {
            return None;
        };
        let order = Order::read([order, floats])?;
        let (length, auth) = (order.u16(&mut at)?, order.u16(&mut at)?);
        let call = order.u32(&mut at)?;
        Some(Self { kind, flags, order, length, auth, call })
    }

    /// The lengths agree with each other and with the type.
    fn is_plausible(&self) -> bool {
        let least: u16 = match self.kind {
            REQUEST | RESPONSE | BIND_ACK | ALTER_RESPONSE => 24,
            BIND | ALTER | FAULT => 28,
            _ => 16,
        };
        let trailer = if self.auth == 0 { 0 } else { self.auth.saturating_add(8) };
        self.length >= least.saturating_add(trailer).max(least)
            && trailer <= self.length.saturating_sub(16)
    }

    fn role(&self) -> Role {
        match self.kind {
            RESPONSE | FAULT | BIND_ACK | BIND_NAK | ALTER_RESPONSE => Role::Response,
            17 => Role::Event,
            _ => Role::Request,
        }
    }
}

/// On a port of its own a header that exists is enough; elsewhere it must be one of those that
/// programs send: low byte first, or the opening of a connection.
pub(super) fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
    let Some(start) = head.get(..HEADER) else {
        // What there is must be the beginning of one.
        let version = head.iter().zip([5, 0]).all(|(b, v)| *b == v || (v == 0 && *b == 1));
        return if version && !hint.datagram { Probe::Maybe { need: HEADER } } else { Probe::No };
    };
    let Some(header) = Header::read(start).filter(Header::is_plausible) else {
        return Probe::No;
    };
    let whole = FIRST_FRAGMENT | LAST_FRAGMENT;
    let opens = matches!(header.kind, BIND | BIND_ACK | ALTER | ALTER_RESPONSE);
    let usual = start.first_chunk() == Some(&[5, 0])
        && header.flags & RESERVED == 0
        && (header.order.little || (opens && header.flags & whole == whole));
    if hint.bound || usual { Probe::Sure } else { Probe::No }
}

/// The next PDU of a stream.
pub(super) fn step(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    if bytes.len() < HEADER {
        return Step::Need { took: 0, more: HEADER.saturating_sub(bytes.len()) };
    }
    let Some(header) = Header::read(bytes).filter(Header::is_plausible) else {
        cx.fault(spec::BAD_HEADER, bytes.get(..HEADER).unwrap_or(bytes));
        return Step::Resync { took: bytes.len() };
    };
    let length = usize::from(header.length);
    let Some(pdu) = bytes.get(..length) else {
        return Step::Need { took: 0, more: length.saturating_sub(bytes.len()) };
    };
    say(flow, cx, &header, pdu);
    Step::Took { bytes: length }
}

/// All PDUs of a pipe's message.
pub(super) fn datagram(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let mut rest = bytes;
    while !rest.is_empty() {
        let Some(header) = Header::read(rest).filter(Header::is_plausible) else {
            if !cx.cut() {
                cx.fault(spec::BAD_HEADER, rest);
            }
            break;
        };
        let length = usize::from(header.length);
        say(flow, cx, &header, rest.get(..length).unwrap_or(rest));
        if rest.len() < length && !cx.cut() {
            cx.fault(spec::BAD_LENGTH, rest);
        }
        rest = rest.get(length..).unwrap_or(&[]);
    }
    Step::Took { bytes: bytes.len() }
}

/// Says one PDU. Later fragments of a call belong to the message that the first one began.
fn say(flow: &mut Flow, cx: &mut Cx<'_>, header: &Header, pdu: &[u8]) {
    if header.flags & FIRST_FRAGMENT == 0 && matches!(header.kind, REQUEST | RESPONSE) {
        return;
    }
    // A pipe's handle comes with it.
    let pipe = vocab::low_u32(cx.tag() ^ cx.tag() >> 32);
    let key = u64::from(header.call) | u64::from(pipe) << 32;
    let has_answer = matches!(header.kind, REQUEST | BIND | ALTER);
    let mut op = Op {
        tx: if has_answer || header.role() == Role::Response { Some(key) } else { None },
        args: Some([u64::from(header.call), u64::from(header.length.saturating_sub(16)), 0, 0]),
        ..Op::new(u32::from(header.kind), header.role(), pdu)
    };
    let mut at = Cursor::new(body(header, pdu));
    let read = match header.kind {
        REQUEST => request(flow, cx, header, &mut op, &mut at, pipe),
        RESPONSE => response(flow, cx, header, &mut op, &mut at, pipe),
        FAULT => fault(cx, header, &mut op, &mut at),
        BIND | ALTER => bind(flow, cx, header, &mut op, &mut at, pipe),
        BIND_ACK | ALTER_RESPONSE => bound(cx, header, &mut op, &mut at),
        BIND_NAK => {
            let reason = header.order.u16(&mut at).map_or(0, u32::from);
            op.status = Status::Error(spec::NAK | reason);
            cx.op(&op);
            Some(())
        }
        _ => {
            cx.op(&op);
            Some(())
        }
    };
    if read.is_none() && !cx.cut() {
        cx.fault(spec::BAD_BODY, pdu);
    }
    if matches!(header.kind, BIND..=ALTER_RESPONSE | AUTHENTICATE) {
        authenticate(cx, header, pdu);
    }
}

/// What stands between the header and the authentication.
fn body<'p>(header: &Header, pdu: &'p [u8]) -> &'p [u8] {
    let trailer = if header.auth == 0 { 0 } else { usize::from(header.auth).saturating_add(8) };
    let end = usize::from(header.length).saturating_sub(trailer).min(pdu.len());
    pdu.get(HEADER..end).unwrap_or(&[])
}

/// C706 §12.6.4.9.
fn request(
    flow: &Flow,
    cx: &mut Cx<'_>,
    header: &Header,
    op: &mut Op<'_>,
    at: &mut Cursor<'_>,
    pipe: u32,
) -> Option<()> {
    let order = header.order;
    let fields = (order.u32(at), order.u16(at), order.u16(at));
    let (Some(_), Some(context), Some(call)) = fields else {
        cx.op(op);
        return None;
    };
    let interface = flow.interface(pipe, context);
    op.sub = Some(interface.map_or(call, |interface| interface.sub(call)));
    cx.op(op);
    let Some(interface) = interface else { return Some(()) };
    cx.item(target(interface.name.as_bytes(), Some(call)), Value::None);
    if header.flags & HAS_OBJECT != 0 {
        at.skip(16)?;
    }
    if interface.name == "epm" && header.flags & LAST_FRAGMENT != 0 && header.auth == 0 {
        mapper::say(cx, order, call, false, at.rest());
    }
    opc(cx, header, op.pdu, interface, call, at.rest());
    Some(())
}

/// Hands calls of OPC Classic down, where they are not encrypted.
fn opc(
    cx: &mut Cx<'_>,
    header: &Header,
    pdu: &[u8],
    interface: &Interface,
    number: u16,
    body: &[u8],
) {
    const PRIVACY: u8 = 6;
    let [number, level, padding] = match trailer_fields(header, pdu) {
        Some([_, level, padding]) => [vocab::low_u8(u64::from(number)), level, padding],
        None => [vocab::low_u8(u64::from(number)), 0, 0],
    };
    if interface.opc() == 0 || level == PRIVACY {
        return;
    }
    let end = body.len().saturating_sub(usize::from(padding));
    let call = OpcCall {
        number,
        interface: interface.opc(),
        answer: header.kind == RESPONSE,
        little: header.order.little,
        whole: header.flags & LAST_FRAGMENT != 0,
        key: header.call,
    };
    cx.hand_down(spec::OPC, body.get(..end).unwrap_or(body), call.to_tag());
}

/// Type, level and padding of the authentication. C706 §13.2.6.
fn trailer_fields(header: &Header, pdu: &[u8]) -> Option<[u8; 3]> {
    let start = usize::from(header.length).checked_sub(usize::from(header.auth))?.checked_sub(8)?;
    pdu.get(start..)?.first_chunk().copied().filter(|_| header.auth != 0)
}

/// C706 §12.6.4.10. The number of the call is the request's.
fn response(
    flow: &Flow,
    cx: &mut Cx<'_>,
    header: &Header,
    op: &mut Op<'_>,
    at: &mut Cursor<'_>,
    pipe: u32,
) -> Option<()> {
    let order = header.order;
    op.sub = op.tx.and_then(|key| cx.pending(key)).and_then(|request| request.sub);
    op.status = Status::Ok;
    cx.op(op);
    order.u32(at)?;
    let context = order.u16(at)?;
    at.skip(2)?;
    let (Some(interface), Some(sub)) = (flow.interface(pipe, context), op.sub) else {
        return Some(());
    };
    if interface.name == "epm" && header.flags & LAST_FRAGMENT != 0 && header.auth == 0 {
        mapper::say(cx, order, sub & 0xff, true, at.rest());
    }
    opc(cx, header, op.pdu, interface, sub & 0xff, at.rest());
    Some(())
}

/// C706 §12.6.4.7.
fn fault(cx: &mut Cx<'_>, header: &Header, op: &mut Op<'_>, at: &mut Cursor<'_>) -> Option<()> {
    op.sub = op.tx.and_then(|key| cx.pending(key)).and_then(|request| request.sub);
    let code = at.skip(8).and_then(|()| header.order.u32(at));
    op.status = Status::Error(code.unwrap_or(0));
    cx.op(op);
    code.map(|_| ())
}

/// C706 §12.6.4.3: the contexts that the client would like.
fn bind(
    flow: &mut Flow,
    cx: &mut Cx<'_>,
    header: &Header,
    op: &mut Op<'_>,
    at: &mut Cursor<'_>,
    pipe: u32,
) -> Option<()> {
    let order = header.order;
    let group = at.skip(4).and_then(|()| order.u32(at));
    let count = at.u8();
    op.args = Some([
        u64::from(header.call),
        count.map_or(0, u64::from),
        auth_type(header, op.pdu),
        group.map_or(0, u64::from),
    ]);
    cx.op(op);
    at.skip(3)?;
    for _ in 0..count?.min(CONTEXTS_MAX) {
        let id = order.u16(at)?;
        let transfers = at.u8()?;
        at.skip(1)?;
        let interface = order.uuid(at)?;
        at.skip(4)?;
        at.skip(usize::from(transfers).saturating_mul(20))?;
        flow.learn(pipe, id, interface);
        let mut text = Line::default();
        cx.item(target(name_of(interface, &mut text), None), Value::None);
    }
    Some(())
}

/// C706 §12.6.4.4: which of them the server takes, and its address.
fn bound(cx: &mut Cx<'_>, header: &Header, op: &mut Op<'_>, at: &mut Cursor<'_>) -> Option<()> {
    let order = header.order;
    let group = at.skip(4).and_then(|()| order.u32(at));
    let length = order.u16(at).map_or(0, usize::from);
    let address = until_nul(at.take_up_to(length));
    // The results begin at a multiple of four from the header on.
    let pad = at.position().wrapping_neg() & 3;
    at.take_up_to(pad);
    let count = at.u8();
    at.take_up_to(3);
    let mut results = (0..count.unwrap_or(0)).map_while(|_| {
        let answer = (order.u16(at)?, order.u16(at)?);
        at.skip(20)?;
        Some(answer)
    });
    let first = results.next();
    let accepted = first.into_iter().chain(results).any(|(result, _)| result == 0);
    op.status = match first {
        Some((_, reason)) if !accepted => Status::Error(spec::REJECTED | u32::from(reason)),
        _ => Status::Ok,
    };
    op.args = Some([
        u64::from(header.call),
        count.map_or(0, u64::from),
        auth_type(header, op.pdu),
        group.map_or(0, u64::from),
    ]);
    cx.op(op);
    if !address.is_empty() {
        let endpoint = Target { area: spec::ENDPOINT, index: 0, count: 1, extra: 0, name: address };
        cx.item(endpoint, Value::None);
    }
    count.map(|_| ())
}

/// The authentication at the end: type, level, padding, context, token. C706 §13.2.6.
fn trailer<'p>(header: &Header, pdu: &'p [u8]) -> Option<(u8, &'p [u8])> {
    let start = usize::from(header.length).checked_sub(usize::from(header.auth))?.checked_sub(8)?;
    let (kind, rest) = pdu.get(start..)?.split_first()?;
    Some((*kind, rest.get(7..)?)).filter(|_| header.auth != 0)
}

fn auth_type(header: &Header, pdu: &[u8]) -> u64 {
    trailer(header, pdu).map_or(0, |(kind, _)| u64::from(kind))
}

/// What a login tells of its sender. MS-RPCE §2.2.1.1.7: 9 negotiates, 10 is NTLM.
fn authenticate(cx: &mut Cx<'_>, header: &Header, pdu: &[u8]) {
    if let Some((9 | 10, token)) = trailer(header, pdu) {
        crate::common::ntlmssp::say(cx, token);
    }
}
