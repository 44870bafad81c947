//! CSS Generated Content 3 and CSS Generated Content for Paged Media.

use std::sync::Arc;

use super::list::ListStyle;
use super::table::TableLayout;
use crate::media::Picture;
use crate::style::properties::{ContentValue, Part};

/// The properties of generated content. Counters and strings of `::before` and its like are text by the time
/// that layout sees them; the lists stay for `@page` and for layout's running strings.
#[derive(Clone, Debug, Default)]
pub struct Generated {
    /// `counter-reset`.
    pub counter_reset: Vec<(Arc<str>, i32)>,
    /// `counter-increment`.
    pub counter_increment: Vec<(Arc<str>, i32)>,
    /// `counter-set`.
    pub counter_set: Vec<(Arc<str>, i32)>,
    /// `string-set`, evaluated: the strings that this element gives to `string(NAME)`.
    pub string_set: Vec<(Arc<str>, Arc<str>)>,
    /// `bookmark-level`; 0 is `none`, `None` is the level of its heading element.
    pub bookmark_level: Option<u8>,
    /// `table-layout`.
    pub table_layout: TableLayout,
    /// `content` as specified.
    pub(crate) value: ContentValue,
    /// `string-set` as specified.
    pub(crate) strings: Vec<(Arc<str>, Arc<[Part]>)>,
    /// The properties of SVG that were declared, computed.
    pub(crate) svg: Vec<(&'static str, Arc<str>)>,
}

/// One item of `content`.
#[derive(Clone, Debug)]
pub enum ContentItem {
    /// A string, or anything that the style stage could evaluate: `attr()`, `counter()` of the document.
    Text(Arc<str>),
    /// `counter(page, STYLE)`.
    Page(ListStyle),
    /// `counter(pages, STYLE)`.
    Pages(ListStyle),
    /// `counter(footnote, STYLE)` in the call or the marker of a footnote: which footnote it is, from 0, and what
    /// is written where no page counts its own.
    Footnote(u32, Arc<str>, ListStyle),
    /// `string(NAME)`, of the page that it is on.
    String(Arc<str>, StringPosition),
    /// `element(NAME)`, of the page that it is on.
    Running(Arc<str>, StringPosition),
    /// `target-counter(URL, page, STYLE)`: the page that the element with this id begins on.
    TargetPage(Arc<str>, ListStyle),
    /// `target-text(URL)`: the id of an element, and the words that are taken of it.
    TargetText(Arc<str>, Arc<str>),
    /// `leader(TEXT)`.
    Leader(Arc<str>),
    /// `url()`.
    Picture(Arc<Picture>),
}

/// Which of a page's values `string()` takes, and which of its elements `element()`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StringPosition {
    /// The first set on the page, else the last set before it.
    #[default]
    First,
    /// The value at the start of the page.
    Start,
    /// The last set on the page.
    Last,
    /// As `First`, but nothing on the page that sets it.
    FirstExcept,
}
