//! The section: sheet, margins, headers and footers (ISO/IEC 29500-1, 17.6 and 17.10).

use docx_rs::{Docx, Footer, Header, PageMargin, PageOrientationType, PageSize};

use super::emit::Piece;
use super::flow::Column;
use super::inline::Line;
use super::look::{Align, LetterCase, LineRule, ParagraphLook, Rgb, RunLook, TabStop};
use super::model::{Block, Kind, Paragraph, Role};
use super::sheet::{FirstPage, Sheet, distance};
use super::substitution::is_side;
use super::{Relations, Writer};
use crate::style::PageStyle;
use crate::style::computed::{ComputedStyle, ContentItem, LineHeight, MarginBox};
use crate::units::{Px, Twips};

/// What stands in the margins of pages.
pub(super) struct Margins {
    header: Vec<Block>,
    footer: Vec<Block>,
    first: Option<(Vec<Block>, Vec<Block>)>,
    even: Option<(Vec<Block>, Vec<Block>)>,
    /// From the upper edge of the sheet to the header, and from the lower edge to the footer.
    header_distance: Px,
    footer_distance: Px,
}

/// Which margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    Top,
    Bottom,
}

/// How high the header or footer of a page is.
#[derive(Clone, Copy, Debug)]
struct Band {
    /// How far it must reach where the page's margin is wider than the section's.
    reach: Option<Px>,
    /// From where it begins to its text.
    inset: Px,
}

type Boxes<'a> = Vec<&'a (MarginBox, std::sync::Arc<ComputedStyle>, Vec<ContentItem>)>;

impl Margins {
    /// From the edges of the sheet to header and footer.
    pub fn distances(&self) -> (Px, Px) {
        (self.header_distance, self.footer_distance)
    }

    /// All blocks in margins, for their styles.
    pub fn blocks_mut(&mut self) -> impl Iterator<Item = &mut Vec<Block>> {
        let own = [&mut self.first, &mut self.even].into_iter().flatten();
        let own = own.flat_map(|(header, footer)| [header, footer]);
        [&mut self.header, &mut self.footer].into_iter().chain(own)
    }

    /// Whether left pages have a header and footer of their own.
    pub fn has_even(&self) -> bool {
        self.even.is_some()
    }
}

