//! Running headers and footers: the sixteen margin boxes of a page (CSS Paged Media 3, section 5).

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::LaidPage;
use super::survey::PageValues;
use crate::geom::{Point, Rect};
use crate::layout::Artifact;
use crate::layout::block;
use crate::layout::boxes::BoxId;
use crate::layout::context::Context;
use crate::layout::fragment::Fragment;
use crate::layout::inline::{ContentSizes, Paragraph, Prepared};
use crate::layout::intrinsic;
use crate::layout::sizing::Frame;
use crate::layout::space::{InlineSize, Space};
use crate::media::Picture;
use crate::style::computed::{ComputedStyle, ContentItem, MarginBox, Sizing, TextAlign, VerticalAlign};
use crate::units::Px;

/// A margin box with what is in it.
#[derive(Debug)]
pub(in crate::layout) struct MarginContent {
    /// Its border box on the sheet.
    pub rect: Rect,
    /// Its style.
    pub style: Arc<ComputedStyle>,
    /// What is in it, and where that starts on the sheet.
    pub inside: MarginInside,
    /// The origin of what is in it.
    pub at: Point,
    /// What it is to those who hear the page.
    pub artifact: Artifact,
}

/// What is in a margin box.
#[derive(Debug)]
pub(in crate::layout) enum MarginInside {
    /// Text.
    Text(Rc<Paragraph>),
    /// A running element.
    Box(Box<Fragment>),
    /// A picture of this rectangle, on the sheet.
    Picture(Arc<Picture>, Rect),
}

/// A margin box before it has a place.
struct Waiting {
    style: Arc<ComputedStyle>,
    content: Source,
    sizes: ContentSizes,
}

enum Source {
    Text(Box<Prepared>),
    Box(BoxId),
    Picture(Arc<Picture>),
}

/// What the margin boxes of one page can quote.
pub(in crate::layout) struct Quotes<'q> {
    /// The page's number.
    pub page: i32,
    /// The named strings.
    pub strings: &'q PageValues<Arc<str>>,
    /// The running elements by name.
    pub running: &'q PageValues<BoxId>,
}

/// The margin boxes of a page.
pub(in crate::layout) fn margin_boxes(
    cx: &mut Context,
    page: &LaidPage,
    quotes: &Quotes,
) -> Vec<MarginContent> {
    cx.numbers.margins_of = Some(quotes.page);
    let mut waiting: BTreeMap<u8, Waiting> = BTreeMap::new();
    for (name, style, content) in &page.style.boxes {
        if let Some(found) = prepare(cx, style, content, quotes) {
            waiting.insert(*name as u8, found);
        }
    }
    let mut placed = Vec::new();
    for edge in EDGES {
        place_edge(cx, page, &edge, &mut waiting, &mut placed);
    }
    for (corner, place) in CORNERS {
        if let Some(found) = waiting.remove(&(corner as u8)) {
            placed.push(set(cx, found, corner_rect(page, place), corner));
        }
    }
    placed
}

/// Collects and shapes what a margin box quotes.
fn prepare(
    cx: &mut Context,
    style: &Arc<ComputedStyle>,
    content: &[ContentItem],
    quotes: &Quotes,
) -> Option<Waiting> {
    let mut text = String::new();
    for item in content {
        match item {
            ContentItem::String(name, position) => {
                text.push_str(quotes.strings.get(name, *position).map_or("", |value| value));
            }
            ContentItem::Running(name, position) => {
                let &id = quotes.running.get(name, *position)?;
                cx.forget(id);
                let sizes = intrinsic::contribution(cx, id);
                return Some(Waiting { style: style.clone(), content: Source::Box(id), sizes });
            }
            ContentItem::Picture(picture) => {
                let width = picture.size().width;
                let sizes = ContentSizes { min: width, max: width };
                return Some(Waiting {
                    style: style.clone(),
                    content: Source::Picture(picture.clone()),
                    sizes,
                });
            }
            item => text.push_str(&cx.numbers.text(None, item)),
        }
    }
    let lang = cx.tree.meta.lang.clone();
    let typesetter = cx.typesetter;
    let prepared = typesetter.prepare_text(style, &lang, &text);
    let sizes = prepared.content_sizes(cx);
    Some(Waiting { style: style.clone(), content: Source::Text(Box::new(prepared)), sizes })
}

/// An edge of the page with its three boxes.
struct Edge {
    boxes: [MarginBox; 3],
    side: Side,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Top,
    Right,
    Bottom,
    Left,
}

const EDGES: [Edge; 4] = [
    Edge { boxes: [MarginBox::TopLeft, MarginBox::TopCenter, MarginBox::TopRight], side: Side::Top },
    Edge { boxes: [MarginBox::RightTop, MarginBox::RightMiddle, MarginBox::RightBottom], side: Side::Right },
    Edge {
        boxes: [MarginBox::BottomLeft, MarginBox::BottomCenter, MarginBox::BottomRight],
        side: Side::Bottom,
    },
    Edge { boxes: [MarginBox::LeftTop, MarginBox::LeftMiddle, MarginBox::LeftBottom], side: Side::Left },
];

