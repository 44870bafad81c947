//! Everything behind the readers, up to both files: HTML in the layout for all articles.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    for article in handout_fuzz::read("a.html", data) {
        let _ = handout_fuzz::print(&article);
    }
});
