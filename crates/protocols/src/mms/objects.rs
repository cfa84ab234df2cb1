//! Services on other objects than variables: domains, program invocations, files, lists, names.

use super::names::{Name, ObjectName};
use super::request::{list_target, object, say_entry};
use super::spec;
use super::variables::{self, Variable};
use super::wire::{self, Service};
use crate::common::ber::Tlv;
use dissect::Cx;
use vocab::{Area, Op, Target, Value};

/// The server asks and the client answers: pieces of what is loaded. ISO 9506-2 §11.3.
pub(super) fn by_server(number: u32) -> bool {
    matches!(number, 27 | 28 | 32 | 33)
}

/// What a service's arguments begin with.
#[derive(Clone, Copy, Debug)]
enum Subject {
    /// The arguments are an identifier.
    Identifier(&'static Area),
    /// An identifier stands in the first field.
    Field(&'static Area),
    /// The arguments are an object's name.
    Name,
    /// An object's name stands in the first field.
    NameField,
    /// A number: of a file that is open, of an upload.
    Number,
    /// A file's name is the argument.
    File,
    /// A file's name stands in the field with this first byte.
    FileField(u8),
    None,
}

/// How the arguments of a service begin. ISO 9506-2 §9 to §20.
fn subject(number: u32) -> Subject {
    match number {
        27 | 29 | 36 | 37 => Subject::Identifier(spec::DOMAIN),
        17 | 18 => Subject::Field(spec::STATION),
        26 | 28 | 32..=35 => Subject::Field(spec::DOMAIN),
        39 | 45 => Subject::Identifier(spec::PROGRAM),
        38 | 40..=44 | 86 => Subject::Field(spec::PROGRAM),
        9 | 12 | 15 | 49 | 50 | 55 | 56 | 60 | 61 | 68 => Subject::Name,
        7 | 8 | 14 | 19..=25 | 47 | 51..=53 | 57 | 59 | 62 | 65..=67 | 69 | 80 => {
            Subject::NameField
        }
        30 | 31 | 73 | 74 => Subject::Number,
        76 => Subject::File,
        72 | 75 | 77 => Subject::FileField(0xa0),
        46 => Subject::FileField(0xa1),
        _ => Subject::None,
    }
}

/// Says a request.
pub(super) fn request<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, service: &Service<'p>) {
    let subject = subject(service.number);
    op.args = arguments(service, subject);
    cx.op(&op);
    match subject {
        Subject::Identifier(area) => named(cx, area, service.content),
        Subject::Field(area) => {
            if let Some(field) = service.field(0x80) {
                // What is shown to an operator.
                let text = service.field(0xa1).filter(|_| service.number == 18);
                let text = text.and_then(|list| wire::lax(list.content).next());
                let value = text.map_or(Value::None, |text| Value::Text(text.content));
                named_with(cx, area, field.content, value);
            }
        }
        Subject::Name => of_name(cx, service.fields().next()),
        Subject::NameField => {
            let field = service.field(0xa0);
            of_name(cx, field.and_then(|field| wire::lax(field.content).next()));
        }
        Subject::File => file(cx, service.content, Value::None),
        Subject::FileField(first) => {
            if let Some(field) = service.field(first) {
                file(cx, field.content, Value::None);
            }
        }
        Subject::Number | Subject::None => special(cx, &op, service),
    }
    match service.number {
        35 | 75 => second_file(cx, service, 0xa1),
        46 => second_file(cx, service, 0xa2),
        34 => second_file(cx, service, 0xa4),
        80 => exchanged(cx, service),
        _ => {}
    }
}

/// The values that a data exchange hands over. ISO 9506-2:2003 §14.10.
fn exchanged(cx: &mut Cx<'_>, service: &Service<'_>) {
    let name = service.field(0xa0).and_then(|field| wire::lax(field.content).next());
    let Some(name) = name.and_then(|name| ObjectName::read(&name)) else { return };
    let values = service.field(0xa1).into_iter().flat_map(|list| wire::lax(list.content));
    for (place, value) in (0u64..).zip(values) {
        say_entry(cx, &name.text(), place, &value);
    }
}

fn second_file(cx: &mut Cx<'_>, service: &Service<'_>, first: u8) {
    if let Some(field) = service.field(first) {
        file(cx, field.content, Value::None);
    }
}

/// Numbers of a request: position of a file, number of an open one, class of names.
fn arguments(service: &Service<'_>, subject: Subject) -> Option<[u64; 4]> {
    let number = |first| service.field(first).and_then(|tlv| tlv.uint());
    Some(match (service.number, subject) {
        (_, Subject::Number) => {
            let tlv = Tlv { first: 2, number: 2, content: service.content };
            [tlv.uint()?, 0, 0, 0]
        }
        (72, _) => [0, number(0x81).unwrap_or(0), 0, 0],
        (1, _) => {
            let class = service.field(0xa0)?;
            let class = wire::lax(class.content).next()?;
            [class.uint().unwrap_or(0), 0, 0, 0]
        }
        // Abortive; scope of what is deleted.
        (44, _) => [number(0x81).unwrap_or(0), 0, 0, 0],
        (10 | 13 | 16, _) => [number(0x80).unwrap_or(0), 0, 0, 0],
        _ => return None,
    })
}

/// Services on units of domains and program invocations, by their own numbers. ISO 9506-2:2003 §13.
fn unit_control(cx: &mut Cx<'_>, service: &Service<'_>) {
    let first = service.field(0x80).map(|field| field.content);
    let each = |field| service.field(field).into_iter().flat_map(|list| wire::lax(list.content));
    match service.additional {
        // Who controls, and what is controlled.
        Some(2) => {
            named(cx, spec::PROGRAM, first.unwrap_or(&[]));
            each(0xa1).for_each(|one| named(cx, spec::PROGRAM, one.content));
        }
        Some(3) => named(cx, spec::PROGRAM, first.unwrap_or(&[])),
        Some(4 | 5 | 8 | 12 | 15) => named(cx, spec::UNIT, service.content),
        Some(6 | 7 | 9..=11 | 13 | 14) => {
            named(cx, spec::UNIT, first.unwrap_or(&[]));
            if let Some(9..=11) = service.additional {
                each(0xa1).for_each(|one| named(cx, spec::DOMAIN, one.content));
                each(0xa2).for_each(|one| named(cx, spec::PROGRAM, one.content));
            } else if service.additional != Some(7) {
                second_file(cx, service, 0xa1);
            }
        }
        _ => {}
    }
}

/// Requests whose object stands elsewhere.
fn special(cx: &mut Cx<'_>, op: &Op<'_>, service: &Service<'_>) {
    match service.number {
        wire::ADDITIONAL => unit_control(cx, service),
        // Names of a domain, of the device, of the association.
        1 => {
            let scope = service.field(0xa1).and_then(|tlv| wire::lax(tlv.content).next());
            if let Some(scope) = scope.filter(|scope| scope.first == 0x81) {
                named(cx, spec::DOMAIN, scope.content);
            }
        }
        3 => of_name(cx, service.field(0xa1).and_then(|tlv| wire::lax(tlv.content).next())),
        6 => {
            let Some(choice) = service.fields().next() else { return };
            if choice.first == 0xa1 {
                cx.item(object(&Variable::address(&choice).text(), 0), Value::None);
                return;
            }
            let name = wire::lax(choice.content).next();
            of_name(cx, name);
            let name = name.and_then(|name| ObjectName::read(&name));
            if let (Some(tx), Some(name)) = (op.tx, name) {
                cx.note(tx, name.text().bytes());
            }
        }
        11 => {
            let mut fields = service.fields();
            if let Some(name) = fields.next().and_then(|tlv| ObjectName::read(&tlv)) {
                cx.item(list_target(&name.text(), 0, 0), Value::None);
            }
            if let Some(list) = fields.find(|tlv| tlv.first == 0xa0) {
                variables::each(list.content)
                    .for_each(|one| cx.item(object(&one.text(), 0), Value::None));
            }
        }
        10 | 13 | 16 | 48 | 54 | 58 | 63 | 64 | 70 => {
            let lists = service.fields().filter(|tlv| matches!(tlv.first, 0xa0 | 0xa1));
            for name in lists.flat_map(|tlv| wire::lax(tlv.content)) {
                if service.number == 13 {
                    if let Some(name) = ObjectName::read(&name) {
                        cx.item(list_target(&name.text(), 0, 0), Value::None);
                    }
                } else {
                    of_name(cx, Some(name));
                }
            }
        }
        _ => {}
    }
}

/// Says the object that an element names.
fn of_name(cx: &mut Cx<'_>, tlv: Option<Tlv<'_>>) {
    if let Some(name) = tlv.and_then(|tlv| ObjectName::read(&tlv)) {
        cx.item(object(&name.text(), 0), Value::None);
    }
}

/// Says a domain or program invocation.
pub(super) fn named(cx: &mut Cx<'_>, area: &'static Area, name: &[u8]) {
    named_with(cx, area, name, Value::None);
}

fn named_with(cx: &mut Cx<'_>, area: &'static Area, name: &[u8], value: Value<'_>) {
    if !name.is_empty() {
        cx.item(Target { area, index: 0, count: 1, extra: 0, name }, value);
    }
}

/// Says a file. Its name is a list of strings, mostly of one. ISO 9506-2 Annex C FileName.
pub(super) fn file(cx: &mut Cx<'_>, content: &[u8], value: Value<'_>) {
    let mut at = content;
    for _ in 0..4 {
        let Some(tlv) = wire::lax(at).next() else { return };
        if tlv.is_constructed() {
            at = tlv.content;
            continue;
        }
        let target = Target { area: spec::FILES, index: 0, count: 1, extra: 0, name: tlv.content };
        cx.item(target, value);
        return;
    }
}

/// Says a text that is a name among several, as a directory lists them.
pub(super) fn text(name: &[u8]) -> Name {
    Name::of(format_args!("{}", Value::Text(name)))
}
