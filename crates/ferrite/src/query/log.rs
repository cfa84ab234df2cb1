//! What was sent and received, for people and as a capture, written before anything else happens.
//!
//! Sockets give payloads, not frames. The capture has the IP and TCP or UDP headers that such
//! payloads travel with, made here: addresses, ports, sizes and order are real, other fields are
//! not. PROFINET DCP frames are real.

use crate::clock;
use anyhow::{Context, Result};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use vocab::{Ts, low_u16};

/// Link types of captures. <https://www.tcpdump.org/linktypes.html>
const RAW: u32 = 101;
const ETHERNET: u32 = 1;
/// Bytes of a payload that are written as text; the capture has all.
const SHOWN_MAX: usize = 512;

const SYN: u8 = 2;
const ACK: u8 = 16;
const PUSH: u8 = 8;
const FIN: u8 = 1;

/// The ends of a conversation, and what of a connection is past.
#[derive(Clone, Copy, Debug)]
struct Ends {
    own: SocketAddr,
    other: SocketAddr,
    /// Next sequence numbers, own and other; `None` for UDP.
    tcp: Option<[u32; 2]>,
}

/// A log and a capture.
#[derive(Debug)]
pub(super) struct Log {
    text: File,
    capture: File,
    /// The capture's file.
    pub(super) capture_path: PathBuf,
    /// The log's file.
    pub(super) text_path: PathBuf,
    ends: Option<Ends>,
    /// The same with the protocol's own port: on another one a few messages may not be enough to
    /// recognise it.
    known: Option<Ends>,
    /// The capture with these ends.
    readable: Vec<u8>,
}

