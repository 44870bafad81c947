//! Inline content that is collected and shaped, and what is computed from it for one width: the widths of
//! atoms and edges, the breaks, the lines.

use std::cell::RefCell;
use std::rc::Rc;

use super::beside::Setter;
use super::collect::{Collected, InlineBox};
use super::fit::{self, Fill, HyphenLimits, Setting};
use super::hyphenate::{Point, hyphenation_points};
use super::leader::Leader;
use super::line::LineRange;
use super::opportunities::{BreakKind, Input, Material, Opportunity};
use super::place::Placer;
use super::shape::{ClusterKind, Shaped, shape_alone, sized, unscaled};
use super::simple::{Words, balance, first_fit};
use super::{AtomBox, Beside, ContentSizes, Paragraph, Room, Start, Surroundings, Typesetter};
use crate::style::ComputedStyle;
use crate::style::computed::{
    Direction, HyphenateLast, LengthOrAuto, OverflowWrap, Text, TextAlign, TextWrap,
};
use crate::units::Px;

/// The longest paragraph that `text-wrap: balance` evens out, in lines.
const BALANCED: usize = 12;
/// How short a line of a ragged paragraph may be without being called short: of the measure, and at most in em.
const SHORT: (f32, f32) = (0.14, 4.0);
/// How many settings of a paragraph are kept.
const KEPT: usize = 4;

/// Inline content, collected and shaped, ready to be set at any width.
#[derive(Debug)]
pub struct Prepared {
    pub(super) collected: Collected,
    pub(super) shaped: Shaped,
    /// The clusters that a hyphenation point divides.
    pub(super) divided: Vec<Divided>,
    /// By run: the hyphen's glyph and its width.
    pub(super) hyphens: Vec<(u16, f32)>,
    /// The block and its ancestors whose `text-decoration` runs through this paragraph too.
    pub(super) decorations: Vec<std::sync::Arc<ComputedStyle>>,
    hyphenation: Vec<Point>,
    /// The leaders, in order.
    pub(super) leaders: Vec<Leader>,
    /// The clusters that are atoms, with their spans.
    atoms: Vec<(u32, usize)>,
    sizes: RefCell<Option<ContentSizes>>,
    material: RefCell<Option<(Widths, Rc<Material>)>>,
    settings: RefCell<Vec<(Key, Rc<Paragraph>)>>,
}

/// What a setting depends on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    width: Px,
    atoms: Vec<AtomBox>,
}

/// What is not of its text in the widths of a paragraph.
#[derive(Debug, PartialEq)]
struct Widths {
    /// Of the atoms, by cluster.
    atoms: Vec<(u32, f32)>,
    /// By span: of the edges of the boxes that open before it and close after it.
    edges: Vec<(f32, f32)>,
}

/// A cluster, a ligature above all, that a hyphenation point divides: its two parts, shaped apart.
#[derive(Debug)]
pub(super) struct Divided {
    /// The byte of the text before which the hyphen would stand.
    pub byte: u32,
    /// The first byte of the whole cluster, and of the next.
    pub start: u32,
    pub end: u32,
    pub first: Shaped,
    pub second: Shaped,
}

impl Prepared {
    pub(super) fn new(typesetter: &Typesetter, collected: Collected) -> Self {
        let direction = collected.boxes[0].style.text.direction;
        let unscaled = unscaled(typesetter, &collected.text, &collected.spans, direction);
        let shaped = sized(typesetter, &collected.text, &collected.spans, &unscaled.shaped);
        let find = || hyphenation_points(&collected, &typesetter.tree.hyphenation);
        let hyphenation = unscaled.hyphenation.get_or_init(find).clone();
        let divided = divide(typesetter, &collected, &shaped, &hyphenation);
        let hyphens = shaped.runs.iter().map(|run| {
            let style = &collected.spans[run.span].style.text;
            let (glyph, advance) = typesetter.hyphen(run.font, style.hyphenate_character);
            (glyph, advance.0 * run.size.0)
        });
        let hyphens = hyphens.collect();
        let atoms =
            shaped.clusters.iter().enumerate().filter(|(_, cluster)| cluster.kind == ClusterKind::Atom);
        let atoms =
            atoms.map(|(index, cluster)| (index as u32, shaped.runs[cluster.run as usize].span)).collect();
        let leaders = Leader::all(typesetter, &collected, &shaped);
        Self {
            collected,
            leaders,
            divided,
            hyphens,
            decorations: Vec::new(),
            hyphenation,
            atoms,
            shaped,
            sizes: RefCell::default(),
            material: RefCell::default(),
            settings: RefCell::default(),
        }
    }

    /// Which atom a span is, in order.
    pub(super) fn atom_index(&self, span: usize) -> Option<usize> {
        self.atoms.binary_search_by_key(&span, |atom| atom.1).ok()
    }

    /// Whether there is nothing to set: no line comes of it. Elements that are out of the flow may still be in
    /// it, see [`Prepared::out_of_flow`].
    pub fn is_empty(&self) -> bool {
        self.collected.text.is_empty()
    }

