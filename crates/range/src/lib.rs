//! The virtual plant: what a sensor would see in a small water works, made from nothing.
//!
//! Cell 1 takes water in and doses chlorine, cell 2 stores it and pumps it into the network.
//! Controllers, drives, panels, servers, an engineering station, two remote stations, switches and
//! a router with the office behind it speak their protocols over a mirror port, about a tank whose
//! level follows what flows in and out. The same options always give the same bytes; beside them
//! stands the truth: who is there, what was said, what attackers did.
//!
//! ```text
//! process ─ readings ─► actors ─ messages of proto ─► tcp, udp ─ frames ─► wire ─► pcap
//!    ▲                    │ └──── what was said ────► tally ─► truth
//!    └──── commands ──────┘
//! ```

mod actors;
mod bytes;
mod changes;
mod clock;
mod frame;
mod memory;
mod pcap;
mod plant;
mod process;
mod proto;
mod rng;
mod scenario;
mod tcp;
mod truth;
mod wire;
mod works;
mod world;

pub use pcap::write_pcap;
pub use scenario::{NoScenario, Scenario};
pub use truth::{Asset, Attack, Change, Incident, Operation, Truth};
pub use wire::TimedFrame;

use actors::archive::{Archive, COLLECTOR, TRENDS};
use actors::drive::{Meter, Scanner};
use actors::engineer::Engineer;
use actors::lan::{Advertiser, Cyclic, Neighbours, Resolver, Tree};
use actors::office::{Chores, Report};
use actors::stations::{District, Master};
use actors::{modbus, s7};
use plant::{CELL_1, CELL_2, Id};
use std::collections::BTreeSet;
use vocab::Ts;
use wire::{MS, S, Wire};
use world::{Actor, World};

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Another seed gives another capture of the same kind.
    pub seed: u64,
    /// What happens.
    pub scenario: Scenario,
    /// How long; 1 to [`Options::MINUTES_MAX`].
    pub minutes: u32,
    /// When it begins.
    pub start: Ts,
}

impl Options {
    /// The longest capture: all frames are in memory until they are in order.
    pub const MINUTES_MAX: u32 = 240;
}

impl Default for Options {
    /// Ten minutes of a Monday morning.
    fn default() -> Self {
        // 2026-03-02 07:30 UTC.
        let start = Ts::new(1_772_436_600, 0);
        Self { seed: 1, scenario: Scenario::Normal, minutes: 10, start }
    }
}

/// Frames in time order, and what is in them.
#[derive(Clone, Debug)]
pub struct Capture {
    /// The frames.
    pub frames: Vec<TimedFrame>,
    /// What is in them.
    pub truth: Truth,
}

/// Makes a capture.
pub fn generate(options: &Options) -> Capture {
    let Options { seed, scenario, minutes, start } = *options;
    let start = start.0;
    let length = i64::from(minutes.clamp(1, Options::MINUTES_MAX)) * 60 * S;
    let mut world = World {
        wire: Wire::default(),
        tally: truth::Tally::default(),
        process: process::Process::new(seed, start),
        steps: Vec::new(),
        works: scenario.works(start + length / 4),
    };
    let mut actors = pollers(seed, start);
    actors.extend(others(seed, start));
    if let Some(actor) = scenario.actor(seed) {
        // A quarter of the capture is quiet.
        actors.push((start + length / 4, actor));
    }
    world::run(&mut world, actors, start + length);
    world.process.run_to(start + length);
    let World { wire, tally, process, steps, works } = world;
    let frames = wire.into_frames();
    let bytes = frames.iter().map(|frame| frame.bytes.len() as u64).sum();
    let changes = changes::of(&works, &frames);
    let truth = Truth {
        schema: "ferrite.truth/1".to_owned(),
        scenario: scenario.name().to_owned(),
        seed,
        packets: frames.len() as u64,
        bytes,
        assets: truth::assets(&senders(&frames), &changes),
        operations: tally.operations(),
        attacks: truth::attacks(scenario.name(), &steps, &frames),
        incidents: scenario.incidents(&process),
        changes,
    };
    Capture { frames, truth }
}

type Actors = Vec<(i64, Box<dyn Actor>)>;

