//! CSS Fonts 4.

use std::sync::Arc;

use cssparser::Token;

use super::{Expansion, Longhand, Phase, Shorthand, inherited};
use crate::fonts::Slant;
use crate::style::computed::{
    Caps, FigureSpacing, Figures, Font, FontPosition, Fractions, Kerning, Ligatures,
};
use crate::style::values::{
    Context, Error, Input, Invalid, Keyword, LengthPercentage, Parsed, Specified, keyword_hint, parse_calc,
};
use crate::units::Px;

pub(super) const LONGHANDS: &[Longhand] = &[
    inherited!("font-family", Families => font.families),
    inherited!("font-size", FontSize, Font => font.size),
    inherited!("font-weight", Weight => font.weight),
    inherited!("font-style", Style => font.slant),
    inherited!("font-variant-caps", Keyword<Caps> => font.caps),
    Longhand {
        name: "font-variant-numeric",
        inherited: true,
        phase: Phase::Rest,
        parse: |input| {
            let numeric = numeric(input)?;
            Ok(Box::new(move |style, _| numeric.set(Arc::make_mut(&mut style.font))))
        },
        copy: |style, from| Numeric::of(&from.font).set(Arc::make_mut(&mut style.font)),
        #[cfg(test)]
        show: |style| format!("{:?}", Numeric::of(&style.font)),
    },
    inherited!("font-variant-position", Keyword<FontPosition> => font.position),
    inherited!("font-variant-ligatures", Keyword<Ligatures> => font.ligatures),
    inherited!("font-kerning", Keyword<Kerning> => font.kerning),
    inherited!("font-feature-settings", Features => font.features),
];

const FONT: &[&str] = &[
    "font-style",
    "font-variant-caps",
    "font-variant-numeric",
    "font-variant-position",
    "font-variant-ligatures",
    "font-kerning",
    "font-feature-settings",
    "font-weight",
    "font-size",
    "line-height",
    "font-family",
];
const VARIANTS: &[&str] =
    &["font-variant-caps", "font-variant-numeric", "font-variant-position", "font-variant-ligatures"];

pub(super) const SHORTHANDS: &[Shorthand] = &[
    Shorthand { name: "font", longhands: FONT, parse: font },
    Shorthand { name: "font-variant", longhands: VARIANTS, parse: variant },
];

/// `font`: style, caps and weight in any order, then the size, its line height, and the families.
fn font(input: &mut Input<'_>, expansion: &mut Expansion) -> Parsed<()> {
    for name in &FONT[..7] {
        expansion.set(name, "normal").or_else(|_| expansion.set(name, "auto"))?;
    }
    expansion.set("font-weight", "normal")?;
    for _ in 0..4 {
        let _ = input.try_parse(|input| input.expect_ident_matching("normal"));
        let _ = ["font-style", "font-weight", "font-variant-caps"]
            .iter()
            .any(|name| expansion.try_parse(name, input));
    }
    expansion.parse("font-size", input)?;
    if input.try_parse(|input| input.expect_delim('/')).is_ok() {
        expansion.parse("line-height", input)?;
    } else {
        expansion.set("line-height", "normal")?;
    }
    expansion.parse("font-family", input)
}

/// `font-variant`: caps, figures and ligatures in any order.
fn variant(input: &mut Input<'_>, expansion: &mut Expansion) -> Parsed<()> {
    for name in VARIANTS {
        expansion.set(name, "normal")?;
    }
    if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
        return Ok(());
    }
    let mut any = false;
    while VARIANTS.iter().any(|name| expansion.try_parse(name, input)) {
        any = true;
    }
    if any { Ok(()) } else { Err(Error::unexpected_token()) }
}

/// `font-variant-numeric`: the kind of figures, their spacing, fractions, ordinals and zeros.
#[derive(Clone, Copy, Debug, Default)]
struct Numeric {
    figures: Figures,
    spacing: FigureSpacing,
    fractions: Fractions,
    ordinal: bool,
    slashed_zero: bool,
}

impl Numeric {
    fn of(font: &Font) -> Self {
        Self {
            figures: font.figures,
            spacing: font.figure_spacing,
            fractions: font.fractions,
            ordinal: font.ordinal,
            slashed_zero: font.slashed_zero,
        }
    }

    fn set(self, font: &mut Font) {
        (font.figures, font.figure_spacing, font.fractions) = (self.figures, self.spacing, self.fractions);
        (font.ordinal, font.slashed_zero) = (self.ordinal, self.slashed_zero);
    }

    /// Takes one keyword.
    fn word(&mut self, word: &str) -> Option<()> {
        if let Some(figures) = Figures::from_keyword(word) {
            self.figures = figures;
        } else if let Some(spacing) = FigureSpacing::from_keyword(word) {
            self.spacing = spacing;
        } else if let Some(fractions) = Fractions::from_keyword(word) {
            self.fractions = fractions;
        } else if word.eq_ignore_ascii_case("ordinal") {
            self.ordinal = true;
        } else if word.eq_ignore_ascii_case("slashed-zero") {
            self.slashed_zero = true;
        } else {
            return None;
        }
        Some(())
    }
}

/// Parses `font-variant-numeric`.
fn numeric(input: &mut Input<'_>) -> Parsed<Numeric> {
    let mut numeric = Numeric::default();
    if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
        return Ok(numeric);
    }
    let mut words = 0;
    while input
        .try_parse(|input| numeric.word(input.expect_ident()?).ok_or_else(Error::unexpected_token))
        .is_ok()
    {
        words += 1;
    }
    if words == 0 {
        let (figures, spacing) = (keyword_hint::<Figures>(), keyword_hint::<FigureSpacing>());
        let fractions = keyword_hint::<Fractions>();
        return Err(Invalid::because(format!("{figures}; {spacing}; {fractions}; ordinal; slashed-zero")));
    }
    Ok(numeric)
}