    /// The elements in it that make no inline box: floats, positioned and running elements, footnotes, and
    /// empty inline elements, in document order. On the lines they are among the marks.
    pub fn out_of_flow(&self) -> impl Iterator<Item = crate::style::NodeId> + '_ {
        self.collected.marks.iter().map(|mark| mark.1)
    }

    /// How narrow and how wide it can be. Computed once.
    pub fn content_sizes(&self, around: &mut dyn Surroundings) -> ContentSizes {
        if let Some(sizes) = *self.sizes.borrow() {
            return sizes;
        }
        let style = &self.collected.boxes[0].style.text;
        let indent = style.indent.px.0;
        let anywhere =
            self.collected.spans.iter().any(|span| span.style.text.overflow_wrap == OverflowWrap::Anywhere);
        let room = if anywhere { 0.0 } else { f32::INFINITY };
        let (min, _) = self.material(&self.atom_boxes(Room::MinContent, around), Px::ZERO, room);
        let widest_word = widest(&min.opportunities, indent, |_| true);
        let (max, _) = self.material(&self.atom_boxes(Room::MaxContent, around), Px::ZERO, f32::INFINITY);
        let longest_line = widest(&max.opportunities, indent, BreakKind::is_forced);
        let sizes = ContentSizes { min: Px(widest_word), max: Px(longest_line) };
        *self.sizes.borrow_mut() = Some(sizes);
        sizes
    }

    /// Whether floats stand in its text.
    pub fn has_floats(&self) -> bool {
        !self.collected.floats.is_empty()
    }

    /// Breaks it into lines. All lines at once: the caller puts them on pages. Settings are kept.
    pub fn layout(&self, typesetter: &Typesetter, width: Px, around: &mut dyn Surroundings) -> Rc<Paragraph> {
        if self.is_empty() {
            return Rc::default();
        }
        let key = Key { width, atoms: self.atom_boxes(Room::Width(width), around) };
        if let Some((_, kept)) = self.settings.borrow().iter().find(|(other, _)| *other == key) {
            return kept.clone();
        }
        let (material, setting) = self.setting(&key.atoms, width);
        let mut placer = Placer::new(typesetter, self, &material, &key.atoms, width);
        let mut from = 0;
        for to in self.breaks(&material.opportunities, 0, &setting) {
            placer.line(LineRange::new(&material.opportunities, (from, to), &setting), 0);
            from = to;
        }
        let paragraph = Rc::new(Paragraph { room: Some(width), ..placer.finish() });
        // What is asked again at this width is the paragraph.
        *self.material.borrow_mut() = None;
        let mut settings = self.settings.borrow_mut();
        if settings.len() == KEPT {
            settings.remove(0);
        }
        settings.push((key, paragraph.clone()));
        paragraph
    }

    /// Breaks it into lines beside floats, from a place on with which a line begins.
    pub fn layout_beside(
        &self,
        typesetter: &Typesetter,
        width: Px,
        start: Start,
        beside: &mut dyn Beside,
    ) -> Rc<Paragraph> {
        let atoms = self.atom_boxes(Room::Width(width), beside.surroundings());
        let (material, setting) = self.setting(&atoms, width);
        let placer = Placer::new(typesetter, self, &material, &atoms, width);
        let from = material.opportunities.partition_point(|opportunity| opportunity.byte < start.byte);
        Rc::new(Setter::new(placer, setting, beside, start).run(from))
    }

    /// Where lines may end at a width, and what a good line is.
    fn setting(&self, atoms: &[AtomBox], width: Px) -> (Rc<Material>, Setting<'static>) {
        let (material, hanging) = self.material(atoms, width, width.0);
        let root = &self.collected.boxes[0].style;
        let setting = Setting {
            first: &[],
            width: width.0,
            indent: root.text.indent.resolve(width).0 - hanging,
            fill: match root.text.align {
                TextAlign::Justify => Fill::Justified,
                _ => Fill::Ragged((width.0 * SHORT.0).min(root.font.size.0 * SHORT.1)),
            },
            hyphens: hyphen_limits(&root.text, width),
        };
        (material, setting)
    }

    /// The line ends after `from`, chosen as the style says.
    pub(super) fn breaks(&self, list: &[Opportunity], from: usize, setting: &Setting) -> Vec<usize> {
        let rest = list.get(from..).unwrap_or_default();
        let setting = Setting { indent: if from == 0 { setting.indent } else { 0.0 }, ..*setting };
        let breaks = match self.collected.boxes[0].style.text.wrap {
            TextWrap::Balance if first_fit(rest, &setting, Words::Whole).len() <= BALANCED => {
                balance(rest, &setting)
            }
            TextWrap::Stable => first_fit(rest, &setting, Words::Broken),
            TextWrap::Balance | TextWrap::Pretty => fit::fit(rest, &setting),
        };
        breaks.into_iter().map(|at| from + at).collect()
    }

    fn atom_boxes(&self, room: Room, around: &mut dyn Surroundings) -> Vec<AtomBox> {
        let nodes = self.atoms.iter().map(|atom| self.collected.spans[atom.1].node);
        nodes.map(|node| node.map_or(AtomBox::default(), |node| around.atom(node, room))).collect()
    }

    /// Where lines may end with atoms of these sizes and percentages of `width`, in words too that are wider than
    /// `room`; and what hangs before the first line. The last is kept: most text measures the same at any width.
    fn material(&self, atoms: &[AtomBox], width: Px, room: f32) -> (Rc<Material>, f32) {
        let atoms = self.atoms.iter().zip(atoms).map(|(atom, size)| (atom.0, size.width.0)).collect();
        let widths = Widths { atoms, edges: self.edges(width) };
        let hyphens: Vec<f32> = self.hyphens.iter().map(|hyphen| hyphen.1).collect();
        let divided: Vec<_> = self.divided.iter().map(Divided::advances).collect();
        let leaders: Vec<_> = self.leaders.iter().map(|leader| (leader.cluster, leader.width)).collect();
        let input = Input {
            collected: &self.collected,
            shaped: &self.shaped,
            hyphenation: &self.hyphenation,
            atoms: &widths.atoms,
            leaders: &leaders,
            edges: &widths.edges,
            hyphens: &hyphens,
            divided: &divided,
        };
        let kept = self.material.borrow().as_ref().filter(|kept| kept.0 == widths).map(|kept| kept.1.clone());
        let material = kept.clone().unwrap_or_else(|| Rc::new(input.material()));
        let found = (
            input.with_emergencies(&material, room).map_or(material.clone(), Rc::new),
            input.hanging_start(),
        );
        if kept.is_none() {
            *self.material.borrow_mut() = Some((widths, material));
        }
        found
    }

    /// By span: the edges of the boxes that open before it and close after it.
    fn edges(&self, width: Px) -> Vec<(f32, f32)> {
        let sum = |boxes: &[usize], end: End| {
            let edges = boxes.iter().map(|&index| edge(&self.collected.boxes[index], end, width));
            edges.map(|edge| edge.margin.0 + edge.inner.0).sum()
        };
        let spans = self.collected.spans.iter();
        spans.map(|span| (sum(&span.opens, End::Start), sum(&span.closes, End::End))).collect()
    }
}

