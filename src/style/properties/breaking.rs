//! Where lines break and what hangs at their ends: CSS Text 4, sections 6 and 8.

use std::sync::Arc;

use super::shorthand::any_order;
use super::{Longhand, Shorthand, inherited};
use crate::style::computed::{
    self, HangingEnd, HangingPunctuation, HyphenateLast, Hyphens, TextWrap, WrapMode,
};
use crate::style::values::{
    Context, Error, Input, Integer, Invalid, Keyword, LengthPercentage, Optional, Parsed, Specified, nothing,
};

pub(super) const LONGHANDS: &[Longhand] = &[
    inherited!("hyphens", Keyword<Hyphens> => text.hyphens),
    inherited!("hyphenate-limit-chars", HyphenateLimits => text.hyphenate_limits),
    inherited!("hyphenate-limit-lines", Optional<Integer<u8>, { nothing::NO_LIMIT }> => text.hyphenate_lines),
    inherited!("hyphenate-limit-last", Keyword<HyphenateLast> => text.hyphenate_last),
    inherited!("hyphenate-limit-zone", LengthPercentage => text.hyphenate_zone),
    inherited!("hyphenate-character", Optional<Hyphen, { nothing::AUTO }> => text.hyphenate_character),
    inherited!("text-wrap-mode", Keyword<WrapMode> => text.wrap_mode),
    inherited!("text-wrap-style", WrapStyle => text.wrap),
    inherited!("hanging-punctuation", Hanging => text.hanging),
];

pub(super) const SHORTHANDS: &[Shorthand] =
    &[any_order!("text-wrap", "text-wrap-mode" = "wrap", "text-wrap-style" = "auto")];

/// `hyphenate-limit-chars`: the word, and what is before and after the hyphen; `auto` is 5, 2 and 2.
struct HyphenateLimits((u8, u8, u8));

impl Specified for HyphenateLimits {
    type Computed = (u8, u8, u8);

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let limit = |input: &mut Input<'_>, auto: u8| -> Parsed<u8> {
            if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
                return Ok(auto);
            }
            u8::try_from(input.expect_integer()?).map_err(|_| Invalid::because("up to 255 letters"))
        };
        let word = limit(input, 5)?;
        let before = input.try_parse(|input| limit(input, 2));
        let after = input.try_parse(|input| limit(input, 2));
        let before = before.unwrap_or(2);
        Ok(Self((word, before, after.unwrap_or(before))))
    }

    fn compute(&self, _context: &Context<'_>) -> (u8, u8, u8) {
        self.0
    }
}

/// `hyphenate-character`: a string of one character.
struct Hyphen(char);

impl Specified for Hyphen {
    type Computed = char;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let string: Arc<str> = Arc::from(&**input.expect_string()?);
        let mut characters = string.chars();
        match (characters.next(), characters.next()) {
            (Some(hyphen), None) => Ok(Self(hyphen)),
            _ => Err(Invalid::because("auto, or one character in quotes")),
        }
    }

    fn compute(&self, _context: &Context<'_>) -> char {
        self.0
    }
}

/// `text-wrap-style`; `auto` is `pretty`.
struct WrapStyle(TextWrap);

impl Specified for WrapStyle {
    type Computed = TextWrap;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
            return Ok(Self(TextWrap::Pretty));
        }
        Keyword::parse(input).map(|Keyword(style)| Self(style))
    }

    fn compute(&self, _context: &Context<'_>) -> TextWrap {
        self.0
    }
}

/// `hanging-punctuation`: `none`, or `first`, `last` and one of `allow-end` and `force-end` in any order.
struct Hanging(HangingPunctuation);

impl Specified for Hanging {
    type Computed = HangingPunctuation;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let mut hanging = computed::HangingPunctuation::default();
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(Self(hanging));
        }
        let mut word = |input: &mut Input<'_>| -> Parsed<()> {
            let free = hanging.end == HangingEnd::None;
            cssparser::match_ignore_ascii_case! { input.expect_ident()?,
                "first" if !hanging.first => hanging.first = true,
                "last" if !hanging.last => hanging.last = true,
                "allow-end" if free => hanging.end = HangingEnd::Allow,
                "force-end" if free => hanging.end = HangingEnd::Force,
                _ => return Err(Error::unexpected_token()),
            }
            Ok(())
        };
        word(input)?;
        while input.try_parse(&mut word).is_ok() {}
        Ok(Self(hanging))
    }

    fn compute(&self, _context: &Context<'_>) -> HangingPunctuation {
        self.0
    }
}
