//! The distances between blocks, once all blocks are there: those around tables, and those between two paragraphs, of
//! which Word takes the larger. Only what the two make together can be seen, so each is as most of its kind have it
//! wherever that gives the same.

use std::collections::HashMap;

use super::Writer;
use super::flow::Column;
use super::look::{ParagraphLook, Rgb, RunLook};
use super::model::{Block, Cell, Kind, Merge, Paragraph, Role, Row, paragraphs};
use crate::units::{Px, Twips};

/// What paragraphs have in common that would be alike but for their distances.
type Family<'b> = (&'b Kind, ParagraphLook, &'b RunLook);

/// The distances above and below that rules give most of a family.
#[derive(Clone, Copy, Debug)]
struct Usual {
    before: Twips,
    after: Twips,
}

/// How often each distance is found.
type Counts = HashMap<Twips, usize>;

/// How much nearer to a box a heading may stand than the box asks for: 6 pt.
const SMALL: Twips = Twips(120);

/// Whether a distance stays on the page of what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeepNext {
    No,
    Yes,
}

impl Writer<'_> {
    /// No body, cell, header or footer may be empty. Tables have no space around them, and two that touch become one: the paragraphs beside them take the
    /// space over, and an empty one stands between two tables and at the end.
    pub(super) fn keep_tables_apart(&mut self, blocks: &mut Vec<Block>) {
        if blocks.is_empty() {
            blocks.extend(self.distance(Twips(20)));
        }
        let mut apart: Vec<Block> = Vec::with_capacity(blocks.len());
        for mut block in std::mem::take(blocks) {
            let before = *block.before();
            let blocks_before = apart.len();
            match (apart.last_mut(), &mut block) {
                (Some(Block::Paragraph(last)), Block::Table(_)) if is_heading(last) => {
                    let gap = Twips(before.0 - last.look.after.0);
                    apart.extend(self.beyond_heading(gap, KeepNext::Yes));
                }
                (Some(Block::Paragraph(last)), Block::Table(_)) => {
                    last.look.after = last.look.after.max(before)
                }
                (Some(Block::Table(last)), Block::Paragraph(next)) if next.place.frame.is_some() => {
                    let gap = last.after;
                    apart.extend(self.distance(gap).filter(|_| gap.0 > 20));
                }
                (Some(Block::Table(last)), Block::Paragraph(next)) if is_heading(next) => {
                    let gap = Twips(last.after.0 - next.look.before.0);
                    apart.extend(self.beyond_heading(gap, KeepNext::No));
                }
                (Some(Block::Table(last)), Block::Paragraph(next)) => {
                    next.look.before = next.look.before.max(last.after)
                }
                (Some(Block::Table(last)), Block::Table(_)) => {
                    let gap = match before {
                        Twips(overlap) if overlap < 0 => last.draw_back(Twips(-overlap)),
                        _ => last.after.max(before),
                    };
                    apart.extend(self.distance(gap));
                }
                (None, Block::Table(_)) if before.0 > 20 => apart.extend(self.distance(before)),
                _ => {}
            }
            into_columns(&mut apart, blocks_before, &block);
            if let Block::Table(table) = &mut block {
                if table.page_break_before {
                    let mut broken = self.distance(Twips(20));
                    let line = broken.as_mut().and_then(Block::paragraph);
                    line.into_iter().for_each(|line| line.look.page_break_before = true);
                    apart.extend(broken);
                }
                for row in &mut table.rows {
                    self.level_tops(row);
                    row.cells.iter_mut().for_each(|cell| self.keep_tables_apart(&mut cell.blocks));
                }
            }
            apart.push(block);
        }
        if let Some(Block::Table(last)) = apart.last() {
            let section = last.section;
            let mut end = self.distance(Twips(20));
            end.iter_mut().zip(section).for_each(|(end, columns)| end.set_section(columns));
            apart.extend(end);
        }
        *blocks = apart;
    }

    /// A document with footnotes does not begin with a table: LibreOffice (7.4) would set the table lower by the lines
    /// of a note.
    pub(super) fn begin_with_paragraph(&mut self, blocks: &mut Vec<Block>) {
        let begins_with_table = matches!(blocks.first(), Some(Block::Table(_)));
        if begins_with_table && !self.notes.is_empty() {
            blocks.splice(0..0, self.distance(Twips(20)));
        }
    }

    /// Gives the cells of a row the same padding above, and what some have beyond it to what is in them: Word gives all
    /// cells of a row the largest of their upper margins.
    fn level_tops(&mut self, row: &mut Row) {
        let Some(least) = row.cells.iter().filter(|cell| !is_gap(cell)).map(|cell| cell.padding.top).min()
        else {
            return;
        };
        for cell in &mut row.cells {
            let beyond = Twips(cell.padding.top.0 - least.0);
            cell.padding.top = least;
            match cell.blocks.first_mut() {
                Some(Block::Paragraph(first)) if beyond.0 > 0 => {
                    first.look.before = Twips(first.look.before.0 + beyond.0);
                }
                Some(Block::Table(first)) if beyond.0 > 0 => {
                    first.before = Twips(first.before.0 + beyond.0);
                }
                _ => {}
            }
        }
    }

    /// What a box beside a heading asks for beyond the heading's own distance: headings of a level stay in one style,
    /// which is what fields find them by. A small difference is let go.
    fn beyond_heading(&mut self, gap: Twips, keep: KeepNext) -> Option<Block> {
        let mut line = self.distance(gap).filter(|_| gap.0 > SMALL.0)?;
        line.paragraph()?.look.keep_next = keep == KeepNext::Yes;
        Some(line)
    }

    pub(super) fn distance(&mut self, height: Twips) -> Option<Block> {
        let style = self.tree.node(self.tree.root).style.clone();
        let line = self.spacer(&Column::new(Px(1.0), Rgb::WHITE), &style, height)?;
        Some(Block::Paragraph(Box::new(line)))
    }
}

