//! The observer: a sink that counts.

mod items;
mod shares;

use crate::cells::{Cells, Mix, NONE};
use alloc::vec;
use alloc::vec::Vec;
use decode::Headers;
use dissect::{FactCx, FlowShare, Sink};
use items::{ACCESSES, SEEN_MAX};
use vocab::{
    Access, Attr, AttrSeen, Batch, BatchRoom, Bind, BindSeen, Fact, FaultSeen, FrameId, Host, Loss,
    LossKind, Mac, Op, OpSum, ProtoId, ProtoSum, Role, Spec, Status, Subject, TargetSeen, sat_u32,
    sat_usize,
};

/// Longest attribute value kept, in bytes.
const VALUE_BYTES_MAX: usize = 512;
/// Shares kept free in a batch: what one frame may end.
const RESERVE: usize = 1_024;
/// Bytes of text kept free in a batch: what one frame may say.
const TEXT_RESERVE: usize = 128 << 10;
/// Kinds of faults counted apart.
const FAULTS_MAX: usize = 512;

/// How much an observer holds between two drains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Flows of the engine it observes.
    pub flows: u32,
    /// Shares of conversations in a batch.
    pub talks: usize,
    /// Operations counted apart, over all flows.
    pub operations: usize,
    /// Targets counted apart, over all flows.
    pub targets: usize,
    /// Bytes of targets' names.
    pub names: usize,
    /// Attributes, and address pairs.
    pub attributes: usize,
    /// Bytes of attributes' values.
    pub values: usize,
}

impl Room {
    /// About 15 MB when everything is full.
    pub fn for_flows(flows: u32) -> Self {
        Self {
            flows,
            talks: 16_384,
            operations: 16_384,
            targets: 24_576,
            names: 512 << 10,
            attributes: 8_192,
            values: 1 << 20,
        }
    }

    /// An empty batch that holds everything the tables can.
    pub fn batch(&self, protos: usize) -> Batch {
        Batch::new(&BatchRoom {
            talks: self.talks,
            ops: self.operations,
            targets: self.targets,
            attrs: self.attributes,
            binds: self.attributes,
            faults: FAULTS_MAX,
            protos,
            text: self.names.saturating_add(self.values),
        })
    }
}

/// The lists of one flow.
#[derive(Clone, Copy)]
struct Lists {
    operations: u32,
    targets: u32,
    /// Counts up when the flow's cells go out of use: its number may be given to another flow.
    age: u32,
}

impl Lists {
    const EMPTY: Self = Self { operations: NONE, targets: NONE, age: 0 };

    fn is_empty(&self) -> bool {
        self.operations == NONE && self.targets == NONE
    }

    /// Takes the lists; empty ones of the next age stay.
    fn take(&mut self) -> Self {
        let next = Self { age: self.age.wrapping_add(1), ..Self::EMPTY };
        core::mem::replace(self, next)
    }
}

/// The operation that the next items belong to.
#[derive(Clone, Copy)]
struct Current {
    proto: ProtoId,
    code: u32,
    unit: Option<u32>,
    role: Role,
    /// Of flow, protocol, operation, role and unit together.
    hash: Mix,
}

struct TargetCell {
    /// Its name lies in the observer's own text, not the batch's.
    seen: TargetSeen,
    flow: u32,
    name_hash: u64,
}

/// Counts what an engine says.
pub struct Observer {
    batch: Batch,
    lists: Vec<Lists>,
    operations: Cells<(u32, OpSum)>,
    targets: Cells<TargetCell>,
    /// Names of targets.
    names: Vec<u8>,
    /// Hashes of targets of answers and events that are in `targets`.
    seen: Vec<u64>,
    attributes: Cells<AttrSeen>,
    binds: Cells<BindSeen>,
    faults: Vec<FaultSeen>,
    protos: Vec<ProtoSum>,
    carriers: Vec<ProtoId>,
    specs: &'static [&'static Spec],
    /// What operations that were met may change.
    accesses: Vec<((ProtoId, u32), Access)>,
    current: Option<Current>,
    lost: u64,
    /// Something was added since it was last asked whether a table is nearly full.
    grew: bool,
}

impl core::fmt::Debug for Observer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Observer").field("protocols", &self.specs.len()).finish_non_exhaustive()
    }
}

