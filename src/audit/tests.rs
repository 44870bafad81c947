//! docs/accessibility.md against the code.

use std::collections::BTreeSet;
use std::path::Path;

use super::{questions, rules};

const FILE: &str = "docs/accessibility.md";

fn document() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE)).unwrap()
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
