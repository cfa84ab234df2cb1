//! The checksum that many serial protocols share.

/// CRC-16 with the reflected polynomial 0xA001, beginning with `start`: 0 (ARC) or 0xFFFF (Modbus).
pub fn crc16(start: u16, bytes: impl IntoIterator<Item = u8>) -> u16 {
    bytes.into_iter().fold(start, |sum, byte| {
        (0..8).fold(
            sum ^ u16::from(byte),
            |crc, _| {
                if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ 0xa001 }
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::crc16;

    #[test]
    fn check_values() {
        assert_eq!(crc16(0, *b"123456789"), 0xbb3d);
        assert_eq!(crc16(0xffff, *b"123456789"), 0x4b37);
    }
}
