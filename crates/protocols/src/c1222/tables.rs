//! What a meter tells of itself: the identification service and the first standard tables.

use super::acse::title;
use super::spec;
use crate::common::ber;
use crate::common::text::is_text;
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Value};

/// Standard, version, revision, then features until a zero. IEEE 1703-2012 §5.3.2.4.1.
pub(super) fn identify(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    let &[standard, version, revision] = at.chunk()?;
    // 0 C12.18, 2 C12.21, 3 C12.22.
    let text = line!("standard {standard} version {version}.{revision}");
    cx.op(&Op { value: Value::Text(text.bytes()), ..*op });
    loop {
        match at.u8()? {
            0 => return Some(()),
            // The security mechanism, as an object identifier.
            4 => {
                ber::next(&mut at)?;
            }
            // How many sessions.
            5 => at.skip(1)?,
            6 => {
                let class = ber::next(&mut at)?;
                cx.attr(spec::DEVICE_CLASS, title(&class).bytes());
            }
            7 => {
                let len = at.u8()?;
                let (_format, identity) = at.take(usize::from(len))?.split_first()?;
                if is_text(identity) {
                    cx.attr(spec::DEVICE_IDENTITY, identity);
                } else {
                    let hex = line!("{}", Value::Bytes(identity));
                    cx.attr(spec::DEVICE_IDENTITY, hex.bytes());
                }
            }
            _ => return None,
        }
    }
}

/// A whole table that was read. IEEE 1377-2012 §9.1.
pub(super) fn identity(cx: &mut Cx<'_>, table: u64, data: &[u8]) {
    let mut at = Cursor::new(data);
    match table {
        // Manufacturer, model, versions and revisions of hardware and firmware, serial number.
        1 => {
            let (Some(maker), Some(model)) = (at.take(4), at.take(8)) else { return };
            cx.attr(spec::MANUFACTURER, maker);
            cx.attr(spec::MODEL, model);
            let Some(&[hardware, revision, firmware, release]) = at.chunk() else { return };
            cx.attr(spec::HARDWARE, line!("{hardware}.{revision}").bytes());
            cx.attr(spec::FIRMWARE, line!("{firmware}.{release}").bytes());
            if is_text(at.rest()) {
                cx.attr(spec::SERIAL, at.rest());
            }
        }
        5 if is_text(data) => cx.attr(spec::IDENTIFICATION, data),
        _ => {}
    }
}
