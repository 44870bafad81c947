//! The logical structure: elements, their attributes, and which content is whose (ISO 32000-1, 14.7 and 14.8).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId};

use super::content::Mark;
use super::document::{Document, form_key};
use super::link::Annotation;
use super::object::{dictionary, name, one_or_many, optional_text, reals, text};
use crate::layout::{Structure, StructureNode, Tag, TagId};

/// The structure types of 14.8.4; any other is mapped to one of them.
const STANDARD: &[&str] = &[
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "RB",
    "RT",
    "RP",
    "Warichu",
    "WT",
    "WP",
    "Figure",
    "Formula",
    "Form",
];

/// A child of an element that is not an element: content, or an annotation.
#[derive(Clone)]
struct Leaf {
    page: usize,
    what: LeafKind,
}

#[derive(Clone)]
enum LeafKind {
    Content(i64),
    /// Content of a stream of its own.
    InForm(i64, usize),
    Annotation(ObjectId),
}

/// What hangs below each element besides its elements, and the order of all.
struct Leaves {
    /// Of each element its own leaves, with the place in paint order.
    own: Vec<Vec<(usize, Leaf)>>,
    /// Of each element the first place in paint order below it.
    first: Vec<Option<usize>>,
}

/// Writes the structure tree and the parent tree.
pub(super) fn write(document: &mut Document, structure: &Structure, links: Vec<Annotation>) {
    let whole = StructureNode { role: "Document", ..StructureNode::default() };
    let nodes = if structure.nodes.is_empty() { std::slice::from_ref(&whole) } else { &structure.nodes };
    let marks = std::mem::take(&mut document.marks);
    let ids: Vec<ObjectId> = nodes.iter().map(|_| document.objects.new_object_id()).collect();
    let root = document.objects.new_object_id();
    let mut parents: Vec<ObjectId> = vec![root; nodes.len()];
    let mut parent_roles = vec![""; nodes.len()];
    for (at, node) in nodes.iter().enumerate() {
        for child in &node.children {
            if let Some(parent) = parents.get_mut(child.0 as usize) {
                *parent = ids[at];
                parent_roles[child.0 as usize] = node.role;
            }
        }
    }
    let mut leaves = Leaves::gather(nodes, &marks);
    let mut tree = parent_tree(&marks, &ids, document.pages.len());
    let mut extra = vec![Vec::new(); nodes.len()];
    for link in links {
        let element = match link.tag {
            Tag::Element(TagId(at)) if nodes.get(at as usize).is_some_and(|node| node.role == "Link") => {
                let leaf = Leaf { page: link.page, what: LeafKind::Annotation(link.id) };
                leaves.own[at as usize].push((usize::MAX, leaf));
                ids[at as usize]
            }
            // A link outside the text, as in a footer, is an element of its own.
            Tag::Element(TagId(at)) if (at as usize) < nodes.len() => {
                lone_link(document, &link, (at as usize, ids[at as usize]), &mut extra)
            }
            _ => lone_link(document, &link, (0, ids[0]), &mut extra),
        };
        tree.push(link.key.into());
        tree.push(Object::Reference(element));
    }
    let named = named(nodes);
    for (at, node) in nodes.iter().enumerate() {
        let mut element = element(document, node, leaves.first_page(at), parent_roles[at]);
        if named[at] {
            element.set("ID", text(&identifier(at)));
        }
        element.set("P", Object::Reference(parents[at]));
        let mut children = leaves.children(at, node, &ids, document);
        children.append(&mut extra[at]);
        set(&mut element, "K", one_or_many(children));
        document.objects.set_object(ids[at], element);
    }
    document.marks = marks;
    finish(document, nodes, (&ids, &named), root, tree);
}

/// The root of the tree, with what is found through it by number and name, and the marks in the catalog.
fn finish(
    document: &mut Document,
    nodes: &[StructureNode],
    (ids, named): (&[ObjectId], &[bool]),
    root: ObjectId,
    tree: Vec<Object>,
) {
    let next_key = tree.iter().step_by(2).filter_map(|key| key.as_i64().ok()).max().map_or(0, |key| key + 1);
    let tree = document.add(dictionary([("Nums", tree.into())]));
    let mut root_element = dictionary([
        ("Type", name("StructTreeRoot")),
        ("K", Object::Reference(ids[0])),
        ("ParentTree", Object::Reference(tree)),
        ("ParentTreeNextKey", next_key.into()),
    ]);
    let roles: BTreeMap<&str, &str> = nodes
        .iter()
        .filter(|node| !STANDARD.contains(&node.role))
        .map(|node| (node.role, standard_role(node.role)))
        .collect();
    if !roles.is_empty() {
        let map: Dictionary = roles.iter().map(|(role, standard)| (*role, name(standard))).collect();
        root_element.set("RoleMap", map);
    }
    let named: Vec<Object> = ids
        .iter()
        .enumerate()
        .filter(|(at, _)| named[*at])
        .flat_map(|(at, id)| [text(&identifier(at)), Object::Reference(*id)])
        .collect();
    if !named.is_empty() {
        root_element.set("IDTree", dictionary([("Names", named.into())]));
    }
    document.objects.set_object(root, root_element);
    document.catalog.set("StructTreeRoot", Object::Reference(root));
    document.catalog.set("MarkInfo", dictionary([("Marked", true.into())]));
}

