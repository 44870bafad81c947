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
    pub repeat: (bool, bool),
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
    /// `linear-gradient()`: the angle in degrees, 0 upwards, clockwise.
    Linear(GradientLine, Arc<[ColorStop]>),
    /// `radial-gradient()`, from the centre to the farthest corner.
    Radial(Arc<[ColorStop]>),
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
        }
    }
}
