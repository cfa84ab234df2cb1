//! The fields of a message. RFC 5424 §6, RFC 3164 §4.1.

/// What a message tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Message<'p> {
    /// Eight times the facility, plus the severity; `None` where the sender left it out.
    pub(super) priority: Option<u16>,
    /// 1 for RFC 5424, 0 for the older form.
    pub(super) version: u8,
    pub(super) host: &'p [u8],
    pub(super) program: &'p [u8],
    /// What is behind the header.
    pub(super) text: &'p [u8],
}

/// Highest priority: facility 23, severity 7. RFC 5424 §6.2.1.
const PRIORITY_MAX: u16 = 191;
/// Longest host name and longest program name. RFC 5424 §6.
const NAME_MAX: usize = 255;

/// A number in angle brackets, and what follows; `None` where there is none.
pub(super) fn priority(bytes: &[u8]) -> Option<(u16, &[u8])> {
    let rest = bytes.strip_prefix(b"<")?;
    let len = rest.iter().take(4).position(|b| *b == b'>')?;
    let (digits, rest) = rest.split_at_checked(len)?;
    let number = decimal(digits)?;
    Some((u16::try_from(number).ok()?, rest.strip_prefix(b">")?))
}

/// Printable ASCII with blanks and line ends.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    let shown = |b: &u8| b.is_ascii_graphic() || matches!(b, b' ' | b'\t' | b'\r' | b'\n' | 0);
    bytes.first().is_some_and(u8::is_ascii_graphic) && bytes.iter().all(shown)
}

/// One to five digits as a number.
pub(super) fn decimal(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 5 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(digits.iter().fold(0, |n, digit| {
        let digit = u32::from(digit.saturating_sub(b'0'));
        u32::wrapping_add(u32::wrapping_mul(n, 10), digit)
    }))
}

impl<'p> Message<'p> {
    /// `None` where the bytes do not begin with a priority.
    pub(super) fn read(bytes: &'p [u8]) -> Option<Self> {
        let (priority, rest) = priority(bytes)?;
        let mut message = Self { priority: Some(priority), text: rest, ..Self::default() };
        if let Some(rest) = rest.strip_prefix(b"1 ") {
            message.read_new(rest);
        } else {
            message.read_old(rest);
        }
        Some(message)
    }

    /// A message without priority: all of it is text. RFC 3164 §4.3.3.
    pub(super) fn plain(bytes: &'p [u8]) -> Self {
        Self { text: bytes, ..Self::default() }
    }

    /// The priority is one that the standard allows.
    pub(super) fn has_valid_priority(&self) -> bool {
        self.priority.is_none_or(|priority| priority <= PRIORITY_MAX)
    }

    /// Time, host, program, process, message kind, data. RFC 5424 §6.
    fn read_new(&mut self, rest: &'p [u8]) {
        self.version = 1;
        let mut words = rest.splitn(6, |b| *b == b' ');
        let _time = words.next();
        let mut field = || words.next().filter(|word| *word != b"-").unwrap_or(&[]);
        self.host = name(field());
        self.program = name(field());
        let _process = field();
        let _kind = field();
        self.text = words.next().unwrap_or(&[]);
    }

    /// `Mmm dd hh:mm:ss host program[process]: text`. Many senders leave parts out, so a host
    /// and a program are taken only where the time stands. RFC 3164 §4.1.2, §5.
    fn read_old(&mut self, rest: &'p [u8]) {
        let Some(rest) = after_time(rest) else { return };
        let mut words = rest.splitn(2, |b| *b == b' ');
        let (Some(host), Some(text)) = (words.next(), words.next()) else { return };
        self.text = text;
        // A word that ends in a colon is the program: the host was left out.
        if host.ends_with(b":") || host.ends_with(b"]") {
            self.text = rest;
        } else {
            self.host = name(host);
        }
        let end = self.text.iter().take(48).position(|b| !is_program(*b));
        let tag = end.and_then(|end| self.text.split_at_checked(end));
        if let Some((tag, [b':' | b'[', ..])) = tag {
            self.program = tag;
        }
    }
}

fn is_program(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'%')
}

/// A name of printable characters; empty otherwise.
fn name(word: &[u8]) -> &[u8] {
    let shown = word.len() <= NAME_MAX && word.iter().all(u8::is_ascii_graphic);
    if shown { word } else { &[] }
}

/// What stands behind `Mmm dd hh:mm:ss `.
fn after_time(rest: &[u8]) -> Option<&[u8]> {
    let (time, after) = rest.split_at_checked(16)?;
    let &[m, o, n, b' ', _, _, b' ', _, _, b':', _, _, b':', _, _, b' '] = time else {
        return None;
    };
    [m, o, n].iter().all(u8::is_ascii_alphabetic).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priorities() {
        assert_eq!(priority(b"<34>x"), Some((34, &b"x"[..])));
        assert_eq!(priority(b"<191>"), Some((191, &b""[..])));
        for text in [&b"34>"[..], b"<>", b"<1234>", b"<3 >", b"<3", b""] {
            assert_eq!(priority(text), None, "{text:?}");
        }
    }

    #[test]
    fn both_forms() {
        let new = Message::read(b"<34>1 2026-01-01T00:00:00Z plc-3 app 12 ID1 - up").unwrap();
        assert_eq!((new.host, new.program, new.text), (&b"plc-3"[..], &b"app"[..], &b"- up"[..]));
        let old = Message::read(b"<13>Oct 11 22:14:15 sw1 sshd[7]: hello").unwrap();
        assert_eq!((old.host, old.program), (&b"sw1"[..], &b"sshd"[..]));
        let bare = Message::read(b"<13>Oct  1 22:14:15 snmpd: hello").unwrap();
        assert_eq!((bare.host, bare.program), (&b""[..], &b"snmpd"[..]));
        let none = Message::read(b"<13>link down").unwrap();
        assert_eq!((none.host, none.program, none.text), (&b""[..], &b""[..], &b"link down"[..]));
    }
}
