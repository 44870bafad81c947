//! Lists, tasks, and terms with what they mean.

use super::blocks::{behind, below, indented};
use super::escape::Manner;
use super::inline::Place;
use super::{Writer, attributes, is_block};
use crate::dom::NodeId;

/// How the items of a list are set: apart, as paragraphs, or close, as lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spacing {
    Close,
    Apart,
}

impl Writer<'_> {
    pub(super) fn list(&self, id: NodeId, manner: Manner) -> Option<String> {
        let document = self.document;
        let items: Vec<NodeId> = document.child_elements(id).collect();
        if items.is_empty() || items.iter().any(|&item| !document.is(item, "li")) {
            return None;
        }
        let is_apart = |&item: &NodeId| document.child_elements(item).any(|child| document.is(child, "p"));
        let apart = items.iter().filter(|item| is_apart(item)).count();
        let spacing = match apart {
            0 => Spacing::Close,
            all if all == items.len() => Spacing::Apart,
            _ => return None,
        };
        let is_numbered = document.is(id, "ol");
        let first = document.attribute(id, "start").map_or(Ok(1), str::parse::<u32>).ok()?;
        let said: &[&str] = if is_numbered { &["start"] } else { &[] };
        let braces = attributes::braces(document, id, said)?;
        let other = self.follows_its_like(id);
        let mark = |at: usize| match (is_numbered, other) {
            (true, false) => format!("{}. ", first as usize + at),
            (true, true) => format!("{}) ", first as usize + at),
            (false, false) => "- ".to_owned(),
            (false, true) => "* ".to_owned(),
        };
        let mut written = Vec::with_capacity(items.len());
        for (at, item) in items.into_iter().enumerate() {
            let mark = mark(at);
            let text = self.item(item, spacing, manner)?;
            written.push(format!("{mark}{}", indented(&text, mark.len())).trim_end().to_owned());
        }
        let between = if spacing == Spacing::Close { "\n" } else { "\n\n" };
        Some(below(written.join(between), &braces))
    }

    /// Whether a list stands right below another one of its kind, from which only its signs can tell it.
    fn follows_its_like(&self, id: NodeId) -> bool {
        let document = self.document;
        let above = std::iter::successors(document.previous(id), |&at| document.previous(at));
        let lists = above.filter(|&at| document.element(at).is_some()).take_while(|&at| {
            document.tag(at) == document.tag(id) && attributes::kept(document, at).count() == 0
        });
        lists.count() % 2 == 1
    }

    fn item(&self, id: NodeId, spacing: Spacing, manner: Manner) -> Option<String> {
        let document = self.document;
        let task = self.task(id);
        let said: &[&str] = if task.is_some() { &["class"] } else { &[] };
        let braces = attributes::braces(document, id, said)?;
        let begin = task.map_or("", |(_, mark)| mark);
        let is_box = |node: &NodeId| task.is_some_and(|(checkbox, _)| checkbox == *node);
        let mut parts: Vec<String> = Vec::new();
        let mut words: Vec<NodeId> = Vec::new();
        for child in document.children(id) {
            if !is_block(document.tag(child)) {
                words.push(child);
                continue;
            }
            self.end_words(&mut words, &is_box, manner, &mut parts)?;
            if document.is(child, "p") && parts.is_empty() && task.is_some() {
                let inner = document.children(child).filter(|node| !is_box(node));
                parts.push(self.inline(inner, manner, Place::Paragraph)?);
            } else {
                parts.push(self.part(child, manner)?);
            }
        }
        self.end_words(&mut words, &is_box, manner, &mut parts)?;
        if let Some(first) = parts.first_mut() {
            *first = format!("{begin}{}", behind(std::mem::take(first), &braces));
        }
        Some(parts.join(if spacing == Spacing::Close { "\n" } else { "\n\n" }))
    }

    /// Writes the words that were gathered up to a block.
    fn end_words(
        &self,
        words: &mut Vec<NodeId>,
        is_box: &dyn Fn(&NodeId) -> bool,
        manner: Manner,
        parts: &mut Vec<String>,
    ) -> Option<()> {
        let words = std::mem::take(words);
        let text = self.inline(words.into_iter().filter(|node| !is_box(node)), manner, Place::Paragraph)?;
        if !text.is_empty() {
            parts.push(text);
        }
        Some(())
    }

    /// The box of a task, and how it is written.
    fn task(&self, id: NodeId) -> Option<(NodeId, &'static str)> {
        let mark = match self.document.attribute(id, "class")? {
            "task" => "[ ] ",
            "task done" => "[x] ",
            _ => return None,
        };
        let first = self.document.child_elements(id).next()?;
        let first =
            if self.document.is(first, "p") { self.document.child_elements(first).next()? } else { first };
        self.document.has_class(first, "checkbox").then_some((first, mark))
    }

    /// A list of terms, each with what it means below it.
    pub(super) fn terms(&self, id: NodeId, manner: Manner) -> Option<String> {
        let document = self.document;
        let mut groups: Vec<String> = Vec::new();
        for child in document.child_elements(id) {
            let braces = attributes::braces(document, child, &[])?;
            if document.is(child, "dt") {
                groups.push(behind(self.inline(document.children(child), manner, Place::Line)?, &braces));
                continue;
            }
            let meaning = document.is(child, "dd").then(|| groups.last_mut())??;
            let has_blocks = document.child_elements(child).any(|inner| is_block(document.tag(inner)));
            if has_blocks {
                let blocks = document.child_elements(child).map(|inner| self.part(inner, manner));
                let text = blocks.collect::<Option<Vec<_>>>()?.join("\n\n");
                meaning.push_str(&format!("\n\n: {}", behind(indented(&text, 2), &braces)));
            } else {
                let text = self.inline(document.children(child), manner, Place::Paragraph)?;
                meaning.push_str(&format!("\n: {}", behind(indented(&text, 2), &braces)));
            }
        }
        let braces = attributes::braces(document, id, &[])?;
        (!groups.is_empty()).then(|| below(groups.join("\n\n"), &braces))
    }
}
