//! From the styled tree to the box tree.

use std::sync::Arc;

use super::breaks::combined;
use super::{BoxId, BoxTree, Breaks, Kind, LayoutBox, Origin, is_absolute, is_float, is_footnote};
use crate::style::computed::{
    ColumnSpan, ComputedStyle, Display, LengthPercentage, ListPosition, Position, WhiteSpace,
};
use crate::style::{Content, Element, NodeId, Pseudo, StyledTree};

/// How deep boxes may nest. Deeper ones would overflow the stack, and no reader could tell them apart.
const DEPTH_LIMIT: usize = 96;

/// How deep columns may nest in columns: each level balances its content anew for every try of the one around
/// it.
const COLUMNS_LIMIT: usize = 2;

/// The box tree of a document.
pub(in crate::layout) fn build(tree: &StyledTree) -> BoxTree {
    let mut builder = Builder::new(tree);
    let root = builder.element(tree.root, 0);
    let mut notes = std::mem::take(&mut builder.notes);
    notes.sort_unstable_by_key(|note| builder.boxes[note.0 as usize].node);
    let style = anonymous_style(&tree.node(tree.root).style);
    let note_lines = builder.push(tree.root, style, Origin::Anonymous, Kind::Lines(Vec::new()));
    builder.page_names(root);
    builder.propagate_breaks();
    BoxTree {
        spanners: spanners(&builder.boxes),
        boxes: builder.boxes,
        root,
        fixed: builder.fixed,
        notes,
        note_lines,
        by_node: builder.by_node,
        too_deep: builder.too_deep,
    }
}

/// The box tree while it grows.
pub(super) struct Builder<'a> {
    pub(super) tree: &'a StyledTree,
    pub(super) boxes: Vec<LayoutBox>,
    fixed: Vec<BoxId>,
    notes: Vec<BoxId>,
    by_node: Vec<Option<BoxId>>,
    /// Whether a node makes its surroundings a block container: it, or something inline around it, is a block.
    block_inside: Vec<bool>,
    too_deep: Option<NodeId>,
    /// How many multi-column boxes are around the box that is being built.
    columns: usize,
}

impl<'a> Builder<'a> {
    fn new(tree: &'a StyledTree) -> Self {
        Self {
            tree,
            boxes: Vec::with_capacity(tree.nodes.len()),
            fixed: Vec::new(),
            notes: Vec::new(),
            by_node: vec![None; tree.nodes.len()],
            block_inside: block_inside(tree),
            too_deep: None,
            columns: 0,
        }
    }

    /// The box of an element, by its `display`, which is taken as a block's where it is an inline one.
    pub(super) fn element(&mut self, node: NodeId, depth: usize) -> BoxId {
        let style = self.tree.node(node).style.clone();
        let picture = self.tree.element(node).and_then(|element| element.picture.clone());
        let kind = match (picture, style.display) {
            (Some(picture), _) => Kind::Picture(picture),
            (None, Display::Flex | Display::InlineFlex) => Kind::Flex,
            (None, Display::Grid | Display::InlineGrid) => Kind::Grid,
            (None, Display::Table | Display::InlineTable) => return self.table(node, depth),
            _ if is_multicol(&style) && self.columns < COLUMNS_LIMIT => Kind::Columns,
            _ => Kind::Flow,
        };
        let id = self.push(node, style, Origin::Element, kind);
        self.by_node[node.0 as usize] = Some(id);
        match self.boxes[id.0 as usize].kind {
            Kind::Picture(_) => {}
            Kind::Flex | Kind::Grid => self.items(id, node, depth),
            Kind::Columns => {
                let style = self.boxes[id.0 as usize].style.clone();
                let flow = self.push(node, anonymous_style(&style), Origin::Anonymous, Kind::Flow);
                self.columns += 1;
                self.flow(flow, node, depth);
                self.columns -= 1;
                self.boxes[id.0 as usize].children.push(flow);
            }
            _ => self.flow(id, node, depth),
        }
        id
    }

    /// Adds a box without children.
    pub(super) fn push(
        &mut self,
        node: NodeId,
        style: Arc<ComputedStyle>,
        origin: Origin,
        kind: Kind,
    ) -> BoxId {
        let id = BoxId(self.boxes.len() as u32);
        let breaks = match origin {
            Origin::Element => Breaks {
                before: style.fragmentation.before,
                after: style.fragmentation.after,
                ..Breaks::default()
            },
            Origin::Anonymous => Breaks::default(),
        };
        self.boxes.push(LayoutBox { node, style, origin, kind, children: Vec::new(), marker: None, breaks });
        id
    }

