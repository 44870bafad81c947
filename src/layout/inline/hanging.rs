//! Punctuation that hangs out of the text's edges (CSS Text 4, section 8.2.1). The specification has stops and
//! commas hang as a whole. Where all of them are to hang, other light signs do by a part, as typesetters have it,
//! so that the edge looks straight.

use crate::style::computed::{HangingEnd, HangingPunctuation};

/// What hangs before the first line.
const OPENING: [char; 8] = ['“', '‘', '„', '‚', '«', '(', '[', '"'];
/// What hangs after the last line.
const CLOSING: [char; 7] = ['”', '’', '»', ')', ']', '"', '\''];
/// Stops and commas.
const STOPS: [char; 6] = ['.', ',', '،', '۔', '、', '。'];

/// How much of a sign's width hangs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Hanging {
    /// In any case.
    pub always: f32,
    /// Where there is no room for it.
    pub at_need: f32,
}

/// How much of the sign hangs with which a line ends.
pub(super) fn at_end(sign: &str, style: HangingPunctuation, is_last: bool) -> Hanging {
    if is_last && style.last && sign.ends_with(CLOSING) {
        return Hanging { always: 1.0, at_need: 0.0 };
    }
    match style.end {
        HangingEnd::None => Hanging::default(),
        HangingEnd::Allow if sign.ends_with(STOPS) => Hanging { always: 0.0, at_need: 1.0 },
        HangingEnd::Allow => Hanging::default(),
        HangingEnd::Force => Hanging { always: share(sign), at_need: 0.0 },
    }
}

/// How much of a sign hangs where all that may hang does.
fn share(sign: &str) -> f32 {
    match sign.chars().next_back() {
        Some(stop) if STOPS.contains(&stop) => 1.0,
        Some('-' | '\u{2010}' | '\u{2011}' | '”' | '’' | '»' | '"' | '\'') => 0.7,
        Some(':' | ';' | '!' | '?' | '·') => 0.5,
        Some('–' | '—') => 0.3,
        _ => 0.0,
    }
}

/// Whether a text begins with what hangs before a first line.
pub(super) fn opens(text: &str) -> bool {
    text.starts_with(OPENING)
}
