//! The cascade (CSS Cascade 4): from rules and elements to computed styles.

mod adjust;
mod custom;
mod hints;
mod matching;

pub(crate) use custom::{Custom, substitute};
pub(crate) use matching::{Matcher, Matches, Rule};

use std::cell::RefCell;
use std::sync::Arc;

use cssparser::SourceLocation;
use selectors::FxHashMap;
use smallvec::SmallVec;

use super::computed::{ComputedStyle, Display, LineHeight};
use super::properties::{Longhand, Phase, Property};
use super::sheet::{Block, Declaration, Kind, NOWHERE, SheetText, Wide, parse_attribute, parse_property};
use super::values::{Context, Input, PictureBook};
use crate::diag::Diagnostic;
use crate::dom::Element;
use crate::units::Px;

/// An element's computed style, with what its children inherit beside it.
pub(crate) struct Styled {
    id: u32,
    /// The style.
    pub style: Arc<ComputedStyle>,
    /// The custom properties.
    pub custom: Arc<Custom>,
    /// The `display` of the box that children are in: the nearest that is not `contents`.
    pub container: Display,
}

/// Which declarations are of the user agent's sheet, and which of the author's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    UserAgent,
    Author,
}

/// What there is to cascade for one element or pseudo-element.
pub(crate) struct Given<'a> {
    /// The blocks of the rules that match, weakest first.
    pub rules: &'a [Rule<'a>],
    /// What its attributes ask for, weaker than any rule of an author.
    pub hints: Option<&'a Block>,
    /// Its `style` attribute.
    pub inline: Option<&'a Block>,
    /// Whether its box is inside another's content: the root's is not.
    pub is_root: bool,
}

/// Computes the styles of one document.
pub(crate) struct Cascade<'a> {
    initial: Styled,
    rem: Px,
    next_id: u32,
    pictures: &'a PictureBook<'a>,
    shared: FxHashMap<(u32, Box<[usize]>), Arc<Styled>>,
    deferred: FxHashMap<(usize, u32), Arc<[Kind]>>,
    /// What was wrong with values that could be read only with their element.
    pub problems: RefCell<Vec<Diagnostic>>,
}

/// A declaration that applies, or one that its variables have become.
enum Applied<'a> {
    Written(&'a Kind),
    Read(Arc<[Kind]>),
}

struct Winner<'a> {
    applied: Applied<'a>,
    origin: Origin,
    at: SourceLocation,
    text: &'a Arc<SheetText>,
}

impl<'a> Cascade<'a> {
    /// A cascade for a document with these pictures.
    pub fn new(pictures: &'a PictureBook<'a>) -> Self {
        let style = ComputedStyle::default();
        let initial = Styled {
            id: 0,
            style: Arc::new(style),
            custom: Arc::new(Custom::default()),
            container: Display::Block,
        };
        Self {
            initial,
            rem: Px(16.0),
            next_id: 1,
            pictures,
            shared: FxHashMap::default(),
            deferred: FxHashMap::default(),
            problems: RefCell::new(Vec::new()),
        }
    }

    /// The style of an element. Elements with the same parent and the same rules share one.
    pub fn style(&mut self, parent: Option<&Arc<Styled>>, given: &Given<'_>) -> Arc<Styled> {
        if given.hints.is_some() || given.inline.is_some() || given.is_root {
            let styled = self.compute(parent, given);
            if given.is_root {
                self.rem = styled.style.font.size;
            }
            return Arc::new(styled);
        }
        let parent_id = parent.map_or(0, |parent| parent.id);
        let rules = given.rules.iter().map(|rule| std::ptr::from_ref(rule.block) as usize).collect();
        let key = (parent_id, rules);
        if let Some(known) = self.shared.get(&key) {
            return known.clone();
        }
        let styled = Arc::new(self.compute(parent, given));
        self.shared.insert(key, styled.clone());
        styled
    }

    /// The picture that a page's margin box names.
    pub fn picture(&self, src: &str, file: &Arc<str>) -> Option<Arc<crate::media::Picture>> {
        self.pictures.load_or_note(src, &crate::diag::Place::file(file.clone()))
    }

