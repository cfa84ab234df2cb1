//! The frames themselves: the same for the same options, well formed, with checksums that hold.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use decode::{Headers, LinkType, Net, Stop, Transport};
use range::{Capture, Options, Scenario, generate, write_pcap};
use std::collections::BTreeMap;
use vocab::Ts;

fn made(scenario: Scenario, seed: u64, minutes: u32) -> Capture {
    generate(&Options { scenario, seed, minutes, ..Options::default() })
}

#[test]
fn the_same_options_give_the_same_bytes() {
    for scenario in Scenario::ALL {
        let written = |seed| {
            let mut bytes = Vec::new();
            let options = Options { scenario, seed, ..Options::default() };
            let truth = write_pcap(&options, &mut bytes).unwrap();
            (bytes, truth)
        };
        let (first, other) = (written(1), written(2));
        assert_eq!(first, written(1), "{scenario:?}");
        assert_ne!(first.0, other.0, "{scenario:?}");
    }
}

#[test]
fn ten_minutes_stay_small() {
    for scenario in Scenario::ALL {
        let truth = made(scenario, 1, 10).truth;
        assert!((20_000..60_000).contains(&truth.packets), "{scenario:?}: {}", truth.packets);
        assert!(truth.bytes < 8_000_000, "{scenario:?}: {}", truth.bytes);
    }
}

#[test]
fn the_file_has_the_frames_as_they_are() {
    let options = Options { minutes: 1, ..Options::default() };
    let mut bytes = Vec::new();
    write_pcap(&options, &mut bytes).unwrap();
    let mut at = 24;
    for frame in generate(&options).frames {
        let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        let time = i64::from(word(at)) * 1_000_000_000 + i64::from(word(at + 4)) * 1_000;
        assert_eq!(Ts(time), frame.at);
        let end = at + 16 + frame.bytes.len();
        assert_eq!(bytes[at + 16..end], frame.bytes);
        at = end;
    }
    assert_eq!(at, bytes.len());
}

#[test]
fn frames_come_in_time_order_within_the_capture() {
    for scenario in Scenario::ALL {
        let Options { start, .. } = Options::default();
        let capture = made(scenario, 3, 4);
        assert!(capture.frames.is_sorted_by_key(|frame| frame.at));
        let last = capture.frames.last().unwrap().at;
        assert!(capture.frames[0].at >= start && last.since_ns(start) < 242_000_000_000, "{last}");
    }
}

/// The ones' complement sum of 16-bit words: 0xffff over what holds its own checksum. RFC 1071.
fn sum(parts: &[&[u8]]) -> u16 {
    let words = parts.iter().flat_map(|part| {
        part.chunks(2).map(|pair| match *pair {
            [high, low] => u32::from(high) << 8 | u32::from(low),
            [high] => u32::from(high) << 8,
            _ => 0,
        })
    });
    let total = words.fold(0, |sum: u32, word| {
        let sum = sum + word;
        (sum & 0xffff) + (sum >> 16)
    });
    u16::try_from(total).unwrap()
}

/// Every frame is read to its end, and its checksums hold.
fn sound(capture: &Capture) {
    for (number, frame) in (1u64..).zip(&capture.frames) {
        let bytes = &frame.bytes;
        let mut headers = Headers::default();
        let len = vocab::sat_u32(bytes.len());
        decode::decode(LinkType::ETHERNET, bytes, len, &mut headers);
        assert_eq!((headers.stop, headers.fault), (Stop::Payload, None), "frame {number}");
        assert!(bytes.len() >= 60 && bytes.len() <= 1_518, "frame {number}");
        if headers.ip_version == 0 {
            assert!(!matches!(headers.net, Net::None), "frame {number}");
            continue;
        }
        let ip = &bytes[if headers.vlan == 0 { 14 } else { 18 }..];
        assert_eq!(sum(&[&ip[..20]]), 0xffff, "IP, frame {number}");
        let total = usize::from(u16::from_be_bytes([ip[2], ip[3]]));
        let inner = &ip[20..total];
        let len = u16::try_from(inner.len()).unwrap().to_be_bytes();
        let pseudo = [&ip[12..20], &[0, ip[9]], &len].concat();
        let whole: &[&[u8]] = match headers.transport {
            Transport::Tcp(_) | Transport::Udp { .. } => &[&pseudo, inner],
            Transport::None | Transport::Other => &[inner],
        };
        assert_eq!(sum(whole), 0xffff, "transport, frame {number}");
    }
}

#[test]
fn all_frames_are_sound() {
    for scenario in Scenario::ALL {
        sound(&made(scenario, 5, 10));
    }
}

/// Where a direction of a TCP connection stands.
#[derive(Clone, Copy)]
struct Stand {
    next: u32,
    ended: bool,
}

/// Nothing is skipped or sent twice, nothing comes after the end, and only what was sent is
/// acknowledged.
#[test]
fn streams_are_whole() {
    for scenario in Scenario::ALL {
        let mut stands: BTreeMap<[u64; 3], Stand> = BTreeMap::new();
        for frame in made(scenario, 8, 10).frames {
            let bytes = &frame.bytes;
            if bytes.get(16..18) != Some(&[8, 0]) || bytes[27] != 6 {
                continue;
            }
            let word = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
            let total = usize::from(u16::from_be_bytes([bytes[20], bytes[21]]));
            let (from, to) = (u64::from(word(30)), u64::from(word(34)));
            let (ports, seq, ack) = (word(38), word(42), word(46));
            let flags = bytes[51];
            let payload = total - 20 - usize::from(bytes[50] >> 4) * 4;
            let there = [from, to, u64::from(ports)];
            let back = [to, from, u64::from(ports.rotate_left(16))];
            let keep_alive = |next: u32| payload == 0 && seq == next.wrapping_sub(1);
            let stand = stands.entry(there).or_insert(Stand { next: seq, ended: false });
            assert!(seq == stand.next || keep_alive(stand.next), "{} {there:x?}", frame.at);
            assert!(!stand.ended || payload == 0, "{} {there:x?}", frame.at);
            let used = vocab::sat_u32(payload) + u32::from(flags & 3 != 0);
            if seq == stand.next {
                stand.next = seq.wrapping_add(used);
            }
            stand.ended |= flags & 5 != 0;
            if let Some(other) = stands.get(&back).filter(|_| flags & 16 != 0) {
                assert!(other.next.wrapping_sub(ack) < 65_536, "{} {there:x?}", frame.at);
            }
        }
        assert!(stands.len() > 40, "{}", stands.len());
    }
}
