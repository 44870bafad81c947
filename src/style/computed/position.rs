//! CSS Positioned Layout 3 and the floats of CSS 2.

use std::sync::Arc;

use super::values::{LengthOrAuto, keywords};
use crate::geom::Edges;

/// Where a box goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Positioning {
    /// `position`.
    pub scheme: Position,
    /// `top`, `right`, `bottom`, `left`.
    pub inset: Edges<LengthOrAuto>,
    /// `z-index`; `None` is `auto`.
    pub z_index: Option<i32>,
    /// `float`.
    pub float: Float,
    /// `clear`.
    pub clear: Clear,
    /// What its `display` says of a box that is taken out of the flow.
    pub level: Level,
    /// `position: running(NAME)` (CSS Generated Content for Paged Media): taken out of the flow, to be placed
    /// in a margin box by `content: element(NAME)`.
    pub running: Option<Arc<str>>,
    /// `footnote-display`.
    pub note_display: FootnoteDisplay,
    /// `footnote-policy`.
    pub note_policy: FootnotePolicy,
}

/// Whether a box would stand in a line or below what is before it, were it in the flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// In a line.
    #[default]
    Inline,
    /// Below.
    Block,
}

keywords! {
    /// `position`. On paper `fixed` repeats on every page.
    Position { Static = "static", Relative = "relative", Absolute = "absolute", Fixed = "fixed", Sticky = "sticky" }
}
keywords! {
    /// `float`.
    Float { None = "none", Left = "left", Right = "right", Footnote = "footnote" }
}
keywords! {
    /// `footnote-display`: each footnote a block, all in one paragraph, or short ones side by side.
    FootnoteDisplay { Block = "block", Inline = "inline", Compact = "compact" }
}
keywords! {
    /// `footnote-policy`: what goes to the next page where a footnote does not fit: the rest of it, the line that
    /// calls it, or the paragraph that does.
    FootnotePolicy { Auto = "auto", Line = "line", Block = "block" }
}
keywords! {
    /// `clear`.
    Clear { None = "none", Left = "left", Right = "right", Both = "both" }
}
