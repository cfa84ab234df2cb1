//! What a protocol declares about itself. One `static` per protocol; the policy vocabulary, the
//! documentation and the console's tables are generated from these.

use crate::fact::Value;
use crate::technique::{self, Attack, Technique};
use alloc::vec::Vec;
use core::fmt;

/// A protocol's number: unique in this workspace, never reused, stored in databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProtoId(pub u16);

/// Everything a protocol says about itself.
#[derive(Debug)]
pub struct Spec {
    /// Unique number, never reused.
    pub id: ProtoId,
    /// Short name used in files, policies and addresses: `modbus`.
    pub key: &'static str,
    /// Name for people: `Modbus/TCP`.
    pub name: &'static str,
    /// The document the dissector was written from, with edition.
    pub standard: &'static str,
    /// Spoken by controllers and field devices, as opposed to office protocols.
    pub industrial: bool,
    /// A pure carrier: shown only where nothing inside it was recognised.
    pub carrier: bool,
    /// Depth reached, 1 to 4: recognised, operations, values, usable inline.
    pub depth: u8,
    /// Where it is looked for.
    pub bindings: &'static [Binding],
    /// Operations, ordered by code and subcode.
    pub operations: &'static [OpSpec],
    /// Identity attributes that messages can carry.
    pub attributes: &'static [&'static AttrSpec],
    /// Ways in which a message can break the standard.
    pub faults: &'static [&'static FaultSpec],
    /// Address spaces that operations touch.
    pub areas: &'static [&'static Area],
    /// Error codes with their names, ordered by code.
    pub statuses: &'static [StatusSpec],
    /// Largest message in bytes that is put together from pieces.
    pub pdu_bytes_max: u32,
    /// Most requests of one flow that wait for an answer at a time.
    pub open_max: u16,
}

impl Spec {
    /// The operation with this code, the most specific first: with the subcode, then without.
    pub fn operation(&self, code: u32, sub: Option<u16>) -> Option<&'static OpSpec> {
        // One number orders as code and subcode do, and compares in one step.
        let order = |code: u32, sub: Option<u16>| {
            u64::from(code) << 32 | sub.map_or(0, |sub| 1 << 16 | u64::from(sub))
        };
        let find = |sub: Option<u16>| {
            self.operations
                .binary_search_by_key(&order(code, sub), |op| order(op.code, op.sub))
                .ok()
                .and_then(|at| self.operations.get(at))
        };
        find(sub).or_else(|| sub.and_then(|_| find(None)))
    }

    /// What an operation may change; one that is not in the table is taken to change nothing.
    pub fn access(&self, code: u32, sub: Option<u16>) -> Access {
        self.operation(code, sub).map_or(Access::Observe, |operation| operation.access)
    }

    /// The technique of ATT&CK for ICS that an attacker uses an operation of this protocol for:
    /// as the row says, else as its name and access class tell.
    pub fn technique(&self, op: &OpSpec) -> Option<Technique> {
        match op.attack {
            Attack::Is(technique) => Some(technique),
            Attack::Named => technique::by_name(op, self.industrial),
            Attack::Nothing => None,
        }
    }

    /// The techniques that operations of this protocol serve, by number.
    pub fn techniques(&self) -> Vec<Technique> {
        let mut all: Vec<_> = self.operations.iter().filter_map(|op| self.technique(op)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The name of an error code.
    pub fn status_name(&self, code: u32) -> Option<&'static str> {
        let at = self.statuses.binary_search_by_key(&code, |s| s.code).ok()?;
        self.statuses.get(at).map(|s| s.name)
    }
}

/// Where a protocol is looked for. Ports and types are hints: the content decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// A TCP port that servers listen on.
    Tcp(u16),
    /// A UDP port that servers listen on.
    Udp(u16),
    /// Any TCP stream: the probe recognises the content alone.
    AnyTcp,
    /// Any UDP datagram: the probe recognises the content alone.
    AnyUdp,
    /// An EtherType.
    EtherType(u16),
    /// An IEEE 802.2 destination service access point.
    Llc(u8),
    /// A SNAP organisation and protocol number.
    Snap([u8; 3], u16),
    /// An IP protocol number.
    IpProto(u8),
    /// A link layer that carries nothing else, by its number in `decode`.
    Link(u16),
    /// Inside another protocol, under the selector that protocol hands down.
    Inside(ProtoId, u32),
}

/// The protocol-neutral risk axis of an operation: what a policy and a person understand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// Session upkeep, discovery, identification: tells nothing of the process, changes nothing.
    Observe,
    /// Reads process data.
    Read,
    /// Writes process data.
    Write,
    /// Acts on the process or on the controller's run state: operate, start, stop, reset.
    Control,
    /// Changes or reads out the controller's program, firmware or files.
    Program,
    /// Changes the device's own settings: addresses, names, time, users, alarms.
    Admin,
}

