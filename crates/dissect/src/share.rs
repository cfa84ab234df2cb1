//! What a flow reports of itself.

use vocab::{Dir, FrameId, Host, HostTraits, ProtoId, Transport, Ts};

/// Most protocols of one flow that a share reports.
pub const SHARE_PROTOS_MAX: usize = 8;

/// One end of a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareEnd {
    /// The address.
    pub host: Host,
    /// The port, 0 without.
    pub port: u16,
    /// What it sent in this share.
    pub traits: HostTraits,
}

/// Frames sent one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// How many.
    pub packets: u32,
    /// Their bytes, frame headers included.
    pub bytes: u64,
    /// Time of the first.
    pub first: Ts,
    /// Time of the last.
    pub last: Ts,
    /// The first.
    pub frame: FrameId,
}

impl Sent {
    pub(crate) fn add(&mut self, at: Ts, frame: FrameId, bytes: u32) {
        if self.packets == 0 {
            (self.first, self.last, self.frame) = (at, at, frame);
        }
        self.first = self.first.min(at);
        self.last = self.last.max(at);
        self.packets = self.packets.saturating_add(1);
        self.bytes = self.bytes.saturating_add(u64::from(bytes));
    }

    /// The same as an end's traits, without those of headers.
    pub fn traits(self) -> HostTraits {
        HostTraits {
            packets: u64::from(self.packets),
            bytes: self.bytes,
            first: self.first,
            last: self.last,
            frame: self.frame,
            ..HostTraits::default()
        }
    }
}

/// A protocol of a flow and how much of it the share holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShareProto {
    /// The protocol; `None` only in unused places.
    pub proto: Option<ProtoId>,
    /// How many protocols of the flow carry it.
    pub depth: u8,
    /// The frames that brought it bytes, `Up` and `Down`.
    pub sent: [Sent; 2],
    /// Messages recognised.
    pub messages: u32,
}

/// What a flow carried since it was last reported.
#[derive(Clone, Copy, Debug)]
pub struct FlowShare<'a> {
    /// The flow's number.
    pub flow: u32,
    /// How it was carried.
    pub transport: Transport,
    /// The server's port, or what selects the payload where there are no ports.
    pub port: u16,
    /// VLAN, 0 without.
    pub vlan: u16,
    /// The ends: the one that sends `Up`, the one that sends `Down`.
    pub ends: [ShareEnd; 2],
    /// The direction in which the client sends.
    pub client: Dir,
    /// The client is known from messages or set-up, not from port or order.
    pub certain: bool,
    /// What was spoken, outermost first; empty where nothing was recognised.
    pub protos: &'a [ShareProto],
    /// Time of its first frame; of the flow's latest where it has none, but what waited was read.
    pub first: Ts,
    /// Time of its last frame.
    pub last: Ts,
    /// Its first frame.
    pub frame: FrameId,
    /// The flow is forgotten now.
    pub ended: bool,
}

/// Collects a flow's protocols.
#[derive(Default)]
pub(crate) struct ShareProtos {
    list: [ShareProto; SHARE_PROTOS_MAX],
    len: usize,
}

impl ShareProtos {
    pub(crate) fn push(&mut self, proto: ShareProto) {
        if let Some(place) = self.list.get_mut(self.len) {
            *place = proto;
            self.len = self.len.saturating_add(1);
        }
    }

    pub(crate) fn as_slice(&self) -> &[ShareProto] {
        self.list.get(..self.len).unwrap_or(&[])
    }
}
