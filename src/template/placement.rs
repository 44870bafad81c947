//! Placing the parts of a body: no word gets lost, none appears twice.
//!
//! The helpers `section`, `block`, `lead`, `sections`, `rest` and `body` write only a marker. When the whole layout
//! is rendered, each block of the body goes to the marker that claims it most narrowly: a block by its first words
//! before the lead of a section, that before the section, a nested section before the one that holds it. What no
//! marker claims by name goes to `rest` (or `body`, which is the same: a layout without other parts places
//! everything). So it makes no difference where in a template the rest stands. What then is left without a place
//! is an error, and so is a part that is placed twice, and a section placed without its heading whose title the
//! layout does not print either.

use std::collections::BTreeMap;
use std::ops::Range;

use super::outline::{Outline, collapse, fold};
use crate::dom::{Document, NodeId};

/// Around the number of a part in a marker: noncharacters, which no text has and HTML escaping leaves alone.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// A part of a body that a layout asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A run of blocks.
    Blocks(Range<usize>),
    /// The content of an item of a list at the top.
    Item {
        /// The block of the list.
        list: usize,
        /// The item.
        item: NodeId,
    },
    /// All that no other part takes.
    Rest,
}

/// The parts that a layout asked for, by the numbers of their markers.
#[derive(Debug, Default)]
pub(super) struct Parts {
    parts: Vec<Part>,
    /// HTML that the layout puts into blocks.
    adornments: BTreeMap<usize, String>,
}

/// What came of putting the parts in their places.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// The layout's HTML with the parts in it.
    pub(super) html: String,
    /// Runs of blocks that no part took.
    pub(super) left: Vec<Range<usize>>,
    /// First blocks of parts that stand in more than one place.
    pub(super) twice: Vec<usize>,
    /// Blocks of headings whose words appear nowhere.
    pub(super) unprinted: Vec<usize>,
}

impl Parts {
    /// A marker for a part.
    pub(super) fn mark(&mut self, part: Part) -> String {
        self.parts.push(part);
        format!("{OPEN}{}{CLOSE}", self.parts.len() - 1)
    }

    /// Puts HTML of the layout into a block, behind what is there already.
    pub(super) fn adorn(&mut self, block: usize, html: String) {
        self.adornments.entry(block).or_default().push_str(&html);
    }

    /// Whether a part that was asked for so far has this block by name.
    pub(super) fn has(&self, block: usize) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Blocks(blocks) if blocks.contains(&block)))
    }

    /// Puts the parts where their markers stand in `output`.
    pub(super) fn place(&self, outline: &Outline, output: &str) -> Placed {
        let pieces = split(output, self.parts.len());
        let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
        for number in pieces.iter().filter_map(|(number, _)| *number) {
            *seen.entry(number).or_default() += 1;
        }
        let stands: Vec<&Part> = seen.keys().map(|&number| &self.parts[number]).collect();
        let owners = Owners::new(outline, &stands, &self.adornments);
        let mut html = String::with_capacity(output.len() * 2);
        let mut done: Vec<&Part> = Vec::new();
        let mut twice = Vec::new();
        for (number, text) in pieces {
            if let Some(part) = number.map(|number| &self.parts[number]) {
                if done.contains(&part) {
                    twice.extend(owners.first_block(part));
                } else {
                    owners.write(outline, part, &mut html);
                    done.push(part);
                }
            }
            html.push_str(text);
        }
        let has_rest = stands.contains(&&Part::Rest);
        let left = if has_rest { Vec::new() } else { owners.left() };
        Placed { unprinted: unprinted(outline, &owners, output), html, left, twice }
    }
}

/// The headings that the layout took off a section and prints nowhere.
fn unprinted(outline: &Outline, owners: &Owners<'_>, output: &str) -> Vec<usize> {
    let mut headings = (0..outline.blocks.len()).filter(|&block| owners.spoken_for[block]).peekable();
    if headings.peek().is_none() {
        return Vec::new();
    }
    let printed = fold(&visible_text(output));
    headings.filter(|&block| !printed.contains(&fold(&outline.words(block)))).collect()
}

/// Which part has which block.
struct Owners<'p> {
    /// For each block the part that has it; `None` for the rest.
    blocks: Vec<Option<&'p Part>>,
    items: Vec<(usize, NodeId)>,
    /// Blocks of headings that a part stands for without printing them.
    spoken_for: Vec<bool>,
    adornments: &'p BTreeMap<usize, String>,
}

