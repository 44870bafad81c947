//! Documents in `tests/layout/*.html` with what is accepted to come of them beside them, as text. With
//! `HANDOUT_ACCEPT=1` the test accepts what comes of them now.

use std::fmt::Write as _;

use super::super::{Fill, GradientKind, Item, LinkTarget, Pages, Setting, layout};
use super::{as_accepted, fonts, styled};
use crate::geom::{Point, Rect, Transform};
use crate::layout::PathStep;
use crate::style::computed::Color;
use crate::units::Px;

/// Ten px of type on lines of ten px; black, without margins.
const SLIM: &str =
    "@page { margin: 0 } html { font: 10px/1 'Handout Test' } p, ul, ol, h1, h2, figure { margin: 0 }";

#[test]
fn documents_come_out_as_accepted() {
    as_accepted("tests/layout", dump);
}

/// Lays out a document with its own `style` element and gives what is on its pages as text.
fn dump(html: &str) -> String {
    let (tree, problems) = styled(html, SLIM);
    let (pages, warnings) = layout(&tree, &fonts(), &Setting::default()).expect("no page limit");
    let mut text = String::new();
    for diagnostic in problems.iter().chain(&warnings) {
        let _ = writeln!(text, "{}: {}", diagnostic.code, diagnostic.message);
    }
    write_pages(&pages, &mut text);
    text
}

fn write_pages(pages: &Pages, text: &mut String) {
    for (index, page) in pages.pages.iter().enumerate() {
        let _ =
            writeln!(text, "page {} {} x {}", index + 1, number(page.size.width), number(page.size.height));
        write_items(&page.items, &Transform::IDENTITY, 1, text);
        for link in &page.links {
            let target = match &link.target {
                LinkTarget::Url(url) => url.to_string(),
                LinkTarget::Anchor(name) => format!("#{name}"),
                LinkTarget::Handout(slug, anchor) => {
                    format!("{slug}{}", anchor.iter().map(|name| format!("#{name}")).collect::<String>())
                }
            };
            let areas: Vec<String> = link.areas.iter().map(|area| rect(*area)).collect();
            let _ = writeln!(text, "  link {target} {}", areas.join(", "));
        }
    }
    for anchor in &pages.anchors {
        let at = point(anchor.at);
        let _ = writeln!(text, "anchor {} on page {} at {at}", anchor.name, anchor.page + 1);
    }
    for bookmark in &pages.outline {
        let _ =
            writeln!(text, "bookmark {} {:?} on page {}", bookmark.level, bookmark.title, bookmark.page + 1);
    }
}

fn write_items(items: &[Item], map: &Transform, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    for item in items {
        match item {
            Item::Text(run) => {
                let width: Px = run.glyphs.iter().map(|glyph| glyph.advance).sum();
                let at = point(map.apply(run.origin));
                let _ = writeln!(text, "{indent}text {at} wide {} {:?}", number(width), run.text);
            }
            Item::Shape(shape) => {
                let fill = match &shape.fill {
                    Some(Fill::Color(color)) => format!(" #{}", color.hex()),
                    Some(Fill::Gradient(kind, stops)) => gradient(*kind, stops, map),
                    None => String::new(),
                };
                let stroke = shape.stroke.as_ref();
                let stroke = stroke.map_or(String::new(), |stroke| {
                    format!(" stroke {} #{}", number(stroke.width), stroke.color.hex())
                });
                let _ = writeln!(text, "{indent}shape {}{fill}{stroke}", rect(bounds(&shape.path.0, map)));
            }
            Item::Picture(at, ..) => {
                let _ = writeln!(text, "{indent}picture {}", rect(*at));
            }
            Item::Group(group) => {
                let map = group.transform.then(map);
                let clip = group.clip.as_ref().map(|clip| format!(" clip {}", rect(bounds(&clip.0, &map))));
                let opacity =
                    if group.opacity < 1.0 { format!(" opacity {}", group.opacity) } else { String::new() };
                let _ = writeln!(text, "{indent}group{}{opacity}", clip.unwrap_or_default());
                write_items(&group.items, &map, depth + 1, text);
            }
        }
    }
}

/// The ends of a gradient, and its colours at their offsets.
fn gradient(kind: GradientKind, stops: &[(f32, Color)], map: &Transform) -> String {
    let ends = match kind {
        GradientKind::Linear(from, to) => {
            format!(" linear {} to {}", point(map.apply(from)), point(map.apply(to)))
        }
        GradientKind::Radial(centre, radius) => {
            format!(" radial {} to {}", point(map.apply(centre)), number(radius))
        }
    };
    let stop = |(offset, color): &(f32, Color)| {
        let alpha = if color.alpha < 1.0 { format!("/{}", number(Px(color.alpha))) } else { String::new() };
        format!(" {}:#{}{alpha}", number(Px(*offset)), color.hex())
    };
    ends + &stops.iter().map(stop).collect::<String>()
}

fn bounds(steps: &[PathStep], map: &Transform) -> Rect {
    let points = steps.iter().filter_map(|step| match step {
        PathStep::Move(to) | PathStep::Line(to) | PathStep::Curve(.., to) => Some(map.apply(*to)),
        PathStep::Close => None,
    });
    let corners = points.fold(None, |corners: Option<(Point, Point)>, at| {
        let (low, high) = corners.unwrap_or((at, at));
        let low = Point::new(low.x.min(at.x), low.y.min(at.y));
        Some((low, Point::new(high.x.max(at.x), high.y.max(at.y))))
    });
    let (low, high) = corners.unwrap_or_default();
    Rect::new(low.x, low.y, high.x - low.x, high.y - low.y)
}

fn rect(rect: Rect) -> String {
    format!("{} size {} x {}", point(rect.origin), number(rect.size.width), number(rect.size.height))
}

fn point(at: Point) -> String {
    format!("{},{}", number(at.x), number(at.y))
}

/// To a hundredth of a px.
fn number(length: Px) -> String {
    let hundredths = (length.0 * 100.0).round() / 100.0;
    format!("{}", if hundredths == 0.0 { 0.0 } else { hundredths })
}
