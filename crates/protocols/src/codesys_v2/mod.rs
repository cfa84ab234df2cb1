//! CODESYS 2: the older run-time of 3S, in controllers of WAGO and others; TCP 1200 and 2455.
//!
//! Only the header, the first service and the fields of its answer are publicly known.

mod spec;

use crate::common::text::{is_text, until_nul};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec};

/// The CODESYS 2 dissector.
#[derive(Debug)]
pub struct Codesysv2;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Bytes that are no message were passed over, and it was said.
    lost: [bool; 2],
}

/// Begins every message.
const MAGIC: [u8; 2] = [0xbb, 0xbb];
/// Bytes of the header: magic, length, and two bytes that tell the byte order.
const HEADER: usize = 6;
/// Longest message.
const LENGTH_MAX: u16 = 8_192;
/// The first request of a tool, in the two byte orders that it tries.
const FIRST: [[u8; 7]; 2] = [[0xbb, 0xbb, 1, 0, 0, 0, 1], [0xbb, 0xbb, 1, 0, 0, 1, 1]];

/// Bytes of the message at the start: the length has its low byte first, unless that is too long.
fn total(bytes: &[u8]) -> Option<usize> {
    let mut at = Cursor::new(bytes.strip_prefix(&MAGIC)?);
    let [low, high] = *at.chunk()?;
    at.skip(2)?;
    let (little, big) = (u16::from_le_bytes([low, high]), u16::from_be_bytes([low, high]));
    let length = if little <= LENGTH_MAX { little } else { big };
    (1..=LENGTH_MAX).contains(&length).then(|| usize::from(length).saturating_add(HEADER))
}

impl Dissector for Codesysv2 {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// The first request proves it anywhere; on its ports the magic and a length are enough.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.datagram || !MAGIC.starts_with(head.get(..2).unwrap_or(head)) {
            return Probe::No;
        }
        if head.len() < 7 {
            return Probe::Maybe { need: 7 };
        }
        let first = head.get(..7).is_some_and(|bytes| FIRST.iter().any(|first| first == bytes));
        let fits = hint.bound && total(head).is_some();
        if first || fits { Probe::Sure } else { Probe::No }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        let side = cx.dir().index();
        let Some(total) = total(bytes) else {
            if bytes.len() < HEADER
                && MAGIC.starts_with(bytes.get(..2).unwrap_or(bytes))
                && !cx.cut()
            {
                return Step::Need { took: 0, more: HEADER.saturating_sub(bytes.len()) };
            }
            if let Some(lost) = flow.lost.get_mut(side).filter(|lost| !**lost)
                && !cx.cut()
            {
                *lost = true;
                cx.fault(spec::BAD_HEADER, bytes.get(..HEADER).unwrap_or(bytes));
            }
            return Step::Resync { took: bytes.len() };
        };
        let whole = match bytes.get(..total) {
            Some(whole) => whole,
            None if cx.cut() => bytes,
            None => return Step::Need { took: 0, more: total.saturating_sub(bytes.len()) },
        };
        if let Some(lost) = flow.lost.get_mut(side) {
            *lost = false;
        }
        say(cx, whole);
        Step::Took { bytes: total }
    }
}

/// Says a message: the service follows the header. An answer is known as one by its direction.
fn say(cx: &mut Cx<'_>, whole: &[u8]) {
    let data = whole.get(HEADER..).unwrap_or(&[]);
    let asks = cx.from_client().unwrap_or(data.len() < 64);
    let service = data.first().map_or(0, |byte| u32::from(*byte));
    let args = Some([u64::from(vocab::sat_u32(data.len())), 0, 0, 0]);
    let code = if asks { service } else { cx.pending(0).map_or(0, |asked| asked.code) };
    let role = if asks { Role::Request } else { Role::Response };
    cx.op(&Op { proof: Proof::Context, tx: Some(0), args, ..Op::new(code, role, whole) });
    if !asks && code == 1 {
        // Texts at fixed places: system, its detail, product.
        for (at, attribute) in [(64, spec::SYSTEM), (96, spec::SYSTEM_TYPE), (128, spec::PRODUCT)] {
            let field = Cursor::new(whole.get(at..).unwrap_or(&[])).take_up_to(32);
            let value = until_nul(field);
            if is_text(value) && value.len() > 2 {
                cx.attr(attribute, value);
            }
        }
    }
}
