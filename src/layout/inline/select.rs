//! Which font a style and a character get, and what that leaves to be told.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::collect::Span;
use super::shapes::Substitute;
use super::{Typesetter, stand_in};
use crate::diag::Diagnostic;
use crate::fonts::{Face, FontId};
use crate::style::computed::{Caps, Font, FontPosition};
use crate::style::{ComputedStyle, NodeId};
use crate::units::Px;

/// The size of small capitals that are made of capitals, of the font's own.
const SMALL_CAPS: f32 = 0.8;

/// The size of figures above and below the line that are made of others, of the font's own.
const POSITIONED: f32 = 0.66;

/// The font of a shared style. The style is kept, so that no other can come to its address.
type KnownFont = (Arc<Font>, Option<FontId>);
/// The style of small capitals of a shared style, which is kept too.
type KnownSmall = (Arc<ComputedStyle>, Arc<ComputedStyle>);

/// A font, and the character that the style wants for its hyphen.
type AskedHyphen = (FontId, Option<char>);

/// What was looked up for a document so far, and what is to be told about it.
#[derive(Debug, Default)]
pub(super) struct Lookups {
    fonts: RefCell<HashMap<*const Font, KnownFont>>,
    small: RefCell<HashMap<*const ComputedStyle, KnownSmall>>,
    hyphens: RefCell<BTreeMap<AskedHyphen, (u16, f32)>>,
    missing_characters: RefCell<BTreeMap<char, Missing>>,
    missing_families: RefCell<BTreeSet<(Arc<str>, FontId)>>,
}

/// A character that the font of its style lacks, where it is met first.
#[derive(Debug)]
struct Missing {
    lacking: FontId,
    found: Option<FontId>,
    node: Option<NodeId>,
}

/// So many characters are named that one font lacks and another has.
const NAMED: usize = 4;

