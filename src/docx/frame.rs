//! How wide a box is, and how far its content stands from the sides of its column (CSS 2, section 10.3.3).

use super::look::{Rgb, Rule};
use crate::geom::Edges;
use crate::style::computed::{BoxSizing, ComputedStyle, LengthOrAuto, Sizing};
use crate::units::Px;

/// A box in a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// `margin-*`, with what a width leaves over.
    pub margin: Edges<Px>,
    /// `padding-*`.
    pub padding: Edges<Px>,
    /// Border widths.
    pub border: Edges<Px>,
    /// The width of its content.
    pub width: Px,
}

impl Frame {
    /// The frame of a box of this style in a column of this width.
    pub fn of(style: &ComputedStyle, column: Px) -> Self {
        let boxes = &style.boxes;
        let padding = boxes.padding.map(|side| side.resolve(column));
        let border = style.border.widths();
        let around = padding.horizontal() + border.horizontal();
        let mut margin = boxes.margin.map(|side| side.resolve(column).unwrap_or(Px::ZERO));
        let room = column - margin.horizontal();
        let outer = |sizing: Sizing| match sizing {
            Sizing::Length(length) if boxes.sizing == BoxSizing::BorderBox => Some(length.resolve(column)),
            Sizing::Length(length) => Some(length.resolve(column) + around),
            _ => None,
        };
        let wanted = outer(boxes.width).unwrap_or(room);
        let width = outer(boxes.max_width).map_or(wanted, |most| wanted.min(most));
        let left_over = room - width;
        if left_over.0 > 0.5 {
            let auto = |side: LengthOrAuto| side == LengthOrAuto::Auto;
            match (auto(boxes.margin.left), auto(boxes.margin.right)) {
                (true, true) => {
                    margin.left += left_over / 2.0;
                    margin.right += left_over / 2.0;
                }
                (true, false) => margin.left += left_over,
                _ => margin.right += left_over,
            }
        }
        Self { margin, padding, border, width: (width - around).max(Px(1.0)) }
    }

    /// From the column's left side to the content.
    pub fn left(&self) -> Px {
        self.margin.left + self.border.left + self.padding.left
    }

    /// From the column's right side to the content.
    pub fn right(&self) -> Px {
        self.margin.right + self.border.right + self.padding.right
    }
}

/// What can be seen of a box itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decoration {
    /// The background, if it is another than what is behind it.
    pub background: Option<Rgb>,
    /// The sides of the border that can be seen.
    pub borders: Edges<Option<Rule>>,
}

impl Decoration {
    /// The decoration of a box of this style, painted on `under`.
    pub fn of(style: &ComputedStyle, under: Rgb) -> Self {
        let background = style.paint.background;
        let color = Rgb::over(background, under);
        let background = (!background.is_transparent() && color != under).then_some(color);
        let borders = style.border.sides.map(|side| Rule::of(side, Px::ZERO, under));
        Self { background, borders }
    }

    /// Whether nothing can be seen.
    pub fn is_none(&self) -> bool {
        self.background.is_none() && self.sides().iter().all(|side| !side)
    }

    /// Which sides have a border: top, right, bottom, left.
    pub fn sides(&self) -> [bool; 4] {
        let Edges { top, right, bottom, left } = self.borders;
        [top.is_some(), right.is_some(), bottom.is_some(), left.is_some()]
    }

    /// The borders of a paragraph whose text stands `padding` away from them: sides without a line get one that
    /// cannot be seen, which keeps the background away from the text.
    pub fn around(&self, padding: Edges<Px>) -> Edges<Option<Rule>> {
        let side = |rule: Option<Rule>, space: Px| {
            let points = Rule::padding(Rgb::WHITE, space).space;
            match (rule, self.background) {
                (Some(rule), _) => Some(Rule { space: points, ..rule }),
                (None, Some(color)) if points > 0 => Some(Rule::padding(color, space)),
                _ => None,
            }
        };
        Edges {
            top: side(self.borders.top, padding.top),
            right: side(self.borders.right, padding.right),
            bottom: side(self.borders.bottom, padding.bottom),
            left: side(self.borders.left, padding.left),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::computed::LengthPercentage;

    fn length(px: f32) -> LengthOrAuto {
        LengthOrAuto::Length(LengthPercentage::px(Px(px)))
    }

    #[test]
    fn a_box_with_auto_margins_stands_in_the_middle() {
        let mut style = ComputedStyle::default();
        style.boxes.width = Sizing::Length(LengthPercentage::px(Px(200.0)));
        style.boxes.margin.left = LengthOrAuto::Auto;
        style.boxes.margin.right = LengthOrAuto::Auto;
        let frame = Frame::of(&style, Px(300.0));
        assert_eq!((frame.left(), frame.width, frame.right()), (Px(50.0), Px(200.0), Px(50.0)));
    }

    #[test]
    fn a_negative_margin_makes_room() {
        let mut style = ComputedStyle::default();
        style.boxes.margin.left = length(-40.0);
        style.boxes.padding.left = LengthPercentage::px(Px(40.0));
        let frame = Frame::of(&style, Px(300.0));
        assert_eq!((frame.left(), frame.width), (Px(0.0), Px(300.0)));
    }
}
