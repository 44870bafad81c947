//! CSS Backgrounds and Borders 3: borders and corners.

use super::shorthand::{alias, any_order, sides};
use super::{Longhand, Shorthand, longhand};
use crate::style::computed::BorderStyle;
use crate::style::values::{
    Absolute, Color, Context, Error, Input, Keyword, NonNegative, Pair, Parsed, Specified,
};
use crate::units::Px;

pub(super) const LONGHANDS: &[Longhand] = &[
    longhand!("border-top-width", LineWidth => border.sides.top.width),
    longhand!("border-right-width", LineWidth => border.sides.right.width),
    longhand!("border-bottom-width", LineWidth => border.sides.bottom.width),
    longhand!("border-left-width", LineWidth => border.sides.left.width),
    longhand!("border-top-style", Keyword<BorderStyle> => border.sides.top.style),
    longhand!("border-right-style", Keyword<BorderStyle> => border.sides.right.style),
    longhand!("border-bottom-style", Keyword<BorderStyle> => border.sides.bottom.style),
    longhand!("border-left-style", Keyword<BorderStyle> => border.sides.left.style),
    longhand!("border-top-color", Color => border.sides.top.color),
    longhand!("border-right-color", Color => border.sides.right.color),
    longhand!("border-bottom-color", Color => border.sides.bottom.color),
    longhand!("border-left-color", Color => border.sides.left.color),
    longhand!("border-top-left-radius", Pair<NonNegative> => border.radius.top_left),
    longhand!("border-top-right-radius", Pair<NonNegative> => border.radius.top_right),
    longhand!("border-bottom-right-radius", Pair<NonNegative> => border.radius.bottom_right),
    longhand!("border-bottom-left-radius", Pair<NonNegative> => border.radius.bottom_left),
];

pub(super) const SHORTHANDS: &[Shorthand] = &[
    sides!(
        "border-width",
        "border-top-width",
        "border-right-width",
        "border-bottom-width",
        "border-left-width"
    ),
    sides!(
        "border-style",
        "border-top-style",
        "border-right-style",
        "border-bottom-style",
        "border-left-style"
    ),
    sides!(
        "border-color",
        "border-top-color",
        "border-right-color",
        "border-bottom-color",
        "border-left-color"
    ),
    one_side!("border-top", "border-top-width", "border-top-style", "border-top-color"),
    one_side!("border-right", "border-right-width", "border-right-style", "border-right-color"),
    one_side!("border-bottom", "border-bottom-width", "border-bottom-style", "border-bottom-color"),
    one_side!("border-left", "border-left-width", "border-left-style", "border-left-color"),
    one_side!("border-block-start", "border-top-width", "border-top-style", "border-top-color"),
    one_side!("border-block-end", "border-bottom-width", "border-bottom-style", "border-bottom-color"),
    one_side!("border-inline-start", "border-left-width", "border-left-style", "border-left-color"),
    one_side!("border-inline-end", "border-right-width", "border-right-style", "border-right-color"),
    alias!("border-inline-start-width", "border-left-width"),
    alias!("border-inline-start-color", "border-left-color"),
    Shorthand {
        name: "border",
        longhands: BORDER,
        parse: |input, expansion| several(input, expansion, &[0, 1, 2, 3]),
    },
    Shorthand {
        name: "border-block",
        longhands: BORDER_BLOCK,
        parse: |input, expansion| several(input, expansion, &[0, 2]),
    },
    Shorthand {
        name: "border-inline",
        longhands: BORDER_INLINE,
        parse: |input, expansion| several(input, expansion, &[1, 3]),
    },
    Shorthand { name: "border-radius", longhands: RADII, parse: radius },
];

macro_rules! one_side {
    ($name:literal, $width:literal, $style:literal, $color:literal) => {
        any_order!($name, $width = "medium", $style = "none", $color = "currentcolor")
    };
}
use one_side;

