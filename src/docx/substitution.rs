//! What Word cannot carry: what it is, what stands in its place, and where it is first. No word is lost for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Writer;
use super::sheet::Sheet;
use crate::style::computed::{
    ComputedStyle, ContentItem, Float, LayerImage, LengthPercentage, MarginBox, Position,
};
use crate::style::{Element, NodeId, PageStyle, Pseudo, StyledTree};

/// One kind of thing in a document for which Word has a substitute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitution {
    /// What the layout asks for.
    pub what: String,
    /// What the Word document has.
    pub instead: String,
    /// How many elements it is, or how many boxes of a page.
    pub count: usize,
    /// The file and line of the first; absent of what is the page's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<String>,
}

/// A kind of thing that Word cannot carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lost {
    Transform,
    Opacity,
    Gradient,
    BackgroundPicture,
    RoundedCorners,
    Shadow,
    Columns,
    Frame,
    Float,
    Positioned,
    InitialLetter,
    Order,
    NestedFootnote,
    Abbreviation,
    Link,
    Field,
    PageBackground,
    SideMargin,
    MarginBoxes,
    StringSet,
}

impl Lost {
    /// Every kind, in the order in which they are told.
    pub const ALL: [Self; 20] = [
        Self::Transform,
        Self::Opacity,
        Self::Gradient,
        Self::BackgroundPicture,
        Self::RoundedCorners,
        Self::Shadow,
        Self::Columns,
        Self::Frame,
        Self::Float,
        Self::Positioned,
        Self::InitialLetter,
        Self::Order,
        Self::NestedFootnote,
        Self::Abbreviation,
        Self::Link,
        Self::Field,
        Self::PageBackground,
        Self::SideMargin,
        Self::MarginBoxes,
        Self::StringSet,
    ];

    /// What it is, what is there instead, and the words that docs/docx.md has for it.
    pub fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Transform => ("a transformed box", "the box as it is", "`transform`"),
            Self::Opacity => ("a translucent box", "the box in full colour", "`opacity`"),
            Self::Gradient => ("a gradient", "the background colour", "gradients"),
            Self::BackgroundPicture => {
                ("a picture behind a box", "the background colour", "`background-image`")
            }
            Self::RoundedCorners => ("rounded corners", "square corners", "`border-radius`"),
            Self::Shadow => ("a shadow", "no shadow", "`box-shadow`"),
            Self::Columns => ("text in columns", "one column", "`columns`"),
            Self::Frame => ("a float", "a frame beside the text", "`float: left`"),
            Self::Float => ("a float", "its place in the text", "other floats"),
            Self::Positioned => ("a positioned box", "its place in the text", "`position: absolute`"),
            Self::InitialLetter => ("an initial letter", "a letter like the others", "`initial-letter`"),
            Self::Order => {
                ("items out of their order", "their order in the text", "`row-reverse` that wraps")
            }
            Self::NestedFootnote => (
                "a footnote in a footnote or in a margin",
                "its words in parentheses",
                "a footnote in a footnote",
            ),
            Self::Abbreviation => ("the long form of an abbreviation", "the short form", "`abbr[title]`"),
            Self::Link => ("a link that leads nowhere", "its words", "a link to an `id` that is not there"),
            Self::Field => ("a field to be filled in", "its words", "`data-field` in a link"),
            Self::PageBackground => ("a background of the page", "white paper", "a background of `@page`"),
            Self::SideMargin => {
                ("text in the side margin", "text in the header", "margin boxes at the sides")
            }
            Self::MarginBoxes => (
                "header and footer of the layout",
                "those of the reference document",
                "In the place of the margin boxes of `@page`",
            ),
            Self::StringSet => ("a running title", "its first value on all pages", "`string()`"),
        }
    }
}

/// What was met of each kind.
#[derive(Debug, Default)]
pub(super) struct Substitutes {
    elements: BTreeMap<Lost, BTreeSet<NodeId>>,
    pages: BTreeMap<Lost, usize>,
}

impl Substitutes {
    /// Notes that an element is of this kind; an element that is written twice counts once.
    pub fn note(&mut self, lost: Lost, node: NodeId) {
        self.elements.entry(lost).or_default().insert(node);
    }

