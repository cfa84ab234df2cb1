//! Services: the header of a request or an answer, its numbers, and what it is about.
//! OPC 10000-4 §5, §7.32, §7.33.

use super::encoding::{self, Extension, boolean, diagnostic, milliseconds, skip_strings, string};
use super::node::NodeId;
use super::{access, session, spec, status, subscription, view};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Proof, Role, Status, Value};

/// Bytes that a request keeps for its answer.
const NOTE_BYTES: usize = 240;

/// A message of a secure channel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message<'p> {
    /// Its bytes.
    pub(super) whole: &'p [u8],
    /// What pairs an answer with its request.
    pub(super) key: u64,
    /// A value that belongs to the operation as a whole.
    pub(super) value: Value<'p>,
}

/// In a note: the attribute is followed by the first element asked for.
const RANGED: u8 = 0x80;

/// The nodes of a request, kept for its answer: attribute, the first element where it is not 0,
/// then the node's name as sent.
#[derive(Debug)]
pub(super) struct Notes {
    bytes: [u8; NOTE_BYTES],
    len: usize,
    full: bool,
}

impl Notes {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { bytes: [0; NOTE_BYTES], len: 0, full: false }
    }

    /// Adds a node; once one finds no room, no further one is added, so that places stay right.
    pub(super) fn add(&mut self, attribute: u32, first: u32, node: &[u8]) {
        let kind = vocab::low_u8(u64::from(attribute)) & !RANGED;
        let added = match first {
            0 => self.put(&[&[kind], node]),
            first => self.put(&[&[kind | RANGED], &first.to_le_bytes(), node]),
        };
        self.full = added.is_none();
    }

    /// Adds bytes, all or none.
    fn put(&mut self, parts: &[&[u8]]) -> Option<()> {
        let len = parts.iter().fold(0usize, |sum, part| sum.saturating_add(part.len()));
        let end = self.len.saturating_add(len);
        let mut place = self.bytes.get_mut(self.len..end).filter(|_| !self.full)?;
        for part in parts {
            let (here, rest) = place.split_at_mut_checked(part.len())?;
            here.copy_from_slice(part);
            place = rest;
        }
        self.len = end;
        Some(())
    }

    /// Keeps them with the request.
    pub(super) fn keep(&self, cx: &mut Cx<'_>, key: u64) {
        if self.len > 0 {
            cx.note(key, self.bytes.get(..self.len).unwrap_or(&[]));
        }
    }
}

/// Reads a node's name and gives its bytes too.
pub(super) fn node_with_bytes<'p>(at: &mut Cursor<'p>) -> Option<(NodeId<'p>, &'p [u8])> {
    let before = at.rest();
    let node = NodeId::read(at)?;
    let len = before.len().saturating_sub(at.len());
    Some((node, before.get(..len)?))
}

/// The nodes of a request, from what was kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noted<'n>(Cursor<'n>);

impl<'n> Noted<'n> {
    /// The next node with its attribute and the first element; `None` where it was not kept.
    pub(super) fn next(&mut self) -> Option<(NodeId<'n>, u32, u32)> {
        let kind = self.0.u8()?;
        let first = if kind & RANGED != 0 { self.0.le32()? } else { 0 };
        Some((NodeId::read(&mut self.0)?, u32::from(kind & !RANGED), first))
    }
}

/// The number of the service that a body begins with.
pub(super) fn code(body: &[u8]) -> Option<u32> {
    NodeId::read(&mut Cursor::new(body))?.standard()
}

/// Whether a service's number is that of a request.
fn is_request(code: u32) -> bool {
    REQUESTS.binary_search(&code).is_ok()
}

/// The requests; the other services are answers.
#[rustfmt::skip]
static REQUESTS: [u32; 42] = [
    410, 416, 422, 428, 437, 446, 452, 461, 467, 473, 479, 488, 494, 500, 506, 527, 533, 554, 560,
    566, 615, 621, 631, 664, 673, 700, 712, 751, 763, 769, 775, 781, 787, 793, 799, 826, 832, 841,
    847, 12208, 12211, 15903,
];

/// Counts a message that was too large to be put together.
pub(super) fn count(cx: &mut Cx<'_>, message: &Message<'_>, code: u32) {
    let role = if is_request(code) { Role::Request } else { Role::Response };
    cx.op(&Op { tx: Some(message.key), ..Op::new(code, role, message.whole) });
}

/// Says a service: an operation, then what it is about. `None` where its content cannot be read.
pub(super) fn say(cx: &mut Cx<'_>, message: &Message<'_>, body: &[u8]) -> Option<()> {
    let mut at = Cursor::new(body);
    let code = match NodeId::read(&mut at)? {
        NodeId::Numeric(0, code) => code,
        _ => 0,
    };
    if code >= spec::HELLO || spec::SPEC.operation(code, None).is_none() {
        let op = Op::new(code, Role::Event, message.whole);
        cx.op(&Op { proof: Proof::Context, ..op });
        cx.fault(spec::UNKNOWN_SERVICE, body);
        return Some(());
    }
    if is_request(code) { request(cx, message, code, at) } else { answer(cx, message, code, at) }
}

