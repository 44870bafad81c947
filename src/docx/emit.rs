//! Paragraphs and tables for docx-rs, now that their styles have names.

use docx_rs::{
    Docx, HeightRule, Paragraph as WordParagraph, Table as WordTable, TableCell, TableCellMargins,
    TableLayoutType, TableRow, VAlignType, VMergeType, WidthType,
};

use super::look::ParagraphLook;
use super::model::{Block, Cell, Merge, Paragraph, Purpose, Row, RowHeadings, Table, VerticalPlace};
use super::package::{Rider, TABLE_STYLE, escape};
use super::table_look::{Dress, TableLook, is_headed};
use super::{Looks, Writer};
use crate::style::computed::Direction;
use crate::units::Twips;

/// A finished paragraph or table.
pub(super) enum Piece {
    Paragraph(Box<WordParagraph>),
    Table(Box<WordTable>),
}

impl Writer<'_> {
    /// The body of the document.
    pub(super) fn emit_body(&mut self, docx: Docx, blocks: Vec<Block>) -> Docx {
        self.pieces(blocks).into_iter().fold(docx, |docx, piece| match piece {
            Piece::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
            Piece::Table(table) => docx.add_table(*table),
        })
    }

    /// The blocks of a body, a cell, a header or a footer.
    pub(super) fn pieces(&mut self, blocks: Vec<Block>) -> Vec<Piece> {
        blocks
            .into_iter()
            .map(|block| match block {
                Block::Paragraph(paragraph) => Piece::Paragraph(Box::new(self.word_paragraph(*paragraph))),
                Block::Table(table) => Piece::Table(Box::new(self.word_table(*table))),
            })
            .collect()
    }

    /// A paragraph: its style, and directly what a `style` attribute says.
    fn word_paragraph(&mut self, paragraph: Paragraph) -> WordParagraph {
        let (id, look) = match self.styles.paragraph(paragraph.style) {
            Some(style) => (style.id().to_owned(), style.look.clone()),
            None => (String::new(), ParagraphLook::default()),
        };
        let mut place = paragraph.place;
        place.numbering = place.numbering_beside(self.styles.numbering(paragraph.style));
        let look = match place.frame {
            // A reference's style may have an indent that is wider than the frame.
            Some(_) if self.looks == Looks::Reference => ParagraphLook { left: Twips(i32::MIN), ..look },
            _ => look,
        };
        let mut property = place.put(paragraph.look.properties(&look, place.rider(), &mut self.riders));
        if !id.is_empty() && id != "Normal" {
            property = property.style(&id);
        }
        // docx-rs would take it from a counter shared by the whole run; it is left out later.
        self.paragraphs += 1;
        WordParagraph {
            id: self.paragraphs.to_string(),
            children: paragraph.children,
            has_numbering: place.numbering.is_some(),
            property,
        }
    }

    fn word_table(&mut self, table: Table) -> WordTable {
        let width: i32 = table.columns.iter().map(|column| column.0).sum();
        let extra = marks(&table);
        let columns: Vec<usize> = table.columns.iter().map(|column| column.0.max(1) as usize).collect();
        let dress = self.table_look.as_ref().map_or(Dress::Cell, |look| look.dress(&table));
        let last = table.rows.len().saturating_sub(1);
        let rows = table.rows.into_iter().enumerate().map(|(index, row)| {
            let dress = if dress == Dress::Style && index == last { Dress::StyleAtEnd } else { dress };
            self.word_row(row, &columns, dress)
        });
        let rows = rows.collect();
        let none = TableCellMargins::new().margin(0, 0, 0, 0);
        let mut word = WordTable::without_borders(rows)
            .set_grid(columns)
            .width(width.max(1) as usize, WidthType::Dxa)
            .indent(table.indent.0)
            .layout(TableLayoutType::Fixed)
            .margins(none);
        if let Some(rider) = self.riders.ride(extra) {
            word = word.style(rider.to_string());
        }
        word
    }

    fn word_row(&mut self, row: Row, columns: &[usize], dress: Dress) -> TableRow {
        let mut extra = Vec::new();
        if let Some(Twips(height)) = row.height {
            extra.push(("w:trHeight", format!(r#"<w:trHeight w:val="{height}" w:hRule="atLeast"/>"#)));
        }
        if row.header {
            extra.push(("w:tblHeader", "<w:tblHeader/>".to_owned()));
        }
        let mut at = 0;
        let mut cells = Vec::new();
        for cell in row.cells {
            let to = (at + cell.span.max(1)).min(columns.len());
            cells.push(self.word_cell(cell, columns[at.min(to)..to].iter().sum(), dress));
            at = to;
        }
        let mut word = TableRow::new(cells);
        if row.unbroken {
            word = word.cant_split();
        }
        if let Some(rider) = self.riders.ride(extra) {
            word = word.row_height(rider as f32).height_rule(HeightRule::AtLeast);
        }
        word
    }

    fn word_cell(&mut self, mut cell: Cell, width: usize, dress: Dress) -> TableCell {
        let pieces = self.pieces(std::mem::take(&mut cell.blocks));
        let mut word = pieces.into_iter().fold(TableCell::new(), |word, piece| match piece {
            Piece::Paragraph(paragraph) => word.add_paragraph(*paragraph),
            Piece::Table(table) => word.add_table(*table),
        });
        word = word.width(width.max(1), WidthType::Dxa);
        if cell.span > 1 {
            word = word.grid_span(cell.span);
        }
        word = match cell.merge {
            Merge::None => word,
            Merge::Start => word.vertical_merge(VMergeType::Restart),
            Merge::Continue => word.vertical_merge(VMergeType::Continue),
        };
        word = match cell.align {
            VerticalPlace::Top => word,
            VerticalPlace::Middle => word.vertical_align(VAlignType::Center),
            VerticalPlace::Bottom => word.vertical_align(VAlignType::Bottom),
        };
        let side = |px: Twips| px.0.max(0) as usize;
        let padding = cell.padding;
        word.property = word
            .property
            .margin_top(side(padding.top), WidthType::Dxa)
            .margin_left(side(padding.left), WidthType::Dxa)
            .margin_bottom(side(padding.bottom), WidthType::Dxa)
            .margin_right(side(padding.right), WidthType::Dxa);
        match &self.table_look {
            Some(look) => look.put(word, &cell, dress),
            None => TableLook::default().put(word, &cell, Dress::Cell),
        }
    }
}

/// What tells a table of data from one that only arranges: a style, which rows and columns are headings, and what it
/// is about. Word's checker asks every table for a header row but those in Table Normal, which have no style.
fn marks(table: &Table) -> Rider {
    let data = table.purpose == Purpose::Data;
    let headed = is_headed(table);
    let mut marks = Vec::new();
    if headed {
        marks.push(("w:tblStyle", format!(r#"<w:tblStyle w:val="{TABLE_STYLE}"/>"#)));
    }
    if table.direction == Direction::Rtl {
        marks.push(("w:bidiVisual", "<w:bidiVisual/>".to_owned()));
    }
    marks.push(("w:tblLook", look(headed, data && table.row_headings == RowHeadings::First)));
    for (name, text) in [("w:tblCaption", &table.caption), ("w:tblDescription", &table.summary)] {
        if let Some(text) = text {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            marks.push((name, format!(r#"<{name} w:val="{}"/>"#, escape(&text))));
        }
    }
    marks
}

/// `w:tblLook` (17.4.55): whether the first row and the first column are headings.
fn look(first_row: bool, first_column: bool) -> String {
    let (row, column) = (u16::from(first_row), u16::from(first_column));
    let bits = 0x0600 | row << 5 | column << 7;
    format!(
        r#"<w:tblLook w:val="{bits:04X}" w:firstRow="{row}" w:lastRow="0" w:firstColumn="{column}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>"#
    )
}
