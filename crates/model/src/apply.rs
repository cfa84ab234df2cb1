//! Adding observations up.

use crate::few::Few;
use crate::names::Names;
use crate::tables::{
    Attested, AttributeKey, AttributeSeen, BindKey, Conversation, ConversationKey, HostSeen, Model,
    OperationKey, OperationSeen, PathKey, PathSeen, TargetKey, TargetTotal,
};
use crate::targets;
use std::cmp::Reverse;
use vocab::{
    AttrSeen, Batch, BindSeen, FaultSeen, Host, HostTraits, LossKind, OpSum, Role, Talk, TargetSeen,
};

impl Model {
    /// Adds a batch. Batches may come in any order; the sums are the same.
    pub fn apply(&mut self, batch: &Batch) {
        // Positions of the batch's talks in the table of conversations.
        let places: Vec<Option<usize>> =
            batch.talks.as_slice().iter().map(|talk| self.talk(talk)).collect();
        if let Some(marks) = &mut self.marks {
            places.iter().flatten().for_each(|at| marks.conversations.mark(*at));
        }
        let place_of = |talk: u32| places.get(talk as usize).copied().flatten();
        for op in batch.ops.as_slice() {
            self.operation(op, place_of(op.talk));
        }
        for target in batch.targets.as_slice() {
            self.target(target, batch, place_of(target.talk));
        }
        for attr in batch.attrs.as_slice() {
            self.attribute(attr, batch);
        }
        for bind in batch.binds.as_slice() {
            self.bind(bind);
        }
        for fault in batch.faults.as_slice() {
            self.fault(fault);
        }
        for sum in batch.protos.as_slice() {
            let seen = self.protocols.entry(sum.proto).or_default();
            seen.packets += sum.packets;
            seen.messages += sum.messages;
        }
        for loss in batch.losses.as_slice() {
            self.lose(loss.kind, loss.count);
        }
    }

    pub(crate) fn lose(&mut self, kind: LossKind, count: u64) {
        *self.losses.entry(kind).or_default() += count;
    }

    fn talk(&mut self, talk: &Talk) -> Option<usize> {
        if talk.main {
            self.path(talk, talk.client, &talk.from_client);
            self.path(talk, talk.server, &talk.from_server);
        }
        let key = ConversationKey {
            client: talk.client,
            server: talk.server,
            vlan: talk.vlan,
            transport: talk.transport,
            port: talk.port,
            proto: talk.proto,
        };
        let fresh = Conversation {
            client_packets: talk.from_client.packets,
            server_packets: talk.from_server.packets,
            bytes: talk.from_client.bytes + talk.from_server.bytes,
            first: talk.first,
            last: talk.last,
            frame: talk.frame,
            certain: talk.certain,
            main: talk.main,
            operations: Few::default(),
            targets: Few::default(),
        };
        if let Some((at, _, seen)) = self.conversations.get_full_mut(&key) {
            seen.client_packets += fresh.client_packets;
            seen.server_packets += fresh.server_packets;
            seen.bytes += fresh.bytes;
            seen.first = seen.first.min(fresh.first);
            seen.last = seen.last.max(fresh.last);
            seen.frame = seen.frame.min(fresh.frame);
            seen.certain |= fresh.certain;
            seen.main |= fresh.main;
            return Some(at);
        }
        if self.conversations.len() >= self.limits.conversations {
            self.lose(LossKind::ConversationsFull, 1);
            return None;
        }
        Some(self.conversations.insert_full(key, fresh).0)
    }

    /// Notes who sent and through which MAC.
    fn path(&mut self, talk: &Talk, host: Host, traits: &HostTraits) {
        if traits.packets == 0 {
            return;
        }
        let key = PathKey { vlan: talk.vlan, mac: traits.mac, host };
        let seen = HostSeen {
            packets: traits.packets,
            bytes: traits.bytes,
            first: traits.first,
            last: traits.last,
            frame: traits.frame,
        };
        let at = if let Some((at, _, path)) = self.paths.get_full_mut(&key) {
            path.seen.add(&seen);
            path.ttl = path.ttl.max(traits.ttl);
            at
        } else if self.paths.len() < self.limits.hosts {
            self.paths.insert_full(key, PathSeen { seen, ttl: traits.ttl }).0
        } else {
            self.lose(LossKind::HostsFull, 1);
            return;
        };
        if let Some(marks) = &mut self.marks {
            marks.paths.mark(at);
        }
    }

    fn operation(&mut self, op: &OpSum, conversation: Option<usize>) {
        let key = OperationKey { proto: op.proto, code: op.code, sub: op.sub, role: op.role };
        let seen = OperationSeen {
            at: Attested { count: op.count, first: op.first, last: op.last, frame: op.frame },
            errors: op.errors,
            paired: op.paired,
            latency_ns_sum: op.latency_ns_sum,
            latency_ns_max: op.latency_ns_max,
        };
        let room = self.operations.len() < self.limits.operations_in_all;
        let mut full = false;
        match self.operations.get_mut(&key) {
            Some(total) => total.add(&seen),
            None if room => drop(self.operations.insert(key, seen)),
            None => full = true,
        }
        let of = conversation.and_then(|at| self.conversations.get_index_mut(at));
        if let Some((_, conversation)) = of {
            let room = conversation.operations.len() < self.limits.operations
                && self.held.operations < self.limits.operations_in_all;
            match conversation.operations.get_mut(&key) {
                Some(total) => total.add(&seen),
                None if room => {
                    conversation.operations.insert(key, seen);
                    self.held.operations += 1;
                }
                None => full = true,
            }
        }
        if full {
            self.lose(LossKind::OperationsFull, op.count);
        }
    }

