//! Frames made from their parts, checksums left at zero: the sensor does not check them.

use decode::{Frame, LinkType};
use vocab::{FrameId, Mac, Ts};

/// MACs, IPv4 addresses and ports of the two ends.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    /// Sender's MAC.
    pub src_mac: Mac,
    /// Receiver's MAC.
    pub dst_mac: Mac,
    /// Sender's address.
    pub src: [u8; 4],
    /// Receiver's address.
    pub dst: [u8; 4],
    /// Sender's port.
    pub src_port: u16,
    /// Receiver's port.
    pub dst_port: u16,
}

impl Ends {
    /// 10.0.0.9 to 10.0.0.5 with these ports.
    pub fn new(src_port: u16, dst_port: u16) -> Self {
        Self {
            src_mac: Mac([2, 0, 0, 0, 0, 9]),
            dst_mac: Mac([2, 0, 0, 0, 0, 5]),
            src: [10, 0, 0, 9],
            dst: [10, 0, 0, 5],
            src_port,
            dst_port,
        }
    }

    /// The way back.
    pub fn back(self) -> Self {
        Self {
            src_mac: self.dst_mac,
            dst_mac: self.src_mac,
            src: self.dst,
            dst: self.src,
            src_port: self.dst_port,
            dst_port: self.src_port,
        }
    }

    /// To everybody on the segment.
    pub fn broadcast(self) -> Self {
        Self { dst_mac: Mac([0xff; 6]), dst: [255; 4], ..self }
    }
}

/// An Ethernet frame.
pub fn ethernet(ends: &Ends, kind: u16, payload: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(14 + payload.len());
    frame.extend(ends.dst_mac.0);
    frame.extend(ends.src_mac.0);
    frame.extend(kind.to_be_bytes());
    frame.extend(payload);
    frame
}

/// An 802.3 frame with an LLC header of one control byte.
pub fn llc(ends: &Ends, sap: u8, payload: &[u8]) -> Vec<u8> {
    let mut body = vec![sap, sap, 0x03];
    body.extend(payload);
    let len = u16::try_from(body.len()).unwrap_or(1500);
    ethernet(ends, len, &body)
}

/// An IPv4 packet in an Ethernet frame.
pub fn ipv4(ends: &Ends, proto: u8, payload: &[u8]) -> Vec<u8> {
    let total = u16::try_from(20 + payload.len()).unwrap_or(u16::MAX);
    let mut packet = vec![0x45, 0];
    packet.extend(total.to_be_bytes());
    packet.extend([0, 0, 0x40, 0, 64, proto, 0, 0]);
    packet.extend(ends.src);
    packet.extend(ends.dst);
    packet.extend(payload);
    ethernet(ends, 0x0800, &packet)
}

/// A UDP datagram.
pub fn udp(ends: &Ends, payload: &[u8]) -> Vec<u8> {
    let mut datagram = Vec::with_capacity(8 + payload.len());
    datagram.extend(ends.src_port.to_be_bytes());
    datagram.extend(ends.dst_port.to_be_bytes());
    datagram.extend(u16::try_from(8 + payload.len()).unwrap_or(0).to_be_bytes());
    datagram.extend([0, 0]);
    datagram.extend(payload);
    ipv4(ends, 17, &datagram)
}

/// A TCP segment. Flags: 1 FIN, 2 SYN, 4 RST, 16 ACK.
pub fn tcp(ends: &Ends, seq: u32, ack: u32, flags: u8, payload: &[u8]) -> Vec<u8> {
    let mut segment = Vec::with_capacity(20 + payload.len());
    segment.extend(ends.src_port.to_be_bytes());
    segment.extend(ends.dst_port.to_be_bytes());
    segment.extend(seq.to_be_bytes());
    segment.extend(ack.to_be_bytes());
    segment.extend([0x50, flags, 0x20, 0, 0, 0, 0, 0]);
    segment.extend(payload);
    ipv4(ends, 6, &segment)
}

/// A TCP connection whose segments are made in turn; also gives every frame its time and number.
#[derive(Clone, Debug)]
pub struct Session {
    ends: Ends,
    seq: [u32; 2],
    frames: u64,
}

impl Session {
    /// A connection between these ends; nothing was sent yet.
    pub fn new(ends: Ends) -> Self {
        Self { ends, seq: [1_000, 5_000], frames: 0 }
    }

    /// The three frames that open the connection.
    pub fn open(&mut self) -> [Vec<u8>; 3] {
        let [a, b] = self.seq;
        self.seq = [a.wrapping_add(1), b.wrapping_add(1)];
        [
            tcp(&self.ends, a, 0, 2, &[]),
            tcp(&self.ends.back(), b, a.wrapping_add(1), 18, &[]),
            tcp(&self.ends, a.wrapping_add(1), b.wrapping_add(1), 16, &[]),
        ]
    }

    /// The next segment from the opener (`there`) or to it.
    pub fn segment(&mut self, there: bool, payload: &[u8]) -> Vec<u8> {
        let [a, b] = &mut self.seq;
        let (ends, seq, ack) = if there { (self.ends, a, *b) } else { (self.ends.back(), b, *a) };
        let frame = tcp(&ends, *seq, ack, 24, payload);
        *seq = seq.wrapping_add(u32::try_from(payload.len()).unwrap_or(0));
        frame
    }

    /// Frame bytes as a captured Ethernet frame, a millisecond after the one before.
    pub fn frame<'p>(&mut self, bytes: &'p [u8]) -> Frame<'p> {
        self.linked(bytes, LinkType::ETHERNET)
    }

    /// The same on another link layer.
    pub fn linked<'p>(&mut self, bytes: &'p [u8], link: LinkType) -> Frame<'p> {
        self.frames += 1;
        Frame {
            at: Ts(1_700_000_000_000_000_000 + self.frames.cast_signed() * 1_000_000),
            id: FrameId { file: 0, number: self.frames },
            link,
            bytes,
            wire_len: vocab::sat_u32(bytes.len()),
            vlan: 0,
        }
    }
}
