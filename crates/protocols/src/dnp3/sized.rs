//! Objects that tell their own size: files, data sets, secure authentication. IEEE 1815-2012
//! A.27, A.32 to A.35, A.45.

use super::names::{FROM_AUTHENTICATION, FROM_FILE};
use super::objects::Walk;
use super::points::text_or_bytes;
use super::{spec, table};
use decode::Cursor;
use dissect::Cx;
use vocab::{Status, Target, Value};

/// Says one object; a fault where it is shorter than its fields.
pub(super) fn say(walk: &Walk, cx: &mut Cx<'_>, target: Target<'_>, object: &[u8]) {
    let [_, _, group, variation] = target.extra.to_be_bytes();
    let read = match (group, variation) {
        (70, _) => file(walk, cx, target, variation, object),
        (85 | 86, _) => descriptor(cx, target, object),
        (87 | 88, _) => data_set(cx, target, object),
        (120, _) => security(walk, cx, target, variation, object),
        _ => {
            cx.item(target, text_or_bytes(object));
            Some(())
        }
    };
    if read.is_none() {
        walk.fault(cx, spec::BAD_OBJECT, object);
    }
}

/// A part of an object by offset and length, as file objects tell where their names are.
fn part(object: &[u8], offset: u16, len: u16) -> Option<&[u8]> {
    let start = usize::from(offset);
    object.get(start..start.checked_add(usize::from(len))?)
}

/// How a file command ended; requests have the field too, at 0. A.27.4.
fn file_status(walk: &Walk, code: u8) -> Status {
    match code {
        0 if walk.is_response() => Status::Ok,
        0 => Status::None,
        code => Status::Error(FROM_FILE | u32::from(code)),
    }
}

/// File objects. Passwords are never said. A.27.
fn file(
    walk: &Walk,
    cx: &mut Cx<'_>,
    target: Target<'_>,
    variation: u8,
    object: &[u8],
) -> Option<()> {
    let mut at = Cursor::new(object);
    let target = Target { area: table::FILE, index: 0, count: 1, ..target };
    let handle = |handle: u32| Target { index: u64::from(handle), ..target };
    match variation {
        2 => {
            let user = part(object, at.le16()?, at.le16()?)?;
            at.skip(4)?;
            let value = if user.is_empty() { Value::None } else { Value::Text(user) };
            cx.item(handle(at.le32()?), value);
            if !walk.is_response() {
                cx.attr(spec::FILE_USER, user);
            }
        }
        3 => {
            let name = part(object, at.le16()?, at.le16()?)?;
            at.skip(16)?;
            let value = match at.le16()? {
                // Deleting and asking have no mode.
                0 => Value::None,
                mode => Value::Text(mode_name(mode).as_bytes()),
            };
            cx.item(Target { name, ..target }, value);
        }
        4 => {
            let target = handle(at.le32()?);
            let size = at.le32()?;
            at.skip(4)?;
            // The status may be left out where all went well.
            let status = at.u8().unwrap_or(0);
            cx.item_status(target, Value::Uint(u64::from(size)), file_status(walk, status));
        }
        5 => {
            let target = handle(at.le32()?);
            let block = at.le32()?;
            // The highest bit marks the last block.
            cx.item(target, Value::Uint(u64::from(block & 0x7fff_ffff)));
        }
        6 => {
            let target = handle(at.le32()?);
            let block = at.le32()?;
            let status = at.u8().unwrap_or(0);
            let value = Value::Uint(u64::from(block & 0x7fff_ffff));
            cx.item_status(target, value, file_status(walk, status));
        }
        7 => {
            let name = part(object, at.le16()?, at.le16()?)?;
            at.skip(2)?;
            let size = at.le32()?;
            cx.item(Target { name, ..target }, Value::Uint(u64::from(size)));
        }
        8 => cx.item(Target { name: object, ..target }, Value::None),
        _ => cx.item(target, Value::Bytes(object)),
    }
    Some(())
}

/// What a file is opened for. A.27.3.
fn mode_name(mode: u16) -> &'static str {
    match mode {
        1 => "read",
        2 => "write",
        3 => "append",
        _ => "unknown",
    }
}

/// Mode, size and permissions of the file that a request opens. A.27.3.
pub(super) fn opening(object: &[u8]) -> Option<[u64; 4]> {
    let mut at = Cursor::new(object);
    at.skip(10)?;
    let permissions = at.le16()?;
    at.skip(4)?;
    let (size, mode) = (at.le32()?, at.le16()?);
    Some([u64::from(mode), u64::from(size), u64::from(permissions), 0])
}

