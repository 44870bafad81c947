//! What the marks at the start and end of a line tell.

/// Signs that begin an item of a list.
pub(super) const BULLETS: [char; 14] = ['•', '·', '▪', '●', '◦', '‣', '∙', '■', '○', '*', '+', '-', '–', '—'];

/// Signs that need no blank behind them to be a bullet, because no sentence begins with them.
const SURE_BULLETS: &str = "•▪●◦‣∙■○";

/// The longest heading, in characters.
pub(super) const LONGEST_HEADING: usize = 120;

/// The sign that an item of a list begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A bullet, with its sign.
    Bullet(char),
    /// A number: `1.`, `1)`, `a)`; the numbers `1.1`, `1.1.` of headings have more than one part.
    Number(Number),
}

/// The number of an item or heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// As written: `1.`, `2)`, `1.1`.
    pub written: String,
    /// Its last part.
    pub value: u32,
    /// How many parts it has.
    pub parts: u8,
    /// Whether it is counted in letters.
    pub letters: bool,
}

/// The mark of an item and the text behind it.
pub(super) fn mark(text: &str) -> Option<(Mark, &str)> {
    let first = text.chars().next()?;
    if BULLETS.contains(&first) {
        let rest = &text[first.len_utf8()..];
        let spaced = rest.starts_with(char::is_whitespace);
        let item = rest.trim_start();
        let says = item.chars().any(char::is_alphanumeric);
        return (says && (spaced || SURE_BULLETS.contains(first))).then_some((Mark::Bullet(first), item));
    }
    let (number, rest) = number(text)?;
    Some((Mark::Number(number), rest))
}

fn number(text: &str) -> Option<(Number, &str)> {
    let (written, rest) = text.split_once(' ')?;
    let rest = rest.trim_start();
    if !rest.chars().any(char::is_alphanumeric) {
        return None;
    }
    let bare = written.strip_suffix(['.', ')']).unwrap_or(written);
    let closed = bare.len() < written.len();
    let mut letters = bare.chars();
    if let (Some(letter @ 'a'..='z'), None) = (letters.next(), letters.next()) {
        let value = letter as u32 - 'a' as u32 + 1;
        let number = Number { written: written.to_owned(), value, parts: 1, letters: true };
        return written.ends_with(')').then_some((number, rest));
    }
    let parts: Vec<&str> = bare.split('.').collect();
    let is_number = |part: &&str| {
        (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()) && !part.starts_with('0')
    };
    if !parts.iter().all(is_number) || parts.len() > 4 || (parts.len() == 1 && !closed) {
        return None;
    }
    let value = parts.last()?.parse().ok()?;
    Some((Number { written: written.to_owned(), value, parts: parts.len() as u8, letters: false }, rest))
}

/// Whether a line could be a heading: short, no full stop at its end, and not in brackets or quotation marks.
pub(super) fn is_heading_like(text: &str) -> bool {
    let Some(first) = text.chars().find(|&c| !is_opening_quote(c)) else { return false };
    let ends_open =
        text.trim_end_matches(is_closing_quote).ends_with(['.', ',', ';', ':', '…', '-', '–', '/', '|']);
    let starts_well = first.is_numeric() || (first.is_alphabetic() && !first.is_lowercase());
    text.chars().count() <= LONGEST_HEADING
        && starts_well
        && !ends_open
        && quotation(text).is_none()
        && text.chars().any(char::is_alphabetic)
}

/// Whether a text ends as a sentence does, quotation marks and brackets behind the stop aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c| is_closing_quote(c) || matches!(c, ')' | ']'))
        .ends_with(['.', '!', '?', '…', ':'])
}

/// Whether a text is a question.
pub(super) fn is_question(text: &str) -> bool {
    text.trim_end_matches(is_closing_quote).ends_with('?')
}

pub(super) fn is_opening_quote(c: char) -> bool {
    matches!(c, '“' | '„' | '"' | '‘' | '‚' | '«' | '‟' | '‛')
}

pub(super) fn is_closing_quote(c: char) -> bool {
    matches!(c, '”' | '“' | '"' | '’' | '»')
}

/// Whether somebody begins to speak.
pub(in crate::read) fn begins_quotation(text: &str) -> bool {
    text.starts_with(['“', '„', '"', '«', '‟'])
}

/// A text that is one quotation: the quotation with its marks, and the source behind it, in brackets or behind a
/// dash.
pub(super) fn quotation(text: &str) -> Option<(&str, Option<&str>)> {
    let open = text.chars().next().filter(|&c| is_opening_quote(c))?;
    let inner = &text[open.len_utf8()..];
    let closing: &[char] = match open {
        '“' | '‟' => &['”'],
        '„' => &['”', '“'],
        '«' => &['»'],
        '"' => &['"'],
        _ => &['’'],
    };
    // A single mark may be an apostrophe: only the last one can close.
    let single = closing == ['’'];
    let at = if single { inner.rfind(closing) } else { inner.find(closing) }?;
    if single && inner[..at].contains(open) {
        return None;
    }
    let mark = inner[at..].chars().next()?;
    let after = &inner[at + mark.len_utf8()..];
    let source = after.trim_start_matches(['.', '!', '?', ',']);
    let end = text.len() - source.len();
    let source = source.trim();
    let enclosed = |open: char, close: char| source.starts_with(open) && source.ends_with(close);
    let dashed = source.starts_with(['–', '—', '-']);
    match source {
        "" => Some((&text[..end], None)),
        _ if source.chars().count() <= 80 && (enclosed('[', ']') || enclosed('(', ')') || dashed) => {
            Some((text[..end].trim_end(), Some(source)))
        }
        _ => None,
    }
}

