//! The handouts of a run: what the catalogs list, and every loose article beside them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::catalog::{self, Entry};
use super::feed::{self, Export, Post};
use super::layers::{Origin, from_body, merge};
use super::neighbours::{Extent, Neighbours};
use super::slug::slug_of;
use super::{Kind, limits, plain, turns};
use crate::config::fields::{as_text, did_you_mean};
use crate::config::value::{self, Format, Spanned};
use crate::config::{LARGEST, Project};
use crate::diag::{Diagnostic, Outcome, Place, Severity};
use crate::files::Files;

/// One handout that is to be made.
#[derive(Clone, Debug)]
pub struct Job {
    /// The stem of its output files. No two jobs of a run have the same, but one that fails for that.
    pub slug: String,
    /// Its source, as messages name it.
    pub file: Arc<str>,
    /// Its subjects, as far as they are known before it is read.
    pub tags: Vec<String>,
    /// The folder that relative paths in it start from.
    pub(super) folder: PathBuf,
    /// All that is needed to read it, or why it cannot be.
    pub(super) prepared: Outcome<Prepared>,
    /// The articles that its links may lead to.
    pub(super) neighbours: Arc<Neighbours>,
}

/// All that is needed to read an article.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    pub(super) kind: Kind,
    /// The file.
    pub(super) path: PathBuf,
    pub(super) origin: Arc<Origin>,
    pub(super) catalog: Option<Spanned>,
    pub(super) options: plain::Options,
    /// The post, of a file that holds many.
    pub(super) post: Option<Arc<Post>>,
}

impl Prepared {
    /// The same with the text of its file, which is read again where it was given back.
    ///
    /// # Errors
    /// What cannot be read of a file that was there before.
    pub(super) fn whole(&self, files: &dyn Files, project: &Project) -> Outcome<Cow<'_, Self>> {
        if !self.origin.is_outline {
            return Ok(Cow::Borrowed(self));
        }
        let origin = Arc::new(Origin::load(files, project, &self.path)?);
        Ok(Cow::Owned(Self { origin, ..self.clone() }))
    }
}

/// What becomes of drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// They are left out, with a note.
    LeftOut,
    /// They are read as all others.
    Kept,
}

/// What was found in the input, in order.
#[derive(Default)]
struct Findings {
    articles: Vec<Found>,
    problems: Vec<Diagnostic>,
}

/// An article before its file is read.
#[derive(Clone)]
struct Found {
    path: PathBuf,
    entry: Option<Entry>,
    post: Option<Arc<Post>>,
}

/// A file that was read.
struct Loaded {
    origin: Arc<Origin>,
    /// What is in it, if it is a feed or an export.
    export: Option<Export>,
}

/// Lists the handouts of a run: for each folder what its catalog lists, then its loose articles by name, then its
/// folders. Drafts are left out. Files are read only as far as their metadata.
///
/// The second value is what is wrong with catalogs and with the plan as a whole. What is wrong with one article is
/// told when that is read, so that it fails alone.
pub fn plan(files: &dyn Files, project: &Project) -> (Vec<Job>, Vec<Diagnostic>) {
    plan_with(files, project, Drafts::LeftOut)
}

