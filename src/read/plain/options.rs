//! What a catalog entry tells about a plain text.

use std::collections::BTreeMap;

use crate::diag::Place;

/// What a catalog entry tells about a plain text that the text itself does not. All lines are matched as whole
/// lines, blanks around and within them aside.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The title, where the entry gives one. Without it the first line that is kept is the title.
    pub title: Option<String>,
    /// The first line of the article; without it the first line of the file.
    pub from: Option<String>,
    /// The first line that no longer belongs to the article; without it the article ends with the file.
    pub to: Option<String>,
    /// Lines that are page furniture.
    pub drop: Vec<String>,
    /// Lines that are headings, by level from 1 to 6.
    pub headings: BTreeMap<u8, Vec<String>>,
    /// Where these options stand, for messages about them; the text's own file where nothing else is known.
    pub place: Option<Place>,
}
