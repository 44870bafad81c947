//! Selectors 4: what they are made of, and how they are parsed.

mod buckets;
mod element;

pub(crate) use buckets::Buckets;
pub(crate) use element::Dom;

use std::fmt;
use std::sync::Arc;

use cssparser::{ParseError, Parser as CssParser, ToCss, serialize_identifier, serialize_string};
use html5ever::{LocalName, Namespace};
use precomputed_hash::PrecomputedHash;
use selectors::parser::{NonTSPseudoClass, ParseRelative, SelectorParseErrorKind};

use super::tree::Pseudo;

/// A parsed selector.
pub(crate) type Selector = selectors::parser::Selector<Css>;

/// CSS, as the `selectors` crate asks for it.
#[derive(Clone, Debug)]
pub(crate) struct Css;

impl selectors::SelectorImpl for Css {
    type ExtraMatchingData<'a> = ();
    type AttrValue = Name;
    type Identifier = Name;
    type LocalName = Tag;
    type NamespaceUrl = Url;
    type NamespacePrefix = Name;
    type BorrowedNamespaceUrl = Url;
    type BorrowedLocalName = Tag;
    type NonTSPseudoClass = PseudoClass;
    type PseudoElement = Pseudo;
}

/// A class, an id or the value of an attribute, with its hash.
#[derive(Clone, Debug, Default)]
pub(crate) struct Name {
    hash: u32,
    /// The name itself.
    pub text: Arc<str>,
}

/// The name of an element or attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tag(pub LocalName);

/// The URL of a namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Url(pub Namespace);

/// The pseudo-classes that are not about the tree's structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PseudoClass {
    /// `:link` and `:any-link`: an element with `href`.
    Link,
    /// `:lang()`.
    Lang(Vec<String>),
    /// What never holds on paper: `:hover`, `:focus`, `:visited` and their like.
    Never,
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        let hash = text
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Self { hash, text: Arc::from(text) }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.text == other.text
    }
}

impl Eq for Name {}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl std::hash::Hash for Name {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        state.write_u32(self.hash);
    }
}

impl PrecomputedHash for Name {
    fn precomputed_hash(&self) -> u32 {
        self.hash
    }
}

impl ToCss for Name {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        serialize_string(&self.text, dest)
    }
}

impl From<&str> for Tag {
    fn from(text: &str) -> Self {
        Self(LocalName::from(text))
    }
}

impl PrecomputedHash for Tag {
    fn precomputed_hash(&self) -> u32 {
        self.0.precomputed_hash()
    }
}

impl ToCss for Tag {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        serialize_identifier(&self.0, dest)
    }
}

impl PrecomputedHash for Url {
    fn precomputed_hash(&self) -> u32 {
        self.0.precomputed_hash()
    }
}

impl NonTSPseudoClass for PseudoClass {
    fn is_active_or_hover(&self) -> bool {
        false
    }

    fn is_user_action_state(&self) -> bool {
        false
    }
}

impl ToCss for PseudoClass {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        match self {
            Self::Link => dest.write_str(":any-link"),
            Self::Lang(languages) => write!(dest, ":lang({})", languages.join(", ")),
            Self::Never => dest.write_str(":not(*)"),
        }
    }
}

impl selectors::parser::PseudoElement for Pseudo {
    fn is_before_or_after(&self) -> bool {
        matches!(self, Self::Before | Self::After)
    }
}

impl ToCss for Pseudo {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        dest.write_str(match self {
            Self::Before => "::before",
            Self::After => "::after",
            Self::Marker => "::marker",
            Self::FirstLetter => "::first-letter",
            Self::FootnoteCall => "::footnote-call",
            Self::FootnoteMarker => "::footnote-marker",
        })
    }
}

/// Why a selector is refused, in words.
#[derive(Clone, Debug)]
pub(crate) struct Refused(pub String);

impl From<SelectorParseErrorKind> for Refused {
    fn from(kind: SelectorParseErrorKind) -> Self {
        Self(format!("{kind:?}"))
    }
}

/// Parses selectors, with what this press supports.
pub(crate) struct SelectorParser;

impl<'i> selectors::Parser<'i> for SelectorParser {
    type Impl = Css;
    type Error = Refused;

    fn parse_nth_child_of(&self) -> bool {
        true
    }

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_has(&self) -> bool {
        true
    }

    fn allow_forgiving_selectors(&self) -> bool {
        false
    }

    fn parse_non_ts_pseudo_class(&self, name: &str) -> Result<PseudoClass, ParseError<Refused>> {
        cssparser::match_ignore_ascii_case! { name,
            "link" | "any-link" => Ok(PseudoClass::Link),
            "hover" | "active" | "focus" | "focus-visible" | "focus-within" | "visited" | "target" | "checked"
            | "disabled" | "enabled" => Ok(PseudoClass::Never),
            _ => refused(format!("`:{name}` is no pseudo-class that is supported")),
        }
    }

    fn parse_non_ts_functional_pseudo_class(
        &self,
        name: &str,
        input: &mut CssParser<'i>,
        _after_part: bool,
    ) -> Result<PseudoClass, ParseError<Refused>> {
        if !name.eq_ignore_ascii_case("lang") {
            return refused(format!("`:{name}()` is no pseudo-class that is supported"));
        }
        let language = |input: &mut CssParser<'i>| Ok(input.expect_ident_or_string()?.to_string());
        input.parse_comma_separated(language).map(PseudoClass::Lang)
    }

    fn parse_pseudo_element(&self, name: &str) -> Result<Pseudo, ParseError<Refused>> {
        cssparser::match_ignore_ascii_case! { name,
            "before" => Ok(Pseudo::Before),
            "after" => Ok(Pseudo::After),
            "marker" => Ok(Pseudo::Marker),
            "first-letter" => Ok(Pseudo::FirstLetter),
            "footnote-call" => Ok(Pseudo::FootnoteCall),
            "footnote-marker" => Ok(Pseudo::FootnoteMarker),
            _ => refused(format!("`::{name}` is no pseudo-element that is supported")),
        }
    }
}

/// Parses a list of selectors up to the end of the input.
pub(crate) fn parse(input: &mut CssParser<'_>) -> Result<Vec<Selector>, ParseError<Refused>> {
    let list = selectors::SelectorList::parse(&SelectorParser, input, ParseRelative::No)?;
    Ok(list.slice().to_vec())
}

fn refused<T>(message: impl Into<String>) -> Result<T, ParseError<Refused>> {
    Err(ParseError::custom(Refused(message.into())))
}