/// The same, where drafts may be wanted too.
pub fn plan_with(files: &dyn Files, project: &Project, drafts: Drafts) -> (Vec<Job>, Vec<Diagnostic>) {
    let mut findings = Findings::default();
    if files.is_file(&project.input) {
        findings.look_at_one(files, project);
    } else {
        findings.walk(files, project, &project.input, &mut BTreeSet::new());
        findings.leave_listed_out();
    }
    let loaded = load(files, project, &findings.articles);
    findings.take_apart(&loaded);
    let mut slugs = BTreeMap::new();
    let uses = uses(&findings.articles);
    let mut problems = findings.problems;
    let mut jobs: Vec<Job> = Vec::with_capacity(findings.articles.len());
    let mut neighbours = Neighbours::new(extent(project));
    for found in findings.articles {
        let Some(loaded) = loaded.get(&found.path) else { continue };
        let origin = loaded.as_ref().map(|loaded| loaded.origin.clone()).map_err(Clone::clone);
        let is_shared = uses.get(&found.path).is_some_and(|uses| *uses > 1);
        let path = found.path.clone();
        match job(project, found, origin, is_shared, drafts, &mut slugs) {
            Ok(job) => {
                neighbours.add(&path, &job.slug, &job.prepared);
                jobs.push(job);
            }
            Err(draft) => {
                neighbours.add_draft(&path);
                problems.push(draft);
            }
        }
    }
    let neighbours = Arc::new(neighbours);
    jobs.iter_mut().for_each(|job| job.neighbours = neighbours.clone());
    (jobs, problems)
}

fn extent(project: &Project) -> Extent {
    let is_whole = [&project.root, &project.root.join("input")].contains(&&project.input);
    if is_whole { Extent::Whole } else { Extent::Part }
}

/// Reads every file once, in parallel, however many articles it holds.
fn load(files: &dyn Files, project: &Project, articles: &[Found]) -> BTreeMap<PathBuf, Outcome<Loaded>> {
    let paths: BTreeSet<&PathBuf> = articles.iter().map(|found| &found.path).collect();
    let beyond = beyond_feeds(files, &paths);
    let load = |path: &PathBuf| -> Outcome<Loaded> {
        if beyond.contains(path) {
            return Err(vec![too_many_feeds(project.name_of(path))]);
        }
        let _turn = turns::take_for(files, path);
        let origin = Origin::load(files, project, path)?;
        let text = &origin.source.text;
        let is_feed = Kind::of(path) == Some(Kind::Feed) && feed::is_feed(text);
        let export = if is_feed { Some(feed::posts(text, &origin.source.file)?) } else { None };
        // The posts of an export are taken out of it once.
        let is_given_back = export.is_none() && origin.is_large();
        let origin = Arc::new(if is_given_back { origin.outline() } else { origin });
        Ok(Loaded { origin, export })
    };
    paths.into_par_iter().map(|path| (path.clone(), load(path))).collect()
}

/// The feeds and exports with which a run would have more of them than it may: their posts stay in memory.
fn beyond_feeds(files: &dyn Files, paths: &BTreeSet<&PathBuf>) -> BTreeSet<PathBuf> {
    let mut all = 0;
    let is_feed = |path: &&&PathBuf| Kind::of(path) == Some(Kind::Feed);
    let is_beyond = |path: &&&PathBuf| {
        // What is too large by itself is told of by itself.
        let size = files.size(path).ok().filter(|size| *size <= LARGEST).unwrap_or(0);
        let is_beyond = all + size > limits::FEEDS;
        all += if is_beyond { 0 } else { size };
        is_beyond
    };
    paths.iter().filter(is_feed).filter(is_beyond).map(|path| (*path).clone()).collect()
}

fn too_many_feeds(file: Arc<str>) -> Diagnostic {
    let most = limits::FEEDS >> 20;
    let message =
        format!("with this file, the feeds and exports of the run have more than {most} MiB together");
    Diagnostic::error("feeds-too-large", message).at(Place::file(file)).hint(
        "put it into a folder by itself, and build that in a run of its own; or export fewer posts at a time",
    )
}

fn uses(articles: &[Found]) -> BTreeMap<PathBuf, usize> {
    let mut uses = BTreeMap::new();
    for found in articles {
        *uses.entry(found.path.clone()).or_default() += 1;
    }
    uses
}

