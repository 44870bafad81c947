//! Shorthands: one declaration that stands for several (CSS Cascade 4, section 3.1).

use super::{Longhand, Setter, longhand_named};
use crate::style::values::{Error, Input, Parsed};

/// A property that sets others.
pub(crate) struct Shorthand {
    /// Its name.
    pub name: &'static str,
    /// The longhands that it sets, for `inherit` and its like.
    pub longhands: &'static [&'static str],
    /// Parses a value into its longhands.
    pub parse: fn(&mut Input<'_>, &mut Expansion) -> Parsed<()>,
}

/// The longhands that a shorthand came down to.
#[derive(Default)]
pub(crate) struct Expansion(pub Vec<(&'static Longhand, Setter)>);

impl Expansion {
    /// Parses the next value as one of this longhand's.
    pub fn parse(&mut self, name: &'static str, input: &mut Input<'_>) -> Parsed<()> {
        let longhand = longhand_named(name);
        let setter = (longhand.parse)(input)?;
        self.0.push((longhand, setter));
        Ok(())
    }

    /// Parses the next value as one of this longhand's, if it is one.
    pub fn try_parse(&mut self, name: &'static str, input: &mut Input<'_>) -> bool {
        input.try_parse(|input| self.parse(name, input)).is_ok()
    }

    /// Gives a longhand a value written out, for what a shorthand leaves to its initial value.
    pub fn set(&mut self, name: &'static str, text: &str) -> Parsed<()> {
        self.parse(name, &mut Input::new(text))
    }

    /// Gives a longhand a value that is parsed already.
    pub fn put(&mut self, name: &'static str, setter: Setter) {
        self.0.push((longhand_named(name), setter));
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(longhand, _)| longhand.name == name)
    }

    /// Values in any order, each of another longhand; those that are not there take their initial value.
    pub fn any_order(&mut self, input: &mut Input<'_>, longhands: &[(&'static str, &str)]) -> Parsed<()> {
        let before = self.0.len();
        while longhands.iter().any(|(name, _)| !self.has(name) && self.try_parse(name, input)) {}
        if self.0.len() == before {
            // The first longhand's own error says more than that none fits.
            let (first, _) = longhands.first().ok_or_else(Error::unexpected_token)?;
            return self.parse(first, input);
        }
        for (name, initial) in longhands {
            if !self.has(name) {
                self.set(name, initial)?;
            }
        }
        Ok(())
    }

    /// One to four values for the sides top, right, bottom and left.
    pub fn sides(&mut self, input: &mut Input<'_>, names: [&'static str; 4]) -> Parsed<()> {
        let mut starts = vec![input.state()];
        self.parse(names[0], input)?;
        while starts.len() < 4 {
            let start = input.state();
            if !self.try_parse(names[starts.len()], input) {
                break;
            }
            starts.push(start);
        }
        let end = input.state();
        let sources = match starts.len() {
            1 => [0, 0, 0, 0],
            2 => [0, 1, 0, 1],
            3 => [0, 1, 2, 1],
            _ => [0, 1, 2, 3],
        };
        for side in starts.len()..4 {
            input.reset(&starts[sources[side]]);
            self.parse(names[side], input)?;
        }
        input.reset(&end);
        Ok(())
    }

    /// One or two values for two longhands; one counts for both.
    pub fn pair(&mut self, input: &mut Input<'_>, names: [&'static str; 2]) -> Parsed<()> {
        let start = input.state();
        self.parse(names[0], input)?;
        if self.try_parse(names[1], input) {
            return Ok(());
        }
        let end = input.state();
        input.reset(&start);
        self.parse(names[1], input)?;
        input.reset(&end);
        Ok(())
    }
}

/// A shorthand of four sides.
macro_rules! sides {
    ($name:literal, $($longhand:literal),+) => {
        $crate::style::properties::Shorthand {
            name: $name,
            longhands: &[$($longhand),+],
            parse: |input, expansion| expansion.sides(input, [$($longhand),+]),
        }
    };
}
pub(crate) use sides;

/// A shorthand of two longhands that one value can set both of.
macro_rules! pair {
    ($name:literal, $first:literal, $second:literal) => {
        $crate::style::properties::Shorthand {
            name: $name,
            longhands: &[$first, $second],
            parse: |input, expansion| expansion.pair(input, [$first, $second]),
        }
    };
}
pub(crate) use pair;

/// A shorthand whose values come in any order, with the initial value of each.
macro_rules! any_order {
    ($name:literal, $($longhand:literal = $initial:literal),+) => {
        $crate::style::properties::Shorthand {
            name: $name,
            longhands: &[$($longhand),+],
            parse: |input, expansion| expansion.any_order(input, &[$(($longhand, $initial)),+]),
        }
    };
}
pub(crate) use any_order;

/// Another name for a longhand.
macro_rules! alias {
    ($name:literal, $longhand:literal) => {
        $crate::style::properties::Shorthand {
            name: $name,
            longhands: &[$longhand],
            parse: |input, expansion| expansion.parse($longhand, input),
        }
    };
}
pub(crate) use alias;