    /// Remembers which box is a node's.
    pub(super) fn remember(&mut self, node: NodeId, id: BoxId) {
        self.by_node[node.0 as usize] = Some(id);
    }

    /// Adds a child to a box.
    pub(super) fn adopt(&mut self, parent: BoxId, child: BoxId) {
        self.boxes[parent.0 as usize].children.push(child);
    }

    /// Fills the block container of an element.
    fn flow(&mut self, id: BoxId, node: NodeId, depth: usize) {
        let mut children = self.children(node);
        if let Some(marker) = children.first().copied().filter(|&child| self.is_outside_marker(child)) {
            children.remove(0);
            let marker = self.element(marker, depth + 1);
            self.boxes[id.0 as usize].marker = Some(marker);
        }
        if depth >= DEPTH_LIMIT {
            self.too_deep.get_or_insert(node);
            let texts = self.texts(node);
            self.run(id, node, &texts, depth);
            return;
        }
        self.fill(id, node, &children, depth);
    }

    /// Fills a block container with some children of `node`: blocks as they are, runs of inline content in
    /// anonymous boxes.
    pub(super) fn fill(&mut self, id: BoxId, node: NodeId, children: &[NodeId], depth: usize) {
        let mut run = Vec::new();
        let mut children = children.iter().copied().peekable();
        while let Some(child) = children.next() {
            if self.is_table_part(child) {
                self.run(id, node, &run, depth);
                run.clear();
                let mut parts = vec![child];
                while let Some(next) =
                    children.next_if(|&next| self.is_table_part(next) || self.is_blank(&[next]))
                {
                    parts.push(next);
                }
                let table = self.stray_table(node, &parts, depth + 1);
                self.adopt(id, table);
                continue;
            }
            let leads = self.is_out_of_flow(child) && !self.is_footnote(child) && self.is_blank(&run);
            if self.is_block(child) || leads {
                self.run(id, node, &run, depth);
                run.clear();
                let child = self.element(child, depth + 1);
                self.adopt_flow(id, child);
            } else {
                run.push(child);
            }
        }
        self.run(id, node, &run, depth);
    }

    /// Fills a flex or grid container: every child is an item, in the order that `order` gives.
    fn items(&mut self, id: BoxId, node: NodeId, depth: usize) {
        let mut run = Vec::new();
        let children = self.children(node);
        for child in children.into_iter().map(Some).chain([None]) {
            if let Some(child) = child.filter(|&child| self.tree.element(child).is_none()) {
                run.push(child);
                continue;
            }
            if !self.is_blank(&run) {
                let style = anonymous_style(&self.tree.node(node).style);
                let item = self.push(node, style, Origin::Anonymous, Kind::Flow);
                self.run(item, node, &run, depth);
                self.adopt(id, item);
            }
            run.clear();
            if let Some(child) = child {
                let child = self.element(child, depth + 1);
                self.adopt_flow(id, child);
            }
        }
        let mut items = std::mem::take(&mut self.boxes[id.0 as usize].children);
        items.sort_by_key(|item| {
            let item = &self.boxes[item.0 as usize];
            if item.origin == Origin::Element { item.style.flex.order } else { 0 }
        });
        self.boxes[id.0 as usize].children = items;
    }

    /// Adds a block-level child; `position: fixed` goes to the pages instead.
    fn adopt_flow(&mut self, parent: BoxId, child: BoxId) {
        let style = &self.boxes[child.0 as usize].style;
        if style.position.scheme == Position::Fixed {
            self.fixed.push(child);
        } else {
            self.adopt(parent, child);
        }
    }

    /// Wraps a run of inline content with the floats and absolute boxes in it.
    fn run(&mut self, parent: BoxId, node: NodeId, run: &[NodeId], depth: usize) {
        if self.is_blank(run) {
            return;
        }
        let loose = self.loose_boxes(run, depth);
        for id in loose.elsewhere {
            self.adopt_flow(parent, id);
        }
        let mut style = self.tree.node(node).style.clone();
        let is_first = !self.boxes[parent.0 as usize]
            .children
            .iter()
            .any(|child| self.boxes[child.0 as usize].is_in_flow());
        // Only the first line of a block is indented (CSS Text 3, section 8.1).
        if !is_first && style.text.indent != LengthPercentage::ZERO {
            let text = &mut Arc::make_mut(&mut style).text;
            Arc::make_mut(text).indent = LengthPercentage::ZERO;
        }
        let lines = self.push(node, style, Origin::Anonymous, Kind::Lines(run.to_vec()));
        self.boxes[lines.0 as usize].children = loose.here;
        self.adopt(parent, lines);
    }

