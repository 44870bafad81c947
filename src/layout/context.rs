//! What all of a document's layout shares: the boxes, the paragraphs that are shaped already, sizes that were
//! computed before, and what is to be told.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::block;
use super::boxes::{BoxId, BoxTree, Kind, LayoutBox};
use super::fragment::Fragment;
use super::inline::{self, AtomBox, ContentSizes, Paragraph, Prepared, Surroundings, Typesetter};
use super::intrinsic;
use super::numbers::PageNumbers;
use super::sizing::Frame;
use super::space::{InlineSize, Space};
use crate::diag::Diagnostic;
use crate::style::computed::ContentItem;
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
    /// The page numbers of the layout before this one, for contents that quote them.
    pub numbers: PageNumbers,
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
    /// The heights of items that flex and grid measure, by width.
    pub heights: BTreeMap<(BoxId, u32), Px>,
    /// The heights and baselines of table cells, by width.
    pub cells: BTreeMap<(BoxId, u32), (Px, Px)>,
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
        Self { tree, boxes, typesetter, numbers: PageNumbers::default(), warnings: Vec::new(), memo }
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
        let prepared = Rc::new(typesetter.prepare(layout_box.node, children, self));
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
        let paragraph = self.paragraph_beside(id, inline::Measure { width, intrusion: None });
        self.memo.paragraphs[id.0 as usize] = Some((width, paragraph.clone()));
        paragraph
    }

    /// The lines of a box of lines beside floats.
    pub fn paragraph_beside(&mut self, id: BoxId, measure: inline::Measure) -> Rc<Paragraph> {
        let prepared = self.prepared(id);
        let typesetter = self.typesetter;
        prepared.layout(typesetter, measure, self)
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
        let baseline = fragment.last_baseline.unwrap_or(height + frame.margin.bottom);
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

    fn generated(&mut self, item: &ContentItem) -> Arc<str> {
        self.numbers.text(item)
    }
}
