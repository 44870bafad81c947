//! Type is large enough to read.
//!
//! What counts is the size of the font as it is on paper, as typographers and house styles tell it, and not the
//! height of its x. Calls of notes and other signs above or below the line are exempt: they are read as marks.

use std::collections::BTreeMap;

use super::scene::Run;
use super::{Printed, first_words};
use crate::audit::{Check, Rule};
use crate::layout::Tag;
use crate::style::computed::{Caps, Display, FontPosition, VerticalAlign};
use crate::style::{ComputedStyle, Content, NodeId, Pseudo, StyledTree};
use crate::units::{Pt, Px};

/// No standard has a least size for print; it is what houses that print ask for.
pub(super) static RULE: Rule =
    Rule { code: "small-type", asks: "No type is smaller than 8 pt.", clauses: &[] };

const LEAST: Pt = Pt(8.0);
/// Sizes that were scaled to fit a page come out a little off.
const TOLERANCE: Pt = Pt(0.02);

/// The rule while pages are looked at.
#[derive(Default)]
pub(super) struct Size {
    examined: usize,
    failures: BTreeMap<Key, Failure>,
    /// The words of the marks in the elements that have small type, in small letters.
    marks: BTreeMap<NodeId, Vec<String>>,
}

/// What is told once: type of one size, in tenths of a point, of one kind of element.
type Key = (i32, String);

struct Failure {
    words: String,
    first: Tag,
    last: Tag,
    /// In how many elements more.
    more: usize,
}

impl Size {
    /// Looks at a run of text.
    pub fn look(&mut self, printed: &Printed, run: &Run) {
        self.examined += 1;
        let size = Pt::from(Px(run.text.size.0 * run.map.scale()));
        let tag = run.text.tag;
        if size >= LEAST - TOLERANCE || self.is_mark(printed, run) {
            return;
        }
        let key = ((size.0 * 10.0).round() as i32, printed.selector(tag));
        let failure = self.failures.entry(key).or_insert_with(|| Failure {
            words: first_words(&run.text.text),
            first: tag,
            last: tag,
            more: 0,
        });
        if failure.last != tag {
            failure.more += 1;
            failure.last = tag;
        }
    }

    /// Whether a run is a mark in its element: raised, lowered, or capitals as high as an x.
    fn is_mark(&mut self, printed: &Printed, run: &Run) -> bool {
        let Some(node) = printed.node(run.text.tag).map(|node| printed.element_of(node)) else {
            return false;
        };
        let marks = self.marks.entry(node).or_insert_with(|| marks(printed.tree, node));
        let words = run.text.text.trim().to_lowercase();
        marks.iter().any(|mark| mark.contains(&words)) || is_in_mark(printed.tree, node)
    }

    /// What came of it.
    pub fn check(self, printed: &Printed) -> Check {
        let mut check = Check::new(&RULE).measured();
        check.examined = self.examined;
        for ((size, selector), failure) in self.failures {
            let mut message =
                format!("type of {} pt: “{}” in {selector}", f64::from(size) / 10.0, failure.words);
            match failure.more {
                0 => {}
                1 => message.push_str(", and once more"),
                more => message.push_str(&format!(", and {more} times more")),
            }
            let warning = check
                .warning(message)
                .at(printed.place(failure.first))
                .hint("type below 8 pt is hard to read for many; let the layout set it larger");
            check.findings.push(warning);
        }
        check
    }
}

/// Whether an element is in a mark of its line, or one itself.
fn is_in_mark(tree: &StyledTree, of: NodeId) -> bool {
    let is_note = tree
        .element(of)
        .is_some_and(|element| matches!(element.pseudo, Some(Pseudo::FootnoteCall | Pseudo::FootnoteMarker)));
    let inline = |node: &NodeId| tree.node(*node).style.display == Display::Inline;
    let mut around = std::iter::successors(Some(of), |node| tree.node(*node).parent)
        .take_while(inline)
        .map(|node| tree.node(node));
    is_note || around.any(|node| is_off_the_line(&node.style))
}

/// The words of the marks in an element, in small letters.
fn marks(tree: &StyledTree, of: NodeId) -> Vec<String> {
    let mut found = Vec::new();
    let mut stack = vec![of];
    while let Some(at) = stack.pop() {
        let node = tree.node(at);
        let Content::Element(_) = node.content else { continue };
        if (at != of && is_off_the_line(&node.style)) || node.style.font.caps != Caps::Normal {
            found.push(tree.words(at).to_lowercase());
        } else {
            stack.extend(&node.children);
        }
    }
    found
}

/// Whether an inline element stands above the line or below it.
fn is_off_the_line(style: &ComputedStyle) -> bool {
    let align = style.inline.vertical_align;
    matches!(align, VerticalAlign::Super | VerticalAlign::Sub | VerticalAlign::Length(_))
        || style.font.position != FontPosition::Normal
}
