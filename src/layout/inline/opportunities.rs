//! Where lines may end, and how much lies between two such places: the boxes, glue and penalties of Knuth and
//! Plass, “Breaking Paragraphs into Lines”, as running sums.

use super::collect::{Collected, SpanKind};
use super::hanging;
use super::hyphenate::Point;
use super::shape::{Cluster, ClusterKind, Shaped};
use crate::style::computed::{HangingPunctuation, Hyphens, OverflowWrap, Text, WhiteSpace, WrapMode};

/// How much a space may grow in a justified line before the line is loose, of its width.
pub(super) const STRETCH: f32 = 0.5;
/// How much a space may shrink in a justified line at most, of its width.
pub(super) const SHRINK: f32 = 0.25;

/// How much letters may stretch and shrink in a justified line, once its spaces do what they can, of their width.
pub(super) const LETTERS: f32 = 0.02;

/// A length that gives, from the start of the paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sum {
    pub width: f32,
    pub stretch: f32,
    pub shrink: f32,
    /// How many leaders take what is left of the line.
    pub leaders: f32,
    /// The width of letters that may stretch and shrink.
    pub letters: f32,
}

impl std::ops::Sub for Sum {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            width: self.width - other.width,
            stretch: self.stretch - other.stretch,
            shrink: self.shrink - other.shrink,
            leaders: self.leaders - other.leaders,
            letters: self.letters - other.letters,
        }
    }
}

/// A place where a line may end and the next begin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Opportunity {
    /// The byte of the text with which the next line begins.
    pub byte: u32,
    pub kind: BreakKind,
    /// Up to the end of a line that ends here: without the white space that hangs, with the hyphen.
    pub end: Sum,
    /// Up to the start of a line that begins here.
    pub start: Sum,
    /// How wide the hyphen is.
    pub hyphen: f32,
    /// How much of the line's width may hang where there is no room for it.
    pub hang: f32,
}

/// What a break at an opportunity looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BreakKind {
    /// The start of the paragraph.
    Start,
    /// At white space, or where nothing is added.
    Soft,
    /// After a hyphen or dash of the text.
    Dash,
    /// With a hyphen that the break makes, at a soft hyphen.
    SoftHyphen,
    /// With a hyphen that the break makes.
    Hyphen,
    /// The same, with two letters before it or after it.
    StubHyphen,
    /// In a word that fits on no line.
    Emergency,
    /// A forced break.
    Forced,
    /// The end of the paragraph.
    End,
}

impl BreakKind {
    /// Whether the line must end here.
    pub(super) fn is_forced(self) -> bool {
        matches!(self, Self::Forced | Self::End)
    }

    /// Whether the break adds a hyphen.
    pub(super) fn is_hyphen(self) -> bool {
        matches!(self, Self::Hyphen | Self::StubHyphen | Self::SoftHyphen)
    }

    /// Whether it is the language's patterns that allow the break, and not the text.
    pub(super) fn is_automatic(self) -> bool {
        matches!(self, Self::Hyphen | Self::StubHyphen)
    }
}

/// What a paragraph's clusters measure, and where its lines may end. The widths of atoms are in it.
#[derive(Debug, Default)]
pub(super) struct Material {
    /// Up to the start of each cluster, and one more: up to the end.
    pub sums: Vec<Sum>,
    /// In order; the first is the start, the last the end.
    pub opportunities: Vec<Opportunity>,
}

/// What the collector and the shaper found, and what the widths of this setting are.
pub(super) struct Input<'p> {
    pub collected: &'p Collected,
    pub shaped: &'p Shaped,
    /// Where words may be broken with a hyphen.
    pub hyphenation: &'p [Point],
    /// By cluster: the widths of atoms.
    pub atoms: &'p [(u32, f32)],
    /// By cluster: the least widths of leaders.
    pub leaders: &'p [(u32, f32)],
    /// By span: the edges of the boxes that open before it and close after it.
    pub edges: &'p [(f32, f32)],
    /// The width of the hyphen of each run.
    pub hyphens: &'p [f32],
    /// The advances of the parts of clusters that a hyphenation point divides: byte, first part, second part.
    pub divided: &'p [(u32, f32, f32)],
}

