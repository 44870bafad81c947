//! CSS Text 4, CSS Text Decoration 3, CSS Color 4 (`color`) and the inline part of CSS 2.

use super::values::{Color, LengthPercentage, keywords};
use crate::units::Px;

/// The inherited text properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// `color`.
    pub color: Color,
    /// `line-height`.
    pub line_height: LineHeight,
    /// `text-align`.
    pub align: TextAlign,
    /// `text-align-last`; `None` is `auto`.
    pub align_last: Option<TextAlign>,
    /// `text-indent`.
    pub indent: LengthPercentage,
    /// `text-transform`.
    pub transform: TextTransform,
    /// `white-space`.
    pub white_space: WhiteSpace,
    /// `letter-spacing`; nothing is `normal`.
    pub letter_spacing: Px,
    /// `word-spacing`.
    pub word_spacing: Px,
    /// `overflow-wrap`.
    pub overflow_wrap: OverflowWrap,
    /// `word-break`.
    pub word_break: WordBreak,
    /// `hyphens`.
    pub hyphens: Hyphens,
    /// `hyphenate-limit-chars`: the word, before and after the hyphen.
    pub hyphenate_limits: (u8, u8, u8),
    /// `text-wrap`.
    pub wrap: TextWrap,
    /// `hanging-punctuation`: whether punctuation may hang at the edges of a line.
    pub hanging: HangingPunctuation,
    /// `tab-size` in spaces.
    pub tab_size: u8,
    /// `direction`.
    pub direction: Direction,
    /// `orphans`.
    pub orphans: u8,
    /// `widows`.
    pub widows: u8,
    /// `visibility`.
    pub visibility: Visibility,
}

/// `line-height`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum LineHeight {
    /// The font's own.
    #[default]
    Normal,
    /// A multiple of the element's own font size.
    Number(f32),
    /// A length; a percentage has become one.
    Length(LengthPercentage),
}

keywords! {
    /// `text-align`.
    TextAlign { Start = "start", End = "end", Left = "left", Right = "right", Center = "center", Justify = "justify" }
}
keywords! {
    /// `text-transform`.
    TextTransform { None = "none", Uppercase = "uppercase", Lowercase = "lowercase", Capitalize = "capitalize" }
}
keywords! {
    /// `white-space`.
    WhiteSpace { Normal = "normal", Nowrap = "nowrap", Pre = "pre", PreWrap = "pre-wrap", PreLine = "pre-line" }
}
keywords! {
    /// `overflow-wrap`.
    OverflowWrap { Normal = "normal", BreakWord = "break-word", Anywhere = "anywhere" }
}
keywords! {
    /// `word-break`.
    WordBreak { Normal = "normal", BreakAll = "break-all", KeepAll = "keep-all" }
}
keywords! {
    /// `hyphens`.
    Hyphens { Manual = "manual", None = "none", Auto = "auto" }
}
keywords! {
    /// `text-wrap`.
    TextWrap { Pretty = "pretty", Wrap = "wrap", Nowrap = "nowrap", Balance = "balance", Stable = "stable" }
}
keywords! {
    /// `hanging-punctuation`.
    HangingPunctuation { None = "none", Hang = "first allow-end last" }
}
keywords! {
    /// `direction`.
    Direction { Ltr = "ltr", Rtl = "rtl" }
}
keywords! {
    /// `visibility`.
    Visibility { Visible = "visible", Hidden = "hidden", Collapse = "collapse" }
}

impl Default for Text {
    fn default() -> Self {
        Self {
            color: Color::BLACK,
            line_height: LineHeight::Normal,
            align: TextAlign::Start,
            align_last: None,
            indent: LengthPercentage::ZERO,
            transform: TextTransform::None,
            white_space: WhiteSpace::Normal,
            letter_spacing: Px::ZERO,
            word_spacing: Px::ZERO,
            overflow_wrap: OverflowWrap::Normal,
            word_break: WordBreak::Normal,
            hyphens: Hyphens::Manual,
            hyphenate_limits: (5, 2, 2),
            wrap: TextWrap::Pretty,
            hanging: HangingPunctuation::None,
            tab_size: 8,
            direction: Direction::Ltr,
            orphans: 2,
            widows: 2,
            visibility: Visibility::Visible,
        }
    }
}

/// The properties of inline boxes that do not inherit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inline {
    /// `vertical-align`; of a table cell too.
    pub vertical_align: VerticalAlign,
    /// `text-decoration-line`: which lines. Drawn over all inline descendants.
    pub decoration: Decoration,
    /// `text-decoration-color`; `None` is the text's own.
    pub decoration_color: Option<Color>,
    /// `text-decoration-style`.
    pub decoration_style: DecorationStyle,
    /// `text-decoration-thickness`; `None` is the font's own.
    pub decoration_thickness: Option<Px>,
    /// `text-underline-offset`; `None` is the font's own.
    pub underline_offset: Option<Px>,
    /// `initial-letter` of a `::first-letter`; `None` is `normal`.
    pub initial_letter: Option<InitialLetter>,
}

/// `initial-letter` (CSS Inline Layout 3, section 3): a letter as high as several lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InitialLetter {
    /// How many lines it is high, from its baseline to the height of the first line's capitals.
    pub size: f32,
    /// The line on whose baseline it stands, from 1.
    pub sink: u8,
}

/// `text-decoration-line`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decoration {
    /// `underline`.
    pub underline: bool,
    /// `overline`.
    pub overline: bool,
    /// `line-through`.
    pub line_through: bool,
}

keywords! {
    /// `text-decoration-style`.
    DecorationStyle { Solid = "solid", Double = "double", Dotted = "dotted", Dashed = "dashed", Wavy = "wavy" }
}

/// `vertical-align`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum VerticalAlign {
    /// `baseline`.
    #[default]
    Baseline,
    /// `sub`.
    Sub,
    /// `super`.
    Super,
    /// `text-top`.
    TextTop,
    /// `text-bottom`.
    TextBottom,
    /// `middle`.
    Middle,
    /// `top`.
    Top,
    /// `bottom`.
    Bottom,
    /// Raised by a length; percentages of the line height have become one.
    Length(Px),
}
