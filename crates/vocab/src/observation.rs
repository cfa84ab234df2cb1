//! What survives the packet: owned, bounded and additive. Two batches applied in either order, or
//! one batch cut in two, give the same model.

use crate::addr::{FrameId, Host, Mac};
use crate::fact::{Part, Role};
use crate::loss::{Loss, LossKind};
use crate::spec::{Access, AttrSpec, ProtoId};
use crate::time::Ts;
use alloc::vec::Vec;
use core::net::IpAddr;

/// A piece of text in a batch's arena.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// First byte.
    pub start: u32,
    /// Length in bytes.
    pub len: u32,
}

/// How a conversation is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// Frames without IP.
    Ethernet,
    /// IP without TCP or UDP.
    Ip,
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
}

impl Transport {
    /// Lower-case name as files write it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ethernet => "ethernet",
            Self::Ip => "ip",
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        }
    }
}

/// What the headers of an end's frames tell about it, gathered over a share of a flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HostTraits {
    /// Where its frames came from on this segment: its own MAC, or a router's.
    pub mac: Mac,
    /// Frames it sent.
    pub packets: u64,
    /// Bytes it sent, frame headers included.
    pub bytes: u64,
    /// Time of the first of these frames; means nothing where there is none.
    pub first: Ts,
    /// Time of the last of these frames.
    pub last: Ts,
    /// The first of these frames.
    pub frame: FrameId,
    /// Largest IP time to live seen; 0 without IP.
    pub ttl: u8,
    /// It answered a connection: a SYN with ACK came from it.
    pub listens: bool,
}

impl HostTraits {
    /// The first and the last time and the first frame of what both ends sent; `None` where neither
    /// sent a frame.
    pub fn times(ends: &[Self; 2]) -> Option<(Ts, Ts, FrameId)> {
        let own = ends.iter().filter(|end| end.packets > 0);
        own.map(|end| (end.first, end.last, end.frame))
            .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1), a.2.min(b.2)))
    }
}

/// A share of a conversation since it was last reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Talk {
    /// The end that asks.
    pub client: Host,
    /// The end that answers, or the group or broadcast address.
    pub server: Host,
    /// How sure the roles are: message, connection set-up, port, or only who spoke first.
    pub certain: bool,
    /// What was spoken; `None` where nothing was recognised.
    pub proto: Option<ProtoId>,
    /// The conversation's main row: others report a protocol inside it and add no endpoints.
    pub main: bool,
    /// How it was carried.
    pub transport: Transport,
    /// The server's port; the EtherType, LLC address or IP protocol where there are no ports.
    pub port: u16,
    /// VLAN, 0 without.
    pub vlan: u16,
    /// The client's frames in this share.
    pub from_client: HostTraits,
    /// The server's frames in this share.
    pub from_server: HostTraits,
    /// First frame's time.
    pub first: Ts,
    /// Last frame's time.
    pub last: Ts,
    /// First frame of this share.
    pub frame: FrameId,
}

/// A share of an operation's counts. Belongs to the talk at position `talk` of its batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpSum {
    /// Position of the conversation in the batch.
    pub talk: u32,
    /// The protocol.
    pub proto: ProtoId,
    /// The operation's code.
    pub code: u32,
    /// Its subcode.
    pub sub: Option<u16>,
    /// Request, answer or event.
    pub role: Role,
    /// How many.
    pub count: u64,
    /// How many of them failed.
    pub errors: u64,
    /// How many of them were paired with their request.
    pub paired: u64,
    /// Sum of the paired ones' latencies in nanoseconds.
    pub latency_ns_sum: u64,
    /// Largest latency in nanoseconds.
    pub latency_ns_max: u64,
    /// First time.
    pub first: Ts,
    /// Last time.
    pub last: Ts,
    /// First frame.
    pub frame: FrameId,
}

