//! PROFINET DCP: Identify by name of station, Get by MAC. IEC 61158-6-10 §4.3.

use super::allow::{Allowed, is_station, mac};
use super::log::Log;
use super::talk::{Pace, Tally};
use crate::clock;
use anyhow::{Context, Result, bail};
use capture::{Block, Live, Sender};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use vocab::{FrameId, Mac};

/// DCP's multicast address. §4.3.1.2.
const EVERYBODY: Mac = Mac([0x01, 0x0e, 0xcf, 0, 0, 0]);
const ETHERTYPE: [u8; 2] = [0x88, 0x92];
/// Frame identifiers. §4.3.1.3.
const IDENTIFY: [u8; 2] = [0xfe, 0xfe];
const IDENTIFY_ANSWER: [u8; 2] = [0xfe, 0xff];
const GET: [u8; 2] = [0xfe, 0xfd];
/// What Get asks for: maker's text, name, numbers, role, IP parameters. §4.3.1.4.
const OPTIONS: [[u8; 2]; 5] = [[2, 1], [2, 2], [2, 3], [2, 4], [1, 2]];
/// Bytes of an Ethernet frame without its checksum. IEEE 802.3 §3.2.7.
const FRAME_MIN: usize = 60;

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Station {
    /// The device with this name.
    Name(String),
    /// The device with this MAC.
    Mac(Mac),
}

impl Station {
    /// A device that may be asked.
    pub(super) fn of(host: &str, allowed: &Allowed) -> Result<Self> {
        let (station, named) = match mac(host) {
            Some(mac) if !mac.is_unicast() => bail!("{host} is no address of one device"),
            Some(mac) => (Self::Mac(mac), allowed.has_mac(mac)),
            None if is_station(host) => (Self::Name(host.to_owned()), allowed.has_station(host)),
            None => bail!("{host} is neither a MAC nor a name of station"),
        };
        if !named {
            bail!("{host} is not in the list of --allow; nothing was sent");
        }
        Ok(station)
    }

    /// What is asked, in words, and the frame.
    pub(super) fn question(&self, own: Mac, transaction: u32) -> (String, Vec<u8>) {
        let (to, id, service, delay, blocks) = match self {
            Self::Name(name) => {
                let mut block = vec![2, 2];
                block.extend(vocab::sat_u16(name.len()).to_be_bytes());
                block.extend(name.as_bytes());
                // Blocks begin at even places. §4.3.1.4.
                block.resize(block.len().next_multiple_of(2), 0);
                (EVERYBODY, IDENTIFY, 5, 1u16, block)
            }
            Self::Mac(mac) => (*mac, GET, 3, 0, OPTIONS.concat()),
        };
        let what = match self {
            Self::Name(name) => format!("PROFINET DCP Identify, name of station {name}"),
            Self::Mac(mac) => format!("PROFINET DCP Get of the identity of {mac}"),
        };
        let mut frame = [&to.0[..], &own.0, &ETHERTYPE, &id, &[service, 0]].concat();
        frame.extend(transaction.to_be_bytes());
        frame.extend(delay.to_be_bytes());
        frame.extend(vocab::sat_u16(blocks.len()).to_be_bytes());
        frame.extend(blocks);
        frame.resize(frame.len().max(FRAME_MIN), 0);
        (what, frame)
    }

    /// The frame answers the question.
    fn is_answer(&self, frame: &[u8], own: Mac, transaction: u32) -> bool {
        let rest = frame.get(12..).unwrap_or_default();
        // Taken off or not, a tag does not matter here. IEEE 802.1Q §9.5.
        let rest = if rest.starts_with(&[0x81, 0]) { rest.get(4..) } else { Some(rest) };
        let rest = rest.unwrap_or_default();
        let from = frame.get(6..12).unwrap_or_default();
        let (id, fits) = match self {
            Self::Name(_) => (IDENTIFY_ANSWER, true),
            Self::Mac(mac) => (GET, from == mac.0),
        };
        fits && frame.starts_with(&own.0)
            && rest.starts_with(&ETHERTYPE)
            && rest.get(2..4) == Some(&id[..])
            // Service type: a response.
            && rest.get(5) == Some(&1)
            && rest.get(6..10) == Some(&transaction.to_be_bytes()[..])
    }
}

/// Asks on an interface; returns the MAC that answered.
pub(super) fn ask(
    station: &Station,
    interface: &str,
    pace: &mut Pace,
    log: &mut Log,
) -> Result<(Tally, Option<Mac>)> {
    let sender = Sender::open(interface)?;
    let stop = Arc::new(AtomicBool::new(false));
    let mut live = Live::open(&[(interface.to_owned(), FrameId::default())], stop.clone())?;
    let now = clock::wall().0;
    let transaction = u32::try_from(now.div_euclid(1_000).rem_euclid(1 << 31)).unwrap_or(1);
    let (what, frame) = station.question(sender.mac(), transaction);
    pace.wait();
    log.frame("sent", &what, clock::wall(), &frame)?;
    sender.send(&frame).with_context(|| interface.to_owned())?;
    let mut tally = Tally { asked: 1, answered: 0 };
    let mut answered = None;
    let until = clock::now() + pace.patience;
    let mut block = Block::new();
    while answered.is_none() && clock::now() < until {
        block.clear();
        live.fill(&mut block);
        for frame in block.frames() {
            if answered.is_none() && station.is_answer(frame.bytes, sender.mac(), transaction) {
                log.frame("received", &what, frame.at, frame.bytes)?;
                let from = frame.bytes.get(6..12).and_then(<[u8]>::first_chunk);
                answered = from.copied().map(Mac);
                tally.answered = 1;
            }
        }
    }
    stop.store(true, Ordering::Relaxed);
    if answered.is_none() {
        log.note(&format!("no answer in {} s", pace.patience.as_secs()))?;
    }
    Ok((tally, answered))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: Mac = Mac([2, 0, 0, 0, 0, 9]);

    #[test]
    fn only_one_station_is_asked() {
        let station = Station::Name("plc-3".to_owned());
        let (_, frame) = station.question(OWN, 7);
        let mut want = vec![0x01, 0x0e, 0xcf, 0, 0, 0, 2, 0, 0, 0, 0, 9, 0x88, 0x92];
        want.extend([0xfe, 0xfe, 5, 0, 0, 0, 0, 7, 0, 1, 0, 10, 2, 2, 0, 5]);
        want.extend(b"plc-3\0");
        want.resize(60, 0);
        assert_eq!(frame, want);
        let mut answer = frame.clone();
        answer[..12].copy_from_slice(&[2, 0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 5]);
        assert!(!station.is_answer(&answer, OWN, 7), "a request is no answer");
        (answer[15], answer[17]) = (0xff, 1);
        assert!(station.is_answer(&answer, OWN, 7));
        assert!(!station.is_answer(&answer, OWN, 8));
        assert!(!station.is_answer(&[], OWN, 8));
    }

    #[test]
    fn who_is_not_named_is_not_asked() {
        let allowed = Allowed::read(&["02:00:00:00:00:05".to_owned()]).unwrap();
        assert!(Station::of("02:00:00:00:00:05", &allowed).is_ok());
        for host in ["02:00:00:00:00:06", "plc-3", "01:0e:cf:00:00:00", "PLC 3"] {
            assert!(Station::of(host, &allowed).is_err(), "{host}");
        }
    }
}
