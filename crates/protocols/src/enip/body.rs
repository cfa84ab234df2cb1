//! What each command carries.

use super::spec;
use super::wire::{HEADER, Header, Item, Items, kind, socket};
use crate::common::cip::Identity;
use crate::common::text::until_nul;
use core::net::Ipv4Addr;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Op, Proof, Role, Status, Target, Value};

/// Says what a message says.
pub(super) fn say(cx: &mut Cx<'_>, header: &Header, whole: &[u8]) {
    let body = whole.get(HEADER..).unwrap_or(&[]);
    let parts = match header.command {
        0x6f | 0x70 => Parts::read(body),
        _ => Parts::default(),
    };
    let (role, proof) = role(cx, header, body, &parts);
    let session = u64::from(header.session);
    let mut op = Op {
        proof,
        args: Some([session, 0, 0, 0]),
        ..Op::new(u32::from(header.command), role, whole)
    };
    // An answer repeats the sender's context; over a connection it repeats the sequence count.
    let key = if header.command == 0x70 { u64::from(parts.sequence) } else { fold(header.context) };
    op.tx = Some(key | u64::from(header.command) << 48);
    if role == Role::Response {
        op.status = match header.status {
            0 => Status::Ok,
            code => Status::Error(code),
        };
    }
    match header.command {
        0x65 => {
            let mut at = Cursor::new(body);
            if let (Some(version), Some(options)) = (at.le16(), at.le16()) {
                op.args = Some([session, u64::from(version), u64::from(options), 0]);
            } else if header.status == 0 && !cx.cut() {
                cx.fault(spec::BAD_LENGTH, whole);
            }
            cx.op(&op);
        }
        0x01 | 0x04 | 0x63 | 0x64 => list(cx, &mut op, body),
        0x6f => {
            op.args = Some([session, u64::from(parts.timeout), 0, 0]);
            data(cx, &op, header, &parts, body);
        }
        0x70 => {
            op.args = Some([session, u64::from(parts.connection), u64::from(parts.sequence), 0]);
            data(cx, &op, header, &parts, body);
        }
        // Neither is answered.
        _ => cx.op(&Op { tx: None, ..op }),
    }
}

/// 48 bits that tell sender contexts apart.
fn fold(context: u64) -> u64 {
    context.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16
}

/// Who speaks: the message itself says so nearly always.
fn role(cx: &Cx<'_>, header: &Header, body: &[u8], parts: &Parts<'_>) -> (Role, Proof) {
    let of = |asks: bool| if asks { Role::Request } else { Role::Response };
    if header.status != 0 {
        return (Role::Response, Proof::Content);
    }
    match header.command {
        // The target gives the session its handle. CIP Vol 2 §2-4.4.
        0x65 => (of(header.session == 0), Proof::Content),
        // Requests have no data. §2-4.2, §2-4.3, §2-4.6.
        0x01 | 0x04 | 0x63 | 0x64 => (of(body.is_empty()), Proof::Content),
        0x6f | 0x70 => match parts.reply() {
            Some(reply) => (of(!reply), Proof::Content),
            None => (of(cx.from_client() != Some(false)), Proof::Context),
        },
        // Either side may send it, nobody answers. §2-4.1.
        0x00 if cx.from_client() == Some(false) => (Role::Event, Proof::Context),
        _ => (Role::Request, Proof::Context),
    }
}

/// Items of SendRRData and SendUnitData. CIP Vol 2 §2-4.7, §2-4.8.
#[derive(Clone, Copy, Debug, Default)]
struct Parts<'p> {
    timeout: u16,
    connection: u32,
    sequence: u16,
    /// A message of CIP, without the sequence count; and whether it came over a connection.
    message: Option<(&'p [u8], bool)>,
    /// Sockets with their item's kind, address, port.
    sockets: [Option<(u16, u32, u16)>; 2],
    /// Something is cut short, or there is no data at all.
    broken: bool,
}

impl<'p> Parts<'p> {
    fn read(body: &'p [u8]) -> Self {
        let mut parts = Self::default();
        let mut at = Cursor::new(body);
        let (Some(0), Some(timeout)) = (at.le32(), at.le16()) else {
            // Another interface than CIP: nothing is known of its items.
            parts.broken = body.len() < 6;
            return parts;
        };
        parts.timeout = timeout;
        let Some(mut items) = Items::read(at) else {
            return Self { broken: true, ..parts };
        };
        for item in items.by_ref() {
            parts.broken |= item.data.len() < usize::from(item.length);
            parts.item(&item);
        }
        parts.broken |= items.left() != 0 || parts.message.is_none();
        parts
    }

    fn item(&mut self, item: &Item<'p>) {
        let mut at = Cursor::new(item.data);
        match item.kind {
            kind::CONNECTED_ADDRESS | kind::SEQUENCED_ADDRESS => {
                self.connection = at.le32().unwrap_or(0);
            }
            kind::UNCONNECTED_DATA => self.message = Some((item.data, false)),
            // Messages go over transport class 3: a sequence count comes first. CIP Vol 1 §3-4.
            kind::CONNECTED_DATA => {
                self.sequence = at.le16().unwrap_or(0);
                self.message = Some((at.rest(), true));
            }
            kind::SOCKET_TO_TARGET | kind::SOCKET_TO_ORIGINATOR => {
                if let (Some((address, port)), Some(place)) =
                    (socket(&mut at), self.sockets.get_mut(usize::from(item.kind & 1)))
                {
                    *place = Some((item.kind, address, port));
                }
            }
            _ => {}
        }
    }

