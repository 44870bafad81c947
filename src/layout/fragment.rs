//! What layout gives: fragments of boxes, and break tokens to go on from on the next page.

use std::rc::Rc;

use super::block::Margin;
use super::boxes::BoxId;
use super::inline::Paragraph;
use crate::geom::{Edges, Point, Rect};
use crate::style::computed::{BorderSide, Break};
use crate::units::Px;

/// The part of a box that one page, or column, holds.
#[derive(Clone, Debug)]
pub(super) struct Fragment {
    /// Whose.
    pub of: BoxId,
    /// Its border box, relative to the parent fragment's.
    pub rect: Rect,
    /// The widths of its borders, nothing where a break cut one off.
    pub border: Edges<Px>,
    /// Its paddings, nothing where a break cut one off.
    pub padding: Edges<Px>,
    /// Which of the box's parts it is.
    pub part: Part,
    /// Whether it repeats what stands on an earlier page.
    pub repetition: Repetition,
    /// What is in it.
    pub content: FragmentContent,
    /// Floats and positioned boxes beside and over content that is not boxes: lines, a picture.
    pub overlay: Vec<Fragment>,
    /// The first baseline, from the top of the border box.
    pub baseline: Option<Px>,
    /// The last baseline, from the top of the border box.
    pub last_baseline: Option<Px>,
    /// Boxes out of flow that wait for their containing block, with their static positions.
    pub pending: Vec<Pending>,
}

/// Which of a box's fragments one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Whether the box starts here.
    pub first: bool,
    /// Whether the box ends here.
    pub last: bool,
}

/// Whether a fragment repeats what stands on an earlier page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repetition {
    /// It does not.
    Original,
    /// The head or the foot of a table: read out once only.
    Repeated,
}

/// What is in a fragment.
#[derive(Clone, Debug)]
pub(super) enum FragmentContent {
    /// Fragments of other boxes, in tree order.
    Boxes(Vec<Fragment>),
    /// Lines of a paragraph with their places, and the fragments of the boxes that stand in them.
    Lines(Rc<Paragraph>, Vec<PlacedLine>),
    /// A picture, in this rectangle relative to the border box.
    Picture(Rect),
    /// A rule of a multi-column box or of a table with collapsed borders, drawn along its longer side.
    Rule(BorderSide),
}

/// A line of a paragraph.
#[derive(Clone, Debug)]
pub(super) struct PlacedLine {
    /// Its top left corner, relative to the fragment.
    pub at: Point,
    /// Which line of the paragraph.
    pub index: usize,
    /// The boxes in it, placed relative to the fragment.
    pub boxes: Vec<Fragment>,
}

/// A box out of flow that waits for its containing block.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    /// The box.
    pub of: BoxId,
    /// Where it would have been, relative to the fragment that holds it.
    pub at: Point,
    /// The grid area that it is placed against instead of the padding box, where a grid contains it.
    pub area: Option<Rect>,
}

impl Pending {
    /// A box that would have been at `at`.
    pub const fn new(of: BoxId, at: Point) -> Self {
        Self { of, at, area: None }
    }
}

/// Where to go on with a box in the next fragmentainer.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// The content height that the earlier fragments took.
    pub consumed: Px,
    /// How far its content is.
    pub state: State,
}

/// How far the content of a box is.
#[derive(Clone, Debug)]
pub(super) enum State {
    /// A block container: the next child, how far that child is, and the floats that did not fit.
    Flow(usize, Option<Box<Token>>, Vec<DeferredFloat>),
    /// A paragraph, set, and the line to go on with.
    Lines(Rc<Paragraph>, usize),
    /// Bands of items side by side: flex lines, grid rows, table rows.
    Bands(Rc<super::bands::Plan>, usize, Vec<Progress>),
    /// A table: how far its body is.
    Table(Box<super::table::TableState>),
    /// A multi-column box: how far its content is.
    Columns(Box<Token>),
    /// Nothing is left but the rest of the box's own height.
    Finished,
}

