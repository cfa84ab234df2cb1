//! The model is the same however many threads read the frames, and in which order frames of
//! different hosts come; its sums are, whenever they report.

#![allow(clippy::unwrap_used)]

use capture::{Block, Runs};
use decode::{Frame, LinkType};
use dissect::{Engine, Limits, Registry};
use model::{Model, ModelLimits};
use observe::{Observer, Room};
use proptest::prelude::*;
use protocols::Protocols;
use testkit::{Case, Ends, Session};

struct Worker {
    engine: Engine<Protocols>,
    observer: Observer,
}

impl Worker {
    fn new(seed: u64) -> Self {
        let limits =
            Limits { flows: 512, layers: 512, opens: 512, notes: 512, seed, ..Limits::tiny() };
        let room = Room { operations: 2_048, targets: 4_096, ..Room::for_flows(limits.flows) };
        Self { engine: Engine::new(limits), observer: Observer::new(&room, Protocols::SPECS) }
    }

    /// Gives the model all there is, to the end or up to now.
    fn report(&mut self, model: &mut Model, last: bool) {
        loop {
            let done = if last {
                self.engine.finish(&mut self.observer)
            } else {
                self.engine.report(&mut self.observer)
            };
            self.observer.seal(self.engine.take_losses());
            model.apply(self.observer.batch());
            self.observer.clear(done);
            if done {
                return;
            }
        }
    }
}

type Bytes = (LinkType, Vec<u8>);

/// The frames of some cases, each at a site of its own, one frame of each in turn.
fn mixed(cases: &[Case]) -> Vec<Bytes> {
    let mut sites: Vec<std::vec::IntoIter<Bytes>> = Vec::new();
    for (site, case) in (1u8..).zip(cases) {
        let mut frames = case.frames();
        for (link, bytes) in &mut frames {
            if *link != LinkType::ETHERNET || bytes.len() < 14 {
                continue;
            }
            let ip = bytes[12..14] == [8, 0] && bytes.len() >= 34;
            for (at, own) in [(4, bytes[0] & 1 == 0), (10, true), (27, ip), (31, ip)] {
                // Neither a group's MAC nor the address of everybody.
                if own && bytes.get(30) != Some(&255) {
                    bytes[at] = site;
                }
            }
        }
        sites.push(frames.into_iter());
    }
    let mut all = Vec::new();
    loop {
        let before = all.len();
        all.extend(sites.iter_mut().filter_map(Iterator::next));
        if all.len() == before {
            return all;
        }
    }
}

/// Reads the frames as they come.
fn read_in_order(frames: &[Bytes]) -> Model {
    let mut model = Model::new(ModelLimits::default(), Protocols::SPECS);
    let mut worker = Worker::new(0);
    let mut clock = Session::new(Ends::new(0, 0));
    for (link, bytes) in frames {
        let frame: Frame<'_> = clock.linked(bytes, *link);
        worker.engine.handle_frame(&frame, &mut worker.observer);
    }
    worker.report(&mut model, true);
    model
}

/// Reads the frames with this many workers, each its own kind by kind; they report behind these
/// frames.
fn read(frames: &[Bytes], workers: u8, reports: &[usize]) -> Model {
    let mut model = Model::new(ModelLimits::default(), Protocols::SPECS);
    let mut all: Vec<Worker> = (0..workers).map(|seed| Worker::new(u64::from(seed))).collect();
    let mut clock = Session::new(Ends::new(0, 0));
    let mut block = Block::new();
    for (link, bytes) in frames {
        block.push(&clock.linked(bytes, *link));
    }
    let mut runs = Runs::default();
    runs.arrange(&block, workers);
    // The last first: the order of batches says nothing.
    for (number, worker) in all.iter_mut().enumerate().rev() {
        for at in runs.of(u8::try_from(number).unwrap()) {
            let frame = block.frame(&block.records()[at]);
            worker.engine.handle_frame(&frame, &mut worker.observer);
            if reports.contains(&at) {
                worker.report(&mut model, false);
            }
        }
        worker.report(&mut model, true);
    }
    model
}

/// A model as text, whatever the order in which it learned.
fn text(model: &Model) -> Vec<String> {
    let mut lines = conversations(model);
    lines.extend(model.paths.iter().map(|row| format!("{row:?}")));
    rest(model, &mut lines);
    lines.sort();
    lines
}

