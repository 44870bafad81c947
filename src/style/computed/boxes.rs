//! CSS Display 3, CSS Box Model 4, CSS Sizing 3, CSS Overflow 3 and CSS Images 3 (`object-fit`).

use super::values::{LengthOrAuto, LengthPercentage, Sizing, keywords};
use crate::geom::Edges;

keywords! {
    /// `display`. `list-item` is a block with a `::marker`.
    Display {
        Inline = "inline", Block = "block", InlineBlock = "inline-block", ListItem = "list-item",
        FlowRoot = "flow-root", Flex = "flex", InlineFlex = "inline-flex", Grid = "grid",
        InlineGrid = "inline-grid", Table = "table", InlineTable = "inline-table",
        TableRowGroup = "table-row-group", TableHeaderGroup = "table-header-group",
        TableFooterGroup = "table-footer-group", TableRow = "table-row", TableCell = "table-cell",
        TableColumnGroup = "table-column-group", TableColumn = "table-column",
        TableCaption = "table-caption", Contents = "contents", None = "none",
    }
}

impl Display {
    /// Whether a box stands in a line as one piece: an atomic inline (CSS Display 3, appendix A).
    pub const fn is_atomic_inline(self) -> bool {
        matches!(self, Self::InlineBlock | Self::InlineFlex | Self::InlineGrid | Self::InlineTable)
    }

    /// Whether what an element holds is part of a line: it is an inline box, an atomic one, or no box at all.
    pub const fn is_in_line(self) -> bool {
        matches!(self, Self::Inline | Self::Contents) || self.is_atomic_inline()
    }
}

/// The size of a box and what surrounds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Boxes {
    /// `width`.
    pub width: Sizing,
    /// `height`.
    pub height: Sizing,
    /// `min-width`.
    pub min_width: Sizing,
    /// `min-height`.
    pub min_height: Sizing,
    /// `max-width`; `Auto` is `none`.
    pub max_width: Sizing,
    /// `max-height`; `Auto` is `none`.
    pub max_height: Sizing,
    /// `box-sizing`.
    pub sizing: BoxSizing,
    /// `aspect-ratio`: width over height.
    pub aspect_ratio: Option<f32>,
    /// `margin-*`.
    pub margin: Edges<LengthOrAuto>,
    /// `padding-*`.
    pub padding: Edges<LengthPercentage>,
    /// `overflow`.
    pub overflow: Overflow,
    /// `object-fit`.
    pub object_fit: ObjectFit,
    /// `object-position`, x and y.
    pub object_position: (LengthPercentage, LengthPercentage),
}

keywords! {
    /// `box-sizing`.
    BoxSizing { ContentBox = "content-box", BorderBox = "border-box" }
}
keywords! {
    /// `overflow`. On paper nothing scrolls: `auto` and `scroll` are `hidden`.
    Overflow { Visible = "visible", Hidden = "hidden", Clip = "clip", Auto = "auto", Scroll = "scroll" }
}
keywords! {
    /// `object-fit`.
    ObjectFit { Fill = "fill", Contain = "contain", Cover = "cover", None = "none", ScaleDown = "scale-down" }
}

impl Default for Boxes {
    fn default() -> Self {
        let half = LengthPercentage { percent: 0.5, ..LengthPercentage::ZERO };
        Self {
            width: Sizing::Auto,
            height: Sizing::Auto,
            min_width: Sizing::Auto,
            min_height: Sizing::Auto,
            max_width: Sizing::Auto,
            max_height: Sizing::Auto,
            sizing: BoxSizing::ContentBox,
            aspect_ratio: None,
            margin: Edges::all(LengthOrAuto::Length(LengthPercentage::ZERO)),
            padding: Edges::all(LengthPercentage::ZERO),
            overflow: Overflow::Visible,
            object_fit: ObjectFit::Fill,
            object_position: (half, half),
        }
    }
}
