//! What runs below IP: switches, neighbours, address resolution, remote inputs and outputs.

use super::Cycle;
use crate::frame;
use crate::plant::{CELL_1, CELL_2, Id};
use crate::process::scaled;
use crate::proto::cdp;
use crate::proto::dcp;
use crate::proto::lldp::{self, Announcement};
use crate::rng::Rng;
use crate::wire::{MS, S};
use crate::world::{Actor, World};

/// Announces stations on their cables.
#[derive(Debug)]
pub(crate) struct Neighbours {
    cycle: Cycle,
    rng: Rng,
}

/// What the switches say of themselves, over LLDP and SNMP.
pub(crate) const SWITCH_1: &str = "Siemens, SIMATIC NET, SCALANCE XC208, 6GK5 208-0BA00-2AC2, \
                                   HW: Version 1, FW: Version V04.01.00, VPK6147920";
pub(crate) const SWITCH_2: &str = "Hirschmann RSP - SW: HiOS-2S-07.0.02";

pub(crate) const SWITCH_3: &str = "Cisco IOS Software, S5700 Software (S5700-UNIVERSALK9-M), \
                                   Version 15.2(6)E0a, RELEASE SOFTWARE (fc1)\n\
                                   Technical Support: http://www.cisco.com/techsupport\n\
                                   Copyright (c) 1986-2017 by Cisco Systems, Inc.";

/// Who announces itself: port, description, capabilities.
const ANNOUNCED: [(Id, &str, &str, u16); 6] = [
    (Id::Switch1, "port-001", SWITCH_1, 4),
    (Id::DriveSwitch, "Fa1/8", SWITCH_3, 4),
    (Id::Switch2, "Module: 1 Port: 1", SWITCH_2, 4),
    (
        Id::Intake,
        "port-001",
        "Siemens, SIMATIC S7, CPU-1200, 6ES7 214-1AG40-0XB0 , HW: 4, FW: V.4.2.1, S C-H9K412852018",
        128,
    ),
    (
        Id::RemoteIo,
        "port-001",
        "Siemens, SIMATIC ET 200SP, IM 155-6 PN ST, 6ES7 155-6AU01-0BN0, HW: 2, FW: V4.2.0",
        128,
    ),
    (
        Id::Storage,
        "port-001",
        "Siemens, SIMATIC S7, CPU315-2 PN/DP, 6ES7 315-2EH14-0AB0 , HW: 4, FW: V3.2.8",
        128,
    ),
];

/// What the intake's controller says after its update.
const UPDATED: &str =
    "Siemens, SIMATIC S7, CPU-1200, 6ES7 214-1AG40-0XB0 , HW: 4, FW: V.4.5.0, S C-H9K412852018";

impl Neighbours {
    pub(crate) fn new(seed: u64, start: i64) -> Self {
        let rng = Rng::new(seed, "neighbours");
        Self { cycle: Cycle::new(start, 30 * S, 10 * MS), rng }
    }
}

impl Actor for Neighbours {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        for (number, (who, port, description, capabilities)) in (0..).zip(ANNOUNCED) {
            let device = who.device();
            let late = number * 700 * MS + self.rng.between(0, 90 * MS);
            if world.works.is_off(who, at + late) {
                continue;
            }
            let updated = who == Id::Intake && world.works.is_done(who, at + late);
            let description = if updated { UPDATED } else { description };
            let announcement = Announcement {
                mac: who.mac(),
                port,
                name: device.name,
                description,
                capabilities,
                ip: device.homes.first().map_or([0; 4], |home| home.ip),
            };
            world.wire.put(at + late, announcement.frame());
        }
        Some(self.cycle.next(&mut self.rng))
    }
}

/// What the plant's router says of itself, over CDP.
const ROUTER: &str = "Cisco IOS Software, S5900 Software (S5900-UNIVERSALK9-M), \
                      Version 15.6(3)M1, RELEASE SOFTWARE (fc1)\n\
                      Technical Support: http://www.cisco.com/techsupport\n\
                      Copyright (c) 1986-2016 by Cisco Systems, Inc.";

/// The switch of the drive's panel tells its neighbours the same in its maker's own protocol, and
/// so does the router.
#[derive(Debug)]
pub(crate) struct Advertiser {
    cycle: Cycle,
    rng: Rng,
}

impl Advertiser {
    pub(crate) fn new(seed: u64, start: i64) -> Self {
        let rng = Rng::new(seed, "advertiser");
        Self { cycle: Cycle::new(start, 60 * S, 400 * MS), rng }
    }
}

impl Actor for Advertiser {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        for (who, port, software, capabilities, late) in [
            (Id::DriveSwitch, "FastEthernet1/8", SWITCH_3, cdp::SWITCH, 0),
            (Id::Router, "GigabitEthernet0", ROUTER, cdp::ROUTER, 3 * S),
        ] {
            let device = who.device();
            let advertisement = cdp::Advertisement {
                mac: who.mac(),
                name: device.name,
                port,
                platform: device.order_number,
                software,
                capabilities,
                ip: who.nic(CELL_1).ip,
                vlan: CELL_1,
            };
            world.wire.put(at + late, advertisement.frame());
        }
        Some(self.cycle.next(&mut self.rng))
    }
}

