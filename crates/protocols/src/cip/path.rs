//! Paths: whom a message goes to. CIP Vol 1 App. C.

use super::classes;
use core::fmt::{Result, Write};
use decode::Cursor;

/// A segment of a padded path. CIP Vol 1 §C-1.4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Segment<'p> {
    /// Leaves the device through a port towards a link address.
    Port(u16, &'p [u8]),
    /// Class of an object.
    Class(u32),
    /// Instance of a class; 0 is the class itself.
    Instance(u32),
    /// Member of an attribute, element of an array.
    Member(u32),
    /// Connection point.
    Point(u32),
    /// Attribute of an instance.
    Attribute(u32),
    /// Electronic key: what the device must be.
    Key(&'p [u8]),
    /// Network segment: its kind and data. Kind 0x10 is the safety segment of CIP Vol 5.
    Network(u8, &'p [u8]),
    /// A name.
    Symbol(&'p [u8]),
    /// Data for the application.
    Data(&'p [u8]),
}

/// The segments of a path, until one cannot be read.
#[derive(Clone, Debug)]
pub(super) struct Segments<'p> {
    at: Cursor<'p>,
}

impl<'p> Segments<'p> {
    pub(super) const fn new(path: &'p [u8]) -> Self {
        Self { at: Cursor::new(path) }
    }

    /// What is not read: nothing, where the path is well formed.
    pub(super) fn rest(&self) -> &'p [u8] {
        self.at.rest()
    }
}

impl<'p> Iterator for Segments<'p> {
    type Item = Segment<'p>;

    fn next(&mut self) -> Option<Segment<'p>> {
        let mut at = self.at;
        let first = at.u8()?;
        let segment = match first >> 5 {
            0 => port(&mut at, first)?,
            1 => logical(&mut at, first)?,
            2 => {
                let kind = first & 0x1f;
                // From 0x10 on a number of words follows, before that one byte. §C-1.4.3.
                let data = if kind >= 0x10 { words(&mut at)? } else { at.take(1)? };
                Segment::Network(kind, data)
            }
            3 => symbol(&mut at, first)?,
            4 if first == 0x80 => Segment::Data(words(&mut at)?),
            4 if first == 0x91 => {
                let len = usize::from(at.u8()?);
                let name = at.take(len)?;
                at.take_up_to(len & 1);
                Segment::Symbol(name)
            }
            _ => return None,
        };
        self.at = at;
        Some(segment)
    }
}

/// A number of 16-bit words, then as much data.
fn words<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let count = usize::from(at.u8()?);
    at.take(count.saturating_mul(2))
}

/// §C-1.4.1: the lowest four bits are the port, 15 says that two bytes follow; the next bit says
/// that the link address has a length of its own.
fn port<'p>(at: &mut Cursor<'p>, first: u8) -> Option<Segment<'p>> {
    let len = if first & 0x10 != 0 { Some(usize::from(at.u8()?)) } else { None };
    let port = match first & 0x0f {
        15 => at.le16()?,
        port => u16::from(port),
    };
    let link = at.take(len.unwrap_or(1))?;
    // Padded to whole words.
    at.take_up_to(len.unwrap_or(0) & 1);
    Some(Segment::Port(port, link))
}

/// §C-1.4.2: three bits of kind, two bits of size.
fn logical<'p>(at: &mut Cursor<'p>, first: u8) -> Option<Segment<'p>> {
    if first == 0x34 {
        // Format 4: vendor, device type, product code, revision. Format 5 adds a serial number.
        let len = match at.u8()? {
            4 => 8,
            5 => 12,
            _ => return None,
        };
        return at.take(len).map(Segment::Key);
    }
    let value = match first & 3 {
        0 => u32::from(at.u8()?),
        1 => {
            at.skip(1)?;
            u32::from(at.le16()?)
        }
        2 => {
            at.skip(1)?;
            at.le32()?
        }
        _ => return None,
    };
    Some(match first >> 2 & 7 {
        0 => Segment::Class(value),
        1 => Segment::Instance(value),
        2 => Segment::Member(value),
        3 => Segment::Point(value),
        4 => Segment::Attribute(value),
        _ => return None,
    })
}