/// One job; of a draft, that it is left out.
fn job(
    project: &Project,
    found: Found,
    origin: Outcome<Arc<Origin>>,
    is_shared: bool,
    drafts: Drafts,
    slugs: &mut BTreeMap<String, Place>,
) -> Result<Job, Diagnostic> {
    let file = project.name_of(&found.path);
    let catalog = found.entry.as_ref().map(|entry| entry.values.clone());
    let values = origin.as_ref().ok().map(|origin| {
        let said = found.post.as_ref().map(|post| from_body(&post.meta, &origin.source, post.line));
        merge(&origin.source, origin.defaults.iter().chain(&said).chain(&origin.own).chain(&catalog))
    });
    let draft = values.as_ref().and_then(|values| values.get("draft"));
    let draft = draft.filter(|draft| matches!(draft.kind, value::Kind::Bool(true)));
    if let Some(draft) = draft.filter(|_| drafts == Drafts::LeftOut) {
        return Err(Diagnostic::note("draft", "a draft is left out").at(draft.place()));
    }
    let given = values.as_ref().and_then(|values| values.get("slug"));
    let slug = given.and_then(as_text).unwrap_or_else(|| derived_slug(&found, values.as_ref(), is_shared));
    let post = || Some(Place { line: Some(found.post.as_ref()?.line), ..Place::file(file.clone()) });
    let written = given.or(catalog.as_ref()).map(Spanned::place).or_else(post);
    let place = written.unwrap_or_else(|| Place::file(file.clone()));
    let folder = found.path.parent().map(Path::to_owned).unwrap_or_default();
    let is_word = origin.as_ref().is_ok_and(|origin| origin.body.is_some());
    let kind = if is_word { Some(Kind::Word) } else { Kind::of(&found.path) };
    let claimed = check(&found, kind).and_then(|kind| claim(&slug, &place, slugs).map(|()| kind));
    let prepared = origin.and_then(|origin| {
        let options = found.entry.map(|entry| entry.options).unwrap_or_default();
        Ok(Prepared { kind: claimed?, path: found.path, origin, catalog, options, post: found.post })
    });
    let tags = values.as_ref().and_then(|values| values.get("tags")).map(tags).unwrap_or_default();
    Ok(Job { slug, file, tags, folder, prepared, neighbours: Arc::default() })
}

fn tags(value: &Spanned) -> Vec<String> {
    let each = if value.items().is_empty() { std::slice::from_ref(value) } else { value.items() };
    each.iter().filter_map(as_text).collect()
}

/// The slug of an article that gives none: the name of a post, the stem of its file, or where several articles share the file the
/// title, or the line that it begins with.
fn derived_slug(found: &Found, values: Option<&Spanned>, is_shared: bool) -> String {
    if let Some(post) = &found.post {
        return post.slug.clone();
    }
    let title = values.and_then(|values| as_text(values.get("title")?));
    let from = found.entry.as_ref().and_then(|entry| entry.options.from.clone());
    let words = title.or(from).filter(|_| is_shared).map(|words| slug_of(&words));
    let stem = found.path.file_stem().map(|stem| slug_of(&stem.to_string_lossy()));
    let slug = words.into_iter().chain(stem).find(|slug| !slug.is_empty());
    slug.unwrap_or_else(|| "article".to_owned())
}

/// Checks that a catalog asks of a file only what can be read of it.
fn check(found: &Found, kind: Option<Kind>) -> Outcome<Kind> {
    let Some(kind) = kind else {
        let place = found.entry.as_ref().map(|entry| entry.values.place());
        let message = "a file of this kind cannot be read";
        let hint =
            "articles are .md, .html, .txt or .docx, and many are in an .xml of WordPress or of a feed";
        let mut error = Diagnostic::error("unknown-kind", message).hint(hint);
        error.place = place;
        return Err(vec![error]);
    };
    let posts = found.entry.as_ref().and_then(|entry| entry.posts.first());
    if let Some((_, place)) = posts.filter(|_| kind != Kind::Feed) {
        let message = format!("`post` is for feeds and exports, and this is {}", kind.name());
        return Err(vec![Diagnostic::error("posts-only", message).at(place.clone())]);
    }
    if kind == Kind::Feed && found.post.is_none() {
        let message =
            format!("{} is XML, and neither a feed nor an export of WordPress", file_name(&found.path));
        let mut error = Diagnostic::error("unknown-kind", message);
        error.place = found.entry.as_ref().map(|entry| entry.values.place());
        return Err(vec![error]);
    }
    match found.entry.as_ref().and_then(|entry| entry.plain_only.as_ref()) {
        Some((key, value)) if kind != Kind::Plain => {
            let message = format!("`{key}` is for plain text, and this is {}", kind.name());
            Err(vec![Diagnostic::error("plain-only", message).at(value.place())])
        }
        _ => Ok(kind),
    }
}

