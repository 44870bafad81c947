//! Pictures: PNG, JPEG and WebP through `image`, SVG as vectors through `usvg`.

use std::sync::Arc;

use crate::diag::Diagnostic;

/// A picture that was read and understood. Shared by all articles of a run.
#[derive(Debug)]
pub enum Picture {
    /// Pixels.
    Raster(Raster),
    /// Paths.
    Vector(Vector),
}

/// A picture made of pixels.
#[derive(Debug)]
pub struct Raster {
    /// Pixels across, after the orientation that EXIF asks for.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The file as it was, and its format, where PDF and Word can take it as it is.
    pub original: Option<(RasterFormat, Arc<[u8]>)>,
    /// Decoded: 8-bit RGBA, row by row from the top.
    pub pixels: Arc<[u8]>,
    /// Whether some pixel is not opaque.
    pub has_alpha: bool,
}

/// A format of pixels that PDF and Word both take as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RasterFormat {
    /// ISO/IEC 10918-1.
    Jpeg,
    /// ISO/IEC 15948.
    Png,
}

/// A picture made of paths.
#[derive(Debug)]
pub struct Vector {
    /// The parsed and simplified SVG, its texts already paths.
    pub tree: usvg::Tree,
    /// The SVG as text, for Word and for HTML.
    pub source: Arc<str>,
}

/// Where the pictures that a document names come from. Decodes each file once a run.
pub trait Pictures: Send + Sync {
    /// The picture that `src` names: a path relative to the document's folder or to the layout's, or a
    /// `data:` URL. Nothing is ever fetched from a network, and no path leads outside the project.
    ///
    /// # Errors
    /// A diagnostic without place, for the caller to put at the element that names the picture.
    fn picture(&self, src: &str) -> Result<Arc<Picture>, Diagnostic>;
}

impl Picture {
    /// Its own size in CSS px: pixels at 96 to the inch, or the SVG's width and height.
    pub fn size(&self) -> crate::geom::Size {
        use crate::units::Px;
        match self {
            Self::Raster(raster) => crate::geom::Size::new(Px(raster.width as f32), Px(raster.height as f32)),
            Self::Vector(vector) => {
                let size = vector.tree.size();
                crate::geom::Size::new(Px(size.width()), Px(size.height()))
            }
        }
    }
}
