//! UDS: the services of control units. ISO 14229-1:2020.

use super::wire::{HEADER_LEN, kind};
use super::{Flow, identity, spec};
use crate::common::text::is_text;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Part, Role, Status, Subject, Target, Value};

/// Services. ISO 14229-1:2020 §8.
mod service {
    pub(super) const SESSION: u8 = 0x10;
    pub(super) const READ_DATA: u8 = 0x22;
    pub(super) const READ_MEMORY: u8 = 0x23;
    pub(super) const READ_SCALING: u8 = 0x24;
    pub(super) const SECURITY: u8 = 0x27;
    pub(super) const AUTHENTICATION: u8 = 0x29;
    pub(super) const WRITE_DATA: u8 = 0x2e;
    pub(super) const CONTROL_IO: u8 = 0x2f;
    pub(super) const ROUTINE: u8 = 0x31;
    pub(super) const DOWNLOAD: u8 = 0x34;
    pub(super) const UPLOAD: u8 = 0x35;
    pub(super) const FILE: u8 = 0x38;
    pub(super) const WRITE_MEMORY: u8 = 0x3d;
    pub(super) const NEGATIVE: u8 = 0x7f;
}

/// The answer comes later. Annex A.1.
const PENDING: u8 = 0x78;
/// Identifiers of one request that are said.
const IDENTIFIERS_MAX: usize = 64;
/// Bytes of a message that holds a secret which are kept as evidence: up to the subfunction.
const OPEN_PART: usize = HEADER_LEN + 6;

/// A control unit has one request of a tester at a time.
fn key(unit: u16, tester: u16) -> u64 {
    1 << 63 | u64::from(unit) << 16 | u64::from(tester)
}

/// The message between the two addresses and the service.
struct Parts<'p> {
    source: u16,
    target: u16,
    service: u8,
    /// Behind the service.
    rest: &'p [u8],
}

fn parts(content: &[u8]) -> Option<Parts<'_>> {
    let mut at = Cursor::new(content);
    let (source, target, service) = (at.be16()?, at.be16()?, at.u8()?);
    Some(Parts { source, target, service, rest: at.rest() })
}

/// Says a diagnostic message. ISO 13400-2:2019 §9.5.
pub(super) fn say(flow: &Flow, cx: &mut Cx<'_>, message: &[u8], content: &[u8]) {
    let code = u32::from(kind::DIAGNOSTIC);
    let Some(parts) = parts(content) else {
        cx.op(&Op::new(code, Role::Request, message));
        return;
    };
    if parts.service == service::NEGATIVE {
        refused(cx, message, &parts);
    } else if parts.service & 0x40 == 0 {
        request(cx, message, &parts);
    } else {
        answer(flow, cx, message, &parts);
    }
}

/// A subfunction or an identifier, where the service has one.
fn parameter(service: u8, rest: &[u8]) -> u64 {
    let mut at = Cursor::new(rest);
    let number = match service {
        service::READ_DATA | service::READ_SCALING | service::WRITE_DATA | service::CONTROL_IO => {
            at.be16().map(u64::from)
        }
        service::READ_MEMORY | service::WRITE_MEMORY | service::DOWNLOAD | service::UPLOAD => None,
        _ => at.u8().map(u64::from),
    };
    number.unwrap_or(0)
}

/// The service, or one of its forms that means more.
fn sub(service: u8, rest: &[u8]) -> u16 {
    match (service, rest) {
        // The highest bit asks for no answer. §8.2.2.
        (service::SESSION, [2 | 0x82, ..]) => spec::sub::PROGRAMMING,
        (service::ROUTINE, [_, 0xff, 0x00, ..]) => spec::sub::ERASE,
        _ => u16::from(service),
    }
}

/// Without the keys that open a control unit.
fn evidence(service: u8, message: &[u8]) -> &[u8] {
    match service {
        service::SECURITY | service::AUTHENTICATION => message.get(..OPEN_PART).unwrap_or(message),
        _ => message,
    }
}

fn args(parts: &Parts<'_>, parameter: u64, count: u64) -> [u64; 4] {
    [u64::from(parts.source), u64::from(parts.target), parameter, count]
}

fn request(cx: &mut Cx<'_>, message: &[u8], parts: &Parts<'_>) {
    let service = parts.service;
    let reads = matches!(service, service::READ_DATA | service::READ_SCALING);
    let count = if reads { parts.rest.len() >> 1 } else { 0 };
    cx.op(&Op {
        sub: Some(sub(service, parts.rest)),
        tx: Some(key(parts.target, parts.source)),
        unit: Some(u32::from(parts.target)),
        args: Some(args(parts, parameter(service, parts.rest), u64::from(vocab::sat_u32(count)))),
        ..Op::new(u32::from(kind::DIAGNOSTIC), Role::Request, evidence(service, message))
    });
    let whole = if reads {
        for pair in parts.rest.chunks_exact(2).take(IDENTIFIERS_MAX) {
            let id = pair.iter().fold(0u64, |n, byte| n << 8 | u64::from(*byte));
            cx.item(place(spec::DATA, id, 1), Value::None);
        }
        count > 0
    } else {
        touches(cx, service, parts.rest).is_some()
    };
    if !whole && !cx.cut() {
        cx.fault(spec::BAD_SERVICE, message);
    }
}

fn place(area: &'static vocab::Area, index: u64, count: u32) -> Target<'static> {
    Target { area, index, count, extra: 0, name: &[] }
}

/// Text where it is one.
fn shown(value: &[u8]) -> Value<'_> {
    match value {
        [] => Value::None,
        text if is_text(text) => Value::Text(text),
        bytes => Value::Bytes(bytes),
    }
}

