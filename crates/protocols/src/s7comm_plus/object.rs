//! Objects with attributes: what sessions, explorations and downloads consist of.

use super::value::{self, number};
use super::{address, spec};
use crate::common::text::is_text;
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Role, Value};

/// Objects inside each other.
const DEPTH_MAX: usize = 8;

/// Reads the objects at the cursor, until something that is none. Their names are items of the
/// operation. Where a session is created, what it tells of its sender are attributes.
pub(super) fn say(cx: &mut Cx<'_>, at: &mut Cursor<'_>, session: Option<Role>) {
    let mut classes = [0u32; DEPTH_MAX];
    let mut depth = 0usize;
    while let Some(element) = at.u8() {
        let read = match element {
            // Start: number, class, flags, place in its parent.
            0xa1 => start(at).map(|class| {
                depth = depth.saturating_add(1);
                if let Some(place) = classes.get_mut(depth.saturating_sub(1)) {
                    *place = class;
                }
            }),
            0xa2 => {
                depth = depth.saturating_sub(1);
                Some(())
            }
            0xa3 => {
                let class = classes.get(depth.saturating_sub(1)).copied().unwrap_or(0);
                attribute(cx, at, class, session)
            }
            // Relation: number, object.
            0xa4 => number(at).and_then(|_| at.skip(4)),
            // Lists of types and names: parts behind their lengths.
            0xab | 0xac => lists(at),
            _ => None,
        };
        if read.is_none() {
            return;
        }
    }
}

fn start(at: &mut Cursor<'_>) -> Option<u32> {
    at.skip(4)?;
    let class = number(at)?;
    number(at)?;
    number(at)?;
    Some(class)
}

fn lists(at: &mut Cursor<'_>) -> Option<()> {
    loop {
        let length = at.be16()?;
        if length == 0 {
            return Some(());
        }
        at.skip(usize::from(length))?;
    }
}

fn attribute(
    cx: &mut Cx<'_>,
    at: &mut Cursor<'_>,
    class: u32,
    session: Option<Role>,
) -> Option<()> {
    let id = number(at)?;
    let value = value::read(at)?;
    if id == spec::NAME {
        cx.item(address::class(class), value);
        return Some(());
    }
    let session = session.filter(|_| class == spec::SERVER_SESSION);
    match (session, id, value) {
        (Some(Role::Response), spec::SESSION_VERSION, Value::Bytes(bytes)) => {
            session_version(cx, bytes);
        }
        (Some(Role::Response), 301, Value::Text(text)) => cx.attr(spec::OBJECT_SYSTEM, text),
        (Some(Role::Request), _, Value::Text(text)) if is_text(text) => client(cx, id, text),
        _ => {}
    }
    Some(())
}

/// What a session tells of the client.
fn client(cx: &mut Cx<'_>, id: u32, text: &[u8]) {
    let attr: &'static AttrSpec = match id {
        289 => spec::CLIENT,
        296 => spec::CONNECTION,
        297 => spec::APPLICATION,
        // A host by its name, or what runs on it, in a path with colons.
        298 if text.contains(&b':') => spec::RUNTIME,
        298 => spec::HOST,
        _ => return,
    };
    cx.attr(attr, text);
}

/// The structure that names the station: member 319 is a number, the order number and the
/// firmware, with semicolons between them.
fn session_version(cx: &mut Cx<'_>, bytes: &[u8]) {
    let mut at = Cursor::new(bytes.get(4..).unwrap_or(&[]));
    while let Some(id) = number(&mut at).filter(|id| *id != 0) {
        let Some(member) = value::read(&mut at) else { return };
        if let (spec::STATION, Value::Text(text)) = (id, member) {
            let mut parts = text.split(|b| *b == b';').skip(1);
            cx.attr(spec::ORDER_NUMBER, parts.next().unwrap_or(&[]));
            cx.attr(spec::FIRMWARE, parts.next().unwrap_or(&[]));
        }
    }
}

/// The identification record of PROFINET and PROFIBUS modules: block type 0x20, length 56,
/// version 1.0; maker, order number, serial number, hardware, software. IEC 61158-6-10 I&M0.
pub(super) fn identification(cx: &mut Cx<'_>, blob: &[u8]) {
    let Some(rest) = blob.strip_prefix(&[0, 0x20, 0, 0x38, 1, 0]) else { return };
    let mut at = Cursor::new(rest);
    let (Some(maker), Some(order), Some(serial), Some(hardware)) =
        (at.be16(), at.take(20), at.take(16), at.be16())
    else {
        return;
    };
    if maker == 42 {
        cx.attr(spec::RECORD_MAKER, b"Siemens");
    }
    cx.attr(spec::RECORD_ORDER_NUMBER, order);
    cx.attr(spec::RECORD_SERIAL, serial);
    cx.attr(spec::RECORD_HARDWARE, line!("{hardware}").bytes());
    if let Some(&[letter, first, second, third]) = at.chunk() {
        let letter = char::from(letter);
        if letter.is_ascii_alphabetic() {
            let version = line!("{letter}{first}.{second}.{third}");
            cx.attr(spec::RECORD_FIRMWARE, version.bytes());
        }
    }
}
