//! ProConOS: how MULTIPROG and PCWorx reach the run-time of KW-Software that many controllers are
//! built on: its information, its state, start and stop; TCP 20547.
//!
//! A request has a magic byte, a command, a sequence number, a length, data and a checksum. Of
//! answers only the magic and the texts of the information are publicly known.

mod spec;

use crate::common::text::{is_text, until_nul};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Status, Value};

/// The ProConOS dissector.
#[derive(Debug)]
pub struct Proconos;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Bytes that are no message were passed over, and it was said.
    lost: [bool; 2],
    /// The request that waits for its answer: its command plus one, 0 when none waits.
    asked: u16,
}

/// Begins every message.
const MAGIC: u8 = 0xcc;
/// Where the project's name begins in the information, and the most that is read of it.
const PROJECT: usize = 77;
const INFORMATION_MAX: usize = 109;
/// Bytes around the data: magic, version, command, two of sequence, length; checksum.
const AROUND: usize = 10;

/// A request: command, data, bytes in all.
fn request(bytes: &[u8]) -> Option<(u16, usize)> {
    let mut at = Cursor::new(bytes);
    let &[MAGIC, 0x01] = at.chunk()? else { return None };
    let (command, mark) = (at.be16()?, at.u8()?);
    at.skip(1)?;
    let length = at.le16()?;
    let fits = command <= 0xff && matches!(mark, 0x40 | 0xc0) && length <= 4_096;
    fits.then(|| (command, usize::from(length).saturating_add(AROUND)))
}

impl Dissector for Proconos {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// Only on the protocol's port: the magic is one byte.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.datagram || !hint.bound || !matches!(head.first(), None | Some(&MAGIC)) {
            return Probe::No;
        }
        match head.len() {
            0..8 => Probe::Maybe { need: 8 },
            _ if request(head).is_some() || hint.from_server => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        if flow.asked != 0 && cx.from_client() == Some(false) {
            return answer(flow, cx, bytes);
        }
        let side = cx.dir().index();
        let Some((command, total)) = request(bytes).filter(|_| cx.from_client() != Some(false))
        else {
            if bytes.len() < 8 && bytes.first() == Some(&MAGIC) && !cx.cut() {
                return Step::Need { took: 0, more: 8usize.saturating_sub(bytes.len()) };
            }
            let from_client = cx.from_client() == Some(true);
            if let Some(lost) = flow.lost.get_mut(side).filter(|lost| !**lost)
                && from_client
                && !cx.cut()
            {
                *lost = true;
                cx.fault(spec::BAD_HEADER, bytes.get(..8).unwrap_or(bytes));
            }
            return Step::Resync { took: bytes.len() };
        };
        let whole = match bytes.get(..total) {
            Some(whole) => whole,
            None if cx.cut() => bytes,
            None => return Step::Need { took: 0, more: total.saturating_sub(bytes.len()) },
        };
        let data = whole.get(8..whole.len().saturating_sub(2)).unwrap_or(&[]);
        cx.op(&Op {
            tx: Some(0),
            args: Some([u64::from(vocab::sat_u32(data.len())), 0, 0, 0]),
            value: if data.is_empty() { Value::None } else { Value::Bytes(data) },
            ..Op::new(u32::from(command), Role::Request, whole)
        });
        flow.asked = command.saturating_add(1);
        Step::Took { bytes: total }
    }
}

/// The bytes that come behind a request answer it: their own length is not known.
fn answer(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let code = u32::from(flow.asked.saturating_sub(1));
    // The project's name is the last that is wanted; it ends with a NUL.
    let whole = bytes.len() >= INFORMATION_MAX
        || bytes.get(PROJECT..).is_some_and(|project| project.contains(&0));
    if code == 0x0b && !whole && !cx.cut() {
        return Step::Need { took: 0, more: 1 };
    }
    flow.asked = 0;
    let status = Status::None;
    cx.op(&Op { tx: Some(0), status, ..Op::new(code, Role::Response, bytes) });
    if code == 0x0b {
        information(cx, bytes);
    }
    Step::Took { bytes: bytes.len() }
}

/// Run-time at 12, type at 44, then from 77 the project.
fn information(cx: &mut Cx<'_>, bytes: &[u8]) {
    let fields = [(12, 32, spec::RUNTIME), (44, 33, spec::TYPE), (PROJECT, 32, spec::PROJECT)];
    for (at, len, attribute) in fields {
        let field = Cursor::new(bytes.get(at..).unwrap_or(&[])).take_up_to(len);
        let value = until_nul(field).trim_ascii();
        if is_text(value) {
            cx.attr(attribute, value);
        }
    }
}