    /// The message of CIP is an answer; `None` where its beginning fits neither.
    fn reply(&self) -> Option<bool> {
        let (message, _) = self.message?;
        match *message {
            // Reply service, reserved, status, size of the additional status.
            [0x80..=0xff, 0, _, words, ..] => (message.len()
                >= usize::from(words).saturating_mul(2).saturating_add(4))
            .then_some(true),
            // Service, words of the path.
            [1..=0x7f, words, ..] => (message.len()
                >= usize::from(words).saturating_mul(2).saturating_add(2))
            .then_some(false),
            _ => None,
        }
    }
}

/// Says a command that carries CIP, and hands the message down.
fn data(cx: &mut Cx<'_>, op: &Op<'_>, header: &Header, parts: &Parts<'_>, body: &[u8]) {
    cx.op(op);
    if parts.broken && header.status == 0 && !cx.cut() {
        cx.fault(spec::BAD_ITEMS, body);
    }
    for (kind, address, port) in parts.sockets.iter().flatten() {
        let index = u64::from(*address) << 16 | u64::from(*port);
        let extra = u32::from(*kind);
        let target = Target { area: spec::SOCKET, index, count: 1, extra, name: &[] };
        cx.item(target, Value::None);
    }
    match parts.message {
        Some((message, true)) => {
            let tag = 1 << 63 | u64::from(parts.connection) << 16 | u64::from(parts.sequence);
            cx.hand_down(spec::CONNECTED_DATA, message, tag);
        }
        Some((message, false)) => {
            cx.hand_down(spec::UNCONNECTED_DATA, message, fold(header.context));
        }
        None => {}
    }
}

/// Says a list command: the request has no data, the answer has items.
fn list<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, body: &'p [u8]) {
    op.args = None;
    if op.role == Role::Request || body.is_empty() {
        cx.op(op);
        return;
    }
    let Some(items) = Items::read(Cursor::new(body)) else {
        cx.op(op);
        cx.fault(spec::BAD_ITEMS, body);
        return;
    };
    let (mut said, mut short) = (false, false);
    let mut rest = items;
    for item in rest.by_ref() {
        let first = !core::mem::replace(&mut said, true);
        match item.kind {
            kind::IDENTITY => short |= !identity(cx, op, first, item.data),
            kind::SERVICE => service(cx, op, first, item.data),
            kind::LEGACY_TARGET => {
                say_first(cx, op, first);
                let mut at = Cursor::new(item.data);
                at.skip(4);
                endpoint(cx, spec::LEGACY_ADDRESS, &mut at);
            }
            _ => say_first(cx, op, first),
        }
        short |= item.data.len() < usize::from(item.length);
    }
    say_first(cx, op, !said);
    if (short || rest.left() != 0) && !cx.cut() {
        cx.fault(spec::BAD_ITEMS, body);
    }
}

/// One message is one operation, however many items it has.
fn say_first(cx: &mut Cx<'_>, op: &Op<'_>, first: bool) {
    if first {
        cx.op(op);
    }
}

/// What a device is; false when fields are missing. CIP Vol 2 §2-4.2.3.
fn identity(cx: &mut Cx<'_>, op: &mut Op<'_>, first: bool, data: &[u8]) -> bool {
    let mut at = Cursor::new(data);
    let version = at.le16().unwrap_or(0);
    let mut place = at;
    at.skip(16);
    let Some(identity) = Identity::read(&mut at) else {
        say_first(cx, op, first);
        return false;
    };
    let state = at.u8().unwrap_or(0xff);
    op.args = Some([u64::from(version), u64::from(identity.status), u64::from(state), 0]);
    say_first(cx, op, first);
    endpoint(cx, spec::ADDRESS, &mut place);
    identity.say(cx, vocab::Subject::Sender, spec::IDENTITY_SPECS);
    true
}

/// A socket address of the device.
fn endpoint(cx: &mut Cx<'_>, source: &'static AttrSpec, at: &mut Cursor<'_>) {
    if let Some((address, _)) = socket(at)
        && address != 0
    {
        let address = Ipv4Addr::from_bits(address);
        cx.attr(source, crate::line!("{address}").bytes());
    }
}

/// A communication service. CIP Vol 2 §2-4.6.3: version, capabilities, name.
fn service<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, first: bool, data: &'p [u8]) {
    let mut at = Cursor::new(data);
    if let (Some(version), Some(capabilities)) = (at.le16(), at.le16()) {
        op.args = Some([u64::from(version), u64::from(capabilities), 0, 0]);
        op.value = Value::Text(until_nul(at.rest()));
    }
    say_first(cx, op, first);
}