/// The element of a link whose place has none: below `parent`.
fn lone_link(
    document: &mut Document,
    link: &Annotation,
    (at, parent): (usize, ObjectId),
    extra: &mut [Vec<Object>],
) -> ObjectId {
    let Some(page) = document.pages.get(link.page).map(|page| page.id) else { return parent };
    let element = document.add(dictionary([
        ("S", name("Link")),
        ("P", Object::Reference(parent)),
        ("Pg", Object::Reference(page)),
        ("K", object_reference(link.id, None)),
    ]));
    extra[at].push(Object::Reference(element));
    element
}

impl Leaves {
    fn gather(nodes: &[StructureNode], marks: &[Mark]) -> Self {
        let mut own = vec![Vec::new(); nodes.len()];
        for (place, mark) in marks.iter().enumerate() {
            if let Some(leaves) = own.get_mut(mark.element.0 as usize) {
                let what = match mark.form {
                    Some(form) => LeafKind::InForm(mark.id, form),
                    None => LeafKind::Content(mark.id),
                };
                leaves.push((place, Leaf { page: mark.page, what }));
            }
        }
        let mut first: Vec<Option<usize>> =
            own.iter().map(|leaves| leaves.first().map(|leaf| leaf.0)).collect();
        for (at, node) in nodes.iter().enumerate().rev() {
            let below = node.children.iter().filter_map(|child| *first.get(child.0 as usize)?);
            first[at] = below.chain(first[at]).min();
        }
        Self { own, first }
    }

    /// The page that most of an element's leaves need not name.
    fn first_page(&self, at: usize) -> Option<usize> {
        self.own[at].first().map(|(_, leaf)| leaf.page)
    }

    /// All children of an element: its elements in their order, and its content before the first of them that
    /// begins later.
    fn children(
        &self,
        at: usize,
        node: &StructureNode,
        ids: &[ObjectId],
        document: &Document,
    ) -> Vec<Object> {
        let page = self.first_page(at);
        let mut leaves = self.own[at].iter().peekable();
        let mut children = Vec::new();
        for child in &node.children {
            let child = child.0 as usize;
            if let Some(Some(first)) = self.first.get(child) {
                while let Some((_, leaf)) = leaves.next_if(|(place, _)| place < first) {
                    children.extend(leaf.object(page, document));
                }
            }
            children.extend(ids.get(child).copied().map(Object::Reference));
        }
        children.extend(leaves.filter_map(|(_, leaf)| leaf.object(page, document)));
        children
    }
}

impl Leaf {
    fn object(&self, page_of_element: Option<usize>, document: &Document) -> Option<Object> {
        let other_page = page_of_element != Some(self.page);
        let page = document.pages.get(self.page)?.id;
        Some(match self.what {
            LeafKind::Content(id) if !other_page => id.into(),
            LeafKind::Content(id) => {
                let reference = [("Type", name("MCR")), ("Pg", Object::Reference(page)), ("MCID", id.into())];
                dictionary(reference).into()
            }
            LeafKind::InForm(id, form) => {
                let stream = (*document.forms.get(form)?)?;
                let reference = [
                    ("Type", name("MCR")),
                    ("Pg", Object::Reference(page)),
                    ("Stm", Object::Reference(stream)),
                    ("MCID", id.into()),
                ];
                dictionary(reference).into()
            }
            LeafKind::Annotation(id) => object_reference(id, other_page.then_some(page)),
        })
    }
}

fn object_reference(object: ObjectId, page: Option<ObjectId>) -> Object {
    let page = page.map_or(Object::Null, Object::Reference);
    dictionary([("Type", name("OBJR")), ("Pg", page), ("Obj", Object::Reference(object))]).into()
}

