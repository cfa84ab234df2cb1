//! The APCI: control information of the connection.

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
        // Serial lines carried over TCP begin so: length twice, start octet again. An APDU does for
        // one send sequence number in 32,768 alone, and the next one tells.
        [START, length, again, START, ..] if length == again => Probe::No,
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
