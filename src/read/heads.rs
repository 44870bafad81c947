//! Header cells of tables in which nothing but looks tells them, as editors of sites write tables.

use crate::diag::Diagnostic;
use crate::dom::{Document, NodeId};

use super::structure::rename;

/// Tables whose first row was taken for their header without a sign of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Guessed {
    /// What the first begins with.
    words: String,
    /// The line that it came from, from 1.
    pub line: Option<u32>,
    /// How many there are.
    count: usize,
}

impl Guessed {
    /// The warning about them.
    pub fn warning(&self) -> Diagnostic {
        let others =
            if self.count == 1 { String::new() } else { format!(", and in {} others", self.count - 1) };
        let message = format!(
            "the first row of the table that begins with `{}` is taken for its header, though nothing says so{others}",
            self.words
        );
        let hint = "see whether it is; who cannot see the table hears these cells with all others";
        Diagnostic::warning("table-head-guessed", message).hint(hint)
    }
}

/// Makes header cells where a table has none: of a first row or column that is bold, else of the first row.
pub(super) fn find(document: &mut Document, root: NodeId) -> Option<Guessed> {
    let tables: Vec<NodeId> = document.elements(root).filter(|&id| document.is(id, "table")).collect();
    let mut guessed: Option<Guessed> = None;
    for table in tables {
        let Some(rows) = rows(document, table) else { continue };
        let column: Vec<NodeId> = rows.iter().skip(1).filter_map(|row| row.first().copied()).collect();
        let is_bold = |cells: &[NodeId]| cells.iter().all(|&cell| is_bold(document, cell));
        let (heads, scope) = match () {
            () if is_bold(&rows[0]) && !is_bold(&rows[1]) => (rows[0].clone(), "col"),
            () if is_bold(&column) && !rows.iter().all(|row| is_bold(row)) => (column, "row"),
            () => {
                let first = || Guessed {
                    words: words(document, rows[0][0]),
                    line: document.attribute(table, "data-line").and_then(|line| line.parse().ok()),
                    count: 0,
                };
                guessed.get_or_insert_with(first).count += 1;
                (rows[0].clone(), "col")
            }
        };
        for cell in heads {
            document.set_attribute(cell, "scope", scope);
            rename(document, cell, "th");
        }
    }
    guessed
}

/// The cells of a table that has no headers and could have some: two rows and two columns at least, and nothing in them
/// but text.
fn rows(document: &Document, table: NodeId) -> Option<Vec<Vec<NodeId>>> {
    let is_arranging = document.elements(table).any(|id| {
        matches!(document.tag(id), "th" | "table" | "ul" | "ol" | "h2" | "h3" | "h4" | "h5" | "h6" | "figure")
    });
    if is_arranging || matches!(document.attribute(table, "role"), Some("presentation" | "none")) {
        return None;
    }
    let rows = document.elements(table).filter(|&id| document.is(id, "tr"));
    let cells = |row| document.child_elements(row).filter(|&id| document.is(id, "td")).collect::<Vec<_>>();
    let rows: Vec<Vec<NodeId>> = rows.map(cells).filter(|row| !row.is_empty()).collect();
    let is_grid = rows.len() > 1 && rows[0].len() > 1 && rows[1].len() > 1;
    let says =
        rows.first().is_some_and(|row| row.iter().skip(1).all(|&cell| !words(document, cell).is_empty()));
    (is_grid && says).then_some(rows)
}

fn words(document: &Document, id: NodeId) -> String {
    document.text(id).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether all words of a cell are bold; an empty one has none.
fn is_bold(document: &Document, cell: NodeId) -> bool {
    let is_heavy = |id| {
        let up = document.ancestors(id).take_while(|&up| up != cell);
        up.into_iter().any(|up| matches!(document.tag(up), "b" | "strong"))
    };
    let texts =
        document.descendants(cell).filter(|&id| document.text_of(id).is_some_and(|it| !it.trim().is_empty()));
    let mut texts = texts.peekable();
    texts.peek().is_some() && texts.all(is_heavy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom;

    #[test]
    fn looks_tell_the_headers_else_the_first_row_is_taken_for_them() {
        let table = |rows: &str| format!("<table data-line=\"3\"><tbody>{rows}</tbody></table>");
        let guess = |words: &str| Some(Guessed { words: words.to_owned(), line: Some(3), count: 1 });
        let cases = [
            (
                "<tr><td><b>A</b></td><td><strong>B</strong></td></tr><tr><td>1</td><td>2</td></tr>",
                "<tr><th scope=\"col\"><b>A</b></th><th scope=\"col\"><strong>B</strong></th></tr><tr><td>1</td><td>2</td></tr>",
                None,
            ),
            (
                "<tr><td>x</td><td>A</td></tr><tr><td><b>1</b></td><td>2</td></tr>",
                "<tr><td>x</td><td>A</td></tr><tr><th scope=\"row\"><b>1</b></th><td>2</td></tr>",
                None,
            ),
            (
                "<tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr>",
                "<tr><th scope=\"col\">A</th><th scope=\"col\">B</th></tr><tr><td>1</td><td>2</td></tr>",
                guess("A"),
            ),
            ("<tr><td>A</td><td>B</td></tr>", "<tr><td>A</td><td>B</td></tr>", None),
            (
                "<tr><td>A</td><td></td></tr><tr><td>1</td><td>2</td></tr>",
                "<tr><td>A</td><td></td></tr><tr><td>1</td><td>2</td></tr>",
                None,
            ),
            (
                "<tr><th>A</th><td>B</td></tr><tr><td>1</td><td>2</td></tr>",
                "<tr><th>A</th><td>B</td></tr><tr><td>1</td><td>2</td></tr>",
                None,
            ),
        ];
        for (rows, expected, told) in cases {
            let mut document = dom::parse_fragment(&table(rows), 1);
            let root = document.fragment();
            assert_eq!(find(&mut document, root), told, "{rows}");
            assert_eq!(document.inner_html(root), table(expected));
        }
    }
}
