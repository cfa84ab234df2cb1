//! `trial::targets::engine` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| trial::targets::engine(data));
