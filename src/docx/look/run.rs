//! Run properties (ISO/IEC 29500-1, 17.3.2).

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use docx_rs::{Caps, RunFonts, RunProperty, Shading, VertAlignType};

use super::Rgb;
use crate::docx::package::Riders;
use crate::fonts::Slant;
use crate::style::computed::{self, ComputedStyle, DecorationStyle, TextTransform, VerticalAlign};
use crate::units::{HalfPoints, Px, Twips};

/// How letters are shown; the text itself stays as it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LetterCase {
    /// As written.
    #[default]
    AsWritten,
    /// `w:caps`.
    Capitals,
    /// `w:smallCaps`.
    SmallCapitals,
}

/// Where the run stands on its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Raise {
    /// On the baseline.
    #[default]
    Baseline,
    /// `w:vertAlign` superscript: smaller too.
    Super,
    /// `w:vertAlign` subscript.
    Sub,
    /// `w:position`, half-points upwards.
    By(i32),
}

/// Which way the letters of a run are read: Word takes fonts, sizes and languages of its own for those that are read
/// from right to left, and wants to be told (`w:rtl`, 17.3.2.30).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Script {
    /// Latin and what is read like it.
    #[default]
    LeftToRight,
    /// Arabic, Hebrew and what is read like them.
    RightToLeft,
}

/// Everything that a run's properties can say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RunLook {
    /// The font's family name.
    pub family: Arc<str>,
    /// Font size.
    pub size: HalfPoints,
    /// Weight 600 or more.
    pub bold: bool,
    /// Slanted.
    pub italic: bool,
    /// The text's colour.
    pub color: Rgb,
    /// Capitals.
    pub case: LetterCase,
    /// The value of `w:u`, `none` for none.
    pub underline: &'static str,
    /// Struck through.
    pub strike: bool,
    /// Between letters.
    pub spacing: Twips,
    /// Above or below the baseline.
    pub raise: Raise,
    /// Behind the text.
    pub shading: Option<Rgb>,
    /// Its language (BCP 47).
    pub lang: Arc<str>,
    /// Which way it is read.
    pub script: Script,
}

/// Equal looks have equal hashes; what tells most looks apart is enough of them.
impl Hash for RunLook {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.family, self.size.0, self.bold, self.italic, self.color, &self.lang).hash(state);
    }
}

/// The part of a [`RunLook`] in which it differs from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RunDelta {
    family: Option<Arc<str>>,
    size: Option<HalfPoints>,
    bold: Option<bool>,
    italic: Option<bool>,
    color: Option<Rgb>,
    case: Option<LetterCase>,
    underline: Option<&'static str>,
    strike: Option<bool>,
    spacing: Option<Twips>,
    raise: Option<Raise>,
    shading: Option<Option<Rgb>>,
    lang: Option<Arc<str>>,
    script: Option<Script>,
}

