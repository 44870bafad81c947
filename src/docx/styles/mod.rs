//! Named styles: Word's own where there is one for it, else one for each class of the layout, so that changing
//! the style changes every place (ISO/IEC 29500-1, 17.7).

mod choose;
mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use docx_rs::{IndentLevel, NumberingId, Style, StyleType};

use names::style_id;

use super::inline::{AFTER, BEFORE, FIRST_LETTER, FOOTNOTE_CALL, GAP};
use super::look::{ParagraphLook, RunDelta, RunLook};
use super::model::{Block, Paragraph, Role, paragraphs};
use super::numbering::Numbering;
use super::package::{RESERVED, Riders, StyleNote};
use crate::units::Twips;

/// The styles of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Styles {
    characters: Vec<CharacterStyle>,
    paragraphs: Vec<ParagraphStyle>,
    taken: BTreeSet<String>,
    /// The styles of each kind that those of its other looks are based on.
    main: BTreeMap<String, Vec<usize>>,
    /// The styles of list items that have a numbering: instance and level.
    numbered: BTreeMap<usize, (usize, usize)>,
}

/// What an inline element is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CharacterKind {
    /// Its tag.
    pub tag: Arc<str>,
    /// Its classes.
    pub classes: Vec<Arc<str>>,
    /// The class of the nearest element around it that has one.
    pub context: Option<Arc<str>>,
}

#[derive(Clone, Debug, PartialEq)]
struct CharacterStyle {
    name: Name,
    kind: CharacterKind,
    delta: RunDelta,
}

/// A paragraph style.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ParagraphStyle {
    name: Name,
    kind: Role,
    /// The style that it is based on, where that is not Normal.
    base: Option<usize>,
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

impl Styles {
    /// The character style for an inline element that changes its text by `delta`.
    pub fn character(&mut self, kind: &CharacterKind, delta: &RunDelta) -> String {
        let known = self.characters.iter().find(|style| style.kind == *kind && style.delta == *delta);
        if let Some(style) = known {
            return style.name.id.clone();
        }
        let (base, built_in) = kind.name();
        let name = self.name(std::slice::from_ref(&base), &base, built_in);
        let id = name.id.clone();
        self.characters.push(CharacterStyle { name, kind: kind.clone(), delta: delta.clone() });
        id
    }

    /// A paragraph's style.
    pub fn paragraph(&self, index: usize) -> Option<&ParagraphStyle> {
        self.paragraphs.get(index)
    }

