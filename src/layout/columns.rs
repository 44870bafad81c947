//! Multi-column boxes (CSS Multi-column Layout 1): columns as tall as they need to be to hold the content, or
//! as the page lets them be.

mod span;

use std::sync::Arc;

use super::block::{self, Inner, Inside, Margin};
use super::boxes::{BoxId, is_avoided};
use super::context::Context;
use super::fragment::{Appeal, Broken, Fragment, FragmentContent, Laid, Pending, State, Token};
use super::inline::ContentSizes;
use super::intrinsic;
use super::sizing::{self, Frame};
use super::space::{Fragmentainer, InlineSize, Room, Space, TopMargin};
use crate::geom::{Point, Rect};
use crate::style::computed::{BorderStyle, Break, ColumnFill, ComputedStyle};
use crate::units::Px;

/// How often the height of balanced columns is bettered.
const TRIES: usize = 10;
/// A column that holds everything.
const ENDLESS: Px = Px(1e7);

/// How many columns there are, how wide, and how far apart (section 3.4).
#[derive(Clone, Copy, Debug, PartialEq)]
struct Tracks {
    count: usize,
    width: Px,
    gap: Px,
    /// How many columns there may be: more than `count` only where nothing goes to a next page.
    most: usize,
}

impl Tracks {
    fn of(style: &ComputedStyle, available: Px) -> Self {
        let gap = style.flex.column_gap.map_or(style.font.size, |gap| gap.resolve(available)).max(Px::ZERO);
        let most = style.fragmentation.column_count.map(|count| usize::from(count.max(1)));
        let fitting = style.fragmentation.column_width.map(|width| {
            let width = width.max(Px(1.0));
            (((available + gap) / (width + gap)).floor() as usize).max(1)
        });
        let count = match (most, fitting) {
            (Some(most), Some(fitting)) => most.min(fitting),
            (Some(count), None) | (None, Some(count)) => count,
            (None, None) => 1,
        };
        let count = count.min(100);
        let width = ((available + gap) / count as f32 - gap).max(Px::ZERO);
        Self { count, width, gap, most: count }
    }

    fn left(&self, index: usize) -> Px {
        (self.width + self.gap) * index as f32
    }
}

/// A multi-column box while it is laid out: rows of columns, and boxes across all of them, below each other.
struct Columns<'c, 'a> {
    cx: &'c mut Context<'a>,
    flow: BoxId,
    tracks: Tracks,
    style: Arc<ComputedStyle>,
    inner: &'c Inner,
    fragments: Vec<Fragment>,
    pending: Vec<Pending>,
    baselines: (Option<Px>, Option<Px>),
    /// From the top of the content box down to the end of what is placed.
    y: Px,
    /// The lower margin of the box across all columns that stands there.
    margin: Px,
}

/// What one attempt at a height gave.
struct Attempt {
    columns: Vec<Fragment>,
    height: Px,
    rest: Rest,
}

/// What comes after a row of columns.
enum Rest {
    /// Nothing.
    Nothing,
    /// A box across all columns.
    Spanner(Token),
    /// More columns, on the next page.
    Page(Broken),
}

/// Where a multi-column box stood before a box across all columns was placed.
struct Mark {
    fragments: usize,
    pending: usize,
    y: Px,
    token: Token,
}

/// Lays out a multi-column box.
pub(super) fn layout(cx: &mut Context, id: BoxId, inner: &Inner, resume: Option<&Token>) -> Option<Inside> {
    let layout_box = cx.layout_box(id);
    let style = layout_box.style.clone();
    let &flow = layout_box.children.first()?;
    let mut tracks = Tracks::of(&style, inner.width);
    if inner.room.is_none() {
        tracks.most = usize::MAX;
    }
    let token = match resume.map(|token| &token.state) {
        Some(State::Columns(token)) => Some((**token).clone()),
        _ => None,
    };
    let columns = Columns {
        cx,
        flow,
        tracks,
        style,
        inner,
        fragments: Vec::new(),
        pending: Vec::new(),
        baselines: (None, None),
        y: Px::ZERO,
        margin: Px::ZERO,
    };
    columns.run(token)
}

