//! PTP: clocks set each other to fractions of a microsecond, directly on Ethernet or over UDP.

mod management;
mod spec;

use crate::line;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use management::Management;
use vocab::{Area, Dir, Mac, Op, Proof, Role, Spec, Target, Value};

/// Bytes of the header in version 2. IEEE 1588-2008 §13.3.
const HEADER: usize = 34;
/// Bytes of the header in version 1. IEEE 1588-2002 §8.2.
const HEADER_1: usize = 40;

/// The PTP dissector.
#[derive(Debug)]
pub struct Ptp;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The clock whose identity was said last, by direction.
    clocks: [u64; 2],
    /// The clock that was said to be a master last.
    master: u64,
}

impl Flow {
    /// Remembers a direction's clock; true when it is another one than before.
    fn is_new(&mut self, dir: Dir, clock: u64) -> bool {
        let known = self.clocks.get_mut(dir.index());
        known.is_some_and(|known| core::mem::replace(known, clock) != clock)
    }
}

impl Dissector for Ptp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        match head {
            _ if is_version_1(head) => Probe::Sure,
            [first, second, ..] if second & 15 == 2 && is_type(first & 15) => {
                if head.len() >= HEADER { Probe::Sure } else { Probe::No }
            }
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let said = if is_version_1(bytes) {
            version_1(flow, cx, bytes)
        } else {
            version_2(flow, cx, bytes)
        };
        if said.is_some() {
            return Step::Took { bytes: bytes.len() };
        }
        if !cx.cut() {
            cx.fault(spec::TOO_SHORT, bytes);
        }
        Step::Resync { took: bytes.len() }
    }
}

fn is_type(kind: u8) -> bool {
    matches!(kind, 0..=3 | 8..=13)
}

fn is_version_1(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0, 1]) && bytes.len() >= HEADER_1
}

/// Who speaks, from the message type. What goes to a group settles no client.
fn role(kind: u8, action: u8) -> Role {
    match (kind, action) {
        (1 | 2, _) | (13, 0 | 1 | 3) => Role::Request,
        (3 | 9 | 10, _) | (13, 2 | 4) => Role::Response,
        _ => Role::Event,
    }
}

/// The fields of version 2. IEEE 1588-2008 §13.3.
fn version_2(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Option<()> {
    let mut at = Cursor::new(bytes);
    let (kind, version) = (at.u8()? & 15, at.u8()? & 15);
    let (len, domain) = (usize::from(at.be16()?), at.u8()?);
    at.skip(15)?; // further sdo id, flags, correction, type's own
    let clock = at.be64()?;
    at.skip(2)?; // port
    let sequence = at.be16()?;
    at.skip(2)?; // control, interval
    if version != 2 || !is_type(kind) {
        return None;
    }
    let body = Cursor::new(bytes.get(HEADER..len).unwrap_or(at.rest()));
    let management = if kind == 13 { Management::read(body) } else { None };
    let action = management.map_or(0, |m| m.action);
    let announce = if kind == 11 { Announce::read(body) } else { None };
    let mut op = Op::new(u32::from(kind), role(kind, action), bytes);
    let (third, fourth) = match (&management, &announce) {
        (Some(management), _) => (u64::from(management.id), 0),
        (None, Some(announce)) => (u64::from(announce.priority), u64::from(announce.class)),
        (None, None) => (0, 0),
    };
    op.args = Some([u64::from(domain), u64::from(sequence), third, fourth]);
    op.sub = management.map(|m| u16::from(m.action));
    op.status = management.map_or(vocab::Status::None, |m| m.status());
    let direct = cx.headers().dst_mac.is_unicast();
    op.proof = if direct { Proof::Content } else { Proof::Context };
    if direct && matches!(kind, 1 | 9 | 13) {
        // Delay requests and management messages count apart.
        op.tx = Some(u64::from(kind & 4) << 16 | u64::from(sequence));
    }
    cx.op(&op);
    check(cx, kind, len, bytes);
    say_clock(flow, cx, clock);
    if let Some(announce) = announce {
        announce.say(flow, cx, clock);
    }
    if let Some(management) = management {
        let data = management.data;
        let value = if data.is_empty() { Value::None } else { Value::Bytes(data) };
        cx.item(clock_target(spec::TARGET, management.target), value);
        management.say(cx);
    }
    Some(())
}

/// The length covers the fields of the message's type. IEEE 1588-2008 §13.5 to §13.12.
fn check(cx: &mut Cx<'_>, kind: u8, len: usize, bytes: &[u8]) {
    let least = match kind {
        0 | 1 | 8 | 12 => 44,
        2 | 3 | 9 | 10 => 54,
        11 => 64,
        _ => 48,
    };
    if (len < least || len > bytes.len()) && !cx.cut() {
        cx.fault(spec::BAD_LENGTH, bytes.get(2..4).unwrap_or(&[]));
    }
}

/// Says the clock's identity, once as long as it stays.
fn say_clock(flow: &mut Flow, cx: &mut Cx<'_>, clock: u64) {
    if flow.is_new(cx.dir(), clock) {
        cx.attr(spec::IDENTITY, line!("{}", spec::Clock(clock)).bytes());
    }
}

fn clock_target(area: &'static Area, clock: u64) -> Target<'static> {
    Target { area, index: clock, count: 1, extra: 0, name: &[] }
}

/// What a master announces. IEEE 1588-2008 §13.5.
struct Announce {
    priority: u8,
    class: u8,
    grandmaster: u64,
    steps: u16,
}

impl Announce {
    fn read(mut at: Cursor<'_>) -> Option<Self> {
        at.skip(13)?; // time, offset, reserved
        let (priority, class) = (at.u8()?, at.u8()?);
        at.skip(4)?; // accuracy, variance, second priority
        Some(Self { priority, class, grandmaster: at.be64()?, steps: at.be16()? })
    }

    /// A clock that announces itself is where the time comes from.
    fn say(&self, flow: &mut Flow, cx: &mut Cx<'_>, clock: u64) {
        let target = clock_target(spec::GRANDMASTER, self.grandmaster);
        cx.item(target, Value::Uint(u64::from(self.steps)));
        if self.grandmaster == clock && flow.master != clock {
            flow.master = clock;
            cx.attr(spec::ROLE, b"time-server");
        }
    }
}

/// The fields of version 1. IEEE 1588-2002 §8.2.
fn version_1(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Option<()> {
    let mut at = Cursor::new(bytes);
    at.skip(21)?; // versions, subdomain, message type
    let technology = at.u8()?;
    let uuid: &[u8; 6] = at.chunk()?;
    at.skip(2)?; // port
    let sequence = at.be16()?;
    let control = at.u8()?;
    let role = match control {
        1 | 4 => Role::Request,
        3 => Role::Response,
        _ => Role::Event,
    };
    let code = spec::FIRST_VERSION.saturating_add(u32::from(control));
    let mut op = Op::new(code, role, bytes);
    op.proof = Proof::Context;
    op.args = Some([0, u64::from(sequence), 0, 0]);
    cx.op(&op);
    // 1 is Ethernet: the identifier is a MAC address.
    let mac = Mac(*uuid);
    if technology == 1 && flow.is_new(cx.dir(), mac.to_u64()) {
        cx.attr(spec::IDENTITY, line!("{mac}").bytes());
    }
    Some(())
}
