//! What looks like a heading, a list, a table or emphasis is one, so that it is read out as one.

use super::Audit;
use super::reading::{Block, Reading, excerpt};
use crate::audit::{Check, Rule, Standard};
use crate::style::{Content, NodeId};

pub(super) const AUDITS: &[Audit] =
    &[(&HEADING, headings), (&LIST, lists), (&TABLE, tables), (&CAPITALS, capitals)];

static HEADING: Rule = Rule {
    code: "looks-like-heading",
    asks: "What looks like a heading is a heading.",
    clauses: &[Standard::PdfUa1.clause("7.1"), Standard::Wcag21.clause("1.3.1")],
};

static LIST: Rule = Rule {
    code: "looks-like-list",
    asks: "What looks like a list is a list.",
    clauses: &[Standard::PdfUa1.clause("7.6"), Standard::Wcag21.clause("1.3.1")],
};

static TABLE: Rule = Rule {
    code: "looks-like-table",
    asks: "What looks like a table is a table, and none is made of blanks.",
    clauses: &[
        Standard::PdfUa1.clause("7.5"),
        Standard::Wcag21.clause("1.3.1"),
        Standard::Wcag21.clause("1.3.2"),
    ],
};

static CAPITALS: Rule = Rule {
    code: "typed-in-capitals",
    asks: "No paragraph is typed in capitals, which some screen readers spell and everyone reads more slowly.",
    clauses: &[Standard::Wcag21.clause("1.3.1")],
};

/// A heading is no longer than this, in characters.
const LONGEST_HEADING: usize = 80;
/// A text in capitals that is shorter, in letters and in words, is a name or a cry.
const FEWEST_CAPITALS: usize = 30;
const FEWEST_WORDS: usize = 5;

fn headings(reading: &Reading<'_>, check: &mut Check) {
    for block in paragraphs(reading) {
        let words = block.words();
        let looks_so = is_bold_alone(reading, block.node)
            && words.chars().count() <= LONGEST_HEADING
            && !words.ends_with(['.', '!', '?', ':', ';', ',', '…'])
            && heads_text(reading, block.node);
        let finding = looks_so.then(|| {
            let warning = check.warning(format!("`{words}` looks like a heading, and is a bold paragraph"));
            let hint = match Notation::of(reading) {
                Notation::Word => "give it the style Heading 1, or of the level that it has there",
                Notation::Html => "write it as `<h2>…</h2>`, or of the level that it has there",
                Notation::Markdown => "write it as `## …`, or with as many `#` as its level is",
            };
            warning.at(reading.place(block.node)).hint(hint)
        });
        check.examine(finding);
    }
}

fn lists(reading: &Reading<'_>, check: &mut Check) {
    let mut before: Option<(NodeId, Item)> = None;
    let mut run = 1;
    for block in paragraphs(reading) {
        let items: Vec<Option<Item>> = block.lines().map(Item::of).collect();
        let in_lines = items.windows(2).any(|pair| match pair {
            [Some(first), Some(second)] => second.follows(*first),
            _ => false,
        });
        let own = items.first().copied().flatten().filter(|item| *item != Item::Dash);
        let follows = matches!((before, own), (Some((node, first)), Some(second))
            if second.follows(first) && reading.next(node) == Some(block.node));
        run = if follows { run + 1 } else { 1 };
        let finding = (in_lines || (follows && run == 2)).then(|| {
            let words = excerpt(&block.words());
            let warning = check.warning(format!("this looks like a list, and is a paragraph: “{words}”"));
            let hint = match Notation::of(reading) {
                Notation::Word => "make it a list with the buttons for bullets or numbers",
                Notation::Html => "write it as `<ul><li>…</li></ul>`, or `ol` where the items are numbered",
                Notation::Markdown => {
                    "begin each item on a line of its own with `- ` or `1. `, below an empty line"
                }
            };
            warning.at(reading.place(block.node)).hint(hint)
        });
        check.examine(finding);
        before = own.map(|item| (block.node, item));
    }
}

fn tables(reading: &Reading<'_>, check: &mut Check) {
    for block in paragraphs(reading) {
        let rows = block.lines().filter(|line| is_row(line)).count();
        let finding = (rows > 1).then(|| {
            let words = excerpt(&block.words());
            let warning = check.warning(format!("this looks like a table made of blanks: “{words}”"));
            let hint = match Notation::of(reading) {
                Notation::Word => "insert a table, and let its first row be repeated as header row",
                Notation::Html => "write it as a `<table>` with `<th>`",
                Notation::Markdown => {
                    "write it as a table: `| Name | Sum |`, below it `| --- | --- |`, and then its rows"
                }
            };
            warning.at(reading.place(block.node)).hint(hint)
        });
        check.examine(finding);
    }
}

