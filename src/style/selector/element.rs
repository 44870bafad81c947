//! The document as selectors see it.

use selectors::OpaqueElement;
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::matching::{ElementSelectorFlags, MatchingContext};
use smallvec::SmallVec;

use super::{Css, Name, PseudoClass, Tag, Url};
use crate::dom::{Document, Element, NodeId};
use crate::style::tree::Pseudo;
use precomputed_hash::PrecomputedHash;

/// A document with the ids and classes of its elements, hashed.
pub(crate) struct Dom<'a> {
    /// The document.
    pub document: &'a Document,
    names: Vec<Names>,
}

/// The names that selectors ask an element for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// Its id.
    pub id: Option<Name>,
    /// Its classes in order.
    pub classes: SmallVec<[Name; 2]>,
}

impl<'a> Dom<'a> {
    /// Hashes the names of a document's elements.
    pub fn new(document: &'a Document) -> Self {
        let mut names = vec![Names::default(); document.len()];
        for id in document.elements(document.root()) {
            let own = &mut names[id.index()];
            own.id = document.attribute(id, "id").map(Name::from);
            let classes = document.attribute(id, "class").unwrap_or("");
            own.classes = classes.split_ascii_whitespace().map(Name::from).collect();
        }
        Self { document, names }
    }

    /// The element with this id.
    pub fn element(&self, id: NodeId) -> ElementRef<'_> {
        ElementRef { dom: self, id }
    }

    /// The names of the element with this id.
    pub fn names(&self, id: NodeId) -> &Names {
        &self.names[id.index()]
    }
}

/// An element of a [`Dom`].
#[derive(Clone, Copy)]
pub(crate) struct ElementRef<'a> {
    dom: &'a Dom<'a>,
    id: NodeId,
}

impl std::fmt::Debug for ElementRef<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "<{}>", self.dom.document.tag(self.id))
    }
}

impl<'a> ElementRef<'a> {
    fn at(self, id: NodeId) -> Self {
        Self { dom: self.dom, id }
    }

    fn data(self) -> Option<&'a Element> {
        self.dom.document.element(self.id)
    }

    /// The hashes by which ancestors are told apart quickly.
    pub fn for_each_hash(self, mut each: impl FnMut(u32)) {
        if let Some(element) = self.data() {
            each(element.name.local.precomputed_hash());
            each(element.name.ns.precomputed_hash());
        }
        let names = self.dom.names(self.id);
        names.id.iter().chain(&names.classes).for_each(|name| each(name.precomputed_hash()));
    }

    /// The language that `lang` gives the element or its nearest ancestor that has one.
    fn language(self) -> Option<&'a str> {
        let document = self.dom.document;
        let own = |id| document.attribute(id, "lang");
        own(self.id).or_else(|| document.ancestors(self.id).find_map(own))
    }
}

impl<'a> selectors::Element for ElementRef<'a> {
    type Impl = Css;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.dom.document.node(self.id))
    }

    fn parent_element(&self) -> Option<Self> {
        let parent = self.dom.document.parent(self.id)?;
        self.dom.document.element(parent)?;
        Some(self.at(parent))
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        let document = self.dom.document;
        let mut before = std::iter::successors(document.previous(self.id), |&id| document.previous(id));
        before.find(|&id| document.element(id).is_some()).map(|id| self.at(id))
    }

    fn next_sibling_element(&self) -> Option<Self> {
        let document = self.dom.document;
        let mut after = std::iter::successors(document.next(self.id), |&id| document.next(id));
        after.find(|&id| document.element(id).is_some()).map(|id| self.at(id))
    }

    fn first_element_child(&self) -> Option<Self> {
        self.dom.document.child_elements(self.id).next().map(|id| self.at(id))
    }

    fn is_html_element_in_html_document(&self) -> bool {
        self.data().is_some_and(Element::is_html)
    }

    fn has_local_name(&self, name: &Tag) -> bool {
        self.data().is_some_and(|element| element.name.local == name.0)
    }

    fn has_namespace(&self, namespace: &Url) -> bool {
        self.data().is_some_and(|element| element.name.ns == namespace.0)
    }

    fn is_same_type(&self, other: &Self) -> bool {
        let name = |element: &Self| element.data().map(|data| data.name.expanded());
        name(self) == name(other)
    }

    fn attr_matches(
        &self,
        namespace: &NamespaceConstraint<&Url>,
        name: &Tag,
        operation: &AttrSelectorOperation<&Name>,
    ) -> bool {
        self.data().is_some_and(|element| {
            element.attributes.iter().any(|attribute| {
                let in_namespace = match namespace {
                    NamespaceConstraint::Any => true,
                    NamespaceConstraint::Specific(url) => attribute.name.ns == url.0,
                };
                in_namespace && attribute.name.local == name.0 && operation.eval_str(&attribute.value)
            })
        })
    }

    fn match_non_ts_pseudo_class(
        &self,
        class: &PseudoClass,
        _context: &mut MatchingContext<'_, Css>,
    ) -> bool {
        match class {
            PseudoClass::Link => self.is_link(),
            PseudoClass::Lang(ranges) => {
                let language = self.language().unwrap_or("").to_ascii_lowercase();
                ranges.iter().any(|range| {
                    let range = range.to_ascii_lowercase();
                    language
                        .strip_prefix(&*range)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
                })
            }
            PseudoClass::Never => false,
        }
    }

    fn match_pseudo_element(&self, _pseudo: &Pseudo, _context: &mut MatchingContext<'_, Css>) -> bool {
        false
    }

    fn apply_selector_flags(&self, _flags: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        self.data().is_some_and(|element| &*element.name.local == "a" && element.attribute("href").is_some())
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &Name, case: CaseSensitivity) -> bool {
        let own = self.dom.names(self.id).id.as_ref();
        own.is_some_and(|own| own == id || case.eq(own.text.as_bytes(), id.text.as_bytes()))
    }

    fn has_class(&self, name: &Name, case: CaseSensitivity) -> bool {
        let classes = &self.dom.names(self.id).classes;
        match case {
            CaseSensitivity::CaseSensitive => classes.contains(name),
            insensitive => {
                classes.iter().any(|class| insensitive.eq(class.text.as_bytes(), name.text.as_bytes()))
            }
        }
    }

    fn has_custom_state(&self, _name: &Name) -> bool {
        false
    }

    fn imported_part(&self, _name: &Name) -> Option<Name> {
        None
    }

    fn is_part(&self, _name: &Name) -> bool {
        false
    }

    fn is_empty(&self) -> bool {
        let document = self.dom.document;
        document.children(self.id).all(|child| {
            document.element(child).is_none() && document.text_of(child).is_none_or(str::is_empty)
        })
    }

    fn is_root(&self) -> bool {
        self.dom.document.parent(self.id) == Some(self.dom.document.root())
    }

    fn add_element_unique_hashes(&self, filter: &mut BloomFilter) -> bool {
        self.for_each_hash(|hash| filter.insert_hash(hash));
        true
    }
}