    fn target(&mut self, target: &TargetSeen, batch: &Batch, conversation: Option<usize>) {
        let ranges = target.count != 0 && self.ranges.contains(&(target.proto, target.area));
        let Some(place) = conversation else { return };
        let Some((_, conversation)) = self.conversations.get_index(place) else { return };
        let before = conversation.targets.len();
        let others = self.held.targets.saturating_sub(before);
        let limit = self.limits.targets.min(self.limits.targets_in_all.saturating_sub(others));
        let name = batch.text(target.name);
        let known = self.names.find(name);
        let mut key = key_of(target, ranges, name);
        key.name = known.unwrap_or(u32::MAX);
        if known.is_none() {
            // A name that nobody had is not among those of a full list either.
            let has_room = before < limit;
            if self.names.len() >= self.limits.targets_in_all
                || !(has_room || self.gives_way(place, &key))
            {
                return self.lose(LossKind::TargetsFull, 1);
            }
            key.name = self.names.number(name);
        }
        let total = total_of(target);
        let mut added = self.add_target(place, key, total, ranges, limit);
        if !added && self.gives_way(place, &key) {
            added = self.add_target(place, key, total, ranges, limit);
        }
        if !added {
            self.lose(LossKind::TargetsFull, 1);
        }
    }

    /// Adds a target to a conversation; false when there is no room.
    fn add_target(
        &mut self,
        place: usize,
        key: TargetKey,
        total: TargetTotal,
        ranges: bool,
        limit: usize,
    ) -> bool {
        let Some((_, of)) = self.conversations.get_index_mut(place) else { return true };
        let before = of.targets.len();
        let added = targets::add(&mut of.targets, key, total, ranges, limit);
        self.held.targets = self.held.targets.saturating_sub(before) + of.targets.len();
        added
    }

    /// A target that goes before another of a full list takes its room; the other is lost.
    fn gives_way(&mut self, place: usize, key: &TargetKey) -> bool {
        let Some((_, of)) = self.conversations.get_index_mut(place) else { return false };
        let gives_way = targets::give_way(&mut of.targets, key);
        if gives_way {
            self.held.targets = self.held.targets.saturating_sub(1);
            self.lose(LossKind::TargetsFull, 1);
        }
        gives_way
    }

    fn attribute(&mut self, attr: &AttrSeen, batch: &Batch) {
        let key = AttributeKey {
            vlan: attr.vlan,
            host: attr.host,
            part: attr.part.map(|part| (self.names.number(part.kind), part.number)),
            attribute: attr.spec.attr,
            proto: attr.proto,
            source: self.names.number(attr.spec.source),
            value: printable(batch.text(attr.value)),
        };
        let at =
            Attested { count: attr.count, first: attr.first, last: attr.last, frame: attr.frame };
        let place = if let Some((place, _, seen)) = self.attributes.get_full_mut(&key) {
            // The place of the first sighting goes with its frame.
            if at.frame < seen.at.frame {
                seen.offset = attr.offset;
                seen.length = attr.length;
            }
            seen.at.add(&at);
            seen.mac = seen.mac.max(attr.mac);
            place
        } else if self.attributes.len() < self.limits.evidence {
            let seen = AttributeSeen {
                at,
                weight: attr.spec.weight,
                offset: attr.offset,
                length: attr.length,
                mac: attr.mac,
            };
            self.attributes.insert_full(key, seen).0
        } else {
            self.lose(LossKind::EvidenceFull, 1);
            return;
        };
        if let Some(marks) = &mut self.marks {
            marks.attributes.mark(place);
        }
    }

    fn bind(&mut self, bind: &BindSeen) {
        let key = BindKey { vlan: bind.vlan, mac: bind.mac, ip: bind.ip, proto: bind.proto };
        let at =
            Attested { count: bind.count, first: bind.first, last: bind.last, frame: bind.frame };
        let place = if let Some((place, _, seen)) = self.binds.get_full_mut(&key) {
            seen.add(&at);
            place
        } else if self.binds.len() < self.limits.hosts {
            self.binds.insert_full(key, at).0
        } else {
            self.lose(LossKind::HostsFull, 1);
            return;
        };
        if let Some(marks) = &mut self.marks {
            marks.binds.mark(place);
        }
    }

    fn fault(&mut self, fault: &FaultSeen) {
        let key = (fault.layer.into(), fault.fault.into());
        let at = Attested {
            count: fault.count,
            first: vocab::Ts::MAX,
            last: vocab::Ts::MIN,
            frame: fault.frame,
        };
        self.faults.entry(key).and_modify(|seen| seen.add(&at)).or_insert(at);
    }
}

/// What a target is; its name has no number yet.
fn key_of(target: &TargetSeen, ranges: bool, name: &str) -> TargetKey {
    TargetKey {
        access: Reverse(target.access),
        proto: target.proto,
        code: target.code,
        role: target.role,
        unit: target.unit,
        area: target.area,
        extra: target.extra,
        name_order: Names::order(name),
        name: 0,
        quantity: match (ranges, target.count) {
            (true, _) => 0,
            (false, 0) => u32::MAX,
            (false, count) => count,
        },
        index: target.index,
    }
}

/// How often it was touched. Answers and events count once: how often is not counted per target.
fn total_of(target: &TargetSeen) -> TargetTotal {
    let counted = target.role == Role::Request;
    let at = Attested {
        count: if counted { target.touched } else { 1 },
        first: target.first,
        last: if counted { target.last } else { target.first },
        frame: target.frame,
    };
    TargetTotal { quantity: u64::from(target.count.max(1)), at }
}

/// Text from the network without control characters: line ends become blanks.
fn printable(text: &str) -> Box<str> {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