impl<'p> Owners<'p> {
    fn new(outline: &Outline, stands: &[&'p Part], adornments: &'p BTreeMap<usize, String>) -> Self {
        let narrowest = |block: usize| {
            let claims = stands.iter().filter_map(|&part| match part {
                Part::Blocks(blocks) if blocks.contains(&block) => Some((blocks.len(), part)),
                _ => None,
            });
            claims.min_by_key(|(length, _)| *length).map(|(_, part)| part)
        };
        let mut blocks: Vec<_> = (0..outline.blocks.len()).map(narrowest).collect();
        let items = stands.iter().filter_map(|part| match part {
            Part::Item { list, item } => Some((*list, *item)),
            _ => None,
        });
        // A section without its heading begins right after it: the heading has gone to the layout's own words.
        let mut spoken_for = vec![false; blocks.len()];
        for part in stands {
            if let Part::Blocks(range) = part
                && let Some(section) = outline.sections.iter().rfind(|s| s.blocks.start + 1 == range.start)
                && section.blocks.end == range.end
            {
                spoken_for[section.blocks.start] = true;
                blocks[section.blocks.start] = None;
            }
        }
        Self { blocks, items: items.collect(), spoken_for, adornments }
    }

    /// Whether the rest has it.
    fn is_rest(&self, block: usize) -> bool {
        self.blocks[block].is_none() && !self.spoken_for[block]
    }

    fn first_block(&self, part: &Part) -> Option<usize> {
        match part {
            Part::Blocks(blocks) => Some(blocks.start).filter(|_| !blocks.is_empty()),
            Part::Item { list, .. } => Some(*list),
            Part::Rest => (0..self.blocks.len()).find(|&block| self.is_rest(block)),
        }
    }

    fn left(&self) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for block in (0..self.blocks.len()).filter(|&block| self.is_rest(block)) {
            match runs.last_mut() {
                Some(run) if run.end == block => run.end += 1,
                _ => runs.push(block..block + 1),
            }
        }
        runs
    }

    fn write(&self, outline: &Outline, part: &Part, html: &mut String) {
        match part {
            Part::Item { item, .. } => html.push_str(&outline.document.inner_html(*item)),
            Part::Blocks(blocks) => {
                for block in blocks.clone().filter(|&block| self.blocks[block] == Some(part)) {
                    self.write_block(outline, block, html);
                }
            }
            Part::Rest => {
                for block in (0..self.blocks.len()).filter(|&block| self.is_rest(block)) {
                    self.write_block(outline, block, html);
                }
            }
        }
    }

    /// Writes a block, a list without the items that have gone elsewhere.
    fn write_block(&self, outline: &Outline, block: usize, html: &mut String) {
        let id = outline.blocks[block];
        let gone: Vec<NodeId> =
            self.items.iter().filter(|(list, _)| *list == block).map(|(_, item)| *item).collect();
        let adornment = self.adornments.get(&block).map_or("", String::as_str);
        if gone.is_empty() {
            html.push_str(&adorned(&outline.document, id, adornment));
        } else {
            let mut document = outline.document.clone();
            gone.into_iter().for_each(|item| document.detach(item));
            if document.child_elements(id).next().is_some() {
                html.push_str(&adorned(&document, id, adornment));
            } else {
                html.push_str(adornment);
            }
        }
        html.push('\n');
    }
}

/// A block with HTML at its beginning; before it where it is a paragraph, which holds nothing but text.
fn adorned(document: &Document, id: NodeId, adornment: &str) -> String {
    let outer = document.outer_html(id);
    if adornment.is_empty() {
        return outer;
    }
    let inner = document.inner_html(id);
    let end = format!("</{}>", document.tag(id));
    match outer.strip_suffix(&end).and_then(|outer| outer.strip_suffix(&inner)) {
        Some(start) if !document.is(id, "p") => format!("{start}{adornment}{inner}{end}"),
        _ => format!("{adornment}{outer}"),
    }
}

