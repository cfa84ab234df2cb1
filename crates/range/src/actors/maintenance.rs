//! Work on the intake: a controller that comes back with other firmware, a drive that another one
//! takes the place of. Afterwards the engineering station looks whether both are what they should
//! be.

use super::engineer::Engineer;
use crate::frame;
use crate::plant::{CELL_1, Id};
use crate::rng::Rng;
use crate::wire::{MS, S};
use crate::world::{Actor, World};

/// From switching a device on until it speaks.
const BOOT: i64 = 2 * S;
/// From its first word until the station asks it.
const LOOK: i64 = 3 * S;

/// Who does the work.
#[derive(Debug)]
pub(crate) struct Maintenance {
    rng: Rng,
    station: Engineer,
    at: usize,
}

/// What is to be done, in order.
const STEPS: [Step; 10] = [
    Step::Off(Id::Intake),
    Step::On(Id::Intake),
    Step::Says(Id::Intake),
    Step::Look(Look::Controller),
    Step::Look(Look::Names),
    Step::Off(Id::Drive),
    Step::On(Id::Drive),
    Step::Says(Id::NewDrive),
    Step::Look(Look::Identities),
    Step::Look(Look::Drive),
];

#[derive(Clone, Copy, Debug)]
enum Step {
    Off(Id),
    On(Id),
    /// It claims its address. RFC 5227 §2.3.
    Says(Id),
    Look(Look),
}

#[derive(Clone, Copy, Debug)]
enum Look {
    Controller,
    Names,
    Identities,
    Drive,
}

impl Maintenance {
    pub(crate) fn new(seed: u64) -> Self {
        let station = Engineer::of(Rng::new(seed, "maintenance station"));
        Self { rng: Rng::new(seed, "maintenance"), station, at: 0 }
    }

    fn announce(who: Id, at: i64, world: &mut World) {
        let me = who.nic(CELL_1);
        for late in [0, 2 * S] {
            world.wire.put(at + late, frame::arp(me, me, false));
        }
    }

    fn look(&mut self, what: Look, at: i64, world: &mut World) {
        match what {
            Look::Controller => self.station.s7(Id::Intake, CELL_1, at, world),
            Look::Names => self.station.profinet(CELL_1, at, world),
            Look::Identities => self.station.enip(at, world),
            Look::Drive => self.station.drive(at, world),
        }
    }

    /// When a step is due; `at` is when the one before it was done.
    fn due(&mut self, step: Step, at: i64, world: &World) -> i64 {
        let all = world.works.all();
        let of = |device| all.iter().find(|work| work.device == device);
        match step {
            Step::Off(device) => of(device).map_or(at, |work| work.off),
            Step::On(device) => of(device).map_or(at, |work| work.on),
            Step::Says(_) => at + BOOT,
            Step::Look(_) => at + LOOK + self.rng.between(0, 400 * MS),
        }
    }
}

impl Actor for Maintenance {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        // Called first when the clients begin to leave the controller: nothing is due yet.
        if let Some(before) = self.at.checked_sub(1) {
            match *STEPS.get(before)? {
                Step::Off(Id::Intake) => world.process.intake_off = true,
                Step::On(Id::Intake) => world.process.intake_off = false,
                Step::Off(_) => world.process.drive_off = true,
                Step::On(_) => world.process.drive_off = false,
                Step::Says(who) => Self::announce(who, at, world),
                Step::Look(what) => self.look(what, at, world),
            }
        }
        let next = *STEPS.get(self.at)?;
        self.at += 1;
        Some(self.due(next, at, world))
    }
}
