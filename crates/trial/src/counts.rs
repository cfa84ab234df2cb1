//! Every protocol's cases through engine and observer again and again, for callgrind to count.
//!
//! Callgrind is told to begin at zero with `count_rounds` and to write its sums at `rounds_end`, so
//! that start, tables and first contact drop out.

use decode::LinkType;
use dissect::{Engine, Limits, Registry};
use observe::{Observer, Room};
use protocols::Protocols;
use testkit::{Case, Ends, Session};
use trial::corpus;

/// Rounds counted.
const ROUNDS: u32 = 50;
/// Rounds before, which fill the tables.
const WARM_UP: u32 = 3;

/// Runs all protocols; a line for each: name, frames counted. `all` is a mix of all.
pub(crate) fn run() {
    let mut mixes = corpus::cases();
    let all = mixes.iter().flat_map(|(_, cases)| cases.clone()).collect();
    mixes.push(("all".to_owned(), all));
    for (name, cases) in &mixes {
        let frames: Vec<_> = cases.iter().flat_map(Case::frames).collect();
        let limits = Limits { flows: 4_096, ..Limits::default() };
        let mut observer = Observer::new(&Room::for_flows(limits.flows), Protocols::SPECS);
        let mut engine = Engine::<Protocols>::new(limits);
        let mut clock = Session::new(Ends::new(0, 0));
        rounds(&mut engine, &mut observer, &mut clock, &frames, WARM_UP);
        count_rounds(&mut engine, &mut observer, &mut clock, &frames);
        rounds_end(std::hint::black_box(name));
        crate::say(&format!("{name}\t{}\n", frames.len() as u64 * u64::from(ROUNDS)));
    }
}

/// What callgrind counts.
#[inline(never)]
fn count_rounds(
    engine: &mut Engine<Protocols>,
    observer: &mut Observer,
    clock: &mut Session,
    frames: &[(LinkType, Vec<u8>)],
) {
    rounds(engine, observer, clock, frames, ROUNDS);
}

/// Where callgrind writes its sums.
#[inline(never)]
fn rounds_end(name: &str) {
    std::hint::black_box(name);
}

fn rounds(
    engine: &mut Engine<Protocols>,
    observer: &mut Observer,
    clock: &mut Session,
    frames: &[(LinkType, Vec<u8>)],
    times: u32,
) {
    for _ in 0..times {
        for (link, bytes) in frames {
            engine.handle_frame(&clock.linked(bytes, *link), observer);
            if observer.is_ripe() {
                while !engine.report(observer) {
                    observer.clear(false);
                }
                observer.clear(true);
            }
        }
    }
}
