//! A Word document before its styles have names: paragraphs and tables with their looks.

use std::sync::Arc;

use docx_rs::ParagraphChild;

use super::columns::Columns;
use super::look::{ParagraphLook, Place, Rgb, Rule, RunLook};
use crate::geom::Edges;
use crate::style::NodeId;
use crate::style::computed::Direction;
use crate::units::Twips;

/// A paragraph or a table.
#[derive(Debug)]
pub(super) enum Block {
    /// A paragraph.
    Paragraph(Box<Paragraph>),
    /// A table.
    Table(Box<Table>),
}

/// What a paragraph is, which its style is named after.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Kind {
    /// Its role in the document.
    pub role: Role,
    /// The classes of its element.
    pub classes: Vec<Arc<str>>,
    /// The class of the nearest element around it that has one.
    pub context: Option<Arc<str>>,
}

/// The role of a paragraph, after the HTML element that it came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Role {
    /// Running text.
    #[default]
    Text,
    /// `h1` to `h6`.
    Heading(u8),
    /// Inside `blockquote`.
    Quote,
    /// `figcaption` and `caption`.
    Caption,
    /// An item of a list with bullets, at this level from 0.
    Bullet(u8),
    /// An item of a list with numbers.
    Number(u8),
    /// Further paragraphs of an item, and items without a marker.
    Continue(u8),
    /// `pre`.
    Preformatted,
    /// `th`.
    TableHeading,
    /// Text in a `td`.
    TableText,
    /// `dt`.
    Term,
    /// `dd`.
    Definition,
    /// In the footnotes.
    Footnote,
    /// A picture on its own.
    Figure,
    /// A rule, `hr`.
    Rule,
    /// Nothing but distance: between two tables, or at the end of a cell.
    Spacer,
    /// The title of the table of contents.
    ContentsTitle,
    /// An entry of the table of contents, for a heading of this level.
    Contents(u8),
    /// The head of the page.
    Header,
    /// The foot of the page.
    Footer,
}

/// What a paragraph's look comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Css {
    /// The rules of a stylesheet.
    #[default]
    Rules,
    /// The `style` attribute of the element or of one around it, too.
    Inline,
}

/// Whose words a paragraph holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Whose {
    /// The layout's.
    #[default]
    Layout,
    /// The article's.
    Article,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    /// What it is.
    pub kind: Kind,
    /// How it stands.
    pub look: ParagraphLook,
    /// Where it stands.
    pub place: Place,
    /// The distances above and below that its own rules give it, without those of boxes and tables beside it.
    pub own: (Twips, Twips),
    /// What its look comes from.
    pub css: Css,
    /// Which of the document's styles it has, once they are chosen.
    pub style: usize,
    /// How its text looks where no inline element says otherwise.
    pub run: RunLook,
    /// Its runs, links, bookmarks and fields.
    pub children: Vec<ParagraphChild>,
    /// How much text there is in it: the most frequent look of a kind becomes its style.
    pub length: usize,
    /// Whose words they are.
    pub whose: Whose,
    /// The element whose lines and ground it has.
    pub painted: Option<NodeId>,
}

/// A table.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Space above.
    pub before: Twips,
    /// Space below.
    pub after: Twips,
    /// From the left side of its column.
    pub indent: Twips,
    /// Widths of the columns of its grid.
    pub columns: Vec<Twips>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What it is for.
    pub purpose: Purpose,
    /// What it is about, for who cannot see it.
    pub caption: Option<String>,
    /// What there is to say of how it is made, for who cannot see it.
    pub summary: Option<String>,
    /// Whether the first cell of each row is the row's heading.
    pub row_headings: RowHeadings,
    /// Which side its first column is on.
    pub direction: Direction,
    /// On a new page.
    pub page_break_before: bool,
    /// The columns that it stands in.
    pub section: Option<Columns>,
}

/// What a table is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Data, with heading rows.
    #[default]
    Data,
    /// To set blocks side by side, or in a box.
    Arrangement,
}

/// What the first column of a table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum RowHeadings {
    /// Cells like the others.
    #[default]
    None,
    /// The headings of its rows.
    First,
}

/// A row.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// The cells.
    pub cells: Vec<Cell>,
    /// Whether it is repeated on every page.
    pub header: bool,
    /// Whether it stays on one page.
    pub unbroken: bool,
    /// `w:trHeight`: how high it is at least.
    pub height: Option<Twips>,
}

