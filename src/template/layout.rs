//! One layout: its templates compiled, its stylesheets listed.

use std::collections::BTreeMap;
use std::sync::Arc;

use handlebars::Handlebars;

use super::store::{self, Store};
use super::{SheetSource, circles, faults};
use crate::config::value::Source;
use crate::diag::Outcome;

/// The folder of what all layouts share.
pub(super) const BASE: &str = "_base";

/// The template that a layout begins with.
pub(super) const LAYOUT: &str = "layout";

/// A compiled layout.
#[derive(Debug)]
pub(super) struct Layout {
    /// Its name.
    pub(super) name: String,
    /// The templates by name: `layout`, `base`, and each partial by its stem.
    pub(super) registry: Handlebars<'static>,
    /// The sources of the templates, by the same names.
    pub(super) sources: BTreeMap<String, Arc<Source>>,
    /// The stylesheets in cascade order.
    pub(super) sheets: Vec<Arc<SheetSource>>,
}

impl Layout {
    /// Compiles the layout `name`, which the store has.
    ///
    /// # Errors
    /// Every template with a syntax error, at its place.
    pub(super) fn compile(store: &Store, name: &str, brand: &Arc<SheetSource>) -> Outcome<Self> {
        let sources = templates(store, name);
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.set_prevent_indent(true);
        let mut problems = Vec::new();
        for (stem, source) in &sources {
            if let Err(error) = registry.register_template_string(stem, &*source.text) {
                problems.push(faults::syntax(&error, source));
            }
        }
        problems.extend(circles::find(&registry, &sources));
        if !sources.contains_key("base") {
            problems.push(store::missing("_base/page.hbs"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self { name: name.to_owned(), registry, sheets: sheets(store, name, brand), sources })
    }

    /// Whether one of its templates has this word in it.
    pub(super) fn mentions(&self, word: &str) -> bool {
        self.sources.values().any(|source| source.text.contains(word))
    }

    /// The path of its main template, as messages name it.
    pub(super) fn file(&self) -> Arc<str> {
        self.sources.get(LAYOUT).map_or_else(|| self.name.as_str().into(), |source| source.file.clone())
    }
}

/// The templates that the layout sees: its own before the shared ones.
fn templates(store: &Store, name: &str) -> BTreeMap<String, Arc<Source>> {
    let mut sources = BTreeMap::new();
    for folder in [BASE, name] {
        for (stem, source) in store.folder(folder, ".hbs") {
            let stem = if stem == "page" { "base" } else { stem };
            sources.insert(stem.to_owned(), source.clone());
        }
    }
    sources
}

fn sheets(store: &Store, name: &str, brand: &Arc<SheetSource>) -> Vec<Arc<SheetSource>> {
    let sheet =
        |source: &Arc<Source>| Arc::new(SheetSource { file: source.file.clone(), text: source.text.clone() });
    let mut own: Vec<_> = store.folder(name, ".css").collect();
    own.sort_by_key(|(stem, _)| *stem != LAYOUT);
    let base = store.get("_base/base.css").map(sheet);
    let custom = store.get("custom.css").map(sheet);
    let own = own.into_iter().map(|(_, source)| sheet(source));
    base.into_iter().chain([brand.clone()]).chain(own).chain(custom).collect()
}
