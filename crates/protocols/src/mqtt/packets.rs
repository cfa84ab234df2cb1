//! What packets say.

use super::wire::{
    CONNACK, CONNECT, Header, PINGREQ, PINGRESP, PUBACK, PUBCOMP, PUBLISH, PUBREC, PUBREL, SUBACK,
    SUBSCRIBE, UNSUBACK, UNSUBSCRIBE, properties, string, varint,
};
use super::{Flow, sparkplug, spec};
use crate::common::text::is_text;
use decode::Cursor;
use dissect::Cx;
use vocab::{Dir, Op, Proof, Role, Status, Subject, Target, Value};

/// Topics of one request to subscribe that are said.
const TOPICS_MAX: usize = 64;

/// A packet as far as it is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packet<'p> {
    pub(super) header: Header,
    /// From the fixed header on.
    pub(super) bytes: &'p [u8],
    /// Behind the fixed header.
    pub(super) body: &'p [u8],
    /// All that was sent is there.
    pub(super) is_whole: bool,
}

/// Says a packet.
pub(super) fn say(flow: &mut Flow, cx: &mut Cx<'_>, packet: &Packet<'_>) {
    let at = Cursor::new(packet.body);
    let read = match packet.header.kind {
        CONNECT => connect(flow, cx, packet, at),
        CONNACK => connected(flow, cx, packet, at),
        PUBLISH => publish(flow, cx, packet, at),
        PUBACK | PUBREC | PUBREL | PUBCOMP => acknowledge(cx, packet, at),
        SUBSCRIBE | UNSUBSCRIBE => subscribe(flow, cx, packet, at),
        SUBACK | UNSUBACK => subscribed(flow, cx, packet, at),
        PINGREQ => {
            let tx = Some(key(PINGREQ, cx.dir(), 0));
            cx.op(&Op { tx, ..op(packet, Role::Request) });
            Some(())
        }
        PINGRESP => {
            let tx = Some(key(PINGREQ, cx.dir().flip(), 0));
            cx.op(&Op { tx, status: Status::Ok, ..op(packet, Role::Response) });
            Some(())
        }
        _ => {
            leave(cx, packet, at);
            Some(())
        }
    };
    if read.is_none() && packet.is_whole && !cx.cut() {
        cx.fault(spec::BAD_PACKET, packet.bytes);
    } else if !packet.header.has_valid_flags() {
        cx.fault(spec::BAD_FLAGS, packet.bytes.get(..1).unwrap_or(&[]));
    }
}

fn op<'p>(packet: &Packet<'p>, role: Role) -> Op<'p> {
    Op::new(u32::from(packet.header.kind), role, packet.bytes)
}

/// Packet identifiers are counted by each side on its own. MQTT 3.1.1 §2.3.1.
fn key(kind: u8, asks: Dir, id: u16) -> u64 {
    let side = u64::from(asks != Dir::Up);
    u64::from(kind) << 24 | side << 16 | u64::from(id)
}

/// MQTT 3.1.1 §3.1, MQTT 5 §3.1. The password is neither said nor kept.
fn connect(
    flow: &mut Flow,
    cx: &mut Cx<'_>,
    packet: &Packet<'_>,
    mut at: Cursor<'_>,
) -> Option<()> {
    let mut request = op(packet, Role::Request);
    request.tx = Some(key(CONNECT, cx.dir(), 0));
    // The name and what follows it may hold secrets: the fixed part is evidence enough.
    let fixed = |at: &mut Cursor<'_>| {
        let _name = string(at)?;
        Some((at.u8()?, at.u8()?, at.be16()?))
    };
    let Some((level, flags, keep_alive)) = fixed(&mut at) else {
        request.pdu = packet.bytes.get(..packet.header.len).unwrap_or(&[]);
        cx.op(&request);
        return None;
    };
    let version = level & 0x7f;
    flow.version = version;
    request.args = Some([u64::from(version), u64::from(keep_alive), u64::from(flags), 0]);
    let fixed_end = packet.header.len.saturating_add(at.position());
    request.pdu = packet.bytes.get(..fixed_end).unwrap_or(&[]);
    cx.op(&request);
    properties(&mut at, version)?;
    let client = string(&mut at)?;
    if flags & 0x04 != 0 {
        properties(&mut at, version)?;
        let topic = string(&mut at)?;
        let value = string(&mut at)?;
        cx.item(target(spec::WILL, topic), shown(value));
    }
    cx.attr(spec::CLIENT_ID, client);
    if flags & 0x80 != 0 {
        cx.attr(spec::USER, string(&mut at)?);
    }
    Some(())
}

