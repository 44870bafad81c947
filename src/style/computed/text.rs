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
    /// `hyphenate-limit-lines`: how many lines in a row may end with a hyphen; `None` is `no-limit`.
    pub hyphenate_lines: Option<u8>,
    /// `hyphenate-limit-last`: whether the last full line may end with one.
    pub hyphenate_last: HyphenateLast,
    /// `hyphenate-limit-zone`: how much of a line that is not justified has to stay empty before a word is broken.
    pub hyphenate_zone: LengthPercentage,
    /// `hyphenate-character`; `None` is `auto`.
    pub hyphenate_character: Option<char>,
    /// `text-wrap-mode`.
    pub wrap_mode: WrapMode,
    /// `text-wrap-style`.
    pub wrap: TextWrap,
    /// `hanging-punctuation`.
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
    /// `hyphenate-limit-last`.
    HyphenateLast { None = "none", Always = "always", Column = "column", Page = "page", Spread = "spread" }
}
keywords! {
    /// `text-wrap-mode`.
    WrapMode { Wrap = "wrap", Nowrap = "nowrap" }
}
keywords! {
    /// `text-wrap-style`; `auto` is `pretty`.
    TextWrap { Pretty = "pretty", Balance = "balance", Stable = "stable" }
}

/// `hanging-punctuation`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HangingPunctuation {
    /// `first`: an opening quote or bracket hangs before the first line.
    pub first: bool,
    /// `last`: a closing one hangs after the last line.
    pub last: bool,
    /// What hangs at the end of every line.
    pub end: HangingEnd,
}

/// Which signs hang at the ends of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HangingEnd {
    /// None.
    #[default]
    None,
    /// `allow-end`: a stop or comma for which there is no room.
    Allow,
    /// `force-end`: every stop and comma, and hyphens and quotes by a part.
    Force,
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
            hyphenate_lines: None,
            hyphenate_last: HyphenateLast::None,
            hyphenate_zone: LengthPercentage::ZERO,
            hyphenate_character: None,
            wrap_mode: WrapMode::Wrap,
            wrap: TextWrap::Pretty,
            hanging: HangingPunctuation::default(),
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
