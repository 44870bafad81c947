//! CSS Display 3, CSS Box Model 4, CSS Sizing 3, CSS Overflow 3 and `object-*` of CSS Images 3.

use cssparser::Token;

use super::shorthand::sides;
use super::{Longhand, Phase, Shorthand, longhand};
use crate::style::computed::{self, BoxSizing, Display};
use crate::style::values::{
    Context, Error, Input, Invalid, Keyword, LengthOrAuto, NonNegative, Parsed, Position, Size, Specified,
    parse_calc,
};

pub(super) const LONGHANDS: &[Longhand] = &[
    Longhand {
        name: "display",
        inherited: false,
        phase: Phase::Rest,
        parse: |input| {
            let Keyword(display) = DisplayValue::parse(input)?.0;
            Ok(Box::new(move |style, _| style.display = display))
        },
        copy: |style, from| style.display = from.display,
        #[cfg(test)]
        show: |style| format!("{:?}", style.display),
    },
    longhand!("width", Size => boxes.width),
    longhand!("height", Size => boxes.height),
    longhand!("min-width", Size => boxes.min_width),
    longhand!("min-height", Size => boxes.min_height),
    longhand!("max-width", Size => boxes.max_width),
    longhand!("max-height", Size => boxes.max_height),
    longhand!("box-sizing", Keyword<BoxSizing> => boxes.sizing),
    longhand!("aspect-ratio", AspectRatio => boxes.aspect_ratio),
    longhand!("margin-top", LengthOrAuto => boxes.margin.top),
    longhand!("margin-right", LengthOrAuto => boxes.margin.right),
    longhand!("margin-bottom", LengthOrAuto => boxes.margin.bottom),
    longhand!("margin-left", LengthOrAuto => boxes.margin.left),
    longhand!("padding-top", NonNegative => boxes.padding.top),
    longhand!("padding-right", NonNegative => boxes.padding.right),
    longhand!("padding-bottom", NonNegative => boxes.padding.bottom),
    longhand!("padding-left", NonNegative => boxes.padding.left),
    longhand!("overflow", Keyword<computed::Overflow> => boxes.overflow),
    longhand!("object-fit", Keyword<computed::ObjectFit> => boxes.object_fit),
    longhand!("object-position", Position => boxes.object_position),
];

pub(super) const SHORTHANDS: &[Shorthand] = &[
    sides!("margin", "margin-top", "margin-right", "margin-bottom", "margin-left"),
    sides!("padding", "padding-top", "padding-right", "padding-bottom", "padding-left"),
    super::shorthand::pair!("margin-block", "margin-top", "margin-bottom"),
    super::shorthand::pair!("margin-inline", "margin-left", "margin-right"),
    super::shorthand::pair!("padding-block", "padding-top", "padding-bottom"),
    super::shorthand::pair!("padding-inline", "padding-left", "padding-right"),
    alias!("margin-block-start", "margin-top"),
    alias!("margin-block-end", "margin-bottom"),
    alias!("margin-inline-start", "margin-left"),
    alias!("margin-inline-end", "margin-right"),
    alias!("padding-block-start", "padding-top"),
    alias!("padding-block-end", "padding-bottom"),
    alias!("padding-inline-start", "padding-left"),
    alias!("padding-inline-end", "padding-right"),
    alias!("inline-size", "width"),
    alias!("block-size", "height"),
    alias!("min-inline-size", "min-width"),
    alias!("min-block-size", "min-height"),
    alias!("max-inline-size", "max-width"),
    alias!("max-block-size", "max-height"),
    alias!("overflow-x", "overflow"),
    alias!("overflow-y", "overflow"),
];

use super::shorthand::alias;

/// `display`, with the two-word forms that have a name of one word.
struct DisplayValue(Keyword<Display>);

impl DisplayValue {
    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let first = Keyword::<Display>::parse(input)?;
        let Ok(second) = input.try_parse(|input| input.expect_ident_cloned()) else {
            return Ok(Self(first));
        };
        let both = match (first.0, &*second.to_ascii_lowercase()) {
            (Display::Block, "flow") => Display::Block,
            (Display::Block, "flow-root") => Display::FlowRoot,
            (Display::Block, "flex") => Display::Flex,
            (Display::Block, "grid") => Display::Grid,
            (Display::Block, "table") => Display::Table,
            (Display::Inline, "flow") => Display::Inline,
            (Display::Inline, "flow-root") => Display::InlineBlock,
            (Display::Inline, "flex") => Display::InlineFlex,
            (Display::Inline, "grid") => Display::InlineGrid,
            (Display::Inline, "table") => Display::InlineTable,
            _ => return Err(Error::unexpected_token()),
        };
        Ok(Self(Keyword(both)))
    }
}

/// `aspect-ratio`: `auto`, or width over height; `auto` beside a ratio is let go, as images have their own.
struct AspectRatio(Option<f32>);

impl Specified for AspectRatio {
    type Computed = Option<f32>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let auto =
            |input: &mut Input<'_>| input.try_parse(|input| input.expect_ident_matching("auto")).is_ok();
        let before = auto(input);
        let Ok(width) = input.try_parse(parse_calc) else {
            return if before { Ok(Self(None)) } else { Err(Error::unexpected_token()) };
        };
        let start = input.state();
        let height = match input.next() {
            Ok(Token::Delim('/')) => parse_calc(input)?,
            _ => {
                input.reset(&start);
                1.0
            }
        };
        auto(input);
        if width <= 0.0 || height <= 0.0 {
            return Err(Invalid::because("both sides of a ratio are above 0"));
        }
        Ok(Self(Some(width / height)))
    }

    fn compute(&self, _context: &Context<'_>) -> Option<f32> {
        self.0
    }
}
