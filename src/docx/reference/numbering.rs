//! Numbering (ISO/IEC 29500-1, 17.9): the reference's definitions as they are, for its styles and headers refer to
//! them, ours behind them under other numbers. A list whose style has a numbering of its own takes that.

use std::collections::BTreeMap;

use super::styles::open;
use super::xml;

/// A numbering part.
#[derive(Default)]
pub(super) struct Definitions {
    root: String,
    /// `w:numPicBullet`.
    bullets: Vec<String>,
    abstracts: Vec<(i64, String)>,
    instances: Vec<Instance>,
}

struct Instance {
    id: i64,
    definition: i64,
    xml: String,
}

/// A list's place among our own definitions: its instance and its level.
type Place = (i64, i64);

/// The numbering of a document that is being put together.
pub(super) struct Numbers<'r> {
    reference: Option<&'r Definitions>,
    own: Option<Definitions>,
    /// What is added to our numbers.
    definitions_from: i64,
    instances_from: i64,
    /// Whether a list has bullets.
    bulleted: BTreeMap<Place, bool>,
    /// How often the first level of a list has been met: lists inside it begin anew.
    items: BTreeMap<i64, usize>,
    /// The instances of the reference's definitions that our numbered lists became.
    restarts: BTreeMap<(Place, usize, i64), i64>,
    added: String,
}

/// What a paragraph's own numbering becomes where its style has one.
pub(super) enum Become {
    /// Nothing: the style says it.
    Style,
    /// This instance.
    Instance(i64),
}

impl Definitions {
    /// Reads a numbering part; `None` where it is none as Word writes it.
    pub fn read(part: &str) -> Option<Self> {
        let root = xml::root(part);
        (xml::name(root) == "w:numbering").then_some(())?;
        let mut found = Self { root: open(root), ..Self::default() };
        let number = |element: &str, name: &str| xml::attribute(element, name)?.parse::<i64>().ok();
        for child in xml::children(part) {
            match xml::name(child) {
                "w:numPicBullet" => found.bullets.push(child.to_owned()),
                "w:abstractNum" => {
                    let id = number(child, "w:abstractNumId");
                    found.abstracts.extend(id.map(|id| (id, child.to_owned())));
                }
                "w:num" => {
                    let definition = xml::value(child, "w:abstractNumId").and_then(|id| id.parse().ok());
                    let ids = number(child, "w:numId").zip(definition);
                    let instance = |(id, definition)| Instance { id, definition, xml: child.to_owned() };
                    found.instances.extend(ids.map(instance));
                }
                _ => {}
            }
        }
        Some(found)
    }

    fn instance(&self, id: i64) -> Option<&Instance> {
        self.instances.iter().find(|instance| instance.id == id)
    }

    /// Which lists have bullets.
    fn bulleted(&self) -> BTreeMap<Place, bool> {
        let mut levels: BTreeMap<i64, Vec<(i64, bool)>> = BTreeMap::new();
        for (id, definition) in &self.abstracts {
            let level = |level: &&str| xml::name(level) == "w:lvl";
            let found = xml::children(definition).into_iter().filter(level).filter_map(|level| {
                let at = xml::attribute(level, "w:ilvl")?.parse().ok()?;
                Some((at, xml::value(level, "w:numFmt").as_deref() == Some("bullet")))
            });
            levels.insert(*id, found.collect());
        }
        let each = self.instances.iter().flat_map(|instance| {
            let levels = levels.get(&instance.definition).map_or(&[][..], Vec::as_slice);
            levels.iter().map(|(level, bullets)| ((instance.id, *level), *bullets))
        });
        each.collect()
    }
}

