//! Associations: who asks for which context and how it proves itself. IEC 62056-5-3:2017 §9.4.

use super::data::system_title;
use super::spec;
use crate::common::ber;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Status};

/// Both ends' titles are system titles where the context is ciphered.
const CALLING_TITLE: u8 = 0xa6;
const RESPONDING_TITLE: u8 = 0xa4;
const CONTEXT: u8 = 0xa1;
const RESULT: u8 = 0xa2;
const DIAGNOSTIC: u8 = 0xa3;
/// The authentication mechanism's name, in requests and answers.
const MECHANISM: u8 = 0x8b;

/// The last number of an object identifier: which context, which mechanism.
fn last(content: &[u8]) -> u64 {
    content.last().map_or(0, |byte| u64::from(*byte))
}

/// The number inside an element, however deep.
fn number(mut content: &[u8]) -> u32 {
    for _ in 0..3 {
        match ber::next(&mut Cursor::new(content)) {
            Some(inner) if inner.is_constructed() || inner.first == 2 => content = inner.content,
            _ => break,
        }
    }
    content.last().map_or(0, |byte| u32::from(*byte))
}

/// A request, an answer, or one of the two that end an association.
pub(super) fn say(cx: &mut Cx<'_>, op: &Op<'_>, body: &[u8]) -> Option<()> {
    let mut at = Cursor::new(body);
    let pdu = ber::next_lax(&mut at);
    let elements = pdu.map_or(&[][..], |pdu| pdu.content);
    let (mut context, mut mechanism, mut result, mut diagnostic) = (0, 0, None, 0);
    let mut title: &[u8] = &[];
    for element in ber::each(elements) {
        match element.first {
            CONTEXT => context = last(element.content),
            MECHANISM => mechanism = last(element.content),
            RESULT => result = Some(number(element.content)),
            DIAGNOSTIC => diagnostic = number(element.content),
            CALLING_TITLE if op.role == Role::Request => title = element.content,
            RESPONDING_TITLE if op.role == Role::Response => title = element.content,
            _ => {}
        }
    }
    let mut op = *op;
    match op.code {
        // Contexts 3 and 4 are ciphered.
        96 => op.args = Some([u64::from(context >= 3), mechanism, 0, 0]),
        97 => {
            op.status = match result {
                Some(0) => Status::Ok,
                Some(_) => Status::Error(spec::ASSOCIATION | diagnostic),
                None => Status::None,
            };
        }
        _ => {}
    }
    cx.op(&op);
    if let Some(octets) = ber::next(&mut Cursor::new(title)) {
        system_title(cx, octets.content);
    }
    pdu.map(|_| ())
}