/// For each page, and each form, the element of each mark, by the marks' numbers (14.7.4.4).
fn parent_tree(marks: &[Mark], ids: &[ObjectId], pages: usize) -> Vec<Object> {
    let mut streams: BTreeMap<i64, Vec<Object>> = BTreeMap::new();
    for mark in marks {
        let element = ids.get(mark.element.0 as usize).copied().map_or(Object::Null, Object::Reference);
        let key = mark.form.map_or(mark.page as i64, |form| form_key(pages, form));
        streams.entry(key).or_default().push(element);
    }
    streams.into_iter().flat_map(|(key, elements)| [key.into(), elements.into()]).collect()
}

fn element(document: &Document, node: &StructureNode, page: Option<usize>, parent: &str) -> Dictionary {
    let page = page.and_then(|page| document.pages.get(page));
    let mut element = dictionary([
        ("S", name(if node.role.is_empty() { "Span" } else { node.role })),
        ("Pg", page.map_or(Object::Null, |page| Object::Reference(page.id))),
        ("T", optional_text(node.title.as_deref())),
        ("Alt", optional_text(node.alt.as_deref())),
        ("Lang", optional_text(node.lang.as_deref())),
        ("ActualText", optional_text(node.actual_text.as_deref())),
        ("E", optional_text(node.expansion.as_deref())),
    ]);
    set(&mut element, "A", one_or_many(attributes(document, node, parent)));
    element
}

/// The standard attributes of an element (14.8.5), which stands in one of type `parent`.
fn attributes(document: &Document, node: &StructureNode, parent: &str) -> Vec<Object> {
    let mut attributes: Vec<Dictionary> = table_attributes(node).into_iter().collect();
    if let Some(numbering) = node.numbering {
        attributes.push(dictionary([("O", name("List")), ("ListNumbering", name(numbering))]));
    }
    if let Some((page, bounds)) = &node.bounds
        && let Some(page) = document.pages.get(*page)
    {
        let bounds = reals(page.space.rect(bounds));
        let placement = if holds_blocks(parent) { name("Block") } else { Object::Null };
        attributes.push(dictionary([("O", name("Layout")), ("BBox", bounds), ("Placement", placement)]));
    }
    attributes.into_iter().map(Object::Dictionary).collect()
}

/// What a table tells of itself, and a cell (14.8.5.7).
fn table_attributes(node: &StructureNode) -> Option<Dictionary> {
    let (rows, columns) = node.span;
    let span = |count: u16| if count > 1 { i64::from(count).into() } else { Object::Null };
    let headers: Vec<Object> =
        node.headers.iter().map(|header| text(&identifier(header.0 as usize))).collect();
    let headers = if headers.is_empty() { Object::Null } else { headers.into() };
    let attributes = dictionary([
        ("O", name("Table")),
        ("RowSpan", span(rows)),
        ("ColSpan", span(columns)),
        ("Scope", node.scope.map_or(Object::Null, name)),
        ("Headers", headers),
        ("Summary", optional_text(node.summary.as_deref())),
    ]);
    (attributes.len() > 1).then_some(attributes)
}

/// Whether what stands in an element of this type is a block (14.8.5.4.2).
fn holds_blocks(role: &str) -> bool {
    matches!(
        role,
        "Document" | "Part" | "Art" | "Sect" | "Div" | "BlockQuote" | "LBody" | "TD" | "TH" | "Note"
    )
}

fn set(dictionary: &mut Dictionary, key: &str, value: Object) {
    if !matches!(value, Object::Null) {
        dictionary.set(key, value);
    }
}

fn is_note(node: &StructureNode) -> bool {
    node.role == "Note" || (!STANDARD.contains(&node.role) && standard_role(node.role) == "Note")
}

/// Which elements have a name: notes, as PDF/UA-1, 7.9, asks for, and the header cells that others name.
fn named(nodes: &[StructureNode]) -> Vec<bool> {
    let mut named: Vec<bool> = nodes.iter().map(is_note).collect();
    for header in nodes.iter().flat_map(|node| &node.headers) {
        if let Some(named) = named.get_mut(header.0 as usize) {
            *named = true;
        }
    }
    named
}

/// The name of an element. Names sort as the elements do.
fn identifier(at: usize) -> String {
    format!("n{at:06}")
}

/// The standard type that an element has or is mapped to.
pub(super) fn standard_type(role: &'static str) -> &'static str {
    if STANDARD.contains(&role) { role } else { standard_role(role) }
}

/// The standard type nearest to one of HTML's or PDF 2.0's.
fn standard_role(role: &str) -> &'static str {
    match role {
        "Title" => "P",
        "FENote" => "Note",
        "Strong" | "Em" | "Sub" => "Span",
        _ => "Div",
    }
}