/// A target touched by an operation. Belongs to the talk at position `talk` of its batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetSeen {
    /// Position of the conversation in the batch.
    pub talk: u32,
    /// The protocol.
    pub proto: ProtoId,
    /// The operation's code.
    pub code: u32,
    /// What the operation may change.
    pub access: Access,
    /// Of the message that carried it: a request names targets, an answer may name others.
    pub role: Role,
    /// The unit behind the server's address.
    pub unit: Option<u32>,
    /// The area's number.
    pub area: u8,
    /// Position in the area.
    pub index: u64,
    /// How many from there on.
    pub count: u32,
    /// A further number of the area's own.
    pub extra: u32,
    /// Name, where the protocol addresses by name.
    pub name: Text,
    /// How often; 1 for answers and events, whose repetitions are not counted.
    pub touched: u64,
    /// First frame.
    pub frame: FrameId,
    /// First time.
    pub first: Ts,
    /// Last time.
    pub last: Ts,
}

/// An attribute of a device was stated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AttrSeen {
    /// The device: the address it was stated for.
    pub host: Host,
    /// The MAC that the host's frame came from, where the host is the sender.
    pub mac: Mac,
    /// VLAN, 0 without.
    pub vlan: u16,
    /// The part of the device, where it is not the device itself.
    pub part: Option<Part>,
    /// The protocol that said it.
    pub proto: ProtoId,
    /// Where in the protocol, and how sure.
    pub spec: &'static AttrSpec,
    /// The value, printable UTF-8.
    pub value: Text,
    /// How often.
    pub count: u64,
    /// First time.
    pub first: Ts,
    /// Last time.
    pub last: Ts,
    /// First frame.
    pub frame: FrameId,
    /// Byte offset of the value in that frame; `None` where it was put together from several.
    pub offset: Option<u32>,
    /// Length of the value in bytes as sent.
    pub length: u32,
}

/// A MAC and an IP address were stated to belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BindSeen {
    /// The MAC address.
    pub mac: Mac,
    /// The IP address.
    pub ip: IpAddr,
    /// VLAN, 0 without.
    pub vlan: u16,
    /// The protocol that said it.
    pub proto: ProtoId,
    /// First time.
    pub first: Ts,
    /// Last time.
    pub last: Ts,
    /// First frame.
    pub frame: FrameId,
    /// How often.
    pub count: u64,
}

/// A rule was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultSeen {
    /// Protocol key or layer name.
    pub layer: &'static str,
    /// The fault's key.
    pub fault: &'static str,
    /// How often.
    pub count: u64,
    /// First frame.
    pub frame: FrameId,
}

/// Messages and frames of a protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProtoSum {
    /// The protocol.
    pub proto: ProtoId,
    /// Frames that carried it.
    pub packets: u64,
    /// Messages recognised.
    pub messages: u64,
}

/// How many of each kind a batch holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchRoom {
    /// Shares of conversations.
    pub talks: usize,
    /// Shares of operations' counts.
    pub ops: usize,
    /// Targets.
    pub targets: usize,
    /// Attributes.
    pub attrs: usize,
    /// Address pairs.
    pub binds: usize,
    /// Faults.
    pub faults: usize,
    /// Protocols, and as many losses as there are kinds.
    pub protos: usize,
    /// Bytes of text.
    pub text: usize,
}

impl BatchRoom {
    /// Room for a few of each: for tests.
    pub fn small() -> Self {
        Self {
            talks: 64,
            ops: 64,
            targets: 64,
            attrs: 64,
            binds: 64,
            faults: 64,
            protos: 64,
            text: 4_096,
        }
    }
}

/// Observations with the text they point to. Its room is allocated once and used again; what
/// finds no room is counted.
#[derive(Debug)]
pub struct Batch {
    /// Shares of conversations.
    pub talks: Bounded<Talk>,
    /// Shares of operations' counts.
    pub ops: Bounded<OpSum>,
    /// Targets.
    pub targets: Bounded<TargetSeen>,
    /// Attributes.
    pub attrs: Bounded<AttrSeen>,
    /// Address pairs.
    pub binds: Bounded<BindSeen>,
    /// Faults.
    pub faults: Bounded<FaultSeen>,
    /// Messages and frames of protocols.
    pub protos: Bounded<ProtoSum>,
    /// Losses.
    pub losses: Bounded<Loss>,
    text: Vec<u8>,
}

