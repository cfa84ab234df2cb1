//! Messages in the format of the Domain Name System: DNS, mDNS, LLMNR, NetBIOS names.
//! RFC 1035 §4.1.

use super::text::Line;
use core::fmt;
use decode::Cursor;
use vocab::{Area, Target};

/// Most labels and pointers of one name. RFC 1035 §2.3.4: 255 bytes hold at most 127 labels.
const LABELS_MAX: usize = 128;

/// Header of a message. RFC 1035 §4.1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Pairs an answer with its question.
    pub id: u16,
    /// QR, opcode, AA, TC, RD, RA, Z, rcode.
    pub flags: u16,
    /// Questions, answers, authorities, additional records.
    pub counts: [u16; 4],
}

impl Header {
    /// Bytes of a header.
    pub const LEN: usize = 12;

    /// The header at the start of `bytes`; `None` when it is not all there.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        Some(Self {
            id: at.be16()?,
            flags: at.be16()?,
            counts: [at.be16()?, at.be16()?, at.be16()?, at.be16()?],
        })
    }

    /// An answer. QR.
    pub const fn is_response(&self) -> bool {
        self.flags & 0x8000 != 0
    }

    /// The answer did not fit. TC.
    pub const fn is_truncated(&self) -> bool {
        self.flags & 0x0200 != 0
    }

    /// What is asked for: 0 is a query.
    pub fn opcode(&self) -> u32 {
        u32::from(self.flags >> 11 & 15)
    }

    /// How it ended: 0 is no error.
    pub fn rcode(&self) -> u32 {
        u32::from(self.flags & 15)
    }

    /// Records of all three kinds.
    pub fn records(&self) -> usize {
        let [_, answers, authorities, additional] = self.counts;
        [answers, authorities, additional].iter().map(|n| usize::from(*n)).sum()
    }

    /// The counts can be those of a message of `len` bytes: a question takes at least 5 bytes, a
    /// record at least 11.
    pub fn fits(&self, len: usize) -> bool {
        let [questions, ..] = self.counts;
        let least = usize::from(questions).saturating_mul(5);
        let least = least.saturating_add(self.records().saturating_mul(11));
        least.saturating_add(Self::LEN) <= len
    }
}

/// A name in its usual form, labels with dots between them.
pub type Name = Line<256>;

/// Reads a name, following pointers into `message`. `at` is a position in the whole message and
/// ends behind the name. RFC 1035 §4.1.4: a pointer leads to a prior occurrence, so each must lead
/// further back than the one before; that also ends every loop.
pub fn name<'p>(message: &'p [u8], at: &mut Cursor<'p>) -> Option<Name> {
    let mut line = Name::default();
    walk(message, at, |label, first| {
        let dot = if first { "" } else { "." };
        fmt::Write::write_str(&mut line, dot).ok()?;
        label.utf8_chunks().try_for_each(|chunk| {
            fmt::Write::write_str(&mut line, chunk.valid()).ok()?;
            if chunk.invalid().is_empty() {
                return Some(());
            }
            fmt::Write::write_char(&mut line, char::REPLACEMENT_CHARACTER).ok()
        })
    })?;
    Some(line)
}

/// The first label of a name, as sent; `at` ends behind the name.
pub fn first_label<'p>(message: &'p [u8], at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let mut found: &'p [u8] = &[];
    walk(message, at, |label, first| {
        if first {
            found = label;
        }
        Some(())
    })?;
    Some(found)
}

fn walk<'p>(
    message: &'p [u8],
    at: &mut Cursor<'p>,
    mut each: impl FnMut(&'p [u8], bool) -> Option<()>,
) -> Option<()> {
    let mut here = *at;
    let mut limit = at.position();
    let mut jumped = false;
    let mut first = true;
    for _ in 0..LABELS_MAX {
        let len = here.u8()?;
        match len & 0xc0 {
            0 if len == 0 => {
                if !jumped {
                    *at = here;
                }
                return Some(());
            }
            0 => {
                each(here.take(usize::from(len))?, first)?;
                first = false;
            }
            0xc0 => {
                let target = usize::from(u16::from_be_bytes([len & 0x3f, here.u8()?]));
                if !jumped {
                    *at = here;
                    jumped = true;
                }
                if target >= limit {
                    return None;
                }
                limit = target;
                here = Cursor::new(message);
                here.skip(target)?;
            }
            _ => return None,
        }
    }
    None
}

/// A question. RFC 1035 §4.1.2.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// What is asked about.
    pub name: Name,
    /// The record type asked for.
    pub kind: u16,
    /// The class asked for.
    pub class: u16,
}

impl Question {
    /// The question at a position in the message.
    pub fn read<'p>(message: &'p [u8], at: &mut Cursor<'p>) -> Option<Self> {
        Some(Self { name: name(message, at)?, kind: at.be16()?, class: at.be16()? })
    }
}

