//! Lists: Word has paragraphs with a level and a mark; HTML has lists in each other.

use super::Writer;
use crate::read::docx::model::{Block, Item, Paragraph};
use crate::read::docx::numbering::Mark;
use crate::read::docx::role::Role;

/// A list that is open.
struct Open {
    item: Item,
    tag: &'static str,
}

impl Writer<'_> {
    /// Writes the list that the blocks begin with; gives how many of them it takes.
    pub(super) fn list(&mut self, blocks: &[Block]) -> usize {
        let mut taken: Vec<(&Paragraph, Option<Item>)> = Vec::new();
        let mut last: Option<Item> = None;
        for block in blocks {
            let Block::Paragraph(paragraph) = block else { break };
            let item = paragraph.item.filter(|item| item.mark != Mark::Nothing);
            if item.is_none() && !last.is_some_and(|last| goes_on(paragraph, last)) {
                break;
            }
            last = item.or(last);
            taken.push((paragraph, item));
        }
        // A list that begins with what goes on has nothing to go on from.
        if last.is_none() {
            if let Some(Block::Paragraph(first)) = blocks.first() {
                self.paragraph(first);
            }
            return 1;
        }
        let mut open: Vec<Open> = Vec::new();
        for (at, (paragraph, item)) in taken.iter().enumerate() {
            let is_loose = taken.get(at + 1).is_some_and(|(_, next)| next.is_none());
            match item {
                Some(item) => {
                    self.place(*item, &mut open);
                    self.open("li", paragraph, paragraph.class.as_deref());
                    if is_loose {
                        self.html += &format!("<p data-line=\"{}\">", paragraph.line);
                        self.spans(paragraph);
                        self.html += "</p>\n";
                    } else {
                        self.spans(paragraph);
                    }
                }
                None => self.element("p", paragraph, None),
            }
        }
        while let Some(list) = open.pop() {
            self.html += &format!("</li></{}>\n", list.tag);
        }
        taken.len()
    }

    /// Closes and opens lists until an item of this kind can begin.
    fn place(&mut self, item: Item, open: &mut Vec<Open>) {
        while let Some(list) = open.last() {
            let is_same =
                list.item.level == item.level && list.item.list == item.list && list.item.mark == item.mark;
            if is_same {
                self.html += "</li>\n";
                return;
            }
            if list.item.level < item.level {
                break;
            }
            // An item that is less deep than the list around it belongs to that list.
            let is_last = open.len() == 1 && list.item.level > item.level && list.item.mark == item.mark;
            if is_last {
                self.html += "</li>\n";
                return;
            }
            self.html += &format!("</li></{}>\n", list.tag);
            open.pop();
        }
        let tag = if item.mark == Mark::Bullet { "ul" } else { "ol" };
        self.html += &format!("<{tag}");
        if let Mark::Number(kind) = item.mark {
            if let Some(kind) = kind {
                self.html += &format!(" type=\"{kind}\"");
            }
            if item.number != 1 {
                self.html += &format!(" start=\"{}\"", item.number);
            }
        }
        self.html += ">\n";
        open.push(Open { item, tag });
    }
}

/// Whether a paragraph that has no mark belongs to the item before it: it says so, or stands below its text.
fn goes_on(paragraph: &Paragraph, item: Item) -> bool {
    let says_so =
        paragraph.role == Role::Continue || paragraph.item.is_some_and(|it| it.mark == Mark::Nothing);
    let is_below = item.indent > 0 && paragraph.indent.is_some_and(|indent| indent >= item.indent);
    says_so || (is_below && paragraph.item.is_none() && paragraph.role == Role::Text)
}
