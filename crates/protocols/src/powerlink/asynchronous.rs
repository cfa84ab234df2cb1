//! Asynchronous messages: identity, status, commands of the managing node. EPSG DS 301 §7.3.

use super::{Nodes, node_target, sdo, spec};
use crate::common::text::until_nul;
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Value};

/// Services. EPSG DS 301 §4.6.1.1.6.
pub(super) const IDENTITY: u8 = 1;
const STATUS: u8 = 2;
const REQUEST: u8 = 3;
const COMMAND: u8 = 4;
const OBJECTS: u8 = 5;

/// Says an asynchronous message; `rest` begins with the service.
pub(super) fn say(cx: &mut Cx<'_>, mut op: Op<'_>, nodes: Nodes, rest: &[u8]) {
    let [destination, source] = nodes.args();
    op.args = Some([destination, source, 0, 0]);
    let Some((&service, content)) = rest.split_first() else {
        cx.op(&op);
        if !cx.cut() {
            cx.fault(spec::SHORT, op.pdu);
        }
        return;
    };
    op.sub = Some(u16::from_be_bytes([service, 0]));
    match service {
        OBJECTS => return sdo::say(cx, op, content),
        REQUEST | COMMAND => {
            op.role = Role::Request;
            // Commands to a node and commands that are published have numbers of one space.
            if let (COMMAND, Some(command)) = (service, content.first()) {
                op.sub = Some(u16::from_be_bytes([service, *command]));
            }
            op.unit = Some(u32::from(nodes.destination));
        }
        IDENTITY | STATUS | 6 => {
            op.role = Role::Response;
            op.unit = Some(u32::from(nodes.source));
        }
        _ => {}
    }
    cx.op(&op);
    match service {
        IDENTITY => {
            let read = identity(cx, nodes, content);
            if read.is_none() && !cx.cut() {
                cx.fault(spec::SHORT, op.pdu);
            }
        }
        STATUS => {
            if let Some(state) = content.get(2) {
                cx.item(node_target(nodes.source), Value::Text(state_word(*state)));
            }
        }
        REQUEST => {
            if let &[command, target, ..] = content {
                cx.item(node_target(target), Value::Uint(u64::from(command)));
            }
        }
        COMMAND => {
            let data = content.get(2..).unwrap_or(&[]);
            let told = data.iter().any(|b| *b != 0);
            let value = if told { Value::Bytes(data) } else { Value::None };
            cx.item(node_target(nodes.destination), value);
        }
        _ => {}
    }
}

/// IdentResponse. §7.3.3.2.1.
fn identity(cx: &mut Cx<'_>, nodes: Nodes, content: &[u8]) -> Option<()> {
    let mut at = Cursor::new(content);
    at.skip(2)?;
    let state = at.u8()?;
    at.skip(1)?;
    let version = at.u8()?;
    // Features, sizes, response time.
    at.skip(17)?;
    let kind = at.le32()?;
    let (vendor, product, revision, serial) = (at.le32()?, at.le32()?, at.le32()?, at.le32()?);
    // The maker's own, then dates and times of configuration and program.
    at.skip(24)?;
    let ip: [u8; 4] = *at.chunk()?;
    at.skip(8)?;
    let host = at.take_up_to(32);
    cx.item(node_target(nodes.source), Value::Text(state_word(state)));
    cx.attr(spec::HOST, until_nul(host));
    cx.attr(spec::VENDOR, line!("0x{vendor:08x}").bytes());
    cx.attr(spec::PRODUCT, line!("0x{product:08x}").bytes());
    cx.attr(spec::REVISION, line!("0x{revision:08x}").bytes());
    if serial != 0 {
        cx.attr(spec::SERIAL, line!("{serial}").bytes());
    }
    cx.attr(spec::VERSION, line!("POWERLINK {}.{}", version >> 4, version & 0x0f).bytes());
    cx.attr(spec::NUMBER, line!("{}", nodes.source).bytes());
    // The low half of the device type is the device profile: CiA 401 and 402.
    match kind & 0xffff {
        401 => cx.attr(spec::ROLE, b"io-device"),
        402 => cx.attr(spec::ROLE, b"drive"),
        _ => {}
    }
    // 192.168.100.node; stacks differ in the byte order. EPSG DS 301 §5.1.2.
    let [a, b, c, d] = ip;
    match (a == nodes.source, d == nodes.source) {
        (_, true) => cx.bind(cx.headers().src_mac, ip.into()),
        (true, false) => cx.bind(cx.headers().src_mac, [d, c, b, a].into()),
        (false, false) => {}
    }
    Some(())
}

/// State of a node. EPSG DS 301 §7.1.4.
fn state_word(state: u8) -> &'static [u8] {
    match state {
        0x00 => b"off",
        0x19 => b"initialising",
        0x29 => b"reset_application",
        0x39 => b"reset_communication",
        0x79 => b"reset_configuration",
        0x1c => b"not_active",
        0x1d => b"pre_operational_1",
        0x5d => b"pre_operational_2",
        0x6d => b"ready_to_operate",
        0xfd => b"operational",
        0x4d => b"stopped",
        0x1e => b"basic_ethernet",
        _ => b"unknown",
    }
}
