//! Pictures: PNG, JPEG, WebP, GIF, BMP and TIFF through `image`, SVG as vectors through `usvg`.
//!
//! [`Raster`] is a picture of pixels: `format` tells what a file is, `decode` unpacks it, `color` brings its colours to
//! sRGB, `resample` leaves out the pixels that print does not need, `planes` packs them again. `memory` sees to it that
//! not too many are unpacked at a time.
//!
//! A [`Library`] reads each file once a run; an article looks its pictures up through [`Folders`], which knows
//! the folders that a relative path starts from. [`svg::paint`] turns an SVG into the items of a page.

pub(crate) mod archives;
mod color;
mod decode;
mod drawing;
mod format;
mod frames;
mod jpeg;
mod library;
mod memory;
mod palette;
mod planes;
mod raster;
mod resample;
pub mod svg;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::geom::Size;
use crate::units::Px;

pub use drawing::Drawings;
pub use image::metadata::Orientation;
pub use library::{Folders, Library};
pub use planes::{Encoding, Plane, Planes};
pub use raster::{Raster, RasterFormat};

/// A picture that was read and understood. Shared by all articles of a run.
#[derive(Debug)]
pub enum Picture {
    /// Pixels.
    Raster(Raster),
    /// Paths.
    Vector(Vector),
}

/// A picture made of paths.
#[derive(Debug)]
pub struct Vector {
    /// The parsed and simplified SVG, its texts already paths.
    pub tree: Box<usvg::Tree>,
    /// The SVG as text, for Word and for HTML.
    pub source: Arc<str>,
    /// What it calls itself: the first `title` in its root element (SVG 2, section 5.8.1).
    pub title: Option<Arc<str>>,
    /// The words that are drawn in it, one blank between them.
    pub words: String,
    /// The rasters embedded in it, in document order; `None` for one that cannot be read.
    pub rasters: Vec<Option<Arc<Picture>>>,
    /// What of it is painted in another way or not at all, as warnings without place.
    pub warnings: Vec<Diagnostic>,
    /// What was drawn of it in pixels.
    pub drawings: Drawings,
}

/// Where the pictures that a document names come from. Decodes each file once a run.
pub trait Pictures: Send + Sync {
    /// The picture that `src` names: a path relative to the document's folder or to the layout's, or a
    /// `data:` URL. Nothing is ever fetched from a network, and no path leads outside the project.
    ///
    /// # Errors
    /// A diagnostic without place, for the caller to put at the element that names the picture.
    fn picture(&self, src: &str) -> Result<Arc<Picture>, Diagnostic>;

    /// An inline `svg` element, given as the text of an SVG document.
    ///
    /// # Errors
    /// A diagnostic without place, for the caller to put at the element.
    fn inline_svg(&self, source: &str) -> Result<Arc<Picture>, Diagnostic> {
        svg::parse(source).map(|vector| Arc::new(Picture::Vector(vector)))
    }
}

impl Picture {
    /// Its own size in CSS px: pixels at 96 to the inch, or the SVG's width and height.
    pub fn size(&self) -> Size {
        match self {
            Self::Raster(raster) => Size::new(Px(raster.width as f32), Px(raster.height as f32)),
            Self::Vector(vector) => {
                let size = vector.tree.size();
                Size::new(Px(size.width()), Px(size.height()))
            }
        }
    }

    /// About how many bytes it takes: its file, and what is made of it.
    fn weight(&self) -> usize {
        match self {
            Self::Raster(raster) => raster.weight() * 2,
            Self::Vector(vector) => vector.source.len() * 8,
        }
    }

    /// The title that a drawing gives itself.
    pub fn title(&self) -> Option<&str> {
        match self {
            Self::Raster(_) => None,
            Self::Vector(vector) => vector.title.as_deref(),
        }
    }

    /// The words that are drawn in a drawing, which on the page are paths.
    pub fn words(&self) -> &str {
        match self {
            Self::Raster(_) => "",
            Self::Vector(vector) => &vector.words,
        }
    }

    /// What of it is painted in another way or not at all, without place.
    pub fn warnings(&self) -> &[Diagnostic] {
        match self {
            Self::Raster(raster) => &raster.notes,
            Self::Vector(vector) => &vector.warnings,
        }
    }
}
