//! What holds on paper: media queries (Media Queries 4) and `@supports` (CSS Conditional 3).

use cssparser::Token;

use super::declaration::parse_declaration;
use super::problem::Refusal;
use crate::style::values::{Error, Input};

/// Parses the queries of `@media` and tells whether one holds. What cannot be told does not hold and is said.
pub(super) fn media(input: &mut Input<'_>) -> (bool, Option<Refusal>) {
    let mut unsupported = None;
    let mut any = input.is_exhausted();
    let parsed = input.parse_comma_separated(|input| {
        any |= query(input, &mut unsupported)?;
        Ok::<_, Error>(())
    });
    let refusal = match (parsed, unsupported) {
        (_, Some(feature)) => Some(Refusal::new(
            "unsupported-media",
            format!("the media feature `{feature}` is not supported: the rules in it are left out"),
            Some("`print` and `all` hold; the size of the sheet is set by @page".to_owned()),
        )),
        (Err(_), None) if !any => {
            Some(Refusal::new("invalid-css", "this is no media query".to_owned(), None))
        }
        _ => None,
    };
    (any, refusal)
}

fn query(input: &mut Input<'_>, unsupported: &mut Option<String>) -> Result<bool, Error> {
    let mut holds = true;
    let mut negated = false;
    loop {
        match input.next()?.clone() {
            Token::Ident(word) => cssparser::match_ignore_ascii_case! { &word,
                "not" => negated = true,
                "only" | "and" => continue,
                "print" | "all" => {},
                _ => holds = false,
            },
            Token::ParenthesisBlock => {
                holds &= input.parse_nested_block(|input| feature(input, unsupported))?
            }
            _ => return Err(Error::unexpected_token()),
        }
        if input.is_exhausted() {
            return Ok(holds != negated);
        }
    }
}

/// Features of screens never hold; those that ask for a size are said.
fn feature(input: &mut Input<'_>, unsupported: &mut Option<String>) -> Result<bool, Error> {
    let name = input.expect_ident()?.to_ascii_lowercase();
    while input.next().is_ok() {}
    let plain = name.trim_start_matches("min-").trim_start_matches("max-");
    if ["width", "height", "aspect-ratio", "orientation", "resolution"].contains(&plain) {
        *unsupported = Some(name.clone());
    }
    Ok(plain == "color")
}

/// Parses the condition of `@supports` and tells whether it holds.
pub(super) fn supports(input: &mut Input<'_>) -> Result<bool, Error> {
    if input.try_parse(|input| input.expect_ident_matching("not")).is_ok() {
        return Ok(!term(input)?);
    }
    let mut holds = term(input)?;
    while let Ok(word) = input.try_parse(|input| input.expect_ident_cloned()) {
        let next = term(input)?;
        cssparser::match_ignore_ascii_case! { &word,
            "and" => holds &= next,
            "or" => holds |= next,
            _ => return Err(Error::unexpected_token()),
        }
    }
    Ok(holds)
}

fn term(input: &mut Input<'_>) -> Result<bool, Error> {
    match input.next()?.clone() {
        Token::Function(name) if name.eq_ignore_ascii_case("selector") => {
            input.parse_nested_block(|input| Ok(crate::style::selector::parse(input).is_ok()))
        }
        Token::ParenthesisBlock => input.parse_nested_block(|input| {
            let declaration = input.try_parse(|input| {
                let name = input.expect_ident_cloned()?;
                input.expect_colon()?;
                Ok::<_, Error>(name)
            });
            match declaration {
                Ok(name) => Ok(parse_declaration(&name, input, &mut Vec::new()).is_ok()),
                Err(_) => supports(input),
            }
        }),
        _ => Err(Error::unexpected_token()),
    }
}
