//! The content of a paragraph: text with its white space collapsed, runs, links, line breaks, pictures, fields.

use std::sync::Arc;

use docx_rs::{
    BookmarkEnd, BookmarkStart, BreakType, FieldCharType, Hyperlink, HyperlinkData, InstrNUMPAGES, InstrPAGE,
    InstrPAGEREF, InstrText, ParagraphChild, Run, RunChild,
};

use super::access::said;
use super::look::{Rgb, RunDelta, RunLook};
use super::package::{FIRST_TIP, escape};
use super::styles::CharacterKind;
use super::substitution::Lost;
use super::text::stretches;
use super::{Relations, Writer};
use crate::style::computed::{ContentItem, Float, Position, TextTransform, Visibility, WhiteSpace};
use crate::style::{ComputedStyle, Content, Element, NodeId, Pseudo, counter_text};
use crate::units::{Px, Twips};

/// About how wide a space is in most fonts, for a size of 1.
const SPACE: f32 = 0.25;

/// What stands for the tag of the calls of footnotes, which have a style of Word's own.
pub(super) const FOOTNOTE_CALL: &str = "footnote-call";

/// What stands for the tag of what a stylesheet puts before and after the content of an element.
pub(super) const BEFORE: &str = "before";
pub(super) const AFTER: &str = "after";

/// What stands for the tag of a `::first-letter` in the line.
pub(super) const FIRST_LETTER: &str = "first-letter";

/// What stands for the tag of a distance between inline boxes.
pub(super) const GAP: &str = "gap";

/// The inline content of one paragraph, as it grows.
pub(super) struct Line {
    pub(super) children: Vec<ParagraphChild>,
    /// The link that is open, with its runs so far.
    link: Option<Hyperlink>,
    /// Text that waits for its run to end.
    text: String,
    face: Face,
    /// Whether the next white space would be the first, or follow another.
    pub(super) collapsed: bool,
    /// Characters that are not white space.
    pub(super) length: usize,
    pictures: usize,
    /// Bookmarks that have begun in it, with their numbers.
    pub(super) quotes: Vec<(Arc<str>, usize)>,
    /// The look of the paragraph's own text.
    base: RunLook,
    /// How wide a picture may be.
    width: Px,
}

/// What a run of text has on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Face {
    look: RunLook,
    style: Option<(String, RunDelta)>,
}

/// What a paragraph's content came to.
pub(super) struct Inlines {
    /// Runs, links, bookmarks, fields.
    pub children: Vec<ParagraphChild>,
    /// Characters that are not white space.
    pub length: usize,
    /// Pictures.
    pub pictures: usize,
}

impl Line {
    /// An empty line of text that looks like `base`, in a column of this width.
    pub fn new(base: RunLook, width: Px) -> Self {
        let face = Face { look: base.clone(), style: None };
        Self {
            children: Vec::new(),
            link: None,
            text: String::new(),
            face,
            collapsed: true,
            length: 0,
            pictures: 0,
            quotes: Vec::new(),
            base,
            width,
        }
    }

    /// Whether a link is open.
    pub(super) fn has_link(&self) -> bool {
        self.link.is_some()
    }

    /// Ends the link that is open.
    fn close_link(&mut self) {
        if let Some(link) = self.link.take().filter(|link| !link.children.is_empty()) {
            self.children.push(ParagraphChild::Hyperlink(link));
        }
    }

    /// Adds what is no run, in the link that is open.
    pub(super) fn mark(&mut self, mark: ParagraphChild) {
        match &mut self.link {
            Some(link) => link.children.push(mark),
            None => self.children.push(mark),
        }
    }

    pub(super) fn push(&mut self, run: Run) {
        match &mut self.link {
            Some(link) => link.children.push(ParagraphChild::Run(Box::new(run))),
            None => self.children.push(ParagraphChild::Run(Box::new(run))),
        }
    }
}

