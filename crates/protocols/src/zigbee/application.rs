//! The application support layer, device objects and the cluster library.
//! ZigBee r22 §2.2.5, §2.4; ZCL rev. 8 §2.4, §2.5.

use super::network::Network;
use super::spec::{self, code};
use super::{event, node};
use crate::common::text::is_text;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Op, Part, Role, Status, Subject, Target, Value};

/// Attributes of one frame that are said.
const ATTRIBUTES_MAX: usize = 32;
/// The profile of device objects.
const DEVICE_PROFILE: u16 = 0;

/// What an application frame is for.
struct Frame {
    endpoint: u8,
    cluster: u16,
    profile: u16,
}

/// Says a frame of the network layer with data.
pub(super) fn say(cx: &mut Cx<'_>, network: &Network<'_>, bytes: &[u8]) {
    let mut at = Cursor::new(network.content);
    let control = at.u8().unwrap_or(0);
    let addresses = [u64::from(network.source), u64::from(network.target)];
    let kind = code::APS.saturating_add(u32::from(control & 3));
    // Commands, frames between networks and protected ones tell nothing more.
    let closed = matches!(control & 3, 1 | 3) || control & 0x20 != 0;
    let frame = if closed { None } else { header(control, &mut at) };
    let Some(frame) = frame else {
        let args = Some([addresses[0], addresses[1], 0, 0]);
        cx.op(&Op { args, ..event(kind, bytes) });
        node(cx, addresses[0]);
        return;
    };
    let public = matches!(frame.profile, 0x0101..=0x0109 | 0xc05e);
    if control & 3 == 0 && frame.profile == DEVICE_PROFILE {
        device(cx, addresses, &frame, &mut at, bytes);
    } else if control & 3 == 0 && public {
        library(cx, network.source, addresses, &frame, &mut at, bytes);
    } else {
        let args = [addresses[0], addresses[1], frame.profile.into(), frame.endpoint.into()];
        cx.op(&Op { args: Some(args), ..event(kind, bytes) });
        cluster(cx, &frame, Value::None);
    }
}

/// §2.2.5.1.
fn header(control: u8, at: &mut Cursor<'_>) -> Option<Frame> {
    let group = control >> 2 & 3 == 3;
    // The acknowledgement of a command has no endpoints.
    if control & 3 == 2 && control & 0x10 != 0 {
        return None;
    }
    let endpoint = if group { at.skip(2).map(|()| 0)? } else { at.u8()? };
    let (cluster, profile) = (at.le16()?, at.le16()?);
    let _source = at.u8()?;
    let _counter = at.u8()?;
    if control & 0x80 != 0 {
        let extended = at.u8()?;
        // A piece of a longer message: only the first begins with a header.
        if extended & 3 != 0 {
            at.skip(1)?;
        }
    }
    Some(Frame { endpoint, cluster, profile })
}

fn cluster(cx: &mut Cx<'_>, frame: &Frame, value: Value<'_>) {
    let index = u64::from(frame.cluster);
    cx.item(Target { area: spec::CLUSTER, index, count: 1, extra: 0, name: &[] }, value);
}

/// What pairs answers with requests: who asked whom, and a number.
fn key(asks: u64, answers: u64, number: u8) -> u64 {
    asks << 40 | answers << 16 | u64::from(number)
}

/// Device objects: the highest bit of the cluster marks an answer. §2.4.2.
fn device(cx: &mut Cx<'_>, [from, to]: [u64; 2], frame: &Frame, at: &mut Cursor<'_>, bytes: &[u8]) {
    let number = at.u8().unwrap_or(0);
    let answers = frame.cluster & 0x8000 != 0;
    let args = Some([from, to, 0, u64::from(frame.endpoint)]);
    let mut op = Op {
        sub: Some(frame.cluster & 0x7fff),
        tx: Some(key(from, to, number)),
        args,
        ..event(code::DEVICE_REQUEST, bytes)
    };
    op.role = Role::Request;
    if answers {
        op.code = code::DEVICE_RESPONSE;
        op.role = Role::Response;
        op.tx = Some(key(to, from, number));
        op.status = at.u8().map_or(Status::None, status);
    }
    cx.op(&op);
    cluster(cx, frame, Value::None);
}

fn status(code: u8) -> Status {
    if code == 0 { Status::Ok } else { Status::Error(u32::from(code)) }
}

