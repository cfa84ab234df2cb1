//! Device codes. SH-080008 §3.3.1.

/// A kind of device.
#[derive(Debug)]
pub(super) struct Device {
    /// Number in binary frames.
    pub(super) code: u32,
    /// Name as people write it.
    pub(super) name: &'static str,
    /// Numbered in hexadecimal.
    pub(super) hexadecimal: bool,
    /// One bit each.
    pub(super) bit: bool,
}

const fn device(code: u32, name: &'static str, hexadecimal: bool, bit: bool) -> Device {
    Device { code, name, hexadecimal, bit }
}

#[rustfmt::skip]
const DEVICES: &[Device] = &[
    device(0x91, "SM", false, true), device(0xa9, "SD", false, false),
    device(0x9c, "X", true, true), device(0x9d, "Y", true, true),
    device(0x90, "M", false, true), device(0x92, "L", false, true),
    device(0x93, "F", false, true), device(0x94, "V", false, true),
    device(0xa0, "B", true, true), device(0xa8, "D", false, false),
    device(0xb4, "W", true, false), device(0xc1, "TS", false, true),
    device(0xc0, "TC", false, true), device(0xc2, "TN", false, false),
    device(0x51, "LTS", false, true), device(0x50, "LTC", false, true),
    device(0x52, "LTN", false, false), device(0xc7, "SS", false, true),
    device(0xc6, "SC", false, true), device(0xc8, "SN", false, false),
    device(0x59, "LSTS", false, true), device(0x58, "LSTC", false, true),
    device(0x5a, "LSTN", false, false), device(0xc4, "CS", false, true),
    device(0xc3, "CC", false, true), device(0xc5, "CN", false, false),
    device(0x55, "LCS", false, true), device(0x54, "LCC", false, true),
    device(0x56, "LCN", false, false), device(0xa1, "SB", true, true),
    device(0xb5, "SW", true, false), device(0x98, "S", false, true),
    device(0xa2, "DX", true, true), device(0xa3, "DY", true, true),
    device(0xcc, "Z", false, false), device(0x62, "LZ", false, false),
    device(0xaf, "R", false, false), device(0xb0, "ZR", false, false),
    device(0x2c, "RD", false, false), device(0xab, "G", false, false),
];

/// The device with this code.
pub(super) fn by_code(code: u32) -> Option<&'static Device> {
    DEVICES.iter().find(|device| device.code == code)
}

/// The device with this name of two characters, filled up with `*`, as ASCII frames have it.
pub(super) fn by_name(name: &[u8]) -> Option<&'static Device> {
    let end = name.iter().position(|byte| *byte == b'*').unwrap_or(name.len());
    let name = name.get(..end)?;
    DEVICES.iter().find(|device| device.name.as_bytes() == name)
}
