//! From the office to a tank that runs over.

use super::attacker::{ME, step, sweep};
use super::engineer::{identify_modbus, identify_s7};
use super::s7::Link;
use crate::frame;
use crate::plant::{CELL_1, CELL_2, Id};
use crate::process::real;
use crate::proto::modbus::{self, WRITE_COIL, WRITE_REGISTER};
use crate::proto::{enip, s7};
use crate::rng::Rng;
use crate::tcp::{Side, Tcp};
use crate::wire::{MS, S};
use crate::world::{Actor, World};

/// The attacker.
#[derive(Debug)]
pub(crate) struct Overflow {
    rng: Rng,
    stage: usize,
    pumps: Option<Tcp>,
    valve: Option<Link>,
    tx: u16,
}

impl Overflow {
    pub(crate) fn new(seed: u64) -> Self {
        Self { rng: Rng::new(seed, "overflow"), stage: 0, pumps: None, valve: None, tx: 0 }
    }

    /// Asks four controllers and the drive what they are.
    fn identify(&mut self, at: i64, world: &mut World) -> i64 {
        let targets = [(Id::Pumps, CELL_2), (Id::Intake, CELL_1), (Id::Drive, CELL_1)];
        world.attack(step("T0888", "reads what the found devices are", &targets));
        let rng = &mut self.rng;
        let mut tcp = Tcp::new(rng, ME.nic(CELL_2), Id::Pumps.nic(CELL_2), 502);
        let now = tcp.open(&mut world.wire, at) + MS;
        let now = identify_modbus(&mut tcp, Id::Pumps, now, world);
        let now = tcp.close(&mut world.wire, now + 40 * MS, Side::Client) + 300 * MS;
        let mut link = Link::new(rng, ME, Id::Intake, CELL_1);
        let now = link.open(now, world);
        let now = identify_s7(&mut link, Id::Intake, now, world);
        let now = link.tcp.close(&mut world.wire, now + 40 * MS, Side::Client) + 300 * MS;
        let (me, drive) = (ME.nic(CELL_1), Id::Drive.nic(CELL_1));
        let port = 50_000 + rng.u16() % 9_000;
        let (ask, answer) = (world.wire.id(), world.wire.id());
        let bytes = frame::udp(me, drive, [port, enip::PORT], ask, &enip::list_identity());
        world.wire.put(now, bytes);
        let item = enip::identity_item(&enip::DRIVE, drive.ip);
        let bytes = frame::udp(drive, me, [enip::PORT, port], answer, &item);
        world.wire.put(now + 3 * MS, bytes);
        world.tally.both(enip::LIST_IDENTITY);
        now + S
    }

    /// One write over Modbus to the pump controller, which echoes it.
    fn write(&mut self, at: i64, world: &mut World, op: crate::truth::Op, what: [u16; 2]) -> i64 {
        let mut tcp = self.pumps.take().unwrap_or_else(|| {
            let ends = (ME.nic(CELL_2), Id::Pumps.nic(CELL_2));
            let mut tcp = Tcp::new(&mut self.rng, ends.0, ends.1, 502);
            tcp.open(&mut world.wire, at);
            tcp
        });
        self.tx += 1;
        let bytes = modbus::pair(self.tx, 1, op, what[0], what[1]);
        world.tally.both(op);
        let now = tcp.poll(&mut world.wire, at.max(tcp.clock() + MS), &bytes, &bytes);
        self.pumps = Some(tcp);
        now + MS
    }

    fn hide(&mut self, at: i64, world: &mut World) {
        let target = [(Id::Pumps, CELL_2)];
        world.attack(step("T0878", "raises the limit of the level alarm out of reach", &target));
        self.write(at, world, WRITE_REGISTER, [6, u16::MAX]);
        world.process.alarm_limit = 65.535;
    }

    fn stop(&mut self, at: i64, world: &mut World) {
        let target = [(Id::Pumps, CELL_2)];
        world.attack(step("T0855", "switches both outlet pumps off and locks them", &target));
        let now = self.write(at, world, WRITE_COIL, [0, 0]);
        let now = self.write(now, world, WRITE_COIL, [1, 0]);
        self.write(now, world, WRITE_COIL, [2, 0]);
        world.process.pumps_locked = true;
    }

    fn force(&mut self, at: i64, world: &mut World) {
        let target = [(Id::Intake, CELL_1)];
        world.attack(step("T0836", "forces the inlet valve open", &target));
        let mut link = Link::new(&mut self.rng, ME, Id::Intake, CELL_1);
        let now = link.open(at, world);
        let now = link.write(now, world, s7::db(10, 44, 4), &real(100.0).to_be_bytes());
        link.write(now + 3 * MS, world, s7::db(10, 24, 1), &[1]);
        world.process.valve_forced = Some(100.0);
        self.valve = Some(link);
    }

    /// Says it again, so that nobody can take it back.
    fn hold(&mut self, at: i64, world: &mut World) {
        let targets = [(Id::Pumps, CELL_2), (Id::Intake, CELL_1)];
        world.attack(step("T0831", "repeats its writes against the operators", &targets));
        let now = self.write(at, world, WRITE_COIL, [0, 0]);
        if let Some(link) = &mut self.valve {
            let now = now.max(link.tcp.clock() + MS);
            let now = link.write(now, world, s7::db(10, 44, 4), &real(100.0).to_be_bytes());
            link.tcp.acknowledge(&mut world.wire, now, Side::Client);
        }
    }
}

impl Actor for Overflow {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        self.stage += 1;
        match self.stage {
            1 => return Some(sweep(&mut self.rng, at, world) + 2 * S),
            2 => return Some(self.identify(at, world) + 3 * S),
            3 => self.hide(at, world),
            4 => self.stop(at, world),
            5 => self.force(at, world),
            6..=12 => {
                self.hold(at, world);
                return Some(at + 15 * S);
            }
            _ => return None,
        }
        Some(at + 2 * S)
    }
}
