//! Management messages. IEEE 1588-2008 §15.

use super::spec;
use crate::common::address;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Status};

/// The TLV that reads or sets something.
const MANAGEMENT: u16 = 1;
/// The TLV that says why not.
const ERROR: u16 = 2;
/// What the clock is.
const CLOCK_DESCRIPTION: u16 = 1;

/// What a management message holds.
#[derive(Clone, Copy, Default)]
pub(super) struct Management<'p> {
    /// The clock it is for; all ones is every clock.
    pub(super) target: u64,
    /// 0 get, 1 set, 2 response, 3 command, 4 acknowledge.
    pub(super) action: u8,
    /// What is read or set.
    pub(super) id: u16,
    /// Why it failed.
    pub(super) error: Option<u16>,
    pub(super) data: &'p [u8],
}

impl<'p> Management<'p> {
    /// From behind the header.
    pub(super) fn read(mut at: Cursor<'p>) -> Option<Self> {
        let target = at.be64()?;
        at.skip(4)?; // port, two hop counts
        let action = at.u8()? & 15;
        at.skip(1)?;
        let mut management = Self { target, action, ..Self::default() };
        let (Some(kind), Some(len)) = (at.be16(), at.be16()) else { return Some(management) };
        let mut content = Cursor::new(at.take_up_to(usize::from(len)));
        match kind {
            MANAGEMENT => {
                management.id = content.be16()?;
                management.data = content.rest();
            }
            ERROR => {
                management.error = Some(content.be16()?);
                management.id = content.be16()?;
            }
            _ => {}
        }
        Some(management)
    }

    pub(super) fn status(&self) -> Status {
        match (self.action, self.error) {
            (_, Some(error)) => Status::Error(u32::from(error)),
            (2 | 4, None) => Status::Ok,
            _ => Status::None,
        }
    }

    /// Says what the clock tells of itself.
    pub(super) fn say(&self, cx: &mut Cx<'_>) {
        if self.action == 2 && self.id == CLOCK_DESCRIPTION && self.error.is_none() {
            // Older messages end before the last fields.
            describe(cx, Cursor::new(self.data)).unwrap_or_default();
        }
    }
}

/// Clock type, physical layer, physical and protocol address, maker, product, revisions, user's
/// text. IEEE 1588-2008 §15.5.3.1.2.
fn describe(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    at.skip(2)?;
    let _layer = text(&mut at)?;
    let len = at.be16()?;
    let mac = at.take(usize::from(len))?;
    let _family = at.be16()?;
    let len = at.be16()?;
    let ip = at.take(usize::from(len))?;
    if let (Some(mac), Some(ip)) = (address::mac(mac), address::ip(ip)) {
        cx.bind(mac, ip);
    }
    at.skip(4)?; // the maker's organisation number, reserved
    parts(cx, text(&mut at)?, &[spec::VENDOR, spec::MODEL, spec::SERIAL]);
    parts(cx, text(&mut at)?, &[spec::HARDWARE, spec::FIRMWARE, spec::SOFTWARE]);
    parts(cx, text(&mut at)?, &[spec::NAME, spec::LOCATION]);
    Some(())
}

/// A length, then a text. IEEE 1588-2008 §5.3.9.
fn text<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let len = at.u8()?;
    at.take(usize::from(len))
}

/// Parts of a text, divided by semicolons.
fn parts(cx: &mut Cx<'_>, text: &[u8], attributes: &[&'static AttrSpec]) {
    for (part, attribute) in text.split(|b| *b == b';').zip(attributes) {
        cx.attr(attribute, part);
    }
}
