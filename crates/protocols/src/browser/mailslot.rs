//! SMB mailslot messages in datagrams and the browser protocol's frames in those.
//! [MS-CIFS] §2.2.4.33, [MS-MAIL] §2.2.1, [MS-BRWS] §2.2.

use super::spec;
use crate::common::text::until_nul;
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Subject, Target, Value};

/// SMB's header before the parameter words.
const SMB_HEADER: usize = 32;

/// The data of a message to the browser's mailslot.
pub(super) fn browser_frame(user_data: &[u8]) -> Option<&[u8]> {
    let [0xff, b'S', b'M', b'B', 0x25, ..] = user_data else { return None };
    let mut at = Cursor::new(user_data);
    at.skip(SMB_HEADER)?;
    let words = usize::from(at.u8()?);
    let mut parameters = Cursor::new(at.take(words.checked_mul(2)?)?);
    // Counts and timeout, then where the data are.
    parameters.skip(22)?;
    let (len, start) = (parameters.le16()?, parameters.le16()?);
    at.skip(2)?;
    let name = until_nul(at.rest());
    if !name.eq_ignore_ascii_case(b"\\MAILSLOT\\BROWSE") {
        return None;
    }
    let data = user_data.get(usize::from(start)..)?;
    Some(data.get(..usize::from(len)).unwrap_or(data))
}

/// The server type of a frame that has one.
pub(super) fn server_type(frame: &[u8]) -> u32 {
    match frame {
        // Code, count, period, name, version.
        [1 | 12 | 15, rest @ ..] => {
            let mut at = Cursor::new(rest);
            at.skip(23).and_then(|()| at.le32()).unwrap_or(0)
        }
        _ => 0,
    }
}

/// Says what a frame tells of its sender, or of the hosts it names.
pub(super) fn say(cx: &mut Cx<'_>, of: Subject, frame: &[u8]) {
    let Some((code, body)) = frame.split_first() else { return };
    let told = match code {
        1 | 15 => announcement(cx, of, body),
        12 => domain(cx, of, body),
        // Reserved byte, then the name of the host that wants an answer.
        2 => name_at(cx, of, body, 1),
        // Version, criteria, uptime, reserved.
        8 => name_at(cx, of, body, 13),
        10 => backup_list(cx, body),
        // The host that becomes a backup is the receiver, not the sender.
        11 => {
            server(cx, until_nul(body));
            Some(())
        }
        13 => name_at(cx, of, body, 0),
        _ => Some(()),
    };
    if told.is_none() && !cx.cut() {
        cx.fault(spec::BAD_FRAME, frame);
    }
}

fn server(cx: &mut Cx<'_>, name: &[u8]) {
    let target = Target { area: spec::SERVER, index: 0, count: 1, extra: 0, name };
    cx.item(target, Value::None);
}

fn name_at(cx: &mut Cx<'_>, of: Subject, body: &[u8], skip: usize) -> Option<()> {
    cx.attr_of(of, spec::NAME, until_nul(body.get(skip..)?));
    Some(())
}

/// Host and local master announcement: count, period, name, versions, type, signature, comment.
fn announcement(cx: &mut Cx<'_>, of: Subject, body: &[u8]) -> Option<()> {
    let mut at = Cursor::new(body);
    at.skip(5)?;
    cx.attr_of(of, spec::NAME, until_nul(at.take(16)?));
    let (major, minor) = (at.u8()?, at.u8()?);
    let kind = at.le32()?;
    cx.attr_of(of, spec::SYSTEM, line!("{major}.{minor}").bytes());
    role(cx, of, kind);
    at.skip(4)?;
    cx.attr_of(of, spec::COMMENT, until_nul(at.rest()));
    Some(())
}

/// Domain announcement: the name is the group's; the sender's own stands at the end.
fn domain(cx: &mut Cx<'_>, of: Subject, body: &[u8]) -> Option<()> {
    let mut at = Cursor::new(body);
    at.skip(5)?;
    cx.attr_of(of, spec::GROUP, until_nul(at.take(16)?));
    at.skip(10)?;
    cx.attr_of(of, spec::NAME, until_nul(at.rest()));
    Some(())
}

/// Count, token, names.
fn backup_list(cx: &mut Cx<'_>, body: &[u8]) -> Option<()> {
    let mut at = Cursor::new(body);
    let count = usize::from(at.u8()?);
    at.skip(4)?;
    let names = at.rest().split(|b| *b == 0).filter(|name| !name.is_empty());
    names.take(count).for_each(|name| server(cx, name));
    Some(())
}

/// What the host is, from the services it runs.
fn role(cx: &mut Cx<'_>, of: Subject, kind: u32) {
    let role: &[u8] = if kind & 0x18 != 0 {
        b"domain-controller"
    } else if kind & 0x8000 != 0 {
        b"server"
    } else if kind & 0x1000 != 0 {
        b"workstation"
    } else {
        return;
    };
    cx.attr_of(of, spec::ROLE, role);
}
