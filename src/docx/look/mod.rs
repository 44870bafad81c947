//! What Word can say of a computed style: plain values that can be compared, so that equal looks become one
//! named style and a difference becomes direct formatting.

mod color;
mod paragraph;
mod run;

pub(super) use color::Rgb;
pub(super) use paragraph::{Align, LineRule, ParagraphLook, Rule, TabStop, TextFrame};
pub(super) use run::{LetterCase, Raise, RunDelta, RunLook, Script, lang_attributes};
