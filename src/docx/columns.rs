//! Columns of text: continuous sections of Word's own (ISO/IEC 29500-1, 17.6.4 and 17.6.22; CSS Multi-column Layout 1).
//! What spans all columns stands between two of them.

use std::sync::Arc;

use super::Writer;
use super::flow::{Column, Within};
use super::model::{Block, Paragraph};
use super::section::Margins;
use super::sheet::Sheet;
use super::substitution::Lost;
use crate::style::NodeId;
use crate::style::computed::{BorderStyle, ColumnSpan, ComputedStyle};
use crate::units::{Px, Twips};

/// The columns that a section has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// Which box they are of, since two boxes in a row are two sections.
    pub owner: NodeId,
    /// How many.
    pub count: usize,
    /// Between two of them.
    pub gap: Twips,
    /// Whether there is a line between them.
    pub line: Line,
    /// From the left side of the text to the first one.
    pub left: Twips,
    /// From the last one to the right side of the text.
    pub right: Twips,
}

/// `w:sep`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    None,
    Between,
}

impl Columns {
    /// The columns of a box of this style whose content has this column, and how wide each is; `None` where there is
    /// one only, or where no section can be.
    fn of(owner: NodeId, style: &ComputedStyle, column: &Column) -> Option<(Self, Px)> {
        let set = &style.fragmentation;
        if column.within == Within::Cell || column.list.is_some() {
            return None;
        }
        let gap =
            style.flex.column_gap.map_or(style.font.size, |gap| gap.resolve(column.width)).max(Px::ZERO);
        let fitting = |width: Px| ((column.width + gap) / (width + gap).max(Px(1.0))).floor().max(1.0) as u16;
        let count = match (set.column_count, set.column_width) {
            (Some(most), Some(width)) => most.min(fitting(width)),
            (Some(count), None) => count,
            (None, Some(width)) => fitting(width),
            (None, None) => 1,
        };
        // More columns than this are none of Word's (17.6.4).
        let count = count.min(45);
        let width = (column.width - gap * (f32::from(count) - 1.0)) / f32::from(count).max(1.0);
        let drawn = !matches!(set.column_rule.style, BorderStyle::None | BorderStyle::Hidden);
        let line = if drawn && set.column_rule.width > Px::ZERO { Line::Between } else { Line::None };
        let (left, right) = (Twips::from(column.left), Twips::from(column.right));
        let columns = Self { owner, count: usize::from(count), gap: Twips::from(gap), line, left, right };
        (count > 1 && width > Px(24.0)).then_some((columns, width))
    }
}

/// The section properties of columns, or of the text beside them, on this sheet. The part's last section has the
/// references to headers and footers until they are put where they belong.
fn properties(columns: Option<Columns>, sheet: &Sheet, margins: &Margins) -> Arc<str> {
    let twips = |px: Px| Twips::from(px).0;
    let page = &sheet.others;
    let (width, height) = (twips(page.size.width).max(1), twips(page.size.height).max(1));
    let turned = if width > height { r#" w:orient="landscape""# } else { "" };
    let (left, right) = columns.map_or((0, 0), |columns| (columns.left.0, columns.right.0));
    let (header, footer) = margins.distances();
    let set = match columns {
        Some(Columns { count, gap, line, .. }) => {
            let line = if line == Line::Between { r#" w:sep="1""# } else { "" };
            format!(r#"<w:cols w:num="{count}"{line} w:space="{}"/>"#, gap.0)
        }
        None => r#"<w:cols w:space="708"/>"#.to_owned(),
    };
    Arc::from(format!(
        r#"<w:sectPr><w:type w:val="continuous"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="{}" w:footer="{}" w:gutter="0"/>{set}</w:sectPr>"#,
        twips(sheet.top()),
        twips(page.margin.right) + right,
        twips(sheet.bottom()),
        twips(page.margin.left) + left,
        twips(header),
        twips(footer),
    ))
}

impl Writer<'_> {
    /// The blocks in a box, in columns where it has several.
    pub(super) fn in_columns(&mut self, node: NodeId, style: &ComputedStyle, column: &Column) -> Vec<Block> {
        let Some((columns, width)) = Columns::of(node, style, column) else {
            return self.blocks(node, column);
        };
        self.lost.carried(Lost::Columns, node);
        let narrow = Column { width, left: Px::ZERO, right: Px::ZERO, ..column.clone() };
        let mut blocks = Vec::new();
        let mut inline = Vec::new();
        for child in self.children(node) {
            if self.is_inline(child) {
                inline.push(child);
                continue;
            }
            let spans = self.tree.node(child).style.fragmentation.column_span == ColumnSpan::All;
            let mut own: Vec<Block> =
                self.anonymous(node, &std::mem::take(&mut inline), &narrow).into_iter().collect();
            if !spans {
                own.extend(self.block(child, &narrow));
            }
            own.iter_mut().for_each(|block| block.set_section(columns));
            blocks.extend(own);
            if spans {
                blocks.extend(self.block(child, column));
            }
        }
        let rest = self.anonymous(node, &inline, &narrow);
        blocks.extend(rest.into_iter().map(|mut block| {
            block.set_section(columns);
            block
        }));
        blocks
    }

    /// Ends a section where the columns change: its last paragraph has its properties (17.6.17). Columns at the end
    /// of the document are a section of their own, so that Word makes them equally high.
    pub(super) fn end_sections(&mut self, blocks: &mut Vec<Block>, sheet: &Sheet, margins: &Margins) {
        if blocks.iter().all(|block| block.section().is_none()) {
            return;
        }
        let all = std::mem::take(blocks);
        let mut all = all.into_iter().peekable();
        while let Some(block) = all.next() {
            let columns = block.section();
            blocks.push(block);
            let ends = match all.peek() {
                Some(next) => next.section() != columns,
                None => columns.is_some(),
            };
            if ends {
                let properties = properties(columns, sheet, margins);
                self.end_section(blocks, properties);
            }
        }
    }

    fn end_section(&mut self, blocks: &mut Vec<Block>, properties: Arc<str>) {
        let can_end = |block: &Block| matches!(block, Block::Paragraph(_)) && !block.is_beside();
        if !blocks.last().is_some_and(can_end) {
            blocks.extend(self.distance(Twips(20)));
        }
        if let Some(last) = blocks.last_mut().and_then(Block::paragraph) {
            let last: &mut Paragraph = last;
            last.place.section_end = Some(properties);
        }
    }
}
