//! Declarations: a property and its value, parsed once.

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Delimiter, ParseError, ParserState, QualifiedRuleParser,
    RuleBodyItemParser, RuleBodyParser, SourceLocation, parse_important,
};

use super::problem::{Refusal, SheetText, shown};
use crate::config::fields::did_you_mean;
use crate::diag::Diagnostic;
use crate::style::properties::{self, Expansion, Longhand, Property, Setter};
use crate::style::values::{Error, Input};

/// The declarations of a rule, in order of writing.
pub(crate) struct Block {
    pub declarations: Vec<Declaration>,
    /// The text that they are in.
    pub text: Arc<SheetText>,
}

/// One declaration. A shorthand has become those of its longhands.
pub(crate) struct Declaration {
    pub kind: Kind,
    pub important: bool,
    pub at: SourceLocation,
}

/// What a declaration declares.
pub(crate) enum Kind {
    /// A value.
    Set(&'static Longhand, Setter),
    /// `inherit` and its like.
    Wide(&'static Longhand, Wide),
    /// A custom property: its name with the dashes, and its value as text.
    Custom(Arc<str>, Arc<str>),
    /// A value with `var()` in it, to be parsed when the element is known.
    Deferred(Property, Arc<str>),
}

/// The keywords that every property takes (CSS Cascade 4, section 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wide {
    Inherit,
    Initial,
    Unset,
    Revert,
}

impl Wide {
    /// The value with this keyword.
    pub fn from_keyword(keyword: &str) -> Option<Self> {
        Some(cssparser::match_ignore_ascii_case! { keyword,
            "inherit" => Self::Inherit,
            "initial" => Self::Initial,
            "unset" => Self::Unset,
            "revert" | "revert-layer" => Self::Revert,
            _ => return None,
        })
    }
}

/// Parses the value of a declaration up to the end of the input, `!important` included, and tells whether that
/// was there.
pub(super) fn parse_declaration(
    name: &str,
    input: &mut Input<'_>,
    out: &mut Vec<Kind>,
) -> Result<bool, Refusal> {
    let start = input.state();
    let (text, important) = value_text(input);
    if name.starts_with("--") {
        out.push(Kind::Custom(Arc::from(name), Arc::from(text)));
        return Ok(important);
    }
    let name = name.to_ascii_lowercase();
    if name.starts_with('-') || properties::is_for_screens(&name) {
        return Ok(important);
    }
    let Some(property) = properties::property(&name) else { return Err(unknown(&name)) };
    if has_var(text) {
        out.push(Kind::Deferred(property, Arc::from(text)));
        return Ok(important);
    }
    let end = input.state();
    input.reset(&start);
    let before = out.len();
    let parsed = input.parse_until_before(Delimiter::Bang, |input| parse_property(property, input, out));
    if let Err(error) = parsed {
        out.truncate(before);
        return Err(invalid(property.name(), text, error));
    }
    input.reset(&end);
    Ok(important)
}

/// The text of a value without `!important`, and whether that was there.
fn value_text<'i>(input: &mut Input<'i>) -> (&'i str, bool) {
    input.skip_whitespace();
    let start = input.position();
    let text = input.parse_until_before(Delimiter::Bang, |input| {
        while input.next().is_ok() {}
        Ok::<_, ParseError<()>>(input.slice_from(start))
    });
    let important = input.try_parse(parse_important).is_ok();
    (text.unwrap_or("").trim(), important)
}

fn has_var(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| four.eq_ignore_ascii_case(b"var("))
}

/// Parses the value of a known property, which nothing may follow.
pub(crate) fn parse_property(
    property: Property,
    input: &mut Input<'_>,
    out: &mut Vec<Kind>,
) -> Result<(), Error> {
    let wide = input.try_parse(|input| {
        let wide = Wide::from_keyword(input.expect_ident()?).ok_or_else(Error::unexpected_token)?;
        input.expect_exhausted()?;
        Ok::<_, Error>(wide)
    });
    match (property, wide) {
        (Property::Long(longhand), Ok(wide)) => out.push(Kind::Wide(longhand, wide)),
        (Property::Short(shorthand), Ok(wide)) => {
            let longhands = shorthand.longhands.iter().filter_map(|name| match properties::property(name) {
                Some(Property::Long(longhand)) => Some(longhand),
                _ => None,
            });
            out.extend(longhands.map(|longhand| Kind::Wide(longhand, wide)));
        }
        (Property::Long(longhand), Err(_)) => {
            let setter = (longhand.parse)(input)?;
            input.expect_exhausted()?;
            out.push(Kind::Set(longhand, setter));
        }
        (Property::Short(shorthand), Err(_)) => {
            let mut expansion = Expansion::default();
            (shorthand.parse)(input, &mut expansion)?;
            input.expect_exhausted()?;
            out.extend(expansion.0.into_iter().map(|(longhand, setter)| Kind::Set(longhand, setter)));
        }
    }
    Ok(())
}

