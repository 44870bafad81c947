//! What all of a document's layout shares: the boxes, the paragraphs that are shaped already, sizes that were
//! computed before, and what is to be told.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::block;
use super::boxes::{BoxId, BoxTree, Kind, LayoutBox};
use super::fragment::Fragment;
use super::inline::{self, AtomBox, ContentSizes, Paragraph, Prepared, Surroundings, Typesetter};
use super::intrinsic::{self, Measured};
use super::numbers::{Numbering, PageNumbers, Quoted};
use super::sizing::Frame;
use super::space::{InlineSize, Space};
use crate::diag::Diagnostic;
use crate::style::computed::{ContentItem, Overflow};
use crate::style::{NodeId, StyledTree};
use crate::units::Px;

/// The state of one document's layout.
pub(super) struct Context<'a> {
    /// The document.
    pub tree: &'a StyledTree,
    /// Its boxes.
    pub boxes: &'a BoxTree,
    /// What sets its paragraphs.
    pub typesetter: &'a Typesetter<'a>,
    /// How its pages are counted.
    pub numbering: Numbering,
    /// The page numbers of the layout before this one, for text that quotes them.
    pub numbers: PageNumbers,
    /// What was quoted of them.
    pub quoted: Quoted,
    /// What is to be told.
    pub warnings: Vec<Diagnostic>,
    /// What was computed before, by box.
    pub memo: Memo,
}

/// What was computed before, by box.
#[derive(Default)]
pub(super) struct Memo {
    prepared: Vec<Option<Rc<Prepared>>>,
    paragraphs: Vec<Option<(Px, Rc<Paragraph>)>>,
    /// Content sizes of the content box.
    pub sizes: Vec<Option<ContentSizes>>,
    /// Collapsed margins, for a width of the containing block.
    pub margins: Vec<Option<(Px, block::margins::Collapsed)>>,
    /// Atoms, set for a width of their containing block.
    atoms: BTreeMap<(BoxId, u32), (Fragment, AtomBox)>,
    /// What the content of items and cells asks for, by their width and their containing block's.
    pub measured: BTreeMap<(BoxId, u32, u32), Measured>,
}

impl<'a> Context<'a> {
    /// For one document.
    pub fn new(tree: &'a StyledTree, boxes: &'a BoxTree, typesetter: &'a Typesetter<'a>) -> Self {
        let count = boxes.len();
        let memo = Memo {
            prepared: vec![None; count],
            paragraphs: vec![None; count],
            sizes: vec![None; count],
            margins: vec![None; count],
            ..Memo::default()
        };
        Self {
            tree,
            boxes,
            typesetter,
            numbering: Numbering::default(),
            numbers: PageNumbers::guessed(Numbering::default()),
            quoted: Quoted::default(),
            warnings: Vec::new(),
            memo,
        }
    }

    /// The same, with its pages counted so.
    pub fn counted(self, numbering: Numbering) -> Self {
        Self { numbering, numbers: PageNumbers::guessed(numbering), ..self }
    }

    /// For another layout of the same document, with these page numbers. Text that quotes none is not shaped anew.
    pub fn again(self, numbers: PageNumbers) -> Self {
        let mut prepared = self.memo.prepared;
        for id in self.quoted.boxes {
            prepared[id.0 as usize] = None;
        }
        let fresh = Self::new(self.tree, self.boxes, self.typesetter).counted(self.numbering);
        Self { numbers, memo: Memo { prepared, ..fresh.memo }, ..fresh }
    }

    /// Forgets what was computed of a box and of all in it, if any of that quoted a page.
    pub fn forget(&mut self, id: BoxId) {
        let mut last = self.boxes.get(id).node;
        let first = last;
        while let Some(&child) = self.tree.node(last).children.last() {
            last = child;
        }
        // Both trees are numbered in document order.
        let is_inside = |of: &BoxId| (first..=last).contains(&self.boxes.get(*of).node);
        if !self.quoted.boxes.iter().any(is_inside) {
            return;
        }
        let inside = (id.0..self.boxes.len() as u32).map(BoxId).take_while(is_inside);
        for of in inside {
            let at = of.0 as usize;
            (self.memo.prepared[at], self.memo.paragraphs[at]) = (None, None);
            (self.memo.sizes[at], self.memo.margins[at]) = (None, None);
        }
        self.memo.atoms.clear();
        self.memo.measured.clear();
    }