impl Log {
    /// New files in a folder, named by time, device and protocol.
    pub(super) fn new(folder: &Path, host: &str, protocol: &str, ethernet: bool) -> Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
        let host: String = host.chars().map(plain).take(64).collect();
        let at: String = view::rfc3339(clock::wall()).chars().map(plain).collect();
        let path = |ending: &str| folder.join(format!("{at}-{host}-{protocol}.{ending}"));
        let (text_path, capture_path) = (path("log"), path("pcap"));
        let create = |path: &Path| {
            let file = OpenOptions::new().write(true).create_new(true).open(path);
            file.with_context(|| path.display().to_string())
        };
        let (text, mut capture) = (create(&text_path)?, create(&capture_path)?);
        let link = if ethernet { ETHERNET } else { RAW };
        // Nanoseconds. draft-ietf-opsawg-pcap §4.
        let mut head = 0xa1b2_3c4du32.to_le_bytes().to_vec();
        head.extend([2, 0, 4, 0]);
        head.extend([0u32, 0, 65_535, link].map(u32::to_le_bytes).concat());
        capture.write_all(&head)?;
        let (ends, known) = (None, None);
        Ok(Self { text, capture, capture_path, text_path, ends, known, readable: head })
    }

    /// Something that is no message.
    pub(super) fn note(&mut self, what: &str) -> Result<()> {
        self.line(clock::wall(), what)
    }

    /// The capture for those who know what was spoken.
    pub(super) fn readable(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.readable)
    }

    /// From now on messages travel between these ends; `port` is the protocol's own.
    pub(super) fn between(
        &mut self,
        own: SocketAddr,
        other: SocketAddr,
        port: u16,
        tcp: bool,
    ) -> Result<()> {
        let ends = Ends { own, other, tcp: tcp.then_some([0, 0]) };
        self.ends = Some(ends);
        self.known = Some(Ends { other: SocketAddr::new(other.ip(), port), ..ends });
        self.note(&format!("{} {own} > {other}", if tcp { "TCP" } else { "UDP" }))?;
        if tcp {
            self.packet(true, SYN, &[])?;
            self.packet(false, SYN | ACK, &[])?;
            self.packet(true, ACK, &[])?;
        }
        Ok(())
    }

    /// The connection is over.
    pub(super) fn over(&mut self) -> Result<()> {
        if self.ends.is_some_and(|ends| ends.tcp.is_some()) {
            self.packet(true, FIN | ACK, &[])?;
            self.packet(false, FIN | ACK, &[])?;
            self.packet(true, ACK, &[])?;
        }
        (self.ends, self.known) = (None, None);
        Ok(())
    }

    /// A message that is about to be sent.
    pub(super) fn sent(&mut self, what: &str, bytes: &[u8]) -> Result<()> {
        self.message("sent", what, bytes)?;
        self.packet(true, ACK | PUSH, bytes)
    }

    /// A message that came.
    pub(super) fn received(&mut self, what: &str, bytes: &[u8]) -> Result<()> {
        self.message("received", what, bytes)?;
        self.packet(false, ACK | PUSH, bytes)
    }

    /// A frame as it is.
    pub(super) fn frame(&mut self, way: &str, what: &str, at: Ts, bytes: &[u8]) -> Result<()> {
        self.message(way, what, bytes)?;
        self.record(at, bytes, bytes)
    }

    fn message(&mut self, way: &str, what: &str, bytes: &[u8]) -> Result<()> {
        let hex: Vec<String> = bytes.iter().take(SHOWN_MAX).map(|b| format!("{b:02x}")).collect();
        let more = if bytes.len() > SHOWN_MAX { " …" } else { "" };
        let line = format!("{way} {} bytes, {what}: {}{more}", bytes.len(), hex.join(" "));
        self.line(clock::wall(), &line)
    }

    fn line(&mut self, at: Ts, what: &str) -> Result<()> {
        // What devices send must not make lines of its own.
        let what: String = what.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        writeln!(self.text, "{} {what}", view::rfc3339(at))?;
        Ok(())
    }

    fn packet(&mut self, own: bool, flags: u8, payload: &[u8]) -> Result<()> {
        let (Some(ends), Some(known)) = (&mut self.ends, &mut self.known) else { return Ok(()) };
        let packet = ends.packet(own, flags, payload);
        let known = known.packet(own, flags, payload);
        self.record(clock::wall(), &packet, &known)
    }

    /// Both have the same size.
    fn record(&mut self, at: Ts, bytes: &[u8], known: &[u8]) -> Result<()> {
        let seconds = u32::try_from(at.0.div_euclid(1_000_000_000)).unwrap_or(0);
        let nanos = u32::try_from(at.0.rem_euclid(1_000_000_000)).unwrap_or(0);
        let len = vocab::sat_u32(bytes.len());
        let head = [seconds, nanos, len, len].map(u32::to_le_bytes).concat();
        self.capture.write_all(&[&head, bytes].concat())?;
        self.readable.extend(head);
        self.readable.extend(known);
        Ok(())
    }
}

impl Ends {
    /// An IP packet from one end.
    fn packet(&mut self, own: bool, flags: u8, payload: &[u8]) -> Vec<u8> {
        let (from, to) = if own { (self.own, self.other) } else { (self.other, self.own) };
        let (proto, mut segment) = match &mut self.tcp {
            Some([a, b]) => {
                let (seq, ack) = if own { (a, *b) } else { (b, *a) };
                let segment = tcp(from.port(), to.port(), *seq, ack, flags, payload);
                let step = vocab::sat_u32(payload.len()) + u32::from(flags & (SYN | FIN) != 0);
                *seq = seq.wrapping_add(step);
                (6, segment)
            }
            None => (17, udp(from.port(), to.port(), payload)),
        };
        let check_at = if proto == 6 { 16 } else { 6 };
        let sum = checksum(&[&pseudo(from.ip(), to.ip(), proto, segment.len()), &segment]);
        if let Some(place) = segment.get_mut(check_at..check_at + 2) {
            // Nought says that there is none. RFC 768.
            let sum = if sum == 0 && proto == 17 { 0xffff } else { sum };
            place.copy_from_slice(&sum.to_be_bytes());
        }
        ip(from.ip(), to.ip(), proto, &segment)
    }
}

