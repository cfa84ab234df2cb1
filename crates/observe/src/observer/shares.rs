//! What a flow's share becomes: a row for each protocol, with its operations and targets.
//!
//! Each frame counts in one conversation. Where several protocols stand beside each other in a flow
//! (those of PROFINET in one EtherType), each has its own frames, and the first of them also those
//! that brought none of them anything. A protocol inside another names its frames again, but not
//! their bytes. So what all shares say together does not depend on when they were reported.

use super::{Lists, Observer, sat_usize};
use dissect::{FlowShare, SHARE_PROTOS_MAX, ShareProto};
use vocab::{Dir, HostTraits, OpSum, ProtoId, Talk, TargetSeen};

/// Where a protocol stands in a flow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It carries others and has no row.
    Carrier,
    /// Nothing that has a row carries it.
    Outer,
    /// It is inside another one that has a row.
    Inner,
}

type Places = [Place; SHARE_PROTOS_MAX];

impl Observer {
    /// Writes a flow's share.
    pub(super) fn write_share(&mut self, share: &FlowShare<'_>) {
        self.grew = true;
        let lists = self.lists(share.flow).map_or(Lists::EMPTY, Lists::take);
        let places = self.places(share.protos);
        let main = places.iter().position(|place| *place == Place::Outer).unwrap_or(0);
        let ends = main_ends(share, main, &places);
        let proto = share.protos.get(main);
        let is_new = proto.is_none_or(|proto| proto.messages > 0) || has_frames(&ends);
        let mut written = false;
        if is_new || share.protos.len() < 2 {
            let id = proto.and_then(|proto| proto.proto);
            let row = talk(share, id, true, ends);
            let Some(at) = self.batch.talks.push(row) else { return };
            self.write_counts(lists, at, |own, carrier| id == Some(own) || carrier);
            written = true;
        }
        for (at, (proto, place)) in share.protos.iter().zip(places).enumerate() {
            let ends = side_ends(share, proto, place);
            let is_new = proto.messages > 0 || has_frames(&ends);
            if at == main || place == Place::Carrier || !is_new {
                continue;
            }
            let row = talk(share, proto.proto, place == Place::Outer, ends);
            let Some(at) = self.batch.talks.push(row) else { break };
            self.write_counts(lists, at, |own, carrier| {
                proto.proto == Some(own) || carrier && !written
            });
            written = true;
        }
        self.forget(lists);
    }

    /// Where each protocol stands; they come with what carries them in front.
    fn places(&self, protos: &[ShareProto]) -> Places {
        let mut places = [Place::Carrier; SHARE_PROTOS_MAX];
        // How deep the outer one is that we are in.
        let mut outer: Option<u8> = None;
        for (place, proto) in places.iter_mut().zip(protos) {
            let is_carrier = proto.proto.is_none_or(|id| self.carriers.contains(&id));
            let is_inside = outer.is_some_and(|depth| proto.depth > depth);
            *place = match (is_carrier, is_inside) {
                (true, _) => Place::Carrier,
                (false, true) => Place::Inner,
                (false, false) => Place::Outer,
            };
            if !is_inside {
                outer = (!is_carrier).then_some(proto.depth);
            }
        }
        places
    }

    /// Writes the operations and targets of the protocols that `of` accepts; it is told whether
    /// the protocol is a carrier.
    fn write_counts(&mut self, lists: Lists, talk: u32, of: impl Fn(ProtoId, bool) -> bool) {
        let mut next = lists.operations;
        while let Some(((_, sum), after)) = self.operations.entry(next) {
            if of(sum.proto, self.carriers.contains(&sum.proto)) {
                self.batch.ops.push(OpSum { talk, ..*sum });
            }
            next = after;
        }
        let mut next = lists.targets;
        while let Some((cell, after)) = self.targets.entry(next) {
            if of(cell.seen.proto, self.carriers.contains(&cell.seen.proto)) {
                let start = sat_usize(u64::from(cell.seen.name.start));
                let end = start.saturating_add(sat_usize(u64::from(cell.seen.name.len)));
                let name = self.batch.intern(self.names.get(start..end).unwrap_or(&[]));
                self.batch.targets.push(TargetSeen { talk, name, ..cell.seen });
            }
            next = after;
        }
    }
}

/// What the ends sent in the main row: all that is not of another outer protocol.
fn main_ends(share: &FlowShare<'_>, main: usize, places: &Places) -> [HostTraits; 2] {
    let mut ends = share.ends.map(|end| end.traits);
    let others = share.protos.iter().zip(places).enumerate();
    let others = others.filter(|(at, (_, place))| *at != main && **place == Place::Outer);
    let mut alone = true;
    for (_, (proto, _)) in others {
        alone = false;
        for (end, sent) in ends.iter_mut().zip(&proto.sent) {
            end.packets = end.packets.saturating_sub(u64::from(sent.packets));
            end.bytes = end.bytes.saturating_sub(sent.bytes);
        }
    }
    if alone {
        return ends;
    }
    for (end, sent) in
        ends.iter_mut().zip(share.protos.get(main).map(|proto| proto.sent).iter().flatten())
    {
        // All are its own: so are their times.
        if end.packets == u64::from(sent.packets) {
            (end.first, end.last, end.frame) = (sent.first, sent.last, sent.frame);
        }
    }
    ends
}

/// What the ends sent in another protocol's row.
fn side_ends(share: &FlowShare<'_>, proto: &ShareProto, place: Place) -> [HostTraits; 2] {
    let [up, down] = share.ends;
    let [sent_up, sent_down] = proto.sent;
    [(up, sent_up), (down, sent_down)].map(|(end, sent)| {
        let HostTraits { mac, ttl, listens, .. } = end.traits;
        // Those of a protocol inside another are the other's.
        let bytes = if place == Place::Outer { sent.bytes } else { 0 };
        HostTraits { mac, ttl, listens, bytes, ..sent.traits() }
    })
}

fn has_frames(ends: &[HostTraits; 2]) -> bool {
    ends.iter().any(|end| end.packets > 0)
}

fn talk(share: &FlowShare<'_>, proto: Option<ProtoId>, main: bool, ends: [HostTraits; 2]) -> Talk {
    let (first, last, frame) =
        HostTraits::times(&ends).unwrap_or((share.first, share.last, share.frame));
    let ([up, down], [from_up, from_down]) = (share.ends, ends);
    let (client, server, from_client, from_server) = match share.client {
        Dir::Up => (up.host, down.host, from_up, from_down),
        Dir::Down => (down.host, up.host, from_down, from_up),
    };
    Talk {
        client,
        server,
        certain: share.certain,
        proto,
        main,
        transport: share.transport,
        port: share.port,
        vlan: share.vlan,
        from_client,
        from_server,
        first,
        last,
        frame,
    }
}
