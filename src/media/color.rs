//! Colours as sRGB (IEC 61966-2-1): what PDF/A's output intent, Word and browsers take samples for that say nothing else.

use image::DynamicImage;
use moxcms::{
    Chromaticity, CicpColorPrimaries, CicpProfile, ColorPrimaries, ColorProfile, DataColorSpace, Layout,
    MatrixCoefficients, ToneReprCurve, TransferCharacteristics, TransformExecutor, TransformOptions,
};

use super::planes::chunks;

/// Samples that are no further off are the same to the eye.
const NEAR: u8 = 3;
/// Pixels that are converted at a time.
const PORTION: usize = 4096;

/// The profile that an ICC profile's bytes are, where it is one of colours that we convert and not sRGB itself. A broken
/// one is as none, as it is in browsers.
pub(super) fn profile(icc: &[u8]) -> Option<ColorProfile> {
    ColorProfile::new_from_slice(icc).ok().filter(|profile| !is_srgb(profile))
}

/// The colours that a PNG file's chunks tell where it has no ICC profile (PNG, third edition, 4.3).
pub(super) fn png_profile(file: &[u8]) -> Option<ColorProfile> {
    let mut told = (None, None, None);
    let mut is_gray = false;
    for (kind, content) in chunks(file).take_while(|(kind, _)| kind != b"IDAT") {
        match kind {
            b"IHDR" => is_gray = content.get(9).is_some_and(|color| color & 2 == 0),
            b"cICP" => told.0 = coded(content),
            b"sRGB" if told.0.is_none() => return None,
            b"gAMA" => told.1 = content.first_chunk().map(|gamma| u32::from_be_bytes(*gamma)),
            b"cHRM" => told.2 = primaries(content),
            _ => {}
        }
    }
    let profile = match told {
        (Some(coded), ..) => ColorProfile::new_from_cicp(coded),
        (None, None, None) => return None,
        (None, gamma, _) if is_gray => ColorProfile::new_gray_with_gamma(exponent(gamma?)?),
        (None, gamma, primaries) => {
            let mut profile = ColorProfile::new_srgb();
            if let Some((white, primaries)) = primaries {
                profile.update_rgb_colorimetry(white.to_xyyb(), primaries);
            }
            if let Some(exponent) = gamma.and_then(exponent) {
                profile.cicp = None;
                let curve = Some(ToneReprCurve::Parametric(vec![exponent]));
                (profile.red_trc, profile.green_trc, profile.blue_trc) =
                    (curve.clone(), curve.clone(), curve);
            }
            profile
        }
    };
    (!is_srgb(&profile)).then_some(profile)
}

/// What light is raised to that a sample stands for; none for the exponent that stands for sRGB's own curve.
fn exponent(gamma: u32) -> Option<f32> {
    let is_usual = (45_000..=46_000).contains(&gamma);
    (!is_usual && (10_000..=1_000_000).contains(&gamma)).then(|| 100_000.0 / gamma as f32)
}

fn coded(content: &[u8]) -> Option<CicpProfile> {
    let [primaries, transfer, matrix, _] = *content else { return None };
    Some(CicpProfile {
        color_primaries: CicpColorPrimaries::try_from(primaries).ok()?,
        transfer_characteristics: TransferCharacteristics::try_from(transfer).ok()?,
        matrix_coefficients: MatrixCoefficients::try_from(matrix).ok()?,
        full_range: true,
    })
}

fn primaries(content: &[u8]) -> Option<(Chromaticity, ColorPrimaries)> {
    let numbers = content.as_chunks().0.iter().map(|bytes| u32::from_be_bytes(*bytes) as f32 / 100_000.0);
    let [xw, yw, xr, yr, xg, yg, xb, yb] = *numbers.collect::<Vec<_>>() else { return None };
    let place = Chromaticity::new;
    // Without a height they are no colours.
    let are_colors = [yw, yr, yg, yb].iter().all(|y| *y > 0.0);
    let primaries = ColorPrimaries { red: place(xr, yr), green: place(xg, yg), blue: place(xb, yb) };
    are_colors.then(|| (place(xw, yw), primaries))
}

/// The pixels in sRGB with eight bits a sample, by a profile that fits them.
pub(super) fn to_srgb(image: DynamicImage, profile: Option<&ColorProfile>) -> DynamicImage {
    let Some(profile) = profile else { return eight_bits(image) };
    match (profile.color_space, image) {
        (DataColorSpace::Rgb, DynamicImage::ImageRgb8(mut pixels)) => {
            convert(pixels.as_flat_samples_mut().samples, Layout::Rgb, profile);
            pixels.into()
        }
        (DataColorSpace::Rgb, DynamicImage::ImageRgba8(mut pixels)) => {
            convert(pixels.as_flat_samples_mut().samples, Layout::Rgba, profile);
            pixels.into()
        }
        (DataColorSpace::Rgb, DynamicImage::ImageRgb16(mut pixels)) => {
            convert_wide(pixels.as_flat_samples_mut().samples, Layout::Rgb, profile);
            eight_bits(pixels.into())
        }
        (DataColorSpace::Rgb, DynamicImage::ImageRgba16(mut pixels)) => {
            convert_wide(pixels.as_flat_samples_mut().samples, Layout::Rgba, profile);
            eight_bits(pixels.into())
        }
        (DataColorSpace::Gray, image) if !image.color().has_color() => gray(image, profile),
        (_, image) => eight_bits(image),
    }
}

