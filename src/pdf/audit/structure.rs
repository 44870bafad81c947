//! Elements nest as the standard has it, and each mark belongs to one of them (ISO 32000-1, 14.7 and 14.8.4).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId};

use super::super::document::Document;
use super::super::structure::standard_type;
use super::{Places, about};
use crate::audit::{Check, Rule, Standard};
use crate::layout::{Pages, Structure, StructureNode};

pub(super) static OWNED: Rule = Rule {
    code: "mark-without-owner",
    asks: "Every marked piece of content belongs to exactly one element, the one that the parent tree tells.",
    clauses: &[Standard::PdfUa1.clause("7.1"), Standard::PdfA2a.clause("6.7.3.3")],
};
pub(super) static NESTED: Rule = Rule {
    code: "elements-nest-wrongly",
    asks: "Elements of tables, lists and tables of contents stand in each other as ISO 32000-1 has it.",
    clauses: &[
        Standard::PdfUa1.clause("7.2"),
        Standard::Matterhorn.clause("09-004"),
        Standard::Matterhorn.clause("09-005"),
        Standard::Matterhorn.clause("09-006"),
    ],
};
pub(super) static STANDARD: Rule = Rule {
    code: "element-of-no-type",
    asks: "Every element has a standard type, or one that is mapped to a standard type.",
    clauses: &[
        Standard::PdfUa1.clause("7.1"),
        Standard::PdfA2a.clause("6.7.3.4"),
        Standard::Matterhorn.clause("02-001"),
        Standard::Matterhorn.clause("02-003"),
        Standard::Matterhorn.clause("02-004"),
    ],
};
pub(super) static FIGURES: Rule = Rule {
    code: "figure-without-alt",
    asks: "Every figure and formula in the file has alternative or actual text.",
    clauses: &[
        Standard::PdfUa1.clause("7.3"),
        Standard::PdfUa1.clause("7.7"),
        Standard::Matterhorn.clause("13-004"),
        Standard::Matterhorn.clause("17-002"),
    ],
};
pub(super) static LANGUAGES: Rule = Rule {
    code: "language-malformed",
    asks: "The document tells its language, and every language that is told is a well-formed tag.",
    clauses: &[
        Standard::PdfUa1.clause("7.2"),
        Standard::PdfA2a.clause("6.7.4"),
        Standard::Matterhorn.clause("11-006"),
    ],
};

/// Looks at each mark, in the tree as it is written.
pub(super) fn owned(document: &Document) -> Check {
    let mut check = Check::new(&OWNED);
    let owners = owners(document);
    let parents = parent_tree(document);
    for mark in &document.marks {
        let holder = match mark.form {
            Some(form) => document.forms.get(form).copied().flatten(),
            None => document.pages.get(mark.page).map(|page| page.id),
        };
        let found = holder.and_then(|holder| owners.get(&(holder, mark.id)));
        let told = usize::try_from(mark.id).ok().and_then(|id| parents.get(&document.key_of(mark))?.get(id));
        let finding = match found.map(Vec::as_slice) {
            Some([owner]) if told == Some(&Object::Reference(*owner)) => None,
            Some([_]) => Some("is of one element, and of another in the parent tree"),
            Some(_) => Some("is of several elements"),
            None => Some("is of no element"),
        };
        let page = mark.page + 1;
        check.examine(finding.map(|what| check.error(format!("marked content of page {page} {what}"))));
    }
    check
}

/// Of each mark, by the page or form that it is in, the elements that name it.
fn owners(document: &Document) -> BTreeMap<(ObjectId, i64), Vec<ObjectId>> {
    let mut owners: BTreeMap<_, Vec<ObjectId>> = BTreeMap::new();
    for (id, object) in &document.objects.objects {
        let Ok(element) = object.as_dict() else { continue };
        let (Ok(kids), true) = (element.get(b"K"), element.has(b"S")) else { continue };
        let own = element.get(b"Pg").and_then(Object::as_reference).ok();
        for kid in one_or_many(kids) {
            let mark = match kid {
                Object::Integer(mark) => own.map(|page| (page, *mark)),
                Object::Dictionary(reference) => marked(reference, own),
                _ => None,
            };
            if let Some(mark) = mark {
                owners.entry(mark).or_default().push(*id);
            }
        }
    }
    owners
}

/// What a marked-content reference names (14.7.4.2).
fn marked(reference: &Dictionary, page: Option<ObjectId>) -> Option<(ObjectId, i64)> {
    let mark = reference.get(b"MCID").and_then(Object::as_i64).ok()?;
    let at = |key| reference.get(key).and_then(Object::as_reference).ok();
    Some((at(b"Stm").or_else(|| at(b"Pg")).or(page)?, mark))
}

fn one_or_many(kids: &Object) -> &[Object] {
    match kids {
        Object::Array(kids) => kids,
        kid => std::slice::from_ref(kid),
    }
}

