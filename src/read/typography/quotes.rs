//! Quotation marks, apostrophes and primes.
//!
//! Each mark first gets a role by the signs on both sides of it; marks that stand against each other look at what is
//! beyond all of them. Then the marks are read in order, and what is open decides what else a mark can be: behind a
//! number, `"` closes a quotation or means inches.

use super::flow::{Edit, OBJECT, Sign};
use super::language::Rules;

const APOSTROPHE: &str = "’";

/// Which quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Single,
    Double,
}

/// What a mark is by its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// It opens a quotation.
    Open,
    /// It closes one, or stands for something behind a word.
    Close,
    /// It can do both.
    Either,
    /// It stands within a word.
    Within,
    /// It can do neither.
    Nothing,
}

/// A quotation mark with its neighbours.
struct Mark {
    at: usize,
    kind: Kind,
    /// Whether it is a typewriter's.
    straight: bool,
    role: Role,
    /// What stands before it and the marks that it stands against.
    before: Option<char>,
}

/// Finds typewriter quotation marks, and opening ones in the place of an apostrophe.
pub(super) fn find(signs: &[Sign]) -> Vec<Edit> {
    let marks = marks(signs);
    let closes = closed_next(&marks);
    let mut open = Open::default();
    let mut edits = Vec::new();
    for (mark, closed) in marks.iter().zip(closes) {
        let with = match open.resolve(signs, mark, closed) {
            Meaning::Kept => None,
            Meaning::Apostrophe => Some(APOSTROPHE),
            Meaning::Prime => Some(if mark.kind == Kind::Single { "′" } else { "″" }),
            Meaning::Open => pair(signs, mark).map(|pair| pair.0),
            Meaning::Close => pair(signs, mark).map(|pair| pair.1),
        };
        if mark.straight || with == Some(APOSTROPHE) {
            edits.extend(with.map(|with| Edit { from: mark.at, to: mark.at + 1, with }));
        }
    }
    edits
}

fn pair(signs: &[Sign], mark: &Mark) -> Option<super::language::Pair> {
    signs[mark.at].rules.map(|rules| if mark.kind == Kind::Single { rules.single } else { rules.double })
}

/// All quotation marks, with their roles.
fn marks(signs: &[Sign]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        let run = (at..signs.len()).take_while(|&at| looks_past(signs, at)).count().max(1);
        let (before, after) =
            (at.checked_sub(1).map(|at| signs[at].c), signs.get(at + run).map(|sign| sign.c));
        for (at, sign) in signs.iter().enumerate().skip(at).take(run) {
            let Some((kind, straight)) = kind(signs, at) else { continue };
            let role = if straight { role(kind, before, after) } else { role_of_print(sign, before, after) };
            marks.push(Mark { at, kind, straight, role, before });
        }
        at += run;
    }
    marks
}

/// Whether marks that stand against the one at `at` look past it. Between guillemets and what stands by them there may
/// be a space that is not there yet.
fn looks_past(signs: &[Sign], at: usize) -> bool {
    kind(signs, at).is_some() && !is_guillemet(signs[at].c)
}

fn is_guillemet(c: char) -> bool {
    matches!(c, '«' | '»' | '‹' | '›')
}

/// Which mark stands at `at`, and whether it is a typewriter's. An accent between letters is one that missed its key.
fn kind(signs: &[Sign], at: usize) -> Option<(Kind, bool)> {
    let letter =
        |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(|sign| sign.c.is_alphabetic());
    match signs[at].c {
        '´' | '`' => (letter(at.checked_sub(1)) && letter(Some(at + 1))).then_some((Kind::Single, true)),
        '\'' => Some((Kind::Single, true)),
        '"' => Some((Kind::Double, true)),
        '‘' | '’' | '‚' | '‹' | '›' => Some((Kind::Single, false)),
        '“' | '”' if signs[at].rules.is_some_and(Rules::has_double_in_double) => {
            Some((Kind::Single, false))
        }
        '“' | '”' | '„' | '«' | '»' => Some((Kind::Double, false)),
        _ => None,
    }
}

/// What a typewriter's mark is by what stands around it.
fn role(kind: Kind, before: Option<char>, after: Option<char>) -> Role {
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == OBJECT);
    let is_dash = |c: Option<char>| matches!(c, Some('-' | '–' | '—' | '/' | '…'));
    let is_guillemet = |c: Option<char>| c.is_some_and(is_guillemet);
    let opens = is_blank(before)
        || is_dash(before)
        || is_guillemet(before)
        || matches!(before, Some('(' | '[' | '{' | '¿' | '¡' | '='));
    let closes = is_blank(after)
        || is_dash(after)
        || is_guillemet(after)
        || matches!(after, Some(c) if ".,:;!?)]}".contains(c));
    match (opens && !is_blank(after), closes && !is_blank(before)) {
        (true, true) => Role::Either,
        (true, false) => Role::Open,
        (false, true) => Role::Close,
        _ if is_blank(before) && is_blank(after) => Role::Nothing,
        _ if kind == Kind::Single && is_word(before) && is_word(after) => Role::Within,
        _ if is_word(before) && is_word(after) => Role::Nothing,
        _ if is_word(before) => Role::Close,
        _ => Role::Either,
    }
}

/// What a mark of print is: by itself, and where it may be an apostrophe, by what stands around it.
fn role_of_print(sign: &Sign, before: Option<char>, after: Option<char>) -> Role {
    let opens = sign.rules.is_none_or(|rules| rules.double.1 != "“");
    match sign.c {
        '‘' | '“' if opens => Role::Open,
        '„' | '‚' => Role::Open,
        '«' | '‹' if opens => Role::Open,
        '»' | '›' if !opens => Role::Open,
        '’' if matches!(role(Kind::Single, before, after), Role::Within | Role::Open) => Role::Within,
        _ => Role::Close,
    }
}

