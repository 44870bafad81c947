//! Markers outside list items (CSS Lists 3, section 4.3).

use super::{Inner, Inside, independent};
use crate::geom::Point;
use crate::layout::boxes::BoxId;
use crate::layout::context::Context;
use crate::layout::fragment::{Fragment, FragmentContent};
use crate::layout::intrinsic;
use crate::layout::space::{InlineSize, Space};
use crate::style::Content;
use crate::style::computed::Direction;
use crate::units::Px;

/// The gap between a marker and its item, in the item's font size.
const GAP: f32 = 0.4;

/// Puts the marker of a list item beside its first line, on the same baseline.
pub(super) fn place_marker(cx: &mut Context, id: BoxId, inner: &Inner, inside: &mut Inside) {
    let layout_box = cx.layout_box(id);
    let Some(marker) = layout_box.marker else { return };
    let width = intrinsic::content_sizes(cx, marker).max;
    let fragment = independent(cx, marker, &Space::endless(width, InlineSize::Exact(width)));
    let own = fragment.baseline.unwrap_or(fragment.height());
    let baseline = inside.baselines.0.unwrap_or(inner.offset.y + own);
    inside.baselines.0.get_or_insert(baseline);
    let gap = if ends_in_space(cx, marker) { Px::ZERO } else { layout_box.style.font.size * GAP };
    let x = match layout_box.style.text.direction {
        Direction::Ltr => inner.offset.x - gap - width,
        Direction::Rtl => inner.offset.x + inner.width + gap,
    };
    let lowest = baseline - own + fragment.height() - inner.offset.y;
    let fragment = fragment.placed(Point::new(x, baseline - own));
    if is_empty(&inside.content) {
        inside.height = inside.height.max(lowest).max(Px::ZERO);
    }
    if let FragmentContent::Boxes(children) = &mut inside.content {
        children.insert(0, fragment);
    }
}

/// Whether a marker brings its own gap.
fn ends_in_space(cx: &Context, marker: BoxId) -> bool {
    let node = cx.tree.node(cx.layout_box(marker).node);
    node.children.last().is_some_and(|&last| match &cx.tree.node(last).content {
        Content::Text(text) => text.ends_with(char::is_whitespace),
        _ => false,
    })
}

fn is_empty(content: &FragmentContent) -> bool {
    let has_height = |child: &Fragment| child.height() > Px::ZERO;
    matches!(content, FragmentContent::Boxes(children) if !children.iter().any(has_height))
}
