//! Options that name hosts and addresses.

use super::{next_option, spec};
use crate::common::{address, domain};
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, Subject, Value};

/// Says what one option tells. IANA "DHCPv6 Option Codes".
pub(super) fn option(cx: &mut Cx<'_>, of: Subject, from_client: bool, code: u16, value: &[u8]) {
    match code {
        1 if from_client => identifier(cx, of, value),
        2 if !from_client => identifier(cx, of, value),
        3 | 4 | 25 => leases(cx, if code == 4 { 4 } else { 12 }, value),
        16 if from_client => vendor_class(cx, of, value),
        23 if !from_client => {
            value.chunks_exact(16).for_each(|server| say(cx, spec::NAME_SERVER, server));
        }
        24 if !from_client => {
            if let Some(name) = domain::name(value, &mut Cursor::new(value)) {
                cx.attr(spec::SEARCH, name.bytes());
            }
        }
        39 if from_client => full_name(cx, of, value),
        _ => {}
    }
}

fn say(cx: &mut Cx<'_>, area: &'static Area, bytes: &[u8]) {
    cx.item(address::target(area, bytes), Value::None);
}

/// A DHCP unique identifier, where it was made from a MAC address: hardware type 1, and a time in
/// the first kind. The address may be another card's of the same host. RFC 8415 §11.
fn identifier(cx: &mut Cx<'_>, of: Subject, value: &[u8]) {
    let ([0, 1, 0, 1, _, _, _, _, mac @ ..] | [0, 3, 0, 1, mac @ ..]) = value else { return };
    if let Some(mac) = address::mac(mac) {
        cx.attr_of(of, spec::IDENTIFIER, line!("{mac}").bytes());
    }
}

/// An association's addresses and prefixes, behind its own fields. RFC 8415 §21.4, §21.21.
fn leases(cx: &mut Cx<'_>, fields: usize, value: &[u8]) {
    let mut at = Cursor::new(value.get(fields..).unwrap_or(&[]));
    while let Some((code, value)) = next_option(&mut at) {
        match code {
            5 => say(cx, spec::ASSIGNED, value.get(..16).unwrap_or(&[])),
            // Two lifetimes and the prefix length stand before the prefix.
            26 => {
                let len = value.get(8).map_or(0, |len| u64::from(*len));
                let prefix = value.get(9..25).unwrap_or(&[]);
                cx.item(address::target(spec::PREFIX, prefix), Value::Uint(len));
            }
            _ => {}
        }
    }
}

/// Enterprise number, then texts with their lengths. RFC 8415 §21.16.
fn vendor_class(cx: &mut Cx<'_>, of: Subject, value: &[u8]) {
    let mut at = Cursor::new(value);
    let _enterprise = at.be32();
    while let Some(text) = at.be16().and_then(|len| at.take(usize::from(len))) {
        let is_system = text.starts_with(b"MSFT ");
        cx.attr_of(of, if is_system { spec::SYSTEM } else { spec::VENDOR_CLASS }, text);
    }
}

/// Flags, then the name in DNS form; a name that is not full ends without a root label.
/// RFC 4704 §4.
fn full_name(cx: &mut Cx<'_>, of: Subject, value: &[u8]) {
    let Some((_flags, name)) = value.split_first() else { return };
    if let Some(full) = domain::name(name, &mut Cursor::new(name)) {
        cx.attr_of(of, spec::FULL_NAME, full.bytes());
    } else if let Some((len, label)) = name.split_first()
        && usize::from(*len) == label.len()
    {
        cx.attr_of(of, spec::FULL_NAME, label);
    }
}
