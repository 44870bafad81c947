//! Named styles: Word's own where there is one for it, else one for each class of the layout, so that changing
//! the style changes every place (ISO/IEC 29500-1, 17.7).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use docx_rs::{Style, StyleType};

use super::look::{ParagraphLook, RunDelta, RunLook};
use super::model::{Block, Kind, Paragraph, Role, paragraphs};
use super::package::{RESERVED, Riders, StyleNote};
use crate::units::Twips;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    characters: Vec<CharacterStyle>,
    paragraphs: Vec<ParagraphStyle>,
    taken: BTreeSet<String>,
    /// The paragraph style of each look of each kind.
    chosen: BTreeMap<String, Vec<usize>>,
}

/// What an inline element is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CharacterKind {
    /// Its tag.
    pub tag: Arc<str>,
    /// Its classes.
    pub classes: Vec<Arc<str>>,
}

#[derive(Debug)]
struct CharacterStyle {
    name: Name,
    kind: CharacterKind,
    delta: RunDelta,
}

/// A paragraph style.
#[derive(Debug)]
pub(super) struct ParagraphStyle {
    name: Name,
    /// How its paragraphs stand.
    pub look: ParagraphLook,
    /// How their text looks.
    pub run: RunLook,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    id: String,
    text: String,
    built_in: bool,
}

/// A look of a kind, and how much text has it.
struct Candidate<'a> {
    paragraph: &'a Paragraph,
    look: ParagraphLook,
    weight: usize,
}

impl Styles {
    /// The character style for an inline element that changes its text by `delta`; `None` for one without name.
    pub fn character(&mut self, kind: &CharacterKind, delta: &RunDelta) -> Option<String> {
        let known = self.characters.iter().find(|style| style.kind == *kind && style.delta == *delta);
        if let Some(style) = known {
            return Some(style.name.id.clone());
        }
        let (base, built_in) = kind.name()?;
        let name = self.name(std::slice::from_ref(&base), &base, built_in);
        let id = name.id.clone();
        self.characters.push(CharacterStyle { name, kind: kind.clone(), delta: delta.clone() });
        Some(id)
    }