/// The switches' spanning tree.
#[derive(Debug)]
pub(crate) struct Tree {
    cycle: Cycle,
    rng: Rng,
}

impl Tree {
    pub(crate) fn new(seed: u64, start: i64) -> Self {
        Self { cycle: Cycle::new(start, 2 * S, 4 * MS), rng: Rng::new(seed, "tree") }
    }
}

impl Actor for Tree {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        let root = Id::Switch1.mac();
        world.wire.put(at, lldp::hello(root, root, 0, 1));
        let bridge = Id::Switch2.mac();
        world.wire.put(at + 310 * MS, lldp::hello(root, bridge, 200_000, 2));
        Some(self.cycle.next(&mut self.rng))
    }
}

/// Hosts that refresh what they know of each other.
#[derive(Debug)]
pub(crate) struct Resolver {
    cycle: Cycle,
    rng: Rng,
    at: usize,
}

/// Who asks for whom where.
const ASKED: [(Id, Id, u16); 20] = [
    (Id::Scada, Id::Dosing, CELL_1),
    (Id::Scada, Id::Intake, CELL_1),
    (Id::Scada, Id::Drive, CELL_1),
    (Id::Scada, Id::Router, CELL_1),
    (Id::Panel1, Id::Intake, CELL_1),
    (Id::Engineering, Id::RemoteIo, CELL_1),
    (Id::Switch1, Id::Router, CELL_1),
    (Id::DriveSwitch, Id::Router, CELL_1),
    (Id::Historian, Id::Router, CELL_1),
    (Id::Engineering, Id::Switch1, CELL_1),
    (Id::Engineering, Id::DriveSwitch, CELL_1),
    (Id::Scada, Id::Pumps, CELL_2),
    (Id::Scada, Id::Storage, CELL_2),
    (Id::Scada, Id::Outstation, CELL_2),
    (Id::Panel2, Id::Pumps, CELL_2),
    (Id::Switch2, Id::Router, CELL_2),
    (Id::Historian, Id::Storage, CELL_2),
    (Id::Engineering, Id::Switch2, CELL_2),
    (Id::Engineering, Id::Panel2, CELL_2),
    (Id::Router, Id::Historian, CELL_2),
];

impl Resolver {
    pub(crate) fn new(seed: u64, start: i64) -> Self {
        let rng = Rng::new(seed, "resolver");
        Self { cycle: Cycle::new(start, 1_500 * MS, 400 * MS), rng, at: 0 }
    }
}

impl Actor for Resolver {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        let (who, whom, vlan) = ASKED[self.at % ASKED.len()];
        self.at += 1;
        let answers = !world.works.is_off(whom, at);
        let whom = if whom == Id::Drive { world.works.drive(at) } else { whom };
        let (who, whom) = (who.nic(vlan), whom.nic(vlan));
        world.wire.put(at, frame::arp(who, whom, false));
        let late = self.rng.between(MS / 5, 2 * MS);
        if answers {
            world.wire.put(at + late, frame::arp(whom, who, true));
        }
        Some(self.cycle.next(&mut self.rng))
    }
}

/// The intake controller and its remote inputs and outputs.
#[derive(Debug)]
pub(crate) struct Cyclic {
    cycle: Cycle,
    rng: Rng,
    count: u16,
}

/// The longest send clock times reduction that class 1 data has.
const PERIOD: i64 = 128 * MS;

impl Cyclic {
    pub(crate) fn new(seed: u64, start: i64) -> Self {
        let mut rng = Rng::new(seed, "cyclic");
        let count = rng.u16();
        Self { cycle: Cycle::new(start, PERIOD, MS / 10), rng, count }
    }
}

impl Actor for Cyclic {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        // The counter runs in units of 31.25 µs: 128 ms are 4096 of them.
        self.count = self.count.wrapping_add(4_096);
        if world.works.is_left(Id::Intake, at) {
            return Some(self.cycle.next(&mut self.rng));
        }
        let process = &world.process;
        // Outputs: valve wanted. Inputs: valve and level as measured.
        let out = scaled(process.valve_wanted, 276.48).to_be_bytes();
        let [a, b] = scaled(process.valve, 276.48).to_be_bytes();
        let [c, d] = scaled(process.level, 5_529.6).to_be_bytes();
        let (plc, io) = (Id::Intake.mac(), Id::RemoteIo.mac());
        let frame =
            |to, from, bytes: &[u8]| frame::tagged(to, from, CELL_1, 6, dcp::ETHERTYPE, bytes);
        let down = frame(io, plc, &dcp::cyclic(0x8000, &out, self.count));
        let up = frame(plc, io, &dcp::cyclic(0x8001, &[a, b, c, d], self.count));
        world.wire.put(at, down);
        world.wire.put(at + self.rng.between(MS / 4, MS), up);
        world.tally.event(dcp::CYCLIC);
        world.tally.event(dcp::CYCLIC);
        Some(self.cycle.next(&mut self.rng))
    }
}
