//! TCP connections: handshake, segments no larger than agreed, acknowledgements, end.

use crate::frame::{self, ACK, FIN, Nic, PSH, RST, SYN, Segment};
use crate::rng::Rng;
use crate::wire::{MS, US, Wire};

/// The end that opened the connection, or the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Client,
    Server,
}

use Side::{Client, Server};

impl Side {
    fn index(self) -> usize {
        usize::from(self == Server)
    }

    fn other(self) -> Self {
        if self == Client { Server } else { Client }
    }
}

/// A connection, seen from a mirror port in the middle.
#[derive(Clone, Debug)]
pub(crate) struct Tcp {
    ends: [Nic; 2],
    ports: [u16; 2],
    seq: [u32; 2],
    /// What each side told the other that it has.
    told: [Option<u32>; 2],
    window: [u16; 2],
    mss: usize,
    /// Time of its last frame: the next one is later.
    clock: i64,
    rng: Rng,
}

impl Tcp {
    /// A connection from a port chosen at random: not open yet, or older than the capture.
    pub(crate) fn new(rng: &mut Rng, client: Nic, server: Nic, port: u16) -> Self {
        let mut rng = Rng::new(rng.next(), "tcp");
        let from = 49_152 + rng.u16() % 16_000;
        Self {
            ends: [client, server],
            ports: [from, port],
            seq: [rng.u32(), rng.u32()],
            told: [None; 2],
            window: [64_240, 8_192],
            mss: 1_460,
            clock: i64::MIN,
            rng,
        }
    }

    /// The time of the last frame.
    pub(crate) fn clock(&self) -> i64 {
        self.clock
    }

    fn put(&mut self, wire: &mut Wire, at: i64, side: Side, flags: u8, payload: &[u8]) -> i64 {
        let at = at.max(self.clock.saturating_add(12 * US));
        self.clock = at;
        let (from, to) = (side.index(), side.other().index());
        let (scaled, first);
        let options: &[u8] = if flags & SYN == 0 {
            &[]
        } else if side == Client {
            // Largest segment, no operation, window scale, no operation twice, SACK permitted.
            scaled = [2, 4, 5, 0xb4, 1, 3, 3, 8, 1, 1, 4, 2];
            &scaled
        } else {
            first = [2, 4, 5, 0xb4];
            &first
        };
        if flags & ACK != 0 {
            self.told[from] = Some(self.seq[to]);
        }
        let segment = Segment {
            ports: [self.ports[from], self.ports[to]],
            seq: self.seq[from],
            ack: if flags & ACK == 0 { 0 } else { self.seq[to] },
            flags,
            window: self.window[from],
            options,
        };
        let bytes = frame::tcp(self.ends[from], self.ends[to], wire.id(), &segment, payload);
        wire.put(at, bytes);
        let used = vocab::sat_u32(payload.len()) + u32::from(flags & (SYN | FIN) != 0);
        self.seq[from] = self.seq[from].wrapping_add(used);
        at
    }

    /// The three frames that open it. RFC 9293 §3.5.
    pub(crate) fn open(&mut self, wire: &mut Wire, at: i64) -> i64 {
        let at = self.put(wire, at, Client, SYN, &[]);
        let reply = at + self.rng.between(250 * US, 900 * US);
        let at = self.put(wire, reply, Server, SYN | ACK, &[]);
        let done = at + self.rng.between(40 * US, 160 * US);
        self.put(wire, done, Client, ACK, &[])
    }

    /// A SYN to a port that does not listen, and the refusal.
    pub(crate) fn refused(&mut self, wire: &mut Wire, at: i64) -> i64 {
        let at = self.put(wire, at, Client, SYN, &[]);
        self.put(wire, at + 300 * US, Server, RST | ACK, &[])
    }

    /// A SYN to a port that listens; the client only wanted to know.
    pub(crate) fn half_open(&mut self, wire: &mut Wire, at: i64) -> i64 {
        let at = self.put(wire, at, Client, SYN, &[]);
        let at = self.put(wire, at + 350 * US, Server, SYN | ACK, &[]);
        self.put(wire, at + 90 * US, Client, RST, &[])
    }

    /// Sends a message, in as many segments as it needs; the other side acknowledges every
    /// second one. RFC 9293 §3.8.6.3.
    pub(crate) fn send(&mut self, wire: &mut Wire, at: i64, side: Side, message: &[u8]) -> i64 {
        let mut at = at;
        let pieces = message.chunks(self.mss);
        let last = pieces.len().saturating_sub(1);
        for (number, piece) in pieces.enumerate() {
            let flags = if number == last { PSH | ACK } else { ACK };
            at = self.put(wire, at, side, flags, piece) + 14 * US;
            if number % 2 == 1 && number != last {
                let then = at + self.rng.between(30 * US, 90 * US);
                at = self.put(wire, then, side.other(), ACK, &[]) + 20 * US;
            }
        }
        self.clock
    }

    /// A bare acknowledgement from a side, after it waited for data to send along; none where
    /// there is nothing new to say.
    pub(crate) fn acknowledge(&mut self, wire: &mut Wire, at: i64, side: Side) -> i64 {
        if self.told[side.index()] == Some(self.seq[side.other().index()]) {
            return at;
        }
        let wait = self.rng.between(40 * MS, 190 * MS);
        self.put(wire, at + wait, side, ACK, &[])
    }

    /// A question and its answer after a device's time to think.
    pub(crate) fn ask(&mut self, wire: &mut Wire, at: i64, ask: &[u8], answer: &[u8]) -> i64 {
        let at = self.send(wire, at, Client, ask);
        let then = at + self.rng.between(1_200 * US, 6_500 * US);
        self.send(wire, then, Server, answer)
    }

    /// The same, and the client's late acknowledgement.
    pub(crate) fn poll(&mut self, wire: &mut Wire, at: i64, ask: &[u8], answer: &[u8]) -> i64 {
        let at = self.ask(wire, at, ask, answer);
        self.acknowledge(wire, at, Client)
    }

    /// A probe whether the other side is still there, and the answer. RFC 9293 §3.8.4.
    pub(crate) fn keep_alive(&mut self, wire: &mut Wire, at: i64, side: Side) -> i64 {
        let from = side.index();
        self.seq[from] = self.seq[from].wrapping_sub(1);
        let at = self.put(wire, at, side, ACK, &[]);
        self.seq[from] = self.seq[from].wrapping_add(1);
        self.put(wire, at + 400 * US, side.other(), ACK, &[])
    }

    /// Closes it in order. RFC 9293 §3.6.
    pub(crate) fn close(&mut self, wire: &mut Wire, at: i64, side: Side) -> i64 {
        let at = self.put(wire, at, side, FIN | ACK, &[]);
        let then = at + self.rng.between(300 * US, 900 * US);
        let at = self.put(wire, then, side.other(), FIN | ACK, &[]);
        self.put(wire, at + 80 * US, side, ACK, &[])
    }
}
