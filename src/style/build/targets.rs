//! Cross-references (CSS Generated Content for Paged Media, section 4): what is told of another element of the
//! document, which may stand further on, and links to elements that are not there.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Builder;
use super::counters::Counters;
use super::markers::counter_text;
use crate::config::fields::did_you_mean;
use crate::diag::{Diagnostic, Lines, Place};
use crate::style::computed::{ContentItem, ListStyle};
use crate::style::properties::{Part, TargetWords};
use crate::style::tree::{Content, Node, NodeId, Pseudo, words};

/// How many ids a message lists where none is near.
const LISTED: usize = 8;

/// What cross-references ask for, and what they can be told.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// The counters at each element with an id; of two with one id the first counts.
    counters: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Vec<i32>>>,
    /// The nodes that wait for what is taken of the element with an id.
    waiting: Vec<(NodeId, Arc<str>, Part)>,
    /// The elements with an id.
    nodes: BTreeMap<Arc<str>, NodeId>,
}

impl Targets {
    /// Keeps the counters at an element with an id.
    pub fn remember(&mut self, id: &str, counters: &Counters) {
        if !self.counters.contains_key(id) {
            self.counters.insert(Arc::from(id), counters.snapshot());
        }
    }

    /// Makes a node wait for what `part` takes of the element with an id.
    pub fn wait(&mut self, node: NodeId, id: Arc<str>, part: Part) {
        self.waiting.push((node, id, part));
    }

    fn values(&self, id: &str, counter: &str) -> &[i32] {
        self.counters.get(id).and_then(|counters| counters.get(counter)).map_or(&[], |values| values)
    }
}

impl Builder<'_> {
    /// Tells the nodes that wait, and warns of what points at nothing.
    pub(super) fn settle_targets(&mut self) {
        for (index, node) in self.nodes.iter().enumerate() {
            if let Content::Element(element) = &node.content
                && let Some(id) = &element.id
            {
                self.targets.nodes.entry(id.clone()).or_insert(NodeId(index as u32));
            }
        }
        let waiting = std::mem::take(&mut self.targets.waiting);
        let mut unknown: Vec<(NodeId, Arc<str>)> = Vec::new();
        for (node, id, part) in waiting {
            match self.target_content(&id, &part) {
                Some(content) => self.nodes[node.0 as usize].content = content,
                None => unknown.push((node, id)),
            }
        }
        unknown.extend(self.dead_ends());
        unknown.sort_by_key(|(node, _)| *node);
        for (node, id) in unknown {
            let problem = self.unknown_target(node, &id);
            self.problems.push(problem);
        }
    }

    /// What a part of `content` takes of the element with an id; `None` where there is no such element.
    pub(crate) fn target_content(&self, id: &Arc<str>, part: &Part) -> Option<Content> {
        let &node = self.targets.nodes.get(id)?;
        let text = |text: String| Some(Content::Text(Arc::from(text)));
        match part {
            Part::TargetCounter(_, counter, style) => {
                let value = self.targets.values(id, counter).last().copied().unwrap_or(0);
                text(counter_text(style, value))
            }
            Part::TargetCounters(_, counter, between, style) => {
                text(joined(self.targets.values(id, counter), between, style))
            }
            Part::TargetText(_, which) => {
                let words = Arc::from(self.target_words(node, *which));
                Some(Content::Generated(ContentItem::TargetText(id.clone(), words)))
            }
            _ => None,
        }
    }

    fn target_words(&self, node: NodeId, which: TargetWords) -> String {
        let pseudo = |wanted: Pseudo| {
            let is_wanted = |child: &&NodeId| match &self.nodes[child.0 as usize].content {
                Content::Element(element) => element.pseudo == Some(wanted),
                _ => false,
            };
            let found = self.nodes[node.0 as usize].children.iter().find(is_wanted);
            found.map(|&found| own_text(&self.nodes, found)).unwrap_or_default()
        };
        match which {
            TargetWords::Content => words(&self.nodes, node),
            TargetWords::Before => pseudo(Pseudo::Before),
            TargetWords::After => pseudo(Pseudo::After),
            TargetWords::FirstLetter => words(&self.nodes, node).chars().take(1).collect(),
        }
    }

    /// The links and page references to ids that no element has.
    fn dead_ends(&self) -> Vec<(NodeId, Arc<str>)> {
        let known = &self.targets.nodes;
        let mut found = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            let id = match &node.content {
                Content::Generated(ContentItem::TargetPage(id, _)) => Some(&**id),
                Content::Element(element) if &*element.tag == "a" && element.pseudo.is_none() => {
                    // `#` and `#top` are the top of the document (WHATWG HTML, section 7.4.6.4).
                    let id = element.attribute("href").and_then(|href| href.strip_prefix('#'));
                    id.filter(|id| !id.is_empty() && *id != "top")
                }
                _ => None,
            };
            found.extend(
                id.filter(|id| !known.contains_key(*id)).map(|id| (NodeId(index as u32), Arc::from(id))),
            );
        }
        found
    }

    fn unknown_target(&self, node: NodeId, id: &str) -> Diagnostic {
        let ids = self.targets.nodes.keys().map(|id| &**id);
        let message = format!("nothing in the document has the id `{id}`, which this points at");
        let mut warning = Diagnostic::warning("unknown-target", message).at(self.place_of_target(node, id));
        warning.hint = did_you_mean(id, ids.clone()).or_else(|| {
            let listed: Vec<&str> = ids.clone().take(LISTED).collect();
            (!listed.is_empty() && ids.clone().count() <= LISTED)
                .then(|| format!("there are: {}", listed.join(", ")))
        });
        warning
    }

    /// Where the article names an id: at the `#` that follows the start of the block.
    fn place_of_target(&self, node: NodeId, id: &str) -> Place {
        let mut at = Some(node);
        let mut line = None;
        while let (None, Some(id)) = (line, at) {
            let node = &self.nodes[id.0 as usize];
            (line, at) = (node.line, node.parent);
        }
        let Some(line) = line else { return Place::file(self.article.file.clone()) };
        let is_whole =
            |rest: &str| !rest.starts_with(|char: char| char.is_alphanumeric() || matches!(char, '-' | '_'));
        let lines = Lines::of(&self.article.file, &self.article.source);
        lines.find(line, &format!("#{id}"), is_whole).unwrap_or_else(|| lines.place(line))
    }
}

fn joined(values: &[i32], between: &str, style: &ListStyle) -> String {
    values.iter().map(|value| counter_text(style, *value)).collect::<Vec<_>>().join(between)
}

/// The text directly in a pseudo-element.
fn own_text(nodes: &[Node], of: NodeId) -> String {
    let texts =
        nodes[of.0 as usize].children.iter().filter_map(|child| match &nodes[child.0 as usize].content {
            Content::Text(text) => Some(&**text),
            _ => None,
        });
    texts.collect()
}