/// MQTT 3.1.1 §3.2, MQTT 5 §3.2.
fn connected(flow: &Flow, cx: &mut Cx<'_>, packet: &Packet<'_>, mut at: Cursor<'_>) -> Option<()> {
    let mut answer = op(packet, Role::Response);
    answer.tx = Some(key(CONNECT, cx.dir().flip(), 0));
    let (Some(flags), Some(code)) = (at.u8(), at.u8()) else {
        cx.op(&answer);
        return None;
    };
    answer.args = Some([u64::from(flags & 1), u64::from(code), 0, 0]);
    answer.status = if code == 0 { Status::Ok } else { Status::Error(u32::from(code)) };
    cx.op(&answer);
    let mut all = Cursor::new(properties(&mut at, flow.version)?);
    while let Some(id) = varint(&mut all) {
        match id {
            0x12 => cx.attr_of(Subject::Receiver, spec::ASSIGNED_ID, string(&mut all)?),
            // Numbers of one, two and four bytes, then texts. MQTT 5 §2.2.2.2.
            0x24 | 0x25 | 0x28 | 0x29 | 0x2a => all.skip(1)?,
            0x13 | 0x21 | 0x22 => all.skip(2)?,
            0x11 | 0x27 => all.skip(4)?,
            0x15 | 0x16 | 0x1a | 0x1c | 0x1f => {
                string(&mut all)?;
            }
            0x26 => {
                string(&mut all)?;
                string(&mut all)?;
            }
            _ => return None,
        }
    }
    Some(())
}

/// MQTT 3.1.1 §3.3, MQTT 5 §3.3.
fn publish(flow: &Flow, cx: &mut Cx<'_>, packet: &Packet<'_>, mut at: Cursor<'_>) -> Option<()> {
    let flags = packet.header.flags;
    let (qos, retain, again) = (flags >> 1 & 3, flags & 1, flags >> 3);
    let from_client = cx.from_client() != Some(false);
    let mut request = op(packet, if from_client { Role::Request } else { Role::Event });
    request.proof = Proof::Context;
    let mut fields = || {
        let topic = string(&mut at)?;
        let id = if qos > 0 { at.be16()? } else { 0 };
        Some((topic, id))
    };
    let Some((topic, id)) = fields() else {
        cx.op(&request);
        return None;
    };
    request.tx = if qos > 0 { Some(key(PUBLISH, cx.dir(), id)) } else { None };
    request.args = Some([qos.into(), retain.into(), again.into(), id.into()]);
    let sparkplug = sparkplug::Topic::read(topic);
    request.sub = sparkplug.as_ref().map(|topic| topic.sub);
    cx.op(&request);
    let read = properties(&mut at, flow.version);
    let value = at.rest();
    let known = packet.is_whole && read.is_some() && !value.is_empty();
    match sparkplug {
        Some(sparkplug) if sparkplug.has_metrics() => {
            cx.item(target(spec::TOPIC, topic), Value::None);
            sparkplug.name(cx, from_client);
            if known {
                sparkplug.metrics(cx, value, from_client);
            }
        }
        _ => cx.item(target(spec::TOPIC, topic), if known { shown(value) } else { Value::None }),
    }
    read.map(|_| ())
}

