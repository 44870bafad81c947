//! Boxes below one another. Word draws one box around paragraphs in a row that have the same lines and the same indents, and
//! the lines above and below only around all of them (ISO/IEC 29500-1, 17.3.1.5, 17.3.1.24 and 17.3.1.7), so that boxes that
//! are alike would become one.

use super::look::{ParagraphLook, Rule};
use super::model::{Block, Paragraph};
use crate::geom::Edges;
use crate::style::NodeId;
use crate::units::Twips;

/// How much narrower the second of two boxes is that are alike: too little to be seen, and enough to be another indent.
pub(super) const STEP: Twips = Twips(1);

/// What Word compares.
type Drawn = (Edges<Option<Rule>>, Twips, Twips);

/// The paragraph before.
struct Last {
    painted: Option<NodeId>,
    drawn: Drawn,
    narrowed: bool,
}

/// Keeps boxes apart that are alike and below one another.
pub(super) fn apart(blocks: &mut [Block]) {
    let mut last: Option<Last> = None;
    for block in blocks {
        last = match block {
            Block::Paragraph(paragraph) => {
                let is_shown = paragraph.look.is_decorated() && paragraph.place.frame.is_none();
                is_shown.then(|| narrow(paragraph, last.as_ref()))
            }
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| apart(&mut cell.blocks));
                None
            }
        };
    }
}

/// Makes a paragraph narrower if Word would draw it in the box of the one before, and is not of that box.
fn narrow(paragraph: &mut Paragraph, last: Option<&Last>) -> Last {
    let painted = paragraph.painted;
    let narrowed = last.is_some_and(|last| match painted {
        Some(_) if last.painted == painted => last.narrowed,
        Some(_) => last.drawn == drawn(&paragraph.look),
        None => false,
    });
    if narrowed {
        paragraph.look.right.0 += STEP.0;
    }
    Last { painted, drawn: drawn(&paragraph.look), narrowed }
}

fn drawn(look: &ParagraphLook) -> Drawn {
    (look.borders, look.left, look.right)
}
