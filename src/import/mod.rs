//! Articles of any kind as Markdown with front matter, and their pictures in a folder beside them: for those who
//! want to own their text from then on.

mod compare;
mod front;
mod markdown;
mod pictures;

use std::collections::BTreeMap;
use std::path::{Component, Path};

use serde_json::{Map, Value};

use crate::config::Project;
use crate::diag::{Diagnostic, Place};
use crate::dom;
use crate::files::Files;
use crate::read::Article;

pub use markdown::{Written, write as markdown};
pub use pictures::FOLDER as PICTURES;
use pictures::Pictures;

/// An article to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Its file, from the folder that is written into, with slashes.
    pub name: String,
    /// Front matter and Markdown.
    pub text: String,
    /// The pictures that it shows, by their names from the same folder.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
}

/// Makes articles Markdown, one after the other, so that no two pictures get the same name.
#[derive(Default)]
pub struct Importer {
    pictures: Pictures,
}

impl Importer {
    /// An importer that calls no picture by a name that `is_taken`: where there is something else under it.
    pub fn new(is_taken: impl Fn(&str, &[u8]) -> bool + 'static) -> Self {
        Self { pictures: Pictures::new(is_taken) }
    }

    /// Makes an article Markdown. Pictures that cannot be read stay as they are, with a warning.
    pub fn import(&mut self, files: &dyn Files, project: &Project, article: &Article) -> Imported {
        let folder = folder_of(project, files, &article.folder);
        let mut imported = Imported { name: format!("{folder}{}.md", article.slug), ..Imported::default() };
        let up = "../".repeat(folder.matches('/').count());
        let mut document = dom::parse_fragment(&article.body, 1);
        let root = document.fragment();
        let mut moving = self.pictures.of(files, project, article, &up);
        moving.move_shown(&mut document, root);
        let meta = moving.move_named(&metadata(project, article));
        (imported.pictures, imported.warnings) = moving.done();
        let written = markdown::write(&document.inner_html(root));
        imported.text = format!("---\n{}---\n\n{}", front::yaml(&meta), written.text);
        if let Some(line) = written.differs_at {
            let place = if line > 0 { article.place(line) } else { Place::file(article.file.clone()) };
            let message = "what begins here is not quite the same in Markdown";
            let hint = format!("compare it with {}", imported.name);
            imported.warnings.push(Diagnostic::warning("import-differs", message).at(place).hint(hint));
        }
        imported
    }
}

/// The folder of an article below the input, with a slash at its end; empty for the input itself.
fn folder_of(project: &Project, files: &dyn Files, folder: &Path) -> String {
    let inside = folder.strip_prefix(project.input_folder(files)).unwrap_or(Path::new(""));
    let names = inside.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    names.map(|name| format!("{name}/")).collect()
}

/// The metadata that the article has wherever it stands: the title first, and what the file's name says left out.
fn metadata(project: &Project, article: &Article) -> Map<String, Value> {
    let mut meta = Map::new();
    meta.insert("title".to_owned(), article.meta.title.clone().into());
    let lang = project.settings.lang.as_ref().filter(|_| !article.meta.all.contains_key("lang"));
    meta.extend(lang.map(|lang| ("lang".to_owned(), lang.clone().into())));
    let others = article.meta.all.iter().filter(|(key, value)| {
        *key != "title" && !value.is_null() && !(*key == "slug" && value.as_str() == Some(&article.slug))
    });
    meta.extend(others.map(|(key, value)| (key.clone(), value.clone())));
    meta
}

#[cfg(test)]
mod tests;
