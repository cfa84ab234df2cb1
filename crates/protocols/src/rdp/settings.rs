//! The settings of both sides, where they are sent in clear: the client names itself. MS-RDPBCGR
//! §2.2.1.3, §2.2.1.4.

use super::spec;
use crate::common::text::Line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Status};

/// What marks the client's part of the conference's data. ITU-T T.124 §8.7; MS-RDPBCGR §2.2.1.3.
const CLIENT_KEY: &[u8] = b"Duca";
/// Type of the client's core data. MS-RDPBCGR §2.2.1.3.1.
const CORE: u16 = 0xc001;

/// Says a message behind X.224's header. True when it is the server's: desktops follow.
pub(super) fn say(cx: &mut Cx<'_>, message: &[u8]) -> bool {
    match *message {
        // MCS Connect-Initial and Connect-Response. ITU-T T.125 §7.
        [0x7f, 0x65, ..] => {
            let core = core(message);
            let mut op =
                Op { tx: Some(1), ..Op::new(spec::CONNECT_INITIAL, Role::Request, message) };
            op.args =
                core.as_ref().map(|core| [u64::from(core.version), u64::from(core.build), 0, 0]);
            cx.op(&op);
            if let Some(core) = core {
                cx.attr(spec::CLIENT_NAME, core.name.bytes());
            }
            false
        }
        [0x7f, 0x66, ..] => {
            let op = Op::new(spec::CONNECT_RESPONSE, Role::Response, message);
            cx.op(&Op { tx: Some(1), status: Status::Ok, ..op });
            true
        }
        _ => false,
    }
}

struct Core {
    version: u32,
    build: u32,
    name: Line<64>,
}

/// The client's core data: the first of the blocks behind the mark and their length.
fn core(message: &[u8]) -> Option<Core> {
    let mark = message.windows(CLIENT_KEY.len()).position(|window| window == CLIENT_KEY)?;
    let mut at = Cursor::new(message.get(mark.saturating_add(CLIENT_KEY.len())..)?);
    // A length of one byte, or of two with the highest bit set. ITU-T X.691 §10.9.
    if at.u8()? & 0x80 != 0 {
        at.skip(1)?;
    }
    let (kind, _length, version) = (at.le16()?, at.le16()?, at.le32()?);
    // Width, height, colours, key sequence, keyboard.
    at.skip(12)?;
    let build = at.le32()?;
    let name = Line::of_utf16le(at.take(32)?);
    if kind == CORE { Some(Core { version, build, name }) } else { None }
}
