//! Where taffy puts the items of a flex or grid container, cut into bands that can go to different pages.

use taffy::{AvailableSpace, RequestedAxis, TaffyTree, compute_leaf_layout};

use super::style::{self, Basis};
use super::{Band, Item, Plan};
use crate::geom::Rect;
use crate::layout::block;
use crate::layout::boxes::{BoxId, Kind};
use crate::layout::context::Context;
use crate::layout::inline::ContentSizes;
use crate::layout::intrinsic;
use crate::layout::sizing::Frame;
use crate::layout::space::{InlineSize, Space};
use crate::units::Px;

/// The plan of a container whose content box has this size.
pub(super) fn plan(cx: &mut Context, id: BoxId, width: Px, height: Option<Px>) -> Plan {
    let basis = Basis { width: Some(width), height };
    let solved = solve(cx, id, basis, AvailableSpace::Definite(width.0));
    let mut plan = Plan { height: solved.size.1, ..Plan::default() };
    for (of, rect) in solved.items {
        plan.items.push(Item { of, rect, shift: Px::ZERO });
    }
    plan.bands = bands(&plan.items);
    plan
}

/// The content sizes of a container.
pub(in crate::layout) fn content_sizes(cx: &mut Context, id: BoxId) -> ContentSizes {
    let basis = Basis { width: None, height: None };
    let min = solve(cx, id, basis, AvailableSpace::MinContent).size.0;
    let max = solve(cx, id, basis, AvailableSpace::MaxContent).size.0;
    ContentSizes { min, max: max.max(min) }
}

struct Solved {
    size: (Px, Px),
    items: Vec<(BoxId, Rect)>,
}

/// Runs taffy over a container and its items, measured through our own layout.
fn solve(cx: &mut Context, id: BoxId, basis: Basis, available: AvailableSpace) -> Solved {
    let layout_box = cx.layout_box(id);
    let mut tree: TaffyTree<BoxId> = TaffyTree::with_capacity(layout_box.children.len() + 1);
    tree.disable_rounding();
    let mut leaves = Vec::new();
    for &child in &layout_box.children {
        if !cx.layout_box(child).is_absolute() && !cx.layout_box(child).is_running() {
            let style = style::item(cx, child, basis);
            leaves.extend(tree.new_leaf_with_context(style, child).map(|leaf| (child, leaf)));
        }
    }
    let nodes: Vec<taffy::NodeId> = leaves.iter().map(|(_, leaf)| *leaf).collect();
    let empty = Solved { size: (Px::ZERO, Px::ZERO), items: Vec::new() };
    let Ok(root) = tree.new_with_children(style::container(layout_box, basis), &nodes) else { return empty };
    let height = basis.height.map_or(AvailableSpace::MaxContent, |height| AvailableSpace::Definite(height.0));
    let space = taffy::Size { width: available, height };
    let measured = tree.compute_layout_with_measure(root, space, |inputs, _, child, style| {
        let child = child.copied();
        let axis = inputs.axis;
        compute_leaf_layout(
            inputs,
            style,
            |_, _| 0.0,
            |known, available| match child {
                Some(child) => measure(cx, child, (known, available), axis),
                None => taffy::Size::ZERO,
            },
        )
    });
    if measured.is_err() {
        return empty;
    }
    let rect = |leaf: taffy::NodeId| {
        let layout = tree.unrounded_layout(leaf);
        let (at, size) = (layout.location, layout.size);
        Rect::new(Px(at.x), Px(at.y), Px(size.width), Px(size.height))
    };
    let size = tree.unrounded_layout(root).size;
    Solved {
        size: (Px(size.width), Px(size.height)),
        items: leaves.into_iter().map(|(child, leaf)| (child, rect(leaf))).collect(),
    }
}

/// The content size of an item; known dimensions are of its border box, available ones of its content box.
fn measure(
    cx: &mut Context,
    id: BoxId,
    (known, available): (taffy::Size<Option<f32>>, taffy::Size<AvailableSpace>),
    axis: RequestedAxis,
) -> taffy::Size<f32> {
    let edges = Frame::of_box(cx, id, Px::ZERO).inner();
    if let Kind::Picture(picture) = &cx.layout_box(id).kind {
        let natural = picture.size();
        let known_width = known.width.map(|width| Px(width) - edges.horizontal());
        let size = known_width.map_or(natural, |width| {
            let scale = if natural.width > Px::ZERO { width / natural.width } else { 0.0 };
            crate::geom::Size::new(width, natural.height * scale)
        });
        return taffy::Size { width: size.width.0, height: size.height.0 };
    }
    let width = match (known.width, available.width) {
        (Some(width), _) => Px(width) - edges.horizontal(),
        (None, AvailableSpace::MinContent) => intrinsic::content_sizes(cx, id).min,
        (None, AvailableSpace::MaxContent) => intrinsic::content_sizes(cx, id).max,
        (None, AvailableSpace::Definite(width)) => {
            let sizes = intrinsic::content_sizes(cx, id);
            Px(width).clamp(sizes.min, sizes.max)
        }
    }
    .max(Px::ZERO);
    let height = match known.height {
        Some(height) => Px(height) - edges.vertical(),
        None if axis == RequestedAxis::Horizontal => Px::ZERO,
        None => height_of(cx, id, width + edges.horizontal()) - edges.vertical(),
    };
    taffy::Size { width: width.0, height: height.0.max(0.0) }
}

/// The height of an item's border box at a width, computed once for each width.
fn height_of(cx: &mut Context, id: BoxId, width: Px) -> Px {
    let key = (id, width.0.to_bits());
    if let Some(known) = cx.memo.heights.get(&key) {
        return *known;
    }
    let space = Space::endless(width, InlineSize::Exact(width));
    let height = block::independent(cx, id, &space).height();
    cx.memo.heights.insert(key, height);
    height
}

/// Cuts items into bands: runs whose extents down the page overlap.
pub(super) fn bands(items: &[Item]) -> Vec<Band> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|a, b| items[*a].rect.top().0.total_cmp(&items[*b].rect.top().0));
    let mut bands: Vec<Band> = Vec::new();
    for index in order {
        let rect = items[index].rect;
        match bands.last_mut() {
            Some(band) if rect.top() < band.bottom - Px(0.01) || rect.bottom() <= band.bottom => {
                band.bottom = band.bottom.max(rect.bottom());
                band.items.push(index);
            }
            _ => bands.push(Band { top: rect.top(), bottom: rect.bottom(), items: vec![index] }),
        }
    }
    for band in &mut bands {
        band.items.sort_unstable();
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(top: f32, height: f32) -> Item {
        Item { of: BoxId(0), rect: Rect::new(Px(0.0), Px(top), Px(10.0), Px(height)), shift: Px::ZERO }
    }

    #[test]
    fn items_that_overlap_share_a_band() {
        let items = [item(0.0, 50.0), item(0.0, 20.0), item(30.0, 20.0), item(60.0, 10.0)];
        let bands = bands(&items);
        assert_eq!(bands.len(), 2);
        assert_eq!(bands[0].items, [0, 1, 2]);
        assert_eq!(bands[1].top, Px(60.0));
    }
}
