//! Widths, heights and edges of boxes (CSS 2, 10; CSS Sizing 3; CSS Sizing 4, `aspect-ratio`).

use super::boxes::{BoxId, Kind, Origin};
use super::context::Context;
use super::intrinsic;
use super::replaced;
use super::space::{BlockSize, InlineSize, Space};
use crate::geom::Edges;
use crate::style::computed::{BoxSizing, ComputedStyle, Direction, Overflow, Sizing};
use crate::units::Px;

/// The edges of a box, in px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Frame {
    /// Margins; `auto` is nothing here.
    pub margin: Edges<Px>,
    /// Border widths.
    pub border: Edges<Px>,
    /// Paddings.
    pub padding: Edges<Px>,
}

impl Frame {
    /// The edges in a containing block of this content width.
    pub fn of(style: &ComputedStyle, width: Px) -> Self {
        Self {
            margin: style.boxes.margin.map(|margin| margin.resolve(width).unwrap_or(Px::ZERO)),
            border: style.border.widths(),
            padding: style.boxes.padding.map(|padding| padding.resolve(width).max(Px::ZERO)),
        }
    }

    /// The edges of a box: an anonymous one has none.
    pub fn of_box(cx: &Context, id: BoxId, width: Px) -> Self {
        let layout_box = cx.layout_box(id);
        match layout_box.kind {
            Kind::Lines(_) => Self::default(),
            _ => Self::of(&layout_box.style, width),
        }
    }

    /// Borders and paddings together.
    pub fn inner(&self) -> Edges<Px> {
        Edges {
            top: self.border.top + self.padding.top,
            right: self.border.right + self.padding.right,
            bottom: self.border.bottom + self.padding.bottom,
            left: self.border.left + self.padding.left,
        }
    }
}

/// The width of the border box.
pub(super) fn border_width(cx: &mut Context, id: BoxId, space: &Space) -> Px {
    if let InlineSize::Exact(width) = space.inline {
        return width.max(Px::ZERO);
    }
    let layout_box = cx.layout_box(id);
    let style = &layout_box.style;
    let frame = Frame::of_box(cx, id, space.width);
    let extra = frame.inner().horizontal();
    if matches!(layout_box.kind, Kind::Picture(_)) {
        return replaced::content_size(cx, id, space.width, space.height).width + extra;
    }
    let available = space.width - frame.margin.horizontal();
    let automatic = match (space.inline, &layout_box.kind) {
        (InlineSize::Fill, Kind::Table(_) | Kind::Captioned) | (InlineSize::Fit, _) => None,
        _ => Some(available),
    };
    let by_ratio = style.boxes.aspect_ratio.and_then(|ratio| {
        let height = definite(style.boxes.height, space.height)?;
        Some(outer(height, style, frame.inner().vertical()) * ratio)
    });
    let mut content_based = |sizing: Sizing| -> Option<Px> {
        let sizes = |cx: &mut Context| {
            let inner = intrinsic::content_sizes(cx, id);
            (inner.min + extra, inner.max + extra)
        };
        match sizing {
            Sizing::Auto => None,
            Sizing::Length(length) => Some(outer(length.resolve(space.width), style, extra)),
            Sizing::MinContent => Some(sizes(cx).0),
            Sizing::MaxContent => Some(sizes(cx).1),
            Sizing::FitContent => {
                let (min, max) = sizes(cx);
                Some(available.clamp(min, max))
            }
        }
    };
    let anonymous = layout_box.origin == Origin::Anonymous;
    let given = if anonymous { None } else { content_based(style.boxes.width).or(by_ratio) };
    let automatic = match style.boxes.aspect_ratio.filter(|_| !anonymous) {
        // The limits of the height are limits of the width too (CSS Sizing 4, section 5.1).
        Some(ratio) => automatic.map(|width| {
            let limit = |sizing| {
                let height = definite(sizing, space.height)?;
                Some(outer(height, style, frame.inner().vertical()) * ratio)
            };
            let (low, high) = (limit(style.boxes.min_height), limit(style.boxes.max_height));
            width.clamp(low.unwrap_or(Px::ZERO), high.unwrap_or(Px(f32::INFINITY)))
        }),
        None => automatic,
    };
    let width = match given.or(automatic) {
        Some(width) => width,
        None => content_based(Sizing::FitContent).unwrap_or(available),
    };
    let (min, max) = if anonymous {
        (None, None)
    } else {
        (content_based(style.boxes.min_width), content_based(style.boxes.max_width))
    };
    let least = if intrinsic::is_table(layout_box) { content_based(Sizing::MinContent) } else { None };
    let width = width.clamp(min.unwrap_or(Px::ZERO), max.unwrap_or(Px(f32::INFINITY)));
    width.max(least.unwrap_or(extra)).max(extra)
}