fn parent_tree(document: &Document) -> BTreeMap<i64, &Vec<Object>> {
    let follow =
        |dictionary: &Dictionary, key: &[u8]| dictionary.get(key).and_then(Object::as_reference).ok();
    let at = |id| document.objects.get_dictionary(id).ok();
    let tree = follow(&document.catalog, b"StructTreeRoot").and_then(at);
    let tree = tree.and_then(|root| follow(root, b"ParentTree")).and_then(at);
    let numbers = tree.and_then(|tree| tree.get(b"Nums").and_then(Object::as_array).ok());
    let pairs = numbers.map_or(&[][..], Vec::as_slice).chunks_exact(2);
    pairs.filter_map(|pair| Some((pair[0].as_i64().ok()?, pair[1].as_array().ok()?))).collect()
}

/// Looks at each element and its children (tables 333, 336 and 337).
pub(super) fn nested(structure: &Structure, places: Places) -> Check {
    let mut check = Check::new(&NESTED);
    for node in &structure.nodes {
        let role = standard_type(node.role);
        for child in node.children.iter().filter_map(|child| structure.nodes.get(child.0 as usize)) {
            let inside = standard_type(child.role);
            let wrong = !may_hold(role, inside);
            let told =
                || about(&check, child, places, format!("an element {inside} stands in an element {role}"));
            let finding = wrong.then(told);
            check.examine(finding);
        }
        if role == "Table" {
            let told =
                || about(&check, node, places, "a table has rows beside its groups of rows".to_owned());
            let finding = mixes_rows(structure, node).then(told);
            check.examine(finding);
        }
    }
    check
}

/// Whether a table has rows of its own and rows in groups: one or the other (table 337).
fn mixes_rows(structure: &Structure, table: &StructureNode) -> bool {
    let has = |roles: &[&str]| {
        let mut children = table.children.iter().filter_map(|child| structure.nodes.get(child.0 as usize));
        children.any(|child| roles.contains(&standard_type(child.role)))
    };
    has(&["TR"]) && has(&["THead", "TBody", "TFoot"])
}

/// Whether an element may have such a child.
fn may_hold(parent: &str, child: &str) -> bool {
    let of_child: Option<&[&str]> = match child {
        "LI" => Some(&["L"]),
        "LBody" => Some(&["LI"]),
        "TOCI" => Some(&["TOC"]),
        "TR" => Some(&["Table", "THead", "TBody", "TFoot"]),
        "THead" | "TBody" | "TFoot" => Some(&["Table"]),
        "TH" | "TD" => Some(&["TR"]),
        _ => None,
    };
    let of_parent: Option<&[&str]> = match parent {
        "L" => Some(&["Caption", "L", "LI"]),
        "LI" => Some(&["Lbl", "LBody"]),
        "TOC" => Some(&["Caption", "TOC", "TOCI"]),
        "TOCI" => Some(&["Lbl", "Reference", "NonStruct", "P", "TOC"]),
        "Table" => Some(&["Caption", "TR", "THead", "TBody", "TFoot"]),
        "THead" | "TBody" | "TFoot" => Some(&["TR"]),
        "TR" => Some(&["TH", "TD"]),
        _ => None,
    };
    of_child.is_none_or(|parents| parents.contains(&parent))
        && of_parent.is_none_or(|children| children.contains(&child))
}

/// Looks at the type of each element.
pub(super) fn standard(structure: &Structure, places: Places) -> Check {
    let mut check = Check::new(&STANDARD);
    for node in &structure.nodes {
        let wrong = node.role.is_empty();
        let told = || about(&check, node, places, "an element has no type".to_owned());
        let finding = wrong.then(told);
        check.examine(finding);
    }
    check
}

/// Looks at each figure and formula.
pub(super) fn figures(structure: &Structure, places: Places) -> Check {
    let mut check = Check::new(&FIGURES);
    let asked = |node: &&StructureNode| matches!(standard_type(node.role), "Figure" | "Formula");
    for node in structure.nodes.iter().filter(asked) {
        let says = [&node.alt, &node.actual_text].into_iter().flatten().any(|text| !text.trim().is_empty());
        let told = || {
            about(&check, node, places, format!("{} has no alternative text", node.role))
                .hint("say what it shows, for those who do not see it; `alt=\"\"` where it is decoration")
        };
        let finding = (!says).then(told);
        check.examine(finding);
    }
    check
}

/// Looks at the language of the document, and of each element that has its own.
pub(super) fn languages(pages: &Pages, places: Places) -> Check {
    let mut check = Check::new(&LANGUAGES);
    let lang = &pages.meta.lang;
    check.examine((!is_language(lang)).then(|| {
        check
            .error(format!("the document's language is “{lang}”, which is no language"))
            .hint("set `lang`, as in `lang: nl`")
    }));
    for node in &pages.structure.nodes {
        let Some(lang) = &node.lang else { continue };
        let told = || about(&check, node, places, format!("“{lang}” is no language"));
        let finding = (!is_language(lang)).then(told);
        check.examine(finding);
    }
    check
}

/// Whether a tag is well formed (BCP 47, 2.1): a language of letters, and subtags of up to eight letters and digits.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let first = parts.next().is_some_and(|part| {
        letters(part) && ((2..=8).contains(&part.len()) || matches!(part, "x" | "X" | "i" | "I"))
    });
    first
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