impl Columns<'_, '_> {
    /// Places rows of columns and boxes across them until the page is full.
    fn run(mut self, mut token: Option<Token>) -> Option<Inside> {
        let mut mark: Option<Mark> = None;
        loop {
            let spanner = span::next(self.cx, self.flow, token.as_ref()).map(|(of, _)| of);
            if let (Some(of), Some(at)) = (spanner, token.as_ref()) {
                let before = self.mark(at);
                match self.spanner(at.clone()) {
                    Some((rest, None)) => token = Some(rest),
                    Some((rest, Some(broken))) => {
                        return Some(self.finish(Some(Broken { token: rest, ..broken })));
                    }
                    None if self.is_empty() => return None,
                    None => return Some(self.before(mark.unwrap_or(before))),
                }
                // A heading across all columns does not stay behind at the foot of a page.
                let keeps = is_avoided(self.cx.layout_box(of).breaks.after) && before.y > Px::ZERO;
                mark = if keeps { mark.or(Some(before)) } else { None };
                continue;
            }
            let Some(attempt) = self.row(token.as_ref()) else {
                return match (mark, token) {
                    (Some(mark), _) => Some(self.before(mark)),
                    (None, Some(token)) if !self.is_empty() => {
                        let mark = self.mark(&token);
                        Some(self.before(mark))
                    }
                    _ => None,
                };
            };
            self.place(attempt.columns, attempt.height);
            match attempt.rest {
                Rest::Nothing => return Some(self.finish(None)),
                Rest::Page(broken) => return Some(self.finish(Some(broken))),
                Rest::Spanner(rest) => (token, mark) = (Some(rest), None),
            }
        }
    }

    /// Whether nothing stands in it yet.
    fn is_empty(&self) -> bool {
        self.y <= Px::ZERO
    }

    /// Where the box stands now, with what comes next.
    fn mark(&self, token: &Token) -> Mark {
        let (fragments, pending) = (self.fragments.len(), self.pending.len());
        Mark { fragments, pending, y: self.y, token: token.clone() }
    }

    /// Takes back what stands behind a mark: the page ends there.
    fn before(mut self, mark: Mark) -> Inside {
        self.fragments.truncate(mark.fragments);
        self.pending.truncate(mark.pending);
        (self.y, self.margin) = (mark.y, Px::ZERO);
        self.finish(Some(Broken { token: mark.token, appeal: Appeal::Perfect, forced: None }))
    }

    /// A box across all columns, and the token behind it; `None` where nothing of it fits.
    fn spanner(&mut self, token: Token) -> Option<(Token, Option<Broken>)> {
        let (of, resume) = span::next(self.cx, self.flow, Some(&token))?;
        let frame = Frame::of_box(self.cx, of, self.inner.width);
        let is_cut = self.inner.room.is_some_and(|room| room.margin == TopMargin::Truncated);
        let is_first = resume.is_none() && !(is_cut && self.is_empty());
        let above = if is_first { frame.margin.top } else { Px::ZERO };
        let top = self.y + if self.margin > Px::ZERO { self.margin.max(above) } else { above };
        let room = self.inner.room.map(|room| room.after(top, !self.is_empty()));
        let space = Space { room, ..Space::endless(self.inner.width, InlineSize::Fill) };
        let laid = block::root(self.cx, of, &space, resume)?;
        let fragment = laid.fragment;
        let overflows = room.is_some_and(|room| !room.fresh && !room.fits(fragment.height()));
        if laid.broken.is_none() && overflows {
            return None;
        }
        let style = &self.cx.layout_box(of).style;
        let around = (self.inner.width, self.style.text.direction);
        let (left, _) = sizing::horizontal_margins(style, fragment.rect.size.width, around);
        self.y = top + fragment.height();
        self.margin = frame.margin.bottom;
        self.add(fragment.placed(Point::new(left, top)));
        let rest = laid.broken.as_ref().map(|broken| broken.token.clone());
        Some((span::past(self.cx, self.flow, token, rest), laid.broken))
    }

