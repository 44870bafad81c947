//! Drawings with few colours as PNG files that name each colour once (ISO/IEC 15948, 11.2.2): a logo or a QR code is
//! a fraction as large as with its colours in every pixel.

use std::cmp::Reverse;
use std::collections::HashMap;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};

/// A palette has so many colours at most.
const MOST: usize = 256;

/// Of so many colours the rarest become those most like them: they are the edges of shapes, mixed of two others.
const MOST_MERGED: usize = 1024;

/// How far a rare colour may be from the one in its place, of 255: single pixels where edges cross.
const NEAR: u8 = 40;

/// These pixels, four bytes each, as a PNG file with a palette; `None` where there are too many colours for one.
pub(super) fn encode(rgba: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let (pixels, _) = rgba.as_chunks::<4>();
    let (palette, indices) = indexed(pixels)?;
    let (depth, bits) = match palette.len() {
        0..=2 => (BitDepth::One, 1),
        3..=4 => (BitDepth::Two, 2),
        5..=16 => (BitDepth::Four, 4),
        _ => (BitDepth::Eight, 8),
    };
    let rows = indices.chunks(width.max(1) as usize);
    let packed: Vec<u8> = rows.flat_map(|row| row.chunks(8 / bits).map(|part| pack(part, bits))).collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(depth);
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(Filter::NoFilter);
    encoder.set_palette(
        palette.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect::<Vec<u8>>(),
    );
    // Those that are not opaque come first, so that only they are listed.
    let clear = palette.iter().take_while(|[.., alpha]| *alpha < u8::MAX);
    let alphas: Vec<u8> = clear.map(|[.., alpha]| *alpha).collect();
    if !alphas.is_empty() {
        encoder.set_trns(alphas);
    }
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&packed)).ok()?;
    Some(file)
}

/// The colours, those with the least alpha first, and which of them each pixel has.
fn indexed(pixels: &[[u8; 4]]) -> Option<(Vec<[u8; 4]>, Vec<u8>)> {
    let mut counts: HashMap<[u8; 4], usize> = HashMap::new();
    for pixel in pixels {
        *counts.entry(*pixel).or_default() += 1;
        if counts.len() > MOST_MERGED {
            return None;
        }
    }
    let mut colors: Vec<([u8; 4], usize)> = counts.into_iter().collect();
    colors.sort_unstable_by_key(|(color, count)| (Reverse(*count), *color));
    let mut palette: Vec<[u8; 4]> = colors.iter().take(MOST).map(|(color, _)| *color).collect();
    palette.sort_unstable_by_key(|[red, green, blue, alpha]| (*alpha, *red, *green, *blue));
    let places = colors.into_iter().map(|(color, _)| Some((color, nearest(&palette, color)?)));
    let places: HashMap<[u8; 4], u8> = places.collect::<Option<_>>()?;
    let indices = pixels.iter().filter_map(|pixel| places.get(pixel).copied()).collect();
    Some((palette, indices))
}

/// Which colour of a palette is near to this one.
fn nearest(palette: &[[u8; 4]], color: [u8; 4]) -> Option<u8> {
    let distance = |known: &[u8; 4]| {
        known.iter().zip(color).map(|(known, own)| known.abs_diff(own)).max().unwrap_or_default()
    };
    let (index, known) = palette.iter().enumerate().min_by_key(|(_, known)| distance(known))?;
    (distance(known) <= NEAR).then_some(index as u8)
}

/// Indices of so many bits in a byte, the first one in its highest bits.
fn pack(indices: &[u8], bits: usize) -> u8 {
    indices.iter().zip((0..8 / bits).rev()).fold(0, |byte, (index, place)| byte | index << (place * bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(file: &[u8]) -> Vec<u8> {
        image::load_from_memory(file).unwrap().to_rgba8().into_raw()
    }

    #[test]
    fn few_colours_come_back_as_they_were() {
        for colors in [1, 2, 3, 4, 5, 16, 17, 256] {
            let pixel = |at: usize| {
                let color = (at * 7 % colors) as u8;
                [color, 255 - color, 9, if color.is_multiple_of(3) { color } else { 255 }]
            };
            let rgba: Vec<u8> = (0..37 * 11).flat_map(pixel).collect();
            let file = encode(&rgba, 37, 11).unwrap();
            assert_eq!(decoded(&file), rgba, "{colors} colours");
        }
    }

    #[test]
    fn rare_colours_become_those_beside_them() {
        let often = (0..256u32).chain(0..256);
        let rgba: Vec<u8> =
            often.chain(256..300).flat_map(|at| [at as u8, (at >> 8) as u8, 0, 255]).collect();
        let back = decoded(&encode(&rgba, 556, 1).unwrap());
        let most = rgba.iter().zip(&back).map(|(own, shown)| own.abs_diff(*shown)).max();
        assert_eq!(most, Some(1));
    }

    #[test]
    fn many_colours_have_no_palette() {
        let many: Vec<u8> = (0..1025u32).flat_map(|at| [at as u8, (at >> 8) as u8, 0, 255]).collect();
        assert_eq!(encode(&many, 1025, 1), None);
        let step = |at: u32| (at % 7 * 42) as u8;
        let apart: Vec<u8> = (0..343).flat_map(|at| [step(at), step(at / 7), step(at / 49), 255]).collect();
        assert_eq!(encode(&apart, 343, 1), None);
    }
}
