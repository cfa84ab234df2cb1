//! What PTP is.

use core::fmt;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
    Target,
};

const ARGS: &[Arg] = &[Arg::dec("domain"), Arg::dec("sequence")];
const ANNOUNCE: &[Arg] =
    &[Arg::dec("domain"), Arg::dec("sequence"), Arg::dec("priority"), Arg::dec("clock_class")];
const MANAGEMENT: &[Arg] = &[Arg::dec("domain"), Arg::dec("sequence"), Arg::hex("management_id")];
const VERSION_1: &[Arg] = &[Arg::dec("_"), Arg::dec("sequence")];

/// Added to the control field of version 1, whose numbers mean other messages.
pub(super) const FIRST_VERSION: u32 = 256;

pub(super) const GRANDMASTER: &Area = &Area::shown(1, "grandmaster", show_clock);
pub(super) const TARGET: &Area = &Area::shown(2, "clock", show_clock);

fn show_clock(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "{} {}", target.area.key, Clock(target.index))
}

/// A clock identity; prints itself as eight bytes.
pub(super) struct Clock(pub(super) u64);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        self.0.to_be_bytes().iter().try_for_each(|byte| {
            write!(f, "{separator}{byte:02x}")?;
            separator = ":";
            Ok(())
        })
    }
}

pub(super) const IDENTITY: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "PTP clock identity", 70, "IEEE 1588-2008 §7.5.2.2");
pub(super) const ROLE: &AttrSpec =
    &AttrSpec::new(Attribute::Role, "PTP announce, own clock", 75, "IEEE 1588-2008 §13.5");

const fn description(attr: Attribute, source: &'static str) -> AttrSpec {
    AttrSpec::new(attr, source, 95, "IEEE 1588-2008 §15.5.3.1.2")
}

pub(super) const VENDOR: &AttrSpec = &description(Attribute::Vendor, "PTP product description");
pub(super) const MODEL: &AttrSpec = &description(Attribute::Model, "PTP product description");
pub(super) const SERIAL: &AttrSpec = &description(Attribute::Serial, "PTP product description");
pub(super) const HARDWARE: &AttrSpec = &description(Attribute::Hardware, "PTP revision data");
pub(super) const FIRMWARE: &AttrSpec = &description(Attribute::Firmware, "PTP revision data");
pub(super) const SOFTWARE: &AttrSpec = &description(Attribute::Software, "PTP revision data");
pub(super) const NAME: &AttrSpec = &description(Attribute::Name, "PTP user description");
pub(super) const LOCATION: &AttrSpec = &description(Attribute::Location, "PTP user description");

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "IEEE 1588-2008 §13.3.2.4");
pub(super) const TOO_SHORT: &FaultSpec = &FaultSpec::new("too_short", "IEEE 1588-2008 §13");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(126),
    key: "ptp",
    name: "PTP",
    standard: "IEEE 1588-2008 and -2019 (version 2), IEEE 1588-2002 (version 1), IEEE 802.1AS",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::EtherType(0x88f7), Binding::Udp(319), Binding::Udp(320)],
    operations: OPERATIONS,
    attributes: &[
        IDENTITY, ROLE, VENDOR, MODEL, SERIAL, HARDWARE, FIRMWARE, SOFTWARE, NAME, LOCATION,
    ],
    faults: &[BAD_LENGTH, TOO_SHORT],
    areas: &[GRANDMASTER, TARGET],
    statuses: &[
        StatusSpec::new(1, "response_too_big"),
        StatusSpec::new(2, "no_such_id"),
        StatusSpec::new(3, "wrong_length"),
        StatusSpec::new(4, "wrong_value"),
        StatusSpec::new(5, "not_settable"),
        StatusSpec::new(6, "not_supported"),
        StatusSpec::new(0xfffe, "general_error"),
    ],
    pdu_bytes_max: 1_500,
    open_max: 8,
};

/// Message types of version 2, then control fields of version 1. Below a management message stands
/// its action.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Observe};
    &[
        OpSpec::new(0, "sync", Observe, "IEEE 1588-2008 §13.6").args(ARGS),
        OpSpec::new(1, "delay_request", Observe, "IEEE 1588-2008 §13.6").args(ARGS),
        OpSpec::new(2, "peer_delay_request", Observe, "IEEE 1588-2008 §13.9").args(ARGS),
        OpSpec::new(3, "peer_delay_response", Observe, "IEEE 1588-2008 §13.10").args(ARGS),
        OpSpec::new(8, "follow_up", Observe, "IEEE 1588-2008 §13.7").args(ARGS),
        OpSpec::new(9, "delay_response", Observe, "IEEE 1588-2008 §13.8").args(ARGS),
        OpSpec::new(10, "peer_delay_response_follow_up", Observe, "IEEE 1588-2008 §13.11").args(ARGS),
        OpSpec::new(11, "announce", Observe, "IEEE 1588-2008 §13.5").args(ANNOUNCE),
        OpSpec::new(12, "signaling", Observe, "IEEE 1588-2008 §13.12").args(ARGS),
        OpSpec::new(13, "management", Admin, "IEEE 1588-2008 §15.4").args(MANAGEMENT),
        OpSpec::new(13, "management_get", Observe, "IEEE 1588-2008 §15.4.1").sub(0).args(MANAGEMENT),
        OpSpec::new(13, "management_set", Admin, "IEEE 1588-2008 §15.4.1").sub(1).args(MANAGEMENT),
        OpSpec::new(13, "management_response", Observe, "IEEE 1588-2008 §15.4.1").sub(2).args(MANAGEMENT),
        OpSpec::new(13, "management_command", Admin, "IEEE 1588-2008 §15.4.1").sub(3).args(MANAGEMENT),
        OpSpec::new(13, "management_acknowledge", Observe, "IEEE 1588-2008 §15.4.1").sub(4).args(MANAGEMENT),
        OpSpec::new(FIRST_VERSION, "sync", Observe, "IEEE 1588-2002 §8.3").args(VERSION_1),
        OpSpec::new(257, "delay_request", Observe, "IEEE 1588-2002 §8.3").args(VERSION_1),
        OpSpec::new(258, "follow_up", Observe, "IEEE 1588-2002 §8.4").args(VERSION_1),
        OpSpec::new(259, "delay_response", Observe, "IEEE 1588-2002 §8.5").args(VERSION_1),
        OpSpec::new(260, "management", Admin, "IEEE 1588-2002 §8.6").args(VERSION_1),
    ]
};
