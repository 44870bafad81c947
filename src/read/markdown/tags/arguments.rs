//! What stands behind the name of a tag, in the ways of all of them: `a b`, `"a", "b"`, `key="a"`, `key: "a"`, `(key="a")`.

/// What may stand around a string.
const QUOTES: [char; 3] = ['"', '\'', '`'];

/// The arguments of a tag.
#[derive(Debug, Default)]
pub(super) struct Arguments<'t> {
    /// As written.
    pub text: &'t str,
    /// Whether brackets are around them.
    pub in_brackets: bool,
    positional: Vec<String>,
    named: Vec<(&'t str, String)>,
}

impl<'t> Arguments<'t> {
    /// Reads what is behind a name.
    pub fn of(text: &'t str) -> Self {
        let text = text.trim();
        let inner = text.strip_prefix('(').map(|inner| inner.strip_suffix(')').unwrap_or(inner));
        let mut arguments = Self { text, in_brackets: inner.is_some(), ..Self::default() };
        let mut rest = inner.unwrap_or(text);
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if rest.is_empty() {
                return arguments;
            }
            let (word, after) = word(rest);
            let is_key = !rest.starts_with(QUOTES) && !word.is_empty();
            let value = after.trim_start().strip_prefix('=').or_else(|| after.strip_prefix(": "));
            if let Some(behind) = value.filter(|_| is_key) {
                let (value, after) = self::word(behind.trim_start());
                arguments.named.push((word, unescaped(value)));
                rest = after;
            } else {
                arguments.positional.push(unescaped(word));
                // A sign that begins no word is passed over.
                rest = if after.len() == rest.len() { rest.get(1..).unwrap_or_default() } else { after };
            }
        }
    }

    /// The argument at a place among those without a name, from 0.
    pub fn at(&self, place: usize) -> Option<&str> {
        self.positional.get(place).map(String::as_str).filter(|value| !value.trim().is_empty())
    }

    /// The first of some names that is there and is not empty.
    pub fn named(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.named.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
        })
    }

    /// The first of some names, or the argument at a place.
    pub fn get(&self, names: &[&str], place: usize) -> Option<&str> {
        self.named(names).or_else(|| self.at(place))
    }
}

/// The word or string that a text begins with, and what follows.
fn word(text: &str) -> (&str, &str) {
    if let Some(quote) = text.chars().next().filter(|quote| QUOTES.contains(quote)) {
        let ends = text[1..].match_indices(quote).map(|(at, _)| at + 1);
        if let Some(end) = ends.into_iter().find(|&end| !text[..end].ends_with('\\')) {
            return (&text[1..end], &text[end + 1..]);
        }
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '=' | ',');
    let end = text.find(ends).unwrap_or(text.len());
    let end = if text[..end].ends_with(':') { end - 1 } else { end };
    text.split_at(end)
}

/// A string without the backslashes before its quotation marks.
fn unescaped(word: &str) -> String {
    word.replace("\\\"", "\"").replace("\\'", "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_however_they_are_written() {
        for text in [
            "src=\"a.png\" alt='Een brug'",
            "src = a.png, alt: \"Een brug\"",
            "(src=\"a.png\", alt=`Een brug`)",
        ] {
            let arguments = Arguments::of(text);
            assert_eq!(arguments.named(&["url", "src"]), Some("a.png"), "{text}");
            assert_eq!(arguments.get(&["alt"], 0), Some("Een brug"), "{text}");
        }
        let arguments = Arguments::of("\"a \\\"b\\\"\", 'c' d \"\" https://x.nl/?a");
        let all: Vec<_> = (0..5).map(|place| arguments.at(place)).collect();
        assert_eq!(all, [Some("a \"b\""), Some("c"), Some("d"), None, Some("https://x.nl/?a")]);
    }

    #[test]
    fn every_text_has_an_end() {
        for text in ["=", "==", "a==b", "\"a", ":", ": a", "a: ", "(", ",,=,\"", "a=\"", "'é"] {
            Arguments::of(text);
        }
    }
}
