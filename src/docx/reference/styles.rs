//! Styles (ISO/IEC 29500-1, 17.7): the reference's as they are, ours beside them where it has none of that name.
//! Names tell which is which: identifiers are in the language of the Word that wrote them.

use std::collections::{BTreeMap, BTreeSet};

use super::xml;
use crate::docx::look::Rgb;
use crate::docx::package::escape;

/// A style is based on one that is based on another, and so on, no further than this.
const LONGEST_CHAIN: usize = 32;

/// A styles part.
pub(super) struct Sheet {
    /// Its root's start tag.
    pub root: String,
    /// The document's defaults.
    defaults: Option<String>,
    /// What Word knows of the styles that are not in it.
    latent: Option<String>,
    pub styles: Vec<Style>,
}

/// A style.
pub(super) struct Style {
    /// `w:styleId`.
    pub id: String,
    /// `w:name`, as it stands there.
    pub name: String,
    /// `paragraph`, `character`, `table` or `numbering`.
    pub kind: String,
    pub default: bool,
    base: Option<String>,
    /// Numbering instance and level.
    numbering: Option<(i64, i64)>,
    pub xml: String,
}

/// What a style of ours is in the document with the reference's styles.
pub(super) struct Given<'r> {
    /// Its `w:styleId` there.
    pub id: String,
    /// The reference's style that takes its place.
    pub taken: Option<Taken<'r>>,
}

/// A style of the reference in the place of one of ours.
#[derive(Clone, Copy)]
pub(super) struct Taken<'r> {
    pub style: &'r Style,
    /// Its numbering instance and level, where it has one.
    pub numbering: Option<(i64, i64)>,
    /// The colour of text in ours.
    pub color: Option<Rgb>,
}

/// Our styles among those of the reference.
pub(super) struct Merged<'r> {
    /// By our identifier.
    pub given: BTreeMap<String, Given<'r>>,
    /// Ours that the reference has none for: with identifier and name that are free there.
    pub added: Vec<String>,
    /// Identifiers in lower case.
    taken: BTreeSet<String>,
    /// Names in lower case.
    names: BTreeSet<String>,
}

impl Sheet {
    /// Reads a styles part; `None` where it is none as Word writes it.
    pub fn read(part: &str) -> Option<Self> {
        let root = xml::root(part);
        if xml::name(root) != "w:styles" {
            return None;
        }
        let mut sheet = Self { root: open(root), defaults: None, latent: None, styles: Vec::new() };
        for child in xml::children(part) {
            match xml::name(child) {
                "w:docDefaults" => sheet.defaults = Some(child.to_owned()),
                "w:latentStyles" => sheet.latent = Some(child.to_owned()),
                "w:style" => sheet.styles.extend(Style::read(child)),
                _ => {}
            }
        }
        Some(sheet)
    }

    /// Without the slips that other programs leave in their styles, and that Word mends when it opens a file: a second style
    /// of a name has another (17.7.4.9), and a style is tied to none that is not there or is of another type; a link that
    /// does not lead back is none (17.7.4.3, 17.7.4.6, 17.7.4.10).
    pub fn mended(mut self) -> Self {
        let mut names = BTreeSet::new();
        for style in &mut self.styles {
            if names.insert(key(&style.name)) {
                continue;
            }
            let own = style.name.clone();
            let free = (2..).map(|number| format!("{own} {number}")).find(|name| names.insert(key(name)));
            style.name = free.unwrap_or_default();
            let old = xml::child(&style.xml, "w:name").unwrap_or_default().to_owned();
            style.xml = style.xml.replacen(&old, &xml::with_attribute(&old, "w:val", &style.name), 1);
        }
        let known: BTreeMap<String, (String, Option<String>)> = self
            .styles
            .iter()
            .map(|style| (style.id.clone(), (style.kind.clone(), xml::value(&style.xml, "w:link"))))
            .collect();
        for style in &mut self.styles {
            for name in ["w:basedOn", "w:next", "w:link"] {
                let Some(tie) = xml::child(&style.xml, name).map(str::to_owned) else { continue };
                let target = xml::attribute(&tie, "w:val").and_then(|id| known.get(&id));
                let holds = target.is_some_and(|(kind, back)| match name {
                    "w:next" => kind == "paragraph",
                    "w:link" => *kind != style.kind && back.as_ref() == Some(&style.id),
                    _ => *kind == style.kind,
                });
                if !holds {
                    style.xml = style.xml.replacen(&tie, "", 1);
                }
            }
            style.base = xml::value(&style.xml, "w:basedOn");
        }
        self
    }

