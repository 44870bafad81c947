//! Elements that are pictures, and those of forms that stand for a sign.

use std::sync::Arc;

use super::{Builder, Parent};
use crate::diag::Diagnostic;
use crate::dom;
use crate::media::Picture;
use crate::style::tree::{Content, NodeId};

impl<'a> Builder<'a> {
    /// The picture of an `img`; one that is missing is an error, and its alternative text takes its place.
    pub(super) fn image(&mut self, id: dom::NodeId, element: &'a dom::Element, inside: &Parent) {
        let src = element.attribute("src").unwrap_or("").trim();
        let loaded = if src.is_empty() {
            Err(Diagnostic::error("missing-image", "an image without `src`"))
        } else {
            self.pictures.load(src)
        };
        match loaded {
            Ok(picture) => self.attach(id, picture, inside.node),
            Err(problem) => {
                let place = self.place(id);
                self.problems.push(problem.at(place));
                self.text(element.attribute("alt").unwrap_or(""), inside);
            }
        }
    }

    /// Gives a node its picture, and says at its place what is wrong with the picture.
    pub(super) fn attach(&mut self, id: dom::NodeId, picture: Arc<Picture>, node: Option<NodeId>) {
        if !picture.warnings().is_empty() {
            let place = self.place(id);
            self.problems.extend(picture.warnings().iter().map(|warning| warning.clone().at(place.clone())));
        }
        let Some(node) = node else { return };
        if let Content::Element(element) = &mut self.nodes[node.0 as usize].content {
            element.picture = Some(picture);
        }
    }

    /// The box of a task list is a sign; other inputs are empty on paper.
    pub(super) fn checkbox(&mut self, element: &'a dom::Element, inside: &Parent) {
        if element.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox")) {
            let sign = if element.attribute("checked").is_some() { "☑" } else { "☐" };
            self.push_text(Arc::from(sign), inside);
        }
    }
}