    /// Makes the boxes in inline content that are no text; atoms are found by their node when the lines are set.
    fn loose_boxes(&mut self, run: &[NodeId], depth: usize) -> Loose {
        let mut loose = Loose::default();
        let mut stack: Vec<NodeId> = run.iter().rev().copied().collect();
        while let Some(node) = stack.pop() {
            let Some(element) = self.tree.element(node) else { continue };
            let style = &self.tree.node(node).style;
            let is_out = is_out_of_flow(style);
            if is_out || element.picture.is_some() || style.display.is_atomic_inline() {
                let is_here = style.position.scheme == Position::Absolute
                    || (is_float(style) && !is_absolute(style) && style.position.running.is_none());
                let is_note = is_footnote(style);
                let id = self.element(node, depth + 1);
                match (is_out, is_here) {
                    _ if is_note => self.notes.push(id),
                    (true, true) => loose.here.push(id),
                    (true, false) => loose.elsewhere.push(id),
                    _ => {}
                }
            } else {
                stack.extend(self.tree.node(node).children.iter().rev());
            }
        }
        loose
    }

    /// The children of a node, with those of `display: contents` in their place.
    pub(super) fn children(&self, node: NodeId) -> Vec<NodeId> {
        let mut children = Vec::with_capacity(self.tree.node(node).children.len());
        let mut stack: Vec<NodeId> = self.tree.node(node).children.iter().rev().copied().collect();
        while let Some(child) = stack.pop() {
            let of = self.tree.node(child);
            if self.tree.element(child).is_some() && of.style.display == Display::Contents {
                stack.extend(of.children.iter().rev());
            } else {
                children.push(child);
            }
        }
        children
    }

    /// The texts and pictures below a node, in order.
    fn texts(&self, node: NodeId) -> Vec<NodeId> {
        let mut texts = Vec::new();
        let mut stack: Vec<NodeId> = self.tree.node(node).children.iter().rev().copied().collect();
        while let Some(at) = stack.pop() {
            match &self.tree.node(at).content {
                Content::Element(element) if element.picture.is_none() => {
                    stack.extend(self.tree.node(at).children.iter().rev());
                }
                _ => texts.push(at),
            }
        }
        texts
    }

    fn is_block(&self, node: NodeId) -> bool {
        self.block_inside[node.0 as usize]
    }

    /// Whether a node is a part of a table, to be wrapped in one where it stands in none.
    fn is_table_part(&self, node: NodeId) -> bool {
        let of = self.tree.node(node);
        self.tree.element(node).is_some_and(|element| element.picture.is_none())
            && !is_out_of_flow(&of.style)
            && matches!(
                of.style.display,
                Display::TableCell
                    | Display::TableRow
                    | Display::TableRowGroup
                    | Display::TableHeaderGroup
                    | Display::TableFooterGroup
                    | Display::TableColumn
                    | Display::TableColumnGroup
            )
    }

    fn is_out_of_flow(&self, node: NodeId) -> bool {
        self.tree.element(node).is_some() && is_out_of_flow(&self.tree.node(node).style)
    }

    fn is_footnote(&self, node: NodeId) -> bool {
        self.tree.element(node).is_some() && is_footnote(&self.tree.node(node).style)
    }

    fn is_outside_marker(&self, node: NodeId) -> bool {
        let of = self.tree.node(node);
        let marks =
            |element: &Element| matches!(element.pseudo, Some(Pseudo::Marker | Pseudo::FootnoteMarker));
        self.tree.element(node).is_some_and(marks) && of.style.list.position == ListPosition::Outside
    }

    /// Whether a run is nothing but white space that collapses.
    pub(super) fn is_blank(&self, run: &[NodeId]) -> bool {
        run.iter().all(|&node| match &self.tree.node(node).content {
            Content::Text(text) => match self.tree.node(node).style.text.white_space {
                WhiteSpace::Normal | WhiteSpace::Nowrap => {
                    text.chars().all(|char| char.is_ascii_whitespace())
                }
                WhiteSpace::PreLine => {
                    text.chars().all(|char| char.is_ascii_whitespace()) && !text.contains('\n')
                }
                WhiteSpace::Pre | WhiteSpace::PreWrap => text.is_empty(),
            },
            _ => false,
        })
    }

