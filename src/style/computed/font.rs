//! CSS Fonts 4.

use std::sync::Arc;

use super::values::keywords;
use crate::fonts::Slant;
use crate::units::Px;

/// The inherited font properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Font {
    /// `font-family` in order of preference; `serif`, `sans-serif` and `monospace` are names here too.
    pub families: Arc<[Arc<str>]>,
    /// `font-size`.
    pub size: Px,
    /// `font-weight`, 1 to 1000.
    pub weight: u16,
    /// `font-style`.
    pub slant: Slant,
    /// `font-variant-caps`.
    pub caps: Caps,
    /// `font-variant-numeric`: figures.
    pub figures: Figures,
    /// `font-variant-numeric`: spacing of figures.
    pub figure_spacing: FigureSpacing,
    /// `font-variant-numeric`: fractions.
    pub fractions: Fractions,
    /// `font-variant-numeric`: `ordinal`.
    pub ordinal: bool,
    /// `font-variant-numeric`: `slashed-zero`.
    pub slashed_zero: bool,
    /// `font-variant-position`.
    pub position: FontPosition,
    /// `font-variant-ligatures`: whether the common ones are used.
    pub ligatures: Ligatures,
    /// `font-kerning`.
    pub kerning: Kerning,
    /// `font-feature-settings`: OpenType tag and value.
    pub features: Arc<[([u8; 4], u16)]>,
}

keywords! {
    /// `font-variant-caps`.
    Caps { Normal = "normal", SmallCaps = "small-caps", AllSmallCaps = "all-small-caps" }
}
keywords! {
    /// `font-variant-numeric`: lining or old-style figures.
    Figures { Normal = "normal", Lining = "lining-nums", OldStyle = "oldstyle-nums" }
}
keywords! {
    /// `font-variant-numeric`: proportional or tabular figures.
    FigureSpacing { Normal = "normal", Proportional = "proportional-nums", Tabular = "tabular-nums" }
}
keywords! {
    /// `font-variant-numeric`: fractions.
    Fractions { Normal = "normal", Diagonal = "diagonal-fractions", Stacked = "stacked-fractions" }
}
keywords! {
    /// `font-variant-position`.
    FontPosition { Normal = "normal", Sub = "sub", Super = "super" }
}
keywords! {
    /// `font-variant-ligatures`.
    Ligatures { Normal = "normal", None = "none", Common = "common-ligatures", NoCommon = "no-common-ligatures" }
}
keywords! {
    /// `font-kerning`.
    Kerning { Auto = "auto", Normal = "normal", None = "none" }
}

impl Default for Font {
    fn default() -> Self {
        Self {
            families: Arc::from([Arc::from("serif")]),
            size: Px(16.0),
            weight: 400,
            slant: Slant::Upright,
            caps: Caps::Normal,
            figures: Figures::Normal,
            figure_spacing: FigureSpacing::Normal,
            fractions: Fractions::Normal,
            ordinal: false,
            slashed_zero: false,
            position: FontPosition::Normal,
            ligatures: Ligatures::Normal,
            kerning: Kerning::Auto,
            features: Arc::from([]),
        }
    }
}
