//! One element of the structure after the other, in the order of the document.

use std::sync::Arc;

use super::Tags;
use super::content::{self, Inside};
use super::names::Names;
use super::roles::{self, Holds, Meaning, said};
use crate::layout::{Artifact, StructureNode, Tag, TagId};
use crate::style::computed::Float;
use crate::style::{Content, Element, NodeId, Pseudo, StyledTree};

/// Builds the structure.
pub(super) struct Builder<'a> {
    pub tree: &'a StyledTree,
    pub names: Names<'a>,
    pub tags: Tags,
    /// What is in each node.
    inside: Vec<Inside>,
    /// Whether an element of the structure has content of its own.
    pub full: Vec<bool>,
    /// What children of a block that need an element around them share, as soon as there is one.
    runs: Vec<Run>,
}

/// Children in a row that need an element around them.
struct Run {
    inside: TagId,
    missing: &'static [&'static str],
    made: Option<TagId>,
}

/// What content belongs to.
#[derive(Clone, Copy)]
enum Place {
    Element(TagId),
    /// The element around a run of children, which is made when the first of them has something to say.
    Run(usize),
}

/// What may stand in a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Blocks,
    Words,
    Parts,
    /// Content of the one element that holds all.
    Whole,
    /// Nothing that is read.
    Hidden(Artifact),
}

/// Where a node stands.
#[derive(Clone)]
struct At {
    node: NodeId,
    place: Place,
    mode: Mode,
    /// The nearest element around it that holds blocks, and its language.
    group: (TagId, Arc<str>),
    lang: Arc<str>,
    /// Whether it is in a table of contents.
    contents: bool,
    /// Whether the words beside it are painted in another order than they are read in.
    apart: bool,
}

impl<'a> Builder<'a> {
    /// A builder for the structure of a document.
    pub fn new(tree: &'a StyledTree) -> Self {
        let tags = Tags { of: vec![None; tree.nodes.len()], ..Tags::default() };
        let inside = content::survey(tree);
        Self { tree, names: Names::new(tree), tags, inside, full: Vec::new(), runs: Vec::new() }
    }

    /// Adds an element.
    pub fn add(&mut self, parent: Option<TagId>, role: &'static str, node: NodeId) -> TagId {
        let id = TagId(self.tags.structure.nodes.len() as u32);
        let element = StructureNode { role, node: Some(node), ..StructureNode::default() };
        self.tags.structure.nodes.push(element);
        self.full.push(false);
        if let Some(parent) = parent {
            self.node_mut(parent).children.push(id);
        }
        id
    }

    /// An element.
    pub fn node(&self, id: TagId) -> &StructureNode {
        &self.tags.structure.nodes[id.0 as usize]
    }

    /// An element, to change it.
    pub fn node_mut(&mut self, id: TagId) -> &mut StructureNode {
        &mut self.tags.structure.nodes[id.0 as usize]
    }

    /// What is in a node.
    pub fn inside(&self, node: NodeId) -> Inside {
        self.inside[node.0 as usize]
    }

    /// Gives the content of a node to an element.
    pub fn fill(&mut self, node: NodeId, id: TagId) {
        self.tags.of[node.0 as usize] = Some(Tag::Element(id));
        let speaks = self.inside(node).speaks;
        self.full[id.0 as usize] |= speaks && is_content(&self.tree.node(node).content);
    }

    /// Walks the tree in document order, with a stack of its own: documents nest as deep as they like.
    pub fn walk(&mut self) {
        let root = self.tree.root;
        let lang = match self.tree.element(root) {
            Some(element) if !element.lang.is_empty() => element.lang.clone(),
            _ => Arc::from(self.tree.meta.lang.as_str()),
        };
        let document = self.add(None, "Document", root);
        if !lang.is_empty() {
            self.node_mut(document).lang = Some(lang.clone());
        }
        let mut stack = vec![At {
            node: root,
            place: Place::Element(document),
            mode: Mode::Blocks,
            group: (document, lang.clone()),
            lang,
            contents: false,
            apart: false,
        }];
        while let Some(at) = stack.pop() {
            if let Some(next) = self.visit(at) {
                let first = stack.len();
                self.children(&next, &mut stack);
                stack[first..].reverse();
            }
        }
    }

