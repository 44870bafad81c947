//! The reader of the metadata of many articles.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(handout_fuzz::read("catalog.yaml", data)));
