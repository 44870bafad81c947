//! What stays as it is among words: addresses.

use linkify::LinkFinder;

use super::flow::Sign;
use super::language::Rules;

/// Lets the signs of addresses follow no rules.
pub(super) fn mark(signs: &mut [Sign]) {
    if !signs.iter().any(|sign| matches!(sign.c, '.' | '@' | ':')) {
        return;
    }
    let mut text = String::with_capacity(signs.len());
    let mut starts = Vec::with_capacity(signs.len());
    for sign in signs.iter() {
        starts.push(text.len());
        match sign.c {
            '…' => text.push_str("..."),
            '—' => text.push_str("---"),
            _ => text.push(typed(sign)),
        }
    }
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let mut links = finder.links(&text).peekable();
    for (at, sign) in starts.into_iter().zip(signs) {
        while links.next_if(|link| link.end() <= at).is_some() {}
        if links.peek().is_some_and(|link| link.start() <= at) {
            sign.rules = None;
        }
    }
}

/// A sign as a typewriter has it, so that an address ends at the same place before and after typesetting.
fn typed(sign: &Sign) -> char {
    match sign.c {
        '“' | '”' if sign.rules.is_some_and(Rules::has_double_in_double) => '\'',
        '‘' | '’' | '‚' | '′' | '´' | '`' => '\'',
        '“' | '”' | '„' | '«' | '»' | '″' => '"',
        '–' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}
