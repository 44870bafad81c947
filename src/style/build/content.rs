//! The evaluation of `content` (CSS Generated Content 3).

use std::sync::Arc;

use super::markers::counter_text;
use super::{Builder, Parent, quotes};
use crate::dom;
use crate::style::cascade::Styled;
use crate::style::computed::{ComputedStyle, ContentItem, Display};
use crate::style::properties::{Part, Quote};
use crate::style::tree::{Content, Element, Node, NodeId};

/// An item of content as far as it can be told where it stands.
pub(super) enum Evaluated {
    /// All of it.
    Item(ContentItem),
    /// What is taken of the element with this id, which may be further on.
    Target(Arc<str>, Part),
}

impl Builder<'_> {
    /// The items of a pseudo-element's content; neighbouring texts have become one.
    pub(super) fn evaluate(
        &mut self,
        parts: &[Part],
        id: dom::NodeId,
        style: &ComputedStyle,
        lang: &str,
    ) -> Vec<Evaluated> {
        let mut items: Vec<Evaluated> = Vec::new();
        for part in parts {
            let Some(item) = self.evaluated(part, id, style, lang) else { continue };
            match (items.last_mut(), item) {
                (
                    Some(Evaluated::Item(ContentItem::Text(before))),
                    Evaluated::Item(ContentItem::Text(text)),
                ) => *before = Arc::from(format!("{before}{text}")),
                (_, item) => items.push(item),
            }
        }
        items
    }

    fn evaluated(
        &mut self,
        part: &Part,
        id: dom::NodeId,
        style: &ComputedStyle,
        lang: &str,
    ) -> Option<Evaluated> {
        let target = match part {
            Part::TargetCounter(target, ..) | Part::TargetCounters(target, ..) => target,
            Part::TargetText(target, _) => target,
            _ => return self.item(part, id, style, lang).map(Evaluated::Item),
        };
        let target = target.id(|name| self.document.attribute(id, name))?;
        Some(match part {
            Part::TargetCounter(_, counter, style) if &**counter == "page" => {
                Evaluated::Item(ContentItem::TargetPage(target, style.clone()))
            }
            part => Evaluated::Target(target, part.clone()),
        })
    }

    fn item(
        &mut self,
        part: &Part,
        id: dom::NodeId,
        style: &ComputedStyle,
        lang: &str,
    ) -> Option<ContentItem> {
        let text = |text: String| Some(ContentItem::Text(Arc::from(text)));
        match part {
            Part::Text(text) => Some(ContentItem::Text(text.clone())),
            Part::Attribute(name, fallback) => {
                let value = self.document.attribute(id, name).map(Arc::from);
                value.or_else(|| fallback.clone()).map(ContentItem::Text)
            }
            Part::Counter(name, style) => match &**name {
                "page" => Some(ContentItem::Page(style.clone())),
                "pages" => Some(ContentItem::Pages(style.clone())),
                "footnote" if let Some(note) = self.notes.current => {
                    let value = counter_text(style, self.counters.innermost("footnote"));
                    Some(ContentItem::Footnote(note, Arc::from(value), style.clone()))
                }
                name => text(counter_text(style, self.counters.innermost(name))),
            },
            Part::Counters(name, between, style) => {
                let values = self.counters.all(name).iter().map(|value| counter_text(style, *value));
                text(values.collect::<Vec<_>>().join(between))
            }
            Part::Quote(quote) => {
                self.quote(*quote, style, lang).map(|mark| ContentItem::Text(Arc::from(mark)))
            }
            Part::Picture(src) => match self.pictures.load(src) {
                Ok(picture) => Some(ContentItem::Picture(picture)),
                Err(problem) => {
                    self.problems.push(problem.at(self.place(id)));
                    None
                }
            },
            Part::String(name, position) => Some(ContentItem::String(name.clone(), *position)),
            Part::Running(name, position) => Some(ContentItem::Running(name.clone(), *position)),
            Part::OwnText => text(collapsed(&self.document.text(id))),
            Part::Leader(text) => Some(ContentItem::Leader(text.clone())),
            Part::TargetCounter(..) | Part::TargetCounters(..) | Part::TargetText(..) => None,
        }
    }

    fn quote(&mut self, quote: Quote, style: &ComputedStyle, lang: &str) -> Option<String> {
        match quote {
            Quote::Open | Quote::NoOpen => {
                let (open, _) = quotes::marks(&style.list, lang, self.quote_depth);
                self.quote_depth += 1;
                (quote == Quote::Open).then_some(open)
            }
            Quote::Close | Quote::NoClose => {
                self.quote_depth = self.quote_depth.saturating_sub(1);
                let (_, close) = quotes::marks(&style.list, lang, self.quote_depth);
                (quote == Quote::Close).then_some(close)
            }
        }
    }

    /// What `string-set` gives to each of its names.
    pub(super) fn strings(&mut self, id: dom::NodeId, style: &ComputedStyle) -> Vec<(Arc<str>, Arc<str>)> {
        let mut strings = Vec::new();
        for (name, parts) in &style.generated.strings {
            let items = self.evaluate(parts, id, style, "");
            let texts = items.iter().filter_map(|item| match item {
                Evaluated::Item(ContentItem::Text(text)) => Some(&**text),
                _ => None,
            });
            strings.push((name.clone(), Arc::from(texts.collect::<String>())));
        }
        strings
    }

    /// Puts evaluated content into the node of its pseudo-element.
    pub(super) fn generated(
        &mut self,
        items: Vec<Evaluated>,
        node: NodeId,
        styled: &Arc<Styled>,
        parent: &Parent,
    ) {
        let inside = Parent { node: Some(node), styled: Some(styled.clone()), lang: parent.lang.clone() };
        for item in items {
            let item = match item {
                Evaluated::Item(item) => item,
                Evaluated::Target(id, part) => {
                    let leaf = self.leaf(Content::Text(Arc::from("")), styled.style.clone(), node);
                    self.targets.wait(leaf, id, part);
                    continue;
                }
            };
            match item {
                ContentItem::Text(text) if text.is_empty() => {}
                ContentItem::Text(text) => self.push_text(text, &inside),
                ContentItem::Picture(picture) => {
                    let mut style = ComputedStyle::clone(&styled.style);
                    style.display = Display::Inline;
                    (style.boxes, style.border) = Default::default();
                    let element = Element {
                        tag: Arc::from("img"),
                        attributes: vec![(Arc::from("alt"), Arc::from(""))],
                        lang: parent.lang.clone(),
                        picture: Some(picture),
                        ..Element::default()
                    };
                    self.leaf(Content::Element(element), Arc::new(style), node);
                }
                other => {
                    self.leaf(Content::Generated(other), styled.style.clone(), node);
                }
            }
        }
    }

    fn leaf(&mut self, content: Content, style: Arc<ComputedStyle>, parent: NodeId) -> NodeId {
        let node = Node { parent: Some(parent), children: Vec::new(), style, content, line: None };
        self.push(Some(parent), node)
    }
}

/// Text with its white space collapsed.
fn collapsed(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
