//! What is answered.

use super::names::Name;
use super::request::{list_target, object, say_entry, say_value};
use super::variables::{self, Access};
use super::wire::{self, Service};
use super::{Flow, identity, objects, spec};
use crate::common::ber::Tlv;
use dissect::Cx;
use vocab::{Op, Proof, Status, Target, Value};

/// Says an answer.
pub(crate) fn say<'p>(flow: &mut Flow, cx: &mut Cx<'_>, op: Op<'p>, service: &Service<'p>) {
    let mut op = op;
    let asked = op.tx.and_then(|tx| cx.pending(tx)).filter(|asked| asked.code == op.code);
    op.sub = service.additional.or(asked.and_then(|asked| asked.sub));
    op.args = asked.map(|asked| asked.args);
    op.status = Status::Ok;
    if objects::by_server(service.number) {
        op.proof = Proof::Context;
    }
    let mut note = [0u8; 240];
    let kept = op.tx.map_or(0, |tx| cx.noted(tx, &mut note));
    let note = note.get(..kept).unwrap_or(&[]);
    match service.number {
        spec::READ => read(flow, cx, op, service, note),
        spec::WRITE => write(cx, op, service, note),
        _ => other(flow, cx, op, service, note),
    }
}

/// What was asked for, from what was kept of the request.
pub(crate) fn asked_for(note: &[u8]) -> Option<Access<'_>> {
    wire::lax(note).next().and_then(|tlv| Access::read(&tlv))
}

/// Is this access result a failure? Its tag is that of an array, but primitive.
pub(crate) fn failure(tlv: &Tlv<'_>) -> Option<u32> {
    (tlv.first == 0x80).then(|| variables::access_error(tlv))
}

/// All results failed: so did the answer, as the first one says.
pub(crate) fn all_failed(results: &[u8], error: impl Fn(&Tlv<'_>) -> Option<u32>) -> Status {
    let mut first = None;
    for result in wire::lax(results) {
        match error(&result) {
            None => return Status::Ok,
            Some(error) => first = first.or(Some(error)),
        }
    }
    first.map_or(Status::Ok, Status::Error)
}

/// ISO 9506-2 §14.6.
fn read<'p>(flow: &Flow, cx: &mut Cx<'_>, mut op: Op<'p>, service: &Service<'p>, note: &[u8]) {
    let Some(results) = service.field(0xa1) else {
        cx.op(&op);
        if !cx.cut() {
            cx.fault(spec::BAD_RESULT, service.content);
        }
        return;
    };
    op.status = all_failed(results.content, failure);
    cx.op(&op);
    // The answer may say itself what was asked for.
    let specification = service.field(0xa0);
    let stated = specification.and_then(|tlv| wire::lax(tlv.content).next());
    let access = stated.and_then(|tlv| Access::read(&tlv)).or_else(|| asked_for(note));
    let mut results = wire::lax(results.content);
    match access {
        Some(Access::Variables(list)) => {
            for one in variables::each(list) {
                let Some(result) = results.next() else { break };
                let name = one.text();
                if let Some(error) = failure(&result) {
                    failed(cx, object(&name, 0), error);
                } else {
                    say_value(cx, &name, Some(&result));
                    identity::plate(cx, &flow.plate, name.bytes(), &result);
                }
            }
        }
        Some(Access::List(list)) => {
            entries(cx, &list.text(), &mut results);
            return;
        }
        None => {}
    }
    entries(cx, &Name::of(format_args!("result")), &mut results);
}

/// Results that are told apart by their places alone.
fn entries<'p>(cx: &mut Cx<'_>, name: &Name, results: &mut dyn Iterator<Item = Tlv<'p>>) {
    let mut place = 0u64;
    for result in results {
        place = place.saturating_add(1);
        match failure(&result) {
            Some(error) => failed(cx, list_target(name, place, 0), error),
            None => say_entry(cx, name, place, &result),
        }
    }
}

