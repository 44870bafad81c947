use std::collections::BTreeSet;
use std::path::Path;

use boon::{Compiler, SchemaIndex, Schemas};

use super::*;
use crate::config::value::{Format, Source, Spanned, parse};
use crate::config::{Overrides, Project};
use crate::files::{Disk, Files, Memory};
use crate::read;
use crate::read::ENTRY;

/// A schema that checks.
struct Checker(Schemas, SchemaIndex);

impl Checker {
    fn of(schema: Value) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("schema.json", schema).unwrap();
        let index = compiler.compile("schema.json", &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
        Self(schemas, index)
    }

    fn takes(&self, value: &Value) -> bool {
        self.0.validate(value, self.1).is_ok()
    }

    #[track_caller]
    fn check(&self, value: &Value, name: &str) {
        if let Err(error) = self.0.validate(value, self.1) {
            panic!("{name}: {error:#}");
        }
    }
}

fn yaml(text: &str) -> Spanned {
    parse(Format::Yaml, text, 1, &Source::new("f", text)).unwrap()
}

/// Whether the readers take a file: no error that comes of the file's own keys and values.
fn is_read(file: File, value: &Spanned) -> bool {
    let text = value.to_json().to_string();
    let files = Memory::default().with("/p/a.md", "# A");
    let open = |files: &Memory| Project::open(files, Path::new("/p"), &Overrides::default());
    // JSON is YAML, and most of it TOML's own way of writing tables in a line.
    let problems = match file {
        File::Metadata => {
            read::metadata(value, &crate::config::Settings::default()).err().unwrap_or_default()
        }
        File::Catalog => {
            let files = files.with("/p/catalog.json", text);
            read::plan(&files, &open(&files).unwrap()).1
        }
        File::Settings => crate::config::Settings::read(value)
            .err()
            .into_iter()
            .flatten()
            .chain(crate::config::booklets(value).err().into_iter().flatten())
            .collect(),
        File::Brand => open(&files.with("/p/_brand.yml", text)).err().unwrap_or_default(),
    };
    // What a schema cannot know: other files, and names that are given elsewhere in the file.
    let elsewhere = ["missing-file", "missing-logo", "missing-font", "invalid-color", "empty-booklet"];
    problems.iter().all(|found| !found.is_error() || elsewhere.contains(&found.code))
}

/// Values of every kind that a key may have, right somewhere and wrong elsewhere.
const PROBES: [&str; 42] = [
    "~",
    "true",
    "0",
    "1",
    "5",
    "6",
    "-1",
    "1.5",
    "2026",
    "99999",
    "text",
    "nl",
    "dutch language",
    "2026-03-12",
    "2026-13",
    "2026-03-12T10:00:00Z",
    "a-slug",
    "A slug",
    "con",
    "qr",
    "foot",
    "off",
    "pdf",
    "right",
    "10pt",
    "1.5rem",
    "'#123456'",
    "italic",
    "semi-bold",
    "''",
    "[]",
    "[text]",
    "[1]",
    "[[text]]",
    "[{name: Ann}]",
    "{}",
    "{name: Ann}",
    "{nl: [bestuurs-kracht]}",
    "{a-slug: {handouts: [x]}}",
    "{full: A, short: B}",
    "{path: a.svg}",
    "{a: {b: c}}",
];

/// The paths of keys in a schema's properties, with what is around one.
fn paths(schema: &Value, above: &[String], found: &mut Vec<Vec<String>>) {
    for part in schema["anyOf"].as_array().into_iter().flatten().chain([schema]) {
        for (key, property) in part["properties"].as_object().into_iter().flatten() {
            let path = [above, std::slice::from_ref(key)].concat();
            paths(property, &path, found);
            found.push(path);
        }
    }
}

fn around(path: &[String], value: &str) -> String {
    path.iter().rev().fold(value.to_owned(), |inner, key| format!("{{{key}: {inner}}}"))
}

