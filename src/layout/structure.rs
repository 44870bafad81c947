//! The logical structure from the elements, in document order (ISO 32000-1, 14.8.4; ISO 14289-1).

use std::sync::Arc;

use super::page::Survey;
use super::{Artifact, Structure, StructureNode, Tag, TagId};
use crate::style::computed::{Float, ListStyle, Position};
use crate::style::{Content, Element, NodeId, Pseudo, StyledTree};

/// The structure of a document, and which element of it each node's content belongs to.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// The elements.
    pub structure: Structure,
    of: Vec<Option<TagId>>,
}

impl Tags {
    /// What the content of a node belongs to.
    pub fn of(&self, node: NodeId) -> Tag {
        match self.of.get(node.0 as usize).copied().flatten() {
            Some(id) => Tag::Element(id),
            None => Tag::Artifact(Artifact::Layout),
        }
    }

    /// Whether a node is an element that words end with, and not one of a line (ISO 32000-1, 14.8.4).
    pub fn is_block(&self, node: NodeId) -> bool {
        let Tag::Element(id) = self.of(node) else { return false };
        let element = self.structure.nodes.get(id.0 as usize);
        let in_line = ["Span", "Quote", "Note", "Reference", "Code", "Link", "Figure", "Formula"];
        element.is_some_and(|element| element.node == Some(node) && !in_line.contains(&element.role))
    }

    /// The first node in the document's order whose content belongs to an element.
    pub fn first_node(&self, tag: TagId) -> Option<NodeId> {
        self.of.iter().position(|of| *of == Some(tag)).map(|index| NodeId(index as u32))
    }

    /// Tells the elements that need it where they are.
    pub fn place(&mut self, survey: &Survey) {
        for (node, at) in &survey.bounds {
            let Some(id) = self.of[node.0 as usize] else { continue };
            let element = &mut self.structure.nodes[id.0 as usize];
            if matches!(element.role, "Figure" | "Table" | "Formula") {
                element.bounds.get_or_insert(*at);
            }
        }
    }
}

/// Builds the structure.
pub(super) fn build(tree: &StyledTree) -> Tags {
    let mut builder = Builder { tree, tags: Tags::default() };
    builder.tags.of = vec![None; tree.nodes.len()];
    let document = builder.add(None, "Document", tree.root);
    if !tree.meta.lang.is_empty() {
        builder.node(document).lang = Some(Arc::from(tree.meta.lang.as_str()));
    }
    builder.walk(document);
    builder.tags
}

struct Builder<'a> {
    tree: &'a StyledTree,
    tags: Tags,
}

/// Where a node stands.
#[derive(Clone)]
struct At {
    node: NodeId,
    parent: TagId,
    /// The nearest element around it that holds blocks.
    group: TagId,
    lang: Arc<str>,
    hidden: bool,
    /// Whether it is in a table of contents.
    contents: bool,
    /// Whether its parent's words are painted in another order than they are read in.
    scattered: bool,
}

