//! Runs, and what stands around them in a line.

use std::rc::Rc;

use roxmltree::Node;

use super::drawing;
use super::element::{attribute, child, name, relation, value};
use super::fields::{Field, Kind, Phase};
use super::look::Look;
use super::model::{Content, Mark, Span, is_blank};
use super::reader::{NoteId, Reader, marks};
use super::role::{self, RunRole};
use super::symbols;
use crate::diag::Diagnostic;

/// Of more bookmarks that are open at a note, the rest is not remembered.
const MOST_OPEN: usize = 16;

/// What a run stands in.
#[derive(Clone, Default)]
pub(super) struct Around {
    pub marks: Vec<Mark>,
}

impl Around {
    fn with(&self, mark: Option<Mark>) -> Self {
        Self { marks: self.marks.iter().cloned().chain(mark).collect() }
    }
}

/// A run: how its text looks, and what it is.
struct Run {
    look: Look,
    marks: Vec<Mark>,
}

impl Reader<'_> {
    /// Reads the line of a paragraph that looks like `base`.
    pub(super) fn inline(&mut self, paragraph: Node, base: &Look, spans: &mut Vec<Span>) {
        self.line(paragraph, base, &Around::default(), spans);
    }

    fn line(&mut self, parent: Node, base: &Look, around: &Around, spans: &mut Vec<Span>) {
        self.deeper(|reader| {
            for node in parent.children().filter(Node::is_element) {
                reader.piece(node, base, around, spans);
            }
        });
    }

    fn piece(&mut self, node: Node, base: &Look, around: &Around, spans: &mut Vec<Span>) {
        match name(node) {
            "r" => self.run(node, base, around, spans),
            "ins" | "moveTo" => {
                self.tally.changes += 1;
                self.line(node, base, around, spans);
            }
            "del" | "moveFrom" => self.tally.changes += 1,
            "smartTag" | "customXml" | "dir" | "bdo" | "sdtContent" => self.line(node, base, around, spans),
            "hyperlink" => {
                let link = self.link(node);
                self.line(node, base, &around.with(link), spans);
            }
            "fldSimple" => {
                self.fields.push(Field {
                    code: attribute(node, "instr").unwrap_or_default().to_owned(),
                    phase: Phase::Code,
                });
                self.separate(around, spans);
                self.line(node, base, around, spans);
                self.fields.pop();
            }
            "sdt" => self.control(node, base, around, spans),
            "AlternateContent" => {
                drawing::alternative(node)
                    .into_iter()
                    .for_each(|chosen| self.line(chosen, base, around, spans));
            }
            "bookmarkStart" => {
                let anchor = self.begin(node).map(Content::Anchor);
                spans.extend(anchor.map(|content| Span { marks: Vec::new(), content }));
            }
            "bookmarkEnd" => self.end(node),
            "oMath" | "oMathPara" => {
                self.tally.formulas += 1;
                let text = super::math::text(node);
                let class = Some(Mark::Class("math".into()));
                self.add(Content::Text(text), around.with(class).marks, spans);
            }
            _ => {}
        }
    }

    /// The link of `w:hyperlink`.
    fn link(&mut self, node: Node) -> Option<Mark> {
        let anchor = attribute(node, "anchor").map(|anchor| format!("#{anchor}")).unwrap_or_default();
        let outside =
            relation(node, "id").and_then(|id| self.relations.get(id)).filter(|found| found.external);
        let address = format!("{}{anchor}", outside.map_or("", |found| &found.target));
        let title = attribute(node, "tooltip").filter(|title| !title.is_empty());
        self.linked(address.into(), title.map(Rc::from))
    }

    fn linked(&mut self, address: Rc<str>, title: Option<Rc<str>>) -> Option<Mark> {
        if let Some(anchor) = address.strip_prefix('#') {
            self.wanted.insert(anchor.to_owned());
        }
        (!address.is_empty()).then_some(Mark::Link(address, title))
    }

    /// A content control: what is to be filled in keeps its name.
    fn control(&mut self, node: Node, base: &Look, around: &Around, spans: &mut Vec<Span>) {
        let Some(content) = child(node, "sdtContent") else { return };
        let properties = child(node, "sdtPr");
        let tag = properties.and_then(|it| value(it, "tag")).filter(|tag| !tag.trim().is_empty());
        let is_field = |it: Node| {
            ["text", "date", "dropDownList", "comboBox", "showingPlcHdr"]
                .iter()
                .any(|kind| child(it, kind).is_some())
        };
        let Some(tag) = tag.filter(|_| properties.is_some_and(is_field)) else {
            return self.line(content, base, around, spans);
        };
        if properties.is_some_and(|it| child(it, "showingPlcHdr").is_some()) {
            let asked: String = content
                .descendants()
                .filter(|node| name(*node) == "t")
                .filter_map(|node| node.text())
                .collect();
            let field =
                Mark::Field(tag.into(), Some(asked.as_str().into()).filter(|_| !asked.trim().is_empty()));
            return self.add(Content::Blank, around.with(Some(field)).marks, spans);
        }
        self.line(content, base, &around.with(Some(Mark::Field(tag.into(), None))), spans);
    }

    fn run(&mut self, node: Node, base: &Look, around: &Around, spans: &mut Vec<Span>) {
        let properties = child(node, "rPr");
        let style = properties.and_then(|it| value(it, "rStyle")).unwrap_or_default().to_owned();
        let direct = properties.map(Look::read).unwrap_or_default();
        let look = direct.over(&self.styles.look(&style)).over(base);
        if properties.is_some_and(|it| child(it, "del").is_some() || child(it, "moveFrom").is_some()) {
            return;
        }
        let run = Run { marks: self.run_marks(&look, base, &style), look };
        for piece in node.children().filter(Node::is_element) {
            self.run_piece(piece, &run, around, spans);
        }
    }

    fn run_marks(&self, look: &Look, base: &Look, style: &str) -> Vec<Mark> {
        let mut found = marks(look, base);
        match RunRole::named(self.styles.name(style)) {
            Some(RunRole::Strong) => found.push(Mark::Strong),
            Some(RunRole::Emphasis) => found.push(Mark::Emphasis),
            Some(RunRole::Code) => found.push(Mark::Code),
            Some(RunRole::Keyboard) => found.push(Mark::Keyboard),
            None => {}
        }
        let class = self.styles.own_name(style).and_then(role::class);
        let is_link =
            |class: &String| matches!(class.as_str(), "internetlink" | "internet-link" | "hyperlink");
        match class.as_deref() {
            Some("superscript") => found.push(Mark::Above),
            Some("subscript") => found.push(Mark::Below),
            Some("mark") => found.push(Mark::Highlight),
            _ => found.extend(class.filter(|class| !is_link(class)).map(|class| Mark::Class(class.into()))),
        }
        found.extend(look.lang.clone().map(Mark::Lang));
        found
    }

    fn run_piece(&mut self, node: Node, run: &Run, around: &Around, spans: &mut Vec<Span>) {
        let content = match name(node) {
            "fldChar" => return self.field(node, around, spans),
            "instrText" => {
                let text = node.text().unwrap_or_default();
                return self.fields.last_mut().into_iter().for_each(|field| field.code += text);
            }
            _ if run.look.hidden == Some(true) => return,
            "t" => {
                let text = node.text().unwrap_or_default();
                let is_kept = attribute(node, "space") == Some("preserve");
                let text = if is_kept { text } else { text.trim_matches(is_blank) };
                let signs = symbols::text(run.look.font.as_deref(), text);
                Content::Text(signs.unwrap_or_else(|| text.to_owned()))
            }
            "tab" | "ptab" => Content::Text("\t".to_owned()),
            "noBreakHyphen" => Content::Text("\u{2011}".to_owned()),
            "softHyphen" => Content::Text("\u{ad}".to_owned()),
            "cr" => Content::Break,
            "br" if matches!(attribute(node, "type"), Some("page" | "column")) => return,
            "br" => Content::Break,
            "sym" => match self.symbol(node) {
                Some(sign) => Content::Text(sign.to_string()),
                None => return,
            },
            "footnoteReference" | "endnoteReference" => match self.note(node) {
                Some(number) => Content::Note(number),
                None => return,
            },
            "drawing" | "pict" | "object" => return self.drawing(node, around, spans),
            "ruby" => {
                let base = child(node, "rubyBase").into_iter().flat_map(|base| base.descendants());
                Content::Text(base.filter(|node| name(*node) == "t").filter_map(|node| node.text()).collect())
            }
            "AlternateContent" => {
                let chosen = drawing::alternative(node);
                let pieces = chosen.into_iter().flat_map(|chosen| chosen.children()).filter(Node::is_element);
                return self
                    .deeper(|reader| pieces.for_each(|piece| reader.run_piece(piece, run, around, spans)));
            }
            _ => return,
        };
        let marks = around.marks.iter().chain(&run.marks).cloned().collect();
        self.add(content, marks, spans);
    }

    /// Adds a span, in what fields make of it.
    pub(super) fn add(&mut self, content: Content, mut marks: Vec<Mark>, spans: &mut Vec<Span>) {
        for field in &self.fields {
            match &field.phase {
                Phase::Result(Kind::Shown) => {}
                Phase::Result(Kind::Link(address, title)) => {
                    marks.push(Mark::Link(address.clone(), title.clone()))
                }
                _ => return,
            }
        }
        if let Content::Text(text) = &content {
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            let lang =
                marks.iter().find_map(|mark| if let Mark::Lang(lang) = mark { Some(lang) } else { None });
            match lang {
                Some(lang) if letters > 0 => *self.letters.entry(lang.clone()).or_default() += letters,
                _ => marks.retain(|mark| !matches!(mark, Mark::Lang(_))),
            }
        }
        marks.sort();
        marks.dedup();
        // Of links in links, which HTML does not have, the innermost is what somebody clicks on.
        let links = marks.iter().filter(|mark| matches!(mark, Mark::Link(..))).count();
        if links > 0 {
            marks.drain(..links - 1);
            marks.retain(|mark| *mark != Mark::Underline);
        }
        self.marked.is_said |= self.marked.open > 0;
        if let Content::Note(_) = content {
            marks.retain(|mark| matches!(mark, Mark::Field(..)));
        }
        spans.push(Span { marks, content });
    }

    fn field(&mut self, node: Node, around: &Around, spans: &mut Vec<Span>) {
        match attribute(node, "fldCharType") {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => self.separate(around, spans),
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }

    /// Where the instruction of a field ends and its result begins.
    fn separate(&mut self, around: &Around, spans: &mut Vec<Span>) {
        let Some(field) = self.fields.pop() else { return };
        let kind = Field::kind(&field.code);
        match &kind {
            Kind::Link(address, _) => drop(self.linked(address.clone(), None)),
            Kind::Page(bookmark) => {
                let mut around = around.clone();
                if !around.marks.iter().any(|mark| matches!(mark, Mark::Link(..))) {
                    around.marks.extend(self.linked(format!("#{bookmark}").into(), None));
                }
                self.add(Content::Text("{page}".to_owned()), around.marks, spans);
            }
            Kind::Note(bookmark) => {
                if let Some(number) = self.marked_notes.get(&**bookmark) {
                    self.add(Content::Note(*number), around.marks.clone(), spans);
                }
            }
            Kind::Shown | Kind::Dropped => {}
        }
        let kind = match kind {
            Kind::Note(bookmark) if !self.marked_notes.contains_key(&*bookmark) => Kind::Shown,
            kind => kind,
        };
        self.fields.push(Field { phase: Phase::Result(kind), ..field });
    }

    /// A character that is named by its font and its number in that.
    fn symbol(&mut self, node: Node) -> Option<char> {
        let font = attribute(node, "font").unwrap_or_default();
        let code = attribute(node, "char").and_then(|code| u32::from_str_radix(code, 16).ok())?;
        let is_private = (0xe000..=0xf8ff).contains(&code);
        let plain = || char::from_u32(code).filter(|c| !is_private && !c.is_control());
        let found = symbols::look_alike(font, code).or_else(plain);
        if found.is_none() {
            let message = format!("the sign {code:04X} of the font `{font}` is not known, and was left out");
            self.warn(
                Diagnostic::warning("unknown-symbol", message)
                    .hint("put a character of Unicode in its place"),
            );
        }
        found
    }

    /// The number of a note that is called.
    fn note(&mut self, node: Node) -> Option<usize> {
        let id = attribute(node, "id")?.to_owned();
        let note = if name(node) == "endnoteReference" { NoteId::End(id) } else { NoteId::Foot(id) };
        let next = self.note_numbers.len() + 1;
        let number = *self.note_numbers.entry(note.clone()).or_insert(next);
        if number == next {
            self.notes.push(note);
        }
        for bookmark in self.open.values().take(MOST_OPEN) {
            self.marked_notes.insert(bookmark.clone(), number);
        }
        Some(number)
    }
}
