//! Abbreviations as PHP Markdown Extra has them: `*[HTML]: HyperText Markup Language` on a line of its own, and every
//! `HTML` in the text is an `<abbr>` with that title.

use std::collections::BTreeMap;

use super::numbered::{FencedCode, Numbered};
use crate::dom::{Document, NodeId};

/// What abbreviations stand for.
#[derive(Debug, Default)]
pub(super) struct Abbreviations {
    meanings: BTreeMap<String, String>,
    /// The lengths that occur, in bytes, the longest first.
    lengths: Vec<usize>,
}

/// An abbreviation may have so many bytes: each length that occurs costs a look at every word.
const LONGEST: usize = 64;

/// The text without its definitions, and what they say.
pub(super) fn take(text: Numbered) -> (Numbered, Abbreviations) {
    let mut found = Abbreviations::default();
    if !text.text().contains("*[") {
        return (text, found);
    }
    let mut rest = Numbered::with_capacity(text.text().len());
    let mut code = FencedCode::default();
    for (line, number) in text.lines() {
        match definition(line).filter(|_| !code.holds(line)) {
            Some((short, long)) => {
                found.meanings.insert(short.to_owned(), long.to_owned());
                rest.push("\n", number);
            }
            None => rest.push(line, number),
        }
    }
    let mut lengths: Vec<usize> = found.meanings.keys().map(String::len).collect();
    lengths.sort_unstable_by(|one, other| other.cmp(one));
    lengths.dedup();
    found.lengths = lengths;
    (rest, found)
}

fn definition(line: &str) -> Option<(&str, &str)> {
    let (short, long) = line.trim().strip_prefix("*[")?.split_once("]:")?;
    let is_right = !short.trim().is_empty() && short.len() <= LONGEST && !long.trim().is_empty();
    (is_right && !line.starts_with("    ")).then(|| (short.trim(), long.trim()))
}

impl Abbreviations {
    /// Marks the abbreviations in the text, but for those in code and in an `abbr` that somebody wrote.
    pub fn mark(&self, document: &mut Document, root: NodeId) {
        if self.meanings.is_empty() {
            return;
        }
        let is_closed = |id: NodeId| {
            matches!(document.tag(id), "abbr" | "code" | "pre" | "kbd" | "samp" | "svg")
                || document.attribute(id, "role") == Some("math")
        };
        let texts: Vec<NodeId> = document
            .descendants(root)
            .filter(|&id| document.text_of(id).is_some())
            .filter(|&id| !document.ancestors(id).any(is_closed))
            .collect();
        for text in texts {
            self.mark_in(document, text);
        }
    }

    fn mark_in(&self, document: &mut Document, node: NodeId) {
        let text = document.text_of(node).unwrap_or_default().to_owned();
        let mut done = 0;
        let mut before = None;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let begins = c.is_alphanumeric() && !before.is_some_and(char::is_alphanumeric);
            if let Some((short, long)) = begins.then(|| self.at(&text[at..])).flatten() {
                let (kept, abbr) =
                    (document.new_text(&text[done..at]), document.new_element("abbr", &[("title", long)]));
                let words = document.new_text(short);
                document.append(abbr, words);
                document.insert_before(kept, node);
                document.insert_before(abbr, node);
                at += short.len();
                done = at;
                before = short.chars().last();
            } else {
                at += c.len_utf8();
                before = Some(c);
            }
        }
        if done > 0 {
            let rest = document.new_text(&text[done..]);
            document.insert_before(rest, node);
            document.detach(node);
        }
    }

    /// The abbreviation that a text begins with as a word of its own, and what it stands for.
    fn at(&self, text: &str) -> Option<(&str, &str)> {
        self.lengths.iter().find_map(|&length| {
            let (short, rest) = text.split_at_checked(length)?;
            let (short, long) = self.meanings.get_key_value(short)?;
            (!rest.starts_with(char::is_alphanumeric)).then_some((short.as_str(), long.as_str()))
        })
    }
}
