//! Walks a part and gathers its blocks. What stays the same for a document is in [`Reader`]; runs are read in
//! `inline`, tables in `table`, pictures and text boxes in `drawing`.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use roxmltree::Node;

use super::carried::{Carried, Why};
use super::element::{attribute, below, child, name, number, value};
use super::fields::Field;
use super::look::Look;
use super::model::{Block, Content, Group, Item, Mark, Paragraph, Picture, Span, is_blank};
use super::numbering::{self, Numbering};
use super::role::{self, Role};
use super::styles::{Place, Styles, indent};
use crate::diag::Diagnostic;
use crate::opc::{ARTICLE, END, Relation};

/// Blocks and runs may be nested so deep.
const DEEPEST: usize = 64;

/// What a document is read with, and what was found in it.
pub(super) struct Reader<'p> {
    pub styles: &'p Styles,
    pub numbering: Numbering,
    /// The relationships of the part that is read.
    pub relations: &'p BTreeMap<String, Relation>,
    /// The file, as an address in the article's folder.
    pub address: &'p str,
    /// The document's words, a line a paragraph.
    pub text: String,
    pub lines: u32,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub authors: Vec<String>,
    pub date: Option<String>,
    /// How many letters each language has.
    pub letters: BTreeMap<Rc<str>, usize>,
    /// Fields that are open, the outermost first.
    pub fields: Vec<Field>,
    /// The bookmarks that links lead to.
    pub wanted: BTreeSet<String>,
    /// The notes that were called, in that order.
    pub notes: Vec<NoteId>,
    pub note_numbers: BTreeMap<NoteId, usize>,
    /// The note that each bookmark holds.
    pub marked_notes: BTreeMap<String, usize>,
    /// Bookmarks that are open, by their id.
    pub open: BTreeMap<String, String>,
    /// Bookmarks that wait for the paragraph behind them.
    pub waiting: Vec<String>,
    /// Text boxes that are anchored in the paragraph that is read.
    pub boxes: Vec<Block>,
    pub carried: Carried,
    pub marked: Marked,
    pub tally: Tally,
    /// With the line that each is about.
    pub warnings: Vec<(u32, Diagnostic)>,
    pub depth: usize,
    pub is_too_deep: bool,
    last: Role,
}

/// A note by the part that it is in and its number there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NoteId {
    Foot(String),
    End(String),
}

/// Where the article is in a document that we wrote: around it are the words of the layout.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// Whether the part says where the article is; else all of it is.
    pub is_told: bool,
    /// How many marks are open.
    pub open: usize,
    /// Whether a span of the paragraph that is read stands between marks.
    pub is_said: bool,
    /// A heading that the layout set: it is the article's where its words stand below.
    heading: Option<Paragraph>,
    /// The number that somebody wrote before that, where the layout set it apart.
    number: Option<String>,
}

/// What was counted, for notes about the whole document.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Tracked changes.
    pub changes: usize,
    /// Paragraphs of the layout.
    pub layout: usize,
    pub formulas: usize,
}

impl<'p> Reader<'p> {
    pub fn new(
        styles: &'p Styles,
        numbering: Numbering,
        relations: &'p BTreeMap<String, Relation>,
        address: &'p str,
    ) -> Self {
        Self {
            styles,
            numbering,
            relations,
            address,
            text: String::new(),
            lines: 0,
            title: None,
            subtitle: None,
            authors: Vec::new(),
            date: None,
            letters: BTreeMap::new(),
            fields: Vec::new(),
            wanted: BTreeSet::new(),
            notes: Vec::new(),
            note_numbers: BTreeMap::new(),
            marked_notes: BTreeMap::new(),
            open: BTreeMap::new(),
            waiting: Vec::new(),
            boxes: Vec::new(),
            carried: Carried::default(),
            marked: Marked::default(),
            tally: Tally::default(),
            warnings: Vec::new(),
            depth: 0,
            is_too_deep: false,
            last: Role::Text,
        }
    }

    /// The blocks in an element.
    pub fn blocks(&mut self, parent: Node) -> Vec<Block> {
        let mut blocks = Vec::new();
        self.gather(parent, &mut blocks);
        self.end_carried(&mut blocks);
        blocks
    }

