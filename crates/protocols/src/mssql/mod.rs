//! TDS: how programs speak to Microsoft SQL Server, where historians and batch systems keep what a
//! plant did. Who logs in from where, with which program; statements and rows pass by.

mod login;
mod spec;
mod tokens;

use crate::common::pieces;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Status};

/// A packet's header in bytes. MS-TDS §2.2.3.1.
const HEADER: usize = 8;
/// Bytes of a packet that are read.
const PACKET_MAX: usize = 8_192;

/// Packet types. MS-TDS §2.2.3.1.1.
const RESULT: u8 = 4;
const LOGIN: u8 = 16;
const SSPI: u8 = 17;
const PRELOGIN: u8 = 18;

/// The TDS dissector.
#[derive(Debug)]
pub struct Mssql;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The packet at hand goes on with the message before, per direction.
    goes_on: [bool; 2],
}

/// A packet's header. MS-TDS §2.2.3.1.
#[derive(Clone, Copy, Debug)]
struct Header {
    kind: u8,
    status: u8,
    length: usize,
    window: u8,
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let (kind, status, length) = (at.u8()?, at.u8()?, at.be16()?);
        // Server process and packet number; then a field that is always 0.
        at.skip(3)?;
        Some(Self { kind, status, length: usize::from(length), window: at.u8()? })
    }

    fn is_plausible(&self) -> bool {
        matches!(self.kind, 1..=4 | 6..=8 | 14 | LOGIN..=PRELOGIN)
            && self.status & 0xe0 == 0
            && self.length >= HEADER
            && self.window == 0
    }
}

impl Dissector for Mssql {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// On its own port a header is enough; elsewhere the packet before a login, whose first option
    /// is always the version.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        match *head {
            [] | [1..=4 | 6..=8 | 14 | LOGIN..=PRELOGIN] => {}
            [1..=4 | 6..=8 | 14 | LOGIN..=PRELOGIN, status, ..] if status & 0xe0 == 0 => {}
            _ => return Probe::No,
        }
        if hint.bound {
            return match Header::read(head) {
                None => Probe::Maybe { need: HEADER },
                Some(header) if header.is_plausible() => Probe::Sure,
                Some(_) => Probe::No,
            };
        }
        match *head {
            [] | [PRELOGIN] | [PRELOGIN, 1] | [PRELOGIN, 1, 0 | 1] => Probe::Maybe { need: 13 },
            // Header; then option 0 behind a list of options of 5 bytes each, 6 bytes long.
            [PRELOGIN, 1, 0 | 1, ..] if head.get(3..).is_some_and(starts_options) => Probe::Sure,
            [PRELOGIN, 1, 0, 20..=255, ..] | [PRELOGIN, 1, 1, ..] if head.len() < 13 => {
                Probe::Maybe { need: 13 }
            }
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let Some(goes_on) = flow.goes_on.get_mut(cx.dir().index()) else { return Step::NotMine };
        let bytes = input.bytes();
        if bytes.is_empty() {
            *goes_on = false;
            return Step::Took { bytes: 0 };
        }
        one(goes_on, cx, bytes).unwrap_or_else(|wait| wait)
    }
}

/// From the length's second byte on: the header's rest, and the place and length of the version.
fn starts_options(rest: &[u8]) -> bool {
    matches!(rest, [_, 0, 0, _, _, 0, 0, 6..=64, 0, 6, ..])
}

/// One packet. `Err` asks for more bytes.
fn one(goes_on: &mut bool, cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    let head = pieces::first(cx, bytes, HEADER)?;
    if let [0x14..=0x17, 3, 0..=4, high, low, ..] = *head {
        // A login alone, or everything, is encrypted: records of TLS. MS-TDS §2.1.
        let length = usize::from(u16::from_be_bytes([high, low]));
        return Ok(Step::Took { bytes: length.saturating_add(5) });
    }
    let Some(header) = Header::read(head) else { return Ok(Step::Took { bytes: bytes.len() }) };
    if !header.is_plausible() {
        cx.fault(spec::BAD_HEADER, head);
        return Ok(Step::NotMine);
    }
    let ends = header.status & 1 != 0;
    let want = match header.kind {
        _ if *goes_on => HEADER,
        RESULT | LOGIN | SSPI | PRELOGIN => header.length.min(PACKET_MAX),
        _ => HEADER,
    };
    let packet = pieces::first(cx, bytes, want)?;
    if core::mem::replace(goes_on, !ends) {
        return Ok(Step::Took { bytes: header.length });
    }
    let body = packet.get(HEADER..).unwrap_or(&[]);
    match header.kind {
        RESULT => answer(cx, packet, body),
        // Encryption is agreed on in packets of this kind. MS-TDS §3.2.5.1.
        PRELOGIN if body.first().is_some_and(|first| (0x14..=0x17).contains(first)) => {}
        kind => {
            // A login holds a password, a statement whatever it likes: the header is evidence.
            let op = Op::new(u32::from(kind), Role::Request, head);
            cx.op(&Op { tx: Some(0), ..op });
            match kind {
                LOGIN if login::say(cx, body).is_none() && !cx.cut() => {
                    cx.fault(spec::BAD_LOGIN, head);
                }
                SSPI => crate::common::ntlmssp::say(cx, body),
                _ => {}
            }
        }
    }
    Ok(Step::Took { bytes: header.length })
}

/// What a server answers, under the operation that it answers.
fn answer(cx: &mut Cx<'_>, packet: &[u8], body: &[u8]) {
    let asked = cx.pending(0).map(|asked| asked.code);
    let code = asked.unwrap_or(u32::from(RESULT));
    let mut op = Op { tx: Some(0), ..Op::new(code, Role::Response, packet) };
    let prelogin = asked == Some(u32::from(PRELOGIN)) || tokens::is_prelogin(body);
    let error = if prelogin { None } else { tokens::error(body) };
    op.status = error.map_or(Status::Ok, Status::Error);
    cx.op(&op);
    if prelogin {
        tokens::prelogin(cx, body);
    } else {
        tokens::login(cx, body);
    }
}
