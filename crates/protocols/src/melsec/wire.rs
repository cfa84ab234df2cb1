//! Frames 3E and 4E, binary and ASCII. SH-080008 §3.1.

use super::spec::SPEC;
use decode::Cursor;
use dissect::Probe;

/// Shortest and longest length field.
const LENGTH: core::ops::RangeInclusive<u32> = 2..=9_000;

/// A frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'p> {
    /// Bytes of the whole frame.
    pub(super) total: usize,
    /// Numbers are hexadecimal digits.
    pub(super) ascii: bool,
    /// It answers.
    pub(super) answers: bool,
    /// Pairs requests and answers: the serial number of 4E frames.
    pub(super) serial: Option<u16>,
    /// Network and station number, and the target module's I/O number.
    pub(super) network: u8,
    pub(super) pc: u8,
    pub(super) io: u16,
    pub(super) station: u8,
    /// Behind the length: timer, command and so on; or the end code.
    pub(super) body: &'p [u8],
}

/// What stands at the start of some bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found<'p> {
    Frame(Frame<'p>),
    /// So many bytes are needed to say.
    Open(usize),
    /// No frame.
    None,
}

/// Reads the frame at the start; its body may be cut.
pub(super) fn find(bytes: &[u8]) -> Found<'_> {
    let (ascii, head) = match *bytes {
        [b'5' | b'D', ..] => (true, bytes.get(..4).unwrap_or(bytes)),
        [0x50 | 0x54 | 0xd0 | 0xd4, ..] => (false, bytes.get(..2).unwrap_or(bytes)),
        [] => return Found::Open(2),
        _ => return Found::None,
    };
    let serial = match head {
        b"5000" | b"D000" | &[0x50 | 0xd0, 0] => false,
        b"5400" | b"D400" | &[0x54 | 0xd4, 0] => true,
        [_] | b"50" | b"54" | b"D0" | b"D4" | b"500" | b"540" | b"D00" | b"D40" => {
            return Found::Open(4);
        }
        _ => return Found::None,
    };
    // Subheader, serial number with two reserved bytes, route, length.
    let header = if serial { 13usize } else { 9 };
    let header = if ascii { header.saturating_mul(2) } else { header };
    if bytes.len() < header {
        return Found::Open(header);
    }
    let answers = matches!(bytes.first(), Some(b'D' | 0xd0 | 0xd4));
    match read(bytes, ascii, answers, serial) {
        Some(frame) => Found::Frame(frame),
        None => Found::None,
    }
}

fn read(bytes: &[u8], ascii: bool, answers: bool, with_serial: bool) -> Option<Frame<'_>> {
    let mut at = Digits { at: Cursor::new(bytes), ascii };
    at.number(2)?;
    let serial = if with_serial {
        let serial = at.number(2)?;
        at.number(2)?;
        Some(vocab::low_u16(u64::from(serial)))
    } else {
        None
    };
    let network = vocab::low_u8(u64::from(at.number(1)?));
    let pc = vocab::low_u8(u64::from(at.number(1)?));
    let io = vocab::low_u16(u64::from(at.number(2)?));
    let station = vocab::low_u8(u64::from(at.number(1)?));
    let length = at.number(2)?;
    if !LENGTH.contains(&length) {
        return None;
    }
    let length = vocab::sat_usize(u64::from(length));
    let total = at.at.done().len().saturating_add(length);
    let body = at.at.take_up_to(length);
    Some(Frame { total, ascii, answers, serial, network, pc, io, station, body })
}

impl<'p> Frame<'p> {
    /// The body, number by number.
    pub(super) fn digits(&self) -> Digits<'p> {
        Digits { at: Cursor::new(self.body), ascii: self.ascii }
    }

    /// Pairs requests and answers: the serial number, or the route where there is none.
    pub(super) fn key(&self) -> u64 {
        let route = u64::from(self.network) << 32
            | u64::from(self.pc) << 24
            | u64::from(self.io) << 8
            | u64::from(self.station);
        self.serial.map_or(route, |serial| 1 << 63 | u64::from(serial))
    }

    /// The route is one that exists, and the command is known, or the end code possible.
    fn is_plausible(&self, bound: bool) -> bool {
        let module = matches!(self.io, 0x3ff | 0x3e0..=0x3e3 | 0x3d0..=0x3d3 | 0..=0x1ff);
        let mut at = self.digits();
        if !module || self.station > 31 {
            return false;
        }
        if self.answers {
            let end = at.number(2);
            let own = self.io == 0x3ff && self.station == 0 && self.pc == 0xff;
            return matches!(end, Some(0 | 0x4000..=0x4fff | 0xc000..=0xcfff)) && (bound || own);
        }
        let (_, command) = (at.number(2), at.number(2));
        let sub = at.number(2);
        command.is_some_and(|command| SPEC.operation(command, None).is_some())
            && sub.is_some_and(|sub| sub & 0xff00 == 0)
    }
}

/// A frame with a known command, or an answer over the usual route, is proof enough.
pub(super) fn probe(bound: bool, datagram: bool, head: &[u8]) -> Probe {
    match find(head) {
        Found::Frame(frame) => {
            // Timer, command, subcommand; of an answer the end code.
            let wanted = if frame.answers { 2usize } else { 6 };
            let wanted = if frame.ascii { wanted.saturating_mul(2) } else { wanted };
            let header = head.len().saturating_sub(frame.body.len());
            let short = frame.body.len() < wanted;
            let whole = frame.total >= header.saturating_add(wanted);
            if short && whole && !datagram {
                return Probe::Maybe { need: header.saturating_add(wanted) };
            }
            let fits = !datagram || frame.total == head.len();
            if fits && frame.is_plausible(bound) { Probe::Sure } else { Probe::No }
        }
        Found::Open(need) => Probe::Maybe { need },
        Found::None => Probe::No,
    }
}

/// Reads numbers: low byte first, or hexadecimal digits with the high one first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digits<'p> {
    pub(super) at: Cursor<'p>,
    pub(super) ascii: bool,
}

impl<'p> Digits<'p> {
    /// A number of so many bytes, at most four.
    pub(super) fn number(&mut self, bytes: usize) -> Option<u32> {
        if self.ascii {
            let digits = self.at.take(bytes.saturating_mul(2))?;
            return digits.iter().try_fold(0u32, |number, digit| {
                let digit = char::from(*digit).to_digit(16)?;
                Some(number.wrapping_shl(4) | digit)
            });
        }
        let bytes = self.at.take(bytes)?;
        Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'p [u8] {
        self.at.rest()
    }
}
