//! MS/TP: token passing on RS-485 lines. ASHRAE 135-2020 clause 9.

use super::route::Route;
use super::{Flow, network, operations, spec};
use decode::Cursor;
use dissect::{Cx, Step};
use vocab::{Op, Role, Status, Value};

/// The two bytes that every frame starts with. Clause 9.3.
pub(super) const PREAMBLE: [u8; 2] = [0x55, 0xff];
/// Frame types whose data is encoded without the preamble's byte. Clause 9.3.9.
const ENCODED: core::ops::RangeInclusive<u8> = 32..=127;
/// Longest data of an encoded frame. Clause 9.3.9.
const DATA_MAX: usize = 1_497;
/// What frame bytes are changed with, so that 0x55 does not occur. Clause 9.10.2.
const MASK: u8 = 0x55;

/// The header behind the preamble. Clause 9.3.
struct Header {
    kind: u8,
    to: u8,
    from: u8,
    length: u16,
    sound: bool,
}

impl Header {
    fn read(at: &mut Cursor<'_>) -> Option<Self> {
        let &[kind, to, from, l0, l1, sum] = at.chunk()?;
        let sound = header_crc(&[kind, to, from, l0, l1]) == sum;
        Some(Self { kind, to, from, length: u16::from_be_bytes([l0, l1]), sound })
    }
}

/// One frame.
pub(super) fn say(flow: &mut Flow, cx: &mut Cx<'_>, frame: &[u8]) -> Step {
    let Some(rest) = frame.strip_prefix(&PREAMBLE) else {
        cx.fault(spec::BAD_FRAME, frame);
        return Step::Resync { took: frame.len() };
    };
    let mut at = Cursor::new(rest);
    let Some(header) = Header::read(&mut at) else {
        if !cx.cut() {
            cx.fault(spec::BAD_FRAME, frame);
        }
        return Step::Resync { took: frame.len() };
    };
    if !header.sound {
        cx.fault(spec::BAD_HEADER_CRC, frame);
        return Step::Took { bytes: frame.len() };
    }
    let route = Route::stations(header.from, header.to);
    if ENCODED.contains(&header.kind) {
        encoded(flow, cx, &route, &header, frame, at);
        return Step::Took { bytes: frame.len() };
    }
    let data = at.take_up_to(usize::from(header.length));
    let sum = at.le16();
    if !data.is_empty() && !cx.cut() && sum != Some(data_crc(data)) {
        cx.fault(spec::BAD_DATA_CRC, frame);
    }
    match header.kind {
        5 | 6 => network::say(flow, cx, &route, frame, data),
        kind => line(cx, &route, kind, frame, data),
    }
    Step::Took { bytes: frame.len() }
}

/// Frames that keep the line going, and makers' own. Clauses 9.3.1 to 9.3.10.
fn line(cx: &mut Cx<'_>, route: &Route, kind: u8, frame: &[u8], data: &[u8]) {
    let role = match kind {
        1 | 3 => Role::Request,
        2 | 4 | 7 => Role::Response,
        _ => Role::Event,
    };
    let op = route.op(operations::MSTP | u32::from(kind), role, frame);
    match (kind, data) {
        (0x80.., &[v0, v1, ref data @ ..]) => cx.op(&Op {
            code: operations::MSTP | 0x80,
            args: Some([u64::from(u16::from_be_bytes([v0, v1])), u64::from(kind), 0, 0]),
            value: Value::Bytes(data),
            ..op
        }),
        (2 | 4, _) => cx.op(&Op { status: Status::Ok, ..op }),
        _ => cx.op(&op),
    }
}

/// Frames of up to 1,497 bytes: the length counts the encoded data and the encoded CRC less two.
/// Clause 9.3.9, 9.10.
fn encoded(
    flow: &mut Flow,
    cx: &mut Cx<'_>,
    route: &Route,
    header: &Header,
    frame: &[u8],
    mut at: Cursor<'_>,
) {
    let all = at.take_up_to(usize::from(header.length).saturating_add(2));
    let Some((coded, sum)) = all.split_last_chunk::<5>() else {
        if !cx.cut() {
            cx.fault(spec::BAD_FRAME, frame);
        }
        return;
    };
    let (mut data, mut check) = ([0u8; DATA_MAX], [0u8; 4]);
    let data = uncobs(coded, &mut data);
    let good = data.is_some() && uncobs(sum, &mut check).is_some_and(|sum| sum.len() == 4);
    if (!good || crc32k(coded) != u32::from_le_bytes(check)) && !cx.cut() {
        cx.fault(spec::BAD_DATA_CRC, frame);
    }
    match (header.kind, data) {
        (32 | 33, Some(data)) => network::say(flow, cx, route, frame, data),
        _ => line(cx, route, header.kind, frame, coded),
    }
}

/// Takes off consistent overhead byte stuffing: each code says how many bytes follow up to a
/// zero that was left out. Clause 9.10.3.
fn uncobs<'a>(coded: &[u8], out: &'a mut [u8]) -> Option<&'a [u8]> {
    let mut at = Cursor::new(coded);
    let mut len = 0usize;
    while let Some(code) = at.u8() {
        let code = code ^ MASK;
        let run = at.take(usize::from(code).checked_sub(1)?)?;
        for byte in run {
            *out.get_mut(len)? = byte ^ MASK;
            len = len.checked_add(1)?;
        }
        if code != 255 && !at.is_empty() {
            *out.get_mut(len)? = 0;
            len = len.checked_add(1)?;
        }
    }
    out.get(..len)
}

/// A CRC that takes the lowest bit first.
fn crc(seed: u32, poly: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(seed, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 != 0 { crc >> 1 ^ poly } else { crc >> 1 },
        )
    })
}

/// X⁸ + X⁷ + 1 over the header, sent inverted. Annex G.1.
fn header_crc(bytes: &[u8]) -> u8 {
    !vocab::low_u8(u64::from(crc(0xff, 0x81, bytes)))
}

/// X¹⁶ + X¹² + X⁵ + 1 over the data, sent inverted, low byte first. Annex G.2.
fn data_crc(bytes: &[u8]) -> u16 {
    !vocab::low_u16(u64::from(crc(0xffff, 0x8408, bytes)))
}

/// CRC-32K over the encoded data, sent inverted, low byte first. Annex G.3.
fn crc32k(bytes: &[u8]) -> u32 {
    !crc(u32::MAX, 0xeb31_d82e, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_of_the_standards_examples() {
        // Annexes G.1 and G.2: a token from 5 to 16, and the data 01 22 30.
        assert_eq!(header_crc(&[0x00, 0x10, 0x05, 0x00, 0x00]), 0x8c);
        assert_eq!(data_crc(&[0x01, 0x22, 0x30]), 0xbd10);
    }

    #[test]
    fn stuffed_bytes_come_back() {
        let mut out = [0; 16];
        let coded = [3 ^ MASK, 1 ^ MASK, 2 ^ MASK, 2 ^ MASK, 4 ^ MASK];
        assert_eq!(uncobs(&coded, &mut out), Some(&[1, 2, 0, 4][..]));
        assert_eq!(uncobs(&[9 ^ MASK, 1], &mut out), None, "the run is not all there");
        assert_eq!(uncobs(&[MASK], &mut out), None, "no code is zero");
    }
}
