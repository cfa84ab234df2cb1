//! The NetBIOS name service: Windows hosts and many embedded ones register their names, ask for
//! those of others, and list all they have when asked.

mod spec;

use crate::common::domain::{self, Header};
use crate::common::netbios::NetbiosName;
use crate::common::{address, text};
use crate::line;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Host, Op, Role, Spec, Status, Subject, Value};

/// A name with its holders. RFC 1002 §4.2.1.3.
const NB: u16 = 0x20;
/// The status of a node.
const NBSTAT: u16 = 0x21;
/// Most records or names read of one message.
const ENTRIES_MAX: usize = 64;

/// The NetBIOS name service dissector.
#[derive(Debug)]
pub struct Nbns;

impl Dissector for Nbns {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        // The first name is a label of 32 letters, or a pointer.
        let named = matches!(head.get(Header::LEN), Some(0x20 | 0xc0));
        match Header::read(head) {
            Some(header) if named && is_opcode(header.opcode()) => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let Some(header) = Header::read(bytes).filter(|h| is_opcode(h.opcode())) else {
            return Step::NotMine;
        };
        say_operation(cx, &header, bytes);
        if say_entries(cx, &header, bytes).is_none() && !cx.cut() {
            let fault = if header.fits(bytes.len()) { spec::BAD_NAME } else { spec::BAD_COUNTS };
            cx.fault(fault, bytes);
        }
        Step::Took { bytes: bytes.len() }
    }
}

fn is_opcode(opcode: u32) -> bool {
    matches!(opcode, 0 | 5..=9 | 15)
}

fn say_operation(cx: &mut Cx<'_>, header: &Header, bytes: &[u8]) {
    let [questions, answers, ..] = header.counts;
    let role = if header.is_response() { Role::Response } else { Role::Request };
    let mut op = Op::new(header.opcode(), role, bytes);
    op.args = Some([u64::from(questions), u64::from(answers), u64::from(header.flags), 0]);
    // What goes to everybody is answered in another flow, if at all.
    if cx.headers().dst_mac.is_unicast() {
        op.tx = Some(u64::from(header.id));
    }
    if header.is_response() {
        op.status = match header.rcode() {
            0 => Status::Ok,
            error => Status::Error(error),
        };
    }
    cx.op(&op);
}

/// Questions, then records of all kinds; `None` where one cannot be read.
fn say_entries(cx: &mut Cx<'_>, header: &Header, bytes: &[u8]) -> Option<()> {
    let mut at = Cursor::new(bytes);
    at.skip(Header::LEN)?;
    let [questions, ..] = header.counts;
    let registers = !header.is_response() && header.records() > 0;
    for _ in 0..usize::from(questions).min(ENTRIES_MAX) {
        let name = NetbiosName::decode(domain::first_label(bytes, &mut at)?);
        at.skip(4)?; // type and class
        // A registration repeats its name in the record behind.
        if let (Some(name), false) = (name, registers) {
            cx.item(name.target(spec::NAME), Value::None);
        }
    }
    for _ in 0..header.records().min(ENTRIES_MAX) {
        let name = NetbiosName::decode(domain::first_label(bytes, &mut at)?);
        let (kind, _class, _ttl) = (at.be16()?, at.be16()?, at.be32()?);
        let len = usize::from(at.be16()?);
        let data = at.take(len)?;
        match (kind, name) {
            (NB, Some(name)) => say_holders(cx, &name, data, is_claim(header)),
            (NBSTAT, _) => say_status(cx, data),
            _ => {}
        }
    }
    Some(())
}

/// The record says who holds the name: a registration, a refresh, a positive answer. A release and
/// a refusal say the contrary.
fn is_claim(header: &Header) -> bool {
    let failed = header.is_response() && header.rcode() != 0;
    matches!(header.opcode(), 0 | 5 | 8 | 9 | 15) && !failed
}

/// Flags and address of each holder. RFC 1002 §4.2.2.
fn say_holders(cx: &mut Cx<'_>, name: &NetbiosName, data: &[u8], claims: bool) {
    for holder in data.chunks_exact(6).take(ENTRIES_MAX) {
        let [flags, _, bytes @ ..] = holder else { return };
        let group = flags & 0x80 != 0;
        let Some(ip) = address::ip(bytes) else { return };
        let shown = line!("{ip}");
        cx.item(name.target(spec::NAME), Value::Text(shown.bytes()));
        // Everybody in a group answers for it: its address may be that of all.
        let known = !(ip.is_unspecified() || ip == core::net::IpAddr::from([255; 4]));
        if claims && known {
            let own = ip == cx.headers().src.to_ip();
            let of = if own { Subject::Sender } else { Subject::Host(Host::Ip(ip)) };
            say_name(cx, of, name, group);
        }
    }
}

/// All names of a node, then its statistics, which begin with the MAC address. RFC 1002 §4.2.18.
fn say_status(cx: &mut Cx<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    let count = usize::from(at.u8().unwrap_or(0));
    for _ in 0..count.min(ENTRIES_MAX) {
        let (Some(name), Some(flags)) = (at.chunk(), at.be16()) else { return };
        let name = NetbiosName::new(*name);
        cx.item(name.target(spec::NAME), Value::None);
        say_name(cx, Subject::Sender, &name, flags & 0x8000 != 0);
    }
    let Some(mac) = at.chunk::<6>().and_then(|mac| address::mac(mac)) else { return };
    if mac.is_unicast() {
        cx.attr(spec::UNIT, line!("{mac}").bytes());
        cx.bind(mac, cx.headers().src.to_ip());
    }
}

/// What a name tells of its holder, by the kind of service. [MS-NBTE] §2.2.1.
fn say_name(cx: &mut Cx<'_>, of: Subject, name: &NetbiosName, group: bool) {
    let value = name.text();
    if !text::is_text(value) {
        return;
    }
    match (name.suffix(), group) {
        (0x00, false) => cx.attr_of(of, spec::HOST, value),
        (0x20, false) => cx.attr_of(of, spec::FILE_SERVER, value),
        (0x00 | 0x1e, true) => cx.attr_of(of, spec::GROUP, value),
        (0x1d, false) => cx.attr_of(of, spec::BROWSER, value),
        (0x1b, false) | (0x1c, true) => {
            cx.attr_of(of, spec::BROWSER, value);
            cx.attr_of(of, spec::ROLE, b"domain-controller");
        }
        _ => {}
    }
}
