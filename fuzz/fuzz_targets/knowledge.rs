//! `trial::import::knowledge` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| trial::import::knowledge(data));