impl Access {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Observe, Self::Read, Self::Write, Self::Control, Self::Program, Self::Admin];

    /// Lower-case name as files and policies write it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Observe => "observe",
            Self::Read => "read",
            Self::Write => "write",
            Self::Control => "control",
            Self::Program => "program",
            Self::Admin => "admin",
        }
    }
}

/// One operation of a protocol.
#[derive(Debug)]
pub struct OpSpec {
    /// The number the standard gives it.
    pub code: u32,
    /// The number below it, where the standard has one and it changes the meaning.
    pub sub: Option<u16>,
    /// Lower-case name with underscores.
    pub name: &'static str,
    /// What it does to a plant.
    pub access: Access,
    /// Meaning of the numeric arguments, in order.
    pub args: &'static [Arg],
    /// Clause of the standard.
    pub clause: &'static str,
    /// What an attacker uses it for; [`Spec::technique`] answers.
    pub attack: Attack,
}

impl OpSpec {
    /// An operation without subcode and arguments.
    pub const fn new(code: u32, name: &'static str, access: Access, clause: &'static str) -> Self {
        Self { code, sub: None, name, access, args: &[], clause, attack: Attack::Named }
    }

    /// The same, used by attackers for this technique, whatever its name says.
    pub const fn technique(mut self, technique: Technique) -> Self {
        self.attack = Attack::Is(technique);
        self
    }

    /// The same, of no use to an attacker, whatever its name says.
    pub const fn harmless(mut self) -> Self {
        self.attack = Attack::Nothing;
        self
    }

    /// The same with a subcode.
    pub const fn sub(mut self, sub: u16) -> Self {
        self.sub = Some(sub);
        self
    }

    /// The same with named arguments.
    pub const fn args(mut self, args: &'static [Arg]) -> Self {
        self.args = args;
        self
    }
}

/// A numeric argument of an operation.
#[derive(Debug)]
pub struct Arg {
    /// Lower-case name with underscores; `_` is left out of records.
    pub name: &'static str,
    /// How to print it.
    pub show: Show,
}

impl Arg {
    /// An argument printed as a decimal number.
    pub const fn dec(name: &'static str) -> Self {
        Self { name, show: Show::Dec }
    }

    /// An argument printed in hexadecimal.
    pub const fn hex(name: &'static str) -> Self {
        Self { name, show: Show::Hex }
    }
}

/// How a number is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Decimal.
    Dec,
    /// `0x` and lower-case hexadecimal.
    Hex,
}

/// What an attribute says of a device, whatever the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribute {
    /// Maker, by name.
    Vendor,
    /// Product family or product name.
    Product,
    /// Model designation.
    Model,
    /// The maker's order or catalogue number.
    OrderNumber,
    /// Serial number.
    Serial,
    /// Firmware or software version of the device.
    Firmware,
    /// Hardware version.
    Hardware,
    /// Name of the device in the network or the plant.
    Name,
    /// Operating system.
    Os,
    /// What the device is: `plc`, `switch`, … in Ferrite's own role words.
    Role,
    /// Where it stands, as configured.
    Location,
    /// Whom to ask, as configured.
    Contact,
    /// Free description.
    Description,
    /// A program or service on it, with version if told.
    Software,
    /// Name of an object inside the device.
    Object,
    /// Name of a network port.
    Port,
    /// Domain or work group.
    Domain,
    /// A user name seen in clear.
    User,
    /// An address of the device's own web or protocol endpoint.
    Url,
    /// A number that names the device inside its protocol (device instance, station address).
    Address,
    /// A management address told by the device.
    Management,
    /// How its TCP/IP stack opens connections, for rules to read.
    Stack,
}

impl Attribute {
    /// Lower-case name as files write it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Vendor => "vendor",
            Self::Product => "product",
            Self::Model => "model",
            Self::OrderNumber => "order_number",
            Self::Serial => "serial",
            Self::Firmware => "firmware",
            Self::Hardware => "hardware",
            Self::Name => "name",
            Self::Os => "os",
            Self::Role => "role",
            Self::Location => "location",
            Self::Contact => "contact",
            Self::Description => "description",
            Self::Software => "software",
            Self::Object => "object_name",
            Self::Port => "port",
            Self::Domain => "domain",
            Self::User => "user",
            Self::Url => "url",
            Self::Address => "address",
            Self::Management => "management_address",
            Self::Stack => "tcp_stack",
        }
    }

    /// The attribute with this name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|a| a.key() == key)
    }

    /// All attributes.
    pub const ALL: [Self; 22] = [
        Self::Vendor,
        Self::Product,
        Self::Model,
        Self::OrderNumber,
        Self::Serial,
        Self::Firmware,
        Self::Hardware,
        Self::Name,
        Self::Os,
        Self::Role,
        Self::Location,
        Self::Contact,
        Self::Description,
        Self::Software,
        Self::Object,
        Self::Port,
        Self::Domain,
        Self::User,
        Self::Url,
        Self::Address,
        Self::Management,
        Self::Stack,
    ];
}

