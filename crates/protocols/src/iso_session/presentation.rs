//! Presentation protocol data units. ISO 8823-1 (ITU-T X.226) §8.

use super::{acse, spec};
use crate::common::ber;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Target, Value};

/// Abstract syntax of MMS: 1 0 9506 2 1. ISO 9506-2 §24.
const MMS_SYNTAX: &[u8] = &[0x28, 0xca, 0x22, 2, 1];
/// Abstract syntax of association control: 2 2 1 0 1. X.227 §9.
const ACSE_SYNTAX: &[u8] = &[0x52, 1, 0, 1];
/// Contexts of a connection that are remembered.
const CONTEXTS: usize = 8;

/// What a context carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Syntax {
    #[default]
    Other,
    Acse,
    Mms,
}

/// The contexts that the connect named. X.226 §8.2.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Contexts {
    list: [(u32, Syntax); CONTEXTS],
    count: u8,
    /// There were more.
    more: bool,
}

impl Contexts {
    /// Learns the contexts that are proposed.
    fn learn(&mut self, list: &[u8]) {
        for item in ber::each(list) {
            let mut fields = ber::each(item.content);
            let (Some(id), Some(syntax)) = (fields.next(), fields.next()) else { continue };
            let Some(id) = id.uint() else { continue };
            let syntax = match syntax.content {
                MMS_SYNTAX => Syntax::Mms,
                ACSE_SYNTAX => Syntax::Acse,
                _ => Syntax::Other,
            };
            match self.list.get_mut(usize::from(self.count)) {
                Some(place) => {
                    *place = (vocab::low_u32(id), syntax);
                    self.count = self.count.saturating_add(1);
                }
                None => self.more = true,
            }
        }
    }

    /// What a context carries; `None` when its definition was not seen.
    fn of(&self, id: Option<u64>) -> Option<Syntax> {
        let known = self.list.get(..usize::from(self.count)).unwrap_or(&[]);
        let found = known.iter().find(|(one, _)| Some(u64::from(*one)) == id);
        match found {
            Some((_, syntax)) => Some(*syntax),
            // All contexts are known, and this one is none of them.
            None if self.count > 0 && !self.more => Some(Syntax::Other),
            None => None,
        }
    }
}

/// The units that open and close: contexts, and the association in them.
pub(super) fn association(contexts: &mut Contexts, cx: &mut Cx<'_>, op: Op<'_>, user: &[u8]) {
    let mut op = op;
    let parts = Parts::read(user);
    contexts.learn(parts.definitions);
    let mut association = acse::Association::default();
    let mut foreign: &[u8] = &[];
    for value in values(parts.values) {
        if matches!(value.content.first(), Some(0x60..=0x64)) {
            association = acse::Association::read(value.content);
        } else if contexts.of(value.context) != Some(Syntax::Acse) {
            foreign = value.content;
        }
    }
    let [name, authentication] = [association.context_kind(), association.authentication];
    op.args = Some([name, authentication, 0, 0]);
    if let Some(error) = association.refused {
        op.status = vocab::Status::Error(error);
    }
    cx.op(&op);
    for (area, name) in [
        (spec::CALLED_SELECTOR, parts.called),
        (spec::CALLING_SELECTOR, parts.calling),
        (spec::RESPONDING_SELECTOR, parts.responding),
        (spec::CALLED_TITLE, association.called),
        (spec::CALLING_TITLE, association.calling),
        (spec::RESPONDING_TITLE, association.responding),
    ] {
        if !name.is_empty() {
            cx.item(Target { area, index: 0, count: 1, extra: 0, name }, Value::None);
        }
    }
    let content = if association.user.is_empty() { foreign } else { association.user };
    let syntax = match association.user_context {
        Some(id) => contexts.of(Some(id)),
        None => None,
    };
    hand_down(cx, syntax, content);
}

/// A transfer of data. X.226 §8.4.
pub(super) fn data(contexts: &Contexts, cx: &mut Cx<'_>, user: &[u8]) {
    let parts = Parts::read(user);
    if values(parts.values).next().is_none() && !cx.cut() {
        cx.fault(spec::BAD_DATA, user.get(..8).unwrap_or(user));
    }
    for value in values(parts.values) {
        let syntax = contexts.of(value.context);
        if syntax != Some(Syntax::Acse) {
            hand_down(cx, syntax, value.content);
        }
    }
}

/// Hands a value down: to MMS when its context is MMS's, or when nothing is known of it and its
/// own look must tell.
fn hand_down(cx: &mut Cx<'_>, syntax: Option<Syntax>, content: &[u8]) {
    let tag = cx.tag() & !KNOWN_BIT;
    match syntax {
        Some(Syntax::Mms) => cx.hand_down(spec::MMS, content, tag | KNOWN_BIT),
        None => cx.hand_down(spec::MMS, content, tag),
        Some(Syntax::Acse | Syntax::Other) => cx.hand_down(spec::OTHER, content, tag),
    }
}

const KNOWN_BIT: u64 = super::KNOWN;

/// What a presentation unit holds.
#[derive(Clone, Copy, Debug, Default)]
struct Parts<'p> {
    calling: &'p [u8],
    called: &'p [u8],
    responding: &'p [u8],
    /// The list of context definitions.
    definitions: &'p [u8],
    /// Fully encoded user data: a list of values.
    values: &'p [u8],
}

impl<'p> Parts<'p> {
    fn read(user: &'p [u8]) -> Self {
        let mut parts = Self::default();
        let Some(unit) = ber::next_lax(&mut Cursor::new(user)) else { return parts };
        match unit.first {
            0x61 => parts.values = unit.content,
            // CP, CPA: a set of mode and parameters. CPR, ARU: the parameters alone.
            0x31 => {
                let mut at = Cursor::new(unit.content);
                while let Some(field) = ber::next_lax(&mut at) {
                    if field.first == 0xa2 {
                        parts.parameters(field.content);
                    }
                }
            }
            0x30 | 0xa0 => parts.parameters(unit.content),
            _ => {}
        }
        parts
    }

    fn parameters(&mut self, content: &'p [u8]) {
        let mut at = Cursor::new(content);
        while let Some(field) = ber::next_lax(&mut at) {
            match field.first {
                0x81 => self.calling = field.content,
                0x82 => self.called = field.content,
                0x83 => self.responding = field.content,
                0xa4 => self.definitions = field.content,
                0x61 => self.values = field.content,
                _ => {}
            }
        }
    }
}

/// A presentation data value.
#[derive(Clone, Copy, Debug)]
struct DataValue<'p> {
    context: Option<u64>,
    content: &'p [u8],
}

/// The values of a list: context and content. X.226 §8.4.2.7.
fn values(list: &[u8]) -> impl Iterator<Item = DataValue<'_>> {
    let mut at = Cursor::new(list);
    core::iter::from_fn(move || ber::next_lax(&mut at).filter(|tlv| tlv.first == 0x30)).map(|pdv| {
        let mut value = DataValue { context: None, content: &[] };
        let mut at = Cursor::new(pdv.content);
        while let Some(field) = ber::next_lax(&mut at) {
            match field.first {
                0x02 => value.context = field.uint(),
                0xa0 | 0x81 => value.content = field.content,
                _ => {}
            }
        }
        value
    })
}
