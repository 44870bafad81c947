//! The lines of a page that say who wrote the article and when, and nothing else: the metadata has that, and the layout
//! says it again.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::dom::{Document, NodeId};
use crate::read::Date;

use super::content::LeftOut;
use super::furniture::Furniture;

/// Words around a name and a date that say no more.
const AROUND: [&str; 22] = [
    "door",
    "by",
    "von",
    "auteur",
    "auteurs",
    "author",
    "authors",
    "tekst",
    "en",
    "and",
    "op",
    "on",
    "geplaatst",
    "gepubliceerd",
    "geschreven",
    "posted",
    "published",
    "written",
    "datum",
    "date",
    "redactie",
    "laatst",
];

/// The months in Dutch and English, with their short forms.
const MONTHS: [&[&str]; 12] = [
    &["januari", "january", "jan"],
    &["februari", "february", "feb"],
    &["maart", "march", "mrt", "mar"],
    &["april", "apr"],
    &["mei", "may"],
    &["juni", "june", "jun"],
    &["juli", "july", "jul"],
    &["augustus", "august", "aug"],
    &["september", "sept", "sep"],
    &["oktober", "october", "okt", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

/// A line with more words than this says more.
const LONGEST: usize = 20;

/// Takes such lines out from below `root`; `is_within` says of which elements.
pub(super) fn take(
    document: &mut Document,
    root: NodeId,
    meta: &Map<String, Value>,
    is_within: impl Fn(&Document, NodeId) -> bool,
) -> Vec<LeftOut> {
    let authors: Vec<BTreeSet<String>> = names(meta).map(|name| words(name).collect()).collect();
    let date = meta.get("date").and_then(Value::as_str).and_then(Date::parse);
    let known = date.map(date_words).unwrap_or_default();
    let says_it = |text: &str| {
        let said: BTreeSet<String> = words(text).collect();
        let has_author = authors.iter().any(|author| author.is_subset(&said));
        let has_date = date.is_some_and(|date| said.contains(&date.year.to_string()));
        let is_known = |word: &String| {
            known.contains(word)
                || AROUND.contains(&&**word)
                || authors.iter().any(|author| author.contains(word))
        };
        said.len() <= LONGEST && (has_author || has_date) && said.iter().all(is_known)
    };
    let lines: Vec<NodeId> = document
        .elements(root)
        .filter(|&id| document.is(id, "p") || document.is(id, "address") || document.is(id, "time"))
        .filter(|&id| {
            !document
                .ancestors(id)
                .any(|up| matches!(document.tag(up), "blockquote" | "figure" | "table" | "p"))
        })
        .filter(|&id| is_within(document, id))
        .collect();
    let mut left_out = Vec::new();
    for id in lines {
        let text = document.text(id).split_whitespace().collect::<Vec<_>>().join(" ");
        if says_it(&text) {
            left_out.push(LeftOut { what: Furniture::Byline, line: document.node(id).line, text });
            document.detach(id);
        }
    }
    left_out
}

fn names(meta: &Map<String, Value>) -> impl Iterator<Item = &str> {
    meta.get("authors").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The words that a date is written with.
fn date_words(date: Date) -> BTreeSet<String> {
    let mut words = BTreeSet::from([date.year.to_string()]);
    for number in [date.month, date.day].into_iter().flatten() {
        words.extend([number.to_string(), format!("{number:02}")]);
    }
    let month = date.month.and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?));
    words.extend(month.into_iter().flat_map(|names| names.iter().map(|name| (*name).to_owned())));
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::dom;

    #[test]
    fn lines_that_only_say_who_and_when_go() {
        let meta = json!({ "authors": ["Sara Meijer", "Tom Lind"], "date": "2026-04-08" });
        let left = |html: &str| {
            let mut document = dom::parse_fragment(html, 1);
            let root = document.fragment();
            let left = take(&mut document, root, meta.as_object().unwrap(), |_, _| true);
            (document.inner_html(root), left.len())
        };
        for line in [
            "Door Sara Meijer en Tom Lind",
            "8 april 2026",
            "Posted on April 08, 2026 by Tom Lind",
            "08-04-2026 | Sara Meijer",
        ] {
            assert_eq!(left(&format!("<p>{line}</p>")), (String::new(), 1), "{line}");
        }
        for line in ["Sara Meijer woont aan de kade", "9 april 2026", "april", "Door", "Tom", ""] {
            assert_eq!(left(&format!("<p>{line}</p>")), (format!("<p>{line}</p>"), 0), "{line}");
        }
        assert_eq!(left("<blockquote><p>Tom Lind</p></blockquote>").1, 0);
    }
}
