//! Numbering (ISO/IEC 29500-1, 17.9): which list a paragraph is in, what stands before its items, and with which number
//! it begins.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::element::{attribute, child, name, number, value};

/// Levels of a list.
const LEVELS: usize = 9;

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// By `w:abstractNumId`.
    definitions: BTreeMap<u32, [Level; LEVELS]>,
    /// By `w:numId`.
    lists: BTreeMap<u32, List>,
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    begun: BTreeSet<u32>,
}

/// A level of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Level {
    pub mark: Mark,
    start: u32,
    /// From the left side to the text, twips.
    pub indent: Option<i32>,
}

/// What stands before an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Bullet,
    /// A number; `type` of the list in HTML.
    Number(Option<char>),
    /// Nothing: the paragraph belongs to the item before it.
    Nothing,
}

/// A list: the definition that it follows, and what it says differently.
#[derive(Debug)]
struct List {
    definition: u32,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

impl Default for Level {
    fn default() -> Self {
        Self { mark: Mark::Bullet, start: 1, indent: None }
    }
}

impl Level {
    fn read(node: Node) -> Self {
        let text = value(node, "lvlText").unwrap_or_default();
        let has_picture = child(node, "lvlPicBulletId").is_some();
        let mark = match value(node, "numFmt").unwrap_or("decimal") {
            "none" => Mark::Nothing,
            "bullet" if text.trim().is_empty() && !has_picture => Mark::Nothing,
            "bullet" => Mark::Bullet,
            "lowerLetter" => Mark::Number(Some('a')),
            "upperLetter" => Mark::Number(Some('A')),
            "lowerRoman" => Mark::Number(Some('i')),
            "upperRoman" => Mark::Number(Some('I')),
            _ => Mark::Number(None),
        };
        let indent = child(node, "pPr").and_then(super::styles::indent);
        Self { mark, start: number(node, "start").unwrap_or(1), indent }
    }
}

impl Numbering {
    /// Reads the numbering part.
    pub fn read(root: Node) -> Self {
        let mut all = Self::default();
        let mut links = BTreeMap::new();
        let mut linked = BTreeMap::new();
        for node in root.children().filter(|node| name(*node) == "abstractNum") {
            let Some(id) = attribute(node, "abstractNumId").and_then(|id| id.parse().ok()) else { continue };
            let mut levels = [Level::default(); LEVELS];
            for level in node.children().filter(|node| name(*node) == "lvl") {
                if let Some(place) = index(level).and_then(|at| levels.get_mut(at)) {
                    *place = Level::read(level);
                }
            }
            if let Some(style) = value(node, "styleLink") {
                linked.insert(style.to_owned(), id);
            }
            if let Some(style) = value(node, "numStyleLink") {
                links.insert(id, style.to_owned());
            }
            all.definitions.insert(id, levels);
        }
        for (id, style) in links {
            if let Some(levels) = linked.get(&style).and_then(|id| all.definitions.get(id)) {
                all.definitions.insert(id, *levels);
            }
        }
        for node in root.children().filter(|node| name(*node) == "num") {
            let id = attribute(node, "numId").and_then(|id| id.parse().ok());
            let (Some(id), Some(definition)) = (id, number(node, "abstractNumId")) else { continue };
            let mut list = List { definition, starts: [None; LEVELS], levels: [None; LEVELS] };
            for change in node.children().filter(|node| name(*node) == "lvlOverride") {
                let Some(at) = index(change).filter(|at| *at < LEVELS) else { continue };
                list.starts[at] = number(change, "startOverride");
                list.levels[at] = child(change, "lvl").map(Level::read);
            }
            all.lists.insert(id, list);
        }
        all
    }

    /// A level of a list; `None` for a list that is not there.
    pub fn level(&self, list: u32, level: u8) -> Option<Level> {
        let (at, list) = (usize::from(level), self.lists.get(&list)?);
        let own = *list.levels.get(at)?;
        own.or_else(|| self.definitions.get(&list.definition)?.get(at).copied())
    }

    /// The definition that a list follows: lists with the same one go on with each other's numbers.
    pub fn definition(&self, list: u32) -> Option<u32> {
        self.lists.get(&list).map(|list| list.definition)
    }

    /// The number of the next item of a list.
    pub fn count(&mut self, list: u32, level: u8) -> u32 {
        let at = usize::from(level).min(LEVELS - 1);
        let start = self.level(list, level).map_or(1, |level| level.start);
        let Some(found) = self.lists.get(&list) else { return start };
        let counts = self.counts.entry(found.definition).or_default();
        if self.begun.insert(list) {
            for (count, start) in counts.iter_mut().zip(found.starts) {
                *count = start.map(|start| start.saturating_sub(1)).or(*count);
            }
        }
        let count = counts[at].map_or(found.starts[at].unwrap_or(start), |count| count.saturating_add(1));
        counts[at] = Some(count);
        counts[at + 1..].fill(None);
        count
    }
}

fn index(node: Node) -> Option<usize> {
    attribute(node, "ilvl")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::docx::element::parse;

    #[test]
    fn lists_go_on_and_start_again() {
        let xml = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimal'/></w:lvl>\
                   <w:lvl w:ilvl='1'><w:numFmt w:val='bullet'/><w:lvlText w:val='•'/></w:lvl></w:abstractNum>\
                   <w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='7'/></w:num>\
                   <w:num w:numId='4'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num></w:numbering>";
        let part = parse(xml).unwrap();
        let mut numbering = Numbering::read(part.root_element());
        let counted: Vec<u32> = [1, 1, 2, 4, 4, 1].into_iter().map(|list| numbering.count(list, 0)).collect();
        assert_eq!(counted, [3, 4, 5, 1, 2, 3]);
        assert_eq!(numbering.level(1, 1).map(|level| level.mark), Some(Mark::Bullet));
        assert_eq!((numbering.level(9, 0), numbering.level(1, 9)), (None, None));
    }
}
