//! Ether-S-Bus: how SAIA PCD controllers are read, written, programmed and stopped, over UDP.

mod contents;
mod spec;

use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Status};

/// Bytes of the shortest telegram: header, attribute, a byte of data, CRC.
const TELEGRAM_LEN: usize = 12;
/// The command that moves blocks and files.
const BLOCK: u8 = 0xa9;

/// The Ether-S-Bus dissector.
#[derive(Debug)]
pub struct EtherSBus;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow;

impl Dissector for EtherSBus {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// Length, version, attribute and CRC must fit, whatever the port.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let fits = hint.datagram
            && head.len() >= TELEGRAM_LEN
            && length(head) == Some(head.len())
            && matches!(head, [_, _, _, _, 0 | 1, 0, _, _, 0..=2, ..])
            && is_checked(head);
        if fits { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        let said = telegram(cx, bytes);
        if !cx.cut() {
            let fits = length(bytes) == Some(bytes.len());
            if said.is_none() {
                cx.fault(spec::SHORT, bytes);
            } else if !fits {
                cx.fault(spec::BAD_LENGTH, bytes.get(..4).unwrap_or(bytes));
            } else if !is_checked(bytes) {
                cx.fault(
                    spec::BAD_CRC,
                    bytes.get(bytes.len().saturating_sub(2)..).unwrap_or(bytes),
                );
            }
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// Bytes of the telegram, with header and CRC.
fn length(bytes: &[u8]) -> Option<usize> {
    usize::try_from(Cursor::new(bytes).be32()?).ok()
}

/// CRC-16 with the polynomial 0x1021 from 0 (XMODEM), high byte first, over all before it.
fn is_checked(bytes: &[u8]) -> bool {
    bytes.split_last_chunk().is_some_and(|(before, sum)| {
        let crc = before.iter().fold(0u16, |crc, byte| {
            (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| {
                if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 }
            })
        });
        crc == u16::from_be_bytes(*sum)
    })
}

/// One telegram; `None` when it is too short for one.
fn telegram(cx: &mut Cx<'_>, bytes: &[u8]) -> Option<()> {
    let end = if cx.cut() { bytes.len() } else { bytes.len().saturating_sub(2) };
    let mut at = Cursor::new(bytes.get(..end)?);
    // Length, version, protocol.
    at.skip(6)?;
    let sequence = u64::from(at.be16()?);
    match at.u8()? {
        0 => {
            let station = at.u8()?;
            let code = at.u8()?;
            let data = at.rest();
            let op = Op {
                sub: data.get(1).filter(|_| code == BLOCK).map(|kind| u16::from(*kind)),
                tx: Some(sequence),
                unit: Some(station.into()),
                ..Op::new(code.into(), Role::Request, bytes)
            };
            cx.op(&op);
            contents::asked(cx, code, data);
            let mut note = [code; 8];
            for (to, from) in note.iter_mut().skip(1).zip(data) {
                *to = *from;
            }
            cx.note(sequence, note.get(..data.len().saturating_add(1)).unwrap_or(&note));
        }
        attribute @ (1 | 2) => answer(cx, bytes, sequence, attribute == 2, at.rest())?,
        _ => {
            cx.op(&Op::new(spec::RESPONSE, Role::Event, bytes));
            cx.fault(spec::BAD_ATTRIBUTE, bytes.get(8..9)?);
        }
    }
    Some(())
}

/// A response with data, or an acknowledgement.
fn answer(cx: &mut Cx<'_>, whole: &[u8], sequence: u64, plain: bool, data: &[u8]) -> Option<()> {
    let mut note = [0; 240];
    let len = cx.noted(sequence, &mut note);
    let asked = cx.pending(sequence);
    let code = match (&asked, plain) {
        (Some(asked), _) => asked.code,
        (None, true) => spec::ACKNOWLEDGEMENT,
        (None, false) => spec::RESPONSE,
    };
    let sub = match note.get(..len) {
        Some([BLOCK, _, kind, ..]) => Some(u16::from(*kind)),
        _ => None,
    };
    let reason = if plain { Cursor::new(data).be16()? } else { 0 };
    let op = Op {
        sub,
        tx: Some(sequence),
        unit: asked.and_then(|asked| asked.unit),
        status: if reason == 0 { Status::Ok } else { Status::Error(reason.into()) },
        ..Op::new(code, Role::Response, whole)
    };
    cx.op(&op);
    if let Some([code, asked @ ..]) = note.get(..len).filter(|_| !plain) {
        contents::answered(cx, *code, asked, data);
    }
    Some(())
}