/// How far one item of a band is.
#[derive(Clone, Debug)]
pub(super) enum Progress {
    /// Not started.
    Todo,
    /// Started; goes on here.
    Partly(Token),
    /// Placed.
    Done,
}

/// A float that goes on, or starts, on the next page.
#[derive(Clone, Debug)]
pub(super) struct DeferredFloat {
    /// The box.
    pub of: BoxId,
    /// The left edge of its containing block, in the coordinates of the block formatting context.
    pub left: Px,
    /// The width of its containing block.
    pub width: Px,
    /// How far it is.
    pub token: Option<Token>,
}

/// The result of laying out a box in a fragmentainer.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    /// The part that fits.
    pub fragment: Fragment,
    /// The break, if not all of it fits.
    pub broken: Option<Broken>,
    /// The best break point inside, should an earlier break be wanted.
    pub early: Option<(Appeal, Rc<Stop>)>,
    /// The margin below it, with those of its last children that adjoin it.
    pub below: Margin,
}

/// A break in or before a box.
#[derive(Clone, Debug)]
pub(super) struct Broken {
    /// Where to go on.
    pub token: Token,
    /// How good the break is.
    pub appeal: Appeal,
    /// The kind of break where a stylesheet forces it.
    pub forced: Option<Break>,
}

/// How good a break is, worst first (CSS Fragmentation 3, 4.4: rules are dropped from last to first).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Appeal {
    /// Only so that something is placed.
    LastResort,
    /// Where `break-*: avoid` asks for none.
    Avoided,
    /// Too few lines before or after.
    Lines,
    /// As the stylesheet wants it.
    Perfect,
}

/// A path to a break point in the box tree, relative to the box that is laid out.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stop {
    /// Before this child.
    Before(usize),
    /// Inside this child.
    Inside(usize, Rc<Stop>),
    /// Before this line, counted from the first line of this fragment.
    Line(usize),
}

impl Part {
    /// The only fragment of a box.
    pub const WHOLE: Self = Self { first: true, last: true };
}

impl Fragment {
    /// A fragment of `of` with this border box and content, whole and without border and padding.
    pub fn new(of: BoxId, rect: Rect, content: FragmentContent) -> Self {
        Self {
            of,
            rect,
            border: Edges::default(),
            padding: Edges::default(),
            part: Part::WHOLE,
            repetition: Repetition::Original,
            content,
            overlay: Vec::new(),
            baseline: None,
            last_baseline: None,
            pending: Vec::new(),
        }
    }

    /// The height of the border box.
    pub fn height(&self) -> Px {
        self.rect.size.height
    }

    /// Moves what is in it down.
    pub fn shift_content(&mut self, by: Px) {
        if by == Px::ZERO {
            return;
        }
        let by = Point::new(Px::ZERO, by);
        match &mut self.content {
            FragmentContent::Boxes(children) => {
                children.iter_mut().for_each(|child| child.rect.origin = child.rect.origin + by);
            }
            FragmentContent::Lines(_, lines) => {
                for line in lines {
                    line.at = line.at + by;
                    line.boxes.iter_mut().for_each(|child| child.rect.origin = child.rect.origin + by);
                }
            }
            FragmentContent::Picture(rect) => *rect = rect.shifted(by),
            FragmentContent::Rule(_) => {}
        }
        self.pending.iter_mut().for_each(|waiting| waiting.at = waiting.at + by);
        self.baseline = self.baseline.map(|baseline| baseline + by.y);
        self.last_baseline = self.last_baseline.map(|baseline| baseline + by.y);
    }

    /// The same fragment, `by` further from the origin of its parent's border box.
    #[must_use]
    pub fn placed(mut self, by: Point) -> Self {
        self.rect.origin = self.rect.origin + by;
        self
    }
}
