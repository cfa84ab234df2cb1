//! What CIP is.

use super::operations::OPERATIONS;
use super::{classes, objects, pccc, statuses, tags};
use crate::common::cip::IdentitySpecs;
use crate::enip;
use core::fmt::{Result, Write};
use vocab::{Area, AttrSpec, Attribute, Binding, FaultSpec, ProtoId, Spec, Target};

/// The encapsulation's number.
const ENIP: ProtoId = ProtoId(6);

/// No attribute.
const NONE: u32 = 0xffff;

/// A tag by name: the index counts elements, `extra` is the data type.
pub(super) const TAG: &Area = &Area::shown(1, "tag", show_tag);
/// An object: the index is its instance, `extra` its class and an attribute.
pub(super) const OBJECT: &Area = &Area::shown(2, "object", show_object);
/// An object inside another, as text.
pub(super) const PATH: &Area = &Area::named(3, "path");
/// A connection by its identifier.
pub(super) const CONNECTION: &Area = &Area::shown(4, "connection", show_connection);
/// A place in a data file of a PLC-5, SLC 500 or MicroLogix.
pub(super) const DATA_FILE: &Area = &Area::shown(5, "data_file", pccc::show);
/// The safety segment of a connection, by its format. CIP Vol 5 §C-5.
pub(super) const SAFETY: &Area = &Area::indexed(6, "safety_segment");
/// Memory of a controller by its address.
pub(super) const MEMORY: &Area = &Area::shown(7, "memory", show_memory);

/// A tag as a whole.
pub(super) const fn tag(name: &[u8]) -> Target<'_> {
    Target { area: TAG, index: tags::WHOLE, count: 1, extra: 0, name }
}

/// An object or one of its attributes.
pub(super) fn object(class: u32, instance: Option<u32>, attribute: Option<u32>) -> Target<'static> {
    let attribute = attribute.map_or(NONE, |number| number.min(NONE));
    let index = instance.map_or(u64::MAX, u64::from);
    let extra = class << 16 | attribute;
    Target { area: OBJECT, index, count: 1, extra, name: &[] }
}

fn show_tag(t: &Target<'_>, out: &mut dyn Write) -> Result {
    t.name.utf8_chunks().try_for_each(|chunk| out.write_str(chunk.valid()))?;
    let more = u64::from(t.count).saturating_sub(1);
    match (t.index, more) {
        (tags::WHOLE, 0) => Ok(()),
        (tags::WHOLE, _) => write!(out, "[0..{more}]"),
        (at, 0) => write!(out, "[{at}]"),
        (at, _) => write!(out, "[{at}..{}]", at.saturating_add(more)),
    }
}

fn show_object(t: &Target<'_>, out: &mut dyn Write) -> Result {
    let (class, attribute) = (t.extra >> 16, t.extra & NONE);
    classes::write(class, out)?;
    if t.index != u64::MAX {
        write!(out, "[{}]", t.index)?;
    }
    match objects::known(class, attribute).filter(|_| t.index != 0) {
        Some((name, _)) => write!(out, ".{name}"),
        None if attribute == NONE => Ok(()),
        None => write!(out, ".{attribute}"),
    }
}

fn show_memory(t: &Target<'_>, out: &mut dyn Write) -> Result {
    write!(out, "memory[0x{:x}+{}]", t.index, t.count)
}

fn show_connection(t: &Target<'_>, out: &mut dyn Write) -> Result {
    write!(out, "connection[0x{:08x}]", t.index)
}

/// The subcode of a service: the class it is sent to, where the class gives it a meaning or an
/// access class of its own.
pub(super) fn sub(code: u32, class: Option<u32>) -> Option<u16> {
    let class = u16::try_from(class?).ok()?;
    SPEC.operation(code, Some(class))?.sub
}

const IDENTITY: &str = "CIP Vol 1 ch. 5, Identity Object";

const fn identity(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, IDENTITY)
}

const VENDOR: &AttrSpec = &identity(Attribute::Vendor, "Identity vendor id", 95);
const DEVICE_TYPE: &AttrSpec = &identity(Attribute::Role, "Identity device type", 90);
const PRODUCT_CODE: &AttrSpec = &identity(Attribute::Description, "Identity product code", 30);
const REVISION: &AttrSpec = &identity(Attribute::Firmware, "Identity revision", 95);
const SERIAL: &AttrSpec = &identity(Attribute::Serial, "Identity serial number", 95);
const PRODUCT: &AttrSpec = &identity(Attribute::Product, "Identity product name", 95);

