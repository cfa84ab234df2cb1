//! FTP's control connection: commands and replies as lines. Files themselves go over connections
//! of their own, which nothing but these lines could name.

mod spec;

use crate::common::lines;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Status, Target, Value};

/// Bytes of a line that are read.
const LINE_MAX: usize = 1_024;
/// Lines of a greeting that are said.
const GREETING_MAX: u8 = 8;

/// The FTP dissector.
#[derive(Debug)]
pub struct Ftp;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Commands seen.
    asked: u32,
    /// Replies that end a command, as far as their command was seen.
    answered: u32,
    /// The code of a reply of several lines, 0 outside one.
    code: u16,
    /// Lines of the greeting said.
    greeting: u8,
}

impl Dissector for Ftp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.bound { probe_line(head) } else { probe_greeting(head) }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        if let Input::Gap { .. } = input {
            flow.answered = flow.asked;
            flow.code = 0;
        }
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        let (line, taken) = match lines::next(bytes, LINE_MAX) {
            Some(found) => found,
            None if cx.cut() => (bytes, bytes.len()),
            None if bytes.len() < LINE_MAX => return Step::Need { took: 0, more: 1 },
            None => {
                let line = bytes.get(..LINE_MAX).unwrap_or(bytes);
                cx.fault(spec::LINE_TOO_LONG, line);
                return Step::Resync { took: line.len() };
            }
        };
        // An abort comes behind signals of telnet. RFC 959 §4.1.3.
        let signals = line.iter().take_while(|b| **b >= 0xf0).count();
        let line = line.get(signals..).unwrap_or(&[]);
        let digit = line.first().is_none_or(u8::is_ascii_digit);
        let of_server = match cx.from_client() {
            Some(from_client) => digit || !from_client,
            None => digit || flow.code != 0,
        };
        if !of_server {
            command(flow, cx, line);
        } else if reply(flow, cx, line) {
            return Step::NotMine;
        }
        Step::Took { bytes: taken }
    }
}

/// On its own port a known command or a reply's code is enough.
fn probe_line(head: &[u8]) -> Probe {
    let need = Probe::Maybe { need: head.len().saturating_add(1) };
    match *head {
        [b'1'..=b'5', b'0'..=b'7', b'0'..=b'9', b' ' | b'-', ..] => return Probe::Sure,
        []
        | [b'1'..=b'5']
        | [b'1'..=b'5', b'0'..=b'7']
        | [b'1'..=b'5', b'0'..=b'7', b'0'..=b'9'] => return need,
        _ => {}
    }
    let word = head.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let name = head.get(..word).unwrap_or(&[]);
    match head.get(word) {
        Some(b' ' | b'\r' | b'\n') if code_of(name).is_some() => Probe::Sure,
        None if word <= 4 => need,
        _ => Probe::No,
    }
}

/// Elsewhere a greeting that says what it is.
fn probe_greeting(head: &[u8]) -> Probe {
    let head = head.get(..LINE_MAX.min(512)).unwrap_or(head);
    let need = Probe::Maybe { need: head.len().saturating_add(1) };
    match *head {
        [b'2', b'2', b'0', b' ' | b'-', ..] => {}
        [] | [b'2'] | [b'2', b'2'] | [b'2', b'2', b'0'] => return need,
        _ => return Probe::No,
    }
    let Some((line, _)) = lines::next(head, head.len()) else {
        return if head.len() < 512 { need } else { Probe::No };
    };
    let says = |word: &[u8]| line.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word));
    if says(b"FTP") && !says(b"SMTP") { Probe::Sure } else { Probe::No }
}

fn code_of(name: &[u8]) -> Option<u32> {
    let known = spec::COMMANDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    known.map(|(_, code)| *code)
}

/// A command. RFC 959 §5.3.
fn command(flow: &mut Flow, cx: &mut Cx<'_>, line: &[u8]) {
    let (name, argument) = lines::split(line, b' ').unwrap_or((line, &[]));
    if name.is_empty() || !name.iter().all(u8::is_ascii_alphabetic) {
        cx.fault(spec::BAD_LINE, name);
        return;
    }
    flow.asked = flow.asked.wrapping_add(1);
    flow.code = 0;
    let code = code_of(name).unwrap_or(spec::OTHER);
    // What is secret is not kept as evidence.
    let secret = matches!(code, spec::PASSWORD | spec::ACCOUNT);
    let pdu = if secret { name } else { line };
    cx.op(&Op { tx: Some(u64::from(flow.asked)), ..Op::new(code, Role::Request, pdu) });
    let argument = lines::trim(argument);
    if code == spec::USER_NAME {
        cx.attr(spec::USER, argument);
    }
    if spec::names_file(code) && !argument.is_empty() {
        let target = Target { area: spec::FILE, index: 0, count: 0, extra: 0, name: argument };
        cx.item(target, Value::None);
    }
}

/// A line of a reply. RFC 959 §4.2. True when what follows is another protocol.
fn reply(flow: &mut Flow, cx: &mut Cx<'_>, line: &[u8]) -> bool {
    let (digits, rest) = line.split_at_checked(3).unwrap_or((&[], line));
    let code = lines::decimal(digits).and_then(|n| u16::try_from(n).ok());
    let code = code.filter(|_| matches!(rest.first(), None | Some(b' ' | b'-')));
    let text = rest.get(1..).unwrap_or(&[]);
    if flow.code != 0 {
        // Inside a reply of several lines; it ends with its code and a blank.
        let same = code == Some(flow.code);
        greet(flow, cx, flow.code, if same { text } else { line });
        if same && rest.first() != Some(&b'-') {
            flow.code = 0;
        }
        return false;
    }
    let Some(code) = code else {
        if !line.is_empty() && !cx.cut() {
            cx.fault(spec::BAD_LINE, line);
        }
        return false;
    };
    if rest.first() == Some(&b'-') {
        flow.code = code;
    }
    let answers = answer(flow, cx, code, line);
    if answers == spec::UNASKED {
        greet(flow, cx, code, text);
    }
    if answers == spec::SYST && code == 215 {
        cx.attr(spec::SYSTEM, text);
    }
    // Security begins: what follows is encrypted. RFC 2228 §3, RFC 4217 §4.
    answers == spec::AUTH && code == 234
}

/// Says a reply; returns the operation that it answers.
fn answer(flow: &mut Flow, cx: &mut Cx<'_>, code: u16, line: &[u8]) -> u32 {
    let mut op = Op::new(spec::UNASKED, Role::Response, line);
    if flow.asked != flow.answered {
        let tx = u64::from(flow.answered.wrapping_add(1));
        op.code = cx.pending(tx).map_or(spec::UNASKED, |asked| asked.code);
        // A reply that begins with 1 announces another one. RFC 959 §4.2.1.
        if code >= 200 {
            op.tx = Some(tx);
            flow.answered = flow.answered.wrapping_add(1);
        }
    }
    op.args = Some([u64::from(code), 0, 0, 0]);
    op.status = if code >= 400 { Status::Error(u32::from(code)) } else { Status::Ok };
    cx.op(&op);
    op.code
}

/// Says a line of the greeting, which comes before any command.
fn greet(flow: &mut Flow, cx: &mut Cx<'_>, code: u16, text: &[u8]) {
    if code == 220 && flow.asked == 0 && flow.greeting < GREETING_MAX {
        flow.greeting = flow.greeting.saturating_add(1);
        cx.attr(spec::GREETING, text);
    }
}
