//! Paragraph properties (ISO/IEC 29500-1, 17.3.1).

use std::hash::{Hash, Hasher};

use docx_rs::{
    AlignmentType, BorderType, LineSpacing, LineSpacingType, ParagraphBorder, ParagraphBorderPosition,
    ParagraphBorders, ParagraphProperty, Shading, SpecialIndentType, Tab, TabLeaderType, TabValueType,
};

use super::Rgb;
use crate::docx::package::{Rider, Riders};
use crate::geom::Edges;
use crate::style::computed::{BorderSide, BorderStyle, Direction, Text, TextAlign};
use crate::units::{Px, Twips};

/// `w:jc`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Align {
    /// To the left.
    #[default]
    Left,
    /// To the right.
    Right,
    /// In the middle.
    Center,
    /// To both sides.
    Both,
}

/// `w:line` and `w:lineRule` (17.3.1.33).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineRule {
    /// Multiples of the font's own line, in 240ths.
    Multiple(i32),
    /// So much, whatever stands in the line.
    Exact(Twips),
}

/// A line along a side of a paragraph or a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// In eighths of a point, 2 to 96.
    pub eighths: usize,
    /// How it is drawn.
    pub style: BorderStyle,
    /// Its colour.
    pub color: Rgb,
    /// Points between it and the text, at most 31.
    pub space: usize,
}

/// A tab stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TabStop {
    /// From the paragraph's left margin.
    pub at: Twips,
    /// How text stands at it.
    pub align: Align,
    /// The dots that lead to it.
    pub leader: bool,
}

/// Everything that a paragraph's properties can say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ParagraphLook {
    /// `w:jc`.
    pub align: Align,
    /// Space above; Word takes the larger of two neighbours' spaces, as CSS does.
    pub before: Twips,
    /// Space below.
    pub after: Twips,
    /// Line height.
    pub line: LineRule,
    /// From the column's left side.
    pub left: Twips,
    /// From the column's right side.
    pub right: Twips,
    /// The first line's further indent; negative hangs.
    pub first: Twips,
    /// On the page of the next paragraph.
    pub keep_next: bool,
    /// All lines on one page.
    pub keep_lines: bool,
    /// On a new page.
    pub page_break_before: bool,
    /// No line alone on a page.
    pub widow_control: bool,
    /// Level in the outline, from 0.
    pub outline: Option<u8>,
    /// Lines along the sides.
    pub borders: Edges<Option<Rule>>,
    /// Colour behind it.
    pub shading: Option<Rgb>,
    /// Whether words may be hyphenated.
    pub hyphenate: bool,
    /// Tab stops.
    pub tabs: Vec<TabStop>,
    /// Whether what is higher or lower stands in the middle of its line (`w:textAlignment`, 17.3.1.39).
    pub middle: bool,
    /// Which side its lines begin on (`w:bidi`, 17.3.1.6).
    pub direction: Direction,
}

/// Equal looks have equal hashes; what tells most looks apart is enough of them.
impl Hash for ParagraphLook {
    fn hash<H: Hasher>(&self, state: &mut H) {
        [self.before, self.after, self.left, self.right, self.first].map(|length| length.0).hash(state);
        (self.keep_next, self.shading, self.tabs.len()).hash(state);
    }
}

impl Default for ParagraphLook {
    fn default() -> Self {
        Self {
            align: Align::Left,
            before: Twips(0),
            after: Twips(0),
            line: LineRule::Multiple(240),
            left: Twips(0),
            right: Twips(0),
            first: Twips(0),
            keep_next: false,
            keep_lines: false,
            page_break_before: false,
            widow_control: true,
            outline: None,
            borders: Edges::all(None),
            shading: None,
            hyphenate: true,
            tabs: Vec::new(),
            middle: false,
            direction: Direction::Ltr,
        }
    }
}

impl Align {
    /// `text-align` of a paragraph.
    pub fn of(text: &Text) -> Self {
        match (text.align, text.direction) {
            (TextAlign::Center, _) => Self::Center,
            (TextAlign::Justify, _) => Self::Both,
            (TextAlign::Right, _) | (TextAlign::End, Direction::Ltr) | (TextAlign::Start, Direction::Rtl) => {
                Self::Right
            }
            _ => Self::Left,
        }
    }
}

