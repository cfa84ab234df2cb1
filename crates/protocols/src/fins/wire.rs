//! The FINS header and the header of FINS/TCP. Numbers are big-endian.

use decode::Cursor;
use dissect::Probe;
use vocab::Role;

/// Begins every message of FINS/TCP. W421 §7-4-2.
pub(super) const MAGIC: &[u8] = b"FINS";
/// Longest message: FINS allows 2,012 bytes of a frame.
const LENGTH_MAX: u32 = 4_000;

/// Bytes of the FINS/TCP message at the start; `None` when there is none or its length is missing.
pub(super) fn total(bytes: &[u8]) -> Option<usize> {
    let mut at = Cursor::new(bytes.strip_prefix(MAGIC)?);
    let length = at.be32()?;
    let fits = (8..=LENGTH_MAX).contains(&length);
    fits.then(|| vocab::sat_usize(u64::from(length)).saturating_add(8))
}

/// The magic, a length that fits and a known command are proof enough anywhere.
pub(super) fn probe(head: &[u8]) -> Probe {
    if !MAGIC.starts_with(head.get(..4).unwrap_or(head)) {
        return Probe::No;
    }
    if head.len() < 12 {
        return Probe::Maybe { need: 12 };
    }
    let known = matches!(head.get(8..12), Some([0, 0, 0, 0..=3 | 6]));
    if total(head).is_some() && known { Probe::Sure } else { Probe::No }
}

/// A FINS frame. W342 §5-2.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'p> {
    /// Information control: bit 6 marks an answer, bit 0 that none is wanted.
    icf: u8,
    /// Always 0.
    reserved: u8,
    /// Gateways that may still be crossed.
    gateways: u8,
    /// Network, node and unit that it goes to.
    to: [u8; 3],
    /// Network, node and unit that sent it.
    from: [u8; 3],
    /// Pairs an answer with its request.
    service: u8,
    /// Main and sub request code.
    pub(super) command: u16,
    /// What belongs to the command.
    pub(super) data: &'p [u8],
}

impl<'p> Frame<'p> {
    /// Reads a frame; `None` when the header is not all there.
    pub(super) fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        Some(Self {
            icf: at.u8()?,
            reserved: at.u8()?,
            gateways: at.u8()?,
            to: *at.chunk()?,
            from: *at.chunk()?,
            service: at.u8()?,
            command: at.be16()?,
            data: at.rest(),
        })
    }

    /// The header's fields have values that FINS allows, and the command is known. The highest bit
    /// of the information control field is always set. W342 §3-2.
    pub(super) fn is_plausible(&self) -> bool {
        let [to, _, _] = self.to;
        let [from, _, _] = self.from;
        self.icf & 0xbe == 0x80
            && self.reserved == 0
            && self.gateways <= 7
            && to <= 127
            && from <= 127
            && super::spec::SPEC.operation(u32::from(self.command), None).is_some()
            && (!self.answers() || self.data.len() >= 2)
    }

    /// It answers.
    pub(super) fn answers(&self) -> bool {
        self.icf & 0x40 != 0
    }

    /// Request or answer.
    pub(super) fn role(&self) -> Role {
        if self.answers() { Role::Response } else { Role::Request }
    }

    /// An answer is wanted.
    pub(super) fn wants_answer(&self) -> bool {
        self.icf & 1 == 0
    }

    /// The node that serves.
    pub(super) fn server_node(&self) -> u8 {
        let [_, node, _] = if self.answers() { self.from } else { self.to };
        node
    }

    /// Pairs requests and answers within a flow: service id and command. Addresses are left out:
    /// gateways and units answer under others than they were asked by.
    pub(super) fn key(&self) -> u64 {
        u64::from(self.service) << 16 | u64::from(self.command)
    }
}
