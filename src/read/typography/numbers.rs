//! Signs of multiplication and fractions between numbers.

use super::flow::{Edit, Sign};
use super::spaces;

/// Fractions that every font has (Latin-1).
const FRACTIONS: [(&str, &str); 3] = [("1/2", "½"), ("1/4", "¼"), ("3/4", "¾")];

/// Finds an `x` between numbers, and fractions behind a whole number or before a unit.
pub(super) fn find(signs: &[Sign]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for at in 0..signs.len() {
        match signs[at].c {
            'x' | 'X' if is_times(signs, at) => edits.push(Edit { from: at, to: at + 1, with: "×" }),
            '/' => edits.extend(fraction(signs, at)),
            _ => {}
        }
    }
    edits
}

fn is_digit(sign: Option<&Sign>) -> bool {
    sign.is_some_and(|sign| sign.c.is_ascii_digit())
}

fn is_blank(sign: &&Sign) -> bool {
    matches!(sign.c, ' ' | '\n' | '\u{A0}')
}

/// Whether a number stands on both sides, both right there or both behind a blank.
fn is_times(signs: &[Sign], at: usize) -> bool {
    let (left, right) = (&signs[..at], &signs[at + 1..]);
    let gap = usize::from(left.last().as_ref().is_some_and(is_blank));
    let same = gap == usize::from(right.first().as_ref().is_some_and(is_blank));
    if !(same && is_digit(left[..at - gap].last()) && is_digit(right.get(gap))) {
        return false;
    }
    let number = |sign: &&Sign| sign.c.is_ascii_digit() || matches!(sign.c, ',' | '.');
    let digits = left[..at - gap].iter().rev().take_while(number).take(12).count();
    let start = at - gap - digits;
    let is_hexadecimal = digits == 1 && gap == 0 && left[start].c == '0';
    let is_chained = |sign: &Sign| matches!(sign.c, 'x' | 'X' | '×') && is_digit(signs[..start - 1].last());
    let stands_alone = left[..start].last().is_none_or(|sign| {
        is_chained(sign) || !(sign.c.is_alphanumeric() || matches!(sign.c, '_' | '#' | '/' | '-' | '='))
    });
    !is_hexadecimal && stands_alone
}

/// The fraction around the slash at `at`, with the blank before it, if a whole number stands there, or if a unit
/// follows it.
fn fraction(signs: &[Sign], at: usize) -> Option<Edit> {
    let from = at.checked_sub(1)?;
    let written: String = signs.get(from..at + 2)?.iter().map(|sign| sign.c).collect();
    let (_, with) = FRACTIONS.iter().find(|(fraction, _)| *fraction == written)?;
    let to = at + 2;
    let is_whole = |sign: &Sign| !(sign.c.is_alphanumeric() || "/-–.,:_=".contains(sign.c));
    if !signs.get(to).is_none_or(|next| is_whole(next) || matches!(next.c, '.' | ',' | ':')) {
        return None;
    }
    let blanks = signs[..from].iter().rev().take_while(is_blank).take(2).count();
    let number =
        signs[..from - blanks].iter().rev().take_while(|sign| sign.c.is_ascii_digit()).take(4).count();
    let before = signs[..from - blanks - number].last();
    if blanks == 1 && (1..4).contains(&number) && before.is_none_or(is_whole) {
        return Some(Edit { from: from - 1, to, with });
    }
    let alone = signs[..from].last().is_none_or(is_whole);
    (alone && spaces::unit_follows(signs, to)).then_some(Edit { from, to, with })
}
