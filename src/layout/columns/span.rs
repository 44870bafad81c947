//! Boxes across all columns (CSS Multi-column Layout 1, section 6): a token that leads to one ends the columns before
//! it, and the token past it goes on with columns below.

use crate::layout::boxes::BoxId;
use crate::layout::context::Context;
use crate::layout::fragment::{State, Token};

/// The box across all columns that a token leads to, and how far that box is.
pub(super) fn next<'t>(
    cx: &Context,
    flow: BoxId,
    token: Option<&'t Token>,
) -> Option<(BoxId, Option<&'t Token>)> {
    let (mut at, mut token) = (flow, token?);
    loop {
        let State::Flow(index, inner, _) = &token.state else { return None };
        let &child = cx.layout_box(at).children.get(*index)?;
        if cx.boxes.spans(child) {
            return Some((child, inner.as_deref()));
        }
        (at, token) = (child, inner.as_deref()?);
    }
}

/// The token that goes on behind the box across all columns that `token` leads to, or in it where it is broken.
pub(super) fn past(cx: &Context, at: BoxId, token: Token, rest: Option<Token>) -> Token {
    let State::Flow(index, inner, floats) = token.state else { return token };
    let child = cx.layout_box(at).children.get(index).copied();
    let state = match (child, inner, rest) {
        (Some(child), _, Some(rest)) if cx.boxes.spans(child) => {
            State::Flow(index, Some(Box::new(rest)), floats)
        }
        (Some(child), _, None) if cx.boxes.spans(child) => State::Flow(index + 1, None, floats),
        (Some(child), Some(inner), rest) => {
            State::Flow(index, Some(Box::new(past(cx, child, *inner, rest))), floats)
        }
        (_, inner, _) => State::Flow(index, inner, floats),
    };
    Token { state, ..token }
}
