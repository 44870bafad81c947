//! Pictures with fewer pixels: Lanczos' filter with three lobes, alpha weighed in, so that what shows through lends its
//! neighbours no colour.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage};

/// The picture, gray or in colours of eight bits, in another size; `None` where it has no pixels.
pub(super) fn resampled(image: &DynamicImage, (width, height): (u32, u32)) -> Option<DynamicImage> {
    let kind = match image {
        DynamicImage::ImageLuma8(_) => PixelType::U8,
        DynamicImage::ImageLumaA8(_) => PixelType::U8x2,
        DynamicImage::ImageRgb8(_) => PixelType::U8x3,
        DynamicImage::ImageRgba8(_) => PixelType::U8x4,
        _ => return None,
    };
    let from = ImageRef::new(image.width(), image.height(), image.as_bytes(), kind).ok()?;
    let mut to = Image::new(width, height, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&from, &mut to, &options).ok()?;
    let samples = to.into_vec();
    Some(match kind {
        PixelType::U8 => GrayImage::from_raw(width, height, samples)?.into(),
        PixelType::U8x2 => GrayAlphaImage::from_raw(width, height, samples)?.into(),
        PixelType::U8x3 => RgbImage::from_raw(width, height, samples)?.into(),
        _ => RgbaImage::from_raw(width, height, samples)?.into(),
    })
}
