//! The articles of `tests/read`, which other programs wrote or whose dialect they speak, each in a project of its own.

use std::path::{Path, PathBuf};

use crate::shell::{cargo, root};

/// The folders of `tests/read` with an article a file.
const KINDS: [&str; 7] = ["docx", "feeds", "html", "markdown", "notations", "typography", "wordpress"];

/// Fragments in these languages, which have no title of their own.
const FRAGMENTS: &str = "typography";

/// Files that are no articles: what comes of them, what is said of them, and drafts.
const OTHERS: [&str; 4] = [".expected", WORDS, "README.md", "draft.md"];

/// The ending of the file that says which words of an article are meant to be elsewhere, or nowhere.
const WORDS: &str = ".words";

/// Folders with what the articles were made of.
const SOURCES: &str = "source";

/// Writes them all, each with `input` and `output` in a folder of `home`; gives the folders of what was written.
pub fn press(home: &Path) -> Result<Vec<PathBuf>, String> {
    let _ = std::fs::remove_dir_all(home);
    let mut written = Vec::new();
    for kind in KINDS {
        let folder = root().join("tests/read").join(kind);
        let entries = entries(&folder)?;
        let (folders, files): (Vec<_>, Vec<_>) = entries.into_iter().partition(|path| path.is_dir());
        for file in files.iter().filter(|file| is_article(file)) {
            let project = home.join(format!("{kind}-{}", name(file)));
            let output = project.join("output");
            arrange(&project, file, &folders).map_err(|error| format!("{}: {error}", project.display()))?;
            cargo(["run", "--quiet", "--", "build", "--format", "pdf,docx,html", "--output"])
                .args([&output, &project.join("input")])
                .run()
                .map_err(|why| format!("{}: {why}", file.display()))?;
            written.push(output);
        }
    }
    Ok(written)
}

/// The project of an article: itself, and the folders beside it.
fn arrange(project: &Path, file: &Path, folders: &[PathBuf]) -> std::io::Result<()> {
    let input = project.join("input");
    std::fs::create_dir_all(&input)?;
    std::fs::write(project.join("handout.toml"), "")?;
    std::fs::copy(file, input.join(name(file)))?;
    let words = file.with_file_name(name(file) + WORDS);
    if words.is_file() {
        std::fs::copy(words, project.join("words.txt"))?;
    }
    for folder in folders.iter().filter(|folder| !folder.ends_with(SOURCES)) {
        copy(folder, &input.join(name(folder)))?;
    }
    let lang = file.file_stem().unwrap_or_default().to_string_lossy();
    if file.parent().is_some_and(|kind| kind.ends_with(FRAGMENTS)) {
        let defaults = format!("title: Tekens ({lang})\nlang: {lang}\ntypography: {lang}\n");
        std::fs::write(input.join("_defaults.yaml"), defaults)?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        let to = to.join(name(&path));
        if path.is_dir() {
            copy(&path, &to)?;
        } else {
            std::fs::copy(&path, to)?;
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths =
        entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>().map_err(failed)?;
    paths.sort();
    Ok(paths)
}

fn is_article(file: &Path) -> bool {
    !OTHERS.iter().any(|other| name(file).ends_with(other))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