/// Elements of a data set: a length, then that many bytes. A.32.
fn element<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let len = at.u8()?;
    at.take(usize::from(len))
}

/// A prototype or descriptor: its number and its name. A.32, A.33.
fn descriptor(cx: &mut Cx<'_>, target: Target<'_>, object: &[u8]) -> Option<()> {
    let mut at = Cursor::new(object);
    let (mut index, mut name): (u64, &[u8]) = (target.index, &[]);
    while !at.is_empty() {
        // Code, data type, longest content, then the content.
        match element(&mut at)? {
            [1, _, _, id @ ..] => {
                index = id.iter().rev().take(4).fold(0, |n, b| n << 8 | u64::from(*b));
            }
            [4, _, _, text @ ..] => name = text,
            _ => {}
        }
    }
    let value = if name.is_empty() { Value::None } else { Value::Text(name) };
    cx.item(Target { index, ..target }, value);
    Some(())
}

/// A data set: the first element is its number. A.34, A.35.
fn data_set(cx: &mut Cx<'_>, target: Target<'_>, object: &[u8]) -> Option<()> {
    let mut at = Cursor::new(object);
    let id = element(&mut at)?;
    let index = id.iter().rev().take(4).fold(0, |n, b| n << 8 | u64::from(*b));
    cx.item(Target { index, ..target }, Value::Bytes(at.rest()));
    Some(())
}

/// Secure authentication: which user, and what is told of the key. Keys and their hashes are not
/// said. A.45.
fn security(
    walk: &Walk,
    cx: &mut Cx<'_>,
    target: Target<'_>,
    variation: u8,
    object: &[u8],
) -> Option<()> {
    let mut at = Cursor::new(object);
    // Most begin with a sequence number.
    if matches!(variation, 1 | 2 | 3 | 5 | 6 | 7 | 12 | 13) {
        at.skip(4)?;
    }
    if variation >= 8 && !matches!(variation, 12 | 13) {
        return key_change(walk, cx, target, variation, object);
    }
    let user = u64::from(at.le16()?);
    let target = Target { index: user, ..target };
    match variation {
        1 => {
            at.skip(1)?;
            let value = match at.u8()? {
                // The only reason that the standard has.
                1 => Value::Text(b"critical_function"),
                reason => Value::Uint(u64::from(reason)),
            };
            cx.item(target, value);
        }
        5 => {
            at.skip(1)?;
            let status = at.u8()?;
            cx.item(target, Value::Text(key_status(status).as_bytes()));
        }
        7 => {
            at.skip(2)?;
            let code = at.u8()?;
            at.skip(6)?;
            let text = at.rest();
            let value = if text.is_empty() { Value::None } else { Value::Text(text) };
            cx.item_status(target, value, Status::Error(FROM_AUTHENTICATION | u32::from(code)));
        }
        _ => cx.item(target, Value::None),
    }
    Some(())
}

/// State of a session key. A.45.5.
fn key_status(status: u8) -> &'static str {
    match status {
        1 => "key_ok",
        2 => "key_not_initialised",
        3 => "key_communication_failed",
        4 => "key_authentication_failed",
        _ => "key_status_unknown",
    }
}

/// Users and their update keys. A.45.8 to A.45.15.
fn key_change(
    walk: &Walk,
    cx: &mut Cx<'_>,
    target: Target<'_>,
    variation: u8,
    object: &[u8],
) -> Option<()> {
    let mut at = Cursor::new(object);
    let name = match variation {
        10 => {
            at.skip(1)?;
            let operation = match at.u8()? {
                1 => "add_user",
                2 => "delete_user",
                3 => "change_user",
                _ => "unknown",
            };
            at.skip(8)?;
            let len = usize::from(at.le16()?);
            at.skip(4)?;
            let name = at.take(len)?;
            cx.item(Target { name, ..target }, Value::Text(operation.as_bytes()));
            name
        }
        11 => {
            at.skip(1)?;
            let len = usize::from(at.le16()?);
            at.skip(2)?;
            let name = at.take(len)?;
            cx.item(Target { name, ..target }, Value::None);
            name
        }
        _ => {
            cx.item(Target { count: 0, ..target }, Value::None);
            return Some(());
        }
    };
    if !walk.is_response() {
        cx.attr(spec::KEY_USER, name);
    }
    Some(())
}