impl Writer<'_> {
    /// Puts the content of these nodes into `line`.
    pub(super) fn inlines(&mut self, nodes: &[NodeId], line: &mut Line, under: Rgb) {
        let face = Face { look: line.base.clone(), style: None };
        for node in nodes {
            self.inline(*node, &face, line, under);
        }
    }

    /// What is in the line, without white space at its end.
    pub(super) fn finish(&mut self, mut line: Line) -> Inlines {
        if line.collapsed && line.text.ends_with(' ') {
            line.text.pop();
        }
        self.flush(&mut line);
        for (_, number) in std::mem::take(&mut line.quotes) {
            line.mark(ParagraphChild::BookmarkEnd(BookmarkEnd::new(number)));
        }
        line.close_link();
        // Nothing is behind the last break of a box, so that it ends no line (CSS 2, section 9.4.2).
        let is_break = |child: &ParagraphChild| matches!(child, ParagraphChild::Run(run) if matches!(run.children[..], [RunChild::Break(_)]));
        if line.children.last().is_some_and(is_break) {
            line.children.pop();
        }
        Inlines { children: line.children, length: line.length, pictures: line.pictures }
    }

    pub(super) fn inline(&mut self, node: NodeId, face: &Face, line: &mut Line, under: Rgb) {
        let tree = self.tree;
        let style = &tree.node(node).style;
        if style.text.visibility != Visibility::Visible
            && !matches!(tree.node(node).content, Content::Element(_))
        {
            return;
        }
        match &tree.node(node).content {
            Content::Text(text) => {
                let text = transformed(text, style.text.transform);
                self.quoted(node, &text, face, line);
            }
            Content::Generated(ContentItem::TargetText(_, text))
                if let Some(bookmark) = self.reference(node, line) =>
            {
                self.target_text(text, &bookmark, face, line);
            }
            Content::Generated(item) => self.generated(item, face, line),
            Content::Element(element) => self.inline_element(node, element, face, (line, under)),
        }
    }

    fn inline_element(
        &mut self,
        node: NodeId,
        element: &Element,
        face: &Face,
        (line, under): (&mut Line, Rgb),
    ) {
        let tree = self.tree;
        match element.pseudo {
            Some(Pseudo::Marker | Pseudo::FootnoteMarker) => return,
            Some(Pseudo::FootnoteCall) => return self.footnote_call(node, element, face, line),
            _ if self.is_footnote(node) => return self.footnote(node, face, line),
            _ => {}
        }
        if let Some(id) = &element.id {
            self.bookmark(id, line);
        }
        if element.picture.is_some() {
            self.flush(line);
            if let Some(run) = self.picture(node, line.width) {
                line.push(run);
                line.pictures += 1;
                line.collapsed = false;
            }
            return;
        }
        if &*element.tag == "br" {
            self.line_break(face, line);
            return;
        }
        if element.pseudo == Some(Pseudo::FirstLetter) && tree.node(node).style.position.float != Float::None
        {
            // In a cell, and where no paragraph begins with it, it is a letter like the others.
            for child in &tree.node(node).children {
                self.inline(*child, face, line, under);
            }
            return;
        }
        let inner = self.face(node, element, face, (line, under));
        let reference = self.reference(node, line);
        let link = reference.is_none() && self.open_link(node, element, line);
        // The sides of a block are its paragraph's.
        let (before, after) = if self.is_filled_in(node) { (None, None) } else { self.distances(node) };
        self.gap(before, face, line);
        let control = self.open_control(node, element, line);
        match reference {
            Some(bookmark) => self.refer(node, &bookmark, &inner, (line, under)),
            None => {
                let children = tree.node(node).children.iter();
                children.for_each(|child| self.inline(*child, &inner, line, under));
            }
        }
        if let Some(control) = control {
            self.close_control(control, (node, element), &inner, line);
        }
        if self.label_hang(node).is_some() {
            self.plain_tab(line);
        } else {
            self.gap(after, face, line);
        }
        if link {
            self.flush(line);
            line.close_link();
        }
    }

    /// How far a box is set off from the text before and after it, by its margins or its place, so that its words
    /// do not run together with those beside it.
    fn distances(&self, node: NodeId) -> (Option<Px>, Option<Px>) {
        let style = &self.tree.node(node).style;
        let margin = style.boxes.margin.map(|side| side.resolve(Px::ZERO).unwrap_or(Px::ZERO));
        let lifted = style.position.scheme == Position::Absolute || !style.display.is_in_line();
        let set_off = |side: Px| (lifted || side.0 > 2.0).then_some(side);
        (set_off(margin.left), set_off(margin.right))
    }

    /// A space between words, as wide as the distance of boxes asks for: a space of the text's own with its
    /// character spacing (`w:spacing`, 17.3.2.35).
    fn gap(&mut self, width: Option<Px>, face: &Face, line: &mut Line) {
        let Some(width) = width.filter(|_| line.length + line.pictures > 0) else { return };
        let space = Px(face.look.size.0 as f32 / 1.5 * SPACE);
        let is_wide = width > space;
        if is_wide && line.collapsed && line.text.ends_with(' ') {
            line.text.pop();
            line.collapsed = false;
        }
        if !is_wide {
            return self.text(" ", WhiteSpace::Normal, face, line);
        }
        let look = RunLook { spacing: Twips::from(width - space), ..face.look.clone() };
        let style = self.character_style(Some(&CharacterKind::of(GAP)), &look, line);
        self.text(" ", WhiteSpace::Normal, &Face { look, style }, line);
    }

    /// The look and the character style of text in an inline element.
    pub(super) fn face(
        &mut self,
        node: NodeId,
        element: &Element,
        face: &Face,
        (line, under): (&Line, Rgb),
    ) -> Face {
        let style = self.tree.node(node).style.clone();
        let look = self.run_look(&style, &element.lang, under).decorated(&style, &face.look, under);
        let delta = look.minus(&face.look).without_language();
        if delta.is_empty() {
            return Face { look, style: face.style.clone() };
        }
        let style = if element.pseudo.is_none() && element.attribute("style").is_some() {
            self.style_of_like(element)
        } else {
            let kind = self.character_kind(node, element);
            self.character_style(Some(&kind), &look, line)
        };
        Face { style: style.or_else(|| face.style.clone()), look }
    }

    /// The character style of this kind that gives text of a line this look.
    fn character_style(
        &mut self,
        kind: Option<&CharacterKind>,
        look: &RunLook,
        line: &Line,
    ) -> Option<(String, RunDelta)> {
        let delta = look.beyond(&line.base).without_language();
        Some((self.styles.character(kind?, &delta), delta))
    }

    /// A run in a character style of this name that gives the text of a paragraph this look. How far it is raised is its
    /// place: it is said beside the style, as Word does in drop caps, where LibreOffice goes by it.
    pub(super) fn styled_run(&mut self, name: &str, look: RunLook, base: &RunLook) -> Run {
        let line = Line::new(base.clone(), Px::ZERO);
        let level = RunLook { raise: base.raise, ..look.clone() };
        let style = self.character_style(Some(&CharacterKind::of(name)), &level, &line);
        self.run(&Face { look, style }, &line)
    }

    /// What an inline element is, so that its style can be named.
    pub(super) fn character_kind(&self, node: NodeId, element: &Element) -> CharacterKind {
        let tag = match element.pseudo {
            None => element.tag.clone(),
            Some(Pseudo::FootnoteCall) => return CharacterKind::of(FOOTNOTE_CALL),
            Some(Pseudo::Before) => Arc::from(BEFORE),
            Some(Pseudo::FirstLetter) => Arc::from(FIRST_LETTER),
            Some(_) => Arc::from(AFTER),
        };
        let parent = |node: &NodeId| self.tree.node(*node).parent;
        let mut around = std::iter::successors(Some(node), parent).filter_map(|node| self.tree.element(node));
        let context = around.find_map(|element| element.classes.first().cloned());
        let classes = if element.pseudo.is_some() { Vec::new() } else { element.classes.clone() };
        CharacterKind { tag, classes, context }
    }

    /// Opens the link that is around a whole paragraph, if there is one: Word's links are parts of paragraphs.
    pub(super) fn link_around(&mut self, node: NodeId, line: &mut Line) {
        let tree = self.tree;
        let mut around = Some(node);
        while let Some(node) = around {
            if let Some(element) = tree.element(node).filter(|element| &*element.tag == "a") {
                self.open_link(node, element, line);
                return;
            }
            around = tree.node(node).parent;
        }
    }

    /// Opens a link if the element is one and none is open; says whether it did.
    fn open_link(&mut self, node: NodeId, element: &Element, line: &mut Line) -> bool {
        let Some(href) = element.attribute("href").filter(|_| &*element.tag == "a" && line.link.is_none())
        else {
            return false;
        };
        if self.relations == Relations::Margin {
            return false;
        }
        let link = match (element.attribute(crate::read::HANDOUT), href.strip_prefix('#')) {
            (Some(slug), _) => self.links.external(&format!("{slug}.docx")),
            (None, Some(id)) => {
                self.anchors.leads_to(id).then(|| HyperlinkData::Anchor { anchor: self.anchors.name(id) })
            }
            (None, None) => self.links.external(href),
        };
        let Some(link) = link else {
            self.lost.note(Lost::Link, node);
            return false;
        };
        self.flush(line);
        // What the link says of itself travels in the number that docx-rs writes of its history.
        let tip = element.attribute("title").or_else(|| element.attribute("aria-label")).and_then(said);
        let tip = tip.map(|tip| vec![("w:tooltip", format!(r#" w:tooltip="{}""#, escape(&tip)))]);
        let history = tip.and_then(|tip| self.riders.ride(tip)).map(|rider| rider + FIRST_TIP);
        line.link = Some(Hyperlink { link, history, children: Vec::new() });
        true
    }

    /// Marks the place of an `id` that something in the document points to.
    fn bookmark(&mut self, id: &Arc<str>, line: &mut Line) {
        let Some((number, name)) = self.anchors.place(id) else { return };
        self.flush(line);
        let (start, end) = (BookmarkStart::new(number, name), BookmarkEnd::new(number));
        let marks = [ParagraphChild::BookmarkStart(start), ParagraphChild::BookmarkEnd(end)];
        match &mut line.link {
            Some(link) => link.children.extend(marks),
            None => line.children.extend(marks),
        }
    }

    /// Marks a paragraph as what an `id` stands for, with all that is in it.
    pub(super) fn mark(&mut self, id: &Arc<str>, children: &mut Vec<ParagraphChild>) {
        let Some((number, name)) = self.anchors.place(id) else { return };
        children.insert(0, ParagraphChild::BookmarkStart(BookmarkStart::new(number, name)));
        children.push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(number)));
    }

    /// Text, its white space collapsed as `white-space` says (CSS Text 3, section 4.1).
    pub(super) fn text(&mut self, text: &str, space: WhiteSpace, face: &Face, line: &mut Line) {
        if line.face != *face {
            self.flush(line);
            line.face = face.clone();
        }
        let keeps_spaces = matches!(space, WhiteSpace::Pre | WhiteSpace::PreWrap);
        let keeps_lines = keeps_spaces || space == WhiteSpace::PreLine;
        for char in text.chars() {
            match char {
                '\n' if keeps_lines => self.line_break(face, line),
                '\t' if keeps_spaces => self.tab(face, line),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' if !keeps_spaces => {
                    if !line.collapsed {
                        line.text.push(' ');
                        line.collapsed = true;
                    }
                }
                '\u{200b}' | '\u{2060}' | '\u{fffe}' | '\u{ffff}' => {}
                char if char < ' ' => {}
                char => {
                    line.text.push(char);
                    line.collapsed = false;
                    line.length += usize::from(char != ' ');
                }
            }
        }
    }

    fn line_break(&mut self, face: &Face, line: &mut Line) {
        if line.collapsed && line.text.ends_with(' ') {
            line.text.pop();
        }
        self.flush(line);
        let run = self.run(face, line).add_break(BreakType::TextWrapping);
        line.push(run);
        line.collapsed = true;
    }

    fn tab(&mut self, face: &Face, line: &mut Line) {
        self.flush(line);
        let run = self.run(face, line).add_tab();
        line.push(run);
        line.collapsed = true;
    }

    /// A tab in the paragraph's own look.
    pub(super) fn plain_tab(&mut self, line: &mut Line) {
        if line.collapsed && line.text.ends_with(' ') {
            line.text.pop();
        }
        let face = Face { look: line.base.clone(), style: None };
        self.tab(&face, line);
    }

    /// The content of a margin box of this style, of which `name` says where it is.
    pub(super) fn margin_items(
        &mut self,
        items: &[ContentItem],
        (style, name): (&ComputedStyle, &str),
        line: &mut Line,
    ) {
        let look = self.run_look(style, &line.base.lang.clone(), Rgb::WHITE);
        let differs = !look.beyond(&line.base).without_language().is_empty();
        let kind = differs.then(|| CharacterKind::of(name));
        let face = Face { style: self.character_style(kind.as_ref(), &look, line), look };
        for item in items {
            self.generated(item, &face, line);
        }
    }

    /// What only layout can tell: fields that Word fills in.
    fn generated(&mut self, item: &ContentItem, face: &Face, line: &mut Line) {
        match item {
            ContentItem::Text(text) | ContentItem::Footnote(_, text, _) => {
                self.text(text, WhiteSpace::PreWrap, face, line);
            }
            ContentItem::Page(_) => self.field(InstrText::PAGE(InstrPAGE {}), "1", face, line),
            ContentItem::Pages(_) => self.field(InstrText::NUMPAGES(InstrNUMPAGES {}), "1", face, line),
            ContentItem::TargetPage(id, style) => {
                let number = counter_text(style, self.pages.get(id).copied().unwrap_or(1));
                if !self.anchors.leads_to(id) {
                    return self.text(&number, WhiteSpace::Normal, face, line);
                }
                let name = self.anchors.name(id);
                let instruction = InstrText::PAGEREF(InstrPAGEREF::new(name).hyperlink());
                self.field(instruction, &number, face, line);
            }
            ContentItem::TargetText(_, text) => self.text(text, WhiteSpace::Normal, face, line),
            ContentItem::String(name, position) => {
                if let Some((instruction, title)) = self.title_field(name, *position) {
                    return self.field(instruction, &title, face, line);
                }
                let text = self.string(name);
                self.text(&text, WhiteSpace::Normal, face, line);
            }
            ContentItem::Leader(_) => self.tab(face, line),
            ContentItem::Running(name, _) => {
                let running = self.running(name);
                for node in running {
                    for child in self.tree.node(node).children.clone() {
                        self.inline(child, face, line, Rgb::WHITE);
                    }
                }
            }
            ContentItem::Picture(picture) => {
                self.flush(line);
                if let Some(run) = self.decoration(picture, line.width) {
                    line.push(run);
                    line.pictures += 1;
                }
            }
        }
    }

    /// A field, and what it shows until Word fills it in.
    pub(super) fn field(&mut self, instruction: InstrText, result: &str, face: &Face, line: &mut Line) {
        self.flush(line);
        let begin = self.run(face, line).add_field_char(FieldCharType::Begin, false);
        line.push(begin.add_instr_text(instruction).add_field_char(FieldCharType::Separate, false));
        let shown = self.run(face, line).add_text(result);
        line.push(shown);
        let end = self.run(face, line).add_field_char(FieldCharType::End, false);
        line.push(end);
        line.collapsed = false;
        line.length += 1;
    }

    /// Ends the run of the text that waits.
    pub(super) fn flush(&mut self, line: &mut Line) {
        if line.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut line.text);
        let face = line.face.clone();
        for (script, text) in stretches(&text) {
            let look = RunLook { script, ..face.look.clone() };
            let run = self.run(&Face { look, style: face.style.clone() }, line).add_text(text);
            line.push(run);
        }
    }

    /// An empty run: its character style, and directly what the style does not say.
    pub(super) fn run(&mut self, face: &Face, line: &Line) -> Run {
        let (id, held) = match &face.style {
            Some((id, delta)) => (Some(id), line.base.under(delta)),
            None => (None, line.base.clone()),
        };
        let mut properties = face.look.minus(&held).properties(&mut self.riders);
        if let Some(id) = id {
            properties = properties.style(id);
        }
        Run { run_property: properties, children: Vec::new() }
    }
}

/// The two transformations that Word has no property for; capitals are a property.
fn transformed(text: &str, transform: TextTransform) -> std::borrow::Cow<'_, str> {
    match transform {
        TextTransform::None | TextTransform::Uppercase => text.into(),
        TextTransform::Lowercase => text.to_lowercase().into(),
        TextTransform::Capitalize => {
            let mut inside = false;
            text.chars()
                .flat_map(|char| {
                    let first = char.is_alphabetic() && !inside;
                    inside = char.is_alphanumeric() || (inside && matches!(char, '\'' | '’'));
                    let upper = first.then(|| char.to_uppercase()).into_iter().flatten();
                    upper.chain((!first).then_some(char))
                })
                .collect::<String>()
                .into()
        }
    }
}
