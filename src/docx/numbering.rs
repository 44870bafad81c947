//! Lists as Word lists: a multilevel definition for each kind of list, an instance with a restart for each
//! numbered list (ISO/IEC 29500-1, 17.9).

use std::collections::BTreeMap;

use docx_rs::{
    AbstractNumbering, Level, LevelJc, LevelOverride, LevelText, NumberFormat, Numbering as Instance,
    Numberings, SpecialIndentType, Start,
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

/// The largest number that a list begins with in Word.
const MOST: usize = 32767;

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
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Lists {
    /// Definitions: their levels.
    definitions: Vec<Vec<LevelFormat>>,
    /// Instances: definition, and where a level starts if it does so anew.
    instances: Vec<(usize, Option<Restart>)>,
    /// The styles of levels, by definition and level.
    styles: BTreeMap<(usize, usize), String>,
}

/// The lists of a document that is being written.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: Lists,
    /// Instances and levels of the numbered lists so far within the items that are open.
    running: Vec<(usize, usize)>,
    /// Items whose number is not the next one, and theirs.
    leaps: BTreeMap<NodeId, usize>,
    /// The instances that lists have been in since such an item, by their own instance and level.
    since: BTreeMap<(usize, usize), usize>,
    /// The instance that the styles of a definition's levels refer to.
    of_styles: BTreeMap<usize, usize>,
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
        let level = outer.map_or(0, |outer| outer.level + 1);
        let number = match outer {
            Some(outer) => self.open_inside(format, outer, start),
            None => self.open_alone(format, start),
        };
        self.since.remove(&(number, level));
        number
    }

    /// The instance for an item of a list: a new one from an item on whose number is not the next.
    fn instance_of(&mut self, item: NodeId, list: &ListPlace) -> usize {
        let place = (list.number, list.level);
        let known = self.since.get(&place).copied().unwrap_or(list.number);
        let Some(start) = self.leaps.get(&item).copied().filter(|_| list.ordered) else { return known };
        let Some((definition, _)) =
            list.number.checked_sub(1).and_then(|index| self.lists.instances.get(index))
        else {
            return known;
        };
        let number = self.add(*definition, Some(Restart { level: list.level, start }));
        self.since.insert(place, number);
        number
    }

    fn open_inside(&mut self, format: LevelFormat, outer: &ListPlace, start: usize) -> usize {
        let level = outer.level + 1;
        let is_numbered = format.format != "bullet";
        // Word begins a level with 1 after an item of the level above, and goes on otherwise.
        let goes_on = self.running.contains(&(outer.number, level));
        let restart = (is_numbered && (start != 1 || goes_on)).then_some(Restart { level, start });
        let (definition, _) = self.lists.instances[outer.number - 1];
        let levels = &mut self.lists.definitions[definition];
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
                self.lists.definitions.push(levels);
                self.add(self.lists.definitions.len() - 1, restart)
            }
        };
        if is_numbered {
            self.running.push((outer.number, level));
        }
        number
    }

    fn open_alone(&mut self, format: LevelFormat, start: usize) -> usize {
        let known = self.lists.definitions.iter().position(|levels| levels[0].is_like(&format));
        let bullets = format.format == "bullet";
        let definition = known.unwrap_or_else(|| {
            self.lists.definitions.push(vec![format]);
            self.lists.definitions.len() - 1
        });
        let restart = (!bullets).then_some(Restart { level: 0, start });
        let same = self.lists.instances.iter().position(|known| *known == (definition, restart));
        match same.filter(|_| bullets) {
            Some(index) => index + 1,
            None => self.add(definition, restart),
        }
    }

    fn add(&mut self, definition: usize, restart: Option<Restart>) -> usize {
        self.lists.instances.push((definition, restart));
        self.lists.instances.len()
    }

    /// Makes a style that of a level, where the level has none (17.9.23), so that who applies it in Word has the marker of
    /// its lists: gives the instance that the style refers to. Numbers of paragraphs that have nothing but the style begin
    /// anew, and count on among each other.
    pub fn tie(&mut self, style: &str, (number, level): (usize, usize)) -> Option<usize> {
        let (definition, _) = *self.lists.instances.get(number.checked_sub(1)?)?;
        self.tie_to(style, definition, level)
    }

    /// The same for a level of a list that is not in the document.
    pub fn adopt(&mut self, style: &str, from: &Lists, (number, level): (usize, usize)) -> Option<usize> {
        let (definition, _) = *from.instances.get(number.checked_sub(1)?)?;
        let levels = from.definitions.get(definition)?;
        let is_like = |own: &Vec<LevelFormat>| {
            own.len() >= levels.len() && own.iter().zip(levels).all(|(own, level)| own.is_like(level))
        };
        let known = self.lists.definitions.iter().position(is_like);
        let definition = known.unwrap_or_else(|| {
            self.lists.definitions.push(levels.clone());
            self.lists.definitions.len() - 1
        });
        self.tie_to(style, definition, level)
    }

    fn tie_to(&mut self, style: &str, definition: usize, level: usize) -> Option<usize> {
        let levels = self.lists.definitions.get(definition)?;
        if levels.len() <= level || self.lists.styles.contains_key(&(definition, level)) {
            return None;
        }
        let restart = levels.first().filter(|first| first.format != "bullet");
        let restart = restart.map(|_| Restart { level: 0, start: 1 });
        self.lists.styles.insert((definition, level), style.to_owned());
        if let Some(known) = self.of_styles.get(&definition) {
            return Some(*known);
        }
        let shared =
            self.lists.instances.iter().position(|known| *known == (definition, None) && restart.is_none());
        let instance = shared.map_or_else(|| self.add(definition, restart), |index| index + 1);
        self.of_styles.insert(definition, instance);
        Some(instance)
    }

    /// An item of this list begins: lists in it are the first in it.
    fn begin_item(&mut self, list: &ListPlace) {
        self.running.retain(|(number, level)| *number != list.number || *level <= list.level);
    }

    /// The lists, once all are known.
    pub fn into_lists(self) -> Lists {
        self.lists
    }
}

