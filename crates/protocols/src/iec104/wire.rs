//! The headers: APCI (control information of the connection) and ASDU (the application's data).

use decode::Cursor;
use dissect::Probe;

/// Start octet. IEC 60870-5-104:2006 §5.
pub(super) const START: u8 = 0x68;
/// Start octet, length, control field.
pub(super) const APCI_LEN: usize = 6;
/// Start octet, length, control field, and the ASDU up to its cause of transmission.
const CAUSE_END: usize = 9;

/// Is this a length that an APDU may have? It counts from the control field on, which has four
/// octets; the whole has at most 255. IEC 60870-5-104:2006 §5.
pub(super) fn is_length(length: u8) -> bool {
    (4..=253).contains(&length)
}

/// The control field. IEC 60870-5-104:2006 §5.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    /// I format: an ASDU follows, numbered.
    Information,
    /// S format: acknowledges what came before this receive sequence number.
    Supervisory(u16),
    /// U format with its first octet.
    Unnumbered(u8),
}

impl Control {
    /// The control field, and whether its fixed bits are as they must be.
    pub(super) fn read(field: [u8; 4]) -> (Self, bool) {
        let [a, b, c, d] = field;
        let numbered = c & 1 == 0;
        match a & 3 {
            0 | 2 => (Self::Information, numbered),
            1 => (Self::Supervisory(u16::from_le_bytes([c, d]) >> 1), numbered && a == 1 && b == 0),
            _ => {
                let one = matches!(a, 0x07 | 0x0b | 0x13 | 0x23 | 0x43 | 0x83);
                (Self::Unnumbered(a), one && [b, c, d] == [0; 3])
            }
        }
    }
}

/// On the protocol's own port, and where a message may start after a gap: one APDU whose fixed
/// bits are right, with a type and a cause.
pub(super) fn probe(head: &[u8]) -> Probe {
    match *head {
        [START, length, a, b, c, d, ref asdu @ ..] if is_length(length) => {
            match (Control::read([a, b, c, d]), asdu) {
                ((_, false), _) => Probe::No,
                ((Control::Information, true), [kind, _, cause, ..]) => {
                    if *kind == 0 || matches!(cause & 0x3f, 0) || length < 10 {
                        Probe::No
                    } else {
                        Probe::Sure
                    }
                }
                ((Control::Information, true), _) => Probe::Maybe { need: CAUSE_END },
                _ => {
                    if length == 4 {
                        Probe::Sure
                    } else {
                        Probe::No
                    }
                }
            }
        }
        [START, length, ..] if is_length(length) && head.len() < APCI_LEN => {
            Probe::Maybe { need: APCI_LEN }
        }
        [START] | [] => Probe::Maybe { need: APCI_LEN },
        _ => Probe::No,
    }
}

/// The data unit identifier. IEC 60870-5-101:2003 §7.2, IEC 60870-5-104:2006 §7.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asdu {
    /// Type identification. §7.2.1.
    pub(super) kind: u8,
    /// One address, then values one after the other (SQ = 1). §7.2.2.
    pub(super) sequence: bool,
    /// How many objects or values. §7.2.2.
    pub(super) count: u8,
    /// Cause of transmission. §7.2.3.
    pub(super) cause: u8,
    /// Negative confirmation (P/N = 1). §7.2.3.
    pub(super) negative: bool,
    /// Sent for a test. §7.2.3.
    pub(super) test: bool,
    /// Whose command it is, among several controlling stations. §7.2.3.
    pub(super) originator: u8,
    /// Common address: the station. §7.2.4.
    pub(super) address: u16,
}

impl Asdu {
    /// The identifier at the start of an ASDU; `None` when it is not all there.
    pub(super) fn read(at: &mut Cursor<'_>) -> Option<Self> {
        let &[kind, qualifier, cause, originator, low, high] = at.chunk()?;
        Some(Self {
            kind,
            sequence: qualifier & 0x80 != 0,
            count: qualifier & 0x7f,
            cause: cause & 0x3f,
            negative: cause & 0x40 != 0,
            test: cause & 0x80 != 0,
            originator,
            address: u16::from_le_bytes([low, high]),
        })
    }
}
