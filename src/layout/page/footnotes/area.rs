//! The footnote area: footnotes one below the other, or several in one paragraph (CSS Generated Content for Paged
//! Media, sections 2.4 and 2.5).

use std::rc::Rc;
use std::sync::Arc;

use super::calls;
use crate::geom::{Point, Rect};
use crate::layout::absolute;
use crate::layout::block;
use crate::layout::boxes::{BoxId, Kind};
use crate::layout::context::Context;
use crate::layout::fragment::{Appeal, Fragment, Pending, State, Token};
use crate::layout::inline::Paragraph;
use crate::layout::intrinsic;
use crate::layout::sizing::{self, Frame};
use crate::layout::space::{Fragmentainer, InlineSize, Room, Space, TopMargin};
use crate::style::PageStyle;
use crate::style::computed::{ComputedStyle, FootnoteDisplay};
use crate::units::Px;

/// A footnote that is to be placed, or the rest of one.
#[derive(Clone, Debug)]
pub(in crate::layout::page) struct Waiting {
    /// The footnote; of several in one paragraph the first.
    of: BoxId,
    /// How far it is.
    token: Option<Token>,
}

impl Waiting {
    /// A footnote of which nothing is placed yet.
    pub fn new(of: BoxId) -> Self {
        Self { of, token: None }
    }
}

/// The footnote area of a page.
#[derive(Debug)]
pub(in crate::layout) struct NoteArea {
    /// Its style.
    pub style: Arc<ComputedStyle>,
    /// Its border box on the sheet.
    pub rect: Rect,
    /// The footnotes, placed on the sheet.
    pub fragments: Vec<Fragment>,
}

/// How well the footnotes fit, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Some have no place at all, or too few lines.
    Poor,
    /// The last of them goes on on the next page.
    Divided,
    /// All stand here.
    Whole,
}

/// The geometry of a footnote area on one sheet.
pub(super) struct Sheet {
    /// The page's content area.
    area: Rect,
    style: Arc<ComputedStyle>,
    frame: Frame,
    /// The width and the most height of its content.
    width: Px,
    most: Px,
}

/// Footnotes, set: places are from the top of the area's content box.
pub(super) struct Set {
    fragments: Vec<Fragment>,
    /// How far down each reaches.
    pub ends: Vec<Px>,
    height: Px,
    /// What goes on on the next page.
    pub rest: Vec<Waiting>,
    /// Every footnote that was to be placed, those that these call too.
    pub known: Vec<BoxId>,
    pub fit: Fit,
}

/// Footnotes that are set together.
enum Piece {
    One(Waiting),
    Shared(Vec<BoxId>),
}

impl Sheet {
    pub fn new(page: &PageStyle, area: Rect) -> Self {
        let style = page.notes.clone();
        let frame = Frame::of(&style, area.size.width);
        let width = (area.size.width - frame.margin.horizontal() - frame.inner().horizontal()).max(Px::ZERO);
        let most = sizing::definite(style.boxes.max_height, Some(area.size.height));
        Self { area, style, frame, width, most: most.unwrap_or(Px(f32::INFINITY)).max(Px::ZERO) }
    }

    /// What the area's edges take.
    fn edges(&self) -> Px {
        self.frame.margin.vertical() + self.frame.inner().vertical()
    }

    /// The height of the area's margin box around content of this height; nothing where there is none.
    pub fn outer(&self, content: Px) -> Px {
        if content > Px::ZERO { content.min(self.most) + self.edges() } else { Px::ZERO }
    }

    /// Sets footnotes in a margin box of at most `limit`. Where `must`, something is placed in any case.
    pub fn set(&self, cx: &mut Context, notes: &[Waiting], limit: Px, must: bool) -> Set {
        let room = limit - self.edges();
        let most = if must { room } else { room.min(self.most) };
        let mut setter = Setter { cx, sheet: self, y: Px::ZERO, margin: Px::ZERO, most, must };
        let mut set = setter.run(notes);
        if set.fit != Fit::Whole && self.most < room {
            // What a stylesheet's `max-height` leaves out may well go to the next page.
            set.fit = Fit::Whole;
        }
        set
    }

