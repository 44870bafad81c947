//! The reader of Word documents, as packages.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(handout_fuzz::read("a.docx", data)));
