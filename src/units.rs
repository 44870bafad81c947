//! Lengths as types: a number never loses its unit between two stages.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

macro_rules! length {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
        pub struct $name(pub f32);

        impl $name {
            /// No length.
            pub const ZERO: Self = Self(0.0);

            /// The smaller of two lengths.
            #[must_use]
            pub fn min(self, other: Self) -> Self {
                Self(self.0.min(other.0))
            }

            /// The larger of two lengths.
            #[must_use]
            pub fn max(self, other: Self) -> Self {
                Self(self.0.max(other.0))
            }

            /// This length within bounds; where they cross, the lower bound wins, as in CSS.
            #[must_use]
            pub fn clamp(self, low: Self, high: Self) -> Self {
                self.min(high).max(low)
            }

            /// The length without its sign.
            #[must_use]
            pub fn abs(self) -> Self {
                Self(self.0.abs())
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }

        impl Mul<f32> for $name {
            type Output = Self;
            fn mul(self, factor: f32) -> Self {
                Self(self.0 * factor)
            }
        }

        impl Div<f32> for $name {
            type Output = Self;
            fn div(self, divisor: f32) -> Self {
                Self(self.0 / divisor)
            }
        }

        impl Div for $name {
            type Output = f32;
            fn div(self, other: Self) -> f32 {
                self.0 / other.0
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
                lengths.fold(Self::ZERO, Add::add)
            }
        }
    };
}

length! {
    /// CSS pixels: 1/96 inch. The unit of styles and of layout.
    Px
}
length! {
    /// Points: 1/72 inch. The unit of PDF user space.
    Pt
}
length! {
    /// Millimetres. The unit of messages to people.
    Mm
}

/// English metric units: 914,400 an inch. The unit of DrawingML (ISO/IEC 29500-1, 20.1.10.16).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Emu(pub i64);

/// Twentieths of a point: 1,440 an inch. The unit of WordprocessingML (ISO/IEC 29500-1, 22.9.2.14).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Twips(pub i32);

/// Half-points: 144 an inch. The unit of `w:sz` (ISO/IEC 29500-1, 17.18.42).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct HalfPoints(pub u32);

impl From<Px> for Pt {
    fn from(px: Px) -> Self {
        Self(px.0 * 0.75)
    }
}

impl From<Pt> for Px {
    fn from(pt: Pt) -> Self {
        Self(pt.0 / 0.75)
    }
}

impl From<Px> for Mm {
    fn from(px: Px) -> Self {
        Self(px.0 * 25.4 / 96.0)
    }
}

impl From<Mm> for Px {
    fn from(mm: Mm) -> Self {
        Self(mm.0 * 96.0 / 25.4)
    }
}

impl From<Px> for Emu {
    fn from(px: Px) -> Self {
        Self((f64::from(px.0) * 9525.0).round() as i64)
    }
}

impl From<Px> for Twips {
    fn from(px: Px) -> Self {
        Self((px.0 * 15.0).round() as i32)
    }
}

impl From<Px> for HalfPoints {
    fn from(px: Px) -> Self {
        Self((px.0 * 1.5).round().max(0.0) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inch_is_an_inch() {
        let inch = Px(96.0);
        assert_eq!(Pt::from(inch), Pt(72.0));
        assert_eq!(Mm::from(inch), Mm(25.4));
        assert_eq!(Emu::from(inch), Emu(914_400));
        assert_eq!(Twips::from(inch), Twips(1440));
        assert_eq!(HalfPoints::from(inch), HalfPoints(144));
    }

    #[test]
    fn the_lower_bound_wins() {
        assert_eq!(Px(5.0).clamp(Px(8.0), Px(3.0)), Px(8.0));
    }
}
