//! Number conversions that cannot fail: saturating (`sat_`) for sizes and counts, truncating
//! (`low_`) where the low bits are what the wire format means.

/// `value` as `u8`, 255 when it does not fit.
#[inline]
pub fn sat_u8(value: usize) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

/// `value` as `u16`, 65,535 when it does not fit.
#[inline]
pub fn sat_u16(value: usize) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

/// `value` as `u32`, the largest `u32` when it does not fit.
#[inline]
pub fn sat_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// `value` as `usize`, the largest `usize` when it does not fit.
#[inline]
pub fn sat_usize(value: u64) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

/// `value` as `i64`, the largest `i64` when it does not fit.
#[inline]
pub fn sat_i64(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// The low 8 bits of `value`.
#[inline]
pub fn low_u8(value: u64) -> u8 {
    let [low, ..] = value.to_le_bytes();
    low
}

/// The low 16 bits of `value`.
#[inline]
pub fn low_u16(value: u64) -> u16 {
    let [a, b, ..] = value.to_le_bytes();
    u16::from_le_bytes([a, b])
}

/// The low 32 bits of `value`.
#[inline]
pub fn low_u32(value: u64) -> u32 {
    let [a, b, c, d, ..] = value.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
