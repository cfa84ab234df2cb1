//! What messages in the format of DNS say, for DNS itself, multicast DNS and LLMNR.

use crate::common::domain::{self, Header, Name, Question, Record};
use crate::common::text::is_text;
use crate::common::{address, text::Line};
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, AttrSpec, FaultSpec, Host, Status, Subject, Value};

/// Most questions and records said of one message.
pub(crate) const ENTRIES_MAX: usize = 64;

/// What a protocol calls its parts.
pub(crate) struct Profile {
    /// Names asked for.
    pub(crate) question: &'static Area,
    /// Records given.
    pub(crate) record: &'static Area,
    /// The name of a host whose address stands in a record.
    pub(crate) host: &'static AttrSpec,
    /// Every address named here is of this link; else only private addresses are hosts.
    pub(crate) link_local: bool,
    /// More entries claimed than there are.
    pub(crate) bad_counts: &'static FaultSpec,
    /// A name or a record that cannot be read.
    pub(crate) bad_name: &'static FaultSpec,
}

/// How a response ended.
pub(crate) fn status(header: &Header) -> Status {
    match (header.is_response(), header.rcode()) {
        (false, _) => Status::None,
        (true, 0) => Status::Ok,
        (true, error) => Status::Error(error),
    }
}

/// The operation's arguments: flags, and how many questions, answers and further records.
pub(crate) fn arguments(header: &Header) -> [u64; 4] {
    let [questions, answers, authorities, additional] = header.counts;
    let further = u64::from(authorities).saturating_add(u64::from(additional));
    [u64::from(header.flags), u64::from(questions), u64::from(answers), further]
}

/// Says questions and records; `each` sees every record.
pub(crate) fn entries<'p>(
    cx: &mut Cx<'_>,
    profile: &Profile,
    header: &Header,
    message: &'p [u8],
    mut each: impl FnMut(&mut Cx<'_>, &Record<'p>),
) {
    if read_entries(cx, profile, header, message, &mut each).is_none() && !cx.cut() {
        let fits = header.fits(message.len());
        cx.fault(if fits { profile.bad_name } else { profile.bad_counts }, message);
    }
}

fn read_entries<'p>(
    cx: &mut Cx<'_>,
    profile: &Profile,
    header: &Header,
    message: &'p [u8],
    each: &mut impl FnMut(&mut Cx<'_>, &Record<'p>),
) -> Option<()> {
    let mut at = Cursor::new(message);
    at.skip(Header::LEN)?;
    let [questions, ..] = header.counts;
    for _ in 0..usize::from(questions).min(ENTRIES_MAX) {
        let question = Question::read(message, &mut at)?;
        cx.item(domain::target(profile.question, &question.name, question.kind), Value::None);
    }
    if usize::from(questions) > ENTRIES_MAX {
        return Some(());
    }
    for _ in 0..header.records().min(ENTRIES_MAX) {
        let record = Record::read(message, &mut at)?;
        say_record(cx, profile, message, &record);
        each(cx, &record);
    }
    Some(())
}

/// A record with its value, and the host it names.
fn say_record(cx: &mut Cx<'_>, profile: &Profile, message: &[u8], record: &Record<'_>) {
    // 41 is EDNS: no record of a name. RFC 6891 §6.1.
    if record.kind == 41 {
        return;
    }
    let target = domain::target(profile.record, &record.name, record.kind);
    match record.kind {
        1 | 28 => match address::ip(record.data) {
            Some(ip) => {
                cx.item(target, Value::Text(line!("{ip}").bytes()));
                say_host(cx, profile, &record.name, ip);
            }
            None => cx.item(target, Value::Bytes(record.data)),
        },
        2 | 5 | 12 => say_name(cx, target, record, record.inner_name(message, 0).as_ref()),
        // Preference, then the name. RFC 1035 §3.3.9.
        15 => say_name(cx, target, record, record.inner_name(message, 2).as_ref()),
        33 => say_service(cx, target, message, record),
        16 => cx.item(target, Value::Text(first_string(record.data))),
        _ => cx.item(target, Value::Bytes(record.data)),
    }
}

fn say_name(cx: &mut Cx<'_>, target: vocab::Target<'_>, record: &Record<'_>, name: Option<&Name>) {
    match name {
        Some(name) => cx.item(target, Value::Text(name.bytes())),
        None => cx.item(target, Value::Bytes(record.data)),
    }
}

/// Priority, weight, port, host: `plc-3.local:80`. RFC 2782.
fn say_service(cx: &mut Cx<'_>, target: vocab::Target<'_>, message: &[u8], record: &Record<'_>) {
    let (Some(host), &[_, _, _, _, high, low, ..]) = (record.inner_name(message, 6), record.data)
    else {
        cx.item(target, Value::Bytes(record.data));
        return;
    };
    let port = u16::from_be_bytes([high, low]);
    let host = core::str::from_utf8(host.bytes()).unwrap_or("");
    let shown = Line::<264>::of(format_args!("{host}:{port}"));
    cx.item(target, Value::Text(shown.bytes()));
}

/// The name of a host on this site. A name of a host elsewhere tells nothing of the plant.
fn say_host(cx: &mut Cx<'_>, profile: &Profile, name: &Name, ip: core::net::IpAddr) {
    let concerns = profile.link_local || address::is_local(ip);
    if !concerns || ip.is_unspecified() || ip.is_loopback() || !is_text(name.bytes()) {
        return;
    }
    let own = ip == cx.headers().src.to_ip();
    let of = if own { Subject::Sender } else { Subject::Host(Host::Ip(ip)) };
    cx.attr_of(of, profile.host, name.bytes());
}

/// The first string of a text record.
fn first_string(data: &[u8]) -> &[u8] {
    data.split_first().map_or(&[], |(len, rest)| rest.get(..usize::from(*len)).unwrap_or(rest))
}
