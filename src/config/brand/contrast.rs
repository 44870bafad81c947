//! Which text can be read on a colour of the brand.

use cssparser::color::{parse_hash_color, parse_named_color};

use crate::contrast;

/// The relative luminance of a colour, 0 to 1: hexadecimal or named; nothing for a function.
fn luminance(css: &str) -> Option<f32> {
    rgb(css).map(|rgb| contrast::luminance(rgb.map(|part| f32::from(part) / 255.0)))
}

/// Red, green and blue of a colour, hexadecimal or named; nothing for a function.
pub(super) fn rgb(css: &str) -> Option<[u8; 3]> {
    match css.strip_prefix('#') {
        Some(hex) => parse_hash_color(hex.as_bytes()).ok().map(|(red, green, blue, _)| [red, green, blue]),
        None => parse_named_color(css).ok().map(|(red, green, blue)| [red, green, blue]),
    }
}

/// Of `inks`, the one that reads best on `ground`; the earlier one of equals.
pub(super) fn best<'c>(ground: &str, inks: &[&'c str]) -> Option<&'c str> {
    let ground = luminance(ground)?;
    let mut best: Option<(f32, &str)> = None;
    for &ink in inks {
        let Some(ratio) = luminance(ink).map(|ink| contrast::ratio(ink, ground)) else { continue };
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
    fn the_ink_that_reads_best_wins() {
        assert_eq!(best("#12403a", &["#1b2423", "#ffffff"]), Some("#ffffff"));
        assert_eq!(best("#f5c342", &["#1b2423", "#ffffff"]), Some("#1b2423"));
        assert_eq!(best("#000", &["lab(50% 0 0)", "white"]), Some("white"));
        assert_eq!(best("oklch(50% 0 0)", &["#000", "#fff"]), None);
    }
}
