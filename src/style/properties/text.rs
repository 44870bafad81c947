//! CSS Text 4, CSS Text Decoration 3, `color` of CSS Color 4, and `vertical-align` and `line-height` of CSS 2.

use super::shorthand::{alias, any_order};
use super::{Expansion, Longhand, Shorthand, inherited, longhand};
use crate::style::computed::{
    self, DecorationStyle, Direction, OverflowWrap, TextAlign, TextTransform, Visibility, WhiteSpace,
    WordBreak,
};
use crate::style::values::{
    Color, Context, Error, Input, Integer, Invalid, Keyword, LengthPercentage, NonNegative, Optional, Or,
    Parsed, Specified, nothing, parse_calc,
};
use crate::units::Px;

pub(super) const LONGHANDS: &[Longhand] = &[
    inherited!("color", Color, Font => text.color),
    inherited!("line-height", LineHeight, Line => text.line_height),
    inherited!("text-align", Align => text.align),
    inherited!("text-align-last", Optional<Keyword<TextAlign>, { nothing::AUTO }> => text.align_last),
    inherited!("text-indent", LengthPercentage => text.indent),
    inherited!("text-transform", Keyword<TextTransform> => text.transform),
    inherited!("white-space", Keyword<WhiteSpace> => text.white_space),
    inherited!("letter-spacing", Or<Spacing, { nothing::NORMAL }> => text.letter_spacing),
    inherited!("word-spacing", Or<Spacing, { nothing::NORMAL }> => text.word_spacing),
    inherited!("overflow-wrap", Keyword<OverflowWrap> => text.overflow_wrap),
    inherited!("word-break", Keyword<WordBreak> => text.word_break),
    inherited!("tab-size", Integer<u8> => text.tab_size),
    inherited!("direction", Keyword<Direction> => text.direction),
    inherited!("orphans", Integer<u8> => text.orphans),
    inherited!("widows", Integer<u8> => text.widows),
    inherited!("visibility", Keyword<Visibility> => text.visibility),
    longhand!("vertical-align", VerticalAlign => inline.vertical_align),
    longhand!("text-decoration-line", Decoration => inline.decoration),
    longhand!("text-decoration-color", DecorationColor => inline.decoration_color),
    longhand!("text-decoration-style", Keyword<DecorationStyle> => inline.decoration_style),
    longhand!("text-decoration-thickness", Optional<Spacing, { nothing::FROM_FONT }> => inline.decoration_thickness),
    longhand!("text-underline-offset", Optional<Spacing, { nothing::AUTO }> => inline.underline_offset),
    longhand!("initial-letter", Optional<InitialLetter, { nothing::NORMAL }> => inline.initial_letter),
];

pub(super) const SHORTHANDS: &[Shorthand] = &[
    any_order!(
        "text-decoration",
        "text-decoration-line" = "none",
        "text-decoration-style" = "solid",
        "text-decoration-color" = "currentcolor",
        "text-decoration-thickness" = "auto"
    ),
    alias!("word-wrap", "overflow-wrap"),
    Shorthand { name: "text-align-all", longhands: &["text-align"], parse: align_all },
];

fn align_all(input: &mut Input<'_>, expansion: &mut Expansion) -> Parsed<()> {
    expansion.parse("text-align", input)
}

/// `text-align`; `match-parent` counts as `start`.
struct Align(TextAlign);

impl Specified for Align {
    type Computed = TextAlign;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("match-parent")).is_ok() {
            return Ok(Self(TextAlign::Start));
        }
        Keyword::parse(input).map(|Keyword(align)| Self(align))
    }

    fn compute(&self, _context: &Context<'_>) -> TextAlign {
        self.0
    }
}

/// `line-height`.
enum LineHeight {
    Normal,
    Number(f32),
    Length(NonNegative),
}

impl Specified for LineHeight {
    type Computed = computed::LineHeight;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
            return Ok(Self::Normal);
        }
        match input.try_parse(parse_calc) {
            Ok(number) if number >= 0.0 => Ok(Self::Number(number)),
            Ok(_) => Err(Invalid::because("not below 0")),
            Err(_) => NonNegative::parse(input).map(Self::Length),
        }
    }

    fn compute(&self, context: &Context<'_>) -> computed::LineHeight {
        match self {
            Self::Normal => computed::LineHeight::Normal,
            Self::Number(number) => computed::LineHeight::Number(*number),
            Self::Length(length) => {
                let length = length.compute(context);
                let of_font = context.em * length.percent;
                computed::LineHeight::Length(computed::LengthPercentage {
                    px: length.px + of_font,
                    of_type: length.of_type + of_font,
                    percent: 0.0,
                })
            }
        }
    }
}

