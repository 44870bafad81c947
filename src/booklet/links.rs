//! Links in a booklet: each document's anchors under a name of their own, and links from one document to the file of
//! another to where that is bound.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Part;
use crate::layout::LinkTarget;

/// Endings that a link to a document may have.
const ENDINGS: [&str; 8] = ["pdf", "docx", "html", "htm", "md", "markdown", "txt", "text"];

/// The names that links may call the parts by.
pub(super) struct Names {
    /// The slug of a part, by its slug and its source's name.
    parts: BTreeMap<String, String>,
    /// The anchors of each part.
    anchors: BTreeMap<String, Vec<Arc<str>>>,
    base_url: Option<String>,
}

/// The name of the place where a part begins. No other anchor's begins with a slash.
pub(super) fn start(slug: &str) -> Arc<str> {
    Arc::from(format!("/{slug}"))
}

/// The name of an anchor of a part; of one of the front matter where there is no slug.
pub(super) fn inside(slug: Option<&str>, name: &str) -> Arc<str> {
    slug.map_or_else(|| Arc::from(name), |slug| Arc::from(format!("{slug}/{name}")))
}

impl Names {
    pub fn of(parts: &[Part], base_url: Option<&str>) -> Self {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for part in parts {
            *uses.entry(&part.stem).or_default() += 1;
        }
        let alone = parts.iter().filter(|part| uses.get(&*part.stem) == Some(&1));
        names.extend(alone.map(|part| (part.stem.clone(), part.slug.clone())));
        names.extend(parts.iter().map(|part| (part.slug.clone(), part.slug.clone())));
        let anchors = |part: &Part| part.pages.anchors.iter().map(|anchor| anchor.name.clone()).collect();
        Self {
            parts: names,
            anchors: parts.iter().map(|part| (part.slug.clone(), anchors(part))).collect(),
            base_url: base_url.map(|url| format!("{}/", url.trim_end_matches('/'))),
        }
    }

    /// Where a link of a document leads in the booklet.
    pub fn target(&self, target: &LinkTarget, slug: Option<&str>, own: &[Arc<str>]) -> LinkTarget {
        match target {
            LinkTarget::Anchor(name) if own.contains(name) => LinkTarget::Anchor(inside(slug, name)),
            LinkTarget::Anchor(name) => LinkTarget::Anchor(name.clone()),
            LinkTarget::Handout(to, anchor) if self.anchors.contains_key(&**to) => {
                LinkTarget::Anchor(self.place(to, anchor.as_deref().unwrap_or_default()))
            }
            LinkTarget::Handout(..) => target.clone(),
            LinkTarget::Url(url) => self.document(url).map_or_else(|| target.clone(), LinkTarget::Anchor),
        }
    }

    /// The anchor of the document that a URL leads to, if it is bound here.
    fn document(&self, url: &str) -> Option<Arc<str>> {
        let base = self.base_url.as_deref();
        let path = base.and_then(|base| url.strip_prefix(base)).unwrap_or(url);
        if path.contains(':') || path.starts_with("//") {
            return None;
        }
        let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
        let path = path.split_once('?').map_or(path, |(path, _)| path).trim_end_matches('/');
        let file = path.rsplit('/').next()?;
        let name = match file.rsplit_once('.') {
            Some((name, ending)) if ENDINGS.contains(&ending) => name,
            _ => file,
        };
        Some(self.place(self.parts.get(name)?, fragment))
    }

    /// An anchor of a part, or where the part begins if it has none of that name.
    fn place(&self, slug: &str, anchor: &str) -> Arc<str> {
        let has = self.anchors.get(slug).is_some_and(|anchors| anchors.iter().any(|name| **name == *anchor));
        if has { inside(Some(slug), anchor) } else { start(slug) }
    }
}
