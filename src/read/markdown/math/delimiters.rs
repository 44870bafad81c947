//! The signs that stand around formulas, and what stands between such signs and is none.

use crate::read::markdown::code;
use crate::read::markdown::numbered::{Numbered, lead};

/// Letters side by side that make a word, and no product of variables.
const WORD: usize = 3;
/// A formula has so many bytes at most.
const LONGEST: usize = 4096;

/// A dollar that begins no formula: in HTML and in addresses it is one, too, where a backslash before it would be read.
const DOLLAR: &str = "&#36;";
/// What stands beside a formula is looked at so many bytes far.
const NEAR: usize = 256;

/// The text with dollars around its formulas, whatever was around them, and with all other dollars as references.
pub(in crate::read::markdown) fn unify(text: Numbered) -> Numbered {
    if !["\\(", "\\[", "$"].iter().any(|mark| text.text().contains(mark)) {
        return text;
    }
    let all = text.text();
    let mut unified = String::with_capacity(all.len() + 64);
    let mut done = 0;
    let mut parts = code::prose(all).into_iter().peekable();
    while let Some(part) = parts.next() {
        unified += &all[done..part.start];
        let formula = parts.peek().and_then(|next| {
            between_marks(&all[part.clone()], &all[part.end..next.start], &all[next.clone()])
        });
        let prose = &all[part.start..part.end - usize::from(formula.is_some())];
        for paragraph in code::paragraphs(prose, 0..prose.len()) {
            Paragraph::of(&prose[paragraph]).write(&mut unified);
        }
        done = part.end;
        if let (Some(formula), Some(next)) = (formula, parts.peek_mut()) {
            unified += &format!("${formula}$");
            next.start += 1;
            done = next.start;
        }
    }
    unified += &all[done..];
    text.written_anew(unified)
}

/// What stands between the marks of a code span on one line that has a dollar before it and one behind it.
fn between_marks<'t>(before: &str, code: &'t str, after: &str) -> Option<&'t str> {
    let inner = code.trim_matches('`').trim();
    let is_formula = before.ends_with('$') && !before.ends_with("\\$") && after.starts_with('$');
    (is_formula && code.starts_with('`') && !inner.is_empty() && !inner.contains(['\n', '$']))
        .then_some(inner)
}

/// A paragraph without code.
struct Paragraph<'t> {
    text: &'t str,
    /// Where `\)` and `\]` are.
    round: Vec<usize>,
    square: Vec<usize>,
}

impl<'t> Paragraph<'t> {
    fn of(text: &'t str) -> Self {
        let closing = |mark: &str| text.match_indices(mark).map(|(at, _)| at).collect();
        Self { text, round: closing("\\)"), square: closing("\\]") }
    }

    /// Writes it with dollars around formulas only.
    fn write(&self, unified: &mut String) {
        let mut done = 0;
        while let Some(found) = self.text[done..].find(['\\', '$']) {
            let at = done + found;
            *unified += &self.text[done..at];
            let rest = &self.text[at..];
            let length = if rest.starts_with('$') { in_dollars(rest) } else { None };
            done = match (length, self.in_brackets(at)) {
                (Some(length), _) => {
                    *unified += self.in_text(at, length).unwrap_or(&rest[..length]);
                    at + length
                }
                (None, Some((formula, close))) => {
                    *unified += &formula;
                    close + 2
                }
                (None, None) if rest.starts_with('$') => {
                    unified.push_str(if is_in_address(&self.text[..at]) { "$" } else { DOLLAR });
                    at + 1
                }
                // What stands behind a backslash is text, a backslash too.
                (None, None) => {
                    let length = rest.chars().take(2).map(char::len_utf8).sum::<usize>();
                    *unified += &rest[..length];
                    at + length
                }
            };
        }
        *unified += &self.text[done..];
    }

    /// The part of `$$…$$` that makes it `$…$`, where there are words beside it on its line: kramdown and GitBook write all
    /// formulas so.
    fn in_text(&self, at: usize, length: usize) -> Option<&'t str> {
        let formula = self.text[at..at + length].strip_prefix('$')?.strip_suffix('$')?;
        let inner = formula.strip_prefix('$')?.strip_suffix('$')?;
        let (before, behind) = (&self.text[..at], &self.text[at + length..]);
        let before = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR))..];
        let before = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        let behind = &behind[..behind.floor_char_boundary(NEAR)];
        let is_beside = lead(before) < before.len() || !is_end(behind.lines().next().unwrap_or_default());
        let is_tight = inner.trim() == inner && !inner.contains('\n');
        let is_price = behind.starts_with(|c: char| c.is_ascii_digit());
        (is_beside && is_tight && !is_price).then_some(formula)
    }

    /// The formula in `\(…\)` or `\[…\]` that begins at a byte, in dollars, and where it closes.
    fn in_brackets(&self, open: usize) -> Option<(String, usize)> {
        let rest = &self.text[open..];
        let (closes, dollars) = if rest.starts_with("\\(") {
            (&self.round, "$")
        } else if rest.starts_with("\\[") {
            (&self.square, "$$")
        } else {
            return None;
        };
        let close = *closes.get(closes.partition_point(|&close| close < open + 2))?;
        let inside = self.text.get(open + 2..close).filter(|inside| inside.len() < LONGEST)?;
        let formula = if dollars == "$" { inside.trim_matches(' ') } else { inside };
        is_bracketed_formula(formula, dollars).then(|| (format!("{dollars}{formula}{dollars}"), close))
    }
}

