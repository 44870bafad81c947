//! What the fuzz targets share: a project in memory with one file in it that nobody has looked at.
//!
//! Errors are what a reader gives for bad input; panics, endless loops and memory without end are what is looked for.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::LazyLock;

use handout::audit;
use handout::config::{Overrides, Project};
use handout::diag::Outcome;
use handout::files::Memory;
use handout::read::{self, Article};
use handout::run::Press;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Plans and reads a project whose only file of the input is `name`.
pub fn read(name: &str, content: &[u8]) -> Vec<Article> {
    let files = Memory::default().with(&format!("/p/input/{name}"), content.to_vec());
    let Ok(project) = Project::open(&files, Path::new("/p/input"), &Overrides::default()) else {
        return Vec::new();
    };
    let (jobs, _) = read::plan(&files, &project);
    jobs.iter().filter_map(|job| Some(read::read(&files, &project, job).ok()?.0)).collect()
}

/// Puts an article through all stages that come after it was read.
pub fn print(article: &Article) -> Outcome<()> {
    static FILES: LazyLock<Memory> = LazyLock::new(|| Memory::default().with("/p/input/a.md", "# A"));
    static PRESS: LazyLock<Press<'static>> = LazyLock::new(|| {
        let opened = Press::open(&*FILES, Path::new("/p/input"), &Overrides::default());
        opened.expect("a project without a setting opens").0
    });
    let rendered = PRESS.render(article)?;
    let (tree, _) = PRESS.style(article, &rendered)?;
    let _ = audit::words(&tree).with_reviews(audit::reviews(&tree));
    let _ = PRESS.docx(&tree, &Default::default());
    let (pages, _) = PRESS.lay_out(&tree)?;
    let _ = PRESS.look(&tree, &pages);
    PRESS.pdf(&pages, Some(&tree)).map(drop)
}

/// Opens a project with these settings.
pub fn open(settings: &[u8]) {
    let files = Memory::default().with("/p/handout.toml", settings.to_vec()).with("/p/input/a.md", "# A");
    let _ = Project::open(&files, Path::new("/p/input"), &Overrides::default());
}

/// A Word document with this main part, and with the styles, lists and notes of a real one.
pub fn package(document: &[u8]) -> Vec<u8> {
    const REAL: &[u8] = include_bytes!("../../tests/read/docx/pandoc.docx");
    let mut real = zip::ZipArchive::new(Cursor::new(REAL)).expect("a package that is kept with the tests");
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..real.len() {
        let part = real.by_index_raw(index).expect("a part of it");
        if part.name() != "word/document.xml" {
            package.raw_copy_file(part).expect("memory takes it");
        }
    }
    package.start_file("word/document.xml", SimpleFileOptions::default()).expect("memory takes it");
    package.write_all(document).expect("memory takes it");
    package.finish().expect("memory takes it").into_inner()
}
