//! What a dissector and a sink know of the message at hand, and what a dissector can ask for.

use crate::opens::NOTE_BYTES;
use decode::{Headers, Transport};
use vocab::{
    Attr, AttrSpec, Bind, Dir, Fact, Fault, FaultSpec, FrameId, Item, Mac, Op, ProtoId, Status,
    Subject, Target, Ts, Value,
};

/// Where a fact was seen.
#[derive(Clone, Copy, Debug)]
pub struct FactCx<'e> {
    /// The flow's number; stays the same until the flow's share says that it ended.
    pub flow: u32,
    /// The protocol that says it.
    pub proto: ProtoId,
    /// How many carriers it is inside of; 0 directly on the transport.
    pub depth: u8,
    /// Direction of the message.
    pub dir: Dir,
    /// Time of the frame that completed it.
    pub at: Ts,
    /// The frame that completed it.
    pub frame: FrameId,
    /// That frame's headers.
    pub headers: &'e Headers,
    /// That frame's bytes.
    pub wire: &'e [u8],
    /// The capture cut the message short.
    pub cut: bool,
    /// The message's sender is the client; `None` while unknown.
    pub from_client: Option<bool>,
    /// Somebody wants every value; else ranges will do.
    pub values: bool,
    /// The request that this operation answers.
    pub pair: Option<&'e Pair>,
}

impl FactCx<'_> {
    /// Where `part` lies in the frame; `None` when it was put together from several frames.
    pub fn offset_of(&self, part: &[u8]) -> Option<u32> {
        let start = part.as_ptr().addr().checked_sub(self.wire.as_ptr().addr())?;
        let end = start.checked_add(part.len())?;
        if end <= self.wire.len() { u32::try_from(start).ok() } else { None }
    }
}

/// An answer's request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// From request to answer, in nanoseconds; 0 where the capture's clock ran backwards.
    pub latency_ns: u64,
    /// The request.
    pub request: Pending,
}

/// A request that waits for its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending {
    /// When it was seen.
    pub at: Ts,
    /// Where it was seen.
    pub frame: FrameId,
    /// Its operation code.
    pub code: u32,
    /// Its subcode.
    pub sub: Option<u16>,
    /// Its unit.
    pub unit: Option<u32>,
    /// Its arguments.
    pub args: [u64; 4],
}

/// What the engine does for a dissector.
pub(crate) trait Hub {
    /// Tells whether the sender is the client, as far as is known now.
    fn op(&mut self, layer: u32, cx: &FactCx<'_>, op: &Op<'_>) -> Option<bool>;
    fn vote(&mut self, cx: &FactCx<'_>, sender_is_client: bool) -> Option<bool>;
    fn fact(&mut self, cx: &FactCx<'_>, fact: Fact<'_>);
    fn pending(&self, layer: u32, tx: u64) -> Option<Pending>;
    fn note(&mut self, layer: u32, tx: u64, bytes: &[u8]);
    fn noted(&self, layer: u32, tx: u64, out: &mut [u8; NOTE_BYTES]) -> usize;
    fn hand_down(&mut self, layer: u32, cx: &FactCx<'_>, selector: u32, bytes: &[u8], tag: u64);
    fn stash(&mut self, layer: u32, dir: Dir, bytes: &[u8], max: usize) -> bool;
    fn stashed(&self, layer: u32, dir: Dir) -> usize;
    fn unstash(&mut self, layer: u32, dir: Dir) -> Option<crate::buffers::Buffer>;
    fn give_back(&mut self, buffer: crate::buffers::Buffer);
}

/// Handed to a dissector with each message.
pub struct Cx<'e> {
    pub(crate) fact: FactCx<'e>,
    pub(crate) layer: u32,
    pub(crate) tag: u64,
    pub(crate) hub: &'e mut dyn Hub,
}

impl core::fmt::Debug for Cx<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Cx").field("fact", &self.fact).field("tag", &self.tag).finish()
    }
}

impl<'e> Cx<'e> {
    /// Direction of the message.
    pub fn dir(&self) -> Dir {
        self.fact.dir
    }

    /// Time of the frame that completed the message.
    pub fn at(&self) -> Ts {
        self.fact.at
    }

