//! What stations tell of themselves, and what others give them.

use super::blocks::{Block, Blocks, device_text};
use super::spec;
use crate::line;
use dissect::Cx;
use vocab::Subject;

/// BlockInfo of an IP block: somebody else has the address. IEC 61158-6-10:2019 §4.3.1.4.
const IP_CONFLICT: u16 = 0x80;

/// A property that a station states of itself. IEC 61158-6-10:2019 §4.3.1.4.
pub(super) fn say(cx: &mut Cx<'_>, block: &Block<'_>) {
    let value = block.value;
    match (block.key(), value) {
        (0x0102 | 0x0103, _) if block.info & IP_CONFLICT == 0 => {
            if let Some(ip) = block.ip() {
                bind(cx, ip);
            }
        }
        (0x0201, _) => cx.attr(spec::STATION_TYPE, value),
        (0x0202, _) => cx.attr(spec::NAME, value),
        (0x0203, &[a, b, c, d]) => {
            cx.attr(spec::VENDOR, line!("0x{:04x}", u16::from_be_bytes([a, b])).bytes());
            cx.attr(spec::DEVICE, device_text([a, b, c, d]).bytes());
        }
        (0x0204, &[role, ..]) => cx.attr(spec::ROLE, role_word(role)),
        (0x0206, _) => cx.attr(spec::ALIAS, value),
        (0x0207, [high, low]) => cx.attr(spec::INSTANCE, line!("{high}.{low}").bytes()),
        (0x0208, &[a, b, c, d]) => cx.attr(spec::OEM, device_text([a, b, c, d]).bytes()),
        (0x030c, _) => cx.attr(spec::HOST_NAME, value),
        (0x0351, _) => cx.attr(spec::FULL_NAME, value),
        _ => {}
    }
}

/// DeviceRoleDetails: the most that a station can do. §4.3.1.4.
fn role_word(role: u8) -> &'static [u8] {
    match role {
        _ if role & 2 != 0 => b"plc",
        _ if role & 8 != 0 => b"engineering-station",
        _ if role & 5 != 0 => b"io-device",
        _ => b"",
    }
}

/// A filter of an identify request: the sender has business with whom it names. Its own name is
/// among them when it looks for somebody who has the same.
pub(super) fn sought(cx: &mut Cx<'_>, block: &Block<'_>) {
    match block.key() {
        0x0202 => cx.attr(spec::SOUGHT, block.value),
        0x0201 => cx.attr(spec::SOUGHT_TYPE, block.value),
        _ => {}
    }
}

/// A set request: the receiver is to have this name; the address is kept for its answer.
pub(super) fn remember(cx: &mut Cx<'_>, key: u64, blocks: &Blocks<'_>) {
    let (mut ip, mut name): ([u8; 4], &[u8]) = ([0; 4], &[]);
    for block in blocks.clone() {
        ip = block.ip().unwrap_or(ip);
        if block.key() == 0x0202 {
            name = block.value;
        }
    }
    cx.attr_of(Subject::Receiver, spec::NAME_GIVEN, name);
    cx.attr(spec::SOUGHT, name);
    let mut note = [0; 240];
    if let Some((address, rest)) = note.split_first_chunk_mut() {
        *address = ip;
        let len = name.len().min(rest.len());
        if let (Some(to), Some(from)) = (rest.get_mut(..len), name.get(..len)) {
            to.copy_from_slice(from);
            cx.note(key, note.get(..len.saturating_add(4)).unwrap_or(&[]));
        }
    }
}

/// The answer to a set request: what was confirmed is so.
pub(super) fn confirm(cx: &mut Cx<'_>, note: &[u8], blocks: &Blocks<'_>) {
    let Some((ip, name)) = note.split_first_chunk::<4>() else { return };
    for (key, _) in blocks.clone().filter_map(|block| block.result()).filter(|(_, e)| *e == 0) {
        match key {
            0x0102 | 0x0103 => bind(cx, *ip),
            0x0202 => cx.attr(spec::NAME_TAKEN, name),
            _ => {}
        }
    }
}

fn bind(cx: &mut Cx<'_>, ip: [u8; 4]) {
    cx.bind(cx.headers().src_mac, ip.into());
}
