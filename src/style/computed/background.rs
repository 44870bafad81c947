//! CSS Backgrounds and Borders 3, CSS Images 3 (gradients), CSS Transforms 1, CSS Color 4 (`opacity`).

use std::sync::Arc;

use super::values::{Color, LengthOrAuto, LengthPercentage, keywords};
use crate::media::Picture;
use crate::units::Px;

/// How a box is painted.
#[derive(Clone, Debug)]
pub struct Paint {
    /// `background-color`.
    pub background: Color,
    /// `background-image` and its fellows; the first is topmost.
    pub layers: Arc<[Layer]>,
    /// `box-shadow`; the first is topmost.
    pub shadows: Arc<[Shadow]>,
    /// `opacity`, 0 to 1.
    pub opacity: f32,
    /// `transform`, in order.
    pub transform: Arc<[TransformStep]>,
    /// `transform-origin`, x and y.
    pub transform_origin: (LengthPercentage, LengthPercentage),
    /// The lists that `layers` is made of.
    pub(crate) lists: Arc<Lists>,
}

/// The longhands of a background's layers, each a list of its own until the cascade is done.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    pub images: Vec<Option<LayerImage>>,
    pub positions: Vec<(LengthPercentage, LengthPercentage)>,
    pub sizes: Vec<LayerSize>,
    pub repeats: Vec<(Tiling, Tiling)>,
    pub clips: Vec<BoxArea>,
    pub origins: Vec<BoxArea>,
}

impl Lists {
    /// The layers: as many as there are images, the other lists repeated or cut to fit (CSS Backgrounds and
    /// Borders 3, section 2.2).
    pub fn layers(&self) -> Arc<[Layer]> {
        fn turn<T: Copy>(list: &[T], index: usize, initial: T) -> T {
            if list.is_empty() { initial } else { list[index % list.len()] }
        }
        let auto = LengthOrAuto::Auto;
        let layer = |(index, image): (usize, &Option<LayerImage>)| {
            Some(Layer {
                image: image.clone()?,
                position: turn(&self.positions, index, (LengthPercentage::ZERO, LengthPercentage::ZERO)),
                size: turn(&self.sizes, index, LayerSize::Size(auto, auto)),
                repeat: turn(&self.repeats, index, (Tiling::Repeat, Tiling::Repeat)),
                clip: turn(&self.clips, index, BoxArea::BorderBox),
                origin: turn(&self.origins, index, BoxArea::PaddingBox),
            })
        };
        self.images.iter().enumerate().filter_map(layer).collect()
    }
}

/// One background image.
#[derive(Clone, Debug)]
pub struct Layer {
    /// What is painted.
    pub image: LayerImage,
    /// `background-position`, x and y.
    pub position: (LengthPercentage, LengthPercentage),
    /// `background-size`.
    pub size: LayerSize,
    /// `background-repeat`, across and down.
    pub repeat: (Tiling, Tiling),
    /// `background-clip`.
    pub clip: BoxArea,
    /// `background-origin`.
    pub origin: BoxArea,
}

/// What a background layer paints.
#[derive(Clone, Debug)]
pub enum LayerImage {
    /// `url()`.
    Picture(Arc<Picture>),
    /// `linear-gradient()`, `radial-gradient()` and their repeating kin.
    Gradient(Arc<Gradient>),
}

/// A gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    /// Along what its colours run.
    pub shape: GradientShape,
    /// The colours in order.
    pub stops: Vec<ColorStop>,
    /// What comes before the first colour and after the last.
    pub extent: GradientExtent,
}

/// Along what the colours of a gradient run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GradientShape {
    /// A line.
    Linear(GradientLine),
    /// From a centre, given as `background-position` is, to an ellipse.
    Radial(RadialSize, (LengthPercentage, LengthPercentage)),
}

/// What comes before the first colour of a gradient and after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GradientExtent {
    /// The first and the last colour.
    Padded,
    /// The gradient again.
    Repeating,
}

/// The size of the ellipse that a radial gradient ends at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RadialSize {
    /// It meets sides or corners of the box.
    Reach(Ending, Reach),
    /// Its radii, across and down.
    Radii(LengthPercentage, LengthPercentage),
}

keywords! {
    /// The shape that a radial gradient ends at.
    Ending { Ellipse = "ellipse", Circle = "circle" }
}
keywords! {
    /// How far a radial gradient reaches.
    Reach {
        FarthestCorner = "farthest-corner", ClosestCorner = "closest-corner",
        FarthestSide = "farthest-side", ClosestSide = "closest-side",
    }
}
keywords! {
    /// How a background image fills its area in one direction.
    Tiling { Repeat = "repeat", NoRepeat = "no-repeat", Round = "round", Space = "space" }
}

/// The direction of a linear gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GradientLine {
    /// Degrees, 0 upwards, clockwise.
    Angle(f32),
    /// To a corner: rightwards, downwards.
    Corner(bool, bool),
}

/// A colour on a gradient line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColorStop {
    /// The colour.
    pub color: Color,
    /// Where; `None` is even between its neighbours.
    pub at: Option<LengthPercentage>,
}

/// `background-size`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LayerSize {
    /// `contain`.
    Contain,
    /// `cover`.
    Cover,
    /// Width and height.
    Size(LengthOrAuto, LengthOrAuto),
}

keywords! {
    /// `background-clip` and `background-origin`.
    BoxArea { BorderBox = "border-box", PaddingBox = "padding-box", ContentBox = "content-box" }
}

/// One `box-shadow`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shadow {
    /// Its colour.
    pub color: Color,
    /// Rightwards.
    pub x: Px,
    /// Downwards.
    pub y: Px,
    /// How far its edge is softened.
    pub blur: Px,
    /// How far it grows.
    pub spread: Px,
    /// Whether it falls inside.
    pub inset: bool,
}

/// One function of `transform`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TransformStep {
    /// `translate()`.
    Translate(LengthPercentage, LengthPercentage),
    /// `rotate()`, degrees clockwise.
    Rotate(f32),
    /// `scale()`.
    Scale(f32, f32),
    /// `skew()`, degrees.
    Skew(f32, f32),
    /// `matrix()`.
    Matrix(crate::geom::Transform),
}

impl Paint {
    /// What the background colour fills: `background-clip` of the lowest layer.
    pub fn color_clip(&self) -> BoxArea {
        let lowest = self.lists.images.len().max(1) - 1;
        match self.lists.clips.len() {
            0 => BoxArea::BorderBox,
            clips => self.lists.clips[lowest % clips],
        }
    }
}

impl Default for Paint {
    fn default() -> Self {
        let half = LengthPercentage { percent: 0.5, ..LengthPercentage::ZERO };
        Self {
            background: Color::TRANSPARENT,
            layers: Arc::from([]),
            shadows: Arc::from([]),
            opacity: 1.0,
            transform: Arc::from([]),
            transform_origin: (half, half),
            lists: Arc::default(),
        }
    }
}
