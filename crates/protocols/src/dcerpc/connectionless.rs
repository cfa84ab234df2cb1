//! Version 4: one PDU in one datagram. C706 §12.5.

use super::interfaces::{self, Interface};
use super::wire::Order;
use super::{Call, Flow, Piece, mapper, name_of, spec, target};
use crate::common::text::Line;
use crate::line;
use decode::Cursor;
use dissect::{Cx, Hint, Probe, Step};
use vocab::{Op, Role, Status, Subject, Value};

/// Largest call that is put together from fragments.
const CALL_MAX: usize = 65_000;

/// PDU types that answer, ask, or belong to neither. C706 §12.1.
const REQUEST: u8 = 0;
const PING: u8 = 1;
const RESPONSE: u8 = 2;
const FAULT: u8 = 3;
const WORKING: u8 = 4;
const NO_CALL: u8 = 5;
const REJECT: u8 = 6;
const CANCEL: u8 = 8;
const CANCEL_ACK: u8 = 10;

/// Flags. C706 §12.5.2.3.
const LAST_FRAGMENT: u8 = 0x02;
const FRAGMENT: u8 = 0x04;
const MAYBE: u8 = 0x10;
const BROADCAST: u8 = 0x40;

/// The header with what follows it.
struct Pdu<'p> {
    whole: &'p [u8],
    kind: u8,
    flags: u8,
    order: Order,
    object: u128,
    interface: u128,
    activity: u128,
    sequence: u32,
    call: u16,
    length: u16,
    fragment: u16,
    body: &'p [u8],
}

impl<'p> Pdu<'p> {
    fn read(whole: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(whole);
        let &[4, kind, flags, _flags2, order, floats, 0, _serial] = at.chunk()? else {
            return None;
        };
        let order = Order::read([order, floats])?;
        let (object, interface) = (order.uuid(&mut at)?, order.uuid(&mut at)?);
        let activity = order.uuid(&mut at)?;
        // Boot time of the server and version of the interface stand around the sequence number.
        at.skip(8)?;
        let (sequence, call) = (order.u32(&mut at)?, order.u16(&mut at)?);
        at.skip(4)?;
        let (length, fragment) = (order.u16(&mut at)?, order.u16(&mut at)?);
        at.skip(2)?;
        let body = at.take_up_to(usize::from(length));
        Some(Self {
            whole,
            kind,
            flags,
            order,
            object,
            interface,
            activity,
            sequence,
            call,
            length,
            fragment,
            body,
        })
    }

    fn interface(&self) -> Option<&'static Interface> {
        interfaces::find(self.interface).and_then(interfaces::at)
    }

    /// Activity and sequence number in 40 bits. Both ends may use different byte orders.
    fn key(&self) -> u64 {
        let [high, low] = [self.activity >> 64, self.activity & u128::from(u64::MAX)];
        let fold = |n: u128| u64::try_from(n).unwrap_or(0);
        let mixed = fold(high) ^ fold(low).rotate_left(23) ^ u64::from(self.sequence);
        mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 24
    }

    fn is_fragment(&self) -> bool {
        self.flags & FRAGMENT != 0
    }

    fn role(&self) -> Role {
        match self.kind {
            REQUEST | PING | CANCEL => Role::Request,
            RESPONSE | FAULT | WORKING | NO_CALL | REJECT | CANCEL_ACK => Role::Response,
            _ => Role::Event,
        }
    }

    /// Pings and cancels have answers of their own.
    fn tx(&self) -> Option<u64> {
        let unanswered = self.flags & (MAYBE | BROADCAST) != 0;
        match self.kind {
            REQUEST if unanswered => None,
            REQUEST | RESPONSE | FAULT | REJECT => Some(self.key()),
            PING | WORKING | NO_CALL => Some(self.key() | 1 << 62),
            CANCEL | CANCEL_ACK => Some(self.key() | 1 << 63),
            _ => None,
        }
    }

    fn status(&self) -> Status {
        match self.kind {
            RESPONSE | NO_CALL | WORKING | CANCEL_ACK => Status::Ok,
            FAULT | REJECT => {
                let code = self.order.u32(&mut Cursor::new(self.body));
                Status::Error(code.unwrap_or(0))
            }
            _ => Status::None,
        }
    }
}

/// On a port of its own a header that exists is enough; elsewhere its length must be the
/// datagram's and its identifiers must be of the kind that interfaces have. RFC 9562 §4.1.
pub(super) fn probe(hint: &Hint<'_>, datagram: &[u8]) -> Probe {
    let Some(pdu) = Pdu::read(datagram) else { return Probe::No };
    let fits = pdu.kind <= CANCEL_ACK && pdu.interface != 0;
    let &[_, _, flags, flags2, ..] = datagram else { return Probe::No };
    let exact = usize::from(pdu.length).saturating_add(80) == datagram.len()
        && flags & 0x81 == 0
        && flags2 & !2 == 0
        && pdu.interface >> 63 & 1 == 1;
    if fits && (hint.bound || exact) { Probe::Sure } else { Probe::No }
}