/// A frame of the cluster library. ZCL rev. 8 §2.4.1.
fn library(
    cx: &mut Cx<'_>,
    source: u16,
    [from, to]: [u64; 2],
    frame: &Frame,
    at: &mut Cursor<'_>,
    bytes: &[u8],
) {
    let mut fields = || {
        let control = at.u8()?;
        if control & 4 != 0 {
            at.skip(2)?;
        }
        Some((control, at.u8()?, at.u8()?))
    };
    let Some((control, number, command)) = fields() else {
        cx.op(&Op { args: Some([from, to, 0, 0]), ..event(code::APS, bytes) });
        cluster(cx, frame, Value::None);
        return;
    };
    let general = control & 3 == 0;
    let mut op = Op {
        sub: Some(frame.cluster),
        args: Some([from, to, u64::from(command), u64::from(frame.endpoint)]),
        ..event(code::CLUSTER, bytes)
    };
    if general {
        op.code = code::GENERAL.saturating_add(u32::from(command));
    }
    match (general, command) {
        (true, 0 | 2 | 3 | 6 | 8 | 0x0c) => {
            op.role = Role::Request;
            op.tx = Some(key(from, to, number) << 1);
        }
        (true, 1 | 4 | 7 | 9 | 0x0b | 0x0d) => {
            op.role = Role::Response;
            op.tx = Some(key(to, from, number) << 1);
        }
        (false, _) => op.role = Role::Request,
        _ => {}
    }
    cx.op(&op);
    cluster(cx, frame, Value::None);
    if general {
        attributes(cx, source, frame.cluster, command, at);
    }
}

/// Attributes that are read, written and reported. ZCL rev. 8 §2.5.1 to §2.5.11.
fn attributes(cx: &mut Cx<'_>, source: u16, cluster: u16, command: u8, at: &mut Cursor<'_>) {
    let has_status = command == 1;
    let has_value = matches!(command, 1 | 2 | 3 | 5 | 0x0a);
    if command != 0 && !has_value {
        return;
    }
    for _ in 0..ATTRIBUTES_MAX {
        let Some(id) = at.le16() else { return };
        let status = if has_status { at.u8() } else { Some(0) };
        let read = match status {
            Some(0) if has_value => at.u8().and_then(|kind| value(kind, at)),
            _ => None,
        };
        let extra = u32::from(cluster);
        let target =
            Target { area: spec::ATTRIBUTE, index: u64::from(id), count: 1, extra, name: &[] };
        cx.item(target, read.unwrap_or_default());
        if let (0, Some(Value::Text(text))) = (cluster, read)
            && matches!(command, 1 | 0x0a)
            && let Some(spec) = identity(id)
        {
            let part = Part { kind: "node", number: u32::from(source) };
            cx.attr_of(Subject::SenderPart(part), spec, text);
        }
        if has_value && read.is_none() && status == Some(0) {
            return;
        }
    }
}

/// What an attribute of the basic cluster names. ZCL rev. 8 §3.2.2.2.
fn identity(id: u16) -> Option<&'static AttrSpec> {
    Some(match id {
        0x0004 => spec::VENDOR,
        0x0005 => spec::MODEL,
        0x000a => spec::ORDER,
        0x000d => spec::SERIAL,
        0x0010 => spec::LOCATION,
        0x4000 => spec::FIRMWARE,
        _ => return None,
    })
}

/// A value by its type; `None` for types that are not read. ZCL rev. 8 §2.6.2.
fn value<'p>(kind: u8, at: &mut Cursor<'p>) -> Option<Value<'p>> {
    let mut number = |len: u8| {
        let bytes = at.take(usize::from(len))?;
        Some(bytes.iter().rev().fold(0u64, |n, byte| n << 8 | u64::from(*byte)))
    };
    Some(match kind {
        0x10 => Value::Bool(number(1)? != 0),
        // Data, bit maps, unsigned numbers of one to eight bytes.
        0x08..=0x0f | 0x18..=0x1f | 0x20..=0x27 => {
            Value::Uint(number((kind & 7).saturating_add(1))?)
        }
        0x28..=0x2f => {
            let len = (kind & 7).saturating_add(1);
            let unused = 64u32.saturating_sub(u32::from(len).saturating_mul(8));
            Value::Int(number(len)?.wrapping_shl(unused).cast_signed() >> unused.min(63))
        }
        0x30 => Value::Uint(number(1)?),
        0x31 => Value::Uint(number(2)?),
        0x39 => Value::Real(f64::from(f32::from_le_bytes(*at.chunk()?))),
        0x41 | 0x42 => {
            let len = at.u8()?;
            // 0xff marks a text that is not there.
            let text = if len == 0xff { &[][..] } else { at.take(usize::from(len))? };
            if kind == 0x42 && is_text(text) { Value::Text(text) } else { Value::Bytes(text) }
        }
        0xe0..=0xe2 => Value::Uint(number(4)?),
        0xf0 => Value::Uint(number(8)?),
        _ => return None,
    })
}
