//! Which looks become styles: each that rules of the stylesheet make. Of a kind of paragraph the look that most of its
//! text has is the style of the kind; the others are based on it, and say what is different.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::names::{difference, style_id, title_case};
use super::{ParagraphStyle, Styles};
use crate::docx::look::{LineRule, ParagraphLook, RunLook};
use crate::docx::model::{Block, Css, Paragraph, Role, paragraphs, paragraphs_mut};
use crate::units::Twips;

/// The looks of a kind.
#[derive(Default)]
struct Group<'p> {
    candidates: Vec<Candidate<'p>>,
    known: HashMap<(&'p ParagraphLook, &'p RunLook), usize>,
}

/// A look, and how much text has it.
struct Candidate<'p> {
    paragraph: &'p Paragraph,
    css: Css,
    weight: usize,
}

impl Candidate<'_> {
    /// Whether its distances are those of boxes or tables beside it.
    fn borrows(&self) -> bool {
        (self.paragraph.look.before, self.paragraph.look.after) != self.paragraph.own
    }
}

impl<'p> Group<'p> {
    /// The look of this paragraph among the group's.
    fn candidate(&mut self, paragraph: &'p Paragraph) -> usize {
        let next = self.candidates.len();
        let at = *self.known.entry((&paragraph.look, &paragraph.run)).or_insert(next);
        match self.candidates.get_mut(at) {
            Some(known) => {
                known.weight += paragraph.length;
                known.css = known.css.min(paragraph.css);
            }
            None => {
                self.candidates.push(Candidate { paragraph, css: paragraph.css, weight: paragraph.length })
            }
        }
        at
    }

    /// The looks, first the one that the kind's style has: that of rules before that of `style` attributes, then by
    /// how much text looks like it but for its distances, then one with the distances that are its own, then by how
    /// much looks like it.
    fn order(&self) -> Vec<usize> {
        let mut totals: HashMap<(ParagraphLook, &RunLook), usize> = HashMap::new();
        let faces = self.candidates.iter().map(|candidate| {
            let face = (candidate.paragraph.look.kind(), &candidate.paragraph.run);
            *totals.entry(face.clone()).or_default() += candidate.weight;
            face
        });
        let faces: Vec<_> = faces.collect();
        let mut order: Vec<usize> = (0..self.candidates.len()).collect();
        order.sort_by_key(|at| {
            let total = faces.get(*at).and_then(|face| totals.get(face)).copied();
            self.candidates
                .get(*at)
                .map(|known| (known.css, Reverse(total), known.borrows(), Reverse(known.weight)))
        });
        order
    }

    /// The look that most of it has.
    fn most(&self) -> Option<&'p Paragraph> {
        let first = *self.order().first()?;
        self.candidates.get(first).map(|candidate| candidate.paragraph)
    }
}

impl Styles {
    /// Gives each paragraph of these parts its style.
    pub fn collect(&mut self, parts: &mut [&mut Vec<Block>]) {
        let gathered = all(parts);
        self.normal(&gathered);
        self.even_out(parts);
        let gathered = all(parts);
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        let looks: Vec<(String, usize)> = gathered
            .into_iter()
            .map(|paragraph| {
                let base = self.base(paragraph);
                let at = groups.entry(base.clone()).or_default().candidate(paragraph);
                (base, at)
            })
            .collect();
        let styles: BTreeMap<String, Vec<usize>> =
            groups.iter().map(|(base, group)| (base.clone(), self.group(base, group))).collect();
        let mut chosen =
            looks.into_iter().map(|(base, at)| styles.get(&base).and_then(|group| group.get(at)));
        let chosen: Vec<usize> = chosen.by_ref().map(|style| style.copied().unwrap_or_default()).collect();
        let mut chosen = chosen.into_iter();
        for part in parts.iter_mut() {
            paragraphs_mut(part, &mut |paragraph| paragraph.style = chosen.next().unwrap_or_default());
        }
    }

    /// Paragraphs that are only distance have neither indents nor a text to look like anything, and heights in points.
    fn even_out(&self, parts: &mut [&mut Vec<Block>]) {
        let Some(normal) = self.default_style() else { return };
        for part in parts.iter_mut() {
            paragraphs_mut(part, &mut |paragraph| {
                if paragraph.kind.role == Role::Spacer {
                    paragraph.run = normal.run.clone();
                    (paragraph.look.left, paragraph.look.right) = (Twips(0), Twips(0));
                    paragraph.look.line = LineRule::Exact(Twips(height(&paragraph.look) * 20));
                }
            });
        }
    }

    /// The styles of a group's looks, in the order of its candidates.
    fn group(&mut self, base: &str, group: &Group) -> Vec<usize> {
        let mut styles = vec![0; group.candidates.len()];
        for at in group.order() {
            let Some(candidate) = group.candidates.get(at) else { continue };
            let paragraph = candidate.paragraph;
            let parent = self.nearest(base, paragraph);
            let is_said = |style: &ParagraphStyle| {
                let same = style.run == paragraph.run;
                same && (style.look == paragraph.look || candidate.css == Css::Inline)
            };
            let known = parent.filter(|parent| self.paragraph(*parent).is_some_and(is_said));
            let style = known.unwrap_or_else(|| self.add(base, paragraph, parent));
            styles.iter_mut().skip(at).take(1).for_each(|place| *place = style);
        }
        styles
    }