/// A request. OPC 10000-4 §7.32: token, time, handle, diagnostics wanted, audit entry, time-out,
/// further header.
fn request(cx: &mut Cx<'_>, message: &Message<'_>, code: u32, mut at: Cursor<'_>) -> Option<()> {
    let header = request_header(&mut at);
    let op = Op {
        tx: Some(message.key),
        value: message.value,
        args: header.and_then(|()| arguments(code, at)),
        ..Op::new(code, Role::Request, message.whole)
    };
    cx.op(&op);
    header?;
    let at = &mut at;
    let key = message.key;
    match code {
        428 | 422 => session::asked_url(cx, at),
        437 | 12211 => session::register(cx, at),
        461 => session::create(cx, at),
        467 => session::activate(cx, at),
        488 => view::add_nodes(cx, at),
        494 => view::add_references(cx, at),
        500 => view::delete_nodes(cx, key, at),
        506 => view::delete_references(cx, at),
        527 => view::browse(cx, key, at),
        554 => view::translate(cx, key, at),
        560 | 566 => view::register_nodes(cx, at),
        631 => access::read(cx, key, at),
        664 => access::history_read(cx, key, at),
        673 => access::write(cx, key, at),
        700 => access::history_update(cx, at),
        712 => access::call(cx, key, at),
        751 => subscription::create_items(cx, key, at),
        763 | 769 | 781 => subscription::change_items(cx, code, at),
        847 | 841 => subscription::subscriptions(cx, at),
        799 => {
            at.skip(1)?;
            subscription::subscriptions(cx, at)
        }
        _ => Some(()),
    }
}

fn request_header(at: &mut Cursor<'_>) -> Option<()> {
    NodeId::read(at)?;
    at.skip(16)?;
    string(at)?;
    at.skip(4)?;
    Extension::read(at).map(|_| ())
}

/// An answer. §7.33: time, handle, result, diagnostics, texts of these, further header.
fn answer(cx: &mut Cx<'_>, message: &Message<'_>, code: u32, mut at: Cursor<'_>) -> Option<()> {
    let result = answer_header(&mut at);
    let mut kept = [0; NOTE_BYTES];
    let named = matches!(code, 503 | 530 | 536 | 557 | 634 | 667 | 676 | 715 | 754);
    let len = if named { cx.noted(message.key, &mut kept) } else { 0 };
    let note = Noted(Cursor::new(kept.get(..len).unwrap_or(&[])));
    let op = Op {
        tx: Some(message.key),
        value: message.value,
        args: result.and_then(|_| arguments(code, at)),
        status: result.map_or(Status::None, status::of),
        ..Op::new(code, Role::Response, message.whole)
    };
    cx.op(&op);
    result?;
    let at = &mut at;
    match code {
        425 => session::servers(cx, at),
        431 => session::endpoints(cx, at),
        464 => session::created(cx, at),
        491 => view::nodes_added(cx, at),
        530 | 536 => view::references(cx, note, at),
        557 => view::targets(cx, note, at),
        634 => access::values(cx, note, at),
        667 => access::history(cx, note, at),
        503 | 676 => access::statuses(cx, note, at),
        715 => access::called(cx, note, at),
        754 => subscription::items_created(cx, note, at),
        829 => subscription::published(cx, at),
        835 => subscription::notification(cx, at),
        12209 => session::servers_on_network(cx, at),
        _ => Some(()),
    }
}

fn answer_header(at: &mut Cursor<'_>) -> Option<u32> {
    at.skip(12)?;
    let result = at.le32()?;
    diagnostic(at)?;
    skip_strings(at)?;
    Extension::read(at)?;
    Some(result)
}

/// The numbers of a service, as its operation names them.
fn arguments(code: u32, mut at: Cursor<'_>) -> Option<[u64; 4]> {
    let at = &mut at;
    let number = |at: &mut Cursor<'_>| at.le32().map(u64::from);
    Some(match code {
        446 | 449 | 461 | 464 | 467 => session::arguments(code, at)?,
        473 => [u64::from(boolean(at)?), 0, 0, 0],
        479 | 482 => [number(at)?, 0, 0, 0],
        527 => {
            NodeId::read(at)?;
            at.skip(12)?;
            let most = number(at)?;
            [u64::from(encoding::count(at)?), most, 0, 0]
        }
        533 => {
            let releases = u64::from(boolean(at)?);
            [u64::from(encoding::count(at)?), releases, 0, 0]
        }
        631 => {
            let (age, times) = (milliseconds(at)?, number(at)?);
            [u64::from(encoding::count(at)?), age, times, 0]
        }
        664 => {
            let kind = u64::from(Extension::read(at)?.kind);
            let (times, releases) = (number(at)?, u64::from(boolean(at)?));
            [u64::from(encoding::count(at)?), kind, times, releases]
        }
        751 | 763 | 769 | 775 | 781 | 787..=799 | 826..=835 => subscription::arguments(code, at)?,
        // No body, or one that begins otherwise.
        397 | 410..=440 | 452 | 455 | 470 | 476 | 615..=624 | 12208..=12212 | 15903 | 21001
            if !matches!(code, 425 | 431) =>
        {
            return None;
        }
        _ => [u64::from(encoding::count(at)?), 0, 0, 0],
    })
}
