//! Pictures made of pixels.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use image::metadata::Orientation;
use image::{DynamicImage, ImageFormat};

use super::decode::{self, Unpacked};
use super::planes::{self, Planes};
use super::{memory, resample};
use crate::diag::Diagnostic;
use crate::geom::Size;
use crate::units::Px;

/// The most pixels of a side of a picture that is looked at as a whole: a letter of text on it is a few wide.
const OVERVIEW: u32 = 512;
const INCH: Px = Px(96.0);
/// The pixels an inch that print needs.
const PRINT_DENSITY: f32 = 300.0;
/// A picture keeps its pixels where it has no more than this many times those that print needs: with fewer it would be
/// softer, and hardly smaller.
const ENOUGH: f32 = 1.5;
/// Widths are rounded up to this many pixels, so that nearly the same size in many articles is made once.
const STEP: u32 = 32;

/// A picture made of pixels. It was decoded once to know that it can be, and is kept as the file has it: pixels are
/// unpacked where somebody asks for them, and kept as long as there is room.
#[derive(Debug)]
pub struct Raster {
    /// Pixels across, upright.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// How the samples of [`Raster::planes`] are to be turned to be upright.
    pub orientation: Orientation,
    /// Whether some pixel is not opaque.
    pub has_alpha: bool,
    /// What of the file is left out, as notes without place.
    pub notes: Vec<Diagnostic>,
    format: ImageFormat,
    is_plain: bool,
    encoded: Arc<[u8]>,
    slot: Arc<Slot>,
    overview: OnceLock<image::RgbaImage>,
    /// One for each width that was asked for.
    planes: Mutex<Vec<(u32, Arc<Planes>)>>,
    files: Mutex<Vec<(u32, File)>>,
}

/// A file that Word and browsers take.
pub type File = (RasterFormat, Arc<[u8]>);

/// A format of pixels that PDF and Word both take as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RasterFormat {
    /// ISO/IEC 10918-1.
    Jpeg,
    /// ISO/IEC 15948.
    Png,
}

/// Where the pixels of a picture are between those who ask for them.
#[derive(Debug, Default)]
pub(super) struct Slot(Mutex<Option<Arc<Unpacked>>>);

impl Slot {
    /// Forgets the pixels.
    pub fn empty(&self) {
        let pixels = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(pixels);
    }

    fn pixels(&self) -> Option<Arc<Unpacked>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn fill(self: &Arc<Self>, pixels: Arc<Unpacked>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(pixels);
        memory::keep(Arc::downgrade(self));
    }
}

impl Raster {
    /// Reads a PNG, JPEG, WebP, GIF, BMP or TIFF file, of one that moves the first picture.
    ///
    /// # Errors
    /// `picture-format` for other formats, `picture-too-large` for more than 100 megapixels and for what takes too much
    /// memory to unpack, `broken-picture` where the file breaks its format's rules.
    pub fn decode(bytes: Arc<[u8]>) -> Result<Self, Diagnostic> {
        let unpacked = decode::unpack(&bytes)?;
        let (mut width, mut height) = (unpacked.image.width(), unpacked.image.height());
        if is_turned(unpacked.orientation) {
            (width, height) = (height, width);
        }
        let moves = (unpacked.frames > 1).then(|| {
            let message = format!("the picture moves: the first of its {} frames is shown", unpacked.frames);
            Diagnostic::note("moving-picture", message)
        });
        let raster = Self {
            width,
            height,
            orientation: unpacked.orientation,
            has_alpha: unpacked.image.color().has_alpha(),
            notes: moves.into_iter().collect(),
            format: unpacked.format,
            is_plain: unpacked.is_plain,
            encoded: bytes,
            slot: Arc::default(),
            overview: OnceLock::new(),
            planes: Mutex::default(),
            files: Mutex::default(),
        };
        raster.slot.fill(Arc::new(unpacked));
        Ok(raster)
    }

    /// The pixels across that it needs where it is printed in this size.
    pub fn needed(&self, size: Size) -> u32 {
        // One that is stretched needs what the side needs that is stretched more.
        let down = size.height.0 * self.width as f32 / self.height.max(1) as f32;
        (size.width.0.max(down) / INCH.0 * PRINT_DENSITY).ceil() as u32
    }

    /// The bytes of its file.
    pub(super) fn weight(&self) -> usize {
        self.encoded.len()
    }

    /// The pixels: 8-bit RGBA, upright, row by row from the top.
    pub fn pixels(&self) -> Vec<u8> {
        let mut image = DynamicImage::from(self.unpacked(|image| image.to_rgba8()));
        image.apply_orientation(self.orientation);
        image.into_rgba8().into_raw()
    }

    /// Red, green, blue and alpha at a place, `x` rightwards and `y` downwards from 0 to 1: the mean of the pixels
    /// that are one where the picture is looked at as a whole.
    pub fn color_at(&self, x: f32, y: f32) -> [u8; 4] {
        let overview = self.overview.get_or_init(|| {
            let mut small = self.unpacked(|image| {
                image.thumbnail_exact(image.width().min(OVERVIEW), image.height().min(OVERVIEW))
            });
            small.apply_orientation(self.orientation);
            small.into_rgba8()
        });
        let place = |part: f32, side: u32| ((part * side as f32).max(0.0) as u32).min(side.saturating_sub(1));
        let (x, y) = (place(x, overview.width()), place(y, overview.height()));
        overview.get_pixel_checked(x, y).map_or([0; 4], |pixel| pixel.0)
    }