    /// Goes one element deeper, unless that is too deep.
    pub fn deeper(&mut self, read: impl FnOnce(&mut Self)) {
        if self.depth >= DEEPEST {
            self.is_too_deep = true;
            return;
        }
        self.depth += 1;
        read(self);
        self.depth -= 1;
    }

    fn gather(&mut self, parent: Node, blocks: &mut Vec<Block>) {
        self.deeper(|reader| {
            for node in parent.children().filter(Node::is_element) {
                reader.block(node, blocks);
            }
        });
    }

    fn block(&mut self, node: Node, blocks: &mut Vec<Block>) {
        match name(node) {
            "p" => self.paragraph(node, blocks),
            "tbl" => {
                self.end_carried(blocks);
                self.table(node, blocks);
            }
            "sdt" if is_contents(node) => {}
            "sdt" => child(node, "sdtContent").into_iter().for_each(|content| self.gather(content, blocks)),
            "ins" | "moveTo" => {
                self.tally.changes += 1;
                self.gather(node, blocks);
            }
            "customXml" | "smartTag" => self.gather(node, blocks),
            "del" | "moveFrom" => self.tally.changes += 1,
            "AlternateContent" => {
                super::drawing::alternative(node).into_iter().for_each(|chosen| self.gather(chosen, blocks));
            }
            "bookmarkStart" => {
                let bookmark = self.begin(node);
                self.waiting.extend(bookmark);
            }
            "bookmarkEnd" => self.end(node),
            "altChunk" => {
                let found =
                    Diagnostic::warning("embedded-document", "a document that is embedded here was left out");
                self.warn(found.hint("open it in Word and copy its text into this one"));
            }
            _ => {}
        }
    }

    /// Opens a bookmark, and gives its name.
    pub fn begin(&mut self, node: Node) -> Option<String> {
        let bookmark = attribute(node, "name").filter(|name| *name != "_GoBack")?.to_owned();
        let id = attribute(node, "id")?.to_owned();
        let is_mark = bookmark.starts_with(ARTICLE);
        self.marked.open += usize::from(is_mark && !self.open.contains_key(&id));
        self.open.insert(id, bookmark.clone());
        (!is_mark && bookmark != END).then_some(bookmark)
    }

    /// Closes a bookmark. Behind the last words that we wrote there are those that somebody added, to the article.
    pub fn end(&mut self, node: Node) {
        match attribute(node, "id").and_then(|id| self.open.remove(id)) {
            Some(name) if name.starts_with(ARTICLE) => self.marked.open = self.marked.open.saturating_sub(1),
            Some(name) if name == END => self.marked.open += 1,
            _ => {}
        }
    }

    /// Says something about the paragraph that comes next.
    pub fn warn(&mut self, found: Diagnostic) {
        self.warnings.push((self.lines + 1, found));
    }

    fn paragraph(&mut self, node: Node, blocks: &mut Vec<Block>) {
        let properties = child(node, "pPr");
        let style = properties.and_then(|it| value(it, "pStyle")).unwrap_or(self.styles.normal()).to_owned();
        let direct = properties.and_then(|it| number(it, "outlineLvl")).and_then(Role::outline);
        let role = direct.unwrap_or_else(|| self.styles.role(&style));
        let look = self.styles.look(&style).over(&self.styles.defaults);
        let around = std::mem::take(&mut self.boxes);
        let carried = std::mem::take(&mut self.carried);
        let waiting = std::mem::take(&mut self.waiting);
        let was_said = std::mem::replace(&mut self.marked.is_said, carried.is_said);
        let mut spans = Vec::new();
        self.inline(node, &look, &mut spans);
        let spans = carried.before(spans);
        let is_said = std::mem::replace(&mut self.marked.is_said, was_said);
        let boxes = std::mem::replace(&mut self.boxes, around);
        if let Some(why) = properties.and_then(Why::of) {
            self.tally.changes += usize::from(why == Why::EndDeleted);
            self.carried = Carried { spans, is_said, why };
            self.waiting = waiting;
            return blocks.extend(boxes);
        }
        let mut paragraph = Paragraph { role, spans, anchors: waiting, ..Paragraph::default() };
        paragraph.take_anchors();
        if paragraph.is_empty() {
            self.waiting.append(&mut paragraph.anchors);
            let is_article = !self.marked.is_told || self.marked.open > 0;
            if !is_article {
                return blocks.extend(boxes);
            }
            if properties.is_some_and(is_ruled) || below(node, "rect").is_some_and(is_rule) {
                blocks.push(Block::Rule);
            }
            return blocks.extend(boxes);
        }
        if !self.marked.is_told || is_said {
            self.place(properties, &style, &mut paragraph);
            paragraph.class = self.styles.own_name(&style).and_then(role::class);
        }
        self.add_paragraph(paragraph, is_said, blocks);
        blocks.extend(boxes);
    }

