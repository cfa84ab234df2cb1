//! What a device tells of itself and of its objects. ASHRAE 135-2020 clause 12.

use super::names::{DEVICE, Reference, instance, kind};
use super::route::Route;
use super::tag::Element;
use super::value::{Scratch, text};
use super::{spec, vendors};
use crate::line;
use dissect::Cx;
use vocab::AttrSpec;

/// An instance number that stands for whichever device is asked. Clause 15.5.2.
const ANY_INSTANCE: u32 = 0x003f_ffff;

/// The answer to reading a property: says it where it names the device or one of its objects.
/// Clauses 12.1.2, 12.11.
pub(super) fn property(cx: &mut Cx<'_>, route: &Route, of: Reference, element: &Element<'_>) {
    let device = kind(of.object) == DEVICE;
    let attribute = match of.property {
        12 => spec::SOFTWARE,
        28 if device => spec::DESCRIPTION,
        28 => spec::OBJECT_DESCRIPTION,
        44 => spec::FIRMWARE,
        58 => spec::LOCATION,
        70 => spec::MODEL,
        75 if device => {
            let own = element.object().filter(|own| kind(*own) == DEVICE);
            return own.into_iter().for_each(|own| number(cx, route, spec::READ_INSTANCE, own));
        }
        77 if device => spec::DEVICE_NAME,
        77 => spec::OBJECT_NAME,
        120 if device => return vendor(cx, route, spec::VENDOR_ID, element.uint()),
        121 => spec::VENDOR,
        168 if device => spec::PROFILE,
        372 => spec::SERIAL,
        _ => return,
    };
    if !element.is_application(7) {
        return;
    }
    let mut scratch = Scratch::default();
    route.attr(cx, attribute, text(element.content, &mut scratch));
    if device && of.property == 77 && instance(of.object) != ANY_INSTANCE {
        number(cx, route, spec::READ_INSTANCE, of.object);
    }
}

/// A device's instance number, its name in the internetwork. Clause 12.11.1.
pub(super) fn number(cx: &mut Cx<'_>, route: &Route, spec: &'static AttrSpec, device: u32) {
    route.attr(cx, spec, line!("{}", instance(device)).bytes());
}

/// The maker by its number. Clause 23.1.
pub(super) fn vendor(cx: &mut Cx<'_>, route: &Route, spec: &'static AttrSpec, id: Option<u64>) {
    if let Some(name) = id.and_then(vendors::name) {
        route.attr(cx, spec, name.as_bytes());
    }
}