    /// Notes that Word carries an element of this kind after all.
    pub fn carried(&mut self, lost: Lost, node: NodeId) {
        if let Some(elements) = self.elements.get_mut(&lost) {
            elements.remove(&node);
        }
    }

    /// Each kind once, with its number and the place of the first.
    pub fn told(&self, tree: &StyledTree) -> Vec<Substitution> {
        let each = Lost::ALL.into_iter().filter_map(|lost| {
            let elements = self.elements.get(&lost);
            let count = elements.map_or(0, BTreeSet::len) + self.pages.get(&lost).copied().unwrap_or(0);
            let place = elements.and_then(BTreeSet::first).map(|node| tree.place(*node));
            let place = place.map(|place| match place.line {
                Some(line) => format!("{}:{line}", place.file),
                None => place.file.to_string(),
            });
            let (what, instead, _) = lost.words();
            (count > 0).then(|| Substitution {
                what: what.to_owned(),
                instead: instead.to_owned(),
                count,
                place,
            })
        });
        each.collect()
    }
}

impl Writer<'_> {
    /// Notes what a look at the styles tells; the rest was noted where it was written.
    pub(super) fn note_losses(&mut self, asked: &Sheet, kept: &Sheet) {
        let tree = self.tree;
        for index in 0..tree.nodes.len() {
            let node = NodeId(index as u32);
            let Some(element) = tree.element(node) else { continue };
            let style = &tree.node(node).style;
            for lost in painted(style).into_iter().chain(placed(element, style)) {
                let is_label = lost == Lost::Positioned && self.is_label(node);
                if !is_label {
                    self.lost.note(lost, node);
                }
            }
        }
        let mut pages: Vec<&Arc<PageStyle>> = vec![&asked.others];
        for page in [&asked.first, &asked.left] {
            if pages.iter().all(|known| !Arc::ptr_eq(known, page)) {
                pages.push(page);
            }
        }
        for page in pages {
            let replaced = kept.others.boxes.is_empty() && !page.boxes.is_empty();
            let boxes =
                if replaced { 0 } else { page.boxes.iter().filter(|(place, ..)| is_side(*place)).count() };
            let background = usize::from(is_painted(&page.style));
            for (lost, count) in [
                (Lost::SideMargin, boxes),
                (Lost::MarginBoxes, if replaced { page.boxes.len() } else { 0 }),
                (Lost::PageBackground, background),
            ] {
                *self.lost.pages.entry(lost).or_default() += count;
            }
            if !replaced {
                self.note_strings(page);
            }
        }
    }

    /// Titles in a margin that change from page to page.
    fn note_strings(&mut self, page: &PageStyle) {
        let items = page.boxes.iter().flat_map(|(_, _, items)| items);
        for item in items {
            let ContentItem::String(name, _) = item else { continue };
            let sets = self.tree.nodes.iter().enumerate().filter_map(|(index, node)| {
                let value = node.style.generated.string_set.iter().find(|(known, _)| known == name);
                value.map(|(_, value)| (NodeId(index as u32), value))
            });
            let sets: Vec<_> = sets.collect();
            let other = sets.iter().find(|(_, value)| sets.first().is_some_and(|(_, first)| first != value));
            other.into_iter().for_each(|(node, _)| self.lost.note(Lost::StringSet, *node));
        }
    }
}

/// What of a box's paint Word has no word for.
fn painted(style: &ComputedStyle) -> Vec<Lost> {
    let paint = &style.paint;
    let gradient = |image: &LayerImage| matches!(image, LayerImage::Gradient(_));
    let corners = style.border.radius;
    let round = |(across, down): (LengthPercentage, LengthPercentage)| {
        across != LengthPercentage::ZERO && down != LengthPercentage::ZERO
    };
    let is_round = [corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left];
    let lost = [
        (Lost::Transform, !paint.transform.is_empty()),
        (Lost::Opacity, paint.opacity < 1.0),
        (Lost::Gradient, paint.layers.iter().any(|layer| gradient(&layer.image))),
        (Lost::BackgroundPicture, paint.layers.iter().any(|layer| !gradient(&layer.image))),
        (Lost::RoundedCorners, is_painted(style) && is_round.into_iter().any(round)),
        (Lost::Shadow, !paint.shadows.is_empty()),
    ];
    lost.into_iter().filter(|(_, is)| *is).map(|(lost, _)| lost).collect()
}

