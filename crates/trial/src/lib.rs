//! Trials: what looks for inputs that break the readers, and what measures them.
//!
//! Every fuzz target is a plain function over bytes. libFuzzer calls it (`fuzz/`), `make test`
//! calls it over the kept corpus and over random changes of it, `make hostile` over damaged
//! captures.

pub mod chain;
pub mod corpus;
pub mod hostile;
pub mod import;
pub mod random;
pub mod script;
pub mod targets;

/// A fuzz target: breaks by panicking or by not coming back.
pub type Target = fn(&[u8]);

/// All targets by their names: those of the programs in `fuzz/` and of the corpus's folders.
pub const TARGETS: &[(&str, Target)] = &[
    ("decode", targets::decode),
    ("dissect", targets::dissect),
    ("split", targets::split),
    ("engine", targets::engine),
    ("files", targets::files),
    ("knowledge", import::knowledge),
];
