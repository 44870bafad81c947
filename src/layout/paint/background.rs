//! Backgrounds and shadows (CSS Backgrounds and Borders 3, sections 2 and 6).

use std::sync::Arc;

use super::outline::{Edges, rectangle};
use super::{TAG, clipped, gradient, shadow};
use crate::geom::{Point, Rect, Size};
use crate::layout::{Fill, Item, Path, Shape};
use crate::media::{Picture, svg};
use crate::style::computed::{ComputedStyle, Layer, LayerImage, LayerSize, LengthOrAuto, Tiling};
use crate::units::Px;

/// The most tiles of a repeated picture.
const MOST_TILES: usize = 10_000;

/// Paints the outer shadows, the background colour, the layers and the inner shadows of a box.
pub(super) fn paint(style: &ComputedStyle, edges: &Edges, items: &mut Vec<Item>) {
    shadow::outer(style, edges, items);
    if !style.paint.background.is_transparent() {
        let area = style.paint.color_clip();
        items.push(filled(edges.area_path(area), Fill::Color(style.paint.background)));
    }
    for layer in style.paint.layers.iter().rev() {
        paint_layer(layer, edges, items);
    }
    shadow::inner(style, edges, items);
}

fn filled(path: Path, fill: Fill) -> Item {
    Item::Shape(Shape { path, fill: Some(fill), stroke: None, even_odd: false, tag: TAG })
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
    let clip = edges.area(layer.clip);
    let size = rounded_size(layer, size, origin.size);
    if let (LayerImage::Gradient(image), true) = (&layer.image, size == origin.size && clip == origin) {
        items.push(gradient::painted(image, origin, edges.area_path(layer.clip)));
        return;
    }
    let (x, y) = layer.position;
    let across =
        Row { start: origin.left(), whole: origin.size.width, tile: size.width, tiling: layer.repeat.0 };
    let down =
        Row { start: origin.top(), whole: origin.size.height, tile: size.height, tiling: layer.repeat.1 };
    let xs = across.starts(x.resolve(origin.size.width - size.width), (clip.left(), clip.right()));
    let ys = down.starts(y.resolve(origin.size.height - size.height), (clip.top(), clip.bottom()));
    let all = ys.iter().flat_map(|y| xs.iter().map(|x| Rect { origin: Point::new(*x, *y), size }));
    let painted = |tile: Rect| match &layer.image {
        LayerImage::Picture(picture) => picture_item(picture, tile),
        LayerImage::Gradient(image) => gradient::painted(image, tile, rectangle(tile)),
    };
    let inside = all.take(MOST_TILES).map(painted).collect();
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

/// The size of a tile where `round` fits whole tiles; a side that is `auto` keeps the ratio (section 2.4).
fn rounded_size(layer: &Layer, size: Size, area: Size) -> Size {
    let fit = |tile: Px, whole: Px| whole / (whole / tile).round().max(1.0);
    let (across, down) = (layer.repeat.0 == Tiling::Round, layer.repeat.1 == Tiling::Round);
    let width = if across { fit(size.width, area.width) } else { size.width };
    let height = if down { fit(size.height, area.height) } else { size.height };
    let auto_width = matches!(layer.size, LayerSize::Size(LengthOrAuto::Auto, _));
    let auto_height = matches!(layer.size, LayerSize::Size(_, LengthOrAuto::Auto));
    match (across, down) {
        (true, false) if auto_height => Size::new(width, size.height * (width / size.width)),
        (false, true) if auto_width => Size::new(size.width * (height / size.height), height),
        _ => Size::new(width, height),
    }
}

/// Tiles in one direction (section 2.4).
struct Row {
    /// Where the positioning area starts.
    start: Px,
    /// How long that is.
    whole: Px,
    /// How long a tile is.
    tile: Px,
    tiling: Tiling,
}

impl Row {
    /// Where the tiles start that cover what lies from `low` to `high`; `at` is where a first one is put.
    fn starts(&self, at: Px, (low, high): (Px, Px)) -> Vec<Px> {
        let whole_tiles = (self.whole / self.tile + 0.001).floor();
        let (first, step) = match self.tiling {
            Tiling::NoRepeat => return vec![self.start + at],
            Tiling::Repeat | Tiling::Round => (self.start + at, self.tile),
            Tiling::Space if whole_tiles < 2.0 => return vec![self.start + at],
            Tiling::Space => {
                let gap = (self.whole - self.tile * whole_tiles) / (whole_tiles - 1.0);
                (self.start, self.tile + gap)
            }
        };
        let before = ((first - low) / step).ceil().max(0.0);
        let mut next = first - step * before;
        let mut found = Vec::new();
        while next < high - Px(0.001) && found.len() < MOST_TILES {
            if next + self.tile > low {
                found.push(next);
            }
            next += step;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(tile: f32, tiling: Tiling) -> Row {
        Row { start: Px(0.0), whole: Px(25.0), tile: Px(tile), tiling }
    }

    #[test]
    fn a_repeated_picture_covers_its_area() {
        let starts = row(10.0, Tiling::Repeat).starts(Px(5.0), (Px(0.0), Px(25.0)));
        assert_eq!(starts, [Px(-5.0), Px(5.0), Px(15.0)]);
    }

    #[test]
    fn space_is_left_between_whole_tiles() {
        let starts = row(10.0, Tiling::Space).starts(Px(5.0), (Px(0.0), Px(25.0)));
        assert_eq!(starts, [Px(0.0), Px(15.0)]);
        assert_eq!(row(20.0, Tiling::Space).starts(Px(5.0), (Px(0.0), Px(25.0))), [Px(5.0)]);
    }
}
