//! Pictures in their boxes.

use super::outline::{Edges, rectangle};
use super::{Painter, clipped};
use crate::geom::{Point, Rect, Size};
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
        let reached = content.inset(self.bleed.growth(content).map(|by| -by));
        let rect = if reached == content { rect } else { magnified(rect, content, reached) };
        let edge = Point::new(
            fragment.border.left + fragment.padding.left,
            fragment.border.top + fragment.padding.top,
        );
        let edges = Edges::of(style, fragment, content.origin - edge);
        let content = reached;
        let is_seen = style.text.visibility == Visibility::Visible;
        if !is_seen || rect.size.width <= Px::ZERO || rect.size.height <= Px::ZERO {
            return Vec::new();
        }
        let tag = self.tag(layout_box.node);
        let item = match &**picture {
            Picture::Raster(_) => Item::Picture(rect, picture.clone(), tag),
            Picture::Vector(vector) => svg::paint(vector, rect, tag),
        };
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

/// A picture that is to cover a larger area than its content box: as much larger, around the middle of that.
fn magnified(rect: Rect, content: Rect, reached: Rect) -> Rect {
    let middle =
        |rect: Rect| Point::new((rect.left() + rect.right()) / 2.0, (rect.top() + rect.bottom()) / 2.0);
    let across = reached.size.width / content.size.width;
    let factor = across.max(reached.size.height / content.size.height);
    let off = middle(rect) - middle(content);
    let at = middle(reached) + Point::new(off.x * factor, off.y * factor);
    let size = Size::new(rect.size.width * factor, rect.size.height * factor);
    Rect { origin: at - Point::new(size.width / 2.0, size.height / 2.0), size }
}
