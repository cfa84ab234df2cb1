//! OPC UA: servers of process data and their clients, OPC UA Binary over TCP.
//!
//! Messages set the connection up, chunks of a secure channel carry services. A service's name is
//! the number of its request's or answer's encoding: it says who asks, whatever the ports.

mod access;
mod certificate;
mod encoding;
mod identity;
mod node;
mod operations;
mod service;
mod session;
mod spec;
mod status;
mod subscription;
mod view;
mod wire;

use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use encoding::string;
use service::Message;
use vocab::{Op, Proof, Role, Spec, Status, Subject, Value};
use wire::{Header, Kind, Part, Security};

/// Bytes that the chunks of one message may have together; larger ones are counted, not read.
const PIECES_MAX: usize = 65_536;
/// Chunks above the largest that is buffered are read from their beginning alone.
const BEGINNING: usize = 1_024;
/// What pairs a hello with its acknowledgement.
const HELLO_KEY: u64 = u64::MAX;

/// The OPC UA dissector.
#[derive(Debug)]
pub struct Opcua;

/// What is known of a connection's security.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Secured {
    /// The channel was opened before the capture began.
    #[default]
    Unknown,
    /// Everything is in clear.
    No,
    /// Signed at least.
    Yes,
}

/// A message whose chunks are coming.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pieces {
    /// None.
    #[default]
    None,
    /// The chunks so far of a service with this number are kept.
    Kept(u32),
    /// A service with this number, too large to be kept.
    Counted(u32),
    /// Encrypted.
    Sealed,
}

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Bytes that are no message were passed over, and it was said.
    lost: [bool; 2],
    secured: Secured,
    /// Bytes of the signature behind a chunk that is signed.
    signature: u8,
    pieces: [Pieces; 2],
}

impl Dissector for Opcua {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.datagram { Probe::No } else { wire::probe(head) }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let Input::Stream(bytes) = input else {
            cx.drop_stash();
            set_pieces(flow, cx, Pieces::None);
            return Step::Took { bytes: 0 };
        };
        let header = match Header::read(bytes) {
            Ok(header) => header,
            Err(true) if !cx.cut() => {
                let more = wire::HEADER_LEN.saturating_sub(bytes.len()).max(1);
                return Step::Need { took: 0, more };
            }
            Err(_) => return Step::Resync { took: lose(flow, cx, bytes) },
        };
        if let Some(lost) = flow.lost.get_mut(cx.dir().index()) {
            *lost = false;
        }
        let size = header.size;
        let (whole, short) = match bytes.get(..size) {
            Some(whole) => (whole, false),
            None if cx.cut() => (bytes, true),
            None if size > PIECES_MAX && bytes.len() >= BEGINNING => (bytes, true),
            // The rest of what cannot be read is passed over as it comes.
            None if header.kind == Kind::Message && is_sealed(flow, cx, bytes) => (bytes, true),
            None => {
                let wanted = if size > PIECES_MAX { BEGINNING } else { size };
                return Step::Need { took: 0, more: wanted.saturating_sub(bytes.len()) };
            }
        };
        say(flow, cx, header, whole, short);
        Step::Took { bytes: size }
    }
}

