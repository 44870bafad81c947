//! Signs for characters that a font lacks and that it need not have.

use crate::fonts::Face;

/// Whether shaping makes a character of others that every font has: spaces of their own widths, and the hyphen
/// that no line breaks after.
pub(super) fn is_made(character: char) -> bool {
    matches!(
        character,
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{2010}' | '\u{2011}' | '\u{202F}' | '\u{205F}'
    )
}

/// The sign that a face has for a character that it lacks: one that looks like it.
pub(super) fn of(text: &str, face: &Face) -> Option<char> {
    let mut characters = text.chars();
    let (character, None) = (characters.next()?, characters.next()) else { return None };
    let like: &[char] = match character {
        '\u{2010}' | '\u{2011}' => &['\u{2010}', '-'],
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => &[' '],
        '‣' | '▸' | '►' | '▶' => &['▸', '›', '•'],
        '▪' | '■' | '●' | '⁃' | '◾' => &['■', '•', '·'],
        '○' | '◦' | '□' | '▫' | '◯' => &['◦', '°', 'o'],
        '✓' | '✔' => &['✓', '√'],
        '→' | '➔' | '➜' => &['→', '›'],
        '−' => &['–'],
        '\u{2032}' => &['\''],
        '\u{2033}' => &['"'],
        _ => return None,
    };
    like.iter().copied().find(|&sign| face.has(sign))
}
