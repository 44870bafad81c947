//! From a file's bytes to pixels: as they lie in the file, in sRGB, with eight bits a sample.

use std::io::Cursor;

use image::error::ImageError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use moxcms::{ColorProfile, DataColorSpace};

use super::memory::Claim;
use super::{color, format, frames, jpeg};
use crate::diag::Diagnostic;

/// More pixels than this are refused before they are decoded.
const MOST_PIXELS: u64 = 100_000_000;
/// The most bytes that unpacking one picture may take.
const MOST_BYTES: u64 = 400 * 1024 * 1024;

/// The pixels of a file, and what it tells of them.
#[derive(Debug)]
pub(super) struct Unpacked {
    /// Gray or red, green and blue; with alpha only where some pixel is not opaque.
    pub image: DynamicImage,
    /// How they are to be turned to be upright.
    pub orientation: Orientation,
    /// The file's format.
    pub format: ImageFormat,
    /// Whether the file says the same to who knows nothing of colour profiles, inks and frames.
    pub is_plain: bool,
    /// How many pictures it has, the first of which this is.
    pub frames: usize,
    _claim: Claim,
}

/// Reads a file.
///
/// # Errors
/// `picture-format`, `picture-too-large` and `broken-picture`, as [`super::Raster::decode`] has them.
pub(super) fn unpack(bytes: &[u8]) -> Result<Unpacked, Diagnostic> {
    let format = format::format_of(bytes)?;
    if format == ImageFormat::Jpeg && !jpeg::is_whole(bytes) {
        return Err(broken("the file ends in the middle of the picture"));
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(undecodable)?;
    let claim = claim(bytes, format, &decoder)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let icc = decoder.icc_profile().ok().flatten();
    let mut profile = icc.as_deref().and_then(color::profile);
    if icc.is_none() && format == ImageFormat::Png {
        profile = color::png_profile(bytes);
    }
    let components = jpeg::frame(bytes).filter(|_| format == ImageFormat::Jpeg).map(|frame| frame.components);
    let image = match &profile {
        Some(profile) if components == Some(4) && profile.color_space == DataColorSpace::Cmyk => {
            let (width, height) = decoder.dimensions();
            let pixels = jpeg::from_inks(bytes, profile)
                .and_then(|samples| RgbImage::from_raw(width, height, samples))
                .ok_or_else(|| broken("its inks cannot be read"))?;
            pixels.into()
        }
        _ => {
            let image = DynamicImage::from_decoder(decoder).map_err(undecodable)?;
            color::to_srgb(image, profile.as_ref())
        }
    };
    let frames = frames::count(bytes, format);
    let is_plain = profile.is_none_or(|profile| !fits(&profile, &image))
        && frames == 1
        && components.is_none_or(|components| matches!(components, 1 | 3));
    let mut unpacked = Unpacked { image, orientation, format, is_plain, frames, _claim: claim };
    let kept = unpacked.image.as_bytes().len() as u64;
    unpacked._claim.shrink(kept);
    Ok(unpacked)
}

/// Whether a profile is one of such pixels.
fn fits(profile: &ColorProfile, image: &DynamicImage) -> bool {
    match profile.color_space {
        DataColorSpace::Gray => !image.color().has_color(),
        DataColorSpace::Rgb => image.color().has_color(),
        _ => true,
    }
}

/// The memory to unpack a file, if it is no more than a picture may take.
fn claim(bytes: &[u8], format: ImageFormat, decoder: &impl ImageDecoder) -> Result<Claim, Diagnostic> {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(broken("it has no pixels"));
    }
    let too_large = |what: String| {
        Diagnostic::error("picture-too-large", format!("the picture has {width} × {height} pixels, {what}"))
            .hint("a picture may have 100 million pixels and take 400 MiB; scale it down first")
    };
    if pixels > MOST_PIXELS {
        return Err(too_large(format!("over {} million", pixels / 1_000_000)));
    }
    let samples = decoder.total_bytes();
    let each = u64::from(decoder.color_type().bytes_per_pixel());
    let channels = u64::from(decoder.color_type().channel_count());
    // What decoders have of their own beside the pixels, and then the pixels with eight bits a sample.
    let beside = match format {
        ImageFormat::Jpeg => match jpeg::frame(bytes) {
            // Two bytes for each coefficient of all passes.
            Some(frame) if frame.progressive => (pixels as f64 * f64::from(frame.samples) * 2.0) as u64,
            Some(frame) if frame.components == 4 => pixels,
            Some(_) => 0,
            // Decoders look further for a header: it may be one of passes.
            None => pixels * channels * 2,
        },
        ImageFormat::WebP | ImageFormat::Gif => pixels * 4,
        _ => 0,
    };
    let narrowed = if each > channels { pixels * channels } else { 0 };
    // A picture with alpha is made smaller from a copy, in which the colours are weighed with it.
    let weighed = if decoder.color_type().has_alpha() { pixels * channels } else { 0 };
    let needed = samples.saturating_add(beside).saturating_add(narrowed).saturating_add(weighed);
    if needed > MOST_BYTES {
        return Err(too_large(format!("and takes {} MiB to unpack", needed / (1024 * 1024))));
    }
    Ok(Claim::new(needed))
}

fn undecodable(error: ImageError) -> Diagnostic {
    match error {
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            broken("the file ends in the middle of the picture")
        }
        ImageError::Limits(_) => {
            Diagnostic::error("picture-too-large", "the picture takes more than 400 MiB to unpack")
                .hint("scale it down first")
        }
        error => broken(error),
    }
}

fn broken(why: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::error("broken-picture", format!("the picture cannot be decoded: {why}"))
        .hint("fetch it anew, or open it in an image editor and save it again")
}
