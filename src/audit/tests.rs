//! docs/accessibility.md against the code.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Clause, Standard, questions, rules};

const FILE: &str = "docs/accessibility.md";

fn document() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE)).unwrap()
}

/// `PDF/UA-1 7.3; WCAG 2.1 1.1.1, 1.4.5`, or a dash for a rule of our own.
fn clauses(clauses: &[Clause]) -> String {
    let of_one = clauses.chunk_by(|one, next| one.standard == next.standard).map(|clauses| {
        let numbers: Vec<&str> = clauses.iter().map(|clause| clause.clause).collect();
        format!("{} {}", clauses[0].standard.name(), numbers.join(", "))
    });
    let all = of_one.collect::<Vec<_>>().join("; ");
    if all.is_empty() { "–".to_owned() } else { all }
}

/// The cells of the rows of the tables below a heading, as far as the next one of its level.
fn rows<'d>(document: &'d str, heading: &str) -> Vec<Vec<&'d str>> {
    let level = heading.split(' ').next().unwrap();
    let lines = document.lines().skip_while(|line| *line != heading).skip(1);
    let section = lines.take_while(|line| line.split(' ').next() != Some(level));
    let rows = section.filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    let cells = |row: &'d str| row.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>();
    rows.map(cells).filter(|cells| !matches!(cells[0], "code" | "index")).collect()
}

#[test]
fn the_document_has_every_rule_and_every_question() {
    let document = document();
    let told = rows(&document, "## The rules");
    let unsaid = told.iter().find(|row| !matches!(row[3], "error" | "warning"));
    assert_eq!(unsaid, None, "an error, or a warning?");
    let rules: Vec<[String; 3]> = rules()
        .map(|rule| [format!("`{}`", rule.code), rule.asks.to_owned(), clauses(rule.clauses)])
        .collect();
    let told: Vec<&[&str]> = told.iter().map(|row| &row[..3]).collect();
    assert_eq!(told, rules);
    let questions: Vec<[String; 3]> = questions()
        .map(|asked| [format!("`{}`", asked.code), asked.asks.to_owned(), clauses(asked.clauses)])
        .collect();
    assert_eq!(rows(&document, "## What a person must check"), questions);
}

#[test]
fn codes_are_told_apart() {
    let codes: Vec<&str> =
        rules().map(|rule| rule.code).chain(questions().map(|question| question.code)).collect();
    let unique: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(unique.len(), codes.len(), "{codes:?}");
}

/// The Matterhorn Protocol 1.1: how many conditions each checkpoint has.
const CONDITIONS: [usize; 31] =
    [7, 4, 3, 1, 3, 4, 2, 2, 8, 1, 7, 1, 8, 7, 5, 3, 3, 2, 4, 3, 1, 1, 1, 1, 1, 2, 1, 18, 1, 2, 30];

#[test]
fn the_checklist_has_every_condition_once_and_in_order() {
    let document = document();
    let rows = rows(&document, "## The checklist of PDF/UA-1");
    let indexes: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    let expected: Vec<String> = (1..)
        .zip(CONDITIONS)
        .flat_map(|(checkpoint, count)| {
            (1..=count).map(move |condition| format!("{checkpoint:02}-{condition:03}"))
        })
        .collect();
    assert_eq!(indexes, expected);
    let by = |who: &str| rows.iter().filter(|row| row[1] == who).count();
    assert_eq!((by("M"), by("H"), by("–")), (87, 48, 2));
}

/// The codes that a cell of the checklist names after `by audit:` or `by a person:`.
fn codes<'c>(cell: &'c str, by: &str) -> BTreeSet<&'c str> {
    let parts = cell.split("; ").filter_map(|part| part.strip_prefix(by));
    parts.flat_map(|part| part.split(", ")).map(|code| code.trim_matches('`')).collect()
}

#[test]
fn the_checklist_names_what_the_code_does() {
    let document = document();
    for row in rows(&document, "## The checklist of PDF/UA-1") {
        let (index, cell) = (row[0], row[3]);
        let is_of = |clauses: &[Clause]| {
            clauses.iter().any(|clause| clause.standard == Standard::Matterhorn && clause.clause == index)
        };
        let audits: BTreeSet<&str> =
            rules().filter(|rule| is_of(rule.clauses)).map(|rule| rule.code).collect();
        assert_eq!(codes(cell, "by audit: "), audits, "{index}");
        let reviews: BTreeSet<&str> =
            questions().filter(|question| is_of(question.clauses)).map(|question| question.code).collect();
        assert_eq!(codes(cell, "by a person: "), reviews, "{index}");
        assert!(["by construction: ", "by audit: ", "by a person: "].iter().any(|by| cell.starts_with(by)));
    }
}

#[test]
fn every_rule_and_question_is_said_in_dutch() {
    let words = include_str!("../../templates/i18n/nl.yaml");
    let has = |key: &str| words.lines().any(|line| line.starts_with(&format!("{key}: ")));
    let missing: Vec<String> = rules()
        .map(|rule| format!("rule-{}", rule.code))
        .chain(questions().map(|question| question.code.to_owned()))
        .filter(|key| !has(key))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
