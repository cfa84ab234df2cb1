//! The data unit identifier, in the sizes that a system has chosen.

use decode::Cursor;

/// Octets of the fields whose size a system chooses. IEC 60870-5-101:2003 §7.1; IEC 60870-5-104:2006
/// §7 fixes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Widths {
    /// Cause of transmission: 1, or 2 with the originator.
    pub(crate) cause: u8,
    /// Common address: 1 or 2.
    pub(crate) address: u8,
    /// Address of an information object: 1 to 3.
    pub(crate) object: u8,
}

impl Widths {
    /// Those of IEC 60870-5-104:2006 §7.
    pub(crate) const FIXED: Self = Self { cause: 2, address: 2, object: 3 };

    /// The address of an object.
    pub(crate) fn object(self, at: &mut Cursor<'_>) -> Option<u32> {
        match self.object {
            1 => at.u8().map(u32::from),
            2 => at.le16().map(u32::from),
            _ => at.le24(),
        }
    }
}

/// The data unit identifier. IEC 60870-5-101:2003 §7.2, IEC 60870-5-104:2006 §7.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asdu {
    /// Type identification. §7.2.1.
    pub(crate) kind: u8,
    /// One address, then values one after the other (SQ = 1). §7.2.2.
    pub(crate) sequence: bool,
    /// How many objects or values. §7.2.2.
    pub(crate) count: u8,
    /// Cause of transmission. §7.2.3.
    pub(crate) cause: u8,
    /// Negative confirmation (P/N = 1). §7.2.3.
    pub(crate) negative: bool,
    /// Sent for a test. §7.2.3.
    pub(crate) test: bool,
    /// Whose command it is, among several controlling stations; 0 where it is not sent. §7.2.3.
    pub(crate) originator: u8,
    /// Common address: the station. §7.2.4.
    pub(crate) address: u16,
    /// The sizes it was read in.
    pub(crate) widths: Widths,
}

impl Asdu {
    /// The identifier at the start of an ASDU; `None` when it is not all there.
    pub(crate) fn read(at: &mut Cursor<'_>, widths: Widths) -> Option<Self> {
        let mut own = *at;
        let &[kind, qualifier, cause] = own.chunk()?;
        let originator = if widths.cause == 2 { own.u8()? } else { 0 };
        let address = if widths.address == 2 { own.le16()? } else { u16::from(own.u8()?) };
        *at = own;
        Some(Self {
            kind,
            sequence: qualifier & 0x80 != 0,
            count: qualifier & 0x7f,
            cause: cause & 0x3f,
            negative: cause & 0x40 != 0,
            test: cause & 0x80 != 0,
            originator,
            address,
            widths,
        })
    }

    /// It is for all stations. §7.2.4.
    pub(crate) fn is_for_all(&self) -> bool {
        self.address == self.all()
    }

    /// The common address of all stations.
    pub(crate) fn all(&self) -> u16 {
        if self.widths.address == 1 { 0xff } else { 0xffff }
    }
}
