//! From the office to a controller that no longer runs its program.

use super::attacker::{ME, step};
use super::engineer::identify_s7;
use super::programs::{self, PIECE};
use super::s7::Link;
use crate::plant::{CELL_2, Id};
use crate::proto::office::noise;
use crate::proto::s7_blocks::{
    self, CONTROL, DOWNLOAD_BLOCK, DOWNLOAD_ENDED, REQUEST_DOWNLOAD, STOP,
};
use crate::rng::Rng;
use crate::tcp::{Side, Tcp};
use crate::truth::Op;
use crate::wire::{MS, S};
use crate::world::{Actor, World};

/// Bytes of machine code in the changed organisation block.
const CODE: usize = 1_410;

/// The attacker.
#[derive(Debug)]
pub(crate) struct Takeover {
    rng: Rng,
    stage: usize,
    link: Link,
}

impl Takeover {
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed, "takeover");
        let link = Link::new(&mut rng, ME, Id::Storage, CELL_2);
        Self { rng, stage: 0, link }
    }

    fn begin(world: &mut World, technique: &'static str, text: &'static str) {
        world.attack(step(technique, text, &[(Id::Storage, CELL_2)]));
    }

    /// Which of three addresses answers as an S7 controller.
    fn find(&mut self, at: i64, world: &mut World) -> i64 {
        let hosts = [Id::Pumps, Id::Outstation, Id::Storage];
        let text = "tries hosts of cell 2 for S7 controllers";
        world.attack(step("T0846", text, &hosts.map(|host| (host, CELL_2))));
        let mut now = at;
        for who in hosts {
            let mut tcp = Tcp::new(&mut self.rng, ME.nic(CELL_2), who.nic(CELL_2), 102);
            now = if who == Id::Storage {
                tcp.half_open(&mut world.wire, now)
            } else {
                tcp.refused(&mut world.wire, now)
            } + 120 * MS;
        }
        now
    }

    fn identify(&mut self, at: i64, world: &mut World) -> i64 {
        Self::begin(world, "T0888", "reads what the controller is");
        let now = self.link.open(at, world);
        identify_s7(&mut self.link, Id::Storage, now, world)
    }

    fn upload(&mut self, at: i64, world: &mut World) -> i64 {
        Self::begin(world, "T0845", "reads the program out");
        programs::upload(&mut self.link, at, world, &programs::original())
    }

    /// The controller fetches the block piece by piece: there it is the one that asks.
    fn download(&mut self, at: i64, world: &mut World) -> i64 {
        Self::begin(world, "T0843", "loads a changed program and makes it active");
        let code = noise(&mut self.rng, CODE);
        let block = s7_blocks::block(8, 1, &code, "SIMATIC");
        let name = "_0800001P";
        let reference = self.link.next();
        let lengths = Some((block.len(), CODE));
        let ask = s7_blocks::job(reference, REQUEST_DOWNLOAD, name, lengths);
        let answer = s7_blocks::done(reference, REQUEST_DOWNLOAD);
        let mut now = programs::ask(&mut self.link, at, world, REQUEST_DOWNLOAD, &ask, &answer);
        let pieces = block.chunks(PIECE);
        let last = pieces.len().saturating_sub(1);
        let mut reference = 0x4a10;
        for (at, piece) in pieces.enumerate() {
            reference += 1;
            let ask = s7_blocks::job(reference, DOWNLOAD_BLOCK, name, None);
            let answer = s7_blocks::piece(reference, DOWNLOAD_BLOCK, piece, at != last);
            now = self.fetch(now, world, DOWNLOAD_BLOCK, &ask, &answer);
        }
        let ask = s7_blocks::job(reference + 1, DOWNLOAD_ENDED, name, None);
        let answer = s7_blocks::done(reference + 1, DOWNLOAD_ENDED);
        now = self.fetch(now, world, DOWNLOAD_ENDED, &ask, &answer);
        let reference = self.link.next();
        let ask = s7_blocks::insert(reference, "0800001P");
        let answer = s7_blocks::done(reference, CONTROL);
        programs::ask(&mut self.link, now, world, CONTROL, &ask, &answer)
    }

    /// A job of the controller, answered by the client.
    fn fetch(&mut self, at: i64, world: &mut World, op: Op, ask: &[u8], answer: &[u8]) -> i64 {
        world.tally.both(op);
        let now = self.link.tcp.send(&mut world.wire, at, Side::Server, ask) + 2 * MS;
        self.link.tcp.send(&mut world.wire, now, Side::Client, answer) + 4 * MS
    }

    fn stop(&mut self, at: i64, world: &mut World) {
        Self::begin(world, "T0858", "stops the controller");
        let reference = self.link.next();
        let (ask, answer) = (s7_blocks::stop(reference), s7_blocks::done(reference, STOP));
        let now = programs::ask(&mut self.link, at, world, STOP, &ask, &answer);
        self.link.tcp.close(&mut world.wire, now + 200 * MS, Side::Client);
        world.process.storage_stopped = true;
    }
}

impl Actor for Takeover {
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64> {
        self.stage += 1;
        let now = match self.stage {
            1 => self.find(at, world),
            2 => self.identify(at, world),
            3 => self.upload(at, world),
            4 => self.download(at, world),
            5 => {
                self.stop(at, world);
                return None;
            }
            _ => return None,
        };
        Some(now + 2 * S)
    }
}