/// For each mark, whether the next one of its kind closes.
fn closed_next(marks: &[Mark]) -> Vec<bool> {
    let mut next = [false; 2];
    let mut closes: Vec<bool> = Vec::with_capacity(marks.len());
    for mark in marks.iter().rev() {
        let next = &mut next[mark.kind as usize];
        closes.push(*next);
        match mark.role {
            Role::Close | Role::Either => *next = true,
            Role::Open => *next = false,
            Role::Within | Role::Nothing => {}
        }
    }
    closes.reverse();
    closes
}

/// What a mark is in the end.
enum Meaning {
    Kept,
    Apostrophe,
    Prime,
    Open,
    Close,
}

/// The quotations that are open.
#[derive(Default)]
struct Open {
    kinds: Vec<Kind>,
    counts: [usize; 2],
    /// Whether the last mark was a prime, and where.
    prime: Option<usize>,
}

impl Open {
    fn resolve(&mut self, signs: &[Sign], mark: &Mark, closed: bool) -> Meaning {
        let is_open = self.counts[mark.kind as usize] > 0;
        let role = match mark.role {
            Role::Either if is_open => Role::Close,
            Role::Either => Role::Open,
            role => role,
        };
        match role {
            Role::Open if is_apostrophe_before(signs, mark, closed && !is_open) => Meaning::Apostrophe,
            Role::Open => {
                self.kinds.push(mark.kind);
                self.counts[mark.kind as usize] += 1;
                Meaning::Open
            }
            Role::Close if mark.straight && self.is_prime(signs, mark, closed) => {
                self.prime = Some(mark.at);
                Meaning::Prime
            }
            Role::Close if is_open => {
                self.close(mark.kind);
                Meaning::Close
            }
            // The jongens' boeken, and a quotation that began in another paragraph.
            Role::Close if mark.kind == Kind::Single => Meaning::Apostrophe,
            Role::Close => Meaning::Close,
            Role::Within => Meaning::Apostrophe,
            Role::Nothing if is_open && mark.before.is_some_and(char::is_alphanumeric) => {
                self.close(mark.kind);
                Meaning::Close
            }
            Role::Nothing | Role::Either => Meaning::Kept,
        }
    }

    /// Closes the last quotation of a kind, and those in it that never were.
    fn close(&mut self, kind: Kind) {
        while let Some(last) = self.kinds.pop() {
            self.counts[last as usize] -= 1;
            if last == kind {
                break;
            }
        }
    }

    /// Whether a mark behind a number means feet, minutes, inches or seconds.
    fn is_prime(&self, signs: &[Sign], mark: &Mark, closed: bool) -> bool {
        let digits = signs[..mark.at].iter().rev().take(5).take_while(|sign| is_digit(sign.c)).count();
        let after_prime = self.prime.is_some_and(|at| at + 1 == mark.at);
        if !after_prime && !(1..=3).contains(&digits) {
            return false;
        }
        let is_open = self.counts[mark.kind as usize] > 0;
        // 5' 3"
        let start = mark.at - digits;
        let gap = usize::from(signs[..start].last().is_some_and(|sign| matches!(sign.c, ' ' | '\u{A0}')));
        let is_second = self.prime.is_some_and(|at| at + 1 + gap == start)
            || signs[..start - gap].last().is_some_and(|sign| sign.c == '′');
        is_second || after_prime || first_of_two(signs, mark) || !is_open || closed
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾')
}

/// Whether a number with the mark for inches or seconds follows: `5' 3"`.
fn first_of_two(signs: &[Sign], mark: &Mark) -> bool {
    let rest = &signs[mark.at + 1..];
    let gap = usize::from(rest.first().is_some_and(|sign| matches!(sign.c, ' ' | '\u{A0}')));
    let digits = rest.iter().skip(gap).take(3).take_while(|sign| is_digit(sign.c)).count();
    let next = rest.get(gap + digits).map(|sign| sign.c);
    mark.kind == Kind::Single && digits > 0 && matches!(next, Some('"' | '″'))
}

/// Whether a mark that could open a quotation stands for letters that are left out: before `s`, `t` and the like,
/// and before two digits of a year, unless it is closed later on. `closed` tells whether that is so.
fn is_apostrophe_before(signs: &[Sign], mark: &Mark, closed: bool) -> bool {
    let Some(rules) = signs[mark.at].rules else { return false };
    if mark.kind == Kind::Double || !(mark.straight || signs[mark.at].c == '‘') {
        return false;
    }
    let rest = &signs[mark.at + 1..];
    let letters = rest.iter().take(12).take_while(|sign| sign.c.is_alphabetic()).count();
    let digits = rest.iter().take(3).take_while(|sign| sign.c.is_ascii_digit()).count();
    let next = rest.get(letters.max(digits)).map(|sign| sign.c);
    if digits == 2 && letters == 0 {
        return !closed && next.is_none_or(|c| !c.is_alphanumeric() || c == 's');
    }
    let word: String = rest[..letters].iter().flat_map(|sign| sign.c.to_lowercase()).collect();
    let is_quoted_alone = matches!(next, Some('\'' | '’'));
    // Rock ’n’ roll.
    let is_and = word == "n";
    rules.elided.contains(&&*word) && (is_and || !is_quoted_alone)
        || rules.elided_or_word.contains(&&*word) && !closed
}
