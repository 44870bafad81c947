//! Lists as Word lists: a multilevel definition for each kind of list, an instance with a restart for each
//! numbered list (ISO/IEC 29500-1, 17.9).

use docx_rs::{
    AbstractNumbering, Docx, Level, LevelJc, LevelOverride, LevelText, NumberFormat, Numbering as Instance,
    SpecialIndentType, Start,
};

use super::Writer;
use super::flow::Column;
use super::frame::Frame;
use super::look::RunDelta;
use super::package::Riders;
use crate::style::computed::{Direction, Display, ListStyle};
use crate::style::{Content, NodeId, Pseudo};
use crate::units::{Px, Twips};

/// How many levels a list of Word's has.
const LEVELS: usize = 9;

/// How much further in a level is at least: 14 pt.
const LEAST_STEP: Twips = Twips(280);

/// The list that a paragraph is in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ListPlace {
    /// The instance, `w:numId`.
    pub number: usize,
    /// From 0.
    pub level: usize,
    /// Numbers, not bullets.
    pub ordered: bool,
    /// From the text back to the marker.
    pub hanging: Twips,
}

/// What an element is to lists.
pub(super) enum ListScope {
    /// No list.
    None,
    /// A list without markers.
    Unmarked,
    /// A list.
    Marked(ListPlace),
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Definitions: their levels.
    definitions: Vec<Vec<LevelFormat>>,
    /// Instances: definition, and where a level starts if it does so anew.
    instances: Vec<(usize, Option<Restart>)>,
    /// Instances and levels of the numbered lists so far within the items that are open.
    running: Vec<(usize, usize)>,
}

/// A level that starts anew (`w:lvlOverride`, 17.9.8).
#[derive(Clone, Copy, Debug, PartialEq)]
struct Restart {
    level: usize,
    start: usize,
}

#[derive(Clone, Debug, PartialEq)]
struct LevelFormat {
    format: &'static str,
    text: String,
    run: RunDelta,
    left: Twips,
    hanging: Twips,
}

impl LevelFormat {
    fn is_like(&self, other: &Self) -> bool {
        (self.format, &self.text, &self.run, self.left, self.hanging)
            == (other.format, &other.text, &other.run, other.left, other.hanging)
    }
}

impl Numbering {
    /// The instance for a list with this format, inside `outer` or on its own.
    fn open(&mut self, format: LevelFormat, outer: Option<&ListPlace>, start: usize) -> usize {
        match outer {
            Some(outer) => self.open_inside(format, outer, start),
            None => self.open_alone(format, start),
        }
    }

    fn open_inside(&mut self, format: LevelFormat, outer: &ListPlace, start: usize) -> usize {
        let level = outer.level + 1;
        let is_numbered = format.format != "bullet";
        // Word begins a level with 1 after an item of the level above, and goes on otherwise.
        let goes_on = self.running.contains(&(outer.number, level));
        let restart = (is_numbered && (start != 1 || goes_on)).then_some(Restart { level, start });
        let (definition, _) = self.instances[outer.number - 1];
        let levels = &mut self.definitions[definition];
        if levels.len() == level {
            levels.push(format.clone());
        }
        let is_shared = levels.get(level).is_some_and(|known| known.is_like(&format));
        let number = match (is_shared, restart) {
            (true, None) => outer.number,
            (true, restart) => self.add(definition, restart),
            (false, restart) => {
                let mut levels = levels[..level].to_vec();
                levels.push(format);
                self.definitions.push(levels);
                self.add(self.definitions.len() - 1, restart)
            }
        };
        if is_numbered {
            self.running.push((outer.number, level));
        }
        number
    }

    fn open_alone(&mut self, format: LevelFormat, start: usize) -> usize {
        let known = self.definitions.iter().position(|levels| levels[0].is_like(&format));
        let bullets = format.format == "bullet";
        let definition = known.unwrap_or_else(|| {
            self.definitions.push(vec![format]);
            self.definitions.len() - 1
        });
        let restart = (!bullets).then_some(Restart { level: 0, start });
        let same = self.instances.iter().position(|known| *known == (definition, restart));
        match same.filter(|_| bullets) {
            Some(index) => index + 1,
            None => self.add(definition, restart),
        }
    }

    fn add(&mut self, definition: usize, restart: Option<Restart>) -> usize {
        self.instances.push((definition, restart));
        self.instances.len()
    }

    /// An item of this list begins: lists in it are the first in it.
    fn begin_item(&mut self, list: &ListPlace) {
        self.running.retain(|(number, level)| *number != list.number || *level <= list.level);
    }

    /// Adds the definitions and instances to the document.
    pub fn write(&self, mut docx: Docx, riders: &mut Riders) -> Docx {
        for (id, levels) in self.definitions.iter().enumerate() {
            let mut definition = AbstractNumbering::new(id + 1);
            definition.multi_level_type = Some("multilevel".to_owned());
            for (index, level) in all_levels(levels).iter().enumerate() {
                definition = definition.add_level(level.write(index, riders));
            }
            docx = docx.add_abstract_numbering(definition);
        }
        for (index, (definition, restart)) in self.instances.iter().enumerate() {
            let mut instance = Instance::new(index + 1, definition + 1);
            if let Some(Restart { level, start }) = *restart {
                instance = instance.add_override(LevelOverride::new(level).start(start));
            }
            docx = docx.add_numbering(instance);
        }
        docx.document_rels.has_numberings = !self.instances.is_empty();
        docx
    }
}