#[test]
fn readers_and_schemas_take_the_same() {
    let mut wrong = Vec::new();
    for file in File::ALL {
        let schema = schema(file, &[]);
        let checker = Checker::of(schema.clone());
        let mut keys = Vec::new();
        paths(&schema, &[], &mut keys);
        assert!(!keys.is_empty());
        keys.push(vec!["no-such-key".to_owned()]);
        for (path, probe) in keys.iter().flat_map(|path| PROBES.iter().map(move |probe| (path, probe))) {
            let value = yaml(&around(path, probe));
            let (read, taken) = (is_read(file, &value), checker.takes(&value.to_json()));
            if read != taken {
                wrong.push(format!("{file:?} {}: {probe}: read {read}, schema {taken}", path.join(".")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_entry_of_a_catalog_is_taken_as_it_is_read() {
    let checker = Checker::of(schema(File::Catalog, &[]));
    let mut keys = ENTRY.names().chain(METADATA.names()).collect::<Vec<_>>();
    keys.push("free");
    let mut wrong = Vec::new();
    for (key, probe) in keys.iter().flat_map(|key| PROBES.iter().map(move |probe| (*key, *probe))) {
        let source = if key == "source" { "" } else { "source: b.txt, " };
        let value = yaml(&format!("{{articles: [{{{source}{key}: {probe}}}]}}"));
        if is_entry_read(&value) != checker.takes(&value.to_json()) {
            wrong.push(format!("{key}: {probe}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn is_entry_read(value: &Spanned) -> bool {
    let name =
        value.get("articles").unwrap().items()[0].get("source").and_then(crate::config::fields::as_text);
    let files = Memory::default()
        .with("/p/catalog.json", value.to_json().to_string())
        .with(&format!("/p/{}", name.unwrap_or_else(|| "b.txt".to_owned())), "Title\n\ntext\n\nSome words.");
    let project = Project::open(&files, Path::new("/p"), &Overrides::default()).unwrap();
    let (jobs, problems) = read::plan(&files, &project);
    let elsewhere = ["unknown-line", "unknown-kind", "posts-only", "missing-file", "missing-title"];
    let is_own = |found: &crate::diag::Diagnostic| found.is_error() && !elsewhere.contains(&found.code);
    let told = jobs.iter().flat_map(|job| read::read(&files, &project, job).err().unwrap_or_default());
    !problems.iter().any(is_own) && !told.collect::<Vec<_>>().iter().any(is_own)
}

#[test]
fn the_guides_tell_every_key_and_no_other() {
    for file in File::ALL {
        let mut keys = Vec::new();
        paths(&schema(file, &[]), &[], &mut keys);
        let section = file.section();
        let told: BTreeSet<&str> = docs::rows(section).into_iter().map(|(key, _)| key).collect();
        let reserved = ["brand", "data"];
        for path in &keys {
            let path = path.join(".");
            let known = docs::about(section, &path).or_else(|| docs::about(Section::Layouts, &path));
            let is_reserved = file == File::Metadata && reserved.contains(&path.as_str());
            let is_above = told.iter().any(|key| key.starts_with(&format!("{path}.")));
            assert!(known.is_some() || is_reserved || is_above, "no guide tells of `{path}` of {file:?}");
        }
        let entries = ENTRY.names().collect::<Vec<_>>();
        for key in &told {
            let is_key =
                keys.iter().any(|path| path.join(".") == *key || path.last().is_some_and(|last| last == key));
            let is_entry = file == File::Catalog && entries.contains(key);
            assert!(is_key || is_entry, "there is no key `{key}` of {file:?}");
        }
    }
    for key in ENTRY.names() {
        assert!(docs::about(Section::Catalog, key).is_some(), "{key}");
    }
    for key in crate::config::BOOKLET.names() {
        assert!(docs::about(Section::Booklets, key).is_some(), "{key}");
    }
}

#[test]
fn the_files_of_the_sample_fit() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::open(&Disk, root, &Overrides::default()).unwrap();
    let templates = crate::template::Templates::load(&Disk, &project).unwrap();
    let layouts: Vec<String> = templates.layouts().map(str::to_owned).collect();
    let values = |path: &Path| project.read_values(&Disk, path, Format::of(path).unwrap()).unwrap().to_json();
    let brand = Checker::of(schema(File::Brand, &layouts));
    for path in
        ["_brand.yml", "input/_brands/vonder.yml", "input/_brands/getij.yml", "src/config/brand/default.yml"]
    {
        let path = root.join(path);
        if Disk.is_file(&path) {
            brand.check(&values(&path), &path.display().to_string());
        }
    }
    Checker::of(schema(File::Settings, &layouts)).check(&values(&root.join("handout.toml")), "handout.toml");
    let metadata = Checker::of(schema(File::Metadata, &layouts));
    let (jobs, _) = read::plan(&Disk, &project);
    assert!(jobs.len() > 5);
    for job in jobs {
        let (article, _) = read::read(&Disk, &project, &job).unwrap();
        metadata.check(&Value::Object(article.meta.all), &article.slug);
    }
    assert!(!metadata.takes(&json!({ "layout": "artikel" })));
}