/// §C-1.4.4: up to 31 characters; 0 says that an extended form follows.
fn symbol<'p>(at: &mut Cursor<'p>, first: u8) -> Option<Segment<'p>> {
    let len = usize::from(first & 0x1f);
    if len == 0 {
        return None;
    }
    let name = at.take(len)?;
    at.take_up_to(len & 1 ^ 1);
    Some(Segment::Symbol(name))
}

/// What a path addresses.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Path<'p> {
    /// All segments.
    pub(super) raw: &'p [u8],
    /// The last class and what stands behind it.
    pub(super) class: Option<u32>,
    pub(super) instance: Option<u32>,
    pub(super) attribute: Option<u32>,
    /// The last name.
    pub(super) symbol: &'p [u8],
    /// Classes and names.
    pub(super) levels: u8,
    /// The path without the members at its end.
    pub(super) stem: &'p [u8],
    /// Members at its end; the last one.
    pub(super) members: u8,
    pub(super) member: u32,
    /// It cannot be read to its end.
    pub(super) broken: bool,
}

impl<'p> Path<'p> {
    /// Reads a path.
    pub(super) fn read(raw: &'p [u8]) -> Self {
        let mut path = Self { raw, stem: raw, ..Self::default() };
        let mut segments = Segments::new(raw);
        loop {
            let before = raw.len().saturating_sub(segments.rest().len());
            let Some(segment) = segments.next() else { break };
            if !matches!(segment, Segment::Member(_)) {
                path.members = 0;
            }
            match segment {
                Segment::Class(class) => {
                    path.class = Some(class);
                    (path.instance, path.attribute) = (None, None);
                    path.levels = path.levels.saturating_add(1);
                }
                Segment::Instance(instance) => path.instance = Some(instance),
                Segment::Attribute(attribute) => path.attribute = Some(attribute),
                Segment::Symbol(name) => {
                    path.symbol = name;
                    path.levels = path.levels.saturating_add(1);
                }
                Segment::Member(member) => {
                    if path.members == 0 {
                        path.stem = raw.get(..before).unwrap_or(raw);
                    }
                    path.members = path.members.saturating_add(1);
                    path.member = member;
                }
                Segment::Port(..)
                | Segment::Point(_)
                | Segment::Key(_)
                | Segment::Network(..)
                | Segment::Data(_) => {}
            }
        }
        if path.members == 0 {
            path.stem = raw;
        }
        path.broken = !segments.rest().is_empty();
        path
    }

    /// The class whose services the message uses; names are those of tags.
    pub(super) fn served_by(&self) -> Option<u32> {
        self.class.or((!self.symbol.is_empty()).then_some(classes::SYMBOL))
    }

    /// The path is one class with instance and attribute, nothing else.
    pub(super) fn is_plain(&self) -> bool {
        self.levels == 1 && self.symbol.is_empty() && self.members == 0
    }
}

/// Writes a path as programmers write it: `Program:Main.Motor[2].Speed`, `program[8].routine[3]`.
pub(super) fn write(raw: &[u8], out: &mut dyn Write) -> Result {
    let mut first = true;
    let mut inside = false;
    for segment in Segments::new(raw) {
        let member = matches!(segment, Segment::Member(_));
        if inside && !member {
            out.write_char(']')?;
            inside = false;
        }
        match segment {
            Segment::Class(_) | Segment::Symbol(_) if !first => out.write_char('.')?,
            _ => {}
        }
        match segment {
            Segment::Class(class) => classes::write(class, out)?,
            Segment::Instance(n) => write!(out, "[{n}]")?,
            Segment::Attribute(n) => write!(out, ".{n}")?,
            Segment::Point(n) => write!(out, ".point[{n}]")?,
            Segment::Symbol(name) => {
                name.utf8_chunks().try_for_each(|chunk| out.write_str(chunk.valid()))?;
            }
            Segment::Member(n) => {
                write!(out, "{}{n}", if inside { ',' } else { '[' })?;
                inside = true;
            }
            Segment::Port(..) | Segment::Key(_) | Segment::Network(..) | Segment::Data(_) => {}
        }
        first = false;
    }
    if inside { out.write_char(']') } else { Ok(()) }
}

