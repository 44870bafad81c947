//! CSS Flexible Box Layout 1 and CSS Box Alignment 3.

use super::values::{LengthPercentage, Sizing, keywords};

/// A box as flex container and as flex item, with the alignment that grid shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Flex {
    /// `flex-direction`.
    pub direction: FlexDirection,
    /// `flex-wrap`.
    pub wrap: FlexWrap,
    /// `flex-grow`.
    pub grow: f32,
    /// `flex-shrink`.
    pub shrink: f32,
    /// `flex-basis`; `content` is `MaxContent`.
    pub basis: Sizing,
    /// `order`.
    pub order: i32,
    /// `justify-content`.
    pub justify_content: Align,
    /// `align-content`.
    pub align_content: Align,
    /// `align-items`.
    pub align_items: Align,
    /// `justify-items`.
    pub justify_items: Align,
    /// `align-self`.
    pub align_self: Align,
    /// `justify-self`.
    pub justify_self: Align,
    /// `row-gap`.
    pub row_gap: LengthPercentage,
    /// `column-gap`; `None` is `normal`: nothing in flex and grid, 1em in columns.
    pub column_gap: Option<LengthPercentage>,
}

keywords! {
    /// `flex-direction`.
    FlexDirection { Row = "row", RowReverse = "row-reverse", Column = "column", ColumnReverse = "column-reverse" }
}
keywords! {
    /// `flex-wrap`.
    FlexWrap { Nowrap = "nowrap", Wrap = "wrap", WrapReverse = "wrap-reverse" }
}
keywords! {
    /// `align-*` and `justify-*`; `Auto` is also `normal`.
    Align {
        Auto = "auto", Normal = "normal", Start = "start", End = "end", FlexStart = "flex-start",
        FlexEnd = "flex-end", Center = "center", Baseline = "baseline", Stretch = "stretch",
        SpaceBetween = "space-between", SpaceAround = "space-around", SpaceEvenly = "space-evenly",
        Left = "left", Right = "right", SelfStart = "self-start", SelfEnd = "self-end",
    }
}

impl Default for Flex {
    fn default() -> Self {
        Self {
            direction: FlexDirection::Row,
            wrap: FlexWrap::Nowrap,
            grow: 0.0,
            shrink: 1.0,
            basis: Sizing::Auto,
            order: 0,
            justify_content: Align::Auto,
            align_content: Align::Auto,
            align_items: Align::Auto,
            justify_items: Align::Auto,
            align_self: Align::Auto,
            justify_self: Align::Auto,
            row_gap: LengthPercentage::ZERO,
            column_gap: None,
        }
    }
}
