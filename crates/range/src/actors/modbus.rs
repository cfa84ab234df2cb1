//! Clients that poll the Modbus controllers.

use super::Cycle;
use crate::memory;
use crate::plant::Id;
use crate::process::Process;
use crate::proto::modbus::{self, READ_COILS, READ_HOLDING, WRITE_REGISTER, WRITE_REGISTERS};
use crate::rng::Rng;
use crate::tcp::Tcp;
use crate::wire::MS;
use crate::world::{Actor, World};

/// Polls one controller.
#[derive(Debug)]
pub(crate) struct Poller {
    tcp: Tcp,
    server: Id,
    /// Begun before the capture.
    running: bool,
    tx: u16,
    cycle: Cycle,
    rng: Rng,
    /// Every so many polls it also writes a set point.
    writes: Option<u16>,
    polls: u16,
}

impl Poller {
    pub(crate) fn new(seed: u64, start: i64, pair: [Id; 2], vlan: u16, period_ms: i64) -> Self {
        let [client, server] = pair;
        let mut rng = Rng::new(seed, &format!("modbus {client:?} {server:?}"));
        let tcp = Tcp::new(&mut rng, client.nic(vlan), server.nic(vlan), 502);
        Self {
            tcp,
            server,
            running: false,
            tx: rng.u16(),
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

    fn tx(&mut self) -> u16 {
        self.tx = self.tx.wrapping_add(1);
        self.tx
    }

    fn registers(&self, process: &Process) -> Vec<u16> {
        if self.server == Id::Dosing {
            memory::dosing_registers(process)
        } else {
            memory::pump_registers(process)
        }
    }

    /// The operator's panel changes one set point, the server writes a block of them.
    fn write(&mut self, at: i64, world: &mut World) -> i64 {
        let tx = self.tx();
        if self.server == Id::Dosing {
            let bytes = modbus::pair(tx, 1, WRITE_REGISTER, 6, 520);
            world.tally.both(WRITE_REGISTER);
            return self.tcp.ask(&mut world.wire, at, &bytes, &bytes);
        }
        let ask = modbus::write_registers(tx, 1, 4, &[3_600, 2_800]);
        let answer = modbus::pair(tx, 1, WRITE_REGISTERS, 4, 2);
        world.tally.both(WRITE_REGISTERS);
        self.tcp.ask(&mut world.wire, at, &ask, &answer)
    }
}

impl Actor for Poller {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        let mut now = at;
        if !self.running {
            now = self.tcp.open(&mut world.wire, now) + MS;
            self.running = true;
        }
        self.polls += 1;
        if self.writes.is_some_and(|every| self.polls.is_multiple_of(every)) {
            now = self.write(now, world) + 2 * MS;
        }
        if self.server == Id::Pumps {
            let tx = self.tx();
            let ask = modbus::pair(tx, 1, READ_COILS, 0, 8);
            let answer = modbus::coils(tx, 1, &memory::pump_coils(&world.process));
            world.tally.both(READ_COILS);
            now = self.tcp.ask(&mut world.wire, now, &ask, &answer) + MS;
        }
        let tx = self.tx();
        let values = self.registers(&world.process);
        let ask = modbus::pair(tx, 1, READ_HOLDING, 0, 12);
        let answer = modbus::registers(tx, 1, &values);
        world.tally.both(READ_HOLDING);
        now = self.tcp.poll(&mut world.wire, now, &ask, &answer);
        Some(self.cycle.next(&mut self.rng).max(now + 5 * MS))
    }
}