/// Splits at the markers: each piece is the number of the marker before it, and the text after that.
fn split(output: &str, known: usize) -> Vec<(Option<usize>, &str)> {
    let mut pieces = Vec::new();
    let mut rest = output;
    let mut number = None;
    while let Some((before, after)) = rest.split_once(OPEN) {
        pieces.push((number, before));
        let marker = after.split_once(CLOSE).and_then(|(digits, text)| Some((digits.parse().ok()?, text)));
        match marker.filter(|(found, _): &(usize, _)| *found < known) {
            Some((found, text)) => (number, rest) = (Some(found), text),
            None => (number, rest) = (None, after),
        }
    }
    pieces.push((number, rest));
    pieces
}

/// The words of HTML outside its tags, white space collapsed, with the entities that Handlebars writes resolved.
fn visible_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x60;", "`"),
        ("&#x3D;", "="),
        ("&amp;", "&"),
    ];
    for (entity, sign) in entities {
        text = text.replace(entity, sign);
    }
    collapse(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str =
        "<p>L</p><h2>A</h2><p>a</p><h3>S</h3><p>s</p><h2>B</h2><ul><li>x y</li><li>z</li></ul>";

    fn place(output: impl Fn(&mut Parts, &Outline) -> String) -> Placed {
        let outline = Outline::new(BODY);
        let mut parts = Parts::default();
        let output = output(&mut parts, &outline);
        let mut placed = parts.place(&outline, &output);
        placed.html = placed.html.replace('\n', "");
        placed
    }

    #[test]
    fn the_rest_takes_what_stands_elsewhere_by_name_wherever_it_is() {
        let placed = place(|parts, _| {
            let rest = parts.mark(Part::Rest);
            rest + "|" + &parts.mark(Part::Blocks(1..5))
        });
        let expected =
            "<p>L</p><h2>B</h2><ul><li>x y</li><li>z</li></ul>|<h2>A</h2><p>a</p><h3>S</h3><p>s</p>";
        assert_eq!(placed.html, expected);
        assert!(placed.left.is_empty() && placed.twice.is_empty());
    }

    #[test]
    fn the_narrowest_part_wins_and_items_leave_their_list() {
        let placed = place(|parts, outline| {
            let (list, item) = outline.item("x").unwrap();
            let all = parts.mark(Part::Rest);
            all + "|"
                + &parts.mark(Part::Blocks(1..5))
                + "|"
                + &parts.mark(Part::Blocks(3..5))
                + "|"
                + &parts.mark(Part::Item { list, item })
        });
        let expected = "<p>L</p><h2>B</h2><ul><li>z</li></ul>|<h2>A</h2><p>a</p>|<h3>S</h3><p>s</p>|x y";
        assert_eq!(placed.html, expected);
    }

    #[test]
    fn what_is_left_and_what_stands_twice_is_told() {
        let placed = place(|parts, _| {
            let lead = parts.mark(Part::Blocks(0..1));
            parts.mark(Part::Blocks(5..7));
            lead.clone() + &lead
        });
        assert_eq!((placed.left.first(), placed.left.len(), placed.twice), (Some(&(1..7)), 1, vec![0]));
    }

    #[test]
    fn a_heading_that_a_section_leaves_to_the_layout_must_be_printed() {
        let output = |title: &'static str| {
            place(move |parts, _| {
                format!("{title}{}{}", parts.mark(Part::Blocks(2..5)), parts.mark(Part::Rest))
            })
        };
        assert_eq!(output("<h4>\n A </h4>").unprinted, [0; 0]);
        assert_eq!(output("<h4 title=\"A\">C</h4>").unprinted, [1]);
        assert!(!output("A").html.contains("<h2>A"));
    }

    #[test]
    fn what_a_layout_draws_goes_into_a_block_or_before_a_paragraph() {
        let placed = place(|parts, _| {
            parts.adorn(0, "<hr>".to_owned());
            parts.adorn(6, "<i>1</i>".to_owned());
            parts.mark(Part::Blocks(0..1)) + &parts.mark(Part::Blocks(5..7))
        });
        assert_eq!(placed.html, "<hr><p>L</p><h2>B</h2><ul><i>1</i><li>x y</li><li>z</li></ul>");
    }

    #[test]
    fn broken_markers_are_text() {
        assert_eq!(split("a\u{fdd0}7\u{fdd1}b", 1), [(None, "a"), (None, "7\u{fdd1}b")]);
        assert_eq!(split("\u{fdd0}0\u{fdd1}b", 1), [(None, ""), (Some(0), "b")]);
    }
}