impl Lists {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.instances.is_empty()
    }

    /// The definitions and instances, for docx-rs.
    pub fn write(&self, riders: &mut Riders) -> Numberings {
        let mut numberings = Numberings::new();
        for (id, levels) in self.definitions.iter().enumerate() {
            let mut definition = AbstractNumbering::new(id + 1);
            definition.multi_level_type = Some("multilevel".to_owned());
            for (index, level) in all_levels(levels).iter().enumerate() {
                let mut level = level.write(index, riders);
                if let Some(style) = self.styles.get(&(id, index)) {
                    level = level.paragraph_style(style);
                }
                definition = definition.add_level(level);
            }
            numberings = numberings.add_abstract_numbering(definition);
        }
        for (index, (definition, restart)) in self.instances.iter().enumerate() {
            let mut instance = Instance::new(index + 1, definition + 1);
            if let Some(Restart { level, start }) = *restart {
                instance = instance.add_override(LevelOverride::new(level).start(start));
            }
            numberings = numberings.add_numbering(instance);
        }
        numberings
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
        let start = self.count(node);
        let number = self.numbering.open(format, column.list.as_ref(), start);
        ListScope::Marked(ListPlace { number, level, ordered, hanging })
    }

    /// The number of a list's first item (HTML, 4.4.5 and 4.4.8: `start`, `reversed`, `value`); notes the items whose number
    /// is not the one after that of the item before. Word has no numbers below 0.
    fn count(&mut self, list: NodeId) -> usize {
        let tree = self.tree;
        let said = |node: NodeId, name: &str| -> Option<i64> {
            tree.element(node)?.attribute(name)?.trim().parse().ok()
        };
        let items = tree.node(list).children.iter().copied();
        let items = || items.clone().filter(|item| tree.node(*item).style.display == Display::ListItem);
        let reversed = tree.element(list).is_some_and(|element| element.attribute("reversed").is_some());
        let step = if reversed { -1 } else { 1 };
        let start = said(list, "start").unwrap_or_else(|| if reversed { items().count() as i64 } else { 1 });
        let word = |number: i64| usize::try_from(number).unwrap_or_default().min(MOST);
        let mut next = start;
        let mut first = None;
        for item in items() {
            let number = said(item, "value").unwrap_or(next);
            let is_leap = first.is_some() && (number != next || reversed);
            if is_leap {
                self.numbering.leaps.insert(item, word(number));
            }
            first.get_or_insert(word(number));
            next = number.saturating_add(step);
        }
        first.unwrap_or_else(|| word(start))
    }

    /// Notes that the next paragraph is the first of this item, and carries its marker.
    pub(super) fn marker(&mut self, item: NodeId, column: &Column) {
        let shown =
            self.marker_of(item).is_some() || self.tree.node(item).style.list.style != ListStyle::None;
        column.list.iter().for_each(|list| self.numbering.begin_item(list));
        self.pending = column.list.clone().filter(|_| shown);
        if let Some(place) = &mut self.pending {
            place.number = self.numbering.instance_of(item, place);
        }
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
        assert_eq!(numbering.lists.definitions.len(), 3);
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
        assert_eq!(values(&document, "w:numId"), [1, 2, 3, 1, 1, 4]);
        assert_eq!(values(&document, "w:ilvl"), [0, 1, 1, 0, 1, 1]);
        // The last is that of the style.
        assert_eq!(values(&numbering, "w:startOverride"), [1, 3, 1, 9, 1]);
        assert_eq!(numbering.matches("<w:lvlOverride w:ilvl=\"1\">").count(), 3, "{numbering}");
    }

    #[test]
    fn items_that_leap_begin_anew() {
        let lists = "<ol><li>a</li><li value=7>b</li><li>c</li></ol><ol reversed start=-1><li>d</li></ol>
            <ol reversed><li>e</li><li>f</li><li value=9>g</li></ol>";
        let tree = Builder(tree_of(&("<p>x</p>".to_owned() + lists), ""));
        let (document, numbering) = (tree.part("word/document.xml"), tree.part("word/numbering.xml"));
        let all = |part: &str, from: &str| -> Vec<usize> {
            let found = part.split(from).skip(1);
            found.filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
        };
        assert_eq!(all(&document, "<w:numId w:val=\""), [1, 2, 2, 3, 4, 5, 6]);
        assert_eq!(all(&numbering, "<w:startOverride w:val=\""), [1, 7, 0, 3, 2, 9, 1]);
    }

    #[test]
    fn the_styles_of_items_have_the_numbering_of_their_lists() {
        let lists = "<ul><li>a<ul><li>b</li></ul></li></ul><ol><li>c</li></ol><ol><li>d</li></ol>";
        let tree = Builder(tree_of(&("<p>x</p>".to_owned() + lists), ""));
        let (numbering, styles) = (tree.part("word/numbering.xml"), tree.part("word/styles.xml"));
        let between = |part: &str, from: &str, to: &str| {
            part.split(from).nth(1).and_then(|rest| rest.split(to).next()).unwrap().to_owned()
        };
        let style = |id: &str| between(&styles, &format!(r#"w:styleId="{id}""#), "</w:style>");
        let bullets = r#"<w:numPr><w:ilvl w:val="0" /><w:numId w:val="1" /></w:numPr>"#;
        assert!(style("ListBullet").contains(bullets), "{styles}");
        assert!(
            style("ListBullet2").contains(&bullets.replace("ilvl w:val=\"0", "ilvl w:val=\"1")),
            "{styles}"
        );
        // Numbers have an instance of their own, so that whoever applies the style begins with one.
        assert!(style("ListNumber").contains(r#"<w:numId w:val="4" />"#), "{styles}");
        let instance = between(&numbering, r#"<w:num w:numId="4">"#, "</w:num>");
        assert!(instance.contains(r#"<w:startOverride w:val="1" />"#), "{numbering}");
        assert_eq!(numbering.matches("<w:pStyle ").count(), 3, "{numbering}");
        // Items say of themselves what their style does not.
        let document = tree.part("word/document.xml");
        assert_eq!(document.matches("<w:numPr>").count(), 2, "{document}");
    }
}
