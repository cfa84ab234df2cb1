//! The model's tables. All keys order and print the same everywhere; values add up.

use crate::few::Few;
use crate::names::Names;
use indexmap::IndexMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use vocab::{Access, Attribute, FrameId, Host, LossKind, Mac, ProtoId, Role, Spec, Transport, Ts};

/// A table in insertion order with a fast hash.
pub(crate) type Table<K, V> = IndexMap<K, V, foldhash::fast::RandomState>;

/// How much the model holds. What finds no room is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelLimits {
    /// Addresses that sent frames, and pairs of MAC and IP.
    pub hosts: usize,
    /// Conversations.
    pub conversations: usize,
    /// Targets of one conversation.
    pub targets: usize,
    /// Targets over all conversations.
    pub targets_in_all: usize,
    /// Operations of one conversation: their codes come from the network.
    pub operations: usize,
    /// Operations over all conversations; as many again in the sums.
    pub operations_in_all: usize,
    /// Attribute values, over all hosts.
    pub evidence: usize,
}

impl Default for ModelLimits {
    fn default() -> Self {
        Self {
            hosts: 131_072,
            conversations: 131_072,
            targets: 256,
            targets_in_all: 524_288,
            operations: 1_024,
            operations_in_all: 262_144,
            evidence: 262_144,
        }
    }
}

/// Rows that stand within conversations.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Held {
    pub(crate) targets: usize,
    pub(crate) operations: usize,
}

/// An address on a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostKey {
    /// VLAN, 0 without.
    pub vlan: u16,
    /// The address.
    pub host: Host,
}

/// What an address sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostSeen {
    /// Frames sent.
    pub packets: u64,
    /// Bytes sent.
    pub bytes: u64,
    /// First time.
    pub first: Ts,
    /// Last time.
    pub last: Ts,
    /// First frame.
    pub frame: FrameId,
}

/// A MAC that carried an IP address's frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathKey {
    /// VLAN, 0 without.
    pub vlan: u16,
    /// The MAC.
    pub mac: Mac,
    /// The sender behind it, or the MAC itself where it speaks without IP.
    pub host: Host,
}

/// How an IP address's frames came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathSeen {
    /// Counts and times.
    pub seen: HostSeen,
    /// Largest time to live.
    pub ttl: u8,
}

/// A stated pair of MAC and IP address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BindKey {
    /// VLAN, 0 without.
    pub vlan: u16,
    /// The MAC.
    pub mac: Mac,
    /// The IP address.
    pub ip: std::net::IpAddr,
    /// The protocol that states it.
    pub proto: ProtoId,
}

/// How often something was stated, and where first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attested {
    /// How often.
    pub count: u64,
    /// First time.
    pub first: Ts,
    /// Last time.
    pub last: Ts,
    /// First frame.
    pub frame: FrameId,
}

/// A stated attribute value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributeKey {
    /// VLAN, 0 without.
    pub vlan: u16,
    /// Whom it is about.
    pub host: Host,
    /// What the part's number counts, and the number; `None` for the device itself.
    pub part: Option<(u32, u32)>,
    /// What it says.
    pub attribute: Attribute,
    /// The protocol that says it.
    pub proto: ProtoId,
    /// Where in the protocol, as a number in [`Model::names`].
    pub source: u32,
    /// The value.
    pub value: Box<str>,
}

/// Where an attribute value was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttributeSeen {
    /// Counts and times.
    pub at: Attested,
    /// How sure its source is, 0 to 100.
    pub weight: u8,
    /// Byte offset in the first frame.
    pub offset: Option<u32>,
    /// Bytes as sent.
    pub length: u32,
    /// The MAC it came from.
    pub mac: Mac,
}

/// Who talks with whom, over what, in which protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConversationKey {
    /// The end that asks.
    pub client: Host,
    /// The end that answers, or a group.
    pub server: Host,
    /// VLAN, 0 without.
    pub vlan: u16,
    /// The carrier.
    pub transport: Transport,
    /// The server's port, or what selects the payload.
    pub port: u16,
    /// The protocol; `None` where nothing was recognised.
    pub proto: Option<ProtoId>,
}

