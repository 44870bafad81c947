//! Pixels as a PDF image XObject takes them (ISO 32000-1, 8.9.5): colour and alpha apart, each packed.

use std::borrow::Cow;
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
    pub(super) fn jpeg(bytes: Arc<[u8]>) -> Option<Self> {
        let frame = super::jpeg::frame(&bytes).filter(|frame| frame.precision == 8)?;
        let (width, height) = frame.size;
        Some(Self { width, height, color: Plane::jpeg(frame.components, bytes), alpha: None })
    }

    /// Its size in bytes.
    pub fn weight(&self) -> usize {
        self.color.bytes.len() + self.alpha.as_ref().map_or(0, |alpha| alpha.bytes.len())
    }

    /// A PNG file whose rows PDF takes as they are: gray, red, green and blue of eight bits, or places in a
    /// palette; not interlaced, nothing of it transparent.
    pub(super) fn png(file: &[u8]) -> Option<Self> {
        let header = file.get(16..29)?;
        let number =
            |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        let chunk =
            |wanted: &[u8]| chunks(file).find(|(kind, _)| *kind == wanted).map(|(_, content)| content);
        let (components, bits, palette) = match header[8..] {
            _ if chunk(b"tRNS").is_some() => return None,
            [bits @ 1..=8, 0, 0, 0, 0] => (1, bits, None),
            [8, 2, 0, 0, 0] => (3, 8, None),
            [bits, 3, 0, 0, 0] => (1, bits, Some(chunk(b"PLTE")?.into())),
            _ => return None,
        };
        let bytes = image_data(file).into();
        let color = Plane { components, bits, palette, encoding: Encoding::PngRows, bytes };
        Some(Self { width: number(0), height: number(4), color, alpha: None })
    }

    /// Packs pixels, gray or in colours of eight bits: photographs as JPEG where `lossy`, all else without loss.
    pub(super) fn pack(image: &DynamicImage, lossy: bool) -> Self {
        let size = (image.width(), image.height());
        let (color, alpha) = apart(image);
        let color = grays(&color).unwrap_or(color);
        let components = if color.color().has_color() { 3 } else { 1 };
        let jpeg = if lossy { jpeg(&color) } else { None };
        let color = match jpeg {
            Some(file) => Plane::jpeg(components, file.into()),
            None => Plane::rows(color.as_bytes(), size, components),
        };
        let alpha = alpha.map(|samples| Plane::rows(&samples, size, 1));
        Self { width: size.0, height: size.1, color, alpha }
    }
}

/// The colours alone, and the alpha of each pixel where there is one.
fn apart(image: &DynamicImage) -> (Cow<'_, DynamicImage>, Option<Vec<u8>>) {
    match image {
        DynamicImage::ImageLumaA8(pixels) => {
            let alpha = pixels.pixels().map(|pixel| pixel.0[1]).collect();
            (Cow::Owned(image.to_luma8().into()), Some(alpha))
        }
        DynamicImage::ImageRgba8(pixels) => {
            let alpha = pixels.pixels().map(|pixel| pixel.0[3]).collect();
            (Cow::Owned(image.to_rgb8().into()), Some(alpha))
        }
        image => (Cow::Borrowed(image), None),
    }
}

/// The picture in grays, where it has colours that are all gray.
fn grays(image: &DynamicImage) -> Option<Cow<'static, DynamicImage>> {
    let pixels = image.as_rgb8()?;
    let is_gray = pixels.pixels().all(|pixel| pixel.0[0] == pixel.0[1] && pixel.0[1] == pixel.0[2]);
    is_gray.then(|| {
        let samples = pixels.pixels().map(|pixel| pixel.0[0]).collect();
        let gray = image::GrayImage::from_raw(pixels.width(), pixels.height(), samples).unwrap_or_default();
        Cow::Owned(gray.into())
    })
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
    png_file(image.as_bytes(), (image.width(), image.height()), image.color().into())
}

/// Pixels as a JPEG file.
pub(super) fn jpeg(image: &DynamicImage) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY);
    encoder.encode(image.as_bytes(), image.width(), image.height(), image.color().into()).ok()?;
    Some(file)
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

/// The contents of a PNG file's `IDAT` chunks, one zlib stream (ISO/IEC 15948, 11.2.4).
fn image_data(file: &[u8]) -> Vec<u8> {
    let parts = chunks(file).filter(|(kind, _)| kind == b"IDAT");
    parts.flat_map(|(_, content)| content.iter().copied()).collect()
}

/// The chunks of a PNG file: the type and the content of each (ISO/IEC 15948, 5.3).
pub(super) fn chunks(file: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = file.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
        let chunk = (rest.get(4..8)?, rest.get(8..)?.get(..length)?);
        rest = rest.get(length + 12..).unwrap_or_default();
        Some(chunk)
    })
}