fn conversations(model: &Model) -> Vec<String> {
    let mut lines = Vec::new();
    for (key, row) in &model.conversations {
        lines.push(format!(
            "{key:?} {} {} {} {:?} {:?} {:?} {:?}",
            row.client_packets,
            row.server_packets,
            row.bytes,
            row.first,
            row.last,
            row.frame,
            row.operations,
        ));
        for (target, total) in row.targets.iter() {
            let name = model.names.get(target.name);
            let target = model::TargetKey { name: 0, ..*target };
            lines.push(format!("{key:?} {target:?} {name} {total:?}"));
        }
    }
    lines
}

/// What adds up wherever it is cut. A flow that is reported before its messages tell who asks is
/// counted under the likelier direction: that may differ from what is known when all is read at
/// once.
fn sums(model: &Model) -> Vec<String> {
    let mut lines: Vec<String> = model.paths.iter().map(|row| format!("{row:?}")).collect();
    rest(model, &mut lines);
    lines.sort();
    lines
}

/// What is not of one conversation or sender.
fn rest(model: &Model, lines: &mut Vec<String>) {
    lines.extend(model.binds.iter().map(|row| format!("{row:?}")));
    for (key, seen) in &model.attributes {
        let part = key.part.map(|(kind, number)| (model.names.get(kind), number));
        let source = model.names.get(key.source);
        let (host, attribute) = (key.host, key.attribute);
        lines.push(format!("{host:?} {part:?} {attribute:?} {source} {} {seen:?}", key.value));
    }
    lines.extend(model.operations.iter().map(|row| format!("{row:?}")));
    lines.extend(model.protocols.iter().map(|row| format!("{row:?}")));
    lines.extend(model.faults.iter().map(|row| format!("{row:?}")));
}

fn cases() -> impl Strategy<Value = Vec<Case>> {
    let all: Vec<Case> = trial::corpus::cases().into_iter().flat_map(|(_, cases)| cases).collect();
    prop::collection::vec((0..all.len()).prop_map(move |at| all[at].clone()), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 192, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn many_threads_that_take_kinds_in_runs_see_what_comes_in_order(
        cases in cases(),
        workers in 1u8..6,
    ) {
        let frames = mixed(&cases);
        let one = text(&read_in_order(&frames));
        prop_assert!(one.len() > 1);
        let many = text(&read(&frames, workers, &[]));
        prop_assert_eq!(one, many);
    }

    #[test]
    fn sums_are_the_same_whenever_reports_come(
        cases in cases(),
        workers in 1u8..4,
        reports in prop::collection::vec(0usize..80, 0..6),
    ) {
        let frames = mixed(&cases);
        let whole = read_in_order(&frames);
        let parts = read(&frames, workers, &reports);
        let (whole, parts) = (sums(&whole), sums(&parts));
        let only = |a: &[String], b: &[String]| -> Vec<String> {
            a.iter().filter(|line| !b.contains(line)).cloned().collect()
        };
        prop_assert_eq!(only(&whole, &parts), only(&parts, &whole));
    }
}

/// Frames of protocols that stand beside each other in one EtherType, between two devices.
fn beside(keys: &[&str]) -> Vec<Bytes> {
    let mut frames = Vec::new();
    for (key, cases) in trial::corpus::cases() {
        if keys.contains(&key.as_str()) {
            frames.extend(cases.iter().flat_map(Case::frames));
        }
    }
    frames.retain(|(_, bytes)| bytes.len() > 14 && bytes[12..14] == [0x88, 0x92]);
    for (at, (_, bytes)) in frames.iter_mut().enumerate() {
        let (one, other) = ([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2]);
        let ends = if at % 3 == 0 { [one, other] } else { [other, one] };
        bytes[..12].copy_from_slice(&ends.concat());
    }
    frames
}

#[test]
fn each_frame_counts_in_one_of_the_protocols_beside_each_other() {
    let frames = beside(&["profinet_dcp", "profinet_rt"]);
    let whole = read_in_order(&frames);
    assert!(whole.conversations.len() > 1, "{:?}", whole.conversations);
    let main = whole.conversations.values().filter(|row| row.main);
    let counted: u64 = main.map(|row| row.client_packets + row.server_packets).sum();
    assert_eq!(counted, frames.len() as u64);
    let bytes: u64 = whole.conversations.values().map(|row| row.bytes).sum();
    assert_eq!(bytes, frames.iter().map(|(_, bytes)| bytes.len() as u64).sum::<u64>());
    let whole = text(&whole);
    for at in 0..frames.len() {
        assert_eq!(whole, text(&read(&frames, 1, &[at, at + 2])), "reported behind {at}");
    }
}