/// `font-family`.
struct Families(Arc<[Arc<str>]>);

impl Specified for Families {
    type Computed = Arc<[Arc<str>]>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let families = input.parse_comma_separated(|input| {
            if let Ok(name) = input.try_parse(|input| input.expect_string_cloned()) {
                return Ok(Arc::from(&*name));
            }
            let mut name = input.expect_ident()?.to_string();
            while let Ok(word) = input.try_parse(|input| input.expect_ident_cloned()) {
                name.push(' ');
                name.push_str(&word);
            }
            if input.try_parse(|input| input.expect_number()).is_ok() {
                return Err(Invalid::because("a family name with a number in it goes in quotes"));
            }
            Ok::<_, Error>(Arc::from(name))
        })?;
        Ok(Self(families.into()))
    }

    fn compute(&self, _context: &Context<'_>) -> Arc<[Arc<str>]> {
        self.0.clone()
    }
}

/// `font-size`: a length, a percentage of the parent's, or a keyword where `medium` is 16px.
enum FontSize {
    Times(f32),
    Keyword(f32),
    Length(LengthPercentage),
}

impl Specified for FontSize {
    type Computed = Px;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let keyword = input.try_parse(|input| {
            Ok::<_, Error>(cssparser::match_ignore_ascii_case! { input.expect_ident()?,
                "larger" => Self::Times(1.2),
                "smaller" => Self::Times(1.0 / 1.2),
                "xx-small" => Self::Keyword(9.0),
                "x-small" => Self::Keyword(10.0),
                "small" => Self::Keyword(13.0),
                "medium" => Self::Keyword(16.0),
                "large" => Self::Keyword(18.0),
                "x-large" => Self::Keyword(24.0),
                "xx-large" => Self::Keyword(32.0),
                "xxx-large" => Self::Keyword(48.0),
                _ => return Err(Error::unexpected_token()),
            })
        });
        keyword
            .or_else(|_| crate::style::values::NonNegative::parse(input).map(|length| Self::Length(length.0)))
    }

    fn compute(&self, context: &Context<'_>) -> Px {
        match self {
            Self::Times(factor) => context.em * *factor,
            Self::Keyword(size) => Px(*size),
            Self::Length(length) => length.compute(context).resolve(context.em).max(Px::ZERO),
        }
    }
}

/// `font-weight`.
enum Weight {
    Number(u16),
    Bolder,
    Lighter,
}

impl Specified for Weight {
    type Computed = u16;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if let Ok(number) = input.try_parse(parse_calc) {
            if !(1.0..=1000.0).contains(&number) {
                return Err(Invalid::because("a weight is from 1 to 1000"));
            }
            return Ok(Self::Number(number.round() as u16));
        }
        cssparser::match_ignore_ascii_case! { input.expect_ident()?,
            "normal" => Ok(Self::Number(400)),
            "bold" => Ok(Self::Number(700)),
            "bolder" => Ok(Self::Bolder),
            "lighter" => Ok(Self::Lighter),
            _ => Err(Invalid::because("normal, bold, bolder, lighter or a number from 1 to 1000")),
        }
    }

    /// CSS Fonts 4, section 2.2.1.
    fn compute(&self, context: &Context<'_>) -> u16 {
        match (self, context.parent.font.weight) {
            (Self::Number(weight), _) => *weight,
            (Self::Bolder, ..350) => 400,
            (Self::Bolder, 350..550) => 700,
            (Self::Bolder, heavy) => heavy.max(900),
            (Self::Lighter, light @ ..100) => light,
            (Self::Lighter, 100..550) => 100,
            (Self::Lighter, 550..750) => 400,
            (Self::Lighter, _) => 700,
        }
    }
}

/// `font-style`; the angle of `oblique` is not kept.
struct Style(Slant);

impl Specified for Style {
    type Computed = Slant;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        cssparser::match_ignore_ascii_case! { input.expect_ident()?,
            "normal" => Ok(Self(Slant::Upright)),
            "italic" => Ok(Self(Slant::Italic)),
            "oblique" => {
                let _ = input.try_parse(crate::style::values::parse_angle);
                Ok(Self(Slant::Italic))
            },
            _ => Err(Invalid::because("one of: normal, italic, oblique")),
        }
    }

    fn compute(&self, _context: &Context<'_>) -> Slant {
        self.0
    }
}

/// `font-feature-settings`: OpenType tags and their values.
struct Features(Arc<[([u8; 4], u16)]>);

impl Specified for Features {
    type Computed = Arc<[([u8; 4], u16)]>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
            return Ok(Self(Arc::from([])));
        }
        let features = input.parse_comma_separated(|input| {
            let tag = <[u8; 4]>::try_from(input.expect_string()?.as_bytes())
                .map_err(|_| Invalid::because("a feature is a tag of four letters in quotes"))?;
            let start = input.state();
            let value = match input.next() {
                Ok(Token::Number { int_value: Some(value), .. }) => u16::try_from(*value).unwrap_or(1),
                Ok(Token::Ident(word)) if word.eq_ignore_ascii_case("on") => 1,
                Ok(Token::Ident(word)) if word.eq_ignore_ascii_case("off") => 0,
                _ => {
                    input.reset(&start);
                    1
                }
            };
            Ok::<_, Error>((tag, value))
        })?;
        Ok(Self(features.into()))
    }

    fn compute(&self, _context: &Context<'_>) -> Arc<[([u8; 4], u16)]> {
        self.0.clone()
    }
}