impl Builder<'_> {
    fn add(&mut self, parent: Option<TagId>, role: &'static str, node: NodeId) -> TagId {
        let id = TagId(self.tags.structure.nodes.len() as u32);
        self.tags.structure.nodes.push(StructureNode { role, node: Some(node), ..StructureNode::default() });
        if let Some(parent) = parent {
            self.node(parent).children.push(id);
        }
        id
    }

    fn node(&mut self, id: TagId) -> &mut StructureNode {
        &mut self.tags.structure.nodes[id.0 as usize]
    }

    /// Walks the tree in document order, with a stack of its own: documents nest as deep as they like.
    fn walk(&mut self, document: TagId) {
        let lang: Arc<str> = Arc::from(self.tree.meta.lang.as_str());
        let mut stack = vec![At {
            node: self.tree.root,
            parent: document,
            group: document,
            lang,
            hidden: false,
            contents: false,
            scattered: false,
        }];
        while let Some(at) = stack.pop() {
            let next = self.visit(&at);
            let children = self.tree.node(at.node).children.iter().rev();
            stack.extend(children.map(|&node| At { node, ..next.clone() }));
        }
    }

    /// Gives a node its element, and tells what its children get.
    fn visit(&mut self, at: &At) -> At {
        let tree = self.tree;
        let node = tree.node(at.node);
        let scattered = at.scattered;
        let Content::Element(element) = &node.content else {
            if !at.hidden {
                let own = if scattered && is_word(&node.content) {
                    self.add(Some(at.parent), "Span", at.node)
                } else {
                    at.parent
                };
                self.tags.of[at.node.0 as usize] = Some(own);
            }
            return at.clone();
        };
        let style = &node.style;
        let repeats = style.position.running.is_some() || style.position.scheme == Position::Fixed;
        let hidden = at.hidden || repeats || is_hidden(element);
        if hidden {
            return At { hidden, ..at.clone() };
        }
        if let Some(link) = self.footnote_link(element, at) {
            self.tags.of[at.node.0 as usize] = Some(link);
            return At { parent: link, scattered: is_scattered(tree, at.node), ..at.clone() };
        }
        let contents = at.contents || element.attribute("role") == Some("doc-toc");
        let is_note = style.position.float == Float::Footnote;
        let own = || role(element, tree, at.node);
        let role = match is_note {
            true => Some("Note"),
            false => contents_role(element).filter(|_| contents).or_else(own),
        };
        let changes_lang = !element.lang.is_empty() && element.lang != at.lang;
        let role = role.or(if changes_lang || has_words(element) || scattered { Some("Span") } else { None });
        let mut next =
            At { lang: element.lang.clone(), contents, scattered: is_scattered(tree, at.node), ..at.clone() };
        if let Some(role) = role {
            let parent = match role {
                // A footnote is read after the block that calls it.
                _ if is_note => at.group,
                "Link" if contents => self.add(Some(at.parent), "Reference", at.node),
                _ => at.parent,
            };
            let id = self.add(Some(parent), role, at.node);
            self.describe(id, element, at.node, role);
            if changes_lang {
                self.node(id).lang = Some(element.lang.clone());
            }
            next.parent = id;
            if role == "LI" {
                next.parent = self.list_item(id, at.node);
            }
            if holds_blocks(role) {
                next.group = next.parent;
            }
        }
        if self.tags.of[at.node.0 as usize].is_none() {
            self.tags.of[at.node.0 as usize] = Some(next.parent);
        }
        next
    }

    /// The link that the call or the marker of a footnote is, in the element that says so (ISO 32000-1, 14.8.4.4.1).
    fn footnote_link(&mut self, element: &Element, at: &At) -> Option<TagId> {
        let around = match element.pseudo? {
            Pseudo::FootnoteCall => "Reference",
            Pseudo::FootnoteMarker => "Lbl",
            _ => return None,
        };
        let around = self.add(Some(at.parent), around, at.node);
        Some(self.add(Some(around), "Link", at.node))
    }

    /// The label and the body of a list item; its marker is the label's.
    fn list_item(&mut self, item: TagId, node: NodeId) -> TagId {
        let marker =
            self.tree.node(node).children.first().copied().filter(|&child| is_marker(self.tree, child));
        if let Some(marker) = marker {
            let label = self.add(Some(item), "Lbl", marker);
            self.tags.of[marker.0 as usize] = Some(label);
            for &child in &self.tree.node(marker).children {
                self.tags.of[child.0 as usize] = Some(label);
            }
        }
        self.add(Some(item), "LBody", node)
    }

    fn describe(&mut self, id: TagId, element: &Element, node: NodeId, role: &'static str) {
        let attribute = |name: &str| element.attribute(name).filter(|value| !value.is_empty()).map(Arc::from);
        let label: Option<Arc<str>> = attribute("aria-label");
        let list_style = self.tree.node(node).style.list.style.clone();
        let of = self.node(id);
        match role {
            "Figure" => of.alt = attribute("alt").or(label).or_else(|| attribute("title")),
            "TH" | "TD" => {
                let span = |name: &str| {
                    element.attribute(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1)
                };
                of.span = (span("rowspan"), span("colspan"));
                if role == "TH" {
                    of.scope = Some(match element.attribute("scope") {
                        Some("row" | "rowgroup") => "Row",
                        Some("both") => "Both",
                        _ => "Column",
                    });
                }
            }
            "L" => of.numbering = Some(numbering(&list_style)),
            _ => of.alt = label,
        }
        if &*element.tag == "abbr" {
            of.expansion = attribute("title");
        }
    }
}