/// The ports at the start of a path: where a message is passed on to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Route<'p> {
    /// The port segments.
    pub(super) raw: &'p [u8],
    /// What comes behind them.
    pub(super) rest: &'p [u8],
    hops: u8,
    last: Option<(u16, &'p [u8])>,
}

/// Routes that are more than one slot of a backplane have numbers from here on.
const ROUTES: u32 = 0x8000;

impl<'p> Route<'p> {
    /// Reads the ports at the start of a path.
    pub(super) fn read(path: &'p [u8]) -> Self {
        let mut route = Self { rest: path, ..Self::default() };
        let mut segments = Segments::new(path);
        while let Some(segment) = segments.next() {
            match segment {
                Segment::Port(port, link) => {
                    route.hops = route.hops.saturating_add(1);
                    route.last = Some((port, link));
                }
                // Keys stand between ports.
                Segment::Key(_) if route.hops > 0 => continue,
                _ => break,
            }
            let done = path.len().saturating_sub(segments.rest().len());
            (route.raw, route.rest) = path.split_at_checked(done).unwrap_or((path, &[]));
        }
        route
    }

    /// A number for what the route leads to: the slot, where it is one hop over a backplane.
    pub(super) fn unit(&self) -> Option<u32> {
        let last = self.last?;
        if let (1, (1, &[slot])) = (self.hops, last) {
            return Some(u32::from(slot));
        }
        // FNV-1a, of which 15 bits are enough to tell the routes of one flow apart.
        let fold = |n: u32, b: &u8| (n ^ u32::from(*b)).wrapping_mul(0x0100_0193);
        Some(ROUTES | self.raw.iter().fold(0x811c_9dc5, fold) >> 17)
    }

    /// Writes port and link address of each hop with commas between them.
    pub(super) fn write(&self, out: &mut dyn Write) -> Result {
        let mut comma = "";
        for segment in Segments::new(self.raw) {
            if let Segment::Port(port, link) = segment {
                write!(out, "{comma}{port},")?;
                match *link {
                    [number] => write!(out, "{number}")?,
                    _ => link.utf8_chunks().try_for_each(|c| out.write_str(c.valid()))?,
                }
                comma = ",";
            }
        }
        Ok(())
    }
}

/// What a unit number counts.
pub(super) const fn unit_kind(unit: u32) -> &'static str {
    if unit < ROUTES { "slot" } else { "route" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::common::text::Line;

    fn text(raw: &[u8]) -> Line<64> {
        let mut line = Line::default();
        write(raw, &mut line).unwrap();
        line
    }

    #[test]
    fn names_with_elements_read_as_they_are_programmed() {
        let raw = b"\x91\x05MotorX\x28\x02\x29\x00\x00\x01\x91\x05Speed\0";
        assert_eq!(text(raw).bytes(), b"Motor[2,256].Speed");
        let raw = b"\x91\x05Motor\0\x28\x07";
        let path = Path::read(raw);
        assert_eq!((path.symbol, path.members, path.member), (&b"Motor"[..], 1, 7));
        assert_eq!((path.stem, path.broken), (&raw[..8], false));
    }

    #[test]
    fn objects_of_objects_and_all_sizes() {
        let raw = [0x20, 0x68, 0x25, 0, 8, 0, 0x21, 0, 0x2b, 3, 0x26, 0, 1, 0, 0, 0, 0x30, 9];
        let path = Path::read(&raw);
        assert_eq!((path.class, path.instance, path.attribute), (Some(0x32b), Some(1), Some(9)));
        assert_eq!(path.levels, 2);
        assert!(Path::read(&[0x20]).broken && Path::read(&[0xff, 1]).broken);
    }

    #[test]
    fn routes_over_a_backplane_are_slots() {
        let route = Route::read(&[1, 3, 0x20, 2, 0x24, 1]);
        assert_eq!((route.unit(), route.rest), (Some(3), &[0x20, 2, 0x24, 1][..]));
        let route = Route::read(b"\x01\x01\x12\x0810.0.0.5\x01\x00");
        assert!(route.unit().is_some_and(|unit| unit_kind(unit) == "route"));
        let mut line = Line::<64>::default();
        route.write(&mut line).unwrap();
        assert_eq!(line.bytes(), b"1,1,2,10.0.0.5,1,0");
        assert_eq!(Route::read(&[0x20, 1]).unit(), None);
    }
}
