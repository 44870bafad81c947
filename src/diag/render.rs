//! Diagnostics for people: the message, the place with its line, the hint.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Place, Severity};

/// Bytes marked at most.
const LONGEST_MARK: usize = 60;

/// Whether the text may hold terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Styling {
    /// No escape sequences.
    Plain,
    /// ANSI colours.
    Ansi,
}

impl Diagnostic {
    /// The diagnostic as a compiler would print it, without a line end.
    pub fn render(&self, styling: Styling) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let mut group = Group::with_title(level.primary_title(&*self.message).id(self.code));
        if let Some(place) = &self.place {
            group = match (&place.text, place.line) {
                (Some(text), Some(line)) => group.element(
                    Snippet::source(&**text)
                        .line_start(line as usize)
                        .path(&*place.file)
                        .fold(false)
                        .annotation(AnnotationKind::Primary.span(word_at(text, place.column.unwrap_or(1)))),
                ),
                _ => group.element(origin(place)),
            };
        }
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.message(&**hint));
        }
        let renderer = match styling {
            Styling::Plain => Renderer::plain(),
            Styling::Ansi => Renderer::styled(),
        };
        renderer.decor_style(DecorStyle::Ascii).render(&[group]).trim_end().to_owned()
    }
}

fn origin(place: &Place) -> Origin<'_> {
    match place.line {
        Some(line) => Origin::path(&*place.file).line(line as usize),
        None => Origin::path(&*place.file),
    }
}

/// The word at a column of a line, as a range of bytes.
fn word_at(text: &str, column: u32) -> std::ops::Range<usize> {
    let start = text.char_indices().nth(column.saturating_sub(1) as usize).map_or(text.len(), |(at, _)| at);
    let rest = &text[start..];
    let length = rest.find(|c: char| c.is_whitespace() || ",:;)]}".contains(c)).unwrap_or(rest.len());
    let end = text.floor_char_boundary(start + length.min(LONGEST_MARK));
    start..end.max(start + rest.chars().next().map_or(0, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_and_the_hint_are_shown() {
        let place = Place::at("handout.toml", "lang = \"nl\"\nouput = \"x\"\n", 2, 1);
        let shown = Diagnostic::error("unknown-key", "there is no setting `ouput`")
            .at(place)
            .hint("did you mean `output`?")
            .render(Styling::Plain);
        assert_eq!(
            shown,
            "error[unknown-key]: there is no setting `ouput`\n --> handout.toml:2:1\n  |\n2 | ouput = \"x\"\n  | ^^^^^\n  |\n  = help: did you mean `output`?"
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{} x {}", "a".repeat(500), "b".repeat(500));
        let shown = Diagnostic::warning("w", "here").at(Place::at("f", &line, 1, 502)).render(Styling::Plain);
        assert!(shown.lines().all(|line| line.chars().count() < 160), "{shown}");
        assert!(shown.contains("f:1:502") && shown.contains("a x b"), "{shown}");
    }

    #[test]
    fn a_column_past_the_end_is_no_panic() {
        let place = Place { file: "f".into(), line: Some(1), column: Some(40), text: Some("kort".into()) };
        assert!(Diagnostic::error("e", "m").at(place).render(Styling::Plain).contains("kort"));
    }
}
