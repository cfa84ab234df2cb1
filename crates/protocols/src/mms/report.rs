//! What is told without being asked: information reports, status, events. IEC 61850-8-1:2011 §17.

use super::names::{Name, ObjectName};
use super::request::{list_target, object, say_entry, say_value};
use super::variables::{self, Access};
use super::wire::{self, Service};
use super::{answer, control, spec, status};
use crate::common::ber::Tlv;
use crate::common::mms;
use dissect::Cx;
use vocab::{Op, Role, Status, Value};

/// Says an unconfirmed service.
pub(super) fn say<'p>(cx: &mut Cx<'_>, service: &Service<'p>, whole: &'p [u8]) {
    let code = spec::UNCONFIRMED | service.number & 0xff;
    let mut op = Op::new(code, Role::Event, whole);
    match service.number {
        0 => information(cx, op, service),
        1 => {
            op.args = Some(answer::device_status(service));
            cx.op(&op);
        }
        _ => {
            cx.op(&op);
            let field = service.field(0xa0);
            let name = field.and_then(|field| wire::lax(field.content).next());
            if let Some(name) = name.and_then(|name| ObjectName::read(&name)) {
                cx.item(object(&name.text(), 0), Value::None);
            }
        }
    }
}

/// ISO 9506-2 §14.8.
fn information<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, service: &Service<'p>) {
    let mut fields = service.fields();
    let access = fields.next().and_then(|tlv| Access::read(&tlv));
    let results = fields.find(|tlv| tlv.first == 0xa0);
    let (Some(access), Some(results)) = (access, results) else {
        cx.op(&op);
        if !cx.cut() {
            cx.fault(spec::BAD_ARGUMENTS, service.content);
        }
        return;
    };
    match access {
        Access::List(list) if list.item == b"RPT" && list.domain.is_empty() => {
            if let Some(report) = Report::read(results.content) {
                report.say(cx, op);
                return;
            }
            cx.op(&op);
            cx.fault(spec::BAD_REPORT, results.content.get(..16).unwrap_or(results.content));
        }
        Access::List(list) => {
            cx.op(&op);
            let name = list.text();
            entries(cx, &name, wire::lax(results.content));
        }
        Access::Variables(list) => {
            variables_told(&mut op, list, results.content);
            cx.op(&op);
            for (one, result) in variables::each(list).zip(wire::lax(results.content)) {
                told(cx, &one.text(), &result);
            }
        }
    }
}

/// Says a variable that was sent, or why it was not.
pub(crate) fn told(cx: &mut Cx<'_>, name: &Name, result: &Tlv<'_>) {
    if result.first == 0x80 {
        let status = Status::Error(variables::access_error(result));
        cx.item_status(object(name, 0), Value::None, status);
    } else {
        say_value(cx, name, Some(result));
    }
}

/// A control ended: well, when its parameters are told alone; badly, with the last error before
/// them. IEC 61850-8-1:2011 §20.8, §20.10.
fn variables_told(op: &mut Op<'_>, list: &[u8], results: &[u8]) {
    for (one, result) in variables::each(list).zip(wire::lax(results)) {
        let name = one.text();
        if name.bytes() == b"LastApplError" {
            op.sub = Some(spec::CONTROL_ERROR);
            op.status = Status::Error(status::ADD_CAUSE | last_error(&result));
            return;
        }
        let kind = control::write_kind(name.bytes());
        if matches!(kind, Some(control::OPERATE | control::MODE | control::SELECT)) {
            op.sub = Some(spec::TERMINATION);
            op.status = Status::Ok;
        }
    }
}

/// The additional cause of the last error: its fifth part. IEC 61850-8-1:2011 Table 88.
fn last_error(result: &Tlv<'_>) -> u32 {
    let cause = crate::common::ber::each(result.content).nth(4).and_then(|tlv| tlv.uint());
    vocab::low_u32(cause.unwrap_or(0)) & 0xff
}

