//! The services in a message. IEEE 1703-2012 §5.3.2, §5.3.3.

use super::acse::{Envelope, title};
use super::{spec, tables};
use crate::common::ber;
use decode::Cursor;
use dissect::{Cx, Pending};
use vocab::{Op, Role, Status, Target, Value};

/// Always set in the control byte. §5.3.3.
const ALWAYS: u8 = 0x80;
/// Four bytes of device class follow the control byte.
const CLASS: u8 = 0x10;
/// Bytes of the authentication code behind the services.
const MAC: usize = 4;
/// Most services that one message is searched for.
const SERVICES_MAX: u64 = 255;

/// The control byte and what follows it. §5.3.3.
struct Services<'p> {
    /// 0 clear, 1 clear with authentication, 2 enciphered.
    mode: u8,
    at: Cursor<'p>,
}

impl<'p> Services<'p> {
    fn read(epsem: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(epsem);
        let control = at.u8()?;
        let mode = control >> 2 & 3;
        if control & CLASS != 0 {
            at.skip(4)?;
        }
        let rest = at.rest();
        let clear = if mode == 1 { rest.len().checked_sub(MAC)? } else { rest.len() };
        Some(Self { mode, at: Cursor::new(rest.get(..clear)?) })
    }

    /// The next service; length 0 ends the list.
    fn next(&mut self) -> Option<&'p [u8]> {
        let len = ber::length(&mut self.at)?;
        if len == 0 { None } else { self.at.take(len) }
    }
}

/// Control byte and lengths are right.
pub(super) fn is_sound(epsem: &[u8]) -> bool {
    let Some(mut services) = Services::read(epsem) else { return false };
    if epsem.first().is_none_or(|control| control & ALWAYS == 0) {
        return false;
    }
    while services.mode < 2 && services.next().is_some() {}
    services.mode == 2 || services.at.is_empty()
}

/// Says the services of a message.
pub(super) fn say(cx: &mut Cx<'_>, envelope: &Envelope<'_>, whole: &[u8]) {
    let Some(epsem) = envelope.epsem else { return };
    let Some(mut services) = Services::read(epsem) else {
        if !cx.cut() {
            cx.fault(spec::BAD_EPSEM, epsem);
        }
        return;
    };
    if services.mode >= 2 {
        // Only the names of both ends are readable.
        cx.op(&Op::new(spec::CIPHERED, Role::Event, whole));
        return;
    }
    let mut index = 0u64;
    while let Some(service) = services.next().filter(|_| index < SERVICES_MAX) {
        one(cx, envelope, whole, service, index);
        index = index.saturating_add(1);
    }
    if !services.at.is_empty() && !cx.cut() {
        cx.fault(spec::BAD_EPSEM, services.at.rest());
    }
}

fn one(cx: &mut Cx<'_>, envelope: &Envelope<'_>, whole: &[u8], service: &[u8], index: u64) {
    let mut at = Cursor::new(service);
    let Some(code) = at.u8() else { return };
    // Below 0x20 stand the results. §5.3.2.3.
    let answers = code < 0x20;
    let number = match (answers, envelope.answered) {
        (true, Some(number)) => Some(number),
        _ => envelope.invocation,
    };
    let tx = number.map(|number| number << 8 | index);
    let role = if answers { Role::Response } else { Role::Request };
    let op = Op { tx, ..Op::new(u32::from(code), role, whole) };
    let told = if answers { answer(cx, &op, at) } else { request(cx, &op, at) };
    if told.is_none() && !cx.cut() {
        cx.fault(spec::BAD_EPSEM, service);
    }
}

/// Says the operation with its arguments.
fn with(cx: &mut Cx<'_>, op: &Op<'_>, args: [u64; 4]) {
    cx.op(&Op { args: Some(args), ..*op });
}

pub(super) fn target(table: u64, offset: u64) -> Target<'static> {
    let extra = vocab::low_u32(offset);
    Target { area: spec::TABLE, index: table, count: 1, extra, name: &[] }
}

fn request(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    match op.code {
        0x30..=0x39 | 0x3f => read(cx, op, at),
        0x40..=0x49 | 0x4f => write(cx, op, at),
        0x50 => {
            let (user, name) = (at.be16(), at.take(10));
            let seconds = at.be16().map_or(0, u64::from);
            with(cx, op, [user.map_or(0, u64::from), seconds, 0, 0]);
            cx.attr(spec::USER, name?);
            Some(())
        }
        0x70 => {
            let seconds = at.u8();
            with(cx, op, [seconds.map_or(0, u64::from), 0, 0, 0]);
            seconds.map(|_| ())
        }
        0x27 => register(cx, op, at),
        0x24..=0x26 => {
            // The node that is meant, or that the message went through.
            let node = ber::next(&mut at).map(|tlv| title(&tlv));
            match &node {
                Some(node) => cx.op(&Op { value: Value::Text(node.bytes()), ..*op }),
                None => cx.op(op),
            }
            node.map(|_| ())
        }
        _ => {
            cx.op(op);
            Some(())
        }
    }
}