/// A list that never grows beyond the room it was made with.
#[derive(Debug)]
pub struct Bounded<T> {
    items: Vec<T>,
    lost: u64,
}

impl<T> Bounded<T> {
    /// Room for `count` items.
    pub fn new(count: usize) -> Self {
        Self { items: Vec::with_capacity(count), lost: 0 }
    }

    /// Adds an item and returns its position; counts it as lost where there is no room.
    pub fn push(&mut self, item: T) -> Option<u32> {
        if self.items.len() == self.items.capacity() {
            self.lost = self.lost.saturating_add(1);
            return None;
        }
        let at = crate::sat_u32(self.items.len());
        self.items.push(item);
        Some(at)
    }

    /// The items in order.
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }

    /// How many more it can take.
    pub fn room(&self) -> usize {
        self.items.capacity().saturating_sub(self.items.len())
    }

    fn clear(&mut self) {
        self.items.clear();
        self.lost = 0;
    }
}

impl Batch {
    /// An empty batch.
    pub fn new(room: &BatchRoom) -> Self {
        Self {
            talks: Bounded::new(room.talks),
            ops: Bounded::new(room.ops),
            targets: Bounded::new(room.targets),
            attrs: Bounded::new(room.attrs),
            binds: Bounded::new(room.binds),
            faults: Bounded::new(room.faults),
            protos: Bounded::new(room.protos),
            losses: Bounded::new(LossKind::ALL.len().saturating_add(1)),
            text: Vec::with_capacity(room.text),
        }
    }

    /// Observations that found no room since the last `clear`.
    pub fn lost(&self) -> u64 {
        let counts = [
            self.talks.lost,
            self.ops.lost,
            self.targets.lost,
            self.attrs.lost,
            self.binds.lost,
            self.faults.lost,
            self.protos.lost,
        ];
        counts.iter().fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// How many more bytes of text it can take.
    pub fn text_room(&self) -> usize {
        self.text.capacity().saturating_sub(self.text.len())
    }

    /// Copies text in, as valid UTF-8 with what is not replaced; cut at the arena's end.
    pub fn intern(&mut self, bytes: &[u8]) -> Text {
        let start = self.text.len();
        if bytes.is_ascii() {
            self.append(bytes);
            let len = self.text.len().saturating_sub(start);
            return Text { start: crate::sat_u32(start), len: crate::sat_u32(len) };
        }
        for chunk in bytes.utf8_chunks() {
            self.append(chunk.valid().as_bytes());
            if !chunk.invalid().is_empty() {
                self.append("\u{fffd}".as_bytes());
            }
        }
        let len = self.text.len().saturating_sub(start);
        Text { start: crate::sat_u32(start), len: crate::sat_u32(len) }
    }

    fn append(&mut self, bytes: &[u8]) {
        if bytes.len() <= self.text_room() {
            self.text.extend_from_slice(bytes);
        }
    }

    /// The text behind a span.
    pub fn text(&self, span: Text) -> &str {
        let start = crate::sat_usize(u64::from(span.start));
        let end = start.saturating_add(crate::sat_usize(u64::from(span.len)));
        self.text.get(start..end).and_then(|b| core::str::from_utf8(b).ok()).unwrap_or("")
    }

    /// Empties it; keeps the room.
    pub fn clear(&mut self) {
        self.talks.clear();
        self.ops.clear();
        self.targets.clear();
        self.attrs.clear();
        self.binds.clear();
        self.faults.clear();
        self.protos.clear();
        self.losses.clear();
        self.text.clear();
    }
}
