//! What lists do to the counter `list-item` by their attributes (WHATWG HTML, section 4.4.5), and footnotes to
//! the counter `footnote` (CSS Generated Content for Paged Media, section 2.6).

use crate::dom::{Document, NodeId};
use crate::style::computed::{ComputedStyle, Display, Float};

/// What an element does to counters without being told.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counting {
    /// What a list resets it to: one step before its first item.
    pub start: Option<i32>,
    /// What an item adds to it.
    pub step: Option<i32>,
    /// What an item sets it to.
    pub value: Option<i32>,
    /// Whether it is a footnote, which is counted.
    pub footnote: bool,
}

impl Counting {
    /// What the element does, by its attributes and those of its list.
    pub fn of(document: &Document, id: NodeId, style: &ComputedStyle) -> Self {
        let number = |name| document.attribute(id, name).and_then(|text| text.trim().parse::<i32>().ok());
        if document.is(id, "ol") {
            let reversed = document.attribute(id, "reversed").is_some();
            let items =
                || document.child_elements(id).filter(|&child| document.is(child, "li")).count() as i32;
            let start = number("start").or_else(|| reversed.then(items));
            let before =
                |first: i32| if reversed { first.saturating_add(1) } else { first.saturating_sub(1) };
            return Self { start: start.map(before), ..Self::default() };
        }
        let footnote = style.position.float == Float::Footnote;
        if style.display != Display::ListItem {
            return Self { footnote, ..Self::default() };
        }
        let list = document.parent(id);
        let reversed = list.is_some_and(|list| document.attribute(list, "reversed").is_some());
        let value = if document.is(id, "li") { number("value") } else { None };
        Self { start: None, step: Some(if reversed { -1 } else { 1 }), value, footnote }
    }
}
