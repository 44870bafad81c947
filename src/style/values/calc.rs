//! CSS Values and Units 4, section 10: `calc()`, `min()`, `max()` and `clamp()`.

use cssparser::Token;

use super::length::{Length, parse_length};
use super::{Context, Error, Input, Invalid, Parsed};
use crate::style::computed::LengthPercentage;
use crate::units::Px;

/// An expression. Sums are folded while parsing, so that what is left is a number, a sum of lengths, or a
/// choice between sums that only the element decides.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Calc {
    Number(f32),
    Length(Length),
    /// `min()` or `max()`, times a factor, plus a sum.
    Choice {
        choice: Choice,
        of: Vec<Calc>,
        factor: f32,
        plus: Length,
    },
}

/// Which of several lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    Least,
    Greatest,
}

/// Parses a function that has been begun, `calc(` or one of its like.
pub(super) fn parse_function(name: &str, input: &mut Input<'_>) -> Parsed<Calc> {
    cssparser::match_ignore_ascii_case! { name,
        "calc" => input.parse_nested_block(sum),
        "min" => input.parse_nested_block(|input| choose(Choice::Least, input)),
        "max" => input.parse_nested_block(|input| choose(Choice::Greatest, input)),
        "clamp" => input.parse_nested_block(clamp),
        _ => Err(Error::unexpected_token()),
    }
}

/// Parses an expression that comes to a number.
pub(crate) fn parse_calc(input: &mut Input<'_>) -> Parsed<f32> {
    let token = input.next()?.clone();
    match &token {
        Token::Number { value, .. } => Ok(*value),
        Token::Function(name) => match parse_function(name, input)? {
            Calc::Number(number) => Ok(number),
            _ => Err(Invalid::because("a number here, not a length")),
        },
        _ => Err(Error::unexpected_token()),
    }
}

fn sum(input: &mut Input<'_>) -> Parsed<Calc> {
    let mut total = product(input)?;
    loop {
        let start = input.state();
        match input.next() {
            Ok(Token::Delim('+')) => total = add(total, product(input)?)?,
            Ok(Token::Delim('-')) => total = add(total, scale(product(input)?, -1.0))?,
            _ => {
                input.reset(&start);
                return Ok(total);
            }
        }
    }
}

fn product(input: &mut Input<'_>) -> Parsed<Calc> {
    let mut total = term(input)?;
    loop {
        let start = input.state();
        match input.next() {
            Ok(Token::Delim('*')) => {
                total = match (total, term(input)?) {
                    (Calc::Number(factor), other) | (other, Calc::Number(factor)) => scale(other, factor),
                    _ => return Err(Invalid::because("one side of `*` is a number")),
                };
            }
            Ok(Token::Delim('/')) => match term(input)? {
                Calc::Number(divisor) if divisor != 0.0 => total = scale(total, 1.0 / divisor),
                _ => return Err(Invalid::because("the right side of `/` is a number other than 0")),
            },
            _ => {
                input.reset(&start);
                return Ok(total);
            }
        }
    }
}

fn term(input: &mut Input<'_>) -> Parsed<Calc> {
    let token = input.next()?.clone();
    match &token {
        Token::Number { value, .. } => Ok(Calc::Number(*value)),
        Token::ParenthesisBlock => input.parse_nested_block(sum),
        Token::Function(name) => parse_function(name, input),
        Token::Ident(name) if name.eq_ignore_ascii_case("pi") => Ok(Calc::Number(std::f32::consts::PI)),
        token => parse_length(token).map(Calc::Length),
    }
}

fn add(left: Calc, right: Calc) -> Parsed<Calc> {
    match (left, right) {
        (Calc::Number(left), Calc::Number(right)) => Ok(Calc::Number(left + right)),
        (Calc::Length(left), Calc::Length(right)) => Ok(Calc::Length(left.plus(right))),
        (Calc::Choice { choice, of, factor, plus }, Calc::Length(more))
        | (Calc::Length(more), Calc::Choice { choice, of, factor, plus }) => {
            Ok(Calc::Choice { choice, of, factor, plus: plus.plus(more) })
        }
        (Calc::Choice { .. }, Calc::Choice { .. }) => {
            Err(Invalid::because("two of min(), max() and clamp() cannot be added"))
        }
        _ => Err(Invalid::because("a number and a length cannot be added")),
    }
}

fn scale(calc: Calc, by: f32) -> Calc {
    match calc {
        Calc::Number(number) => Calc::Number(number * by),
        Calc::Length(length) => Calc::Length(length.times(by)),
        Calc::Choice { choice, of, factor, plus } => {
            Calc::Choice { choice, of, factor: factor * by, plus: plus.times(by) }
        }
    }
}

fn choose(choice: Choice, input: &mut Input<'_>) -> Parsed<Calc> {
    let of = input.parse_comma_separated(sum)?;
    pick(choice, of)
}

fn clamp(input: &mut Input<'_>) -> Parsed<Calc> {
    let low = sum(input)?;
    input.expect_comma()?;
    let value = sum(input)?;
    input.expect_comma()?;
    let high = sum(input)?;
    pick(Choice::Greatest, vec![low, pick(Choice::Least, vec![value, high])?])
}

fn pick(choice: Choice, of: Vec<Calc>) -> Parsed<Calc> {
    let numbers: Option<Vec<f32>> =
        of.iter().map(|calc| if let Calc::Number(number) = calc { Some(*number) } else { None }).collect();
    if let Some(numbers) = numbers {
        return numbers
            .into_iter()
            .reduce(|a, b| if choice == Choice::Least { a.min(b) } else { a.max(b) })
            .map(Calc::Number)
            .ok_or_else(Error::unexpected_token);
    }
    let percent = of.first().map_or(0.0, Calc::percent);
    if of.iter().any(|calc| matches!(calc, Calc::Number(_))) {
        return Err(Invalid::because("a number and a length cannot be compared"));
    }
    if of.iter().any(|calc| calc.percent() != percent) {
        return Err(Invalid::because(
            "percentages and lengths can be compared only in layout: use min-width, max-width and their like",
        ));
    }
    Ok(Calc::Choice { choice, of, factor: 1.0, plus: Length::default() })
}

impl Choice {
    fn of(self, a: LengthPercentage, b: LengthPercentage) -> LengthPercentage {
        let takes_second = match self {
            Self::Least => b.px < a.px,
            Self::Greatest => b.px > a.px,
        };
        if takes_second { b } else { a }
    }
}

impl Calc {
    fn percent(&self) -> f32 {
        match self {
            Self::Number(_) => 0.0,
            Self::Length(length) => length.percent,
            Self::Choice { of, factor, plus, .. } => {
                of.first().map_or(0.0, Self::percent) * factor + plus.percent
            }
        }
    }

    /// Whether it depends on what percentages refer to.
    pub fn has_percent(&self) -> bool {
        self.percent() != 0.0
    }

    /// What it comes to for an element.
    pub fn compute(&self, context: &Context<'_>) -> LengthPercentage {
        match self {
            Self::Number(number) => LengthPercentage::px(Px(*number)),
            Self::Length(length) => length.compute(context),
            Self::Choice { choice, of, factor, plus } => {
                let lengths = of.iter().map(|calc| calc.compute(context));
                let chosen = lengths.reduce(|a, b| choice.of(a, b)).unwrap_or_default();
                let plus = plus.compute(context);
                LengthPercentage {
                    px: plus.px + chosen.px * *factor,
                    of_type: plus.of_type + chosen.of_type * *factor,
                    percent: self.percent(),
                }
            }
        }
    }
}
