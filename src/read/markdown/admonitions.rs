//! Admonitions as Python-Markdown and MkDocs write them, with what belongs to them indented by four blanks, written anew
//! as fenced divs:
//!
//! | written | a div with the classes |
//! |---|---|
//! | `!!! note "Title"` | `callout note` |
//! | `??? note "Title"`, `???+ note` | the same: what unfolds on a screen is open on paper |
//! | `=== "Title"` | `tab` |

use super::numbered::{FencedCode, Numbered};

/// What belongs to an admonition is indented by so many columns.
const STEP: usize = 4;

/// The beginning of an admonition.
struct Marker<'a> {
    kind: &'a str,
    title: &'a str,
}

/// The text with fenced divs in the place of admonitions.
pub(super) fn fence(text: Numbered) -> Numbered {
    if !["!!!", "???", "==="].iter().any(|mark| text.text().contains(mark)) {
        return text;
    }
    let mut fenced = Numbered::with_capacity(text.text().len() + 64);
    let mut open: Vec<usize> = Vec::new();
    let mut code = FencedCode::default();
    for (line, number) in text.lines() {
        let indent = columns(line);
        let is_blank = line.trim().is_empty();
        while let Some(&inner) = open.last()
            && !is_blank
            && indent < inner
        {
            open.pop();
            close(&mut fenced, inner - STEP * (open.len() + 1), number);
            code = FencedCode::default();
        }
        let line = dedent(line, STEP * open.len());
        if code.holds(line) {
            fenced.push(line, number);
            continue;
        }
        match marker(line.trim()) {
            Some(marker) => {
                open_div(&mut fenced, &marker, indent - STEP * open.len(), number);
                open.push(indent + STEP);
            }
            None => fenced.push(line, number),
        }
    }
    let last = text.line(usize::MAX);
    while let Some(inner) = open.pop() {
        close(&mut fenced, inner - STEP * (open.len() + 1), last);
    }
    fenced
}

/// A blank line parts the div from the paragraph before it.
fn open_div(fenced: &mut Numbered, marker: &Marker<'_>, indent: usize, number: u32) {
    let title = if marker.title.is_empty() { String::new() } else { format!(" title=\"{}\"", marker.title) };
    let indent = " ".repeat(indent);
    fenced.end_line();
    fenced.push(&format!("\n{indent}::: {{{}{title}}}\n", classes(marker.kind)), number);
}

fn classes(kind: &str) -> String {
    if kind == "tab" { ".tab".to_owned() } else { format!(".callout .{kind}") }
}

fn close(fenced: &mut Numbered, indent: usize, number: u32) {
    fenced.end_line();
    fenced.push(&format!("{}:::\n", " ".repeat(indent)), number);
}

fn marker(line: &str) -> Option<Marker<'_>> {
    if let Some(title) = line.strip_prefix("=== ") {
        return quoted(title.trim()).map(|title| Marker { kind: "tab", title });
    }
    let rest = line.strip_prefix("!!! ").or_else(|| line.strip_prefix("???+ "));
    let rest = rest.or_else(|| line.strip_prefix("??? "))?.trim();
    let (words, title) = match rest.find('"') {
        Some(at) => (rest[..at].trim(), quoted(&rest[at..])?),
        None => (rest, ""),
    };
    let mut words = words.split(' ').filter(|word| !matches!(*word, "" | "inline" | "end"));
    let kind = words.next()?;
    let is_name = |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    (is_name(kind) && words.all(is_name)).then_some(Marker { kind, title })
}

/// What stands between the quotation marks that a text begins and ends with.
fn quoted(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains('"')).then_some(inner)
}

/// The columns before the first sign of a line; a tab reaches to the next stop.
fn columns(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    blanks.fold(0, |column, c| if c == '\t' { (column / STEP + 1) * STEP } else { column + 1 })
}

/// A line without its first blanks, up to so many columns.
fn dedent(line: &str, columns: usize) -> &str {
    let mut column = 0;
    let end = line.char_indices().find(|&(_, c)| {
        let is_over = column >= columns || !matches!(c, ' ' | '\t');
        column = if c == '\t' { (column / STEP + 1) * STEP } else { column + 1 };
        is_over
    });
    end.map_or("", |(at, _)| &line[at..])
}
