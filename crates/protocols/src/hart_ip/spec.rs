//! What HART-IP is: areas, identity, faults, response codes.

use super::{commands, units};
use core::fmt;
use vocab::{Area, AttrSpec, Attribute, Binding, FaultSpec, ProtoId, Spec, StatusSpec, Target};

/// Added to a HART-IP message identifier to tell it from HART commands.
pub(super) const MESSAGE: u32 = 0x1_0000;
/// Command 31: the command's number is 16 bits wide and stands in the data.
pub(super) const EXTENDED: u32 = 31;
/// Command 77: the command is for a device behind this one.
pub(super) const SUB_DEVICE: u32 = 77;
/// A message with 16-bit commands without link-layer frame.
pub(super) const DIRECT: u32 = MESSAGE + 4;

const NETWORK: &str = "HCF_SPEC-085 §10.3";
const LINK: &str = "HCF_SPEC-081 §5";
const IDENTITY: &str = "HCF_SPEC-127 §6.1";

pub(super) const DEVICE_VARIABLE: &Area = &Area::shown(1, "device_variable", show_variable);
pub(super) const DYNAMIC_VARIABLE: &Area = &Area::shown(2, "dynamic_variable", show_dynamic);
pub(super) const PARAMETER: &Area = &Area::shown(3, "parameter", show_parameter);
pub(super) const COMMAND: &Area = &Area::indexed(4, "command");

pub(super) const VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "command 0 manufacturer", 95, IDENTITY);
pub(super) const MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "command 0 expanded device type", 95, IDENTITY);
pub(super) const SERIAL: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "command 0 device id", 95, IDENTITY);
pub(super) const FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "command 0 software revision", 95, IDENTITY);
pub(super) const HARDWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Hardware, "command 0 hardware revision", 95, IDENTITY);
pub(super) const MESSAGE_TEXT: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "command 12 message", 80, "HCF_SPEC-127 §6.13");
pub(super) const TAG: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "command 13 tag", 90, "HCF_SPEC-127 §6.14");
pub(super) const DESCRIPTOR: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "command 13 descriptor", 80, "HCF_SPEC-127 §6.14");
pub(super) const LONG_TAG: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "command 20 long tag", 95, "HCF_SPEC-127 §6.21");
pub(super) const ASSEMBLY: &AttrSpec =
    &AttrSpec::new(Attribute::OrderNumber, "command 16 final assembly", 60, "HCF_SPEC-127 §6.17");
pub(super) const ADDRESS: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "command 7 polling address", 90, "HCF_SPEC-127 §6.8");

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", NETWORK);
pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("bad_header", NETWORK);
pub(super) const UNKNOWN_MESSAGE: &FaultSpec = &FaultSpec::new("unknown_message", NETWORK);
pub(super) const SHORT: &FaultSpec = &FaultSpec::new("short_body", NETWORK);
pub(super) const BAD_FRAME: &FaultSpec = &FaultSpec::new("bad_frame", LINK);
pub(super) const BAD_CHECK: &FaultSpec = &FaultSpec::new("bad_check_byte", LINK);

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(35),
    key: "hart-ip",
    name: "HART-IP",
    standard: "FieldComm HCF_SPEC-085 (network), 081 (link), 127, 151, 155 (commands)",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(5_094), Binding::Tcp(5_094), Binding::AnyUdp, Binding::AnyTcp],
    operations: commands::OPERATIONS,
    attributes: &[
        VENDOR,
        MODEL,
        SERIAL,
        FIRMWARE,
        HARDWARE,
        MESSAGE_TEXT,
        TAG,
        DESCRIPTOR,
        LONG_TAG,
        ASSEMBLY,
        ADDRESS,
    ],
    faults: &[BAD_LENGTH, BAD_HEADER, UNKNOWN_MESSAGE, SHORT, BAD_FRAME, BAD_CHECK],
    areas: &[DEVICE_VARIABLE, DYNAMIC_VARIABLE, PARAMETER, COMMAND],
    statuses: STATUSES,
    pdu_bytes_max: 65_535,
    open_max: 64,
};

/// `device_variable[2] in degC`.
fn show_variable(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "device_variable[{}]", target.index)?;
    unit(target, out)
}

/// `primary_variable in kPa`.
fn show_dynamic(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    out.write_str(match target.index {
        0 => "primary_variable",
        1 => "secondary_variable",
        2 => "tertiary_variable",
        _ => "quaternary_variable",
    })?;
    unit(target, out)
}

fn show_parameter(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    out.write_str(core::str::from_utf8(target.name).unwrap_or("parameter"))?;
    unit(target, out)
}

/// The unit code of a value, kept one higher: 0 is none.
fn unit(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    match target.extra.checked_sub(1) {
        // Not used, none.
        None | Some(250 | 251) => Ok(()),
        Some(code) => match units::name(code) {
            Some(name) => write!(out, " in {name}"),
            None => write!(out, " in unit {code}"),
        },
    }
}

/// Response codes of one meaning; the others have a meaning per command. HCF_SPEC-307 §5.
#[rustfmt::skip]
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(1, "undefined"),
    StatusSpec::new(2, "invalid_selection"),
    StatusSpec::new(3, "parameter_too_large"),
    StatusSpec::new(4, "parameter_too_small"),
    StatusSpec::new(5, "too_few_data_bytes"),
    StatusSpec::new(6, "device_specific_error"),
    StatusSpec::new(7, "in_write_protect_mode"),
    StatusSpec::new(16, "access_restricted"),
    StatusSpec::new(17, "invalid_device_variable_index"),
    StatusSpec::new(18, "invalid_units_code"),
    StatusSpec::new(19, "device_variable_index_not_allowed"),
    StatusSpec::new(20, "invalid_extended_command_number"),
    StatusSpec::new(21, "invalid_card_number"),
    StatusSpec::new(22, "invalid_channel_number"),
    StatusSpec::new(23, "sub_device_response_too_long"),
    StatusSpec::new(32, "busy"),
    StatusSpec::new(33, "delayed_response_initiated"),
    StatusSpec::new(34, "delayed_response_running"),
    StatusSpec::new(35, "delayed_response_dead"),
    StatusSpec::new(36, "delayed_response_conflict"),
    StatusSpec::new(60, "payload_too_long"),
    StatusSpec::new(61, "no_buffers_available"),
    StatusSpec::new(62, "no_alarm_buffers_available"),
    StatusSpec::new(63, "priority_too_low"),
    StatusSpec::new(64, "command_not_implemented"),
];
