//! Tags: how BACnet encodes parameters and values. ASHRAE 135-2020 clause 20.2.1.

use decode::Cursor;

/// Most constructed values inside each other that are looked into.
pub(super) const DEPTH_MAX: usize = 12;

/// What a tag stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A value.
    Primitive,
    /// The elements of a constructed value, up to the closing tag of the same number.
    Opening,
    /// The end of a constructed value.
    Closing,
}

/// A tag with its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element<'p> {
    /// The tag number: a type for application tags, a place for context tags.
    pub(super) number: u8,
    /// A context tag.
    pub(super) context: bool,
    /// What it stands before.
    pub(super) form: Form,
    /// The length/value/type bits: the value itself of a boolean with an application tag.
    pub(super) low: u8,
    /// The content, empty for opening and closing tags.
    pub(super) content: &'p [u8],
}

impl<'p> Element<'p> {
    /// Reads one. `None` when its tag, length or content is not all there, or its bits have no
    /// meaning. Clause 20.2.1.
    pub(super) fn next(at: &mut Cursor<'p>) -> Option<Self> {
        let mut probe = *at;
        let first = probe.u8()?;
        let (context, low) = (first & 8 != 0, first & 7);
        // Numbers above 14 stand in a byte of their own.
        let number = match first >> 4 {
            15 => probe.u8()?,
            number => number,
        };
        let form = match low {
            6 if context => Form::Opening,
            7 if context => Form::Closing,
            6 | 7 => return None,
            _ => Form::Primitive,
        };
        let len = match low {
            // A boolean's value stands in the tag. Clause 20.2.3.
            _ if form != Form::Primitive || (!context && number == 1) => 0,
            5 => match probe.u8()? {
                254 => usize::from(probe.be16()?),
                255 => vocab::sat_usize(u64::from(probe.be32()?)),
                len => usize::from(len),
            },
            len => usize::from(len),
        };
        let content = probe.take(len)?;
        *at = probe;
        Some(Self { number, context, form, low, content })
    }

    /// The primitive value with this context tag.
    pub(super) fn is_context(&self, number: u8) -> bool {
        self.context && self.form == Form::Primitive && self.number == number
    }

    /// A primitive value of this application type.
    pub(super) fn is_application(&self, number: u8) -> bool {
        !self.context && self.number == number
    }

    /// The content as an unsigned number. Clause 20.2.4.
    pub(super) fn uint(&self) -> Option<u64> {
        if self.content.is_empty() || self.content.len() > 8 {
            return None;
        }
        Some(self.content.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
    }

    /// The content as a signed number in two's complement. Clause 20.2.5.
    pub(super) fn int(&self) -> Option<i64> {
        let (first, rest) = self.content.split_first()?;
        if rest.len() > 7 {
            return None;
        }
        let start = i64::from(i8::from_be_bytes([*first]));
        Some(rest.iter().fold(start, |n, b| n << 8 | i64::from(*b)))
    }

    /// The content as an object identifier: type in the high 10 bits, instance in the low 22.
    /// Clause 20.2.14.
    pub(super) fn object(&self) -> Option<u32> {
        self.content.try_into().ok().map(u32::from_be_bytes)
    }
}

/// The parameters of a service in order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'p> {
    at: Cursor<'p>,
}

impl<'p> Fields<'p> {
    /// The parameters in these bytes.
    pub(super) const fn new(bytes: &'p [u8]) -> Self {
        Self { at: Cursor::new(bytes) }
    }

