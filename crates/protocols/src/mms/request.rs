//! What is asked for.

use super::names::Name;
use super::variables::{self, Access};
use super::wire::{self, Service};
use super::{control, objects, spec};
use crate::common::ber::Tlv;
use crate::common::mms;
use dissect::Cx;
use vocab::{Op, Proof, Target, Value};

/// Says a request.
pub(crate) fn say<'p>(cx: &mut Cx<'_>, op: Op<'p>, service: &Service<'p>) {
    let mut op = op;
    op.sub = service.additional;
    if objects::by_server(service.number) {
        // The one that is loaded asks for its pieces.
        op.proof = Proof::Context;
    }
    match service.number {
        spec::READ => read(cx, op, service),
        spec::WRITE => write(cx, op, service),
        _ => objects::request(cx, op, service),
    }
}

/// ISO 9506-2 §14.6.
fn read<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, service: &Service<'p>) {
    let specification = service.field(0xa1);
    let inner = specification.and_then(|tlv| wire::lax(tlv.content).next());
    let Some(access) = inner.and_then(|tlv| Access::read(&tlv)) else {
        bad(cx, op, service);
        return;
    };
    let count = match access {
        Access::Variables(list) => variables::each(list).count(),
        Access::List(_) => 1,
    };
    if let Access::Variables(list) = access
        && variables::each(list).any(|one| control::selects(one.text().bytes()))
    {
        op.sub = Some(spec::READ_SELECTS);
    }
    op.args = Some([u64::from(vocab::sat_u32(count)), 0, 0, 0]);
    cx.op(&op);
    if let (Some(tx), Some(specification)) = (op.tx, specification) {
        cx.note(tx, specification.content);
    }
    asked(cx, access);
}

/// Says what is asked for.
pub(crate) fn asked(cx: &mut Cx<'_>, access: Access<'_>) {
    match access {
        Access::Variables(list) => {
            variables::each(list).for_each(|one| cx.item(object(&one.text(), 0), Value::None));
        }
        Access::List(name) => cx.item(list_target(&name.text(), 0, 0), Value::None),
    }
}

/// ISO 9506-2 §14.7.
fn write<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, service: &Service<'p>) {
    let mut fields = service.fields();
    let access = fields.next().and_then(|tlv| Access::read(&tlv));
    let data = fields.find(|tlv| tlv.first == 0xa0);
    let (Some(access), Some(data)) = (access, data) else {
        bad(cx, op, service);
        return;
    };
    let mut count = 1;
    if let Access::Variables(list) = access {
        count = variables::each(list).count();
        let kinds = variables::each(list).map(|one| control::write_kind(one.text().bytes()));
        op.sub = kinds.max_by_key(|kind| control::weight(*kind)).flatten();
    }
    op.args = Some([u64::from(vocab::sat_u32(count)), 0, 0, 0]);
    if let Some(kind) = op.sub.filter(|kind| is_control(*kind)) {
        let of_kind = |list| {
            let all = variables::each(list).zip(wire::lax(data.content));
            all.into_iter().find(|(one, _)| control::write_kind(one.text().bytes()) == Some(kind))
        };
        if let Access::Variables(list) = access {
            let found = of_kind(list).and_then(|(_, data)| control::Parameters::read(&data));
            op.args = found.map(|found| found.args);
        }
    }
    cx.op(&op);
    if let Some(tx) = op.tx {
        cx.note(tx, service.content);
    }
    written(cx, access, data.content);
}

/// Says what is written, each value with its variable or entry.
pub(crate) fn written(cx: &mut Cx<'_>, access: Access<'_>, values: &[u8]) {
    match access {
        Access::Variables(list) => {
            let mut values = wire::lax(values);
            for one in variables::each(list) {
                say_value(cx, &one.text(), values.next().as_ref());
            }
        }
        Access::List(name) => {
            let name = name.text();
            let mut place = 0u64;
            for entry in wire::lax(values) {
                place = place.saturating_add(1);
                say_entry(cx, &name, place, &entry);
            }
        }
    }
}

/// A kind of write whose value is a control's structure.
fn is_control(kind: u16) -> bool {
    matches!(kind, control::OPERATE | control::SELECT | control::CANCEL | control::MODE)
}

/// Arguments that are not what the standard says.
fn bad<'p>(cx: &mut Cx<'_>, op: Op<'p>, service: &Service<'p>) {
    cx.op(&op);
    if !cx.cut() {
        cx.fault(spec::BAD_ARGUMENTS, service.content);
    }
}

/// A variable as a target; a leaf of it from 1 on.
pub(crate) fn object(name: &Name, leaf: u32) -> Target<'_> {
    Target { area: spec::OBJECT, index: 0, count: 1, extra: leaf, name: name.bytes() }
}

/// An entry of a list, from 1 on; 0 is the list itself. A leaf of it likewise.
pub(crate) fn list_target(name: &Name, entry: u64, leaf: u32) -> Target<'_> {
    Target { area: spec::LIST, index: entry, count: 1, extra: leaf, name: name.bytes() }
}

/// Most leaves said of one value.
const LEAVES_MAX: u32 = 256;

/// Says a variable with its value: a single one as it is, a structure leaf by leaf; a control's
/// parameters by their names.
pub(crate) fn say_value(cx: &mut Cx<'_>, name: &Name, data: Option<&Tlv<'_>>) {
    let Some(data) = data else {
        cx.item(object(name, 0), Value::None);
        return;
    };
    if !data.is_constructed() {
        cx.item(object(name, 0), mms::value(data));
        return;
    }
    let kind = control::write_kind(name.bytes()).filter(|kind| is_control(*kind));
    let parameters = kind.and_then(|_| control::Parameters::read(data));
    if let Some(parameters) = parameters {
        mms::leaves(data, &mut |number, leaf| match parameters.leaf(number) {
            Some(part) => {
                let mut name = *name;
                name.push(b"$");
                name.push(part.as_bytes());
                cx.item(object(&name, 0), mms::value(leaf));
            }
            None => cx.item(object(name, number.saturating_add(1)), mms::value(leaf)),
        });
        return;
    }
    mms::leaves(data, &mut |number, leaf| {
        if number < LEAVES_MAX {
            cx.item(object(name, number.saturating_add(1)), mms::value(leaf));
        } else if number == LEAVES_MAX {
            // The rest is there all the same: the structure as a whole.
            cx.item(object(name, 0), Value::Bytes(data.content));
        }
    });
}

/// Says an entry of a list with its value.
pub(crate) fn say_entry(cx: &mut Cx<'_>, name: &Name, place: u64, data: &Tlv<'_>) {
    if !data.is_constructed() {
        cx.item(list_target(name, place, 0), mms::value(data));
        return;
    }
    mms::leaves(data, &mut |number, leaf| {
        if number < LEAVES_MAX {
            cx.item(list_target(name, place, number.saturating_add(1)), mms::value(leaf));
        }
    });
}
