//! Which lines of the file are the article: `from`, `to` and `drop`.

use crate::diag::{Diagnostic, Outcome};
use crate::read::Source;

use super::Options;

/// A line of the article.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line<'a> {
    /// Its number in the file, from 1.
    pub number: u32,
    /// As it stands in the file.
    pub raw: &'a str,
    /// Its words with single blanks between them; empty for a line that says nothing.
    pub text: String,
}

/// The lines that the options select, blank ones too, and what somebody should look at.
///
/// # Errors
/// A `from` or `to` that occurs nowhere.
pub(super) fn select<'a>(
    source: &Source<'a>,
    options: &Options,
) -> Outcome<(Vec<Line<'a>>, Vec<Diagnostic>)> {
    let raw: Vec<(u32, &str)> = (source.first_line()..).zip(source.body().lines()).collect();
    let mut errors = Vec::new();
    let mut bound = |key: &'static str, wanted: &Option<String>, start: usize| {
        let wanted = wanted.as_ref()?;
        let found = raw.iter().skip(start).position(|(_, line)| is_line(line, wanted));
        if found.is_none() {
            let lines: Vec<Line> = raw.iter().map(|&(number, raw)| Line::new(number, raw)).collect();
            errors.push(nowhere(key, wanted, &lines, source, options));
        }
        found.map(|at| at + start)
    };
    let from = bound("from", &options.from, 0);
    let to = bound("to", &options.to, from.map_or(0, |from| from + 1));
    if !errors.is_empty() {
        return Err(errors);
    }
    let (from, to) = (from.unwrap_or(0), to.unwrap_or(raw.len()));
    let mut lines: Vec<Line> = raw[from..to].iter().map(|&(number, raw)| Line::new(number, raw)).collect();
    let mut warnings = Vec::new();
    for furniture in &options.drop {
        let before = lines.len();
        let wanted = words(furniture);
        lines.retain(|line| {
            line.text.is_empty() || (line.text != wanted && without_bullet(&line.text) != wanted)
        });
        if lines.len() == before {
            warnings.push(as_warning(nowhere("drop", furniture, &lines, source, options)));
        }
    }
    for heading in options.headings.values().flatten() {
        if !lines.iter().any(|line| line.text == words(heading)) {
            warnings.push(as_warning(nowhere("headings", heading, &lines, source, options)));
        }
    }
    Ok((lines, warnings))
}

/// Whether a line of a file is the one that an option names. Its first letter tells nearly always.
fn is_line(line: &str, wanted: &str) -> bool {
    let first = |text: &str| text.chars().find(|c| c.is_alphanumeric());
    first(line) == first(wanted) && words(line) == words(wanted)
}

impl<'a> Line<'a> {
    fn new(number: u32, raw: &'a str) -> Self {
        Self { number, raw, text: words(raw) }
    }
}

/// The words of a line with single blanks between them. A no-break space stays where it holds a number to what
/// stands beside it; pages leave others behind that mean nothing. Controls and marks without width, which no
/// font draws, go.
pub(super) fn words(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut before = None;
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let holds = matches!(c, '\u{A0}' | '\u{202F}')
            && before.is_some_and(|c: char| !c.is_whitespace())
            && rest.peek().is_some_and(|c| !c.is_whitespace())
            && (before.is_some_and(char::is_numeric) || rest.peek().is_some_and(|c| c.is_numeric()));
        before = Some(c);
        if holds {
            text.push(c);
        } else if c.is_whitespace() {
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
        } else if !c.is_control() && !matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}') {
            text.push(c);
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn without_bullet(text: &str) -> &str {
    text.trim_start_matches(super::marks::BULLETS).trim_start()
}

fn as_warning(error: Diagnostic) -> Diagnostic {
    Diagnostic { severity: crate::diag::Severity::Warning, ..error }
}

/// A line that an option names and the article does not have, with the line that is most like it.
fn nowhere(key: &str, wanted: &str, lines: &[Line], source: &Source, options: &Options) -> Diagnostic {
    let said = lines.iter().filter(|line| !line.text.is_empty());
    let likeness = |line: &Line| strsim::normalized_levenshtein(&words(wanted), &line.text);
    let nearest = said
        .map(|line| (likeness(line), line))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.number.cmp(&a.1.number)));
    let place = options.place.clone().unwrap_or_else(|| crate::diag::Place::file(source.file.clone()));
    let message = format!("`{key}` names a line that occurs nowhere in {}: “{wanted}”", source.file);
    let hint = match nearest {
        Some((likeness, line)) if likeness > 0.4 => {
            format!("the nearest is line {}: “{}”", line.number, line.text)
        }
        _ => "give the whole line as it stands in the file".to_owned(),
    };
    Diagnostic::error("unknown-line", message).at(place).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "menu\n\nEen\n  • menu\ntekst\u{A0}\n\u{A0}\nTwee\ntekst\n";

    /// The numbers of the lines that say something, and the warnings.
    fn selected(options: &Options) -> Outcome<(Vec<u32>, Vec<Diagnostic>)> {
        let file = "a.txt".into();
        let (lines, warnings) = select(&Source::new(&file, TEXT), options)?;
        Ok((lines.iter().filter(|line| !line.text.is_empty()).map(|line| line.number).collect(), warnings))
    }

    fn numbers(options: &Options) -> Vec<u32> {
        selected(options).unwrap().0
    }

    #[test]
    fn an_article_is_a_range_without_its_furniture() {
        let all = Options::default();
        assert_eq!(numbers(&all), [1, 3, 4, 5, 7, 8]);
        let drop = Options { drop: vec!["menu".into()], ..Options::default() };
        assert_eq!(numbers(&drop), [3, 5, 7, 8]);
        let bullet = Options { drop: vec!["• menu ".into()], ..Options::default() };
        assert_eq!(numbers(&bullet), [1, 3, 5, 7, 8]);
        let range = Options { from: Some("Een".into()), to: Some("Twee".into()), ..Options::default() };
        assert_eq!(numbers(&range), [3, 4, 5]);
        let last = Options { from: Some(" Twee".into()), ..Options::default() };
        assert_eq!(numbers(&last), [7, 8]);
    }

    #[test]
    fn a_line_that_occurs_nowhere_is_told_with_the_nearest() {
        let errors = selected(&Options { from: Some("Twe".into()), ..Options::default() }).unwrap_err();
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].hint.as_deref(), Some("the nearest is line 7: “Twee”"));
        let (_, warnings) = selected(&Options { drop: vec!["voet".into()], ..Options::default() }).unwrap();
        assert_eq!(warnings.len(), 1);
        assert!(!warnings[0].is_error());
    }

    #[test]
    fn no_break_spaces_hold_numbers_only() {
        assert_eq!(
            words(" de\u{A0} inhoud\u{A0}van 5\u{A0}% \u{200B}op\t3\u{202F}m "),
            "de inhoud van 5\u{A0}% op 3\u{202F}m"
        );
    }
}