    /// The picture as a file that Word and browsers take, upright, for a place that needs so many pixels across: the
    /// file itself, or its pixels as a JPEG where they came from one, and else as a PNG. Made once and shared.
    pub fn file(&self, needed: u32) -> File {
        let width = self.width_for(needed);
        let mut made = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, file)) = made.iter().find(|(key, _)| *key == width) {
            return file.clone();
        }
        let itself = self.itself().filter(|_| self.orientation == Orientation::NoTransforms);
        let file = match itself {
            Some(itself) if width == self.width => itself,
            itself => {
                let packed = self.at_width(width, |image| {
                    let mut image = image.clone();
                    image.apply_orientation(self.orientation);
                    self.packed(&image)
                });
                itself.filter(|(_, bytes)| bytes.len() <= packed.1.len()).unwrap_or(packed)
            }
        };
        made.push((width, file.clone()));
        file
    }

    /// The picture as PDF embeds it, not yet turned, for a place that needs so many pixels across. Made once and shared.
    pub fn planes(&self, needed: u32) -> Arc<Planes> {
        let width = self.width_for(needed);
        let mut made = self.planes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, planes)) = made.iter().find(|(key, _)| *key == width) {
            return planes.clone();
        }
        let itself = self.own_planes();
        let planes = match itself {
            Some(itself) if width == self.width => itself,
            itself => {
                let packed = self.at_width(width, |image| Planes::pack(image, self.is_lossy()));
                itself.filter(|itself| itself.weight() <= packed.weight()).unwrap_or(packed)
            }
        };
        let planes = Arc::new(planes);
        made.push((width, planes.clone()));
        planes
    }

    /// How many pixels across the picture has where so many are needed: all of its own, or so many fewer that the file
    /// is smaller by them.
    fn width_for(&self, needed: u32) -> u32 {
        let needed = needed.max(1);
        if self.width as f32 <= needed as f32 * ENOUGH {
            return self.width;
        }
        needed.next_multiple_of(STEP).min(self.width)
    }

    /// The file, where PDF and Word can take it as it is: a PNG, or a JPEG of gray or of colours, in sRGB.
    fn itself(&self) -> Option<File> {
        let format = match self.format {
            ImageFormat::Jpeg => RasterFormat::Jpeg,
            ImageFormat::Png => RasterFormat::Png,
            _ => return None,
        };
        self.is_plain.then(|| (format, self.encoded.clone()))
    }

    /// The file's own samples, where PDF takes them as they are packed.
    fn own_planes(&self) -> Option<Planes> {
        match self.itself()? {
            (RasterFormat::Jpeg, bytes) => Planes::jpeg(bytes),
            (RasterFormat::Png, bytes) => Planes::png(&bytes),
        }
    }

    /// Pixels as a file.
    fn packed(&self, image: &DynamicImage) -> File {
        let jpeg = if self.is_lossy() && !self.has_alpha { planes::jpeg(image) } else { None };
        match jpeg {
            Some(jpeg) => (RasterFormat::Jpeg, jpeg.into()),
            None => (RasterFormat::Png, planes::png(image).into()),
        }
    }

    /// What `make` makes of the pixels as the file has them, so many of them across when they are upright.
    fn at_width<T>(&self, width: u32, make: impl FnOnce(&DynamicImage) -> T) -> T {
        self.unpacked(|image| {
            let scaled = |side: u32| {
                let side = f64::from(side) * f64::from(width) / f64::from(self.width.max(1));
                (side.round() as u32).max(1)
            };
            let size = (scaled(image.width()), scaled(image.height()));
            let fewer = if width < self.width { resample::resampled(image, size) } else { None };
            make(fewer.as_ref().unwrap_or(image))
        })
    }

    /// What `make` makes of the pixels as the file has them. Decoding is a pure function of the bytes, and it went well
    /// once, in [`Raster::decode`].
    fn unpacked<T>(&self, make: impl FnOnce(&DynamicImage) -> T) -> T {
        if let Some(pixels) = self.slot.pixels() {
            return make(&pixels.image);
        }
        match decode::unpack(&self.encoded).map(Arc::new) {
            Ok(pixels) => {
                let made = make(&pixels.image);
                self.slot.fill(pixels);
                made
            }
            Err(_) => make(&DynamicImage::default()),
        }
    }

    /// Whether the file's format has already left out what is hardly seen: JPEG, and WebP of the VP8 kind.
    fn is_lossy(&self) -> bool {
        match self.format {
            ImageFormat::Jpeg => true,
            ImageFormat::WebP => self.encoded.windows(4).take(256).any(|kind| kind == b"VP8 "),
            _ => false,
        }
    }
}

/// Whether height becomes width.
fn is_turned(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH)
}