    /// Puts a node's children where they belong. `at` is where they stand.
    fn children(&mut self, at: &At, stack: &mut Vec<At>) {
        let tree = self.tree;
        let children = &tree.node(at.node).children;
        let one = |node: NodeId, at: &At| At { node, ..at.clone() };
        if !matches!(at.mode, Mode::Blocks | Mode::Parts) {
            let apart = at.mode == Mode::Words && self.is_apart(children);
            stack.extend(children.iter().map(|&node| At { apart, ..one(node, at) }));
            return;
        }
        let mut rest = &children[..];
        while !rest.is_empty() {
            let length = rest.iter().take_while(|&&child| self.joins(child, at)).count();
            let (run, after) = rest.split_at(length.max(1));
            rest = after;
            if length == 0 || !run.iter().any(|&node| self.inside(node).speaks) {
                stack.extend(run.iter().map(|&node| one(node, at)));
                continue;
            }
            let place = self.run(run, at);
            let apart = self.is_apart(run);
            for &node in run {
                let inside = self.inside(node);
                let mode = if inside.inline { Mode::Words } else { Mode::Blocks };
                stack.push(At { place, mode, apart, ..one(node, at) });
            }
        }
    }

    /// Whether a child needs an element around it that the element it stands in does not give.
    fn joins(&self, child: NodeId, at: &At) -> bool {
        let inside = self.inside(child);
        let pseudo = self.tree.element(child).and_then(|element| element.pseudo);
        // A note's label stands before its blocks.
        if pseudo == Some(Pseudo::FootnoteMarker) {
            return false;
        }
        match at.mode {
            Mode::Parts => !inside.parts && (inside.speaks || inside.inline),
            _ => inside.inline,
        }
    }

    /// The place of a run of children; pictures alone need nothing around them.
    fn run(&mut self, run: &[NodeId], at: &At) -> Place {
        let Place::Element(inside) = at.place else { return at.place };
        let is_picture = |&node: &NodeId| {
            let element = self.tree.element(node).map(roles::meaning);
            !self.inside(node).speaks || element == Some(Meaning::Is("Figure"))
        };
        if at.mode == Mode::Blocks && run.iter().all(is_picture) {
            return at.place;
        }
        let missing = match self.node(inside).role {
            "TOCI" if run.iter().any(|&node| self.inside(node).links) => &["Reference"],
            role => roles::missing(role),
        };
        self.runs.push(Run { inside, missing, made: None });
        Place::Run(self.runs.len() - 1)
    }

    /// Whether some of these are painted at another time than others.
    fn is_apart(&self, nodes: &[NodeId]) -> bool {
        let speaking = nodes.iter().filter(|&&node| self.inside(node).speaks).count();
        speaking > 1 && nodes.iter().any(|&node| self.inside(node).apart)
    }

    /// The element of a place, made where it is not there yet.
    fn element(&mut self, at: &At) -> TagId {
        let run = match at.place {
            Place::Element(id) => return id,
            Place::Run(run) => run,
        };
        if let Some(made) = self.runs[run].made {
            return made;
        }
        let Run { mut inside, missing, .. } = self.runs[run];
        for role in missing {
            inside = self.add(Some(inside), role, at.node);
        }
        self.runs[run].made = Some(inside);
        inside
    }