fn claim(slug: &str, place: &Place, slugs: &mut BTreeMap<String, Place>) -> Outcome<()> {
    let Some(first) = slugs.insert(slug.to_owned(), place.clone()) else { return Ok(()) };
    let line = first.line.map(|line| format!(", line {line}")).unwrap_or_default();
    let message = format!("two handouts have the slug `{slug}`");
    let hint = format!("the other is in {}{line}; give one of them another `slug:`", first.file);
    let error = Diagnostic::error("duplicate-slug", message).at(place.clone()).hint(hint);
    slugs.insert(slug.to_owned(), first);
    Err(vec![error])
}

impl Findings {
    /// The input is one article: as its folder's catalog has it, or loose.
    fn look_at_one(&mut self, files: &dyn Files, project: &Project) {
        let path = &project.input;
        let folder = project.input_folder(files);
        self.read_catalog(files, project, &folder);
        self.articles.retain(|found| found.path == *path);
        if self.articles.is_empty() {
            self.articles.push(Found { path: path.clone(), entry: None, post: None });
        }
    }

    fn walk(&mut self, files: &dyn Files, project: &Project, folder: &Path, seen: &mut BTreeSet<PathBuf>) {
        // A link may lead back up.
        if !seen.insert(folder.to_owned()) {
            return;
        }
        self.read_catalog(files, project, folder);
        let mut folders = Vec::new();
        let mut loose = Vec::new();
        let mut metadata = Vec::new();
        let reference = project.reference.as_ref().and_then(|path| files.real(path).ok());
        for path in files.list(folder).unwrap_or_default() {
            if is_hidden(&path) {
                continue;
            }
            let Some(path) =
                self.inside(files, project, &path).filter(|path| Some(path) != reference.as_ref())
            else {
                continue;
            };
            if files.is_folder(&path) {
                folders.push(path);
            } else if Kind::of(&path).is_some() && !is_about_the_folder(&path) {
                loose.push(path);
            } else if Format::of(&path).is_some() {
                metadata.push(path);
            }
        }
        self.warn_of_strays(project, &metadata, &loose);
        self.articles.extend(loose.into_iter().map(|path| Found { path, entry: None, post: None }));
        for folder in folders {
            let is_other = [Some(&project.output), project.templates.as_ref(), project.fonts.as_ref()];
            if !is_other.into_iter().flatten().any(|other| *other == folder) {
                self.walk(files, project, &folder, seen);
            }
        }
    }

    /// A file that a catalog lists, wherever that lies, is not a loose article as well.
    fn leave_listed_out(&mut self) {
        let listed =
            self.articles.iter().filter(|found| found.entry.is_some()).map(|found| found.path.clone());
        let listed: BTreeSet<PathBuf> = listed.collect();
        self.articles.retain(|found| found.entry.is_some() || !listed.contains(&found.path));
    }