    /// The style that paragraphs without a style have.
    pub fn default_style(&self) -> Option<&ParagraphStyle> {
        self.paragraphs.first()
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

    /// Gives the styles of list items the numbering of their lists, so that a list can be made with them in Word.
    pub fn number(&mut self, parts: &[&mut Vec<Block>], numbering: &mut Numbering) {
        let mut tie = |paragraph: &Paragraph| {
            let Some(place) = paragraph.place.numbering else { return };
            let own =
                self.paragraphs.get(paragraph.style).and_then(|style| style.base).unwrap_or(paragraph.style);
            let is_new = !self.numbered.contains_key(&own);
            let Some(style) = self.paragraphs.get(own).filter(|style| is_new && style.is_of_items()) else {
                return;
            };
            if let Some(instance) = numbering.tie(&style.name.id, place) {
                self.numbered.insert(own, (instance, place.1));
            }
        };
        parts.iter().for_each(|part| paragraphs(part, &mut tie));
    }

    /// Gives a style an instance and a level.
    pub fn give_numbering(&mut self, index: usize, place: (usize, usize)) {
        self.numbered.insert(index, place);
    }

    /// Adds the character styles of Word's own that these have and the document has not.
    pub fn add_unused_characters(&mut self, others: &Self) {
        for style in others.characters.iter().filter(|style| style.name.built_in) {
            if self.taken.insert(style.name.id.clone()) {
                self.characters.push(style.clone());
            }
        }
    }

    /// The numbering that a style, or the one that it is based on, has.
    pub fn numbering(&self, index: usize) -> Option<(usize, usize)> {
        let own = self.numbered.get(&index);
        own.or_else(|| self.numbered.get(&self.paragraphs.get(index)?.base?)).copied()
    }

    /// All styles for docx-rs, and what the package must know of them.
    pub fn write(&self, riders: &mut Riders) -> (Vec<Style>, Vec<StyleNote>) {
        let mut styles = Vec::new();
        let mut notes = Vec::new();
        let mut note = |name: &Name, default: bool| {
            notes.push(StyleNote { id: name.id.clone(), built_in: name.built_in, default });
        };
        let normal = self.default_style();
        let (blank, defaults) = (ParagraphLook::default(), self.defaults());
        for (index, style) in self.paragraphs.iter().enumerate() {
            let Name { id, text, .. } = &style.name;
            let base = style.base.and_then(|base| self.paragraphs.get(base));
            let base = base.or_else(|| normal.filter(|_| index > 0));
            let mut word = Style::new(id, StyleType::Paragraph).name(text.clone());
            let (look, run) = base.map_or((&blank, &defaults), |base| (&base.look, &base.run));
            word.paragraph_property = match style.kind {
                Role::Spacer => style.look.properties(&ParagraphLook::unsaid(), Vec::new(), riders),
                _ => style.look.properties(look, Vec::new(), riders),
            };
            if let Some((number, level)) = self.numbered.get(&index) {
                let (number, level) = (NumberingId::new(*number), IndentLevel::new(*level));
                word.paragraph_property = word.paragraph_property.numbering(number, level);
            }
            word.run_property = style.run.minus(run).properties(riders);
            word = match base {
                Some(base) => word.based_on(base.id()).ui_priority(style.priority()),
                None => word.ui_priority(0),
            };
            if style.is_followed_by_text() {
                word = word.next(self.text());
            }
            word = word.q_format(style.is_in_gallery());
            if style.kind == Role::Spacer {
                word = word.semi_hidden();
            }
            note(&style.name, index == 0);
            styles.push(word);
        }
        for style in &self.characters {
            let mut word = Style::new(&style.name.id, StyleType::Character).name(style.name.text.clone());
            word.run_property = style.delta.properties(riders);
            note(&style.name, false);
            let is_made = ![GAP, BEFORE, AFTER, FIRST_LETTER, FOOTNOTE_CALL].contains(&&*style.kind.tag);
            styles.push(word.ui_priority(20).q_format(is_made));
        }
        (styles, notes)
    }

    /// The style of running text.
    fn text(&self) -> &'static str {
        let body = self.paragraphs.get(1).filter(|body| body.name.id == "BodyText");
        body.map_or("Normal", |_| "BodyText")
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

    /// Whether it is that of list items with a marker, and no other's.
    fn is_of_items(&self) -> bool {
        self.base.is_none() && matches!(self.kind, Role::Bullet(_) | Role::Number(_))
    }

    /// Whether running text comes next when somebody ends a paragraph of it in Word (17.7.4.10).
    fn is_followed_by_text(&self) -> bool {
        let is_title = self.name.built_in && matches!(&*self.name.id, "Title" | "Subtitle");
        let role = matches!(
            self.kind,
            Role::Heading(_) | Role::Caption | Role::ContentsTitle | Role::Rule | Role::Spacer
        );
        is_title || role
    }

    /// Whether Word offers it to who writes (17.7.4.14): not where it says only what stands beside it.
    fn is_in_gallery(&self) -> bool {
        let is_made = matches!(
            self.kind,
            Role::Spacer
                | Role::Rule
                | Role::Figure
                | Role::Contents(_)
                | Role::ContentsTitle
                | Role::Header
                | Role::Footer
                | Role::Footnote
        );
        self.base.is_none() && !is_made
    }

    /// Where Word lists the style: headings and text first.
    fn priority(&self) -> usize {
        match self.name.id.as_str() {
            "BodyText" => 1,
            id if id.starts_with("Heading") => 9,
            "Title" | "Subtitle" => 10,
            _ if self.name.built_in => 29,
            _ if !self.is_in_gallery() => 60,
            _ => 15,
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