/// Where in a table: nothing, one to nine indices, or an offset of three bytes. §5.3.2.4.2.
fn place(code: u32, at: &mut Cursor<'_>) -> Option<u64> {
    match code & 0x0f {
        0 => Some(0),
        15 => at.be24().map(u64::from),
        indices => {
            let mut first = at.be16()?;
            for _ in 1..indices {
                first = at.be16().map(|_| first)?;
            }
            Some(u64::from(first))
        }
    }
}

/// Table, place, how much of it. §5.3.2.4.2.
fn read(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    let table = at.be16().map(u64::from);
    let place = place(op.code, &mut at);
    let count = at.be16().map_or(0, u64::from);
    with(cx, op, [table.unwrap_or(0), place.unwrap_or(0), count, 0]);
    cx.item(target(table?, place?), Value::None);
    Some(())
}

/// Table, place, count, data, checksum. §5.3.2.4.3. Writing table 7 starts a procedure.
fn write(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    let table = at.be16();
    let place = place(op.code, &mut at);
    let data = Data::read(&mut at);
    let number = table.map_or(0, u64::from);
    let bytes = data.as_ref().map_or(&[][..], |data| data.bytes);
    let sub = table.filter(|table| *table == spec::PROCEDURE);
    // IEEE 1377-2012 table 7: the low 11 bits of its first two bytes, low byte first.
    let procedure = match (sub, bytes) {
        (Some(_), [low, high, ..]) => u64::from(u16::from_le_bytes([*low, *high]) & 0x07ff),
        _ => 0,
    };
    let count = u64::from(vocab::sat_u32(bytes.len()));
    let args = Some([number, place.unwrap_or(0), count, procedure]);
    cx.op(&Op { sub, args, ..*op });
    let data = data?;
    cx.item(target(number, place?), Value::Bytes(data.bytes));
    data.check(cx);
    Some(())
}

/// Table data: count, bytes, checksum. §5.3.2.4.2.
struct Data<'p> {
    bytes: &'p [u8],
    sum: Option<u8>,
}

impl<'p> Data<'p> {
    fn read(at: &mut Cursor<'p>) -> Option<Self> {
        let count = at.be16()?;
        Some(Self { bytes: at.take(usize::from(count))?, sum: at.u8() })
    }

    /// The checksum is the two's complement of the sum of the bytes. §5.3.2.4.2.
    fn check(&self, cx: &mut Cx<'_>) {
        let sum = self.bytes.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte));
        if self.sum.is_some_and(|sent| sent != sum.wrapping_neg()) {
            cx.fault(spec::BAD_CHECKSUM, self.bytes);
        }
    }
}

/// Node type, connection type, device class, title, serial number, native address. §5.3.2.4.10.
fn register(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    cx.op(op);
    at.skip(6)?;
    let (_title, serial) = (ber::next(&mut at)?, ber::next(&mut at)?);
    cx.attr(spec::SERIAL_NUMBER, title(&serial).bytes());
    Some(())
}

/// The result of a service; what follows depends on the request. §5.3.2.3.
fn answer(cx: &mut Cx<'_>, op: &Op<'_>, at: Cursor<'_>) -> Option<()> {
    let asked = op.tx.and_then(|tx| cx.pending(tx));
    if op.code != 0 {
        cx.op(&Op { status: Status::Error(op.code), ..*op });
        return Some(());
    }
    // Of reading and writing, the place; other arguments mean something else.
    let place = asked.filter(|request| matches!(request.code, 0x30..=0x4f));
    let args = place.map(|request| request.args);
    let op = Op { status: Status::Ok, args, ..*op };
    match asked {
        Some(Pending { code: 0x20, .. }) => tables::identify(cx, &op, at),
        Some(request @ Pending { code: 0x30..=0x3f, .. }) => table(cx, &op, at, request),
        _ if at.is_empty() => {
            cx.op(&op);
            Some(())
        }
        _ => {
            cx.op(&Op { value: Value::Bytes(at.rest()), ..op });
            Some(())
        }
    }
}

/// The table that was asked for. §5.3.2.4.2.
fn table(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>, asked: Pending) -> Option<()> {
    cx.op(op);
    let data = Data::read(&mut at)?;
    let [table, place, ..] = asked.args;
    cx.item(target(table, place), Value::Bytes(data.bytes));
    data.check(cx);
    if asked.code == 0x30 || (asked.code == 0x3f && place == 0) {
        tables::identity(cx, table, data.bytes);
    }
    Some(())
}
