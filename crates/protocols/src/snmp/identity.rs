//! Objects that name the device.

use super::spec;
use crate::common::inventory::{self, Field};
use crate::common::oid::{self, Oid};
use crate::common::text::Line;
use dissect::Cx;
use vocab::{AttrSpec, Part, Subject};

/// Says what an object's text tells of the agent. `object` is the encoded identifier.
pub(super) fn text(cx: &mut Cx<'_>, of: Subject, object: &[u8], value: &[u8]) {
    if let [0x2b, 6, 1, 2, 1, 1, 1, 0] = *object {
        cx.attr_of(of, spec::SYS_DESCRIPTION, value);
        siemens(cx, of, value);
    } else if let [0x2b, 6, 1, 2, 1, 47, 1, 1, 1, 1, column, ref index @ ..] = *object {
        entity(cx, of, column, index, value);
    } else if let Some(attribute) = attribute(object) {
        cx.attr_of(of, attribute, value);
    }
}

/// sysObjectID: the maker's own number for the product.
pub(super) fn identifier(cx: &mut Cx<'_>, of: Subject, object: &[u8], value: &[u8]) {
    if let [0x2b, 6, 1, 2, 1, 1, 2, 0] = *object {
        let text = Line::<128>::of(format_args!("{}", Oid(value)));
        cx.attr_of(of, spec::SYS_OBJECT_ID, text.bytes());
    }
}

/// Scalars with a fixed identifier: 1.3.6.1 and, in BER, what follows.
fn attribute(object: &[u8]) -> Option<&'static AttrSpec> {
    Some(match *object {
        // 2.1.1: system.
        [0x2b, 6, 1, 2, 1, 1, 4, 0] => spec::SYS_CONTACT,
        [0x2b, 6, 1, 2, 1, 1, 5, 0] => spec::SYS_NAME,
        [0x2b, 6, 1, 2, 1, 1, 6, 0] => spec::SYS_LOCATION,
        // 2.1.33.1.1: upsIdent.
        [0x2b, 6, 1, 2, 1, 33, 1, 1, 1, 0] => spec::UPS_VENDOR,
        [0x2b, 6, 1, 2, 1, 33, 1, 1, 2, 0] => spec::UPS_MODEL,
        [0x2b, 6, 1, 2, 1, 33, 1, 1, 3, 0] => spec::UPS_FIRMWARE,
        [0x2b, 6, 1, 2, 1, 33, 1, 1, 4, 0] => spec::UPS_AGENT,
        [0x2b, 6, 1, 2, 1, 33, 1, 1, 5, 0] => spec::UPS_NAME,
        // 2.1.43.5.1.1: prtGeneralTable, one row.
        [0x2b, 6, 1, 2, 1, 43, 5, 1, 1, 16, 1] => spec::PRINTER_NAME,
        [0x2b, 6, 1, 2, 1, 43, 5, 1, 1, 17, 1] => spec::PRINTER_SERIAL,
        // 4.1.4329.6.3.2.1.1: Siemens automationSystem.
        [0x2b, 6, 1, 4, 1, 0xa1, 0x69, 6, 3, 2, 1, 1, number, 0] => match number {
            2 => spec::SIEMENS_ORDER,
            3 => spec::SIEMENS_SERIAL,
            4 => spec::SIEMENS_HARDWARE,
            5 => spec::SIEMENS_FIRMWARE,
            _ => return None,
        },
        // 4.1.4196.1.1.8.3.100.1.8: Siemens snGen.
        [0x2b, 6, 1, 4, 1, 0xa0, 0x64, 1, 1, 8, 3, 100, 1, 8, number, 0] => match number {
            4 => spec::NET_FIRMWARE,
            6 => spec::NET_SERIAL,
            26 => spec::NET_ORDER,
            _ => return None,
        },
        // 4.1.248.14.1.1.2: Hirschmann; 4.1.13576.10.1.10.4: WAGO.
        [0x2b, 6, 1, 4, 1, 0x81, 0x78, 14, 1, 1, 2, 0] => spec::HIRSCHMANN_FIRMWARE,
        [0x2b, 6, 1, 4, 1, 0xea, 0x08, 10, 1, 10, 4, 0] => spec::WAGO_FIRMWARE,
        _ => return None,
    })
}

/// A column of entPhysicalTable. Row 1 is the device as a whole, or the chassis; the others are
/// what is in it. RFC 6933 §2.2.
fn entity(cx: &mut Cx<'_>, of: Subject, column: u8, index: &[u8], value: &[u8]) {
    let attribute = match column {
        2 => spec::ENT_DESCRIPTION,
        7 => spec::ENT_NAME,
        8 => spec::ENT_HARDWARE,
        9 => spec::ENT_FIRMWARE,
        10 => spec::ENT_SOFTWARE,
        11 => spec::ENT_SERIAL,
        12 => spec::ENT_VENDOR,
        13 => spec::ENT_MODEL,
        15 => spec::ENT_ASSET,
        _ => return,
    };
    let of = match (of, oid::number(index)) {
        (Subject::Sender, Some(number)) if number != 1 => {
            Subject::SenderPart(Part { kind: "entity", number })
        }
        _ => of,
    };
    cx.attr_of(of, attribute, value);
}

/// The identity fields that Siemens devices write into their description.
fn siemens(cx: &mut Cx<'_>, of: Subject, value: &[u8]) {
    for (field, part) in inventory::siemens(value) {
        let attribute = match field {
            Field::Vendor => spec::PART_VENDOR,
            Field::Product => spec::PART_PRODUCT,
            Field::OrderNumber => spec::PART_ORDER,
            Field::Hardware => spec::PART_HARDWARE,
            Field::Firmware => spec::PART_FIRMWARE,
            Field::Serial => spec::PART_SERIAL,
        };
        cx.attr_of(of, attribute, part);
    }
}