impl Rule {
    /// A side of a CSS border, `space` away from the text; `None` where nothing of it can be seen.
    pub fn of(side: BorderSide, space: Px, under: Rgb) -> Option<Self> {
        let drawn = !matches!(side.style, BorderStyle::None | BorderStyle::Hidden);
        (drawn && side.width.0 > 0.0 && !side.color.is_transparent()).then(|| Self {
            eighths: ((side.width.0 * 6.0).round() as usize).clamp(2, 96),
            style: side.style,
            color: Rgb::over(side.color, under),
            space: Self::space(space),
        })
    }

    /// A line that cannot be told from the background: what keeps a shading away from its text.
    pub fn padding(color: Rgb, space: Px) -> Self {
        Self { eighths: 2, style: BorderStyle::Solid, color, space: Self::space(space) }
    }

    /// Points, at most the 31 that a paragraph's border may stand off (ST_PointMeasure of `w:space`).
    fn space(space: Px) -> usize {
        ((space.0 * 0.75).round().max(0.0) as usize).min(31)
    }

    /// The kind of line in WordprocessingML.
    pub fn kind(&self) -> BorderType {
        match self.style {
            BorderStyle::Dashed => BorderType::Dashed,
            BorderStyle::Dotted => BorderType::Dotted,
            BorderStyle::Double => BorderType::Double,
            BorderStyle::Groove | BorderStyle::Inset => BorderType::ThreeDEngrave,
            BorderStyle::Ridge | BorderStyle::Outset => BorderType::ThreeDEmboss,
            _ => BorderType::Single,
        }
    }

    fn border(&self, position: ParagraphBorderPosition) -> ParagraphBorder {
        ParagraphBorder::new(position)
            .val(self.kind())
            .size(self.eighths)
            .space(self.space)
            .color(self.color.hex())
    }
}

impl ParagraphLook {
    /// Whether something is painted around or behind it.
    pub fn is_decorated(&self) -> bool {
        let Edges { top, right, bottom, left } = self.borders;
        self.shading.is_some() || [top, right, bottom, left].iter().any(Option::is_some)
    }

    /// The same without its distances, and without what keeps it on a page with others.
    pub fn kind(&self) -> Self {
        Self {
            before: Twips(0),
            after: Twips(0),
            keep_next: false,
            keep_lines: false,
            page_break_before: false,
            ..self.clone()
        }
    }

    /// Like no look that there is in its distances, so that they are said in any case.
    pub fn unsaid() -> Self {
        Self { before: Twips(-1), after: Twips(-1), line: LineRule::Multiple(-1), ..Self::default() }
    }

    /// What must be said of this look where `base` holds already, with `beside`; what docx-rs has no word for goes
    /// to `riders`.
    pub fn properties(&self, base: &Self, beside: Rider, riders: &mut Riders) -> ParagraphProperty {
        let mut paragraph = ParagraphProperty::new();
        let turned = self.direction != base.direction;
        if self.align != base.align || turned {
            paragraph = paragraph.align(self.alignment());
        }
        if (self.left, self.right, self.first) != (base.left, base.right, base.first) || turned {
            let special = match self.first {
                Twips(first) if first < 0 => SpecialIndentType::Hanging(-first),
                Twips(first) => SpecialIndentType::FirstLine(first),
            };
            let (start, end) = match self.direction {
                Direction::Ltr => (self.left, self.right),
                Direction::Rtl => (self.right, self.left),
            };
            paragraph = paragraph.indent(Some(start.0), Some(special), Some(end.0), None);
        }
        if let Some(spacing) = self.spacing(base) {
            paragraph = paragraph.line_spacing(spacing);
        }
        if let (Some(level), true) = (self.outline, self.outline != base.outline) {
            paragraph = paragraph.outline_lvl(usize::from(level.min(8)));
        }
        if self.borders != base.borders {
            paragraph = paragraph.set_borders(self.paragraph_borders(base));
        }
        if self.shading != base.shading {
            let fill = self.shading.map_or_else(|| "auto".to_owned(), Rgb::hex);
            paragraph = paragraph.shading(Shading::new().fill(fill));
        }
        if self.tabs != base.tabs {
            for stop in base.tabs.iter().filter(|stop| self.tabs.iter().all(|own| own.at != stop.at)) {
                paragraph = paragraph.add_tab(stop.tab().val(TabValueType::Clear));
            }
            for stop in &self.tabs {
                paragraph = paragraph.add_tab(stop.tab());
            }
        }
        self.switches(base, beside, paragraph, riders)
    }

