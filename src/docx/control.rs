//! What is to be filled in: an element with `data-field` is a content control (ISO/IEC 29500-1, 17.5.2), a date
//! picker where its name is `date` or ends with `-date`, else one for plain text.

use docx_rs::{
    ParagraphChild, Run, RunChild, StructuredDataTag, StructuredDataTagChild, StructuredDataTagProperty,
};

use super::Writer;
use super::access::said;
use super::inline::{Face, Line};
use super::package::{PLACEHOLDER, Rider, escape, is_full_date};
use super::substitution::Lost;
use crate::style::computed::Display;
use crate::style::{Element, NodeId};

/// What is in a content control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filled {
    /// Nothing yet.
    Not,
    /// Text in one look.
    Text,
    /// More than that.
    Rich,
}

/// A content control that is open.
pub(super) struct Control {
    name: String,
    /// Where its content begins in the line.
    from: usize,
}

impl Writer<'_> {
    /// Whether a block is one paragraph and all of it is to be filled in.
    pub(super) fn is_filled_in(&self, node: NodeId) -> bool {
        let asked = self.tree.element(node).filter(|element| element.picture.is_none());
        let named = asked.and_then(|element| element.attribute("data-field")).and_then(said);
        named.is_some()
            && self.tree.node(node).style.display != Display::Contents
            && !self.tree.node(node).style.display.is_in_line()
            && self.has_only_inlines(node)
    }

    /// Notes a block with `data-field` that is no one paragraph.
    pub(super) fn note_lost_field(&mut self, node: NodeId, element: &Element) {
        if element.attribute("data-field").is_some() && !self.is_filled_in(node) {
            self.lost.note(Lost::Field, node);
        }
    }

    /// Opens the content control of an element; a link cannot hold one.
    pub(super) fn open_control(
        &mut self,
        node: NodeId,
        element: &Element,
        line: &mut Line,
    ) -> Option<Control> {
        let name = element.attribute("data-field").and_then(said)?;
        if line.has_link() {
            self.lost.note(Lost::Field, node);
            return None;
        }
        self.flush(line);
        Some(Control { name, from: line.children.len() })
    }

    /// Puts what the line has got since into the control, or what is to be filled in where that is nothing.
    pub(super) fn close_control(
        &mut self,
        control: Control,
        (node, element): (NodeId, &Element),
        face: &Face,
        line: &mut Line,
    ) {
        self.flush(line);
        let inside = line.children.split_off(control.from.min(line.children.len()));
        let mut content: Vec<StructuredDataTagChild> = inside.iter().filter_map(child).collect();
        if content.len() < inside.len() {
            self.lost.note(Lost::Field, node);
            return line.children.extend(inside);
        }
        let runs = content.iter().filter_map(run_of).count();
        let is_plain = runs <= 1 && content.iter().filter_map(run_of).all(is_text);
        if runs == 0 {
            self.placeholders += 1;
            let asked = self.label(element).or_else(|| element.attribute("title").and_then(said));
            let asked = asked.unwrap_or_else(|| control.name.replace(['-', '_'], " "));
            line.length += asked.chars().count();
            line.collapsed = false;
            let run = self.run(face, line).add_text(asked);
            content.push(StructuredDataTagChild::Run(Box::new(placeholder(run))));
        }
        self.controls += 1;
        let filled = if runs == 0 {
            Filled::Not
        } else if is_plain {
            Filled::Text
        } else {
            Filled::Rich
        };
        let properties = self.control_properties(&control.name, element, filled);
        let Some(rider) = self.riders.ride(properties) else { return };
        let property = StructuredDataTagProperty::new().alias(rider.to_string());
        let tag = StructuredDataTag { children: content, property, has_numbering: false };
        line.children.push(ParagraphChild::StructuredDataTag(Box::new(tag)));
    }

    fn control_properties(&self, name: &str, element: &Element, filled: Filled) -> Rider {
        // Titles and tags of controls have 64 characters at most.
        let short: String = name.chars().take(64).collect();
        let (number, tag, lang) = (self.controls, escape(&short), &self.lang);
        let title = short.replace(['-', '_'], " ");
        let mut properties = vec![
            ("w:alias", format!(r#"<w:alias w:val="{}"/>"#, escape(&title))),
            ("w:tag", format!(r#"<w:tag w:val="{tag}"/>"#)),
            ("w:id", format!(r#"<w:id w:val="{number}"/>"#)),
        ];
        if filled == Filled::Not {
            properties.push(("w:showingPlcHdr", "<w:showingPlcHdr/>".to_owned()));
        }
        if name == "date" || name.ends_with("-date") {
            let date = element.attribute("datetime").filter(|date| is_full_date(date));
            let full = date.map(|date| format!(r#" w:fullDate="{date}T00:00:00Z""#)).unwrap_or_default();
            properties.push(("w:date", format!(
                r#"<w:date{full}><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="{lang}"/><w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>"#
            )));
        } else if filled != Filled::Rich {
            properties.push(("w:text", "<w:text/>".to_owned()));
        }
        properties
    }
}

fn run_of(child: &StructuredDataTagChild) -> Option<&Run> {
    match child {
        StructuredDataTagChild::Run(run) => Some(run),
        _ => None,
    }
}

/// Whether a run has nothing but text.
fn is_text(run: &Run) -> bool {
    run.children.iter().all(|child| matches!(child, RunChild::Text(_)))
}

/// What a control may hold of what a paragraph may; a link it may not.
fn child(child: &ParagraphChild) -> Option<StructuredDataTagChild> {
    match child {
        ParagraphChild::Run(run) => Some(StructuredDataTagChild::Run(run.clone())),
        ParagraphChild::BookmarkStart(mark) => Some(StructuredDataTagChild::BookmarkStart(mark.clone())),
        ParagraphChild::BookmarkEnd(mark) => Some(StructuredDataTagChild::BookmarkEnd(mark.clone())),
        _ => None,
    }
}

/// The run in Word's own style of what is not filled in yet.
fn placeholder(mut run: Run) -> Run {
    run.run_property = run.run_property.style(PLACEHOLDER);
    run
}
