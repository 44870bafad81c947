//! Lines that look like page furniture. None is taken away without being asked; somebody should look.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::read::Source;

use super::select::Line;

/// The same line so often is furniture.
const OFTEN: usize = 3;

/// A warning for every line that returns again and again without being a sentence, and for page numbers.
pub(super) fn suspect(lines: &[Line], source: &Source) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<&str, (usize, u32)> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.text.chars().any(char::is_alphanumeric)) {
        seen.entry(&line.text).or_insert((0, line.number)).0 += 1;
    }
    let mut found: Vec<(u32, &str)> = seen
        .into_iter()
        .filter(|(text, (count, _))| {
            (*count >= OFTEN && !super::marks::ends_sentence(text)) || is_page_number(text)
        })
        .map(|(text, (_, line))| (line, text))
        .collect();
    found.sort_unstable();
    let warning = |(line, text): (u32, &str)| {
        Diagnostic::warning("page-furniture", format!("“{text}” reads like page furniture, and is kept"))
            .at(source.place(line))
            .hint("name the line under `drop` to leave it out")
    };
    found.into_iter().map(warning).collect()
}

/// `Pagina 3`, `Page 3 of 8`, `- 3 / 8 -`.
fn is_page_number(text: &str) -> bool {
    if text.len() > 24 {
        return false;
    }
    const WORDS: [&str; 8] = ["pagina", "page", "blz", "pag", "p", "van", "of", "from"];
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let number = |word: &String| word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    let numbers = words.iter().filter(|word| number(word)).count();
    let named =
        words.len() > numbers && words.first().is_some_and(|word| WORDS[..5].contains(&word.as_str()));
    (1..=2).contains(&numbers)
        && named
        && words.iter().all(|word| number(word) || WORDS.contains(&word.as_str()))
}
