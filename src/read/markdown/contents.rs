//! Where an author asks for a table of contents: `[TOC]` of Python-Markdown and Typora, `[[toc]]` of markdown-it, `[[_TOC_]]`
//! of GitLab and Azure, `{:toc}` of kramdown. Each says of the article what `toc: true` in its metadata says; where the table
//! stands is a matter of the layout.

use serde_json::Value;

use super::numbered::{FencedCode, Numbered};
use crate::dom::{Document, NodeId};

/// What stands alone in a line.
const MARKS: [&str; 8] =
    ["[toc]", "[[toc]]", "[[_toc_]]", "[[!toc]]", "@[toc]", "${toc}", "{{toc}}", "{{>toc}}"];
/// A heading above it, which the layout has one of its own for.
const TITLES: [&str; 7] = [
    "inhoud",
    "inhoudsopgave",
    "in dit artikel",
    "contents",
    "table of contents",
    "on this page",
    "op deze pagina",
];
/// Classes that keep a heading out of the table, in kramdown and Quarto.
const LEFT_OUT: [&str; 2] = ["no_toc", "unlisted"];

/// The text without such marks, and the metadata that they are.
pub(super) fn take(text: Numbered) -> (Numbered, Option<(String, Value)>) {
    let folded = text.text().to_ascii_lowercase();
    if !folded.contains("toc")
        || !["[toc]", "toc]", "{toc}", "{:toc", "toc}}"].iter().any(|mark| folded.contains(mark))
    {
        return (text, None);
    }
    let lines: Vec<(&str, u32)> = text.lines().collect();
    let mut is_left_out = vec![false; lines.len()];
    let mut code = FencedCode::default();
    for (at, (line, _)) in lines.iter().enumerate() {
        if code.holds(line) || line.starts_with("    ") || line.starts_with('\t') {
            continue;
        }
        let mark = line.trim().to_ascii_lowercase();
        let is_list =
            mark.starts_with("{:toc") && at.checked_sub(1).is_some_and(|above| is_item(lines[above].0));
        if !is_list && !MARKS.contains(&mark.as_str()) {
            continue;
        }
        is_left_out[at] = true;
        let first = if is_list { at - 1 } else { at };
        is_left_out[first] = true;
        let above = (0..first).rev().find(|&above| !lines[above].0.trim().is_empty());
        if let Some(above) = above.filter(|&above| is_title(lines[above].0)) {
            is_left_out[above] = true;
        }
    }
    if !is_left_out.contains(&true) {
        return (text, None);
    }
    let mut rest = Numbered::with_capacity(text.text().len());
    for ((line, number), is_left_out) in lines.into_iter().zip(is_left_out) {
        rest.push(if is_left_out { "\n" } else { line }, number);
    }
    (rest, Some(("toc".to_owned(), Value::Bool(true))))
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['*', '-', '+']) || (number.len() < line.len() && number.starts_with(['.', ')']))
}

fn is_title(line: &str) -> bool {
    let words = line.trim().trim_matches(['#', '*', '_', ' ', ':']).to_lowercase();
    line.starts_with(['#', '*', '_']) && TITLES.contains(&words.as_str())
}

/// Gives headings that their author keeps out of the table the class that says so here.
pub(super) fn mark_left_out(document: &mut Document, root: NodeId) {
    let is_meant = |id: &NodeId| {
        document.heading(*id).is_some() && LEFT_OUT.iter().any(|class| document.has_class(*id, class))
    };
    let headings: Vec<NodeId> = document.elements(root).filter(is_meant).collect();
    for heading in headings {
        let class = document.attribute(heading, "class").unwrap_or_default();
        let class = format!("{class} no-toc");
        document.set_attribute(heading, "class", &class);
    }
}