/// Colours in four inks, 255 of each for all of it, as red, green and blue.
pub(super) fn inks_to_srgb(mut samples: Vec<u8>, profile: &ColorProfile) -> Option<Vec<u8>> {
    if profile.color_space != DataColorSpace::Cmyk {
        return None;
    }
    let to = profile
        .create_transform_8bit(Layout::Rgba, &ColorProfile::new_srgb(), Layout::Rgb, options())
        .ok()?;
    // The three samples of a pixel take the place of pixels that were read already.
    let pixels = samples.len() / 4;
    let mut converted = [0; 3 * PORTION];
    for start in (0..pixels).step_by(PORTION) {
        let count = PORTION.min(pixels - start);
        let converted = converted.get_mut(..3 * count)?;
        to.transform(samples.get(4 * start..4 * (start + count))?, converted).ok()?;
        samples.get_mut(3 * start..3 * (start + count))?.copy_from_slice(converted);
    }
    samples.truncate(3 * pixels);
    samples.shrink_to_fit();
    Some(samples)
}

/// The same pixels with eight bits a sample, and without alpha where all are opaque.
pub(super) fn eight_bits(image: DynamicImage) -> DynamicImage {
    use DynamicImage::{ImageLuma8, ImageLumaA8, ImageRgb8, ImageRgba8};
    let image = match image {
        ImageLuma8(_) | ImageLumaA8(_) | ImageRgb8(_) | ImageRgba8(_) => image,
        image => match (image.color().has_color(), image.color().has_alpha()) {
            (false, false) => image.into_luma8().into(),
            (false, true) => image.into_luma_alpha8().into(),
            (true, false) => image.into_rgb8().into(),
            (true, true) => image.into_rgba8().into(),
        },
    };
    match image {
        ImageLumaA8(pixels) if pixels.pixels().all(|pixel| pixel.0[1] == 255) => {
            ImageLumaA8(pixels).into_luma8().into()
        }
        ImageRgba8(pixels) if pixels.pixels().all(|pixel| pixel.0[3] == 255) => {
            ImageRgba8(pixels).into_rgb8().into()
        }
        image => image,
    }
}

fn options() -> TransformOptions {
    TransformOptions::default()
}

fn convert(samples: &mut [u8], layout: Layout, profile: &ColorProfile) {
    let srgb = ColorProfile::new_srgb();
    if let Ok(to) = profile.create_transform_8bit(layout, &srgb, layout, options()) {
        transform(samples, layout, &*to);
    }
}

/// The same for samples of sixteen bits.
fn convert_wide(samples: &mut [u16], layout: Layout, profile: &ColorProfile) {
    let srgb = ColorProfile::new_srgb();
    if let Ok(to) = profile.create_transform_16bit(layout, &srgb, layout, options()) {
        transform(samples, layout, &*to);
    }
}

/// In portions. What cannot be converted stays as it is.
fn transform<T: Copy + Default>(samples: &mut [T], layout: Layout, to: &dyn TransformExecutor<T>) {
    let mut before = Vec::new();
    for portion in samples.chunks_mut(PORTION * layout.channels()) {
        before.clear();
        before.extend_from_slice(portion);
        if to.transform(&before, portion).is_err() {
            return;
        }
    }
}

/// Grays, each looked up in what the profile makes of all of them.
fn gray(image: DynamicImage, profile: &ColorProfile) -> DynamicImage {
    let table = gray_table(profile);
    let look_up = |sample: u8| table.as_ref().map_or(sample, |table| table[usize::from(sample)]);
    match eight_bits(image) {
        DynamicImage::ImageLuma8(mut pixels) => {
            pixels.pixels_mut().for_each(|pixel| pixel.0[0] = look_up(pixel.0[0]));
            pixels.into()
        }
        DynamicImage::ImageLumaA8(mut pixels) => {
            pixels.pixels_mut().for_each(|pixel| pixel.0[0] = look_up(pixel.0[0]));
            pixels.into()
        }
        image => image,
    }
}

/// sRGB's gray for each gray of a profile.
fn gray_table(profile: &ColorProfile) -> Option<[u8; 256]> {
    let ramp: [u8; 256] = std::array::from_fn(|gray| gray as u8);
    let mut colors = [0; 3 * 256];
    let srgb = ColorProfile::new_srgb();
    let to = profile.create_transform_8bit(Layout::Gray, &srgb, Layout::Rgb, options()).ok()?;
    to.transform(&ramp, &mut colors).ok()?;
    Some(std::array::from_fn(|gray| colors[3 * gray + 1]))
}

/// Whether a profile's colours are sRGB's, as far as can be seen.
fn is_srgb(profile: &ColorProfile) -> bool {
    let near =
        |one: &[u8], other: &[u8]| one.iter().zip(other).all(|(one, other)| one.abs_diff(*other) <= NEAR);
    match profile.color_space {
        DataColorSpace::Rgb => {
            let steps = [0, 32, 64, 128, 192, 255];
            let grid: Vec<u8> = steps
                .iter()
                .flat_map(|red| steps.iter().map(move |green| (red, green)))
                .flat_map(|(red, green)| steps.iter().flat_map(move |blue| [*red, *green, *blue]))
                .collect();
            let mut converted = grid.clone();
            convert(&mut converted, Layout::Rgb, profile);
            near(&grid, &converted)
        }
        DataColorSpace::Gray => gray_table(profile).is_none_or(|table| {
            let ramp: [u8; 256] = std::array::from_fn(|gray| gray as u8);
            near(&ramp, &table)
        }),
        _ => false,
    }
}
