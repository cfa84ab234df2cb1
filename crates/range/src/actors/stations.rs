//! The pumping station over DNP3, the district's station over IEC 60870-5-104.

use super::Cycle;
use crate::clock::Civil;
use crate::plant::{CELL_1, CELL_2, Id};
use crate::process::{Process, real, scaled};
use crate::proto::dnp3::{self, CONFIRM, DELAY, OPERATE, READ, RESPONSE, SELECT, WRITE};
use crate::proto::iec104::{
    self, CONFIRMED, FINISHED, INTERROGATE, INTERROGATED, SPONTANEOUS, STATES,
};
use crate::rng::Rng;
use crate::tcp::{Side, Tcp};
use crate::truth::Op;
use crate::wire::{MS, S};
use crate::world::{Actor, World};

/// Indications of the outstation: it wants the time. IEEE 1815-2012 §4.2.2.6.
const NEED_TIME: u16 = 0x1000;

/// The master that polls the pumping station.
#[derive(Debug)]
pub(crate) struct Master {
    tcp: Tcp,
    numbers: dnp3::Numbers,
    open: bool,
    polls: u32,
    valve: bool,
    level: i32,
    cycle: Cycle,
    rng: Rng,
}

impl Master {
    pub(crate) fn new(seed: u64, start: i64) -> Self {
        let mut rng = Rng::new(seed, "dnp3");
        let (client, server) = (Id::Scada.nic(CELL_2), Id::Outstation.nic(CELL_2));
        Self {
            tcp: Tcp::new(&mut rng, client, server, dnp3::PORT),
            numbers: dnp3::Numbers::default(),
            open: false,
            polls: 0,
            valve: false,
            level: 1_830,
            cycle: Cycle::new(start, 5 * S, 60 * MS),
            rng,
        }
    }

    /// A request and its response; what has events is confirmed.
    fn ask(&mut self, at: i64, world: &mut World, op: Op, ask: &[u8], reply: &Reply) -> i64 {
        let ask = self.numbers.request(op, ask);
        let answer = self.numbers.response(reply.confirm, reply.indications, &reply.objects);
        world.tally.request(op);
        world.tally.response(RESPONSE);
        let now = self.tcp.ask(&mut world.wire, at, &ask, &answer) + MS;
        if !reply.confirm {
            return now;
        }
        let confirm = self.numbers.repeat(CONFIRM, &[]);
        world.tally.request(CONFIRM);
        self.tcp.send(&mut world.wire, now, Side::Client, &confirm) + MS
    }

    /// Who is it, what time has it, everything it knows.
    fn begin(&mut self, at: i64, world: &mut World) -> i64 {
        let now = self.tcp.open(&mut world.wire, at) + MS;
        let device = Id::Outstation.device();
        let attributes = dnp3::attributes(&[
            (252, device.vendor),
            (250, device.product),
            (248, device.serial),
            (247, device.name),
            (242, device.firmware),
        ]);
        let reply = Reply { indications: NEED_TIME, ..Reply::of(attributes) };
        let now = self.ask(now, world, READ, &dnp3::ALL_ATTRIBUTES, &reply);
        let reply = Reply { indications: NEED_TIME, ..Reply::of(dnp3::delay(2)) };
        let now = self.ask(now, world, DELAY, &[], &reply);
        let set = dnp3::set_time(now / MS);
        let now = self.ask(now, world, WRITE, &set, &Reply::of(Vec::new()));
        self.integrity(now, world)
    }

    fn analogues(&mut self, process: &Process) -> Vec<i32> {
        self.level += i32::try_from(self.rng.between(-6, 7)).unwrap_or(0);
        let flow = if self.valve { 112 } else { 0 };
        vec![self.level, flow, i32::from(scaled(process.pressure, 100.0)), 2_304]
    }

    fn integrity(&mut self, at: i64, world: &mut World) -> i64 {
        let values = self.analogues(&world.process);
        let mut objects = dnp3::binaries(1, &[true, false, self.valve, !self.valve]);
        objects.extend(dnp3::binaries(10, &[self.valve, false]));
        objects.extend(dnp3::analogues(&values));
        let ask = dnp3::classes(&[1, 2, 3, 0]);
        self.ask(at, world, READ, &ask, &Reply::of(objects))
    }

    fn poll(&mut self, at: i64, world: &mut World) -> i64 {
        let values = self.analogues(&world.process);
        let some = self.rng.below(3) != 0;
        let changes: Vec<(u16, i32)> = (0..).zip(values).take(usize::from(some)).collect();
        let objects = dnp3::events(&changes, at / MS);
        let ask = dnp3::classes(&[1, 2, 3]);
        let reply = Reply { confirm: some, ..Reply::of(objects) };
        self.ask(at, world, READ, &ask, &reply)
    }

