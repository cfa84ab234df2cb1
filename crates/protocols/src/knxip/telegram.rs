//! Telegrams in the common format (cEMI). KNX 3/6/3 §4.1, 3/3/7.

use super::operations::{CONTROL, LOCAL, ROUTING, TUNNELLING};
use super::service::Connection;
use super::{device as own, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Status, Target, Value};

/// Message codes of telegrams: asked for, confirmed, indicated. §4.1.3.
const DATA_REQUEST: u8 = 0x11;
const DATA_CONFIRMATION: u8 = 0x2e;
const DATA_INDICATION: u8 = 0x29;

/// An individual address as a target.
pub(super) fn device(address: u16) -> Target<'static> {
    Target { area: spec::DEVICE, index: u64::from(address), count: 1, extra: 0, name: &[] }
}

/// Says a message with the telegram or local request that it carries.
pub(super) fn say(
    cx: &mut Cx<'_>,
    code: u32,
    connection: Connection,
    whole: &[u8],
    mut at: Cursor<'_>,
) -> Option<()> {
    let message = at.u8();
    let role = match message {
        _ if code == ROUTING => Role::Event,
        Some(DATA_REQUEST | 0xf1 | 0xf6 | 0xf8 | 0xf9 | 0xfc) => Role::Request,
        Some(0xf0 | 0xf5 | 0xfa | 0xfb) => Role::Response,
        _ => Role::Event,
    };
    let mut op = Op::new(code, role, whole);
    op.args = Some(connection.args());
    // Tunnelled telegrams pair with their acknowledgement, local requests with their answer.
    op.tx = match (code, role) {
        (_, Role::Event) => None,
        (TUNNELLING, _) => Some(connection.key(code)),
        _ => Some(Connection { sequence: 0, ..connection }.key(code)),
    };
    let Some(message) = message else {
        cx.op(&op);
        return None;
    };
    match message {
        DATA_REQUEST | DATA_CONFIRMATION | DATA_INDICATION => {
            let told = telegram(cx, op, at);
            if told.is_none() && !cx.cut() {
                cx.fault(spec::BAD_TELEGRAM, whole);
            }
            Some(())
        }
        _ => {
            op.sub = Some(LOCAL | u16::from(message));
            local(cx, op, message, at)
        }
    }
}

/// Additional information, two control bytes, source, destination, length, then the content.
/// §4.1.5.3.
fn telegram(cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    let Some(telegram) = Telegram::read(&mut at) else {
        cx.op(&op);
        return None;
    };
    let [channel, sequence, ..] = op.args.unwrap_or_default();
    let (from, to) = (u64::from(telegram.source), u64::from(telegram.destination));
    op.args = Some([channel, sequence, from, to]);
    op.sub = Some(telegram.service);
    cx.op(&op);
    let target = if telegram.group {
        Target { area: spec::GROUP, index: to, count: 1, extra: 0, name: &[] }
    } else {
        device(telegram.destination)
    };
    cx.item(target, telegram.value());
    Some(())
}

struct Telegram<'p> {
    group: bool,
    source: u16,
    destination: u16,
    /// The application service, or transport control.
    service: u16,
    /// Six bits that share a byte with the service.
    small: u8,
    data: &'p [u8],
}

impl<'p> Telegram<'p> {
    fn read(at: &mut Cursor<'p>) -> Option<Self> {
        let additional = at.u8()?;
        at.skip(usize::from(additional))?;
        let (_control, control2) = (at.u8()?, at.u8()?);
        let (source, destination, len) = (at.be16()?, at.be16()?, at.u8()?);
        let first = at.u8()?;
        let telegram = |service, small, data| Self {
            group: control2 & 0x80 != 0,
            source,
            destination,
            service,
            small,
            data,
        };
        // The highest bit: transport control without data. KNX 3/3/4 §2.1.
        if first & 0x80 != 0 {
            // The middle bits count the telegrams of a connection.
            return Some(telegram(CONTROL | u16::from(first & 0xc3), 0, &[]));
        }
        let second = at.u8()?;
        let number = u16::from_be_bytes([first & 3, second]);
        let data = at.take_up_to(usize::from(len).saturating_sub(1));
        Some(telegram(service(number), second & 0x3f, data))
    }

    /// Values of up to six bits stand in the service's byte, longer ones behind it.
    fn value(&self) -> Value<'p> {
        match (self.service, self.data) {
            (0x040 | 0x080, []) => Value::Uint(u64::from(self.small)),
            (_, []) => Value::None,
            (_, data) => Value::Bytes(data),
        }
    }
}

/// The ten bits of an application service; some have only four, with data in the others.
/// KNX 3/3/7 §2.
const fn service(number: u16) -> u16 {
    match number {
        0x1c8..=0x1ca | 0x2c0..=0x2ff | 0x380..=0x3ff => number,
        _ => number & 0x3c0,
    }
}

/// Local management: object type, instance, property, number of elements and start, data.
/// §4.1.7.3. An answer without elements tells an error instead.
fn local<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, message: u8, mut at: Cursor<'p>) -> Option<()> {
    if op.role == Role::Response {
        op.status = Status::Ok;
    }
    if matches!(message, 0xf0 | 0xf1) || message < 0xf0 {
        op.value = if at.is_empty() { Value::None } else { Value::Bytes(at.rest()) };
        cx.op(&op);
        return Some(());
    }
    let (object, _instance, property) = (at.be16(), at.u8(), at.u8());
    let elements = at.be16().map_or(0, |n| n >> 12);
    let data = at.rest();
    if op.role == Role::Response && elements == 0 {
        op.status = Status::Error(data.first().map_or(0x0f, |code| u32::from(*code)));
    }
    if let (Some([channel, sequence, ..]), Some(object), Some(property)) =
        (op.args, object, property)
    {
        op.args = Some([channel, sequence, u64::from(object), u64::from(property)]);
    }
    cx.op(&op);
    let (object, property) = (object?, property?);
    let extra = u32::from(property);
    let target =
        Target { area: spec::PROPERTY, index: u64::from(object), count: 1, extra, name: &[] };
    let value = if data.is_empty() { Value::None } else { Value::Bytes(data) };
    cx.item(target, value);
    if message == 0xfb && elements > 0 {
        own::property(cx, object, property, data);
    }
    Some(())
}