/// Says the entries of a list that were sent, or why not.
pub(crate) fn entries<'p>(cx: &mut Cx<'_>, name: &Name, values: impl Iterator<Item = Tlv<'p>>) {
    let mut place = 0u64;
    for value in values {
        place = place.saturating_add(1);
        entry(cx, name, place, &value);
    }
}

fn entry(cx: &mut Cx<'_>, name: &Name, place: u64, value: &Tlv<'_>) {
    if value.first == 0x80 {
        let status = Status::Error(variables::access_error(value));
        cx.item_status(list_target(name, place, 0), Value::None, status);
    } else {
        say_entry(cx, name, place, value);
    }
}

/// A report. IEC 61850-8-1:2011 §17.2.
struct Report<'p> {
    id: &'p [u8],
    data_set: &'p [u8],
    /// Sequence number, configuration revision, members that are told, buffer overflow.
    args: [u64; 4],
    /// Which members of the data set are told.
    inclusion: &'p [u8],
    has_references: bool,
    rest: decode::Cursor<'p>,
}

impl<'p> Report<'p> {
    /// The optional fields, by their bits. IEC 61850-8-1:2011 Table 39.
    fn read(results: &'p [u8]) -> Option<Self> {
        use crate::common::ber::next_lax;
        let mut at = decode::Cursor::new(results);
        let id = next_lax(&mut at).filter(|tlv| tlv.first == 0x8a)?.content;
        let fields = next_lax(&mut at).filter(|tlv| tlv.first == 0x84)?.content;
        let [mut sequence, mut revision, mut overflow] = [0u64; 3];
        let mut data_set: &[u8] = &[];
        let number = |at: &mut decode::Cursor<'p>| next_lax(at)?.uint();
        if mms::bit(fields, 1) {
            sequence = number(&mut at)?;
        }
        if mms::bit(fields, 2) {
            next_lax(&mut at)?;
        }
        if mms::bit(fields, 4) {
            data_set = next_lax(&mut at)?.content;
        }
        if mms::bit(fields, 6) {
            overflow = number(&mut at)?;
        }
        if mms::bit(fields, 7) {
            next_lax(&mut at)?;
        }
        if mms::bit(fields, 8) {
            revision = number(&mut at)?;
        }
        if mms::bit(fields, 9) {
            next_lax(&mut at)?;
            next_lax(&mut at)?;
        }
        let inclusion = next_lax(&mut at).filter(|tlv| tlv.first == 0x84)?.content;
        let bits = inclusion.len().saturating_sub(1).saturating_mul(8);
        let told = (0..bits).filter(|bit| mms::bit(inclusion, *bit)).count();
        let told = u64::from(vocab::sat_u32(told));
        Some(Self {
            id,
            data_set,
            args: [sequence, revision, told, u64::from(overflow != 0)],
            inclusion,
            has_references: mms::bit(fields, 5),
            rest: at,
        })
    }

    fn say(&self, cx: &mut Cx<'_>, op: Op<'_>) {
        let op = Op { sub: Some(spec::REPORT), args: Some(self.args), ..op };
        cx.op(&Op { value: Value::Text(self.id), ..op });
        let source = if self.data_set.is_empty() { self.id } else { self.data_set };
        let name = Name::of(format_args!("{}", Value::Text(source)));
        let bits = self.inclusion.len().saturating_sub(1).saturating_mul(8);
        let told = || (0..bits).filter(|bit| mms::bit(self.inclusion, *bit));
        let mut references = wire::lax(self.rest.rest());
        let mut values = wire::lax(self.rest.rest());
        if self.has_references {
            // As many names as values stand before the values.
            told().for_each(|_| {
                values.next();
            });
        }
        for place in told() {
            let reference = if self.has_references { references.next() } else { None };
            let Some(value) = values.next() else { break };
            if let Some(reference) = reference {
                let name = Name::of(format_args!("{}", Value::Text(reference.content)));
                told_value(cx, &name, &value);
            } else {
                let place = u64::from(vocab::sat_u32(place)).saturating_add(1);
                entry(cx, &name, place, &value);
            }
        }
    }
}

fn told_value(cx: &mut Cx<'_>, name: &Name, value: &Tlv<'_>) {
    told(cx, name, value);
}
