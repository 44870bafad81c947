//! Tables (ISO/IEC 29500-1, 17.4): what heads them, cells that span, and tables that only arrange.

use roxmltree::Node;

use super::element::{attribute, child, is_on, name, number, switch, value};
use super::model::{Block, Cell, Group, Row, Table};
use super::reader::{Reader, group};

/// Columns of a table; Word has 63.
const MOST_COLUMNS: usize = 200;

/// How a cell goes on with the one above it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Merge {
    Alone,
    Begins,
    GoesOn,
}

impl Reader<'_> {
    /// Reads a table.
    pub(super) fn table(&mut self, node: Node, blocks: &mut Vec<Block>) {
        let properties = child(node, "tblPr");
        let style = properties.and_then(|it| value(it, "tblStyle")).unwrap_or_default().to_owned();
        let look = properties.and_then(|it| child(it, "tblLook"));
        let mut found = Vec::new();
        self.deeper(|reader| reader.rows(node, &mut found));
        let gives = |part: &str| self.styles.has_condition(&style, part);
        let said = |wanted: &str| {
            let text = properties.and_then(|it| value(it, wanted)).map(str::trim);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let first_row = flag(look, "firstRow", 0x20) && gives("firstRow");
        let mut table = Table {
            label: said("tblDescription").or_else(|| said("tblCaption")),
            // Word sets the flag in every table: there the style has to say so, too.
            row_headers: flag(look, "firstColumn", 0x80) && (gives("firstCol") || self.marked.is_told),
            ..Table::default()
        };
        let has_heads = found.iter().any(|(row, _)| row.is_head);
        if let Some((row, _)) = found.first_mut().filter(|_| !has_heads && first_row) {
            row.is_head = true;
        }
        table.rows = spanned(found);
        // Heads that are all there is head nothing.
        if table.rows.iter().all(|row| row.is_head) {
            table.rows.iter_mut().for_each(|row| row.is_head = false);
        }
        let is_empty = table.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.content.is_empty());
        if is_empty && self.marked.is_told {
            return;
        }
        let is_bare = style.is_empty()
            && look.is_some_and(|look| is_arranging(look))
            && properties.is_some_and(|it| !has_borders(it));
        blocks.extend(table.unwrapped(is_bare));
    }

    fn rows(&mut self, parent: Node, rows: &mut Vec<(Row, Vec<Merge>)>) {
        for node in parent.children().filter(Node::is_element) {
            match name(node) {
                "tr" => self.row(node, rows),
                "sdt" => {
                    let content = child(node, "sdtContent");
                    content.into_iter().for_each(|content| self.deeper(|reader| reader.rows(content, rows)));
                }
                "ins" | "customXml" => self.deeper(|reader| reader.rows(node, rows)),
                "bookmarkStart" => {
                    let bookmark = self.begin(node);
                    self.waiting.extend(bookmark);
                }
                "bookmarkEnd" => self.end(node),
                _ => {}
            }
        }
    }

    fn row(&mut self, node: Node, rows: &mut Vec<(Row, Vec<Merge>)>) {
        let properties = child(node, "trPr");
        if properties.is_some_and(|it| child(it, "del").is_some()) {
            self.tally.changes += 1;
            return;
        }
        let head = properties.and_then(|it| switch(it, "tblHeader")).unwrap_or(false);
        let mut row = Row { is_head: head && rows.iter().all(|(row, _)| row.is_head), cells: Vec::new() };
        let mut merges = Vec::new();
        let mut column = properties.and_then(|it| number(it, "gridBefore")).unwrap_or(0).min(MOST_COLUMNS);
        self.cells(node, &mut column, &mut row, &mut merges);
        rows.push((row, merges));
    }

    fn cells(&mut self, parent: Node, column: &mut usize, row: &mut Row, merges: &mut Vec<Merge>) {
        for node in parent.children().filter(Node::is_element) {
            match name(node) {
                "tc" => {
                    let properties = child(node, "tcPr");
                    if properties.is_some_and(|it| child(it, "cellDel").is_some()) {
                        continue;
                    }
                    let columns =
                        properties.and_then(|it| number(it, "gridSpan")).unwrap_or(1).clamp(1, MOST_COLUMNS);
                    let merge = properties.and_then(|it| child(it, "vMerge"));
                    merges.push(match merge.map(|merge| attribute(merge, "val")) {
                        None => Merge::Alone,
                        Some(Some("restart")) => Merge::Begins,
                        Some(_) => Merge::GoesOn,
                    });
                    let content = self.blocks(node);
                    row.cells.push(Cell { column: *column, columns, rows: 1, content });
                    *column = column.saturating_add(columns);
                }
                "sdt" => {
                    let content = child(node, "sdtContent");
                    content
                        .into_iter()
                        .for_each(|content| self.deeper(|reader| reader.cells(content, column, row, merges)));
                }
                "customXml" => self.deeper(|reader| reader.cells(node, column, row, merges)),
                _ => {}
            }
        }
    }
}

