//! Options that name the client, the router, the servers.

use super::spec;
use crate::common::text::{Line, is_text};
use crate::common::{address, domain};
use core::fmt::Write as _;
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, Host, Subject, Value};

/// Says what one option tells. RFC 2132 and successors.
pub(super) fn option(cx: &mut Cx<'_>, client: Subject, from_client: bool, code: u8, value: &[u8]) {
    match code {
        12 => cx.attr_of(client, spec::HOST_NAME, value),
        15 => cx.attr_of(client, spec::DOMAIN, value),
        81 => full_name(cx, client, value),
        50 if value.len() == 4 => cx.item(address::target(spec::REQUESTED, value), Value::None),
        3 if !from_client => routers(cx, value),
        6 if !from_client => hosts(cx, spec::NAME_SERVER, value),
        42 if !from_client => hosts(cx, spec::TIME_SERVER, value),
        60 => vendor_class(cx, if from_client { client } else { Subject::Sender }, value),
        61 if from_client => client_id(cx, client, value),
        77 if from_client && is_text(value) => cx.attr_of(client, spec::USER_CLASS, value),
        55 if from_client => parameters(cx, client, value),
        82 => relay(cx, client, value),
        _ => {}
    }
}

/// What the client's software calls itself; `MSFT 5.0` is every Windows since 2000.
fn vendor_class(cx: &mut Cx<'_>, of: Subject, value: &[u8]) {
    let attribute = if value.starts_with(b"MSFT ") { spec::SYSTEM } else { spec::VENDOR_CLASS };
    cx.attr_of(of, attribute, value);
}

/// Flags, two result codes, then the name: in DNS form where bit 2 is set. RFC 4702 §2.
fn full_name(cx: &mut Cx<'_>, client: Subject, value: &[u8]) {
    let &[flags, _, _, ref name @ ..] = value else { return };
    if flags & 4 == 0 {
        cx.attr_of(client, spec::FULL_NAME, name);
    } else if let Some(name) = domain::name(name, &mut Cursor::new(name)) {
        cx.attr_of(client, spec::FULL_NAME, name.bytes());
    }
}

/// An identifier that is no copy of the hardware address. RFC 2132 §9.14, RFC 4361.
fn client_id(cx: &mut Cx<'_>, client: Subject, value: &[u8]) {
    let text = match value {
        [0, text @ ..] => text,
        _ => value,
    };
    if is_text(text) {
        cx.attr_of(client, spec::CLIENT_ID, text);
    }
}

/// The options that a client asks for, in its order: tells systems apart.
fn parameters(cx: &mut Cx<'_>, client: Subject, value: &[u8]) {
    let mut line = Line::<256>::default();
    let mut separator = "";
    for code in value {
        if write!(line, "{separator}{code}").is_err() {
            break;
        }
        separator = ",";
    }
    cx.attr_of(client, spec::PARAMETERS, line.bytes());
}

fn routers(cx: &mut Cx<'_>, value: &[u8]) {
    hosts(cx, spec::ROUTER, value);
    for router in value.chunks_exact(4) {
        if let Some(ip) = address::ip(router).filter(|ip| !ip.is_unspecified()) {
            cx.attr_of(Subject::Host(Host::Ip(ip)), spec::ROUTER_ROLE, b"router");
        }
    }
}

fn hosts(cx: &mut Cx<'_>, area: &'static Area, value: &[u8]) {
    value.chunks_exact(4).for_each(|host| cx.item(address::target(area, host), Value::None));
}

/// The port that a relay saw the client on, where it is written as text. RFC 3046 §3.1.
fn relay(cx: &mut Cx<'_>, client: Subject, value: &[u8]) {
    let mut at = Cursor::new(value);
    while let (Some(kind), Some(len)) = (at.u8(), at.u8()) {
        let circuit = at.take_up_to(usize::from(len));
        if kind == 1 && is_text(circuit) {
            cx.attr_of(client, spec::RELAY_PORT, circuit);
        }
    }
}