    fn compute(&mut self, parent: Option<&Arc<Styled>>, given: &Given<'_>) -> Styled {
        let id = self.next_id;
        self.next_id += 1;
        let ordered = in_order(given);
        let inherited = parent.map_or_else(|| self.initial.custom.clone(), |parent| parent.custom.clone());
        let custom = Custom::cascade(inherited, id, ordered.iter().map(|found| &found.declaration.kind));
        let winners: SmallVec<[Winner<'_>; 24]> =
            ordered.iter().filter_map(|found| self.winner(found, &custom)).collect();
        let parent_style = parent.map_or(&*self.initial.style, |parent| &*parent.style);
        let mut work = Work {
            parent: parent_style,
            style: fresh(parent_style, &self.initial.style),
            rem: if given.is_root { None } else { Some(self.rem) },
            pictures: self.pictures,
            user_agent: None,
        };
        for phase in [Phase::Font, Phase::Line, Phase::Rest] {
            work.apply(phase, &winners, &self.initial.style);
        }
        let mut style = work.style;
        let outer = parent.map_or(Display::Block, |parent| parent.container);
        adjust::adjust(&mut style, outer, given.is_root);
        let container = if style.display == Display::Contents { outer } else { style.display };
        Styled { id, style: Arc::new(style), custom, container }
    }

    /// The declaration as it applies: with `var()` it is read anew for each set of custom properties.
    fn winner<'d>(&mut self, found: &Found<'d>, custom: &Arc<Custom>) -> Option<Winner<'d>> {
        let applied = match &found.declaration.kind {
            Kind::Custom(..) => return None,
            Kind::Deferred(property, text) => Applied::Read(self.read(found, *property, text, custom)),
            kind => Applied::Written(kind),
        };
        Some(Winner { applied, origin: found.origin, at: found.declaration.at, text: found.text })
    }

    fn read(&mut self, found: &Found<'_>, property: Property, text: &str, custom: &Custom) -> Arc<[Kind]> {
        let key = (std::ptr::from_ref(found.declaration) as usize, custom.id());
        if let Some(known) = self.deferred.get(&key) {
            return known.clone();
        }
        let kinds: Arc<[Kind]> = self.read_anew(found, property, text, custom).into();
        self.deferred.insert(key, kinds.clone());
        kinds
    }

    /// Puts the custom properties in place and parses what there is then. What cannot be parsed is as if it
    /// were `unset` (CSS Variables 1, section 3.1).
    fn read_anew(&self, found: &Found<'_>, property: Property, text: &str, custom: &Custom) -> Vec<Kind> {
        let mut kinds = Vec::new();
        let problem = match substitute(text, &|name| custom.get(name)) {
            Ok(value) => match parse_property(property, &mut Input::new(&value), &mut kinds) {
                Ok(()) => return kinds,
                Err(error) => super::sheet::invalid(property.name(), &value, error),
            },
            Err(missing) => super::sheet::Refusal::new(
                "unknown-variable",
                format!("`{missing}` has no value here"),
                Some(format!("set `{missing}` on :root, or give a fallback: var({missing}, …)")),
            ),
        };
        let problem = found.text.warning(found.declaration.at, problem);
        let mut problems = self.problems.borrow_mut();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
        kinds.clear();
        let names: &[&str] = match property {
            Property::Long(longhand) => &[longhand.name],
            Property::Short(shorthand) => shorthand.longhands,
        };
        for name in names {
            if let Some(Property::Long(longhand)) = super::properties::property(name) {
                kinds.push(Kind::Wide(longhand, Wide::Unset));
            }
        }
        kinds
    }
}

/// A declaration of the cascade with where it is from.
struct Found<'a> {
    declaration: &'a Declaration,
    text: &'a Arc<SheetText>,
    origin: Origin,
}

/// All declarations that match, weakest first (CSS Cascade 4, section 6.1).
fn in_order<'a>(given: &Given<'a>) -> SmallVec<[Found<'a>; 32]> {
    let mut found = SmallVec::new();
    let mut take = |block: &'a Block, origin: Origin, important: bool| {
        for declaration in block.declarations.iter().filter(|declaration| declaration.important == important)
        {
            found.push(Found { declaration, text: &block.text, origin });
        }
    };
    let rules = |origin: Origin| given.rules.iter().filter(move |rule| rule.origin == origin);
    rules(Origin::UserAgent).for_each(|rule| take(rule.block, rule.origin, false));
    given.hints.into_iter().for_each(|block| take(block, Origin::UserAgent, false));
    rules(Origin::Author).for_each(|rule| take(rule.block, rule.origin, false));
    given.inline.into_iter().for_each(|block| take(block, Origin::Author, false));
    rules(Origin::Author).for_each(|rule| take(rule.block, rule.origin, true));
    given.inline.into_iter().for_each(|block| take(block, Origin::Author, true));
    rules(Origin::UserAgent).for_each(|rule| take(rule.block, rule.origin, true));
    found
}

