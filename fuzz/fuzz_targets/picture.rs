//! The decoders of pictures: pixels and SVG, for PDF and for Word.
#![no_main]

use std::path::Path;

use handout::files::Memory;
use handout::media::{Library, Picture, Pictures};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let files = Memory::default().with("/p/a.bin", data.to_vec());
    if let Ok(Picture::Raster(raster)) = Library::new(&files, Path::new("/p")).picture("a.bin").as_deref() {
        let _ = (raster.planes(u32::MAX), raster.file(u32::MAX));
    }
});
