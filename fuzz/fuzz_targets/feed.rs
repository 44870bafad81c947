//! The reader of feeds and exports of WordPress.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(handout_fuzz::read("a.xml", data)));
