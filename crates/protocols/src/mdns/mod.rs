//! Multicast DNS: hosts tell their neighbours their names, addresses and services.

mod spec;

use crate::common::domain::{Header, Record};
use crate::common::text::is_text;
use crate::dns::{self, say};
use crate::line;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{AttrSpec, Op, Proof, Role, Spec};

/// Most strings read of one text record.
const STRINGS_MAX: usize = 64;

/// The multicast DNS dissector.
#[derive(Debug)]
pub struct Mdns;

impl Dissector for Mdns {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        // The opcode is always that of a query. RFC 6762 §18.3.
        match Header::read(head) {
            Some(header) if header.opcode() == 0 && dns::is_message(head) => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let message = input.bytes();
        let Some(header) = Header::read(message) else { return Step::NotMine };
        say_operation(cx, &header, message);
        let tells = header.is_response();
        say::entries(cx, &spec::PROFILE, &header, message, |cx, record| {
            if tells {
                say_record(cx, record);
            }
        });
        Step::Took { bytes: message.len() }
    }
}

/// Questions and announcements go to everybody; only between two hosts is there an answer to a
/// question. RFC 6762 §5.4, §6.7.
fn say_operation(cx: &mut Cx<'_>, header: &Header, message: &[u8]) {
    let direct = cx.headers().dst_mac.is_unicast();
    let role = match (header.is_response(), direct) {
        (true, true) => Role::Response,
        (true, false) => Role::Event,
        (false, _) => Role::Request,
    };
    let mut op = Op::new(header.opcode(), role, message);
    op.proof = if direct { Proof::Content } else { Proof::Context };
    op.args = Some(say::arguments(header));
    op.status = say::status(header);
    if direct {
        op.tx = Some(u64::from(header.id));
    }
    cx.op(&op);
}

/// What a record tells of the host that sends it.
fn say_record(cx: &mut Cx<'_>, record: &Record<'_>) {
    match record.kind {
        // A service record's name is the instance's. RFC 6763 §4.1.
        33 => cx.attr(spec::INSTANCE, record.name.bytes()),
        16 => texts(cx, record.data),
        13 => host_information(cx, record.data),
        _ => {}
    }
}

/// `key=value` strings. RFC 6763 §6.3: keys are not case-sensitive.
fn texts(cx: &mut Cx<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    for _ in 0..STRINGS_MAX {
        let Some(len) = at.u8() else { return };
        let string = at.take_up_to(usize::from(len));
        let Some(equals) = string.iter().position(|b| *b == b'=') else { continue };
        let (Some(key), Some((_, value))) = (string.get(..equals), rest_of(string, equals)) else {
            continue;
        };
        if let Some(attribute) = attribute(key).filter(|_| is_text(value)) {
            cx.attr(attribute, value);
        }
    }
}

fn rest_of(string: &[u8], at: usize) -> Option<(&u8, &[u8])> {
    string.get(at..)?.split_first()
}

/// What the keys in use mean.
fn attribute(key: &[u8]) -> Option<&'static AttrSpec> {
    const KEYS: &[(&[u8], &AttrSpec)] = &[
        (b"model", spec::MODEL),
        (b"md", spec::MODEL),
        (b"usb_mdl", spec::MODEL),
        (b"modelname", spec::MODEL),
        (b"ty", spec::PRODUCT),
        (b"product", spec::PRODUCT),
        (b"devicetype", spec::PRODUCT),
        (b"mfg", spec::VENDOR),
        (b"usb_mfg", spec::VENDOR),
        (b"manufacturer", spec::VENDOR),
        (b"vendor", spec::VENDOR),
        (b"fw", spec::FIRMWARE),
        (b"fv", spec::FIRMWARE),
        (b"fwversion", spec::FIRMWARE),
        (b"firmware", spec::FIRMWARE),
        (b"firmwareversion", spec::FIRMWARE),
        (b"swversion", spec::FIRMWARE),
        (b"sn", spec::SERIAL),
        (b"serial", spec::SERIAL),
        (b"serialnumber", spec::SERIAL),
        (b"note", spec::NOTE),
    ];
    KEYS.iter().find(|(known, _)| key.eq_ignore_ascii_case(known)).map(|(_, spec)| *spec)
}

/// Processor, then system, each with its length. RFC 1035 §3.3.2.
fn host_information(cx: &mut Cx<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    let mut next = || at.u8().and_then(|len| at.take(usize::from(len)));
    let (Some(processor), Some(system)) = (next(), next()) else { return };
    let text = |bytes| core::str::from_utf8(bytes).unwrap_or("");
    cx.attr(spec::SYSTEM, line!("{} {}", text(system), text(processor)).bytes());
}
