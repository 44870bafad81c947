//! The look of tables of data as a style (ISO/IEC 29500-1, 17.7.6): their lines and grounds are those of Data Table, so that
//! a change of it is one of all tables, and a table that somebody adds in Word looks like the others. Cells say what is
//! different.

use docx_rs::{
    BorderType, Shading, TableCell, TableCellBorder, TableCellBorderPosition as Side, TableCellBorders,
};

use super::look::{Rgb, Rule};
use super::model::{Block, Cell, Merge, Purpose, Table};
use super::package::TABLE_STYLE;
use crate::geom::Edges;
use crate::units::Twips;

/// The looks that most cells have.
#[derive(Debug, Default, PartialEq)]
pub(super) struct TableLook {
    head: CellLook,
    body: CellLook,
    /// Space between the sides of a cell below the heads and what is in it.
    padding: Edges<Twips>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct CellLook {
    shading: Option<Rgb>,
    borders: Edges<Option<Rule>>,
}

/// Where the look of a cell is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dress {
    /// In the cell alone: its table has no style.
    Cell,
    /// In the cell, also where the style would say something else.
    InSpite,
    /// In the style.
    Style,
    /// In the style, of a cell in the last row.
    StyleAtEnd,
}

impl CellLook {
    fn of(cell: &Cell) -> Self {
        Self { shading: cell.shading, borders: cell.borders }
    }

    fn without_bottom(mut self) -> Self {
        self.borders.bottom = None;
        self
    }
}

impl TableLook {
    /// The look of the tables of data in these parts; `None` where there are none.
    pub fn of(parts: &[&[Block]]) -> Option<Self> {
        let (mut heads, mut bodies) = (Vec::new(), Vec::new());
        for part in parts {
            tables(part, &mut |table| {
                for (index, row) in table.rows.iter().enumerate() {
                    for cell in row.cells.iter().filter(|cell| cell.merge != Merge::Continue) {
                        count(if index == 0 { &mut heads } else { &mut bodies }, cell);
                    }
                }
            });
        }
        let (head, padding) = most(&heads)?;
        let (body, padding) = most(&bodies).unwrap_or((CellLook::default(), padding));
        Some(Self { head, body, padding })
    }

    /// Where the looks of a table's cells are said.
    pub fn dress(&self, table: &Table) -> Dress {
        let last = table.rows.len().saturating_sub(1);
        let fits = table.rows.iter().enumerate().all(|(index, row)| {
            row.cells.iter().filter(|cell| cell.merge != Merge::Continue).all(|cell| {
                let look = CellLook::of(cell);
                let wanted = if index == 0 { self.head } else { self.body };
                look == wanted || index == last && index > 0 && look == wanted.without_bottom()
            })
        });
        match (is_headed(table) && *self != Self::default(), fits) {
            (false, _) => Dress::Cell,
            (true, true) => Dress::Style,
            (true, false) => Dress::InSpite,
        }
    }

    /// Puts lines and ground on a cell.
    pub fn put(&self, word: TableCell, cell: &Cell, dress: Dress) -> TableCell {
        let ground = |word: TableCell, fill: String| word.shading(Shading::new().fill(fill));
        let word = match (dress, cell.shading) {
            (Dress::Cell | Dress::InSpite, Some(color)) => ground(word, color.hex()),
            (Dress::InSpite, None) if self.head.shading.or(self.body.shading).is_some() => {
                ground(word, "auto".to_owned())
            }
            _ => word,
        };
        let sides = [
            (Side::Top, cell.borders.top),
            (Side::Left, cell.borders.left),
            (Side::Bottom, cell.borders.bottom),
            (Side::Right, cell.borders.right),
        ];
        let empty = TableCellBorders::with_empty();
        word.set_borders(match dress {
            Dress::Cell => sides.into_iter().fold(empty, |borders, (side, rule)| match rule {
                Some(rule) => borders.set(border(side, rule)),
                None => borders,
            }),
            Dress::InSpite => sides.into_iter().fold(empty, |borders, (side, rule)| match rule {
                Some(rule) => borders.set(border(side, rule)),
                None => borders.clear(side),
            }),
            Dress::StyleAtEnd if cell.borders.bottom.is_none() && self.body.borders.bottom.is_some() => {
                empty.clear(Side::Bottom)
            }
            Dress::Style | Dress::StyleAtEnd => empty,
        })
    }

