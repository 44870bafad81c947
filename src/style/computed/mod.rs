//! Computed values, one file a CSS module. All lengths are absolute by now, in CSS px.

mod background;
mod border;
mod boxes;
mod content;
mod flex;
mod font;
mod fragmentation;
mod grid;
mod list;
mod page;
mod position;
mod table;
mod text;
mod values;

pub(crate) use background::Lists;
pub use background::*;
pub use border::*;
pub use boxes::*;
pub use content::*;
pub use flex::*;
pub use font::*;
pub use fragmentation::*;
pub use grid::*;
pub use list::*;
pub use page::*;
pub use position::*;
pub use table::*;
pub use text::*;
pub use values::*;

use std::sync::Arc;

/// The computed style of one element. Inherited groups are shared with the parent until one of their
/// properties changes.
#[derive(Clone, Debug, Default)]
pub struct ComputedStyle {
    /// Inherited: `font-*`.
    pub font: Arc<Font>,
    /// Inherited: `color`, `text-*`, spacing, white space, hyphenation, widows and orphans.
    pub text: Arc<Text>,
    /// Inherited: `list-style-*`, `quotes`.
    pub list: Arc<List>,
    /// Inherited: `border-collapse`, `border-spacing`, `caption-side`, `empty-cells`.
    pub table: Arc<Table>,
    /// `display`.
    pub display: Display,
    /// `width`, `height`, margins, padding, `overflow`.
    pub boxes: Boxes,
    /// `border-*`, `border-radius`.
    pub border: Border,
    /// `background-*`, `box-shadow`, `opacity`, `transform`.
    pub paint: Paint,
    /// `position`, `inset`, `float`, `clear`, `z-index`.
    pub position: Positioning,
    /// Flex and grid alignment: container and item.
    pub flex: Flex,
    /// `grid-*`; rarely set, so shared.
    pub grid: Arc<Grid>,
    /// `break-*`, `page`, `columns`.
    pub fragmentation: Fragmentation,
    /// `text-decoration-*`, `vertical-align`: not inherited, but they style text.
    pub inline: Inline,
    /// `content`, counters, `string-set`, `table-layout`.
    pub generated: Arc<Generated>,
}