impl Writer<'_> {
    /// Headers and footers from the pages' margin boxes.
    pub(super) fn margins(&mut self, sheet: &Sheet) -> Margins {
        self.relations = Relations::Margin;
        let distance = |edge: Edge| {
            let pages = [&*sheet.others, &*sheet.first, &*sheet.left];
            let nearest = pages.into_iter().filter_map(|page| nearest(page, edge)).reduce(Px::min);
            nearest.unwrap_or(Px(36.0))
        };
        let (top, bottom) = (distance(Edge::Top), distance(Edge::Bottom));
        // A header that begins below the text's margin pushes the text down, even if there is nothing in it.
        let (header_distance, footer_distance) = (top.min(sheet.top()), bottom.min(sheet.bottom()));
        let mut margin = |page: &PageStyle, edge: Edge| {
            let (text, from, own, least) = match edge {
                Edge::Top => (top, header_distance, page.margin.top, sheet.top()),
                Edge::Bottom => (bottom, footer_distance, page.margin.bottom, sheet.bottom()),
            };
            let reach = (own > least + Px(0.5)).then_some(own - from);
            self.margin(page, edge, Band { reach, inset: text - from })
        };
        let first = (sheet.first_page == FirstPage::Different)
            .then(|| (margin(&sheet.first, Edge::Top), margin(&sheet.first, Edge::Bottom)));
        let even = sheet.even().map(|page| (margin(page, Edge::Top), margin(page, Edge::Bottom)));
        let (header, footer) = (margin(&sheet.others, Edge::Top), margin(&sheet.others, Edge::Bottom));
        self.relations = Relations::Document;
        Margins { header, footer, first, even, header_distance, footer_distance }
    }

    /// The header or footer of a page.
    fn margin(&mut self, page: &PageStyle, edge: Edge, Band { reach, inset }: Band) -> Vec<Block> {
        let mut boxes = boxes_at(page, edge);
        // What stands beside the text goes with the upper margin: no word is lost.
        if edge == Edge::Top {
            boxes.extend(page.boxes.iter().filter(|(place, ..)| is_side(*place)));
            boxes.sort_by_key(|(place, ..)| match column_of(*place) {
                Align::Center => 1,
                Align::Right => 2,
                _ => 0,
            });
        }
        let width = page.size.width - page.margin.horizontal();
        let column = Column::new(width, Rgb::WHITE);
        let Some((_, style, _)) = boxes.first() else {
            let Some(reach) = reach else { return Vec::new() };
            let style = self.tree.node(self.tree.root).style.clone();
            let line = self.spacer(&column, &style, Twips::from(reach));
            return line.map(|line| Block::Paragraph(Box::new(line))).into_iter().collect();
        };
        let run = self.common_look(style, &boxes);
        let mut look =
            ParagraphLook { line: self.line_rule(style), widow_control: false, ..ParagraphLook::default() };
        let mut line = Line::new(run.clone(), width);
        let places = boxes.iter().map(|(place, ..)| column_of(*place)).collect::<Vec<_>>();
        let mut at = Align::Left;
        for (index, (_, style, items)) in boxes.iter().enumerate() {
            let place = places[index];
            if place != at {
                let position = if place == Align::Center { width / 2.0 } else { width };
                look.tabs.push(TabStop { at: Twips::from(position), align: place, leader: false });
                self.plain_tab(&mut line);
                at = place;
            } else if index > 0 {
                self.margin_items(&[ContentItem::Text(" ".into())], (style, name(edge, place)), &mut line);
            }
            self.margin_items(items, (style, name(edge, place)), &mut line);
        }
        let inlines = self.finish(line);
        let rest = reach.map_or(Px::ZERO, |reach| (reach - inset - line_height(style)).max(Px::ZERO));
        (look.before, look.after) = match edge {
            Edge::Top => (inset.into(), rest.into()),
            Edge::Bottom => (rest.into(), inset.into()),
        };
        if let LineRule::Multiple(parts) = look.line {
            look.line = LineRule::Multiple(parts.max(200));
        }
        let role = if edge == Edge::Top { Role::Header } else { Role::Footer };
        let kind = Kind { role, ..Kind::default() };
        vec![Block::Paragraph(Box::new(Paragraph {
            length: inlines.length,
            ..Paragraph::new(kind, look, run, inlines.children)
        }))]
    }

    /// The look of the first of these boxes, bold, italic or in capitals only where all of them are: a character style
    /// takes none of these back from its paragraph's in LibreOffice, which does not toggle (ISO/IEC 29500-1, 17.7.3).
    fn common_look(&mut self, style: &ComputedStyle, boxes: &Boxes) -> RunLook {
        let lang = self.lang.clone();
        let first = self.run_look(style, &lang, Rgb::WHITE);
        boxes.iter().fold(first, |mut common, (_, style, _)| {
            let own = self.run_look(style, &lang, Rgb::WHITE);
            common.bold &= own.bold;
            common.italic &= own.italic;
            common.case = if common.case == own.case { own.case } else { LetterCase::AsWritten };
            common
        })
    }

    /// The document's section: sheet, margins, headers and footers.
    pub(super) fn emit_section(&mut self, mut docx: Docx, sheet: &Sheet, margins: Margins) -> Docx {
        let page = &sheet.others;
        let twips = |px: Px| Twips::from(px).0;
        let mut size =
            PageSize::new().size(twips(page.size.width).max(1) as u32, twips(page.size.height).max(1) as u32);
        if page.size.width > page.size.height {
            size = size.orient(PageOrientationType::Landscape);
        }
        docx.document = docx.document.page_size(size);
        docx = docx.page_margin(PageMargin {
            top: twips(sheet.top()),
            right: twips(page.margin.right),
            bottom: twips(sheet.bottom()),
            left: twips(page.margin.left),
            header: twips(margins.header_distance),
            footer: twips(margins.footer_distance),
            gutter: 0,
        });
        docx.document.section_property.space = 708;
        let own = margins.first.is_some() || margins.even.is_some();
        if !margins.header.is_empty() || own {
            docx = docx.header(self.header(margins.header));
        }
        if !margins.footer.is_empty() || own {
            docx = docx.footer(self.footer(margins.footer));
        }
        // docx-rs relates pictures to headers in this order: default, first, even.
        if let Some((header, footer)) = margins.first {
            docx = docx.first_header(self.header(header)).first_footer(self.footer(footer));
        }
        if let Some((header, footer)) = margins.even {
            docx = docx.even_header(self.header(header)).even_footer(self.footer(footer));
        }
        docx
    }

    fn header(&mut self, blocks: Vec<Block>) -> Header {
        self.pieces(blocks).into_iter().fold(Header::new(), |header, piece| match piece {
            Piece::Paragraph(paragraph) => header.add_paragraph(*paragraph),
            Piece::Table(table) => header.add_table(*table),
        })
    }

    fn footer(&mut self, blocks: Vec<Block>) -> Footer {
        self.pieces(blocks).into_iter().fold(Footer::new(), |footer, piece| match piece {
            Piece::Paragraph(paragraph) => footer.add_paragraph(*paragraph),
            Piece::Table(table) => footer.add_table(*table),
        })
    }
}