    /// Gives a style to each kind of paragraph in the document: the look that most of a kind's text has becomes
    /// the style of the kind, other looks become styles beside it.
    pub fn collect(&mut self, blocks: &[&[Block]]) {
        let mut kinds: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
        let mut all = Vec::new();
        for blocks in blocks {
            paragraphs(blocks, &mut |paragraph| all.push(paragraph));
        }
        self.normal(&all);
        for paragraph in &all {
            let look = paragraph.look.kind();
            let candidates = kinds.entry(self.base(paragraph).0).or_default();
            match candidates
                .iter_mut()
                .find(|known| known.paragraph.run == paragraph.run && known.look == look)
            {
                Some(known) => known.weight += paragraph.length,
                None => candidates.push(Candidate { paragraph, look, weight: paragraph.length }),
            }
        }
        for (base, mut candidates) in kinds {
            candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.weight));
            for candidate in candidates {
                self.add(&base, candidate.paragraph);
            }
        }
    }

    /// Normal: the text that there is most of, as it stands outside of all boxes, and Body Text where most of it
    /// is indented.
    fn normal(&mut self, all: &[&Paragraph]) {
        let plain =
            |paragraph: &&&Paragraph| paragraph.kind.role == Role::Text && paragraph.kind.classes.is_empty();
        let mut texts: Vec<(&Paragraph, usize)> = Vec::new();
        let candidates: Vec<&&Paragraph> = match all.iter().filter(plain).collect::<Vec<_>>() {
            found if found.is_empty() => all.iter().collect(),
            found => found,
        };
        for paragraph in candidates {
            let same = |(known, _): &&mut (&Paragraph, usize)| {
                known.run == paragraph.run && known.look.kind() == paragraph.look.kind()
            };
            match texts.iter_mut().find(same) {
                Some((_, weight)) => *weight += paragraph.length,
                None => texts.push((paragraph, paragraph.length)),
            }
        }
        let most = texts.iter().rev().max_by_key(|(_, weight)| *weight).map(|(paragraph, _)| *paragraph);
        let Some(most) = most else { return };
        let look = ParagraphLook { before: most.look.before, after: most.look.after, ..most.look.kind() };
        let bare = ParagraphLook {
            left: Twips(0),
            right: Twips(0),
            first: Twips(0),
            tabs: Vec::new(),
            outline: None,
            borders: ParagraphLook::default().borders,
            shading: None,
            ..look.clone()
        };
        let normal = self.name(&["Normal".to_owned()], "Normal", true);
        self.push("Normal", ParagraphStyle { name: normal, look: bare.clone(), run: most.run.clone() });
        if look != bare && !look.is_decorated() {
            let body = self.name(&["Body Text".to_owned()], "Body Text", true);
            self.push("Normal", ParagraphStyle { name: body, look, run: most.run.clone() });
        }
    }

    fn push(&mut self, base: &str, style: ParagraphStyle) {
        self.chosen.entry(base.to_owned()).or_default().push(self.paragraphs.len());
        self.paragraphs.push(style);
    }

    /// Adds the style of a paragraph, unless there is one that is its own but for indents and spacing.
    fn add(&mut self, base: &str, paragraph: &Paragraph) {
        if self.find(paragraph).is_some() {
            return;
        }
        let (_, built_in) = self.base(paragraph);
        let mut names = vec![base.to_owned()];
        let context = paragraph.kind.context.as_deref().map(title_case);
        names.extend(context.filter(|context| context != base).map(|context| format!("{base} {context}")));
        let name = self.name(&names, base, built_in);
        let look = ParagraphLook {
            page_break_before: false,
            numbering: None,
            frame: None,
            section: None,
            section_end: None,
            ..paragraph.look.clone()
        };
        self.push(base, ParagraphStyle { name, look, run: paragraph.run.clone() });
    }

    /// The style of a paragraph: of its kind's styles, the one that leaves the least to be said directly.
    pub fn find(&self, paragraph: &Paragraph) -> Option<&ParagraphStyle> {
        let styles = self.chosen.get(&self.base(paragraph).0)?;
        let fitting =
            styles.iter().map(|index| &self.paragraphs[*index]).filter(|style| style.fits(paragraph));
        fitting.min_by_key(|style| {
            let (style, look) = (&style.look, &paragraph.look);
            usize::from((style.left, style.right, style.first) != (look.left, look.right, look.first))
                + usize::from(style.tabs != look.tabs)
        })
    }

    /// The style that paragraphs without a style have.
    pub fn default_style(&self) -> Option<&ParagraphStyle> {
        self.paragraphs.first()
    }

    /// The name of a paragraph's style before it is told apart from others, and whether it is Word's own.
    fn base(&self, paragraph: &Paragraph) -> (String, bool) {
        let kind = &paragraph.kind;
        if let (Some(normal), false) = (self.paragraphs.first(), matches!(kind.role, Role::Heading(_))) {
            let unnamed = kind.classes.is_empty()
                && matches!(
                    kind.role,
                    Role::Text | Role::TableText | Role::Figure | Role::Spacer | Role::Definition
                );
            if unnamed && normal.fits(paragraph) || kind.role == Role::Spacer {
                return ("Normal".to_owned(), true);
            }
        }
        kind.name()
    }

    /// The first of `names` that is free, else `base` with a number.
    fn name(&mut self, names: &[String], base: &str, built_in: bool) -> Name {
        let is_free = |name: &str| {
            let id = style_id(name);
            !self.taken.contains(&id) && !RESERVED.contains(&id.as_str())
        };
        let free = names.iter().find(|name| is_free(name)).cloned();
        let text = free.unwrap_or_else(|| {
            (2..).map(|number| format!("{base} {number}")).find(|name| is_free(name)).unwrap_or_default()
        });
        let id = style_id(&text);
        self.taken.insert(id.clone());
        Name { id, built_in: built_in && text == base, text }
    }

    /// All styles for docx-rs, and what the package must know of them.
    pub fn write(&self, riders: &mut Riders) -> (Vec<Style>, Vec<StyleNote>) {
        let mut styles = Vec::new();
        let mut notes = Vec::new();
        let mut note = |name: &Name, default: bool| {
            notes.push(StyleNote { id: name.id.clone(), built_in: name.built_in, default });
        };
        let normal = self.default_style();
        let base_look = ParagraphLook::default();
        for (index, style) in self.paragraphs.iter().enumerate() {
            let Name { id, text, .. } = &style.name;
            let mut word = Style::new(id, StyleType::Paragraph).name(text.clone());
            word = match normal.filter(|_| index > 0) {
                Some(normal) => {
                    word.paragraph_property = style.look.properties(&normal.look, riders);
                    word.run_property = style.run.minus(&normal.run).properties(riders);
                    word.based_on("Normal").ui_priority(style.priority())
                }
                None => {
                    word.paragraph_property = style.look.properties(&base_look, riders);
                    word.run_property = style.run.minus(&self.defaults()).properties(riders);
                    word.ui_priority(0)
                }
            };
            if id.starts_with("Heading") {
                word = word.next(
                    self.paragraphs
                        .get(1)
                        .filter(|body| body.name.id == "BodyText")
                        .map_or("Normal", |_| "BodyText"),
                );
            }
            note(&style.name, index == 0);
            styles.push(word);
        }
        for style in &self.characters {
            let mut word = Style::new(&style.name.id, StyleType::Character).name(style.name.text.clone());
            word.run_property = style.delta.properties(riders);
            note(&style.name, false);
            styles.push(word.ui_priority(20));
        }
        (styles, notes)
    }

    /// The colour of links.
    pub fn link_color(&self) -> Option<super::look::Rgb> {
        let link = self.characters.iter().find(|style| &*style.kind.tag == "a");
        link.and_then(|style| style.delta.color())
    }

    /// The run properties that the document's defaults hold: those of Normal, without what toggles.
    pub fn defaults(&self) -> RunLook {
        let Some(normal) = self.default_style() else { return RunLook::plain() };
        RunLook {
            family: normal.run.family.clone(),
            size: normal.run.size,
            color: normal.run.color,
            lang: normal.run.lang.clone(),
            ..RunLook::plain()
        }
    }
}

