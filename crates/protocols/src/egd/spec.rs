//! What EGD is.

use core::fmt;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, Target,
};

const DATA: &[Arg] =
    &[Arg::dec("request"), Arg::dec("exchange"), Arg::hex("status"), Arg::hex("configuration")];

/// The data of an exchange.
pub(super) const EXCHANGE: &Area = &Area::shown(1, "exchange", show_exchange);

fn show_exchange(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    let [a, b, c, d] = t.extra.to_be_bytes();
    write!(out, "{a}.{b}.{c}.{d} exchange[{}]", t.index)
}

pub(super) const PRODUCER: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "producer id", 85, "EGD data header, GFK-1541");

pub(super) const SHORT: &FaultSpec =
    &FaultSpec::new("header_too_short", "EGD data header, GFK-1541");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(32),
    key: "egd",
    name: "GE Ethernet Global Data",
    standard: "GFK-1541, TCP/IP Ethernet Communications, chapter on Ethernet Global Data",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Udp(18_246)],
    operations: &[
        OpSpec::new(0x0d, "data_production", Access::Write, "EGD data header, GFK-1541").args(DATA)
    ],
    attributes: &[PRODUCER],
    faults: &[SHORT],
    areas: &[EXCHANGE],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 1,
};
