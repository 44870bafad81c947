//! Links to the outside, and the places inside that links and fields point to.

use std::collections::BTreeMap;
use std::sync::Arc;

use docx_rs::HyperlinkData;

use super::caption;
use super::cross_reference::CrossReferences;
use crate::style::computed::ContentItem;
use crate::style::{Content, NodeId, StyledTree};

/// Links to the outside: one relationship for each address.
#[derive(Debug, Default)]
pub(super) struct Links(BTreeMap<String, usize>);

/// Bookmarks for the elements that something in the document points to.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    names: BTreeMap<Arc<str>, (usize, String, Placed)>,
    /// Those that are in the document, in the order in which they came there.
    placed: Vec<Arc<str>>,
    /// Texts that are the number of a caption, and the id of what it belongs to.
    references: BTreeMap<NodeId, Arc<str>>,
}

/// Whether a bookmark is in the document yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placed {
    Not,
    Yes,
}

impl Links {
    /// A link to an address outside of the document.
    pub fn external(&mut self, address: &str) -> HyperlinkData {
        let next = self.0.len() + 1;
        let number = *self.0.entry(address.to_owned()).or_insert(next);
        HyperlinkData::External { rid: format!("rIdLink{number}"), path: super::package::escape(address) }
    }
}

impl Links {
    /// All of them: relationship and address.
    pub fn all(&self) -> impl Iterator<Item = (String, &str)> {
        self.0.iter().map(|(address, number)| (format!("rIdLink{number}"), address.as_str()))
    }
}

impl Anchors {
    /// The elements of a document that links and fields point to.
    pub fn of(tree: &StyledTree, words: &CrossReferences) -> Self {
        let mut names = BTreeMap::new();
        let mut wanted = |id: &str| {
            let next = names.len() + 1;
            names.entry(Arc::from(id)).or_insert_with(|| (next, bookmark_name(id, next), Placed::Not));
        };
        let numbers = caption::numbers(tree);
        let mut references = BTreeMap::new();
        for (index, node) in tree.nodes.iter().enumerate() {
            match &node.content {
                Content::Element(element) => {
                    let target = element.attribute("href").and_then(|href| href.strip_prefix('#'));
                    target.filter(|id| !id.is_empty()).into_iter().for_each(&mut wanted);
                }
                Content::Generated(ContentItem::TargetPage(id, _)) => wanted(id),
                Content::Text(_) if !numbers.is_empty() => {
                    let text = NodeId(index as u32);
                    let Some(id) = caption::referred(tree, text, &numbers) else { continue };
                    wanted(&caption::number_of(&id));
                    references.insert(text, id);
                }
                _ => {}
            }
        }
        words.bookmarks().for_each(|bookmark| wanted(bookmark));
        Self { names, placed: Vec::new(), references }
    }

    /// How many bookmarks are in the document.
    pub fn count(&self) -> usize {
        self.placed.len()
    }

    /// Takes all bookmarks but so many back: what they are in is written again.
    pub fn take_back(&mut self, count: usize) {
        for id in self.placed.drain(count.min(self.placed.len())..) {
            if let Some((_, _, placed)) = self.names.get_mut(&id) {
                *placed = Placed::Not;
            }
        }
    }

    /// The id of the element whose caption's number this text is.
    pub fn refers(&self, text: NodeId) -> Option<Arc<str>> {
        self.references.get(&text).cloned()
    }

    /// The bookmark's name that a link to this `id` points to.
    pub fn name(&self, id: &str) -> String {
        self.names.get(id).map_or_else(|| bookmark_name(id, 0), |(_, name, _)| name.clone())
    }

    /// Number and name of the bookmark for this `id`, the first time that it is met; `None` if nothing points
    /// to it.
    pub fn place(&mut self, id: &str) -> Option<(usize, String)> {
        let (number, name, placed) = self.names.get_mut(id)?;
        (*placed == Placed::Not).then(|| {
            *placed = Placed::Yes;
            self.placed.push(Arc::from(id));
            (*number, name.clone())
        })
    }
}

/// A bookmark's name: a letter first, then letters, digits and underscores, 40 characters at most (ISO/IEC
/// 29500-1, 17.13.6.2); its number keeps it apart from others.
fn bookmark_name(id: &str, number: usize) -> String {
    let word = |char: char| if char.is_ascii_alphanumeric() { char } else { '_' };
    let stem: String = id.chars().map(word).take(32).collect();
    format!("a{number}_{stem}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bookmark_is_named_as_word_allows() {
        assert_eq!(bookmark_name("één-kop", 3), "a3___n_kop");
        assert!(bookmark_name(&"x".repeat(90), 1234).len() <= 40);
    }

    #[test]
    fn an_address_has_one_relationship() {
        let mut links = Links::default();
        let rid = |data: HyperlinkData| match data {
            HyperlinkData::External { rid, .. } => rid,
            HyperlinkData::Anchor { anchor } => anchor,
        };
        assert_eq!(rid(links.external("https://a.example/?a&b")), "rIdLink1");
        assert_eq!(rid(links.external("https://b.example/")), "rIdLink2");
        assert_eq!(rid(links.external("https://a.example/?a&b")), "rIdLink1");
    }
}
