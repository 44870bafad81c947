//! Where a paragraph stands: in a list, beside the text, in columns. A style says how paragraphs look; this is said of
//! each of them.

use std::sync::Arc;

use docx_rs::{FrameProperty, IndentLevel, NumberingId, ParagraphProperty};

use crate::docx::columns::Columns;
use crate::docx::package::Rider;
use crate::units::Twips;

/// The place of a paragraph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// Numbering instance and level.
    pub numbering: Option<(usize, usize)>,
    /// The frame that it stands in, beside the text.
    pub frame: Option<TextFrame>,
    /// The columns that it stands in.
    pub section: Option<Columns>,
    /// `w:sectPr` of the section that it is the last paragraph of.
    pub section_end: Option<Arc<str>>,
}

/// `w:framePr` (ISO/IEC 29500-1, 17.3.1.11): paragraphs beside the text, at the height of the next one that is in no
/// frame. Paragraphs in a row that have the same frame share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextFrame {
    /// From the left side of the column.
    pub left: Twips,
    /// From the top of the next paragraph.
    pub top: Twips,
    /// Its width, with the distance that the text keeps.
    pub width: Twips,
}

impl Place {
    /// What docx-rs has no word for.
    pub fn rider(&self) -> Rider {
        self.section_end.iter().map(|section| ("w:sectPr", section.to_string())).collect()
    }

    /// Says the rest.
    pub fn put(&self, mut paragraph: ParagraphProperty) -> ParagraphProperty {
        if let Some((number, level)) = self.numbering {
            paragraph = paragraph.numbering(NumberingId::new(number), IndentLevel::new(level));
        }
        match self.frame {
            Some(frame) => paragraph.frame_property(frame.property()),
            None => paragraph,
        }
    }
}

impl TextFrame {
    fn property(self) -> FrameProperty {
        // Word takes a place of 0 for none at all.
        let at = |place: Twips| if place.0 == 0 { 1 } else { place.0 };
        FrameProperty::new()
            .width(self.width.0.max(1) as u32)
            .wrap("around")
            .h_anchor("text")
            .v_anchor("text")
            .x(at(self.left))
            .y(at(self.top))
    }
}
