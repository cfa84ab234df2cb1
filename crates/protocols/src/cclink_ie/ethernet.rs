//! Frames of CC-Link IE Control, Field and TSN. IEC 61158-6-23 and CLPA BAP-C2011.

use super::spec;
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Mac, Op, Role, Target, Value};

/// Types of frame.
const PRIORITY: u8 = 0xc0;
const DETECTION: u8 = 0xc1;
const DETECTED: u8 = 0xc2;
const ACYCLIC: u8 = 0xc3;
const MASTER: u8 = 0xc4;
const SLAVE: u8 = 0xc5;

/// One frame.
pub(super) fn say(cx: &mut Cx<'_>, whole: &[u8]) {
    let mut at = Cursor::new(whole);
    let Some(kind) = at.u8() else {
        if !cx.cut() {
            cx.fault(spec::SHORT, whole);
        }
        return;
    };
    let mut op = Op::new(u32::from(kind), role(kind), whole);
    let read = match kind {
        PRIORITY => priority(cx, op, at),
        DETECTION => detection(cx, op, at),
        DETECTED => detected(cx, op, at),
        ACYCLIC => acyclic(cx, op, at),
        MASTER | SLAVE => cyclic(cx, op, at, kind == SLAVE),
        0x11 | 0x12 => test(cx, op, at),
        _ => {
            let read = header(&mut at);
            op.args = read.map(|(node, protocol)| [node, protocol, 0, 0]);
            cx.op(&op);
            if !known(kind) {
                cx.fault(spec::UNKNOWN_TYPE, whole);
            }
            read.map(|_| ())
        }
    };
    if read.is_none() {
        // What is cut off is still of its type.
        if matches!(kind, PRIORITY..=SLAVE | 0x11 | 0x12) {
            cx.op(&op);
        }
        if !cx.cut() {
            cx.fault(spec::SHORT, whole);
        }
    }
}

fn role(kind: u8) -> Role {
    match kind {
        0x00 | 0x11 | 0x13 | 0x40 | DETECTION => Role::Request,
        0x01 | 0x12 | 0x14 | 0x41 | DETECTED => Role::Response,
        _ => Role::Event,
    }
}

fn known(kind: u8) -> bool {
    spec::SPEC.operations.iter().any(|op| op.code == u32::from(kind))
}

/// The rest of the header that Control and Field have in common: kind of data, four bytes that
/// each type uses in its own way, number of the sender, protocol, checksum.
fn header(at: &mut Cursor<'_>) -> Option<(u64, u64)> {
    at.skip(5)?;
    let (node, protocol) = (at.be16()?, at.u8()?);
    at.skip(5)?;
    Some((node.into(), protocol.into()))
}

/// testData and testDataAck, of all networks.
fn test(cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    let (node, protocol) = header(&mut at)?;
    let mac: [u8; 6] = *at.chunk()?;
    let port = at.u8()?;
    op.args = Some([node, protocol, port.into(), 0]);
    cx.op(&op);
    // In TSN the test says the address of its sender.
    if op.role == Role::Request && protocol & 0x0f > 1 {
        at.skip(1)?;
        let info = at.u8()?;
        at.skip(3)?;
        let ip: [u8; 4] = *at.chunk()?;
        if info & 4 == 0 {
            bind(cx, mac, ip);
        }
    }
    Some(())
}

/// acyclicPriority: who would be the master.
fn priority(cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    // Header, sender, its priority, master, hops.
    at.skip(13 + 6 + 2 + 6 + 2)?;
    op.role = if at.u8()? & 1 == 0 { Role::Request } else { Role::Response };
    cx.op(&op);
    Some(())
}

/// acyclicDetection: the master looks for stations; each passes it on.
fn detection(cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    at.skip(3)?;
    let (version, protocol) = (at.u8()?, at.u8()?);
    let master: [u8; 6] = *at.chunk()?;
    // The station before, its port, options.
    at.skip(6 + 2)?;
    let hops = at.be16()?;
    let ip: [u8; 4] = *at.chunk()?;
    op.args = Some([version.into(), protocol.into(), hops.into(), 0]);
    cx.op(&op);
    bind(cx, master, ip);
    Some(())
}

