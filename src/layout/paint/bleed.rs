//! What reaches the edge of the sheet reaches into the bleed, so that no hair of white is left where the knife is a
//! little off. Stylesheets need not know of it: the same ones serve for screens and for printers.

use super::outline::Edges;
use crate::geom::{Edges as Sides, Rect, Size};
use crate::units::Px;

/// As near as this to the edge of the sheet a box reaches it.
const NEAR: Px = Px(1.0);

/// How far paint goes on beyond the sheet.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::layout) struct Bleed {
    /// The sheet.
    pub sheet: Size,
    /// How far.
    pub by: Px,
}

impl Bleed {
    /// The edges of a box, on into the bleed where they reach the edge of the sheet. Borders there grow with them.
    pub(super) fn reach(self, edges: Edges) -> Edges {
        let grown = self.growth(edges.rect);
        let border = |width: Px, by: Px| if width > Px::ZERO { width + by } else { width };
        Edges {
            rect: edges.rect.inset(grown.map(|by| -by)),
            border: Sides {
                top: border(edges.border.top, grown.top),
                right: border(edges.border.right, grown.right),
                bottom: border(edges.border.bottom, grown.bottom),
                left: border(edges.border.left, grown.left),
            },
            ..edges
        }
    }

    /// How far each side of a rectangle has to go on.
    pub(super) fn growth(self, rect: Rect) -> Sides<Px> {
        let by = |beyond: Px| {
            let reaches = self.by > Px::ZERO && beyond > -NEAR && beyond < self.by;
            if reaches { self.by - beyond } else { Px::ZERO }
        };
        Sides {
            top: by(-rect.top()),
            right: by(rect.right() - self.sheet.width),
            bottom: by(rect.bottom() - self.sheet.height),
            left: by(-rect.left()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_the_edge_goes_on() {
        let bleed = Bleed { sheet: Size::new(Px(100.0), Px(200.0)), by: Px(10.0) };
        let band = bleed.reach(Edges::plain(Rect::new(Px(0.0), Px(0.0), Px(100.0), Px(50.0))));
        assert_eq!(band.rect, Rect::new(Px(-10.0), Px(-10.0), Px(120.0), Px(60.0)));
        let inside = Edges::plain(Rect::new(Px(5.0), Px(5.0), Px(90.0), Px(50.0)));
        assert_eq!(bleed.reach(inside).rect, inside.rect);
        let beyond = Edges::plain(Rect::new(Px(-20.0), Px(-4.0), Px(60.0), Px(50.0)));
        assert_eq!(bleed.reach(beyond).rect, Rect::new(Px(-20.0), Px(-10.0), Px(60.0), Px(56.0)));
    }
}
