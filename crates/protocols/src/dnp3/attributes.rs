//! Device attributes: who made the device, what it is, where it stands. IEEE 1815-2012 A.1.

use super::objects::Walk;
use super::points::{absolute, text_or_bytes};
use super::{spec, table};
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, FaultSpec, Target, Value};

/// Says one attribute: type, length, content.
pub(super) fn say(
    walk: &Walk,
    cx: &mut Cx<'_>,
    at: &mut Cursor<'_>,
    variation: u8,
    set: u64,
) -> Result<(), &'static FaultSpec> {
    let kind = at.u8().ok_or(spec::OBJECT_CUT)?;
    let len = usize::from(at.u8().ok_or(spec::OBJECT_CUT)?);
    // The length of the extended list counts from 256.
    let len = if kind == EXTENDED_LIST { len.saturating_add(256) } else { len };
    let content = at.take_up_to(len);
    let target = Target {
        area: table::ATTRIBUTE,
        index: u64::from(variation),
        count: 1,
        extra: vocab::low_u32(set),
        name: &[],
    };
    cx.item(target, value(kind, content));
    if content.len() < len {
        return Err(spec::OBJECT_CUT);
    }
    if kind == TEXT
        && set == 0
        && walk.is_response()
        && let Some(names) = naming(variation)
    {
        cx.attr_of(walk.sender, names, content);
    }
    Ok(())
}

/// Visible characters.
const TEXT: u8 = 1;
/// A list of attributes longer than 255 bytes.
const EXTENDED_LIST: u8 = 255;

/// The content by its type. A.1, attribute data type codes.
fn value(kind: u8, content: &[u8]) -> Value<'_> {
    let mut at = Cursor::new(content);
    let number = match (kind, content.len()) {
        (TEXT, _) => return Value::Text(content),
        (2, 1) => at.u8().map(|n| Value::Uint(u64::from(n))),
        (2, 2) => at.le16().map(|n| Value::Uint(u64::from(n))),
        (2, 4) => at.le32().map(|n| Value::Uint(u64::from(n))),
        (3, 1) => at.u8().map(|n| Value::Int(i64::from(n.cast_signed()))),
        (3, 2) => at.le16().map(|n| Value::Int(i64::from(n.cast_signed()))),
        (3, 4) => at.le32().map(|n| Value::Int(i64::from(n.cast_signed()))),
        (4, 4) => at.le32().map(|n| Value::Real(f64::from(f32::from_bits(n)))),
        (4, 8) => at.le64().map(|n| Value::Real(f64::from_bits(n))),
        (5, _) => return text_or_bytes(content),
        (7, 6) => absolute(&mut at).map(Value::Time),
        _ => None,
    };
    number.unwrap_or(Value::Bytes(content))
}

/// The attributes of the standard's own set that name a device.
fn naming(variation: u8) -> Option<&'static AttrSpec> {
    Some(match variation {
        196 => spec::CONFIGURATION,
        197 => spec::CONFIGURATION_VERSION,
        202 => spec::RESOURCE,
        206 => spec::SECOND_OPERATOR,
        207 => spec::OPERATOR,
        208 => spec::SYSTEM,
        242 => spec::FIRMWARE,
        243 => spec::HARDWARE,
        244 => spec::OWNER,
        245 => spec::LOCATION,
        246 => spec::ID_CODE,
        247 => spec::NAME,
        248 => spec::SERIAL,
        249 => spec::SUBSET,
        250 => spec::PRODUCT,
        252 => spec::VENDOR,
        _ => return None,
    })
}
