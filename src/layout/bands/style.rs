//! Computed styles as taffy's: flex and grid containers and their items. Lengths that mix px and percent are
//! resolved here, against the container's content box; taffy resolves plain percentages.

use taffy::prelude::{FromLength, TaffyAuto};
use taffy::{
    AlignContent, AlignItems, Dimension, LengthPercentage as TaffyLength, LengthPercentageAuto, Rect, Size,
    Style,
};

use crate::layout::boxes::{BoxId, Kind, LayoutBox, Origin};
use crate::layout::context::Context;
use crate::layout::sizing::Frame;
use crate::style::computed::{
    Align, BoxSizing, ComputedStyle, Direction, FlexDirection, FlexWrap, LengthOrAuto, LengthPercentage,
    Overflow, Sizing,
};
use crate::units::Px;

/// The content box that percentages refer to: its width and height where known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Basis {
    /// Its width.
    pub width: Option<Px>,
    /// Its height.
    pub height: Option<Px>,
    /// The least and the most that its height can be.
    pub heights: (Px, Px),
}

/// The style of a flex or grid container's content box.
pub(super) fn container(layout_box: &LayoutBox, basis: Basis) -> Style {
    let style = &layout_box.style;
    let flex = &style.flex;
    let mut taffy = Style {
        display: if matches!(layout_box.kind, Kind::Grid) {
            taffy::Display::Grid
        } else {
            taffy::Display::Flex
        },
        direction: direction(style),
        size: Size { width: exact(basis.width), height: exact(basis.height) },
        box_sizing: taffy::BoxSizing::ContentBox,
        min_size: Size {
            height: exact(Some(basis.heights.0).filter(|least| *least > Px::ZERO)),
            ..Size::auto()
        },
        max_size: Size {
            height: exact(Some(basis.heights.1).filter(|most| most.0.is_finite())),
            ..Size::auto()
        },
        flex_direction: match flex.direction {
            FlexDirection::Row => taffy::FlexDirection::Row,
            FlexDirection::RowReverse => taffy::FlexDirection::RowReverse,
            FlexDirection::Column => taffy::FlexDirection::Column,
            FlexDirection::ColumnReverse => taffy::FlexDirection::ColumnReverse,
        },
        flex_wrap: match flex.wrap {
            FlexWrap::Nowrap => taffy::FlexWrap::NoWrap,
            FlexWrap::Wrap => taffy::FlexWrap::Wrap,
            FlexWrap::WrapReverse => taffy::FlexWrap::WrapReverse,
        },
        justify_content: content_alignment(flex.justify_content),
        align_content: content_alignment(flex.align_content),
        align_items: self_alignment(flex.align_items).unwrap_or(AlignItems::NORMAL),
        justify_items: self_alignment(flex.justify_items).unwrap_or(AlignItems::NORMAL),
        gap: Size {
            width: length(flex.column_gap.unwrap_or(LengthPercentage::ZERO), basis.width),
            height: length(flex.row_gap, basis.height),
        },
        ..Style::default()
    };
    if matches!(layout_box.kind, Kind::Grid) {
        super::grid::container(&mut taffy, &style.grid, basis);
    }
    taffy
}

/// The style of an item of `container`.
pub(super) fn item(cx: &Context, id: BoxId, container: &LayoutBox, basis: Basis) -> Style {
    let layout_box = cx.layout_box(id);
    let style = &layout_box.style;
    let border = Frame::of_box(cx, id, Px::ZERO).border;
    let mut taffy = Style {
        display: taffy::Display::Flex,
        direction: direction(style),
        padding: rect(style.boxes.padding.map(|padding| length(padding, basis.width))),
        border: rect(border.map(|border| TaffyLength::length(border.0))),
        ..Style::default()
    };
    if layout_box.origin == Origin::Anonymous {
        return taffy;
    }
    let boxes = &style.boxes;
    let overflow = match boxes.overflow {
        Overflow::Visible => taffy::Overflow::Visible,
        Overflow::Clip => taffy::Overflow::Clip,
        _ => taffy::Overflow::Hidden,
    };
    taffy.box_sizing = match boxes.sizing {
        BoxSizing::ContentBox => taffy::BoxSizing::ContentBox,
        BoxSizing::BorderBox => taffy::BoxSizing::BorderBox,
    };
    taffy.overflow = taffy::Point { x: overflow, y: overflow };
    taffy.margin = rect(boxes.margin.map(|margin| match margin {
        LengthOrAuto::Auto => LengthPercentageAuto::AUTO,
        LengthOrAuto::Length(own) => length(own, basis.width).into(),
    }));
    taffy.size = Size { width: size(boxes.width, basis.width), height: size(boxes.height, basis.height) };
    taffy.min_size =
        Size { width: limit(boxes.min_width, basis.width), height: limit(boxes.min_height, basis.height) };
    taffy.max_size =
        Size { width: limit(boxes.max_width, basis.width), height: limit(boxes.max_height, basis.height) };
    taffy.aspect_ratio = boxes.aspect_ratio;
    if let Kind::Picture(picture) = &layout_box.kind {
        let natural = picture.size();
        taffy.item_is_replaced = true;
        if natural.width > Px::ZERO && natural.height > Px::ZERO {
            taffy.aspect_ratio = taffy.aspect_ratio.or(Some(natural.width / natural.height));
        }
    }
    taffy.align_self = self_alignment(style.flex.align_self);
    taffy.justify_self = self_alignment(style.flex.justify_self);
    taffy.flex_grow = style.flex.grow;
    taffy.flex_shrink = style.flex.shrink;
    taffy.flex_basis = match style.flex.basis {
        Sizing::MaxContent => Dimension::content(),
        sizing => size(sizing, basis.width),
    };
    if style.flex.basis != Sizing::Auto && taffy.aspect_ratio.is_some() {
        ignore_main_size(&mut taffy, container);
    }
    super::grid::item(&mut taffy, &style.grid);
    taffy
}

