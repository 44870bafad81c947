//! CSS Generated Content 3, CSS Lists 3 (counters) and CSS Generated Content for Paged Media.

use std::sync::Arc;

use cssparser::Token;

use super::{Longhand, longhand};
use crate::style::computed::{ListStyle, StringPosition};
use crate::style::values::{Context, Error, Input, Invalid, Parsed, Specified};

pub(super) const LONGHANDS: &[Longhand] = &[
    longhand!("content", ContentValue => generated.value),
    longhand!("counter-reset", Counters<0> => generated.counter_reset),
    longhand!("counter-increment", Counters<1> => generated.counter_increment),
    longhand!("counter-set", Counters<0> => generated.counter_set),
    longhand!("string-set", Strings => generated.strings),
    longhand!("bookmark-level", BookmarkLevel => generated.bookmark_level),
];

/// `content` as specified.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum ContentValue {
    /// `normal`.
    #[default]
    Normal,
    /// `none`.
    None,
    /// Items one after another.
    Parts(Arc<[Part]>),
}

/// An item of `content`, before the element and its counters are known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    Text(Arc<str>),
    Attribute(Arc<str>, Option<Arc<str>>),
    Counter(Arc<str>, ListStyle),
    Counters(Arc<str>, Arc<str>, ListStyle),
    Quote(Quote),
    Picture(Arc<str>),
    String(Arc<str>, StringPosition),
    Running(Arc<str>, StringPosition),
    /// `content()` of `string-set`: the element's own text.
    OwnText,
    TargetCounter(Target, Arc<str>, ListStyle),
    TargetCounters(Target, Arc<str>, Arc<str>, ListStyle),
    TargetText(Target, TargetWords),
    Leader(Arc<str>),
}

/// What `target-text()` takes of an element (CSS Generated Content for Paged Media, section 4.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TargetWords {
    /// Its text.
    #[default]
    Content,
    /// The text of its `::before`.
    Before,
    /// The text of its `::after`.
    After,
    /// The first letter of its text.
    FirstLetter,
}

/// `open-quote` and its like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quote {
    Open,
    Close,
    NoOpen,
    NoClose,
}

/// What a cross-reference points at.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    /// A URL written out.
    Url(Arc<str>),
    /// `attr(NAME)`.
    Attribute(Arc<str>),
}

impl Target {
    /// The id that it names, where it names one of this document; `attribute` gives those of the element.
    pub fn id<'e>(&'e self, attribute: impl FnOnce(&str) -> Option<&'e str>) -> Option<Arc<str>> {
        let url = match self {
            Self::Url(url) => url,
            Self::Attribute(name) => attribute(name)?,
        };
        url.strip_prefix('#').filter(|id| !id.is_empty()).map(Arc::from)
    }
}

impl Specified for ContentValue {
    type Computed = Self;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
            return Ok(Self::Normal);
        }
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(Self::None);
        }
        let parts = parts(input)?;
        if input.try_parse(|input| input.expect_delim('/')).is_ok() {
            return Err(Invalid::because("alternative text after a slash is not supported"));
        }
        Ok(Self::Parts(parts.into()))
    }

    fn compute(&self, _context: &Context<'_>) -> Self {
        self.clone()
    }
}

fn parts(input: &mut Input<'_>) -> Parsed<Vec<Part>> {
    let mut parts = vec![part(input)?];
    loop {
        let start = input.state();
        match part(input) {
            Ok(next) => parts.push(next),
            Err(error) => {
                input.reset(&start);
                let at_end = matches!(input.next(), Err(_) | Ok(Token::Comma | Token::Delim('!' | '/')));
                input.reset(&start);
                return if at_end { Ok(parts) } else { Err(error) };
            }
        }
    }
}

fn part(input: &mut Input<'_>) -> Parsed<Part> {
    let token = input.next()?.clone();
    match &token {
        Token::QuotedString(text) => Ok(Part::Text(Arc::from(&**text))),
        Token::UnquotedUrl(url) => Ok(Part::Picture(Arc::from(&**url))),
        Token::Ident(word) => Ok(Part::Quote(cssparser::match_ignore_ascii_case! { word,
            "open-quote" => Quote::Open,
            "close-quote" => Quote::Close,
            "no-open-quote" => Quote::NoOpen,
            "no-close-quote" => Quote::NoClose,
            _ => return Err(Error::unexpected_token()),
        })),
        Token::Function(name) => {
            let name = name.clone();
            input.parse_nested_block(|input| function(&name, input))
        }
        _ => Err(Error::unexpected_token()),
    }
}

fn ident(input: &mut Input<'_>) -> Parsed<Arc<str>> {
    Ok(Arc::from(&**input.expect_ident()?))
}

fn string(input: &mut Input<'_>) -> Parsed<Arc<str>> {
    Ok(Arc::from(&**input.expect_string()?))
}

/// A value after a comma, if one follows.
fn after_comma<T>(input: &mut Input<'_>, parse: fn(&mut Input<'_>) -> Parsed<T>) -> Parsed<Option<T>> {
    if input.try_parse(|input| input.expect_comma()).is_ok() { parse(input).map(Some) } else { Ok(None) }
}

fn counter_style(input: &mut Input<'_>) -> Parsed<ListStyle> {
    Ok(after_comma(input, ListStyle::parse)?.unwrap_or(ListStyle::Decimal))
}