impl Observer {
    /// An observer with this room, for these protocols.
    pub fn new(room: &Room, specs: &'static [&'static Spec]) -> Self {
        let carriers = specs.iter().filter(|spec| spec.carrier).map(|spec| spec.id).collect();
        let none = |spec: &&Spec| ProtoSum { proto: spec.id, packets: 0, messages: 0 };
        Self {
            batch: room.batch(specs.len()),
            lists: vec![Lists::EMPTY; sat_usize(u64::from(room.flows))],
            operations: Cells::new(room.operations),
            targets: Cells::new(room.targets),
            names: Vec::with_capacity(room.names),
            seen: vec![0; SEEN_MAX],
            attributes: Cells::new(room.attributes),
            binds: Cells::new(room.attributes),
            faults: Vec::with_capacity(FAULTS_MAX),
            protos: specs.iter().map(none).collect(),
            carriers,
            accesses: vec![((ProtoId(0), 0), Access::Observe); ACCESSES],
            specs,
            current: None,
            lost: 0,
            grew: false,
        }
    }

    /// A table is nearly full: call the engine's `report`, then [`Observer::seal`], and take the
    /// batch before the next frame.
    pub fn is_ripe(&mut self) -> bool {
        // Asked after every frame, and most frames add nothing.
        self.grew = self.grew && self.is_nearly_full();
        self.grew
    }

    fn is_nearly_full(&self) -> bool {
        self.operations.is_ripe()
            || self.targets.is_ripe()
            || self.attributes.is_ripe()
            || self.binds.is_ripe()
            || self.names.len() > self.names.capacity() / 2
            || !self.has_batch_room()
    }

    /// The batch can take the shares of one more flow with what the tables hold of it.
    fn has_batch_room(&self) -> bool {
        let text = TEXT_RESERVE.saturating_add(self.names.len());
        self.batch.talks.room() > RESERVE
            && self.batch.ops.room() >= self.operations.len()
            && self.batch.targets.room() >= self.targets.len()
            && self.batch.text_room() > text
    }

    /// Writes into the batch what is not of one flow, and the engine's losses.
    pub fn seal(&mut self, losses: impl Iterator<Item = Loss>) {
        for attr in self.attributes.iter() {
            self.batch.attrs.push(*attr);
        }
        for bind in self.binds.iter() {
            self.batch.binds.push(*bind);
        }
        for fault in &self.faults {
            self.batch.faults.push(*fault);
        }
        for sum in &mut self.protos {
            if sum.packets > 0 || sum.messages > 0 {
                self.batch.protos.push(*sum);
                *sum = ProtoSum { proto: sum.proto, packets: 0, messages: 0 };
            }
        }
        for loss in losses {
            self.batch.losses.push(loss);
        }
        let lost = self.lost.saturating_add(self.batch.lost());
        if lost > 0 {
            let loss = Loss { kind: LossKind::ObservationsDropped, count: lost };
            self.batch.losses.push(loss);
            self.lost = 0;
        }
        self.attributes.clear();
        self.binds.clear();
        self.faults.clear();
    }

    /// The sealed batch.
    pub fn batch(&self) -> &Batch {
        &self.batch
    }

    /// Starts the next batch in the same room. `reported` says that the engine's report came to
    /// its end: what was counted is in the batches now.
    pub fn clear(&mut self, reported: bool) {
        self.batch.clear();
        if reported {
            self.operations.clear();
            self.targets.clear();
            self.names.clear();
            self.seen.fill(0);
        }
    }

    fn spec(&self, proto: ProtoId) -> Option<&'static Spec> {
        self.specs.iter().find(|spec| spec.id == proto).copied()
    }

    fn lists(&mut self, flow: u32) -> Option<&mut Lists> {
        self.lists.get_mut(sat_usize(u64::from(flow)))
    }

    fn operation(&mut self, cx: &FactCx<'_>, op: &Op<'_>) {
        let (flow, proto) = (cx.flow, cx.proto);
        let Some(lists) = self.lists.get_mut(sat_usize(u64::from(flow))) else { return };
        let sub = op.sub.map_or(u64::from(u32::MAX), u64::from);
        let unit = op.unit.map_or(u64::MAX, u64::from);
        let mix = Mix::new(flow)
            .word(u64::from(op.code) << 32 | u64::from(proto.0) << 8 | op.role as u64)
            .word(sub << 32 ^ u64::from(lists.age));
        self.current = Some(Current {
            proto,
            code: op.code,
            unit: op.unit,
            role: op.role,
            hash: mix.word(unit),
        });
        let failed = u64::from(matches!(op.status, Status::Error(_)));
        let latency = cx.pair.map(|pair| pair.latency_ns);
        let same = |(of, sum): &(u32, OpSum)| {
            *of == flow
                && sum.proto == proto
                && sum.code == op.code
                && sum.sub == op.sub
                && sum.role == op.role
        };
        if let Some((_, sum)) = self.operations.find(mix.finish(), same) {
            sum.count = sum.count.saturating_add(1);
            sum.errors = sum.errors.saturating_add(failed);
            sum.last = sum.last.max(cx.at);
            if let Some(latency) = latency {
                sum.paired = sum.paired.saturating_add(1);
                sum.latency_ns_sum = sum.latency_ns_sum.saturating_add(latency);
                sum.latency_ns_max = sum.latency_ns_max.max(latency);
            }
            return;
        }
        let sum = OpSum {
            talk: 0,
            proto,
            code: op.code,
            sub: op.sub,
            role: op.role,
            count: 1,
            errors: failed,
            paired: u64::from(latency.is_some()),
            latency_ns_sum: latency.unwrap_or(0),
            latency_ns_max: latency.unwrap_or(0),
            first: cx.at,
            last: cx.at,
            frame: cx.frame,
        };
        self.grew = true;
        if !self.operations.add(mix.finish(), &mut lists.operations, (flow, sum)) {
            self.lost = self.lost.saturating_add(1);
        }
    }

    fn attribute(&mut self, cx: &FactCx<'_>, attr: &Attr<'_>) {
        let Some((host, mac)) = subject(cx.headers, attr.of) else { return };
        let part = match attr.of {
            Subject::SenderPart(part) | Subject::ReceiverPart(part) => Some(part),
            Subject::Sender | Subject::Receiver | Subject::Host(_) => None,
        };
        let value = attr.value.get(..VALUE_BYTES_MAX).unwrap_or(attr.value);
        let vlan = cx.headers.vlan;
        let hash = host_mix(host)
            .word(u64::from(vlan) << 16 | u64::from(cx.proto.0))
            .word(part.map_or(0, |part| u64::from(part.number).wrapping_add(1)))
            .bytes(attr.spec.source.as_bytes())
            .bytes(value)
            .finish();
        let same = |seen: &AttrSeen| {
            seen.host == host && seen.part == part && core::ptr::eq(seen.spec, attr.spec)
        };
        if let Some(seen) = self.attributes.find(hash, same) {
            seen.count = seen.count.saturating_add(1);
            seen.last = seen.last.max(cx.at);
            seen.mac = seen.mac.max(mac);
            // Frames between other hosts may come in another order.
            if cx.frame < seen.frame {
                (seen.first, seen.frame) = (cx.at, cx.frame);
                (seen.offset, seen.length) = (cx.offset_of(attr.value), sat_u32(attr.value.len()));
            }
            return;
        }
        let seen = AttrSeen {
            host,
            mac,
            vlan,
            part,
            proto: cx.proto,
            spec: attr.spec,
            value: self.batch.intern(value),
            count: 1,
            first: cx.at,
            last: cx.at,
            frame: cx.frame,
            offset: cx.offset_of(attr.value),
            length: sat_u32(attr.value.len()),
        };
        self.grew = true;
        if !self.attributes.add(hash, &mut 0, seen) {
            self.lost = self.lost.saturating_add(1);
        }
    }

    fn bind(&mut self, cx: &FactCx<'_>, bind: &Bind) {
        let vlan = cx.headers.vlan;
        let hash = host_mix(Host::Ip(bind.ip))
            .word(bind.mac.to_u64())
            .word(u64::from(vlan) << 16 | u64::from(cx.proto.0))
            .finish();
        let same = |seen: &BindSeen| {
            (seen.mac, seen.ip) == (bind.mac, bind.ip)
                && (seen.vlan, seen.proto) == (vlan, cx.proto)
        };
        if let Some(seen) = self.binds.find(hash, same) {
            seen.count = seen.count.saturating_add(1);
            seen.last = seen.last.max(cx.at);
            if cx.frame < seen.frame {
                (seen.first, seen.frame) = (cx.at, cx.frame);
            }
            return;
        }
        let seen = BindSeen {
            mac: bind.mac,
            ip: bind.ip,
            vlan,
            proto: cx.proto,
            first: cx.at,
            last: cx.at,
            frame: cx.frame,
            count: 1,
        };
        self.grew = true;
        if !self.binds.add(hash, &mut 0, seen) {
            self.lost = self.lost.saturating_add(1);
        }
    }

    fn fault(&mut self, layer: &'static str, fault: &'static str, frame: FrameId) {
        let known = |seen: &&mut FaultSeen| seen.layer == layer && seen.fault == fault;
        if let Some(seen) = self.faults.iter_mut().find(known) {
            seen.count = seen.count.saturating_add(1);
            seen.frame = seen.frame.min(frame);
        } else if self.faults.len() < self.faults.capacity() {
            self.faults.push(FaultSeen { layer, fault, count: 1, frame });
        } else {
            self.lost = self.lost.saturating_add(1);
        }
    }

    /// Takes a flow's cells out of use: its number may be given to another flow.
    fn forget(&mut self, lists: Lists) {
        let mut next = lists.operations;
        while let Some((_, after)) = self.operations.entry(next) {
            if let Some((flow, _)) = self.operations.get_mut(next) {
                *flow = NONE;
            }
            next = after;
        }
        let mut next = lists.targets;
        while let Some((_, after)) = self.targets.entry(next) {
            if let Some(cell) = self.targets.get_mut(next) {
                cell.flow = NONE;
            }
            next = after;
        }
    }
}

