//! Pictures in their boxes.

use super::outline::{Edges, rectangle};
use super::{Painter, clipped};
use crate::geom::{Point, Rect};
use crate::layout::Item;
use crate::layout::boxes::Kind;
use crate::layout::fragment::Fragment;
use crate::layout::replaced;
use crate::media::{Picture, svg};
use crate::style::computed::{BoxArea, Visibility};
use crate::units::Px;

impl Painter<'_, '_> {
    /// A picture in its content box, cut where it is larger or its corners are round.
    pub(super) fn picture(&mut self, fragment: &Fragment, content: Rect) -> Vec<Item> {
        let layout_box = self.cx.layout_box(fragment.of);
        let style = &layout_box.style;
        let Kind::Picture(picture) = &layout_box.kind else { return Vec::new() };
        let rect = replaced::fitted(picture.size(), content, style);
        let is_seen = style.text.visibility == Visibility::Visible;
        if !is_seen || rect.size.width <= Px::ZERO || rect.size.height <= Px::ZERO {
            return Vec::new();
        }
        let tag = self.tag(layout_box.node);
        let item = match &**picture {
            Picture::Raster(_) => Item::Picture(rect, picture.clone(), tag),
            Picture::Vector(vector) => svg::paint(vector, rect, tag),
        };
        let edge = Point::new(
            fragment.border.left + fragment.padding.left,
            fragment.border.top + fragment.padding.top,
        );
        let edges = Edges::of(style, fragment, content.origin - edge);
        if !edges.is_square() {
            return clipped(edges.area_path(BoxArea::ContentBox), vec![item]);
        }
        let sticks_out = rect.left() < content.left() - Px(0.01)
            || rect.top() < content.top() - Px(0.01)
            || rect.right() > content.right() + Px(0.01)
            || rect.bottom() > content.bottom() + Px(0.01);
        if sticks_out { clipped(rectangle(content), vec![item]) } else { vec![item] }
    }
}