impl Typesetter<'_> {
    /// The font of a style: that of its first family that is there. `None` only of an empty book.
    pub(super) fn font(&self, font: &Arc<Font>) -> Option<FontId> {
        let key = Arc::as_ptr(font);
        if let Some((_, id)) = self.lookups.fonts.borrow().get(&key) {
            return *id;
        }
        let id = self.fonts.select(&font.families, font.weight, font.slant);
        if let (Some(id), Some(first)) = (id, font.families.first())
            && self.fonts.family(first).is_none()
        {
            self.lookups.missing_families.borrow_mut().insert((first.clone(), id));
        }
        self.lookups.fonts.borrow_mut().insert(key, (font.clone(), id));
        id
    }

    /// The face of a style. `None` only of an empty book.
    pub(super) fn face(&self, font: &Arc<Font>) -> Option<&Face> {
        self.font(font).map(|id| self.fonts.face(id))
    }

    /// The style of a small capital that has to be made of a capital, because the font has none of its own.
    pub(super) fn small_style(
        &self,
        style: &Arc<ComputedStyle>,
        character: char,
    ) -> Option<Arc<ComputedStyle>> {
        let is_small = match style.font.caps {
            Caps::Normal => false,
            Caps::SmallCaps => character.is_lowercase(),
            Caps::AllSmallCaps => character.is_alphabetic(),
        };
        if !is_small || self.face(&style.font)?.small_caps {
            return None;
        }
        let mut known = self.lookups.small.borrow_mut();
        let (_, small) = known.entry(Arc::as_ptr(style)).or_insert_with(|| {
            let font = Font { size: style.font.size * SMALL_CAPS, ..(*style.font).clone() };
            (style.clone(), Arc::new(ComputedStyle { font: Arc::new(font), ..(**style).clone() }))
        });
        Some(small.clone())
    }

    /// The style of text above or below the line that has to be made of smaller figures, because the font has none
    /// of its own.
    pub(super) fn position_style(&self, style: &Arc<ComputedStyle>) -> Option<Arc<ComputedStyle>> {
        let positions = || self.face(&style.font).map(|face| face.positions);
        let is_made = match style.font.position {
            FontPosition::Normal => false,
            FontPosition::Super => !positions()?.0,
            FontPosition::Sub => !positions()?.1,
        };
        is_made.then(|| {
            let mut known = self.lookups.small.borrow_mut();
            let (_, small) = known.entry(Arc::as_ptr(style)).or_insert_with(|| {
                let font = Font { size: style.font.size * POSITIONED, ..(*style.font).clone() };
                (style.clone(), Arc::new(ComputedStyle { font: Arc::new(font), ..(**style).clone() }))
            });
            small.clone()
        })
    }

    /// The glyph of a hyphen in a font, `asked` if it has that, and its advance at a size of 1 px.
    pub(super) fn hyphen(&self, font: FontId, asked: Option<char>) -> (u16, Px) {
        let mut known = self.lookups.hyphens.borrow_mut();
        let (glyph, advance) = *known.entry((font, asked)).or_insert_with(|| {
            let face = self.fonts.face(font);
            let signs = asked.into_iter().chain(['\u{2010}']);
            let sign = signs.into_iter().find(|&sign| face.has(sign)).unwrap_or('-');
            let glyph = face.glyph(sign);
            (glyph, face.advance(glyph).0)
        });
        (glyph, Px(advance))
    }

    /// Keeps what is to be told about characters of spans that the fonts of their styles lack.
    pub(super) fn substituted(&self, substitutes: &[Substitute], spans: &[Span]) {
        let mut missing = self.lookups.missing_characters.borrow_mut();
        for &Substitute { character, lacking, found, span } in substitutes {
            let node = spans[span].node;
            missing.entry(character).or_insert(Missing { lacking, found, node });
        }
    }

    /// What to tell about all paragraphs that were prepared: characters and families that are not there, each
    /// once.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let families = self.lookups.missing_families.borrow();
        let families = families.iter().map(|(family, font)| {
            let served = &self.fonts.face(*font).family;
            Diagnostic::warning(
                "missing-font",
                format!("there is no font family “{family}”; {served} serves"),
            )
            .hint("put its .ttf or .otf files in the folder fonts/ of the project")
        });
        families.chain(self.missing_characters()).collect()
    }

    /// Characters that no font has, each; those that another font has, once for both fonts.
    fn missing_characters(&self) -> Vec<Diagnostic> {
        let missing = self.lookups.missing_characters.borrow();
        let family = |font: FontId| &*self.fonts.face(font).family;
        let mut told = Vec::new();
        let mut served: BTreeMap<(&str, &str), Vec<(char, &Missing)>> = BTreeMap::new();
        for (&character, of) in &*missing {
            match of.found {
                Some(found) => {
                    served.entry((family(of.lacking), family(found))).or_default().push((character, of));
                }
                None => told.push(self.at(of.node, not_there(character, self.fonts.face(of.lacking)))),
            }
        }
        let served = served.into_iter().map(|((lacks, serves), characters)| {
            let names: Vec<String> =
                characters.iter().take(NAMED).map(|&(character, _)| name(character)).collect();
            let more = match characters.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let names = names.join(", ");
            let message = format!("{lacks} has no {names}{more}; {serves} serves");
            let first = characters.iter().filter_map(|(_, of)| of.node).min();
            self.at(first, Diagnostic::warning("missing-glyph", message))
        });
        served.chain(told).collect()
    }

    fn at(&self, node: Option<NodeId>, warning: Diagnostic) -> Diagnostic {
        match node {
            Some(node) => warning.at(self.tree.place(node)),
            None => warning,
        }
    }
}

/// What to tell of a character that no font has.
fn not_there(character: char, lacking: &Face) -> Diagnostic {
    let stands = match stand_in::of(character.encode_utf8(&mut [0; 4]), lacking) {
        Some(sign) => format!("“{sign}” stands for it"),
        None => "a replacement sign stands for it".to_owned(),
    };
    Diagnostic::warning("missing-glyph", format!("no font has {}; {stands}", name(character)))
        .hint("add a font that has it to the folder fonts/ of the project")
}

fn name(character: char) -> String {
    format!("U+{:04X} “{character}”", character as u32)
}
