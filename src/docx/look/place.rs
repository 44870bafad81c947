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
pub(crate) enum TextFrame {
    /// A box beside the text.
    Box {
        /// From the left side of the column.
        left: Twips,
        /// From the top of the next paragraph.
        top: Twips,
        /// Its width, with the distance that the text keeps.
        width: Twips,
    },
    /// The first letter of the next paragraph, as high as several lines of it.
    Initial {
        /// How many lines.
        lines: u8,
        /// Between it and the text.
        space: Twips,
    },
}

impl Place {
    /// What docx-rs has no word for.
    pub fn rider(&self) -> Rider {
        let section = self.section_end.iter().map(|section| ("w:sectPr", section.to_string()));
        self.frame.and_then(TextFrame::rider).into_iter().chain(section).collect()
    }

    /// What a paragraph says of its numbering where its style has one: nothing if it is the same, and that it has none if
    /// it has none (`w:numId` of 0, 17.9.18).
    pub fn numbering_beside(&self, styles: Option<(usize, usize)>) -> Option<(usize, usize)> {
        match (self.numbering, styles) {
            (own, None) => own,
            (None, Some((_, level))) => Some((0, level)),
            (own, styles) => own.filter(|_| own != styles),
        }
    }

    /// Says the rest.
    pub fn put(&self, mut paragraph: ParagraphProperty) -> ParagraphProperty {
        if let Some((number, level)) = self.numbering {
            paragraph = paragraph.numbering(NumberingId::new(number), IndentLevel::new(level));
        }
        match self.frame.and_then(TextFrame::property) {
            Some(frame) => paragraph.frame_property(frame),
            None => paragraph,
        }
    }
}

impl TextFrame {
    fn property(self) -> Option<FrameProperty> {
        let Self::Box { left, top, width } = self else { return None };
        // Word takes a place of 0 for none at all.
        let at = |place: Twips| if place.0 == 0 { 1 } else { place.0 };
        let frame = FrameProperty::new().width(width.0.max(1) as u32).wrap("around");
        Some(frame.h_anchor("text").v_anchor("text").x(at(left)).y(at(top)))
    }

    /// What docx-rs has no word for.
    fn rider(self) -> Option<(&'static str, String)> {
        let Self::Initial { lines, space: Twips(space) } = self else { return None };
        let frame = format!(
            r#"<w:framePr w:dropCap="drop" w:lines="{lines}" w:hSpace="{space}" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/>"#
        );
        Some(("w:framePr", frame))
    }
}
