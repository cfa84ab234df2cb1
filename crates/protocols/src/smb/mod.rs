//! SMB: Windows file shares, and the named pipes through which its remote procedure calls go.
//! Versions 1, 2 and 3, over the NetBIOS session service or directly on TCP.
//!
//! What is read and written passes by unread; remote procedure calls in named pipes are handed to
//! whoever is bound inside this protocol at selector 0, with the pipe's handle as tag.

mod block;
mod operations;
mod pipes;
mod session;
mod smb1;
mod smb1_files;
mod smb1_login;
mod smb1_transactions;
mod smb2;
mod smb2_details;
mod spec;
mod statuses;
mod wire;

use crate::common::pieces;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use pipes::{OpenFile, Part};
use vocab::{Op, Proof, Role, Spec};
use wire::{Message, Packet};

/// Bytes of an SMB message that tell how much of it is worth reading: SMB2's header and the
/// largest fixed part behind it.
const HEAD: usize = 128;
/// Bytes of a message that are read at most, calls in pipes apart.
const READ_MAX: usize = 8_192;

/// The SMB dissector.
#[derive(Debug)]
pub struct Smb;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The file opened last, so that reading and writing it can be named.
    open: OpenFile,
    /// Remote procedure calls in pieces, per direction.
    parts: [Part; 2],
    /// The tree that is the server's pipes, once it was connected.
    pipes_tree: Option<u32>,
    /// Raw reading or writing was asked for: messages without a header may follow.
    raw: bool,
}

impl Dissector for Smb {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// A session message with SMB's magic number; on its own ports other session packets too.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        match *head {
            [0x00, _, _, _, 0xfc..=0xff, b'S', b'M', b'B', ..] => Probe::Sure,
            []
            | [0x00]
            | [0x00, _]
            | [0x00, _, _]
            | [0x00, _, _, _]
            | [0x00, _, _, _, 0xfc..=0xff]
            | [0x00, _, _, _, 0xfc..=0xff, b'S']
            | [0x00, _, _, _, 0xfc..=0xff, b'S', b'M'] => Probe::Maybe { need: 8 },
            [0x81..=0x85, ..] if hint.bound => session::probe(head),
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            flow.parts = [Part::default(); 2];
            return Step::Took { bytes: 0 };
        }
        message(flow, cx, bytes).unwrap_or_else(|wait| wait)
    }
}

/// One packet of the session service. `Err` asks for more bytes.
fn message(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    let head = pieces::first(cx, bytes, 4)?;
    let Some(packet) = Packet::read(head) else { return Ok(Step::Took { bytes: bytes.len() }) };
    if packet.kind != 0 {
        return session::say(cx, bytes, &packet);
    }
    let total = packet.total();
    let head = pieces::first(cx, bytes, total.min(HEAD.saturating_add(4)))?;
    let head = head.get(4..).unwrap_or(&[]);
    let wanted = match head.first_chunk() {
        Some(b"\xffSMB") => smb1::wanted(flow, cx.dir(), head, packet.length),
        Some(b"\xfeSMB") => smb2::wanted(flow, cx.dir(), head, packet.length),
        Some(b"\xfcSMB") => return Ok(hidden(cx, operations::COMPRESSED, head, total)),
        Some(b"\xfdSMB") => return Ok(hidden(cx, operations::ENCRYPTED, head, total)),
        _ if flow.raw || packet.length < 4 || cx.cut() => return Ok(Step::Took { bytes: total }),
        _ => return Ok(Step::Resync { took: bytes.len() }),
    };
    let body = pieces::first(cx, bytes, wanted.saturating_add(4))?;
    let body = body.get(4..).unwrap_or(&[]);
    let message = Message { bytes: body, length: packet.length };
    if body.first() == Some(&0xff) {
        smb1::say(flow, cx, &message);
    } else {
        smb2::say(flow, cx, &message);
    }
    Ok(Step::Took { bytes: total })
}

/// A message whose content cannot be seen: it does not tell who asks. MS-SMB2 §2.2.41, §2.2.42.
fn hidden(cx: &mut Cx<'_>, code: u32, head: &[u8], total: usize) -> Step {
    let role = if cx.from_client() == Some(false) { Role::Response } else { Role::Request };
    cx.op(&Op { proof: Proof::Context, ..Op::new(code, role, head) });
    Step::Took { bytes: total }
}
