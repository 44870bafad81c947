//! CSS Fragmentation 3, CSS Multi-column Layout 1 and the `page` property of CSS Paged Media 3.

use std::sync::Arc;

use super::border::BorderSide;
use super::values::keywords;
use crate::units::Px;

/// How a box breaks across pages and columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fragmentation {
    /// `break-before`.
    pub before: Break,
    /// `break-after`.
    pub after: Break,
    /// `break-inside`.
    pub inside: BreakInside,
    /// `box-decoration-break`.
    pub decoration: DecorationBreak,
    /// `page`: a page name.
    pub page: Option<Arc<str>>,
    /// `column-count`.
    pub column_count: Option<u16>,
    /// `column-width`.
    pub column_width: Option<Px>,
    /// `column-rule`.
    pub column_rule: BorderSide,
    /// `column-fill`.
    pub column_fill: ColumnFill,
    /// `column-span`.
    pub column_span: ColumnSpan,
}

keywords! {
    /// `break-before` and `break-after`.
    Break {
        Auto = "auto", Avoid = "avoid", AvoidPage = "avoid-page", AvoidColumn = "avoid-column", Page = "page",
        Always = "always", Left = "left", Right = "right", Recto = "recto", Verso = "verso", Column = "column",
    }
}
keywords! {
    /// `break-inside`.
    BreakInside { Auto = "auto", Avoid = "avoid", AvoidPage = "avoid-page", AvoidColumn = "avoid-column" }
}
keywords! {
    /// `box-decoration-break`.
    DecorationBreak { Slice = "slice", Clone = "clone" }
}
keywords! {
    /// `column-fill`.
    ColumnFill { Balance = "balance", Auto = "auto" }
}
keywords! {
    /// `column-span`.
    ColumnSpan { None = "none", All = "all" }
}
