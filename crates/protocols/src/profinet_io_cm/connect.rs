//! Setting up a relation between controller and device. IEC 61158-6-10:2019 §5.2.

use super::blocks::{Block, place};
use super::spec;
use crate::common::uuid;
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, Mac, Subject, Target, Value};

/// Types of block.
pub(super) const AR_REQUEST: u16 = 0x0101;
pub(super) const AR_RESPONSE: u16 = 0x8101;

/// What the arguments of a connect call say: type, session key, properties.
pub(super) fn arguments(block: &Block<'_>) -> Option<[u64; 3]> {
    let mut at = block.cursor();
    let kind = at.be16()?;
    at.skip(16)?;
    let session = at.be16()?;
    let properties = if block.kind == AR_REQUEST {
        at.skip(22)?;
        at.be32()?
    } else {
        0
    };
    Some([u64::from(kind), u64::from(session), u64::from(properties)])
}

/// Says a block of a connect call or its answer.
pub(super) fn say(cx: &mut Cx<'_>, block: &Block<'_>) -> Option<()> {
    match block.kind {
        AR_REQUEST => relation(cx, block.cursor(), true),
        AR_RESPONSE => relation(cx, block.cursor(), false),
        0x0102 => data_relation(cx, block.cursor()),
        0x8102 => data_relation_answer(cx, block.cursor()),
        0x0103 => alarm_relation(cx, block.cursor()),
        0x8103 => alarm_relation_answer(cx, block.cursor()),
        0x0104 => expected(cx, block.cursor()),
        0x8104 => differences(cx, block.cursor()),
        0x8106 => {
            let mut at = block.cursor();
            let length = at.be16()?;
            cx.attr(spec::RESPONDER, at.take(usize::from(length))?);
            Some(())
        }
        _ => Some(()),
    }
}

/// ARBlockReq and ARBlockRes. §5.2.
fn relation(cx: &mut Cx<'_>, mut at: Cursor<'_>, request: bool) -> Option<()> {
    let kind = at.be16()?;
    let text = uuid::text(at.chunk()?, false);
    at.skip(2)?;
    let mac = Mac(*at.chunk()?);
    let word = kind_word(kind);
    let meaning =
        if word.is_empty() { Value::Uint(u64::from(kind)) } else { Value::Text(word.as_bytes()) };
    cx.item(named(spec::RELATION, text.bytes()), meaning);
    cx.bind(mac, cx.headers().src.to_ip());
    if !request {
        return Some(());
    }
    // Instance, device and vendor number end the object identifier.
    let [.., a, b, c, d] = *at.chunk::<16>()?;
    cx.attr(spec::INITIATOR, line!("0x{:08x}", u32::from_be_bytes([c, d, a, b])).bytes());
    at.skip(8)?;
    let length = at.be16()?;
    cx.attr(spec::STATION, at.take(usize::from(length))?);
    let (initiator, responder): (&[u8], &[u8]) = match kind {
        6 => (b"engineering-station", b""),
        _ => (b"plc", b"io-device"),
    };
    cx.attr(spec::ROLE, initiator);
    cx.attr_of(Subject::Receiver, spec::ROLE, responder);
    Some(())
}

/// ARType. §5.2.
fn kind_word(kind: u16) -> &'static str {
    match kind {
        0x01 => "io_controller",
        0x03 => "reserved_controller",
        0x06 => "supervisor",
        0x10 => "io_controller_rt_class_3",
        0x20 => "io_controller_redundant",
        _ => "",
    }
}

