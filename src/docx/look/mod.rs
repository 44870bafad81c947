//! What Word can say of a computed style: plain values that can be compared, so that equal looks become one
//! named style.

mod color;
mod paragraph;
mod place;
mod run;

pub(super) use color::Rgb;
pub(super) use paragraph::{Align, LineRule, ParagraphLook, Rule, TabStop};
pub(super) use place::{Place, TextFrame};
pub(super) use run::{LetterCase, Raise, RunDelta, RunLook, Script, lang_attributes};
