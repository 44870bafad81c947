//! The reader of Markdown, its front matter and its dialects.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(handout_fuzz::read("a.md", data)));
