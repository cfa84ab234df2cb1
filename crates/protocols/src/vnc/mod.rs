//! VNC: remote screens by the Remote Framebuffer protocol. Both sides name a version, agree on how
//! the client proves itself, and the server names its desktop; pictures and keys pass by.

mod probe;
mod spec;

use crate::common::{lines, pieces};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Dir, Op, Proof, Role, Spec, Status, Target, Value};

/// Bytes of a version: `RFB 003.008` and a line's end. RFC 6143 §7.1.1.
const VERSION: usize = 12;
/// Bytes of a challenge and of the response to it. RFC 6143 §7.2.2.
const CHALLENGE: usize = 16;
/// Bytes of a desktop's name that are read.
const NAME_MAX: usize = 1_024;

/// The VNC dissector.
#[derive(Debug)]
pub struct Vnc;

/// What comes next in one direction. RFC 6143 §7.1 to §7.3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Next {
    #[default]
    Version,
    /// Types that the server offers, or the one that the client chooses.
    Security,
    /// The challenge, or the response to it.
    Secret,
    /// How the server judged.
    Result,
    /// The client wants the screen, or the server describes it.
    Init,
    /// Pictures, keys and pointers.
    Rest,
}

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    next: [Next; 2],
    /// The direction of the server, which speaks first.
    server: Option<Dir>,
    /// The lower of both versions' minor number.
    minor: u8,
    /// The security type that is used; 0 unknown.
    security: u8,
}

impl Dissector for Vnc {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        probe::probe(hint, head)
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let dir = cx.dir();
        let Some(next) = flow.next.get(dir.index()).copied() else { return Step::NotMine };
        if let Input::Gap { .. } = input {
            flow.next = [Next::Rest; 2];
        }
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        let server = *flow.server.get_or_insert_with(|| match cx.from_client() {
            Some(true) => dir.flip(),
            _ => dir,
        });
        let step = match next {
            Next::Version => version(flow, cx, bytes),
            Next::Rest => Ok((Next::Rest, usize::MAX)),
            _ if server == dir => from_server(flow, cx, next, bytes),
            _ => from_client(flow, cx, next, bytes),
        };
        match step {
            Ok((after, taken)) => {
                if let Some(place) = flow.next.get_mut(dir.index()) {
                    *place = after;
                }
                Step::Took { bytes: taken }
            }
            Err(wait) => wait,
        }
    }
}

/// What comes after a message, and its bytes; or a request for more bytes.
type Read = Result<(Next, usize), Step>;

fn event<'p>(code: u32, pdu: &'p [u8]) -> Op<'p> {
    Op { proof: Proof::Context, ..Op::new(code, Role::Event, pdu) }
}

