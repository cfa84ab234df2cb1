//! Spanning tree: bridges agree on a tree without loops, and so tell who they are and who is root.

mod spec;

use crate::common::text::{is_text, until_nul};
use crate::line;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Mac, Op, Role, Spec, Target, Value};

/// Where the multiple spanning tree fields begin. IEEE 802.1Q-2018 §14.4.
const MULTIPLE: usize = 36;

/// The spanning tree dissector.
#[derive(Debug)]
pub struct Stp;

impl Dissector for Stp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        match head {
            // Protocol 0, version, type. IEEE 802.1D-2004 §9.3.
            [0, 0, 0..=4, 0 | 2 | 128, ..] => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let &[0, 0, version, kind, ..] = bytes else { return Step::NotMine };
        match kind {
            128 => say_change(cx, version, bytes),
            0 | 2 => say(cx, version, kind, bytes),
            _ => return Step::NotMine,
        }
        cx.attr(spec::ROLE, b"switch");
        Step::Took { bytes: bytes.len() }
    }
}

/// A topology change has nothing but its type. IEEE 802.1D-2004 §9.3.2.
fn say_change(cx: &mut Cx<'_>, version: u8, bytes: &[u8]) {
    let mut op = Op::new(128, Role::Event, bytes);
    op.args = Some([u64::from(version), 0, 0, 0]);
    cx.op(&op);
}

/// Priority and MAC address of a bridge. IEEE 802.1D-2004 §9.2.5.
struct Bridge {
    priority: u16,
    mac: Mac,
}

impl Bridge {
    fn read(at: &mut Cursor<'_>) -> Option<Self> {
        Some(Self { priority: at.be16()?, mac: Mac(*at.chunk()?) })
    }
}

/// A configuration or rapid spanning tree message. IEEE 802.1D-2004 §9.3.1, §9.3.3.
fn say(cx: &mut Cx<'_>, version: u8, kind: u8, bytes: &[u8]) {
    let fields = read(bytes);
    let mut op = Op::new(u32::from(kind), Role::Event, bytes);
    let (flags, cost, port) =
        fields.as_ref().map_or((0, 0, 0), |(flags, _, cost, _, port)| (*flags, *cost, *port));
    op.args = Some([u64::from(version), u64::from(flags), u64::from(cost), u64::from(port)]);
    cx.op(&op);
    let Some((_, root, _, bridge, _)) = fields else {
        if !cx.cut() {
            cx.fault(spec::BAD_LENGTH, bytes);
        }
        return;
    };
    let target = Target {
        area: spec::ROOT,
        index: root.mac.to_u64(),
        count: 1,
        extra: u32::from(root.priority),
        name: &[],
    };
    cx.item(target, Value::None);
    cx.attr(spec::BRIDGE, line!("{}/{}", bridge.priority, bridge.mac).bytes());
    if version == 3 && kind == 2 {
        region(cx, bytes);
    }
}

fn read(bytes: &[u8]) -> Option<(u8, Bridge, u32, Bridge, u16)> {
    let mut at = Cursor::new(bytes);
    at.skip(4)?;
    let flags = at.u8()?;
    let root = Bridge::read(&mut at)?;
    let cost = at.be32()?;
    let bridge = Bridge::read(&mut at)?;
    let port = at.be16()?;
    at.skip(8)?; // message age, maximum age, hello time, forward delay
    Some((flags, root, cost, bridge, port))
}

/// Length, format, then the region's name. IEEE 802.1Q-2018 §14.4, §13.8.
fn region(cx: &mut Cx<'_>, bytes: &[u8]) {
    let mut at = Cursor::new(bytes.get(MULTIPLE..).unwrap_or(&[]));
    let (Some(_len), Some(0), Some(name)) = (at.be16(), at.u8(), at.take(32)) else { return };
    let name = until_nul(name);
    if is_text(name) {
        cx.attr(spec::REGION, name);
    }
}
