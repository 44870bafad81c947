//! Blocks: the styled tree's boxes become paragraphs and tables, in document order.

use std::sync::Arc;

use super::Writer;
use super::caption::Sequences;
use super::contents::{is_contents, make_field, role_in};
use super::frame::{Decoration, Frame};
use super::look::{Rgb, Rule};
use super::model::{Block, Css, Paragraph, Role};
use super::numbering::{ListPlace, ListScope};
use super::substitution::Lost;
use crate::style::computed::{Break, BreakInside, ComputedStyle, Display, Float, Position};
use crate::style::{Content, Element, NodeId, Pseudo};
use crate::units::{Px, Twips};

/// Where a block stands.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// How wide its column is.
    pub width: Px,
    /// From the left side of the page's column or the cell.
    pub left: Px,
    /// From the right side.
    pub right: Px,
    /// The colour behind it.
    pub under: Rgb,
    /// The class of the nearest element around it that has one.
    pub context: Option<Arc<str>>,
    /// What unnamed text in it is.
    pub role: Role,
    /// The list that it is in.
    pub list: Option<ListPlace>,
    /// What it is the column of.
    pub within: Within,
    /// What the looks of what is in it come from.
    pub css: Css,
}

/// What writing changes that must not be done twice.
struct Progress {
    bookmarks: usize,
    sequences: Sequences,
    waiting: Vec<Arc<str>>,
    pending: Option<ListPlace>,
}

/// What a column is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// A page.
    Page,
    /// A cell of a table.
    Cell,
}

impl Column {
    /// The column of a page.
    pub fn new(width: Px, under: Rgb) -> Self {
        Self {
            width,
            left: Px::ZERO,
            right: Px::ZERO,
            under,
            context: None,
            role: Role::Text,
            list: None,
            within: Within::Page,
            css: Css::Rules,
        }
    }

    /// The column of a cell.
    pub fn cell(width: Px, under: Rgb) -> Self {
        Self { within: Within::Cell, ..Self::new(width, under) }
    }

    /// The column inside a box.
    #[must_use]
    pub fn inside(&self, frame: &Frame) -> Self {
        Self {
            width: frame.width,
            left: self.left + frame.left(),
            right: self.right + frame.right(),
            ..self.clone()
        }
    }
}