impl Sink for Observer {
    fn fact(&mut self, cx: &FactCx<'_>, fact: Fact<'_>) {
        match fact {
            Fact::Op(op) => self.operation(cx, op),
            Fact::Item(item) => self.item(cx, item),
            Fact::Attr(attr) => self.attribute(cx, attr),
            Fact::Bind(bind) => self.bind(cx, bind),
            Fact::Fault(fault) => {
                let layer = self.spec(cx.proto).map_or("unknown", |spec| spec.key);
                self.fault(layer, fault.spec.key, cx.frame);
            }
        }
    }

    fn share(&mut self, share: &FlowShare<'_>) {
        for proto in share.protos {
            let sum = self.protos.iter_mut().find(|sum| Some(sum.proto) == proto.proto);
            if let Some(sum) = sum {
                let [up, down] = &proto.sent;
                let packets = up.packets.saturating_add(down.packets);
                sum.packets = sum.packets.saturating_add(u64::from(packets));
                sum.messages = sum.messages.saturating_add(u64::from(proto.messages));
            }
        }
        let [up, down] = share.ends;
        let carried = up.traits.packets > 0 || down.traits.packets > 0;
        // What waited may be read at the end, without another packet.
        let said = self.lists(share.flow).is_some_and(|lists| !lists.is_empty());
        if carried || said {
            self.write_share(share);
        }
    }

