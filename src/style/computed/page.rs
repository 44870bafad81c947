//! CSS Paged Media 3: page selectors and margin boxes.

use std::sync::Arc;

use super::values::keywords;

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