    /// Gives a node its element. Gives where its children stand; `None` where that is settled.
    fn visit(&mut self, at: At) -> Option<At> {
        let tree = self.tree;
        let Content::Element(element) = &tree.node(at.node).content else {
            self.text(&at);
            return None;
        };
        if self.tags.of[at.node.0 as usize].is_some() {
            return None;
        }
        if let Mode::Hidden(artifact) = at.mode {
            self.tags.of[at.node.0 as usize] = Some(Tag::Artifact(artifact));
            return Some(at);
        }
        // The bullet of what is no item of a list.
        let is_bullet = element.pseudo == Some(Pseudo::Marker);
        let artifact = if is_bullet {
            Some(Artifact::Layout)
        } else {
            roles::artifact(element, &tree.node(at.node).style)
        };
        if let Some(artifact) = artifact {
            self.tags.of[at.node.0 as usize] = Some(Tag::Artifact(artifact));
            return Some(At { mode: Mode::Hidden(artifact), ..at });
        }
        if at.mode == Mode::Whole {
            let id = self.element(&at);
            self.fill(at.node, id);
            return Some(at);
        }
        if let Some(link) = self.footnote_link(element, &at) {
            self.fill(at.node, link);
            return Some(At { place: Place::Element(link), mode: Mode::Words, ..at });
        }
        Some(match self.role(element, &at) {
            Some(role) => self.enter(role, element, at),
            None => {
                // What is painted of its own, as its area as a link, is of what it stands in.
                if let Place::Element(id) = at.place {
                    self.tags.of[at.node.0 as usize] = Some(Tag::Element(id));
                }
                at
            }
        })
    }

    /// Text belongs to the element that it stands in.
    fn text(&mut self, at: &At) {
        let speaks = self.inside(at.node).speaks;
        let id = match (at.mode, at.place) {
            (Mode::Hidden(artifact), _) => {
                self.tags.of[at.node.0 as usize] = Some(Tag::Artifact(artifact));
                return;
            }
            // White space between blocks is nothing.
            (Mode::Blocks | Mode::Parts, _) if !speaks => return,
            (_, Place::Run(run)) if !speaks => match self.runs[run].made {
                Some(made) => made,
                None => return,
            },
            _ => self.element(at),
        };
        let id = if at.apart && speaks { self.add(Some(id), "Span", at.node) } else { id };
        self.fill(at.node, id);
    }

