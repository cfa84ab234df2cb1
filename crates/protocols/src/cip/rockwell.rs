//! Services of Rockwell Automation's own objects that carry a program, memory or firmware: what
//! they say beside service and path is an offset and a length. The bulk itself is not read.

use super::answer::Answer;
use super::attributes;
use super::path::Path;
use super::{classes, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Status, Target, Value};

const FILE: u32 = 0x37;
const TAG_DATA: u32 = 0x6a;
const MEMORY: u32 = 0x72;

/// A service that this module reads.
pub(super) const fn takes(code: u32, class: u32) -> bool {
    matches!(
        (code, class),
        (0x4b..=0x51, FILE)
            | (0x4f | 0x50, TAG_DATA)
            | (0x4b | 0x4c, MEMORY)
            | (0x4b | 0x4d, classes::FIRMWARE)
    )
}

/// Says a request.
pub(super) fn request(cx: &mut Cx<'_>, op: &mut Op<'_>, path: &Path<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    let [class, instance, ..] = op.args.unwrap_or_default();
    let le16 = |at: &mut Cursor<'_>| at.le16().map_or(0, u64::from);
    let le32 = |at: &mut Cursor<'_>| at.le32().map_or(0, u64::from);
    let (a, b) = match (op.code, path.class.unwrap_or(0)) {
        // Initiate_Upload: most bytes of a transfer. Transfers: their number. CIP Vol 1 §5-42.
        (0x4b | 0x4f | 0x50, FILE) => (at.u8().map_or(0, u64::from), 0),
        // Bytes and first address; number of a transfer.
        (0x4b, classes::FIRMWARE) => {
            let size = le32(&mut at);
            (size, le32(&mut at))
        }
        // Initiate_Download: bytes of the file.
        (_, FILE | classes::FIRMWARE) => (le32(&mut at), 0),
        // Position, bytes or words.
        _ => {
            let from = le32(&mut at);
            (from, le16(&mut at))
        }
    };
    op.args = Some([class, instance, a, b]);
    cx.op(op);
    if let Some(tx) = op.tx.filter(|_| !path.is_plain()) {
        cx.note(tx, path.raw);
    }
    let written = match (op.code, path.class) {
        (0x50, Some(TAG_DATA)) => Value::Bytes(at.rest()),
        _ => Value::None,
    };
    item(cx, path, [a, b], written);
}

/// Says what was read or written: memory by its address, else the object.
fn item(cx: &mut Cx<'_>, path: &Path<'_>, [from, count]: [u64; 2], value: Value<'_>) {
    if path.class == Some(MEMORY) && path.is_plain() {
        let count = vocab::low_u32(count);
        cx.item(Target { area: spec::MEMORY, index: from, count, extra: 0, name: &[] }, value);
    } else {
        attributes::item(cx, path, None, value, Status::None);
    }
}

/// Says an answer.
pub(super) fn answer(cx: &mut Cx<'_>, op: &mut Op<'_>, answer: &Answer<'_>) {
    cx.op(op);
    let Some(path) = answer.path.as_ref().filter(|_| answer.fine) else { return };
    let value = match (op.code, path.class) {
        (0x4f, Some(TAG_DATA)) | (0x4c, Some(MEMORY)) if !answer.data.is_empty() => {
            Value::Bytes(answer.data)
        }
        _ => Value::None,
    };
    let [.., from, count] = op.args.unwrap_or_default();
    item(cx, path, [from, count], value);
}
