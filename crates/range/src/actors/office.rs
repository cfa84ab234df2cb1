//! What plants have in common with offices: time, names, logs, management, reports.

use super::Cycle;
use super::lan::{SWITCH_1, SWITCH_2, SWITCH_3};
use crate::frame::{self, Nic};
use crate::plant::{CELL_1, CELL_2, Id};
use crate::proto::{names, office};
use crate::rng::Rng;
use crate::tcp::{Side, Tcp};
use crate::wire::{MS, S, Wire};
use crate::world::{Actor, World};

fn send(wire: &mut Wire, at: i64, ends: [Nic; 2], ports: [u16; 2], bytes: &[u8]) {
    let id = wire.id();
    let frame = frame::udp(ends[0], ends[1], ports, id, bytes);
    wire.put(at, frame);
}

/// One of the small services, in turn.
#[derive(Debug)]
pub(crate) struct Chores {
    cycle: Cycle,
    rng: Rng,
    at: usize,
}

/// Computers that say their names in the cells.
const COMPUTERS: [(Id, &[u16]); 5] = [
    (Id::Panel1, &[CELL_1]),
    (Id::Panel2, &[CELL_2]),
    (Id::Scada, &[CELL_1, CELL_2]),
    (Id::Engineering, &[CELL_1, CELL_2]),
    (Id::Historian, &[CELL_1, CELL_2]),
];

impl Chores {
    pub(crate) fn new(seed: u64, start: i64) -> Self {
        let rng = Rng::new(seed, "chores");
        Self { cycle: Cycle::new(start, 2 * S, 900 * MS), rng, at: 0 }
    }

    fn time(&mut self, at: i64, wire: &mut Wire) {
        let clients = [
            (Id::Scada, CELL_1),
            (Id::Historian, CELL_1),
            (Id::Switch1, CELL_1),
            (Id::Switch2, CELL_2),
            (Id::Outstation, CELL_2),
        ];
        let (who, vlan) = clients[self.at / 5 % clients.len()];
        let (client, server) = (who.nic(vlan), Id::Domain.nic(vlan));
        send(wire, at, [client, server], [123, 123], &office::ask_time(at));
        let late = self.rng.between(MS, 4 * MS);
        let bytes = office::tell_time(at, at + late / 2);
        send(wire, at + late, [server, client], [123, 123], &bytes);
    }

    fn resolve(&mut self, at: i64, wire: &mut Wire) {
        let asked = [
            (Id::Historian, "reports.works.example", [10, 1, 1, 20]),
            (Id::Engineering, "dc01.works.example", [10, 1, 1, 5]),
            (Id::Scada, "netmgr.works.example", [10, 1, 1, 8]),
        ];
        let (who, name, ip) = asked[self.at / 5 % asked.len()];
        let (client, server) = (who.nic(CELL_1), Id::Domain.nic(CELL_1));
        let (id, port) = (self.rng.u16(), 50_000 + self.rng.u16() % 9_000);
        send(wire, at, [client, server], [port, 53], &names::question(id, name));
        let bytes = names::answer(id, name, ip);
        send(wire, at + 3 * MS, [server, client], [53, port], &bytes);
    }

    fn log(&mut self, at: i64, wire: &mut Wire) {
        let (who, vlan) = if (self.at / 5).is_multiple_of(2) {
            (Id::Switch1, CELL_1)
        } else {
            (Id::Switch2, CELL_2)
        };
        let text = "Link check passed, 0 errors since last check";
        let bytes = office::log(at, who.device().name, "health", text);
        send(wire, at, [who.nic(vlan), Id::Manager.nic(vlan)], [514, 514], &bytes);
    }

    fn manage(&mut self, at: i64, wire: &mut Wire) {
        let managed = [
            (Id::Switch1, CELL_1, SWITCH_1),
            (Id::Switch2, CELL_2, SWITCH_2),
            (Id::DriveSwitch, CELL_1, SWITCH_3),
        ];
        let (who, vlan, text) = managed[self.at / 5 % managed.len()];
        let (client, server) = (Id::Manager.nic(vlan), who.nic(vlan));
        let (id, port) = (self.rng.u16(), 40_000 + self.rng.u16() % 9_000);
        let ask = office::system(id, &[(1, None), (5, None)]);
        send(wire, at, [client, server], [port, 161], &ask);
        let answer = office::system(id, &[(1, Some(text)), (5, Some(who.device().name))]);
        send(wire, at + 7 * MS, [server, client], [161, port], &answer);
    }