    /// The style of this kind and name, whatever its identifier.
    pub fn find(&self, kind: &str, name: &str) -> Option<&Style> {
        let key = key(name);
        self.styles.iter().find(|style| style.kind == kind && self::key(&style.name) == key)
    }

    /// The style of paragraphs that name none.
    pub fn default_paragraph(&self) -> Option<&Style> {
        self.default("paragraph")
    }

    fn default(&self, kind: &str) -> Option<&Style> {
        self.styles.iter().find(|style| style.default && style.kind == kind)
    }

    fn is_default(&self, id: &str) -> bool {
        self.styles.iter().any(|style| style.default && style.id == id)
    }

    /// A style and those that it is based on, the nearest first.
    fn chain<'s>(&'s self, style: &'s Style) -> impl Iterator<Item = &'s Style> {
        let base = |style: &&Style| {
            let base = style.base.as_ref()?;
            self.styles.iter().find(|other| other.id == *base)
        };
        std::iter::successors(Some(style), base).take(LONGEST_CHAIN)
    }

    fn numbering(&self, style: &Style) -> Option<(i64, i64)> {
        self.chain(style).find_map(|style| style.numbering).filter(|(number, _)| *number > 0)
    }

    /// The fonts of a style, `w:rFonts`, or those of the document.
    pub fn fonts<'s>(&'s self, style: &'s Style) -> Option<&'s str> {
        let own = self.chain(style).find_map(|style| run_property(&style.xml, "w:rFonts"));
        own.or_else(|| run_property(xml::child(self.defaults.as_deref()?, "w:rPrDefault")?, "w:rFonts"))
    }

    fn color(&self, style: &Style) -> Option<Rgb> {
        let own = self.chain(style).find_map(|style| run_property(&style.xml, "w:color"));
        let default = || run_property(xml::child(self.defaults.as_deref()?, "w:rPrDefault")?, "w:color");
        hex(&xml::attribute(own.or_else(default)?, "w:val")?)
    }

    /// The document's defaults in the language of the article: the reference's own kind of it where it has one.
    fn defaults(&self, (short, lang): (&str, &str)) -> String {
        let defaults = self.defaults.as_deref().unwrap_or("<w:docDefaults></w:docDefaults>");
        let old = xml::child(defaults, "w:rPrDefault").unwrap_or_default();
        let properties = xml::child(old, "w:rPr").unwrap_or_default();
        let known = xml::child(properties, "w:lang");
        let same = known.and_then(|known| xml::attribute(known, "w:val")).filter(|known| {
            let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
            primary(known) == short.to_ascii_lowercase()
        });
        let said =
            xml::with_attribute(known.unwrap_or("<w:lang/>"), "w:val", &same.unwrap_or(lang.to_owned()));
        // After `w:lang` come only `w:eastAsianLayout` and `w:specVanish`.
        let is_before = |child: &&str| {
            !["w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath"].contains(&xml::name(child))
        };
        let run: String = xml::children(properties).into_iter().filter(is_before).collect();
        let paragraph = xml::child(defaults, "w:pPrDefault").unwrap_or_default();
        format!(
            "<w:docDefaults><w:rPrDefault><w:rPr>{run}{said}</w:rPr></w:rPrDefault>{paragraph}</w:docDefaults>"
        )
    }

    /// The styles part with `added` styles in it, which are in the namespaces of the root `other`.
    ///
    /// `lang` is the article's language as it says it, and with a region.
    pub fn part(&self, lang: (&str, &str), added: &str, other: &str) -> String {
        let root = xml::with_namespaces(&self.root, other);
        let latent = self.latent.as_deref().unwrap_or_default();
        let own: String = self.styles.iter().map(|style| style.xml.as_str()).collect();
        let declaration = super::DECLARATION;
        format!("{declaration}{root}{}{latent}{own}{added}</w:styles>", self.defaults(lang))
    }

