//! CSS Values and Units 4: lengths and percentages.

use cssparser::Token;

use super::calc::{self, Calc};
use super::{Context, Error, Input, Invalid, Parsed, Specified};
use crate::style::computed;
use crate::units::Px;

/// A sum of lengths in each kind of unit, which is what lengths come down to before the element is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Length {
    pub px: f32,
    pub em: f32,
    pub rem: f32,
    pub line: f32,
    /// 1.0 is 100 %.
    pub percent: f32,
}

/// A length or percentage, `calc()` included.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LengthPercentage {
    /// What nearly all are.
    Sum(Length),
    /// What has `min()`, `max()` or `clamp()` in it.
    Calc(Box<Calc>),
}

/// A length, with no percentage.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Absolute(LengthPercentage);

/// A length or percentage that is not below nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NonNegative(pub LengthPercentage);

/// A length, a percentage or `auto`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LengthOrAuto {
    Auto,
    Length(LengthPercentage),
}

/// A value of `width` and its like.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Size {
    Auto,
    MinContent,
    MaxContent,
    FitContent,
    Length(NonNegative),
}

impl Length {
    /// An absolute length.
    pub const fn px(px: f32) -> Self {
        Self { px, em: 0.0, rem: 0.0, line: 0.0, percent: 0.0 }
    }

    /// `value` of the unit, or `None` where the unit is not one of lengths.
    ///
    /// Of a font's measures only the em is known before layout, so 1ex and 1ch count as half an em, as the
    /// standard has it where they cannot be had.
    fn of_unit(value: f32, unit: &str) -> Option<Self> {
        let zero = Self::default();
        Some(match_unit(unit)?).map(|unit| match unit {
            Unit::Px(factor) => Self::px(value * factor),
            Unit::Em(factor) => Self { em: value * factor, ..zero },
            Unit::Rem => Self { rem: value, ..zero },
            Unit::Line => Self { line: value, ..zero },
        })
    }

    /// Whether it depends neither on type nor on what percentages refer to.
    pub fn is_absolute(self) -> bool {
        self == Self::px(self.px)
    }

    /// The sum of two.
    pub fn plus(self, other: Self) -> Self {
        Self {
            px: self.px + other.px,
            em: self.em + other.em,
            rem: self.rem + other.rem,
            line: self.line + other.line,
            percent: self.percent + other.percent,
        }
    }

    /// A multiple.
    pub fn times(self, factor: f32) -> Self {
        Self {
            px: self.px * factor,
            em: self.em * factor,
            rem: self.rem * factor,
            line: self.line * factor,
            percent: self.percent * factor,
        }
    }

    pub fn compute(self, context: &Context<'_>) -> computed::LengthPercentage {
        let of_type = context.em * self.em + context.rem * self.rem + context.line * self.line;
        computed::LengthPercentage { px: Px(self.px) + of_type, of_type, percent: self.percent }
    }

    /// Whether it can be told already that it is below nothing.
    fn is_negative(self) -> bool {
        let parts = [self.px, self.em, self.rem, self.line, self.percent];
        parts.iter().all(|part| *part <= 0.0) && parts.iter().any(|part| *part < 0.0)
    }
}

enum Unit {
    Px(f32),
    Em(f32),
    Rem,
    Line,
}

fn match_unit(unit: &str) -> Option<Unit> {
    cssparser::match_ignore_ascii_case! { unit,
        "px" => Some(Unit::Px(1.0)),
        "pt" => Some(Unit::Px(96.0 / 72.0)),
        "pc" => Some(Unit::Px(16.0)),
        "in" => Some(Unit::Px(96.0)),
        "cm" => Some(Unit::Px(96.0 / 2.54)),
        "mm" => Some(Unit::Px(96.0 / 25.4)),
        "q" => Some(Unit::Px(96.0 / 101.6)),
        "em" => Some(Unit::Em(1.0)),
        "ex" | "ch" => Some(Unit::Em(0.5)),
        "cap" => Some(Unit::Em(0.7)),
        "ic" => Some(Unit::Em(1.0)),
        "rem" => Some(Unit::Rem),
        "lh" => Some(Unit::Line),
        _ => None,
    }
}

/// The hint for a dimension that is not a length.
fn unit_hint(unit: &str) -> Error {
    let lower = unit.to_ascii_lowercase();
    if ["vw", "vh", "vmin", "vmax", "vi", "vb", "svh", "lvh", "dvh"].contains(&&*lower) {
        return Invalid::because("paper has no viewport: use mm, pt or %");
    }
    Invalid::because(format!(
        "`{unit}` is no unit of length: use mm, cm, in, pt, pc, px, em, rem, ch, lh or %"
    ))
}