/// acyclicDetectionAck: what a station is.
fn detected(cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    at.skip(1)?;
    let (station, version) = (at.u8()?, at.u8()?);
    // Protocol, last byte of the address.
    at.skip(2)?;
    let mac: [u8; 6] = *at.chunk()?;
    // Neighbour, ports with their states, master.
    at.skip(2 + 6 + 6 + 12 + 12 + 6 + 2)?;
    let ip: [u8; 4] = *at.chunk()?;
    // Mask, gateway, IPv6, performance, clock.
    at.skip(4 + 4 + 33 + 3 + 6 + 6)?;
    let release = at.be16()?;
    let (vendor, model) = (at.be16()?, at.be32()?);
    at.skip(2)?;
    let device = at.be16()?;
    op.args = Some([version.into(), station.into(), device.into(), release.into()]);
    cx.op(&op);
    bind(cx, mac, ip);
    if Mac(mac) == cx.headers().src_mac {
        cx.attr(spec::TSN_VENDOR, line!("0x{vendor:04x}").bytes());
        cx.attr(spec::TSN_MODEL, line!("0x{vendor:04x}{model:08x}").bytes());
        let (word, role) = device_type(device);
        if !word.is_empty() {
            cx.attr(spec::TSN_TYPE, word);
        }
        if !role.is_empty() {
            cx.attr(spec::TSN_ROLE, role);
        }
    }
    Some(())
}

/// acyclicData: the lower half of the receiver's address, then a frame of SLMP.
fn acyclic(cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    at.skip(1)?;
    let station = at.be16()?;
    at.skip(2)?;
    op.args = Some([station.into(), 0, 0, 0]);
    cx.op(&op);
    if let [0x50 | 0x54 | 0xd0 | 0xd4, 0, ..] = at.rest() {
        cx.hand_down(spec::SLMP, at.rest(), 0);
    }
    Some(())
}

/// cyclicM and cyclicMs, cyclicS and cyclicSs: blocks up to a station 0.
fn cyclic(cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>, slave: bool) -> Option<()> {
    let cycle = at.u8()? & 0x7f;
    let station = at.be16()?;
    at.skip(6)?;
    let blocks = Cursor::new(at.rest());
    let mut count = 0_u64;
    let mut broken = false;
    walk(blocks, slave, |block| {
        count = count.saturating_add(1);
        broken |= block.is_none();
    });
    op.args = Some([station.into(), cycle.into(), count, 0]);
    cx.op(&op);
    walk(blocks, slave, |block| {
        let Some(Block { station, address, data }) = block else { return };
        let target = Target {
            area: spec::MEMORY,
            index: address.into(),
            count: 0,
            extra: station.into(),
            name: &[],
        };
        cx.item(target, if data.is_empty() { Value::None } else { Value::Bytes(data) });
    });
    if broken && !cx.cut() {
        cx.fault(spec::BAD_BLOCK, op.pdu);
    }
    Some(())
}

/// Data for or from one station.
struct Block<'p> {
    station: u16,
    address: u32,
    data: &'p [u8],
}

/// Goes through the blocks; the last one is `None` if it is cut off.
fn walk<'p>(mut at: Cursor<'p>, slave: bool, mut each: impl FnMut(Option<Block<'p>>)) {
    while let Some(station) = at.be16().filter(|station| *station != 0) {
        let block = block(&mut at, station, slave);
        let end = block.is_none();
        each(block);
        if end {
            break;
        }
    }
}

fn block<'p>(at: &mut Cursor<'p>, station: u16, slave: bool) -> Option<Block<'p>> {
    let length = at.be16()? & 0x07ff;
    // Acyclic permission, sequence, diagnosis.
    at.skip(1 + 2 + 1 + 3 + 1)?;
    let address = at.be32()?;
    let data = at.take(length.into())?;
    if slave {
        at.skip(4)?;
    }
    Some(Block { station, address, data })
}

/// A frame tells the address of its sender; those who pass it on are left out.
fn bind(cx: &mut Cx<'_>, mac: [u8; 6], ip: [u8; 4]) {
    if ip != [0; 4] && Mac(mac) == cx.headers().src_mac {
        cx.bind(Mac(mac), ip.into());
    }
}

/// Word for a type of device, and its role. CLPA BAP-C2011.
fn device_type(code: u16) -> (&'static [u8], &'static [u8]) {
    match code {
        0x01 => (b"PLC", b"plc"),
        0x02 => (b"personal computer", b""),
        0x03 => (b"digital I/O", b"io-device"),
        0x04 => (b"analog I/O", b"io-device"),
        0x05 => (b"positioning controller", b""),
        0x06 => (b"temperature controller", b""),
        0x07 => (b"HMI", b"hmi"),
        0x08 => (b"ID reader", b""),
        0x09 => (b"serial converter", b""),
        0x20 => (b"inverter", b"drive"),
        0x21 => (b"servo", b"drive"),
        0x22 => (b"CNC", b""),
        0x23 => (b"robot", b""),
        0x30 => (b"sensor", b""),
        0x31 => (b"actuator", b""),
        0x32 => (b"barcode reader", b""),
        0x34 => (b"high-speed counter", b""),
        0x35 => (b"switch", b"switch"),
        0x3c => (b"solenoid valve", b""),
        0x4b => (b"wireless module", b""),
        0x4c => (b"digital and analog I/O", b"io-device"),
        _ => (b"", b""),
    }
}