fn capitals(reading: &Reading<'_>, check: &mut Check) {
    for block in reading.blocks.iter().filter(|block| reading.is_articles(block.node)) {
        let letters = || block.text.chars().filter(|char| char.is_alphabetic());
        let is_shouted = !letters().any(char::is_lowercase)
            && letters().filter(|char| char.is_uppercase()).count() >= FEWEST_CAPITALS
            && block.text.split_whitespace().count() >= FEWEST_WORDS;
        let finding = is_shouted.then(|| {
            let words = excerpt(&block.words());
            let warning = check.warning(format!("this is typed in capitals: “{words}”"));
            warning.at(reading.place(block.node)).hint(
                "write it in small letters; where it should look so, `text-transform: uppercase` in the layout's CSS",
            )
        });
        check.examine(finding);
    }
}

/// How a line of a list begins.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Item {
    Bullet,
    /// Lists and asides and turns of a dialogue begin with it.
    Dash,
    Number(u32),
    Letter(char),
}

impl Item {
    fn of(line: &str) -> Option<Self> {
        let (mark, rest) = line.split_once([' ', '\t', '\u{A0}'])?;
        if rest.trim().is_empty() {
            return None;
        }
        match mark {
            "•" | "·" | "▪" | "◦" | "‣" | "●" | "○" | "■" | "*" => return Some(Self::Bullet),
            "-" | "–" | "—" => return Some(Self::Dash),
            _ => {}
        }
        let mark = mark.strip_suffix(['.', ')'])?;
        let mut signs = mark.chars();
        match (signs.next()?, signs.next()) {
            (letter @ 'a'..='z', None) => Some(Self::Letter(letter)),
            _ => mark.parse().ok().filter(|number| *number < 100).map(Self::Number),
        }
    }

    /// Whether it is the next item of the list that `first` is in.
    fn follows(self, first: Self) -> bool {
        match (first, self) {
            (Self::Number(first), Self::Number(second)) => second == first + 1,
            (Self::Letter(first), Self::Letter(second)) => second as u32 == first as u32 + 1,
            (first, second) => first == second,
        }
    }
}

/// Whether there is a tab or a wide gap between the words of a line.
fn is_row(line: &str) -> bool {
    let mut blanks = 0;
    for char in line.chars() {
        blanks = if matches!(char, ' ' | '\u{A0}' | '\u{2003}') { blanks + 1 } else { 0 };
        if char == '\t' || blanks == 4 {
            return true;
        }
    }
    false
}

/// The paragraphs of the article.
fn paragraphs<'r, 'a>(reading: &'r Reading<'a>) -> impl Iterator<Item = &'r Block<'a>> {
    reading.blocks.iter().filter(|block| &*block.element.tag == "p" && reading.is_articles(block.node))
}

/// Whether all words of a paragraph are in one `strong` or `b`.
fn is_bold_alone(reading: &Reading<'_>, paragraph: NodeId) -> bool {
    let children = &reading.tree.node(paragraph).children;
    let has_own_words = children.iter().any(
        |&child| matches!(&reading.tree.node(child).content, Content::Text(text) if !text.trim().is_empty()),
    );
    let mut elements = children.iter().filter_map(|&child| reading.tree.element(child));
    let is_bold = elements.next().is_some_and(|first| matches!(&*first.tag, "strong" | "b"));
    !has_own_words && is_bold && elements.next().is_none()
}

/// Whether a paragraph stands in the running text, and text of its kind comes right after it.
fn heads_text(reading: &Reading<'_>, paragraph: NodeId) -> bool {
    let is_apart = reading.around(paragraph).skip(1).any(|node| {
        let tag = reading.tree.element(node).map_or("", |element| &*element.tag);
        matches!(
            tag,
            "aside"
                | "blockquote"
                | "dd"
                | "figcaption"
                | "figure"
                | "footer"
                | "header"
                | "li"
                | "td"
                | "th"
        )
    });
    let next = reading.next(paragraph).and_then(|next| Some((next, reading.tree.element(next)?)));
    !is_apart
        && next.is_some_and(|(node, next)| {
            matches!(&*next.tag, "p" | "ul" | "ol") && !is_bold_alone(reading, node)
        })
}

/// What the article is written in, as far as a hint depends on it.
enum Notation {
    Markdown,
    Html,
    Word,
}

impl Notation {
    fn of(reading: &Reading<'_>) -> Self {
        let file = reading.tree.file.to_ascii_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| file.ends_with(ending));
        match () {
            () if ends(&[".html", ".htm", ".xhtml"]) => Self::Html,
            () if ends(&[".docx", ".docm", ".dotx"]) => Self::Word,
            () => Self::Markdown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_follow_their_like() {
        let item = |line| Item::of(line);
        assert_eq!(item("• een"), Some(Item::Bullet));
        assert_eq!(item("2) twee"), Some(Item::Number(2)));
        assert_eq!(item("b. twee"), Some(Item::Letter('b')));
        for line in ["2026. Een jaar", "een", "•", "A. Jansen", "1.5 liter", "-kwart"] {
            assert_eq!(item(line), None, "{line}");
        }
        assert!(Item::Number(2).follows(Item::Number(1)) && !Item::Number(1).follows(Item::Number(1)));
        assert!(Item::Bullet.follows(Item::Bullet) && !Item::Dash.follows(Item::Bullet));
    }
}
