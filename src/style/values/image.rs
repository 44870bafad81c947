//! CSS Images 3 and the layers of CSS Backgrounds and Borders 3.

use std::sync::Arc;

use cssparser::Token;

use super::{Color, Context, Error, Input, Invalid, LengthOrAuto, LengthPercentage, Parsed, Specified};
use super::{keyword, parse_angle};
use crate::diag::Place;
use crate::style::computed::{
    self, BoxArea, Ending, Gradient, GradientExtent, GradientLine, GradientShape, LayerImage, LayerSize,
    RadialSize, Reach, Tiling,
};

/// An image: a picture or a gradient.
#[derive(Clone, Debug)]
pub(crate) enum Image {
    None,
    Url(Arc<str>),
    Gradient(Shape, Vec<Stop>, GradientExtent),
}

/// Along what the colours of a gradient run.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Linear(GradientLine),
    Radial(Radii, Position),
}

/// The size of the ellipse that a radial gradient ends at.
#[derive(Clone, Debug)]
pub(crate) enum Radii {
    Reach(Ending, Reach),
    Lengths(LengthPercentage, LengthPercentage),
}

/// A colour stop.
#[derive(Clone, Debug)]
pub(crate) struct Stop {
    color: Color,
    at: Option<LengthPercentage>,
}

impl Specified for Image {
    type Computed = Option<LayerImage>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(Self::None);
        }
        if let Ok(url) = input.try_parse(|input| input.expect_url()) {
            return Ok(Self::Url(Arc::from(&*url)));
        }
        let name = input.expect_function()?.clone();
        input.parse_nested_block(|input| {
            use GradientExtent::{Padded, Repeating};
            let (shape, extent) = cssparser::match_ignore_ascii_case! { &name,
                "linear-gradient" => (linear(input), Padded),
                "radial-gradient" => (radial(input)?, Padded),
                "repeating-linear-gradient" => (linear(input), Repeating),
                "repeating-radial-gradient" => (radial(input)?, Repeating),
                "conic-gradient" | "repeating-conic-gradient" => {
                    return Err(Invalid::because("linear-gradient() and radial-gradient() are supported"))
                },
                _ => return Err(Error::unexpected_token()),
            };
            Ok(Self::Gradient(shape, stops(input)?, extent))
        })
    }

    fn compute(&self, context: &Context<'_>) -> Option<LayerImage> {
        match self {
            Self::None => None,
            Self::Url(src) => context.pictures.load_or_note(src, &Place::file("")).map(LayerImage::Picture),
            Self::Gradient(shape, stops, extent) => Some(LayerImage::Gradient(Arc::new(Gradient {
                shape: shape.compute(context),
                stops: computed_stops(stops, context),
                extent: *extent,
            }))),
        }
    }
}

impl Shape {
    fn compute(&self, context: &Context<'_>) -> GradientShape {
        match self {
            Self::Linear(line) => GradientShape::Linear(*line),
            Self::Radial(size, at) => {
                let size = match size {
                    Radii::Reach(ending, reach) => RadialSize::Reach(*ending, *reach),
                    Radii::Lengths(across, down) => {
                        RadialSize::Radii(across.compute(context), down.compute(context))
                    }
                };
                GradientShape::Radial(size, at.compute(context))
            }
        }
    }
}

fn computed_stops(stops: &[Stop], context: &Context<'_>) -> Vec<computed::ColorStop> {
    let stop = |stop: &Stop| computed::ColorStop {
        color: stop.color.compute(context),
        at: stop.at.as_ref().map(|at| at.compute(context)),
    };
    stops.iter().map(stop).collect()
}

fn linear(input: &mut Input<'_>) -> Shape {
    let line = input.try_parse(|input| {
        let line = match input.try_parse(parse_angle) {
            Ok(angle) => GradientLine::Angle(angle),
            Err(_) => corner(input)?,
        };
        input.expect_comma()?;
        Ok::<_, Error>(line)
    });
    Shape::Linear(line.unwrap_or(GradientLine::Angle(180.0)))
}

/// `to top`, `to bottom right` …
fn corner(input: &mut Input<'_>) -> Parsed<GradientLine> {
    input.expect_ident_matching("to")?;
    let (mut right, mut down) = (None, None);
    while let Ok(side) = input.try_parse(|input| input.expect_ident_cloned()) {
        cssparser::match_ignore_ascii_case! { &side,
            "left" => right = Some(false),
            "right" => right = Some(true),
            "top" => down = Some(false),
            "bottom" => down = Some(true),
            _ => return Err(Error::unexpected_token()),
        }
    }
    match (right, down) {
        (Some(right), Some(down)) => Ok(GradientLine::Corner(right, down)),
        (Some(right), None) => Ok(GradientLine::Angle(if right { 90.0 } else { 270.0 })),
        (None, Some(down)) => Ok(GradientLine::Angle(if down { 180.0 } else { 0.0 })),
        (None, None) => Err(Error::unexpected_token()),
    }
}

