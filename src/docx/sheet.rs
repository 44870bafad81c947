//! The sheet: size and margins of pages, the first and the others, and what stands in their margins (CSS Paged
//! Media 3).

use std::sync::Arc;

use super::reference::Reference;
use crate::style::computed::{ComputedStyle, LengthOrAuto, PageSide, VerticalAlign};
use crate::style::{PageStyle, StyledTree};
use crate::units::Px;

/// The pages of a document.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// The first page.
    pub first: Arc<PageStyle>,
    /// All others.
    pub others: Arc<PageStyle>,
    /// Whether the first page has other margins or other content in them.
    pub first_page: FirstPage,
}

/// Whether the first page is like the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FirstPage {
    /// It is.
    Same,
    /// It has a header and footer of its own.
    Different,
}

impl Sheet {
    /// What `@page` says of right pages: the first page is one.
    pub fn of(tree: &StyledTree) -> Self {
        let name = tree.nodes.iter().find_map(|node| node.style.fragmentation.page.clone());
        let page = |first: bool| tree.pages.cascade(name.as_deref(), first, false, PageSide::Right);
        let (first, others) = (page(true), page(false));
        let bare = |page: &PageStyle| page.boxes.is_empty();
        let same =
            Arc::ptr_eq(&first, &others) || first.margin == others.margin && bare(&first) && bare(&others);
        let first_page = if same { FirstPage::Same } else { FirstPage::Different };
        Self { first, others, first_page }
    }

    /// The sheet of a reference, as far as it says it; its headers and footers leave no place for ours.
    #[must_use]
    pub fn like(self, reference: &Reference) -> Self {
        let on = |page: &Arc<PageStyle>| {
            let mut page = PageStyle::clone(page);
            if let Some(paper) = reference.paper() {
                (page.size, page.margin) = (paper.size, paper.margin);
            }
            if reference.has_margins() {
                page.boxes.clear();
            }
            Arc::new(page)
        };
        let first_page = if reference.has_margins() { FirstPage::Same } else { self.first_page };
        Self { first: on(&self.first), others: on(&self.others), first_page }
    }

    /// The width of the text between the margins.
    pub fn text_width(&self) -> Px {
        (self.others.size.width - self.others.margin.horizontal()).max(Px(1.0))
    }

    /// The left margin and padding of `@footnote`, as far as the text's width has room for it.
    pub fn notes_left(&self) -> Px {
        let (width, boxes) = (self.text_width(), &self.others.notes.boxes);
        let margin = boxes.margin.left.resolve(width).unwrap_or(Px::ZERO);
        (margin + boxes.padding.left.resolve(width)).max(Px::ZERO).min(width / 2.0)
    }

    /// The smaller of the two pages' top margins: Word has one, and a header that reaches further down pushes
    /// the text.
    pub fn top(&self) -> Px {
        self.first.margin.top.min(self.others.margin.top)
    }

    /// The smaller of the two pages' bottom margins.
    pub fn bottom(&self) -> Px {
        self.first.margin.bottom.min(self.others.margin.bottom)
    }
}

/// How far a margin box's text is from the edge of the sheet, which of its sides being at the edge.
pub(super) fn distance(style: &ComputedStyle, margin: Px, line: Px, at_top: bool) -> Px {
    let padding = style.boxes.padding.map(|side| side.resolve(margin));
    let side = |length: LengthOrAuto| length.resolve(margin).unwrap_or_default();
    let (above, below) =
        (padding.top + side(style.boxes.margin.top), padding.bottom + side(style.boxes.margin.bottom));
    let from_top = match style.inline.vertical_align {
        VerticalAlign::Top => above,
        VerticalAlign::Bottom => margin - below - line,
        _ => (margin - line + above - below) / 2.0,
    };
    let distance = if at_top { from_top } else { margin - from_top - line };
    distance.clamp(Px::ZERO, margin)
}