fn unknown(name: &str) -> Refusal {
    let hint = did_you_mean(name, properties::all().map(Property::name));
    Refusal::new("unknown-property", format!("`{name}` is no property that is supported"), hint)
}

/// The refusal of a value.
pub(crate) fn invalid(property: &str, text: &str, error: Error) -> Refusal {
    let hint = match error.kind {
        cssparser::ParseErrorKind::Custom(invalid) => invalid.hint,
        cssparser::ParseErrorKind::Basic(_) => None,
    };
    Refusal::new("invalid-value", format!("`{property}` does not take `{}`", shown(text)), hint)
}

/// Parses the declarations of a rule; what is wrong goes to `problems`.
pub(super) fn parse_block(
    input: &mut Input<'_>,
    text: &Arc<SheetText>,
    problems: &mut Vec<Diagnostic>,
) -> Block {
    let mut body = Body { declarations: Vec::new(), text: text.clone(), problems };
    for item in RuleBodyParser::new(input, &mut body).collect::<Vec<_>>() {
        if let Err((error, slice, at)) = item {
            body.stray(&error, slice, at);
        }
    }
    Block { declarations: body.declarations, text: text.clone() }
}

/// Parses declarations that are in no stylesheet, as those of a `style` attribute. `at` is the place of all of
/// them in `text`.
pub(crate) fn parse_attribute(
    css: &str,
    text: &Arc<SheetText>,
    at: SourceLocation,
    problems: &mut Vec<Diagnostic>,
) -> Block {
    let before = problems.len();
    let mut block = parse_block(&mut Input::new(css), text, problems);
    block.declarations.iter_mut().for_each(|declaration| declaration.at = at);
    problems[before..].iter_mut().for_each(|problem| problem.place = Some(text.place(at)));
    block
}

/// A parser of the declarations between braces.
pub(super) struct Body<'a> {
    pub declarations: Vec<Declaration>,
    pub text: Arc<SheetText>,
    pub problems: &'a mut Vec<Diagnostic>,
}

/// The error of a declaration that has been said already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said;

impl Body<'_> {
    /// Takes a declaration, or says what is wrong with it.
    pub fn declare(
        &mut self,
        name: &str,
        input: &mut Input<'_>,
        at: SourceLocation,
    ) -> Result<(), ParseError<Said>> {
        let mut kinds = Vec::new();
        match parse_declaration(name, input, &mut kinds) {
            Ok(important) => {
                self.declarations.extend(kinds.into_iter().map(|kind| Declaration { kind, important, at }));
                Ok(())
            }
            Err(refusal) => {
                self.problems.push(self.text.warning(at, refusal));
                Err(ParseError::custom(Said))
            }
        }
    }

    /// Says that something is not a declaration, unless its own error has been said.
    pub fn stray(&mut self, error: &ParseError<Said>, slice: &str, at: SourceLocation) {
        if error.kind == cssparser::ParseErrorKind::Custom(Said) {
            return;
        }
        let message = format!("`{}` is no declaration", shown(slice));
        let hint =
            slice.contains('{').then(|| "rules cannot be nested: write the whole selector out".to_owned());
        self.problems.push(self.text.warning(at, Refusal::new("invalid-css", message, hint)));
    }
}

impl<'i> DeclarationParser<'i> for Body<'_> {
    type Declaration = ();
    type Error = Said;

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Input<'i>,
        start: &ParserState,
    ) -> Result<(), ParseError<Said>> {
        self.declare(&name, input, start.source_location())
    }
}

impl AtRuleParser<'_> for Body<'_> {
    type Prelude = ();
    type AtRule = ();
    type Error = Said;
}

impl QualifiedRuleParser<'_> for Body<'_> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = Said;
}

impl RuleBodyItemParser<'_, (), Said> for Body<'_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}
