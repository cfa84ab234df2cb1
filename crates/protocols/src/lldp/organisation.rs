//! Elements that organisations define. IEEE 802.1AB-2016 §8.6.

use super::spec;
use crate::common::address;
use crate::line;
use dissect::Cx;
use vocab::{Target, Value};

/// Says an organisationally specific element: three bytes of organisation, a subtype, a value.
pub(super) fn say(cx: &mut Cx<'_>, value: &[u8]) {
    match *value {
        [0x00, 0x80, 0xc2, 3, ref rest @ ..] => vlan_name(cx, rest),
        [0x00, 0x12, 0xbb, subtype, ref rest @ ..] => med(cx, subtype, rest),
        [0x00, 0x0e, 0xcf, 5, ref mac @ ..] => {
            if let Some(mac) = address::mac(mac) {
                cx.attr(spec::PROFINET_CHASSIS, line!("{mac}").bytes());
            }
        }
        _ => {}
    }
}

/// VLAN number, length, name. IEEE 802.1Q-2018 §D.2.3.
fn vlan_name(cx: &mut Cx<'_>, value: &[u8]) {
    let &[high, low, _len, ref name @ ..] = value else { return };
    let index = u64::from(u16::from_be_bytes([high, low]));
    let target = Target { area: spec::VLAN, index, count: 1, extra: 0, name: &[] };
    cx.item(target, Value::Text(name));
}

/// Inventory of media endpoints. ANSI/TIA-1057 §10.2.6.
fn med(cx: &mut Cx<'_>, subtype: u8, value: &[u8]) {
    let attribute = match subtype {
        5 => spec::MED_HARDWARE,
        6 => spec::MED_FIRMWARE,
        7 => spec::MED_SOFTWARE,
        8 => spec::MED_SERIAL,
        9 => spec::MED_VENDOR,
        10 => spec::MED_MODEL,
        11 => spec::MED_ASSET,
        _ => return,
    };
    cx.attr(attribute, value);
}
