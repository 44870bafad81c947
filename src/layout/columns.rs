//! Multi-column boxes (CSS Multi-column Layout 1): columns as tall as they need to be to hold the content, or
//! as the page lets them be.

use super::block::{self, Inner, Inside, Margin};
use super::boxes::BoxId;
use super::context::Context;
use super::fragment::{Appeal, Broken, Fragment, FragmentContent, Pending, State, Token};
use super::inline::ContentSizes;
use super::intrinsic;
use super::space::{Fragmentainer, InlineSize, Room, Space, TopMargin};
use crate::geom::{Point, Rect};
use crate::style::computed::{BorderStyle, Break, ColumnFill, ComputedStyle};
use crate::units::Px;

/// How often the height of balanced columns is bettered.
const TRIES: usize = 10;

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

/// What one attempt at a height gave.
struct Attempt {
    columns: Vec<Fragment>,
    height: Px,
    rest: Option<Broken>,
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
    let mut token = match resume.map(|token| &token.state) {
        Some(State::Columns(token)) => Some((**token).clone()),
        _ => None,
    };
    let most = match (inner.height, inner.room) {
        (Some(height), Some(room)) => Some(height.min(room.left)),
        (Some(height), None) => Some(height),
        (None, Some(room)) => Some(room.left),
        (None, None) => None,
    };
    if inner.room.is_some_and(|room| !room.fresh && room.left < style.font.size * 4.0) {
        return None;
    }
    let attempt = set(cx, (flow, tracks, &style), most, token.take())?;
    Some(inside(flow, (tracks, &style), inner, attempt))
}

/// Sets the content in columns no taller than `most`.
fn set(
    cx: &mut Context,
    (flow, tracks, style): (BoxId, Tracks, &ComputedStyle),
    most: Option<Px>,
    token: Option<Token>,
) -> Option<Attempt> {
    let fills = style.fragmentation.column_fill == ColumnFill::Auto;
    if let Some(most) = most {
        // What goes on on the next page is not measured here: each page would measure all that follow.
        let full = attempt(cx, (flow, tracks), most, token.as_ref())?;
        if fills || full.rest.is_some() {
            return Some(full);
        }
    }
    let space = Space::endless(tracks.width, InlineSize::Fill);
    let whole = block::root(cx, flow, &space, token.as_ref())?.fragment.height();
    let share = whole / tracks.count as f32;
    let (mut low, mut high) = (share, most.map_or(whole, |most| whole.min(most)));
    let mut best = attempt(cx, (flow, tracks), high, token.as_ref())?;
    if best.rest.is_some() {
        return Some(best);
    }
    for _ in 0..TRIES {
        let middle = (low + high) / 2.0;
        if high - low < Px(1.0) {
            break;
        }
        let tried = attempt(cx, (flow, tracks), middle, token.as_ref())?;
        if tried.rest.is_none() && tried.columns.len() <= tracks.count && tried.height <= middle + Px(0.01) {
            high = tried.height.max(low);
            best = tried;
        } else {
            low = middle;
        }
    }
    Some(best)
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

/// Sets the content in columns of one height.
fn attempt(
    cx: &mut Context,
    (flow, tracks): (BoxId, Tracks),
    height: Px,
    token: Option<&Token>,
) -> Option<Attempt> {
    let mut token = token.cloned();
    let mut columns = Vec::new();
    let mut tallest = Px::ZERO;
    for index in 0..tracks.most {
        let margin = if index == 0 { TopMargin::Kept } else { TopMargin::Truncated };
        let room = Room { left: height, full: height, fresh: true, margin, kind: Fragmentainer::Column };
        let space = Space { room: Some(room), ..Space::endless(tracks.width, InlineSize::Fill) };
        let laid = block::root(cx, flow, &space, token.as_ref())?;
        tallest = tallest.max(filled(&laid.fragment));
        columns.push(laid.fragment.placed(Point::new(tracks.left(index), Px::ZERO)));
        let is_page = |value: Break| value != Break::Column;
        match laid.broken {
            None => return Some(Attempt { columns, height: tallest, rest: None }),
            Some(broken)
                if (tracks.most == tracks.count && broken.forced.is_some_and(is_page))
                    || index + 1 == tracks.most =>
            {
                let forced = broken.forced.filter(|value| is_page(*value));
                let rest = Some(Broken { forced, ..broken });
                return Some(Attempt { columns, height: tallest, rest });
            }
            Some(broken) => token = Some(broken.token),
        }
    }
    None
}

fn inside(flow: BoxId, (tracks, style): (Tracks, &ComputedStyle), inner: &Inner, attempt: Attempt) -> Inside {
    let mut pending = Vec::new();
    let baseline = attempt.columns.first().and_then(|column| column.baseline).map(|at| at + inner.offset.y);
    let mut fragments: Vec<Fragment> = Vec::new();
    let rule = style.fragmentation.column_rule;
    for index in 1..attempt.columns.len() {
        if rule.width > Px::ZERO && !matches!(rule.style, BorderStyle::None | BorderStyle::Hidden) {
            let x = inner.offset.x + tracks.left(index) - tracks.gap / 2.0 - rule.width / 2.0;
            let rect = Rect::new(x, inner.offset.y, rule.width, attempt.height);
            fragments.push(Fragment::new(flow, rect, FragmentContent::Rule(rule)));
        }
    }
    for column in attempt.columns {
        let mut column = column.placed(inner.offset);
        let origin = column.rect.origin;
        pending
            .extend(column.pending.drain(..).map(|waiting| Pending { at: waiting.at + origin, ..waiting }));
        fragments.push(column);
    }
    let broken =
        attempt.rest.map(|rest| (State::Columns(Box::new(rest.token)), Appeal::Perfect, rest.forced));
    Inside {
        content: FragmentContent::Boxes(fragments),
        height: attempt.height,
        baselines: (baseline, baseline),
        pending,
        broken,
        early: None,
        below: Margin::default(),
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