/// Bytes that are no message: says so once, and how many to pass over.
fn lose(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> usize {
    if let Some(lost) = flow.lost.get_mut(cx.dir().index())
        && !core::mem::replace(lost, true)
        && !cx.cut()
    {
        cx.fault(spec::BAD_HEADER, bytes.get(..wire::HEADER_LEN).unwrap_or(bytes));
    }
    wire::next_header(bytes)
}

fn set_pieces(flow: &mut Flow, cx: &Cx<'_>, pieces: Pieces) -> Pieces {
    let place = flow.pieces.get_mut(cx.dir().index());
    place.map_or(Pieces::None, |place| core::mem::replace(place, pieces))
}

/// One message or chunk; `short` where its end is not there.
fn say(flow: &mut Flow, cx: &mut Cx<'_>, header: Header, whole: &[u8], short: bool) {
    let mut at = Cursor::new(whole.get(wire::HEADER_LEN..).unwrap_or(&[]));
    let read = match header.kind {
        Kind::Hello | Kind::Acknowledge => hello(cx, header.kind, whole, &mut at),
        Kind::Error => error(cx, whole, &mut at),
        Kind::ReverseHello => reverse_hello(cx, whole, &mut at),
        Kind::Open => open(flow, cx, whole, &mut at),
        Kind::Message | Kind::Close => chunk(flow, cx, header, whole, &mut at),
    };
    if read.is_none() && !short && !cx.cut() {
        cx.fault(spec::BAD_BODY, whole);
    }
}

/// Hello and acknowledge: version and limits, the hello with the URL called. OPC 10000-6 §7.1.2.3,
/// §7.1.2.4.
fn hello(cx: &mut Cx<'_>, kind: Kind, whole: &[u8], at: &mut Cursor<'_>) -> Option<()> {
    let mut number = || at.le32().map_or(0, u64::from);
    let args = [number(), number(), number(), number()];
    let asks = kind == Kind::Hello;
    let role = if asks { Role::Request } else { Role::Response };
    let mut op = Op { tx: Some(HELLO_KEY), args: Some(args), ..Op::new(spec::HELLO, role, whole) };
    if !asks {
        op.status = Status::Ok;
        cx.op(&op);
        return Some(());
    }
    at.skip(4);
    let url = string(at);
    op.value = url.map_or(Value::None, Value::Text);
    cx.op(&op);
    let url = url?;
    cx.attr_of(Subject::Receiver, spec::URL_CALLED, url);
    cx.attr(spec::CALLS, url);
    Some(())
}

/// An error: the connection is closed. §7.1.2.5.
fn error(cx: &mut Cx<'_>, whole: &[u8], at: &mut Cursor<'_>) -> Option<()> {
    let code = at.le32();
    let reason = string(at);
    let op = Op {
        proof: Proof::Context,
        status: code.map_or(Status::None, status::of),
        value: reason.map_or(Value::None, Value::Text),
        ..Op::new(spec::ERROR, Role::Response, whole)
    };
    cx.op(&op);
    reason.map(|_| ())
}

/// A server calls a client that waits for it: its application and URL. §7.1.2.6.
fn reverse_hello(cx: &mut Cx<'_>, whole: &[u8], at: &mut Cursor<'_>) -> Option<()> {
    let uri = string(at);
    let url = string(at);
    let value = url.map_or(Value::None, Value::Text);
    let op = Op::new(spec::REVERSE_HELLO, Role::Event, whole);
    cx.op(&Op { proof: Proof::Context, value, ..op });
    cx.attr(spec::APPLICATION_URI, uri?);
    cx.attr(spec::URL, url?);
    Some(())
}

/// A chunk that opens or renews a channel: encrypted, but for policy None. §6.7.2.3.
fn open(flow: &mut Flow, cx: &mut Cx<'_>, whole: &[u8], at: &mut Cursor<'_>) -> Option<()> {
    at.skip(4)?;
    let Some(security) = Security::read(at) else {
        sealed(cx, Kind::Open, whole, Value::None);
        return None;
    };
    flow.secured = if security.is_none() { Secured::No } else { Secured::Yes };
    flow.signature = security.signature_len();
    if !security.is_none() {
        sealed(cx, Kind::Open, whole, Value::Text(security.policy));
        certificate::say(cx, Subject::Sender, security.certificate);
        return Some(());
    }
    // The sequence number.
    at.skip(4)?;
    let request = at.le32()?;
    // An answer bears the number of the channel that it opened, its request none yet.
    let key = 1u64 << 63 | u64::from(request);
    let value = Value::Text(security.policy);
    let message = Message { whole, key, value };
    service::say(cx, &message, at.rest())
}

/// A chunk of a service. §6.7.2.2.
fn chunk(
    flow: &mut Flow,
    cx: &mut Cx<'_>,
    header: Header,
    whole: &[u8],
    at: &mut Cursor<'_>,
) -> Option<()> {
    let channel = at.le32()?;
    // The token, the sequence number.
    at.skip(8)?;
    let request = at.le32()?;
    let key = u64::from(channel & 0x7fff_ffff) << 32 | u64::from(request);
    let message = Message { whole, key, value: Value::None };
    let mut body = at.rest();
    let pieces = set_pieces(flow, cx, Pieces::None);
    if header.part == Part::Abort {
        cx.drop_stash();
        return abort(cx, &message, body);
    }
    let first = pieces == Pieces::None;
    if first && !is_readable(flow.secured, body) || pieces == Pieces::Sealed {
        let more = header.part == Part::More;
        set_pieces(flow, cx, if more { Pieces::Sealed } else { Pieces::None });
        if !more {
            sealed(cx, header.kind, whole, Value::None);
        }
        return Some(());
    }
    if header.part == Part::Final && first {
        return service::say(cx, &message, body);
    }
    if let Some(end) = body.len().checked_sub(usize::from(flow.signature)) {
        body = body.get(..end).unwrap_or(body);
    }
    gather(flow, cx, header.part, pieces, &message, body)
}

/// Puts the chunks of a message together.
fn gather(
    flow: &mut Flow,
    cx: &mut Cx<'_>,
    part: Part,
    pieces: Pieces,
    message: &Message<'_>,
    body: &[u8],
) -> Option<()> {
    let code = match pieces {
        Pieces::Counted(code) | Pieces::Kept(code) => code,
        Pieces::None | Pieces::Sealed => service::code(body).unwrap_or(spec::SEALED),
    };
    let kept = !matches!(pieces, Pieces::Counted(_)) && cx.stash(body, PIECES_MAX);
    if part == Part::More {
        set_pieces(flow, cx, if kept { Pieces::Kept(code) } else { Pieces::Counted(code) });
        return Some(());
    }
    if !kept {
        service::count(cx, message, code);
        return Some(());
    }
    let mut read = None;
    cx.with_stash(|cx, all| {
        read = service::say(cx, &Message { whole: all, ..*message }, all);
    });
    read
}

/// Is this the beginning of a chunk that is encrypted?
fn is_sealed(flow: &Flow, cx: &Cx<'_>, bytes: &[u8]) -> bool {
    // Header, channel, token, sequence and request number, and a service's number.
    let Some(body) = bytes.get(24..).filter(|body| body.len() >= 8) else { return false };
    match flow.pieces.get(cx.dir().index()) {
        Some(Pieces::None) => !is_readable(flow.secured, body),
        Some(Pieces::Sealed) => true,
        _ => false,
    }
}

/// May a chunk's body be read: is it known to be in clear, or does it begin with a service?
fn is_readable(secured: Secured, body: &[u8]) -> bool {
    secured == Secured::No
        || service::code(body).is_some_and(|code| spec::SPEC.operation(code, None).is_some())
}

/// A message that is encrypted: counted. Of channels, the kind of the chunk says what it is.
fn sealed(cx: &mut Cx<'_>, kind: Kind, whole: &[u8], value: Value<'_>) {
    let asks = cx.from_client().unwrap_or(kind != Kind::Message);
    let role = if asks { Role::Request } else { Role::Response };
    let code = match (kind, asks) {
        (Kind::Open, true) => spec::OPEN_CHANNEL,
        (Kind::Open, false) => spec::OPEN_CHANNEL_RESPONSE,
        (Kind::Close, _) => spec::CLOSE_CHANNEL,
        _ => spec::SEALED,
    };
    cx.op(&Op { proof: Proof::Context, value, ..Op::new(code, role, whole) });
}

/// The sender gives a message up. §6.7.3.
fn abort(cx: &mut Cx<'_>, message: &Message<'_>, body: &[u8]) -> Option<()> {
    let mut at = Cursor::new(body);
    let code = at.le32();
    let reason = string(&mut at);
    let asks = cx.from_client().unwrap_or(false);
    let role = if asks { Role::Request } else { Role::Response };
    let op = Op {
        proof: Proof::Context,
        tx: (!asks).then_some(message.key),
        status: code.map_or(Status::None, status::of),
        value: reason.map_or(Value::None, Value::Text),
        ..Op::new(spec::ABORT, role, message.whole)
    };
    cx.op(&op);
    reason.map(|_| ())
}