/// A style with what is inherited and nothing else.
fn fresh(parent: &ComputedStyle, initial: &ComputedStyle) -> ComputedStyle {
    ComputedStyle {
        font: parent.font.clone(),
        text: parent.text.clone(),
        list: parent.list.clone(),
        table: parent.table.clone(),
        ..initial.clone()
    }
}

/// A style while declarations are applied to it.
struct Work<'a> {
    parent: &'a ComputedStyle,
    style: ComputedStyle,
    /// The root's font size; the root itself has none yet.
    rem: Option<Px>,
    pictures: &'a PictureBook<'a>,
    /// The style before the author's declarations, for `revert`.
    user_agent: Option<Box<ComputedStyle>>,
}

impl Work<'_> {
    fn apply(&mut self, phase: Phase, winners: &[Winner<'_>], initial: &ComputedStyle) {
        let parent = self.parent;
        let (style, line_style) = (&self.style, if phase == Phase::Rest { &self.style } else { parent });
        let of = if phase == Phase::Font { parent } else { style };
        let context = Context {
            parent,
            em: of.font.size,
            rem: self.rem.unwrap_or(if phase == Phase::Font { Px(16.0) } else { style.font.size }),
            line: line_height(line_style),
            color: of.text.color,
            pictures: self.pictures,
        };
        if phase == Phase::Rest {
            adjust::color_borders(&mut self.style, context.color);
        }
        let reverts = winners
            .iter()
            .any(|winner| winner.kinds().iter().any(|kind| matches!(kind, Kind::Wide(_, Wide::Revert))));
        self.user_agent = None;
        for winner in winners {
            if reverts && self.user_agent.is_none() && winner.origin == Origin::Author {
                self.user_agent = Some(Box::new(self.style.clone()));
            }
            let before = self.pictures.problems.borrow().len();
            for kind in winner.kinds() {
                self.declare(kind, phase, &context, initial);
            }
            for problem in self.pictures.problems.borrow_mut().iter_mut().skip(before) {
                problem.place = Some(winner.text.place(winner.at));
            }
        }
    }

    fn declare(&mut self, kind: &Kind, phase: Phase, context: &Context<'_>, initial: &ComputedStyle) {
        match kind {
            Kind::Set(longhand, setter) if longhand.phase == phase => setter(&mut self.style, context),
            Kind::Wide(longhand, wide) if longhand.phase == phase => {
                self.wide(longhand, *wide, context, initial);
            }
            _ => {}
        }
    }

    fn wide(&mut self, longhand: &Longhand, wide: Wide, context: &Context<'_>, initial: &ComputedStyle) {
        let inherit = wide == Wide::Inherit || (wide == Wide::Unset && longhand.inherited);
        if inherit {
            (longhand.copy)(&mut self.style, context.parent);
        } else if wide == Wide::Revert {
            match self.user_agent.take() {
                Some(before) => {
                    (longhand.copy)(&mut self.style, &before);
                    self.user_agent = Some(before);
                }
                None => self.wide(longhand, Wide::Unset, context, initial),
            }
        } else {
            let mut from = initial.clone();
            adjust::color_borders(&mut from, context.color);
            (longhand.copy)(&mut self.style, &from);
        }
    }
}

impl Winner<'_> {
    fn kinds(&self) -> &[Kind] {
        match &self.applied {
            Applied::Written(kind) => std::slice::from_ref(*kind),
            Applied::Read(kinds) => kinds,
        }
    }
}

/// What 1lh is. Only layout knows the font's own height, so `normal` counts as 1.2.
fn line_height(style: &ComputedStyle) -> Px {
    match style.text.line_height {
        LineHeight::Normal => style.font.size * 1.2,
        LineHeight::Number(number) => style.font.size * number,
        LineHeight::Length(length) => length.px,
    }
}

/// The declarations that an element's attributes stand for, and those of its `style` attribute.
pub(crate) fn attribute_blocks(
    element: &Element,
    text: &Arc<SheetText>,
    line: Option<u32>,
    problems: &mut Vec<Diagnostic>,
) -> (Option<Block>, Option<Block>) {
    let at = line.map_or(NOWHERE, |line| SourceLocation { line: line.saturating_sub(1), column: 1 });
    let hints = hints::css(element).map(|css| parse_attribute(&css, text, at, &mut Vec::new()));
    let inline = element.attribute("style").map(|css| parse_attribute(css, text, at, problems));
    (hints, inline)
}
