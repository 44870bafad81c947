//! Where figures, formulas and tables are (ISO 32000-1, 14.8.5.4.3).

use std::collections::BTreeMap;

use super::Tags;
use crate::geom::{Point, Rect, Size, Transform};
use crate::layout::page::Survey;
use crate::layout::{Item, Page, Tag, TagId, Text};
use crate::units::Px;

impl Tags {
    /// Tells the elements that have a box of their own where that is, and those that are stretches of lines where what
    /// they paint is: on the first page that they are on.
    pub fn place(&mut self, survey: &Survey, pages: &[Page]) {
        for (node, at) in &survey.bounds {
            let Tag::Element(id) = self.of(*node) else { continue };
            let element = &mut self.structure.nodes[id.0 as usize];
            if matches!(element.role, "Figure" | "Table" | "Formula") {
                element.bounds.get_or_insert(*at);
            }
        }
        let mut unplaced: BTreeMap<TagId, Option<(usize, Rect)>> = (0..)
            .zip(&self.structure.nodes)
            .filter(|(_, node)| node.bounds.is_none() && matches!(node.role, "Figure" | "Formula"))
            .map(|(at, _)| (TagId(at), None))
            .collect();
        if unplaced.is_empty() {
            return;
        }
        for (number, page) in pages.iter().enumerate() {
            gather(&page.items, &Transform::IDENTITY, number, &mut unplaced);
        }
        for (id, at) in unplaced {
            self.structure.nodes[id.0 as usize].bounds = at;
        }
    }
}

/// Grows the rectangles of the elements that items belong to, on the page that they begin on.
fn gather(
    items: &[Item],
    map: &Transform,
    page: usize,
    unplaced: &mut BTreeMap<TagId, Option<(usize, Rect)>>,
) {
    for item in items {
        let (tag, rect) = match item {
            Item::Group(group) => {
                gather(&group.items, &group.transform.then(map), page, unplaced);
                continue;
            }
            Item::Text(text) => (text.tag, em_box(text)),
            Item::Shape(shape) => (shape.tag, shape.path.bounds()),
            Item::Picture(rect, _, tag) => (*tag, *rect),
        };
        let Tag::Element(id) = tag else { continue };
        let Some(known) = unplaced.get_mut(&id) else { continue };
        let corners = rect.corners().map(|corner| map.apply(corner));
        match known {
            None => *known = Some((page, Rect::around(corners))),
            Some((first, known)) if *first == page => {
                *known = Rect::around(known.corners().into_iter().chain(corners));
            }
            Some(_) => {}
        }
    }
}

/// The em boxes of a run of glyphs: about four fifths of the type's size above the baseline.
fn em_box(text: &Text) -> Rect {
    let width: Px = text.glyphs.iter().map(|glyph| glyph.advance).sum();
    let origin = Point::new(text.origin.x, text.origin.y - text.size * 0.8);
    Rect { origin, size: Size::new(width, text.size) }
}
