//! Whether pictures have the pixels that print needs, where they are printed: told of the finished pages, as nothing
//! before them knows how large a picture is.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Item, Pages, Tag};
use crate::diag::{Diagnostic, Place};
use crate::geom::Transform;
use crate::media::{Picture, Raster};
use crate::style::StyledTree;
use crate::units::{Mm, Px};

/// The pixels to the inch below which the eye sees them at reading distance.
pub const LEAST_DENSITY: u32 = 150;
const INCH: Px = Px(96.0);
/// A picture with a side of so few pixels is a plain ground or a run of colour, and as sharp in any size.
const PLAIN: u32 = 4;

/// Where a picture is printed with the fewest pixels to the inch.
struct Coarsest<'p> {
    raster: &'p Raster,
    density: f32,
    width: Px,
    tag: Tag,
}

/// Warnings of the pictures that are printed with fewer than `least` pixels to the inch: one for each picture, at the
/// place where it has the fewest.
pub fn few_pixels(tree: &StyledTree, pages: &Pages, least: u32) -> Vec<Diagnostic> {
    // By address only to know a picture again: what is told is in the order of the pages.
    let mut known = BTreeMap::new();
    let mut found = Vec::new();
    for page in &pages.pages {
        look(&page.items, &Transform::IDENTITY, &mut |picture, coarsest| {
            let at = *known.entry(Arc::as_ptr(picture)).or_insert(found.len());
            match found.get_mut(at) {
                None => found.push(coarsest),
                Some(other) if coarsest.density < other.density => *other = coarsest,
                Some(_) => {}
            }
        });
    }
    let coarse = found.iter().filter(|coarsest| coarsest.density.round() < least as f32);
    coarse.map(|coarsest| warning(tree, pages, coarsest, least)).collect()
}

fn look<'p>(items: &'p [Item], map: &Transform, see: &mut impl FnMut(&'p Arc<Picture>, Coarsest<'p>)) {
    for item in items {
        match item {
            Item::Group(group) => look(&group.items, &group.transform.then(map), see),
            Item::Picture(rect, picture, tag) => {
                let Picture::Raster(raster) = &**picture else { continue };
                let [width, height] = [rect.size.width, rect.size.height].map(|side| side * map.scale());
                if raster.width.min(raster.height) <= PLAIN || width <= Px::ZERO || height <= Px::ZERO {
                    continue;
                }
                let density = |pixels: u32, side: Px| pixels as f32 / (side / INCH);
                let density = density(raster.width, width).min(density(raster.height, height));
                see(picture, Coarsest { raster, density, width, tag: *tag });
            }
            Item::Text(_) | Item::Shape(_) => {}
        }
    }
}

fn warning(tree: &StyledTree, pages: &Pages, coarsest: &Coarsest, least: u32) -> Diagnostic {
    let Coarsest { raster, density, width, tag } = coarsest;
    let node = match tag {
        Tag::Element(id) => pages.structure.nodes.get(id.0 as usize).and_then(|node| node.node),
        Tag::Artifact(_) => None,
    };
    let place = node.map_or_else(|| Place::file(tree.file.clone()), |node| tree.place(node));
    let source = node.and_then(|node| tree.element(node)?.attribute("src"));
    let name = match source {
        Some(source) if !source.starts_with("data:") => format!("`{source}`"),
        _ => "a picture".to_owned(),
    };
    let more = least as f32 / density;
    let side = |pixels: u32| (pixels as f32 * more).ceil();
    let message = format!(
        "{name} is printed with {density:.0} pixels to the inch: it has {} × {} and is {:.0} mm wide",
        raster.width,
        raster.height,
        Mm::from(*width).0
    );
    Diagnostic::warning("few-pixels", message).at(place).hint(format!(
        "print needs {least} or more: take a file of {} × {} pixels, or show it {:.0} mm wide",
        side(raster.width),
        side(raster.height),
        (Mm::from(*width).0 / more).floor()
    ))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::sync::Mutex;

    use super::*;
    use crate::layout::tests::{fonts, styled_with};
    use crate::layout::{Setting, layout};
    use crate::media::Pictures;

    /// Plain pictures of as many pixels as their names say: `40x30`.
    #[derive(Default)]
    struct Plain(Mutex<BTreeMap<String, Arc<Picture>>>);

    impl Pictures for Plain {
        fn picture(&self, src: &str) -> Result<Arc<Picture>, Diagnostic> {
            let mut drawn = self.0.lock().unwrap();
            Ok(drawn.entry(src.to_owned()).or_insert_with(|| draw(src)).clone())
        }
    }

    fn draw(src: &str) -> Arc<Picture> {
        let (width, height) = src.split_once('x').expect("a width and a height");
        let image = image::RgbImage::new(width.parse().unwrap(), height.parse().unwrap());
        let mut file = Vec::new();
        image.write_to(&mut Cursor::new(&mut file), image::ImageFormat::Png).unwrap();
        Arc::new(Picture::Raster(Raster::decode(file.into()).unwrap()))
    }

    fn told(html: &str, least: u32) -> Vec<String> {
        let (tree, _) =
            styled_with(html, "@page { size: 960px; margin: 0 } body { margin: 0 }", &Plain::default());
        let (pages, _) = layout(&tree, &fonts(), &Setting::default()).expect("no page limit");
        few_pixels(&tree, &pages, least)
            .into_iter()
            .map(|told| told.message + "; " + &told.hint.unwrap())
            .collect()
    }

    #[test]
    fn a_picture_is_told_where_it_has_too_few_pixels() {
        let html = "<img alt=a src=300x150 width=192><img alt=b src=300x150 width=480><img alt=c src=299x150 width=191>";
        let [one] = &told(html, 150)[..] else { panic!("{:?}", told(html, 150)) };
        assert_eq!(
            one,
            "`300x150` is printed with 60 pixels to the inch: it has 300 × 150 and is 127 mm wide; \
             print needs 150 or more: take a file of 750 × 375 pixels, or show it 50 mm wide"
        );
        assert!(told(html, 60).is_empty());
        assert_eq!(told(html, 151).len(), 2);
    }

    #[test]
    fn what_is_stretched_or_in_a_drawing_counts_as_it_is_printed() {
        assert_eq!(told("<img alt=a src=300x300 style='width: 96px; height: 480px'>", 150).len(), 1);
        assert_eq!(told("<img alt=a src=100x100 style='transform: scale(2)'>", 50).len(), 1);
        assert!(told("<img alt=a src=100x100>", 50).is_empty());
        assert!(told("<img alt=line src=1x40 style='width: 960px; height: 2px'>", 150).is_empty());
        let ground =
            told("<p style='background: url(40x40); background-size: 400px; height: 400px'>A</p>", 150);
        assert!(ground[0].starts_with("a picture is printed with 10 pixels"), "{ground:?}");
    }
}
