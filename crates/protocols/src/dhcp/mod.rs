//! DHCP and BOOTP: hosts get their address, and tell their name and kind on the way.
//!
//! What a client says is said of its hardware address: its IP address is not settled yet, and a
//! relay may have sent the packet.

mod identity;
mod spec;
mod wire;

use crate::common::{address, text};
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{FaultSpec, Host, Op, Role, Spec, Subject, Value};
use wire::{Header, Options};

/// The DHCP dissector.
#[derive(Debug)]
pub struct Dhcp;

impl Dissector for Dhcp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        match Header::read(head) {
            Some(header) if matches!(header.op, 1 | 2) && header.hardware_len <= 16 => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let Some(header) = Header::read(bytes) else { return Step::NotMine };
        if !matches!(header.op, 1 | 2) || header.hardware_len > 16 {
            cx.fault(spec::BAD_HEADER, bytes.get(..4).unwrap_or(bytes));
            return Step::Resync { took: bytes.len() };
        }
        Message::new(&header, bytes).say(cx);
        Step::Took { bytes: bytes.len() }
    }
}

/// A message with what its first look told.
struct Message<'p> {
    header: &'p Header<'p>,
    whole: &'p [u8],
    options: Options<'p>,
    /// Option 53.
    kind: Option<u8>,
    /// Option 51.
    lease: u32,
    /// Option 52: 1 the file field, 2 the server name, 3 both hold options.
    overload: u8,
    /// Option 54.
    server: &'p [u8],
    /// What is wrong with the options.
    fault: Option<&'static FaultSpec>,
}

impl<'p> Message<'p> {
    fn new(header: &'p Header<'p>, whole: &'p [u8]) -> Self {
        let options = Options::new(header.options().unwrap_or(&[]));
        let mut message = Self {
            header,
            whole,
            options,
            kind: None,
            lease: 0,
            overload: 0,
            server: &[],
            fault: None,
        };
        let mut walk = options;
        while let Some((code, value)) = walk.read() {
            match (code, value) {
                (53, &[kind]) => message.kind = Some(kind),
                (51, value) => message.lease = u32_of(value),
                (52, &[overload]) => message.overload = overload,
                (54, value) => message.server = value,
                _ => {}
            }
        }
        message.fault = match (walk.broken, walk.ended) {
            (true, _) => Some(spec::BAD_OPTION),
            (false, false) => Some(spec::NO_END),
            (false, true) => None,
        };
        message
    }

    /// Whom the client's options are about: the host with this hardware address. A client that
    /// sends from an address of its own, not through a relay, is the sender.
    fn client(&self, cx: &Cx<'_>) -> Subject {
        let direct = self.header.op == 1 && *self.header.relay == [0; 4];
        let has_address = address::ip(self.header.client) == Some(cx.headers().src.to_ip());
        match self.header.mac() {
            _ if direct && has_address && *self.header.client != [0; 4] => Subject::Sender,
            Some(mac) => Subject::Host(Host::Mac(mac)),
            None if self.header.op == 1 => Subject::Sender,
            None => Subject::Receiver,
        }
    }

    fn say(&self, cx: &mut Cx<'_>) {
        let header = self.header;
        let code = self.kind.unwrap_or(header.op);
        let role = match (header.op, code) {
            // Nobody asked for it. RFC 3203.
            (2, 9) if self.kind.is_some() => Role::Event,
            (1, _) => Role::Request,
            _ => Role::Response,
        };
        let mut op = Op::new(u32::from(code), role, self.whole);
        op.sub = if self.kind.is_some() { None } else { Some(spec::BOOTP) };
        op.args =
            Some([u64::from(header.transaction), u64::from(self.lease), u64::from(header.hops), 0]);
        // Between a relay or a renewing client and a server; broadcasts are answered elsewhere.
        let h = cx.headers();
        if h.dst_mac.is_unicast() && h.src.to_ip() != core::net::IpAddr::from([0, 0, 0, 0]) {
            // A decline and a release are never answered. RFC 2131 §3.1.
            op.tx = (!matches!(self.kind, Some(4 | 7))).then_some(u64::from(header.transaction));
        }
        cx.op(&op);
        self.say_addresses(cx);
        self.say_options(cx);
        self.check(cx);
    }

    /// Which address the client has or gets. An acknowledgement settles it; so does a client that
    /// uses its address already. RFC 2131 §4.3.1, §4.3.2.
    fn say_addresses(&self, cx: &mut Cx<'_>) {
        let header = self.header;
        let mac = header.hardware_address.get(..usize::from(header.hardware_len)).unwrap_or(&[]);
        if *header.relay != [0; 4] {
            cx.item(address::target(spec::RELAY, header.relay), Value::None);
        }
        if *header.assigned != [0; 4] {
            cx.item(address::target(spec::ASSIGNED, header.assigned), Value::Bytes(mac));
        }
        let settled = match (header.op, self.kind) {
            (2, Some(5)) if *header.assigned == [0; 4] => header.client,
            (2, Some(5) | None) => header.assigned,
            (1, Some(3 | 7 | 8)) => header.client,
            _ => return,
        };
        if let (Some(mac), Some(ip)) = (header.mac(), address::ip(settled)) {
            cx.bind(mac, ip);
        }
    }

    fn say_options(&self, cx: &mut Cx<'_>) {
        let client = self.client(cx);
        let from_client = self.header.op == 1;
        let field = if self.overload & 1 == 0 { self.header.file } else { &[] };
        let mut boot_file = text::until_nul(field);
        for mut part in self.parts() {
            while let Some((code, value)) = part.read() {
                if code == 67 {
                    boot_file = value;
                }
                identity::option(cx, client, from_client, code, value);
            }
        }
        if !boot_file.is_empty() {
            let area = spec::BOOT_FILE;
            let target = vocab::Target { area, index: 0, count: 1, extra: 0, name: boot_file };
            cx.item(target, Value::None);
        }
        if !from_client
            && matches!(self.kind, Some(2 | 5))
            && let Some(ip) = address::ip(self.server)
        {
            cx.item(address::target(spec::SERVER, self.server), Value::None);
            cx.attr_of(Subject::Host(Host::Ip(ip)), spec::SERVER_ROLE, b"dhcp-server");
        }
    }

    /// The options, and those in the two fields that may hold more of them. RFC 2132 §9.3.
    fn parts(&self) -> [Options<'p>; 3] {
        let extra = |bit: u8, field: &'p [u8]| {
            Options::new(if self.overload & bit != 0 { field } else { &[] })
        };
        [self.options, extra(1, self.header.file), extra(2, self.header.server_name)]
    }

    fn check(&self, cx: &mut Cx<'_>) {
        if cx.cut() || self.header.options().is_none() {
            return;
        }
        if let Some(fault) = self.fault {
            cx.fault(fault, self.header.rest);
        }
    }
}

/// Four bytes as a number, 0 for any other length.
fn u32_of(value: &[u8]) -> u32 {
    <[u8; 4]>::try_from(value).map_or(0, u32::from_be_bytes)
}
