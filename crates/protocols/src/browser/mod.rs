//! The NetBIOS datagram service, and in it the browser protocol: Windows hosts announce
//! themselves, their work group and what they run.

mod mailslot;
mod spec;

use crate::common::domain;
use crate::common::netbios::NetbiosName;
use crate::common::{address, text};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Host, Op, Role, Spec, Status, Subject, Value};

/// Type, flags, number, source address and port.
const HEADER: usize = 10;

/// The NetBIOS datagram dissector.
#[derive(Debug)]
pub struct Browser;

impl Dissector for Browser {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        match head {
            [0x10..=0x12, flags, ..] if flags & 0xf0 == 0 && head.get(14) == Some(&0x20) => {
                Probe::Sure
            }
            [0x13..=0x16, flags, ..] if flags & 0xf0 == 0 && head.len() > HEADER => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let Some(datagram) = Datagram::read(bytes) else { return Step::NotMine };
        datagram.say(cx, bytes);
        Step::Took { bytes: bytes.len() }
    }
}

/// A datagram. RFC 1002 §4.4.1.
struct Datagram<'p> {
    kind: u8,
    flags: u8,
    number: u16,
    source_ip: &'p [u8],
    source: Option<NetbiosName>,
    destination: Option<NetbiosName>,
    /// The content of a data packet, or the rest of any other.
    rest: &'p [u8],
    /// The length does not fit.
    short: bool,
}

impl<'p> Datagram<'p> {
    fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let (kind, flags, number) = (at.u8()?, at.u8()?, at.be16()?);
        let source_ip = at.take(4)?;
        let _port = at.be16()?;
        let mut datagram = Self {
            kind,
            flags,
            number,
            source_ip,
            source: None,
            destination: None,
            rest: at.rest(),
            short: false,
        };
        match kind {
            0x10..=0x12 => datagram.read_data(at)?,
            0x13 => {}
            0x14..=0x16 => datagram.destination = name(&mut at),
            _ => return None,
        }
        Some(datagram)
    }

    /// Length, offset, two names, content. The length counts from the first name on.
    fn read_data(&mut self, mut at: Cursor<'p>) -> Option<()> {
        let (len, _offset) = (usize::from(at.be16()?), at.be16()?);
        // Some count the ten bytes of the header and these four too.
        self.short = len > at.len().saturating_add(HEADER).saturating_add(4);
        // A later fragment has the names too. RFC 1002 §5.3.1.
        let mut at = Cursor::new(at.take_up_to(len));
        self.source = name(&mut at);
        self.destination = name(&mut at);
        self.rest = at.rest();
        Some(())
    }

    /// The sender, or the host that it passes the datagram on for.
    fn subject(&self, cx: &Cx<'_>) -> Subject {
        match address::ip(self.source_ip) {
            Some(ip) if !ip.is_unspecified() && ip != cx.headers().src.to_ip() => {
                Subject::Host(Host::Ip(ip))
            }
            _ => Subject::Sender,
        }
    }

    fn say(&self, cx: &mut Cx<'_>, bytes: &[u8]) {
        let first = self.flags & 2 != 0;
        let is_data = matches!(self.kind, 0x10 | 0x11) && first;
        let frame = if is_data { mailslot::browser_frame(self.rest) } else { None };
        let role = match self.kind {
            0x14 => Role::Request,
            0x15 | 0x16 => Role::Response,
            _ => Role::Event,
        };
        let mut op = Op::new(u32::from(self.kind), role, bytes);
        op.sub = frame.and_then(<[u8]>::first).map(|code| u16::from(*code));
        let server_type = frame.map_or(0, mailslot::server_type);
        let number = u64::from(self.number);
        op.args = Some([u64::from(self.flags), number, u64::from(server_type), 0]);
        if let (0x13, Some(error)) = (self.kind, self.rest.first()) {
            op.status = Status::Error(u32::from(*error));
        }
        cx.op(&op);
        self.check(cx, bytes);
        let of = self.subject(cx);
        if let Some(name) = &self.destination {
            cx.item(name.target(spec::RECEIVER), Value::None);
        }
        self.say_names(cx, of);
        if let Some(frame) = frame {
            mailslot::say(cx, of, frame);
        }
    }

    fn check(&self, cx: &mut Cx<'_>, bytes: &[u8]) {
        if cx.cut() {
            return;
        }
        let names = self.source.is_some() && self.destination.is_some();
        if self.short {
            cx.fault(spec::BAD_LENGTH, bytes.get(HEADER..).unwrap_or(bytes));
        } else if matches!(self.kind, 0x10..=0x12) && !names {
            cx.fault(spec::BAD_NAME, bytes.get(HEADER..).unwrap_or(bytes));
        }
    }

    /// The sender's own name, and the work group that it speaks to. [MS-NBTE] §2.2.1.
    fn say_names(&self, cx: &mut Cx<'_>, of: Subject) {
        if let Some(source) = self.source.filter(|name| matches!(name.suffix(), 0x00 | 0x20))
            && text::is_text(source.text())
        {
            cx.attr_of(of, spec::SOURCE, source.text());
        }
        if let Some(group) = self.destination.filter(|name| matches!(name.suffix(), 0x1d | 0x1e))
            && text::is_text(group.text())
        {
            cx.attr_of(of, spec::WORK_GROUP, group.text());
        }
    }
}

/// A name as a label of 32 letters, a scope behind it if there is one.
fn name(at: &mut Cursor<'_>) -> Option<NetbiosName> {
    let message = at.rest();
    let mut inner = Cursor::new(message);
    let name = NetbiosName::decode(domain::first_label(message, &mut inner)?)?;
    at.skip(inner.position())?;
    Some(name)
}