impl Writer<'_> {
    /// The blocks of what is in `parent`.
    pub(super) fn blocks(&mut self, parent: NodeId, column: &Column) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut inline = Vec::new();
        for child in self.children(parent) {
            if self.is_inline(child) {
                inline.push(child);
                continue;
            }
            blocks.extend(self.anonymous(parent, &std::mem::take(&mut inline), column));
            let own = self.block(child, column);
            if !own.is_empty() && self.stays_with_previous(child) {
                blocks.last_mut().and_then(Block::paragraph).into_iter().for_each(Paragraph::keep_with_next);
            }
            blocks.extend(own);
        }
        blocks.extend(self.anonymous(parent, &inline, column));
        blocks
    }

    /// Whether no page may begin with a block, `break-before: avoid`, which is said of blocks in the flow (CSS Fragmentation 4,
    /// section 3.1): a table that floats may go to the top of the next page.
    fn stays_with_previous(&self, node: NodeId) -> bool {
        let style = &self.tree.node(node).style;
        style.position.float == Float::None
            && matches!(style.fragmentation.before, Break::Avoid | Break::AvoidPage)
    }

    /// The children of a node, those of `display: contents` in its place.
    pub(super) fn children(&self, parent: NodeId) -> Vec<NodeId> {
        let mut children = Vec::new();
        let own = self.tree.node(parent).children.iter();
        for child in own.filter(|child| !self.lifted.contains(child)) {
            let contents = self.tree.node(*child).style.display == Display::Contents
                && self.tree.element(*child).is_some_and(|element| element.picture.is_none());
            if contents {
                children.extend(self.children(*child));
            } else {
                children.push(*child);
            }
        }
        children
    }

    /// Whether a node is part of a line: text, and inline boxes without a block in them.
    pub(super) fn is_inline(&self, node: NodeId) -> bool {
        let Content::Element(element) = &self.tree.node(node).content else { return true };
        if element.pseudo == Some(Pseudo::Marker) || self.is_footnote(node) {
            return true;
        }
        let style = &self.tree.node(node).style;
        let lifted = matches!(style.position.scheme, Position::Absolute | Position::Fixed)
            || matches!(style.position.float, Float::Left | Float::Right);
        if !style.display.is_in_line() && !lifted {
            return false;
        }
        if lifted && (!style.display.is_in_line() || element.picture.is_some()) && element.pseudo.is_none() {
            return false;
        }
        element.picture.is_some() || self.has_only_inlines(node)
    }

    /// Whether everything in a node is part of a line.
    pub(super) fn has_only_inlines(&self, node: NodeId) -> bool {
        self.children(node).iter().all(|child| self.is_inline(*child))
    }

    /// One block-level element.
    pub(super) fn block(&mut self, node: NodeId, column: &Column) -> Vec<Block> {
        let tree = self.tree;
        let Some(element) = tree.element(node) else { return Vec::new() };
        let style = &tree.node(node).style;
        if style.position.running.is_some() {
            return Vec::new();
        }
        if let Some(id) = &element.id {
            self.waiting.push(id.clone());
        }
        self.note_lost_field(node, element);
        let floats = !matches!(column.role, Role::Contents(_));
        let beside = self.floated(node, column).or_else(|| floats.then(|| self.placed(node, column))?);
        let is_float = matches!(style.position.float, Float::Left | Float::Right);
        if is_float && element.pseudo.is_none() {
            self.lost.note(if beside.is_some() { Lost::Frame } else { Lost::Float }, node);
        } else if beside.is_some() {
            self.lost.carried(Lost::Positioned, node);
        }
        let column = beside.as_ref().map_or(column, |beside| &beside.column);
        let mut blocks = if element.picture.is_some() {
            self.leaf(node, &[node], column)
        } else if &*element.tag == "hr" {
            self.rule(node, column)
        } else {
            match style.display {
                Display::Table | Display::InlineTable => self.table(node, column),
                Display::Grid | Display::InlineGrid | Display::Flex | Display::InlineFlex => {
                    self.arrangement(node, column)
                }
                _ if let Some(label) = self.large_label(node) => self.labelled(node, label, column),
                _ if self.has_only_inlines(node) || self.has_label(node) => {
                    self.leaf(node, &self.children(node), column)
                }
                _ => self.container(node, column),
            }
        };
        if is_contents(element) {
            make_field(&mut blocks);
        }
        fragment(style, &mut blocks);
        if let Some(beside) = beside {
            beside.put(&mut blocks);
        }
        blocks
    }

    /// Blocks in a box: as they are, indented; or with the box's borders where paragraphs can carry them; or in
    /// a table of one cell.
    fn container(&mut self, node: NodeId, column: &Column) -> Vec<Block> {
        let tree = self.tree;
        let style = tree.node(node).style.clone();
        let Some(element) = tree.element(node) else { return Vec::new() };
        let frame = Frame::of(&style, column.width);
        let decoration = Decoration::of(&style, column.under);
        let inside = self.within(node, element, &column.inside(&frame));
        let mut blocks = match (decoration.background, decoration.sides()) {
            (None, [false, false, false, false]) => match self.rail(node) {
                Some(rail) => {
                    let (left, width) = (inside.left - frame.padding.left, inside.width + frame.padding.left);
                    self.along(&rail, &Column { left, width, ..inside })
                }
                None => self.in_columns(node, &style, &inside),
            },
            (None, [false, false, false, true]) if !self.tables.contains(&node) => {
                let before = self.progress();
                let mut blocks = self.blocks(node, &inside);
                if blocks
                    .iter_mut()
                    .any(|block| block.paragraph().is_none_or(|paragraph| paragraph.look.is_decorated()))
                {
                    return self.boxed_after_all(node, before, column);
                }
                let borders = decoration.around(frame.padding);
                blocks.iter_mut().filter_map(Block::paragraph).for_each(|paragraph| {
                    paragraph.look.borders.left = borders.left;
                    paragraph.painted = Some(node);
                });
                blocks
            }
            (None, [top, false, bottom, false]) if !self.tables.contains(&node) => {
                let before = self.progress();
                let mut blocks = self.blocks(node, &inside);
                let line = |rule: Option<Rule>, space: Px| {
                    rule.map(|rule| Rule { space: Rule::padding(Rgb::WHITE, space).space, ..rule })
                };
                let (above, below) = (
                    line(decoration.borders.top, frame.padding.top),
                    line(decoration.borders.bottom, frame.padding.bottom),
                );
                // The line goes along the whole box.
                let along = Column {
                    left: inside.left - frame.padding.left,
                    right: inside.right - frame.padding.right,
                    ..inside.clone()
                };
                if !self.edge(&mut blocks, (top.then_some(above).flatten(), below), &along, &style) {
                    return self.boxed_after_all(node, before, column);
                }
                for paragraph in blocks.iter_mut().filter_map(Block::paragraph) {
                    paragraph.painted.get_or_insert(node);
                }
                let padding = crate::geom::Edges {
                    top: if top { Px::ZERO } else { frame.padding.top },
                    bottom: if bottom { Px::ZERO } else { frame.padding.bottom },
                    ..frame.padding
                };
                spread(&Frame { padding, border: Default::default(), ..frame }, &mut blocks);
                return blocks;
            }
            _ => return self.boxed(node, column).into_iter().collect(),
        };
        spread(&frame, &mut blocks);
        blocks
    }

    /// Where the writer is, so that it can go back.
    fn progress(&self) -> Progress {
        Progress {
            bookmarks: self.anchors.count(),
            sequences: self.sequences.clone(),
            waiting: self.waiting.clone(),
            pending: self.pending.clone(),
        }
    }

    /// A box whose paragraphs turned out not to carry its lines, written again as a table. It is one at once where
    /// the box around it is written again.
    fn boxed_after_all(&mut self, node: NodeId, before: Progress, column: &Column) -> Vec<Block> {
        self.tables.insert(node);
        self.anchors.take_back(before.bookmarks);
        (self.sequences, self.waiting, self.pending) = (before.sequences, before.waiting, before.pending);
        self.boxed(node, column).into_iter().collect()
    }

    /// Gives the first block the line above a box and the last one the line below; says whether it could.
    pub(super) fn edge(
        &mut self,
        blocks: &mut Vec<Block>,
        (above, below): (Option<Rule>, Option<Rule>),
        column: &Column,
        style: &ComputedStyle,
    ) -> bool {
        let plain =
            |block: &mut Block| block.paragraph().is_some_and(|paragraph| !paragraph.look.is_decorated());
        if below.is_some() && !blocks.last_mut().is_some_and(plain) {
            return false;
        }
        if let Some(rule) = above {
            let near = |side: Twips, edge: Px| (side.0 - Twips::from(edge).0).abs() < 15;
            let same = blocks.first_mut().and_then(Block::paragraph).filter(|first| {
                !first.look.is_decorated()
                    && first.place.frame.is_none()
                    && near(first.look.left, column.left)
                    && near(first.look.right, column.right)
            });
            match same {
                Some(first) => first.look.borders.top = Some(rule),
                None => {
                    let Some(line) = self.spacer(column, style, Twips::from(Px(rule.space as f32 / 0.75)))
                    else {
                        return false;
                    };
                    let mut line = line;
                    line.look.borders.top = Some(Rule { space: 0, ..rule });
                    line.look.keep_next = true;
                    line.kind.role = Role::Rule;
                    blocks.insert(0, Block::Paragraph(Box::new(line)));
                }
            }
        }
        if let (Some(rule), Some(last)) = (below, blocks.last_mut().and_then(Block::paragraph)) {
            last.look.borders.bottom = Some(rule);
        }
        true
    }

    /// The column inside an element, with what it says of the text in it.
    pub(super) fn within(&mut self, node: NodeId, element: &Element, column: &Column) -> Column {
        let mut inside = column.clone();
        if let Some(class) = element.classes.first() {
            inside.context = Some(class.clone());
        }
        if element.attribute("style").is_some() {
            inside.css = Css::Inline;
        }
        inside.role = role_in(element, column.role);
        match &*element.tag {
            "blockquote" => {
                inside.role = Role::Quote;
                // One without a class is a quotation like any other, wherever it stands.
                inside.context = element.classes.first().cloned();
            }
            "figcaption" | "caption" => inside.role = Role::Caption,
            "section" | "div" | "aside" | "ol" if element.has_class("footnotes") => {
                inside.role = Role::Footnote
            }
            "dd" => inside.role = Role::Definition,
            _ => {}
        }
        match self.list(node, column) {
            ListScope::None => {}
            ListScope::Unmarked => inside.list = None,
            ListScope::Marked(place) => inside.list = Some(place),
        }
        if self.tree.node(node).style.display == Display::ListItem {
            self.marker(node, &inside);
        }
        inside
    }
}

