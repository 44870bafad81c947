//! The reader of stylesheets.
#![no_main]

use handout::style::Stylesheet;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(css) = std::str::from_utf8(data) {
        let _ = Stylesheet::parse(css, "a.css");
    }
});
