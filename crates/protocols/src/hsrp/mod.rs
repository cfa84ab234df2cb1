//! HSRP: Cisco routers share an address; one of them answers for it.

mod spec;

use crate::common::address;
use crate::line;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Host, Mac, Op, Role, Spec, Subject, Value};

/// Element of version 2 that holds a group's state.
const GROUP_STATE: u8 = 1;
/// Bytes of that element's content.
const GROUP_STATE_LEN: u8 = 40;
/// Element of version 2 that counts a router's groups.
const INTERFACE_STATE: u8 = 2;

/// The HSRP dissector.
#[derive(Debug)]
pub struct Hsrp;

impl Dissector for Hsrp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        match head {
            // Version and operation code; then element, length, version, operation code.
            [0, 0..=3, _, _, _, _, _, _, ..]
            | [GROUP_STATE, GROUP_STATE_LEN, 2, 0..=3, _, _, _, _, ..]
            | [INTERFACE_STATE, 4, _, _, _, _, ..] => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let message = match bytes {
            [0, ..] => Message::version_1(bytes),
            [GROUP_STATE, ..] => Message::version_2(bytes),
            [INTERFACE_STATE, ..] => Some(Message::interface()),
            _ => None,
        };
        let Some(message) = message else { return Step::NotMine };
        message.say(cx, bytes);
        Step::Took { bytes: bytes.len() }
    }
}

/// The state of one group.
struct Message<'p> {
    version: u8,
    opcode: u8,
    state: u8,
    group: u16,
    priority: u32,
    identifier: Option<&'p [u8; 6]>,
    /// The address that the group shares; `None` where the message has none or ends before it.
    address: Option<&'p [u8]>,
    mac: Mac,
}

impl<'p> Message<'p> {
    /// RFC 2281 §5.1.
    fn version_1(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let &[_, opcode, state, _hello, _hold, priority, group, _] = at.chunk()?;
        // The password follows: not kept. Advertisements have other fields.
        let has_group = opcode != 3;
        let address = at.skip(8).and_then(|()| at.take(4)).filter(|_| has_group);
        let value = |byte: u8| if has_group { byte } else { 0 };
        Some(Self {
            version: 1,
            opcode,
            state: value(state),
            group: u16::from(value(group)),
            priority: u32::from(value(priority)),
            identifier: None,
            address,
            // RFC 2281 §5.4.
            mac: Mac([0x00, 0x00, 0x0c, 0x07, 0xac, group]),
        })
    }

    /// How many groups the router is active and passive in: the advertisement of version 2.
    fn interface() -> Self {
        Self {
            version: 2,
            opcode: 3,
            state: 0,
            group: 0,
            priority: 0,
            identifier: None,
            address: None,
            mac: Mac::ZERO,
        }
    }

    fn version_2(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let &[_kind, _len, version, opcode, state, family] = at.chunk()?;
        let group = at.be16()?;
        let identifier = at.chunk();
        let priority = at.be32().unwrap_or(0);
        let v6 = family == 6;
        let address = at.skip(8).and_then(|()| at.take(if v6 { 16 } else { 4 }));
        let [high, low] = (group & 0x0fff).to_be_bytes();
        let mac = if v6 {
            Mac([0x00, 0x05, 0x73, 0xa0, high, low])
        } else {
            Mac([0x00, 0x00, 0x0c, 0x9f, 0xf0 | high, low])
        };
        Some(Self { version, opcode, state, group, priority, identifier, address, mac })
    }

    fn say(&self, cx: &mut Cx<'_>, bytes: &[u8]) {
        let mut op = Op::new(u32::from(self.opcode), Role::Event, bytes);
        op.args = Some([
            u64::from(self.version),
            u64::from(self.group),
            u64::from(self.priority),
            u64::from(self.state),
        ]);
        cx.op(&op);
        cx.attr(spec::ROLE, b"router");
        if let Some(mac) = self.identifier {
            cx.attr(spec::IDENTIFIER, line!("{}", Mac(*mac)).bytes());
        }
        let Some(bytes_of) = self.address else {
            if self.opcode != 3 && !cx.cut() {
                cx.fault(spec::BAD_LENGTH, bytes);
            }
            return;
        };
        // A router that has not learned the address yet sends zeros. RFC 2281 §5.1.
        if let Some(ip) = address::ip(bytes_of).filter(|ip| !ip.is_unspecified()) {
            cx.item(address::target(spec::VIRTUAL, bytes_of), Value::None);
            cx.attr_of(Subject::Host(Host::Ip(ip)), spec::ROLE, b"router");
            cx.bind(self.mac, ip);
        }
    }
}