/// Margins and padding of a box that is not painted go to its first and last block: margins collapse into theirs
/// unless padding is between (CSS 2, section 8.3.1).
pub(super) fn spread(frame: &Frame, blocks: &mut [Block]) {
    let collapse = |own: &mut Twips, margin: Px, padding: Px| {
        *own = if padding.0 > 0.0 { *own + padding + margin } else { (*own).max(Twips::from(margin)) };
    };
    if let Some(first) = blocks.iter_mut().find(|block| !block.is_beside()) {
        if let Block::Table(table) = first
            && frame.margin.top < Px::ZERO
        {
            table.before = table.before + frame.margin.top;
        }
        collapse(first.before(), frame.margin.top, frame.padding.top + frame.border.top);
    }
    if let Some(last) = blocks.last_mut() {
        collapse(last.after(), frame.margin.bottom, frame.padding.bottom + frame.border.bottom);
    }
}

impl std::ops::Add<Px> for Twips {
    type Output = Self;
    fn add(self, px: Px) -> Self {
        Self(self.0 + Self::from(px).0)
    }
}

/// `break-before`, `break-after` and `break-inside` of a box, for the blocks that it became.
fn fragment(style: &ComputedStyle, blocks: &mut [Block]) {
    let forced = |side: Break| {
        matches!(side, Break::Page | Break::Always | Break::Left | Break::Right | Break::Recto | Break::Verso)
    };
    if forced(style.fragmentation.before) {
        match blocks.iter_mut().find(|block| !block.is_beside()) {
            Some(Block::Paragraph(first)) => first.look.page_break_before = true,
            Some(Block::Table(first)) => first.page_break_before = true,
            None => {}
        }
    }
    let together = !matches!(style.fragmentation.inside, BreakInside::Auto) && blocks.len() <= 12;
    let last = blocks.len().saturating_sub(1);
    for (index, block) in blocks.iter_mut().enumerate().filter(|_| together) {
        keep_together(block, index < last);
    }
    if matches!(style.fragmentation.after, Break::Avoid | Break::AvoidPage)
        && let Some(last) = blocks.last_mut().and_then(Block::paragraph)
    {
        last.look.keep_next = true;
    }
}

/// More rows than this are on no page together: Word would begin a new page for them, and break them there all the same.
const MOST_ROWS: usize = 24;

/// Keeps a block on one page, and on that of the next where `next` says so. Word keeps a row with the next by the
/// paragraphs in it (17.3.1.15).
fn keep_together(block: &mut Block, next: bool) {
    match block {
        Block::Paragraph(paragraph) => {
            paragraph.look.keep_lines = true;
            paragraph.look.keep_next |= next;
        }
        Block::Table(table) => {
            let last = table.rows.len().saturating_sub(1);
            let fits = last < MOST_ROWS;
            for (index, row) in table.rows.iter_mut().enumerate() {
                row.unbroken = true;
                let with_next = if fits { next || index < last } else { row.header };
                let blocks = row.cells.iter_mut().flat_map(|cell| &mut cell.blocks);
                blocks.for_each(|block| keep_together(block, with_next));
            }
        }
    }
}
