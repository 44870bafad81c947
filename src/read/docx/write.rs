//! Blocks as HTML.

mod lists;
mod spans;

use std::collections::{BTreeMap, BTreeSet};

use handlebars::html_escape;

use super::look::primary;
use super::model::{Block, Cell, Content, Group, Mark, Paragraph, Row, Span, Table};
use super::role::Role;

/// Writes blocks as HTML.
pub(super) struct Writer<'w> {
    pub html: String,
    /// The language of the document.
    pub lang: Option<&'w str>,
    /// The bookmarks that links lead to.
    pub wanted: &'w BTreeSet<String>,
    /// How often each note was called so far.
    pub calls: BTreeMap<usize, usize>,
}

impl Writer<'_> {
    /// Writes blocks that follow each other.
    pub fn blocks(&mut self, blocks: &[Block]) {
        let mut rest = blocks;
        while let Some(first) = rest.first() {
            let taken = match first {
                Block::Paragraph(paragraph) => self.run_of(paragraph, rest),
                Block::Table(table) => self.table(table),
                Block::Figure(picture, caption) => self.figure(picture, caption),
                Block::Group(kind, blocks) => self.group(*kind, blocks),
                Block::Rule => {
                    self.html += "<hr>\n";
                    1
                }
            };
            rest = rest.get(taken.max(1)..).unwrap_or_default();
        }
    }

    /// Writes the notes at the end, each with the number that its calls have.
    pub fn notes(&mut self, notes: &[Vec<Block>]) {
        if notes.is_empty() {
            return;
        }
        self.html += "<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n";
        for (at, blocks) in notes.iter().enumerate() {
            self.html += &format!("<li id=\"fn-{}\"", at + 1);
            if let Some(line) = first_line(blocks) {
                self.html += &format!(" data-line=\"{line}\"");
            }
            self.html += ">\n";
            self.blocks(blocks);
            self.html += "</li>\n";
        }
        self.html += "</ol>\n</section>\n";
    }

    /// Writes a paragraph and those behind it that are one thing with it; gives how many.
    fn run_of(&mut self, first: &Paragraph, rest: &[Block]) -> usize {
        if first.item.is_some() {
            return self.list(rest);
        }
        let same = |block: &&Block| match block {
            Block::Paragraph(next) => {
                next.role == first.role && next.class == first.class && next.item.is_none()
            }
            _ => false,
        };
        let run: Vec<&Paragraph> = rest
            .iter()
            .take_while(same)
            .filter_map(|block| if let Block::Paragraph(it) = block { Some(it) } else { None })
            .collect();
        match first.role {
            Role::Code => self.code(&run),
            Role::Quote => self.quote(&run),
            Role::Term | Role::Definition => return self.definitions(rest),
            Role::Text if is_task(first) => return self.tasks(rest),
            _ => {
                self.paragraph(first);
                return 1;
            }
        }
        run.len()
    }

    fn open(&mut self, tag: &str, paragraph: &Paragraph, class: Option<&str>) {
        self.html += &format!("<{tag} data-line=\"{}\"", paragraph.line);
        let mut names = paragraph.anchors.iter().filter(|name| self.wanted.contains(*name));
        if let Some(id) = names.next() {
            self.html += &format!(" id=\"{}\"", html_escape(id));
        }
        let others: Vec<&String> = names.collect();
        if let Some(class) = class {
            self.html += &format!(" class=\"{class}\"");
        }
        if let Some(lang) = self.lang_of(paragraph) {
            self.html += &format!(" lang=\"{lang}\"");
        }
        self.html.push('>');
        for id in others {
            self.html += &format!("<span id=\"{}\"></span>", html_escape(id));
        }
    }

    /// The language of all words of a paragraph, where that is not the document's.
    fn lang_of<'p>(&self, paragraph: &'p Paragraph) -> Option<&'p str> {
        let of = |span: &'p Span| match &span.content {
            Content::Text(text) if text.chars().any(char::is_alphabetic) => {
                Some(span.marks.iter().find_map(|mark| match mark {
                    Mark::Lang(lang) => Some(&**lang),
                    _ => None,
                }))
            }
            _ => None,
        };
        let mut all = paragraph.spans.iter().filter_map(of);
        let first = all.next()??;
        let differs = self.lang.is_none_or(|lang| primary(lang) != primary(first));
        (differs && all.all(|lang| lang == Some(first))).then_some(first)
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let class = paragraph.class.as_deref();
        match paragraph.role {
            Role::Heading(level) => {
                let tag = format!("h{}", level.min(6));
                self.element(&tag, paragraph, class);
            }
            // A document has one title; what looks like another one is a heading of the highest level.
            Role::Title => self.element("h1", paragraph, class),
            Role::Caption if paragraph.is_picture() => self.element("p", paragraph, class),
            Role::Caption => {
                self.html += &format!("<figure class=\"caption-only\" data-line=\"{}\">", paragraph.line);
                self.element("figcaption", paragraph, class);
                self.html += "</figure>\n";
            }
            Role::Subtitle => self.element("p", paragraph, Some("subtitle")),
            _ => self.element("p", paragraph, class),
        }
    }

    fn element(&mut self, tag: &str, paragraph: &Paragraph, class: Option<&str>) {
        self.open(tag, paragraph, class);
        self.spans(paragraph);
        self.html += &format!("</{tag}>\n");
    }

    fn quote(&mut self, run: &[&Paragraph]) {
        let Some(first) = run.first() else { return };
        let class = first.class.as_ref().map(|class| format!(" class=\"{class}\"")).unwrap_or_default();
        self.html += &format!("<blockquote{class} data-line=\"{}\">\n", first.line);
        for paragraph in run {
            self.element("p", paragraph, None);
        }
        self.html += "</blockquote>\n";
    }

    /// Lines of code: each paragraph one, or more where it has breaks.
    fn code(&mut self, run: &[&Paragraph]) {
        let Some(first) = run.first() else { return };
        self.html += &format!("<pre data-line=\"{}\"><code>", first.line);
        for paragraph in run {
            for span in &paragraph.spans {
                match &span.content {
                    Content::Text(text) => self.html += &html_escape(text),
                    Content::Break => self.html.push('\n'),
                    _ => self.span_alone(span),
                }
            }
            self.html.push('\n');
        }
        self.html += "</code></pre>\n";
    }

    fn definitions(&mut self, rest: &[Block]) -> usize {
        let mut taken = 0;
        for block in rest {
            let Block::Paragraph(paragraph) = block else { break };
            let tag = match paragraph.role {
                Role::Term => "dt",
                Role::Definition => "dd",
                _ => break,
            };
            if taken == 0 {
                self.html += "<dl>\n";
            }
            self.element(tag, paragraph, None);
            taken += 1;
        }
        self.html += "</dl>\n";
        taken
    }

    /// A list of what is to be done: paragraphs that begin with a box to tick.
    fn tasks(&mut self, rest: &[Block]) -> usize {
        let mut taken = 0;
        self.html += "<ul>\n";
        for block in rest {
            let Block::Paragraph(paragraph) = block else { break };
            if !is_task(paragraph) {
                break;
            }
            self.element("li", paragraph, None);
            taken += 1;
        }
        self.html += "</ul>\n";
        taken
    }

    fn figure(&mut self, picture: &Paragraph, caption: &Paragraph) -> usize {
        self.open("figure", picture, None);
        self.spans(picture);
        self.element("figcaption", caption, None);
        self.html += "</figure>\n";
        1
    }

    fn group(&mut self, kind: Group, blocks: &[Block]) -> usize {
        let (start, end) = match kind {
            Group::TextBox => ("<aside class=\"text-box\">\n", "</aside>\n"),
            Group::Callout => ("<div class=\"callout\">\n", "</div>\n"),
            Group::Arranged => ("<div>\n", "</div>\n"),
        };
        self.html += start;
        self.blocks(blocks);
        self.html += end;
        1
    }

    fn table(&mut self, table: &Table) -> usize {
        let line = table.rows.iter().flat_map(|row| &row.cells).find_map(|cell| first_line(&cell.content));
        self.html += "<table";
        if let Some(line) = table.caption.as_ref().map(|caption| caption.line).or(line) {
            self.html += &format!(" data-line=\"{line}\"");
        }
        let caption = table.caption.as_ref().map(Paragraph::text);
        if let Some(label) = table.label.as_ref().filter(|label| caption.as_ref() != Some(*label)) {
            self.html += &format!(" aria-label=\"{}\"", html_escape(label));
        }
        self.html += ">\n";
        if let Some(caption) = &table.caption {
            self.element("caption", caption, None);
        }
        let heads = table.rows.iter().take_while(|row| row.is_head).count();
        let (head, body) = table.rows.split_at(heads);
        for (tag, rows) in [("thead", head), ("tbody", body)] {
            if rows.is_empty() {
                continue;
            }
            self.html += &format!("<{tag}>\n");
            for row in rows {
                self.row(row, table.row_headers);
            }
            self.html += &format!("</{tag}>\n");
        }
        self.html += "</table>\n";
        1
    }

    fn row(&mut self, row: &Row, row_headers: bool) {
        self.html += "<tr>";
        for cell in &row.cells {
            let heads_row = row_headers && cell.column == 0 && !row.is_head;
            self.cell(cell, row.is_head, heads_row);
        }
        self.html += "</tr>\n";
    }

    fn cell(&mut self, cell: &Cell, is_head: bool, heads_row: bool) {
        let tag = if is_head || heads_row { "th" } else { "td" };
        self.html += &format!("<{tag}");
        if let Some(line) = first_line(&cell.content) {
            self.html += &format!(" data-line=\"{line}\"");
        }
        if heads_row {
            self.html += " scope=\"row\"";
        }
        for (name, count) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
            if count > 1 {
                self.html += &format!(" {name}=\"{count}\"");
            }
        }
        self.html.push('>');
        match cell.content.as_slice() {
            [Block::Paragraph(only)]
                if only.item.is_none()
                    && matches!(only.role, Role::Text | Role::Continue | Role::Heading(_)) =>
            {
                self.spans(only);
            }
            blocks => self.blocks(blocks),
        }
        self.html += &format!("</{tag}>");
    }
}

/// Whether a paragraph is something to be done: it begins with a box to tick, and a blank behind that.
fn is_task(paragraph: &Paragraph) -> bool {
    let text = paragraph.text();
    let rest = text.trim_start().strip_prefix(['☐', '☑', '☒']);
    paragraph.role == Role::Text
        && paragraph.item.is_none()
        && rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// The line of the first paragraph in blocks.
fn first_line(blocks: &[Block]) -> Option<u32> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(paragraph) | Block::Figure(paragraph, _) => Some(paragraph.line),
        Block::Group(_, blocks) => first_line(blocks),
        Block::Table(table) => {
            table.rows.iter().flat_map(|row| &row.cells).find_map(|cell| first_line(&cell.content))
        }
        Block::Rule => None,
    })
}