/// How near the text of a page's margin boxes comes to the edge of the sheet.
fn nearest(page: &PageStyle, edge: Edge) -> Option<Px> {
    let margin = if edge == Edge::Top { page.margin.top } else { page.margin.bottom };
    let boxes = boxes_at(page, edge);
    boxes
        .iter()
        .map(|(_, style, _)| distance(style, margin, line_height(style), edge == Edge::Top))
        .reduce(Px::min)
}

/// The boxes of a page's upper or lower margin, from left to right.
fn boxes_at(page: &PageStyle, edge: Edge) -> Boxes<'_> {
    use MarginBox as M;
    const TOP: [MarginBox; 5] = [M::TopLeftCorner, M::TopLeft, M::TopCenter, M::TopRight, M::TopRightCorner];
    const BOTTOM: [MarginBox; 5] =
        [M::BottomLeftCorner, M::BottomLeft, M::BottomCenter, M::BottomRight, M::BottomRightCorner];
    let places = if edge == Edge::Top { TOP } else { BOTTOM };
    places.iter().filter_map(|place| page.boxes.iter().find(|(known, ..)| known == place)).collect()
}

fn column_of(place: MarginBox) -> Align {
    match place {
        MarginBox::TopCenter | MarginBox::BottomCenter => Align::Center,
        MarginBox::TopRight
        | MarginBox::TopRightCorner
        | MarginBox::RightTop
        | MarginBox::RightMiddle
        | MarginBox::RightBottom
        | MarginBox::BottomRight
        | MarginBox::BottomRightCorner => Align::Right,
        _ => Align::Left,
    }
}

/// What a margin box's text is called.
fn name(edge: Edge, place: Align) -> &'static str {
    match (edge, place) {
        (Edge::Top, Align::Center) => "header-center",
        (Edge::Top, Align::Right) => "header-right",
        (Edge::Top, _) => "header-left",
        (Edge::Bottom, Align::Center) => "footer-center",
        (Edge::Bottom, Align::Right) => "footer-right",
        (Edge::Bottom, _) => "footer-left",
    }
}

fn line_height(style: &ComputedStyle) -> Px {
    match style.text.line_height {
        LineHeight::Normal => style.font.size * 1.2,
        LineHeight::Number(number) => style.font.size * number,
        LineHeight::Length(length) => length.px,
    }
}
