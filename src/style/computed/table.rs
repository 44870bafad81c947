//! CSS Tables 3.

use super::values::keywords;
use crate::units::Px;

/// The inherited table properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// `border-collapse`.
    pub collapse: BorderCollapse,
    /// `border-spacing`, horizontal and vertical.
    pub spacing: (Px, Px),
    /// `caption-side`.
    pub caption: CaptionSide,
    /// `empty-cells`.
    pub empty_cells: EmptyCells,
}

keywords! {
    /// `border-collapse`.
    BorderCollapse { Separate = "separate", Collapse = "collapse" }
}
keywords! {
    /// `caption-side`.
    CaptionSide { Top = "top", Bottom = "bottom" }
}
keywords! {
    /// `empty-cells`.
    EmptyCells { Show = "show", Hide = "hide" }
}
keywords! {
    /// `table-layout`.
    TableLayout { Auto = "auto", Fixed = "fixed" }
}
