//! Colours without alpha.

use crate::style::computed::Color;

/// An opaque sRGB colour, as `w:color`, `w:fill` and DrawingML's `srgbClr` want it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Rgb(pub [u8; 3]);

impl Rgb {
    /// The colour of paper.
    pub const WHITE: Self = Self([255, 255, 255]);

    /// `color` painted over `under`: Word's colours have no alpha (CSS Color 4, section 12).
    pub fn over(color: Color, under: Self) -> Self {
        let alpha = color.alpha.clamp(0.0, 1.0);
        let mix = |part: f32, below: u8| {
            (part.clamp(0.0, 1.0) * 255.0 * alpha + f32::from(below) * (1.0 - alpha)).round() as u8
        };
        let [red, green, blue] = under.0;
        Self([mix(color.red, red), mix(color.green, green), mix(color.blue, blue)])
    }

    /// The colour, nine parts in ten towards paper.
    pub fn tint(self) -> Self {
        Self(self.0.map(|part| 255 - (255 - part) / 10))
    }

    /// `RRGGBB`.
    pub fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("{red:02X}{green:02X}{blue:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_black_on_white_is_grey() {
        let half = Color { alpha: 0.5, ..Color::BLACK };
        assert_eq!(Rgb::over(half, Rgb::WHITE).hex(), "808080");
        assert_eq!(Rgb::over(Color::TRANSPARENT, Rgb([1, 2, 3])), Rgb([1, 2, 3]));
    }
}
