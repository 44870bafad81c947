//! Spaces at which no line ends: between a number and what it counts, an abbreviation and what it goes with.

use super::flow::{Edit, Sign};
use super::language::{Punctuation, Rules, UNITS};

const NO_BREAK: &str = "\u{A0}";
const NARROW: &str = "\u{202F}";

/// So many letters a word has at most that is looked up.
const LONGEST: usize = 16;

/// Finds blanks at which no line may end, and the spaces that French puts around its marks.
pub(super) fn find(signs: &[Sign]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        let Some(rules) = signs[at].rules else {
            at += 1;
            continue;
        };
        let blanks = signs[at..].iter().take_while(|sign| is_blank(sign.c)).count();
        let to = at + blanks;
        if blanks > 0 {
            edits.extend(glue(signs, at, to, rules).map(|with| Edit { from: at, to, with }));
            at = to;
            continue;
        }
        if rules.punctuation == Punctuation::Spaced {
            edits.extend(missing_space(signs, at).map(|with| Edit { from: at, to: at, with }));
        }
        at += 1;
    }
    edits
}

/// Whether a blank is one that HTML takes for a space.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\t' | '\r')
}

/// The space in the place of the blanks `at..to`, where no line may end.
fn glue(signs: &[Sign], at: usize, to: usize, rules: &Rules) -> Option<&'static str> {
    let (before, after) = (signs[..at].last()?.c, signs.get(to)?.c);
    if rules.punctuation == Punctuation::Spaced
        && let Some(space) = space_before(after).or((before == '«').then_some(NARROW))
    {
        return Some(space);
    }
    let word = word_before(signs, at);
    let holds = if is_number(before) {
        after_number(signs, at, to, rules)
    } else if after.is_ascii_digit() {
        matches!(before, '€' | '$' | '£' | '§' | '×' | '±' | '≈' | '#')
            || rules.before_number.contains(&&*word.to_lowercase())
            || (rules.months_before && rules.is_month(&word))
    } else {
        (after.is_uppercase() && rules.before_name.contains(&&*word.to_lowercase()))
            || is_name_part(signs, at, to, rules)
            || is_ordinal_day(signs, at, to, rules)
    };
    holds.then_some(NO_BREAK)
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾')
}

/// Whether what stands behind the blanks belongs to the number before them.
fn after_number(signs: &[Sign], at: usize, to: usize, rules: &Rules) -> bool {
    let digits =
        |signs: &mut dyn Iterator<Item = &Sign>| signs.take(5).take_while(|s| s.c.is_ascii_digit()).count();
    let (left, right) = (digits(&mut signs[..at].iter().rev()), digits(&mut signs[to..].iter()));
    let is_group = (1..=3).contains(&left) && right == 3;
    let is_times = signs[to].c == '×' && signs.get(to + 1).is_some_and(|sign| is_blank(sign.c));
    let is_day = (1..=2).contains(&left) && rules.is_month(bare(&word_after(signs, to)));
    is_group || is_times || is_day || is_unit(&word_after(signs, to), rules)
}

/// Whether a blank and a unit stand at `at`.
pub(super) fn unit_follows(signs: &[Sign], at: usize) -> bool {
    let Some(rules) =
        signs.get(at).filter(|sign| is_blank(sign.c) || sign.c == '\u{A0}').and_then(|sign| sign.rules)
    else {
        return false;
    };
    is_unit(&word_after(signs, at + 1), rules)
}

fn is_unit(word: &str, rules: &Rules) -> bool {
    [word, bare(word)].iter().any(|word| UNITS.contains(word) || rules.units.contains(word))
}

/// A word without the marks behind it.
fn bare(word: &str) -> &str {
    word.trim_end_matches(|c: char| ".,;:!?)]…\"'”’»“‘".contains(c))
}

/// The word that ends before `at`, with its full stops; nothing where it is longer than any that is looked up.
fn word_before(signs: &[Sign], at: usize) -> String {
    let letters = signs[..at]
        .iter()
        .rev()
        .take(LONGEST + 1)
        .take_while(|sign| sign.c.is_alphabetic() || matches!(sign.c, '.' | '°'));
    let mut word: Vec<char> = letters.map(|sign| sign.c).collect();
    word.reverse();
    if word.len() > LONGEST { String::new() } else { word.into_iter().collect() }
}

/// The signs from `at` to the next blank; nothing where they are more than any word that is looked up.
fn word_after(signs: &[Sign], at: usize) -> String {
    let word = signs[at..].iter().map(|sign| sign.c).take_while(|c| !c.is_whitespace());
    let word: String = word.take(LONGEST + 1).collect();
    if word.chars().count() > LONGEST { String::new() } else { word }
}

/// Letters, each with a full stop.
fn is_initials(word: &str) -> bool {
    let signs: Vec<char> = word.chars().collect();
    !signs.is_empty() && signs.chunks(2).all(|pair| matches!(pair, [letter, '.'] if letter.is_alphabetic()))
}

/// Whether initials stand before the blanks, and behind them other ones, or the name that they belong to.
fn is_name_part(signs: &[Sign], at: usize, to: usize, rules: &Rules) -> bool {
    let word = word_before(signs, at);
    if !is_initials(&word) {
        return false;
    }
    let start = at - word.chars().count();
    let blanks = signs[..start].iter().rev().take(4).take_while(|sign| sign.c.is_whitespace()).count();
    let first = word_before(signs, start - blanks).to_lowercase();
    let begins_name = word.len() > 2 || is_initials(&first) || rules.before_name.contains(&&*first);
    let is_name = signs[to].c.is_uppercase() && word.to_lowercase() != word;
    is_initials(&word_after(signs, to)) || (is_name && begins_name)
}

/// Whether a day with its full stop stands before the blanks, and a month behind them: `5. Mai`.
fn is_ordinal_day(signs: &[Sign], at: usize, to: usize, rules: &Rules) -> bool {
    let Some(stop) = at.checked_sub(1).filter(|&stop| signs[stop].c == '.') else { return false };
    let digits = signs[..stop].iter().rev().take(3).take_while(|sign| sign.c.is_ascii_digit()).count();
    (1..=2).contains(&digits) && rules.is_month(bare(&word_after(signs, to)))
}

/// The space before a mark of French.
fn space_before(mark: char) -> Option<&'static str> {
    match mark {
        ';' | '!' | '?' | '»' => Some(NARROW),
        ':' => Some(NO_BREAK),
        _ => None,
    }
}

/// The space that is missing right before a sign of French.
fn missing_space(signs: &[Sign], at: usize) -> Option<&'static str> {
    let before = signs[..at].last()?.c;
    if before == '«' && !signs[at].c.is_whitespace() {
        return Some(NARROW);
    }
    let space = space_before(signs[at].c)?;
    if signs[at].c == '»' {
        return (!before.is_whitespace()).then_some(space);
    }
    let is_mark = |sign: &&Sign| matches!(sign.c, '!' | '?');
    let next = signs[at + 1..].iter().take(8).find(|sign| !is_mark(sign));
    let ends = next.is_none_or(|next| next.c.is_whitespace() || ")]»”".contains(next.c));
    let word = before.is_alphanumeric() || ")]%”’…".contains(before);
    (word && ends).then_some(space)
}