impl Input<'_> {
    pub(super) fn material(&self) -> Material {
        let sums = self.sums();
        let opportunities = self.opportunities(&sums);
        Material { sums, opportunities }
    }

    fn sums(&self) -> Vec<Sum> {
        let clusters = &self.shaped.clusters;
        let mut sums = Vec::with_capacity(clusters.len() + 1);
        let mut sum = Sum::default();
        let mut atoms = self.atoms.iter().peekable();
        let mut leaders = self.leaders.iter().peekable();
        let mut line_start = 0.0;
        for run in &self.shaped.runs {
            let span = &self.collected.spans[run.span];
            let (opens, closes) = self.edges[run.span];
            let justified = span.style.text.white_space != WhiteSpace::Pre;
            for index in run.start..run.end {
                let cluster = &clusters[index as usize];
                if cluster.start == span.start {
                    sum.width += opens;
                }
                sums.push(sum);
                match cluster.kind {
                    ClusterKind::Space | ClusterKind::NoBreakSpace if justified => {
                        sum.stretch += cluster.advance * STRETCH;
                        sum.shrink += cluster.advance * SHRINK;
                    }
                    ClusterKind::Other if run.stretches && justified => sum.letters += cluster.advance,
                    ClusterKind::Newline => line_start = sum.width,
                    ClusterKind::Leader => sum.leaders += 1.0,
                    _ => {}
                }
                sum.width += match cluster.kind {
                    ClusterKind::Atom => atoms.next_if(|atom| atom.0 == index).map_or(0.0, |atom| atom.1),
                    ClusterKind::Leader => {
                        leaders.next_if(|leader| leader.0 == index).map_or(0.0, |leader| leader.1)
                    }
                    ClusterKind::Tab => {
                        let stop = cluster.advance * f32::from(span.style.text.tab_size.max(1));
                        stop - (sum.width - line_start).rem_euclid(stop.max(0.01))
                    }
                    _ => cluster.advance,
                };
                if cluster.end == span.end {
                    sum.width += closes;
                }
            }
        }
        sums.push(sum);
        sums
    }

    fn opportunities(&self, sums: &[Sum]) -> Vec<Opportunity> {
        let clusters = &self.shaped.clusters;
        let mut list = vec![Opportunity {
            byte: 0,
            kind: BreakKind::Start,
            end: Sum::default(),
            start: Sum::default(),
            hyphen: 0.0,
            hang: 0.0,
        }];
        let mut points = self.hyphenation.iter().copied().peekable();
        for (index, cluster) in clusters.iter().enumerate() {
            if index > 0 {
                self.before(index, sums, &mut list);
            }
            while let Some(point) = points.next_if(|point| point.byte < cluster.end) {
                if point.byte >= cluster.start && self.may_wrap(index) {
                    list.extend(self.hyphen(index, point, sums));
                }
            }
        }
        let ends = clusters.last().is_some_and(|last| last.kind == ClusterKind::Newline);
        let end = self.soft(clusters.len(), BreakKind::End, sums);
        if !ends {
            list.push(end);
        } else if let Some(last) = clusters.len().checked_sub(1) {
            // A forced break at the very end ends the last line, and begins no other.
            list.push(Opportunity { byte: end.byte, ..self.soft(last, BreakKind::End, sums) });
        }
        list
    }

    /// The opportunity before a cluster, if any, that needs no automatic hyphen.
    fn before(&self, index: usize, sums: &[Sum], list: &mut Vec<Opportunity>) {
        let clusters = &self.shaped.clusters;
        let (last, next) = (&clusters[index - 1], &clusters[index]);
        if last.kind == ClusterKind::Newline {
            let end = self.soft(index - 1, BreakKind::Forced, sums);
            list.push(Opportunity { byte: next.start, start: sums_at(sums, index, self, next), ..end });
        } else if last.kind == ClusterKind::SoftHyphen {
            let hyphens = self.style(last).hyphens;
            let in_word = index > 1 && clusters[index - 2].kind == ClusterKind::Other;
            if in_word && self.may_wrap(index) && hyphens != Hyphens::None {
                let (end, hyphen) = self.with_hyphen(sums[index - 1], last.run);
                let start = sums_at(sums, index, self, next);
                let kind = BreakKind::SoftHyphen;
                list.push(Opportunity { byte: next.start, kind, end, start, hyphen, hang: 0.0 });
            }
        } else if next.wrap_before
            && self.may_wrap(index)
            && next.kind != ClusterKind::Newline
            && !self.follows_leader(index)
        {
            let dashes = ['-', '\u{2010}', '–', '—'];
            let dash = self.collected.text[last.start as usize..last.end as usize].ends_with(dashes);
            list.push(self.soft(index, if dash { BreakKind::Dash } else { BreakKind::Soft }, sums));
        }
    }

    /// Whether only white space stands between a leader and a cluster, which then goes with it.
    fn follows_leader(&self, index: usize) -> bool {
        let before = self.shaped.clusters[..index].iter().rev();
        before
            .into_iter()
            .find(|cluster| !hangs(cluster))
            .is_some_and(|last| last.kind == ClusterKind::Leader)
    }

    /// A break before a cluster, or at the end of all, where white space before it hangs.
    fn soft(&self, index: usize, kind: BreakKind, sums: &[Sum]) -> Opportunity {
        let clusters = &self.shaped.clusters;
        let mut end = index;
        while end > 0 && hangs(&clusters[end - 1]) {
            end -= 1;
        }
        let mut end_sum = sums[end];
        // The edges of boxes that open with the next cluster are the next line's; what hangs has none.
        if let Some(cluster) = clusters.get(end) {
            end_sum.width -= self.opening_edge(cluster);
        }
        let mut hang = 0.0;
        if let Some(last) = end.checked_sub(1).map(|last| &clusters[last]) {
            let text = &self.collected.text[last.start as usize..last.end as usize];
            let hanging = hanging::at_end(text, self.hanging(), kind.is_forced());
            end_sum.width -= last.tracking.max(hanging.always * last.advance);
            if self.shaped.runs[last.run as usize].stretches {
                end_sum.letters -= hanging.always * last.advance;
            }
            hang = hanging.at_need * last.advance;
        }
        let byte = clusters.get(index).map_or(self.collected.text.len() as u32, |cluster| cluster.start);
        let start = clusters.get(index).map_or(sums[index], |cluster| sums_at(sums, index, self, cluster));
        Opportunity { byte, kind, end: end_sum, start, hyphen: 0.0, hang }
    }

    fn hanging(&self) -> HangingPunctuation {
        self.collected.boxes[0].style.text.hanging
    }

    /// How wide the quote or bracket is that hangs before the first line (CSS Text 4, section 8.2.1).
    pub(super) fn hanging_start(&self) -> f32 {
        let opens = |cluster: &&Cluster| hanging::opens(&self.collected.text[cluster.start as usize..]);
        let first = self.shaped.clusters.first().filter(opens);
        first.filter(|_| self.hanging().first).map_or(0.0, |cluster| cluster.advance)
    }

    /// The end of a line with the hyphen that a break makes, in a run; and how wide the hyphen is.
    fn with_hyphen(&self, mut end: Sum, run: u32) -> (Sum, f32) {
        let hyphen = self.hyphens[run as usize];
        let inside = hyphen * (1.0 - hanging::at_end("\u{2010}", self.hanging(), false).always);
        end.width += inside;
        if self.shaped.runs[run as usize].stretches {
            end.letters += inside;
        }
        (end, hyphen)
    }

    fn hyphen(&self, index: usize, Point { byte, stub }: Point, sums: &[Sum]) -> Option<Opportunity> {
        let cluster = &self.shaped.clusters[index];
        let before = index.saturating_sub(usize::from(byte == cluster.start));
        let (mut end, mut start) = (sums[index], sums[index]);
        if byte == cluster.start {
            end.width -= self.opening_edge(cluster);
            start = sums_at(sums, index, self, cluster);
        } else {
            let (_, first, second) = *self.divided.iter().find(|divided| divided.0 == byte)?;
            end.width += first;
            start.width += cluster.advance - second;
        }
        let (end, hyphen) = self.with_hyphen(end, self.shaped.clusters[before].run);
        let kind = if stub { BreakKind::StubHyphen } else { BreakKind::Hyphen };
        Some(Opportunity { byte, kind, end, start, hyphen, hang: 0.0 })
    }

    /// Whether lines may wrap before a cluster at all: not within text that says no.
    fn may_wrap(&self, index: usize) -> bool {
        let style = self.style(&self.shaped.clusters[index.saturating_sub(1)]);
        let wraps = !matches!(style.white_space, WhiteSpace::Nowrap | WhiteSpace::Pre);
        wraps && self.collected.boxes[0].style.text.wrap_mode == WrapMode::Wrap
    }

    /// The style of the text that a cluster is part of; around an atom its parent's holds.
    fn style(&self, cluster: &Cluster) -> &Text {
        let span = &self.collected.spans[self.shaped.runs[cluster.run as usize].span];
        match span.kind {
            SpanKind::Atom => &self.collected.boxes[span.parent].style.text,
            _ => &span.style.text,
        }
    }

    /// The edges that open with a cluster.
    fn opening_edge(&self, cluster: &Cluster) -> f32 {
        let run = &self.shaped.runs[cluster.run as usize];
        let first = self.collected.spans[run.span].start == cluster.start;
        if first { self.edges[run.span].0 } else { 0.0 }
    }

    /// With an opportunity at every grapheme of the stretches that are wider than `room` and may be broken anywhere
    /// (CSS Text 3, section 5.5); `None` where there is no such stretch.
    pub(super) fn with_emergencies(&self, material: &Material, room: f32) -> Option<Material> {
        let is_wide = |pair: &[Opportunity]| pair[1].end.width - pair[0].start.width > room;
        if !material.opportunities.windows(2).any(is_wide) {
            return None;
        }
        let clusters = &self.shaped.clusters;
        let mut list = Vec::with_capacity(material.opportunities.len());
        for pair in material.opportunities.windows(2) {
            list.push(pair[0]);
            if !is_wide(pair) {
                continue;
            }
            let from = clusters.partition_point(|cluster| cluster.start <= pair[0].byte);
            // Where not even the part before a hyphen fits with it, it goes without.
            let last = |cluster: &Cluster| match pair[1].kind.is_hyphen() {
                true => cluster.start <= pair[1].byte,
                false => cluster.start < pair[1].byte,
            };
            let to = clusters.partition_point(last);
            for index in from..to {
                let cluster = &clusters[index];
                let breaks = self.style(&clusters[index - 1]).overflow_wrap != OverflowWrap::Normal;
                let inner = cluster.grapheme && !hangs(cluster) && cluster.kind != ClusterKind::Ignorable;
                if breaks && inner && self.may_wrap(index) {
                    list.push(self.soft(index, BreakKind::Emergency, &material.sums));
                }
            }
        }
        list.extend(material.opportunities.last());
        Some(Material { sums: material.sums.clone(), opportunities: list })
    }
}

/// Up to the start of a line that begins with a cluster: before the edges that open with it.
fn sums_at(sums: &[Sum], index: usize, input: &Input, cluster: &Cluster) -> Sum {
    let mut sum = sums[index];
    sum.width -= input.opening_edge(cluster);
    sum
}

/// Whether a cluster hangs at the end of a line (CSS Text 3, section 4.1.3).
pub(super) fn hangs(cluster: &Cluster) -> bool {
    matches!(
        cluster.kind,
        ClusterKind::Space | ClusterKind::Newline | ClusterKind::Ignorable | ClusterKind::SoftHyphen
    )
}
