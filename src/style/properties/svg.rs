//! The properties of SVG 2 that a stylesheet gives to inline drawings. The styled tree has pictures, not
//! drawings, so they are kept as text and written into the drawing as presentation attributes,
//! where SVG's own inheritance finds them.

use std::sync::Arc;

use super::{Longhand, Phase};
use crate::style::computed::{self, ComputedStyle};
use crate::style::values::{Color, Context, Specified, raw_text};

/// A property whose value is passed on as it is, unless it is a colour, which is computed.
macro_rules! drawing {
    ($name:literal) => {
        Longhand {
            name: $name,
            inherited: false,
            phase: Phase::Rest,
            parse: |input| {
                if let Ok(color) = input.try_parse(Color::parse) {
                    return Ok(Box::new(move |style, context| {
                        put(style, $name, Some(css_color(color.compute(context)).into()));
                    }));
                }
                let text: Arc<str> = raw_text(input)?.into();
                Ok(Box::new(move |style, _: &Context<'_>| put(style, $name, Some(text.clone()))))
            },
            copy: |style, from| {
                let found = from.generated.svg.iter().find(|(name, _)| *name == $name);
                put(style, $name, found.map(|(_, value)| value.clone()));
            },
            #[cfg(test)]
            show: |style| format!("{:?}", style.generated.svg.iter().find(|(name, _)| *name == $name)),
        }
    };
}

pub(super) const LONGHANDS: &[Longhand] = &[
    drawing!("fill"),
    drawing!("fill-opacity"),
    drawing!("fill-rule"),
    drawing!("stroke"),
    drawing!("stroke-width"),
    drawing!("stroke-opacity"),
    drawing!("stroke-linecap"),
    drawing!("stroke-linejoin"),
    drawing!("stroke-miterlimit"),
    drawing!("stroke-dasharray"),
    drawing!("stroke-dashoffset"),
    drawing!("stop-color"),
    drawing!("stop-opacity"),
    drawing!("text-anchor"),
    drawing!("dominant-baseline"),
    drawing!("paint-order"),
];

fn put(style: &mut ComputedStyle, name: &'static str, value: Option<Arc<str>>) {
    let svg = &mut Arc::make_mut(&mut style.generated).svg;
    svg.retain(|(known, _)| *known != name);
    if let Some(value) = value {
        svg.push((name, value));
    }
}

/// A colour as SVG writes it.
pub(crate) fn css_color(color: computed::Color) -> String {
    if color.alpha >= 1.0 {
        return format!("#{}", color.hex());
    }
    let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round();
    format!("rgba({},{},{},{})", byte(color.red), byte(color.green), byte(color.blue), color.alpha)
}