    /// The style of tables with it.
    pub fn style(&self) -> String {
        let Edges { top, right, bottom, left } = self.body.borders;
        let (across, down) = (bottom.or(top), right.or(left));
        let edges =
            [("left", left), ("bottom", bottom), ("right", right), ("insideH", across), ("insideV", down)];
        let lines: String = edges.into_iter().map(|(name, rule)| line(name, rule, None)).collect();
        let head = self.head.borders;
        let edges = [
            ("top", head.top, None),
            ("left", head.left, left),
            ("bottom", head.bottom, across),
            ("right", head.right, right),
            ("insideV", head.right.or(head.left), down),
        ];
        let head_lines: String =
            edges.into_iter().map(|(name, rule, under)| line(name, rule, under)).collect();
        let Edges { top, right, bottom, left } = self.padding.map(|side| side.0.max(0));
        let margins: String = [("top", top), ("left", left), ("bottom", bottom), ("right", right)]
            .into_iter()
            .map(|(name, width)| format!(r#"<w:{name} w:w="{width}" w:type="dxa"/>"#))
            .collect();
        let properties = wrapped("w:tblBorders", &lines) + &wrapped("w:tblCellMar", &margins);
        let ground = shading(self.body.shading, None);
        let head = wrapped("w:tcBorders", &head_lines) + &shading(self.head.shading, self.body.shading);
        let head = wrapped("w:tcPr", &head);
        let head = if head.is_empty() {
            head
        } else {
            format!(r#"<w:tblStylePr w:type="firstRow">{head}</w:tblStylePr>"#)
        };
        plain_style(&format!("{}{}{head}", wrapped("w:tblPr", &properties), wrapped("w:tcPr", &ground)))
    }
}

/// The style of tables of data with these properties.
fn plain_style(properties: &str) -> String {
    format!(
        r#"<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}"><w:name w:val="Data Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:qFormat/>{properties}</w:style>"#
    )
}

/// Whether a table has the style: one of data with a row of heads.
pub(super) fn is_headed(table: &Table) -> bool {
    table.purpose == Purpose::Data && table.rows.first().is_some_and(|row| row.header)
}

fn tables(blocks: &[Block], visit: &mut impl FnMut(&Table)) {
    for block in blocks {
        let Block::Table(table) = block else { continue };
        if is_headed(table) {
            visit(table);
        }
        table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| tables(&cell.blocks, visit));
    }
}

/// Looks with the padding of the first cell that has each, and how many have it.
type Counts = Vec<(CellLook, Edges<Twips>, usize)>;

/// So many looks are told apart.
const MOST_LOOKS: usize = 32;

fn count(counts: &mut Counts, cell: &Cell) {
    let look = CellLook::of(cell);
    if let Some((_, _, count)) = counts.iter_mut().find(|(known, ..)| *known == look) {
        *count += 1;
    } else if counts.len() < MOST_LOOKS {
        counts.push((look, cell.padding, 1));
    }
}

/// The first of the looks that most cells have.
fn most(counts: &Counts) -> Option<(CellLook, Edges<Twips>)> {
    let most = counts.iter().map(|(_, _, count)| *count).max()?;
    counts.iter().find(|(_, _, count)| *count == most).map(|(look, padding, _)| (*look, *padding))
}

fn border(side: Side, rule: Rule) -> TableCellBorder {
    TableCellBorder::new(side).border_type(rule.kind()).size(rule.eighths).color(rule.color.hex())
}

/// A line of a style; where there is none and another part of the style has one, that there is none.
fn line(name: &str, rule: Option<Rule>, under: Option<Rule>) -> String {
    match (rule, under) {
        (Some(rule), _) => {
            let (kind, size, color) = (rule.kind(), rule.eighths, rule.color.hex());
            format!(r#"<w:{name} w:val="{kind}" w:sz="{size}" w:space="0" w:color="{color}"/>"#)
        }
        (None, Some(_)) => format!(r#"<w:{name} w:val="{}"/>"#, BorderType::Nil),
        (None, None) => String::new(),
    }
}

fn shading(color: Option<Rgb>, under: Option<Rgb>) -> String {
    let fill = color.map(Rgb::hex).or(under.map(|_| "auto".to_owned()));
    fill.map(|fill| format!(r#"<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>"#)).unwrap_or_default()
}

fn wrapped(name: &str, content: &str) -> String {
    if content.is_empty() { String::new() } else { format!("<{name}>{content}</{name}>") }
}
