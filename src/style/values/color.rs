//! CSS Color 4 and `color-mix()` of CSS Color 5, in sRGB.

use cssparser::Token;
use cssparser::color::{parse_hash_color, parse_named_color};

use super::{Context, Error, Input, Invalid, Parsed, Specified, parse_angle};
use crate::style::computed;

/// A colour as specified.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Color {
    /// `currentcolor`.
    Current,
    /// Any other.
    Rgb(computed::Color),
    /// `color-mix()` of two, with the share of the second, and how much of the whole is there.
    Mix(Box<(Color, Color)>, f32, f32),
}

impl Specified for Color {
    type Computed = computed::Color;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let token = input.next()?.clone();
        match &token {
            Token::Hash(digits) | Token::IDHash(digits) => {
                let (red, green, blue, alpha) = parse_hash_color(digits.as_bytes())
                    .map_err(|()| Invalid::because("a colour has 3, 4, 6 or 8 hexadecimal digits"))?;
                Ok(Self::Rgb(bytes(red, green, blue, alpha)))
            }
            Token::Ident(name) => named(name),
            Token::Function(name) => {
                let name = name.clone();
                input.parse_nested_block(|input| function(&name, input))
            }
            _ => Err(Error::unexpected_token()),
        }
    }

    fn compute(&self, context: &Context<'_>) -> computed::Color {
        self.resolve(context.color)
    }
}

impl Color {
    /// The colour where `currentcolor` is `current`.
    pub fn resolve(&self, current: computed::Color) -> computed::Color {
        match self {
            Self::Current => current,
            Self::Rgb(color) => *color,
            Self::Mix(pair, share, whole) => {
                mix(pair.0.resolve(current), pair.1.resolve(current), *share, *whole)
            }
        }
    }
}

fn bytes(red: u8, green: u8, blue: u8, alpha: f32) -> computed::Color {
    let part = |byte: u8| f32::from(byte) / 255.0;
    computed::Color { red: part(red), green: part(green), blue: part(blue), alpha }
}

fn named(name: &str) -> Parsed<Color> {
    if name.eq_ignore_ascii_case("currentcolor") {
        return Ok(Color::Current);
    }
    if name.eq_ignore_ascii_case("transparent") {
        return Ok(Color::Rgb(computed::Color::TRANSPARENT));
    }
    match parse_named_color(name) {
        Ok((red, green, blue)) => Ok(Color::Rgb(bytes(red, green, blue, 1.0))),
        Err(()) => Err(Error::unexpected_token()),
    }
}

fn function(name: &str, input: &mut Input<'_>) -> Parsed<Color> {
    cssparser::match_ignore_ascii_case! { name,
        "rgb" | "rgba" => rgb(input).map(Color::Rgb),
        "hsl" | "hsla" => hsl(input).map(Color::Rgb),
        "color-mix" => color_mix(input),
        "oklch" | "oklab" | "lab" | "lch" | "hwb" | "color" | "device-cmyk" => {
            Err(Invalid::because("colours are sRGB: use #rrggbb, rgb(), hsl() or color-mix(in srgb, …)"))
        },
        _ => Err(Error::unexpected_token()),
    }
}

/// A number or a percentage of `full`.
fn part(input: &mut Input<'_>, full: f32) -> Parsed<f32> {
    match input.next()? {
        Token::Number { value, .. } => Ok(*value),
        Token::Percentage { unit_value, .. } => Ok(unit_value * full),
        Token::Ident(none) if none.eq_ignore_ascii_case("none") => Ok(0.0),
        _ => Err(Error::unexpected_token()),
    }
}

fn comma(input: &mut Input<'_>) -> bool {
    input.try_parse(|input| input.expect_comma()).is_ok()
}

