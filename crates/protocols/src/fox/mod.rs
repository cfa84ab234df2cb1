//! Fox: how stations and workbenches of Tridium's Niagara speak to each other: building
//! automation of many makers is built on it. Frames are text on channels.

mod frame;
mod spec;

use crate::common::lines;
use crate::common::text::{Line, is_text};
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use frame::{Found, Header};
use spec::sub;
use vocab::{AttrSpec, Op, Proof, Role, Spec, Status, Target, Value};

/// Bytes of a frame up to which all of it is read.
const WHOLE_MAX: usize = 16_384;
/// Fields of a frame that are said.
const FIELDS_MAX: usize = 24;

/// The Fox dissector.
#[derive(Debug)]
pub struct Fox;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// In the rest of a long frame, for each direction.
    inside: [bool; 2],
}

impl Dissector for Fox {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        // `fox`, a letter, two numbers.
        let fits = |(at, byte): (usize, &u8)| match at {
            0..4 => b"fox ".get(at) == Some(byte),
            4 => byte.is_ascii_lowercase(),
            5 => *byte == b' ',
            6 => byte.is_ascii_digit(),
            _ => byte.is_ascii_digit() || matches!(byte, b' ' | b'-'),
        };
        if hint.datagram || !head.iter().take(8).enumerate().all(fits) {
            Probe::No
        } else if head.len() < 8 {
            Probe::Maybe { need: 8 }
        } else {
            Probe::Sure
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let side = cx.dir().index();
        let Some(inside) = flow.inside.get_mut(side) else { return Step::NotMine };
        let Input::Stream(bytes) = input else {
            *inside = false;
            return Step::Took { bytes: input.bytes().len() };
        };
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        if *inside {
            // Up to the line that ends the frame.
            let Some(line) = bytes.iter().position(|byte| *byte == b'\n') else {
                return if bytes.len() < WHOLE_MAX && !cx.cut() {
                    Step::Need { took: 0, more: 1 }
                } else {
                    Step::Took { bytes: bytes.len() }
                };
            };
            *inside =
                !bytes.get(..line).is_some_and(|line| line.trim_ascii_end().ends_with(b"};;"));
            return Step::Took { bytes: line.saturating_add(1) };
        }
        let window = bytes.get(..WHOLE_MAX).unwrap_or(bytes);
        match frame::find(window) {
            Found::Whole(len) => {
                say(cx, bytes.get(..len).unwrap_or(bytes));
                Step::Took { bytes: len }
            }
            Found::Open if bytes.len() < WHOLE_MAX && !cx.cut() => Step::Need { took: 0, more: 1 },
            Found::Open => {
                say(cx, window);
                *inside = true;
                Step::Took { bytes: window.len() }
            }
            Found::Bad => {
                cx.fault(spec::BAD_FRAME, bytes.get(..64).unwrap_or(bytes));
                Step::NotMine
            }
        }
    }
}

/// What a command does, by the channel it is on and the words in it: the commands are not
/// published.
fn sub_of(channel: &[u8], command: &[u8]) -> Option<u16> {
    let has = |words: &[&[u8]]| {
        words
            .iter()
            .any(|word| command.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word)))
    };
    if channel == b"fox" {
        return Some(match command {
            b"hello" => sub::HELLO,
            b"challenge" | b"authenticate" | b"login" | b"response" => sub::LOGIN,
            _ => sub::SESSION,
        });
    }
    let writes = has(&[b"write", b"set", b"put", b"add", b"remove", b"delete", b"rename", b"sync"]);
    match channel {
        b"file" | b"backup" | b"prov" | b"provisioning" => return Some(sub::FILE),
        b"user" | b"users" | b"platform" | b"license" => return Some(sub::ADMIN),
        _ => {}
    }
    if has(&[b"install", b"upload", b"download", b"backup", b"restore"]) {
        Some(sub::FILE)
    } else if has(&[b"invoke", b"action", b"ack", b"restart", b"override"]) {
        Some(sub::INVOKE)
    } else if writes {
        Some(sub::WRITE)
    } else if has(&[b"read", b"get", b"load", b"subscribe", b"list", b"query", b"resolve", b"poll"])
    {
        Some(sub::READ)
    } else {
        None
    }
}

