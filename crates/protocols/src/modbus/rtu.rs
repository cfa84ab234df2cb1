//! Serial frames inside TCP: unit, function, data, CRC. Serial device servers send them so.

use super::{pdu, role, spec};
use dissect::{Cx, Probe, Step};

/// Shortest frame: unit, function, CRC.
const FRAME_MIN: usize = 4;
/// Largest frame. MODBUS Serial Line v1.02 §2.5.1.
const FRAME_MAX: usize = 256;

/// The CRC of serial frames, low byte first on the wire. MODBUS Serial Line v1.02 §6.2.2.
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |crc, byte| {
        (0..8).fold(
            crc ^ u16::from(*byte),
            |crc, _| {
                if crc & 1 != 0 { crc >> 1 ^ 0xa001 } else { crc >> 1 }
            },
        )
    })
}

fn has_crc(frame: &[u8]) -> bool {
    match frame.split_last_chunk::<2>() {
        Some((body, sum)) => crc(body) == u16::from_le_bytes(*sum),
        None => false,
    }
}

/// The lengths a frame with this beginning may have, shortest first; 0 where it does not apply.
fn lengths(head: &[u8]) -> [usize; 2] {
    let byte = |at: usize| head.get(at).map_or(0, |b| usize::from(*b));
    match byte(1) {
        1..=4 => [8, byte(2).saturating_add(5)],
        5 | 6 | 8 => [8, 0],
        7 => [4, 5],
        11 => [4, 8],
        12 | 17 => [4, byte(2).saturating_add(5)],
        15 | 16 => [8, byte(6).saturating_add(9)],
        20 | 21 => [byte(2).saturating_add(5), 0],
        22 => [10, 0],
        23 => [byte(2).saturating_add(5), byte(10).saturating_add(13)],
        0x80.. => [5, 0],
        _ => [0, 0],
    }
}

/// The length of the frame at the start, or how many bytes it takes to tell.
fn frame(head: &[u8]) -> Result<usize, Option<usize>> {
    if head.len() < FRAME_MIN {
        return Err(Some(FRAME_MIN));
    }
    let mut need = None;
    for len in lengths(head) {
        if !(FRAME_MIN..=FRAME_MAX).contains(&len) {
            continue;
        }
        match head.get(..len) {
            Some(frame) if has_crc(frame) => return Ok(len),
            Some(_) => {}
            None => need = Some(len),
        }
    }
    Err(need)
}

/// Sure when the CRC is right; only functions whose length is known are recognised.
pub(super) fn probe(head: &[u8]) -> Probe {
    if head.first().is_some_and(|unit| *unit > 247) {
        return Probe::No;
    }
    match frame(head) {
        Ok(_) => Probe::Sure,
        Err(Some(need)) => Probe::Maybe { need },
        Err(None) => Probe::No,
    }
}

/// One serial frame.
pub(super) fn step(cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let len = match frame(bytes) {
        Ok(len) => len,
        Err(Some(need)) if !cx.cut() => {
            return Step::Need { took: 0, more: need.saturating_sub(bytes.len()).max(1) };
        }
        Err(_) => {
            cx.fault(spec::BAD_CRC, bytes);
            return Step::Resync { took: bytes.len() };
        }
    };
    let whole = bytes.get(..len).unwrap_or(bytes);
    let body = whole.get(1..len.saturating_sub(2)).unwrap_or(&[]);
    let (Some(&unit), Some(&function)) = (whole.first(), body.first()) else {
        return Step::Resync { took: bytes.len() };
    };
    // One request at a time per unit: unit and function pair the answer.
    let tx = u64::from(unit) << 8 | u64::from(function & 0x7f);
    let (role, proof) = role(cx, pdu::shapes(function, body.len(), body), tx);
    pdu::say(cx, &pdu::Message { whole, pdu: body, unit, tx, role, proof });
    Step::Took { bytes: len }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crc_of_the_standards_example() {
        // MODBUS Serial Line v1.02 §6.2.2: 02 07 gives 0x1241.
        assert_eq!(crc(&[0x02, 0x07]), 0x1241);
        assert_eq!(frame(&[0x02, 0x07, 0x41, 0x12]), Ok(4));
    }
}
