//! Values that many properties share.

use crate::units::Px;

/// Declares a property's keywords as an enum: `Variant = "keyword"`, the first being the initial value.
macro_rules! keywords {
    ($(#[$doc:meta])* $name:ident { $first:ident = $first_css:literal $(, $variant:ident = $css:literal)* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each variant is the CSS keyword of its name")]
        pub enum $name { #[default] $first, $($variant),* }

        impl $name {
            /// The value with this CSS keyword, compared without case.
            pub fn from_keyword(keyword: &str) -> Option<Self> {
                if keyword.eq_ignore_ascii_case($first_css) { return Some(Self::$first); }
                $(if keyword.eq_ignore_ascii_case($css) { return Some(Self::$variant); })*
                None
            }

            /// Its CSS keyword.
            pub const fn keyword(self) -> &'static str {
                match self { Self::$first => $first_css, $(Self::$variant => $css),* }
            }

            /// Every keyword of the property, for hints.
            pub const KEYWORDS: &'static [&'static str] = &[$first_css $(, $css)*];
        }

        impl $crate::style::computed::Keywords for $name {
            const ALL: &'static [&'static str] = Self::KEYWORDS;

            fn find(keyword: &str) -> Option<Self> {
                Self::from_keyword(keyword)
            }
        }
    };
}
pub(crate) use keywords;

/// A type whose values are the keywords of a property.
pub trait Keywords: Sized + Copy {
    /// Every keyword.
    const ALL: &'static [&'static str];

    /// The value with this keyword, compared without case.
    fn find(keyword: &str) -> Option<Self>;
}

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color {
    /// 0 to 1.
    pub red: f32,
    /// 0 to 1.
    pub green: f32,
    /// 0 to 1.
    pub blue: f32,
    /// 0, nothing to be seen, to 1, opaque.
    pub alpha: f32,
}

impl Color {
    /// Nothing to be seen.
    pub const TRANSPARENT: Self = Self { red: 0.0, green: 0.0, blue: 0.0, alpha: 0.0 };
    /// Black.
    pub const BLACK: Self = Self { red: 0.0, green: 0.0, blue: 0.0, alpha: 1.0 };
    /// White.
    pub const WHITE: Self = Self { red: 1.0, green: 1.0, blue: 1.0, alpha: 1.0 };

    /// As Word writes it: `RRGGBB`, without alpha.
    pub fn hex(&self) -> String {
        let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
        format!("{:02X}{:02X}{:02X}", byte(self.red), byte(self.green), byte(self.blue))
    }

    /// Whether nothing of it can be seen.
    pub fn is_transparent(&self) -> bool {
        self.alpha <= 0.0
    }
}

impl Default for Color {
    fn default() -> Self {
        Self::BLACK
    }
}

/// A sum of a length and a percentage, which every `calc()` of `+`, `-`, `*` and `/` comes down to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LengthPercentage {
    /// The absolute part.
    pub px: Px,
    /// As much of `px` as was written in units of the type: em, rem, lh and their like.
    pub of_type: Px,
    /// The relative part: 1.0 is 100 %.
    pub percent: f32,
}

impl LengthPercentage {
    /// No length.
    pub const ZERO: Self = Self { px: Px::ZERO, of_type: Px::ZERO, percent: 0.0 };

    /// An absolute length.
    pub const fn px(px: Px) -> Self {
        Self { px, ..Self::ZERO }
    }

    /// The length where the type is set `scale` times as large.
    #[must_use]
    pub fn with_type(self, scale: f32) -> Self {
        Self { px: self.px + self.of_type * (scale - 1.0), of_type: self.of_type * scale, ..self }
    }

    /// The length, or nothing where it is below that.
    #[must_use]
    pub fn at_least_nothing(self) -> Self {
        if self.px < Px::ZERO { Self::ZERO } else { self }
    }

    /// The length where 100 % is `basis`.
    pub fn resolve(&self, basis: Px) -> Px {
        self.px + basis * self.percent
    }
}

/// A length, a percentage or `auto`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum LengthOrAuto {
    /// `auto`.
    #[default]
    Auto,
    /// A length or percentage.
    Length(LengthPercentage),
}

impl LengthOrAuto {
    /// The length where 100 % is `basis`; `None` for `auto`.
    pub fn resolve(&self, basis: Px) -> Option<Px> {
        match self {
            Self::Auto => None,
            Self::Length(length) => Some(length.resolve(basis)),
        }
    }
}

/// A value of `width`, `height`, `min-*` and `max-*` (CSS Sizing 3). `Auto` is also `none` of `max-*`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Sizing {
    /// `auto`, or `none`.
    #[default]
    Auto,
    /// `min-content`.
    MinContent,
    /// `max-content`.
    MaxContent,
    /// `fit-content`.
    FitContent,
    /// A length or percentage.
    Length(LengthPercentage),
}