/// A cell.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// What is in it.
    pub blocks: Vec<Block>,
    /// How many columns it takes.
    pub span: usize,
    /// Whether it goes on in the row below, or is the going on.
    pub merge: Merge,
    /// Colour behind it.
    pub shading: Option<Rgb>,
    /// Lines along its sides.
    pub borders: Edges<Option<Rule>>,
    /// Space between its sides and what is in it.
    pub padding: Edges<Twips>,
    /// `w:vAlign`.
    pub align: VerticalPlace,
}

/// `w:vMerge`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Merge {
    /// Of one row.
    #[default]
    None,
    /// The first of several rows.
    Start,
    /// One of the rows below.
    Continue,
}

/// Where the content of a cell stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum VerticalPlace {
    /// At the top.
    #[default]
    Top,
    /// In the middle.
    Middle,
    /// At the bottom.
    Bottom,
}

impl Paragraph {
    /// A paragraph in the flow, that rules of a stylesheet give its look, without text so far.
    pub fn new(kind: Kind, look: ParagraphLook, run: RunLook, children: Vec<ParagraphChild>) -> Self {
        let (place, own) = (Place::default(), (look.before, look.after));
        Self {
            kind,
            look,
            place,
            own,
            css: Css::Rules,
            style: 0,
            run,
            children,
            length: 0,
            whose: Whose::Layout,
            painted: None,
        }
    }
}

impl Paragraph {
    /// Keeps it on the page of what follows, unless it stands beside that (`w:keepNext`, 17.3.1.15).
    pub fn keep_with_next(&mut self) {
        self.look.keep_next |= self.place.frame.is_none();
    }
}

impl Table {
    /// Makes room at its lower end for what would stand over it, which nothing does in Word: its last row is so much
    /// lower, as far as there is padding. Gives the distance to what comes next.
    pub fn draw_back(&mut self, overlap: Twips) -> Twips {
        let cells = self.rows.last_mut().map(|row| &mut row.cells[..]).unwrap_or_default();
        let room = cells.iter().map(|cell| cell.padding.bottom).min().unwrap_or_default();
        let back = overlap.min(room);
        cells.iter_mut().for_each(|cell| cell.padding.bottom.0 -= back.0);
        Twips(back.0 / 2)
    }
}

impl Block {
    /// The space above it.
    pub fn before(&mut self) -> &mut Twips {
        match self {
            Self::Paragraph(paragraph) => &mut paragraph.look.before,
            Self::Table(table) => &mut table.before,
        }
    }

    /// The space below it.
    pub fn after(&mut self) -> &mut Twips {
        match self {
            Self::Paragraph(paragraph) => &mut paragraph.look.after,
            Self::Table(table) => &mut table.after,
        }
    }

    /// The columns that it stands in.
    pub fn section(&self) -> Option<Columns> {
        match self {
            Self::Paragraph(paragraph) => paragraph.place.section,
            Self::Table(table) => table.section,
        }
    }

    /// Puts it into columns.
    pub fn set_section(&mut self, columns: Columns) {
        match self {
            Self::Paragraph(paragraph) => paragraph.place.section = Some(columns),
            Self::Table(table) => table.section = Some(columns),
        }
    }

    /// Whether it stands in a frame beside the blocks that follow.
    pub fn is_beside(&self) -> bool {
        matches!(self, Self::Paragraph(paragraph) if paragraph.place.frame.is_some())
    }

    /// The paragraph, if it is one.
    pub fn paragraph(&mut self) -> Option<&mut Paragraph> {
        match self {
            Self::Paragraph(paragraph) => Some(paragraph),
            Self::Table(_) => None,
        }
    }
}

/// Every paragraph in these blocks, those in tables too, in reading order.
pub(super) fn paragraphs<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Paragraph)) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => visit(paragraph),
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    paragraphs(&cell.blocks, visit);
                }
            }
        }
    }
}

/// The same, to change them.
pub(super) fn paragraphs_mut(blocks: &mut [Block], visit: &mut impl FnMut(&mut Paragraph)) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => visit(paragraph),
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    paragraphs_mut(&mut cell.blocks, visit);
                }
            }
        }
    }
}
