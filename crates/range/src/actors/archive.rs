//! OPC UA: the historian reads the server's tags; the server reads the past back for its trends.

use super::Cycle;
use crate::plant::{CELL_1, Id};
use crate::process::Process;
use crate::proto::opcua::{
    self, ACTIVATE, Application, CREATE, Channel, ENDPOINTS, Node, OPEN, READ, Service, Value,
};
use crate::rng::Rng;
use crate::tcp::{Side, Tcp};
use crate::wire::{MS, S};
use crate::world::{Actor, World};

/// Who reads from whom, how often.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    name: &'static str,
    client: Id,
    server: Id,
    url: &'static str,
    asks: Application,
    tells: Application,
    period: i64,
}

/// The historian's collector.
pub(crate) const COLLECTOR: Line = Line {
    name: "archive",
    client: Id::Historian,
    server: Id::Scada,
    url: "opc.tcp://SCADA-01:4840",
    asks: opcua::CLIENT,
    tells: opcua::SERVER,
    period: 5 * S,
};

/// The trends that operators look at.
pub(crate) const TRENDS: Line = Line {
    name: "trends",
    client: Id::Scada,
    server: Id::Historian,
    url: "opc.tcp://HISTORIAN-01:4840",
    asks: opcua::TRENDS,
    tells: opcua::PAST,
    period: 30 * S,
};

/// A client that reads tags.
#[derive(Debug)]
pub(crate) struct Archive {
    line: Line,
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
    pub(crate) fn new(seed: u64, start: i64, line: Line) -> Self {
        let mut rng = Rng::new(seed, line.name);
        let (client, server) = (line.client.nic(CELL_1), line.server.nic(CELL_1));
        Self {
            line,
            tcp: Tcp::new(&mut rng, client, server, opcua::PORT),
            channel: Channel { id: 1 + rng.u32() % 9_000, request: 0, session: 0 },
            open: false,
            cycle: Cycle::new(start, line.period, 70 * MS),
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
        let Line { url, asks, tells, server, .. } = self.line;
        let now = self.tcp.open(&mut world.wire, at) + MS;
        let (ask, answer) = (opcua::hello(url), opcua::acknowledge());
        let now = self.tcp.ask(&mut world.wire, now, &ask, &answer) + MS;
        let opened = opcua::opened(self.channel.id, now);
        let now = self.ask(now, world, OPEN, [&opcua::open(), &opened]);
        let both = (opcua::get_endpoints(url), opcua::all_endpoints(&tells, url));
        let now = self.ask(now, world, ENDPOINTS, [&both.0, &both.1]);
        let session = self.rng.u32() | 1;
        let both = (opcua::create(&asks, url), opcua::created(session, &tells, url));
        let now = self.ask(now, world, CREATE, [&both.0, &both.1]);
        self.channel.session = session;
        let now = self.ask(now, world, ACTIVATE, [&opcua::activate(), &opcua::activated()]);
        let device = server.device();
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
