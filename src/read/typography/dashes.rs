//! Dashes and ellipses.

use std::ops::Range;

use super::flow::{BREAK, Edit, Sign};

/// Finds hyphens that stand for dashes, and dots that stand for an ellipsis.
pub(super) fn find(signs: &[Sign]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        let c = signs[at].c;
        let run = signs[at..].iter().take_while(|sign| sign.c == c).count();
        let to = at + run;
        let with = match (c, run) {
            ('.', 3) if !is_path(signs, at, to) => Some("…"),
            ('-', 1) if is_spaced(signs, at, to) || is_range(signs, at) => Some("–"),
            ('-', 2) if is_spaced(signs, at, to) || is_between_words(signs, at, to) => Some("–"),
            ('-', 3) if is_spaced(signs, at, to) || is_between_words(signs, at, to) => Some("—"),
            _ => None,
        };
        edits.extend(with.map(|with| Edit { from: at, to, with }));
        at = to;
    }
    edits
}

/// The sign before a place.
fn before(signs: &[Sign], at: usize) -> Option<char> {
    at.checked_sub(1).map(|at| signs[at].c)
}

fn after(signs: &[Sign], to: usize) -> Option<char> {
    signs.get(to).map(|sign| sign.c)
}

fn is_path(signs: &[Sign], at: usize, to: usize) -> bool {
    let slash = |c: Option<char>| matches!(c, Some('/' | '\\'));
    slash(before(signs, at)) || slash(after(signs, to))
}

/// Whether blanks stand on both sides, and words behind them on the same line. The spaces within guillemets are part
/// of them.
fn is_spaced(signs: &[Sign], at: usize, to: usize) -> bool {
    let is_blank = |sign: &&Sign| sign.c.is_whitespace() && !matches!(sign.c, BREAK | '\u{202F}');
    let blanks = |count: usize, next: Option<&Sign>| count > 0 && next.is_some_and(|next| next.c != BREAK);
    let left = signs[..at].iter().rev().take_while(is_blank).count();
    let right = signs[to..].iter().take_while(is_blank).count();
    blanks(left, signs[..at - left].last()) && blanks(right, signs.get(to + right))
}

/// Whether words stand right on both sides, as in `word--word`.
fn is_between_words(signs: &[Sign], at: usize, to: usize) -> bool {
    const QUOTES: &str = "\"'“”‘’„‚«»‹›′″";
    let is_one_of = |c: Option<char>, marks: &str| c.is_some_and(|c| c.is_alphabetic() || marks.contains(c));
    let any = |c: Option<char>, marks: &str| is_one_of(c, marks) || is_one_of(c, QUOTES);
    let (left, right) = (before(signs, at), after(signs, to));
    (any(left, ")!?.,") && any(right, "(")) || (is_digit(left) && is_digit(right))
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// Whether the hyphen at `at` stands between the first and the last of a range: two numbers, the first the smaller,
/// that are part of nothing else, such as a date or a telephone number.
fn is_range(signs: &[Sign], at: usize) -> bool {
    if is_digit(before(signs, at)) && is_quote(after(signs, at + 1)) {
        return is_range_of_short_years(signs, at);
    }
    if !(is_digit(before(signs, at)) && is_digit(after(signs, at + 1))) {
        return false;
    }
    let (first, last) = (number_before(signs, at), number_after(signs, at + 1));
    let stands_alone = |c: char| !(c.is_alphanumeric() || "-–/\\_.#@+=*".contains(c));
    if !before(signs, first.start).is_none_or(stands_alone) {
        return false;
    }
    let is_over = match after(signs, last.end) {
        Some('-') => after(signs, last.end + 1).is_some_and(char::is_alphabetic),
        next => next.is_none_or(|c| !(c.is_alphanumeric() || "–/\\_@=*".contains(c))),
    };
    let (first, last) = (parts(&signs[first]), parts(&signs[last]));
    is_over && is_count(&first) && is_count(&last) && ascends(&first, &last)
}

fn is_quote(c: Option<char>) -> bool {
    matches!(c, Some('\'' | '’' | '‘'))
}

/// `'14-'18`.
fn is_range_of_short_years(signs: &[Sign], at: usize) -> bool {
    let last = number_after(signs, at + 2);
    let first = number_before(signs, at);
    let is_year = |range: &Range<usize>| range.len() == 2;
    is_year(&first) && is_year(&last) && is_quote(before(signs, first.start))
}

/// Longer numbers than any is are not looked through.
const LONGEST: usize = 24;

/// The number that ends before `at`: digits, with points, commas and colons among them.
fn number_before(signs: &[Sign], at: usize) -> Range<usize> {
    let mut start = at;
    while at - start < LONGEST
        && (is_digit(before(signs, start))
            || (is_separator(before(signs, start)) && start > 1 && is_digit(before(signs, start - 1))))
    {
        start -= 1;
    }
    start..at
}

fn number_after(signs: &[Sign], at: usize) -> Range<usize> {
    let mut end = at;
    while end - at < LONGEST
        && (is_digit(after(signs, end))
            || (is_separator(after(signs, end)) && is_digit(after(signs, end + 1))))
    {
        end += 1;
    }
    at..end
}

fn is_separator(c: Option<char>) -> bool {
    matches!(c, Some('.' | ',' | ':'))
}

/// The digits between the separators of a number.
fn parts(number: &[Sign]) -> Vec<String> {
    let digits = number.split(|sign| !sign.c.is_ascii_digit());
    digits.map(|part| part.iter().map(|sign| sign.c).collect()).collect()
}

/// Whether a number counts something: up to four digits without a zero in front, a decimal, a time, or thousands
/// with their points.
fn is_count(parts: &[String]) -> bool {
    match parts {
        [whole] => whole.len() <= 4 && (whole == "0" || !whole.starts_with('0')),
        [whole, part] => whole.len() <= 4 && part.len() <= 3,
        [whole, thousands @ ..] => whole.len() <= 3 && thousands.iter().all(|part| part.len() == 3),
        [] => false,
    }
}

/// Whether a range goes up, also with the century left out of the last year: `2019-20`.
fn ascends(first: &[String], last: &[String]) -> bool {
    let values =
        |parts: &[String]| -> Vec<u32> { parts.iter().map(|part| part.parse().unwrap_or(0)).collect() };
    match (first, last) {
        ([from], [to]) if from.len() == 4 && to.len() == 2 => from[2..] < to[..],
        _ if first.len() == last.len() => values(first) < values(last),
        _ => values(&first[..1]) <= values(&last[..1]),
    }
}