    /// Adds a paragraph that holds something, unless it is the layout's, or about the document.
    pub fn add_paragraph(&mut self, mut paragraph: Paragraph, is_said: bool, blocks: &mut Vec<Block>) {
        if self.marked.is_told && !is_said {
            return self.leave_out(paragraph);
        }
        if let Some(mut heading) = self.marked.heading.take() {
            self.number(&mut heading);
            blocks.push(Block::Paragraph(heading));
        }
        self.number(&mut paragraph);
        let role = paragraph.role;
        if role != Role::Contents && !self.is_about_the_document(&paragraph) {
            blocks.push(Block::Paragraph(paragraph));
        }
        self.last = role;
    }

    /// Leaves a paragraph of the layout out, but for the title and for headings that it set anew.
    fn leave_out(&mut self, paragraph: Paragraph) {
        self.tally.layout += 1;
        let words = paragraph.text().split_whitespace().collect::<Vec<_>>().join(" ");
        match paragraph.role {
            Role::Heading(1) | Role::Title if self.title.is_none() => self.title = Some(words),
            Role::Subtitle if self.subtitle.is_none() => self.subtitle = Some(words),
            Role::Heading(_) => {
                let mut heading = paragraph;
                let number = self.marked.number.take().map(|number| Content::Text(format!("{number} ")));
                let number = number.map(|content| Span { marks: Vec::new(), content });
                heading.spans.splice(0..0, number);
                self.marked.heading = Some(heading);
            }
            _ => {
                let digits = words.strip_suffix(['.', ')']).filter(|digits| (1..=2).contains(&digits.len()));
                let is_number = digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
                self.marked.number = is_number.then_some(words);
                self.marked.heading = None;
            }
        }
    }

    /// Finds the list that a paragraph is in.
    fn place(&mut self, properties: Option<Node>, style: &str, paragraph: &mut Paragraph) {
        let direct = properties.map(Place::read).unwrap_or_default();
        let named = self.styles.numbering(style);
        let own = properties.and_then(indent);
        paragraph.indent = own;
        let Some(list) = direct.list.or(named.list).filter(|list| *list != 0) else { return };
        let number = direct.level.or(named.level).unwrap_or(0);
        let Some(level) = self.numbering.level(list, number) else { return };
        if !matches!(paragraph.role, Role::Text | Role::Continue | Role::Quote) {
            return;
        }
        let mark = if paragraph.role == Role::Continue { numbering::Mark::Nothing } else { level.mark };
        let indent = own.or(level.indent).or_else(|| self.styles.indent(style)).unwrap_or(0);
        let count = match mark {
            numbering::Mark::Nothing => 0,
            _ => self.numbering.count(list, number),
        };
        // Bullets that look alike are one list, however often somebody began it; numbers that go on are, too.
        let list = match mark {
            numbering::Mark::Bullet => u32::MAX,
            _ => self.numbering.definition(list).unwrap_or(list),
        };
        paragraph.item = Some(Item { list, level: number, mark, number: count, indent });
    }