impl ParagraphStyle {
    /// `w:styleId`.
    pub fn id(&self) -> &str {
        &self.name.id
    }

    /// Whether the style is the paragraph's but for indents, tabs and spacing.
    fn fits(&self, paragraph: &Paragraph) -> bool {
        let look = paragraph.look.kind();
        let placed = ParagraphLook {
            left: self.look.left,
            right: self.look.right,
            first: self.look.first,
            tabs: self.look.tabs.clone(),
            before: self.look.before,
            after: self.look.after,
            keep_next: self.look.keep_next,
            keep_lines: self.look.keep_lines,
            ..look
        };
        self.run == paragraph.run && placed == self.look
    }

    /// Where Word lists the style: headings and text first.
    fn priority(&self) -> usize {
        match self.name.id.as_str() {
            "BodyText" => 1,
            id if id.starts_with("Heading") => 9,
            "Title" | "Subtitle" => 10,
            _ if self.name.built_in => 29,
            _ => 15,
        }
    }
}

impl CharacterKind {
    fn name(&self) -> Option<(String, bool)> {
        let built_in = match &*self.tag {
            "strong" | "b" => "Strong",
            "em" | "i" | "cite" => "Emphasis",
            "a" => "Hyperlink",
            "code" | "samp" => "HTML Code",
            "kbd" => "HTML Keyboard",
            super::inline::FOOTNOTE_CALL => "footnote reference",
            _ => "",
        };
        match (self.classes.first(), built_in) {
            (Some(class), _) => Some((format!("{} Text", title_case(class)), false)),
            (None, "") => match &*self.tag {
                "sup" => Some(("Superscript".to_owned(), false)),
                "sub" => Some(("Subscript".to_owned(), false)),
                "mark" => Some(("Mark".to_owned(), false)),
                "small" => Some(("Small".to_owned(), false)),
                _ => None,
            },
            (None, name) => Some((name.to_owned(), true)),
        }
    }
}

impl Kind {
    /// The name of a paragraph's style, and whether it is Word's own.
    fn name(&self) -> (String, bool) {
        let own = |name: &str| (name.to_owned(), true);
        let ours = |name: &str| (name.to_owned(), false);
        let leveled = |name: &str, level: u8| match level {
            0 => own(name),
            level => own(&format!("{name} {}", level.min(4) + 1)),
        };
        let class = self.classes.first().map(|class| title_case(class));
        match (self.role, class) {
            (Role::Heading(level), _) => own(&format!("heading {level}")),
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

impl RunLook {
    /// Black text without any formatting.
    fn plain() -> Self {
        Self {
            family: Arc::from("Times New Roman"),
            size: crate::units::HalfPoints(20),
            bold: false,
            italic: false,
            color: super::look::Rgb([0, 0, 0]),
            case: super::look::LetterCase::AsWritten,
            underline: "none",
            strike: false,
            spacing: Twips(0),
            raise: super::look::Raise::Baseline,
            shading: None,
            lang: Arc::from("nl"),
            script: super::look::Script::LeftToRight,
        }
    }
}

/// `card-title` as a person would write it: `Card Title`.
fn title_case(class: &str) -> String {
    let words = class.split(['-', '_']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect::<String>()
    };
    words.map(capital).collect::<Vec<_>>().join(" ")
}

/// The `w:styleId` of a style with this name, as Word makes them: without spaces, the first letter a capital.
fn style_id(name: &str) -> String {
    title_case(&name.replace(' ', "-")).chars().filter(|char| char.is_ascii_alphanumeric()).collect()
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
