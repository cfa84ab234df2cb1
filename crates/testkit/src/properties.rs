//! What must hold for every protocol, whatever it is.

use crate::cases::{Carrier, Case, Maker, Message, facts_of};
use crate::facts::Facts;
use crate::frames::{Ends, Session};
use decode::Headers;
use dissect::{Engine, Hint, Limits, Probe, Registry};
use vocab::Binding;

/// A stream cut into any segments gives the same facts: `cuts` says after how many bytes each
/// segment ends, used in turn.
///
/// Returns both texts when they differ.
pub fn split_anywhere<R: Registry>(case: &Case, cuts: &[usize]) -> Option<(String, String)> {
    let messages: Vec<Message> = opened(case);
    if messages.is_empty() || cuts.is_empty() {
        return None;
    }
    let whole = facts::<R>(&messages);
    let mut pieces = Vec::new();
    let mut cut = cuts.iter().cycle();
    for message in &messages {
        let mut rest = message.bytes.as_slice();
        let mut first = true;
        while !rest.is_empty() || first {
            let len = cut.next().copied().unwrap_or(1).clamp(1, rest.len().max(1));
            let (head, tail) = rest.split_at(len.min(rest.len()));
            let carrier = match message.carrier {
                Carrier::Tcp(a, b, open) => Carrier::Tcp(a, b, open && first),
                other => other,
            };
            pieces.push(Message { carrier, there: message.there, bytes: head.to_vec() });
            rest = tail;
            first = false;
        }
    }
    let split = facts::<R>(&pieces);
    if whole == split { None } else { Some((whole, split)) }
}

fn facts<R: Registry>(messages: &[Message]) -> String {
    let mut maker = Maker::default();
    let frames: Vec<_> = messages.iter().flat_map(|message| maker.frames(message)).collect();
    facts_of::<R>(&frames)
}

/// The TCP messages of a case, each connection opened before its first byte.
fn opened(case: &Case) -> Vec<Message> {
    let mut seen = Vec::new();
    let stream = case.messages().filter(|message| matches!(message.carrier, Carrier::Tcp(..)));
    stream
        .cloned()
        .map(|mut message| {
            if let Carrier::Tcp(a, b, _) = message.carrier {
                message.carrier = Carrier::Tcp(a, b, !seen.contains(&(a, b)));
                seen.push((a, b));
            }
            message
        })
        .collect()
}

/// Frames cut after any number of bytes, captured so or sent so, break nothing.
pub fn cut_anywhere<R: Registry>(case: &Case, len: usize, sent: bool) {
    let mut engine = Engine::<R>::new(Limits::tiny());
    let mut facts = Facts::<R>::default();
    let mut clock = Session::new(Ends::new(0, 0));
    for (link, bytes) in case.frames() {
        let short = bytes.get(..len).unwrap_or(&bytes);
        let mut frame = clock.linked(short, link);
        if !sent {
            frame.wire_len = vocab::sat_u32(bytes.len());
        }
        engine.handle_frame(&frame, &mut facts);
    }
    engine.finish(&mut facts);
}

/// Frames with bytes changed break nothing. `changes` are positions and values, used modulo the
/// frame's length.
pub fn flip<R: Registry>(case: &Case, changes: &[(usize, u8)]) {
    let mut engine = Engine::<R>::new(Limits::tiny());
    let mut facts = Facts::<R>::default();
    let mut clock = Session::new(Ends::new(0, 0));
    for (link, mut bytes) in case.frames() {
        for (position, value) in changes {
            let len = bytes.len().max(1);
            if let Some(byte) = bytes.get_mut(position % len) {
                *byte ^= value;
            }
        }
        engine.handle_frame(&clock.linked(&bytes, link), &mut facts);
    }
    engine.finish(&mut facts);
}

/// A probe that is sure of a yes or a no stays so when more bytes come.
///
/// Returns the protocol and the lengths at which it changed its mind.
pub fn probe_is_stable<R: Registry>(head: &[u8]) -> Option<String> {
    let headers = Headers::default();
    let on_tcp = |b: &Binding| matches!(b, Binding::Tcp(_) | Binding::AnyTcp);
    let streams = R::SPECS.iter().zip(R::PROBES);
    for (spec, probe) in streams.filter(|(spec, _)| spec.bindings.iter().any(on_tcp)) {
        for bound in [false, true] {
            let hint =
                Hint { headers: &headers, bound, from_server: false, datagram: false, tag: 0 };
            let mut decided = None;
            for len in 0..=head.len() {
                let answer = probe(&hint, head.get(..len).unwrap_or(head));
                match (decided, answer) {
                    (Some((at, before)), now) if before != now => {
                        return Some(format!("{}: {before:?} at {at}, {now:?} at {len}", spec.key));
                    }
                    (None, Probe::Maybe { need }) if need <= len => {
                        return Some(format!("{}: needs {need} and has {len}", spec.key));
                    }
                    (None, Probe::Sure | Probe::No) => decided = Some((len, answer)),
                    _ => {}
                }
            }
        }
    }
    None
}
