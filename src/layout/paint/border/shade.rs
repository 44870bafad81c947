//! The strips of colour that a side of a border is made of, from the outside in.

use super::{BorderSide, BorderStyle, Color, is_double};

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Top,
    Right,
    Bottom,
    Left,
}

/// A part of the width of a side, from 0 outside to 1 inside, in one colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Strip {
    pub from: f32,
    pub to: f32,
    pub color: Color,
}

/// Whether a side looks raised or sunken.
#[derive(Clone, Copy, PartialEq)]
enum Relief {
    Raised,
    Sunken,
}

/// The strips of a side that is no line of dashes.
pub(super) fn strips(side: BorderSide, which: Side) -> Vec<Strip> {
    let strip = |from: f32, to: f32, color: Color| Strip { from, to, color };
    let lit = |relief: Relief| shaded(side.color, relief, which);
    match side.style {
        BorderStyle::Double if is_double(side) => {
            vec![strip(0.0, 1.0 / 3.0, side.color), strip(2.0 / 3.0, 1.0, side.color)]
        }
        BorderStyle::Groove => {
            vec![strip(0.0, 0.5, lit(Relief::Sunken)), strip(0.5, 1.0, lit(Relief::Raised))]
        }
        BorderStyle::Ridge => {
            vec![strip(0.0, 0.5, lit(Relief::Raised)), strip(0.5, 1.0, lit(Relief::Sunken))]
        }
        BorderStyle::Inset => vec![strip(0.0, 1.0, lit(Relief::Sunken))],
        BorderStyle::Outset => vec![strip(0.0, 1.0, lit(Relief::Raised))],
        _ => vec![strip(0.0, 1.0, side.color)],
    }
}

/// The colour of a side in light from the top left: darker in the shade unless it is nearly black, and lighter in
/// the light.
fn shaded(color: Color, relief: Relief, which: Side) -> Color {
    let is_top_left = matches!(which, Side::Top | Side::Left);
    let in_shade = is_top_left == (relief == Relief::Sunken);
    let brightest = color.red.max(color.green).max(color.blue);
    let is_nearly_black = color.red.hypot(color.green).hypot(color.blue) < 0.22;
    let scaled = |factor: f32| Color {
        red: color.red * factor,
        green: color.green * factor,
        blue: color.blue * factor,
        ..color
    };
    match (in_shade, is_nearly_black) {
        (true, false) => scaled(((brightest - 0.33) / brightest).max(0.0)),
        (true, true) => color,
        (false, _) if brightest <= 0.0 => Color { red: 0.33, green: 0.33, blue: 0.33, ..color },
        (false, _) => scaled((brightest + 0.33).min(1.0) / brightest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Px;

    #[test]
    fn light_falls_from_the_top_left() {
        let gray = Color { red: 0.66, green: 0.66, blue: 0.66, alpha: 1.0 };
        let side = BorderSide { width: Px(4.0), style: BorderStyle::Inset, color: gray };
        assert!(strips(side, Side::Top)[0].color.red < 0.4);
        assert!(strips(side, Side::Bottom)[0].color.red > 0.9);
        let groove = BorderSide { style: BorderStyle::Groove, ..side };
        assert!(strips(groove, Side::Left)[1].color.red > 0.9);
    }
}
