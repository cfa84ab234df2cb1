//! What EtherCAT is.

use super::operations::OPERATIONS;
use crate::common::canopen;
use vocab::{Area, AttrSpec, Attribute, Binding, FaultSpec, ProtoId, Spec, Target};

pub(super) const REGISTER: &Area = &Area::shown(1, "register", show_register);
pub(super) const LOGICAL: &Area = &Area::shown(2, "logical", show_logical);
pub(super) const OBJECT: &Area = &Area::shown(3, "object", show_object);
pub(super) const FILE: &Area = &Area::named(4, "file");
pub(super) const DRIVE: &Area = &Area::shown(5, "drive_parameter", show_drive);

/// How a station is meant: by address, by position, all of them.
pub(super) const BY_POSITION: u32 = 1;
pub(super) const EVERYBODY: u32 = 2;

fn show_register(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    let (station, register) = (t.index >> 16, t.index & 0xffff);
    match t.extra {
        EVERYBODY => write!(out, "all.register[0x{register:x}]"),
        BY_POSITION => write!(out, "position[0x{station:x}].register[0x{register:x}]"),
        _ => write!(out, "station[0x{station:x}].register[0x{register:x}]"),
    }
}

fn show_logical(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "logical[0x{:x}]+{}", t.index, t.count)
}

fn show_object(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "station[0x{:x}].", t.extra)?;
    canopen::show_object(vocab::low_u16(t.index >> 8), vocab::low_u8(t.index), out)
}

/// Standard and product-specific parameters of drives. IEC 61800-7-304.
fn show_drive(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    let number = vocab::low_u16(t.index);
    let kind = if number & 0x8000 == 0 { 'S' } else { 'P' };
    let (set, number) = (number >> 12 & 7, number & 0x0fff);
    write!(out, "station[0x{:x}].{kind}-{set}-{number:04}", t.extra)
}

const fn object(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, "ETG.1000.6 §5.6.7.4")
}

pub(super) const NAME: &AttrSpec = &object(Attribute::Product, "CoE object 0x1008", 95);
pub(super) const HARDWARE: &AttrSpec = &object(Attribute::Hardware, "CoE object 0x1009", 95);
pub(super) const FIRMWARE: &AttrSpec = &object(Attribute::Firmware, "CoE object 0x100A", 95);
pub(super) const VENDOR: &AttrSpec = &object(Attribute::Vendor, "EtherCAT vendor id, number", 35);
pub(super) const PRODUCT: &AttrSpec =
    &object(Attribute::Model, "EtherCAT product code, number", 40);
pub(super) const SERIAL: &AttrSpec = &object(Attribute::Serial, "EtherCAT serial number", 90);

pub(super) const SHORT: &FaultSpec = &FaultSpec::new("too_short", "ETG.1000.4 §5.3");
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "ETG.1000.4 §5.3");
pub(super) const BAD_DATAGRAM: &FaultSpec =
    &FaultSpec::new("malformed_datagram", "ETG.1000.4 §5.4");
pub(super) const UNKNOWN_COMMAND: &FaultSpec =
    &FaultSpec::new("unknown_command", "ETG.1000.4 §5.4");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(48),
    key: "ethercat",
    name: "EtherCAT",
    standard: "IEC 61158-3/-4/-5/-6 type 12 (ETG.1000.3 to ETG.1000.6)",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::EtherType(0x88a4), Binding::Udp(34_980)],
    operations: OPERATIONS,
    attributes: &[NAME, HARDWARE, FIRMWARE, VENDOR, PRODUCT, SERIAL],
    faults: &[SHORT, BAD_LENGTH, BAD_DATAGRAM, UNKNOWN_COMMAND],
    areas: &[REGISTER, LOGICAL, OBJECT, FILE, DRIVE],
    statuses: canopen::ABORTS,
    pdu_bytes_max: 2_048,
    open_max: 0,
};
