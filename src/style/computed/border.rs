//! CSS Backgrounds and Borders 3: borders.

use super::values::{Color, LengthPercentage, keywords};
use crate::geom::{Corners, Edges};
use crate::units::Px;

/// The borders of a box.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Border {
    /// The four sides.
    pub sides: Edges<BorderSide>,
    /// `border-radius`: horizontal and vertical of each corner.
    pub radius: Corners<(LengthPercentage, LengthPercentage)>,
}

/// One side of a border.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BorderSide {
    /// `border-*-width`; nothing where the style is `none` or `hidden`.
    pub width: Px,
    /// `border-*-style`.
    pub style: BorderStyle,
    /// `border-*-color`; `currentcolor` is resolved.
    pub color: Color,
}

keywords! {
    /// `border-*-style`.
    BorderStyle {
        None = "none", Hidden = "hidden", Solid = "solid", Dashed = "dashed", Dotted = "dotted",
        Double = "double", Groove = "groove", Ridge = "ridge", Inset = "inset", Outset = "outset",
    }
}

impl Border {
    /// The widths of the four sides.
    pub fn widths(&self) -> Edges<Px> {
        self.sides.map(|side| side.width)
    }
}
