//! What a box is given to be laid out in.

use std::rc::Rc;

use super::fragment::Stop;
use crate::geom::Point;
use crate::units::Px;

/// The space that a formatting context is laid out in: LayoutNG's constraint space.
#[derive(Clone, Debug)]
pub(super) struct Space {
    /// The content width of the containing block; percentages refer to it.
    pub width: Px,
    /// The content height of the containing block where it is definite.
    pub height: Option<Px>,
    /// How the width of the border box is found.
    pub inline: InlineSize,
    /// How the height of the border box is found.
    pub block: BlockSize,
    /// What is left of the page or column; `None` where nothing breaks.
    pub room: Option<Room>,
    /// Whether floats and margins inside stay inside, whatever the box's style says.
    pub context: Formatting,
    /// Where the border box starts in the coordinates of its block formatting context.
    pub at: Point,
    /// Where an earlier attempt found that a break is best.
    pub stop: Option<Rc<Stop>>,
}

/// How the width of a border box is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum InlineSize {
    /// By `width`, where `auto` fills the containing block (CSS 2, 10.3.3).
    Fill,
    /// By `width`, where `auto` shrinks to fit (CSS 2, 10.3.5).
    Fit,
    /// The parent has decided.
    Exact(Px),
}

/// How the height of a border box is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum BlockSize {
    /// By `height`, `min-height` and `max-height`.
    Own,
    /// By the content alone.
    Content,
    /// The parent has decided: stretched items, absolute boxes.
    Exact(Px),
    /// By the content, but no less, and percentages inside refer to nothing: cells.
    AtLeast(Px),
}

/// Whose floats and margins a box takes part in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Formatting {
    /// Its own: the root, items, cells, floats.
    Independent,
    /// Its parent's, unless its style says otherwise.
    Inherited,
}

/// What is left of a fragmentainer, a page or a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Room {
    /// From the start of the border box down to the fragmentainer's end.
    pub left: Px,
    /// The height of an empty fragmentainer.
    pub full: Px,
    /// Whether nothing stands in this fragmentainer yet: then something must be placed, or layout would
    /// never end.
    pub fresh: bool,
    /// What becomes of the margin of a box that starts at the top (CSS Fragmentation 3, 5.2).
    pub margin: TopMargin,
    /// Page or column.
    pub kind: Fragmentainer,
}

/// What becomes of the margin of a box that starts at the top of a fragmentainer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TopMargin {
    /// After a forced break, and on the first page, it stays.
    Kept,
    /// After an unforced break it is cut off.
    Truncated,
}

/// What fragments the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fragmentainer {
    /// A page's content area.
    Page,
    /// A column of a multi-column box.
    Column,
}

impl Space {
    /// Endless space of a width: nothing breaks in it.
    pub fn endless(width: Px, inline: InlineSize) -> Self {
        Self {
            width,
            height: None,
            inline,
            block: BlockSize::Own,
            room: None,
            context: Formatting::Independent,
            at: Point::default(),
            stop: None,
        }
    }
}

impl Room {
    /// The room that is left `used` further down.
    pub fn after(&self, used: Px, placed: bool) -> Self {
        Self { left: self.left - used, fresh: self.fresh && !placed, ..*self }
    }

    /// Whether `height` fits; a hundredth of a pixel is not worth a page.
    pub fn fits(&self, height: Px) -> bool {
        height.0 <= self.left.0 + 0.01
    }
}