/// The alpha after `,` or `/`, if any.
fn alpha(input: &mut Input<'_>) -> Parsed<f32> {
    if input.is_exhausted() {
        return Ok(1.0);
    }
    if !comma(input) {
        input.expect_delim('/')?;
    }
    part(input, 1.0).map(|alpha| alpha.clamp(0.0, 1.0))
}

fn rgb(input: &mut Input<'_>) -> Parsed<computed::Color> {
    let red = channel(input)?;
    comma(input);
    let green = channel(input)?;
    comma(input);
    let blue = channel(input)?;
    Ok(computed::Color { red, green, blue, alpha: alpha(input)? })
}

/// One of red, green and blue.
fn channel(input: &mut Input<'_>) -> Parsed<f32> {
    Ok((part(input, 255.0)? / 255.0).clamp(0.0, 1.0))
}

fn hsl(input: &mut Input<'_>) -> Parsed<computed::Color> {
    let hue = input.try_parse(parse_angle).or_else(|_| part(input, 360.0))?;
    comma(input);
    let saturation = fraction(input)?;
    comma(input);
    let lightness = fraction(input)?;
    let [red, green, blue] = hsl_to_rgb(hue, saturation, lightness);
    Ok(computed::Color { red, green, blue, alpha: alpha(input)? })
}

/// A percentage, or a number that means one.
fn fraction(input: &mut Input<'_>) -> Parsed<f32> {
    Ok((part(input, 100.0)? / 100.0).clamp(0.0, 1.0))
}

/// CSS Color 4, section 7.1.
fn hsl_to_rgb(hue: f32, saturation: f32, lightness: f32) -> [f32; 3] {
    let hue = hue.rem_euclid(360.0);
    [0.0, 8.0, 4.0].map(|n| {
        let k = (n + hue / 30.0) % 12.0;
        let a = saturation * lightness.min(1.0 - lightness);
        lightness - a * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    })
}

/// `color-mix(in srgb, COLOR P%?, COLOR P%?)` (CSS Color 5, section 3).
fn color_mix(input: &mut Input<'_>) -> Parsed<Color> {
    input.expect_ident_matching("in")?;
    if !input.expect_ident()?.eq_ignore_ascii_case("srgb") {
        return Err(Invalid::because("colours mix in sRGB: color-mix(in srgb, …)"));
    }
    input.expect_comma()?;
    let (first, first_share) = mixed(input)?;
    input.expect_comma()?;
    let (second, second_share) = mixed(input)?;
    let (one, two) = match (first_share, second_share) {
        (None, None) => (0.5, 0.5),
        (Some(one), None) => (one, 1.0 - one),
        (None, Some(two)) => (1.0 - two, two),
        (Some(one), Some(two)) => (one, two),
    };
    let sum: f32 = one + two;
    if sum <= 0.0 {
        return Err(Invalid::because("the shares of a mix are not both 0"));
    }
    Ok(Color::Mix(Box::new((first, second)), two / sum, sum.min(1.0)))
}

fn mixed(input: &mut Input<'_>) -> Parsed<(Color, Option<f32>)> {
    let before = input.try_parse(share).ok();
    let color = Color::parse(input)?;
    Ok((color, before.or_else(|| input.try_parse(share).ok())))
}

fn share(input: &mut Input<'_>) -> Parsed<f32> {
    let share = input.expect_percentage()?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err(Error::unexpected_token()) }
}

/// Colours mix with their alpha multiplied in (CSS Color 4, section 12.3).
fn mix(one: computed::Color, two: computed::Color, share: f32, whole: f32) -> computed::Color {
    let alpha = one.alpha * (1.0 - share) + two.alpha * share;
    if alpha <= 0.0 {
        return computed::Color::TRANSPARENT;
    }
    let part = |a: f32, b: f32| (a * one.alpha * (1.0 - share) + b * two.alpha * share) / alpha;
    computed::Color {
        red: part(one.red, two.red),
        green: part(one.green, two.green),
        blue: part(one.blue, two.blue),
        alpha: alpha * whole,
    }
}
