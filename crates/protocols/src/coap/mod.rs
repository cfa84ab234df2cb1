//! CoAP: what HTTP is to servers, for devices with little memory: methods on resources, over UDP
//! or TCP. LwM2M manages devices with it.
//!
//! The code says who sends: methods come from clients, answers from servers. The token pairs them.

mod lwm2m;
mod message;
mod spec;
mod wire;

use crate::common::pieces;
use crate::common::text::is_text;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use message::Message;
use vocab::Spec;
use wire::{Header, Options, Read, SIGNALS, option};

/// Bytes of a message over TCP up to which all of it is read.
const WHOLE_MAX: usize = 4_096;
/// Bytes that are read of larger messages: options, not payload.
const PART_MAX: usize = 1_024;

/// The CoAP dissector.
#[derive(Debug)]
pub struct Coap;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow;

/// Longest message that a probe reads whole.
const SHORT: usize = 64;

impl Dissector for Coap {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let read = if hint.datagram { Header::datagram(head) } else { Header::stream(head) };
        let header = match read {
            Read::Header(header) => header,
            Read::Short(need) => return Probe::Maybe { need },
            Read::Bad => return Probe::No,
        };
        if !hint.datagram {
            let known = wire::is_code(header.code) && header.code != wire::EMPTY
                || SIGNALS.contains(&header.code);
            if !hint.bound || !known {
                return Probe::No;
            }
            // A short message must be there whole, with options that fit.
            return match header.total.filter(|total| *total <= SHORT) {
                Some(total) if head.len() < total => Probe::Maybe { need: total },
                Some(total) => {
                    let mut options = Options::new(head.get(header.len..total).unwrap_or(&[]));
                    options.by_ref().for_each(drop);
                    // Two bytes alone are anybody's.
                    let told = total > header.len || SIGNALS.contains(&header.code);
                    if options.broken || !told { Probe::No } else { Probe::Sure }
                }
                None => Probe::Sure,
            };
        }
        let content = head.get(header.len..).unwrap_or(&[]);
        let sure = if hint.bound {
            wire::is_code(header.code) && (header.code != wire::EMPTY || content.is_empty())
        } else {
            is_certain(&header, content)
        };
        if sure { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        match input {
            Input::Datagram(bytes) => {
                datagram(cx, bytes);
                Step::Took { bytes: bytes.len() }
            }
            Input::Stream(bytes) if !bytes.is_empty() => {
                stream(cx, bytes).unwrap_or_else(|wait| wait)
            }
            _ => Step::Took { bytes: 0 },
        }
    }
}

/// A method on a path in text, and nothing that CoAP does not know: enough on any port.
fn is_certain(header: &Header<'_>, content: &[u8]) -> bool {
    if !wire::is_method(header.code) || header.kind > 1 || header.id == 0 {
        return false;
    }
    let mut options = Options::new(content);
    let mut path = 0usize;
    for option in options.by_ref() {
        let known = match option.number {
            option::URI_PATH => {
                path = path.saturating_add(option.value.len());
                is_text(option.value)
            }
            option::URI_HOST | option::URI_QUERY => is_text(option.value),
            1 | 4 | 5 | option::CONTENT_FORMAT | 17 | 60 => option.value.len() <= 8,
            option::OBSERVE | 7 | option::BLOCK1 | option::BLOCK2 => option.value.len() <= 3,
            _ => false,
        };
        if !known {
            return false;
        }
    }
    path >= 4 && !options.broken && options.marker != options.rest().is_empty()
}

/// One message in a datagram. RFC 7252 §3.
fn datagram(cx: &mut Cx<'_>, bytes: &[u8]) {
    let header = match Header::datagram(bytes) {
        Read::Header(header) => header,
        Read::Short(_) if cx.cut() => return,
        Read::Short(_) | Read::Bad => {
            cx.fault(spec::BAD_TOKEN, bytes);
            return;
        }
    };
    let content = bytes.get(header.len..).unwrap_or(&[]);
    message::say(cx, &Message { header, bytes, content, is_whole: !cx.cut() });
}

/// One message of a stream; `Err` asks for more. RFC 8323 §3.2.
fn stream(cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    let header = match Header::stream(bytes) {
        Read::Header(header) => header,
        Read::Short(_) if cx.cut() => return Ok(Step::Took { bytes: bytes.len() }),
        Read::Short(need) => {
            return Err(Step::Need { took: 0, more: need.saturating_sub(bytes.len()).max(1) });
        }
        Read::Bad => {
            cx.fault(spec::BAD_TOKEN, bytes.get(..1).unwrap_or(&[]));
            return Ok(Step::NotMine);
        }
    };
    let total = header.total.unwrap_or(bytes.len());
    let want = if total <= WHOLE_MAX { total } else { PART_MAX };
    let whole = pieces::first(cx, bytes, want)?;
    let content = whole.get(header.len..).unwrap_or(&[]);
    let is_whole = whole.len() == total;
    message::say(cx, &Message { header, bytes: whole, content, is_whole });
    Ok(Step::Took { bytes: total.max(1) })
}
