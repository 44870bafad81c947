//! Callouts: the boxes that every dialect has a way of its own to write, and how this program calls them.
//!
//! | dialect | written |
//! |---|---|
//! | GitHub, Obsidian | `> [!tip] Title`, also folded: `> [!tip]- Title` |
//! | pandoc, Docusaurus, VuePress | `::: tip Title`, `:::tip[Title]` |
//! | Quarto | `::: {.callout-tip title="Title"}`, or with a heading as its first block |
//! | MkDocs | `!!! tip "Title"` |
//!
//! All give `<div class="callout tip">` with `<p class="callout-title">`. The word that a site would set above a callout
//! without a title (“Note”) is not the author's, and is left out.

use super::attributes::Attributes;
use crate::dom::{Document, NodeId};

/// The kinds that stylesheets know, those of GitHub, each with the names that mean the same.
const KINDS: [(&str, &[&str]); 5] = [
    (
        "note",
        &[
            "note", "info", "todo", "abstract", "summary", "tldr", "example", "question", "help", "faq",
            "quote", "cite", "seealso", "details",
        ],
    ),
    ("tip", &["tip", "hint", "success", "check", "done"]),
    ("important", &["important"]),
    ("warning", &["warning", "attention"]),
    ("caution", &["caution", "danger", "error", "bug", "failure", "fail", "missing"]),
];

/// Names that make any div a callout; other kinds are words that houses use for classes of their own.
const NAMES_OF_DIVS: [&str; 11] = [
    "note",
    "tip",
    "info",
    "important",
    "warning",
    "danger",
    "caution",
    "hint",
    "attention",
    "seealso",
    "success",
];

/// The kind that a name means.
pub(super) fn kind(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    KINDS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(kind, _)| *kind)
}

/// Where a callout without a title of its own may have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Title {
    /// Nowhere: a heading in it is a heading.
    None,
    /// A heading as its first block is its title, as in Quarto.
    Heading,
}

/// Gives the classes of a div the form that all callouts have, where it is one.
pub(super) fn classify(attributes: &mut Attributes) -> Title {
    let is_callout = attributes.classes.iter().any(|class| class == "callout");
    let found = attributes.classes.iter().position(|class| {
        let named = class.strip_prefix("callout-");
        named.is_some_and(|name| kind(name).is_some())
            || (is_callout && kind(class).is_some())
            || NAMES_OF_DIVS.contains(&class.as_str())
    });
    let Some(at) = found else { return Title::None };
    let name = attributes.classes.remove(at);
    let title = if name.starts_with("callout-") { Title::Heading } else { Title::None };
    attributes.pairs.retain(|(key, _)| !matches!(key.as_str(), "collapse" | "icon" | "appearance"));
    attributes.classes.retain(|class| class != "callout");
    let mut classes = classes(name.strip_prefix("callout-").unwrap_or(&name));
    classes.append(&mut attributes.classes);
    attributes.classes = classes;
    title
}

/// `callout`, its kind, and the name that was written, where that is another.
fn classes(name: &str) -> Vec<String> {
    let kind = kind(name).unwrap_or("note");
    let mut classes = vec!["callout".to_owned(), kind.to_owned()];
    classes.extend((name != kind && !name.is_empty()).then(|| name.to_owned()));
    classes
}

/// Makes what comrak writes of `> [!tip] Title` a callout as all others.
pub(super) fn tidy(document: &mut Document, id: NodeId) {
    let name = document.attribute(id, "data-callout").unwrap_or_default().to_owned();
    let children: Vec<NodeId> = document.child_elements(id).collect();
    for child in children {
        if document.has_class(child, "callout-content") {
            super::clean::unwrap(document, child);
        } else if document.has_class(child, "callout-title") {
            // A title that somebody wrote has a place.
            if document.attribute(child, "data-line").is_some() {
                make_title(document, child);
            }
            document.detach(child);
        }
    }
    for attribute in ["data-callout", "data-callout-fold", "data-callout-metadata"] {
        document.remove_attribute(id, attribute);
    }
    document.set_attribute(id, "class", &classes(&name).join(" "));
}

/// Puts a title with the content of `from`, a block of the callout, before it.
fn make_title(document: &mut Document, from: NodeId) {
    let title = document.new_element("p", &[("class", "callout-title")]);
    if let Some(line) = document.attribute(from, "data-line").map(str::to_owned) {
        document.set_attribute(title, "data-line", &line);
    }
    if let Some(name) = document.attribute(from, "id").map(str::to_owned) {
        document.set_attribute(title, "id", &name);
    }
    document.insert_before(title, from);
    super::structure::adopt(document, title, from);
}

/// Makes a heading that a callout begins with its title, as Quarto does.
pub(super) fn title_of_heading(document: &mut Document, id: NodeId) {
    let first = document.child_elements(id).next();
    if let Some(heading) = first.filter(|&first| document.heading(first).is_some()) {
        make_title(document, heading);
        document.detach(heading);
    }
}
