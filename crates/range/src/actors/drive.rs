//! The intake's drive and the controller that runs it over EtherNet/IP.

use super::Cycle;
use crate::bytes::Buf;
use crate::frame;
use crate::plant::{CELL_1, Id};
use crate::process::scaled;
use crate::proto::enip::{
    self, Connection, FORWARD_CLOSE, FORWARD_OPEN, GET_SINGLE, IO_DATA, REGISTER, RR_DATA,
};
use crate::rng::Rng;
use crate::tcp::{Side, Tcp};
use crate::wire::{MS, S, US};
use crate::world::{Actor, World};

/// Packet interval of the cyclic data.
const INTERVAL: i64 = 200 * MS;

/// The controller opens the connections, then both send; it closes them before work on the drive.
#[derive(Debug)]
pub(crate) struct Scanner {
    tcp: Tcp,
    connection: Option<Connection>,
    session: u32,
    counts: [u32; 2],
    /// It had a connection before.
    left: bool,
    cycle: Cycle,
    rng: Rng,
}

impl Scanner {
    pub(crate) fn new(seed: u64, start: i64) -> Self {
        let mut rng = Rng::new(seed, "drive scanner");
        let (client, server) = (Id::Dosing.nic(CELL_1), Id::Drive.nic(CELL_1));
        Self {
            tcp: Tcp::new(&mut rng, client, server, enip::PORT),
            connection: None,
            session: rng.u32(),
            counts: [0; 2],
            left: false,
            cycle: Cycle::new(start, INTERVAL, 3 * MS),
            rng,
        }
    }

    /// Takes the drive out of its cycle.
    fn leave(&mut self, at: i64, world: &mut World) {
        let Some(connection) = self.connection.take() else { return };
        let ask = enip::unconnected(self.session, 2, &connection.close());
        let answer = enip::unconnected(self.session, 2, &connection.closed());
        world.tally.both(RR_DATA);
        world.tally.both(FORWARD_CLOSE);
        let now = self.tcp.ask(&mut world.wire, at, &ask, &answer) + MS;
        self.tcp.close(&mut world.wire, now, Side::Client);
        self.left = true;
    }

    fn open(&mut self, at: i64, world: &mut World) -> Connection {
        if self.left {
            let ends = (Id::Dosing.nic(CELL_1), world.works.drive(at).nic(CELL_1));
            self.tcp = Tcp::new(&mut self.rng, ends.0, ends.1, enip::PORT);
            self.session = self.rng.u32();
            self.counts = [0; 2];
            self.left = false;
        }
        let connection = Connection {
            ids: [self.rng.u32(), self.rng.u32()],
            serial: self.rng.u16(),
            interval: vocab::low_u32((INTERVAL / US).cast_unsigned()),
        };
        let now = register(&mut self.tcp, self.session, at, world);
        let ask = enip::unconnected(self.session, 1, &connection.open());
        let answer = enip::unconnected(self.session, 1, &connection.opened());
        world.tally.both(RR_DATA);
        world.tally.both(FORWARD_OPEN);
        self.tcp.poll(&mut world.wire, now + MS, &ask, &answer);
        self.connection = Some(connection);
        connection
    }
}

/// Opens TCP and registers a session.
pub(crate) fn register(tcp: &mut Tcp, session: u32, at: i64, world: &mut World) -> i64 {
    let now = tcp.open(&mut world.wire, at) + MS;
    world.tally.both(REGISTER);
    tcp.ask(&mut world.wire, now, &enip::register(0), &enip::register(session))
}

impl Actor for Scanner {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        if world.works.is_left(Id::Drive, at) {
            self.leave(at, world);
            return Some(self.cycle.next(&mut self.rng));
        }
        let Some(connection) = self.connection else {
            self.open(at, world);
            self.cycle = Cycle::new(at + 300 * MS, INTERVAL, 3 * MS);
            return Some(at + 300 * MS);
        };
        let (scanner, drive) = (Id::Dosing.nic(CELL_1), world.works.drive(at).nic(CELL_1));
        let ports = [enip::IO_PORT; 2];
        let speed = scaled(world.process.speed, 100.0);
        // Run mode; start, forward; the speed wanted.
        let out = Buf::new().le32(1).le16(0x0012).le16(speed).done();
        // Status: ready, running, at speed; speed; current in 0.01 A; voltage of the link.
        let current = scaled(world.process.speed, 12.5);
        let back = Buf::new().le16(0x070f).le16(speed).le16(current).le16(5_580).done();
        for (way, from, to, data, late) in
            [(0, scanner, drive, out, 0), (1, drive, scanner, back, self.rng.between(1, 9) * MS)]
        {
            self.counts[way] = self.counts[way].wrapping_add(1);
            let bytes = connection.datagram(way, self.counts[way], &data);
            let id = world.wire.id();
            world.wire.put(at + late, frame::udp(from, to, ports, id, &bytes));
            world.tally.event(IO_DATA);
        }
        Some(self.cycle.next(&mut self.rng))
    }
}

/// The server asks the drive for its output frequency and current.
#[derive(Debug)]
pub(crate) struct Meter {
    tcp: Tcp,
    session: u32,
    open: bool,
    /// It had a connection before.
    left: bool,
    context: u64,
    cycle: Cycle,
    rng: Rng,
}

impl Meter {
    pub(crate) fn new(seed: u64, start: i64) -> Self {
        let mut rng = Rng::new(seed, "drive meter");
        let (client, server) = (Id::Scada.nic(CELL_1), Id::Drive.nic(CELL_1));
        Self {
            tcp: Tcp::new(&mut rng, client, server, enip::PORT),
            session: rng.u32(),
            open: false,
            left: false,
            context: 0,
            cycle: Cycle::new(start, 5 * S, 80 * MS),
            rng,
        }
    }
}

impl Actor for Meter {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        if world.works.is_left(Id::Drive, at) {
            if self.open {
                self.tcp.close(&mut world.wire, at, Side::Client);
                self.open = false;
                self.left = true;
            }
            return Some(self.cycle.next(&mut self.rng));
        }
        let mut now = at;
        if self.left {
            let ends = (Id::Scada.nic(CELL_1), world.works.drive(at).nic(CELL_1));
            self.tcp = Tcp::new(&mut self.rng, ends.0, ends.1, enip::PORT);
            self.session = self.rng.u32();
            self.left = false;
        }
        if !self.open {
            now = register(&mut self.tcp, self.session, now, world) + MS;
            self.open = true;
        }
        // Parameters 1 and 3: output frequency in 0.01 Hz, output current in 0.01 A.
        let speed = world.process.speed;
        for (parameter, value) in [(1, scaled(speed, 100.0)), (3, scaled(speed, 12.5))] {
            self.context += 1;
            let ask = enip::request(GET_SINGLE, 0x0f, parameter, Some(1));
            let answer = enip::answer(GET_SINGLE, &value.to_le_bytes());
            world.tally.both(RR_DATA);
            world.tally.both(GET_SINGLE);
            let ask = enip::unconnected(self.session, self.context, &ask);
            let answer = enip::unconnected(self.session, self.context, &answer);
            now = self.tcp.ask(&mut world.wire, now, &ask, &answer) + MS;
        }
        self.tcp.acknowledge(&mut world.wire, now, Side::Client);
        Some(self.cycle.next(&mut self.rng))
    }
}
