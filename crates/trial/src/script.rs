//! Bytes that describe traffic, so that a fuzzer which changes them changes messages, not headers.
//!
//! A message is `kind a:u16 b:u16 len:u16 bytes`, little-endian. The kind's low bits say what it
//! is carried in, the highest bit its way.

use testkit::{Carrier, Case, Message, Step};

const BACK: u8 = 0x80;

/// Most messages read from one script.
const MESSAGES_MAX: usize = 256;

/// Messages of a script; what is left over at its end is one shorter message.
pub fn read(script: &[u8]) -> Vec<Message> {
    let mut messages = Vec::new();
    let mut rest = script;
    while let Some((&[kind, a0, a1, b0, b1, l0, l1], tail)) = rest.split_first_chunk() {
        if messages.len() == MESSAGES_MAX {
            break;
        }
        let [a, b] = [[a0, a1], [b0, b1]].map(u16::from_le_bytes);
        let len = usize::from(u16::from_le_bytes([l0, l1])).min(tail.len());
        let (bytes, after) = tail.split_at(len);
        rest = after;
        let carrier = match kind & 0x0f {
            0 => Carrier::Tcp(a, b, false),
            1 => Carrier::Tcp(a, b, true),
            2 => Carrier::Udp(a, b, false),
            3 => Carrier::Udp(a, b, true),
            4 => Carrier::Ether(a),
            5 => Carrier::Llc(a0),
            6 => Carrier::Snap([a0, a1, b0], u16::from_le_bytes([b1, kind & 0x70])),
            7 => Carrier::Ip(a0),
            _ => Carrier::Link(a),
        };
        messages.push(Message { carrier, there: kind & BACK == 0, bytes: bytes.to_vec() });
    }
    messages
}

/// The script of messages.
pub fn write<'a>(messages: impl Iterator<Item = &'a Message>) -> Vec<u8> {
    let mut script = Vec::new();
    for message in messages {
        let (kind, a, b) = match message.carrier {
            Carrier::Tcp(a, b, open) => (u8::from(open), a, b),
            Carrier::Udp(a, b, all) => (2 + u8::from(all), a, b),
            Carrier::Ether(kind) => (4, kind, 0),
            Carrier::Llc(sap) => (5, u16::from(sap), 0),
            Carrier::Snap([x, y, z], pid) => {
                let [low, high] = pid.to_le_bytes();
                let (a, b) = (u16::from_le_bytes([x, y]), u16::from_le_bytes([z, low]));
                (6 | (high & 0x70), a, b)
            }
            Carrier::Ip(proto) => (7, u16::from(proto), 0),
            Carrier::Link(link) => (8, link, 0),
        };
        let len = u16::try_from(message.bytes.len()).unwrap_or(u16::MAX);
        script.push(if message.there { kind } else { kind | BACK });
        script.extend([a, b, len].map(u16::to_le_bytes).concat());
        script.extend(message.bytes.iter().take(usize::from(len)));
    }
    script
}

/// A case of these messages.
pub fn case(messages: Vec<Message>) -> Case {
    let step = Step { messages, ..Step::default() };
    Case { title: "a script".to_owned(), steps: vec![step] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let carriers = [
            Carrier::Tcp(1, 502, true),
            Carrier::Tcp(1, 502, false),
            Carrier::Udp(3, 4, true),
            Carrier::Udp(3, 4, false),
            Carrier::Ether(0x88b8),
            Carrier::Llc(0x42),
            Carrier::Snap([0, 0, 0x0c], 0x2000),
            Carrier::Ip(89),
            Carrier::Link(165),
        ];
        let message = |(at, carrier): (usize, Carrier)| Message {
            carrier,
            there: at % 2 == 0,
            bytes: vec![7; at * 100],
        };
        let messages: Vec<Message> = carriers.into_iter().enumerate().map(message).collect();
        let seen = read(&write(messages.iter()));
        let same = |(a, b): (&Message, &Message)| {
            a.carrier == b.carrier && a.there == b.there && a.bytes == b.bytes
        };
        assert_eq!(seen.len(), messages.len());
        assert!(seen.iter().zip(&messages).all(same), "{seen:?}");
    }
}