    fn has_room(&self) -> bool {
        self.has_batch_room()
    }

    fn wants_values(&self) -> bool {
        false
    }

    fn header_fault(&mut self, layer: &'static str, fault: &'static str, frame: FrameId) {
        self.fault(layer, fault, frame);
    }
}

/// The address an attribute is about and the MAC its frames come from; `None` for groups.
fn subject(h: &Headers, of: Subject) -> Option<(Host, Mac)> {
    let end = |ip: decode::Addr, mac: Mac| {
        let ip = ip.to_ip();
        if h.ip_version == 0 || ip.is_unspecified() { Host::Mac(mac) } else { Host::Ip(ip) }
    };
    let (host, mac) = match of {
        Subject::Sender | Subject::SenderPart(_) => (end(h.src, h.src_mac), h.src_mac),
        Subject::Receiver | Subject::ReceiverPart(_) => (end(h.dst, h.dst_mac), Mac::ZERO),
        Subject::Host(host @ Host::Mac(mac)) => (host, mac),
        Subject::Host(host) => (host, Mac::ZERO),
    };
    let one = match host {
        Host::Mac(mac) => mac.is_unicast(),
        Host::Ip(core::net::IpAddr::V4(ip)) => !(ip.is_multicast() || ip.is_broadcast()),
        Host::Ip(core::net::IpAddr::V6(ip)) => !ip.is_multicast(),
    };
    one.then_some((host, mac))
}

fn host_mix(host: Host) -> Mix {
    match host {
        Host::Mac(mac) => Mix::new(1).word(mac.to_u64()),
        Host::Ip(core::net::IpAddr::V4(ip)) => Mix::new(4).word(u64::from(ip.to_bits())),
        Host::Ip(core::net::IpAddr::V6(ip)) => Mix::new(6).bytes(&ip.octets()),
    }
}
