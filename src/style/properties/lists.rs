//! CSS Lists 3 and `quotes` of CSS Generated Content 3.

use std::sync::Arc;

use cssparser::Token;

use super::{Expansion, Longhand, Phase, Shorthand, inherited};
use crate::style::computed::{ListPosition, ListStyle};
use crate::style::values::{Context, Error, Input, Invalid, Keyword, Parsed, Specified};

pub(super) const LONGHANDS: &[Longhand] = &[
    inherited!("list-style-type", ListStyle => list.style),
    inherited!("list-style-position", Keyword<ListPosition> => list.position),
    Longhand {
        name: "quotes",
        inherited: true,
        phase: Phase::Rest,
        parse: |input| {
            let quotes = quotes(input)?;
            Ok(Box::new(move |style, _| {
                let list = Arc::make_mut(&mut style.list);
                list.quotes_of_language = quotes.is_none();
                if let Some(quotes) = &quotes {
                    list.quotes = quotes.clone();
                }
            }))
        },
        copy: |style, from| {
            let list = Arc::make_mut(&mut style.list);
            list.quotes = from.list.quotes.clone();
            list.quotes_of_language = from.list.quotes_of_language;
        },
        #[cfg(test)]
        show: |style| format!("{:?}", &style.list.quotes),
    },
];

pub(super) const SHORTHANDS: &[Shorthand] = &[Shorthand {
    name: "list-style",
    longhands: &["list-style-type", "list-style-position"],
    parse: list_style,
}];

/// `list-style`: a type and a position in any order.
fn list_style(input: &mut Input<'_>, expansion: &mut Expansion) -> Parsed<()> {
    if input.try_parse(|input| input.expect_url()).is_ok() {
        return Err(Invalid::because("a picture as marker is set by ::marker { content: url(…) }"));
    }
    expansion.any_order(input, &[("list-style-position", "outside"), ("list-style-type", "disc")])
}

/// Pairs of quotation marks.
type Marks = Arc<[(Arc<str>, Arc<str>)]>;

/// `quotes`: pairs, `none`, or `auto`, which is by the language.
fn quotes(input: &mut Input<'_>) -> Parsed<Option<Marks>> {
    if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
        return Ok(None);
    }
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(Some(Arc::from([])));
    }
    let mut pairs = Vec::new();
    while let Ok(open) = input.try_parse(|input| input.expect_string_cloned()) {
        let close = input.expect_string()?;
        pairs.push((Arc::from(&*open), Arc::from(&**close)));
    }
    if pairs.is_empty() { Err(Error::unexpected_token()) } else { Ok(Some(pairs.into())) }
}

impl ListStyle {
    /// The style with this keyword.
    pub(crate) fn from_keyword(keyword: &str) -> Option<Self> {
        Some(cssparser::match_ignore_ascii_case! { keyword,
            "disc" => Self::Disc,
            "circle" => Self::Circle,
            "square" => Self::Square,
            "decimal" => Self::Decimal,
            "decimal-leading-zero" => Self::DecimalLeadingZero,
            "lower-alpha" | "lower-latin" => Self::LowerAlpha,
            "upper-alpha" | "upper-latin" => Self::UpperAlpha,
            "lower-roman" => Self::LowerRoman,
            "upper-roman" => Self::UpperRoman,
            "none" => Self::None,
            _ => return None,
        })
    }
}

impl Specified for ListStyle {
    type Computed = Self;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        match input.next()? {
            Token::QuotedString(text) => Ok(Self::Text(Arc::from(&**text))),
            Token::Ident(word) => Self::from_keyword(word).ok_or_else(|| {
                Invalid::because(
                    "one of: disc, circle, square, decimal, decimal-leading-zero, lower-alpha, upper-alpha, \
                     lower-roman, upper-roman, none, or a string",
                )
            }),
            _ => Err(Error::unexpected_token()),
        }
    }

    fn compute(&self, _context: &Context<'_>) -> Self {
        self.clone()
    }
}