/// Parses one length or percentage token; other tokens are errors.
pub(crate) fn parse_length(token: &Token<'_>) -> Parsed<Length> {
    match token {
        Token::Dimension { value, unit, .. } => Length::of_unit(*value, unit).ok_or_else(|| unit_hint(unit)),
        Token::Percentage { unit_value, .. } => Ok(Length { percent: *unit_value, ..Length::default() }),
        Token::Number { value: 0.0, .. } => Ok(Length::default()),
        Token::Number { value, .. } => {
            Err(Invalid::because(format!("a length has a unit: {value}px, {value}mm, {value}em …")))
        }
        _ => Err(Error::unexpected_token()),
    }
}

/// Parses an angle into degrees, clockwise.
pub(crate) fn parse_angle(input: &mut Input<'_>) -> Parsed<f32> {
    match input.next()? {
        Token::Number { value: 0.0, .. } => Ok(0.0),
        Token::Dimension { value, unit, .. } => {
            let value = *value;
            cssparser::match_ignore_ascii_case! { unit,
                "deg" => Ok(value),
                "grad" => Ok(value * 0.9),
                "rad" => Ok(value.to_degrees()),
                "turn" => Ok(value * 360.0),
                _ => Err(Invalid::because("an angle is in deg, grad, rad or turn")),
            }
        }
        _ => Err(Error::unexpected_token()),
    }
}

impl Specified for LengthPercentage {
    type Computed = computed::LengthPercentage;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let token = input.next()?.clone();
        match &token {
            Token::Function(name) => calc::parse_function(name, input).map(|calc| match calc {
                Calc::Length(sum) => Self::Sum(sum),
                other => Self::Calc(Box::new(other)),
            }),
            token => parse_length(token).map(Self::Sum),
        }
    }

    fn compute(&self, context: &Context<'_>) -> computed::LengthPercentage {
        match self {
            Self::Sum(sum) => sum.compute(context),
            Self::Calc(calc) => calc.compute(context),
        }
    }
}

impl LengthPercentage {
    /// No length.
    pub const ZERO: Self = Self::Sum(Length::px(0.0));

    /// A percentage; 1.0 is 100 %.
    pub const fn percent(percent: f32) -> Self {
        Self::Sum(Length { px: 0.0, em: 0.0, rem: 0.0, line: 0.0, percent })
    }

    /// The place at a distance from a side at 0 % or 100 %, measured inwards.
    pub fn offset(&self, distance: &Self) -> Option<Self> {
        match (self, distance) {
            (Self::Sum(side), Self::Sum(distance)) => {
                let inwards = if side.percent > 0.0 { -1.0 } else { 1.0 };
                Some(Self::Sum(side.plus(distance.times(inwards))))
            }
            _ => None,
        }
    }

    fn has_percent(&self) -> bool {
        match self {
            Self::Sum(sum) => sum.percent != 0.0,
            Self::Calc(calc) => calc.has_percent(),
        }
    }
}

impl Specified for Absolute {
    type Computed = Px;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let length = LengthPercentage::parse(input)?;
        if length.has_percent() {
            return Err(Invalid::because("a length here, not a percentage"));
        }
        Ok(Self(length))
    }

    fn compute(&self, context: &Context<'_>) -> Px {
        self.0.compute(context).px
    }
}

impl Specified for NonNegative {
    type Computed = computed::LengthPercentage;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let length = LengthPercentage::parse(input)?;
        if matches!(length, LengthPercentage::Sum(sum) if sum.is_negative()) {
            return Err(Invalid::because("not below 0"));
        }
        Ok(Self(length))
    }

    fn compute(&self, context: &Context<'_>) -> computed::LengthPercentage {
        let length = self.0.compute(context);
        if length.percent == 0.0 { length.at_least_nothing() } else { length }
    }
}

impl Specified for LengthOrAuto {
    type Computed = computed::LengthOrAuto;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
            return Ok(Self::Auto);
        }
        LengthPercentage::parse(input).map(Self::Length)
    }

    fn compute(&self, context: &Context<'_>) -> computed::LengthOrAuto {
        match self {
            Self::Auto => computed::LengthOrAuto::Auto,
            Self::Length(length) => computed::LengthOrAuto::Length(length.compute(context)),
        }
    }
}

impl Specified for Size {
    type Computed = computed::Sizing;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let keyword = input.try_parse(|input| {
            cssparser::match_ignore_ascii_case! { input.expect_ident()?,
                "auto" | "none" | "normal" => Ok(Self::Auto),
                "min-content" => Ok(Self::MinContent),
                "max-content" | "content" => Ok(Self::MaxContent),
                "fit-content" => Ok(Self::FitContent),
                _ => Err(Error::unexpected_token()),
            }
        });
        keyword.or_else(|_| NonNegative::parse(input).map(Self::Length))
    }

    fn compute(&self, context: &Context<'_>) -> computed::Sizing {
        match self {
            Self::Auto => computed::Sizing::Auto,
            Self::MinContent => computed::Sizing::MinContent,
            Self::MaxContent => computed::Sizing::MaxContent,
            Self::FitContent => computed::Sizing::FitContent,
            Self::Length(length) => computed::Sizing::Length(length.compute(context)),
        }
    }
}