    /// The footnotes at the foot of the page.
    pub fn place(&self, cx: &mut Context, set: Set) -> Option<NoteArea> {
        if set.fragments.is_empty() {
            return None;
        }
        let edges = self.frame.inner();
        let height = set.height + edges.vertical();
        let top = self.area.bottom() - self.frame.margin.bottom - height;
        let left = self.area.left() + self.frame.margin.left;
        let rect = Rect::new(left, top, self.width + edges.horizontal(), height);
        let inside = rect.origin + Point::new(edges.left, edges.top);
        let mut fragments: Vec<Fragment> =
            set.fragments.into_iter().map(|fragment| fragment.placed(inside)).collect();
        let waiting = fragments.iter_mut().flat_map(|fragment| {
            let origin = fragment.rect.origin;
            let waiting = std::mem::take(&mut fragment.pending);
            waiting.into_iter().map(move |waiting| Pending { at: waiting.at + origin, ..waiting })
        });
        let waiting: Vec<Pending> = waiting.collect();
        fragments.extend(waiting.iter().map(|waiting| absolute::place(cx, waiting, self.area)));
        Some(NoteArea { style: self.style.clone(), rect, fragments })
    }
}

/// Sets footnotes from the top of the area downwards.
struct Setter<'s, 'c, 'a> {
    cx: &'c mut Context<'a>,
    sheet: &'s Sheet,
    y: Px,
    /// The margin below the last footnote.
    margin: Px,
    most: Px,
    must: bool,
}