/// The name of who speaks and what they say: `Name: what`.
pub(in crate::read) fn speaker(text: &str) -> Option<(&str, &str)> {
    const PARTICLES: [&str; 20] = [
        "van", "de", "der", "den", "het", "’t", "'t", "te", "ten", "ter", "von", "la", "le", "du", "di",
        "da", "el", "al", "en", "op",
    ];
    let (name, said) = text.split_once(':')?;
    let (name, said) = (name.trim_end(), said.strip_prefix(char::is_whitespace)?.trim_start());
    let words: Vec<&str> = name.split(' ').collect();
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let plain = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '’' | '\''));
    let named = words.iter().all(|word| capital(word) || PARTICLES.contains(word));
    let ends_well = words.last().is_some_and(|word| capital(word));
    let short = words.len() <= 6 && name.chars().count() <= 40;
    (plain && named && ends_well && short && capital(name) && !said.is_empty()).then_some((name, said))
}

/// Whether a line is the caption of a figure: `Figuur 1: …`, `Foto: …`.
pub(in crate::read) fn is_caption(text: &str) -> bool {
    const KINDS: [&str; 17] = [
        "figuur",
        "fig.",
        "figure",
        "afbeelding",
        "afb.",
        "image",
        "tabel",
        "table",
        "foto",
        "photo",
        "schema",
        "diagram",
        "grafiek",
        "chart",
        "illustratie",
        "illustration",
        "kaart",
    ];
    let Some((head, said)) = text.split_once([':', '.']).filter(|(_, said)| !said.trim().is_empty()) else {
        return false;
    };
    // `Fig. 1: …` has its first stop in the word itself.
    let (head, said) = match said.split_once([':', '.']) {
        Some((number, said)) if head.len() <= 3 && is_count(number.trim()) => {
            (format!("{head}. {}", number.trim()), said)
        }
        _ => (head.to_owned(), said),
    };
    let mut words = head.split_whitespace();
    let kind = words.next().unwrap_or_default().to_lowercase();
    let number: Vec<&str> = words.collect();
    let counted = matches!(&number[..], [number] if is_count(number));
    let colon = text[..text.len() - said.len()].ends_with(':');
    KINDS.contains(&&*kind) && (counted || (number.is_empty() && colon))
}

fn is_count(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 5
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_begin_with_a_mark() {
        for text in ["• een", "•een", "- een", "– een", "1. een", "12) een", "a) een", "1.2 Een", "1.2. Een"]
        {
            assert!(mark(text).is_some(), "{text}");
        }
        for text in ["-een", "1.een", "2020. Een", "3 maal", "a een", "•", "- –", "1.2.3.4.5 Een", "* *"]
        {
            assert!(mark(text).is_none(), "{text}");
        }
    }

    #[test]
    fn headings_are_short_and_have_no_full_stop() {
        for text in ["Samen verder", "Wat nu?", "‘Samen’; wat is dat?", "1 jaar later", "Doe mee!"] {
            assert!(is_heading_like(text), "{text}");
        }
        let long = "Lang ".repeat(30);
        for text in ["Dit is een zin.", "Zoals:", "(Terug naar boven)", "“Een citaat”", "klein", "!", &long]
        {
            assert!(!is_heading_like(text), "{text}");
        }
    }

    #[test]
    fn a_quotation_stands_in_one_pair_of_marks() {
        let cases = [
            ("“Ja.”", Some(("“Ja.”", None))),
            ("\"Ja\".", Some(("\"Ja\".", None))),
            (
                "‘Foto’s zijn ’t bewijs’. [Jansen e.a.]",
                Some(("‘Foto’s zijn ’t bewijs’.", Some("[Jansen e.a.]"))),
            ),
            ("“Ja” – Jan", Some(("“Ja”", Some("– Jan")))),
            ("“Ja”, zei hij. “Nee.”", None),
            ("‘Ja’ of ‘nee’", None),
            ("Ja", None),
            ("“Ja", None),
        ];
        for (text, expected) in cases {
            assert_eq!(quotation(text), expected, "{text}");
        }
    }

    #[test]
    fn speakers_are_names() {
        assert_eq!(speaker("Anna van den Berg: “Ja”"), Some(("Anna van den Berg", "“Ja”")));
        assert_eq!(speaker("V: Waarom?"), Some(("V", "Waarom?")));
        for text in
            ["Zijn advies: niets", "Let op:", "https://x", "Het is 12:30", "Daarom zeg ik: nee", "Jan:nee"]
        {
            assert_eq!(speaker(text), None, "{text}");
        }
    }

    #[test]
    fn captions_are_numbered_or_have_a_colon() {
        for text in ["Figuur 1: Zo", "Fig. 2. Zo", "Fig. 2: zo", "Foto: Jan", "Table 3.1: x"] {
            assert!(is_caption(text), "{text}");
        }
        for text in ["Figuur 1 laat zien dat het kan.", "Foto. Zo", "Figuur 1:", "Kaarten: zo", "Fig"] {
            assert!(!is_caption(text), "{text}");
        }
    }
}
