//! The engineering station at the start of a shift: it looks which devices are there and what
//! they are.

use super::programs;
use super::s7::Link;
use crate::frame;
use crate::plant::{CELL_1, CELL_2, Id};
use crate::proto::{dcp, enip, modbus, s7};
use crate::rng::Rng;
use crate::tcp::{Side, Tcp};
use crate::wire::MS;
use crate::world::{Actor, World};

/// Reads the identification of a controller over S7.
pub(crate) fn identify_s7(link: &mut Link, server: Id, at: i64, world: &mut World) -> i64 {
    let device = server.device();
    let firmware = match server {
        Id::Intake if world.works.is_done(server, at) => [4, 5, 0],
        Id::Intake => [4, 2, 1],
        _ => [3, 2, 8],
    };
    let mut now = at;
    let modules = s7::module_records(device.order_number, firmware);
    for (list, records) in [(0x0011, modules), (0x001c, s7::component_records(device))] {
        let reference = link.next();
        let ask = s7::szl(reference, list);
        let answer = s7::szl_answer(reference, list, &records);
        world.tally.both(s7::SZL);
        now = link.tcp.ask(&mut world.wire, now, &ask, &answer) + 2 * MS;
    }
    now
}

/// Reads the identification of a controller over Modbus.
pub(crate) fn identify_modbus(tcp: &mut Tcp, server: Id, at: i64, world: &mut World) -> i64 {
    let device = server.device();
    let objects = [
        (0, device.vendor),
        (1, device.order_number),
        (2, device.firmware),
        (4, device.product),
        (5, device.model),
    ];
    let (ask, answer) = (modbus::identify(1, 255), modbus::identity(1, 255, &objects));
    world.tally.both(modbus::IDENTIFY);
    tcp.ask(&mut world.wire, at, &ask, &answer)
}

/// The drive of the intake, and what it says it is.
fn drive_at(at: i64, world: &World) -> (Id, &'static enip::Identity) {
    let drive = world.works.drive(at);
    (drive, if drive == Id::NewDrive { &enip::NEW_DRIVE } else { &enip::DRIVE })
}

/// The station's round.
#[derive(Debug)]
pub(crate) struct Engineer {
    rng: Rng,
    at: usize,
}

impl Engineer {
    pub(crate) fn new(seed: u64) -> Self {
        Self::of(Rng::new(seed, "engineer"))
    }

    /// The same with its own chances.
    pub(crate) fn of(rng: Rng) -> Self {
        Self { rng, at: 0 }
    }

    pub(crate) fn s7(&mut self, server: Id, vlan: u16, at: i64, world: &mut World) {
        let mut link = Link::new(&mut self.rng, Id::Engineering, server, vlan);
        let now = link.open(at, world);
        let mut now = identify_s7(&mut link, server, now, world);
        if server == Id::Storage {
            // The morning's backup: is the program still the one that was handed over?
            now = programs::upload(&mut link, now, world, &programs::original());
        }
        link.tcp.close(&mut world.wire, now + 20 * MS, Side::Client);
    }

    fn modbus(&mut self, server: Id, vlan: u16, at: i64, world: &mut World) {
        let ends = (Id::Engineering.nic(vlan), server.nic(vlan));
        let mut tcp = Tcp::new(&mut self.rng, ends.0, ends.1, 502);
        let now = tcp.open(&mut world.wire, at) + MS;
        let now = identify_modbus(&mut tcp, server, now, world);
        tcp.close(&mut world.wire, now + 30 * MS, Side::Client);
    }

    /// Asks everybody in cell 1 for EtherNet/IP identities.
    pub(crate) fn enip(&mut self, at: i64, world: &mut World) {
        let me = Id::Engineering.nic(CELL_1);
        let ports = [50_000 + self.rng.u16() % 9_000, enip::PORT];
        let id = world.wire.id();
        let ask = frame::udp(me, me.everybody(), ports, id, &enip::list_identity());
        world.wire.put(at, ask);
        world.tally.request(enip::LIST_IDENTITY);
        let (drive, at_drive) = drive_at(at, world);
        for (who, identity, late) in [
            (Id::DriveSwitch, &enip::SWITCH, 2 * MS),
            (drive, at_drive, 3 * MS),
            (Id::Dosing, &enip::SCANNER, 5 * MS),
        ] {
            let from = who.nic(CELL_1);
            let bytes = enip::identity_item(identity, from.ip);
            let id = world.wire.id();
            let answer = frame::udp(from, me, [ports[1], ports[0]], id, &bytes);
            world.wire.put(at + late, answer);
            world.tally.response(enip::LIST_IDENTITY);
        }
    }

    /// Asks the drive itself over TCP.
    pub(crate) fn drive(&mut self, at: i64, world: &mut World) {
        let (drive, identity) = drive_at(at, world);
        let ends = (Id::Engineering.nic(CELL_1), drive.nic(CELL_1));
        let mut tcp = Tcp::new(&mut self.rng, ends.0, ends.1, enip::PORT);
        let session = self.rng.u32();
        let now = super::drive::register(&mut tcp, session, at, world) + MS;
        let ask = enip::request(enip::IDENTITY, 1, 1, None);
        let answer = enip::answer(enip::IDENTITY, &enip::identity_attributes(identity));
        let (ask, answer) =
            (enip::unconnected(session, 7, &ask), enip::unconnected(session, 7, &answer));
        world.tally.both(enip::RR_DATA);
        world.tally.both(enip::IDENTITY);
        let now = tcp.ask(&mut world.wire, now, &ask, &answer);
        tcp.close(&mut world.wire, now + 15 * MS, Side::Client);
    }

    /// Asks everybody for PROFINET names.
    pub(crate) fn profinet(&mut self, vlan: u16, at: i64, world: &mut World) {
        let me = Id::Engineering.mac();
        let tx = self.rng.u32();
        let put = |world: &mut World, at, to, from, bytes: &[u8]| {
            let frame = frame::tagged(to, from, vlan, 0, dcp::ETHERTYPE, bytes);
            world.wire.put(at, frame);
        };
        put(world, at, dcp::GROUP, me, &dcp::identify(tx));
        world.tally.request(dcp::IDENTIFY);
        let stations: &[(Id, &str, u16, u8)] = if vlan == CELL_1 {
            &[(Id::Intake, "S7-1200", 0x010d, 2), (Id::RemoteIo, "ET200SP", 0x0313, 1)]
        } else {
            &[(Id::Storage, "S7-300", 0x0101, 2)]
        };
        for (who, kind, number, role) in stations {
            let late = self.rng.between(1, 9) * MS;
            let bytes = dcp::identity(tx, who.device(), kind, *number, *role);
            put(world, at + late, me, who.mac(), &bytes);
            world.tally.response(dcp::IDENTIFY);
        }
    }
}

impl Actor for Engineer {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        match self.at {
            0 => self.profinet(CELL_1, at, world),
            1 => self.profinet(CELL_2, at, world),
            2 => self.s7(Id::Intake, CELL_1, at, world),
            3 => self.s7(Id::Storage, CELL_2, at, world),
            4 => self.modbus(Id::Dosing, CELL_1, at, world),
            5 => self.modbus(Id::Pumps, CELL_2, at, world),
            6 => self.enip(at, world),
            7 => self.drive(at, world),
            _ => return None,
        }
        self.at += 1;
        Some(at + self.rng.between(400 * MS, 1_100 * MS))
    }
}