    /// Puts the posts of feeds and exports in their place. An XML file that is neither is no article, unless a
    /// catalog lists it.
    fn take_apart(&mut self, loaded: &BTreeMap<PathBuf, Outcome<Loaded>>) {
        let mut told = BTreeSet::new();
        for found in std::mem::take(&mut self.articles) {
            let Some(Ok(file)) = loaded.get(&found.path) else {
                self.articles.push(found);
                continue;
            };
            match &file.export {
                Some(export) => {
                    if told.insert(found.path.clone()) {
                        self.problems.extend(export.notes.iter().cloned());
                    }
                    self.take_posts(&found, export);
                }
                None if Kind::of(&found.path) == Some(Kind::Feed) && found.entry.is_none() => {}
                None => self.articles.push(found),
            }
        }
    }

    /// The posts of one file: all, or those that the catalog names.
    fn take_posts(&mut self, found: &Found, export: &Export) {
        let wanted = found.entry.as_ref().map(|entry| entry.posts.as_slice()).unwrap_or_default();
        let names = || export.posts.iter().map(|post| post.slug.as_str());
        for (name, place) in wanted {
            if !names().any(|known| known == name) {
                let message = format!("there is no post `{name}` in {}", file_name(&found.path));
                let mut error = Diagnostic::error("unknown-post", message).at(place.clone());
                error.hint = did_you_mean(name, names());
                self.problems.push(error);
            }
        }
        let is_wanted =
            |post: &&Arc<Post>| wanted.is_empty() || wanted.iter().any(|(name, _)| *name == post.slug);
        let posts = export.posts.iter().filter(is_wanted);
        self.articles.extend(posts.map(|post| Found { post: Some(post.clone()), ..found.clone() }));
    }

    fn read_catalog(&mut self, files: &dyn Files, project: &Project, folder: &Path) {
        for name in catalog::NAMES {
            let path = folder.join(name);
            let Some(format) = Format::of(&path).filter(|_| files.is_file(&path)) else { continue };
            match project.read_values(files, &path, format) {
                Ok(values) => {
                    let (entries, problems) = catalog::read(files, project, folder, &values);
                    self.problems.extend(problems);
                    let found =
                        |entry: Entry| Found { path: entry.source.clone(), entry: Some(entry), post: None };
                    self.articles.extend(entries.into_iter().map(found));
                }
                Err(errors) => self.problems.extend(errors),
            }
        }
    }

    /// The path without links, if that lies inside the project.
    fn inside(&mut self, files: &dyn Files, project: &Project, path: &Path) -> Option<PathBuf> {
        let name = path.file_name()?.to_string_lossy();
        match project.resolve(files, path.parent()?, &name) {
            Ok(real) => Some(real),
            Err(error) => {
                // What would be an article is missed; anything else may be there for other programs.
                let severity = if Kind::of(path).is_some() { Severity::Error } else { Severity::Warning };
                let problem = Diagnostic { severity, ..error };
                self.problems.push(problem.at(Place::file(project.name_of(path))));
                None
            }
        }
    }

    /// Warns of metadata that belongs to no article, where an article has nearly its name.
    fn warn_of_strays(&mut self, project: &Project, metadata: &[PathBuf], articles: &[PathBuf]) {
        let stem = |path: &Path| {
            path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
        };
        let stems: Vec<String> = articles.iter().map(|path| stem(path)).collect();
        for path in metadata {
            let name = stem(path);
            if name == "catalog" || stems.contains(&name) {
                continue;
            }
            let Some(hint) = did_you_mean(&name, stems.iter().map(String::as_str)) else { continue };
            let message = "this metadata belongs to no article";
            let place = Place::file(project.name_of(path));
            self.problems.push(Diagnostic::warning("stray-metadata", message).at(place).hint(hint));
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    // Word keeps a file of that name beside a document that somebody has open.
    name.starts_with(['_', '.']) || name.starts_with("~$") || name == "node_modules"
}

/// Files that are about a folder or a project, by custom, and no articles.
fn is_about_the_folder(path: &Path) -> bool {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let names = ["readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "security"];
    names.iter().any(|name| stem == *name || stem.starts_with(&format!("{name}-")))
}
