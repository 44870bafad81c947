//! Where words may be hyphenated (CSS Text 4, section 6.3): by the patterns of the text's language.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use hypher::Lang;

use super::collect::{Collected, Span};
use crate::config::Exceptions;
use crate::style::computed::{Hyphens, TextTransform};

/// A place where a word may be broken with a hyphen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// The byte of the text before which the hyphen would stand.
    pub byte: u32,
    /// Whether it parts no more than two letters from the word.
    pub stub: bool,
}

/// The letters of a stub.
const STUB: usize = 2;

/// Where words may be broken with a hyphen, in order.
pub(super) fn hyphenation_points(collected: &Collected, exceptions: &Exceptions) -> Vec<Point> {
    let mut points = Vec::new();
    if !collected.spans.iter().any(|span| span.style.text.hyphens == Hyphens::Auto) {
        return points;
    }
    let mut spans = Spans { spans: &collected.spans, at: 0 };
    let text = collected.text.as_str();
    let mut start = 0;
    for token in text.split_inclusive(char::is_whitespace) {
        if !is_address(token) {
            for word in words(token, start) {
                hyphenate(text, word, &mut spans, exceptions, &mut points);
            }
        }
        start += token.len();
    }
    points
}

/// A web or mail address, a file name, a path: a hyphen in it would be read as part of it.
fn is_address(token: &str) -> bool {
    token.contains(['@', '_', '\\']) || token.contains("//") || token.starts_with("www.") || {
        let inner = token.trim_matches(|character: char| !character.is_alphanumeric());
        inner.bytes().enumerate().any(|(at, byte)| {
            byte == b'.' && inner.as_bytes().get(at + 1).is_some_and(u8::is_ascii_lowercase)
        })
    }
}

/// The words of a token: stretches of letters, with soft hyphens.
fn words(token: &str, start: usize) -> impl Iterator<Item = (usize, usize)> {
    let is_letter =
        |character: char| character.is_alphabetic() || character == '\u{AD}' || character == '\u{301}';
    let mut rest = token.char_indices().peekable();
    std::iter::from_fn(move || {
        let (first, _) = rest.by_ref().find(|(_, character)| is_letter(*character))?;
        let mut end = token.len();
        while let Some(&(at, character)) = rest.peek() {
            if !is_letter(character) {
                end = at;
                break;
            }
            rest.next();
        }
        Some((start + first, start + end))
    })
}

/// Finds the span of ever later places.
struct Spans<'a> {
    spans: &'a [Span],
    at: usize,
}

impl<'a> Spans<'a> {
    fn find(&mut self, byte: usize) -> &'a Span {
        while self.at + 1 < self.spans.len() && self.spans[self.at].end as usize <= byte {
            self.at += 1;
        }
        &self.spans[self.at]
    }
}

fn hyphenate(
    text: &str,
    (start, end): (usize, usize),
    spans: &mut Spans,
    exceptions: &Exceptions,
    points: &mut Vec<Point>,
) {
    let span = spans.find(start);
    let style = &span.style.text;
    let word = &text[start..end];
    let (total, before, after) = style.hyphenate_limits;
    if style.hyphens != Hyphens::Auto || word.contains('\u{AD}') {
        return;
    }
    let count = word.chars().count();
    let is_stub = |letters: usize| letters <= STUB || count - letters <= STUB;
    if let Some(breaks) = exceptions.breaks(&span.lang, word) {
        let places: Vec<usize> = word.char_indices().map(|(byte, _)| byte).collect();
        points.extend(breaks.iter().filter_map(|&letters| {
            Some(Point { byte: (start + places.get(letters)?) as u32, stub: is_stub(letters) })
        }));
        return;
    }
    if word.len() < usize::from(total) {
        return;
    }
    let primary = span.lang.split('-').next().unwrap_or_default();
    let Ok(code) = <[u8; 2]>::try_from(primary.as_bytes()) else { return };
    let code = code.map(|letter| letter.to_ascii_lowercase());
    let Some(language) = Lang::from_iso(code) else { return };
    let abbreviation =
        style.transform != TextTransform::Uppercase && word.chars().filter(|c| c.is_uppercase()).count() > 1;
    if count < usize::from(total) || abbreviation {
        return;
    }
    let (left, right) = language.bounds();
    let (left, right) = (left.max(usize::from(before)), right.max(usize::from(after)));
    let found = KNOWN.with_borrow_mut(|known| known.breaks(word, Patterns { code, left, right }, language));
    points.extend(
        found.iter().map(|&(byte, letters)| Point { byte: (start + byte) as u32, stub: is_stub(letters) }),
    );
}

/// How many words are kept of a language, and how long they are at most.
const KEPT: (usize, usize) = (8_000, 64);
/// For how many languages, or limits of one, words are kept.
const LANGUAGES: usize = 8;

thread_local! {
    /// The words of the articles so far: most words of an article are in others too.
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// What tells where a word is broken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Patterns {
    code: [u8; 2],
    /// How many letters stay before and after a break.
    left: usize,
    right: usize,
}

/// The bytes and letters before each break of a word.
type Breaks = Rc<[(usize, usize)]>;

#[derive(Default)]
struct Known(BTreeMap<Patterns, HashMap<Box<str>, Breaks>>);

impl Known {
    fn breaks(&mut self, word: &str, patterns: Patterns, language: Lang) -> Breaks {
        if self.0.len() == LANGUAGES && !self.0.contains_key(&patterns) {
            return breaks(word, patterns, language);
        }
        let words = self.0.entry(patterns).or_default();
        if let Some(known) = words.get(word) {
            return known.clone();
        }
        let found = breaks(word, patterns, language);
        if words.len() < KEPT.0 && word.len() <= KEPT.1 {
            words.insert(word.into(), found.clone());
        }
        found
    }
}

fn breaks(word: &str, Patterns { code, left, right }: Patterns, language: Lang) -> Breaks {
    let (mut at, mut letters) = (0, 0);
    let mut found = Vec::new();
    for syllable in hypher::hyphenate_bounded(word, language, left, right) {
        if at > 0 && !loses_its_trema(code, syllable) {
            found.push((at, letters));
        }
        at += syllable.len();
        letters += syllable.chars().count();
    }
    found.into()
}

/// Dutch drops a trema that stands after the hyphen (co-ordinatie, from coördinatie; Leidraad, 9.1): we cannot
/// change letters, so we do not break there.
fn loses_its_trema(code: [u8; 2], syllable: &str) -> bool {
    code == *b"nl" && syllable.starts_with(['ä', 'ë', 'ï', 'ö', 'ü', 'Ä', 'Ë', 'Ï', 'Ö', 'Ü'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_apart_by_their_limits() {
        let mut known = Known::default();
        let mut breaks = |word: &str, left: usize| {
            known.breaks(word, Patterns { code: *b"nl", left, right: 2 }, Lang::Dutch).to_vec()
        };
        for _ in 0..2 {
            assert_eq!(breaks("samenwerken", 2), [(2, 2), (5, 5), (8, 8)]);
            assert_eq!(breaks("samenwerken", 4), [(5, 5), (8, 8)]);
            assert_eq!(breaks("coördinatie", 2), [(5, 4), (7, 6), (9, 8)]);
        }
        assert!(known.0.values().map(HashMap::len).eq([2, 1]));
    }
}
