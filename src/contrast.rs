//! How well one colour is told from another: relative luminance and contrast ratio (WCAG 2.1, section 5).

/// The relative luminance of an sRGB colour with parts from 0 to 1: 0 of black, 1 of white.
pub fn luminance(rgb: [f32; 3]) -> f32 {
    let [red, green, blue] = rgb.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The contrast ratio of two luminances, 1 to 21.
pub fn ratio(one: f32, other: f32) -> f32 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A part of an sRGB colour as an amount of light (IEC 61966-2-1).
pub fn linear(part: f32) -> f32 {
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_those_of_the_standard() {
        let gray = |byte: u8| [f32::from(byte) / 255.0; 3];
        for (ink, expected) in [(gray(0), 21.0), (gray(0x76), 4.54), (gray(0x77), 4.48), (gray(255), 1.0)] {
            let found = ratio(luminance(ink), luminance(gray(255)));
            assert!((found - expected).abs() < 0.005, "{ink:?}: {found}");
        }
        // https://webaim.org/resources/contrastchecker/ gives the same for red and blue.
        let white = luminance([1.0; 3]);
        assert!((ratio(luminance([1.0, 0.0, 0.0]), white) - 4.0).abs() < 0.005);
        assert!((ratio(luminance([0.0, 0.0, 1.0]), white) - 8.59).abs() < 0.005);
    }
}
