//! What the guides tell about keys: the rows of their tables.

const METADATA: &str = include_str!("../../docs/metadata.md");
const BOOKLETS: &str = include_str!("../../docs/booklets.md");

/// A part of a guide that has a table of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// The keys of metadata that the program knows.
    Metadata,
    /// The keys of metadata that layouts use.
    Layouts,
    Catalog,
    Settings,
    Booklets,
    Brand,
}

impl Section {
    /// The guide, the heading above the table, and what the head of its second column is.
    const fn place(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Metadata => (METADATA, "Keys that the program knows", "is"),
            Self::Layouts => (METADATA, "Keys that the program knows", "used by"),
            Self::Catalog => (METADATA, "The catalog", "is"),
            Self::Settings => (METADATA, "handout.toml", "is"),
            Self::Booklets => (BOOKLETS, "", "is"),
            Self::Brand => (METADATA, "_brand.yml", "is"),
        }
    }
}

/// What the guide tells about a key, named with the keys above it; else of keys of this name anywhere.
pub(super) fn about(section: Section, path: &str) -> Option<String> {
    let rows = rows(section);
    let name = path.rsplit('.').next().unwrap_or_default();
    let found = [path, name].into_iter().find_map(|key| rows.iter().find(|(known, _)| *known == key));
    found.map(|(_, about)| about.clone())
}

/// The keys that the guide lists, in its order, and what it tells about each.
pub(super) fn rows(section: Section) -> Vec<(&'static str, String)> {
    let (guide, heading, second) = section.place();
    let mut lines = guide.lines().skip_while(|line| {
        !heading.is_empty() && line.strip_prefix("## ").is_none_or(|words| words != heading)
    });
    let mut head: Option<Vec<&str>> = None;
    let mut rows = Vec::new();
    let until_next = |line: &&str| heading.is_empty() || !line.starts_with("## ");
    for line in lines.next().into_iter().chain(lines.take_while(until_next)) {
        let cells = cells(line);
        match &head {
            _ if cells.len() < 2 => head = None,
            None => head = Some(cells),
            Some(_) if cells[0].starts_with("---") => {}
            Some(head) if head[1] != second => {}
            Some(head) => {
                let about = describe(head, &cells);
                rows.extend(keys(cells[0]).map(|key| (key, about.clone())));
            }
        }
    }
    rows
}

/// The cells of a row of a table; none for another line.
fn cells(line: &'static str) -> Vec<&'static str> {
    let row = line.strip_prefix('|').and_then(|row| row.trim_end().strip_suffix('|'));
    row.map(|row| row.split('|').map(str::trim).collect()).unwrap_or_default()
}

/// The names between backticks.
fn keys(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('`').skip(1).step_by(2)
}

/// What the cells of a row tell, each with the head of its column where that is a part of the sentence.
fn describe(head: &[&str], cells: &[&str]) -> String {
    let mut parts = Vec::new();
    for (head, cell) in head.iter().zip(cells).skip(1).filter(|(_, cell)| !cell.is_empty()) {
        let cell = unlinked(cell);
        parts.push(match *head {
            "is" | "what it does" => sentence(&cell),
            head => sentence(&format!("{head}: {cell}")),
        });
    }
    parts.join(" ")
}

/// The text with a capital at its beginning and a full stop at its end.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    let end = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}

/// The text with the words of links in place of the links.
fn unlinked(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        let Some((words, after)) = link.split_once("](") else { break };
        let Some((_, after)) = after.split_once(')') else { break };
        plain.push_str(before);
        plain.push_str(words);
        rest = after;
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sentences_without_links() {
        assert_eq!(unlinked("a [b](c.md) and [d](#e)"), "a b and d");
        assert_eq!(describe(&["key", "is", "absent"], &["`a`", "a text", "none"]), "A text. Absent: none.");
        assert_eq!(keys("`a`, `b.c`").collect::<Vec<_>>(), ["a", "b.c"]);
        assert_eq!(rows(Section::Metadata)[0].0, "title");
        assert_eq!(rows(Section::Layouts)[0].0, "url");
    }
}
