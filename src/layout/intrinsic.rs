//! Min-content and max-content widths (CSS Sizing 3, section 5), each computed once a box.

use super::bands;
use super::block;
use super::boxes::{BoxId, Kind, LayoutBox, Origin};
use super::columns;
use super::context::Context;
use super::inline::ContentSizes;
use super::replaced;
use super::sizing::{Frame, outer};
use super::space::{BlockSize, InlineSize, Space};
use super::table;
use crate::style::computed::{Clear, ComputedStyle, Float, Sizing};
use crate::units::Px;

/// The narrowest and the widest that the content box of a box would be.
pub(super) fn content_sizes(cx: &mut Context, id: BoxId) -> ContentSizes {
    if let Some(known) = cx.memo.sizes[id.0 as usize] {
        return known;
    }
    let sizes = match &cx.layout_box(id).kind {
        Kind::Lines(_) => lines(cx, id),
        Kind::Picture(_) => picture(cx, id),
        Kind::Flow => flow(cx, id),
        Kind::Captioned => captioned(cx, id),
        Kind::Flex | Kind::Grid => bands::content_sizes(cx, id),
        Kind::Table(_) => table::content_sizes(cx, id),
        Kind::Columns => columns::content_sizes(cx, id),
    };
    cx.memo.sizes[id.0 as usize] = Some(sizes);
    sizes
}

/// What a box adds to the sizes of its container: its margin box.
pub(super) fn contribution(cx: &mut Context, id: BoxId) -> ContentSizes {
    let layout_box = cx.layout_box(id);
    if matches!(layout_box.kind, Kind::Lines(_)) {
        return content_sizes(cx, id);
    }
    let style = &layout_box.style;
    let frame = Frame::of_box(cx, id, Px::ZERO);
    let extra = frame.inner().horizontal();
    let margin = if layout_box.origin == Origin::Element { frame.margin.horizontal() } else { Px::ZERO };
    let bordered = |sizing: Sizing| match sizing {
        Sizing::Length(length) if length.percent == 0.0 => Some(outer(length.px, style, extra)),
        _ => None,
    };
    let given = (layout_box.origin == Origin::Element).then(|| bordered(style.boxes.width)).flatten();
    let mut sizes = match given {
        Some(width) if !is_table(layout_box) => ContentSizes { min: width, max: width },
        _ => {
            let inner = content_sizes(cx, id);
            let (mut min, mut max) = (inner.min + extra, inner.max + extra);
            match style.boxes.width {
                Sizing::MinContent => max = min,
                Sizing::MaxContent => min = max,
                _ => {}
            }
            ContentSizes { min, max }
        }
    };
    if let (Some(width), true) = (given, is_table(layout_box)) {
        sizes = ContentSizes { min: sizes.min.max(width), max: sizes.min.max(width) };
    }
    if layout_box.origin == Origin::Element {
        let low = bordered(style.boxes.min_width).unwrap_or(Px::ZERO);
        let high = bordered(style.boxes.max_width).unwrap_or(Px(f32::INFINITY));
        sizes = ContentSizes { min: sizes.min.clamp(low, high), max: sizes.max.clamp(low, high) };
    }
    ContentSizes { min: (sizes.min + margin).max(Px::ZERO), max: (sizes.max + margin).max(Px::ZERO) }
}

/// What the content of a box asks for at a width.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    /// The height of the border box.
    pub height: Px,
    /// The first baseline, from the top of the border box.
    pub baseline: Option<Px>,
}

/// What the content of a box asks for where its border box is `width` wide and percentages are of `basis`; its own
/// `height` counts for nothing. Computed once for each width.
pub(super) fn measure(cx: &mut Context, id: BoxId, width: Px, basis: Px) -> Measured {
    let key = (id, width.0.to_bits(), basis.0.to_bits());
    if let Some(known) = cx.memo.measured.get(&key) {
        return *known;
    }
    let space = Space { block: BlockSize::Content, ..Space::endless(basis, InlineSize::Exact(width)) };
    let fragment = block::independent(cx, id, &space);
    let measured = Measured { height: fragment.height(), baseline: fragment.baseline };
    cx.memo.measured.insert(key, measured);
    measured
}