/// A resource record. RFC 1035 §4.1.3.
#[derive(Clone, Copy, Debug)]
pub struct Record<'p> {
    /// Whose record it is.
    pub name: Name,
    /// What it holds.
    pub kind: u16,
    /// Its class.
    pub class: u16,
    /// How long it may be kept, in seconds.
    pub ttl: u32,
    /// What it says.
    pub data: &'p [u8],
    /// Where `data` starts in the message.
    pub start: usize,
}

impl<'p> Record<'p> {
    /// The record at a position in the message.
    pub fn read(message: &'p [u8], at: &mut Cursor<'p>) -> Option<Self> {
        let name = name(message, at)?;
        let (kind, class, ttl) = (at.be16()?, at.be16()?, at.be32()?);
        let len = usize::from(at.be16()?);
        let start = at.position();
        Some(Self { name, kind, class, ttl, data: at.take(len)?, start })
    }

    /// A name within the data, `skip` bytes behind its start.
    pub fn inner_name(&self, message: &'p [u8], skip: usize) -> Option<Name> {
        let mut at = Cursor::new(message);
        at.skip(self.start.checked_add(skip)?)?;
        name(message, &mut at)
    }
}

/// An area whose targets are names with a record type.
pub const fn area(id: u8, key: &'static str) -> Area {
    Area::shown(id, key, show)
}

/// A target of such an area.
pub fn target<'n>(area: &'static Area, name: &'n Name, kind: u16) -> Target<'n> {
    Target { area, index: u64::from(kind), count: 1, extra: 0, name: name.bytes() }
}

/// `A plc-3.local`.
fn show(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    match kind_name(target.index) {
        Some(kind) => write!(out, "{kind} ")?,
        None => write!(out, "TYPE{} ", target.index)?,
    }
    target.name.utf8_chunks().try_for_each(|chunk| out.write_str(chunk.valid()))
}

/// Names of the record types in use. IANA DNS parameters.
fn kind_name(kind: u64) -> Option<&'static str> {
    Some(match kind {
        1 => "A",
        2 => "NS",
        5 => "CNAME",
        6 => "SOA",
        12 => "PTR",
        13 => "HINFO",
        15 => "MX",
        16 => "TXT",
        28 => "AAAA",
        32 => "NB",
        33 => "SRV",
        35 => "NAPTR",
        41 => "OPT",
        47 => "NSEC",
        64 => "SVCB",
        65 => "HTTPS",
        251 => "IXFR",
        252 => "AXFR",
        255 => "ANY",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line;

    fn name_at(message: &[u8], position: usize) -> Option<(Name, usize)> {
        let mut at = Cursor::new(message);
        at.skip(position).unwrap();
        name(message, &mut at).map(|name| (name, at.position()))
    }

    #[test]
    fn names_with_pointers() {
        let message = b"\x05local\x00\x03plc\xc0\x00\x01x\xc0\x07";
        let (name, end) = name_at(message, 7).unwrap();
        assert_eq!((name.bytes(), end), (&b"plc.local"[..], 13));
        let (name, end) = name_at(message, 13).unwrap();
        assert_eq!((name.bytes(), end), (&b"x.plc.local"[..], 17));
        let mut at = Cursor::new(&message[..]);
        at.skip(13).unwrap();
        assert_eq!(first_label(message, &mut at), Some(&b"x"[..]));
    }

    #[test]
    fn pointers_that_do_not_lead_back_are_refused() {
        assert!(name_at(b"\xc0\x00", 0).is_none(), "to itself");
        assert!(name_at(b"\x01a\xc0\x02", 2).is_none(), "to itself, later");
        assert!(name_at(b"\xc0\x02\xc0\x00", 2).is_none(), "in a ring");
        assert!(name_at(b"\x01a\xc0\x00", 0).is_none(), "to its own start");
        assert!(name_at(b"\x80a", 0).is_none(), "an unassigned label type");
        assert!(name_at(b"\x05ab", 0).is_none(), "a label that is not all there");
    }

    #[test]
    fn a_name_longer_than_allowed_is_refused() {
        let mut message = [0x3f; 5 * 64 + 1];
        message[5 * 64] = 0;
        assert!(name_at(&message, 0).is_none());
    }

    #[test]
    fn records_show_their_type() {
        const ANSWER: &Area = &area(1, "record");
        let name = Name::of(format_args!("plc.local"));
        assert_eq!(line!("{}", target(ANSWER, &name, 28)).bytes(), b"AAAA plc.local");
        assert_eq!(line!("{}", target(ANSWER, &name, 999)).bytes(), b"TYPE999 plc.local");
    }
}