impl Table {
    /// The table as blocks: what only arranges is no table for those who hear it.
    fn unwrapped(self, is_bare: bool) -> Vec<Block> {
        let cells: usize = self.rows.iter().map(|row| row.cells.len()).sum();
        let has_heads = self.rows.iter().any(|row| row.is_head) || self.row_headers;
        let take = |rows: Vec<Row>| rows.into_iter().flat_map(|row| row.cells).map(|cell| cell.content);
        if cells <= 1 {
            return take(self.rows).filter_map(|content| group(Group::Callout, content)).collect();
        }
        if is_bare && !has_heads {
            return take(self.rows).filter_map(|content| group(Group::Arranged, content)).collect();
        }
        vec![Block::Table(self)]
    }
}

/// Rows with the cells that go on from the row above taken into the one that they begin with.
fn spanned(found: Vec<(Row, Vec<Merge>)>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(found.len());
    // By its column, the row and the place in it of the cell that others may go on from.
    let mut open: Vec<Option<(usize, usize)>> = Vec::new();
    for (row, merges) in found {
        let mut kept = Row { is_head: row.is_head, cells: Vec::new() };
        for (cell, merge) in row.cells.into_iter().zip(merges) {
            let at = cell.column.min(MOST_COLUMNS);
            open.resize(open.len().max(at + 1), None);
            let above = open[at].filter(|_| merge == Merge::GoesOn);
            match above.and_then(|(row, place)| rows.get_mut(row)?.cells.get_mut(place)) {
                Some(first) => {
                    first.rows += 1;
                    first.content.extend(cell.content);
                }
                None => {
                    open[at] = (merge != Merge::Alone).then_some((rows.len(), kept.cells.len()));
                    kept.cells.push(cell);
                }
            }
        }
        rows.push(kept);
    }
    rows
}

/// A part that a table says has its own look, by name or by the bit that it had before it had names.
fn flag(look: Option<Node>, part: &str, bit: u32) -> bool {
    let Some(look) = look else { return false };
    let bits = || attribute(look, "val").and_then(|bits| u32::from_str_radix(bits, 16).ok());
    attribute(look, part).map_or_else(|| bits().is_some_and(|bits| bits & bit != 0), is_on)
}

/// Whether a table asks for no look of any of its parts, as one that only arranges.
fn is_arranging(look: Node) -> bool {
    let parts = [("firstRow", 0x20), ("lastRow", 0x40), ("firstColumn", 0x80), ("lastColumn", 0x100)];
    parts.iter().all(|(part, bit)| !flag(Some(look), part, *bit)) && flag(Some(look), "noHBand", 0x200)
}

fn has_borders(properties: Node) -> bool {
    let borders = child(properties, "tblBorders");
    borders
        .into_iter()
        .flat_map(|borders| borders.children())
        .filter(Node::is_element)
        .any(|side| attribute(side, "val").is_some_and(|kind| !matches!(kind, "nil" | "none")))
}
