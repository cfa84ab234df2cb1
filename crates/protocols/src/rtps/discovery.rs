//! Who is there, what is written and read: the data of the built-in writers.
//! DDSI-RTPS 2.5 §8.5, §9.6.3.

use super::spec::{self, sub};
use super::wire::Reader;
use crate::common::text::{Line, is_text};
use dissect::Cx;
use vocab::{AttrSpec, Target, Value};

/// Parameters. §9.6.4, table 9.18; from 0x8000 on a vendor's own.
mod pid {
    pub(super) const TOPIC_NAME: u16 = 0x0005;
    pub(super) const TYPE_NAME: u16 = 0x0007;
    pub(super) const USER_DATA: u16 = 0x002c;
    pub(super) const PROPERTY_LIST: u16 = 0x0059;
    pub(super) const ENTITY_NAME: u16 = 0x0062;
    pub(super) const PRODUCT_VERSION: u16 = 0x8000;
}

/// Properties of one participant that are read.
const PROPERTIES_MAX: u32 = 64;

/// What a built-in writer tells. §9.3.1.5, table 9.3; DDS Security 1.1 §7.3.7.
pub(super) fn kind(writer: u32) -> Option<u16> {
    Some(match writer {
        0x0001_00c2 => sub::PARTICIPANT,
        0x0000_03c2 => sub::PUBLICATION,
        0x0000_04c2 => sub::SUBSCRIPTION,
        0x0000_02c2 => sub::TOPIC,
        0x0002_00c2 => sub::LIVELINESS,
        0xff00_03c2 | 0xff00_04c2 | 0xff02_00c2 | 0x0002_01c3 | 0xff02_02c3 | 0xff01_01c2 => {
            sub::SECURITY
        }
        _ => return None,
    })
}

/// The payload is a parameter list. §10.2, table 10.2.
pub(super) fn is_parameters(encoding: u16) -> bool {
    matches!(encoding, 0x0002 | 0x0003 | 0x000a | 0x000b)
}

/// Says what a parameter list tells; false where it does not hold together.
pub(super) fn say(cx: &mut Cx<'_>, vendor: u16, sub: u16, encoding: u16, payload: &[u8]) -> bool {
    let mut at = Reader::new(payload, encoding & 1 != 0);
    let (mut topic, mut kind) = (&[][..], &[][..]);
    loop {
        let (id, mut value) = match at.parameter() {
            Ok(Some(parameter)) => parameter,
            Ok(None) => break,
            Err(()) => return false,
        };
        let read = match id {
            pid::TOPIC_NAME => value.string().map(|text| topic = text),
            pid::TYPE_NAME => value.string().map(|text| kind = text),
            pid::ENTITY_NAME if sub == sub::PARTICIPANT => {
                value.string().map(|text| named(cx, spec::PARTICIPANT, text))
            }
            pid::USER_DATA if sub == sub::PARTICIPANT => {
                value.octets().map(|bytes| named(cx, spec::USER_DATA, bytes))
            }
            pid::PROPERTY_LIST if sub == sub::PARTICIPANT => properties(cx, &mut value),
            pid::PRODUCT_VERSION if sub == sub::PARTICIPANT => product(cx, vendor, &value),
            _ => Some(()),
        };
        if read.is_none() {
            return false;
        }
    }
    if !topic.is_empty() {
        let target = Target { area: spec::TOPIC, index: 0, count: 0, extra: 0, name: topic };
        cx.item(target, if kind.is_empty() { Value::None } else { Value::Text(kind) });
        named(cx, spec::TOPIC_NAME, topic);
    }
    true
}

/// Says an attribute where it is text.
fn named(cx: &mut Cx<'_>, spec: &'static AttrSpec, text: &[u8]) {
    if is_text(text) {
        cx.attr(spec, text);
    }
}

/// Names and values that a participant says of itself. §9.6.3.2; the names are each vendor's own.
fn properties(cx: &mut Cx<'_>, at: &mut Reader<'_>) -> Option<()> {
    let count = at.u32()?;
    for _ in 0..count.min(PROPERTIES_MAX) {
        let (name, value) = (at.string()?, at.string()?);
        let spec = match name {
            // Fast DDS adds a number of its own: `name:number`.
            b"dds.sys_info.hostname" | b"__Hostname" | b"fastdds.physical_data.host" => spec::HOST,
            b"dds.sys_info.executable_filepath" | b"__ProcessName" => spec::PROCESS,
            b"dds.sys_info.target" => spec::TARGET,
            b"dds.sys_info.username" | b"fastdds.physical_data.user" => spec::USER,
            _ => continue,
        };
        named(cx, spec, value);
    }
    Some(())
}

/// The version of the implementation: four numbers, the third a letter in older ones of RTI.
fn product(cx: &mut Cx<'_>, vendor: u16, value: &Reader<'_>) -> Option<()> {
    const RTI: u16 = 0x0101;
    const FAST: u16 = 0x010f;
    let Some(name) = spec::vendor(vendor).filter(|_| matches!(vendor, RTI | FAST)) else {
        return Some(());
    };
    let [major, minor, release, revision] = *value.at.rest().first_chunk()?;
    let line: Line<64> = if release.is_ascii_alphabetic() {
        let release = char::from(release);
        Line::of(format_args!("{name} {major}.{minor}{release} rev{revision}"))
    } else {
        Line::of(format_args!("{name} {major}.{minor}.{release}.{revision}"))
    };
    cx.attr(spec::PRODUCT, line.bytes());
    Some(())
}