fn function(name: &str, input: &mut Input<'_>) -> Parsed<Part> {
    cssparser::match_ignore_ascii_case! { name,
        "attr" => {
            let name = ident(input)?;
            Ok(Part::Attribute(name, after_comma(input, string)?))
        },
        "counter" => Ok(Part::Counter(ident(input)?, counter_style(input)?)),
        "counters" => {
            let name = ident(input)?;
            input.expect_comma()?;
            let between = string(input)?;
            Ok(Part::Counters(name, between, counter_style(input)?))
        },
        "url" => Ok(Part::Picture(string(input)?)),
        "string" => {
            let name = ident(input)?;
            Ok(Part::String(name, after_comma(input, string_position)?.unwrap_or_default()))
        },
        "element" => {
            let name = ident(input)?;
            Ok(Part::Running(name, after_comma(input, string_position)?.unwrap_or_default()))
        },
        "content" => {
            if input.is_exhausted() || input.try_parse(|input| input.expect_ident_matching("text")).is_ok() {
                Ok(Part::OwnText)
            } else {
                Err(Invalid::because("content() takes the text of the element"))
            }
        },
        "target-counter" => {
            let target = target(input)?;
            input.expect_comma()?;
            let counter = ident(input)?;
            Ok(Part::TargetCounter(target, counter, counter_style(input)?))
        },
        "target-counters" => {
            let target = target(input)?;
            input.expect_comma()?;
            let counter = ident(input)?;
            input.expect_comma()?;
            let between = string(input)?;
            Ok(Part::TargetCounters(target, counter, between, counter_style(input)?))
        },
        "target-text" => {
            let target = target(input)?;
            Ok(Part::TargetText(target, after_comma(input, target_words)?.unwrap_or_default()))
        },
        "leader" => leader(input),
        _ => Err(Error::unexpected_token()),
    }
}

fn string_position(input: &mut Input<'_>) -> Parsed<StringPosition> {
    Ok(cssparser::match_ignore_ascii_case! { input.expect_ident()?,
        "first" => StringPosition::First,
        "start" => StringPosition::Start,
        "last" => StringPosition::Last,
        "first-except" => StringPosition::FirstExcept,
        _ => return Err(Invalid::because("one of: first, start, last, first-except")),
    })
}

fn target_words(input: &mut Input<'_>) -> Parsed<TargetWords> {
    Ok(cssparser::match_ignore_ascii_case! { input.expect_ident()?,
        "content" => TargetWords::Content,
        "before" => TargetWords::Before,
        "after" => TargetWords::After,
        "first-letter" => TargetWords::FirstLetter,
        _ => return Err(Invalid::because("one of: content, before, after, first-letter")),
    })
}

fn target(input: &mut Input<'_>) -> Parsed<Target> {
    if let Ok(url) = input.try_parse(|input| input.expect_url_or_string()) {
        return Ok(Target::Url(Arc::from(&*url)));
    }
    input.expect_function_matching("attr")?;
    input.parse_nested_block(|input| {
        let name = ident(input)?;
        let _ = input.try_parse(|input| input.expect_ident_matching("url"));
        Ok(Target::Attribute(name))
    })
}

fn leader(input: &mut Input<'_>) -> Parsed<Part> {
    if let Ok(text) = input.try_parse(string) {
        return Ok(Part::Leader(text));
    }
    Ok(Part::Leader(Arc::from(cssparser::match_ignore_ascii_case! { input.expect_ident()?,
        "dotted" => ". ",
        "solid" => "_",
        "space" => " ",
        _ => return Err(Invalid::because("one of: dotted, solid, space, or a string")),
    })))
}

/// `counter-reset` and its like: names, each with a number, or with `DEFAULT`.
struct Counters<const DEFAULT: i32>(Vec<(Arc<str>, i32)>);

impl<const DEFAULT: i32> Specified for Counters<DEFAULT> {
    type Computed = Vec<(Arc<str>, i32)>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(Self(Vec::new()));
        }
        let one = |input: &mut Input<'_>| -> Parsed<(Arc<str>, i32)> {
            let name = ident(input)?;
            Ok((name, input.try_parse(|input| input.expect_integer()).unwrap_or(DEFAULT)))
        };
        let mut counters = vec![one(input)?];
        while let Ok(counter) = input.try_parse(one) {
            counters.push(counter);
        }
        Ok(Self(counters))
    }

    fn compute(&self, _context: &Context<'_>) -> Self::Computed {
        self.0.clone()
    }
}

/// `string-set`: names, each with items of content.
struct Strings(Vec<(Arc<str>, Arc<[Part]>)>);

impl Specified for Strings {
    type Computed = Vec<(Arc<str>, Arc<[Part]>)>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(Self(Vec::new()));
        }
        let mut strings = Vec::new();
        loop {
            strings.push((ident(input)?, parts(input)?.into()));
            if input.try_parse(|input| input.expect_comma()).is_err() {
                return Ok(Self(strings));
            }
        }
    }

    fn compute(&self, _context: &Context<'_>) -> Self::Computed {
        self.0.clone()
    }
}

/// `bookmark-level`; `none` is 0.
struct BookmarkLevel(Option<u8>);

impl Specified for BookmarkLevel {
    type Computed = Option<u8>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(Self(Some(0)));
        }
        let level = input.expect_integer()?;
        match u8::try_from(level) {
            Ok(level @ 1..) => Ok(Self(Some(level))),
            _ => Err(Invalid::because("none, or a level from 1")),
        }
    }

    fn compute(&self, _context: &Context<'_>) -> Option<u8> {
        self.0
    }
}