/// The shape, the size and the place of a radial gradient, each of them optional (CSS Images 3, 3.2.1).
fn radial(input: &mut Input<'_>) -> Parsed<Shape> {
    let (mut ending, mut reach, mut lengths) = (None, None, Vec::new());
    loop {
        if ending.is_none()
            && let Ok(found) = input.try_parse(keyword::<Ending>)
        {
            ending = Some(found);
        } else if reach.is_none()
            && let Ok(found) = input.try_parse(keyword::<Reach>)
        {
            reach = Some(found);
        } else if lengths.is_empty()
            && let Ok(first) = input.try_parse(LengthPercentage::parse)
        {
            lengths.push(first);
            lengths.extend(input.try_parse(LengthPercentage::parse));
        } else {
            break;
        }
    }
    let place = input.try_parse(|input| {
        input.expect_ident_matching("at")?;
        Position::parse(input)
    });
    let said = ending.is_some() || reach.is_some() || !lengths.is_empty() || place.is_ok();
    if said {
        input.expect_comma()?;
    }
    let size = match (&lengths[..], ending, reach) {
        ([], ending, reach) => Radii::Reach(ending.unwrap_or_default(), reach.unwrap_or_default()),
        ([radius], None | Some(Ending::Circle), None) => Radii::Lengths(radius.clone(), radius.clone()),
        ([across, down], None | Some(Ending::Ellipse), None) => Radii::Lengths(across.clone(), down.clone()),
        _ => {
            return Err(Invalid::because(
                "a circle has one radius, an ellipse two, and neither a keyword too",
            ));
        }
    };
    let half = LengthPercentage::percent(0.5);
    Ok(Shape::Radial(size, place.unwrap_or(Position(half.clone(), half))))
}

fn stops(input: &mut Input<'_>) -> Parsed<Vec<Stop>> {
    let mut stops = Vec::new();
    loop {
        let first = input.try_parse(LengthPercentage::parse).ok();
        let color = Color::parse(input)?;
        let at = first.or_else(|| input.try_parse(LengthPercentage::parse).ok());
        let second = input.try_parse(LengthPercentage::parse).ok();
        stops.push(Stop { color: color.clone(), at });
        if second.is_some() {
            stops.push(Stop { color, at: second });
        }
        if input.try_parse(|input| input.expect_comma()).is_err() {
            break;
        }
    }
    if stops.len() < 2 { Err(Invalid::because("a gradient has two colours or more")) } else { Ok(stops) }
}

/// `background-position` and its like: x and y.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Position(pub LengthPercentage, pub LengthPercentage);

impl Specified for Position {
    type Computed = (computed::LengthPercentage, computed::LengthPercentage);

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let mut parts = vec![PositionPart::parse(input)?];
        while parts.len() < 4
            && let Ok(part) = input.try_parse(PositionPart::parse)
        {
            parts.push(part);
        }
        if parts.len() > 2 {
            parts = from_sides(&parts)?;
        }
        let (mut x, mut y, mut free) = (None, None, Vec::new());
        for part in parts {
            match part {
                PositionPart::X(value) if x.is_none() => x = Some(value),
                PositionPart::Y(value) if y.is_none() => y = Some(value),
                PositionPart::Free(value) => free.push(value),
                _ => return Err(Error::unexpected_token()),
            }
        }
        let mut free = free.into_iter();
        let half = LengthPercentage::percent(0.5);
        let x = x.or_else(|| free.next()).unwrap_or(half.clone());
        Ok(Self(x, y.or_else(|| free.next()).unwrap_or(half)))
    }

    fn compute(&self, context: &Context<'_>) -> Self::Computed {
        (self.0.compute(context), self.1.compute(context))
    }
}

/// A word or a length of a position.
#[derive(Clone)]
enum PositionPart {
    X(LengthPercentage),
    Y(LengthPercentage),
    Free(LengthPercentage),
}

impl PositionPart {
    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if let Ok(length) = input.try_parse(LengthPercentage::parse) {
            return Ok(Self::Free(length));
        }
        let at = LengthPercentage::percent;
        Ok(cssparser::match_ignore_ascii_case! { input.expect_ident()?,
            "left" => Self::X(at(0.0)),
            "right" => Self::X(at(1.0)),
            "top" => Self::Y(at(0.0)),
            "bottom" => Self::Y(at(1.0)),
            "center" => Self::Free(at(0.5)),
            _ => return Err(Error::unexpected_token()),
        })
    }
}