impl Setter<'_, '_, '_> {
    fn run(&mut self, notes: &[Waiting]) -> Set {
        let mut set = Set {
            fragments: Vec::new(),
            ends: Vec::new(),
            height: Px::ZERO,
            rest: Vec::new(),
            known: notes.iter().map(|waiting| waiting.of).collect(),
            fit: Fit::Whole,
        };
        let mut queue = self.pieces(notes);
        let mut at = 0;
        while at < queue.len() {
            let (laid, box_id, token) = match &queue[at] {
                Piece::One(waiting) => (waiting.of, waiting.of, waiting.token.clone()),
                Piece::Shared(notes) => {
                    let token = Token { consumed: Px::ZERO, state: State::Lines(self.paragraph(notes), 0) };
                    (notes[0], self.cx.boxes.note_lines, Some(token))
                }
            };
            let box_id = if is_lines(token.as_ref()) { self.cx.boxes.note_lines } else { box_id };
            let Some((fragment, broken)) = self.piece(box_id, token.as_ref()) else {
                set.fit = Fit::Poor;
                break;
            };
            let called = calls::gather(self.cx, std::iter::once(&fragment), Point::default());
            let new: Vec<BoxId> =
                called.iter().map(|call| call.of).filter(|of| !set.known.contains(of)).collect();
            set.known.extend(&new);
            queue.extend(new.into_iter().map(|of| Piece::One(Waiting::new(of))));
            let shared = if let Piece::Shared(notes) = &queue[at] { notes.len() } else { 1 };
            self.y = fragment.rect.bottom();
            self.margin = sizing::Frame::of_box(self.cx, box_id, self.sheet.width).margin.bottom;
            set.ends.extend(std::iter::repeat_n(self.y, shared));
            set.fragments.push(fragment);
            at += 1;
            if let Some((token, appeal)) = broken {
                let is_last = at == queue.len();
                set.fit = if is_last && appeal >= Appeal::Perfect { Fit::Divided } else { Fit::Poor };
                set.rest.push(Waiting { of: laid, token: Some(token) });
                break;
            }
        }
        for piece in queue.drain(at..) {
            match piece {
                Piece::One(waiting) => set.rest.push(waiting),
                Piece::Shared(notes) => set.rest.extend(notes.into_iter().map(Waiting::new)),
            }
        }
        set.height = self.y;
        set
    }

    /// Lays out one piece below what is there already; `None` where nothing of it fits.
    fn piece(&mut self, of: BoxId, token: Option<&Token>) -> Option<(Fragment, Option<(Token, Appeal)>)> {
        let width = self.sheet.width;
        let margin = Frame::of_box(self.cx, of, width).margin;
        let first = self.y == Px::ZERO;
        let above = match (token, first) {
            (Some(token), true) if token.consumed > Px::ZERO => Px::ZERO,
            (_, true) => margin.top,
            (_, false) => margin.top.max(self.margin),
        };
        let top = self.y + above;
        let room = Room {
            left: self.most - top,
            full: self.sheet.area.size.height,
            fresh: self.must && first,
            margin: TopMargin::Kept,
            kind: Fragmentainer::Page,
        };
        let space = Space {
            room: (self.most.0 != f32::INFINITY).then_some(room),
            ..Space::endless(width, InlineSize::Fill)
        };
        let laid = block::root(self.cx, of, &space, token)?;
        let style = &self.cx.layout_box(of).style;
        let (left, _) =
            sizing::horizontal_margins(style, laid.fragment.rect.size.width, (width, style.text.direction));
        let left = if matches!(self.cx.layout_box(of).kind, Kind::Lines(_)) { Px::ZERO } else { left };
        let broken = laid.broken.map(|broken| (broken.token, broken.appeal));
        Some((laid.fragment.placed(Point::new(left, top)), broken))
    }

    /// Which footnotes share a paragraph: those that are inline, and those of compact ones that fit side by side.
    fn pieces(&mut self, notes: &[Waiting]) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut filled = Px::ZERO;
        for waiting in notes {
            let (display, width) = self.display(waiting);
            let fits = match display {
                FootnoteDisplay::Block => false,
                FootnoteDisplay::Inline => true,
                FootnoteDisplay::Compact => filled + width <= self.sheet.width,
            };
            match (pieces.last_mut(), display) {
                (_, FootnoteDisplay::Block) => pieces.push(Piece::One(waiting.clone())),
                (Some(Piece::Shared(shared)), _) if fits => {
                    shared.push(waiting.of);
                    filled += width;
                }
                _ => {
                    pieces.push(Piece::Shared(vec![waiting.of]));
                    filled = width;
                }
            }
        }
        pieces
    }

    /// How a footnote is set, and how wide it is on one line. What holds blocks, or has begun, is a block.
    fn display(&mut self, waiting: &Waiting) -> (FootnoteDisplay, Px) {
        let note = self.cx.layout_box(waiting.of);
        let display = note.style.position.note_display;
        let lines = |id: &BoxId| matches!(self.cx.layout_box(*id).kind, Kind::Lines(_));
        let is_text = matches!(note.kind, Kind::Flow) && note.children.iter().all(lines);
        if waiting.token.is_some() || !is_text || note.marker.is_some() || display == FootnoteDisplay::Block {
            return (FootnoteDisplay::Block, Px::ZERO);
        }
        let gap = self.sheet.style.font.size;
        (display, intrinsic::content_sizes(self.cx, waiting.of).max + gap)
    }

    fn paragraph(&mut self, notes: &[BoxId]) -> Rc<Paragraph> {
        let nodes: Vec<_> = notes.iter().map(|note| self.cx.layout_box(*note).node).collect();
        let typesetter = self.cx.typesetter;
        let prepared = typesetter.prepare_footnotes(&self.sheet.style, &nodes, self.cx);
        prepared.layout(typesetter, self.sheet.width, self.cx)
    }
}

/// Whether a token goes on with the lines of footnotes that share a paragraph.
fn is_lines(token: Option<&Token>) -> bool {
    matches!(token, Some(Token { state: State::Lines(..), .. }))
}