    /// Selects the valve, then operates it.
    fn operate(&mut self, at: i64, world: &mut World) -> i64 {
        self.valve = !self.valve;
        let relay = dnp3::relay(0, self.valve);
        let now = self.ask(at, world, SELECT, &relay, &Reply::of(relay.clone())) + 5 * MS;
        self.ask(now, world, OPERATE, &relay, &Reply::of(relay.clone()))
    }
}

/// What an outstation says.
#[derive(Debug)]
struct Reply {
    confirm: bool,
    indications: u16,
    objects: Vec<u8>,
}

impl Reply {
    fn of(objects: Vec<u8>) -> Self {
        Self { confirm: false, indications: 0, objects }
    }
}

impl Actor for Master {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        let now = if self.open {
            self.polls += 1;
            match self.polls % 24 {
                0 => self.integrity(at, world),
                9 => self.operate(at, world),
                _ => self.poll(at, world),
            }
        } else {
            self.open = true;
            self.begin(at, world)
        };
        self.tcp.acknowledge(&mut world.wire, now, Side::Server);
        Some(self.cycle.next(&mut self.rng))
    }
}

/// The district's station sends what changes; its connection is older than the capture.
#[derive(Debug)]
pub(crate) struct District {
    tcp: Tcp,
    numbers: iec104::Numbers,
    sent: u32,
    level: f64,
    cycle: Cycle,
    rng: Rng,
}

impl District {
    pub(crate) fn new(seed: u64, start: i64) -> Self {
        let mut rng = Rng::new(seed, "iec104");
        let (client, server) = (Id::Scada.nic(CELL_1), Id::District.nic(CELL_1));
        let numbers = iec104::Numbers([rng.u16() >> 1, rng.u16() >> 1]);
        Self {
            tcp: Tcp::new(&mut rng, client, server, iec104::PORT),
            numbers,
            sent: 0,
            level: 3.1,
            cycle: Cycle::new(start, 3 * S, 500 * MS),
            rng,
        }
    }

    /// A message; without being asked, or as an answer, by its cause.
    fn send(&mut self, at: i64, world: &mut World, side: Side, op: Op, objects: &[u8]) -> i64 {
        let server = side == Side::Server;
        let bytes = self.numbers.message(server, op, objects);
        if server && op.sub == Some(3) {
            world.tally.event(op);
        } else if server {
            world.tally.response(op);
        } else {
            world.tally.request(op);
        }
        self.tcp.send(&mut world.wire, at, side, &bytes) + 8 * MS
    }

    /// The controlling station asks for everything.
    fn interrogate(&mut self, at: i64, world: &mut World) -> i64 {
        let all = iec104::interrogation();
        let now = self.send(at, world, Side::Client, INTERROGATE, &all) + 20 * MS;
        let now = self.send(now, world, Side::Server, CONFIRMED, &all);
        let states = [iec104::point(1, true), iec104::point(2, false)].concat();
        let now = self.send(now, world, Side::Server, STATES, &states);
        let values = [iec104::float(101, real(self.level)), iec104::float(102, 41.5)].concat();
        let now = self.send(now, world, Side::Server, INTERROGATED, &values);
        self.send(now, world, Side::Server, FINISHED, &all)
    }
}

impl Actor for District {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        self.sent += 1;
        if self.sent % 100 == 20 {
            self.interrogate(at, world);
        } else if self.sent % 25 == 24 {
            let now = self.tcp.send(&mut world.wire, at, Side::Client, &iec104::test(false));
            self.tcp.send(&mut world.wire, now + 30 * MS, Side::Server, &iec104::test(true));
        } else {
            self.level += (self.rng.unit() - 0.5) * 0.02;
            let time = iec104::time(Civil::new(at));
            let object = [iec104::float(101, real(self.level)), time].concat();
            self.send(at, world, Side::Server, SPONTANEOUS, &object);
        }
        let now = self.tcp.clock();
        if self.sent.is_multiple_of(6) {
            let bytes = self.numbers.acknowledge();
            let now = self.tcp.send(&mut world.wire, now + 40 * MS, Side::Client, &bytes);
            self.tcp.acknowledge(&mut world.wire, now, Side::Server);
        } else {
            self.tcp.acknowledge(&mut world.wire, now, Side::Client);
        }
        Some(self.cycle.next(&mut self.rng))
    }
}
