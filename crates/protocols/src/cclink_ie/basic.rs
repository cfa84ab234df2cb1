//! CC-Link IE Field Basic: cyclic data in frames of SLMP. CLPA BAP-C2010.

use super::spec;
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, Op, Role, Status, Target, Value};

/// What was said of the two sides; it comes again with every cycle.
#[derive(Debug, Default)]
pub struct Told {
    master: bool,
    slave: Option<(u16, u32, u16)>,
}

/// Bytes of words and of bits that a station has.
const WORDS: usize = 64;
const BITS: usize = 8;

/// A further station of the slave before.
const CONTINUED: u32 = 0xffff_ffff;

/// Request with its command, or answer; binary, without serial number.
pub(super) fn fits(head: &[u8]) -> bool {
    match head {
        [0x50, 0, _, _, _, _, _, _, _, _, _, low, high, ..] => {
            u16::from_le_bytes([*low, *high]) == spec::CYCLIC
        }
        [0xd0, 0, _, _, _, _, _, _, _, _, _, ..] => true,
        _ => false,
    }
}

/// One datagram.
pub(super) fn say(told: &mut Told, cx: &mut Cx<'_>, whole: &[u8]) {
    let request = whole.first() == Some(&0x50);
    let role = if request { Role::Request } else { Role::Response };
    let op = Op::new(u32::from(spec::CYCLIC), role, whole);
    let mut at = Cursor::new(whole);
    // Subheader, network, node, processor, station.
    let length = at.skip(7).and_then(|()| at.le16());
    let wrong = length.is_none_or(|length| usize::from(length) != at.rest().len());
    let read = if request { ask(told, cx, op, at) } else { answer(told, cx, op, at) };
    if read.is_none() {
        cx.op(&op);
    }
    if (wrong || read.is_none()) && !cx.cut() {
        cx.fault(spec::BAD_LENGTH, whole);
    }
}

/// The master writes to all slaves of a group.
fn ask(told: &mut Told, cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    // Timer; the offset counts from the command on.
    at.skip(2)?;
    let mut info = at;
    at.skip(4 + 4)?;
    let offset = at.le16()?;
    at.skip(14)?;
    let running = at.le16()?;
    info.skip(offset.into())?;
    // Master.
    info.skip(4)?;
    let group = info.u8()?;
    info.skip(1)?;
    let sequence = info.le16()?;
    // Time-outs, number of the parameters.
    info.skip(6)?;
    let stations = info.le16()?;
    info.skip(4)?;
    op.unit = Some(group.into());
    op.args = Some([sequence.into(), group.into(), stations.into(), running.into()]);
    let stations = usize::from(stations);
    let slaves = info.take(stations.checked_mul(4)?)?;
    let words = info.take(stations.checked_mul(WORDS)?)?;
    let bits = info.take(stations.checked_mul(BITS)?)?;
    cx.op(&op);
    let mut ids = slaves.chunks_exact(4).map(number).enumerate().peekable();
    while let Some((first, slave)) = ids.next() {
        let mut count = 1_usize;
        while ids.next_if(|(_, id)| *id == CONTINUED).is_some() {
            count = count.saturating_add(1);
        }
        items(cx, spec::RWW, slave, part(words, first, count, WORDS));
        items(cx, spec::RY, slave, part(bits, first, count, BITS));
    }
    if !told.master {
        told.master = true;
        cx.attr(spec::BASIC_ROLE, b"plc");
    }
    Some(())
}

/// A slave says what it is, how it fares, and what it measures.
fn answer(told: &mut Told, cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    let transport = at.le16()?;
    let mut info = at;
    at.skip(2)?;
    let end = at.le16()?;
    let offset = at.le16()?;
    at.skip(14)?;
    let vendor = at.le16()?;
    at.skip(2)?;
    let model = at.le32()?;
    let version = at.le16()?;
    at.skip(2)?;
    let (running, error) = (at.le16()?, at.le16()?);
    info.skip(offset.into())?;
    let slave = info.le32()?;
    let group = info.u8()?;
    info.skip(1)?;
    let sequence = info.le16()?;
    let station = const { WORDS + BITS };
    let stations = info.rest().len().checked_div(station)?;
    let words = info.take(stations.checked_mul(WORDS)?)?;
    let bits = info.take(stations.checked_mul(BITS)?)?;
    op.unit = Some(group.into());
    op.args =
        Some([sequence.into(), group.into(), vocab::sat_u32(stations).into(), running.into()]);
    op.status = match (transport, end) {
        (0, 0) => Status::Ok,
        (0, end) => Status::Error(end.into()),
        (transport, _) => Status::Error(transport.into()),
    };
    cx.op(&op);
    items(cx, spec::RWR, slave, words);
    items(cx, spec::RX, slave, bits);
    if error != 0 {
        let target = Target { area: spec::ERROR, index: 0, count: 1, extra: slave, name: &[] };
        cx.item(target, Value::Uint(error.into()));
    }
    if told.slave != Some((vendor, model, version)) {
        told.slave = Some((vendor, model, version));
        cx.attr(spec::BASIC_VENDOR, line!("0x{vendor:04x}").bytes());
        cx.attr(spec::BASIC_MODEL, line!("0x{vendor:04x}{model:08x}").bytes());
        cx.attr(spec::BASIC_VERSION, line!("{version}").bytes());
    }
    Some(())
}

/// Words have two bytes, bits an eighth of one.
fn items(cx: &mut Cx<'_>, area: &'static Area, slave: u32, data: &[u8]) {
    if slave == 0 || data.is_empty() {
        return;
    }
    let words = area.id == spec::RWW.id || area.id == spec::RWR.id;
    let count = if words { data.len() >> 1 } else { data.len() << 3 };
    let target = Target { area, index: 0, count: vocab::sat_u32(count), extra: slave, name: &[] };
    cx.item(target, Value::Bytes(data));
}

fn part(data: &[u8], first: usize, count: usize, size: usize) -> &[u8] {
    let from = first.saturating_mul(size);
    let to = from.saturating_add(count.saturating_mul(size));
    data.get(from..to).unwrap_or(&[])
}

fn number(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |chunk| u32::from_le_bytes(*chunk))
}