    /// The frame's headers.
    pub fn headers(&self) -> &'e Headers {
        self.fact.headers
    }

    /// The capture cut the message short: read what there is.
    pub fn cut(&self) -> bool {
        self.fact.cut
    }

    /// What the carrier says of this payload.
    pub fn tag(&self) -> u64 {
        self.tag
    }

    /// The sender is the client: from earlier messages, the connection's set-up, or the port;
    /// `None` when nothing tells.
    pub fn from_client(&self) -> Option<bool> {
        self.fact.from_client
    }

    /// Source and destination port.
    pub fn ports(&self) -> (u16, u16) {
        self.fact.headers.ports()
    }

    /// The message came over TCP.
    pub fn is_tcp(&self) -> bool {
        matches!(self.fact.headers.transport, Transport::Tcp(_))
    }

    /// Says an operation. A request with a `tx` waits for its answer; an answer with a `tx` is
    /// paired with it.
    pub fn op(&mut self, op: &Op<'_>) {
        self.fact.from_client = self.hub.op(self.layer, &self.fact, op);
    }

    /// Says that the message's content shows whether the client sent it: for events, whose role
    /// tells nothing.
    pub fn settle(&mut self, sender_is_client: bool) {
        self.fact.from_client = self.hub.vote(&self.fact, sender_is_client);
    }

    /// Somebody wants every value. Where not, a range of targets may be said as one item, without
    /// values.
    pub fn wants_values(&self) -> bool {
        self.fact.values
    }

    /// Says a target of the operation said last.
    pub fn item(&mut self, target: Target<'_>, value: Value<'_>) {
        self.item_status(target, value, Status::None);
    }

    /// Says a target of the operation said last, with how it ended for this target.
    pub fn item_status(&mut self, target: Target<'_>, value: Value<'_>, status: Status) {
        self.hub.fact(&self.fact, Fact::Item(&Item { target, value, status }));
    }

    /// Says an attribute of the sender.
    pub fn attr(&mut self, spec: &'static AttrSpec, value: &[u8]) {
        self.attr_of(Subject::Sender, spec, value);
    }

    /// Says an attribute of somebody. Empty values are not said.
    pub fn attr_of(&mut self, of: Subject, spec: &'static AttrSpec, value: &[u8]) {
        let value = trim(value);
        if !value.is_empty() {
            self.hub.fact(&self.fact, Fact::Attr(&Attr { spec, of, value }));
        }
    }

    /// Says that a MAC and an IP address belong together.
    pub fn bind(&mut self, mac: Mac, ip: core::net::IpAddr) {
        if mac.is_unicast() && is_host(ip) {
            self.hub.fact(&self.fact, Fact::Bind(&Bind { mac, ip }));
        }
    }

    /// Says that the message breaks the standard.
    pub fn fault(&mut self, spec: &'static FaultSpec, bytes: &[u8]) {
        self.hub.fact(&self.fact, Fact::Fault(&Fault { spec, bytes }));
    }

    /// The waiting request with this key; stays waiting.
    pub fn pending(&self, tx: u64) -> Option<Pending> {
        self.hub.pending(self.layer, tx)
    }

    /// Keeps up to 240 bytes with the waiting request with this key.
    pub fn note(&mut self, tx: u64, bytes: &[u8]) {
        self.hub.note(self.layer, tx, bytes);
    }

    /// The bytes kept with a waiting request, copied to `out`; says how many.
    pub fn noted(&self, tx: u64, out: &mut [u8; 240]) -> usize {
        self.hub.noted(self.layer, tx, out)
    }

    /// Hands a payload to whichever protocol is bound inside this one at `selector`. The tag goes
    /// with it.
    pub fn hand_down(&mut self, selector: u32, bytes: &[u8], tag: u64) {
        self.hub.hand_down(self.layer, &self.fact, selector, bytes, tag);
    }

    /// Keeps bytes of a message in pieces, after those kept before in this direction; false, and
    /// all of them forgotten, when they are more than `max` or there is no room.
    pub fn stash(&mut self, bytes: &[u8], max: usize) -> bool {
        self.hub.stash(self.layer, self.fact.dir, bytes, max)
    }

    /// How many bytes are kept in this direction.
    pub fn stashed(&self) -> usize {
        self.hub.stashed(self.layer, self.fact.dir)
    }

    /// Gives the kept bytes to `read` and forgets them.
    pub fn with_stash(&mut self, read: impl FnOnce(&mut Self, &[u8])) {
        if let Some(buffer) = self.hub.unstash(self.layer, self.fact.dir) {
            read(self, buffer.bytes());
            self.hub.give_back(buffer);
        }
    }

    /// Forgets the kept bytes.
    pub fn drop_stash(&mut self) {
        if let Some(buffer) = self.hub.unstash(self.layer, self.fact.dir) {
            self.hub.give_back(buffer);
        }
    }
}

/// Without NUL bytes and blanks at the ends.
fn trim(value: &[u8]) -> &[u8] {
    let blank = |b: &u8| *b == 0 || b.is_ascii_whitespace();
    let start = value.iter().position(|b| !blank(b)).unwrap_or(value.len());
    let end = value.iter().rposition(|b| !blank(b)).map_or(start, |at| at.saturating_add(1));
    value.get(start..end).unwrap_or(&[])
}

/// Not a group, broadcast, loopback or absent address.
fn is_host(ip: core::net::IpAddr) -> bool {
    let broadcast = matches!(ip, core::net::IpAddr::V4(v4) if v4.is_broadcast());
    !(ip.is_unspecified() || ip.is_multicast() || ip.is_loopback() || broadcast)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_trimmed_of_padding() {
        assert_eq!(trim(b"\0 PLC-3  \0\0"), b"PLC-3");
        assert_eq!(trim(b"\0\0 "), b"");
        assert_eq!(trim(b"a b"), b"a b");
    }
}