const CORNERS: [(MarginBox, (Side, Side)); 4] = [
    (MarginBox::TopLeftCorner, (Side::Top, Side::Left)),
    (MarginBox::TopRightCorner, (Side::Top, Side::Right)),
    (MarginBox::BottomRightCorner, (Side::Bottom, Side::Right)),
    (MarginBox::BottomLeftCorner, (Side::Bottom, Side::Left)),
];

/// The strip of the sheet that an edge's boxes share.
fn strip(page: &LaidPage, side: Side) -> Rect {
    let (size, margin) = (page.style.size, page.style.margin);
    let (across, down) = (size.width - margin.horizontal(), size.height - margin.vertical());
    match side {
        Side::Top => Rect::new(margin.left, Px::ZERO, across, margin.top),
        Side::Bottom => Rect::new(margin.left, size.height - margin.bottom, across, margin.bottom),
        Side::Left => Rect::new(Px::ZERO, margin.top, margin.left, down),
        Side::Right => Rect::new(size.width - margin.right, margin.top, margin.right, down),
    }
}

fn corner_rect(page: &LaidPage, (vertical, horizontal): (Side, Side)) -> Rect {
    let (down, across) = (strip(page, vertical), strip(page, horizontal));
    Rect {
        origin: Point::new(across.left(), down.top()),
        size: crate::geom::Size::new(across.size.width, down.size.height),
    }
}

fn place_edge(
    cx: &mut Context,
    page: &LaidPage,
    edge: &Edge,
    waiting: &mut BTreeMap<u8, Waiting>,
    placed: &mut Vec<MarginContent>,
) {
    let found = edge.boxes.map(|name| waiting.remove(&(name as u8)));
    let strip = strip(page, edge.side);
    let is_row = matches!(edge.side, Side::Top | Side::Bottom);
    let extents = found.each_ref().map(|found| found.as_ref().map(|found| wanted(found, strip, is_row)));
    let along = if is_row { strip.size.width } else { strip.size.height };
    let sizes = if is_row { shares(extents, along) } else { [along / 3.0; 3] };
    let mut starts = [Px::ZERO, (along - sizes[1]) / 2.0, along - sizes[2]];
    if !is_row {
        starts = [Px::ZERO, sizes[0], sizes[0] + sizes[1]];
    }
    for (index, found) in found.into_iter().enumerate() {
        let Some(found) = found else { continue };
        let rect = if is_row {
            Rect::new(strip.left() + starts[index], strip.top(), sizes[index], strip.size.height)
        } else {
            Rect::new(strip.left(), strip.top() + starts[index], strip.size.width, sizes[index])
        };
        placed.push(set(cx, found, rect, edge.boxes[index]));
    }
}

/// The least and the most that a box wants along its edge.
fn wanted(found: &Waiting, strip: Rect, is_row: bool) -> ContentSizes {
    let frame = Frame::of(&found.style, strip.size.width);
    let extra = frame.inner().horizontal() + frame.margin.horizontal();
    match found.style.boxes.width {
        Sizing::Length(length) if is_row => {
            let width = length.resolve(strip.size.width) + extra;
            ContentSizes { min: width, max: width }
        }
        _ => ContentSizes { min: found.sizes.min + extra, max: found.sizes.max + extra },
    }
}

/// The sizes of the three boxes of an edge (section 5.3.2.1).
fn shares(wanted: [Option<ContentSizes>; 3], along: Px) -> [Px; 3] {
    let [a, b, c] = wanted;
    let none = ContentSizes::default();
    let Some(b) = b else {
        return match (a, c) {
            (Some(a), Some(c)) => {
                let (a, c) = fit(a, c, along);
                [a, Px::ZERO, c]
            }
            (Some(_), None) => [along, Px::ZERO, Px::ZERO],
            _ => [Px::ZERO, Px::ZERO, along],
        };
    };
    let (a, c) = (a.unwrap_or(none), c.unwrap_or(none));
    if a == none && c == none {
        return [Px::ZERO, along, Px::ZERO];
    }
    let sides = ContentSizes { min: a.min.max(c.min) * 2.0, max: a.max.max(c.max) * 2.0 };
    let (b, _) = fit(b, sides, along);
    let side = ((along - b) / 2.0).max(Px::ZERO);
    [side, b, side]
}