/// RFC 9293 §3.1.
fn tcp(from: u16, to: u16, seq: u32, ack: u32, flags: u8, payload: &[u8]) -> Vec<u8> {
    let ack = if flags & ACK == 0 { 0 } else { ack };
    let mut out = [from.to_be_bytes(), to.to_be_bytes()].concat();
    out.extend(seq.to_be_bytes());
    out.extend(ack.to_be_bytes());
    out.extend([0x50, flags, 0xff, 0xff, 0, 0, 0, 0]);
    out.extend(payload);
    out
}

/// RFC 768.
fn udp(from: u16, to: u16, payload: &[u8]) -> Vec<u8> {
    let length = vocab::sat_u16(payload.len() + 8);
    let mut out = [from, to, length, 0].map(u16::to_be_bytes).concat();
    out.extend(payload);
    out
}

/// RFC 791 §3.1, RFC 8200 §3.
fn ip(from: IpAddr, to: IpAddr, proto: u8, payload: &[u8]) -> Vec<u8> {
    let mut out;
    if let (IpAddr::V4(from), IpAddr::V4(to)) = (from, to) {
        let total = vocab::sat_u16(payload.len() + 20).to_be_bytes();
        out = vec![0x45, 0, total[0], total[1], 0, 0, 0x40, 0, 64, proto, 0, 0];
        out.extend(from.octets());
        out.extend(to.octets());
        let sum = checksum(&[&out]).to_be_bytes();
        out[10..12].copy_from_slice(&sum);
    } else {
        let length = vocab::sat_u16(payload.len()).to_be_bytes();
        out = vec![0x60, 0, 0, 0, length[0], length[1], proto, 64];
        out.extend(wide(from));
        out.extend(wide(to));
    }
    out.extend(payload);
    out
}

fn wide(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => address.octets(),
    }
}

/// RFC 9293 §3.1, RFC 8200 §8.1.
fn pseudo(from: IpAddr, to: IpAddr, proto: u8, length: usize) -> Vec<u8> {
    let length = vocab::sat_u32(length).to_be_bytes();
    let mut out = match (from, to) {
        (IpAddr::V4(from), IpAddr::V4(to)) => [from.octets(), to.octets()].concat(),
        _ => [wide(from), wide(to)].concat(),
    };
    out.extend(length);
    out.extend([0, 0, 0, proto]);
    out
}

/// RFC 1071.
fn checksum(parts: &[&[u8]]) -> u16 {
    let mut sum = 0u32;
    for part in parts {
        for pair in part.chunks(2) {
            let high = pair.first().copied().unwrap_or(0);
            let low = pair.get(1).copied().unwrap_or(0);
            sum += u32::from(u16::from_be_bytes([high, low]));
        }
    }
    while sum >> 16 != 0 {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !low_u16(sum.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_right() {
        // The example of RFC 1071 §3.
        assert_eq!(checksum(&[&[0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]]), !0xddf2);
        let own = "10.0.0.9:40000".parse().unwrap();
        let other = "10.0.0.5:502".parse().unwrap();
        let mut ends = Ends { own, other, tcp: Some([0, 0]) };
        let packet = ends.packet(true, ACK | PUSH, b"abc");
        assert_eq!(checksum(&[&packet[..20]]), 0, "a header with its sum gives nought");
        let from = pseudo(own.ip(), other.ip(), 6, 23);
        assert_eq!(checksum(&[&from, &packet[20..]]), 0);
        assert_eq!(ends.tcp, Some([3, 0]));
    }

    #[test]
    fn lines_stay_lines() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = Log::new(folder.path(), "../x/\n", "snmp", false).unwrap();
        log.note("a\nb\x1b[31m").unwrap();
        let text = std::fs::read_to_string(&log.text_path).unwrap();
        assert_eq!(text.lines().count(), 1);
        assert!(!text.contains('\x1b'));
        assert_eq!(log.text_path.parent(), Some(folder.path()));
    }
}
