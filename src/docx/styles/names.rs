//! What styles are called: as Word calls them where it has them, else after classes, as a person would write it.

use std::sync::Arc;

use super::super::inline::FOOTNOTE_CALL;
use super::super::joined;
use super::super::look::{Align, ParagraphLook};
use super::super::model::{Kind, Paragraph, Role};
use super::{CharacterKind, ParagraphStyle};
use crate::units::Twips;

impl CharacterKind {
    /// What has no class and no tag of HTML.
    pub fn of(tag: &str) -> Self {
        Self { tag: Arc::from(tag), classes: Vec::new(), context: None }
    }

    /// The name of its style, and whether it is Word's own.
    pub(super) fn name(&self) -> (String, bool) {
        let built_in = match &*self.tag {
            "strong" | "b" => "Strong",
            "em" | "i" | "cite" => "Emphasis",
            "a" => "Hyperlink",
            "code" | "samp" => "HTML Code",
            "kbd" => "HTML Keyboard",
            FOOTNOTE_CALL => "footnote reference",
            _ => "",
        };
        match (self.classes.first(), built_in) {
            (Some(class), _) => (format!("{} Text", title_case(class)), false),
            (None, "") => {
                let own = match &*self.tag {
                    "sup" => "Superscript".to_owned(),
                    "sub" => "Subscript".to_owned(),
                    "span" => "Text".to_owned(),
                    tag => title_case(tag),
                };
                let alone = matches!(&*self.tag, "sup" | "sub" | "mark" | "small");
                let context = self.context.as_deref().filter(|_| !alone).map(title_case);
                (context.map_or_else(|| own.clone(), |context| format!("{context} {own}")), false)
            }
            (None, name) => (name.to_owned(), true),
        }
    }
}

impl Kind {
    /// The name of a paragraph's style, and whether it is Word's own.
    pub(in crate::docx) fn name(&self) -> (String, bool) {
        let own = |name: &str| (name.to_owned(), true);
        let ours = |name: &str| (name.to_owned(), false);
        let leveled = |name: &str, level: u8| match level {
            0 => own(name),
            level => own(&format!("{name} {}", level.min(4) + 1)),
        };
        let class = self.classes.first().map(|class| title_case(class));
        match (self.role, class) {
            (Role::Heading(level), _) => own(&format!("heading {level}")),
            (Role::Quote, Some(class)) if class == "Intense Quote" => own(&class),
            (Role::Quote, Some(class)) if class.contains("Quote") => (class, false),
            (Role::Quote, Some(class)) => (format!("{class} Quote"), false),
            (Role::Quote, None) => own("Quote"),
            (Role::Header, _) => own("header"),
            (Role::Footer, _) => own("footer"),
            (Role::Footnote, _) => own("footnote text"),
            (Role::Caption, _) => own("caption"),
            (Role::ContentsTitle, _) => own("TOC Heading"),
            (Role::Contents(level), _) => own(&format!("toc {level}")),
            (Role::Figure, _) => ours("Figure"),
            (Role::Rule, _) => ours("Rule"),
            (_, Some(class)) if class == "Title" || class == "Subtitle" => own(&class),
            (Role::Bullet(level), None) => leveled("List Bullet", level),
            (Role::Number(level), None) => leveled("List Number", level),
            (Role::Continue(level), None) => leveled("List Continue", level),
            (_, Some(class)) => (class, false),
            (Role::Preformatted, None) => own("HTML Preformatted"),
            (Role::TableHeading, None) => ours("Table Heading"),
            (Role::TableText, None) => ours("Table Text"),
            (Role::Term, None) => ours("Term"),
            (Role::Definition, None) => ours("Definition"),
            (Role::Text | Role::Spacer, None) => match &self.context {
                Some(context) => (title_case(context), false),
                None => ours("Text"),
            },
        }
    }
}

/// What tells a paragraph from those of the style that its own is based on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// Its text or several things.
    Look,
    /// One thing that its rules say.
    Rule(&'static str),
    /// What the blocks beside it do to it.
    Beside(&'static str),
}

impl Difference {
    /// Whether its rules make it, so that the element around it tells more than any word.
    pub fn is_of_kind(self) -> bool {
        matches!(self, Self::Look | Self::Rule(_))
    }

    /// What to call it.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Look => None,
            Self::Rule(word) | Self::Beside(word) => Some(word),
        }
    }
}

/// What tells a paragraph from those of a style.
pub(super) fn difference(paragraph: &Paragraph, style: &ParagraphStyle) -> Difference {
    let (look, base) = (&paragraph.look, &style.look);
    if paragraph.run != style.run {
        return Difference::Look;
    }
    let beside = ParagraphLook { right: Twips(look.right.0 - joined::STEP.0), ..look.kind() };
    if beside == base.kind() {
        return Difference::Beside("Apart");
    }
    if look.kind() != base.kind() {
        let word = match look.align {
            Align::Center => "Centered",
            Align::Right => "Right",
            Align::Both => "Justified",
            Align::Left => "Left",
        };
        let is_all = ParagraphLook { align: base.align, ..look.kind() } == base.kind();
        return if is_all { Difference::Rule(word) } else { Difference::Look };
    }
    if look.page_break_before && !base.page_break_before {
        return Difference::Beside("New Page");
    }
    let distances = |look: &ParagraphLook| (look.before, look.after);
    if distances(look) == paragraph.own && distances(look) != distances(base) {
        let sum = |look: &ParagraphLook| look.before.0 + look.after.0;
        return Difference::Rule(if sum(look) < sum(base) { "Close" } else { "Wide" });
    }
    let is_last = look.after != base.after || base.keep_next && !look.keep_next;
    Difference::Beside(match (look.before != base.before, is_last) {
        (true, true) => "Alone",
        (true, false) => "First",
        (false, true) => "Last",
        (false, false) if look.keep_next && !base.keep_next => "With Next",
        (false, false) => "Whole",
    })
}

/// `card-title` as a person would write it: `Card Title`.
pub(super) fn title_case(class: &str) -> String {
    let words = class.split(['-', '_']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect::<String>()
    };
    words.map(capital).collect::<Vec<_>>().join(" ")
}

/// The `w:styleId` of a style with this name, as Word makes them: without spaces, each word with a capital.
pub(super) fn style_id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    let mut begins = true;
    for char in name.chars() {
        let is_gap = matches!(char, ' ' | '-' | '_');
        match char.is_ascii_alphanumeric() {
            true if begins => id.push(char.to_ascii_uppercase()),
            true => id.push(char),
            false => {}
        }
        begins = is_gap;
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_as_written_by_a_person() {
        assert_eq!(title_case("card-title"), "Card Title");
        assert_eq!(title_case("pull__quote"), "Pull Quote");
        assert_eq!(style_id("heading 1"), "Heading1");
    }

    #[test]
    fn a_quotation_says_that_it_is_one() {
        let kind = Kind { role: Role::Quote, classes: vec![Arc::from("pull")], context: None };
        assert_eq!(kind.name(), ("Pull Quote".to_owned(), false));
    }
}
