//! Literate cases: prose and bytes with the facts expected of them, in a Markdown file beside the
//! protocol.
//!
//! ````text
//! ## Title
//! Prose with the clause.
//!
//! ```tcp 50000 > 502            bytes of one segment in hexadecimal; `#` starts a comment
//! 0001 0000 0006 01 03 0000 0002
//! ```
//! ```tcp 50000 < 502            the way back
//! ```
//! ```facts                      all facts since the last such block
//! ```
//! ````
//! Carriers: `tcp A > B`, `udp A > B`, `udp A > B broadcast`, `ether 88b8`, `llc 42`,
//! `snap 00000c 2000`, `ip 89`, `link 165`. A title starts a new engine. `open` behind `tcp A > B`
//! sends the connection's set-up first.

use crate::facts::Facts;
use crate::frames::{Ends, Session, ethernet, ipv4, llc, udp};
use decode::LinkType;
use dissect::{Engine, Limits, Registry};
use std::path::Path;
use vocab::Mac;

/// What a message is carried in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// A TCP segment; the flag asks for the connection's set-up before it.
    Tcp(u16, u16, bool),
    /// A UDP datagram; the flag sends it to everybody.
    Udp(u16, u16, bool),
    /// A frame with an EtherType.
    Ether(u16),
    /// A frame with an LLC header.
    Llc(u8),
    /// A frame with a SNAP header.
    Snap([u8; 3], u16),
    /// An IP packet with a protocol number.
    Ip(u8),
    /// A whole frame of a link layer.
    Link(u16),
}

/// One block of bytes.
#[derive(Clone, Debug)]
pub struct Message {
    /// What it is carried in.
    pub carrier: Carrier,
    /// From the left end of the carrier's arrow to the right one.
    pub there: bool,
    /// Payload bytes.
    pub bytes: Vec<u8>,
}

/// Where a facts block stands in its file: byte range of its content.
pub type Place = std::ops::Range<usize>;

/// A title with its messages and expected facts.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// The title.
    pub title: String,
    /// Messages in order; each facts block covers those since the one before.
    pub steps: Vec<Step>,
}

/// Messages with the facts expected of them.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// The messages.
    pub messages: Vec<Message>,
    /// The expected facts.
    pub facts: String,
    /// Where they stand in the file.
    pub place: Place,
}

impl Case {
    /// All messages of the case.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.steps.iter().flat_map(|step| &step.messages)
    }

    /// The frames that carry the messages, whole.
    pub fn frames(&self) -> Vec<(LinkType, Vec<u8>)> {
        let mut maker = Maker::default();
        self.messages().flat_map(|message| maker.frames(message)).collect()
    }

    /// The facts of the whole case.
    pub fn facts<R: Registry>(&self) -> String {
        facts_of::<R>(&self.frames())
    }
}

/// The facts of frames, a millisecond apart.
pub fn facts_of<R: Registry>(frames: &[(LinkType, Vec<u8>)]) -> String {
    let mut engine = Engine::<R>::new(Limits::tiny());
    let mut facts = Facts::<R>::default();
    let mut clock = Session::new(Ends::new(0, 0));
    for (link, bytes) in frames {
        engine.handle_frame(&clock.linked(bytes, *link), &mut facts);
    }
    engine.finish(&mut facts);
    facts.text
}

/// Makes frames of messages, TCP sequence numbers kept per connection.
#[derive(Default)]
pub(crate) struct Maker {
    sessions: Vec<((u16, u16), Session)>,
}

impl Maker {
    pub(crate) fn frames(&mut self, message: &Message) -> Vec<(LinkType, Vec<u8>)> {
        let ends = |a: u16, b: u16| {
            let ends = Ends::new(a, b);
            if message.there { ends } else { ends.back() }
        };
        let group = Ends { dst_mac: Mac([1, 0x0c, 0xcd, 1, 0, 1]), ..ends(0, 0) };
        let one = |frame: Vec<u8>| vec![(LinkType::ETHERNET, frame)];
        match message.carrier {
            Carrier::Tcp(a, b, open) => {
                let at = self.sessions.iter().position(|(ports, _)| *ports == (a, b));
                let at = at.unwrap_or_else(|| {
                    self.sessions.push(((a, b), Session::new(Ends::new(a, b))));
                    self.sessions.len() - 1
                });
                let session = &mut self.sessions[at].1;
                let mut frames = if open { session.open().to_vec() } else { Vec::new() };
                if !message.bytes.is_empty() {
                    frames.push(session.segment(message.there, &message.bytes));
                }
                frames.into_iter().map(|frame| (LinkType::ETHERNET, frame)).collect()
            }
            Carrier::Udp(a, b, false) => one(udp(&ends(a, b), &message.bytes)),
            Carrier::Udp(a, b, true) => one(udp(&ends(a, b).broadcast(), &message.bytes)),
            Carrier::Ether(kind) => one(ethernet(&group, kind, &message.bytes)),
            Carrier::Llc(sap) => one(llc(&group, sap, &message.bytes)),
            Carrier::Snap(oui, pid) => {
                let mut body = oui.to_vec();
                body.extend(pid.to_be_bytes());
                body.extend(&message.bytes);
                one(llc(&group, 0xaa, &body))
            }
            Carrier::Ip(proto) => one(ipv4(&ends(0, 0), proto, &message.bytes)),
            Carrier::Link(link) => vec![(LinkType(link), message.bytes.clone())],
        }
    }
}

