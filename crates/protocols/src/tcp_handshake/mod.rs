//! The headers that open a TCP connection: how they are put together is the way of the system
//! that sends them. What they say is a text that rules read, as in `64:1460:mss*44,7:mss,sok`:
//!
//! ```text
//! 64 : 1460 : mss*44 , 7 : mss,sok
//! │    │      │        │   └─ the options in their order
//! │    │      │        └─ how far the window is scaled
//! │    │      └─ the window: so many segments (`mss`), so many less the time stamp (`seg`), or bytes
//! │    └─ the largest segment
//! └─ the time to live that it started with
//! ```

mod spec;

use crate::common::text::Line;
use core::fmt::Write as _;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::Spec;

/// Bytes of a header without options.
const HEADER: usize = 20;
/// Flags that count: FIN, SYN, RST, ACK. RFC 9293 §3.1.
const FLAGS: u8 = 0x17;
const SYN: u8 = 0x02;
const SYN_ACK: u8 = 0x12;
/// Most windows of whole segments: beyond, the number itself says more.
const SEGMENTS_MAX: u16 = 64;
/// What a time stamp takes from a segment, with its padding. RFC 7323 appendix A.
const STAMP: u16 = 12;
/// Most characters that are said.
const TEXT_MAX: usize = 160;

/// The dissector of headers that open connections; the engine hands it no others.
#[derive(Debug)]
pub struct TcpHandshake;

impl Dissector for TcpHandshake {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, _head: &[u8]) -> Probe {
        // It is nobody's payload.
        Probe::No
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let Some(header) = Header::read(bytes) else { return Step::NotMine };
        let of = match header.flags & FLAGS {
            SYN => spec::OPENS,
            SYN_ACK => spec::ACCEPTS,
            _ => return Step::NotMine,
        };
        // Without options all systems look alike.
        if !header.options.is_empty() {
            let text = header.text(cx.headers().ttl);
            cx.attr(of, text.bytes());
        }
        Step::Took { bytes: bytes.len().max(1) }
    }
}

/// A header. RFC 9293 §3.1.
struct Header<'p> {
    flags: u8,
    window: u16,
    options: &'p [u8],
}

impl<'p> Header<'p> {
    fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        at.skip(13)?;
        let (flags, window) = (at.u8()?, at.be16()?);
        Some(Self { flags, window, options: bytes.get(HEADER..)? })
    }

    fn text(&self, ttl: u8) -> Line<TEXT_MAX> {
        let (mut order, mut mss, mut scale, mut stamped) =
            (Line::<TEXT_MAX>::default(), 0u16, 0u8, false);
        let mut at = Cursor::new(self.options);
        while let Some(kind) = at.u8() {
            if !order.bytes().is_empty() {
                order.push(b",");
            }
            // The end, then what fills the header. RFC 9293 §3.2.
            if kind == 0 {
                order.push(b"eol");
                break;
            }
            if kind == 1 {
                order.push(b"nop");
                continue;
            }
            let Some(value) = value(&mut at) else {
                order.push(b"cut");
                break;
            };
            match (kind, value) {
                (2, &[high, low]) => {
                    mss = u16::from_be_bytes([high, low]);
                    order.push(b"mss");
                }
                // RFC 7323 §2.2.
                (3, &[shift]) => {
                    scale = shift;
                    order.push(b"ws");
                }
                // RFC 2018 §2.
                (4, &[]) => order.push(b"sok"),
                // RFC 7323 §3.2.
                (8, value) if value.len() == 8 => {
                    stamped = true;
                    order.push(b"ts");
                }
                (other, _) => number(&mut order, b"?", u16::from(other)),
            }
        }
        let mut text = Line::default();
        number(&mut text, b"", u16::from(initial(ttl)));
        number(&mut text, b":", mss);
        text.push(b":");
        window(&mut text, self.window, mss, stamped);
        number(&mut text, b",", u16::from(scale));
        text.push(b":");
        text.push(order.bytes());
        text
    }
}

/// An option's value. RFC 9293 §3.2.
fn value<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let len = usize::from(at.u8()?).checked_sub(2)?;
    at.take(len)
}

/// The window as the number of whole segments where it is one.
fn window(text: &mut Line<TEXT_MAX>, window: u16, mss: u16, stamped: bool) {
    let whole = |segment: Option<u16>| {
        let segment = segment.filter(|segment| *segment >= 100)?;
        let count = window.checked_div(segment)?;
        (window.checked_rem(segment)? == 0 && (1..=SEGMENTS_MAX).contains(&count)).then_some(count)
    };
    if let Some(count) = whole(Some(mss)) {
        number(text, b"mss*", count);
    } else if let Some(count) = whole(mss.checked_sub(STAMP).filter(|_| stamped)) {
        number(text, b"seg*", count);
    } else {
        number(text, b"", window);
    }
}

/// A number behind some bytes.
fn number(text: &mut Line<TEXT_MAX>, before: &[u8], number: u16) {
    text.push(before);
    // Too long a text is cut off; that is all that can go wrong.
    write!(text, "{number}").unwrap_or_default();
}

/// The time to live that a header started with: what systems start with, at most so many hops ago.
fn initial(ttl: u8) -> u8 {
    [32, 64, 128].into_iter().find(|start| ttl <= *start).unwrap_or(255)
}