const BORDER: &[&str] = &[
    "border-top-width",
    "border-top-style",
    "border-top-color",
    "border-right-width",
    "border-right-style",
    "border-right-color",
    "border-bottom-width",
    "border-bottom-style",
    "border-bottom-color",
    "border-left-width",
    "border-left-style",
    "border-left-color",
];
const BORDER_BLOCK: &[&str] = &[
    "border-top-width",
    "border-top-style",
    "border-top-color",
    "border-bottom-width",
    "border-bottom-style",
    "border-bottom-color",
];
const BORDER_INLINE: &[&str] = &[
    "border-right-width",
    "border-right-style",
    "border-right-color",
    "border-left-width",
    "border-left-style",
    "border-left-color",
];
const RADII: &[&str] = &[
    "border-top-left-radius",
    "border-top-right-radius",
    "border-bottom-right-radius",
    "border-bottom-left-radius",
];

/// The same width, style and colour for several sides, counted from the top clockwise.
fn several(input: &mut Input<'_>, expansion: &mut super::Expansion, sides: &[usize]) -> Parsed<()> {
    let start = input.state();
    for side in sides {
        input.reset(&start);
        let [width, style, color] = [BORDER[side * 3], BORDER[side * 3 + 1], BORDER[side * 3 + 2]];
        expansion.any_order(input, &[(width, "medium"), (style, "none"), (color, "currentcolor")])?;
    }
    Ok(())
}

/// `border-radius`: one to four horizontal radii, and after a slash vertical ones.
fn radius(input: &mut Input<'_>, expansion: &mut super::Expansion) -> Parsed<()> {
    let horizontal = four(input)?;
    let vertical = match input.try_parse(|input| input.expect_delim('/')) {
        Ok(()) => four(input)?,
        Err(_) => horizontal.clone(),
    };
    for ((name, x), y) in RADII.iter().zip(horizontal).zip(vertical) {
        let corner = *name;
        expansion.put(
            name,
            Box::new(move |style, context| {
                let radius = (x.compute(context), y.compute(context));
                let radii = &mut style.border.radius;
                match corner {
                    "border-top-left-radius" => radii.top_left = radius,
                    "border-top-right-radius" => radii.top_right = radius,
                    "border-bottom-right-radius" => radii.bottom_right = radius,
                    _ => radii.bottom_left = radius,
                }
            }),
        );
    }
    Ok(())
}

fn four(input: &mut Input<'_>) -> Parsed<[NonNegative; 4]> {
    let mut values = vec![NonNegative::parse(input)?];
    while values.len() < 4
        && let Ok(value) = input.try_parse(NonNegative::parse)
    {
        values.push(value);
    }
    let at = |index: usize| values[index].clone();
    Ok(match values.len() {
        1 => [at(0), at(0), at(0), at(0)],
        2 => [at(0), at(1), at(0), at(1)],
        3 => [at(0), at(1), at(2), at(1)],
        _ => [at(0), at(1), at(2), at(3)],
    })
}

/// The width of a border or rule: a length, or thin (1px), medium (3px) or thick (5px).
pub(super) struct LineWidth(Result<Absolute, Px>);

impl Specified for LineWidth {
    type Computed = Px;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let keyword = input.try_parse(|input| {
            Ok::<_, Error>(cssparser::match_ignore_ascii_case! { input.expect_ident()?,
                "thin" => Px(1.0),
                "medium" => Px(3.0),
                "thick" => Px(5.0),
                _ => return Err(Error::unexpected_token()),
            })
        });
        match keyword {
            Ok(width) => Ok(Self(Err(width))),
            Err(_) => Absolute::parse(input).map(|length| Self(Ok(length))),
        }
    }

    fn compute(&self, context: &Context<'_>) -> Px {
        match &self.0 {
            Ok(length) => length.compute(context).max(Px::ZERO),
            Err(keyword) => *keyword,
        }
    }
}
