//! `break-before`, `break-after` and `page` of a box with those of its first and last children
//! (CSS Fragmentation 3, 3.1; CSS Paged Media 3, 8.1).

use std::sync::Arc;

use crate::style::computed::Break;

/// Where breaks may or must be around a box, and the pages that it starts and ends on.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Breaks {
    /// Before it.
    pub before: Break,
    /// After it.
    pub after: Break,
    /// The name of the page that it starts on.
    pub start_page: Option<Arc<str>>,
    /// The name of the page that it ends on.
    pub end_page: Option<Arc<str>>,
}

/// Whether a break value forces a break of a page; `column` and `always` force one of any fragmentainer.
pub(in crate::layout) fn is_forced(value: Break) -> bool {
    matches!(
        value,
        Break::Page
            | Break::Always
            | Break::Left
            | Break::Right
            | Break::Recto
            | Break::Verso
            | Break::Column
    )
}

/// Whether a break value asks for no break.
pub(in crate::layout) fn is_avoided(value: Break) -> bool {
    matches!(value, Break::Avoid | Break::AvoidPage | Break::AvoidColumn)
}

/// What two values at one break point come to: a side over a page, a page over a column, a forced break over
/// an avoided one; of equals the later.
pub(in crate::layout) fn combined(first: Break, second: Break) -> Break {
    let rank = |value: Break| match value {
        Break::Left | Break::Right | Break::Recto | Break::Verso => 4,
        Break::Page | Break::Always => 3,
        Break::Column => 2,
        Break::Avoid | Break::AvoidPage | Break::AvoidColumn => 1,
        Break::Auto => 0,
    };
    if rank(second) >= rank(first) { second } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forced_break_wins_over_an_avoided_one() {
        assert_eq!(combined(Break::Avoid, Break::Page), Break::Page);
        assert_eq!(combined(Break::Right, Break::Page), Break::Right);
        assert_eq!(combined(Break::Auto, Break::Auto), Break::Auto);
    }
}