/// Whether the words of a block are painted in another order than they are read in: one of its children is taken
/// out of the flow. Each of them is then an element, so that the order is the structure's and not the paint's.
/// Tables and lists have elements for all that is in them already.
fn is_scattered(tree: &StyledTree, node: NodeId) -> bool {
    let has_parts = tree.element(node).is_some_and(|element| {
        matches!(&*element.tag, "table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup" | "ul" | "ol")
    });
    let taken_out = |child: &NodeId| {
        let position = &tree.node(*child).style.position;
        let leaves = matches!(position.scheme, Position::Absolute | Position::Fixed)
            || matches!(position.float, Float::Left | Float::Right);
        leaves && tree.element(*child).is_some()
    };
    !has_parts && tree.node(node).children.iter().any(taken_out)
}

/// Text that is more than white space.
fn is_word(content: &Content) -> bool {
    matches!(content, Content::Text(text) if text.chars().any(|char| !char.is_whitespace()))
}

fn is_marker(tree: &StyledTree, node: NodeId) -> bool {
    tree.element(node).is_some_and(|element| element.pseudo == Some(Pseudo::Marker))
}

/// Whether an element and all that is in it is decoration.
fn is_hidden(element: &Element) -> bool {
    element.attribute("aria-hidden") == Some("true")
        || (&*element.tag == "img" && element.attribute("alt") == Some(""))
        || (element.picture.is_some() && matches!(element.attribute("role"), Some("presentation" | "none")))
}

/// Whether an element without a role of its own has something to say.
fn has_words(element: &Element) -> bool {
    &*element.tag == "abbr" && element.attribute("title").is_some()
}

fn numbering(style: &ListStyle) -> &'static str {
    match style {
        ListStyle::Disc => "Disc",
        ListStyle::Circle => "Circle",
        ListStyle::Square => "Square",
        ListStyle::Decimal | ListStyle::DecimalLeadingZero => "Decimal",
        ListStyle::LowerAlpha => "LowerAlpha",
        ListStyle::UpperAlpha => "UpperAlpha",
        ListStyle::LowerRoman => "LowerRoman",
        ListStyle::UpperRoman => "UpperRoman",
        _ => "None",
    }
}

/// Whether an element of the structure holds blocks, and not only text.
fn holds_blocks(role: &str) -> bool {
    matches!(role, "Art" | "Sect" | "Div" | "BlockQuote" | "LI" | "TD" | "TH" | "Caption" | "Note")
}

/// The structure type of an element of a table of contents that elsewhere has another.
fn contents_role(element: &Element) -> Option<&'static str> {
    match &*element.tag {
        _ if element.pseudo.is_some() => None,
        "ol" | "ul" => Some("TOC"),
        "li" => Some("TOCI"),
        _ => None,
    }
}

/// The standard structure type of an element; `None` where its content belongs to its parent's.
fn role(element: &Element, tree: &StyledTree, node: NodeId) -> Option<&'static str> {
    if element.pseudo.is_some() {
        return element.picture.as_ref().map(|_| "Figure").filter(|_| element.attribute("alt").is_some());
    }
    if element.picture.is_some() {
        return Some("Figure");
    }
    let presentational = matches!(element.attribute("role"), Some("presentation" | "none"));
    Some(match &*element.tag {
        "article" | "main" => "Art",
        "section" | "aside" | "nav" => "Sect",
        "h1" => "H1",
        "h2" => "H2",
        "h3" => "H3",
        "h4" => "H4",
        "h5" => "H5",
        "h6" => "H6",
        "p" | "pre" | "address" | "dt" | "dd" => "P",
        "ul" | "ol" => "L",
        "li" if in_list(tree, node) => "LI",
        "blockquote" => "BlockQuote",
        "q" => "Quote",
        "table" if !presentational => "Table",
        "thead" => "THead",
        "tbody" => "TBody",
        "tfoot" => "TFoot",
        "tr" => "TR",
        "th" => "TH",
        "td" => "TD",
        "caption" | "figcaption" => "Caption",
        "a" if element.attribute("href").is_some() => "Link",
        "code" => "Code",
        "div" | "header" | "footer" | "figure" | "dl" if has_text(tree, node) => "P",
        "div" | "header" | "footer" | "figure" | "dl" => "Div",
        _ => return None,
    })
}

fn in_list(tree: &StyledTree, node: NodeId) -> bool {
    let parent = tree.node(node).parent.and_then(|parent| tree.element(parent));
    parent.is_some_and(|parent| matches!(&*parent.tag, "ul" | "ol"))
}

/// Whether an element that is no paragraph has text of its own, and so must be one.
fn has_text(tree: &StyledTree, node: NodeId) -> bool {
    tree.node(node).children.iter().any(|&child| is_word(&tree.node(child).content))
}
