//! Links to the outside, and the places inside that links and fields point to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
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
    /// The ids of all elements.
    ids: BTreeSet<Arc<str>>,
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
    /// A link to an address outside of the document; `None` where it is none that Word takes.
    pub fn external(&mut self, address: &str) -> Option<HyperlinkData> {
        let address = target(address)?;
        let next = self.0.len() + 1;
        let path = super::package::escape(&address);
        let number = *self.0.entry(address).or_insert(next);
        Some(HyperlinkData::External { rid: format!("rIdLink{number}"), path })
    }

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
        let mut ids = BTreeSet::new();
        for (index, node) in tree.nodes.iter().enumerate() {
            match &node.content {
                Content::Element(element) => {
                    ids.extend(element.id.clone());
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
        Self { names, ids, placed: Vec::new(), references }
    }

    /// Whether there is an element with this `id`.
    pub fn leads_to(&self, id: &str) -> bool {
        self.ids.contains(id)
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

/// The most characters that Word takes of an address.
const LONGEST: usize = 2083;

/// The address as the target of a relationship, which has to be a URI or an IRI (ISO/IEC 29500-2, 6.5.3.4; RFC 3986): Word
/// calls a file damaged in which one is not. Characters that have no place in one are written as their bytes; without a host,
/// or with a port that is no number, it is none.
fn target(address: &str) -> Option<String> {
    let address = address.trim();
    let mut out = String::with_capacity(address.len());
    for (at, char) in address.char_indices() {
        let is_escape = || {
            address.as_bytes().get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
        };
        match char {
            '%' if is_escape() => out.push(char),
            '%' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\0'..=' ' | '\x7f' => {
                write!(out, "%{:02X}", u32::from(char)).ok()?;
            }
            _ => out.push(char),
        }
    }
    (!out.is_empty() && out.chars().count() <= LONGEST && has_place(&out)).then_some(out)
}

/// Whether an address that names a scheme says where in it.
fn has_place(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else { return true };
    let is_scheme = scheme.starts_with(|char: char| char.is_ascii_alphabetic())
        && scheme.chars().all(|char| char.is_ascii_alphanumeric() || "+.-".contains(char));
    let Some(rest) = rest.strip_prefix("//").filter(|_| is_scheme) else {
        let hierarchical = ["http", "https", "ftp"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        return !is_scheme || !rest.is_empty() && !hierarchical;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (host, ""),
    };
    let is_port = port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    is_port && (!name.is_empty() || scheme.eq_ignore_ascii_case("file"))
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
        let mut rid = |address: &str| rid(links.external(address).unwrap());
        assert_eq!(rid("https://a.example/?a&b"), "rIdLink1");
        assert_eq!(rid("https://b.example/"), "rIdLink2");
        assert_eq!(rid("https://a.example/?a&b"), "rIdLink1");
    }

    #[test]
    fn an_address_is_one_that_word_takes() {
        let same = [
            "https://a.nl/b?c[]=d#e",
            "mailto:a@b.nl",
            "tel:+31",
            "../b.pdf",
            "https://a.nl:8080/é",
            "https://[::1]:80/",
        ];
        for address in same {
            assert_eq!(target(address).as_deref(), Some(address));
        }
        assert_eq!(target(" x'y\"z ").as_deref(), Some("x'y%22z"));
        assert_eq!(target("https://a.nl/100%?a b%20c").as_deref(), Some("https://a.nl/100%25?a%20b%20c"));
        for address in ["", "https://", "http:a", "https://:80/", "https://a.nl:poort/", "mailto:"] {
            assert_eq!(target(address), None, "{address}");
        }
        assert_eq!(target(&"x".repeat(2084)), None);
    }
}
