//! Small values that many properties share, and wrappers that make one kind of value of another.

use std::sync::Arc;

use cssparser::Token;

use super::{Context, Error, Input, Invalid, Parsed, Specified, parse_calc};
use crate::style::computed::Keywords;

/// One of a property's keywords.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Keyword<T>(pub T);

/// Parses one of a type's keywords.
pub(crate) fn keyword<T: Keywords>(input: &mut Input<'_>) -> Parsed<T> {
    let found = input.try_parse(|input| {
        T::find(input.expect_ident().map_err(Error::from)?).ok_or_else(Error::unexpected_token)
    });
    found.map_err(|_| Invalid::because(keyword_hint::<T>()))
}

/// The hint that names a type's keywords.
pub(crate) fn keyword_hint<T: Keywords>() -> String {
    format!("one of: {}", T::ALL.join(", "))
}

impl<T: Keywords + Send + Sync + 'static> Specified for Keyword<T> {
    type Computed = T;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        keyword(input).map(Self)
    }

    fn compute(&self, _context: &Context<'_>) -> T {
        self.0
    }
}

/// A number from 0.
pub(crate) struct Factor(f32);

impl Specified for Factor {
    type Computed = f32;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let number = parse_calc(input)?;
        if number < 0.0 { Err(Invalid::because("not below 0")) } else { Ok(Self(number)) }
    }

    fn compute(&self, _context: &Context<'_>) -> f32 {
        self.0
    }
}

/// A whole number within the bounds of its type.
pub(crate) struct Integer<T>(T);

impl<T: TryFrom<i32> + Copy + Send + Sync + 'static> Specified for Integer<T> {
    type Computed = T;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let number = match input.try_parse(|input| input.expect_integer()) {
            Ok(number) => number,
            Err(_) => parse_calc(input)?.round() as i32,
        };
        T::try_from(number).map(Self).map_err(|_| Invalid::because("a smaller whole number"))
    }

    fn compute(&self, _context: &Context<'_>) -> T {
        self.0
    }
}

/// A name of the author's own.
pub(crate) struct Ident(pub Arc<str>);

impl Specified for Ident {
    type Computed = Arc<str>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        Ok(Self(Arc::from(&**input.expect_ident()?)))
    }

    fn compute(&self, _context: &Context<'_>) -> Arc<str> {
        self.0.clone()
    }
}

/// A value, or one keyword that stands for none.
pub(crate) struct Optional<T, const WORD: u8>(Option<T>);

/// The keyword that an [`Optional`] takes for none.
pub(crate) mod nothing {
    /// `none`.
    pub const NONE: u8 = 0;
    /// `auto`.
    pub const AUTO: u8 = 1;
    /// `normal`.
    pub const NORMAL: u8 = 2;
    /// `from-font` and `auto`.
    pub const FROM_FONT: u8 = 3;
    /// `no-limit`.
    pub const NO_LIMIT: u8 = 4;
}

impl<T: Specified, const WORD: u8> Specified for Optional<T, WORD> {
    type Computed = Option<T::Computed>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let words: &[&str] = match WORD {
            nothing::NONE => &["none"],
            nothing::AUTO => &["auto"],
            nothing::NORMAL => &["normal"],
            nothing::NO_LIMIT => &["no-limit"],
            _ => &["auto", "from-font"],
        };
        if words.iter().any(|word| input.try_parse(|input| input.expect_ident_matching(word)).is_ok()) {
            return Ok(Self(None));
        }
        T::parse(input).map(|value| Self(Some(value)))
    }

    fn compute(&self, context: &Context<'_>) -> Self::Computed {
        self.0.as_ref().map(|value| value.compute(context))
    }
}

/// A value, or nothing (`normal`), which computes to the type's default.
pub(crate) struct Or<T, const WORD: u8>(Optional<T, WORD>);

impl<T: Specified, const WORD: u8> Specified for Or<T, WORD>
where
    T::Computed: Default,
{
    type Computed = T::Computed;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        Optional::parse(input).map(Self)
    }

    fn compute(&self, context: &Context<'_>) -> Self::Computed {
        self.0.compute(context).unwrap_or_default()
    }
}

/// One or two values; one counts for both.
pub(crate) struct Pair<T>(T, Option<T>);

impl<T: Specified> Specified for Pair<T> {
    type Computed = (T::Computed, T::Computed);

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let first = T::parse(input)?;
        Ok(Self(first, input.try_parse(T::parse).ok()))
    }

    fn compute(&self, context: &Context<'_>) -> Self::Computed {
        (self.0.compute(context), self.1.as_ref().unwrap_or(&self.0).compute(context))
    }
}

/// Values with commas between, or `none`.
pub(crate) struct List<T>(Vec<T>);

impl<T: Specified> Specified for List<T> {
    type Computed = Arc<[T::Computed]>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(Self(Vec::new()));
        }
        let mut values = vec![T::parse(input)?];
        while input.try_parse(|input| input.expect_comma()).is_ok() {
            values.push(T::parse(input)?);
        }
        Ok(Self(values))
    }

    fn compute(&self, context: &Context<'_>) -> Self::Computed {
        self.0.iter().map(|value| value.compute(context)).collect()
    }
}

/// A number or percentage from 0 to 1, others brought within.
pub(crate) struct Alpha(f32);

impl Specified for Alpha {
    type Computed = f32;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let start = input.state();
        let value = match input.next()? {
            Token::Percentage { unit_value, .. } => *unit_value,
            _ => {
                input.reset(&start);
                parse_calc(input)?
            }
        };
        Ok(Self(value.clamp(0.0, 1.0)))
    }

    fn compute(&self, _context: &Context<'_>) -> f32 {
        self.0
    }
}
