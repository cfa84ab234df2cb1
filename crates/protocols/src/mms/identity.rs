//! What names a device: Identify, and the nameplates of IEC 61850.

use super::names;
use super::spec;
use super::wire::{self, Service};
use crate::common::ber::{self, Tlv};
use dissect::Cx;
use vocab::AttrSpec;

/// Vendor, model, revision. ISO 9506-2 §10.4.
pub(super) fn identify(cx: &mut Cx<'_>, service: &Service<'_>) {
    for field in service.fields() {
        match field.first {
            0x80 => cx.attr(spec::VENDOR, field.content),
            0x81 => cx.attr(spec::MODEL, field.content),
            0x82 => cx.attr(spec::REVISION, field.content),
            _ => {}
        }
    }
}

/// Components that a physical nameplate may have, by name. IEC 61850-7-3:2010 §7.9.2 DPL.
const PARTS: [(&[u8], &AttrSpec); 7] = [
    (b"vendor", spec::PLATE_VENDOR),
    (b"hwRev", spec::PLATE_HARDWARE),
    (b"swRev", spec::PLATE_FIRMWARE),
    (b"serNum", spec::PLATE_SERIAL),
    (b"model", spec::PLATE_MODEL),
    (b"location", spec::PLATE_LOCATION),
    (b"name", spec::PLATE_NAME),
];

/// Which components the physical nameplate of a device has, in order: places in [`PARTS`] from 1
/// on, as its type told. The components are optional, so that values alone do not tell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Plate {
    order: [u8; 16],
}

impl Plate {
    /// Learns from the type of an object, if there is a nameplate in it. `name` is what was asked.
    pub(super) fn learn(&mut self, name: &[u8], service: &Service<'_>) {
        let Some(kind) = service.field(0xa2) else { return };
        if name.ends_with(b"$PhyNam") {
            self.learn_parts(kind.content);
        } else if names::split(name).1.starts_with(b"LPHD") {
            self.find(kind.content, 6);
        }
    }

    /// Looks for a component of this name in a type. ISO 9506-2 §14.3.2 TypeSpecification.
    fn find(&mut self, kind: &[u8], depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        for field in wire::lax(kind).filter(Tlv::is_constructed) {
            let mut inner = wire::lax(field.content);
            match (inner.next(), inner.next()) {
                (Some(name), Some(kind)) if name.content == b"PhyNam" => {
                    self.learn_parts(kind.content);
                }
                _ => self.find(field.content, depth),
            }
        }
    }

    /// Components in order: a structure of names and types.
    fn learn_parts(&mut self, kind: &[u8]) {
        let mut order = [0u8; 16];
        let mut places = order.iter_mut();
        walk(kind, 4, &mut places);
        self.order = order;
    }

    /// The component at this place.
    fn part(&self, place: usize) -> Option<&'static AttrSpec> {
        if self.order.iter().all(|part| *part == 0) {
            // Nothing was learnt: the vendor comes first in every nameplate.
            return if place == 0 { Some(spec::PLATE_VENDOR) } else { None };
        }
        let part = usize::from(*self.order.get(place)?).checked_sub(1)?;
        PARTS.get(part).map(|(_, spec)| *spec)
    }
}

/// The names of components on the way through a type, as places in [`PARTS`] from 1 on.
fn walk(kind: &[u8], depth: usize, places: &mut core::slice::IterMut<'_, u8>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    for field in wire::lax(kind).filter(Tlv::is_constructed) {
        match wire::lax(field.content).next() {
            Some(name) if name.first == 0x80 && !name.content.is_empty() => {
                let part = PARTS.iter().position(|(part, _)| *part == name.content);
                let part = part.map_or(0, |at| vocab::sat_u8(at).saturating_add(1));
                if let Some(place) = places.next() {
                    *place = part;
                }
            }
            _ => walk(field.content, depth, places),
        }
    }
}

/// Says what a value that was read tells of the device: parts of its physical nameplate.
pub(super) fn plate(cx: &mut Cx<'_>, plate: &Plate, name: &[u8], data: &Tlv<'_>) {
    let (_, item) = names::split(name);
    let Some((node, constraint, rest)) = names::parts(item) else { return };
    if !node.starts_with(b"LPHD") || &constraint != b"DC" {
        return;
    }
    match rest.strip_prefix(b"PhyNam") {
        Some([]) => parts(cx, plate, data),
        Some([b'$', part @ ..]) => {
            if let Some((_, spec)) = PARTS.iter().find(|(name, _)| *name == part) {
                cx.attr(spec, data.content);
            }
        }
        // The whole of the node's descriptions: the nameplate is the first.
        _ if rest.is_empty() => {
            if let Some(first) = ber::each(data.content).next() {
                parts(cx, plate, &first);
            }
        }
        _ => {}
    }
}

fn parts(cx: &mut Cx<'_>, plate: &Plate, data: &Tlv<'_>) {
    if data.first != 0xa2 {
        return;
    }
    for (place, part) in ber::each(data.content).enumerate() {
        let is_text = matches!(part.number, 10 | 16) && !part.is_constructed();
        if let Some(spec) = plate.part(place).filter(|_| is_text) {
            cx.attr(spec, part.content);
        }
    }
}
