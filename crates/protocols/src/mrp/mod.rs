//! MRP: a ring of switches that stays in service when one cable breaks.

mod spec;

use crate::common::uuid;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Target, Value};

/// The MRP dissector.
#[derive(Debug)]
pub struct Mrp;

/// Types of block. IEC 62439-2:2016 §8.1.
const END: u8 = 0;
const COMMON: u8 = 1;

impl Dissector for Mrp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        // Version, type, length.
        if hint.bound && head.len() >= 4 { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let frame = Frame::read(bytes);
        frame.say(cx, bytes);
        Step::Took { bytes: bytes.len() }
    }
}

/// What the blocks of a frame say.
#[derive(Default)]
struct Frame<'p> {
    /// Type and content of the block that is not common to all.
    block: Option<(u8, &'p [u8])>,
    domain: Option<&'p [u8; 16]>,
    /// A block was cut off.
    broken: bool,
}

impl<'p> Frame<'p> {
    /// Version, then blocks: type, length, content; type 0 ends.
    fn read(bytes: &'p [u8]) -> Self {
        let mut frame = Self::default();
        let mut at = Cursor::new(bytes.get(2..).unwrap_or(&[]));
        while let Some(kind) = at.u8().filter(|kind| *kind != END) {
            let Some(content) = at.u8().and_then(|length| at.take(usize::from(length))) else {
                if kind != COMMON {
                    frame.block = frame.block.or(Some((kind, &[])));
                }
                frame.broken = true;
                break;
            };
            match kind {
                COMMON => frame.domain = content.get(2..).and_then(|rest| rest.first_chunk()),
                // An option goes with another block; alone it is the message.
                spec::OPTION if frame.block.is_some() => {}
                _ if frame.block.is_none_or(|(other, _)| other == spec::OPTION) => {
                    frame.block = Some((kind, content));
                }
                _ => {}
            }
        }
        frame
    }

    fn say(&self, cx: &mut Cx<'_>, whole: &[u8]) {
        if let Some((kind, content)) = self.block {
            let mut op = Op::new(u32::from(kind), Role::Event, whole);
            op.args = arguments(kind, content);
            if kind == spec::OPTION {
                // Maker, then a block of its own.
                op.sub = content.get(3).map(|kind| u16::from(*kind));
            }
            cx.op(&op);
            if let Some(domain) = self.domain {
                let text = uuid::text(domain, false);
                let target =
                    Target { area: spec::DOMAIN, index: 0, count: 1, extra: 0, name: text.bytes() };
                cx.item(target, Value::None);
                // Tests come often, and the default domain says nothing.
                if !matches!(kind, 2 | 6) && *domain != [0xff; 16] {
                    cx.attr(spec::MEMBER, text.bytes());
                }
            }
        } else if !self.broken && !cx.cut() {
            cx.fault(spec::SHORT, whole);
        }
        if self.broken && !cx.cut() {
            cx.fault(spec::BAD_BLOCK, whole);
        }
    }
}

/// Numbers of a block; MAC addresses in it are the sender's own.
fn arguments(kind: u8, content: &[u8]) -> Option<[u64; 4]> {
    let mut at = Cursor::new(content);
    let mut number = |skip: usize| at.skip(skip).and_then(|()| at.be16()).map(u64::from);
    match kind {
        // Priority or ring, address, role of the port, state, transitions, time.
        2 | 6 => Some([number(0)?, number(6)?, number(0)?, number(0)?]),
        3 => Some([number(0)?, number(6)?, 0, 0]),
        4 | 5 => Some([number(6)?, number(0)?, number(0)?, 0]),
        7 => Some([number(6)?, number(0)?, 0, 0]),
        8..=10 => Some([number(8)?, number(0).unwrap_or(0), 0, 0]),
        _ => None,
    }
}
