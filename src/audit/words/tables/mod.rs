//! Tables have header cells, and of every cell it can be told which of them it belongs to.

mod grid;

use super::Audit;
use super::reading::{Reading, excerpt};
use super::speech::name;
use crate::audit::{Check, Rule, Standard};
use grid::{Cell, Grid};

pub(super) const AUDITS: &[Audit] =
    &[(&HEADERS, headers), (&EMPTY, empty), (&UNCLEAR, unclear), (&IDLE, idle), (&IRREGULAR, irregular)];

static HEADERS: Rule = Rule {
    code: "table-without-headers",
    asks: "Every table has header cells.",
    clauses: &[
        Standard::PdfUa1.clause("7.5"),
        Standard::Matterhorn.clause("15-005"),
        Standard::Wcag21.clause("1.3.1"),
    ],
};

static EMPTY: Rule = Rule {
    code: "table-header-empty",
    asks: "Header cells have words; only the corner between two kinds of headers has none.",
    clauses: &[Standard::Matterhorn.clause("15-005"), Standard::Wcag21.clause("1.3.1")],
};

static UNCLEAR: Rule = Rule {
    code: "table-header-unclear",
    asks: "For every cell of a table it can be told which header cells it belongs to.",
    clauses: &[
        Standard::PdfUa1.clause("7.5"),
        Standard::Matterhorn.clause("15-003"),
        Standard::Matterhorn.clause("15-005"),
        Standard::Wcag21.clause("1.3.1"),
    ],
};

static IDLE: Rule = Rule {
    code: "table-header-idle",
    asks: "Every header cell heads something.",
    clauses: &[Standard::PdfUa1.clause("7.5"), Standard::Wcag21.clause("1.3.1")],
};

static IRREGULAR: Rule = Rule {
    code: "table-irregular",
    asks: "All rows of a table have the same number of columns, and no cells overlap.",
    clauses: &[Standard::PdfUa1.clause("7.5"), Standard::Matterhorn.clause("09-004")],
};

fn headers(reading: &Reading<'_>, check: &mut Check) {
    for grid in tables(reading) {
        let finding = (!grid.cells.iter().any(|cell| cell.is_header)).then(|| {
            let error = check.error(format!("the table that begins with `{}` has no header cells", grid.first(reading)));
            error.at(reading.place(grid.node)).hint(
                "make the cells of its first row, or the first of each row, `th`; `role=\"presentation\"` if it only \
                 puts things side by side",
            )
        });
        check.examine(finding);
    }
}

fn empty(reading: &Reading<'_>, check: &mut Check) {
    for grid in tables(reading) {
        let has_row_headers =
            grid.cells.iter().any(|cell| cell.is_header && cell.row > 0 && cell.columns.start == 0);
        for cell in grid.cells.iter().filter(|cell| cell.is_header) {
            let is_corner = cell.row == 0 && cell.columns.start == 0 && has_row_headers;
            let finding = (!is_corner && name(reading, cell.node).is_empty()).then(|| {
                let column = cell.columns.start + 1;
                let message = match cell.row {
                    0 => format!("the header cell of column {column} is empty"),
                    row => format!("the header cell of row {} is empty", row + 1),
                };
                check
                    .error(message)
                    .at(reading.place(cell.node))
                    .hint("say what is to be found below or beside it")
            });
            check.examine(finding);
        }
    }
}

fn unclear(reading: &Reading<'_>, check: &mut Check) {
    for grid in tables(reading).filter(|grid| grid.cells.iter().any(|cell| cell.is_header)) {
        let heads = grid.heads();
        for cell in grid.cells.iter().filter(|cell| !cell.is_header) {
            let words = || excerpt(&reading.tree.words(cell.node));
            let unknown = cell.headers.iter().find(|id| !grid.ids.contains(**id));
            let message = match unknown {
                Some(id) => {
                    Some(format!("the cell `{}` names the header `{id}`, which is not in its table", words()))
                }
                None if cell.headers.is_empty()
                    && !heads.reach(cell)
                    && !reading.tree.words(cell.node).is_empty() =>
                {
                    Some(format!("the cell `{}` has no header cell above it or beside it", words()))
                }
                None => None,
            };
            let hint = "make the cell above its column, or at the start of its row, `th` with `scope`; or name the ids \
                        of its header cells in `headers`";
            check
                .examine(message.map(|message| check.error(message).at(reading.place(cell.node)).hint(hint)));
        }
    }
}

fn idle(reading: &Reading<'_>, check: &mut Check) {
    for grid in tables(reading) {
        let heads = grid.heads();
        for cell in grid.cells.iter().filter(|cell| cell.is_header) {
            let is_named =
                cell.id.is_some_and(|id| grid.cells.iter().any(|other| other.headers.contains(&id)));
            let finding = (!is_named && !heads.serves(cell)).then(|| {
                let words = excerpt(&reading.tree.words(cell.node));
                let error = check
                    .error(format!("the header cell `{words}` heads no cell"))
                    .at(reading.place(cell.node));
                error.hint(
                    "make it `td` if it is no header, or give the table the row or column that it is of",
                )
            });
            check.examine(finding);
        }
    }
}

fn irregular(reading: &Reading<'_>, check: &mut Check) {
    for grid in tables(reading) {
        let columns = grid.widths.iter().map(|(_, width)| *width).max().unwrap_or(0);
        let short = grid.widths.iter().enumerate().find(|(_, (_, width))| *width != columns);
        let finding = match (grid.overlap, short) {
            (Some(node), _) => {
                let words = excerpt(&reading.tree.words(node));
                Some((node, format!("the cell `{words}` lies over one that reaches down from a row above")))
            }
            (None, Some((row, (node, width)))) => {
                let columns = format!("{width} of {columns} columns");
                Some((*node, format!("row {} of the table has {columns}", row + 1)))
            }
            (None, None) => None,
        };
        let finding = finding.map(|(node, message)| {
            let error = check.error(message).at(reading.place(node));
            error.hint("give each row the same number of cells, `colspan` counted; an empty cell is a cell")
        });
        check.examine(finding);
    }
}

/// The tables that hold data: not those that only put things side by side.
fn tables<'a>(reading: &'a Reading<'_>) -> impl Iterator<Item = Grid<'a>> {
    let tables = reading
        .named("table")
        .filter(|(_, element)| !matches!(element.attribute("role"), Some("presentation" | "none")));
    tables.map(|(node, _)| Grid::of(reading, node)).filter(|grid| grid.cells.len() > 1)
}

impl Grid<'_> {
    /// The words of its first cell that has some.
    fn first(&self, reading: &Reading<'_>) -> String {
        let words = self.cells.iter().map(|cell: &Cell<'_>| reading.tree.words(cell.node));
        excerpt(&words.into_iter().find(|words| !words.is_empty()).unwrap_or_default())
    }
}
