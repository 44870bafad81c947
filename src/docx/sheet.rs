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
    /// All others, if they are right pages.
    pub others: Arc<PageStyle>,
    /// The left pages.
    pub left: Arc<PageStyle>,
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

/// Whether left pages are like right ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Facing {
    /// They are.
    #[default]
    Same,
    /// They have the margins of right pages the other way round (`w:mirrorMargins`).
    Mirrored,
}

impl Sheet {
    /// What `@page` says of the first page, which is a right one, and of the left and right pages after it.
    pub fn of(tree: &StyledTree) -> Self {
        let name = tree.nodes.iter().find_map(|node| node.style.fragmentation.page.clone());
        let page = |first: bool, side: PageSide| tree.pages.cascade(name.as_deref(), first, false, side);
        let (first, others) = (page(true, PageSide::Right), page(false, PageSide::Right));
        let left = page(false, PageSide::Left);
        let bare = |page: &PageStyle| page.boxes.is_empty();
        let same =
            Arc::ptr_eq(&first, &others) || first.margin == others.margin && bare(&first) && bare(&others);
        let first_page = if same { FirstPage::Same } else { FirstPage::Different };
        Self { first, others, left, first_page }
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
        let (first, others) = (on(&self.first), on(&self.others));
        let left = if Arc::ptr_eq(&self.left, &self.others) { others.clone() } else { on(&self.left) };
        Self { first, others, left, first_page }
    }

    /// Whether the margins of left pages are those of right pages, the other way round.
    pub fn facing(&self) -> Facing {
        let (left, right) = (self.left.margin, self.others.margin);
        let same = |a: Px, b: Px| (a.0 - b.0).abs() < 0.5;
        let swapped = same(left.left, right.right) && same(left.right, right.left);
        if swapped && !same(right.left, right.right) { Facing::Mirrored } else { Facing::Same }
    }

    /// The left pages, where they have a header and footer of their own.
    pub fn even(&self) -> Option<&PageStyle> {
        let (left, right) = (&*self.left, &*self.others);
        let vertical = |page: &PageStyle| (page.margin.top, page.margin.bottom);
        let same = Arc::ptr_eq(&self.left, &self.others)
            || left.boxes.is_empty() && right.boxes.is_empty() && vertical(left) == vertical(right);
        (!same).then_some(left)
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

    /// The smallest of the pages' top margins: Word has one, and a header that reaches further down pushes
    /// the text.
    pub fn top(&self) -> Px {
        self.first.margin.top.min(self.others.margin.top).min(self.left.margin.top)
    }

    /// The smallest of the pages' bottom margins.
    pub fn bottom(&self) -> Px {
        self.first.margin.bottom.min(self.others.margin.bottom).min(self.left.margin.bottom)
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

#[cfg(test)]
mod tests {
    use crate::docx::tests::{Builder, tree_of};

    /// The settings, and the section of the document.
    fn pages(css: &str) -> (String, String) {
        let written = Builder(tree_of("<h1>Een</h1><p>a</p>", css));
        let document = written.part("word/document.xml");
        let section = document.find("<w:sectPr").map(|from| document[from..].to_owned());
        (written.part("word/settings.xml"), section.unwrap_or_default())
    }

    #[test]
    fn swapped_margins_are_mirrored() {
        let css =
            "@page { margin: 20pt } @page :right { margin-left: 60pt } @page :left { margin-right: 60pt }";
        let (settings, section) = pages(css);
        assert!(settings.contains("<w:mirrorMargins/>") && !settings.contains("evenAndOdd"), "{settings}");
        assert!(section.contains(r#"w:left="1200""#) && section.contains(r#"w:right="400""#), "{section}");
        let (settings, _) = pages("@page { margin: 20pt } @page :left { margin-left: 60pt }");
        assert!(
            !settings.contains("mirrorMargins"),
            "the outer margin of right pages is another: {settings}"
        );
    }

    #[test]
    fn left_pages_have_their_own_header_and_footer() {
        let css =
            "@page :right { @top-right { content: 'rechts' } } @page :left { @top-left { content: 'links' } }
                   @page :first { @top-right { content: 'eerst' } }";
        let (settings, section) = pages(css);
        assert!(settings.contains("<w:evenAndOddHeaders/>"), "{settings}");
        for kind in ["default", "first", "even"] {
            for part in ["header", "footer"] {
                let reference = format!(r#"<w:{part}Reference w:type="{kind}""#);
                assert_eq!(section.matches(&reference).count(), 1, "{reference} in {section}");
            }
        }
        let written = Builder(tree_of("<p>a</p>", css));
        let headers = ["rechts", "eerst", "links"].into_iter().zip(1..);
        for (words, number) in headers {
            let header = written.part(&format!("word/header{number}.xml"));
            assert!(header.contains(words), "{words} in {header}");
        }
        let (settings, section) = pages("@page { @top-right { content: 'alle' } }");
        assert!(!settings.contains("evenAndOdd") && !section.contains("even"), "{settings}{section}");
    }
}
