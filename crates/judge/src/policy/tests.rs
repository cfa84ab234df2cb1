//! Policies over plants made by hand.

use super::*;
use model::{
    Attested, AttributeKey, AttributeSeen, Conversation, ConversationKey, Few, HostSeen, Model,
    ModelLimits, Names, NoKnowledge, OperationKey, OperationSeen, PathKey, PathSeen, Resolution,
    TargetKey, TargetTotal, resolve,
};
use std::net::IpAddr;
use vocab::{Access, Area, Attribute, FrameId, Host, Mac, OpSpec, Role, Spec, Transport, Ts};

mod decided;
mod learned;
mod looked;
mod reading;

const HOLDING: &Area = &Area::indexed(3, "holding_register");
const COIL: &Area = &Area::indexed(1, "coil");
const TAG: &Area = &Area::named(7, "tag");

static MODBUS: Spec = Spec {
    operations: &[
        OpSpec::new(1, "read_coils", Access::Read, ""),
        OpSpec::new(3, "read_holding_registers", Access::Read, ""),
        OpSpec::new(5, "write_single_coil", Access::Write, ""),
        OpSpec::new(6, "write_single_register", Access::Write, ""),
        OpSpec::new(8, "diagnostics", Access::Admin, "").sub(0),
        OpSpec::new(8, "restart", Access::Control, "").sub(1),
    ],
    areas: &[COIL, HOLDING],
    ..Spec::bare(1, "modbus")
};
static TAGS: Spec = Spec {
    operations: &[
        OpSpec::new(1, "read_tag", Access::Read, ""),
        OpSpec::new(2, "write_tag", Access::Write, ""),
    ],
    areas: &[TAG],
    ..Spec::bare(2, "tags")
};
static ARP: Spec = Spec {
    industrial: false,
    operations: &[
        OpSpec::new(1, "request", Access::Observe, ""),
        OpSpec::new(2, "reply", Access::Observe, ""),
    ],
    ..Spec::bare(3, "arp")
};
static SPECS: &[&Spec] = &[&MODBUS, &TAGS, &ARP];

fn ip(text: &str) -> Host {
    Host::Ip(text.parse::<IpAddr>().unwrap())
}

fn mac(number: u32) -> Host {
    let [.., a, b] = number.to_be_bytes();
    Host::Mac(Mac([0, 0x0e, 0x8c, 0, a, b]))
}

fn at(frame: u64) -> Attested {
    let time = Ts(i64::try_from(frame).unwrap() * 1_000);
    Attested { count: 1, first: time, last: time, frame: FrameId { file: 0, number: frame } }
}

/// A plant: devices, and who did what to whom.
struct Plant {
    model: Model,
    frame: u64,
}

/// What was done, in which conversation.
struct Talk<'a> {
    plant: &'a mut Plant,
    key: ConversationKey,
}

impl Plant {
    fn new() -> Self {
        Self { model: Model::new(ModelLimits::default(), SPECS), frame: 0 }
    }

    /// A device with a MAC, an IP address, a role and a name.
    fn device(&mut self, number: u32, address: &str, role: &str, name: &str) {
        let Host::Mac(own) = mac(number) else { return };
        let host = ip(address);
        let seen = HostSeen {
            packets: 1,
            bytes: 60,
            first: Ts(0),
            last: Ts(1),
            frame: FrameId { file: 0, number: 1 },
        };
        self.model.paths.insert(PathKey { vlan: 0, mac: own, host }, PathSeen { seen, ttl: 64 });
        for (attribute, value) in [(Attribute::Role, role), (Attribute::Name, name)] {
            let source = self.model.names.number("by hand");
            let key = AttributeKey {
                vlan: 0,
                host,
                part: None,
                attribute,
                proto: MODBUS.id,
                source,
                value: value.into(),
            };
            let seen = AttributeSeen { at: at(1), weight: 99, offset: None, length: 4, mac: own };
            self.model.attributes.insert(key, seen);
        }
    }

    fn talk(&mut self, client: Host, server: Host, proto: Option<&Spec>) -> Talk<'_> {
        self.talk_over(client, server, proto, Transport::Tcp, 502)
    }

    fn talk_over(
        &mut self,
        client: Host,
        server: Host,
        proto: Option<&Spec>,
        transport: Transport,
        port: u16,
    ) -> Talk<'_> {
        let proto = proto.map(|spec| spec.id);
        let key = ConversationKey { client, server, vlan: 0, transport, port, proto };
        self.frame += 1;
        let seen = Conversation {
            client_packets: 3,
            server_packets: 2,
            bytes: 400,
            first: at(self.frame).first,
            last: at(self.frame).last,
            frame: at(self.frame).frame,
            certain: true,
            main: true,
            operations: Few::default(),
            targets: Few::default(),
        };
        self.model.conversations.entry(key).or_insert(seen);
        Talk { plant: self, key }
    }

    fn devices(&self) -> Resolution {
        resolve(&self.model, &NoKnowledge)
    }

    fn judged(&self, policy: &Policy) -> Found {
        violations(policy, &self.model, &self.devices())
    }

    /// What a policy does not let pass, a line each: rule, protocol and operation, ends, count.
    fn denied(&self, text: &str) -> Vec<String> {
        let policy = of(text);
        let line = |one: &Violation| {
            let spec = one.proto.and_then(|proto| self.model.spec(proto));
            let rule = one.rule.map_or_else(|| "default".to_owned(), |at| policy.rules[at].title());
            let (client, server, count) = (one.client, one.server, one.seen.count);
            format!("{rule}: {} {client} {server} x{count}", one.detail(spec))
        };
        self.judged(&policy).violations.iter().map(line).collect()
    }
}

impl Talk<'_> {
    /// An operation so many times.
    fn did(self, role: Role, code: u32, sub: Option<u16>, count: u64) -> Self {
        let Some(proto) = self.key.proto else { return self };
        self.plant.frame += 1;
        let at = Attested { count, ..at(self.plant.frame) };
        let seen = OperationSeen { at, errors: 0, paired: 0, latency_ns_sum: 0, latency_ns_max: 0 };
        let key = OperationKey { proto, code, sub, role };
        if let Some(talk) = self.plant.model.conversations.get_mut(&self.key) {
            talk.operations.insert(key, seen);
        }
        self
    }

    fn asked(self, code: u32, count: u64) -> Self {
        self.did(Role::Request, code, None, count)
    }

    /// What the operation touched: unit, area, positions, name.
    fn on(self, code: u32, unit: u32, area: &Area, span: (u64, u64), name: &str) -> Self {
        let Some(proto) = self.key.proto else { return self };
        self.plant.frame += 1;
        let (name_order, name) = (Names::order(name), self.plant.model.names.number(name));
        let access = self.plant.model.access(proto, code, None);
        let key = TargetKey {
            access: std::cmp::Reverse(access),
            proto,
            code,
            role: Role::Request,
            unit: Some(unit),
            area: area.id,
            extra: 0,
            name_order,
            name,
            quantity: u32::from(!area.ranges),
            index: span.0,
        };
        let total = TargetTotal { quantity: span.1 - span.0 + 1, at: at(self.plant.frame) };
        if let Some(talk) = self.plant.model.conversations.get_mut(&self.key) {
            talk.targets.insert(key, total);
        }
        self
    }
}

/// A policy that must be without mistakes.
fn of(text: &str) -> Policy {
    match read("plant.toml", text, SPECS) {
        Ok(policy) => policy,
        Err(problems) => panic!("{problems:#?}"),
    }
}