/// Clients that poll controllers, some since long before the capture.
fn pollers(seed: u64, start: i64) -> Actors {
    let modbus = |after: i64, pair, vlan, period| {
        let first = start + after * MS;
        (first, modbus::Poller::new(seed, first, pair, vlan, period))
    };
    let s7 = |after: i64, pair, vlan, period| {
        let first = start + after * MS;
        (first, s7::Poller::new(seed, first, pair, vlan, period))
    };
    let of_modbus = [
        modbus(210, [Id::Panel1, Id::Dosing], CELL_1, 1_000),
        modbus(530, [Id::Panel2, Id::Pumps], CELL_2, 1_000),
        modbus(4_120, [Id::Scada, Id::Dosing], CELL_1, 2_000),
        modbus(770, [Id::Scada, Id::Pumps], CELL_2, 2_000),
        modbus(9_310, [Id::Historian, Id::Dosing], CELL_1, 10_000),
        modbus(2_950, [Id::Historian, Id::Pumps], CELL_2, 10_000),
    ];
    let of_s7 = [
        s7(380, [Id::Panel1, Id::Intake], CELL_1, 1_000),
        s7(640, [Id::Panel2, Id::Storage], CELL_2, 1_000),
        s7(5_460, [Id::Scada, Id::Intake], CELL_1, 2_000),
        s7(1_330, [Id::Scada, Id::Storage], CELL_2, 2_000),
        s7(3_870, [Id::Historian, Id::Intake], CELL_1, 10_000),
        s7(7_080, [Id::Historian, Id::Storage], CELL_2, 10_000),
    ];
    let mut actors: Actors = Vec::new();
    for (at, (first, poller)) in of_modbus.into_iter().enumerate() {
        let poller = match at {
            0 => poller.running().writes(90),
            1 | 5 => poller.running(),
            3 => poller.running().writes(30),
            _ => poller,
        };
        actors.push((first, Box::new(poller)));
    }
    for (at, (first, poller)) in of_s7.into_iter().enumerate() {
        let poller = match at {
            0 => poller.running().writes(120),
            1 => poller.running(),
            3 => poller.running().writes(45),
            _ => poller,
        };
        actors.push((first, Box::new(poller)));
    }
    actors
}

/// Everybody else.
fn others(seed: u64, start: i64) -> Actors {
    let at = |after: i64| start + after * MS;
    let reports = [Id::Historian, Id::Mirror];
    let pages = [Id::Laptop, Id::Scada];
    vec![
        (at(2_000), Box::new(Scanner::new(seed, at(2_000)))),
        (at(6_000), Box::new(Meter::new(seed, at(6_000)))),
        (at(12_000), Box::new(Engineer::new(seed))),
        (at(90), Box::new(Neighbours::new(seed, at(90)))),
        (at(21_400), Box::new(Advertiser::new(seed, at(21_400)))),
        (at(640), Box::new(Tree::new(seed, at(640)))),
        (at(150), Box::new(Resolver::new(seed, at(150)))),
        (at(30), Box::new(Cyclic::new(seed, at(30)))),
        (at(3_400), Box::new(Master::new(seed, at(3_400)))),
        (at(1_700), Box::new(District::new(seed, at(1_700)))),
        (at(10_600), Box::new(Archive::new(seed, at(10_600), COLLECTOR))),
        (at(41_200), Box::new(Archive::new(seed, at(41_200), TRENDS))),
        (at(800), Box::new(Chores::new(seed, at(800)))),
        (at(8_200), Box::new(Report::new(seed, at(8_200), reports, "reports.works.example"))),
        (at(15_900), Box::new(Report::new(seed, at(15_900), pages, "scada-01.works.example"))),
    ]
}

/// The IPv4 addresses that sent a frame or stated themselves in ARP, each with the MAC that did.
fn senders(frames: &[TimedFrame]) -> BTreeSet<([u8; 6], [u8; 4])> {
    let address = |frame: &TimedFrame| {
        let bytes = &frame.bytes;
        let tag = if bytes.get(12..14) == Some(&[0x81, 0]) { 4 } else { 0 };
        let at = match bytes.get(12 + tag..14 + tag)? {
            [0x08, 0x00] => 26 + tag,
            [0x08, 0x06] => 28 + tag,
            _ => return None,
        };
        let mac = bytes.get(6..)?.first_chunk::<6>().copied()?;
        Some((mac, bytes.get(at..)?.first_chunk::<4>().copied()?))
    };
    frames.iter().filter_map(address).collect()
}
