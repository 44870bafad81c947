//! The reader of saved web pages.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(handout_fuzz::read("a.html", data)));