/// Whether a text ends in an address that stands among words, which is taken as it is.
fn is_in_address(before: &str) -> bool {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR))..];
    let word = near.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.contains("://") || word.contains("www.")
}

/// Whether nothing follows a formula on its line but a point or attributes.
fn is_end(behind: &str) -> bool {
    let behind = behind.trim().trim_start_matches(['.', ',', ';', ':']).trim_start();
    behind.is_empty() || (behind.starts_with('{') && behind.ends_with('}'))
}

/// How long the formula in dollars is that a text begins with (pandoc's rule: no blank inside the dollars, and no digit
/// behind them).
fn in_dollars(text: &str) -> Option<usize> {
    let marks = text.bytes().take(3).take_while(|&byte| byte == b'$').count();
    if marks == 2 {
        return text[2..].find("$$").filter(|&length| length > 0).map(|length| length + 4);
    }
    let rest = text[1..].split_inclusive('$');
    let mut length = 0;
    for piece in rest {
        length += piece.len();
        if !piece.ends_with("\\$") {
            break;
        }
    }
    let inside = text[1..=length].strip_suffix('$')?;
    let is_close = !inside.starts_with(char::is_whitespace) && !inside.ends_with(char::is_whitespace);
    let is_price = text[1 + length..].starts_with(|c: char| c.is_ascii_digit());
    (marks == 1 && !inside.is_empty() && is_close && !is_price && is_formula(inside)).then_some(length + 1)
}

/// Whether brackets behind backslashes are those of a formula. Programs write them around words, too, so that these are no
/// link; there is no command, power or index in those.
fn is_bracketed_formula(inside: &str, dollars: &str) -> bool {
    let is_torn = ["$", "\\(", "\\["].iter().any(|mark| inside.contains(mark));
    if inside.trim().is_empty() || is_torn {
        return false;
    }
    let is_line = dollars == "$";
    if is_line && inside.trim() != inside {
        return false;
    }
    has_tex(inside) || (is_line && !has_word_of(inside, WORD))
}

/// Whether what stands between two dollars is a formula, and not what stands between two sums of money or two variables of a
/// shell.
fn is_formula(inside: &str) -> bool {
    let is_money = inside.starts_with(|c: char| c.is_ascii_digit()) && has_word_of(inside, 2);
    let goes_on = inside.ends_with(['/', ':', ',', ';', '-', '+', '(', '=']);
    has_tex(inside) || !(is_money || goes_on)
}

/// Whether there is a command, a power or an index in a text.
fn has_tex(text: &str) -> bool {
    let names = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic());
    text.contains(['^', '_']) || text.split('\\').skip(1).any(names)
}

fn has_word_of(text: &str, letters: usize) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().nth(letters - 1).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Source;

    #[test]
    fn brackets_of_formulas_become_dollars() {
        let cases = [
            ("a \\(x\\) b", "a $x$ b"),
            ("a \\( \\alpha \\) b", "a $\\alpha$ b"),
            ("\\[\nx^2\n\\]", "$$\nx^2\n$$"),
            ("a $$x^2$$ b", "a $x^2$ b"),
            ("https://x.nl/$a www.x.nl/$b $c", "https://x.nl/$a www.x.nl/$b &#36;c"),
            ("| $$x$$ |", "| $x$ |"),
            ("a\n$$x$$.\n- $$y$$ {#e}", "a\n$$x$$.\n- $$y$$ {#e}"),
            ("$`x`$ `$y$`", "$x$ `$y$`"),
            ("$x$ $5 `$a$` \\$z$", "$x$ &#36;5 `$a$` \\$z&#36;"),
            ("$a\\$b$ $$x$$ $$$ $20-$30", "$a\\$b$ $x$ &#36;&#36;&#36; &#36;20-&#36;30"),
            ("`\\(x\\)`", "`\\(x\\)`"),
            ("\\[sic\\] \\[1\\] \\(zie onder\\)", "\\[sic\\] \\[1\\] \\(zie onder\\)"),
            ("\\\\(x\\\\)", "\\\\(x\\\\)"),
            ("\\(x\n\ny\\)", "\\(x\n\ny\\)"),
            ("\\(a \\(b\\)", "\\(a $b$"),
        ];
        for (text, expected) in cases {
            let file = "a.md".into();
            assert_eq!(unify(Numbered::of(&Source::new(&file, text))).text(), expected);
        }
    }

    #[test]
    fn money_is_no_formula() {
        for formula in ["x", "2x", "n = 10", "5 + 3", "3 km^2", "kosten - baten", "100"] {
            assert!(is_formula(formula), "{formula}");
        }
        for text in ["5 en 10", "HOME/", "20 tot", "10,- of 20,-"] {
            assert!(!is_formula(text), "{text}");
        }
    }
}
