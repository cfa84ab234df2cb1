//! `trial::targets::files` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| trial::targets::files(data));