/// Says what a request touches; `None` where it is too short.
fn touches(cx: &mut Cx<'_>, service: u8, rest: &[u8]) -> Option<()> {
    let mut at = Cursor::new(rest);
    match service {
        service::WRITE_DATA | service::CONTROL_IO => {
            let id = at.be16()?;
            cx.item(place(spec::DATA, u64::from(id), 1), shown(at.rest()));
        }
        service::ROUTINE => {
            let _form = at.u8()?;
            let id = at.be16()?;
            cx.item(place(spec::ROUTINE, u64::from(id), 1), shown(at.rest()));
        }
        service::READ_MEMORY | service::WRITE_MEMORY => {
            let (address, size) = memory(&mut at)?;
            cx.item(place(spec::MEMORY, address, size), shown(at.rest()));
        }
        service::DOWNLOAD | service::UPLOAD => {
            let _format = at.u8()?;
            let (address, size) = memory(&mut at)?;
            cx.item(place(spec::MEMORY, address, size), Value::None);
        }
        service::FILE => {
            let _mode = at.u8()?;
            let len = at.be16()?;
            let name = at.take(usize::from(len))?;
            cx.item(Target { area: spec::FILE, index: 0, count: 0, extra: 0, name }, Value::None);
        }
        _ => {}
    }
    Some(())
}

/// Address and size, each of as many bytes as a byte before them says. §11.3, Annex H.1.
fn memory(at: &mut Cursor<'_>) -> Option<(u64, u32)> {
    let lengths = at.u8()?;
    let mut number = |len: u8| {
        let bytes = at.take(usize::from(len))?;
        Some(bytes.iter().fold(0u64, |n, byte| n << 8 | u64::from(*byte)))
    };
    let address = number(lengths & 0x0f)?;
    let size = number(lengths >> 4)?;
    Some((address, u32::try_from(size).unwrap_or(u32::MAX)))
}

/// A positive answer: the service with bit 6 set. §8.4.
fn answer(flow: &Flow, cx: &mut Cx<'_>, message: &[u8], parts: &Parts<'_>) {
    let service = parts.service & !0x40;
    let tx = key(parts.source, parts.target);
    let asked = cx.pending(tx);
    cx.op(&Op {
        sub: Some(sub(service, parts.rest)),
        tx: Some(tx),
        unit: Some(u32::from(parts.source)),
        args: Some(args(parts, parameter(service, parts.rest), 0)),
        status: Status::Ok,
        ..Op::new(u32::from(kind::DIAGNOSTIC), Role::Response, evidence(service, message))
    });
    let mut at = Cursor::new(parts.rest);
    match service {
        service::READ_DATA => {
            // Values of several identifiers stand together, and only the unit knows their sizes.
            let alone = asked.is_none_or(|asked| asked.args.last() == Some(&1));
            if let Some(id) = at.be16().filter(|_| alone) {
                cx.item(place(spec::DATA, u64::from(id), 1), shown(at.rest()));
                if message.len() < super::WHOLE_MAX && !cx.cut() {
                    identity::data(cx, subject(flow, parts.source), id, at.rest());
                }
            }
        }
        service::WRITE_DATA | service::CONTROL_IO => {
            if let Some(id) = at.be16() {
                cx.item(place(spec::DATA, u64::from(id), 1), shown(at.rest()));
            }
        }
        service::ROUTINE => {
            if let (Some(_), Some(id)) = (at.u8(), at.be16()) {
                cx.item(place(spec::ROUTINE, u64::from(id), 1), shown(at.rest()));
            }
        }
        _ => {}
    }
}

/// The sender, or a unit behind it.
fn subject(flow: &Flow, unit: u16) -> Subject {
    if flow.entity == Some(unit) {
        Subject::Sender
    } else {
        Subject::SenderPart(Part { kind: "ecu", number: u32::from(unit) })
    }
}

/// A negative answer. §8.5.
fn refused(cx: &mut Cx<'_>, message: &[u8], parts: &Parts<'_>) {
    let mut at = Cursor::new(parts.rest);
    let (service, code) = (at.u8(), at.u8());
    let tx = key(parts.source, parts.target);
    let asked = cx.pending(tx);
    // Its subcode is the request's, where that is known.
    let sub = match asked {
        Some(asked) if asked.code == u32::from(kind::DIAGNOSTIC) => asked.sub,
        _ => service.map(u16::from),
    };
    let later = code == Some(PENDING);
    let error = code.map(|code| Status::Error(spec::error(kind::DIAGNOSTIC, code)));
    cx.op(&Op {
        sub,
        tx: Some(tx).filter(|_| !later),
        unit: Some(u32::from(parts.source)),
        args: Some(args(parts, asked.map_or(0, |asked| asked.args[2]), 0)),
        status: if later { Status::None } else { error.unwrap_or(Status::None) },
        ..Op::new(u32::from(kind::DIAGNOSTIC), Role::Response, message)
    });
    if error.is_none() && !cx.cut() {
        cx.fault(spec::BAD_SERVICE, message);
    }
}

/// The entity took a message over, or did not. ISO 13400-2:2019 §9.5, tables 30 and 32.
pub(super) fn acknowledged(cx: &mut Cx<'_>, kind: u16, message: &[u8], content: &[u8]) {
    let mut op = Op::new(u32::from(kind), Role::Response, message);
    if let Some(parts) = parts(content) {
        op.unit = Some(u32::from(parts.source));
        op.args = Some(args(&parts, u64::from(parts.service), 0));
        op.status = Status::Ok;
        if kind == kind::DIAGNOSTIC_NACK {
            op.tx = Some(key(parts.source, parts.target));
            op.status = Status::Error(spec::error(kind, parts.service));
        }
    }
    cx.op(&op);
}
