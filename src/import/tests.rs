use std::path::PathBuf;

use super::*;
use crate::config::Overrides;
use crate::files::{Disk, Memory};
use crate::read;

/// All articles of an input, imported.
fn import_all(files: &dyn Files, input: &Path) -> Vec<(Article, Imported)> {
    let project = Project::open(files, input, &Overrides::default()).unwrap();
    let (jobs, _) = read::plan_with(files, &project, read::Drafts::Kept);
    let mut importer = Importer::default();
    let import = |job| {
        let (article, _) = read::read(files, &project, job).unwrap();
        let imported = importer.import(files, &project, &article);
        (article, imported)
    };
    jobs.iter().map(import).collect()
}

/// The articles of a folder that holds what was imported.
fn read_again(imported: &[(Article, Imported)]) -> Vec<Article> {
    let mut files = Memory::default();
    for (_, file) in imported {
        files = files.with(&format!("/new/{}", file.name), file.text.clone());
        for (name, bytes) in &file.pictures {
            files = files.with(&format!("/new/{name}"), bytes.clone());
        }
    }
    let project = Project::open(&files, Path::new("/new"), &Overrides::default()).unwrap();
    let (jobs, problems) = read::plan_with(&files, &project, read::Drafts::Kept);
    assert_eq!(problems, []);
    jobs.iter().map(|job| read::read(&files, &project, job).unwrap().0).collect()
}

/// Checks that all articles come back: words, structure and metadata.
fn check(files: &dyn Files, input: &Path) -> usize {
    let imported = import_all(files, input);
    for (article, file) in &imported {
        let told: Vec<_> = file.warnings.iter().map(|found| (found.code, found.place.clone())).collect();
        assert_eq!(told, [], "{}\n{}", article.file, file.text);
    }
    let again = read_again(&imported);
    assert_eq!(again.len(), imported.len());
    for (old, file) in &imported {
        let new = again.iter().find(|new| new.slug == old.slug).unwrap();
        let without = |meta: &Map<String, Value>| {
            let kept = meta.iter().filter(|(key, _)| *key != "slug");
            let map: BTreeMap<_, _> = kept.map(|(key, value)| (key.clone(), value.to_string())).collect();
            map
        };
        let old_meta: BTreeMap<_, _> = without(&old.meta.all);
        let mut new_meta: BTreeMap<_, _> = without(&new.meta.all);
        // Pictures have other names now.
        new_meta.retain(|key, _| old_meta.get(key).is_none_or(|value| !has_picture(value)));
        let old_meta: BTreeMap<_, _> =
            old_meta.into_iter().filter(|(_, value)| !has_picture(value)).collect();
        assert_eq!(new_meta, old_meta, "{}", file.name);
        assert_eq!(new.meta.lang, old.meta.lang);
    }
    imported.len()
}

fn has_picture(value: &str) -> bool {
    [".jpg", ".png", ".svg", ".webp"].iter().any(|ending| value.contains(ending))
}

#[test]
fn the_sample_comes_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(check(&Disk, &root.join("input")) > 8);
}

#[test]
fn what_other_programs_wrote_comes_back() {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read");
    let project = Project::open(&Disk, &input, &Overrides::default()).unwrap();
    let (jobs, _) = read::plan_with(&Disk, &project, read::Drafts::Kept);
    let mut importer = Importer::default();
    let articles: Vec<Article> =
        jobs.iter().filter_map(|job| Some(read::read(&Disk, &project, job).ok()?.0)).collect();
    assert!(articles.len() > 10);
    let mut wrong = String::new();
    for article in articles {
        let imported = importer.import(&Disk, &project, &article);
        for found in imported.warnings.iter().filter(|found| found.code == "import-differs") {
            wrong += &format!("{} {:?}\n{}\n", article.slug, found.place, imported.text);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_seeds_come_back() {
    let Some(seeds) = std::env::var_os("HANDOUT_SEEDS").map(PathBuf::from) else {
        eprintln!("skipped: HANDOUT_SEEDS names no folder of articles");
        return;
    };
    assert!(check(&Disk, &seeds) >= 15);
}

#[test]
fn pictures_move_under_names_of_their_own() {
    let files = Memory::default()
        .with("/p/handout.toml", "lang = 'de'")
        .with("/p/input/a.md", "---\nphoto: b/Één Foto.JPG\n---\n# A\n\n![x](b/x.png) ![y](x.png)\n\n![z](b/x.png \"Z\")")
        .with("/p/input/sub/c.md", "---\ntitle: C\ndraft: true\nslug: other\n---\n![x](../b/x.png) ![gone](gone.png) ![w](https://x.nl/w.png)")
        .with("/p/input/b/x.png", "one")
        .with("/p/input/x.png", "two")
        .with("/p/input/b/Één Foto.JPG", "three");
    let imported = import_all(&files, Path::new("/p/input"));
    let (a, c) = (&imported[0].1, &imported[1].1);
    assert_eq!(a.name, "a.md");
    assert_eq!(
        a.text,
        "---\ntitle: A\nlang: de\nphoto: images/een-foto.jpg\n---\n\n![x](images/x.png) ![y](images/x-2.png)\n\n![z](images/x.png \"Z\")\n"
    );
    let names: Vec<_> = a.pictures.keys().map(String::as_str).collect();
    assert_eq!(names, ["images/een-foto.jpg", "images/x-2.png", "images/x.png"]);
    assert_eq!(c.name, "sub/other.md");
    assert!(
        c.text.starts_with("---\ntitle: C\nlang: de\ndraft: true\n---\n\n![x](../images/x.png)"),
        "{}",
        c.text
    );
    assert!(c.pictures.is_empty());
    let told: Vec<_> = c.warnings.iter().map(|found| (found.code, found.is_error())).collect();
    assert_eq!(told, [("missing-file", false), ("remote-file", false)]);
}
