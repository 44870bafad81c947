//! What stands in a line: emphasis, links, pictures, code, notes.

use super::escape::{self, Manner};
use super::{Notes, attributes};
use crate::dom::{Document, NodeId};

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a paragraph, which may have lines.
    Paragraph,
    /// In a heading, a cell or a term, which is one line.
    Line,
}

/// Writes what stands in lines; nothing where Markdown has no way to say it.
pub(super) struct Inline<'a> {
    document: &'a Document,
    notes: &'a Notes,
    manner: Manner,
    place: Place,
    out: String,
}

impl<'a> Inline<'a> {
    pub(super) fn new(document: &'a Document, notes: &'a Notes, manner: Manner, place: Place) -> Self {
        Self { document, notes, manner, place, out: String::new() }
    }

    /// The Markdown of some siblings.
    pub(super) fn write(mut self, nodes: impl IntoIterator<Item = NodeId>) -> Option<String> {
        for node in nodes {
            self.node(node)?;
        }
        Some(self.out.trim_matches([' ', '\n']).to_owned())
    }

    fn children(&mut self, id: NodeId) -> Option<()> {
        let children: Vec<NodeId> = self.document.children(id).collect();
        children.into_iter().try_for_each(|child| self.node(child))
    }

    fn node(&mut self, id: NodeId) -> Option<()> {
        if let Some(text) = self.document.text_of(id) {
            self.text(text);
            return Some(());
        }
        let Some(element) = self.document.element(id) else { return Some(()) };
        if !element.is_html() {
            return self.as_it_is(id);
        }
        if let Some(note) = self.notes.called_by(self.document, id) {
            self.out.push_str(&format!("[^{note}]"));
            return Some(());
        }
        match &*element.name.local {
            "br" => self.line_break(id),
            "em" => self.marked(id, "*"),
            "strong" => self.marked(id, "**"),
            "del" => self.marked(id, "~~"),
            "sub" => self.marked(id, "~"),
            "sup" => self.marked(id, "^"),
            "mark" => self.marked(id, "=="),
            "code" => self.code(id),
            "a" => self.link(id),
            "img" => self.picture(id),
            "span" => self.span(id),
            "svg" | "math" => self.as_it_is(id),
            tag if super::is_block(tag) => None,
            _ => self.element(id),
        }
    }

    fn text(&mut self, text: &str) {
        let mut collapsed = String::with_capacity(text.len());
        for c in text.chars() {
            let space = matches!(c, ' ' | '\n' | '\t' | '\r' | '\x0C');
            let ends_in_space = || match collapsed.chars().last() {
                Some(last) => last == ' ',
                None => self.out.is_empty() || self.out.ends_with([' ', '\n']),
            };
            match space {
                true if ends_in_space() => {}
                true => collapsed.push(' '),
                false => collapsed.push(c),
            }
        }
        self.out.push_str(&escape::text(&collapsed, self.manner));
    }

    fn line_break(&mut self, id: NodeId) -> Option<()> {
        attributes::braces(self.document, id, &[]).filter(String::is_empty)?;
        let trimmed = self.out.trim_end_matches(' ').len();
        self.out.truncate(trimmed);
        self.out.push_str(if self.place == Place::Paragraph { "\\\n" } else { "<br>" });
        Some(())
    }

    /// Emphasis and its like: between marks, or as an element where marks would not be seen as such.
    fn marked(&mut self, id: NodeId, mark: &str) -> Option<()> {
        let behind = attributes::braces(self.document, id, &[])?;
        let takes_attributes = matches!(mark, "*" | "**" | "~~");
        let has_edge = |text: &str| text.trim() != text || text.is_empty();
        let is_tight = mark.len() > 1 || mark == "*" || !self.document.text(id).contains(char::is_whitespace);
        let text = self.document.text(id);
        if self.manner == Manner::Careful
            || has_edge(&text)
            || !is_tight
            || (!behind.is_empty() && !takes_attributes)
        {
            return self.element(id);
        }
        self.out.push_str(mark);
        self.children(id)?;
        self.out.push_str(mark);
        self.out.push_str(&behind);
        Some(())
    }

