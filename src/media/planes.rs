//! Pixels as a PDF image XObject takes them (ISO 32000-1, 8.9.5): colour and alpha apart, each packed.

use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageEncoder};

/// Of photographs that are made smaller: no loss to be seen in print.
const JPEG_QUALITY: u8 = 88;

/// A picture, packed.
#[derive(Debug)]
pub struct Planes {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Its colours, red, green and blue or gray alone.
    pub color: Plane,
    /// How opaque each pixel is, where some are not.
    pub alpha: Option<Plane>,
}

/// Samples, packed.
#[derive(Debug)]
pub struct Plane {
    /// 1 for gray and for places in a palette, 3 for red, green and blue.
    pub components: u8,
    /// Of each sample; 8 but for palettes.
    pub bits: u8,
    /// The colours that samples are places in: red, green and blue of each in turn.
    pub palette: Option<Arc<[u8]>>,
    /// How they are packed.
    pub encoding: Encoding,
    /// The packed bytes.
    pub bytes: Arc<[u8]>,
}

/// How samples are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// A JPEG file: `DCTDecode`.
    Jpeg,
    /// The rows of a PNG file, deflated with their filter bytes: `FlateDecode` with predictor 15.
    PngRows,
}

impl Planes {
    /// A JPEG file as it is.
    pub(super) fn jpeg(width: u32, height: u32, gray: bool, bytes: Arc<[u8]>) -> Self {
        let components = if gray { 1 } else { 3 };
        Self { width, height, color: Plane::jpeg(components, bytes), alpha: None }
    }

    /// A PNG file whose rows PDF takes as they are: eight bits of gray or of red, green and blue, or places in a
    /// palette; not interlaced, nothing of it transparent.
    pub(super) fn png(file: &[u8]) -> Option<Self> {
        let header = file.get(16..29)?;
        let number =
            |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        let chunk =
            |wanted: &[u8]| chunks(file).find(|(kind, _)| *kind == wanted).map(|(_, content)| content);
        let (components, bits, palette) = match header[8..] {
            _ if chunk(b"tRNS").is_some() => return None,
            [8, 0, 0, 0, 0] => (1, 8, None),
            [8, 2, 0, 0, 0] => (3, 8, None),
            [bits, 3, 0, 0, 0] => (1, bits, Some(chunk(b"PLTE")?.into())),
            _ => return None,
        };
        let bytes = image_data(file).into();
        let color = Plane { components, bits, palette, encoding: Encoding::PngRows, bytes };
        Some(Self { width: number(0), height: number(4), color, alpha: None })
    }

    /// Packs pixels: photographs as JPEG where `lossy`, all else without loss.
    pub(super) fn pack(image: &DynamicImage, has_alpha: bool, lossy: bool) -> Self {
        let (width, height) = (image.width(), image.height());
        let rgb = image.to_rgb8().into_raw();
        let gray = rgb.chunks_exact(3).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
        let (components, samples) =
            if gray { (1, rgb.chunks_exact(3).map(|pixel| pixel[0]).collect()) } else { (3, rgb) };
        let jpeg = if lossy { jpeg_file(&samples, (width, height), components) } else { None };
        let color = match jpeg {
            Some(file) => Plane::jpeg(components, file.into()),
            None => Plane::rows(&samples, (width, height), components),
        };
        let alpha = has_alpha.then(|| {
            let samples: Vec<u8> = image.to_rgba8().pixels().map(|pixel| pixel.0[3]).collect();
            Plane::rows(&samples, (width, height), 1)
        });
        Self { width, height, color, alpha }
    }
}

impl Plane {
    fn jpeg(components: u8, bytes: Arc<[u8]>) -> Self {
        Self { components, bits: 8, palette: None, encoding: Encoding::Jpeg, bytes }
    }

    fn rows(samples: &[u8], size: (u32, u32), components: u8) -> Self {
        let bytes = image_data(&png_file(samples, size, color_type(components)));
        Self { components, bits: 8, palette: None, encoding: Encoding::PngRows, bytes: bytes.into() }
    }
}

/// Pixels as a PNG file.
pub(super) fn png(image: &DynamicImage) -> Vec<u8> {
    let size = (image.width(), image.height());
    if image.color().has_alpha() {
        png_file(image.to_rgba8().as_raw(), size, ExtendedColorType::Rgba8)
    } else {
        png_file(image.to_rgb8().as_raw(), size, ExtendedColorType::Rgb8)
    }
}

/// The picture with both sides divided by `reduction`, each pixel the mean of those that it takes the place of.
pub(super) fn reduced(image: DynamicImage, reduction: u32) -> DynamicImage {
    if reduction <= 1 {
        return image;
    }
    let side = |pixels: u32| pixels.div_ceil(reduction).max(1);
    image.thumbnail_exact(side(image.width()), side(image.height()))
}

fn color_type(components: u8) -> ExtendedColorType {
    if components == 1 { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 }
}

/// Writing to memory cannot fail, and the samples fit the size: an empty file would be a mistake of ours.
fn png_file(samples: &[u8], (width, height): (u32, u32), color: ExtendedColorType) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(Cursor::new(&mut file), CompressionType::Default, FilterType::Adaptive);
    let written = encoder.write_image(samples, width, height, color);
    debug_assert!(written.is_ok());
    file
}

fn jpeg_file(samples: &[u8], (width, height): (u32, u32), components: u8) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY);
    encoder.encode(samples, width, height, color_type(components)).ok()?;
    Some(file)
}

/// The contents of a PNG file's `IDAT` chunks, one zlib stream (ISO/IEC 15948, 11.2.4).
fn image_data(file: &[u8]) -> Vec<u8> {
    let parts = chunks(file).filter(|(kind, _)| kind == b"IDAT");
    parts.flat_map(|(_, content)| content.iter().copied()).collect()
}

/// The chunks of a PNG file: the type and the content of each (ISO/IEC 15948, 5.3).
fn chunks(file: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = file.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
        let chunk = (rest.get(4..8)?, rest.get(8..)?.get(..length)?);
        rest = rest.get(length + 12..).unwrap_or_default();
        Some(chunk)
    })
}
