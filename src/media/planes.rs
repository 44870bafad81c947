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

/// Samples of eight bits, packed.
#[derive(Debug)]
pub struct Plane {
    /// 1 for gray, 3 for red, green and blue.
    pub components: u8,
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
        Self { width, height, color: Plane { components, encoding: Encoding::Jpeg, bytes }, alpha: None }
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
            Some(file) => Plane { components, encoding: Encoding::Jpeg, bytes: file.into() },
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
    fn rows(samples: &[u8], size: (u32, u32), components: u8) -> Self {
        let bytes = image_data(&png_file(samples, size, color_type(components)));
        Self { components, encoding: Encoding::PngRows, bytes: bytes.into() }
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
    let mut data = Vec::with_capacity(file.len());
    let mut rest = file.get(8..).unwrap_or_default();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some(content) = after.get(4..4 + length) else { break };
        if after.starts_with(b"IDAT") {
            data.extend_from_slice(content);
        }
        rest = after.get(length + 8..).unwrap_or_default();
    }
    data
}
