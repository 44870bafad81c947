//! Every glyph that is shown stands for characters (ISO 14289-1, 7.21.7 and 7.21.8).

use super::super::font::Fonts;
use crate::audit::{Check, Rule, Standard};
use crate::layout::{Item, Pages, Text};

pub(super) static UNICODE: Rule = Rule {
    code: "glyph-without-meaning",
    asks: "Every glyph that is shown is in its font, and stands for characters that have a meaning.",
    clauses: &[
        Standard::PdfUa1.clause("7.21.7"),
        Standard::PdfUa1.clause("7.21.8"),
        Standard::PdfA2a.clause("6.2.11.7"),
        Standard::PdfA2a.clause("6.2.11.8"),
        Standard::Matterhorn.clause("10-001"),
        Standard::Matterhorn.clause("31-027"),
        Standard::Matterhorn.clause("31-028"),
        Standard::Matterhorn.clause("31-030"),
    ],
};

/// Looks at each run, and at each glyph of each font once.
pub(super) fn unicode(pages: &Pages, fonts: &Fonts) -> Check {
    let mut check = Check::new(&UNICODE);
    for font in fonts.iter() {
        for text in font.meanings() {
            let wrong = !is_meaning(text);
            let told = || check.error(format!("a glyph of the font {} stands for {text:?}", font.name));
            let finding = wrong.then(told);
            check.examine(finding);
        }
    }
    for page in &pages.pages {
        runs(&page.items, &mut |text| {
            let missing = text.glyphs.iter().any(|glyph| glyph.id == 0);
            let finding = missing.then(|| {
                check
                    .error(format!("“{}” is set with the sign for a missing glyph", text.text))
                    .hint("add a font that has these characters to the folder fonts/ of the project")
            });
            check.examine(finding);
        });
    }
    check
}

/// Whether a text can be copied, searched and read out.
fn is_meaning(text: &str) -> bool {
    let is_private =
        |letter| matches!(letter, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..);
    let is_nothing = |letter| matches!(letter, '\0' | '\u{FEFF}' | '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}');
    !text.is_empty() && !text.chars().any(|letter| is_private(letter) || is_nothing(letter))
}

fn runs(items: &[Item], visit: &mut dyn FnMut(&Text)) {
    for item in items {
        match item {
            Item::Group(group) => runs(&group.items, visit),
            Item::Text(text) => visit(text),
            Item::Shape(_) | Item::Picture(..) => {}
        }
    }
}
