//! The properties, one file a CSS module. A longhand is a row of its file's table: its name, the type of its
//! specified value, and the field of the computed style that it sets.

mod backgrounds;
mod borders;
mod boxes;
mod breaking;
mod flex;
mod fonts;
mod fragmentation;
mod generated;
mod grid;
mod lists;
mod position;
mod shorthand;
pub(crate) mod svg;
mod table;
mod text;
mod tracks;

pub(crate) use generated::{ContentValue, Part, Quote, TargetWords};
pub(crate) use shorthand::{Expansion, Shorthand};

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::computed::{self, ComputedStyle};
use super::values::{Context, Input, Parsed};

/// Sets what one declaration declares.
pub(crate) type Setter = Box<dyn Fn(&mut ComputedStyle, &Context<'_>) + Send + Sync>;

/// A property that is not a shorthand.
pub(crate) struct Longhand {
    /// Its name.
    pub name: &'static str,
    /// Whether children take it from their parent.
    pub inherited: bool,
    /// When it is computed.
    pub phase: Phase,
    /// Parses a value, which must be followed by nothing else.
    pub parse: fn(&mut Input<'_>) -> Parsed<Setter>,
    /// Copies the property from another style to this one, for `inherit` and `initial`.
    pub copy: fn(&mut ComputedStyle, &ComputedStyle),
    /// What is computed, as text.
    #[cfg(test)]
    pub show: fn(&ComputedStyle) -> String,
}

/// What has to be computed before what: 1em needs the font size, `currentcolor` the colour, 1lh the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    /// `font-size` and `color`.
    Font,
    /// `line-height`.
    Line,
    /// All others.
    Rest,
}

/// A property of either kind.
#[derive(Clone, Copy)]
pub(crate) enum Property {
    Long(&'static Longhand),
    Short(&'static Shorthand),
}

impl Property {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Long(longhand) => longhand.name,
            Self::Short(shorthand) => shorthand.name,
        }
    }
}

static ALL: LazyLock<BTreeMap<&'static str, Property>> = LazyLock::new(|| {
    let longhands = [
        backgrounds::LONGHANDS,
        borders::LONGHANDS,
        boxes::LONGHANDS,
        breaking::LONGHANDS,
        flex::LONGHANDS,
        fonts::LONGHANDS,
        fragmentation::LONGHANDS,
        generated::LONGHANDS,
        grid::LONGHANDS,
        lists::LONGHANDS,
        position::LONGHANDS,
        svg::LONGHANDS,
        table::LONGHANDS,
        text::LONGHANDS,
    ];
    let shorthands = [
        backgrounds::SHORTHANDS,
        borders::SHORTHANDS,
        boxes::SHORTHANDS,
        breaking::SHORTHANDS,
        flex::SHORTHANDS,
        fonts::SHORTHANDS,
        fragmentation::SHORTHANDS,
        grid::SHORTHANDS,
        lists::SHORTHANDS,
        position::SHORTHANDS,
        text::SHORTHANDS,
    ];
    let longhands = longhands.into_iter().flatten().map(|longhand| (longhand.name, Property::Long(longhand)));
    let shorthands = shorthands.into_iter().flatten().map(|short| (short.name, Property::Short(short)));
    longhands.chain(shorthands).collect()
});

/// The property with this name, in lower case.
pub(crate) fn property(name: &str) -> Option<Property> {
    ALL.get(name).copied()
}

/// The longhand with this name, for shorthands that name theirs.
fn longhand_named(name: &'static str) -> &'static Longhand {
    match ALL.get(name) {
        Some(Property::Long(longhand)) => longhand,
        _ => unreachable!("shorthands name longhands of the table: {name}"),
    }
}

/// Whether a property says nothing about paper, so that it is passed over in silence: a sheet may be a browser's
/// too.
pub(crate) fn is_for_screens(name: &str) -> bool {
    const FAMILIES: [&str; 5] = ["animation", "transition", "scroll", "overscroll", "outline"];
    FAMILIES
        .iter()
        .any(|family| name.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
        || FOR_SCREENS.contains(&name)
}

/// Properties of screens that are no family.
const FOR_SCREENS: &[&str] = &[
    "accent-color",
    "appearance",
    "caret-color",
    "color-adjust",
    "color-scheme",
    "cursor",
    "pointer-events",
    "print-color-adjust",
    "resize",
    "speak",
    "text-rendering",
    "text-size-adjust",
    "touch-action",
    "user-select",
    "will-change",
];

/// Every property in the order of names.
pub(crate) fn all() -> impl Iterator<Item = Property> {
    ALL.values().copied()
}

/// A group of properties that can be changed: one that is shared is copied first.
pub(crate) trait Edit {
    type Group;
    fn edit(&mut self) -> &mut Self::Group;
}

impl<T: Clone> Edit for Arc<T> {
    type Group = T;
    fn edit(&mut self) -> &mut T {
        Arc::make_mut(self)
    }
}

macro_rules! plain_groups {
    ($($group:ty),*) => {
        $(impl Edit for $group {
            type Group = Self;
            fn edit(&mut self) -> &mut Self {
                self
            }
        })*
    };
}
plain_groups!(
    computed::Boxes,
    computed::Border,
    computed::Paint,
    computed::Positioning,
    computed::Flex,
    computed::Fragmentation,
    computed::Inline
);

/// A longhand: `"name", Specified type => group.field`. The field takes what the type computes to.
macro_rules! longhand {
    ($name:literal, $type:ty => $group:ident.$($field:tt).+) => {
        longhand!($name, $type, false, Rest => $group.$($field).+)
    };
    ($name:literal, $type:ty, $inherited:literal, $phase:ident => $group:ident.$($field:tt).+) => {
        $crate::style::properties::Longhand {
            name: $name,
            inherited: $inherited,
            phase: $crate::style::properties::Phase::$phase,
            parse: |input| {
                let value = <$type as $crate::style::values::Specified>::parse(input)?;
                Ok(Box::new(move |style, context| {
                    use $crate::style::properties::Edit;
                    style.$group.edit().$($field).+ =
                        $crate::style::values::Specified::compute(&value, context);
                }))
            },
            copy: |style, from| {
                use $crate::style::properties::Edit;
                style.$group.edit().$($field).+ = from.$group.$($field).+.clone();
            },
            #[cfg(test)]
            show: |style| format!("{:?}", style.$group.$($field).+),
        }
    };
}
pub(crate) use longhand;

/// An inherited longhand. Its group stays shared with the parent's where the value is the same.
macro_rules! inherited {
    ($name:literal, $type:ty => $group:ident.$($field:tt).+) => {
        inherited!($name, $type, Rest => $group.$($field).+)
    };
    ($name:literal, $type:ty, $phase:ident => $group:ident.$($field:tt).+) => {
        $crate::style::properties::Longhand {
            name: $name,
            inherited: true,
            phase: $crate::style::properties::Phase::$phase,
            parse: |input| {
                let value = <$type as $crate::style::values::Specified>::parse(input)?;
                Ok(Box::new(move |style, context| {
                    let computed = $crate::style::values::Specified::compute(&value, context);
                    if style.$group.$($field).+ != computed {
                        std::sync::Arc::make_mut(&mut style.$group).$($field).+ = computed;
                    }
                }))
            },
            copy: |style, from| {
                if style.$group.$($field).+ != from.$group.$($field).+ {
                    std::sync::Arc::make_mut(&mut style.$group).$($field).+ = from.$group.$($field).+.clone();
                }
            },
            #[cfg(test)]
            show: |style| format!("{:?}", style.$group.$($field).+),
        }
    };
}
pub(crate) use inherited;
