//! SSDP: devices announce their services, hosts search for them. What a device says of its
//! software and where its description is stands in the headers.

mod spec;

use crate::common::text::is_text;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status, Target, Value};

/// Most headers read of one message.
const HEADERS_MAX: usize = 64;

/// The SSDP dissector.
#[derive(Debug)]
pub struct Ssdp;

impl Dissector for Ssdp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        match Kind::of(head) {
            // An answer comes from any port; on the way it looks like HTTP, which has no datagrams.
            Some(Kind::Response) if !hint.bound && Headers::read(head).service.is_empty() => {
                Probe::No
            }
            Some(_) => Probe::Sure,
            None => Probe::No,
        }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let Some(kind) = Kind::of(bytes) else { return Step::NotMine };
        say(cx, kind, bytes);
        Step::Took { bytes: bytes.len() }
    }
}

/// The start line. UPnP Device Architecture 2.0 §1.1.2.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Search,
    Notify,
    Response,
}

impl Kind {
    fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"M-SEARCH * HTTP/1.1") {
            Some(Self::Search)
        } else if bytes.starts_with(b"NOTIFY * HTTP/1.1") {
            Some(Self::Notify)
        } else if bytes.starts_with(b"HTTP/1.1 200") {
            Some(Self::Response)
        } else {
            None
        }
    }
}

/// The headers of interest.
#[derive(Default)]
struct Headers<'p> {
    /// NT of a notification, ST of a search and its answer.
    service: &'p [u8],
    /// NTS: alive, byebye, update.
    sub: Option<u16>,
    /// USN: the service's unique name.
    unique: &'p [u8],
    location: &'p [u8],
    server: &'p [u8],
    user_agent: &'p [u8],
    name: &'p [u8],
}

impl<'p> Headers<'p> {
    fn read(bytes: &'p [u8]) -> Self {
        let mut headers = Self::default();
        for line in bytes.split(|b| *b == b'\n').skip(1).take(HEADERS_MAX) {
            let mut halves = line.splitn(2, |b| *b == b':');
            let (Some(name), Some(value)) = (halves.next(), halves.next()) else { continue };
            headers.note(name.trim_ascii(), value.trim_ascii());
        }
        headers
    }

    /// Names are not case-sensitive.
    fn note(&mut self, name: &[u8], value: &'p [u8]) {
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        if is(b"ST") || is(b"NT") {
            self.service = value;
        } else if is(b"NTS") {
            self.sub = match value {
                b"ssdp:alive" => Some(1),
                b"ssdp:byebye" => Some(2),
                b"ssdp:update" => Some(3),
                _ => None,
            };
        } else if is(b"USN") {
            self.unique = value;
        } else if is(b"LOCATION") || is(b"AL") {
            self.location = value;
        } else if is(b"SERVER") {
            self.server = value;
        } else if is(b"USER-AGENT") {
            self.user_agent = value;
        } else if is(b"CPFN.UPNP.ORG") {
            self.name = value;
        }
    }
}

fn say(cx: &mut Cx<'_>, kind: Kind, bytes: &[u8]) {
    let headers = Headers::read(bytes);
    let (code, role) = match kind {
        Kind::Search => (1, Role::Request),
        Kind::Notify => (2, Role::Event),
        Kind::Response => (1, Role::Response),
    };
    let mut op = Op::new(code, role, bytes);
    op.sub = if kind == Kind::Notify { headers.sub } else { None };
    // A search goes to everybody: it settles no client of the group's flow.
    op.proof = if kind == Kind::Response { Proof::Content } else { Proof::Context };
    op.status = if kind == Kind::Response { Status::Ok } else { Status::None };
    cx.op(&op);
    if headers.service.is_empty() {
        if !cx.cut() {
            cx.fault(spec::NO_HEADER, bytes);
        }
    } else {
        let area = spec::SERVICE;
        let name = headers.service;
        let unique = headers.unique;
        let value = if unique.is_empty() { Value::None } else { Value::Text(unique) };
        cx.item(Target { area, index: 0, count: 1, extra: 0, name }, value);
    }
    for (attribute, value) in [
        (spec::SERVER, headers.server),
        (spec::USER_AGENT, headers.user_agent),
        (spec::LOCATION, headers.location),
        (spec::NAME, headers.name),
    ] {
        if is_text(value) {
            cx.attr(attribute, value);
        }
    }
}
