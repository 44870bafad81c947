//! Paragraphs: a box with nothing but lines in it, rules, and what is only distance.

use super::Writer;
use super::flow::Column;
use super::frame::{Decoration, Frame};
use super::inline::Line;
use super::look::{Align, LineRule, ParagraphLook, Place, Rgb, Rule, TabStop};
use super::model::{Block, Css, Kind, Paragraph, Role, Whose};
use crate::style::computed::{ComputedStyle, Display, Hyphens, Sizing, TextWrap};
use crate::style::{Element, NodeId};
use crate::units::{Px, Twips};

/// Padding beyond this cannot be the distance of a paragraph's border: 31 points.
const MOST_BORDER_SPACE: Px = Px(41.5);

impl Writer<'_> {
    /// Text that stands between blocks.
    pub(super) fn anonymous(&mut self, parent: NodeId, nodes: &[NodeId], column: &Column) -> Option<Block> {
        if nodes.is_empty() {
            return None;
        }
        let style = self.tree.node(parent).style.clone();
        let element = self.tree.element(parent)?;
        let mut look = self.paragraph_look(&style, column);
        (look.before, look.after, look.page_break_before) = (Twips(0), Twips(0), false);
        let kind = self.kind(element, column);
        self.paragraph(element, nodes, (kind, look), column)
    }

    /// A box with nothing but lines in it: one paragraph, with the box's borders and background.
    pub(super) fn leaf(&mut self, node: NodeId, nodes: &[NodeId], column: &Column) -> Vec<Block> {
        let tree = self.tree;
        let style = tree.node(node).style.clone();
        let Some(element) = tree.element(node) else { return Vec::new() };
        let own = [node];
        let nodes = if self.is_filled_in(node) { &own } else { nodes };
        let frame = if element.picture.is_some() {
            Frame {
                padding: Default::default(),
                border: Default::default(),
                ..Frame::of(&style, column.width)
            }
        } else {
            Frame::of(&style, column.width)
        };
        let decoration = Decoration::of(&style, column.under);
        let wide = |side: Px| side > MOST_BORDER_SPACE;
        let padding = frame.padding;
        let visible = !decoration.is_none() && element.picture.is_none();
        if visible && [padding.top, padding.right, padding.bottom, padding.left].into_iter().any(wide) {
            return self.boxed(node, column).into_iter().collect();
        }
        let outer = column;
        let mut column = column.inside(&frame);
        if element.picture.is_some() {
            column = outer.clone();
        }
        let mut look = self.paragraph_look(&style, &column);
        look.before = Twips::from(frame.margin.top);
        look.after = Twips::from(frame.margin.bottom);
        if visible {
            look.borders = decoration.around(padding);
            look.shading = decoration.background;
            column.under = decoration.background.unwrap_or(column.under);
        } else {
            look.before = Twips::from(frame.margin.top + padding.top);
            look.after = Twips::from(frame.margin.bottom + padding.bottom);
        }
        if style.display == Display::ListItem {
            self.marker(node, &column);
        }
        let kind = self.kind(element, &column);
        self.balance(nodes, &kind, (&style, column.width), &mut look);
        if let Some(initial) = self.initial(nodes, &style, &column) {
            let letter = self.initial_paragraph(&initial, (&look, &style), &column);
            let rest: Vec<NodeId> = nodes.iter().copied().filter(|node| !initial.is(*node)).collect();
            return letter.into_iter().chain(self.paragraph(element, &rest, (kind, look), &column)).collect();
        }
        let mut block = self.paragraph(element, nodes, (kind, look), &column);
        if let Some(paragraph) = block.as_mut().and_then(Block::paragraph).filter(|_| visible) {
            paragraph.painted = Some(node);
        }
        let empty = block.is_none();
        let block = block.or_else(|| empty.then(|| self.bar(&style, &frame, outer)).flatten());
        block.into_iter().collect()
    }

    /// Makes the lines of the title and the subtitle about equally long where the layout does: Word has no word for it,
    /// so that they have an indent. Each is the only one of its style.
    fn balance(
        &self,
        nodes: &[NodeId],
        kind: &Kind,
        (style, width): (&ComputedStyle, Px),
        look: &mut ParagraphLook,
    ) {
        let is_subtitle = kind.classes.first().is_some_and(|class| &**class == "subtitle");
        let is_title = kind.role == Role::Heading(1) && self.titles == 1;
        if !(is_title || is_subtitle) || style.text.wrap != TextWrap::Balance {
            return;
        }
        let Some(balanced) = self.balanced(nodes, width) else { return };
        let rest = Twips::from(width - balanced);
        match look.align {
            Align::Left | Align::Both => look.right = look.right + (width - balanced),
            Align::Right => look.left = look.left + (width - balanced),
            Align::Center => {
                look.left.0 += rest.0 / 2;
                look.right.0 += rest.0 / 2;
            }
        }
    }

    /// What a paragraph of this element is.
    pub(super) fn kind(&self, element: &Element, column: &Column) -> Kind {
        let level = column.list.as_ref().map_or(0, |list| list.level as u8);
        let heading = super::access::heading_level(element).filter(|_| element.pseudo.is_none());
        let role = match &*element.tag {
            _ if heading.is_some() && matches!(column.role, Role::Contents(_)) => Role::ContentsTitle,
            _ if let Some(level) = heading => Role::Heading(level),
            "blockquote" => Role::Quote,
            "figcaption" | "caption" => Role::Caption,
            "pre" => Role::Preformatted,
            "dt" => Role::Term,
            "dd" => Role::Definition,
            "img" | "svg" => Role::Figure,
            _ => match (&self.pending, column.role) {
                (_, role @ (Role::Footnote | Role::Contents(_))) => role,
                (Some(marker), _) if marker.ordered => Role::Number(level),
                (Some(_), _) => Role::Bullet(level),
                (None, Role::Text) if column.list.is_some() => Role::Continue(level),
                (None, role) => role,
            },
        };
        let classes = if element.pseudo.is_some() { Vec::new() } else { element.classes.clone() };
        let classes = if classes.is_empty() && role == Role::Quote && column.role == Role::Quote {
            column.context.iter().cloned().collect()
        } else {
            classes
        };
        Kind { role, classes, context: column.context.clone() }
    }

    /// A paragraph of these nodes; `None` where there is nothing in it.
    pub(super) fn paragraph(
        &mut self,
        element: &Element,
        nodes: &[NodeId],
        (kind, mut look): (Kind, ParagraphLook),
        column: &Column,
    ) -> Option<Block> {
        let first = *nodes.first()?;
        let is_own = self.tree.element(first).is_some_and(|own| std::ptr::eq(own, element));
        let owner = self.tree.node(first).parent.filter(|_| !is_own).unwrap_or(first);
        let style = self.tree.node(owner).style.clone();
        let run = self.run_look(&style, &element.lang, column.under);
        let run = run.underlined(&style);
        let marker = self.pending.clone();
        let mut line = Line::new(run.clone(), column.width);
        // The ids of elements around it begin with its first content.
        let waiting = std::mem::take(&mut self.waiting);
        self.link_around(owner, &mut line);
        self.inlines(nodes, &mut line, column.under);
        let mut inlines = self.finish(line);
        if inlines.length == 0 && inlines.pictures == 0 {
            self.waiting.splice(0..0, waiting);
            return None;
        }
        for id in &waiting {
            self.mark(id, &mut inlines.children);
        }
        let mut place = Place::default();
        if let Some(marker) = marker {
            self.pending = None;
            place.numbering = Some((marker.number, marker.level));
            look.first = Twips(-marker.hanging.0);
        }
        if let Some(hang) = nodes.iter().find_map(|node| self.label_hang(*node)) {
            look.first = Twips::from(Px::ZERO - hang);
        }
        if self.has_leader(nodes) {
            let at = Twips::from(column.left + column.width);
            look.tabs.push(TabStop { at, align: Align::Right, leader: true });
        }
        if let Role::Heading(level) = kind.role {
            look.outline = Some(level - 1);
        }
        if inlines.pictures > 0 {
            // An exact line height would cut the picture off.
            look.line = LineRule::Multiple(240);
        }
        let length = inlines.length;
        let own = element.attribute("style").map_or(column.css, |_| Css::Inline);
        let whose = nodes.first().map_or_else(Whose::default, |node| self.whose(*node));
        let paragraph = Paragraph::new(kind, look, run, inlines.children);
        Some(Block::Paragraph(Box::new(Paragraph { place, css: own, length, whose, ..paragraph })))
    }

    /// How a paragraph of this style stands in its column; its margins are its frame's.
    pub(super) fn paragraph_look(&mut self, style: &ComputedStyle, column: &Column) -> ParagraphLook {
        let text = &style.text;
        ParagraphLook {
            align: super::look::Align::of(text),
            direction: text.direction,
            line: self.line_rule(style),
            left: Twips::from(column.left),
            right: Twips::from(column.right),
            first: Twips::from(text.indent.resolve(column.width)),
            widow_control: text.orphans > 1 || text.widows > 1,
            hyphenate: text.hyphens == Hyphens::Auto,
            ..ParagraphLook::default()
        }
    }

    /// A rule, `hr`: an empty paragraph with a line above.
    pub(super) fn rule(&mut self, node: NodeId, column: &Column) -> Vec<Block> {
        let style = self.tree.node(node).style.clone();
        let frame = Frame::of(&style, column.width);
        let mut bar = self.bar(&style, &frame, column);
        let whose = self.whose(node);
        bar.iter_mut().filter_map(Block::paragraph).for_each(|line| line.whose = whose);
        bar.into_iter().collect()
    }

    /// A box without content of which something can be seen: a line as thick as the box is high.
    pub(super) fn bar(&mut self, style: &ComputedStyle, frame: &Frame, column: &Column) -> Option<Block> {
        let decoration = Decoration::of(style, column.under);
        let height = match style.boxes.height {
            Sizing::Length(length) => length.resolve(Px::ZERO) + frame.padding.vertical(),
            _ => frame.padding.vertical(),
        };
        let filled = decoration.background.filter(|_| height.0 > 0.0 && height.0 <= 16.0);
        let filled = filled.map(|color| Rule {
            eighths: ((height.0 * 6.0) as usize).clamp(2, 96),
            ..Rule::padding(color, Px::ZERO)
        });
        let rule = filled.or(decoration.borders.top).or(decoration.borders.bottom)?;
        let inside = column.inside(frame);
        let mut line = self.spacer(&inside, style, Twips(20))?;
        line.kind = Kind { role: Role::Rule, ..Kind::default() };
        line.look.borders.top = Some(rule);
        line.look.before = Twips::from(frame.margin.top);
        line.look.after = Twips::from(frame.margin.bottom);
        Some(Block::Paragraph(Box::new(line)))
    }

    /// An empty paragraph of a certain height.
    pub(super) fn spacer(
        &mut self,
        column: &Column,
        style: &ComputedStyle,
        height: Twips,
    ) -> Option<Paragraph> {
        let lang = self.lang.clone();
        let run = self.run_look(style, &lang, Rgb::WHITE);
        let look = ParagraphLook {
            line: LineRule::Exact(height.max(Twips(20))),
            left: Twips::from(column.left),
            right: Twips::from(column.right),
            ..ParagraphLook::default()
        };
        let kind = Kind { role: Role::Spacer, ..Kind::default() };
        Some(Paragraph::new(kind, look, run, Vec::new()))
    }
}
