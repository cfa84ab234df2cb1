//! The link layer and the network layer. IEEE 802.15.4-2006 §7.2; ZigBee r22 §3.3.

use decode::Cursor;

/// A frame of the link layer with addresses.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mac<'p> {
    /// Beacon 0, data 1, command 3.
    pub(super) kind: u8,
    pub(super) sequence: u8,
    pub(super) source: u64,
    pub(super) target: u64,
    pub(super) content: &'p [u8],
    protected: bool,
}

impl<'p> Mac<'p> {
    /// `None` for acknowledgements, newer versions and what is too short.
    pub(super) fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let control = at.le16()?;
        let sequence = at.u8()?;
        let kind = vocab::low_u8(u64::from(control & 7));
        let (target_mode, version, source_mode) =
            (control >> 10 & 3, control >> 12 & 3, control >> 14);
        if !matches!(kind, 0 | 1 | 3) || version > 1 || target_mode == 1 || source_mode == 1 {
            return None;
        }
        let address = |at: &mut Cursor<'p>, mode: u16| match mode {
            2 => at.le16().map(u64::from),
            3 => at.le64(),
            _ => Some(0),
        };
        if target_mode != 0 {
            at.skip(2)?;
        }
        let target = address(&mut at, target_mode)?;
        // One network for both, told once. §7.2.1.1.5.
        if source_mode != 0 && control & 0x40 == 0 {
            at.skip(2)?;
        }
        let source = address(&mut at, source_mode)?;
        let protected = control & 8 != 0;
        Some(Self { kind, sequence, source, target, content: at.rest(), protected })
    }
}

/// A frame of the network layer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Network<'p> {
    /// Data 0, command 1.
    pub(super) kind: u8,
    pub(super) source: u16,
    pub(super) target: u16,
    pub(super) sequence: u8,
    /// The content is encrypted.
    pub(super) protected: bool,
    pub(super) content: &'p [u8],
}

impl<'p> Network<'p> {
    pub(super) const COMMAND: u8 = 1;

    /// `None` where the link layer carries something else.
    pub(super) fn read(mac: &Mac<'p>) -> Option<Self> {
        if mac.kind != 1 || mac.protected {
            return None;
        }
        let mut at = Cursor::new(mac.content);
        let control = at.le16()?;
        let kind = vocab::low_u8(u64::from(control & 3));
        // Version 2 since 2006; two bits are reserved. §3.3.1.1.
        if kind > 1 || control >> 2 & 0x0f != 2 || control & 0x80 != 0 || control & 0xc000 != 0 {
            return None;
        }
        let (target, source) = (at.le16()?, at.le16()?);
        let (radius, sequence) = (at.u8()?, at.u8()?);
        if radius == 0 && target < 0xfff8 {
            return None;
        }
        for bit in [0x0800, 0x1000] {
            if control & bit != 0 {
                at.skip(8)?;
            }
        }
        if control & 0x0100 != 0 {
            at.skip(1)?;
        }
        if control & 0x0400 != 0 {
            let (count, _) = (at.u8()?, at.u8()?);
            at.skip(usize::from(count).saturating_mul(2))?;
        }
        let protected = control & 0x0200 != 0;
        Some(Self { kind, source, target, sequence, protected, content: at.rest() })
    }
}