/// IOCRBlockReq: which data goes how often. §5.2.
fn data_relation(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    let (kind, reference) = (at.be16()?, at.be16()?);
    at.skip(2)?;
    let (class, length) = (at.be32()? & 0x0f, at.be16()?);
    let (frame, clock, ratio) = (at.be16()?, at.be16()?, at.be16()?);
    // The clock counts 31.25 microseconds.
    let micros = u64::from(clock).saturating_mul(u64::from(ratio)).saturating_mul(125) / 4;
    let kind = match kind {
        1 => "input",
        2 => "output",
        3 => "multicast provider",
        4 => "multicast consumer",
        _ => "unknown",
    };
    let class = match class {
        1 => "1",
        2 => "2",
        3 => "3",
        4 => "udp",
        _ => "?",
    };
    let text = line!("{kind}, class {class}, frame 0x{frame:04x}, {length} bytes, {micros} us");
    cx.item(numbered(spec::DATA_RELATION, reference), Value::Text(text.bytes()));
    Some(())
}

/// IOCRBlockRes: the frame identifier that the device took. §5.2.
fn data_relation_answer(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    at.skip(2)?;
    let (reference, frame) = (at.be16()?, at.be16()?);
    let text = line!("frame 0x{frame:04x}");
    cx.item(numbered(spec::DATA_RELATION, reference), Value::Text(text.bytes()));
    Some(())
}

/// AlarmCRBlockReq. §5.2.
fn alarm_relation(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    at.skip(8)?;
    let (timeout, retries, reference) = (at.be16()?, at.be16()?, at.be16()?);
    let millis = u64::from(timeout).saturating_mul(100);
    let text = line!("timeout {millis} ms, {retries} retries");
    cx.item(numbered(spec::ALARM_RELATION, reference), Value::Text(text.bytes()));
    Some(())
}

/// AlarmCRBlockRes. §5.2.
fn alarm_relation_answer(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    at.skip(2)?;
    let (reference, length) = (at.be16()?, at.be16()?);
    let text = line!("{length} bytes");
    cx.item(numbered(spec::ALARM_RELATION, reference), Value::Text(text.bytes()));
    Some(())
}

/// ExpectedSubmoduleBlockReq: the modules that the controller is configured for. §5.2.
fn expected(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    for _ in 0..at.be16()? {
        let (api, slot, module) = (at.be32()?, at.be16()?, at.be32()?);
        at.skip(2)?;
        for _ in 0..at.be16()? {
            let (subslot, submodule, properties) = (at.be16()?, at.be32()?, at.be16()?);
            let (mut inputs, mut outputs) = (0, 0);
            // Both descriptions only where there is both input and output.
            for _ in 0..if properties & 3 == 3 { 2 } else { 1 } {
                let (direction, length) = (at.be16()?, at.be16()?);
                at.skip(2)?;
                if direction == 2 {
                    outputs = length;
                } else {
                    inputs = length;
                }
            }
            let text =
                line!("module 0x{module:x} submodule 0x{submodule:x} in {inputs} out {outputs}");
            cx.item(place(api, slot, subslot), Value::Text(text.bytes()));
        }
    }
    Some(())
}

/// ModuleDiffBlock: where the device differs. §5.2.
pub(super) fn differences(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    for _ in 0..at.be16()? {
        let api = at.be32()?;
        for _ in 0..at.be16()? {
            let (slot, module, state) = (at.be16()?, at.be32()?, at.be16()?);
            let word = match state {
                0 => "missing",
                1 => "wrong",
                2 => "proper",
                3 => "substitute",
                _ => "unknown",
            };
            let text = line!("{word} module 0x{module:x}");
            cx.item(place(api, slot, 0), Value::Text(text.bytes()));
            for _ in 0..at.be16()? {
                let (subslot, submodule, state) = (at.be16()?, at.be32()?, at.be16()?);
                let text = line!("submodule 0x{submodule:x} state 0x{state:04x}");
                cx.item(place(api, slot, subslot), Value::Text(text.bytes()));
            }
        }
    }
    Some(())
}

fn named<'p>(area: &'static Area, name: &'p [u8]) -> Target<'p> {
    Target { area, index: 0, count: 1, extra: 0, name }
}

fn numbered(area: &'static Area, number: u16) -> Target<'static> {
    Target { area, index: u64::from(number), count: 1, extra: 0, name: &[] }
}
