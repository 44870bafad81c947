//! Where taffy puts the items of a flex or grid container, cut into bands that can go to different pages.

use taffy::{
    AvailableSpace, Baselines, DetailedLayoutInfo, LayoutInput, LayoutOutput, TaffyTree, compute_leaf_layout,
};

use super::style::{self, Basis};
use super::{Band, Item, Plan};
use crate::geom::{Edges, Point, Rect, Size};
use crate::layout::block::Inner;
use crate::layout::boxes::{BoxId, Kind};
use crate::layout::context::Context;
use crate::layout::fragment::Pending;
use crate::layout::inline::ContentSizes;
use crate::layout::intrinsic;
use crate::layout::sizing::Frame;
use crate::layout::space::BlockSize;
use crate::style::computed::Align;
use crate::units::Px;

/// The plan of a container with this content box.
pub(super) fn plan(cx: &mut Context, id: BoxId, inner: &Inner) -> Plan {
    let basis = Basis { width: Some(inner.width), height: inner.height, heights: inner.limits };
    let solved = solve(cx, id, basis, AvailableSpace::Definite(inner.width.0));
    let mut plan = Plan { height: solved.size.height, absolute: solved.absolute, ..Plan::default() };
    for (of, rect, basis) in solved.items {
        let block = BlockSize::Exact(rect.size.height);
        plan.items.push(Item { of, rect, block, basis, shift: Px::ZERO });
    }
    plan.bands = bands(&plan.items);
    plan
}

/// The content sizes of a container.
pub(in crate::layout) fn content_sizes(cx: &mut Context, id: BoxId) -> ContentSizes {
    let basis = Basis { width: None, height: None, heights: (Px::ZERO, Px(f32::INFINITY)) };
    let min = solve(cx, id, basis, AvailableSpace::MinContent).size.width;
    let max = solve(cx, id, basis, AvailableSpace::MaxContent).size.width;
    ContentSizes { min, max: max.max(min) }
}

/// What taffy says, relative to the content box.
#[derive(Default)]
struct Solved {
    size: Size,
    /// Each item with its border box and the width that its percentages refer to.
    items: Vec<(BoxId, Rect, Px)>,
    absolute: Vec<Pending>,
}

type Tree = TaffyTree<BoxId>;

/// Runs taffy over a container and its items, measured through our own layout.
fn solve(cx: &mut Context, id: BoxId, basis: Basis, available: AvailableSpace) -> Solved {
    let layout_box = cx.layout_box(id);
    let mut tree: Tree = TaffyTree::with_capacity(layout_box.children.len() + 1);
    tree.disable_rounding();
    let mut leaves = Vec::new();
    let is_placed = basis.width.is_some();
    for &child in &layout_box.children {
        let of = cx.layout_box(child);
        if of.is_running() || (of.is_absolute() && !is_placed) {
            continue;
        }
        let mut style = style::item(cx, child, layout_box, basis);
        if of.is_absolute() {
            style.position = taffy::Position::Absolute;
            if !is_grid_around(cx, id) {
                (style.grid_row, style.grid_column) = Default::default();
            }
        }
        leaves.extend(tree.new_leaf_with_context(style, child).map(|leaf| (child, leaf)));
    }
    let nodes: Vec<taffy::NodeId> = leaves.iter().map(|(_, leaf)| *leaf).collect();
    let padding = match (is_grid_around(cx, id), basis.width) {
        (true, Some(width)) => Frame::of_box(cx, id, width).padding,
        _ => Edges::default(),
    };
    let mut root = style::container(layout_box, basis);
    root.position = taffy::Position::Relative;
    root.padding = style::rect(padding.map(|padding| taffy::LengthPercentage::length(padding.0)));
    let Ok(root) = tree.new_with_children(root, &nodes) else { return Solved::default() };
    let height = basis.height.map_or(AvailableSpace::MaxContent, |height| AvailableSpace::Definite(height.0));
    let space = taffy::Size { width: available, height };
    let on_baseline = is_on_baseline(cx, id);
    let measured = tree.compute_layout_with_measure(root, space, |inputs, _, child, style| match child {
        Some(child) => leaf(cx, *child, (inputs, style), on_baseline),
        None => LayoutOutput::HIDDEN,
    });
    if measured.is_err() {
        return Solved::default();
    }
    read(cx, id, &tree, (root, &leaves), padding)
}

/// Whether a container is a grid that absolute boxes in it are placed against.
fn is_grid_around(cx: &Context, id: BoxId) -> bool {
    let layout_box = cx.layout_box(id);
    matches!(layout_box.kind, Kind::Grid) && layout_box.is_containing_block()
}

/// Whether baselines say where an item goes.
fn is_on_baseline(cx: &Context, id: BoxId) -> bool {
    let layout_box = cx.layout_box(id);
    let is_baseline = |child: &BoxId| cx.layout_box(*child).style.flex.align_self == Align::Baseline;
    layout_box.style.flex.align_items == Align::Baseline || layout_box.children.iter().any(is_baseline)
}

