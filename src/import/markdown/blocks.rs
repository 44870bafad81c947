//! Blocks: paragraphs, headings, quotations, code, figures, and boxes around blocks.

use super::escape::{self, Manner};
use super::inline::{Inline, Place};
use super::{Inner, Writer, attributes, is_block};
use crate::dom::NodeId;

/// Whether an element is a box around blocks, each of which is written by itself.
pub(super) fn is_container(tag: &str) -> bool {
    matches!(
        tag,
        "blockquote"
            | "div"
            | "section"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "details"
    )
}

impl Writer<'_> {
    /// A block that holds no other blocks, or those of its own kind.
    pub(super) fn leaf(&self, id: NodeId, manner: Manner) -> Option<String> {
        let braces = || attributes::braces(self.document, id, &[]);
        match self.document.tag(id) {
            "p" => self.paragraph(id, manner),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(id, manner),
            "hr" => Some(below("---".to_owned(), &braces()?)),
            "ul" | "ol" => self.list(id, manner),
            "dl" => self.terms(id, manner),
            "table" => self.table(id, manner),
            "pre" => self.code(id),
            "figure" => self.figure(id, manner),
            _ => None,
        }
    }

    /// A box and the blocks in it.
    pub(super) fn container(&self, id: NodeId, inner: Inner) -> Option<String> {
        let children: Vec<NodeId> =
            self.document.children(id).filter(|&child| self.document.element(child).is_some()).collect();
        let write = |&child: &NodeId| match inner {
            Inner::Checked => Some(self.block(child)),
            Inner::Parts(manner) => self.part(child, manner),
        };
        let blocks: Vec<String> = children.iter().map(write).collect::<Option<_>>()?;
        let blocks = blocks.join("\n\n");
        let braces = attributes::braces(self.document, id, &[]);
        match self.document.tag(id) {
            "blockquote" => {
                let lines = blocks.split('\n').map(|line| format!("> {line}").trim_end().to_owned());
                Some(below(lines.collect::<Vec<_>>().join("\n"), &braces?))
            }
            "div" if braces.as_ref().is_some_and(|braces| !braces.is_empty()) => {
                Some(format!("::: {}\n{blocks}\n:::", label(&braces?)))
            }
            tag => Some(format!("{}\n\n{blocks}\n\n</{tag}>", attributes::start_tag(self.document, id))),
        }
    }

    /// What stands in the lines of an element.
    pub(super) fn inline(
        &self,
        nodes: impl IntoIterator<Item = NodeId>,
        manner: Manner,
        place: Place,
    ) -> Option<String> {
        let text = Inline::new(self.document, self.notes, manner, place).write(nodes)?;
        Some(if place == Place::Paragraph { escape::lines(&text) } else { text })
    }

    fn paragraph(&self, id: NodeId, manner: Manner) -> Option<String> {
        let text = self.inline(self.document.children(id), manner, Place::Paragraph)?;
        // A formula on a line of its own has its class by that.
        let is_formula = text.starts_with("$$") && self.document.attribute(id, "class") == Some("math");
        let braces = attributes::braces(self.document, id, if is_formula { &["class"] } else { &[] })?;
        (!text.is_empty()).then(|| behind(text, &braces))
    }

    fn heading(&self, id: NodeId, manner: Manner) -> Option<String> {
        let level = self.document.heading(id)?;
        let mut text = self.inline(self.document.children(id), manner, Place::Line)?;
        if text.ends_with('#') {
            text.insert(text.len() - 1, '\\');
        }
        let braces = attributes::braces(self.document, id, &[])?;
        Some(format!("{} {}", "#".repeat(usize::from(level)), behind(text, &braces)))
    }

    fn code(&self, id: NodeId) -> Option<String> {
        let mut children = self.document.children(id);
        let code = children.next().filter(|&child| self.document.is(child, "code"))?;
        let is_alone = children.next().is_none() && self.document.child_elements(code).next().is_none();
        let class = self.document.attribute(code, "class").unwrap_or_default();
        let language = class.strip_prefix("language-").or_else(|| class.is_empty().then_some(""))?;
        let others = attributes::braces(self.document, code, &["class"])?;
        if !is_alone || !others.is_empty() || language.contains(char::is_whitespace) {
            return None;
        }
        let text = self.document.text(code);
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(3.max(longest + 1));
        let end = if text.ends_with('\n') { "" } else { "\n" };
        let braces = attributes::braces(self.document, id, &[])?;
        Some(below(format!("{fence}{language}\n{text}{end}{fence}"), &braces))
    }

    /// A picture with words below it, or words alone that are a caption.
    fn figure(&self, id: NodeId, manner: Manner) -> Option<String> {
        let children: Vec<NodeId> = self.document.child_elements(id).collect();
        let document = self.document;
        match children[..] {
            [caption] if document.is(caption, "figcaption") => {
                let is_plain = document.attribute(id, "class") == Some("caption-only")
                    && attributes::kept(document, id).count() == 1
                    && attributes::kept(document, caption).next().is_none();
                let text = self.inline(document.children(caption), manner, Place::Paragraph)?;
                is_plain.then_some(text)
            }
            [picture, caption] if document.is(picture, "img") && document.is(caption, "figcaption") => {
                let names = ["title", "class", "id"];
                let is_plain = names.iter().all(|name| document.attribute(picture, name).is_none())
                    && attributes::kept(document, caption).next().is_none()
                    && document.child_elements(caption).next().is_none();
                let (src, alt) = (document.attribute(picture, "src")?, document.attribute(picture, "alt")?);
                let own = attributes::braces(document, picture, &["src", "alt"])?;
                let braces = attributes::braces(document, id, &[])?;
                let both = format!("{braces}{own}").replace("}{", " ");
                let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
                let (alt, title) = (escape::text(&alt, manner), escape::title(&document.text(caption)));
                is_plain.then(|| format!("![{alt}]({}{title}){both}", escape::address(src)))
            }
            _ => None,
        }
    }

    /// A footnote.
    pub(super) fn note(&self, number: usize, item: NodeId) -> String {
        let has_blocks = self.document.child_elements(item).any(|child| is_block(self.document.tag(child)));
        let text = if has_blocks {
            let children = self.document.children(item).filter(|&id| self.document.element(id).is_some());
            children.map(|child| self.block(child)).collect::<Vec<_>>().join("\n\n")
        } else {
            let plain = self.inline(self.document.children(item), Manner::Plain, Place::Paragraph);
            plain.unwrap_or_else(|| self.document.text(item))
        };
        format!("[^{number}]: {}\n\n", indented(&text, 4))
    }
}

/// Attributes behind the words of a block.
pub(super) fn behind(text: String, braces: &str) -> String {
    if braces.is_empty() { text } else { format!("{text} {braces}").trim_start().to_owned() }
}

/// Attributes in a paragraph of their own, for the block above.
pub(super) fn below(text: String, braces: &str) -> String {
    if braces.is_empty() { text } else { format!("{text}\n\n{braces}") }
}

/// Lines below the first one moved in.
pub(super) fn indented(text: &str, by: usize) -> String {
    let blank = " ".repeat(by);
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&blank);
            out.push_str(line);
        }
    }
    out
}

/// The label of a fenced div: a single class without its braces.
fn label(braces: &str) -> String {
    let inner = braces.trim_matches(['{', '}']);
    match inner.strip_prefix('.') {
        Some(class) if !class.contains([' ', ':', '=']) => class.to_owned(),
        _ => braces.to_owned(),
    }
}
