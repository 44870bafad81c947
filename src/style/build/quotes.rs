//! Quotation marks by language (CSS Generated Content 3, section 3.1; the marks are those of CLDR).

use crate::style::computed::List;

/// The marks of a language: outer pair, inner pair.
fn of_language(lang: &str) -> [(&'static str, &'static str); 2] {
    let primary = lang.split('-').next().unwrap_or("").to_ascii_lowercase();
    match &*primary {
        "de" | "cs" | "sk" | "sl" => [("„", "“"), ("‚", "‘")],
        "fr" => [("«\u{202f}", "\u{202f}»"), ("“", "”")],
        "es" | "it" | "pt" | "el" | "ru" | "uk" => [("«", "»"), ("“", "”")],
        "pl" | "ro" | "hu" => [("„", "”"), ("«", "»")],
        "da" | "no" | "nb" | "nn" => [("«", "»"), ("‘", "’")],
        "sv" | "fi" => [("”", "”"), ("’", "’")],
        _ => [("“", "”"), ("‘", "’")],
    }
}

/// The opening and closing mark at a depth, from 0; deeper than there are pairs the last one stays.
pub(super) fn marks(list: &List, lang: &str, depth: usize) -> (String, String) {
    if list.quotes_of_language {
        let (open, close) = of_language(lang)[depth.min(1)];
        return (open.to_owned(), close.to_owned());
    }
    let pair = list.quotes.get(depth.min(list.quotes.len().saturating_sub(1)));
    pair.map_or_else(Default::default, |(open, close)| (open.to_string(), close.to_string()))
}
