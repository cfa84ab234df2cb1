//! Clients that poll the S7 controllers.

use super::Cycle;
use crate::memory;
use crate::plant::Id;
use crate::process::{Process, real};
use crate::proto::s7::{self, READ, SETUP, WRITE};
use crate::rng::Rng;
use crate::tcp::{Side, Tcp};
use crate::wire::MS;
use crate::world::{Actor, World};

/// A connection to a controller.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) tcp: Tcp,
    reference: u16,
    slot: u8,
}

impl Link {
    pub(crate) fn new(rng: &mut Rng, client: Id, server: Id, vlan: u16) -> Self {
        // An S7-300's processor stands in slot 2, an S7-1200's in slot 1.
        let slot = if server == Id::Storage { 2 } else { 1 };
        let tcp = Tcp::new(rng, client.nic(vlan), server.nic(vlan), 102);
        Self { tcp, reference: rng.u16() % 4_096, slot }
    }

    /// TCP, the transport, the session.
    pub(crate) fn open(&mut self, at: i64, world: &mut World) -> i64 {
        let wire = &mut world.wire;
        let now = self.tcp.open(wire, at) + MS / 2;
        let (ask, answer) = (s7::connect(false, 6, self.slot), s7::connect(true, 6, self.slot));
        let now = self.tcp.ask(wire, now, &ask, &answer) + MS / 2;
        let reference = self.next();
        let (ask, answer) = (s7::setup(reference, false), s7::setup(reference, true));
        world.tally.both(SETUP);
        self.tcp.ask(&mut world.wire, now, &ask, &answer) + MS
    }

    /// The number of the next message.
    pub(crate) fn next(&mut self) -> u16 {
        self.reference = self.reference.wrapping_add(1);
        self.reference
    }

    /// Writes a variable.
    pub(crate) fn write(
        &mut self,
        at: i64,
        world: &mut World,
        place: s7::Place,
        value: &[u8],
    ) -> i64 {
        let reference = self.next();
        let (ask, answer) = (s7::write(reference, place, value), s7::write_answer(reference));
        world.tally.both(WRITE);
        self.tcp.ask(&mut world.wire, at, &ask, &answer)
    }
}

/// Polls one controller.
#[derive(Debug)]
pub(crate) struct Poller {
    link: Link,
    ends: [Id; 2],
    vlan: u16,
    /// Begun before the capture.
    running: bool,
    cycle: Cycle,
    rng: Rng,
    /// Every so many polls it also writes.
    writes: Option<u16>,
    polls: u16,
}

impl Poller {
    pub(crate) fn new(seed: u64, start: i64, pair: [Id; 2], vlan: u16, period_ms: i64) -> Self {
        let [client, server] = pair;
        let mut rng = Rng::new(seed, &format!("s7 {client:?} {server:?}"));
        Self {
            link: Link::new(&mut rng, client, server, vlan),
            ends: pair,
            vlan,
            running: false,
            cycle: Cycle::new(start, period_ms * MS, period_ms * MS / 25),
            rng,
            writes: None,
            polls: 0,
        }
    }

    /// Its connection is older than the capture.
    pub(crate) fn running(mut self) -> Self {
        self.running = true;
        self
    }

    pub(crate) fn writes(mut self, every: u16) -> Self {
        self.writes = Some(every);
        self
    }

    fn server(&self) -> Id {
        self.ends[1]
    }

    /// Lets go of the controller; the next connection is another one.
    fn leave(&mut self, at: i64, world: &mut World) {
        if self.running {
            self.link.tcp.close(&mut world.wire, at, Side::Client);
            let [client, server] = self.ends;
            self.link = Link::new(&mut self.rng, client, server, self.vlan);
            self.running = false;
        }
    }

    fn content(&self, process: &Process) -> (Vec<s7::Place>, Vec<Vec<u8>>) {
        if self.server() == Id::Intake {
            let block = memory::intake_block(process);
            let places = vec![s7::db(10, 0, 26), s7::outputs(0, 1)];
            (places, vec![block, vec![u8::from(process.valve > 1.0) | 4]])
        } else {
            let block = memory::storage_block(process);
            let places = vec![s7::db(20, 0, 18), s7::outputs(4, 1)];
            (places, vec![block, vec![u8::from(!process.storage_stopped)]])
        }
    }
}

impl Actor for Poller {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        if world.works.is_left(self.server(), at) {
            self.leave(at, world);
            return Some(self.cycle.next(&mut self.rng));
        }
        let mut now = at;
        if !self.running {
            now = self.link.open(now, world);
            self.running = true;
        }
        self.polls += 1;
        if self.writes.is_some_and(|every| self.polls.is_multiple_of(every)) {
            let block = if self.server() == Id::Intake { 10 } else { 20 };
            let value = real(4.2).to_be_bytes();
            now = self.link.write(now, world, s7::db(block, 40, 4), &value) + MS;
        }
        let (places, values) = self.content(&world.process);
        let reference = self.link.next();
        let ask = s7::read(reference, &places);
        let answer = s7::read_answer(reference, &values);
        world.tally.both(READ);
        now = self.link.tcp.poll(&mut world.wire, now, &ask, &answer);
        Some(self.cycle.next(&mut self.rng).max(now + 5 * MS))
    }
}