    fn code(&mut self, id: NodeId) -> Option<()> {
        let text = self.document.text(id);
        let is_plain = self.document.child_elements(id).next().is_none() && !text.trim().is_empty();
        if !is_plain || text.contains("  ") || text.contains('\n') || text.contains('|') {
            return self.element(id);
        }
        let behind = attributes::braces(self.document, id, &[])?;
        self.out.push_str(&escape::code(&text));
        self.out.push_str(&behind);
        Some(())
    }

    fn link(&mut self, id: NodeId) -> Option<()> {
        let document = self.document;
        let Some(href) = document.attribute(id, "href") else { return self.element(id) };
        let behind = attributes::braces(document, id, &["href", "title"])?;
        let title = document.attribute(id, "title");
        let words = document.text(id);
        let is_itself = words == href || href.strip_prefix("mailto:") == Some(&words);
        let is_address = href.starts_with("http") || href.starts_with("mailto:");
        let is_bare = document.child_elements(id).next().is_none() && title.is_none() && behind.is_empty();
        if is_itself && is_address && is_bare && !words.contains(['<', '>', ' ']) {
            self.out.push_str(&format!("<{words}>"));
            return Some(());
        }
        self.open_bracket();
        self.children(id)?;
        let title = title.map(escape::title).unwrap_or_default();
        self.out.push_str(&format!("]({}{title}){behind}", escape::address(href)));
        Some(())
    }

    fn picture(&mut self, id: NodeId) -> Option<()> {
        let (src, alt) = (self.document.attribute(id, "src"), self.document.attribute(id, "alt"));
        let (Some(src), Some(alt)) = (src, alt) else { return self.element(id) };
        let title = self.document.attribute(id, "title").map(escape::title).unwrap_or_default();
        let behind = attributes::braces(self.document, id, &["src", "alt", "title"])?;
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        let alt = escape::text(&alt, self.manner);
        self.out.push_str(&format!("![{alt}]({}{title}){behind}", escape::address(src)));
        Some(())
    }

    fn span(&mut self, id: NodeId) -> Option<()> {
        // Who speaks is found again by the words.
        let is_speaker = self.document.attribute(id, "class") == Some("speaker");
        let begins = self.document.previous(id).is_none();
        if is_speaker && begins && self.manner == Manner::Plain && self.out.is_empty() {
            return self.children(id);
        }
        if let Some(formula) = self.formula(id).filter(|_| self.manner == Manner::Plain) {
            self.out.push_str(&formula);
            return Some(());
        }
        let behind = attributes::braces(self.document, id, &[])?;
        if behind.is_empty() || self.manner == Manner::Careful {
            return self.element(id);
        }
        self.open_bracket();
        self.children(id)?;
        self.out.push_str(&format!("]{behind}"));
        Some(())
    }

    /// A formula in TeX, if its name is that: what it shows tells when it is read again.
    fn formula(&self, id: NodeId) -> Option<String> {
        let tex = self.document.attribute(id, "aria-label").filter(|tex| !tex.contains('$'))?;
        let dollars = match self.document.attribute(id, "class")? {
            "math" => "$",
            "math display" => "$$",
            _ => return None,
        };
        let is_formula = self.document.attribute(id, "role") == Some("math");
        is_formula.then(|| format!("{dollars}{tex}{dollars}"))
    }

    /// The bracket before words; a `!` before it would make a picture of them.
    fn open_bracket(&mut self) {
        if self.out.ends_with('!') && !self.out.ends_with("\\!") {
            self.out.pop();
            self.out.push_str("\\!");
        }
        self.out.push('[');
    }

    /// An element of HTML among words.
    fn element(&mut self, id: NodeId) -> Option<()> {
        let tag = self.document.tag(id);
        self.out.push_str(&attributes::start_tag(self.document, id));
        if matches!(tag, "img" | "br" | "wbr" | "input") {
            return Some(());
        }
        self.children(id)?;
        self.out.push_str(&format!("</{tag}>"));
        Some(())
    }

    /// A drawing, as it is.
    fn as_it_is(&mut self, id: NodeId) -> Option<()> {
        let html = self.document.outer_html(id);
        self.out.push_str(&html.split_whitespace().collect::<Vec<_>>().join(" "));
        Some(())
    }
}
