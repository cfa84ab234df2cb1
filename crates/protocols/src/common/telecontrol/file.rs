//! File transfer: types 120 to 127. IEC 60870-5-101:2003 §7.3.6, IEC 60870-5-104:2006 §8.9.

use super::head::Asdu;
use super::{spec, status, time};
use decode::Cursor;
use dissect::Cx;
use vocab::{Proof, Role, Status, Target, Value};

/// What an ASDU of file transfer says besides its header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'p> {
    /// Address of the object that the file belongs to.
    pub(crate) object: u32,
    /// Name of file, section, qualifier, length.
    pub(crate) args: [u64; 4],
    /// How the file's owner answers.
    pub(crate) status: Status,
    /// A segment's bytes.
    value: Value<'p>,
}

/// A file is asked for, or its owner or receiver answers. Both sides may send files, so that none
/// of it tells who is the client.
pub(crate) fn role(kind: u8, cause: u8) -> (Role, Proof) {
    let role = match (kind, cause) {
        (_, 44..=47) | (120 | 121 | 124, _) | (126, 5) => Role::Response,
        (122 | 127, _) => Role::Request,
        _ => Role::Event,
    };
    (role, Proof::Context)
}

/// Reads the first object; `None` when it is not all there.
pub(crate) fn read<'p>(head: &Asdu, at: &mut Cursor<'p>) -> Option<File<'p>> {
    let (kind, object) = (head.kind, head.widths.object(at)?);
    let name = u64::from(at.le16()?);
    let mut file = File { object, args: [name, 0, 0, 0], status: Status::None, value: Value::None };
    match kind {
        // Length of file, qualifier of ready.
        120 => {
            let (length, ready) = (at.le24()?, at.u8()?);
            file.args = [name, 0, u64::from(ready), u64::from(length)];
            file.status = refused(ready, status::FILE_NOT_READY);
        }
        // Section, length of section, qualifier of ready.
        121 => {
            let (section, length, ready) = (at.u8()?, at.le24()?, at.u8()?);
            file.args = [name, u64::from(section), u64::from(ready), u64::from(length)];
            file.status = refused(ready, status::SECTION_NOT_READY);
        }
        // Section, qualifier; behind that of the last segment a checksum.
        122..=124 => {
            let (section, qualifier) = (at.u8()?, at.u8()?);
            file.args = [name, u64::from(section), u64::from(qualifier), 0];
            if kind == 123 {
                at.u8()?;
            } else if kind == 124 {
                file.status = status::file_error(qualifier);
            }
        }
        125 => {
            let (section, length) = (at.u8()?, at.u8()?);
            file.args = [name, u64::from(section), 0, u64::from(length)];
            file.value = Value::Bytes(at.take(usize::from(length))?);
        }
        // Two times: the range of the log.
        127 => at.skip(14)?,
        // The entries of a directory are read one by one.
        _ => {}
    }
    Some(file)
}

/// The highest bit of a ready qualifier refuses. §7.2.6.28, §7.2.6.29.
fn refused(ready: u8, error: Status) -> Status {
    if ready & 0x80 == 0 { Status::Ok } else { error }
}

/// A file as a target.
fn target(address: u16, object: u32, name: u64) -> Target<'static> {
    let index = u64::from(object) | name << 24;
    Target { area: spec::FILES, index, count: 1, extra: u32::from(address), name: &[] }
}

/// Says the file that an ASDU touches.
pub(crate) fn say(cx: &mut Cx<'_>, address: u16, file: &File<'_>) {
    let [name, ..] = file.args;
    cx.item(target(address, file.object, name), file.value);
}

/// Says the entries of a directory: name, length, status, time, under addresses that count up.
/// `at` stands behind the first address. §7.3.6.7.
pub(crate) fn directory(cx: &mut Cx<'_>, address: u16, object: u32, mut at: Cursor<'_>) {
    let mut object = object;
    while let (Some(name), Some(length), Some(_), Some(when)) =
        (at.le16(), at.le24(), at.u8(), at.chunk())
    {
        let entry = target(address, object, u64::from(name));
        cx.item(entry, Value::Uint(u64::from(length)));
        if let time::Tag::Full { at: Some(when), .. } = time::Tag::full(*when) {
            let place = Target { area: spec::TIME, index: u64::from(object), ..entry };
            cx.item(place, Value::Time(when));
        }
        object = object.saturating_add(1);
    }
    if !at.is_empty() && !cx.cut() {
        cx.fault(spec::BAD_OBJECTS, at.rest());
    }
}
