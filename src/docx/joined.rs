//! Boxes below one another. Word draws one box around paragraphs in a row that have the same lines and the same indents, and
//! the lines above and below only around all of them (ISO/IEC 29500-1, 17.3.1.5, 17.3.1.7 and 17.3.1.24), so that boxes that
//! are alike would become one.

use super::Writer;
use super::look::{ParagraphLook, Rgb, Rule};
use super::model::{Block, Paragraph};
use crate::geom::Edges;
use crate::style::NodeId;
use crate::units::Twips;

/// How much narrower the second of two boxes is that are alike: too little to be seen, and enough to be another indent.
pub(super) const STEP: Twips = Twips(1);

/// What is compared.
type Drawn = (Edges<Option<Rule>>, Option<Rgb>, Twips, Twips);

/// The paragraph before.
struct Last {
    painted: Option<NodeId>,
    drawn: Drawn,
    narrowed: bool,
}

impl Writer<'_> {
    /// Keeps boxes apart that are alike and below one another: those with a ground by an empty paragraph as high as the
    /// distance, since the distance between two paragraphs on the same ground may be painted too; those with lines alone by
    /// another indent.
    pub(super) fn keep_boxes_apart(&mut self, blocks: &mut Vec<Block>) {
        let mut last: Option<Last> = None;
        let mut gaps = Vec::new();
        for at in 0..blocks.len() {
            let (before, rest) = blocks.split_at_mut(at);
            last = match rest.first_mut() {
                Some(Block::Paragraph(paragraph)) if is_drawn(paragraph) => {
                    let (next, is_narrower) = next(paragraph, last.as_ref());
                    let above = before.last_mut().and_then(Block::paragraph);
                    match above.filter(|_| is_narrower && paragraph.look.shading.is_some()) {
                        Some(above) => gaps.extend(self.gap_between(above, paragraph).map(|gap| (at, gap))),
                        None if is_narrower => paragraph.look.right.0 += STEP.0,
                        None => {}
                    }
                    Some(next)
                }
                Some(Block::Table(table)) => {
                    let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                    cells.for_each(|cell| self.keep_boxes_apart(&mut cell.blocks));
                    None
                }
                _ => None,
            };
        }
        if gaps.is_empty() {
            return;
        }
        let mut gaps = gaps.into_iter().peekable();
        let whole = std::mem::take(blocks);
        for (at, block) in whole.into_iter().enumerate() {
            blocks.extend(gaps.next_if(|(place, _)| *place == at).map(|(_, gap)| gap));
            blocks.push(block);
        }
    }

    /// An empty paragraph in the place of the distance between two, on the page of the first if that keeps to the second.
    fn gap_between(&mut self, above: &mut Paragraph, below: &mut Paragraph) -> Option<Block> {
        let mut gap = self.distance(above.look.after.max(below.look.before))?;
        let line = gap.paragraph()?;
        line.look.keep_next = above.look.keep_next;
        line.place.section = below.place.section;
        (above.look.after, below.look.before) = (Twips(0), Twips(0));
        Some(gap)
    }
}

fn is_drawn(paragraph: &Paragraph) -> bool {
    paragraph.look.is_decorated() && paragraph.place.frame.is_none()
}

/// What a paragraph is for the next one, and whether it would be drawn in the box of the last without being of that box.
fn next(paragraph: &Paragraph, last: Option<&Last>) -> (Last, bool) {
    let painted = paragraph.painted;
    let narrowed = last.is_some_and(|last| match painted {
        Some(_) if last.painted == painted => last.narrowed,
        Some(_) => last.drawn == drawn(&paragraph.look),
        None => false,
    });
    let mut drawn = drawn(&paragraph.look);
    if narrowed && paragraph.look.shading.is_none() {
        drawn.3.0 += STEP.0;
    }
    (Last { painted, drawn, narrowed }, narrowed)
}

fn drawn(look: &ParagraphLook) -> Drawn {
    (look.borders, look.shading, look.left, look.right)
}
