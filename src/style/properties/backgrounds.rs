//! CSS Backgrounds and Borders 3: backgrounds and shadows; CSS Transforms 1; `opacity` of CSS Color 4.

use std::sync::Arc;

use super::{Expansion, Longhand, Phase, Shorthand, longhand};
use crate::geom::Transform;
use crate::style::computed::{self, BoxArea, Lists, Tiling, TransformStep};
use crate::style::values::{
    Absolute, Alpha, Background, BackgroundSize, Color, Context, Error, Image, Input, Invalid,
    LengthPercentage, List, Parsed, Position, Specified, keyword, parse_angle, parse_calc, parse_repeat,
};
use crate::units::Px;

/// A longhand of background layers: a list with commas that computes into a field of [`Lists`].
macro_rules! layers {
    ($name:literal, $field:ident, $parse:expr, $compute:expr) => {
        Longhand {
            name: $name,
            inherited: false,
            phase: Phase::Rest,
            parse: |input| {
                let values = input.parse_comma_separated($parse)?;
                Ok(Box::new(move |style, context| {
                    let computed = values.iter().map(|value| $compute(value, context)).collect();
                    Arc::make_mut(&mut style.paint.lists).$field = computed;
                }))
            },
            copy: |style, from| {
                Arc::make_mut(&mut style.paint.lists).$field.clone_from(&from.paint.lists.$field);
            },
            #[cfg(test)]
            show: |style| format!("{:?}", style.paint.lists.$field),
        }
    };
}