/// Whether a box is a table, with or without captions: no `width` makes it narrower than its content.
pub(super) fn is_table(layout_box: &LayoutBox) -> bool {
    matches!(layout_box.kind, Kind::Table(_) | Kind::Captioned)
}

/// Of a table with captions: those wrap to its width, but no narrower than their longest word (CSS Tables 3, 3.5.1).
fn captioned(cx: &mut Context, id: BoxId) -> ContentSizes {
    let layout_box = cx.layout_box(id);
    let mut sizes = ContentSizes::default();
    for &child in &layout_box.children {
        let own = contribution(cx, child);
        sizes.min = sizes.min.max(own.min);
        if is_table(cx.layout_box(child)) {
            sizes.max = sizes.max.max(own.max);
        }
    }
    ContentSizes { max: sizes.max.max(sizes.min), ..sizes }
}

/// Of a block container: its widest child; floats beside each other, and beside lines and what stands beside floats.
fn flow(cx: &mut Context, id: BoxId) -> ContentSizes {
    let layout_box = cx.layout_box(id);
    let mut sizes = ContentSizes::default();
    let mut floats = FloatSizes::default();
    for &child in &layout_box.children {
        let of = cx.layout_box(child);
        if of.is_absolute() || of.is_running() {
            continue;
        }
        let own = contribution(cx, child);
        sizes.min = sizes.min.max(own.min);
        if of.origin == Origin::Element {
            floats.clear(of.style.position.clear, &mut sizes);
        }
        if of.is_float() {
            floats.put(&of.style, own.max);
            continue;
        }
        let is_beside = matches!(of.kind, Kind::Lines(_)) || of.is_formatting_context();
        let beside = if is_beside { floats.left + floats.right } else { Px::ZERO };
        sizes.max = sizes.max.max(own.max + beside);
        floats.clear(Clear::Both, &mut sizes);
    }
    floats.clear(Clear::Both, &mut sizes);
    sizes
}

/// How wide the floats are that may stand beside each other.
#[derive(Default)]
struct FloatSizes {
    left: Px,
    right: Px,
}

impl FloatSizes {
    fn put(&mut self, style: &ComputedStyle, width: Px) {
        match style.position.float {
            Float::Right => self.right += width,
            _ => self.left += width,
        }
    }

    /// Takes account of the floats that what follows is not beside.
    fn clear(&mut self, clear: Clear, sizes: &mut ContentSizes) {
        sizes.max = sizes.max.max(self.left + self.right);
        if matches!(clear, Clear::Left | Clear::Both) {
            self.left = Px::ZERO;
        }
        if matches!(clear, Clear::Right | Clear::Both) {
            self.right = Px::ZERO;
        }
    }
}

/// Of lines: their text, and the floats that stand in it.
fn lines(cx: &mut Context, id: BoxId) -> ContentSizes {
    let prepared = cx.prepared(id);
    let mut sizes = prepared.content_sizes(cx);
    for &child in &cx.layout_box(id).children {
        if cx.layout_box(child).is_float() {
            let own = contribution(cx, child);
            sizes = ContentSizes { min: sizes.min.max(own.min), max: sizes.max + own.max };
        }
    }
    sizes
}

/// Of a picture: its own width; one that is told a percentage can do with nothing (CSS Sizing 3, 5.2.2).
fn picture(cx: &Context, id: BoxId) -> ContentSizes {
    let style = &cx.layout_box(id).style;
    let width = replaced::content_size(cx, id, Px(1.0e6), None).width;
    let relative = |sizing: Sizing| matches!(sizing, Sizing::Length(length) if length.percent != 0.0);
    if relative(style.boxes.width) {
        let Kind::Picture(picture) = &cx.layout_box(id).kind else { return ContentSizes::default() };
        return ContentSizes { min: Px::ZERO, max: picture.size().width };
    }
    let min = if relative(style.boxes.max_width) { Px::ZERO } else { width };
    ContentSizes { min, max: width }
}
