use std::path::{Path, PathBuf};

use super::*;
use crate::files::Memory;

fn open(files: &Memory, input: &str) -> crate::diag::Outcome<Project> {
    Project::open(files, Path::new(input), &Overrides::default())
}

#[test]
fn a_folder_with_nothing_but_articles_is_a_project() {
    let project = open(&Memory::default().with("/a/b/text.md", "# A"), "/a/b").unwrap();
    assert_eq!((project.root, project.input), (PathBuf::from("/a/b"), PathBuf::from("/a/b")));
    assert_eq!(project.output, Path::new("/a/b/output"));
    assert!(project.templates.is_none() && project.fonts.is_none());
}

#[test]
fn the_parts_of_a_project_are_found_above_and_beside_the_input() {
    let files = Memory::default()
        .with("/p/handout.toml", "output = 'out'\nlang = 'en'")
        .with("/p/_brand.yml", "meta: {name: P}")
        .with("/p/templates/x/layout.hbs", "")
        .with("/p/fonts/a.ttf", "")
        .with("/p/input/_data/team.yaml", "- Ann")
        .with("/p/input/sub/a.md", "");
    for input in ["/p/input", "/p", "/p/input/sub/../"] {
        let project = open(&files, input).unwrap();
        assert_eq!(project.input, Path::new("/p/input"), "{input}");
        assert_eq!(project.brand.name, "P");
        assert_eq!(project.output, Path::new("/p/out"));
        assert_eq!(project.templates.as_deref(), Some(Path::new("/p/templates")));
        assert_eq!(project.fonts.as_deref(), Some(Path::new("/p/fonts")));
        assert_eq!(project.data["team"][0], "Ann");
        assert_eq!(&*project.name_of(Path::new("/p/input/a.md")), "input/a.md");
    }
    let one = open(&files, "/p/input/sub/a.md").unwrap();
    assert_eq!(one.input_folder(&files), Path::new("/p/input/sub"));
    let other = Overrides { brand: Some("/other/b.yml".into()), ..Overrides::default() };
    let files = files.with("/other/b.yml", "meta: {name: Other}");
    assert_eq!(Project::open(&files, Path::new("/p"), &other).unwrap().brand.name, "Other");
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let files = Memory::default()
        .with("/p/handout.toml", "layuot = 'x'")
        .with("/p/_brand.yml", "metta: 1")
        .with("/p/input/_data/a.json", "{")
        .with("/p/input/_data/b.yaml", b"a: \xff".to_vec());
    let found = open(&files, "/p/input").unwrap_err();
    let codes: Vec<_> = found.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["unknown-key", "unknown-key", "json-syntax", "invalid-utf8"]);
    assert_eq!(found[3].message, "byte 3 (0xFF) is no UTF-8");
    assert_eq!(open(&files, "/nowhere").unwrap_err()[0].code, "missing-input");
}

#[test]
fn no_path_leads_out_of_the_project() {
    let files = Memory::default().with("/p/in/a.md", "").with("/secret", "").with("/p/handout.toml", "");
    let project = open(&files, "/p/in").unwrap();
    let folder = Path::new("/p/in");
    let code = |path: &str| project.resolve(&files, folder, path).map_err(|error| error.code);
    assert_eq!(code("a.md"), Ok(PathBuf::from("/p/in/a.md")));
    assert_eq!(code("../in/./a.md"), Ok(PathBuf::from("/p/in/a.md")));
    assert_eq!(code("/in/a.md"), Ok(PathBuf::from("/p/in/a.md")));
    assert_eq!(code("../../secret"), Err("file-outside"));
    assert_eq!(code("../../none"), Err("file-outside"));
    assert_eq!(code("b.md"), Err("missing-file"));
    assert_eq!(code("https://a.nl/b.md"), Err("remote-file"));
    assert_eq!(code("//a.nl/b.md"), Err("remote-file"));
}
