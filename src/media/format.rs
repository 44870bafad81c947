//! Which format a file has, told from its first bytes: what it is called is no matter.

use image::ImageFormat;

use crate::diag::Diagnostic;

/// Which of the formats that we read it is.
pub(super) fn format_of(bytes: &[u8]) -> Result<ImageFormat, Diagnostic> {
    use ImageFormat::{Bmp, Gif, Jpeg, Png, Tiff, WebP};
    if bytes.is_empty() {
        return Err(Diagnostic::error("broken-picture", "the file is empty").hint("fetch or save it anew"));
    }
    match image::guess_format(bytes) {
        Ok(format @ (Png | Jpeg | WebP | Gif | Bmp | Tiff)) => Ok(format),
        _ => {
            let (message, hint) = match foreign(bytes) {
                Some((name, hint)) => (format!("{name} pictures cannot be read"), hint),
                None if is_page(bytes) => ("the file is a web page and no picture".to_owned(), PAGE),
                None => ("the file is no picture that can be read".to_owned(), SAVE),
            };
            Err(Diagnostic::error("picture-format", message).hint(hint))
        }
    }
}

const SAVE: &str = "save it as PNG, JPEG, WebP or SVG";
const PHONE: &str = "open it on the phone or computer that made it and export it as JPEG; an iPhone takes JPEG with \
                     Settings, Camera, Formats, Most Compatible";
const PAGE: &str = "it is mostly one that says why there is no picture: fetch that anew";
const EXPORT: &str = "export it as SVG, or as PNG in 300 pixels an inch";

/// Whether a file is HTML, as sites answer where a picture was.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii_start();
    [&b"<!doctype html"[..], b"<html"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start)))
}

/// What a format is called that we do not read, and what to do.
fn foreign(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return media_file(bytes);
    }
    let known: [(&[u8], &str, &str); 11] = [
        (b"\xFF\x0A", "JPEG XL", SAVE),
        (b"\0\0\0\x0CJXL ", "JPEG XL", SAVE),
        (b"\0\0\0\x0CjP  ", "JPEG 2000", SAVE),
        (b"\xFF\x4F\xFF\x51", "JPEG 2000", SAVE),
        (b"8BPS", "Photoshop", SAVE),
        (b"\0\0\x01\0", "icon (ICO)", SAVE),
        (b"%PDF", "PDF", EXPORT),
        (b"%!PS", "PostScript", EXPORT),
        (b"\xC5\xD0\xD3\xC6", "PostScript", EXPORT),
        (b"\xD7\xCD\xC6\x9A", "Windows metafile (WMF)", EXPORT),
        (b"\x01\0\0\0", "Windows metafile (EMF)", EXPORT),
    ];
    let found = known.iter().find(|(start, ..)| bytes.starts_with(start));
    found.map(|(_, name, hint)| (*name, *hint))
}

/// The pictures of ISO base media files (ISO/IEC 14496-12, 4.3), by the brands that they name.
fn media_file(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let length = u32::from_be_bytes(*bytes.first_chunk()?) as usize;
    let end = length.clamp(8, 256).min(bytes.len());
    let brands = bytes.get(8..end)?;
    let has =
        |wanted: &[&[u8; 4]]| brands.chunks_exact(4).any(|brand| wanted.iter().any(|one| brand == *one));
    if has(&[b"avif", b"avis"]) {
        Some(("AVIF", SAVE))
    } else if has(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"]) {
        Some(("HEIC", PHONE))
    } else {
        Some(("moving", "take a still picture of it"))
    }
}