/// One end of an inline box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Where its text begins.
    Start,
    /// Where its text ends.
    End,
}

/// The margin of an inline box at one end, and its border and padding together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Edge {
    pub margin: Px,
    pub inner: Px,
}

/// The edge of an inline box at one end, where percentages are of `width`.
pub(super) fn edge(inline: &InlineBox, end: End, width: Px) -> Edge {
    let style = &inline.style;
    let left = (end == End::Start) == (style.text.direction == Direction::Ltr);
    let borders = style.border.widths();
    let (margin, border, padding) = if left {
        (style.boxes.margin.left, borders.left, style.boxes.padding.left)
    } else {
        (style.boxes.margin.right, borders.right, style.boxes.padding.right)
    };
    let margin = match margin {
        LengthOrAuto::Auto => Px::ZERO,
        LengthOrAuto::Length(length) => length.resolve(width),
    };
    Edge { margin, inner: border + padding.resolve(width) }
}

impl Divided {
    fn advances(&self) -> (u32, f32, f32) {
        let advance = |shaped: &Shaped| shaped.clusters.iter().map(|cluster| cluster.advance).sum();
        (self.byte, advance(&self.first), advance(&self.second))
    }
}

/// Shapes the parts of the clusters that a hyphenation point divides.
fn divide(typesetter: &Typesetter, collected: &Collected, shaped: &Shaped, points: &[Point]) -> Vec<Divided> {
    let mut divided = Vec::new();
    for &Point { byte, .. } in points {
        let after = shaped.clusters.partition_point(|cluster| cluster.start <= byte);
        let Some(cluster) = after.checked_sub(1).map(|index| &shaped.clusters[index]) else { continue };
        if cluster.start == byte {
            continue;
        }
        let span = &collected.spans[shaped.runs[cluster.run as usize].span];
        let part = |start: u32, end: u32| {
            shape_alone(typesetter, &collected.text[start as usize..end as usize], span)
        };
        let (start, end) = (cluster.start, cluster.end);
        divided.push(Divided { byte, start, end, first: part(start, byte), second: part(byte, end) });
    }
    divided
}

/// The widest stretch between opportunities that `counts` takes.
fn widest(list: &[Opportunity], indent: f32, counts: impl Fn(BreakKind) -> bool) -> f32 {
    let (fill, hyphens) = (Fill::Justified, HyphenLimits::NONE);
    let setting = Setting { first: &[], width: f32::INFINITY, indent, fill, hyphens };
    let (mut from, mut widest) = (0, 0.0_f32);
    for to in 1..list.len() {
        if counts(list[to].kind) {
            widest = widest.max(fit::line(list, from, to, &setting).width);
            from = to;
        }
    }
    widest
}

fn hyphen_limits(text: &Text, width: Px) -> HyphenLimits {
    HyphenLimits {
        in_row: text.hyphenate_lines.unwrap_or(u8::MAX),
        zone: match text.align {
            TextAlign::Justify => 0.0,
            _ => text.hyphenate_zone.resolve(width).0,
        },
        before_last: text.hyphenate_last != HyphenateLast::Always,
    }
}
