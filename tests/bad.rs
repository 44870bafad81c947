//! Bad input: each file in tests/bad/ is a project in one YAML file, and beside it, as `.txt`, all that is told
//! about it; about `access-right.yaml`, nothing. `HANDOUT_ACCEPT=1 cargo test --test bad` takes what is told now as right.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use handout::audit;
use handout::config::Overrides;
use handout::config::value::{Format, Source, Spanned, parse};
use handout::diag::{Diagnostic, Outcome, Severity};
use handout::files::Memory;
use handout::read::Job;
use handout::run::Press;

#[test]
fn every_mistake_is_told_at_its_place() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    cases.sort();
    assert!(!cases.is_empty());
    let mut wrong = String::new();
    for path in cases {
        let text = std::fs::read_to_string(&path).unwrap();
        let case = parse(Format::Yaml, &text, 1, &Source::new("case", text.as_str())).unwrap();
        let told = told(&case);
        let expected_path = path.with_extension("txt");
        if std::env::var_os("HANDOUT_ACCEPT").is_some() {
            std::fs::write(&expected_path, &told).unwrap();
        }
        let expected = std::fs::read_to_string(&expected_path).unwrap_or_default();
        let is_right = path.file_name().is_some_and(|name| name == "access-right.yaml");
        if told != expected || told.is_empty() != is_right {
            let _ = write!(wrong, "{}\n--- expected\n{expected}--- told\n{told}\n", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_is_shown_to_speak() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut shown = String::new();
    for folder in ["bad", "access/paint"] {
        for file in std::fs::read_dir(tests.join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                shown += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    // The rules on the file are the writer's to keep: no article can break one, and the writer's own tests do.
    let of_file: Vec<_> = handout::pdf::rules().map(|rule| rule.code).collect();
    for code in audit::rules().map(|rule| rule.code).filter(|code| !of_file.contains(code)) {
        let speaks = [format!("[{code}]: "), format!("{code} Failed"), format!("{code} CantTell")]
            .iter()
            .any(|line| shown.contains(line));
        assert!(speaks, "no file of tests/bad or tests/access/paint shows `{code}`");
    }
}

/// Runs the project as far as it goes, and gives what is told about it.
fn told(case: &Spanned) -> String {
    let mut files = Memory::default();
    for entry in case.get("files").unwrap().entries() {
        let text = entry.value.as_str().unwrap();
        files = files.with(&format!("/p/{}", entry.key), text);
    }
    let input = case.get("input").and_then(Spanned::as_str).unwrap_or("input");
    let overrides = Overrides {
        brand: case.get("brand").and_then(Spanned::as_str).map(|brand| Path::new("/p").join(brand)),
        ..Overrides::default()
    };
    let found = run(&files, &Path::new("/p").join(input), &overrides);
    found.iter().map(show).collect()
}

fn run(files: &Memory, input: &Path, overrides: &Overrides) -> Vec<Diagnostic> {
    let (press, mut found) = match Press::open(files, input, overrides) {
        Ok(opened) => opened,
        Err(errors) => return errors,
    };
    let (jobs, problems) = press.plan();
    found.extend(problems);
    for job in &jobs {
        if let Err(errors) = print(&press, job, &mut found) {
            found.extend(errors);
        }
    }
    found
}

/// As far as the audit of the styled tree; where the article may have only so many pages, as far as those.
fn print(press: &Press<'_>, job: &Job, found: &mut Vec<Diagnostic>) -> Outcome<()> {
    let (article, warnings) = press.read(job)?;
    found.extend(warnings);
    let rendered = press.render(&article)?;
    found.extend(rendered.warnings.clone());
    let (tree, warnings) = press.style(&article, &rendered)?;
    found.extend(warnings);
    found.extend(audit::words(&tree).findings().cloned());
    if article.meta.pages.is_some() {
        found.extend(press.lay_out(&tree)?.1);
    }
    Ok(())
}

fn show(found: &Diagnostic) -> String {
    let severity = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut text = format!("{severity}[{}]: {}\n", found.code, found.message);
    if let Some(place) = &found.place {
        let number = |number: Option<u32>| number.map(|number| format!(":{number}")).unwrap_or_default();
        let _ = writeln!(text, "  at {}{}{}", place.file, number(place.line), number(place.column));
        if let (Some(line), Some(column)) = (&place.text, place.column) {
            let _ = writeln!(text, "  | {line}\n  | {}^", " ".repeat(column as usize - 1));
        }
    }
    if let Some(hint) = &found.hint {
        let _ = writeln!(text, "  hint: {hint}");
    }
    text + "\n"
}
