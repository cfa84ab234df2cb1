//! Frames of the format class FT1.2. IEC 60870-5-1:1990 §6.2.4.2, IEC 60870-5-2:1992.

/// Starts a frame of fixed length.
pub(super) const FIXED: u8 = 0x10;
/// Starts a frame of variable length, and stands again behind its length.
pub(super) const VARIABLE: u8 = 0x68;
/// A frame of one character: acknowledges.
pub(super) const SINGLE: u8 = 0xe5;
/// Ends a frame.
const END: u8 = 0x16;
/// Start, length twice, start, checksum, end.
const AROUND: usize = 6;
/// Most octets of a link address.
pub(super) const LINK_MAX: usize = 2;

/// The control field. IEC 60870-5-2:1992 §5.1.2.
#[derive(Clone, Copy, Debug)]
pub(super) struct Control(pub(super) u8);

impl Control {
    /// The sender is the primary station of this exchange.
    pub(super) fn is_primary(self) -> bool {
        self.0 & 0x40 != 0
    }

    /// Function code.
    pub(super) fn function(self) -> u8 {
        self.0 & 0x0f
    }

    /// A frame with this function carries an ASDU.
    pub(super) fn carries_data(self) -> bool {
        if self.is_primary() { matches!(self.function(), 3 | 4) } else { self.function() == 8 }
    }

    /// The function is one that a frame without data may have.
    fn is_plain(self) -> bool {
        if self.is_primary() {
            matches!(self.function(), 0..=2 | 8..=11)
        } else {
            matches!(self.function(), 0 | 1 | 9 | 11 | 14 | 15)
        }
    }
}

/// A frame.
#[derive(Clone, Copy, Debug)]
pub(super) enum Frame<'p> {
    /// One character.
    Single,
    /// Control field and link address.
    Fixed(Control, &'p [u8]),
    /// Control field, and what follows it: link address and ASDU. False where the checksum or the
    /// end is wrong.
    Variable(Control, &'p [u8], bool),
}

/// What bytes begin with.
#[derive(Clone, Copy, Debug)]
pub(super) enum Begin<'p> {
    /// A frame, and its length.
    Whole(Frame<'p>, usize),
    /// A frame of which so many bytes are needed.
    Part(usize),
    /// Something else.
    Other,
}

fn sum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum.wrapping_add(*byte))
}

/// Reads a frame. Where the size of link addresses is not known, the first that fits counts.
pub(super) fn read(bytes: &[u8], link: Option<usize>) -> Begin<'_> {
    match bytes {
        [SINGLE, ..] => Begin::Whole(Frame::Single, 1),
        [FIXED, rest @ ..] => match link {
            Some(link) => fixed(rest, link..=link),
            None => fixed(rest, 0..=LINK_MAX),
        },
        [VARIABLE, rest @ ..] => variable(rest),
        _ => Begin::Other,
    }
}

fn fixed(rest: &[u8], links: core::ops::RangeInclusive<usize>) -> Begin<'_> {
    for link in links {
        let inside = link.saturating_add(1);
        let Some((inner, [check, end, ..])) = rest.split_at_checked(inside) else {
            return Begin::Part(inside.saturating_add(3));
        };
        let [control, address @ ..] = inner else { return Begin::Other };
        let control = Control(*control);
        if *end == END && *check == sum(inner) && control.is_plain() {
            return Begin::Whole(Frame::Fixed(control, address), inside.saturating_add(3));
        }
    }
    Begin::Other
}

fn variable(rest: &[u8]) -> Begin<'_> {
    let (length, inner) = match *rest {
        [length, again, start, ref inner @ ..] => {
            if length != again || start != VARIABLE || length < 3 {
                return Begin::Other;
            }
            (usize::from(length), inner)
        }
        [length, again, ..] if length != again => return Begin::Other,
        _ => return Begin::Part(4),
    };
    let total = length.saturating_add(AROUND);
    let Some((inner, [check, end, ..])) = inner.split_at_checked(length) else {
        return Begin::Part(total);
    };
    let [control, body @ ..] = inner else { return Begin::Other };
    let right = *end == END && *check == sum(inner);
    Begin::Whole(Frame::Variable(Control(*control), body, right), total)
}
