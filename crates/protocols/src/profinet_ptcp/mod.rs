//! PROFINET PTCP: how stations agree on time and measure their cables.

mod spec;

use crate::common::uuid;
use crate::line;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Area, Mac, Op, Role, Spec, Target, Ts, Value};

/// The PTCP dissector.
#[derive(Debug)]
pub struct ProfinetPtcp;

impl Dissector for ProfinetPtcp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(hint: &Hint<'_>, _head: &[u8]) -> Probe {
        if hint.bound { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let id = vocab::low_u16(cx.tag());
        let mut op = Op::new(u32::from(id), Role::Event, bytes);
        let mut at = Cursor::new(bytes);
        let args = header(&mut at, id);
        op.args = args;
        cx.op(&op);
        if args.is_some() {
            blocks(cx, at);
        } else if !cx.cut() {
            cx.fault(spec::SHORT, bytes);
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// Sequence number and delay. Announcements have no delay. IEC 61158-6-10:2019 §4.4.
fn header(at: &mut Cursor<'_>, id: u16) -> Option<[u64; 4]> {
    at.skip(8)?;
    let tens = u64::from(at.be32()?);
    let sequence = u64::from(at.be16()?);
    at.skip(2)?;
    if matches!(id, 0xff00..=0xff1f) {
        return Some([sequence, 0, 0, 0]);
    }
    let ones = u64::from(at.be32()?);
    Some([sequence, tens.saturating_mul(10).saturating_add(ones), 0, 0])
}

/// Type (7 bits), length (9 bits), content; type 0 ends. IEC 61158-6-10:2019 §4.4.
fn blocks(cx: &mut Cx<'_>, mut at: Cursor<'_>) {
    while let Some(head) = at.be16().filter(|head| *head >> 9 != 0) {
        let Some(content) = at.take(usize::from(head & 0x1ff)) else {
            if !cx.cut() {
                cx.fault(spec::BAD_BLOCK, at.rest());
            }
            return;
        };
        block(cx, head >> 9, content);
    }
}

fn block(cx: &mut Cx<'_>, kind: u16, content: &[u8]) {
    let mut at = Cursor::new(content);
    match kind {
        1 => {
            let (Some(master), Some(domain)) = (at.chunk(), at.chunk()) else { return };
            let text = uuid::text(domain, false);
            cx.item(named(spec::DOMAIN, text.bytes()), Value::None);
            cx.item(named(spec::MASTER, line!("{}", Mac(*master)).bytes()), Value::None);
            cx.attr(spec::SUBDOMAIN, text.bytes());
        }
        2 => {
            let (Some(epoch), Some(low), Some(nanos)) = (at.be16(), at.be32(), at.be32()) else {
                return;
            };
            let seconds = i64::from(epoch) << 32 | i64::from(low);
            cx.item(named(spec::TIME, b"time"), Value::Time(Ts::new(seconds, nanos)));
        }
        6 => {
            let Some(port) = at.chunk() else { return };
            cx.item(named(spec::PORT, line!("{}", Mac(*port)).bytes()), Value::None);
        }
        _ => {}
    }
}

fn named<'p>(area: &'static Area, name: &'p [u8]) -> Target<'p> {
    Target { area, index: 0, count: 1, extra: 0, name }
}
