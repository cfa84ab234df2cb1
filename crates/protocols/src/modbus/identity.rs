//! What a device tells of itself: function 43/14 and function 17.

use super::spec;
use crate::common::text::is_text;
use decode::Cursor;
use dissect::Cx;
use vocab::{Part, Subject};

/// The device at the address, or the serial unit behind it. MODBUS TCP v1.0b §4.4.1.2: 0 and 255
/// are the device itself.
fn subject(unit: Option<u32>) -> Subject {
    match unit {
        None | Some(0 | 255) => Subject::Sender,
        Some(number) => Subject::SenderPart(Part { kind: "unit", number }),
    }
}

/// Answer to read device identification, behind the MEI type. MODBUS AP v1.1b3 §6.21.
pub(super) fn device(cx: &mut Cx<'_>, unit: Option<u32>, mut at: Cursor<'_>) {
    // Read code, conformity, more follows, next object, number of objects.
    let Some(&[_, _, _, _, count]) = at.chunk() else {
        cx.fault(spec::BAD_PDU, at.all());
        return;
    };
    for _ in 0..count {
        let (Some(object), Some(len)) = (at.u8(), at.u8()) else {
            cx.fault(spec::BAD_PDU, at.all());
            return;
        };
        let value = at.take_up_to(usize::from(len));
        let attribute = match object {
            0 => spec::VENDOR,
            1 => spec::PRODUCT_CODE,
            2 => spec::REVISION,
            3 => spec::URL,
            4 => spec::PRODUCT,
            5 => spec::MODEL,
            6 => spec::APPLICATION,
            _ if is_text(value) => spec::OTHER,
            _ => continue,
        };
        cx.attr_of(subject(unit), attribute, value);
    }
}

/// Answer to report server id: the maker's own bytes, shown where they are text. §6.13.
pub(super) fn server_id(cx: &mut Cx<'_>, unit: Option<u32>, id: &[u8]) {
    let printable = |b: &u8| b.is_ascii_graphic() || *b == b' ';
    let longest = id.split(|b| !printable(b)).max_by_key(|run| run.len()).unwrap_or(&[]);
    if longest.len() >= 4 {
        cx.attr_of(subject(unit), spec::SERVER_ID, longest);
    }
}