fn target<'p>(area: &'static vocab::Area, name: &'p [u8]) -> Target<'p> {
    Target { area, index: 0, count: 0, extra: 0, name }
}

/// Text where it is one.
fn shown(value: &[u8]) -> Value<'_> {
    if is_text(value) { Value::Text(value) } else { Value::Bytes(value) }
}

/// Acknowledgements. Who released or completes is the side that published. MQTT 3.1.1 §4.3.
fn acknowledge(cx: &mut Cx<'_>, packet: &Packet<'_>, mut at: Cursor<'_>) -> Option<()> {
    let kind = packet.header.kind;
    let role = if kind == PUBREL { Role::Request } else { Role::Response };
    let mut answer = Op { proof: Proof::Context, ..op(packet, role) };
    let Some(id) = at.be16() else {
        cx.op(&answer);
        return None;
    };
    let (of, asks) = match kind {
        PUBREL => (PUBREL, cx.dir()),
        PUBCOMP => (PUBREL, cx.dir().flip()),
        _ => (PUBLISH, cx.dir().flip()),
    };
    answer.tx = Some(key(of, asks, id));
    // A reason in version 5; success where it is left out. MQTT 5 §3.4.2.1.
    let code = at.u8().unwrap_or(0);
    answer.args = Some([u64::from(id), u64::from(code), 0, 0]);
    if role == Role::Response {
        answer.status = ended(code);
    }
    cx.op(&answer);
    Some(())
}

/// Codes from 128 on are failures. MQTT 5 §2.4.
fn ended(code: u8) -> Status {
    if code >= 0x80 { Status::Error(u32::from(code)) } else { Status::Ok }
}

/// MQTT 3.1.1 §3.8, §3.10.
fn subscribe(flow: &Flow, cx: &mut Cx<'_>, packet: &Packet<'_>, mut at: Cursor<'_>) -> Option<()> {
    let kind = packet.header.kind;
    let mut request = op(packet, Role::Request);
    let Some(id) = at.be16() else {
        cx.op(&request);
        return None;
    };
    request.tx = Some(key(kind, cx.dir(), id));
    request.args = Some([u64::from(id), 0, 0, 0]);
    cx.op(&request);
    properties(&mut at, flow.version)?;
    for _ in 0..TOPICS_MAX {
        if at.is_empty() {
            break;
        }
        let topic = string(&mut at)?;
        let qos =
            if kind == SUBSCRIBE { Value::Uint(u64::from(at.u8()? & 3)) } else { Value::None };
        cx.item(target(spec::TOPIC, topic), qos);
    }
    Some(())
}

/// MQTT 3.1.1 §3.9, §3.11: a code per topic; the worst counts.
fn subscribed(flow: &Flow, cx: &mut Cx<'_>, packet: &Packet<'_>, mut at: Cursor<'_>) -> Option<()> {
    let mut answer = op(packet, Role::Response);
    let Some(id) = at.be16() else {
        cx.op(&answer);
        return None;
    };
    let asked = if packet.header.kind == SUBACK { SUBSCRIBE } else { UNSUBSCRIBE };
    answer.tx = Some(key(asked, cx.dir().flip(), id));
    let read = properties(&mut at, flow.version);
    let worst = at.rest().iter().copied().max().unwrap_or(0);
    answer.args = Some([u64::from(id), u64::from(worst), 0, 0]);
    answer.status = ended(worst);
    cx.op(&answer);
    read.map(|_| ())
}

/// Leaving, and the steps of a login in version 5. MQTT 3.1.1 §3.14, MQTT 5 §3.14, §3.15.
fn leave(cx: &mut Cx<'_>, packet: &Packet<'_>, mut at: Cursor<'_>) {
    let mut event = Op { proof: Proof::Context, ..op(packet, Role::Event) };
    if let Some(code) = at.u8() {
        event.args = Some([u64::from(code), 0, 0, 0]);
        event.status = ended(code);
    }
    cx.op(&event);
}
