//! The words that a policy file is made of: what is read is what is documented.

/// A field of a policy file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: &'static str,
    /// What it says.
    pub says: &'static str,
}

const fn field(name: &'static str, takes: &'static str, says: &'static str) -> Field {
    Field { name, takes, says }
}

/// The fields at the top of the file.
pub const TOP: &[Field] = &[
    field(
        "default",
        "`\"allow\"` or `\"deny\"`",
        "What becomes of what no rule fits. Must be given.",
    ),
    field("zones", "a table: name = list", "Devices under one name; see below."),
    field("allow", "`[[allow]]`, any number", "A rule: what it fits may pass."),
    field("deny", "`[[deny]]`, any number", "A rule: what it fits is a finding."),
    field("comment", "text", "For people."),
];

/// The fields of a rule.
pub const FIELDS: &[Field] = &[
    field("name", "text", "Its name in findings; each once. Without it, the line says which."),
    field("from", "list of ends", "Who asks."),
    field("to", "list of ends", "Who is asked, or the group that is spoken to."),
    field(
        "protocols",
        "list of ids",
        "Protocols by the ids of [protocols](protocols.md); `\"unknown\"` is traffic in which none \
         was recognised.",
    ),
    field(
        "ports",
        "list of `\"tcp/502\"`, `\"udp/1024..2048\"`, `\"ip/1\"`, `\"ethernet/0x88b8\"`, `\"tcp/*\"`",
        "The server's port, or what selects the payload where there are no ports.",
    ),
    field("classes", "list of access classes", "What the operation does to a plant."),
    field(
        "operations",
        "list of names, or numbers on the wire: `\"0x2b\"`, `\"8/1\"` with a subcode",
        "Operations by their names in the protocol's table. `\"unknown\"` are numbers without a \
         name there; `\"none\"` are conversations in which no operation was recognised.",
    ),
    field(
        "units",
        "list of numbers or `\"1..5\"`",
        "The unit behind the server's address, where the protocol has one.",
    ),
    field(
        "targets",
        "list of `\"area[first..last]\"`, `\"area[*]\"`, or text with `*`",
        "What the operation touches: positions in an area, or the target as conversations show it.",
    ),
    field(
        "severity",
        "`\"info\"` to `\"critical\"`",
        "How grave the finding is where the rule denies; without it the operation's class says.",
    ),
    field("comment", "text", "Why the rule is there; findings quote it."),
];

/// How ends are written, in `from`, `to` and zones.
pub const WHO: &[Field] = &[
    field("any", "", "Everybody; the same as leaving the field out."),
    field("group", "", "Multicast and broadcast addresses."),
    field("a zone's name", "`\"cell-1\"`", "What the zone lists; not within zones."),
    field("an address", "`\"10.20.10.11\"`, `\"00:0e:8c:01:02:03\"`", "IP address or MAC."),
    field("a network", "`\"10.20.0.0/16\"`, `\"fd00::/8\"`", "Addresses that begin alike."),
    field("role:", "`\"role:plc\"`", "Devices in a role, as the analysis sees it."),
    field("level:", "`\"level:1\"`", "Devices on a Purdue level, 0 to 5."),
    field("vlan:", "`\"vlan:10\"`", "What is seen in a VLAN; `vlan:0` is untagged."),
    field("name:", "`\"name:SCADA-*\"`", "Devices by name; `*` is any text."),
];

/// Words in place of operations' names.
pub(super) const NO_OPERATION: &str = "none";
/// Words in place of names that nobody knows: operations and protocols.
pub(super) const UNKNOWN: &str = "unknown";

/// Their names.
pub(super) fn names(fields: &'static [Field]) -> impl Iterator<Item = &'static str> + Clone {
    fields.iter().map(|field| field.name)
}
