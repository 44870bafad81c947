//! The reader of the main part of Word documents: what lies in the archive, so that not every change breaks the archive.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(handout_fuzz::read("a.docx", &handout_fuzz::package(data))));