/// Puts the distances from `first` on into the columns that both the block before and the one behind them are in: one
/// that stood between would end the section.
fn into_columns(blocks: &mut [Block], first: usize, behind: &Block) {
    let (before, distances) = blocks.split_at_mut(first);
    let Some(columns) = behind.section() else { return };
    if before.last().is_none_or(|before| before.section() == Some(columns)) {
        distances.iter_mut().for_each(|distance| distance.set_section(columns));
    }
}

/// Gives the paragraphs of these blocks the distances that are usual for their kind, where no distance changes by it.
pub(super) fn ease(blocks: &mut [Block]) {
    let usual = usual(blocks);
    ease_in(blocks, &mut usual.into_iter());
}

/// What is usual for each paragraph, in reading order.
fn usual(blocks: &[Block]) -> Vec<Usual> {
    let mut families: HashMap<Family, usize> = HashMap::new();
    let mut counts: Vec<(Counts, Counts)> = Vec::new();
    let mut members = Vec::new();
    paragraphs(blocks, &mut |paragraph| {
        let next = counts.len();
        let family = (&paragraph.kind, paragraph.look.kind(), &paragraph.run);
        let at = *families.entry(family).or_insert(next);
        if at == next {
            counts.push(Default::default());
        }
        if let Some((before, after)) = counts.get_mut(at) {
            *before.entry(paragraph.own.0).or_default() += 1;
            *after.entry(paragraph.own.1).or_default() += 1;
        }
        members.push(at);
    });
    let most = |counts: &Counts| {
        let most = counts.iter().max_by_key(|(distance, count)| (**count, **distance));
        most.map_or(Twips(0), |(distance, _)| *distance)
    };
    let usual: Vec<Usual> =
        counts.iter().map(|(before, after)| Usual { before: most(before), after: most(after) }).collect();
    members.into_iter().filter_map(|at| usual.get(at).copied()).collect()
}

fn ease_in(blocks: &mut [Block], usual: &mut impl Iterator<Item = Usual>) {
    let mut above: Option<(&mut Paragraph, Usual)> = None;
    for block in blocks {
        match block {
            Block::Table(table) => {
                above = None;
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    ease_in(&mut cell.blocks, usual);
                }
            }
            Block::Paragraph(paragraph) => {
                let Some(own) = usual.next() else { return };
                let meets = paragraph.place.frame.is_none() && !paragraph.look.page_break_before;
                if let Some((last, its)) = above.filter(|_| meets) {
                    meet((last, its), (paragraph, own));
                }
                above = paragraph.place.frame.is_none().then_some((&mut **paragraph, own));
            }
        }
    }
}