/// What a conversation carried.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    /// Frames from the client.
    pub client_packets: u64,
    /// Frames from the server.
    pub server_packets: u64,
    /// Bytes, both ways.
    pub bytes: u64,
    /// First time.
    pub first: Ts,
    /// Last time.
    pub last: Ts,
    /// First frame.
    pub frame: FrameId,
    /// The roles are known from messages or set-up in at least one share.
    pub certain: bool,
    /// The flow's main protocol at least once; others are inside one.
    pub main: bool,
    /// Operations in key order.
    pub operations: Few<OperationKey, OperationSeen>,
    /// Targets in key order.
    pub targets: Few<TargetKey, TargetTotal>,
}

/// An operation of a protocol in one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationKey {
    /// The protocol.
    pub proto: ProtoId,
    /// The operation's code.
    pub code: u32,
    /// Its subcode.
    pub sub: Option<u16>,
    /// Request, answer or event.
    pub role: Role,
}

/// How often an operation was seen and how it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationSeen {
    /// Counts and times.
    pub at: Attested,
    /// How many failed.
    pub errors: u64,
    /// How many were paired with their request.
    pub paired: u64,
    /// Sum of their latencies in nanoseconds.
    pub latency_ns_sum: u64,
    /// Largest latency in nanoseconds.
    pub latency_ns_max: u64,
}

/// A target of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TargetKey {
    /// What the operation may change: what changes most goes first, and stays where there is no
    /// room for all.
    pub access: Reverse<Access>,
    /// The protocol.
    pub proto: ProtoId,
    /// The operation's code.
    pub code: u32,
    /// Request, answer or event.
    pub role: Role,
    /// The unit behind the server's address.
    pub unit: Option<u32>,
    /// The area's number.
    pub area: u8,
    /// A further number of the area's own.
    pub extra: u32,
    /// Orders names, the same wherever they are met: [`Names::order`].
    pub name_order: u32,
    /// Name, as a number in [`Model::names`]; that of the empty string without.
    pub name: u32,
    /// How many, where that is part of what the target is; 0 for ranges, and the largest number for
    /// all there are.
    pub quantity: u32,
    /// Position in the area; a range's first.
    pub index: u64,
}

/// How often a target was touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetTotal {
    /// How many positions from the first on.
    pub quantity: u64,
    /// Counts and times; answers and events count once.
    pub at: Attested,
}

/// Frames and messages of a protocol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProtocolSeen {
    /// Frames that carried it.
    pub packets: u64,
    /// Messages recognised.
    pub messages: u64,
}

/// Which rows of a table changed: positions, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    set: Vec<bool>,
    list: Vec<usize>,
}

impl Marks {
    pub(crate) fn mark(&mut self, at: usize) {
        if self.set.len() <= at {
            self.set.resize(at + 1, false);
        }
        if let Some(set) = self.set.get_mut(at).filter(|set| !**set) {
            *set = true;
            self.list.push(at);
        }
    }

    fn take(&mut self) -> Vec<usize> {
        self.set.clear();
        std::mem::take(&mut self.list)
    }
}

/// Positions of rows that changed since they were last asked for. Rows keep their positions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// In [`Model::paths`].
    pub paths: Vec<usize>,
    /// In [`Model::binds`].
    pub binds: Vec<usize>,
    /// In [`Model::attributes`].
    pub attributes: Vec<usize>,
    /// In [`Model::conversations`].
    pub conversations: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct AllMarks {
    pub(crate) paths: Marks,
    pub(crate) binds: Marks,
    pub(crate) attributes: Marks,
    pub(crate) conversations: Marks,
}

