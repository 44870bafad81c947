//! The decoders of pictures: pixels and SVG, for PDF and for Word.
#![no_main]

use std::path::Path;

use handout::files::Memory;
use handout::media::{Library, Picture, Pictures};

/// Larger ones take as long to pack as they are large, and would be told as hangs.
const PACKED: u64 = 4_000_000;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let files = Memory::default().with("/p/a.bin", data.to_vec());
    if let Ok(Picture::Raster(raster)) = Library::new(&files, Path::new("/p")).picture("a.bin").as_deref()
        && u64::from(raster.width) * u64::from(raster.height) <= PACKED
    {
        let _ = (raster.planes(u32::MAX), raster.file(u32::MAX));
    }
});
