//! Tables with a row of headers and one line a cell.

use super::Writer;
use super::attributes;
use super::blocks::{behind, below};
use super::escape::Manner;
use super::inline::Place;
use crate::dom::NodeId;

impl Writer<'_> {
    pub(super) fn table(&self, id: NodeId, manner: Manner) -> Option<String> {
        let document = self.document;
        let braces = attributes::braces(document, id, &[])?;
        let parts: Vec<NodeId> = document.child_elements(id).collect();
        let is_plain = |&part: &NodeId| {
            matches!(document.tag(part), "thead" | "tbody")
                && attributes::kept(document, part).next().is_none()
        };
        if parts.is_empty()
            || parts.len() > 2
            || !document.is(parts[0], "thead")
            || !parts.iter().all(is_plain)
        {
            return None;
        }
        let rows: Vec<NodeId> = parts.iter().flat_map(|&part| document.child_elements(part)).collect();
        let (&head, body) = rows.split_first()?;
        let heads: Vec<NodeId> = document.child_elements(head).collect();
        let rules: Vec<&str> = heads.iter().map(|&cell| self.rule(cell)).collect();
        let mut lines = vec![self.row(head, heads.len(), manner)?, format!("| {} |", rules.join(" | "))];
        for &row in body {
            lines.push(self.row(row, heads.len(), manner)?);
        }
        Some(below(lines.join("\n"), &braces))
    }

    /// The line below a header cell: how its column is aligned.
    fn rule(&self, cell: NodeId) -> &'static str {
        match self.document.attribute(cell, "align") {
            Some("left") => ":---",
            Some("right") => "---:",
            Some("center") => ":---:",
            _ => "---",
        }
    }

    fn row(&self, id: NodeId, columns: usize, manner: Manner) -> Option<String> {
        if attributes::kept(self.document, id).next().is_some() {
            return None;
        }
        let cells: Vec<String> =
            self.document.child_elements(id).map(|cell| self.cell(cell, manner)).collect::<Option<_>>()?;
        (cells.len() == columns).then(|| format!("| {} |", cells.join(" | ")))
    }

    fn cell(&self, id: NodeId, manner: Manner) -> Option<String> {
        let said: &[&str] = if self.document.is(id, "th") { &["align", "scope"] } else { &["align"] };
        let braces = attributes::braces(self.document, id, said)?;
        Some(behind(self.inline(self.document.children(id), manner, Place::Line)?, &braces))
    }
}
