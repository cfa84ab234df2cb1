//! What IEEE C37.118 is.

use core::fmt;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
    Target,
};

const DATA: &[Arg] =
    &[Arg::dec("second"), Arg::dec("fraction"), Arg::hex("time_quality"), Arg::hex("status")];
const CONFIGURATION: &[Arg] = &[
    Arg::dec("pmus"),
    Arg::dec("frames_per_second"),
    Arg::dec("seconds_per_frame"),
    Arg::dec("time_base"),
];
const CONFIGURATION_3: &[Arg] = &[
    Arg::dec("pmus"),
    Arg::dec("frames_per_second"),
    Arg::dec("seconds_per_frame"),
    Arg::dec("piece"),
];
const COMMAND: &[Arg] = &[Arg::dec("second")];

/// The phasors of a PMU, by position; in configurations with their name. C37.118.2-2011 §6.4.
pub(super) const PHASOR: &Area = &Area::shown(1, "phasor", show_channel);
/// Magnitude of a phasor, scaled in floating-point frames, raw in integer ones. §6.3.
pub(super) const MAGNITUDE: &Area = &Area::shown(2, "magnitude", show_part);
/// Angle of a phasor in radians.
pub(super) const ANGLE: &Area = &Area::shown(3, "angle", show_part);
/// Real part of a phasor.
pub(super) const REAL: &Area = &Area::shown(4, "real", show_part);
/// Imaginary part of a phasor.
pub(super) const IMAGINARY: &Area = &Area::shown(5, "imaginary", show_part);
/// Frequency in hertz.
pub(super) const FREQUENCY: &Area = &Area::shown(6, "frequency", show_unit);
/// Rate of change of frequency in hertz per second.
pub(super) const CHANGE: &Area = &Area::shown(7, "rocof", show_unit);
/// The analog values of a PMU, by position.
pub(super) const ANALOG: &Area = &Area::shown(8, "analog", show_channel);
/// The digital status words of a PMU, by position; in configurations the bits of all of them.
pub(super) const DIGITAL: &Area = &Area::shown(9, "digital", show_channel);
/// The status word of a PMU.
pub(super) const STATUS: &Area = &Area::shown(10, "status", show_unit);
/// Name of a bit of the digital status words, counted through all of them.
pub(super) const BIT: &Area = &Area::shown(11, "bit", show_channel);

/// Channels have the PMU's number in `extra` and their position in `index`.
fn show_channel(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "pmu[{}].{}[{}]", t.extra, t.area.key, t.index)
}

/// A part of a phasor.
fn show_part(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "pmu[{}].phasor[{}].{}", t.extra, t.index, t.area.key)
}

/// What a PMU has one of.
fn show_unit(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "pmu[{}].{}", t.extra, t.area.key)
}

pub(super) const STATION: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "station name", 95, "IEEE C37.118.2-2011 §6.4 STN");
pub(super) const ID: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "IDCODE", 90, "IEEE C37.118.2-2011 §6.2 IDCODE");
pub(super) const GLOBAL_ID: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "global PMU ID", 70, "IEEE C37.118.2-2011 §6.4 G_PMU_ID");
pub(super) const CHANNEL: &AttrSpec =
    &AttrSpec::new(Attribute::Object, "channel name", 80, "IEEE C37.118.2-2011 §6.4 CHNAM");
pub(super) const LOCATION: &AttrSpec =
    &AttrSpec::new(Attribute::Location, "PMU position", 90, "IEEE C37.118.2-2011 §6.4 PMU_LAT");
pub(super) const HEADER: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "header frame", 70, "IEEE C37.118.2-2011 §6.5");

pub(super) const BAD_SYNC: &FaultSpec =
    &FaultSpec::new("bad_sync", "IEEE C37.118.2-2011 §6.2 SYNC");
pub(super) const BAD_LENGTH: &FaultSpec =
    &FaultSpec::new("bad_length", "IEEE C37.118.2-2011 §6.2 FRAMESIZE");
pub(super) const BAD_CHECKSUM: &FaultSpec =
    &FaultSpec::new("bad_checksum", "IEEE C37.118.2-2011 §6.2 CHK");
pub(super) const SHORT: &FaultSpec = &FaultSpec::new("short_frame", "IEEE C37.118.2-2011 §6.3");
pub(super) const BAD_CONFIGURATION: &FaultSpec =
    &FaultSpec::new("malformed_configuration", "IEEE C37.118.2-2011 §6.4");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(22),
    key: "c37.118",
    name: "IEEE C37.118 synchrophasors",
    standard: "IEEE C37.118.2-2011, also frames of IEEE C37.118-2005",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Tcp(4712), Binding::Udp(4713), Binding::AnyTcp, Binding::AnyUdp],
    operations: OPERATIONS,
    attributes: &[STATION, ID, GLOBAL_ID, CHANNEL, LOCATION, HEADER],
    faults: &[BAD_SYNC, BAD_LENGTH, BAD_CHECKSUM, SHORT, BAD_CONFIGURATION],
    areas: &[
        PHASOR, MAGNITUDE, ANGLE, REAL, IMAGINARY, FREQUENCY, CHANGE, ANALOG, DIGITAL, STATUS, BIT,
    ],
    statuses: &[
        StatusSpec::new(1, "pmu_error"),
        StatusSpec::new(2, "test_mode"),
        StatusSpec::new(3, "pmu_error_do_not_use"),
        StatusSpec::new(4, "not_in_sync"),
    ],
    pdu_bytes_max: 65_535,
    open_max: 8,
};

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Control, Observe, Read};
    &[
        OpSpec::new(0, "data", Read, "IEEE C37.118.2-2011 §6.3").args(DATA),
        OpSpec::new(1, "header", Observe, "IEEE C37.118.2-2011 §6.5"),
        OpSpec::new(2, "configuration_1", Observe, "IEEE C37.118.2-2011 §6.4").args(CONFIGURATION),
        OpSpec::new(3, "configuration_2", Observe, "IEEE C37.118.2-2011 §6.4").args(CONFIGURATION),
        OpSpec::new(4, "command", Control, "IEEE C37.118.2-2011 §6.6").args(COMMAND),
        command(1, "stop_transmission", Control),
        command(2, "start_transmission", Control),
        command(3, "send_header", Observe),
        command(4, "send_configuration_1", Observe),
        command(5, "send_configuration_2", Observe),
        command(6, "send_configuration_3", Observe),
        command(8, "extended_frame", Control),
        OpSpec::new(5, "configuration_3", Observe, "IEEE C37.118.2-2011 §6.4")
            .args(CONFIGURATION_3),
    ]
};

/// A command by its word.
const fn command(word: u16, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(4, name, access, "IEEE C37.118.2-2011 §6.6 CMD").sub(word).args(COMMAND)
}