    /// Gives each box the name of its page: its own `page`, or its parent's.
    fn page_names(&mut self, root: BoxId) {
        let mut stack = vec![(root, None)];
        while let Some((id, inherited)) = stack.pop() {
            let layout_box = &mut self.boxes[id.0 as usize];
            let own = match layout_box.origin {
                Origin::Element => layout_box.style.fragmentation.page.clone(),
                Origin::Anonymous => None,
            };
            let name: Option<Arc<str>> = own.or(inherited);
            layout_box.breaks.start_page = name.clone();
            layout_box.breaks.end_page = name.clone();
            stack.extend(layout_box.children.iter().map(|&child| (child, name.clone())));
        }
    }

    /// Takes over the breaks of first and last children, deepest first: a child has a larger id than its
    /// parent.
    fn propagate_breaks(&mut self) {
        for index in (0..self.boxes.len()).rev() {
            if !matches!(self.boxes[index].kind, Kind::Flow | Kind::Columns | Kind::Captioned) {
                continue;
            }
            let in_flow = |id: &&BoxId| self.boxes[id.0 as usize].is_in_flow();
            let first = self.boxes[index].children.iter().find(in_flow).copied();
            let last = self.boxes[index].children.iter().rev().find(in_flow).copied();
            if let (Some(first), Some(last)) = (first, last) {
                let first = self.boxes[first.0 as usize].breaks.clone();
                let last = self.boxes[last.0 as usize].breaks.clone();
                let own = &mut self.boxes[index].breaks;
                own.before = combined(own.before, first.before);
                own.after = combined(last.after, own.after);
                own.start_page = first.start_page;
                own.end_page = last.end_page;
            }
        }
    }
}

/// The boxes with `column-span: all` in the block formatting context of a multi-column box.
fn spanners(boxes: &[LayoutBox]) -> Vec<BoxId> {
    let mut found = Vec::new();
    let containers = boxes.iter().filter(|layout_box| matches!(layout_box.kind, Kind::Columns));
    let mut stack: Vec<BoxId> = containers
        .flat_map(|container| &container.children)
        .flat_map(|flow| &boxes[flow.0 as usize].children)
        .copied()
        .collect();
    while let Some(id) = stack.pop() {
        let layout_box = &boxes[id.0 as usize];
        let is_element = layout_box.origin == Origin::Element;
        if !layout_box.is_in_flow() {
            continue;
        }
        if is_element && layout_box.style.fragmentation.column_span == ColumnSpan::All {
            found.push(id);
        } else if matches!(layout_box.kind, Kind::Flow) && !layout_box.is_formatting_context() {
            stack.extend(&layout_box.children);
        }
    }
    found.sort_unstable();
    found
}

/// The boxes in inline content that are out of flow.
#[derive(Default)]
struct Loose {
    /// Running elements and fixed boxes: they go before the lines.
    elsewhere: Vec<BoxId>,
    /// Floats, and absolute boxes: they have a place in the lines.
    here: Vec<BoxId>,
}

/// Inherited values only.
pub(super) fn anonymous_style(parent: &ComputedStyle) -> Arc<ComputedStyle> {
    Arc::new(ComputedStyle {
        font: parent.font.clone(),
        text: parent.text.clone(),
        list: parent.list.clone(),
        table: parent.table.clone(),
        display: Display::Block,
        ..ComputedStyle::default()
    })
}

fn is_out_of_flow(style: &ComputedStyle) -> bool {
    is_absolute(style) || is_float(style) || is_footnote(style) || style.position.running.is_some()
}

fn is_multicol(style: &ComputedStyle) -> bool {
    let fragmentation = &style.fragmentation;
    fragmentation.column_count.is_some_and(|count| count > 0) || fragmentation.column_width.is_some()
}

/// For each node, whether its parent must be a block container for its sake. Children come after their
/// parents, so one walk backwards is enough.
fn block_inside(tree: &StyledTree) -> Vec<bool> {
    let mut inside = vec![false; tree.nodes.len()];
    for index in (0..tree.nodes.len()).rev() {
        let node = &tree.nodes[index];
        let Content::Element(element) = &node.content else { continue };
        let style = &node.style;
        if is_out_of_flow(style) {
            continue;
        }
        inside[index] = match style.display {
            Display::Inline | Display::Contents => {
                element.picture.is_none() && node.children.iter().any(|child| inside[child.0 as usize])
            }
            display => !display.is_atomic_inline(),
        };
    }
    inside
}