/// Where the Identity object has what ListIdentity has.
pub(super) const IDENTITY_SPECS: &IdentitySpecs = &IdentitySpecs {
    vendor: VENDOR,
    device_type: DEVICE_TYPE,
    product_code: PRODUCT_CODE,
    revision: REVISION,
    serial: SERIAL,
    name: PRODUCT,
};

pub(super) const CONTROLLER: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "controller name", 90, "1756-PM020, class 0x64");
pub(super) const BULLETIN: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "PCCC diagnostic status", 90, "1770-6.5.16 ch. 10");
pub(super) const ADDRESS: &AttrSpec =
    &AttrSpec::new(Attribute::Management, "TCP/IP interface", 90, "CIP Vol 2 §5-4.3.2.5");
pub(super) const DOMAIN: &AttrSpec =
    &AttrSpec::new(Attribute::Domain, "TCP/IP domain name", 90, "CIP Vol 2 §5-4.3.2.5");
pub(super) const HOST_NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "TCP/IP host name", 90, "CIP Vol 2 §5-4.3.2.6");
pub(super) const LINK_ADDRESS: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "Ethernet link address", 90, "CIP Vol 2 §5-5.3.2.3");
pub(super) const ROUTE: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "route", 90, "CIP Vol 1 §C-1.4.1");

pub(super) const BAD_PATH: &FaultSpec = &FaultSpec::new("malformed_path", "CIP Vol 1 §C-1");
pub(super) const BAD_ANSWER: &FaultSpec = &FaultSpec::new("malformed_answer", "CIP Vol 1 §2-4.2");
pub(super) const BAD_PACKET: &FaultSpec =
    &FaultSpec::new("malformed_service_packet", "CIP Vol 1 §A-4.10");
pub(super) const BAD_SEND: &FaultSpec =
    &FaultSpec::new("malformed_unconnected_send", "CIP Vol 1 §3-5.5.4");
pub(super) const BAD_OPEN: &FaultSpec =
    &FaultSpec::new("malformed_connection_request", "CIP Vol 1 §3-5.5.2");
pub(super) const BAD_TAG_DATA: &FaultSpec = &FaultSpec::new("malformed_tag_data", "1756-PM020");
pub(super) const BAD_PCCC: &FaultSpec = &FaultSpec::new("malformed_pccc", "1770-6.5.16 ch. 6");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(7),
    key: "cip",
    name: "Common Industrial Protocol",
    standard: "CIP Networks Library Volume 1 (Common Industrial Protocol), edition 3.25; \
               Rockwell Automation 1756-PM020 (Logix 5000 Data Access), 1770-6.5.16 (DF1 and PCCC)",
    industrial: true,
    carrier: false,
    depth: 4,
    bindings: &[
        Binding::Inside(ENIP, enip::UNCONNECTED_DATA),
        Binding::Inside(ENIP, enip::CONNECTED_DATA),
    ],
    operations: OPERATIONS,
    attributes: &[
        VENDOR,
        DEVICE_TYPE,
        PRODUCT_CODE,
        REVISION,
        SERIAL,
        PRODUCT,
        CONTROLLER,
        BULLETIN,
        ADDRESS,
        DOMAIN,
        HOST_NAME,
        LINK_ADDRESS,
        ROUTE,
    ],
    faults: &[BAD_PATH, BAD_ANSWER, BAD_PACKET, BAD_SEND, BAD_OPEN, BAD_TAG_DATA, BAD_PCCC],
    areas: &[TAG, OBJECT, PATH, CONNECTION, DATA_FILE, SAFETY, MEMORY],
    statuses: statuses::STATUSES,
    pdu_bytes_max: 65_535,
    open_max: 96,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_in_order_and_classes_choose_among_them() {
        let order = |op: &vocab::OpSpec| (op.code, op.sub);
        assert!(SPEC.operations.is_sorted_by(|a, b| order(a) < order(b)));
        assert_eq!(sub(0x4e, Some(6)), Some(6));
        assert_eq!(sub(0x0e, Some(0x300)), None);
        assert_eq!(sub(0x4b, Some(0xffa2)), Some(0xffa2));
    }

    #[test]
    fn targets_are_written_as_engineers_write_them() {
        let name = object(0x01, Some(1), Some(7));
        assert_eq!(crate::line!("{name}").bytes(), b"identity[1].product_name");
        let unknown = object(0x0401, Some(0), Some(7));
        assert_eq!(crate::line!("{unknown}").bytes(), b"class_0x401[0].7");
        let motor = Target { index: 3, count: 2, ..tag(b"Motor") };
        assert_eq!(crate::line!("{motor}").bytes(), b"Motor[3..4]");
    }
}