/// Says a frame.
fn say(cx: &mut Cx<'_>, bytes: &[u8]) {
    let Some((line, head_len)) = lines::next(bytes, bytes.len()) else { return };
    let Some(header) = Header::read(line) else { return };
    let sub = sub_of(header.channel, header.command);
    let secret = sub == Some(sub::LOGIN) || header.channel == b"user";
    let role = match header.kind {
        b's' => Role::Request,
        b'r' | b'e' => Role::Response,
        _ => Role::Event,
    };
    // Each side counts its frames on its own.
    let key = |dir: vocab::Dir, number: u64| number << 1 | u64::from(dir.index() != 0);
    let tx = match role {
        Role::Request => Some(key(cx.dir(), header.number)),
        Role::Response => header.answers.map(|number| key(cx.dir().flip(), number)),
        Role::Event => None,
    };
    let known = matches!(header.kind, b'a' | b's' | b'r');
    cx.op(&Op {
        sub: sub.filter(|_| known),
        proof: Proof::Context,
        tx,
        args: Some([header.number, header.answers.unwrap_or(0), 0, 0]),
        status: match header.kind {
            b'r' => Status::Ok,
            b'e' => Status::Error(0),
            _ => Status::None,
        },
        // A login's secrets are not kept.
        ..Op::new(u32::from(header.kind), role, if secret { line } else { bytes })
    });
    let extra = vocab::sat_u32(header.channel.len());
    let target = Target { area: spec::COMMAND, index: 0, count: 0, extra, name: header.both };
    cx.item(target, Value::None);
    if header.channel == b"fox" && header.command == b"challenge" {
        // The station asks, whoever connects answers.
        cx.settle(false);
    }
    let body = bytes.get(head_len..).unwrap_or(&[]);
    match sub {
        Some(sub::HELLO) => hello(cx, body),
        Some(sub::LOGIN) => {
            for (_, name) in frame::fields(body).filter(|(key, _)| *key == b"username") {
                cx.attr(spec::USER, name);
            }
        }
        _ if secret => {}
        _ => {
            for (key, value) in frame::fields(body).take(FIELDS_MAX) {
                let value = if is_text(value) { Value::Text(value) } else { Value::Bytes(value) };
                let field = Target { area: spec::FIELD, index: 0, count: 0, extra: 0, name: key };
                cx.item(field, value);
            }
        }
    }
}

/// Both sides say who they are.
fn hello(cx: &mut Cx<'_>, body: &[u8]) {
    let (mut os, mut vm) = ([&[][..]; 2], [&[][..]; 2]);
    for (key, value) in frame::fields(body) {
        let spec: &'static AttrSpec = match key {
            b"station.name" => spec::STATION,
            // Some stations give their address for a name.
            b"hostName" if lines::host_name(value).is_some() => spec::HOST,
            b"hostAddress" => spec::ADDRESS,
            b"app.name" => spec::APP,
            b"app.version" => spec::VERSION,
            b"brandId" => spec::BRAND,
            b"hostId" => spec::HOST_ID,
            b"os.name" => {
                os[0] = value;
                continue;
            }
            b"os.version" => {
                os[1] = value;
                continue;
            }
            b"vm.name" => {
                vm[0] = value;
                continue;
            }
            b"vm.version" => {
                vm[1] = value;
                continue;
            }
            _ => continue,
        };
        cx.attr(spec, value);
    }
    for (spec, [name, version]) in [(spec::OS, os), (spec::VM, vm)] {
        let line: Line<128> =
            Line::of(format_args!("{} {}", Value::Text(name), Value::Text(version)));
        cx.attr(spec, line.bytes());
    }
}
