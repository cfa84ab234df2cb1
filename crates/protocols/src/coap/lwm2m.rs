//! LwM2M: paths of numbers, `/object/instance/resource`, with the meaning OMA gave them.

use super::spec::{self, sub};
use crate::common::lines;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Target, Value};

/// Objects. OMA LwM2M Core 1.2.1 Appendix E.
const SECURITY: u16 = 0;
const SERVER: u16 = 1;
const ACCESS: u16 = 2;
const DEVICE: u16 = 3;
const FIRMWARE: u16 = 5;
const SOFTWARE: u16 = 9;
const OSCORE: u16 = 21;

/// Content formats. OMA LwM2M Core 1.2.1 §7.4.
const PLAIN: u64 = 0;
const TLV: u64 = 11_542;
const TLV_OLD: u64 = 1_542;

/// Object, instance, resource: as many as the path has; `None` where it is not made of numbers.
fn numbers(path: &[u8]) -> Option<[Option<u16>; 3]> {
    let mut out = [None; 3];
    let mut parts = path.strip_prefix(b"/")?.split(|byte| *byte == b'/');
    for place in &mut out {
        let Some(part) = parts.next() else { break };
        *place = Some(u16::try_from(lines::decimal(part)?).ok()?);
    }
    // A fourth number counts instances of a resource.
    (parts.count() <= 1).then_some(out)
}

/// What a POST does.
pub(super) fn post(path: &[u8], payload: &[u8]) -> Option<u16> {
    if is_registration(path) {
        return Some(sub::REGISTER);
    }
    Some(match numbers(path)? {
        [Some(DEVICE), Some(_), Some(4)] => sub::REBOOT,
        [Some(DEVICE), Some(_), Some(5)] => sub::FACTORY_RESET,
        [Some(FIRMWARE | SOFTWARE), ..] => sub::FIRMWARE,
        [Some(SECURITY | SERVER | ACCESS | OSCORE), ..] => sub::SETTING,
        // Arguments of an execution are short text, or there are none. §6.3.5.
        [Some(_), Some(_), Some(_)] if payload.len() <= 64 => sub::EXECUTE,
        _ => return None,
    })
}

/// What a PUT does.
pub(super) fn put(path: &[u8]) -> Option<u16> {
    match numbers(path)? {
        [Some(FIRMWARE | SOFTWARE), ..] => Some(sub::FIRMWARE),
        [Some(DEVICE), Some(_), Some(13)] => Some(sub::CLOCK),
        [Some(SECURITY | SERVER | ACCESS | OSCORE), ..] => Some(sub::SETTING),
        _ => None,
    }
}

/// What a DELETE does.
pub(super) fn delete(path: &[u8]) -> Option<u16> {
    if is_registration(path) {
        return Some(sub::REGISTER);
    }
    match numbers(path)? {
        [Some(SECURITY | SERVER | ACCESS | OSCORE), ..] => Some(sub::SETTING),
        _ => None,
    }
}

/// `/rd` and what it handed out. RFC 9176 §5.
fn is_registration(path: &[u8]) -> bool {
    path == b"/rd" || path.starts_with(b"/rd/")
}

/// What a resource of the device object names. Appendix E.4.
fn attribute(resource: u16) -> Option<&'static AttrSpec> {
    match resource {
        0 => Some(spec::VENDOR),
        1 => Some(spec::MODEL),
        2 => Some(spec::SERIAL),
        3 => Some(spec::FIRMWARE),
        17 => Some(spec::PRODUCT),
        18 => Some(spec::HARDWARE),
        19 => Some(spec::SOFTWARE),
        _ => None,
    }
}

/// Says what the answer to a read of the device object names.
pub(super) fn identity(cx: &mut Cx<'_>, path: &[u8], format: u64, payload: &[u8]) {
    match (numbers(path), format) {
        (Some([Some(DEVICE), Some(_), Some(resource)]), PLAIN) => {
            if let Some(spec) = attribute(resource) {
                cx.attr(spec, payload);
            }
        }
        (Some([Some(DEVICE), ..]), TLV | TLV_OLD) => device(cx, payload),
        _ => {}
    }
}

/// The device object as type, length and value. §7.4.3.
fn device(cx: &mut Cx<'_>, payload: &[u8]) {
    let mut at = Cursor::new(payload);
    while let Some((kind, id, value)) = entry(&mut at) {
        match kind {
            // An instance of the object: its resources are inside.
            0 => {
                let mut inside = Cursor::new(value);
                while let Some((kind, id, value)) = entry(&mut inside) {
                    resource(cx, kind, id, value);
                }
            }
            _ => resource(cx, kind, id, value),
        }
    }
}

fn resource(cx: &mut Cx<'_>, kind: u8, id: u16, value: &[u8]) {
    // A resource with a value of its own.
    if kind != 3 {
        return;
    }
    if let Some(spec) = attribute(id) {
        let area = spec::RESOURCE;
        let target = Target { area, index: u64::from(id), count: 1, extra: 0, name: &[] };
        cx.item(target, Value::Text(value));
        cx.attr(spec, value);
    }
}

/// Kind, identifier and value of one entry. §7.4.3, table 7.4.3-1.
fn entry<'p>(at: &mut Cursor<'p>) -> Option<(u8, u16, &'p [u8])> {
    let first = at.u8()?;
    let id = if first & 0x20 == 0 { u16::from(at.u8()?) } else { at.be16()? };
    let len = match first >> 3 & 3 {
        0 => u32::from(first & 7),
        1 => u32::from(at.u8()?),
        2 => u32::from(at.be16()?),
        _ => at.be24()?,
    };
    Some((first >> 6, id, at.take(vocab::sat_usize(u64::from(len)))?))
}
