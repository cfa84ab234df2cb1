//! Ethernet POWERLINK: a managing node polls all others in turn, then one of them may send what is
//! not cyclic.

mod asynchronous;
mod sdo;
mod spec;

use decode::{Cursor, Transport};
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Target, Value};

/// The POWERLINK dissector.
#[derive(Debug)]
pub struct Powerlink;

/// The number of the managing node. EPSG DS 301 §4.5.
const MANAGER: u8 = 240;

impl Dissector for Powerlink {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let fits = match hint.headers.transport {
            Transport::None => head.len() >= 3,
            // Only transfers of objects travel in UDP, without node numbers. DS 301 §6.3.2.2.
            _ => matches!(head, [6, 0, 0, 5, _, _, _, _, ..]),
        };
        if hint.bound && fits { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        match bytes {
            &[kind, destination, source, ref rest @ ..] => {
                let nodes = Nodes { destination, source };
                message(cx, kind & 0x7f, nodes, rest, bytes);
            }
            _ if !cx.cut() => cx.fault(spec::SHORT, bytes),
            _ => {}
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// Who sends to whom; 0 in UDP.
#[derive(Clone, Copy)]
struct Nodes {
    destination: u8,
    source: u8,
}

impl Nodes {
    fn args(self) -> [u64; 2] {
        [u64::from(self.destination), u64::from(self.source)]
    }
}

/// One message; the rest begins behind the node numbers. EPSG DS 301 §4.6.1.1.
fn message(cx: &mut Cx<'_>, kind: u8, nodes: Nodes, rest: &[u8], whole: &[u8]) {
    let [destination, source] = nodes.args();
    let mut op = Op::new(u32::from(kind), Role::Event, whole);
    match kind {
        spec::SOC | 7 | 13 => {
            let flags = rest.get(1).map_or(0, |flags| u64::from(*flags));
            op.args = Some([destination, source, flags, 0]);
            cx.op(&op);
        }
        spec::POLL_REQUEST => {
            op.role = Role::Request;
            op.unit = Some(u32::from(nodes.destination));
            data(cx, op, nodes, nodes.destination, rest);
        }
        spec::POLL_RESPONSE => {
            op.role = Role::Response;
            op.unit = Some(u32::from(nodes.source));
            data(cx, op, nodes, nodes.source, rest);
        }
        spec::SOA => invitation(cx, op, nodes, rest),
        spec::ASYNCHRONOUS => asynchronous::say(cx, op, nodes, rest),
        _ => {
            cx.op(&op);
            cx.fault(spec::UNKNOWN_TYPE, whole);
        }
    }
}

/// PReq and PRes: state, flags, version of the mapping, size, data. §4.6.1.1.3 and §4.6.1.1.4.
fn data(cx: &mut Cx<'_>, mut op: Op<'_>, nodes: Nodes, node: u8, rest: &[u8]) {
    let [destination, source] = nodes.args();
    let Some((&[_state, flags, _, _, _, low, high], after)) = rest.split_first_chunk() else {
        op.args = Some([destination, source, 0, 0]);
        cx.op(&op);
        if !cx.cut() {
            cx.fault(spec::SHORT, op.pdu);
        }
        return;
    };
    let size = u16::from_le_bytes([low, high]);
    op.args = Some([destination, source, u64::from(flags), u64::from(size)]);
    cx.op(&op);
    let content = Cursor::new(after).take_up_to(usize::from(size));
    let target = node_target(node);
    cx.item(target, if content.is_empty() { Value::None } else { Value::Bytes(content) });
    if content.len() < usize::from(size) && !cx.cut() {
        cx.fault(spec::BAD_SIZE, op.pdu);
    }
}

/// SoA: who may send next, and what is asked for. §4.6.1.1.5.
fn invitation(cx: &mut Cx<'_>, mut op: Op<'_>, nodes: Nodes, rest: &[u8]) {
    let [destination, source] = nodes.args();
    let &[_state, _, _, service, target, ..] = rest else {
        op.args = Some([destination, source, 0, 0]);
        cx.op(&op);
        if !cx.cut() {
            cx.fault(spec::SHORT, op.pdu);
        }
        return;
    };
    op.args = Some([destination, source, u64::from(service), u64::from(target)]);
    if service != 0 {
        op.role = Role::Request;
        op.sub = Some(u16::from(service));
        op.unit = Some(u32::from(target));
    }
    cx.op(&op);
    if service == asynchronous::IDENTITY && nodes.source == MANAGER {
        cx.attr(spec::ROLE, b"plc");
    }
}

fn node_target(node: u8) -> Target<'static> {
    Target { area: spec::NODE, index: u64::from(node), count: 1, extra: 0, name: &[] }
}