    /// `w:jc`, whose left is the side that lines begin on (17.18.44).
    fn alignment(&self) -> AlignmentType {
        match (self.align, self.direction) {
            (Align::Left, Direction::Ltr) | (Align::Right, Direction::Rtl) => AlignmentType::Left,
            (Align::Right, Direction::Ltr) | (Align::Left, Direction::Rtl) => AlignmentType::Right,
            (Align::Center, _) => AlignmentType::Center,
            (Align::Both, _) => AlignmentType::Both,
        }
    }

    fn spacing(&self, base: &Self) -> Option<LineSpacing> {
        let mut spacing = LineSpacing::new();
        if self.before != base.before {
            spacing = spacing.before(self.before.0.max(0) as u32);
        }
        if self.after != base.after {
            spacing = spacing.after(self.after.0.max(0) as u32);
        }
        if self.line != base.line {
            spacing = match self.line {
                LineRule::Multiple(parts) => spacing.line(parts).line_rule(LineSpacingType::Auto),
                LineRule::Exact(Twips(line)) => spacing.line(line).line_rule(LineSpacingType::Exact),
            };
        }
        ((self.before, self.after, self.line) != (base.before, base.after, base.line)).then_some(spacing)
    }

    fn paragraph_borders(&self, base: &Self) -> ParagraphBorders {
        use ParagraphBorderPosition::{Bottom, Left, Right, Top};
        let sides = [
            (Top, self.borders.top, base.borders.top),
            (Right, self.borders.right, base.borders.right),
            (Bottom, self.borders.bottom, base.borders.bottom),
            (Left, self.borders.left, base.borders.left),
        ];
        let empty = ParagraphBorders::with_empty();
        sides.into_iter().fold(empty, |borders, (position, side, base)| match (side, base) {
            (Some(rule), _) => borders.set(rule.border(position)),
            (None, Some(_)) => borders.clear(position),
            (None, None) => borders,
        })
    }

    /// The on-off properties, each said only where it differs.
    fn switches(
        &self,
        base: &Self,
        beside: Rider,
        mut paragraph: ParagraphProperty,
        riders: &mut Riders,
    ) -> ParagraphProperty {
        let switches = [
            ("w:keepNext", self.keep_next, base.keep_next),
            ("w:keepLines", self.keep_lines, base.keep_lines),
            ("w:pageBreakBefore", self.page_break_before, base.page_break_before),
            ("w:widowControl", self.widow_control, base.widow_control),
            ("w:suppressAutoHyphens", !self.hyphenate, !base.hyphenate),
            ("w:bidi", self.direction == Direction::Rtl, base.direction == Direction::Rtl),
        ];
        let mut extra: Vec<(&'static str, String)> = switches
            .into_iter()
            .filter(|(_, on, base)| on != base)
            .map(|(name, on, _)| {
                (name, if on { format!("<{name}/>") } else { format!(r#"<{name} w:val="0"/>"#) })
            })
            .collect();
        if self.middle != base.middle {
            let place = if self.middle { "center" } else { "auto" };
            extra.push(("w:textAlignment", format!(r#"<w:textAlignment w:val="{place}"/>"#)));
        }
        extra.extend(beside);
        if let Some(rider) = riders.ride(extra) {
            paragraph = paragraph.adjust_right_ind(rider as isize);
        }
        paragraph
    }
}

impl TabStop {
    fn tab(&self) -> Tab {
        let kind = match self.align {
            Align::Right => TabValueType::Right,
            Align::Center => TabValueType::Center,
            _ => TabValueType::Left,
        };
        let leader = if self.leader { TabLeaderType::Dot } else { TabLeaderType::None };
        Tab::new().val(kind).leader(leader).pos(self.at.0.max(0) as usize)
    }
}
