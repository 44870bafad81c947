//! Pictures made of pixels.

use std::io::Cursor;
use std::sync::{Arc, Mutex, OnceLock};

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::planes::{self, Planes};
use crate::diag::Diagnostic;

/// More pixels than this are refused before they are decoded.
const MOST_PIXELS: u64 = 100_000_000;
/// The most pixels of a side of a picture that is looked at as a whole: a letter of text on it is a few wide.
const OVERVIEW: u32 = 512;
/// The most bytes that a decoder may take for itself.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// A picture made of pixels. It was decoded once to know that it can be, and is kept as the file has it:
/// pixels are only unpacked where somebody asks for them.
#[derive(Debug)]
pub struct Raster {
    /// Pixels across, after the orientation that EXIF asks for.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The file as it was, and its format, where PDF and Word can take it as it is: upright, and a JPEG only
    /// with one or three components of eight bits.
    pub original: Option<(RasterFormat, Arc<[u8]>)>,
    /// Whether some pixel is not opaque.
    pub has_alpha: bool,
    encoded: Arc<[u8]>,
    file: OnceLock<(RasterFormat, Arc<[u8]>)>,
    overview: OnceLock<image::RgbaImage>,
    /// One for each reduction, a power of two, that was asked for.
    planes: Mutex<Vec<(u32, Arc<Planes>)>>,
}

/// A format of pixels that PDF and Word both take as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RasterFormat {
    /// ISO/IEC 10918-1.
    Jpeg,
    /// ISO/IEC 15948.
    Png,
}

impl Raster {
    /// Reads a PNG, JPEG or WebP file.
    ///
    /// # Errors
    /// `picture-format` for other formats, `picture-too-large` for more than 100 megapixels,
    /// `broken-picture` where the file breaks its format's rules.
    pub fn decode(bytes: Arc<[u8]>) -> Result<Self, Diagnostic> {
        let format = format_of(&bytes)?;
        let (pixels, upright) = unpack(&bytes)?;
        let original = match format {
            _ if !upright => None,
            ImageFormat::Jpeg if is_plain_jpeg(&bytes) => Some((RasterFormat::Jpeg, bytes.clone())),
            ImageFormat::Png => Some((RasterFormat::Png, bytes.clone())),
            _ => None,
        };
        Ok(Self {
            width: pixels.width(),
            height: pixels.height(),
            original,
            has_alpha: pixels.color().has_alpha() && pixels.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255),
            encoded: bytes,
            file: OnceLock::new(),
            overview: OnceLock::new(),
            planes: Mutex::default(),
        })
    }

    /// The pixels: 8-bit RGBA, row by row from the top.
    pub fn pixels(&self) -> Vec<u8> {
        self.unpacked().to_rgba8().into_raw()
    }

    /// Red, green, blue and alpha at a place, `x` rightwards and `y` downwards from 0 to 1: the mean of the pixels
    /// that are one where the picture is looked at as a whole.
    pub fn color_at(&self, x: f32, y: f32) -> [u8; 4] {
        let overview = self.overview.get_or_init(|| {
            let pixels = self.unpacked().to_rgba8();
            let side = |side: u32| side.min(OVERVIEW);
            image::imageops::thumbnail(&pixels, side(self.width), side(self.height))
        });
        let place = |part: f32, side: u32| ((part * side as f32).max(0.0) as u32).min(side.saturating_sub(1));
        let (x, y) = (place(x, overview.width()), place(y, overview.height()));
        overview.get_pixel_checked(x, y).map_or([0; 4], |pixel| pixel.0)
    }

    /// The picture as a file that Word and browsers take: the original, or the pixels as a PNG.
    pub fn file(&self) -> (RasterFormat, Arc<[u8]>) {
        self.file
            .get_or_init(|| match &self.original {
                Some((format, bytes)) => (*format, bytes.clone()),
                None => (RasterFormat::Png, planes::png(&self.unpacked()).into()),
            })
            .clone()
    }

    /// The picture as PDF embeds it, with both sides divided by `reduction`. Made once and shared.
    pub fn planes(&self, reduction: u32) -> Arc<Planes> {
        let mut made = self.planes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((_, planes)) = made.iter().find(|(key, _)| *key == reduction) {
            return planes.clone();
        }
        let as_it_is = if reduction > 1 { None } else { self.original_planes() };
        let planes = Arc::new(as_it_is.unwrap_or_else(|| {
            let pixels = planes::reduced(self.unpacked(), reduction);
            Planes::pack(&pixels, self.has_alpha, is_lossy(&self.encoded))
        }));
        made.push((reduction, planes.clone()));
        planes
    }

    /// The file's own samples, where PDF takes them as they are packed.
    fn original_planes(&self) -> Option<Planes> {
        match self.original.as_ref()? {
            (RasterFormat::Jpeg, bytes) => {
                let gray = jpeg_components(bytes) == Some(1);
                Some(Planes::jpeg(self.width, self.height, gray, bytes.clone()))
            }
            (RasterFormat::Png, bytes) => Planes::png(bytes),
        }
    }

    /// Decoding is a pure function of the bytes, and it went well once, in [`Raster::decode`].
    fn unpacked(&self) -> DynamicImage {
        unpack(&self.encoded).map(|(pixels, _)| pixels).unwrap_or_default()
    }
}

/// Which of the formats that we read it is.
fn format_of(bytes: &[u8]) -> Result<ImageFormat, Diagnostic> {
    let other = |name: &str| {
        Err(Diagnostic::error("picture-format", format!("{name} pictures cannot be read"))
            .hint("save it as PNG, JPEG, WebP or SVG"))
    };
    match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)) => Ok(format),
        Ok(format) => other(&format!("{format:?}").to_uppercase()),
        Err(_) => other("such"),
    }
}

/// The pixels, turned as EXIF asks, and whether they were upright in the file.
fn unpack(bytes: &[u8]) -> Result<(DynamicImage, bool), Diagnostic> {
    let broken = |error: image::ImageError| {
        Diagnostic::error("broken-picture", format!("the picture cannot be decoded: {error}"))
    };
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| broken(image::ImageError::IoError(error)))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS {
        let message =
            format!("the picture has {width} × {height} pixels, over {} million", pixels / 1_000_000);
        return Err(Diagnostic::error("picture-too-large", message)
            .hint("a picture may have 100 million pixels; scale it down first"));
    }
    let orientation = decoder.orientation().map_err(broken)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    image.apply_orientation(orientation);
    Ok((image, orientation == image::metadata::Orientation::NoTransforms))
}

/// Whether the file's format has already left out what is hardly seen: JPEG, and WebP of the VP8 kind.
fn is_lossy(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xD8]) || bytes.get(12..16) == Some(b"VP8 ")
}

/// Whether PDF and Word can take the JPEG as it is: gray or colour, not CMYK, eight bits.
fn is_plain_jpeg(bytes: &[u8]) -> bool {
    matches!(jpeg_components(bytes), Some(1 | 3))
}

/// The components of a JPEG of eight bits, from its frame header (ISO/IEC 10918-1, B.2.2).
fn jpeg_components(bytes: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        let marker = bytes.get(at..at + 2)?;
        match marker {
            [0xFF, 0xFF] => at += 1,
            // Start of frame; C4, C8 and CC are tables and an extension.
            [0xFF, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF] => {
                let precision = *bytes.get(at + 4)?;
                return (precision == 8).then_some(*bytes.get(at + 9)?);
            }
            [0xFF, _] => {
                let length = bytes.get(at + 2..at + 4)?;
                at += 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
            _ => return None,
        }
    }
}