    /// Finds for each style of ours the place that it has among these.
    pub fn merge(&self, ours: &Self) -> Merged<'_> {
        let mut merged = Merged {
            given: BTreeMap::new(),
            added: Vec::new(),
            taken: self.styles.iter().map(|style| style.id.to_lowercase()).collect(),
            names: self.styles.iter().map(|style| key(&style.name)).collect(),
        };
        for own in &ours.styles {
            let default = self.default(&own.kind).filter(|_| own.default);
            if let Some(style) = default.or_else(|| self.find(&own.kind, &own.name)) {
                let numbering = self.numbering(style);
                let taken = Some(Taken { style, numbering, color: ours.color(own) });
                merged.given.insert(own.id.clone(), Given { id: style.id.clone(), taken });
                continue;
            }
            let (id, name) = merged.free(&own.id, &own.name);
            let mut tags = own.xml.replacen(&own.tag(), &own.tag_as(&id), 1);
            if name != own.name {
                let old = xml::child(&own.xml, "w:name").unwrap_or_default();
                tags = tags.replacen(old, &xml::with_attribute(old, "w:val", &name), 1);
            }
            merged.added.push(tags);
            // A style that says what is different from one of a kind has the numbering of its kind.
            let based = own.base.as_ref().filter(|base| !ours.is_default(base));
            let kind = based.and_then(|base| merged.given.get(base)).and_then(|base| base.taken);
            let taken = kind.map(|kind| Taken { color: ours.color(own), ..kind });
            merged.given.insert(own.id.clone(), Given { id, taken });
        }
        merged
    }
}

impl Merged<'_> {
    /// An identifier and a name that no style has, as near to these as can be.
    pub fn free(&mut self, id: &str, name: &str) -> (String, String) {
        let first = |text: &str, between: &str, is_free: &dyn Fn(&str) -> bool| {
            let numbered = (2..).map(|number| format!("{text}{between}{number}"));
            std::iter::once(text.to_owned()).chain(numbered).find(|text| is_free(text)).unwrap_or_default()
        };
        let id = first(id, "", &|id| !self.taken.contains(&id.to_lowercase()));
        let name = first(name, " ", &|name| !self.names.contains(&key(name)));
        self.taken.insert(id.to_lowercase());
        self.names.insert(key(&name));
        (id, name)
    }
}

impl Style {
    fn read(element: &str) -> Option<Self> {
        let paragraph = xml::child(element, "w:pPr").unwrap_or_default();
        let numbering = xml::child(paragraph, "w:numPr").and_then(|numbering| {
            let number = |name: &str| xml::value(numbering, name)?.parse().ok();
            Some((number("w:numId")?, number("w:ilvl").unwrap_or(0)))
        });
        let on = |text: String| matches!(text.as_str(), "1" | "true" | "on");
        Some(Self {
            id: xml::attribute(element, "w:styleId")?,
            name: xml::value(element, "w:name")?,
            kind: xml::attribute(element, "w:type").unwrap_or_else(|| "paragraph".to_owned()),
            default: xml::attribute(element, "w:default").is_some_and(on),
            base: xml::value(element, "w:basedOn"),
            numbering,
            xml: element.to_owned(),
        })
    }

    fn tag(&self) -> String {
        xml::root(&self.xml).to_owned()
    }

    fn tag_as(&self, id: &str) -> String {
        xml::with_attribute(xml::root(&self.xml), "w:styleId", id)
    }
}

/// A paragraph style like `base`, with text in another colour.
pub(super) fn in_color(id: &str, name: &str, base: &str, color: Rgb) -> String {
    let (id, name, base, color) = (escape(id), escape(name), escape(base), color.hex());
    format!(
        r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/><w:qFormat/><w:rPr><w:color w:val="{color}"/></w:rPr></w:style>"#
    )
}

/// A start tag that is not also an end tag.
pub(super) fn open(tag: &str) -> String {
    match tag.strip_suffix("/>") {
        Some(start) => format!("{start}>"),
        None => tag.to_owned(),
    }
}

/// `RRGGBB`.
pub(super) fn hex(text: &str) -> Option<Rgb> {
    let part = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (text.len() == 6).then_some(())?;
    Some(Rgb([part(0)?, part(2)?, part(4)?]))
}

/// A property of the text in a style.
fn run_property<'x>(style: &'x str, name: &str) -> Option<&'x str> {
    xml::child(xml::child(style, "w:rPr")?, name)
}

/// A style's name for comparing: names know no case, and old files have aliases behind a comma.
fn key(name: &str) -> String {
    name.split(',').next().unwrap_or_default().trim().to_lowercase()
}
