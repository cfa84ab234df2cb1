//! What messages say.

use super::wire::{
    ACK, DELETE, EMPTY, FETCH, GET, Header, Options, PING, PONG, POST, PUT, RST, SIGNALS,
    is_method, option,
};
use super::{lwm2m, spec};
use crate::common::lines;
use crate::common::text::{Line, is_text};
use core::fmt::Write as _;
use dissect::Cx;
use vocab::{Op, Proof, Role, Status, Subject, Target, Value};

/// Content formats that are text: none told, `text/plain`. RFC 7252 §12.3.
const PLAIN: u64 = 0;
/// Bytes of a path that are kept with a request.
const PATH_MAX: usize = 240;

/// A message as far as it is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message<'p> {
    pub(super) header: Header<'p>,
    pub(super) bytes: &'p [u8],
    /// Options and payload.
    pub(super) content: &'p [u8],
    pub(super) is_whole: bool,
}

/// What the options say, as far as it matters before the operation is said.
#[derive(Debug)]
struct Head<'p> {
    path: Line<PATH_MAX>,
    observe: Option<u64>,
    format: u64,
    host: &'p [u8],
    proxied: bool,
    broken: bool,
    marker: bool,
    payload: &'p [u8],
}

impl<'p> Head<'p> {
    fn read(content: &'p [u8]) -> Self {
        let mut head = Self {
            path: Line::default(),
            observe: None,
            format: PLAIN,
            host: &[],
            proxied: false,
            broken: false,
            marker: false,
            payload: &[],
        };
        let mut options = Options::new(content);
        for option in options.by_ref() {
            match option.number {
                option::URI_PATH | option::LOCATION_PATH => {
                    // A path that is too long is cut: it is only shown.
                    write!(head.path, "/{}", Value::Text(option.value)).unwrap_or_default();
                }
                option::OBSERVE => head.observe = Some(option.uint()),
                option::CONTENT_FORMAT => head.format = option.uint(),
                option::URI_HOST => head.host = option.value,
                option::PROXY_URI | option::PROXY_SCHEME => head.proxied = true,
                _ => {}
            }
        }
        head.broken = options.broken;
        head.marker = options.marker;
        head.payload = if options.marker { options.rest() } else { &[] };
        head
    }

    fn value(&self) -> Value<'p> {
        match self.payload {
            [] => Value::None,
            text if is_text(text) => Value::Text(text),
            bytes => Value::Bytes(bytes),
        }
    }
}

/// Says a message.
pub(super) fn say(cx: &mut Cx<'_>, message: &Message<'_>) {
    let header = &message.header;
    if header.code == EMPTY || SIGNALS.contains(&header.code) {
        bare(cx, message);
        return;
    }
    let head = Head::read(message.content);
    if is_method(header.code) {
        request(cx, message, &head);
    } else {
        response(cx, message, &head);
    }
    items(cx, message.content);
    if !message.is_whole {
        return;
    }
    if head.broken {
        cx.fault(spec::BAD_OPTION, message.bytes);
    } else if head.marker && head.payload.is_empty() {
        cx.fault(spec::NO_PAYLOAD, message.bytes);
    }
}

fn op<'p>(message: &Message<'p>, role: Role) -> Op<'p> {
    let header = &message.header;
    let args = Some([u64::from(header.kind), u64::from(header.id), 0, 0]);
    Op { args, ..Op::new(u32::from(header.code), role, message.bytes) }
}

/// Messages without a resource: pings, acknowledgements, resets, signals. Either side sends them.
/// RFC 7252 §4, RFC 8323 §5.
fn bare(cx: &mut Cx<'_>, message: &Message<'_>) {
    let Header { code, kind, .. } = message.header;
    let (role, sub) = match (code, kind) {
        (EMPTY, ACK | RST) => (Role::Response, Some(u16::from(kind))),
        (EMPTY, 0) => (Role::Request, Some(0)),
        (PING, _) => (Role::Request, None),
        (PONG, _) => (Role::Response, None),
        _ => (Role::Event, None),
    };
    cx.op(&Op { sub, proof: Proof::Context, ..op(message, role) });
    if code == EMPTY && !(message.content.is_empty() && message.header.token.is_empty()) {
        cx.fault(spec::NOT_EMPTY, message.bytes);
    }
}

fn target<'p>(area: &'static vocab::Area, name: &'p [u8]) -> Target<'p> {
    Target { area, index: 0, count: 0, extra: 0, name }
}

/// The path as shown: `/` where there is none.
fn shown(path: &[u8]) -> &[u8] {
    if path.is_empty() { b"/" } else { path }
}

/// RFC 7252 §5.8.
fn request(cx: &mut Cx<'_>, message: &Message<'_>, head: &Head<'_>) {
    let header = &message.header;
    let path = head.path.bytes();
    let sub = match (header.code, head.observe) {
        (GET | FETCH, Some(0)) => Some(spec::sub::OBSERVE),
        (GET | FETCH, Some(1)) => Some(spec::sub::UNOBSERVE),
        (GET, _) if path == b"/.well-known/core" => Some(spec::sub::DISCOVER),
        (POST, _) => lwm2m::post(path, head.payload),
        (PUT, _) => lwm2m::put(path),
        (DELETE, _) => lwm2m::delete(path),
        _ => None,
    };
    let tx = header.key();
    cx.op(&Op { sub, tx: Some(tx), ..op(message, Role::Request) });
    cx.note(tx, path);
    cx.item(target(spec::PATH, shown(path)), head.value());
    if !head.proxied
        && let Some(name) = lines::host_name(head.host)
    {
        cx.attr_of(Subject::Receiver, spec::HOST, name);
    }
}

/// RFC 7252 §5.9; a notification answers a request that was answered before. RFC 7641 §3.2.
fn response(cx: &mut Cx<'_>, message: &Message<'_>, head: &Head<'_>) {
    let header = &message.header;
    let tx = header.key();
    let pending = cx.pending(tx);
    let mut asked = [0; 240];
    let len = cx.noted(tx, &mut asked);
    let notifies = head.observe.is_some() && pending.is_none();
    let class = header.code >> 5;
    let status = if class == 2 { Status::Ok } else { Status::Error(u32::from(header.code)) };
    let role = if notifies { Role::Event } else { Role::Response };
    let value = if pending.is_none() { head.value() } else { Value::None };
    cx.op(&Op { tx: Some(tx).filter(|_| !notifies), status, value, ..op(message, role) });
    if notifies {
        cx.settle(false);
    }
    let path = asked.get(..len).unwrap_or(&[]);
    if pending.is_some() {
        cx.item(target(spec::PATH, shown(path)), head.value());
        if class == 2 && message.is_whole {
            lwm2m::identity(cx, path, head.format, head.payload);
        }
    }
}

/// Queries and blocks. RFC 7252 §5.10.1, RFC 7959 §2.2.
fn items(cx: &mut Cx<'_>, content: &[u8]) {
    for option in Options::new(content) {
        match option.number {
            option::URI_QUERY => {
                cx.item(target(spec::QUERY, option.value), Value::None);
                if let Some(name) = option.value.strip_prefix(b"ep=") {
                    cx.attr(spec::ENDPOINT, name);
                }
            }
            option::BLOCK1 | option::BLOCK2 => {
                let area =
                    if option.number == option::BLOCK1 { spec::BLOCK1 } else { spec::BLOCK2 };
                let block = option.uint();
                let (number, size) = (block >> 4, 16u64 << (block & 7));
                let place = Target { area, index: number, count: 1, extra: 0, name: &[] };
                cx.item(place, Value::Uint(size));
            }
            _ => {}
        }
    }
}