    /// The type of an element where it stands; `None` where what is in it belongs to what is around it.
    fn role(&self, element: &Element, at: &At) -> Option<&'static str> {
        let inside = self.inside(at.node);
        let parent = match at.place {
            Place::Element(id) => self.node(id).role,
            Place::Run(run) => self.runs[run].missing.last().copied().unwrap_or_default(),
        };
        if self.tree.node(at.node).style.position.float == Float::Footnote && element.pseudo.is_none() {
            return Some("Note");
        }
        let given = match roles::meaning(element) {
            Meaning::Is("LI") if parent == "TOC" => Some("TOCI"),
            Meaning::Is("L") if at.contents && !matches!(&*element.tag, "dl") => Some("TOC"),
            Meaning::Is("Caption") if self.captions(at) => Some("Caption"),
            Meaning::Is("P") if at.mode == Mode::Words || inside.pictures => None,
            Meaning::Is(role) if roles::is_part(role) && !roles::fits(role, parent) => None,
            Meaning::Is(role) => Some(role),
            Meaning::FigureGroup if at.mode == Mode::Blocks && self.has_caption(at.node) => Some("Div"),
            Meaning::FigureGroup | Meaning::Generic => None,
        };
        given.or_else(|| self.role_of_generic(element, at))
    }

    /// What an element without a meaning has to be, so that its text stands in something, in its language, in order.
    fn role_of_generic(&self, element: &Element, at: &At) -> Option<&'static str> {
        let inside = self.inside(at.node);
        let changes_lang = !element.lang.is_empty() && element.lang != at.lang;
        // Blocks in a heading, a term or a caption: their words are not one with those before them.
        let is_block = !inside.inline && !inside.parts && inside.flat;
        match at.mode {
            _ if !inside.speaks => None,
            Mode::Blocks if inside.flat && !inside.pictures => Some("P"),
            Mode::Blocks if changes_lang || self.is_named_group(element, at.node) => Some("Div"),
            Mode::Words if changes_lang || at.apart || is_block => Some("Span"),
            _ => None,
        }
    }

    /// Whether it is a group that its author gave a name.
    fn is_named_group(&self, element: &Element, node: NodeId) -> bool {
        let is_group = matches!(element.attribute("role"), Some("group" | "figure"))
            || matches!(&*element.tag, "figure" | "fieldset" | "main" | "form");
        is_group && self.names.title(element, node).is_some()
    }

    /// Whether a `figcaption` is the caption of something.
    fn captions(&self, at: &At) -> bool {
        let Place::Element(parent) = at.place else { return false };
        let parent = self.node(parent);
        let of_figure = parent.node.and_then(|node| self.tree.element(node)).map(roles::meaning);
        parent.role == "Div" && of_figure == Some(Meaning::FigureGroup)
    }

    /// Whether a figure has a caption and something that it is of.
    fn has_caption(&self, figure: NodeId) -> bool {
        let children = &self.tree.node(figure).children;
        let is_caption = |&node: &NodeId| {
            self.tree.element(node).is_some_and(|child| roles::meaning(child) == Meaning::Is("Caption"))
        };
        let speaking = || children.iter().copied().filter(|&node| self.inside(node).speaks);
        speaking().any(|node| is_caption(&node)) && speaking().any(|node| !is_caption(&node))
    }

    /// Makes an element of this type, and tells where its children stand.
    fn enter(&mut self, role: &'static str, element: &Element, at: At) -> At {
        let is_note = role == "Note";
        // A footnote is read after the block that calls it.
        let parent = if is_note { at.group.0 } else { self.around(role, element, &at) };
        let outer_lang = if is_note { &at.group.1 } else { &at.lang };
        let changes_lang = !element.lang.is_empty() && element.lang != *outer_lang;
        let id = match role {
            "Lbl" => self.term(parent, at.node),
            "LBody" => self.details(parent, at.node),
            _ => self.add(Some(parent), role, at.node),
        };
        self.describe(id, element, at.node);
        if changes_lang {
            self.node_mut(id).lang = Some(element.lang.clone());
        }
        let lang = if element.lang.is_empty() { at.lang.clone() } else { element.lang.clone() };
        self.fill(at.node, id);
        let inside = self.inside(at.node);
        let stands_in_words = at.mode == Mode::Words && !is_note;
        if matches!(role, "LI" | "TOCI") {
            self.label(id, at.node);
        }
        let (place, holds) = match role {
            "LI" => (self.add(Some(id), "LBody", at.node), Holds::Flow),
            _ => (id, roles::holds(role)),
        };
        let mode = match holds {
            Holds::Blocks => Mode::Blocks,
            Holds::Flow if inside.flat || stands_in_words => Mode::Words,
            Holds::Flow => Mode::Blocks,
            Holds::Words => Mode::Words,
            Holds::Parts => Mode::Parts,
            Holds::Whole => Mode::Whole,
        };
        let is_group = roles::is_group(role) || role == "LI";
        let group = if is_group { (place, lang.clone()) } else { at.group };
        let contents = at.contents || element.attribute("role") == Some("doc-toc");
        At { node: at.node, place: Place::Element(place), mode, group, lang, contents, apart: false }
    }

    /// What an element of this type is put into: where it stands, and what that lacks.
    fn around(&mut self, role: &'static str, element: &Element, at: &At) -> TagId {
        let mut parent = self.element(at);
        let is_block = !self.inside(at.node).flat || matches!(role, "Figure" | "Formula");
        if at.mode == Mode::Blocks && roles::is_inline(role) && !is_block {
            parent = self.add(Some(parent), "P", at.node);
        }
        let refers = matches!(said(element, "role"), Some("doc-noteref" | "doc-biblioref" | "doc-glossref"));
        if role == "Link" && refers {
            parent = self.add(Some(parent), "Reference", at.node);
        }
        parent
    }

    /// The link that the call or the marker of a footnote is, in the element that says so (ISO 32000-1, 14.8.4.4.1).
    fn footnote_link(&mut self, element: &Element, at: &At) -> Option<TagId> {
        let around = match element.pseudo? {
            Pseudo::FootnoteCall => "Reference",
            Pseudo::FootnoteMarker => "Lbl",
            _ => return None,
        };
        let parent = self.element(at);
        let around = self.add(Some(parent), around, at.node);
        Some(self.add(Some(around), "Link", at.node))
    }
}

/// Whether a node is content itself: text, or a picture.
fn is_content(content: &Content) -> bool {
    match content {
        Content::Element(element) => element.picture.is_some(),
        _ => true,
    }
}