/// A length whose percentages are of 1em: `letter-spacing`, `text-underline-offset` and their like.
struct Spacing(LengthPercentage);

impl Specified for Spacing {
    type Computed = Px;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        LengthPercentage::parse(input).map(Self)
    }

    fn compute(&self, context: &Context<'_>) -> Px {
        self.0.compute(context).resolve(context.em)
    }
}

/// `vertical-align`: a keyword, or a raise where percentages are of the line height.
enum VerticalAlign {
    Keyword(computed::VerticalAlign),
    Length(LengthPercentage),
}

impl Specified for VerticalAlign {
    type Computed = computed::VerticalAlign;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        use computed::VerticalAlign as Align;
        let keyword = input.try_parse(|input| {
            Ok::<_, Error>(cssparser::match_ignore_ascii_case! { input.expect_ident()?,
                "baseline" => Align::Baseline,
                "sub" => Align::Sub,
                "super" => Align::Super,
                "text-top" => Align::TextTop,
                "text-bottom" => Align::TextBottom,
                "middle" => Align::Middle,
                "top" => Align::Top,
                "bottom" => Align::Bottom,
                _ => return Err(Error::unexpected_token()),
            })
        });
        match keyword {
            Ok(keyword) => Ok(Self::Keyword(keyword)),
            Err(_) => LengthPercentage::parse(input).map(Self::Length),
        }
    }

    fn compute(&self, context: &Context<'_>) -> computed::VerticalAlign {
        match self {
            Self::Keyword(keyword) => *keyword,
            Self::Length(length) => {
                computed::VerticalAlign::Length(length.compute(context).resolve(context.line))
            }
        }
    }
}

/// `initial-letter`: its size in lines, and how far it sinks.
struct InitialLetter(computed::InitialLetter);

impl Specified for InitialLetter {
    type Computed = computed::InitialLetter;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let size = input.expect_number()?;
        if !(1.0..=20.0).contains(&size) {
            return Err(Invalid::because("from 1 to 20 lines"));
        }
        let whole = size.floor() as u8;
        let sink = input.try_parse(|input| -> Parsed<u8> {
            if let Ok(lines) = input.try_parse(|input| input.expect_integer()) {
                return u8::try_from(lines.clamp(0, 20))
                    .ok()
                    .filter(|lines| *lines > 0)
                    .ok_or_else(|| Invalid::because("a number of lines, `drop` or `raise`"));
            }
            cssparser::match_ignore_ascii_case! { input.expect_ident()?,
                "drop" => Ok(whole),
                "raise" => Ok(1),
                _ => Err(Invalid::because("a number of lines, `drop` or `raise`")),
            }
        });
        Ok(Self(computed::InitialLetter { size, sink: sink.unwrap_or(whole) }))
    }

    fn compute(&self, _context: &Context<'_>) -> computed::InitialLetter {
        self.0
    }
}

/// `text-decoration-line`.
struct Decoration(computed::Decoration);

impl Specified for Decoration {
    type Computed = computed::Decoration;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let mut lines = computed::Decoration::default();
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(Self(lines));
        }
        let mut line = |input: &mut Input<'_>| -> Parsed<()> {
            cssparser::match_ignore_ascii_case! { input.expect_ident()?,
                "underline" => lines.underline = true,
                "overline" => lines.overline = true,
                "line-through" => lines.line_through = true,
                _ => return Err(Invalid::because("one of: none, underline, overline, line-through")),
            }
            Ok(())
        };
        line(input)?;
        while input.try_parse(&mut line).is_ok() {}
        Ok(Self(lines))
    }

    fn compute(&self, _context: &Context<'_>) -> computed::Decoration {
        self.0
    }
}

/// `text-decoration-color`; `currentcolor` stays open, as the decoration is drawn over descendants.
struct DecorationColor(Color);

impl Specified for DecorationColor {
    type Computed = Option<computed::Color>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        Color::parse(input).map(Self)
    }

    fn compute(&self, context: &Context<'_>) -> Option<computed::Color> {
        (self.0 != Color::Current).then(|| self.0.compute(context))
    }
}