/// Where `flex-basis` says how long an item is, no other length may give it its height by a ratio.
fn ignore_main_size(item: &mut Style, container: &LayoutBox) {
    if !matches!(container.kind, Kind::Flex) {
        return;
    }
    match container.style.flex.direction {
        FlexDirection::Row | FlexDirection::RowReverse => item.size.width = Dimension::AUTO,
        FlexDirection::Column | FlexDirection::ColumnReverse => item.size.height = Dimension::AUTO,
    }
}

fn direction(style: &ComputedStyle) -> taffy::Direction {
    match style.text.direction {
        Direction::Ltr => taffy::Direction::Ltr,
        Direction::Rtl => taffy::Direction::Rtl,
    }
}

pub(super) fn rect<T: Copy>(edges: crate::geom::Edges<T>) -> Rect<T> {
    Rect { left: edges.left, right: edges.right, top: edges.top, bottom: edges.bottom }
}

fn exact<T: TaffyAuto + FromLength>(length: Option<Px>) -> T {
    length.map_or(T::AUTO, |length| T::from_length(length.0))
}

/// A length; one that mixes px and percent is resolved where its basis is known.
pub(super) fn length(length: LengthPercentage, basis: Option<Px>) -> TaffyLength {
    match basis {
        _ if length.percent == 0.0 => TaffyLength::length(length.px.0),
        _ if length.px == Px::ZERO => TaffyLength::percent(length.percent),
        Some(basis) => TaffyLength::length(length.resolve(basis).0),
        None => TaffyLength::length(length.px.0),
    }
}

fn size(sizing: Sizing, basis: Option<Px>) -> Dimension {
    match sizing {
        Sizing::Auto => Dimension::AUTO,
        Sizing::MinContent => Dimension::min_content(),
        Sizing::MaxContent => Dimension::max_content(),
        Sizing::FitContent => Dimension::fit_content(),
        Sizing::Length(own) if own.percent == 0.0 || own.px == Px::ZERO || basis.is_some() => {
            length(own, basis).into()
        }
        Sizing::Length(_) => Dimension::AUTO,
    }
}

fn limit(sizing: Sizing, basis: Option<Px>) -> LengthPercentageAuto {
    match sizing {
        Sizing::Length(own) if own.percent == 0.0 || own.px == Px::ZERO || basis.is_some() => {
            length(own, basis).into()
        }
        _ => LengthPercentageAuto::AUTO,
    }
}

fn content_alignment(align: Align) -> AlignContent {
    match align {
        Align::Auto | Align::Normal | Align::Baseline => AlignContent::NORMAL,
        Align::Start | Align::Left | Align::SelfStart => AlignContent::START,
        Align::End | Align::Right | Align::SelfEnd => AlignContent::END,
        Align::FlexStart => AlignContent::FLEX_START,
        Align::FlexEnd => AlignContent::FLEX_END,
        Align::Center => AlignContent::CENTER,
        Align::Stretch => AlignContent::STRETCH,
        Align::SpaceBetween => AlignContent::SPACE_BETWEEN,
        Align::SpaceAround => AlignContent::SPACE_AROUND,
        Align::SpaceEvenly => AlignContent::SPACE_EVENLY,
    }
}

fn self_alignment(align: Align) -> Option<AlignItems> {
    Some(match align {
        Align::Auto => return None,
        Align::Start | Align::Left | Align::SelfStart => AlignItems::START,
        Align::End | Align::Right | Align::SelfEnd => AlignItems::END,
        Align::FlexStart => AlignItems::FLEX_START,
        Align::FlexEnd => AlignItems::FLEX_END,
        Align::Center => AlignItems::CENTER,
        Align::Baseline => AlignItems::BASELINE,
        Align::Stretch => AlignItems::STRETCH,
        _ => AlignItems::NORMAL,
    })
}
