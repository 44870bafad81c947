//! CSS Paged Media 3: page selectors and margin boxes.

use std::sync::Arc;

use super::values::keywords;
use crate::units::{Pt, Px};

/// The selector of an `@page` rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageSelector {
    /// The page's name.
    pub name: Option<Arc<str>>,
    /// `:first`.
    pub first: bool,
    /// `:blank`.
    pub blank: bool,
    /// `:left` or `:right`.
    pub side: Option<PageSide>,
}

/// Left and right pages; the first page is a right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageSide {
    /// `:left`, verso.
    Left,
    /// `:right`, recto.
    Right,
}

/// `bleed`: how far paint goes on beyond the sheet, to be cut off.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Bleed {
    /// `auto`: 6 pt with crop marks, nothing without.
    #[default]
    Auto,
    /// A length.
    Length(Px),
}

/// `marks`: what stands beside the sheet for the printer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// `crop`: where to cut.
    pub crop: bool,
    /// `cross`: to lay colours on each other by.
    pub cross: bool,
}

impl Bleed {
    /// The length, with these marks.
    pub fn resolve(self, marks: Marks) -> Px {
        match self {
            Self::Length(length) => length,
            Self::Auto if marks.crop => Px::from(Pt(6.0)),
            Self::Auto => Px::ZERO,
        }
    }
}

impl Marks {
    /// Whether there are none.
    pub fn is_none(self) -> bool {
        !self.crop && !self.cross
    }
}

keywords! {
    /// The sixteen margin boxes, clockwise.
    MarginBox {
        TopLeftCorner = "top-left-corner", TopLeft = "top-left", TopCenter = "top-center", TopRight = "top-right",
        TopRightCorner = "top-right-corner", RightTop = "right-top", RightMiddle = "right-middle",
        RightBottom = "right-bottom", BottomRightCorner = "bottom-right-corner", BottomRight = "bottom-right",
        BottomCenter = "bottom-center", BottomLeft = "bottom-left", BottomLeftCorner = "bottom-left-corner",
        LeftBottom = "left-bottom", LeftMiddle = "left-middle", LeftTop = "left-top",
    }
}
