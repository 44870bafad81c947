//! Layouts: an [`Article`] in, HTML out, through Handlebars.
//!
//! A layout is a folder `templates/NAME/` with `layout.hbs`, any `*.css` (`layout.css` first, the others by
//! name), any other `*.hbs` as partials by their stem, and pictures for the `svg` helper. Partials that a layout
//! does not have itself come from `templates/_base/`, where `page.hbs` is the partial `base` that layouts inherit
//! from. The shipped templates are compiled in, and a project's own `templates/` replaces them file by file.
//!
//! Variables are those of the metadata under their own names, `brand`, and `data.NAME`; a variable that does
//! not exist is an error at its place, so a layout asks with `has` first. `{{…}}` escapes for HTML, `{{{…}}}` does
//! not. What helpers there are is told in [`helpers`]; how the parts of a body are placed, in [`placement`].

mod circles;
mod contents;
mod faults;
pub mod helpers;
mod html;
mod layout;
mod links;
mod outline;
pub mod placement;
mod references;
mod render;
mod store;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::config::{Project, fields};
use crate::diag::{Diagnostic, Outcome, Place};
use crate::files::Files;
use crate::read::Article;

pub use html::standalone;

use layout::Layout;
use store::Store;
use words::Words;

/// A stylesheet of a layout. The same for every article that uses it, and parsed once a run.
#[derive(Debug, PartialEq, Eq)]
pub struct SheetSource {
    /// The file as messages name it. No two sheets of a run have the same.
    pub file: Arc<str>,
    /// Its CSS.
    pub text: Arc<str>,
}

/// The HTML that a layout made of an article.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// A whole document.
    pub html: String,
    /// The stylesheets in cascade order: `_base/base.css`, the brand, the layout's, the project's
    /// `templates/custom.css`.
    pub sheets: Vec<Arc<SheetSource>>,
    /// The project's own folder of the layout, where it has one: paths of pictures in the layout start from it.
    pub folder: Option<PathBuf>,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
}

/// The layouts of a run. Each is compiled when an article first asks for it, and shared from then on.
#[derive(Debug)]
pub struct Templates {
    store: Store,
    words: Words,
    brand_sheet: Arc<SheetSource>,
    layouts: BTreeMap<String, OnceLock<Outcome<Layout>>>,
}

impl Templates {
    /// Finds the shipped layouts and the project's.
    ///
    /// # Errors
    /// Files of the project that cannot be read, and fixed words (`templates/i18n/`) with a mistake in them.
    pub fn load(files: &dyn Files, project: &Project) -> Outcome<Self> {
        let store = Store::load(files, project)?;
        let words = Words::load(&store)?;
        let brand_sheet =
            Arc::new(SheetSource { file: project.brand.file.clone(), text: project.brand.css().into() });
        let layouts = store.layouts().map(|name| (name.to_owned(), OnceLock::new())).collect();
        Ok(Self { store, words, brand_sheet, layouts })
    }

    /// The names of the layouts that an article may ask for. One that begins with `_` is the program's own.
    pub fn layouts(&self) -> impl Iterator<Item = &str> {
        self.layouts.keys().map(String::as_str).filter(|name| !name.starts_with('_'))
    }

    /// The fixed word for `key` in `lang`, or in English.
    pub fn word(&self, lang: &str, key: &str) -> Option<&str> {
        self.words.get(lang, key).ok()
    }

    /// Puts an article through its layout.
    ///
    /// # Errors
    /// A layout that does not exist, at the metadata that names it; syntax errors, missing variables and wrong
    /// parameters, at their place in the template; sections that a template or the metadata names and the article
    /// does not have; parts of the article that the layout places nowhere or twice.
    pub fn render(&self, files: &dyn Files, project: &Project, article: &Article) -> Outcome<Rendered> {
        render::render(&self.surroundings(files, project, article)?, article)
    }

    /// What one partial of an article's layout makes of its variables: a piece of HTML for a page that is too long to
    /// be rendered in one go, as Handlebars copies all variables for each partial that a template calls.
    ///
    /// # Errors
    /// As [`Templates::render`], of the partial.
    pub fn fragment(
        &self,
        files: &dyn Files,
        project: &Project,
        article: &Article,
        partial: &str,
    ) -> Outcome<String> {
        render::fragment(&self.surroundings(files, project, article)?, article, partial)
    }

    fn surroundings<'a>(
        &'a self,
        files: &'a dyn Files,
        project: &'a Project,
        article: &Article,
    ) -> Outcome<render::Surroundings<'a>> {
        let name = article.meta.layout.as_str();
        let Some(cell) = self.layouts.get(name) else {
            return Err(vec![self.unknown_layout(project, article)]);
        };
        let compile = || Layout::compile(&self.store, name, &self.brand_sheet);
        let layout = cell.get_or_init(compile).as_ref().map_err(Clone::clone)?;
        Ok(render::Surroundings { files, project, store: &self.store, words: &self.words, layout })
    }

    fn unknown_layout(&self, project: &Project, article: &Article) -> Diagnostic {
        let name = article.meta.layout.as_str();
        let layers = article.meta.places.iter().chain(&project.config);
        let written = layers.into_iter().find_map(|values| values.get("layout"));
        let place = written.map_or_else(|| Place::file(article.file.clone()), |value| value.place());
        let hint = fields::did_you_mean(name, self.layouts())
            .unwrap_or_else(|| format!("layouts: {}", self.layouts().collect::<Vec<_>>().join(", ")));
        Diagnostic::error("unknown-layout", format!("there is no layout `{name}`")).at(place).hint(hint)
    }
}