    /// Nothing is left.
    pub(super) const fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// What is left.
    pub(super) const fn rest(&self) -> &'p [u8] {
        self.at.rest()
    }

    /// The next element, whatever it is.
    pub(super) fn any(&mut self) -> Option<Element<'p>> {
        Element::next(&mut self.at)
    }

    /// The next element if `fits` says so; stays where it is otherwise.
    fn take_if(&mut self, fits: impl Fn(&Element<'p>) -> bool) -> Option<Element<'p>> {
        let mut probe = self.at;
        let element = Element::next(&mut probe).filter(fits)?;
        self.at = probe;
        Some(element)
    }

    /// The primitive value with this context tag, if it is next.
    pub(super) fn context(&mut self, number: u8) -> Option<Element<'p>> {
        self.take_if(|element| element.is_context(number))
    }

    /// The number with this context tag, if it is next.
    pub(super) fn uint(&mut self, number: u8) -> Option<u64> {
        self.context(number)?.uint()
    }

    /// The object with this context tag, if it is next.
    pub(super) fn object(&mut self, number: u8) -> Option<u32> {
        self.context(number)?.object()
    }

    /// The value of this application type, if it is next.
    pub(super) fn application(&mut self, number: u8) -> Option<Element<'p>> {
        self.take_if(|element| element.is_application(number))
    }

    /// The elements between the opening tag with this number, if it is next, and its closing
    /// tag. Where the closing tag is missing, all that is left.
    pub(super) fn inside(&mut self, number: u8) -> Option<Self> {
        self.take_if(|e| e.context && e.form == Form::Opening && e.number == number)?;
        let start = self.at.rest();
        let mut depth = 1usize;
        loop {
            let before = self.at.len();
            let Some(element) = Element::next(&mut self.at) else {
                self.at.take_up_to(usize::MAX);
                return Some(Self::new(start));
            };
            depth = match element.form {
                Form::Opening => depth.saturating_add(1),
                Form::Closing => depth.saturating_sub(1),
                Form::Primitive => depth,
            };
            if depth == 0 {
                let len = start.len().saturating_sub(before);
                return Some(Self::new(start.get(..len).unwrap_or(start)));
            }
        }
    }

    /// Tags are complete, opening and closing tags match. Clause 20.2.1.3.2.
    pub(super) fn are_sound(&self) -> bool {
        let mut at = self.at;
        let mut open = [0u8; DEPTH_MAX];
        let mut depth = 0usize;
        while !at.is_empty() {
            let Some(element) = Element::next(&mut at) else { return false };
            match element.form {
                Form::Primitive => {}
                Form::Opening => {
                    // Deeper values are not looked into.
                    let Some(place) = open.get_mut(depth) else { return true };
                    *place = element.number;
                    depth = depth.saturating_add(1);
                }
                Form::Closing => {
                    let Some(at) = depth.checked_sub(1) else { return false };
                    if open.get(at) != Some(&element.number) {
                        return false;
                    }
                    depth = at;
                }
            }
        }
        depth == 0
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;

    #[test]
    fn lengths_of_all_sizes() {
        // Clause 20.2.1.3.1: one byte, one byte behind 5, two bytes behind 254.
        let mut at = Cursor::new(&[0x21, 0x48]);
        assert_eq!(Element::next(&mut at).unwrap().uint(), Some(72));
        let mut bytes = std::vec![0x65, 254, 1, 0x2c];
        bytes.extend([7; 300]);
        assert_eq!(Element::next(&mut Cursor::new(&bytes)).unwrap().content.len(), 300);
        assert_eq!(Element::next(&mut Cursor::new(&[0x65, 5, 1])), None, "not all there");
        assert_eq!(Element::next(&mut Cursor::new(&[0x26])), None, "application tags do not open");
    }

    #[test]
    fn high_tag_numbers_and_signed_numbers() {
        // Clause 20.2.1.2: 15 says that the number follows.
        let element = Element::next(&mut Cursor::new(&[0xf9, 33, 5])).unwrap();
        assert!(element.is_context(33));
        let element = Element::next(&mut Cursor::new(&[0x32, 0xff, 0x7f])).unwrap();
        assert_eq!(element.int(), Some(-129));
    }

    #[test]
    fn nested_values_end_at_their_own_closing_tag() {
        let mut fields = Fields::new(&[0x3e, 0x3e, 0x10, 0x3f, 0x3f, 0x49, 8]);
        assert!(fields.are_sound());
        let inside = fields.inside(3).unwrap();
        assert_eq!(inside.rest(), [0x3e, 0x10, 0x3f]);
        assert_eq!(fields.uint(4), Some(8));
        assert!(!Fields::new(&[0x3e, 0x10]).are_sound(), "never closed");
        assert!(!Fields::new(&[0x3e, 0x4f]).are_sound(), "closed by another");
    }
}