    fn name(&mut self, at: i64, wire: &mut Wire) {
        let round = self.at / 5;
        let (who, vlans) = COMPUTERS[round % COMPUTERS.len()];
        let device = who.device();
        for vlan in vlans {
            let me = who.nic(*vlan);
            let all = me.everybody();
            for suffix in [0x00, 0x20] {
                let id = self.rng.u16();
                let bytes = names::register(id, device.name, suffix, me.ip);
                send(wire, at + i64::from(suffix) * MS, [me, all], [137, 137], &bytes);
            }
            let group = Nic { ttl: 255, ..me }.group([224, 0, 0, 251]);
            let name = device.name.to_lowercase();
            let bytes = names::announce(&name, me.ip);
            send(wire, at + 60 * MS, [Nic { ttl: 255, ..me }, group], [5353, 5353], &bytes);
        }
        if round < COMPUTERS.len() {
            self.inform(at + 100 * MS, wire, who, vlans[0]);
        }
    }

    /// A computer with a fixed address asks for the rest; the router relays the answer.
    fn inform(&mut self, at: i64, wire: &mut Wire, who: Id, vlan: u16) {
        let (me, server) = (who.nic(vlan), Id::Domain.nic(vlan));
        let all = Nic { mac: me.everybody().mac, ip: [255; 4], ..me };
        let tx = self.rng.u32();
        let ask = names::inform(tx, me.mac.0, me.ip, who.device().name);
        send(wire, at, [me, all], [68, 67], &ask);
        let answer = names::informed(tx, me.mac.0, me.ip, server.ip);
        send(wire, at + 5 * MS, [server, me], [67, 68], &answer);
    }

    /// Is the controller still there?
    fn ping(&mut self, at: i64, wire: &mut Wire) {
        let whom = [(Id::Dosing, CELL_1), (Id::Outstation, CELL_2), (Id::Pumps, CELL_2)];
        let (whom, vlan) = whom[self.at / 5 % whom.len()];
        let (me, it) = (Id::Scada.nic(vlan), whom.nic(vlan));
        let number = vocab::low_u16(self.at as u64);
        let (ask, answer) = (wire.id(), wire.id());
        wire.put(at, frame::echo(me, it, ask, false, number));
        wire.put(at + MS, frame::echo(it, me, answer, true, number));
    }
}

impl Actor for Chores {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        let wire = &mut world.wire;
        match self.at % 5 {
            0 => self.name(at, wire),
            1 => self.manage(at, wire),
            2 => self.time(at, wire),
            3 => self.resolve(at, wire),
            _ if self.at.is_multiple_of(2) => self.log(at, wire),
            _ => self.ping(at, wire),
        }
        self.at += 1;
        Some(self.cycle.next(&mut self.rng))
    }
}

/// A computer that sends or fetches reports over TLS.
#[derive(Debug)]
pub(crate) struct Report {
    tcp: Tcp,
    server: &'static str,
    open: bool,
    count: u32,
    cycle: Cycle,
    rng: Rng,
}

impl Report {
    pub(crate) fn new(seed: u64, start: i64, pair: [Id; 2], server: &'static str) -> Self {
        let [client, to] = pair;
        let mut rng = Rng::new(seed, server);
        Self {
            tcp: Tcp::new(&mut rng, client.nic(CELL_1), to.nic(CELL_1), 443),
            server,
            open: false,
            count: 0,
            cycle: Cycle::new(start, 20 * S, S),
            rng,
        }
    }
}

impl Actor for Report {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        let (wire, rng) = (&mut world.wire, &mut self.rng);
        if !self.open {
            self.open = true;
            let now = self.tcp.open(wire, at) + MS;
            let (ask, answer) = (office::client_hello(rng, self.server), office::server_hello(rng));
            let now = self.tcp.ask(wire, now, &ask, &answer) + MS;
            self.tcp.send(wire, now, Side::Client, &office::client_done(rng));
            self.tcp.acknowledge(wire, now, Side::Server);
            return Some(at + S);
        }
        self.count += 1;
        if self.count.is_multiple_of(3) {
            self.tcp.keep_alive(wire, at, Side::Client);
        } else {
            let bytes = vocab::sat_usize(rng.below(2_600)) + 700;
            let (ask, answer) = (office::sealed(rng, bytes), office::sealed(rng, 180));
            self.tcp.poll(wire, at, &ask, &answer);
        }
        Some(self.cycle.next(rng))
    }
}