    /// The next row of columns; `None` where it is not worth to begin one on this page.
    fn row(&mut self, token: Option<&Token>) -> Option<Attempt> {
        let top = self.y + self.margin;
        let room = self.inner.room.map(|room| room.after(top, !self.is_empty()));
        let definite = self.inner.height.map(|height| (height - top).max(Px::ZERO));
        let most = match (definite, room) {
            (Some(height), Some(room)) => Some(height.min(room.left)),
            (definite, room) => definite.or(room.map(|room| room.left)),
        };
        let least = self.style.font.size * 4.0;
        let is_cramped = room.is_some_and(|room| !room.fresh && room.left < least);
        if let Some(most) = most {
            // What goes on on the next page is not measured here: each page would measure all that follow.
            let full = self.attempt(most, token)?;
            let overflows = full.height > most + Px(0.01);
            match full.rest {
                Rest::Page(_) if is_cramped => return None,
                _ if is_cramped && overflows => return None,
                Rest::Page(_) => return Some(full),
                Rest::Nothing if self.style.fragmentation.column_fill == ColumnFill::Auto => {
                    return Some(full);
                }
                Rest::Nothing | Rest::Spanner(_) => {}
            }
        }
        let whole = self.whole(token)?;
        let share = whole / self.tracks.count as f32;
        self.balanced((share, most.map_or(whole, |most| whole.min(most))), token)
    }

    /// How high the content is in one column, up to a box across all columns.
    fn whole(&mut self, token: Option<&Token>) -> Option<Px> {
        let mut token = token.cloned();
        let mut height = Px::ZERO;
        loop {
            let laid = self.column((ENDLESS, 0), token.as_ref())?;
            height += filled(&laid.fragment);
            let Some(broken) = laid.broken else { return Some(height) };
            if span::next(self.cx, self.flow, Some(&broken.token)).is_some() {
                return Some(height);
            }
            token = Some(broken.token);
        }
    }

    /// Columns of a height between `low` and `high`, as even as can be.
    fn balanced(&mut self, (mut low, mut high): (Px, Px), token: Option<&Token>) -> Option<Attempt> {
        let mut best = self.attempt(high, token)?;
        if matches!(best.rest, Rest::Page(_)) {
            return Some(best);
        }
        for _ in 0..TRIES {
            let middle = (low + high) / 2.0;
            if high - low < Px(1.0) {
                break;
            }
            let tried = self.attempt(middle, token)?;
            let fits = !matches!(tried.rest, Rest::Page(_)) && tried.columns.len() <= self.tracks.count;
            if fits && tried.height <= middle + Px(0.01) {
                high = tried.height.max(low);
                best = tried;
            } else {
                low = middle;
            }
        }
        Some(best)
    }

    /// The content in columns of one height.
    fn attempt(&mut self, height: Px, token: Option<&Token>) -> Option<Attempt> {
        let tracks = self.tracks;
        let mut token = token.cloned();
        let mut columns = Vec::new();
        let mut tallest = Px::ZERO;
        for index in 0..tracks.most {
            let laid = self.column((height, index), token.as_ref())?;
            tallest = tallest.max(filled(&laid.fragment));
            columns.push(laid.fragment.placed(Point::new(tracks.left(index), Px::ZERO)));
            let is_page = |value: Break| value != Break::Column;
            let Some(broken) = laid.broken else {
                return Some(Attempt { columns, height: tallest, rest: Rest::Nothing });
            };
            if span::next(self.cx, self.flow, Some(&broken.token)).is_some() {
                return Some(Attempt { columns, height: tallest, rest: Rest::Spanner(broken.token) });
            }
            let is_full = index + 1 == tracks.most;
            if is_full || (tracks.most == tracks.count && broken.forced.is_some_and(is_page)) {
                let forced = broken.forced.filter(|value| is_page(*value));
                let rest = Rest::Page(Broken { forced, ..broken });
                return Some(Attempt { columns, height: tallest, rest });
            }
            token = Some(broken.token);
        }
        None
    }

