//! Which text can be read on a colour of the brand: the contrast ratio of WCAG 2.2.

use cssparser::color::{parse_hash_color, parse_named_color};

/// The relative luminance (WCAG 2.2) of a colour, 0 to 1: hexadecimal or named; nothing for a function.
fn luminance(css: &str) -> Option<f32> {
    let (r, g, b) = match css.strip_prefix('#') {
        Some(hex) => parse_hash_color(hex.as_bytes()).ok().map(|(r, g, b, _)| (r, g, b))?,
        None => parse_named_color(css).ok()?,
    };
    let linear = |channel: u8| {
        let c = f32::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    Some(0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b))
}

/// The contrast ratio of two luminances, 1 to 21.
fn ratio(one: f32, other: f32) -> f32 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Of `inks`, the one that reads best on `ground`; the earlier one of equals.
pub(super) fn best<'c>(ground: &str, inks: &[&'c str]) -> Option<&'c str> {
    let ground = luminance(ground)?;
    let mut best: Option<(f32, &str)> = None;
    for &ink in inks {
        let Some(ratio) = luminance(ink).map(|ink| ratio(ink, ground)) else { continue };
        if best.is_none_or(|(old, _)| ratio > old) {
            best = Some((ratio, ink));
        }
    }
    best.map(|(_, ink)| ink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_those_of_the_standard() {
        for (ink, expected) in [("#000", 21.0), ("#767676", 4.54), ("white", 1.0)] {
            let ratio = ratio(luminance(ink).unwrap(), luminance("#ffffff").unwrap());
            assert!((ratio - expected).abs() < 0.01, "{ink}: {ratio}");
        }
    }

    #[test]
    fn the_ink_that_reads_best_wins() {
        assert_eq!(best("#12403a", &["#1b2423", "#ffffff"]), Some("#ffffff"));
        assert_eq!(best("#f5c342", &["#1b2423", "#ffffff"]), Some("#1b2423"));
        assert_eq!(best("#000", &["lab(50% 0 0)", "white"]), Some("white"));
        assert_eq!(best("oklch(50% 0 0)", &["#000", "#fff"]), None);
    }
}