/// The attributes of `w:lang` and `w:themeFontLang` for a language (17.3.2.20): East Asian letters, and those that are
/// read from right to left, have their language in an attribute of their own.
pub(crate) fn lang_attributes(lang: &str) -> String {
    let own = match lang.split('-').next().unwrap_or_default() {
        "zh" | "ja" | "ko" => format!(r#" w:eastAsia="{lang}""#),
        "ar" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "syr" | "ug" | "ur" | "yi" => {
            format!(r#" w:bidi="{lang}""#)
        }
        _ => String::new(),
    };
    format!(r#" w:val="{lang}"{own}"#)
}

impl RunLook {
    /// The look of text in an element of this style, in the font `family`, over the colour `under`.
    ///
    /// Decorations, shading and raising do not inherit in CSS: [`RunLook::decorated`] adds them.
    pub fn of(style: &ComputedStyle, family: Arc<str>, lang: Arc<str>, under: Rgb) -> Self {
        let case = match (style.text.transform, style.font.caps) {
            (TextTransform::Uppercase, _) => LetterCase::Capitals,
            (_, computed::Caps::Normal) => LetterCase::AsWritten,
            _ => LetterCase::SmallCapitals,
        };
        Self {
            family,
            size: Self::size(style),
            bold: style.font.weight >= 600,
            italic: style.font.slant == Slant::Italic,
            color: Rgb::over(style.text.color, under),
            case,
            underline: "none",
            strike: false,
            spacing: Twips::from(style.text.letter_spacing),
            raise: Raise::Baseline,
            shading: None,
            lang,
            script: Script::LeftToRight,
        }
    }

    /// The size of text of this style.
    pub fn size(style: &ComputedStyle) -> HalfPoints {
        HalfPoints::from(style.font.size).max(HalfPoints(2))
    }

    /// The same, with what an inline box of this style adds to all text in it: lines, background, raising.
    /// `outer` is the look of the text around the box, `under` the colour that the box is painted on.
    #[must_use]
    pub fn decorated(mut self, style: &ComputedStyle, outer: &Self, under: Rgb) -> Self {
        (self.underline, self.strike) = (outer.underline, outer.strike);
        self = self.underlined(style);
        self.shading = match style.paint.background {
            color if color.is_transparent() => outer.shading,
            color => Some(Rgb::over(color, outer.shading.unwrap_or(under))),
        };
        (self.raise, self.size) = match style.inline.vertical_align {
            VerticalAlign::Super => (Raise::Super, outer.size),
            VerticalAlign::Sub => (Raise::Sub, outer.size),
            VerticalAlign::Length(Px(px)) if px.abs() >= 0.5 => {
                (Raise::By((px * 1.5).round() as i32), self.size)
            }
            _ if matches!(outer.raise, Raise::Super | Raise::Sub) => (outer.raise, outer.size),
            _ => (outer.raise, self.size),
        };
        self
    }

    /// The same, with the lines that a box of this style draws along its text.
    #[must_use]
    pub fn underlined(mut self, style: &ComputedStyle) -> Self {
        let lines = style.inline.decoration;
        if lines.underline {
            self.underline = match style.inline.decoration_style {
                DecorationStyle::Solid => "single",
                DecorationStyle::Double => "double",
                DecorationStyle::Dotted => "dotted",
                DecorationStyle::Dashed => "dash",
                DecorationStyle::Wavy => "wave",
            };
        }
        self.strike |= lines.line_through;
        self
    }

    /// What must be said of this look where `base` holds already.
    pub fn minus(&self, base: &Self) -> RunDelta {
        fn changed<T: PartialEq + Clone>(this: &T, base: &T) -> Option<T> {
            (this != base).then(|| this.clone())
        }
        RunDelta {
            family: changed(&self.family, &base.family),
            size: changed(&self.size, &base.size),
            bold: changed(&self.bold, &base.bold),
            italic: changed(&self.italic, &base.italic),
            color: changed(&self.color, &base.color),
            case: changed(&self.case, &base.case),
            underline: changed(&self.underline, &base.underline),
            strike: changed(&self.strike, &base.strike),
            spacing: changed(&self.spacing, &base.spacing),
            raise: changed(&self.raise, &base.raise),
            shading: changed(&self.shading, &base.shading),
            lang: changed(&self.lang, &base.lang),
            script: changed(&self.script, &base.script),
        }
    }

    /// The same for a character style: what both have on is off (toggle properties, ISO/IEC 29500-1, 17.7.3).
    pub fn beyond(&self, base: &Self) -> RunDelta {
        let toggle = |own: Option<bool>| own.map(|_| true);
        let delta = self.minus(base);
        RunDelta {
            bold: toggle(delta.bold),
            italic: toggle(delta.italic),
            strike: toggle(delta.strike),
            case: delta.case.map(|case| if case == LetterCase::AsWritten { base.case } else { case }),
            ..delta
        }
    }

    /// This look of a paragraph style under a character style: bold, italic, strike and capitals of the two
    /// cancel each other out (toggle properties, ISO/IEC 29500-1, 17.7.3).
    #[must_use]
    pub fn under(&self, style: &RunDelta) -> Self {
        let toggle = |base: bool, delta: Option<bool>| base ^ delta.unwrap_or(false);
        let case = match style.case {
            None | Some(LetterCase::AsWritten) => self.case,
            Some(case) if case == self.case => LetterCase::AsWritten,
            Some(case) => case,
        };
        Self {
            family: style.family.clone().unwrap_or_else(|| self.family.clone()),
            size: style.size.unwrap_or(self.size),
            bold: toggle(self.bold, style.bold),
            italic: toggle(self.italic, style.italic),
            color: style.color.unwrap_or(self.color),
            case,
            underline: style.underline.unwrap_or(self.underline),
            strike: toggle(self.strike, style.strike),
            spacing: style.spacing.unwrap_or(self.spacing),
            raise: style.raise.unwrap_or(self.raise),
            shading: style.shading.unwrap_or(self.shading),
            lang: style.lang.clone().unwrap_or_else(|| self.lang.clone()),
            script: style.script.unwrap_or(self.script),
        }
    }

    /// All of it, as the document's defaults say it.
    pub fn whole(&self) -> RunDelta {
        RunDelta {
            family: Some(self.family.clone()),
            size: Some(self.size),
            color: Some(self.color),
            lang: Some(self.lang.clone()),
            ..RunDelta::default()
        }
    }
}

impl RunDelta {
    /// The colour that it gives.
    pub fn color(&self) -> Option<Rgb> {
        self.color
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Without the language: a named style is of no language.
    #[must_use]
    pub fn without_language(mut self) -> Self {
        self.lang = None;
        self
    }

    /// As run properties; what docx-rs has no word for goes to `riders`.
    pub fn properties(&self, riders: &mut Riders) -> RunProperty {
        let mut run = RunProperty::new();
        if let Some(family) = &self.family {
            let name = family.to_string();
            run = run.fonts(RunFonts::new().ascii(&name).hi_ansi(&name).cs(&name).east_asia(&name));
        }
        if let Some(HalfPoints(size)) = self.size {
            run = run.size(size as usize);
        }
        run = match self.bold {
            Some(true) => run.bold(),
            Some(false) => run.disable_bold(),
            None => run,
        };
        run = match self.italic {
            Some(true) => run.italic(),
            Some(false) => run.disable_italic(),
            None => run,
        };
        if let Some(color) = self.color {
            run = run.color(color.hex());
        }
        if let Some(underline) = self.underline {
            run = run.underline(underline);
        }
        run = match self.strike {
            Some(true) => run.strike(),
            Some(false) => run.disable_strike(),
            None => run,
        };
        if let Some(Twips(spacing)) = self.spacing {
            run = run.character_spacing(spacing);
        }
        if let Some(shading) = self.shading {
            let fill = shading.map_or_else(|| "auto".to_owned(), Rgb::hex);
            run = run.shading(Shading::new().fill(fill));
        }
        self.beyond_docx_rs(run, riders)
    }

    /// Case, raising and language.
    fn beyond_docx_rs(&self, mut run: RunProperty, riders: &mut Riders) -> RunProperty {
        let mut extra = Vec::new();
        match self.case {
            Some(LetterCase::Capitals) => run = run.caps(),
            Some(LetterCase::SmallCapitals) => extra.push(("w:smallCaps", "<w:smallCaps/>".to_owned())),
            Some(LetterCase::AsWritten) => {
                run.caps = Some(Caps::new().disable());
                extra.push(("w:smallCaps", r#"<w:smallCaps w:val="0"/>"#.to_owned()));
            }
            None => {}
        }
        run = match self.raise {
            Some(Raise::Super) => run.vert_align(VertAlignType::SuperScript),
            Some(Raise::Sub) => run.vert_align(VertAlignType::SubScript),
            Some(Raise::Baseline) => run.vert_align(VertAlignType::Baseline),
            _ => run,
        };
        if let Some(Raise::By(half_points)) = self.raise {
            extra.push(("w:position", format!(r#"<w:position w:val="{half_points}"/>"#)));
        }
        if let Some(lang) = &self.lang {
            extra.push(("w:lang", format!("<w:lang{}/>", lang_attributes(lang))));
        }
        match self.script {
            Some(Script::RightToLeft) => extra.push(("w:rtl", "<w:rtl/>".to_owned())),
            Some(Script::LeftToRight) => extra.push(("w:rtl", r#"<w:rtl w:val="0"/>"#.to_owned())),
            None => {}
        }
        match riders.ride(extra) {
            Some(rider) => run.fit_text(rider, None),
            None => run,
        }
    }
}
