//! Backgrounds and shadows (CSS Backgrounds and Borders 3, sections 2 and 6).

use std::sync::Arc;

use super::outline::{Edges, rectangle};
use super::{clipped, gradient};
use crate::geom::{Point, Rect, Size};
use crate::layout::{Artifact, Fill, Item, Path, Shape, Tag};
use crate::media::{Picture, svg};
use crate::style::computed::{BoxArea, ComputedStyle, Layer, LayerImage, LayerSize, Shadow};
use crate::units::Px;

const TAG: Tag = Tag::Artifact(Artifact::Background);

/// The most tiles of a repeated picture.
const MOST_TILES: usize = 10_000;

/// Paints the outer shadows, the background colour, the layers and the inner shadows of a box.
pub(super) fn paint(style: &ComputedStyle, edges: &Edges, items: &mut Vec<Item>) {
    for shadow in style.paint.shadows.iter().rev().filter(|shadow| !shadow.inset) {
        outer_shadow(shadow, edges, items);
    }
    if !style.paint.background.is_transparent() {
        let area = style.paint.layers.last().map_or(BoxArea::BorderBox, |layer| layer.clip);
        items.push(filled(edges.area_path(area), Fill::Color(style.paint.background)));
    }
    for layer in style.paint.layers.iter().rev() {
        paint_layer(layer, edges, items);
    }
    for shadow in style.paint.shadows.iter().rev().filter(|shadow| shadow.inset) {
        inner_shadow(shadow, edges, items);
    }
}

fn filled(path: Path, fill: Fill) -> Item {
    Item::Shape(Shape { path, fill: Some(fill), stroke: None, even_odd: false, tag: TAG })
}

/// A shadow without its blur.
fn outer_shadow(shadow: &Shadow, edges: &Edges, items: &mut Vec<Item>) {
    if shadow.color.is_transparent() {
        return;
    }
    let mut cast = edges.grown(shadow.spread);
    cast.rect = cast.rect.shifted(Point::new(shadow.x, shadow.y));
    items.push(filled(cast.area_path(BoxArea::BorderBox), Fill::Color(shadow.color)));
}

/// A shadow that falls inside: the ring between the padding edge and the hole.
fn inner_shadow(shadow: &Shadow, edges: &Edges, items: &mut Vec<Item>) {
    let padding = Edges { rect: edges.area(BoxArea::PaddingBox), ..*edges };
    let mut hole = padding.grown(-shadow.spread);
    hole.rect = hole.rect.shifted(Point::new(shadow.x, shadow.y));
    let mut path = edges.padding_path();
    path.0.extend(hole.area_path(BoxArea::BorderBox).0);
    let fill = Some(Fill::Color(shadow.color));
    let ring = Shape { path, fill, stroke: None, even_odd: true, tag: TAG };
    items.extend(clipped(edges.padding_path(), vec![Item::Shape(ring)]));
}

fn paint_layer(layer: &Layer, edges: &Edges, items: &mut Vec<Item>) {
    let origin = edges.area(layer.origin);
    if origin.size.width <= Px::ZERO || origin.size.height <= Px::ZERO {
        return;
    }
    let natural = match &layer.image {
        LayerImage::Picture(picture) => Some(picture.size()),
        _ => None,
    };
    let size = layer_size(layer.size, natural, origin.size);
    if size.width <= Px(0.01) || size.height <= Px(0.01) {
        return;
    }
    let (x, y) = layer.position;
    let at = Point::new(
        origin.left() + x.resolve(origin.size.width - size.width),
        origin.top() + y.resolve(origin.size.height - size.height),
    );
    let clip = edges.area(layer.clip);
    if natural.is_none() && size == origin.size {
        let over = if layer.repeat == (true, true) && layer.origin != layer.clip { clip } else { origin };
        let fill = gradient::fill(&layer.image, over);
        items.extend(fill.map(|fill| filled(edges.area_path(layer.clip), fill)));
        return;
    }
    let mut inside = Vec::new();
    for tile in tiles(Rect { origin: at, size }, clip, layer.repeat) {
        match &layer.image {
            LayerImage::Picture(picture) => inside.push(picture_item(picture, tile)),
            image => inside.extend(gradient::fill(image, tile).map(|fill| filled(rectangle(tile), fill))),
        }
    }
    items.extend(clipped(edges.area_path(layer.clip), inside));
}

fn picture_item(picture: &Arc<Picture>, rect: Rect) -> Item {
    match &**picture {
        Picture::Raster(_) => Item::Picture(rect, picture.clone(), TAG),
        Picture::Vector(vector) => svg::paint(vector, rect, TAG),
    }
}

/// The size of one tile (section 2.9).
fn layer_size(size: LayerSize, natural: Option<Size>, area: Size) -> Size {
    let ratio = natural.filter(|size| size.height > Px::ZERO).map(|size| size.width / size.height);
    let fit = |ratio: f32, by_width: bool| {
        if by_width {
            Size::new(area.width, area.width / ratio)
        } else {
            Size::new(area.height * ratio, area.height)
        }
    };
    match (size, ratio) {
        (LayerSize::Contain | LayerSize::Cover, None) => area,
        (LayerSize::Contain, Some(ratio)) => fit(ratio, area.width / ratio <= area.height),
        (LayerSize::Cover, Some(ratio)) => fit(ratio, area.width / ratio >= area.height),
        (LayerSize::Size(width, height), ratio) => {
            let given = (width.resolve(area.width), height.resolve(area.height));
            match (given, ratio) {
                ((Some(width), Some(height)), _) => Size::new(width, height),
                ((Some(width), None), Some(ratio)) => Size::new(width, width / ratio),
                ((None, Some(height)), Some(ratio)) => Size::new(height * ratio, height),
                ((None, None), _) => natural.unwrap_or(area),
                ((width, height), None) => {
                    Size::new(width.unwrap_or(area.width), height.unwrap_or(area.height))
                }
            }
        }
    }
}

/// The tiles that are needed to cover `clip` (section 2.4).
fn tiles(first: Rect, clip: Rect, (across, down): (bool, bool)) -> Vec<Rect> {
    let starts = |start: Px, size: Px, (low, high): (Px, Px), repeats: bool| -> Vec<Px> {
        if !repeats {
            return vec![start];
        }
        let before = ((start - low) / size).ceil().max(0.0);
        let mut at = start - size * before;
        let mut found = Vec::new();
        while at < high - Px(0.001) && found.len() < MOST_TILES {
            if at + size > low {
                found.push(at);
            }
            at += size;
        }
        found
    };
    let size = first.size;
    let xs = starts(first.left(), size.width, (clip.left(), clip.right()), across);
    let ys = starts(first.top(), size.height, (clip.top(), clip.bottom()), down);
    let all = ys.iter().flat_map(|y| xs.iter().map(|x| Rect { origin: Point::new(*x, *y), size }));
    all.take(MOST_TILES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_picture_covers_its_area() {
        let clip = Rect::new(Px(0.0), Px(0.0), Px(25.0), Px(10.0));
        let first = Rect::new(Px(5.0), Px(0.0), Px(10.0), Px(10.0));
        let lefts: Vec<Px> = tiles(first, clip, (true, false)).iter().map(Rect::left).collect();
        assert_eq!(lefts, [Px(-5.0), Px(5.0), Px(15.0)]);
    }
}
