//! Memory area codes of CS, CJ, CP and NJ controllers, and of the older CV and C series. W342 §5-2-2.

/// The area's name and its bank.
pub(super) fn name(code: u32) -> (&'static str, Option<u32>) {
    (
        match code {
            0x00 | 0x30 | 0x40 | 0x70 | 0x80 | 0xb0 | 0xc0 | 0xf0 => "CIO",
            0x31 | 0x71 | 0xb1 | 0xf1 => "W",
            0x32 | 0x72 | 0xb2 | 0xf2 => "H",
            0x33 | 0xb3 => "A",
            0x02 | 0x82 => "D",
            0x01 | 0x81 | 0x09 | 0x49 | 0x89 => "T",
            0x06 | 0x46 => "TK",
            0x07 => "clock",
            0x03 | 0x83 => "transition",
            0x04 | 0x84 => "step",
            0x0a | 0x98 => "E",
            0xbc | 0x9c => "DR",
            0xdc => "IR",
            0x20..=0x2c | 0xa0..=0xac => return ("E", Some(code & 0x0f)),
            0x60..=0x68 | 0xe0..=0xec => return ("E", Some((code & 0x0f).saturating_add(16))),
            0x90..=0x97 => return ("E", Some(code & 7)),
            _ => "",
        },
        None,
    )
}

/// Elements of the area are bits, each sent as a byte.
pub(super) fn is_bit(code: u32) -> bool {
    matches!(code, 0x00..=0x45 | 0x47..=0x4f | 0x70..=0x7f | 0xe0..=0xef)
}

/// Bytes of an element.
pub(super) fn size(code: u32) -> usize {
    match code {
        0x46 => 1,
        0xdc => 4,
        _ if is_bit(code) => 1,
        _ => 2,
    }
}

/// Places of the area have a word and a bit number; timers, counters and flags have one number.
pub(super) fn has_bits(code: u32) -> bool {
    is_bit(code) && !matches!(code, 0x01 | 0x03 | 0x04 | 0x06 | 0x07 | 0x09 | 0x49)
}