/// Chooses the distance below one paragraph and that above the next, of which only the larger is seen. Headings keep
/// what is usual for them, so that all of a level are in one style.
fn meet((above, its): (&mut Paragraph, Usual), (below, own): (&mut Paragraph, Usual)) {
    let (after, before) = (above.look.after, below.look.before);
    let gap = after.max(before);
    let leave_above = (its.after, if its.after == gap { before } else { gap });
    let leave_below = (if own.before == gap { after } else { gap }, own.before);
    let chosen = match (its.after.max(own.before) == gap, its.after <= gap, own.before <= gap) {
        (true, ..) => (its.after, own.before),
        (_, true, true) if is_heading(above) && !is_heading(below) => leave_above,
        (_, _, true) => leave_below,
        (_, true, _) => leave_above,
        _ => (after, before),
    };
    (above.look.after, below.look.before) = chosen;
}

/// Whether a cell is only distance.
fn is_gap(cell: &Cell) -> bool {
    let is_spacer = |block: &Block| matches!(block, Block::Paragraph(line) if line.kind.role == Role::Spacer);
    cell.merge == Merge::Continue || cell.blocks.iter().all(is_spacer)
}

fn is_heading(paragraph: &Paragraph) -> bool {
    matches!(paragraph.kind.role, Role::Heading(_))
}

#[cfg(test)]
mod tests {
    use crate::docx::tests::{Builder, paragraphs, tree_of};

    #[test]
    fn headings_beside_boxes_keep_their_style_and_running_titles_find_them() {
        let css = |margin: u8| {
            format!(
                "h2 {{ margin: 10px 0 4px; string-set: kop content() }} p {{ margin: 0 }}
                .box {{ margin: {margin}px 0; background: #eee }} @page {{ @top-left {{ content: string(kop) }} }}"
            )
        };
        let html = "<h2>Een</h2><div class=box><p>a</p><p>b</p></div><h2>Twee</h2><p>c</p>";
        let of = |margin: u8| Builder(tree_of(html, &css(margin)));
        let tree = of(24);
        let texts = paragraphs(&tree.part("word/document.xml"));
        assert_eq!(texts[..2], ["Heading2: Een", "Space15Pt: "]);
        assert_eq!(texts[texts.len() - 3..], ["Space11Pt: ", "Heading2: Twee", "Normal: c"]);
        assert!(tree.part("word/header1.xml").contains("STYLEREF 2"));
        let near = paragraphs(&of(12).part("word/document.xml"));
        assert!(near.iter().all(|text| !text.starts_with("Space")), "{near:?}");
    }

    #[test]
    fn cells_of_a_row_have_one_upper_margin() {
        let css =
            "div { display: flex } p { margin: 0; width: 50%; padding-top: 4px } .low { padding-top: 24px }";
        let tree = Builder(tree_of("<div><p>hoog</p><p class=low>laag<br>x y z</p></div>", css));
        let document = tree.part("word/document.xml");
        assert_eq!(document.matches(r#"<w:top w:w="60""#).count(), 2, "{document}");
        let styles = tree.part("word/styles.xml");
        let low = styles.split("<w:style ").find(|style| style.contains(r#""Low""#)).unwrap();
        assert!(low.contains(r#"<w:spacing w:before="300""#), "{low}");
    }

    #[test]
    fn a_document_with_notes_begins_with_a_paragraph() {
        let css = "div { background: #eee; padding: 4px } .note { float: footnote }";
        let note = "<p>c<span class=note>noot</span></p>";
        let box_first = "<div><p>a</p><p>b</p></div>";
        let begins = |html: &str| {
            let document = Builder(tree_of(html, css)).part("word/document.xml");
            document.split("<w:body>").nth(1).unwrap().get(..5).unwrap().to_owned()
        };
        assert_eq!(begins(&format!("{box_first}{note}")), "<w:p>");
        assert_eq!(begins(box_first), "<w:tb");
    }

    #[test]
    fn what_would_stand_over_a_box_stands_below_it() {
        let css = "body, p { margin: 0 } .band { background: #123; padding: 40px 0 } .row { display: flex }
            .row p { width: 50%; background: #fc0 } .over { margin-top: -30px }";
        let of = |class: &str| {
            let row = format!("<div class='row {class}'><p>c</p><p>d</p></div>");
            let html = format!("<div class=band><p>a</p><p>b</p></div>{row}");
            Builder(tree_of(&html, css)).part("word/document.xml")
        };
        let (plain, over) = (of(""), of("over"));
        assert!(plain.contains(r#"<w:bottom w:w="600""#) && plain.contains("Space1Pt"), "{plain}");
        assert!(over.contains(r#"<w:bottom w:w="150""#) && over.contains("Space11Pt"), "{over}");
    }
}