/// Reads a cases file.
pub fn read(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut fence: Option<(String, usize)> = None;
    let mut at = 0usize;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        match (&fence, line.strip_prefix("```")) {
            (None, Some(info)) if !info.is_empty() => fence = Some((info.to_owned(), at)),
            (Some((info, from)), Some("")) => {
                let content = text.get(*from..start).unwrap_or("");
                block(&mut cases, info, content, *from..start);
                fence = None;
            }
            (None, None) => {
                if let Some(title) = line.strip_prefix("## ") {
                    cases.push(Case { title: title.to_owned(), steps: Vec::new() });
                }
            }
            _ => {}
        }
    }
    cases.retain(|case| !case.steps.is_empty());
    cases
}

fn block(cases: &mut [Case], info: &str, content: &str, place: Place) {
    let Some(case) = cases.last_mut() else { return };
    if info == "facts" {
        if let Some(step) = case.steps.last_mut() {
            content.clone_into(&mut step.facts);
            step.place = place;
        }
        return;
    }
    let Some((carrier, there)) = carrier(info) else { return };
    let message = Message { carrier, there, bytes: hex(content) };
    match case.steps.last_mut().filter(|step| step.place.is_empty()) {
        Some(step) => step.messages.push(message),
        None => case.steps.push(Step { messages: vec![message], ..Step::default() }),
    }
}

fn carrier(info: &str) -> Option<(Carrier, bool)> {
    let words: Vec<&str> = info.split_whitespace().collect();
    let port = |i: usize| words.get(i).and_then(|word| word.parse::<u16>().ok());
    let there = words.get(2) != Some(&"<");
    let word = words.get(1).copied().unwrap_or("");
    let carrier = match *words.first()? {
        "tcp" => Carrier::Tcp(port(1)?, port(3)?, words.contains(&"open")),
        "udp" => Carrier::Udp(port(1)?, port(3)?, words.contains(&"broadcast")),
        "ether" => Carrier::Ether(u16::from_str_radix(word, 16).ok()?),
        "llc" => Carrier::Llc(u8::from_str_radix(word, 16).ok()?),
        "snap" => {
            let oui: [u8; 3] = hex(word).try_into().ok()?;
            Carrier::Snap(oui, u16::from_str_radix(words.get(2)?, 16).ok()?)
        }
        "ip" => Carrier::Ip(word.parse().ok()?),
        "link" => Carrier::Link(word.parse().ok()?),
        _ => return None,
    };
    Some((carrier, there))
}

/// Hexadecimal digits with any blanks; the rest of a line after `#` is a comment; text in double
/// quotes stands for its bytes.
fn hex(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in text.lines() {
        let mut digits = String::new();
        for (i, part) in line.split('"').enumerate() {
            if i % 2 == 1 {
                bytes.extend(part.bytes());
                continue;
            }
            let (code, comment) = part.split_once('#').map_or((part, false), |(c, _)| (c, true));
            digits.extend(code.chars().filter(char::is_ascii_hexdigit));
            let pairs: Vec<char> = std::mem::take(&mut digits).chars().collect();
            bytes.extend(
                pairs.chunks_exact(2).filter_map(|pair| {
                    u8::from_str_radix(&pair.iter().collect::<String>(), 16).ok()
                }),
            );
            if comment {
                break;
            }
        }
    }
    bytes
}

/// Runs a file's cases and compares. With `UPDATE_CASES` set in the environment, writes the facts
/// seen into the file instead: read the difference before you keep it.
///
/// Returns what differs, empty when all is as expected.
pub fn run_file<R: Registry>(path: &Path) -> String {
    let Ok(mut text) = std::fs::read_to_string(path) else {
        return format!("cannot read {}", path.display());
    };
    #[expect(clippy::disallowed_methods, reason = "a test's own switch")]
    let update = std::env::var("UPDATE_CASES").is_ok();
    let mut differences = String::new();
    let mut seen = Vec::new();
    for case in read(&text) {
        let mut engine = Engine::<R>::new(Limits::tiny());
        let mut maker = Maker::default();
        let mut clock = Session::new(Ends::new(0, 0));
        for step in &case.steps {
            let mut facts = Facts::<R>::default();
            for message in &step.messages {
                for (link, bytes) in maker.frames(message) {
                    engine.handle_frame(&clock.linked(&bytes, link), &mut facts);
                }
            }
            if facts.text != step.facts {
                differences += &format!(
                    "{}: {}\nexpected:\n{}seen:\n{}\n",
                    path.display(),
                    case.title,
                    step.facts,
                    facts.text
                );
            }
            seen.push((step.place.clone(), facts.text));
        }
    }
    if update {
        for (place, facts) in seen.into_iter().rev().filter(|(place, _)| place.start != 0) {
            text.replace_range(place, &facts);
        }
        return std::fs::write(path, text).err().map(|e| e.to_string()).unwrap_or_default();
    }
    differences
}