/// What of a box's place Word has no word for.
fn placed(element: &Element, style: &ComputedStyle) -> Option<Lost> {
    let fragmentation = &style.fragmentation;
    let lifted = matches!(style.position.scheme, Position::Absolute | Position::Fixed);
    if lifted && element.pseudo.is_none() {
        return Some(Lost::Positioned);
    }
    if element.pseudo == Some(Pseudo::FirstLetter) && style.position.float != Float::None {
        return Some(Lost::InitialLetter);
    }
    if &*element.tag == "abbr" && element.attribute("title").is_some() {
        return Some(Lost::Abbreviation);
    }
    let columns =
        fragmentation.column_count.is_some_and(|count| count > 1) || fragmentation.column_width.is_some();
    columns.then_some(Lost::Columns)
}

/// Whether a box has a background or a border that can be seen.
fn is_painted(style: &ComputedStyle) -> bool {
    let widths = style.border.widths();
    let bordered = [widths.top, widths.right, widths.bottom, widths.left].iter().any(|width| width.0 > 0.0);
    !style.paint.background.is_transparent() || !style.paint.layers.is_empty() || bordered
}

/// Whether a margin box stands beside the text.
pub(super) fn is_side(place: MarginBox) -> bool {
    use MarginBox as M;
    matches!(
        place,
        M::LeftTop | M::LeftMiddle | M::LeftBottom | M::RightTop | M::RightMiddle | M::RightBottom
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docx::tests::tree_of;
    use crate::docx::{House, PageNumbers, write};
    use crate::fonts::FontBook;

    /// The rows of docs/docx.md.
    fn rows() -> Vec<String> {
        let text = include_str!("../../docs/docx.md");
        text.lines().filter(|line| line.starts_with('|')).map(str::to_owned).collect()
    }

    /// What is told of this document, in whose parts all of `words` must be.
    fn told(html: &str, css: &str, words: &[&str]) -> Vec<(String, usize)> {
        let tree = tree_of(html, css);
        let written = write(&tree, &FontBook::bundled(), &PageNumbers::new(), &House::plain()).unwrap();
        let text = super::super::paragraphs(&written.file).unwrap().join("\n");
        for word in words {
            assert!(text.contains(word), "{word} is lost: {text}");
        }
        assert!(written.substitutions.iter().all(|told| !told.instead.is_empty()));
        written.substitutions.into_iter().map(|told| (told.what, told.count)).collect()
    }

    fn alone(what: &str) -> Vec<(String, usize)> {
        vec![(what.to_owned(), 1)]
    }

    #[test]
    fn each_kind_is_told_once_and_loses_no_word() {
        let boxed = |css: &str| {
            let css = format!(".a {{ {css} }}");
            told("<p>voor</p><div class=a><p>binnen</p></div><p>na</p>", &css, &["voor", "binnen", "na"])
        };
        assert_eq!(boxed("color: red; border-left: 2px solid"), []);
        assert_eq!(boxed("transform: rotate(3deg)"), alone("a transformed box"));
        assert_eq!(boxed("opacity: .5"), alone("a translucent box"));
        assert_eq!(boxed("background: linear-gradient(red, blue)"), alone("a gradient"));
        assert_eq!(boxed("background: #eee; border-radius: 4px"), alone("rounded corners"));
        assert_eq!(boxed("border-radius: 4px"), [], "nothing is there that could be round");
        assert_eq!(boxed("box-shadow: 1px 1px 2px black"), alone("a shadow"));
        assert_eq!(boxed("columns: 2"), []);
        assert_eq!(boxed("columns: 2; border: 1px solid"), alone("text in columns"));
        assert_eq!(boxed("position: absolute; top: 0"), alone("a positioned box"));
        assert_eq!(boxed("float: right"), alone("a float"));
        assert_eq!(boxed("float: right; width: 30%"), alone("a float"));
        let abbreviation = "<p>de <abbr title='Wet open overheid'>Woo</abbr></p>";
        assert_eq!(told(abbreviation, "", &["de Woo"]), alone("the long form of an abbreviation"));
        let links = "<p><a href='#weg'>weg</a> <a href='https://'>niets</a> <a href='#hier'>hier</a> <b id=hier>dus</b></p>";
        assert_eq!(told(links, "", &["weg niets hier"]), [("a link that leads nowhere".to_owned(), 2)]);
        for field in [
            "<p><a href='https://a.nl/'><span data-field=a>Jan</span></a></p>",
            "<p data-field=a><a href='https://a.nl/'>Jan</a></p>",
            "<p data-field=a>van <b data-field=b>Jan</b></p>",
            "<div data-field=a><p>Jan</p></div>",
        ] {
            assert_eq!(told(field, "", &["Jan"]), alone("a field to be filled in"));
        }
        let items = "<div class=g><p>een</p><p>twee</p></div>";
        let css = ".g { display: flex; flex-flow: row-reverse wrap }";
        assert_eq!(told(items, css, &["een", "twee"]), alone("items out of their order"));
        let css = "p::first-letter { initial-letter: 2 }";
        assert_eq!(told("<p>Aap</p>", css, &["Aap"]), []);
        let cell = "<table><tr><td><p>Aap</p></td></tr></table>";
        assert_eq!(told(cell, css, &["Aap"]), alone("an initial letter"));
    }

    #[test]
    fn what_is_of_the_page_is_told_and_loses_no_word() {
        let css =
            "@page { background: #eee; @left-middle { content: 'opzij' } @top-left { content: 'boven' } }";
        let wanted = [("a background of the page".to_owned(), 1), ("text in the side margin".to_owned(), 1)];
        assert_eq!(told("<p>a</p>", css, &["boven opzij"]), wanted);
        let css = "h2 { string-set: kop content() } @page { @top-left { content: string(kop) } }";
        assert_eq!(told("<h2>Een</h2><h2>Twee</h2>", css, &["Een", "Twee"]), []);
        let css = "p { string-set: kop content() } @page { @top-left { content: string(kop) } }";
        assert_eq!(told("<p>Een</p><p>Twee</p>", css, &["Een", "Twee"]), alone("a running title"));
        assert_eq!(told("<p>Een</p>", css, &["Een"]), []);
    }

    #[test]
    fn the_first_is_told_with_its_line() {
        let lost =
            |node| Substitutes { elements: [(Lost::Shadow, [node].into())].into(), ..Default::default() };
        let mut tree = tree_of("<p>a</p><p>b</p>", "");
        let node = NodeId(tree.nodes.len() as u32 - 1);
        tree.nodes[node.0 as usize].line = Some(7);
        assert_eq!(lost(node).told(&tree)[0].place.as_deref(), Some("a.html:7"));
    }

    #[test]
    fn every_kind_is_said_in_dutch() {
        let dutch = include_str!("../../templates/i18n/nl.yaml");
        let has = |text: &str| {
            let key = format!("word-{}: ", text.replace(' ', "-"));
            dutch.lines().any(|line| line.starts_with(&key))
        };
        let words = Lost::ALL.into_iter().map(Lost::words).flat_map(|(what, instead, _)| [what, instead]);
        let missing: Vec<&str> = words.filter(|words| !has(words)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn every_kind_is_in_the_table_and_every_row_is_a_kind() {
        for lost in Lost::ALL {
            let (_, _, words) = lost.words();
            let told = |row: &String| row.contains(words);
            assert!(rows().iter().any(told), "docs/docx.md does not tell of {words}");
        }
        for row in rows() {
            let last =
                row.trim_end_matches(['|', ' ']).rsplit('|').next().unwrap_or_default().trim().to_owned();
            if last.starts_with("instead") {
                let known = Lost::ALL.into_iter().any(|lost| row.contains(lost.words().2));
                assert!(known, "no substitution is told of `{row}`");
            }
        }
    }
}