/// One PDU.
pub(super) fn say(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let took = Step::Took { bytes: bytes.len() };
    let Some(pdu) = Pdu::read(bytes) else {
        if !cx.cut() {
            cx.fault(spec::BAD_HEADER, bytes);
            return Step::Resync { took: bytes.len() };
        }
        return took;
    };
    let interface = pdu.interface();
    let calls = matches!(pdu.kind, REQUEST | RESPONSE | FAULT | REJECT);
    if pdu.fragment == 0 || !pdu.is_fragment() {
        let sub = interface.map_or(pdu.call, |interface| interface.sub(pdu.call));
        cx.op(&Op {
            sub: if calls { Some(sub) } else { None },
            tx: pdu.tx(),
            args: Some([u64::from(pdu.sequence), u64::from(pdu.length), 0, 0]),
            status: pdu.status(),
            ..Op::new(u32::from(pdu.kind), pdu.role(), bytes)
        });
        if pdu.kind == REQUEST {
            let mut text = Line::default();
            cx.item(target(name_of(pdu.interface, &mut text), Some(pdu.call)), Value::None);
        }
        about_device(cx, &pdu, interface);
    }
    if pdu.body.len() < usize::from(pdu.length) && !cx.cut() {
        cx.fault(spec::BAD_LENGTH, pdu.whole);
        return took;
    }
    if matches!(pdu.kind, REQUEST | RESPONSE) {
        if pdu.is_fragment() {
            fragment(flow, cx, &pdu, interface);
        } else {
            deliver(cx, &pdu, interface, pdu.body);
        }
    }
    took
}

/// PROFINET's object identifier holds the instance, device and vendor number of whose server is
/// called. IEC 61158-6-10:2019 §4.10.3.2.8. Said where a relationship begins.
fn about_device(cx: &mut Cx<'_>, pdu: &Pdu<'_>, interface: Option<&Interface>) {
    let begins = matches!(pdu.call, 0 | 5) && interface.is_some_and(|i| i.profinet() != 0);
    let of = match pdu.kind {
        REQUEST => Subject::Receiver,
        RESPONSE => Subject::Sender,
        _ => return,
    };
    if begins {
        say_object(cx, of, pdu.object);
    }
}

/// Says vendor and device number out of a PROFINET object identifier.
pub(super) fn say_object(cx: &mut Cx<'_>, of: Subject, object: u128) {
    if object >> 48 == 0xdea0_0000_6c97_11d1_8271 {
        let [.., device_high, device_low, vendor_high, vendor_low] = object.to_be_bytes();
        let id = u32::from_be_bytes([vendor_high, vendor_low, device_high, device_low]);
        cx.attr_of(of, spec::DEVICE, line!("0x{id:08x}").bytes());
    }
}

/// Keeps a fragment; the last one completes the call. C706 §12.5.2.14.
fn fragment(flow: &mut Flow, cx: &mut Cx<'_>, pdu: &Pdu<'_>, interface: Option<&Interface>) {
    let Some(piece) = flow.pieces.get_mut(cx.dir().index()) else { return };
    if pdu.fragment == 0 {
        cx.drop_stash();
        *piece = Piece { key: pdu.key(), next: 0 };
    }
    if piece.key != pdu.key() || piece.next != pdu.fragment {
        // Sent again, or something is missing.
        if pdu.fragment > piece.next {
            cx.fault(spec::LOST_FRAGMENT, pdu.whole);
            cx.drop_stash();
            *piece = Piece::default();
        }
        return;
    }
    piece.next = piece.next.wrapping_add(1);
    if !cx.stash(pdu.body, CALL_MAX) {
        *piece = Piece::default();
    } else if pdu.flags & LAST_FRAGMENT != 0 {
        *piece = Piece::default();
        cx.with_stash(|cx, body| deliver(cx, pdu, interface, body));
    }
}

/// A whole call or answer.
fn deliver(cx: &mut Cx<'_>, pdu: &Pdu<'_>, interface: Option<&Interface>, body: &[u8]) {
    let Some(interface) = interface else { return };
    let answer = pdu.kind == RESPONSE;
    if interface.profinet() != 0 {
        let call = Call {
            number: pdu.call,
            answer,
            little: pdu.order.little,
            interface: interface.profinet(),
            key: pdu.key(),
        };
        cx.hand_down(spec::PROFINET, body, call.to_tag());
    } else if interface.name == "epm" {
        mapper::say(cx, pdu.order, pdu.call, answer, body);
    }
}