/// Everything observed.
#[derive(Clone, Debug)]
pub struct Model {
    pub(crate) limits: ModelLimits,
    pub(crate) held: Held,
    /// Areas whose targets are ranges.
    pub(crate) ranges: std::collections::BTreeSet<(ProtoId, u8)>,
    /// Changed rows, where somebody wants to know.
    pub(crate) marks: Option<Box<AllMarks>>,
    /// The protocols' specifications.
    pub specs: &'static [&'static Spec],
    /// How frames of each sender came.
    pub paths: Table<PathKey, PathSeen>,
    /// Stated pairs of MAC and IP address.
    pub binds: Table<BindKey, Attested>,
    /// Stated attributes.
    pub attributes: Table<AttributeKey, AttributeSeen>,
    /// Conversations.
    pub conversations: Table<ConversationKey, Conversation>,
    /// Operations over all conversations, also of those that found no room.
    pub operations: BTreeMap<OperationKey, OperationSeen>,
    /// Protocols.
    pub protocols: BTreeMap<ProtoId, ProtocolSeen>,
    /// Broken rules: layer or protocol, fault.
    pub faults: BTreeMap<(Box<str>, Box<str>), Attested>,
    /// What full tables lost.
    pub losses: BTreeMap<LossKind, u64>,
    /// Strings that keys refer to by number.
    pub names: Names,
}

impl Model {
    /// An empty model for these protocols.
    pub fn new(limits: ModelLimits, specs: &'static [&'static Spec]) -> Self {
        Self {
            limits,
            held: Held::default(),
            ranges: specs
                .iter()
                .flat_map(|spec| spec.areas.iter().map(|area| (spec.id, area)))
                .filter(|(_, area)| area.ranges)
                .map(|(proto, area)| (proto, area.id))
                .collect(),
            marks: None,
            specs,
            paths: Table::default(),
            binds: Table::default(),
            attributes: Table::default(),
            conversations: Table::default(),
            operations: BTreeMap::new(),
            protocols: BTreeMap::new(),
            faults: BTreeMap::new(),
            losses: BTreeMap::new(),
            names: Names::default(),
        }
    }

    /// Counts the rows within conversations, for those who filled the tables by themselves.
    pub fn count_rows(&mut self) {
        self.held = Held::default();
        for one in self.conversations.values() {
            self.held.targets += one.targets.len();
            self.held.operations += one.operations.len();
        }
    }

    /// From now on keeps note of which rows change.
    pub fn track_changes(&mut self) {
        self.marks = Some(Box::default());
    }

    /// The rows that changed since the last call; none where nobody asked to keep note.
    pub fn take_changes(&mut self) -> Changes {
        let Some(marks) = &mut self.marks else { return Changes::default() };
        Changes {
            paths: marks.paths.take(),
            binds: marks.binds.take(),
            attributes: marks.attributes.take(),
            conversations: marks.conversations.take(),
        }
    }

    /// Counts rows as changed again: what was taken could not be written.
    pub fn put_back(&mut self, changes: &Changes) {
        let Some(marks) = &mut self.marks else { return };
        changes.paths.iter().for_each(|at| marks.paths.mark(*at));
        changes.binds.iter().for_each(|at| marks.binds.mark(*at));
        changes.attributes.iter().for_each(|at| marks.attributes.mark(*at));
        changes.conversations.iter().for_each(|at| marks.conversations.mark(*at));
    }

    /// The specification of a protocol.
    pub fn spec(&self, proto: ProtoId) -> Option<&'static Spec> {
        self.specs.iter().find(|spec| spec.id == proto).copied()
    }

    /// What an operation of a protocol may change; one that is not known is taken to change nothing.
    pub fn access(&self, proto: ProtoId, code: u32, sub: Option<u16>) -> Access {
        self.spec(proto).map_or(Access::Observe, |spec| spec.access(code, sub))
    }
}

impl HostSeen {
    /// Adds what another share saw.
    pub(crate) fn add(&mut self, other: &Self) {
        self.packets += other.packets;
        self.bytes += other.bytes;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.frame = self.frame.min(other.frame);
    }
}

impl Attested {
    /// Adds what another share saw.
    pub(crate) fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.frame = self.frame.min(other.frame);
    }
}

impl OperationSeen {
    /// Adds what another share saw.
    pub(crate) fn add(&mut self, other: &Self) {
        self.at.add(&other.at);
        self.errors += other.errors;
        self.paired += other.paired;
        self.latency_ns_sum = self.latency_ns_sum.saturating_add(other.latency_ns_sum);
        self.latency_ns_max = self.latency_ns_max.max(other.latency_ns_max);
    }
}
