//! The cascade of `@page` rules for one page (CSS Paged Media 3, section 4.3).

use std::sync::Arc;

use crate::geom::{Edges, Size};
use crate::style::computed::{
    ComputedStyle, ContentItem, LengthPercentage, MarginBox, PageSelector, PageSide,
};
use crate::style::{PageStyle, PageStyles};
use crate::units::{Mm, Px};

/// A page as selectors see it.
#[derive(Clone, Debug)]
pub(in crate::layout) struct PageKind {
    /// Its name.
    pub name: Option<Arc<str>>,
    /// From 0. The first page is a right one.
    pub index: usize,
    /// Whether it is empty for the sake of a left or right page.
    pub blank: bool,
}

impl PageKind {
    /// Whether it is a left or a right page.
    pub fn side(&self) -> PageSide {
        if self.index.is_multiple_of(2) { PageSide::Right } else { PageSide::Left }
    }

    fn matches(&self, selector: &PageSelector) -> bool {
        selector.name.as_ref().is_none_or(|name| self.name.as_ref() == Some(name))
            && (!selector.first || self.index == 0)
            && (!selector.blank || self.blank)
            && selector.side.is_none_or(|side| side == self.side())
    }
}

/// A rule's specificity: names, `:first` and `:blank`, sides.
fn specificity(selector: &PageSelector) -> (u8, u8, u8) {
    let place = u8::from(selector.first) + u8::from(selector.blank);
    (u8::from(selector.name.is_some()), place, u8::from(selector.side.is_some()))
}

/// The style of a page: A4 with margins of 20 mm where no rule says otherwise.
pub(in crate::layout) fn cascade(styles: &PageStyles, page: &PageKind) -> PageStyle {
    let mut rules: Vec<_> = styles.rules.iter().filter(|rule| page.matches(&rule.selector)).collect();
    rules.sort_by_key(|rule| specificity(&rule.selector));
    let mut size = Size::new(Mm(210.0).into(), Mm(297.0).into());
    let mut margin = Edges::all(LengthPercentage::px(Mm(20.0).into()));
    let mut style = Arc::new(ComputedStyle::default());
    let mut boxes: Vec<(MarginBox, Arc<ComputedStyle>, Vec<ContentItem>)> = Vec::new();
    for rule in rules {
        size = rule.page.size.unwrap_or(size);
        let own = rule.page.margin;
        margin = Edges {
            top: own.top.unwrap_or(margin.top),
            right: own.right.unwrap_or(margin.right),
            bottom: own.bottom.unwrap_or(margin.bottom),
            left: own.left.unwrap_or(margin.left),
        };
        if let Some(own) = &rule.page.style {
            style = own.clone();
        }
        for own in &rule.boxes {
            boxes.retain(|(name, ..)| *name != own.0);
            boxes.push(own.clone());
        }
    }
    boxes.retain(|(.., content)| !content.is_empty());
    boxes.sort_by_key(|(name, ..)| *name as u8);
    let size = Size::new(size.width.max(Px(1.0)), size.height.max(Px(1.0)));
    let margin = Edges {
        top: margin.top.resolve(size.height),
        right: margin.right.resolve(size.width),
        bottom: margin.bottom.resolve(size.height),
        left: margin.left.resolve(size.width),
    };
    PageStyle { size, margin, style, boxes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::{PagePatch, PageRule};

    fn rule(selector: PageSelector, width: f32) -> PageRule {
        let page = PagePatch { size: Some(Size::new(Px(width), Px(100.0))), ..PagePatch::default() };
        PageRule { selector, page, boxes: Vec::new() }
    }

    #[test]
    fn the_more_specific_rule_wins_whatever_the_order() {
        let first = PageSelector { first: true, ..PageSelector::default() };
        let left = PageSelector { side: Some(PageSide::Left), ..PageSelector::default() };
        let rules = vec![rule(first, 1.0), rule(left, 2.0), rule(PageSelector::default(), 3.0)];
        let styles = PageStyles { rules };
        let width = |index| cascade(&styles, &PageKind { name: None, index, blank: false }).size.width;
        assert_eq!([width(0), width(1), width(2)], [Px(1.0), Px(2.0), Px(3.0)]);
    }
}
