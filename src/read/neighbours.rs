//! The articles of a run under all the names that links call them by.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::layers::merge;
use super::plan::Prepared;
use super::turns;
use crate::config::Project;
use crate::config::fields::as_text;
use crate::config::value::Spanned;
use crate::diag::Outcome;
use crate::dom;
use crate::files::Files;

/// Keys of metadata with other names of an article, or with where it is on its site.
const NAMES: [&str; 2] = ["title", "aliases"];
const ADDRESSES: [&str; 5] = ["permalink", "url", "path", "aliases", "redirect_from"];

/// The articles of a run by their files, names and addresses.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    articles: Vec<Neighbour>,
    files: BTreeMap<PathBuf, usize>,
    /// By the file's path without its ending.
    stems: BTreeMap<PathBuf, usize>,
    /// Nothing for a name that two have.
    names: BTreeMap<String, Option<usize>>,
    addresses: BTreeMap<String, usize>,
    drafts: BTreeSet<PathBuf>,
    /// Whether all articles of the project are in the run.
    pub extent: Extent,
}

/// How much of a project is in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it: what is not there is nowhere.
    #[default]
    Whole,
    /// One folder or file of it.
    Part,
}

/// An article that others link to.
#[derive(Debug)]
pub(super) struct Neighbour {
    /// The stem of its output files.
    pub slug: String,
    prepared: Outcome<Prepared>,
    ids: OnceLock<BTreeSet<String>>,
}

impl Neighbours {
    /// No articles yet, of a run of so much.
    pub fn new(extent: Extent) -> Self {
        Self { extent, ..Self::default() }
    }

    /// Adds an article that was read from `path`.
    pub fn add(&mut self, path: &Path, slug: &str, prepared: &Outcome<Prepared>) {
        let index = self.articles.len();
        self.files.entry(path.to_owned()).or_insert(index);
        self.stems.entry(path.with_extension("")).or_insert(index);
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let mut names: BTreeSet<String> =
            stem.into_iter().chain([slug.to_owned()]).map(|name| fold(&name)).collect();
        if let Ok(prepared) = prepared {
            let origin = &prepared.origin;
            let values = merge(&origin.source, origin.own.iter().chain(&prepared.catalog));
            names.extend(texts(&values, &NAMES).map(|name| fold(&name)));
            for address in texts(&values, &ADDRESSES) {
                self.addresses.entry(path_of(&address).to_owned()).or_insert(index);
            }
        }
        for name in names {
            self.names.entry(name).and_modify(|known| *known = None).or_insert(Some(index));
        }
        self.articles.push(Neighbour {
            slug: slug.to_owned(),
            prepared: prepared.clone(),
            ids: OnceLock::new(),
        });
    }

    /// Adds a draft, which is no article of the run.
    pub fn add_draft(&mut self, path: &Path) {
        self.drafts.insert(path.to_owned());
    }

    /// The article of a file; `path` may lack its ending, have that of what is made of it, or be its folder.
    pub fn file(&self, path: &Path) -> Option<&Neighbour> {
        let is_other = |ending: &std::ffi::OsStr| {
            ["html", "htm", "pdf", "docx", "md", "qmd"].iter().any(|known| ending.eq_ignore_ascii_case(known))
        };
        let without = path.extension().filter(|ending| is_other(ending)).map(|_| path.with_extension(""));
        let found = self
            .files
            .get(path)
            .or_else(|| self.stems.get(path))
            .or_else(|| self.stems.get(&without?))
            .or_else(|| ["index", "_index"].iter().find_map(|name| self.stems.get(&path.join(name))));
        found.and_then(|&index| self.articles.get(index))
    }

    /// The only article with a name: that of its file, its title, its slug or another that it gives itself.
    pub fn named(&self, name: &str) -> Option<&Neighbour> {
        let index = (*self.names.get(&fold(name))?)?;
        self.articles.get(index)
    }

    /// The article that gives an address on its site as its own.
    pub fn at(&self, address: &str) -> Option<&Neighbour> {
        self.addresses.get(path_of(address)).and_then(|&index| self.articles.get(index))
    }

    /// Whether a file, perhaps without its ending, is a draft.
    pub fn is_draft(&self, path: &Path) -> bool {
        self.drafts.iter().any(|draft| draft == path || draft.with_extension("") == path.with_extension(""))
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.names.keys().map(String::as_str)
    }
}

impl Neighbour {
    /// The ids that links into it may name; none where it cannot be read, which is told of itself.
    pub fn ids(&self, files: &dyn Files, project: &Project) -> &BTreeSet<String> {
        self.ids.get_or_init(|| {
            let Ok(planned) = &self.prepared else { return BTreeSet::new() };
            let _turn = turns::take(planned.origin.is_outline);
            let Ok(prepared) = planned.whole(files, project) else { return BTreeSet::new() };
            let origin = &prepared.origin;
            let own = origin.own.iter().chain(&prepared.catalog);
            let written = merge(&origin.source, origin.defaults.iter().chain(own));
            let Ok(body) = super::read_body(&prepared, &written) else { return BTreeSet::new() };
            let document = dom::parse_fragment(&body.html, 1);
            let ids = document.elements(document.fragment()).filter_map(|id| document.attribute(id, "id"));
            ids.map(str::to_owned).collect()
        })
    }
}

/// The texts of some keys, each a text or a list of texts.
fn texts<'v>(values: &'v Spanned, keys: &'v [&str]) -> impl Iterator<Item = String> + 'v {
    let each = |value: &'v Spanned| {
        let alone = value.items().is_empty().then_some(value);
        alone.into_iter().chain(value.items()).filter_map(as_text)
    };
    keys.iter().filter_map(|key| values.get(key)).flat_map(each)
}

fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The path of an address, without the slashes around it.
fn path_of(address: &str) -> &str {
    let path = address
        .split_once("://")
        .map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    path.trim_matches('/')
}