    /// Gives a paragraph its line in the document's text.
    fn number(&mut self, paragraph: &mut Paragraph) {
        let mut words = paragraph.text();
        if words.trim().is_empty() {
            let pictures = paragraph.spans.iter().filter_map(|span| match &span.content {
                Content::Picture(Picture { src, alt, .. }) => {
                    Some(alt.as_deref().filter(|alt| !alt.is_empty()).or(src.rsplit('/').next())?.to_owned())
                }
                _ => None,
            });
            words = pictures.collect::<Vec<_>>().join(" ");
        }
        let line = words
            .split(['\n', '\r', '\t', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}'])
            .collect::<Vec<_>>()
            .join(" ");
        self.text += line.trim_matches(is_blank);
        self.text.push('\n');
        self.lines += 1;
        paragraph.line = self.lines;
    }

    /// Whether a paragraph is about the document: its title, and what stands below that.
    fn is_about_the_document(&mut self, paragraph: &Paragraph) -> bool {
        let words = paragraph.text().split_whitespace().collect::<Vec<_>>().join(" ");
        let is_plain =
            paragraph.spans.iter().all(|span| matches!(span.content, Content::Text(_) | Content::Break));
        if !is_plain || words.is_empty() {
            return false;
        }
        match (paragraph.role, &mut self.title) {
            (Role::Title, Some(title)) if self.last == Role::Title => {
                title.push(' ');
                *title += &words;
            }
            (Role::Title, title @ None) => *title = Some(words),
            (Role::Subtitle, _) if self.subtitle.is_none() => self.subtitle = Some(words),
            (Role::Author, _) => self.authors.push(words),
            (Role::Date, _) if self.date.is_none() && crate::read::Date::parse(&words).is_some() => {
                self.date = Some(words);
            }
            _ => return false,
        }
        true
    }
}

impl Paragraph {
    /// Takes bookmarks out of the line: what they mark is the paragraph, but for those around a part of it.
    pub fn take_anchors(&mut self) {
        let mut text_before = false;
        let mut kept = Vec::with_capacity(self.spans.len());
        for span in self.spans.drain(..) {
            match span.content {
                Content::Anchor(name) if !text_before => self.anchors.push(name),
                content => {
                    text_before |= !matches!(&content, Content::Text(words) if words.trim().is_empty());
                    kept.push(Span { marks: span.marks, content });
                }
            }
        }
        self.spans = kept;
    }
}

/// Whether a content control holds a table of contents.
fn is_contents(node: Node) -> bool {
    let gallery = child(node, "sdtPr")
        .and_then(|it| child(it, "docPartObj"))
        .and_then(|it| value(it, "docPartGallery"));
    gallery == Some("Table of Contents")
}

/// Whether an empty paragraph is a rule: a border and nothing else.
fn is_ruled(properties: Node) -> bool {
    let borders = child(properties, "pBdr");
    let is_drawn = |side: &str| {
        let kind = borders.and_then(|borders| value(borders, side));
        kind.is_some_and(|kind| !matches!(kind, "nil" | "none"))
    };
    is_drawn("bottom") || is_drawn("top")
}

/// Whether a shape of VML is a rule.
fn is_rule(shape: Node) -> bool {
    attribute(shape, "hr").is_some_and(|hr| hr.starts_with('t'))
}

/// The marks that a look gives, in a paragraph that looks like `base`.
pub(super) fn marks(look: &Look, base: &Look) -> Vec<Mark> {
    use super::look::Raise;
    let set = |value: Option<bool>| value == Some(true);
    let differs = |own: Option<bool>, base: Option<bool>| set(own) && !set(base);
    let all = [
        (differs(look.bold, base.bold), Mark::Strong),
        (differs(look.italic, base.italic), Mark::Emphasis),
        (differs(look.underline, base.underline), Mark::Underline),
        (differs(look.strike, base.strike), Mark::Strike),
        (set(look.highlight), Mark::Highlight),
        (differs(look.small_caps, base.small_caps), Mark::SmallCaps),
        (look.raise == Some(Raise::Above), Mark::Above),
        (look.raise == Some(Raise::Below), Mark::Below),
    ];
    all.into_iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| mark).collect()
}

/// Blocks as one, where there is more than one or it has to be told apart.
pub(super) fn group(kind: Group, blocks: Vec<Block>) -> Option<Block> {
    (!blocks.is_empty()).then_some(Block::Group(kind, blocks))
}
