//! SVG as pixels, for readers that know none.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use image::ImageEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use resvg::tiny_skia;

use super::{Vector, palette};

/// PNG files by their pixels across and down.
type Files = BTreeMap<(u32, u32), Arc<[u8]>>;

/// The PNG files that were drawn of a picture: a logo is drawn once a run.
#[derive(Debug, Default)]
pub struct Drawings(Mutex<Files>);

impl Vector {
    /// The picture as a PNG file (ISO/IEC 15948) of so many pixels; `None` where it has no extent.
    pub fn png(&self, width: u32, height: u32) -> Option<Arc<[u8]>> {
        let known = |drawings: &Drawings| {
            drawings.0.lock().unwrap_or_else(PoisonError::into_inner).get(&(width, height)).cloned()
        };
        if let Some(png) = known(&self.drawings) {
            return Some(png);
        }
        let png: Arc<[u8]> = self.draw(width, height)?.into();
        let mut drawings = self.drawings.0.lock().unwrap_or_else(PoisonError::into_inner);
        Some(drawings.entry((width, height)).or_insert(png).clone())
    }

    fn draw(&self, width: u32, height: u32) -> Option<Vec<u8>> {
        let natural = self.tree.size();
        let mut pixels = tiny_skia::Pixmap::new(width, height)?;
        let (across, down) = (width as f32 / natural.width(), height as f32 / natural.height());
        resvg::render(&self.tree, tiny_skia::Transform::from_scale(across, down), &mut pixels.as_mut());
        let straight = pixels.pixels().iter().map(|pixel| pixel.demultiply());
        let rgba: Vec<u8> =
            straight.flat_map(|color| [color.red(), color.green(), color.blue(), color.alpha()]).collect();
        if let Some(png) = palette::encode(&rgba, width, height) {
            return Some(png);
        }
        let mut png = Vec::new();
        PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive)
            .write_image(&rgba, width, height, image::ExtendedColorType::Rgba8)
            .ok()?;
        Some(png)
    }
}

#[cfg(test)]
mod tests {
    use super::super::svg;
    use std::sync::Arc;

    #[test]
    fn a_picture_is_drawn_once_for_each_size() {
        let vector =
            svg::parse("<svg xmlns='http://www.w3.org/2000/svg' width='4' height='2'><rect width='2' height='2' fill='#f00'/></svg>")
                .unwrap();
        let (once, again, larger) =
            (vector.png(4, 2).unwrap(), vector.png(4, 2).unwrap(), vector.png(8, 4).unwrap());
        assert!(Arc::ptr_eq(&once, &again) && !Arc::ptr_eq(&once, &larger));
        let pixels = image::load_from_memory(&larger).unwrap().to_rgba8();
        assert_eq!(pixels.get_pixel(0, 0).0, [255, 0, 0, 255]);
        assert_eq!(pixels.get_pixel(7, 3).0, [0, 0, 0, 0]);
        assert!(vector.png(0, 2).is_none());
    }
}