impl<'r> Numbers<'r> {
    pub fn new(reference: Option<&'r Definitions>, own: Option<Definitions>) -> Self {
        let beyond = |ids: Option<i64>| ids.map_or(0, |most| most.max(0).saturating_add(1));
        let definitions = reference.and_then(|found| found.abstracts.iter().map(|(id, _)| *id).max());
        let instances = reference.and_then(|found| found.instances.iter().map(|found| found.id).max());
        Self {
            reference,
            bulleted: own.as_ref().map(Definitions::bulleted).unwrap_or_default(),
            own,
            definitions_from: beyond(definitions),
            instances_from: beyond(instances),
            items: BTreeMap::new(),
            restarts: BTreeMap::new(),
            added: String::new(),
        }
    }

    /// The number that one of our instances has here; 0 is none.
    pub fn instance(&self, own: i64) -> i64 {
        if own == 0 { 0 } else { own.saturating_add(self.instances_from) }
    }

    /// The number that one of our definitions has here.
    pub fn definition(&self, own: i64) -> i64 {
        own.saturating_add(self.definitions_from)
    }

    /// Notes that an item of our list stands here.
    pub fn item(&mut self, (number, level): Place) {
        if level == 0 {
            *self.items.entry(number).or_default() += 1;
        }
    }

    /// What the numbering of an item becomes in a style with the reference's numbering `theirs`.
    pub fn in_style(&mut self, place: Place, theirs: Place) -> Become {
        if self.bulleted.get(&place).copied().unwrap_or(true) {
            return Become::Style;
        }
        let Some(definition) = self.reference.and_then(|found| found.instance(theirs.0)) else {
            return Become::Style;
        };
        let definition = definition.definition;
        let (number, level) = place;
        let times = if level == 0 { 0 } else { self.items.get(&number).copied().unwrap_or(0) };
        let key = (place, times, theirs.0);
        if let Some(known) = self.restarts.get(&key) {
            return Become::Instance(*known);
        }
        let ours =
            self.own.as_ref().map_or(0, |own| own.instances.iter().map(|own| own.id).max().unwrap_or(0));
        let id = self.instance(ours.saturating_add(1)).saturating_add(self.restarts.len() as i64);
        let (start, level) = (self.start(place), theirs.1);
        self.added += &format!(
            r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{definition}"/><w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>"#
        );
        self.restarts.insert(key, id);
        Become::Instance(id)
    }

    /// Where a list of ours starts.
    fn start(&self, (number, level): Place) -> i64 {
        let instance = self.own.as_ref().and_then(|own| own.instance(number));
        let overrides = instance.map(|instance| xml::children(&instance.xml)).unwrap_or_default();
        let here = overrides
            .into_iter()
            .find(|entry| xml::attribute(entry, "w:ilvl").is_some_and(|at| at == level.to_string()));
        here.and_then(|entry| xml::value(entry, "w:startOverride")?.parse().ok()).unwrap_or(1)
    }

    /// The definitions and instances of ours, as they stand in our part.
    pub fn own(&self) -> (Vec<String>, Vec<String>) {
        let Some(own) = &self.own else { return Default::default() };
        let definitions = own.abstracts.iter().map(|(_, xml)| xml.clone()).collect();
        (definitions, own.instances.iter().map(|instance| instance.xml.clone()).collect())
    }

    /// The numbering part with these definitions and instances of ours; `None` where there is nothing in it.
    pub fn part(&self, definitions: &str, instances: &str) -> Option<String> {
        let (theirs, own) = (self.reference, self.own.as_ref());
        let root = match (theirs, own) {
            (Some(theirs), Some(own)) => xml::with_namespaces(&theirs.root, &own.root),
            (Some(one), None) | (None, Some(one)) => one.root.clone(),
            (None, None) => return None,
        };
        let (bullets, abstracts, nums): (String, String, String) =
            theirs.map_or_else(Default::default, |found| {
                (
                    found.bullets.concat(),
                    found.abstracts.iter().map(|(_, xml)| xml.as_str()).collect(),
                    found.instances.iter().map(|instance| instance.xml.as_str()).collect(),
                )
            });
        let (declaration, added) = (super::DECLARATION, &self.added);
        Some(format!(
            "{declaration}{root}{bullets}{abstracts}{definitions}{nums}{instances}{added}</w:numbering>"
        ))
    }
}