/// One place in a protocol's messages that names a device.
#[derive(Debug, PartialEq, Eq)]
pub struct AttrSpec {
    /// What it says.
    pub attr: Attribute,
    /// Where it stands, for people: `SZL 0x0011`.
    pub source: &'static str,
    /// How sure it is, 0 to 100: 95 and above when the device states it in the field made for it.
    pub weight: u8,
    /// Clause of the standard.
    pub clause: &'static str,
}

impl AttrSpec {
    /// A place that names a device.
    pub const fn new(
        attr: Attribute,
        source: &'static str,
        weight: u8,
        clause: &'static str,
    ) -> Self {
        Self { attr, source, weight, clause }
    }
}

/// One way to break the standard.
#[derive(Debug)]
pub struct FaultSpec {
    /// Lower-case name with underscores.
    pub key: &'static str,
    /// The clause that is broken.
    pub clause: &'static str,
}

impl FaultSpec {
    /// A fault.
    pub const fn new(key: &'static str, clause: &'static str) -> Self {
        Self { key, clause }
    }
}

/// An address space of a protocol: holding registers, data blocks, objects.
pub struct Area {
    /// Number within the protocol.
    pub id: u8,
    /// Lower-case name with underscores.
    pub key: &'static str,
    /// Targets are ranges of one line of positions: neighbours may be shown as one.
    pub ranges: bool,
    /// Prints a target of this area.
    pub show: fn(&Target<'_>, &mut dyn fmt::Write) -> fmt::Result,
}

impl fmt::Debug for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Area").field("id", &self.id).field("key", &self.key).finish()
    }
}

impl Area {
    /// An area whose targets are `key[first..last]`, by index.
    pub const fn indexed(id: u8, key: &'static str) -> Self {
        Self { id, key, ranges: true, show: show_indexed }
    }

    /// An area whose targets print themselves.
    pub const fn shown(
        id: u8,
        key: &'static str,
        show: fn(&Target<'_>, &mut dyn fmt::Write) -> fmt::Result,
    ) -> Self {
        Self { id, key, ranges: false, show }
    }

    /// The same, where `show` prints ranges: neighbours may be shown as one.
    pub const fn ranging(mut self) -> Self {
        self.ranges = true;
        self
    }

    /// An area whose targets have names.
    pub const fn named(id: u8, key: &'static str) -> Self {
        Self { id, key, ranges: false, show: show_named }
    }
}

fn show_indexed(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "{}[{}]", target.area.key, target.positions())
}

/// The positions of a target: `5`, or `5..9` with the last one included.
#[derive(Clone, Copy, Debug)]
pub struct Positions {
    first: u64,
    count: u32,
}

impl fmt::Display for Positions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match u64::from(self.count) {
            0 | 1 => write!(f, "{}", self.first),
            n => write!(f, "{}..{}", self.first, self.first.saturating_add(n.saturating_sub(1))),
        }
    }
}

impl Target<'_> {
    /// The positions, for printing.
    pub const fn positions(&self) -> Positions {
        Positions { first: self.index, count: self.count }
    }
}

fn show_named(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    match core::str::from_utf8(target.name) {
        Ok(name) => out.write_str(name),
        Err(_) => write!(out, "{}", Value::Bytes(target.name)),
    }
}

/// What an operation touches: a place in an area of a device.
#[derive(Clone, Copy, Debug)]
pub struct Target<'p> {
    /// The address space.
    pub area: &'static Area,
    /// Position; what it counts is the area's own.
    pub index: u64,
    /// How many from there on; 0 where the message does not say.
    pub count: u32,
    /// A further number of the area's own: attribute, property, data type.
    pub extra: u32,
    /// Name, where the protocol addresses by name; else empty.
    pub name: &'p [u8],
}

impl fmt::Display for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.area.show)(self, f)
    }
}

/// An error code of a protocol.
#[derive(Debug)]
pub struct StatusSpec {
    /// The number on the wire.
    pub code: u32,
    /// Lower-case name with underscores.
    pub name: &'static str,
}

impl StatusSpec {
    /// An error code with its name.
    pub const fn new(code: u32, name: &'static str) -> Self {
        Self { code, name }
    }
}