/// Takes the places out of a tree that is laid out.
fn read(
    cx: &Context,
    id: BoxId,
    tree: &Tree,
    (root, leaves): (taffy::NodeId, &[(BoxId, taffy::NodeId)]),
    padding: Edges<Px>,
) -> Solved {
    let size = tree.unrounded_layout(root).size;
    let size = Size::new(Px(size.width) - padding.horizontal(), Px(size.height) - padding.vertical());
    let mut solved = Solved { size, ..Solved::default() };
    let content = Point::new(-padding.left, -padding.top);
    let grid = match tree.detailed_layout_info(root) {
        DetailedLayoutInfo::Grid(grid) => Some(grid),
        DetailedLayoutInfo::None => None,
    };
    for &(child, leaf) in leaves {
        let layout = tree.unrounded_layout(leaf);
        let (at, own) = (layout.location, layout.size);
        let rect = Rect::new(Px(at.x), Px(at.y), Px(own.width), Px(own.height)).shifted(content);
        if cx.layout_box(child).is_absolute() {
            let margin = Frame::of_box(cx, child, size.width).margin;
            let area = grid.filter(|_| is_grid_around(cx, id)).and_then(|grid| {
                let style = tree.style(leaf).ok()?;
                let around = tree.unrounded_layout(root).size;
                let around = taffy::Rect { left: 0.0, right: around.width, top: 0.0, bottom: around.height };
                let (row, column) = (style.grid_row.clone(), style.grid_column.clone());
                let area =
                    grid.resolve_absolute_grid_area(row, column, tree.style(root).ok()?.direction, around);
                let size = (Px(area.right - area.left), Px(area.bottom - area.top));
                Some(Rect::new(Px(area.left), Px(area.top), size.0, size.1).shifted(content))
            });
            let at = rect.origin - Point::new(margin.left, margin.top);
            solved.absolute.push(Pending { of: child, at, area });
        } else {
            let area = grid.and_then(|grid| grid.item_grid_area(solved.items.len()));
            let basis = area.map_or(size.width, |(_, area)| Px(area.width));
            solved.items.push((child, rect, basis));
        }
    }
    solved
}

/// What an item says to taffy.
fn leaf(
    cx: &mut Context,
    id: BoxId,
    (inputs, style): (LayoutInput, &taffy::Style),
    on_baseline: bool,
) -> LayoutOutput {
    let basis = Px(inputs.parent_size.width.unwrap_or(0.0));
    let edges = Frame::of_box(cx, id, basis).inner();
    let axis = inputs.axis;
    let mut output = compute_leaf_layout(
        inputs,
        style,
        |_, _| 0.0,
        |known, available| {
            let known = taffy::Size {
                width: known.width.map(|width| Px(width) - edges.horizontal()),
                height: known.height.map(|height| Px(height) - edges.vertical()),
            };
            let size = match &cx.layout_box(id).kind {
                Kind::Picture(picture) => of_picture(picture.size(), known),
                _ => {
                    let width = width_of(cx, id, known.width, available.width);
                    let height = match known.height {
                        Some(height) => height,
                        None if axis == taffy::RequestedAxis::Horizontal => Px::ZERO,
                        None => {
                            let outer = width + edges.horizontal();
                            intrinsic::measure(cx, id, outer, basis).height - edges.vertical()
                        }
                    };
                    Size::new(width, height)
                }
            };
            taffy::Size { width: size.width.0.max(0.0), height: size.height.0.max(0.0) }
        },
    );
    if on_baseline && !matches!(cx.layout_box(id).kind, Kind::Picture(_)) {
        let first = intrinsic::measure(cx, id, Px(output.size.width), basis).baseline;
        output.baselines = Baselines::from_first(first.map(|first| first.0));
    }
    output
}

/// The width of the content of an item.
fn width_of(cx: &mut Context, id: BoxId, known: Option<Px>, available: AvailableSpace) -> Px {
    let width = match (known, available) {
        (Some(width), _) => width,
        (None, AvailableSpace::MinContent) => intrinsic::content_sizes(cx, id).min,
        (None, AvailableSpace::MaxContent) => intrinsic::content_sizes(cx, id).max,
        (None, AvailableSpace::Definite(width)) => {
            let sizes = intrinsic::content_sizes(cx, id);
            Px(width).clamp(sizes.min, sizes.max)
        }
    };
    width.max(Px::ZERO)
}

/// The size of a picture, its ratio kept where only one side is known.
fn of_picture(natural: Size, known: taffy::Size<Option<Px>>) -> Size {
    let ratio = if natural.height > Px::ZERO { natural.width / natural.height } else { 0.0 };
    match (known.width, known.height) {
        (Some(width), Some(height)) => Size::new(width, height),
        (Some(width), None) if ratio > 0.0 => Size::new(width, width / ratio),
        (None, Some(height)) => Size::new(height * ratio, height),
        _ => natural,
    }
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
        let rect = Rect::new(Px(0.0), Px(top), Px(10.0), Px(height));
        Item { of: BoxId(0), rect, block: BlockSize::Own, basis: Px(10.0), shift: Px::ZERO }
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