/// The levels of a definition, and those that a list has whose items somebody indents further in Word, up to the ninth
/// (17.9.6): each like the last one, and as much further in as that.
fn all_levels(levels: &[LevelFormat]) -> Vec<LevelFormat> {
    let mut all = levels.to_vec();
    let step = match levels {
        [.., outer, inner] => Twips(inner.left.0 - outer.left.0),
        [only] => only.hanging,
        [] => return all,
    };
    while let Some(last) = all.last().filter(|_| all.len() < LEVELS) {
        let (own, next) = (format!("%{}", all.len()), format!("%{}", all.len() + 1));
        let left = Twips(last.left.0.saturating_add(step.0.max(LEAST_STEP.0)));
        all.push(LevelFormat { text: last.text.replace(&own, &next), left, ..last.clone() });
    }
    all
}

impl LevelFormat {
    fn write(&self, index: usize, riders: &mut Riders) -> Level {
        let mut level = Level::new(
            index,
            Start::new(1),
            NumberFormat::new(self.format),
            LevelText::new(self.text.clone()),
            LevelJc::new("left"),
        );
        level = level.indent(Some(self.left.0), Some(SpecialIndentType::Hanging(self.hanging.0)), None, None);
        level.run_property = self.run.properties(riders);
        level
    }
}

impl Writer<'_> {
    /// What this element is to lists: one whose children are list items opens one. The column is the one inside it.
    pub(super) fn list(&mut self, node: NodeId, column: &Column) -> ListScope {
        let tree = self.tree;
        let item = |child: &NodeId| tree.node(*child).style.display == Display::ListItem;
        let Some(first) = tree.node(node).children.iter().copied().find(item) else { return ListScope::None };
        let Some(element) = tree.element(first) else { return ListScope::None };
        let style = &tree.node(first).style;
        let marker = self.marker_of(first);
        let shown = marker.map(|marker| self.text_of(marker)).unwrap_or_default();
        if style.list.style == ListStyle::None && shown.trim().is_empty() {
            return ListScope::Unmarked;
        }
        let level = column.list.as_ref().map_or(0, |list| (list.level + 1).min(8));
        let (format, text) = format(&style.list.style, shown.trim(), level);
        let own = self.run_look(style, &element.lang, column.under);
        let run = marker.map(|marker| {
            let style = &tree.node(marker).style;
            self.run_look(style, &element.lang, column.under).minus(&own).without_language()
        });
        let frame = Frame::of(style, column.width);
        let ordered = format != "bullet";
        let em = style.font.size.0;
        let width = if ordered { 1.7 * em } else { em.max(0.45 * em * (text.chars().count() as f32 + 1.0)) };
        let outer = Frame::of(&tree.node(node).style, column.width);
        let room = match style.text.direction {
            Direction::Ltr => (outer.padding.left + frame.padding.left).0,
            Direction::Rtl => (outer.padding.right + frame.padding.right).0,
        };
        let hanging = Twips::from(Px(if room > 1.0 { width.min(room) } else { width }));
        let format = LevelFormat {
            format,
            text,
            run: run.unwrap_or_default(),
            left: Twips::from(match style.text.direction {
                Direction::Ltr => column.left + frame.left(),
                Direction::Rtl => column.right + frame.right(),
            }),
            hanging,
        };
        let said = |node: NodeId, name: &str| tree.element(node)?.attribute(name)?.trim().parse().ok();
        let start = said(first, "value").or_else(|| said(node, "start"));
        let number = self.numbering.open(format, column.list.as_ref(), start.unwrap_or(1));
        ListScope::Marked(ListPlace { number, level, ordered, hanging })
    }

    /// Notes that the next paragraph is the first of this item, and carries its marker.
    pub(super) fn marker(&mut self, item: NodeId, column: &Column) {
        let shown =
            self.marker_of(item).is_some() || self.tree.node(item).style.list.style != ListStyle::None;
        column.list.iter().for_each(|list| self.numbering.begin_item(list));
        self.pending = column.list.clone().filter(|_| shown);
    }

    fn marker_of(&self, item: NodeId) -> Option<NodeId> {
        let marker = |child: &NodeId| matches!(&self.tree.node(*child).content, Content::Element(element) if element.pseudo == Some(Pseudo::Marker));
        self.tree.node(item).children.iter().copied().find(marker)
    }
}