/// The used left and right margins of a block whose border box is `width` wide, in a containing block of a width
/// and a direction (CSS 2, 10.3.3).
pub(super) fn horizontal_margins(
    style: &ComputedStyle,
    width: Px,
    (containing, direction): (Px, Direction),
) -> (Px, Px) {
    let left = style.boxes.margin.left.resolve(containing);
    let right = style.boxes.margin.right.resolve(containing);
    let free = containing - width;
    let leftwards = direction == Direction::Rtl;
    match (left, right) {
        // What is too much or too little is the end side's.
        (_, Some(right)) if leftwards && (left.is_some() || free < right) => (free - right, right),
        (None, None) if leftwards && free < Px::ZERO => (free, Px::ZERO),
        (Some(left), Some(right)) => (left, right),
        (None, Some(right)) => ((free - right).max(Px::ZERO), right),
        (Some(left), None) => (left, (free - left).max(Px::ZERO)),
        (None, None) => ((free / 2.0).max(Px::ZERO), (free / 2.0).max(Px::ZERO)),
    }
}

/// What `height`, `min-height` and `max-height` make of the height of a content box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Heights {
    /// The height, where it does not depend on the content.
    pub definite: Option<Px>,
    /// The least.
    pub min: Px,
    /// The most.
    pub max: Px,
}

impl Heights {
    /// Of the content box of a box whose border box is `width` wide.
    pub fn of(cx: &Context, id: BoxId, space: &Space, width: Px) -> Self {
        let free = Self { definite: None, min: Px::ZERO, max: Px(f32::INFINITY) };
        let layout_box = cx.layout_box(id);
        let style = &layout_box.style;
        let extra = Frame::of_box(cx, id, space.width).inner();
        let content = |height: Px| (height - extra.vertical()).max(Px::ZERO);
        match space.block {
            // No height makes a table shorter than its rows (CSS 2, 17.5.3).
            BlockSize::Exact(height) if matches!(layout_box.kind, Kind::Table(_)) => {
                return Self { min: content(height), ..free };
            }
            BlockSize::Exact(height) => return Self { definite: Some(content(height)), ..free },
            BlockSize::AtLeast(height) => return Self { min: content(height), ..free },
            BlockSize::Content | BlockSize::Own => {}
        }
        if layout_box.origin == Origin::Anonymous {
            return free;
        }
        let inner = |sizing: Sizing| {
            definite(sizing, space.height).map(|height| match style.boxes.sizing {
                BoxSizing::ContentBox => height,
                BoxSizing::BorderBox => (height - extra.vertical()).max(Px::ZERO),
            })
        };
        let (min, max) = (inner(style.boxes.min_height), inner(style.boxes.max_height));
        let ratio = style.boxes.aspect_ratio.filter(|ratio| *ratio > 0.0);
        let by_ratio = ratio.map(|ratio| match style.boxes.sizing {
            BoxSizing::ContentBox => (width - extra.horizontal()) / ratio,
            BoxSizing::BorderBox => width / ratio - extra.vertical(),
        });
        if space.block == BlockSize::Content {
            return Self { min: by_ratio.unwrap_or(Px::ZERO), ..free };
        }
        let max = max.unwrap_or(Px(f32::INFINITY));
        // What is in a box with a ratio makes it taller, unless it is cut off or a minimum is given (CSS Sizing 4,
        // section 5.1).
        let is_strict = style.boxes.overflow != Overflow::Visible || style.boxes.min_height != Sizing::Auto;
        let min_or_zero = min.unwrap_or(Px::ZERO);
        let (definite, min) = match (inner(style.boxes.height), by_ratio) {
            (None, Some(height)) if is_strict => (Some(height), min_or_zero),
            (None, Some(height)) => (None, height.clamp(min_or_zero, max)),
            (definite, _) => (definite, min_or_zero),
        };
        if matches!(layout_box.kind, Kind::Table(_)) {
            return Self { min: definite.map_or(min, |height| height.min(max).max(min)), ..free };
        }
        Self { definite: definite.map(|height| height.clamp(min, max)), min, max }
    }

    /// The used height for content that is `content` tall.
    pub fn used(&self, content: Px) -> Px {
        self.definite.unwrap_or_else(|| content.clamp(self.min, self.max))
    }
}

/// A length, or a percentage of a definite `basis`.
pub(super) fn definite(sizing: Sizing, basis: Option<Px>) -> Option<Px> {
    match sizing {
        Sizing::Length(length) if length.percent == 0.0 => Some(length.px),
        Sizing::Length(length) => basis.map(|basis| length.resolve(basis)),
        _ => None,
    }
}

/// The border-box size of a specified size.
pub(super) fn outer(size: Px, style: &ComputedStyle, extra: Px) -> Px {
    match style.boxes.sizing {
        BoxSizing::ContentBox => size.max(Px::ZERO) + extra,
        BoxSizing::BorderBox => size.max(extra),
    }
}