fn failed(cx: &mut Cx<'_>, target: Target<'_>, error: u32) {
    cx.item_status(target, Value::None, Status::Error(error));
}

/// ISO 9506-2 §14.7.
fn write<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, service: &Service<'p>, note: &[u8]) {
    op.status = all_failed(service.content, failure);
    cx.op(&op);
    let Some(Access::Variables(list)) = asked_for(note) else { return };
    for (one, result) in variables::each(list).zip(wire::lax(service.content)) {
        let status = failure(&result).map_or(Status::Ok, Status::Error);
        cx.item_status(object(&one.text(), 0), Value::None, status);
    }
}

/// Names listed at most in one answer.
const NAMES_MAX: usize = 512;

fn other<'p>(flow: &mut Flow, cx: &mut Cx<'_>, mut op: Op<'p>, service: &Service<'p>, note: &[u8]) {
    match service.number {
        spec::STATUS => op.args = Some(device_status(service)),
        spec::FILE_OPEN => {
            let handle = service.field(0x80).and_then(|tlv| tlv.uint()).unwrap_or(0);
            let attributes = service.field(0xa1);
            let size = attributes.and_then(|tlv| wire::lax(tlv.content).next());
            let size = size.and_then(|tlv| tlv.uint()).unwrap_or(0);
            let [_, position, ..] = op.args.unwrap_or_default();
            op.args = Some([handle, position, size, 0]);
        }
        27 | 30 | spec::FILE_READ => {
            if let Some(data) = service.field(0x80) {
                op.value = Value::Bytes(data.content);
            }
        }
        29 => {
            let handle = service.field(0x80).and_then(|tlv| tlv.uint()).unwrap_or(0);
            op.args = Some([handle, 0, 0, 0]);
        }
        _ => {}
    }
    cx.op(&op);
    match service.number {
        1 => {
            let list = service.field(0xa0).map_or(&[][..], |tlv| tlv.content);
            for name in wire::lax(list).take(NAMES_MAX) {
                objects::named(cx, spec::NAME, objects::text(name.content).bytes());
            }
        }
        2 => identity::identify(cx, service),
        6 => flow.plate.learn(note, service),
        12 => {
            let list = service.field(0xa1).map_or(&[][..], |tlv| tlv.content);
            for one in variables::each(list) {
                cx.item(object(&one.text(), 0), Value::None);
            }
        }
        37 | 45 => program_names(cx, service),
        spec::FILE_DIRECTORY => directory(cx, service.content, 4),
        _ => {}
    }
}

/// Logical and physical status. ISO 9506-2 §10.2.
pub(crate) fn device_status(service: &Service<'_>) -> [u64; 4] {
    let number = |first| service.field(first).and_then(|tlv| tlv.uint()).unwrap_or(0);
    [number(0x80), number(0x81), 0, 0]
}

/// Program invocations of a domain, domains of a program invocation. ISO 9506-2 §11.12, §12.8.
fn program_names(cx: &mut Cx<'_>, service: &Service<'_>) {
    let area = if service.number == 37 { spec::PROGRAM } else { spec::DOMAIN };
    for list in service.fields().filter(Tlv::is_constructed) {
        for name in wire::lax(list.content).filter(|tlv| tlv.first == 0x1a) {
            objects::named(cx, area, name.content);
        }
    }
}

/// Entries of a directory: name, then size and time. ISO 9506-2 Annex C.
fn directory(cx: &mut Cx<'_>, content: &[u8], depth: usize) {
    let Some(depth) = depth.checked_sub(1) else { return };
    for entry in wire::lax(content).filter(Tlv::is_constructed) {
        let mut fields = wire::lax(entry.content);
        match (fields.next(), fields.next()) {
            (Some(name), Some(attributes)) if name.first == 0xa0 && attributes.first == 0xa1 => {
                let size = wire::lax(attributes.content).next().and_then(|tlv| tlv.uint());
                objects::file(cx, name.content, size.map_or(Value::None, Value::Uint));
            }
            _ => directory(cx, entry.content, depth),
        }
    }
}
