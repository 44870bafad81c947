//! CSS Custom Properties for Cascading Variables 1.

use std::collections::BTreeMap;
use std::sync::Arc;

use cssparser::Token;

use crate::style::sheet::{Kind, Wide};
use crate::style::values::Input;

/// The custom properties of an element. Those of one that declares none are its parent's.
#[derive(Debug, Default)]
pub(crate) struct Custom {
    id: u32,
    values: BTreeMap<Arc<str>, Arc<str>>,
}

/// `var()` inside `var()` more often than this is not followed, so that no sheet can make a value explode.
const DEPTH: usize = 32;
/// No value grows longer than this many bytes.
const LENGTH: usize = 1 << 16;

impl Custom {
    /// A number that no other set of custom properties of the document has.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The value of a custom property, its own variables in place.
    pub fn get(&self, name: &str) -> Option<Arc<str>> {
        self.values.get(name).cloned()
    }

    /// The custom properties of an element from what it inherits and what is declared of it, weakest first.
    pub fn cascade<'a>(inherited: Arc<Self>, id: u32, declared: impl Iterator<Item = &'a Kind>) -> Arc<Self> {
        let mut own: BTreeMap<Arc<str>, Option<Arc<str>>> = BTreeMap::new();
        for kind in declared {
            let Kind::Custom(name, value) = kind else { continue };
            match Wide::from_keyword(value) {
                Some(Wide::Initial) => {
                    own.insert(name.clone(), None);
                }
                Some(_) => {
                    own.remove(name);
                }
                None => {
                    own.insert(name.clone(), Some(value.clone()));
                }
            }
        }
        if own.is_empty() {
            return inherited;
        }
        let mut values = inherited.values.clone();
        for name in own.keys() {
            match resolve(name, &own, &inherited.values, 0) {
                Some(value) => values.insert(name.clone(), value),
                None => values.remove(name),
            };
        }
        Arc::new(Self { id, values })
    }
}

/// A custom property with its variables in place; one that comes back to itself has no value.
fn resolve(
    name: &str,
    own: &BTreeMap<Arc<str>, Option<Arc<str>>>,
    inherited: &BTreeMap<Arc<str>, Arc<str>>,
    depth: usize,
) -> Option<Arc<str>> {
    if depth > DEPTH {
        return None;
    }
    match own.get(name) {
        None => inherited.get(name).cloned(),
        Some(None) => None,
        Some(Some(text)) if !text.contains('(') => Some(text.clone()),
        Some(Some(text)) => {
            substitute(text, &|name| resolve(name, own, inherited, depth + 1)).ok().map(Arc::from)
        }
    }
}

/// The text with every `var()` replaced by its value or its fallback.
///
/// # Errors
/// The name of the first custom property that has neither.
pub(crate) fn substitute(text: &str, value: &dyn Fn(&str) -> Option<Arc<str>>) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    replace(&mut Input::new(text), &mut out, value, 0)?;
    Ok(out)
}

fn replace(
    input: &mut Input<'_>,
    out: &mut String,
    value: &dyn Fn(&str) -> Option<Arc<str>>,
    depth: usize,
) -> Result<(), String> {
    loop {
        let start = input.position();
        let Ok(token) = input.next_including_whitespace_and_comments().cloned() else { return Ok(()) };
        match &token {
            Token::Function(name) if name.eq_ignore_ascii_case("var") => {
                let mut missing = None;
                let replaced = input.parse_nested_block(|input| {
                    variable(input, value, depth).map_err(|name| {
                        missing = Some(name);
                        cssparser::ParseError::<()>::unexpected_token()
                    })
                });
                match replaced {
                    Ok(text) if out.len() + text.len() <= LENGTH => push_apart(out, &text),
                    _ => return Err(missing.unwrap_or_else(|| "var()".to_owned())),
                }
            }
            Token::Function(_)
            | Token::ParenthesisBlock
            | Token::SquareBracketBlock
            | Token::CurlyBracketBlock => {
                out.push_str(input.slice_from(start));
                let close = match token {
                    Token::SquareBracketBlock => ']',
                    Token::CurlyBracketBlock => '}',
                    _ => ')',
                };
                let mut missing = None;
                let inner = input.parse_nested_block(|input| {
                    replace(input, out, value, depth).map_err(|name| {
                        missing = Some(name);
                        cssparser::ParseError::<()>::unexpected_token()
                    })
                });
                if inner.is_err() {
                    return Err(missing.unwrap_or_default());
                }
                out.push(close);
            }
            _ => out.push_str(input.slice_from(start)),
        }
    }
}

/// The value of a `var()` whose arguments these are.
fn variable(
    input: &mut Input<'_>,
    value: &dyn Fn(&str) -> Option<Arc<str>>,
    depth: usize,
) -> Result<String, String> {
    let name = input.expect_ident_cloned().map_err(|_| "var()".to_owned())?;
    let known = value(&name);
    let has_fallback = input.try_parse(|input| input.expect_comma()).is_ok();
    let fallback_start = input.position();
    while input.next().is_ok() {}
    let fallback = input.slice_from(fallback_start);
    match known {
        Some(text) => Ok(text.to_string()),
        None if has_fallback && depth < DEPTH => {
            let mut out = String::new();
            replace(&mut Input::new(fallback.trim()), &mut out, value, depth + 1)?;
            Ok(out)
        }
        None => Err(name.to_string()),
    }
}

/// Adds text, keeping it apart from a word that it would otherwise become one with.
fn push_apart(out: &mut String, text: &str) {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    if out.ends_with(is_name) && text.starts_with(is_name) {
        out.push(' ');
    }
    out.push_str(text);
}
