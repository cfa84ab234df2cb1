//! The UDP services: who is there, and routes added from afar. ADS UDP services.

use super::{spec, wire};
use crate::common::text::{is_text, until_nul};
use crate::line;
use decode::Cursor;
use dissect::{Cx, Probe};
use vocab::{Op, Role, Status, Target, Value};

/// Begins every datagram.
const MAGIC: [u8; 4] = [0x03, 0x66, 0x14, 0x71];
/// Marks the service of an answer.
const ANSWER: u32 = 0x8000_0000;

/// The magic number is proof enough.
pub(super) fn probe(head: &[u8]) -> Probe {
    if head.starts_with(&MAGIC) && head.len() >= 24 { Probe::Sure } else { Probe::No }
}

/// Says a datagram: magic, invoke id, service, NetId and port of the sender, tags.
pub(super) fn say(cx: &mut Cx<'_>, bytes: &[u8]) {
    let mut at = Cursor::new(bytes);
    let head = (|| {
        at.skip(4)?;
        let (invoke, service, id) = (at.le32()?, at.le32()?, at.chunk::<6>()?);
        at.skip(2)?;
        Some((invoke, service, id, at.le32()?))
    })();
    let Some((invoke, service, id, count)) = head else { return };
    let answers = service & ANSWER != 0;
    let service = service & !ANSWER;
    let mut op = Op {
        tx: Some(u64::from(invoke) << 32 | u64::from(service)),
        ..Op::new(spec::UDP.saturating_add(service), Role::Request, bytes)
    };
    if answers {
        op.role = Role::Response;
        op.status = match tag(at, count, 1).and_then(|status| Cursor::new(status).le32()) {
            None | Some(0) => Status::Ok,
            Some(error) => Status::Error(error),
        };
    }
    cx.op(&op);
    cx.attr(spec::NET_ID, wire::net_id(id).bytes());
    for _ in 0..count {
        let (Some(kind), Some(len)) = (at.le16(), at.le16()) else { return broken(cx, at) };
        let Some(value) = at.take(usize::from(len)) else { return broken(cx, at) };
        one(cx, answers, service, kind, value);
    }
}

fn broken(cx: &mut Cx<'_>, at: Cursor<'_>) {
    if !cx.cut() {
        cx.fault(spec::BAD_TAG, at.rest());
    }
}

/// The value of a tag.
fn tag(mut at: Cursor<'_>, count: u32, wanted: u16) -> Option<&[u8]> {
    for _ in 0..count {
        let (kind, len) = (at.le16()?, at.le16()?);
        let value = at.take(usize::from(len))?;
        if kind == wanted {
            return Some(value);
        }
    }
    None
}

/// One tag: 3 TwinCAT version, 4 system, 5 name, 12 route, 13 user.
fn one(cx: &mut Cx<'_>, answers: bool, service: u32, kind: u16, value: &[u8]) {
    let text = until_nul(value);
    match kind {
        3 if answers => {
            if let &[major, minor, low, high] = value {
                let build = u16::from_le_bytes([low, high]);
                cx.attr(spec::TWINCAT, line!("{major}.{minor}.{build}").bytes());
            }
        }
        4 if answers => system(cx, value).unwrap_or(()),
        5 if answers && service == 1 && is_text(text) => cx.attr(spec::NAME, text),
        12 if !answers && is_text(text) => {
            let area = spec::ROUTE;
            cx.item(Target { area, index: 0, count: 1, extra: 0, name: text }, Value::None);
        }
        13 if !answers && is_text(text) => cx.attr(spec::USER, text),
        _ => {}
    }
}

/// The Windows version record: size, major, minor, build, platform.
fn system(cx: &mut Cx<'_>, value: &[u8]) -> Option<()> {
    let mut at = Cursor::new(value);
    at.skip(4)?;
    let (major, minor, build, platform) = (at.le32()?, at.le32()?, at.le32()?, at.le32()?);
    let name = match platform {
        2 => "Windows NT",
        3 => "Windows CE",
        _ => return None,
    };
    cx.attr(spec::SYSTEM, line!("{name} {major}.{minor}.{build}").bytes());
    Some(())
}
