//! The colour nearest to one that cannot be read, that can: the same hue, lighter or darker (OKLCH, CSS Color 4,
//! section 9.3).

use crate::contrast::{linear, luminance, ratio};

/// How exactly a lightness is looked for: finer than a step of eight bits.
const STEPS: u32 = 12;

/// The colour of the hue of `ink` that has a contrast of `needed` with `ground` and is nearest to it, in eight bits
/// a part. Black or white has 4.5:1 with any ground.
pub(super) fn nearest(ink: [f32; 3], ground: [f32; 3], needed: f32) -> [u8; 3] {
    let lab = to_oklab(ink);
    let ground = luminance(ground);
    let reads = |rgb: [u8; 3]| ratio(luminance(rgb.map(|byte| f32::from(byte) / 255.0)), ground) >= needed;
    let toward = |end: f32| {
        let (mut near, mut far) = (lab[0], end);
        if !reads(with_lightness(lab, far)) {
            return None;
        }
        for _ in 0..STEPS {
            let middle = (near + far) / 2.0;
            if reads(with_lightness(lab, middle)) { far = middle } else { near = middle }
        }
        Some(far)
    };
    let nearest = [toward(0.0), toward(1.0)]
        .into_iter()
        .flatten()
        .min_by(|one, other| (one - lab[0]).abs().total_cmp(&(other - lab[0]).abs()));
    with_lightness(lab, nearest.unwrap_or(if ground > 0.18 { 0.0 } else { 1.0 }))
}

/// A colour of the same hue and of another lightness, as colourful as sRGB has it.
fn with_lightness([_, a, b]: [f32; 3], lightness: f32) -> [u8; 3] {
    let (mut low, mut high) = (0.0_f32, 1.0_f32);
    let color = |chroma: f32| to_srgb([lightness, a * chroma, b * chroma]);
    let fits = |rgb: [f32; 3]| rgb.iter().all(|part| (-0.001..=1.001).contains(part));
    if !fits(color(high)) {
        for _ in 0..STEPS {
            let middle = (low + high) / 2.0;
            if fits(color(middle)) { low = middle } else { high = middle }
        }
        high = low;
    }
    color(high).map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8)
}

/// sRGB to Oklab (Ottosson 2020).
fn to_oklab(rgb: [f32; 3]) -> [f32; 3] {
    let [red, green, blue] = rgb.map(linear);
    let l = (0.412_221_46 * red + 0.536_332_55 * green + 0.051_445_995 * blue).cbrt();
    let m = (0.211_903_5 * red + 0.680_699_5 * green + 0.107_396_96 * blue).cbrt();
    let s = (0.088_302_46 * red + 0.281_718_85 * green + 0.629_978_7 * blue).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

fn to_srgb([lightness, a, b]: [f32; 3]) -> [f32; 3] {
    let cube = |part: f32| part * part * part;
    let l = cube(lightness + 0.396_337_78 * a + 0.215_803_76 * b);
    let m = cube(lightness - 0.105_561_346 * a - 0.063_854_17 * b);
    let s = cube(lightness - 0.089_484_18 * a - 1.291_485_5 * b);
    let light = [
        4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
        -1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s,
        -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
    ];
    light.map(|part| if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: [f32; 3] = [1.0; 3];

    fn floats(bytes: [u8; 3]) -> [f32; 3] {
        bytes.map(|byte| f32::from(byte) / 255.0)
    }

    #[test]
    fn gray_gets_just_dark_enough() {
        assert_eq!(nearest(floats([0x8A; 3]), WHITE, 4.5), [0x76; 3]);
        assert_eq!(nearest(floats([0x8A; 3]), [0.0; 3], 4.5), [0x8A; 3]);
        assert_eq!(nearest([0.1; 3], [0.0; 3], 4.5), [0x75; 3]);
    }

    #[test]
    fn a_hue_is_kept() {
        for ink in [[0xF5, 0xA6, 0x23], [0x5B, 0xC0, 0xBE], [0xFF, 0x5A, 0x5F]] {
            for (ground, needed) in [(WHITE, 4.5), (WHITE, 3.0), (floats([0x12, 0x40, 0x3A]), 7.0)] {
                let found = floats(nearest(floats(ink), ground, needed));
                let contrast = ratio(luminance(found), luminance(ground));
                assert!(contrast >= needed, "{ink:?} on {ground:?}: {contrast}");
                let [from, to] = [floats(ink), found].map(|rgb| {
                    let [_, a, b] = to_oklab(rgb);
                    b.atan2(a).to_degrees()
                });
                assert!((from - to).abs() < 6.0, "{ink:?} on {ground:?}: {from} became {to}");
            }
        }
    }

    #[test]
    fn there_and_back() {
        for rgb in [[0.1, 0.5, 0.9], [1.0, 0.0, 0.0], [0.0; 3], WHITE] {
            let back = to_srgb(to_oklab(rgb));
            assert!(
                rgb.iter().zip(back).all(|(one, other)| (one - other).abs() < 0.002),
                "{rgb:?}: {back:?}"
            );
        }
    }
}
