//! Who gets the pages: a reader the sheets as they are, a printer paint and paper beyond them.

use super::{Outside, paint};
use crate::style::PageStyle;
use crate::style::computed::{Bleed, Marks};
use crate::units::Mm;

/// What printers ask for.
const BLEED: Mm = Mm(3.0);

/// Who gets the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Destination {
    /// Somebody who reads or prints them: what is around a sheet is what the stylesheet says.
    #[default]
    Reader,
    /// A printing house: where the stylesheet says nothing, 3 mm of bleed and crop marks.
    Printer,
}

impl Destination {
    /// What is around a sheet of this style.
    pub(super) fn around(self, style: &PageStyle) -> (Outside, Marks) {
        let (bleed, marks) = match self {
            Self::Reader => (Bleed::Auto, Marks::default()),
            Self::Printer => (Bleed::Length(BLEED.into()), Marks { crop: true, cross: false }),
        };
        let marks = style.marks.unwrap_or(marks);
        let bleed = style.bleed.unwrap_or(bleed).resolve(marks);
        (paint::outside(bleed, marks), marks)
    }
}