/// RFC 6143 §7.1.1. A session joined later shows something else.
fn version(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Read {
    let text = pieces::first(cx, bytes, VERSION)?;
    let numbers = text.strip_prefix(b"RFB ").and_then(|rest| lines::split(rest, b'.'));
    let Some((major, rest)) = numbers else { return Ok((Next::Rest, usize::MAX)) };
    let minor = rest.get(..3).and_then(lines::decimal);
    let (Some(major), Some(minor)) = (lines::decimal(major), minor) else {
        cx.op(&event(spec::PROTOCOL_VERSION, text));
        cx.fault(spec::BAD_VERSION, text);
        return Ok((Next::Rest, usize::MAX));
    };
    cx.op(&Op { args: Some([major, minor, 0, 0]), ..event(spec::PROTOCOL_VERSION, text) });
    cx.attr(spec::VERSION, text);
    // Others than 3, 7 and 8 are taken for 3; later ones (Apple's 889) behave like 8.
    let minor = match minor {
        7 => 7,
        8.. => 8,
        _ => 3,
    };
    flow.minor = if flow.minor == 0 { minor } else { flow.minor.min(minor) };
    let is_server = flow.server == Some(cx.dir());
    // In version 3.3 the client has nothing to choose.
    let next = if is_server || flow.minor > 3 { Next::Security } else { Next::Secret };
    Ok((next, VERSION))
}

/// RFC 6143 §7.1.2, §7.1.3, §7.2.2, §7.3.2.
fn from_server(flow: &mut Flow, cx: &mut Cx<'_>, next: Next, bytes: &[u8]) -> Read {
    match next {
        Next::Security if flow.minor == 3 => {
            let head = pieces::first(cx, bytes, 4)?;
            let chosen = Cursor::new(head).be32().unwrap_or(0);
            cx.op(&event(spec::SECURITY_TYPES, head));
            flow.security = vocab::low_u8(u64::from(chosen));
            offered(cx, flow.security);
            Ok((after_choice(flow), 4))
        }
        Next::Security => {
            let count = pieces::first(cx, bytes, 1)?;
            let count = count.first().copied().map_or(0, usize::from);
            let total = count.saturating_add(1);
            let whole = pieces::first(cx, bytes, total)?;
            cx.op(&event(spec::SECURITY_TYPES, whole));
            whole.iter().skip(1).for_each(|kind| offered(cx, *kind));
            // None offered: a reason follows, and the end.
            Ok((if count == 0 { Next::Rest } else { Next::Secret }, total))
        }
        // Only now the client has chosen.
        Next::Secret if flow.security == 2 => {
            let challenge = pieces::first(cx, bytes, CHALLENGE)?;
            cx.op(&event(spec::CHALLENGE, challenge));
            Ok((Next::Result, CHALLENGE))
        }
        Next::Secret if flow.security == 1 => {
            let next = if flow.minor == 8 { Next::Result } else { Next::Init };
            from_server(flow, cx, next, bytes)
        }
        Next::Result => {
            let head = pieces::first(cx, bytes, 4)?;
            let code = Cursor::new(head).be32().unwrap_or(0);
            let mut op = Op::new(spec::SECURITY_CHOICE, Role::Response, head);
            op.tx = Some(0);
            op.args = Some([u64::from(flow.security), 0, 0, 0]);
            op.status = if code == 0 { Status::Ok } else { Status::Error(code) };
            cx.op(&op);
            Ok((if code == 0 { Next::Init } else { Next::Rest }, 4))
        }
        Next::Init => screen(cx, bytes),
        _ => Ok((Next::Rest, usize::MAX)),
    }
}

/// What the server sends after the type is settled.
fn after_choice(flow: &Flow) -> Next {
    match flow.security {
        // In version 3.3 nothing is judged where nothing is asked.
        1 => Next::Init,
        2 => Next::Secret,
        _ => Next::Rest,
    }
}

fn offered(cx: &mut Cx<'_>, kind: u8) {
    let target =
        Target { area: spec::SECURITY, index: u64::from(kind), count: 1, extra: 0, name: &[] };
    cx.item(target, Value::None);
}

/// Size, pixels and name of the screen. RFC 6143 §7.3.2.
fn screen(cx: &mut Cx<'_>, bytes: &[u8]) -> Read {
    let head = pieces::first(cx, bytes, 24)?;
    let length = Cursor::new(head.get(20..).unwrap_or(&[])).be32().unwrap_or(0);
    let length = vocab::sat_usize(u64::from(length));
    let whole = pieces::first(cx, bytes, length.min(NAME_MAX).saturating_add(24))?;
    let op = Op::new(spec::CLIENT_INIT, Role::Response, whole);
    cx.op(&Op { tx: Some(1), status: Status::Ok, ..op });
    cx.attr(spec::DESKTOP, whole.get(24..).unwrap_or(&[]));
    Ok((Next::Rest, length.saturating_add(24)))
}

/// RFC 6143 §7.1.2, §7.2.2, §7.3.1.
fn from_client(flow: &mut Flow, cx: &mut Cx<'_>, next: Next, bytes: &[u8]) -> Read {
    match next {
        Next::Security => {
            let choice = pieces::first(cx, bytes, 1)?;
            flow.security = choice.first().copied().unwrap_or(0);
            let mut op = Op::new(spec::SECURITY_CHOICE, Role::Request, choice);
            op.tx = Some(0);
            op.args = Some([u64::from(flow.security), 0, 0, 0]);
            cx.op(&op);
            let known = matches!(flow.security, 1 | 2);
            Ok((if known { Next::Secret } else { Next::Rest }, 1))
        }
        Next::Secret if flow.security == 2 => {
            // It can be broken to give the password: not kept.
            pieces::first(cx, bytes, CHALLENGE)?;
            cx.op(&event(spec::RESPONSE, &[]));
            Ok((Next::Init, CHALLENGE))
        }
        Next::Secret | Next::Init if flow.security != 0 => {
            let shared = pieces::first(cx, bytes, 1)?;
            cx.op(&Op { tx: Some(1), ..Op::new(spec::CLIENT_INIT, Role::Request, shared) });
            Ok((Next::Rest, 1))
        }
        _ => Ok((Next::Rest, usize::MAX)),
    }
}