/// Shares a length between two boxes (section 5.3.2.4).
fn fit(a: ContentSizes, b: ContentSizes, along: Px) -> (Px, Px) {
    let share = |least: (Px, Px), free: Px, weights: (Px, Px)| {
        let total = weights.0 + weights.1;
        let part = if total > Px::ZERO { weights.0 / total } else { 0.5 };
        (least.0 + free * part, least.1 + free * (1.0 - part))
    };
    let most = a.max + b.max;
    let least = a.min + b.min;
    if most <= along {
        share((a.max, b.max), along - most, (a.max, b.max))
    } else if least <= along {
        share((a.min, b.min), along - least, (a.max - a.min, b.max - b.min))
    } else {
        share((a.min, b.min), along - least, (a.min, b.min))
    }
}

/// Sets the content of a box into its rectangle.
fn set(cx: &mut Context, found: Waiting, rect: Rect, name: MarginBox) -> MarginContent {
    let (align, vertical) = alignment(&found.style, name);
    let frame = Frame::of(&found.style, rect.size.width);
    let border_box = rect.inset(frame.margin);
    let content = border_box.inset(frame.inner());
    let width = content.size.width;
    let along = |free: Px| match align {
        TextAlign::Center => free / 2.0,
        TextAlign::Right | TextAlign::End => free,
        _ => Px::ZERO,
    };
    let down = |height: Px| match vertical {
        VerticalAlign::Top | VerticalAlign::TextTop => Px::ZERO,
        VerticalAlign::Bottom | VerticalAlign::TextBottom => content.size.height - height,
        _ => (content.size.height - height) / 2.0,
    };
    let (inside, at) = match found.content {
        Source::Text(prepared) => {
            let typesetter = cx.typesetter;
            let paragraph = prepared.layout(typesetter, width, cx);
            let is_default = found.style.text.align == TextAlign::Start;
            let shift = if is_default { along(width - paragraph.width) } else { Px::ZERO };
            let at = content.origin + Point::new(shift, down(paragraph.height));
            (MarginInside::Text(paragraph), at)
        }
        Source::Box(id) => {
            let height = Some(content.size.height);
            let is_wide = matches!(name, MarginBox::TopCenter | MarginBox::BottomCenter);
            let inline = if is_wide { InlineSize::Fill } else { InlineSize::Fit };
            let space = Space { height, ..Space::endless(width, inline) };
            let fragment = block::independent(cx, id, &space);
            let shift = Point::new(along(width - fragment.rect.size.width), down(fragment.height()));
            (MarginInside::Box(Box::new(fragment)), content.origin + shift)
        }
        Source::Picture(picture) => {
            let size = picture.size();
            let at = content.origin + Point::new(along(width - size.width), down(size.height));
            (MarginInside::Picture(picture, Rect { origin: at, size }), at)
        }
    };
    MarginContent { rect: border_box, style: found.style, inside, at, artifact: artifact(name) }
}

/// Whether a margin box is of the page's header or footer. What stands beside the text is neither.
const fn artifact(name: MarginBox) -> Artifact {
    use MarginBox as M;
    match name {
        M::TopLeftCorner | M::TopLeft | M::TopCenter | M::TopRight | M::TopRightCorner => Artifact::Header,
        M::BottomLeftCorner | M::BottomLeft | M::BottomCenter | M::BottomRight | M::BottomRightCorner => {
            Artifact::Footer
        }
        _ => Artifact::Pagination,
    }
}

/// How a margin box aligns its content where its style says nothing (section 5.2, the table).
fn alignment(style: &ComputedStyle, name: MarginBox) -> (TextAlign, VerticalAlign) {
    use MarginBox as M;
    let align = match name {
        M::TopLeft | M::BottomLeft => TextAlign::Left,
        M::TopRight | M::BottomRight | M::TopLeftCorner | M::BottomLeftCorner => TextAlign::Right,
        M::TopRightCorner | M::BottomRightCorner => TextAlign::Left,
        _ => TextAlign::Center,
    };
    let vertical = match name {
        M::LeftTop | M::RightTop => VerticalAlign::Top,
        M::LeftBottom | M::RightBottom => VerticalAlign::Bottom,
        _ => VerticalAlign::Middle,
    };
    let align = if style.text.align == TextAlign::Start { align } else { style.text.align };
    let given = style.inline.vertical_align;
    (align, if given == VerticalAlign::Baseline { vertical } else { given })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(min: f32, max: f32) -> Option<ContentSizes> {
        Some(ContentSizes { min: Px(min), max: Px(max) })
    }

    #[test]
    fn the_middle_box_stays_in_the_middle() {
        assert_eq!(
            shares([sizes(10.0, 20.0), sizes(10.0, 60.0), None], Px(100.0)),
            [Px(20.0), Px(60.0), Px(20.0)]
        );
    }

    #[test]
    fn two_boxes_share_by_what_they_hold() {
        assert_eq!(
            shares([sizes(10.0, 60.0), None, sizes(10.0, 20.0)], Px(100.0)),
            [Px(75.0), Px(0.0), Px(25.0)]
        );
    }
}
