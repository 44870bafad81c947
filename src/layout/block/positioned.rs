//! Containing blocks that are inline boxes (CSS 2, 10.1).

use crate::geom::{Edges, Rect};
use crate::layout::context::Context;
use crate::layout::inline::{BoxPart, FragmentContent, Paragraph};
use crate::layout::sizing::Frame;
use crate::style::NodeId;
use crate::style::computed::{Display, Position};
use crate::units::Px;

/// The containing block of an absolute box that stands in a relative inline box: from the upper left corner of the
/// inline box's first padding box to the lower right corner of its last, among the lines from `start` to `end`.
/// Relative to the first of them.
pub(super) fn containing_block(
    cx: &Context,
    node: NodeId,
    paragraph: &Paragraph,
    (start, end): (usize, usize),
) -> Option<Rect> {
    let mut around = cx.tree.node(node).parent;
    let inline = loop {
        let node = around?;
        let style = &cx.tree.node(node).style;
        match (style.display, style.position.scheme) {
            (Display::Contents, _) | (Display::Inline, Position::Static) => {}
            (Display::Inline, Position::Relative) => break node,
            _ => return None,
        }
        around = cx.tree.node(node).parent;
    };
    let lines = &paragraph.lines[start..end];
    let top = lines.first().map_or(Px::ZERO, |line| line.top);
    let mut parts = lines.iter().flat_map(|line| {
        line.fragments.iter().filter_map(move |fragment| match &fragment.content {
            FragmentContent::Box(part) if fragment.node == Some(inline) => Some((line.top - top, *part)),
            _ => None,
        })
    });
    let first = parts.next()?;
    let last = parts.last().unwrap_or(first);
    let border = Frame::of(&cx.tree.node(inline).style, Px::ZERO).border;
    let padding_box = |(down, part): (Px, BoxPart)| {
        let border = Edges {
            left: if part.left_edge { border.left } else { Px::ZERO },
            right: if part.right_edge { border.right } else { Px::ZERO },
            ..border
        };
        let rect = part.rect.inset(border);
        Rect::new(rect.left(), rect.top() + down, rect.size.width, rect.size.height)
    };
    let (first, last) = (padding_box(first), padding_box(last));
    let (width, height) = (last.right() - first.left(), last.bottom() - first.top());
    Some(Rect::new(first.left(), first.top(), width.max(Px::ZERO), height.max(Px::ZERO)))
}