pub(super) const LONGHANDS: &[Longhand] = &[
    longhand!("background-color", Color => paint.background),
    layers!("background-image", images, Image::parse, Image::compute),
    layers!("background-position", positions, Position::parse, Position::compute),
    layers!("background-size", sizes, BackgroundSize::parse, BackgroundSize::compute),
    layers!("background-repeat", repeats, parse_repeat, |repeat: &(Tiling, Tiling), _: &Context<'_>| *repeat),
    layers!("background-clip", clips, keyword::<BoxArea>, |area: &BoxArea, _: &Context<'_>| *area),
    layers!("background-origin", origins, keyword::<BoxArea>, |area: &BoxArea, _: &Context<'_>| *area),
    longhand!("box-shadow", List<Shadow> => paint.shadows),
    longhand!("opacity", Alpha => paint.opacity),
    longhand!("transform", Steps => paint.transform),
    longhand!("transform-origin", Position => paint.transform_origin),
];

const BACKGROUND: &[&str] = &[
    "background-color",
    "background-image",
    "background-position",
    "background-size",
    "background-repeat",
    "background-clip",
    "background-origin",
];

pub(super) const SHORTHANDS: &[Shorthand] =
    &[Shorthand { name: "background", longhands: BACKGROUND, parse: background }];

/// `background`: one setter for the colour, one for all lists, as the shorthand sets every one of them.
fn background(input: &mut Input<'_>, expansion: &mut Expansion) -> Parsed<()> {
    let all = Background::parse(input)?;
    let color = all.color.clone().unwrap_or(Color::Rgb(computed::Color::TRANSPARENT));
    expansion.put(
        "background-color",
        Box::new(move |style, context| {
            style.paint.background = color.compute(context);
        }),
    );
    let nothing = all.images.iter().all(|image| matches!(image, Image::None))
        && all.clips.iter().all(|clip| *clip == BoxArea::BorderBox);
    expansion.put(
        "background-image",
        Box::new(move |style, context| {
            style.paint.lists = if nothing { Arc::default() } else { Arc::new(lists(&all, context)) };
        }),
    );
    Ok(())
}

fn lists(all: &Background, context: &Context<'_>) -> Lists {
    Lists {
        images: all.images.iter().map(|image| image.compute(context)).collect(),
        positions: all.positions.iter().map(|position| position.compute(context)).collect(),
        sizes: all.sizes.iter().map(|size| size.compute(context)).collect(),
        repeats: all.repeats.clone(),
        clips: all.clips.clone(),
        origins: all.origins.clone(),
    }
}

/// One shadow of `box-shadow`.
struct Shadow {
    color: Color,
    lengths: Vec<Absolute>,
    inset: bool,
}

impl Specified for Shadow {
    type Computed = computed::Shadow;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        let (mut color, mut lengths, mut inset) = (None, Vec::new(), false);
        loop {
            if !inset && input.try_parse(|input| input.expect_ident_matching("inset")).is_ok() {
                inset = true;
            } else if color.is_none()
                && let Ok(found) = input.try_parse(Color::parse)
            {
                color = Some(found);
            } else if lengths.is_empty()
                && let Ok(first) = input.try_parse(Absolute::parse)
            {
                lengths.push(first);
                while lengths.len() < 4
                    && let Ok(next) = input.try_parse(Absolute::parse)
                {
                    lengths.push(next);
                }
            } else {
                break;
            }
        }
        if lengths.len() < 2 {
            return Err(Invalid::because("a shadow has x, y, and then blur, spread, a colour, inset"));
        }
        Ok(Self { color: color.unwrap_or(Color::Current), lengths, inset })
    }

    fn compute(&self, context: &Context<'_>) -> computed::Shadow {
        let length =
            |index: usize| self.lengths.get(index).map_or(Px::ZERO, |length| length.compute(context));
        computed::Shadow {
            color: self.color.compute(context),
            x: length(0),
            y: length(1),
            blur: length(2).max(Px::ZERO),
            spread: length(3),
            inset: self.inset,
        }
    }
}

/// `transform`.
struct Steps(Vec<Step>);

/// A function of `transform`: a translation is known only with its element.
enum Step {
    Translate(LengthPercentage, LengthPercentage),
    Fixed(TransformStep),
}

impl Specified for Steps {
    type Computed = Arc<[TransformStep]>;

    fn parse(input: &mut Input<'_>) -> Parsed<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(Self(Vec::new()));
        }
        let mut steps = vec![step(input)?];
        while let Ok(next) = input.try_parse(step) {
            steps.push(next);
        }
        Ok(Self(steps))
    }

    fn compute(&self, context: &Context<'_>) -> Arc<[TransformStep]> {
        let computed = self.0.iter().map(|step| match step {
            Step::Translate(x, y) => TransformStep::Translate(x.compute(context), y.compute(context)),
            Step::Fixed(step) => *step,
        });
        computed.collect()
    }
}

fn step(input: &mut Input<'_>) -> Parsed<Step> {
    let name = input.expect_function()?.clone();
    input.parse_nested_block(|input| {
        let fixed = |step| Ok(Step::Fixed(step));
        cssparser::match_ignore_ascii_case! { &name,
            "translate" => {
                let x = LengthPercentage::parse(input)?;
                Ok(Step::Translate(x, second(input, LengthPercentage::parse)?.unwrap_or(LengthPercentage::ZERO)))
            },
            "translatex" => Ok(Step::Translate(LengthPercentage::parse(input)?, LengthPercentage::ZERO)),
            "translatey" => Ok(Step::Translate(LengthPercentage::ZERO, LengthPercentage::parse(input)?)),
            "rotate" | "rotatez" => fixed(TransformStep::Rotate(parse_angle(input)?)),
            "scale" => {
                let x = parse_calc(input)?;
                fixed(TransformStep::Scale(x, second(input, parse_calc)?.unwrap_or(x)))
            },
            "scalex" => fixed(TransformStep::Scale(parse_calc(input)?, 1.0)),
            "scaley" => fixed(TransformStep::Scale(1.0, parse_calc(input)?)),
            "skew" => {
                let x = parse_angle(input)?;
                fixed(TransformStep::Skew(x, second(input, parse_angle)?.unwrap_or(0.0)))
            },
            "skewx" => fixed(TransformStep::Skew(parse_angle(input)?, 0.0)),
            "skewy" => fixed(TransformStep::Skew(0.0, parse_angle(input)?)),
            "matrix" => fixed(TransformStep::Matrix(matrix(input)?)),
            _ => Err(Invalid::because("translate(), rotate(), scale(), skew() or matrix(), in two dimensions")),
        }
    })
}

/// What comes after a comma, if one does.
fn second<T>(input: &mut Input<'_>, parse: fn(&mut Input<'_>) -> Parsed<T>) -> Parsed<Option<T>> {
    if input.try_parse(|input| input.expect_comma()).is_err() {
        return Ok(None);
    }
    parse(input).map(Some)
}

fn matrix(input: &mut Input<'_>) -> Parsed<Transform> {
    let numbers = input.parse_comma_separated(parse_calc)?;
    let [a, b, c, d, e, f] = <[f32; 6]>::try_from(numbers).map_err(|_| Error::unexpected_token())?;
    Ok(Transform { a, b, c, d, e, f })
}