    /// Of the styles that others of this kind are based on the one that is most like a paragraph.
    fn nearest(&self, base: &str, paragraph: &Paragraph) -> Option<usize> {
        let mut known = self.main.get(base)?.clone();
        known.sort_by_key(|index| {
            self.paragraph(*index).map(|style| {
                let (own, look) = (&style.look, &paragraph.look);
                let indents = |look: &ParagraphLook| (look.left, look.right, look.first);
                (indents(own) != indents(look), own.kind() != look.kind(), own != look)
            })
        });
        known.first().copied()
    }

    /// Normal: the text that there is most of, as it stands outside of all boxes, and Body Text where most of it
    /// is indented.
    fn normal(&mut self, all: &[&Paragraph]) {
        let plain =
            |paragraph: &&&Paragraph| paragraph.kind.role == Role::Text && paragraph.kind.classes.is_empty();
        let mut texts = Group::default();
        for paragraph in all.iter().filter(plain) {
            texts.candidate(paragraph);
        }
        if texts.candidates.is_empty() {
            for paragraph in all {
                texts.candidate(paragraph);
            }
        }
        let Some(most) = texts.most() else { return };
        let ParagraphLook { before, after, .. } = most.look;
        let look = ParagraphLook { before, after, ..most.look.kind() };
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
        let mut push = |text: &str, look: ParagraphLook| {
            let name = self.name(&[text.to_owned()], text, true);
            let style = ParagraphStyle { name, kind: Role::Text, base: None, look, run: most.run.clone() };
            self.push("Normal", style);
        };
        let is_placed = look != bare && !look.is_decorated();
        push("Normal", bare);
        if is_placed {
            push("Body Text", look);
        }
    }

    fn push(&mut self, base: &str, style: ParagraphStyle) -> usize {
        let at = self.paragraphs.len();
        if style.base.is_none() {
            self.main.entry(base.to_owned()).or_default().push(at);
        }
        self.paragraphs.push(style);
        at
    }

    /// Adds a style for the look of a paragraph.
    fn add(&mut self, base: &str, paragraph: &Paragraph, parent: Option<usize>) -> usize {
        let (_, built_in) = paragraph.kind.name();
        let style = parent.and_then(|parent| self.paragraph(parent));
        let (stem, names) = match style {
            None => (base.to_owned(), vec![base.to_owned()]),
            Some(style) => {
                let stem = style.name.text.clone();
                let difference = difference(paragraph, style);
                let context = paragraph.kind.context.as_deref().map(title_case);
                let context = context.filter(|context| difference.is_of_kind() && !stem.contains(&**context));
                let word = difference.word().map(str::to_owned);
                let names = context.into_iter().chain(word).map(|name| format!("{stem} {name}")).collect();
                (stem, names)
            }
        };
        let name = self.name(&names, &stem, built_in);
        let (look, run, kind) = (paragraph.look.clone(), paragraph.run.clone(), paragraph.kind.role);
        self.push(base, ParagraphStyle { name, kind, base: parent, look, run })
    }

    /// Adds the style of a paragraph of another document, if none of this one has its name.
    pub fn add_unused(&mut self, paragraph: &Paragraph) -> Option<usize> {
        let (name, _) = paragraph.kind.name();
        (!self.taken.contains(&style_id(&name))).then(|| self.add(&name, paragraph, None))
    }

    /// The name of a paragraph's style before it is told apart from others.
    fn base(&self, paragraph: &Paragraph) -> String {
        let kind = &paragraph.kind;
        let unnamed = kind.classes.is_empty()
            && matches!(kind.role, Role::Text | Role::TableText | Role::Figure | Role::Definition);
        let is_text =
            |style: &ParagraphStyle| style.run == paragraph.run && style.look.kind() == paragraph.look.kind();
        let mut texts =
            self.main.get("Normal").into_iter().flatten().filter_map(|index| self.paragraph(*index));
        let is_inline = paragraph.css == Css::Inline;
        if unnamed && texts.any(|style| is_text(style) || is_inline && style.run == paragraph.run) {
            return "Normal".to_owned();
        }
        match kind.role {
            Role::Spacer => format!("Space {} pt", height(&paragraph.look)),
            _ => kind.name().0,
        }
    }
}

/// The paragraphs of all parts.
fn all<'p>(parts: &'p [&mut Vec<Block>]) -> Vec<&'p Paragraph> {
    let mut found = Vec::new();
    parts.iter().for_each(|part| paragraphs(part, &mut |paragraph| found.push(paragraph)));
    found
}

/// How high a paragraph is that is only distance, in points.
fn height(look: &ParagraphLook) -> i32 {
    match look.line {
        LineRule::Exact(Twips(height)) => ((height + 10) / 20).max(1),
        LineRule::Multiple(_) => 12,
    }
}
