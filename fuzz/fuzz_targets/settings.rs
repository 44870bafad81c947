//! The reader of the project's settings.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| handout_fuzz::open(data));