/// Three or four values: a length after a side is the distance from it.
fn from_sides(parts: &[PositionPart]) -> Parsed<Vec<PositionPart>> {
    let distance = |side: &LengthPercentage, length: &LengthPercentage| {
        side.offset(length).ok_or_else(|| Invalid::because("a plain length from a side, not min() or max()"))
    };
    let mut found = Vec::new();
    let mut rest = parts;
    while let [first, after @ ..] = rest {
        let (part, left) = match (first, after) {
            (PositionPart::X(side), [PositionPart::Free(length), left @ ..]) => {
                (PositionPart::X(distance(side, length)?), left)
            }
            (PositionPart::Y(side), [PositionPart::Free(length), left @ ..]) => {
                (PositionPart::Y(distance(side, length)?), left)
            }
            (part, left) => (part.clone(), left),
        };
        found.push(part);
        rest = left;
    }
    if found.len() == 2 { Ok(found) } else { Err(Error::unexpected_token()) }
}

/// The layers of a background, as `background` or its longhands give them. What a list leaves out repeats.
#[derive(Clone, Debug, Default)]
pub(crate) struct Background {
    pub color: Option<Color>,
    pub images: Vec<Image>,
    pub positions: Vec<Position>,
    pub sizes: Vec<Size>,
    pub repeats: Vec<(Tiling, Tiling)>,
    pub clips: Vec<BoxArea>,
    pub origins: Vec<BoxArea>,
}

/// `background-size`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Size {
    Contain,
    Cover,
    Lengths(LengthOrAuto, LengthOrAuto),
}

impl Specified for Size {
    type Computed = LayerSize;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("contain")).is_ok() {
            return Ok(Self::Contain);
        }
        if input.try_parse(|input| input.expect_ident_matching("cover")).is_ok() {
            return Ok(Self::Cover);
        }
        let width = LengthOrAuto::parse(input)?;
        Ok(Self::Lengths(width, input.try_parse(LengthOrAuto::parse).unwrap_or(LengthOrAuto::Auto)))
    }

    fn compute(&self, context: &Context<'_>) -> LayerSize {
        match self {
            Self::Contain => LayerSize::Contain,
            Self::Cover => LayerSize::Cover,
            Self::Lengths(width, height) => LayerSize::Size(width.compute(context), height.compute(context)),
        }
    }
}

/// `background-repeat`.
pub(crate) fn parse_repeat(input: &mut Input<'_>) -> Parsed<(Tiling, Tiling)> {
    if input.try_parse(|input| input.expect_ident_matching("repeat-x")).is_ok() {
        return Ok((Tiling::Repeat, Tiling::NoRepeat));
    }
    if input.try_parse(|input| input.expect_ident_matching("repeat-y")).is_ok() {
        return Ok((Tiling::NoRepeat, Tiling::Repeat));
    }
    let across = keyword::<Tiling>(input)?;
    Ok((across, input.try_parse(keyword::<Tiling>).unwrap_or(across)))
}

/// Parses `background`: layers with commas between, the last with the colour.
impl Background {
    pub fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let mut all = Self::default();
        loop {
            all.layer(input)?;
            if input.try_parse(|input| input.expect_comma()).is_err() {
                return Ok(all);
            }
            if all.color.is_some() {
                return Err(Invalid::because("only the last layer of a background has a colour"));
            }
        }
    }

    fn layer(&mut self, input: &mut Input<'_>) -> Parsed<()> {
        let (mut image, mut position, mut size, mut repeat, mut areas) = (None, None, None, None, Vec::new());
        let mut any = false;
        loop {
            if image.is_none()
                && let Ok(found) = input.try_parse(Image::parse)
            {
                image = Some(found);
            } else if position.is_none()
                && let Ok(found) = input.try_parse(Position::parse)
            {
                position = Some(found);
                if input.try_parse(|input| input.expect_delim('/')).is_ok() {
                    size = Some(Size::parse(input)?);
                }
            } else if repeat.is_none()
                && let Ok(found) = input.try_parse(parse_repeat)
            {
                repeat = Some(found);
            } else if let Ok(area) = input.try_parse(keyword::<BoxArea>) {
                areas.push(area);
            } else if self.color.is_none()
                && let Ok(color) = input.try_parse(Color::parse)
            {
                self.color = Some(color);
            } else {
                break;
            }
            any = true;
        }
        if !any {
            return Err(Error::unexpected_token());
        }
        self.images.push(image.unwrap_or(Image::None));
        self.positions.push(position.unwrap_or(Position(LengthPercentage::ZERO, LengthPercentage::ZERO)));
        self.sizes.push(size.unwrap_or(Size::Lengths(LengthOrAuto::Auto, LengthOrAuto::Auto)));
        self.repeats.push(repeat.unwrap_or_default());
        self.origins.push(areas.first().copied().unwrap_or(BoxArea::PaddingBox));
        self.clips.push(areas.last().copied().unwrap_or(BoxArea::BorderBox));
        Ok(())
    }
}

/// Keeps tokens of a kind that only SVG reads, as text.
pub(crate) fn raw_text(input: &mut Input<'_>) -> Parsed<String> {
    let start = input.position();
    while let Ok(token) = input.next() {
        if matches!(token, Token::Delim('!') | Token::BadString(_) | Token::BadUrl(_)) {
            return Err(Error::unexpected_token());
        }
    }
    Ok(input.slice_from(start).trim().to_owned())
}
