//! The historian reads the server's tags over OPC UA.

use super::Cycle;
use crate::plant::{CELL_1, Id};
use crate::process::Process;
use crate::proto::opcua::{
    self, ACTIVATE, CREATE, Channel, ENDPOINTS, Node, OPEN, READ, Service, Value,
};
use crate::rng::Rng;
use crate::tcp::{Side, Tcp};
use crate::wire::{MS, S};
use crate::world::{Actor, World};

const URL: &str = "opc.tcp://SCADA-01:4840";

/// The historian's collector.
#[derive(Debug)]
pub(crate) struct Archive {
    tcp: Tcp,
    channel: Channel,
    open: bool,
    cycle: Cycle,
    rng: Rng,
}

const TAGS: [Node; 6] = [
    Node::Own("Storage.Tank.Level"),
    Node::Own("Storage.Network.Pressure"),
    Node::Own("Storage.Pumps.Outflow"),
    Node::Own("Intake.Valve.Position"),
    Node::Own("Intake.Drive.Speed"),
    Node::Own("Dosing.Chlorine"),
];

fn tags(p: &Process) -> [Value; 6] {
    [p.level, p.pressure, p.outflow * 3_600.0, p.valve, p.speed, p.chlorine].map(Value::Double)
}

impl Archive {
    pub(crate) fn new(seed: u64, start: i64) -> Self {
        let mut rng = Rng::new(seed, "archive");
        let (client, server) = (Id::Historian.nic(CELL_1), Id::Scada.nic(CELL_1));
        Self {
            tcp: Tcp::new(&mut rng, client, server, opcua::PORT),
            channel: Channel { id: 1 + rng.u32() % 9_000, request: 0, session: 0 },
            open: false,
            cycle: Cycle::new(start, 5 * S, 70 * MS),
            rng,
        }
    }

    fn ask(&mut self, at: i64, world: &mut World, service: Service, both: [&[u8]; 2]) -> i64 {
        let ask = self.channel.ask(service, at, both[0]);
        let answer = self.channel.answer(service, at, both[1]);
        world.tally.request(service.0);
        world.tally.response(service.1);
        self.tcp.ask(&mut world.wire, at, &ask, &answer) + MS
    }

    /// Channel, endpoints, session, and what the server is.
    fn begin(&mut self, at: i64, world: &mut World) -> i64 {
        let now = self.tcp.open(&mut world.wire, at) + MS;
        let (ask, answer) = (opcua::hello(URL), opcua::acknowledge());
        let now = self.tcp.ask(&mut world.wire, now, &ask, &answer) + MS;
        let opened = opcua::opened(self.channel.id, now);
        let now = self.ask(now, world, OPEN, [&opcua::open(), &opened]);
        let both = (opcua::get_endpoints(URL), opcua::all_endpoints(URL));
        let now = self.ask(now, world, ENDPOINTS, [&both.0, &both.1]);
        let session = self.rng.u32() | 1;
        let both = (opcua::create(URL), opcua::created(session, URL));
        let now = self.ask(now, world, CREATE, [&both.0, &both.1]);
        self.channel.session = session;
        let now = self.ask(now, world, ACTIVATE, [&opcua::activate(), &opcua::activated()]);
        let device = Id::Scada.device();
        let asked = opcua::read(&[2261, 2263, 2264].map(Node::Standard));
        let told = [device.product, device.vendor, device.firmware].map(Value::Text);
        self.ask(now, world, READ, [&asked, &opcua::values(&told, now)])
    }
}

impl Actor for Archive {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        let now = if self.open {
            let values = opcua::values(&tags(&world.process), at);
            self.ask(at, world, READ, [&opcua::read(&TAGS), &values])
        } else {
            self.open = true;
            self.begin(at, world)
        };
        self.tcp.acknowledge(&mut world.wire, now, Side::Client);
        Some(self.cycle.next(&mut self.rng))
    }
}