    /// One column.
    fn column(&mut self, (height, index): (Px, usize), token: Option<&Token>) -> Option<Laid> {
        let margin = if index == 0 { TopMargin::Kept } else { TopMargin::Truncated };
        let room = Room { left: height, full: height, fresh: true, margin, kind: Fragmentainer::Column };
        let space = Space { room: Some(room), ..Space::endless(self.tracks.width, InlineSize::Fill) };
        block::root(self.cx, self.flow, &space, token)
    }

    /// Adds a row of columns with the rules between them.
    fn place(&mut self, columns: Vec<Fragment>, height: Px) {
        if height > Px::ZERO {
            self.y += self.margin;
            self.margin = Px::ZERO;
        }
        let rule = self.style.fragmentation.column_rule;
        for index in 1..columns.len() {
            if rule.width > Px::ZERO && !matches!(rule.style, BorderStyle::None | BorderStyle::Hidden) {
                let x = self.tracks.left(index) - self.tracks.gap / 2.0 - rule.width / 2.0;
                let rect = Rect::new(x, self.y, rule.width, height).shifted(self.inner.offset);
                self.fragments.push(Fragment::new(self.flow, rect, FragmentContent::Rule(rule)));
            }
        }
        let top = Point::new(Px::ZERO, self.y);
        for column in columns {
            self.add(column.placed(top));
        }
        self.y += height;
    }

    /// Adds a column or a box across all, placed in the content box.
    fn add(&mut self, fragment: Fragment) {
        let mut fragment = fragment.placed(self.inner.offset);
        let origin = fragment.rect.origin;
        let waiting = fragment.pending.drain(..);
        self.pending.extend(waiting.map(|waiting| Pending { at: waiting.at + origin, ..waiting }));
        let baseline = |at: Option<Px>| at.map(|at| at + origin.y);
        self.baselines.0 = self.baselines.0.or(baseline(fragment.baseline));
        self.baselines.1 = baseline(fragment.last_baseline).or(self.baselines.1);
        self.fragments.push(fragment);
    }

    fn finish(self, rest: Option<Broken>) -> Inside {
        let margin = if rest.is_none() { self.margin } else { Px::ZERO };
        Inside {
            content: FragmentContent::Boxes(self.fragments),
            height: self.y + margin,
            baselines: self.baselines,
            pending: self.pending,
            broken: rest.map(|rest| (State::Columns(Box::new(rest.token)), Appeal::Perfect, rest.forced)),
            early: None,
            below: Margin::default(),
        }
    }
}

/// How far down a fragment is filled; one that breaks reaches to the end of its column.
fn filled(fragment: &Fragment) -> Px {
    match &fragment.content {
        FragmentContent::Boxes(children) if !fragment.part.last => {
            let ends = children.iter().map(|child| child.rect.top() + filled(child));
            ends.reduce(Px::max).unwrap_or(Px::ZERO)
        }
        _ => fragment.height(),
    }
}

/// The content sizes of a multi-column box.
pub(super) fn content_sizes(cx: &mut Context, id: BoxId) -> ContentSizes {
    let layout_box = cx.layout_box(id);
    let style = &layout_box.style;
    let Some(&flow) = layout_box.children.first() else { return ContentSizes::default() };
    let sizes = intrinsic::content_sizes(cx, flow);
    let count = f32::from(style.fragmentation.column_count.unwrap_or(1).max(1));
    let gap = style.flex.column_gap.map_or(style.font.size, |gap| gap.px);
    let least = style.fragmentation.column_width.unwrap_or(sizes.min).max(sizes.min);
    ContentSizes {
        min: if style.fragmentation.column_width.is_some() {
            sizes.min
        } else {
            least * count + gap * (count - 1.0)
        },
        max: sizes.max * count + gap * (count - 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_the_width() {
        let mut style = ComputedStyle::default();
        style.fragmentation.column_count = Some(3);
        style.fragmentation.column_width = Some(Px(100.0));
        let tracks = Tracks::of(&style, Px(232.0));
        assert_eq!(tracks, Tracks { count: 2, width: Px(108.0), gap: Px(16.0), most: 2 });
    }
}