/// `w:numFmt` and `w:lvlText` of a list whose first marker is `shown`.
fn format(style: &ListStyle, shown: &str, level: usize) -> (&'static str, String) {
    let counter = format!("%{}", level + 1);
    let bullet = |text: &str| ("bullet", text.to_owned());
    let format = match style {
        ListStyle::Disc => return bullet("•"),
        ListStyle::Circle => return bullet("◦"),
        ListStyle::Square => return bullet("▪"),
        ListStyle::Text(text) => return bullet(text.trim()),
        ListStyle::None => return bullet(shown),
        ListStyle::Decimal => "decimal",
        ListStyle::DecimalLeadingZero => "decimalZero",
        ListStyle::LowerAlpha => "lowerLetter",
        ListStyle::UpperAlpha => "upperLetter",
        ListStyle::LowerRoman => "lowerRoman",
        ListStyle::UpperRoman => "upperRoman",
    };
    let numeral = |char: char| char.is_ascii_alphanumeric();
    let text = match (shown.find(numeral), shown.rfind(numeral)) {
        (Some(from), Some(to)) if !shown[from..=to].contains(' ') => {
            format!("{}{counter}{}", &shown[..from], &shown[to + 1..])
        }
        _ => format!("{counter}."),
    };
    (format, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docx::tests::{Builder, tree_of};

    #[test]
    fn the_marker_tells_what_stands_around_the_number() {
        assert_eq!(format(&ListStyle::Decimal, "1.", 0), ("decimal", "%1.".to_owned()));
        assert_eq!(format(&ListStyle::LowerRoman, "(i)", 1), ("lowerRoman", "(%2)".to_owned()));
        assert_eq!(format(&ListStyle::Decimal, "", 0), ("decimal", "%1.".to_owned()));
        assert_eq!(format(&ListStyle::Text("– ".into()), "–", 0), ("bullet", "–".to_owned()));
    }

    #[test]
    fn a_level_is_as_far_in_as_the_style_of_its_paragraphs() {
        let css = "ul { padding-left: 40px; margin: 0 } li { padding-left: 4px }";
        let tree = Builder(tree_of("<p>a</p><ul><li>Een<ul><li>Twee</li></ul></li></ul>", css));
        let indents = |part: &str| -> Vec<String> {
            let part = tree.part(part);
            let found = part.split("<w:ind w:left=\"").skip(1).filter_map(|rest| rest.split('"').next());
            found.map(str::to_owned).collect()
        };
        assert_eq!(indents("word/numbering.xml")[..4], ["660", "1320", "1980", "2640"]);
        assert_eq!(indents("word/numbering.xml").len(), 9, "for who indents an item further");
        assert_eq!(indents("word/styles.xml"), ["660", "1320"]);
    }

    #[test]
    fn deeper_levels_have_numbers_of_their_own() {
        let first = LevelFormat {
            format: "decimal",
            text: "%1.".to_owned(),
            run: RunDelta::default(),
            left: Twips(400),
            hanging: Twips(300),
        };
        let all = all_levels(&[first]);
        let texts: Vec<&str> = all.iter().map(|level| &*level.text).collect();
        assert_eq!(texts, ["%1.", "%2.", "%3.", "%4.", "%5.", "%6.", "%7.", "%8.", "%9."]);
        assert_eq!((all[1].left, all[8].left), (Twips(700), Twips(2800)));
    }

    #[test]
    fn numbered_lists_restart_and_bullets_share() {
        let format = |format, text: &str| LevelFormat {
            format,
            text: text.to_owned(),
            run: RunDelta::default(),
            left: Twips(360),
            hanging: Twips(360),
        };
        let mut numbering = Numbering::default();
        assert_eq!(numbering.open(format("bullet", "•"), None, 1), 1);
        assert_eq!(numbering.open(format("decimal", "%1."), None, 1), 2);
        assert_eq!(numbering.open(format("bullet", "•"), None, 1), 1);
        assert_eq!(numbering.open(format("decimal", "%1."), None, 1), 3);
        let outer = ListPlace { number: 2, level: 0, ordered: true, hanging: Twips(0) };
        assert_eq!(numbering.open(format("bullet", "•"), Some(&outer), 1), 2);
        assert_eq!(numbering.open(format("lowerLetter", "%2."), Some(&outer), 1), 4);
        assert_eq!(numbering.definitions.len(), 3);
    }

    #[test]
    fn lists_in_items_begin_where_they_say() {
        let lists = concat!(
            "<ol><li>a<ol start=3><li>b</li></ol><p>c</p><ol><li>d</li></ol></li>",
            "<li>e<ol><li>f</li><li value=9>g</li></ol></li></ol>",
        );
        let tree = Builder(tree_of(&("<p>x</p>".to_owned() + lists), ""));
        let (document, numbering) = (tree.part("word/document.xml"), tree.part("word/numbering.xml"));
        let values = |part: &str, name: &str| -> Vec<usize> {
            let start = format!("<{name} w:val=\"");
            let found = part.split(&start).skip(1);
            found.filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
        };
        assert_eq!(values(&document, "w:numId"), [1, 2, 3, 1, 1, 1]);
        assert_eq!(values(&document, "w:ilvl"), [0, 1, 1, 0, 1, 1]);
        assert_eq!(values(&numbering, "w:startOverride"), [1, 3, 1]);
        assert_eq!(numbering.matches("<w:lvlOverride w:ilvl=\"1\">").count(), 2, "{numbering}");
    }
}
