//! The MBAP header.

use decode::Cursor;

/// Header of a Modbus/TCP message with the function code behind it. MODBUS TCP v1.0b §3.1.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mbap {
    /// Pairs an answer with its request.
    pub(super) transaction: u16,
    /// 0 is Modbus.
    pub(super) protocol: u16,
    /// Bytes that follow: unit, function, data.
    pub(super) length: u16,
    /// The unit behind the address; 0 or 255 is the device itself.
    pub(super) unit: u8,
    /// Function code; the highest bit marks an exception. MODBUS AP v1.1b3 §4.1.
    pub(super) function: u8,
}

impl Mbap {
    /// The header at the start of `bytes`; `None` when it is not all there.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        Some(Self {
            transaction: at.be16()?,
            protocol: at.be16()?,
            length: at.be16()?,
            unit: at.u8()?,
            function: at.u8()?,
        })
    }

    /// Bytes of the whole message.
    pub(super) fn total(&self) -> usize {
        usize::from(self.length).saturating_add(6)
    }

    /// The fields have values that Modbus allows.
    pub(super) fn is_plausible(&self) -> bool {
        self.protocol == 0
            && (2..=self.length_max()).contains(&self.length)
            && self.function & 0x7f != 0
    }

    /// Longest that the length may say: a PDU has 253 bytes, UMAS's more. TCP §3.1.3, AP §4.1.
    fn length_max(&self) -> u16 {
        if u32::from(self.function) == super::UMAS { super::LENGTH_MAX } else { 254 }
    }
}
