//! The packet path allocates nothing once the engine is made.

#![allow(clippy::unwrap_used)]
#![expect(unsafe_code, reason = "a counting allocator is an unsafe trait")]

use dissect::{Engine, FactCx, Limits, Registry, Sink};
use observe::{Observer, Room};
use protocols::Protocols;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};
use vocab::Fact;

struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

// SAFETY: every call goes to the system's allocator unchanged; counting touches nothing of it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(at, layout) }
    }
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `realloc`.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

struct Nothing(u64);

impl Sink for Nothing {
    fn fact(&mut self, _: &FactCx<'_>, _: Fact<'_>) {
        self.0 += 1;
    }
}

/// All cases of all protocols as frames.
fn frames() -> Vec<(decode::LinkType, Vec<u8>)> {
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap();
    folders
        .filter_map(|folder| std::fs::read_to_string(folder.unwrap().path().join("cases.md")).ok())
        .flat_map(|text| testkit::read(&text))
        .flat_map(|case| case.frames())
        .collect()
}

/// Allocations while `work` runs.
fn allocations(work: impl FnOnce()) -> u64 {
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    work();
    ALLOCATIONS.load(Ordering::Relaxed) - before
}

/// One test, because tests share the count.
#[test]
fn no_frame_allocates() {
    let frames = frames();
    assert!(frames.len() > 10);
    the_engine_does_not(&frames);
    nor_does_the_observer(&frames);
}

fn the_engine_does_not(frames: &[(decode::LinkType, Vec<u8>)]) {
    let mut engine = Engine::<Protocols>::new(Limits::default());
    let mut sink = Nothing(0);
    let mut clock = testkit::Session::new(testkit::Ends::new(0, 0));
    let count = allocations(|| {
        for _ in 0..3 {
            for (link, bytes) in frames {
                engine.handle_frame(&clock.linked(bytes, *link), &mut sink);
            }
        }
        engine.report(&mut sink);
        engine.finish(&mut sink);
    });
    assert!(sink.0 > 50, "the cases say {} facts", sink.0);
    assert_eq!(count, 0, "allocations while handling frames");
}

/// With an observer so small that it fills up and is emptied on the way.
fn nor_does_the_observer(frames: &[(decode::LinkType, Vec<u8>)]) {
    let limits = Limits { flows: 256, ..Limits::tiny() };
    let room = Room { operations: 256, targets: 256, ..Room::for_flows(limits.flows) };
    let mut observer = Observer::new(&room, Protocols::SPECS);
    let mut engine = Engine::<Protocols>::new(limits);
    let mut clock = testkit::Session::new(testkit::Ends::new(0, 0));
    let (mut batches, mut rows) = (0, 0);
    let count = allocations(|| {
        let mut hand_over = |engine: &mut Engine<Protocols>, observer: &mut Observer, done| {
            observer.seal(engine.take_losses());
            batches += 1;
            rows += observer.batch().ops.as_slice().len();
            observer.clear(done);
        };
        for _ in 0..3 {
            for (link, bytes) in frames {
                engine.handle_frame(&clock.linked(bytes, *link), &mut observer);
                if observer.is_ripe() {
                    while !engine.report(&mut observer) {
                        hand_over(&mut engine, &mut observer, false);
                    }
                    hand_over(&mut engine, &mut observer, true);
                }
            }
        }
        while !engine.finish(&mut observer) {
            hand_over(&mut engine, &mut observer, false);
        }
        hand_over(&mut engine, &mut observer, true);
    });
    assert!(batches > 2 && rows > 50, "{batches} batches with {rows} operations");
    assert_eq!(count, 0, "allocations while frames are observed");
}
