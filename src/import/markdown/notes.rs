//! Footnotes: a list of them at the end, and the links in the text that call them.

use crate::dom::{Document, NodeId};

/// Whether an element is the list of an article's notes.
pub(in crate::import) fn is_list(document: &Document, id: NodeId) -> bool {
    document.has_class(id, "footnotes") || document.attribute(id, "role") == Some("doc-endnotes")
}

/// The notes of a body that something calls, by number from 1 in the order of the list.
#[derive(Debug, Default)]
pub(in crate::import) struct Notes {
    section: Option<NodeId>,
    items: Vec<(String, NodeId)>,
}

impl Notes {
    /// The notes of a body, if each is called: one that nothing calls would be gone from Markdown.
    pub(in crate::import) fn take(document: &Document, root: NodeId) -> Self {
        let Some(section) = document.children(root).find(|&id| is_list(document, id)) else {
            return Self::default();
        };
        let items: Vec<(String, NodeId)> = document
            .elements(section)
            .filter(|&id| document.is(id, "li"))
            .filter_map(|id| Some((document.attribute(id, "id")?.to_owned(), id)))
            .collect();
        let notes = Self { section: Some(section), items };
        let calls: Vec<usize> =
            document.elements(root).filter_map(|id| notes.called_by(document, id)).collect();
        let all_items = document.elements(section).filter(|&id| document.is(id, "li")).count();
        let first_calls = calls.iter().fold(Vec::new(), |mut first, call| {
            if !first.contains(call) {
                first.push(*call);
            }
            first
        });
        // Markdown numbers notes by their first calls.
        let in_order = first_calls.iter().copied().eq(1..=notes.items.len());
        if in_order && all_items == notes.items.len() { notes } else { Self::default() }
    }

    /// Whether an element is the list of the notes.
    pub(in crate::import) fn are_in(&self, id: NodeId) -> bool {
        self.section == Some(id)
    }

    /// The number of the note that an element of the text calls: a link to it, or what is raised and holds nothing but
    /// such a link.
    pub(in crate::import) fn called_by(&self, document: &Document, id: NodeId) -> Option<usize> {
        let link = match document.tag(id) {
            "a" => id,
            "sup" => {
                let mut children = document.children(id);
                children
                    .next()
                    .filter(|_| children.next().is_none())
                    .filter(|&child| document.is(child, "a"))?
            }
            _ => return None,
        };
        let is_in_list = || document.ancestors(id).any(|up| self.are_in(up));
        let target = document.attribute(link, "href")?.strip_prefix('#')?;
        let number = self.items.iter().position(|(name, _)| name == target)? + 1;
        (!is_in_list()).then_some(number)
    }

    /// Numbers and items in order.
    pub(in crate::import) fn all(&self) -> impl Iterator<Item = (usize, NodeId)> + '_ {
        self.items.iter().enumerate().map(|(at, (_, id))| (at + 1, *id))
    }

    /// Markdown of a part of the body, with notes for it to call.
    pub(super) fn with_stubs(&self, text: &str) -> String {
        let called = (1..=self.items.len()).filter(|number| text.contains(&format!("[^{number}]")));
        let stubs: String = called.map(|number| format!("\n\n[^{number}]: x")).collect();
        format!("{text}{stubs}\n")
    }
}
