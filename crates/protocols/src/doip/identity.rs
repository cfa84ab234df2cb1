//! What names vehicles and control units.

use super::spec;
use crate::common::text::{Line, is_text};
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Subject, Value};

/// VIN, logical address, entity and group. ISO 13400-2:2019 §7.4, table 21.
pub(super) fn announcement(cx: &mut Cx<'_>, content: &[u8]) -> Option<()> {
    let mut at = Cursor::new(content);
    let vin = at.take(17)?;
    let logical = at.be16()?;
    if is_text(vin) {
        cx.attr(spec::VIN, vin);
    }
    cx.attr(spec::LOGICAL, line!("0x{logical:04x}").bytes());
    for spec in [spec::EID, spec::GID] {
        let id = at.take(6)?;
        // Not set: all zeros or all ones.
        if id.iter().any(|byte| *byte != 0) && id.iter().any(|byte| *byte != 0xff) {
            cx.attr(spec, line!("{}", Value::Bytes(id)).bytes());
        }
    }
    Some(())
}

/// What a data identifier names. ISO 14229-1:2020 Annex C.1.
fn attribute(identifier: u16) -> Option<&'static AttrSpec> {
    Some(match identifier {
        0xf180..=0xf185 => spec::APPLICATION,
        0xf187 => spec::PART,
        0xf188 | 0xf189 | 0xf194 | 0xf195 => spec::SOFTWARE,
        0xf18a => spec::SUPPLIER,
        0xf18c => spec::SERIAL,
        0xf190 => spec::DATA_VIN,
        0xf191..=0xf193 => spec::HARDWARE,
        0xf197 => spec::SYSTEM,
        0xf19e => spec::ODX,
        _ => return None,
    })
}

/// Says what the answer to a read names.
pub(super) fn data(cx: &mut Cx<'_>, of: Subject, identifier: u16, value: &[u8]) {
    let Some(spec) = attribute(identifier) else { return };
    // Records of identifications begin with their count. Annex C.1, F180 to F182.
    let text = match (identifier, value) {
        (0xf180..=0xf182, [0..=8, rest @ ..]) => rest,
        _ => value,
    };
    let end = text
        .iter()
        .rposition(|byte| !matches!(byte, 0 | 0xff))
        .map_or(0, |at| at.saturating_add(1));
    let text = text.get(..end).unwrap_or(text);
    if is_text(text) {
        cx.attr_of(of, spec, text);
    } else if !text.is_empty() {
        let short = value.get(..48).unwrap_or(value);
        cx.attr_of(of, spec, Line::<96>::of(format_args!("{}", Value::Bytes(short))).bytes());
    }
}