    /// The box with this id.
    pub fn layout_box(&self, id: BoxId) -> &'a LayoutBox {
        self.boxes.get(id)
    }

    /// The shaped inline content of a box of lines.
    pub fn prepared(&mut self, id: BoxId) -> Rc<Prepared> {
        if let Some(prepared) = &self.memo.prepared[id.0 as usize] {
            return prepared.clone();
        }
        let layout_box = self.boxes.get(id);
        let children: &[NodeId] = match &layout_box.kind {
            Kind::Lines(children) => children,
            _ => &[],
        };
        let typesetter = self.typesetter;
        let quoted = self.quoted.len();
        let prepared = Rc::new(typesetter.prepare_run(layout_box.node, &layout_box.style, children, self));
        if self.quoted.len() > quoted {
            self.quoted.boxes.push(id);
        }
        self.memo.prepared[id.0 as usize] = Some(prepared.clone());
        prepared
    }

    /// The lines of a box of lines at a width, without floats beside it.
    pub fn paragraph(&mut self, id: BoxId, width: Px) -> Rc<Paragraph> {
        if let Some((_, paragraph)) =
            self.memo.paragraphs[id.0 as usize].as_ref().filter(|(set_for, _)| *set_for == width)
        {
            return paragraph.clone();
        }
        let prepared = self.prepared(id);
        let typesetter = self.typesetter;
        let paragraph = prepared.layout(typesetter, width, self);
        self.memo.paragraphs[id.0 as usize] = Some((width, paragraph.clone()));
        paragraph
    }

    /// An inline-level box in a line, its fragment at its border box's place in the margin box.
    pub fn atom_fragment(&mut self, id: BoxId, width: Px) -> (Fragment, AtomBox) {
        let key = (id, width.0.to_bits());
        if let Some(known) = self.memo.atoms.get(&key) {
            return known.clone();
        }
        let frame = Frame::of(&self.boxes.get(id).style, width);
        let space = Space::endless(width, InlineSize::Fit);
        let fragment = block::independent(self, id, &space);
        let height = fragment.height();
        // What cuts off its content has no baseline of its own (CSS 2, 10.8.1).
        let layout_box = self.boxes.get(id);
        let is_cut =
            matches!(layout_box.kind, Kind::Flow) && layout_box.style.boxes.overflow != Overflow::Visible;
        let own = fragment.last_baseline.filter(|_| !is_cut);
        let baseline = own.unwrap_or(height + frame.margin.bottom);
        let atom = AtomBox {
            width: fragment.rect.size.width + frame.margin.horizontal(),
            height: height + frame.margin.vertical(),
            baseline: frame.margin.top + baseline,
        };
        let fragment = fragment.placed(crate::geom::Point::new(frame.margin.left, frame.margin.top));
        self.memo.atoms.insert(key, (fragment.clone(), atom));
        (fragment, atom)
    }

    /// Adds a warning, once.
    pub fn warn(&mut self, warning: Diagnostic) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }
}

impl Surroundings for Context<'_> {
    fn atom(&mut self, node: NodeId, room: inline::Room) -> AtomBox {
        let Some(id) = self.boxes.of_node(node) else { return AtomBox::default() };
        let width = match room {
            inline::Room::Width(width) => return self.atom_fragment(id, width).1,
            inline::Room::MinContent => intrinsic::contribution(self, id).min,
            inline::Room::MaxContent => intrinsic::contribution(self, id).max,
        };
        AtomBox { width, ..AtomBox::default() }
    }

    fn generated(&mut self, node: NodeId, item: &ContentItem) -> Arc<str> {
        let text = self.numbers.text(Some(node), item);
        self.quoted.add(node, item, &text);
        text
    }
}
