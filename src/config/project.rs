//! Finding a project: handout.toml, the brand, and the folders of templates and fonts.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::booklets::{self, Booklet};
use super::brand::Brand;
use super::settings::Settings;
use super::value::{Format, Source, Spanned, parse};
use crate::diag::{Diagnostic, Outcome};
use crate::files::Files;

/// What the command line says over what the project's files say.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// The brand file, relative to the working folder.
    pub brand: Option<PathBuf>,
    /// The folder to write into, relative to the working folder.
    pub output: Option<PathBuf>,
    /// The Word file whose looks the Word documents have, relative to the working folder.
    pub reference: Option<PathBuf>,
    /// Also use the fonts that are installed on this machine.
    pub system_fonts: bool,
}

/// What all articles of a run share. Loaded once.
#[derive(Clone, Debug)]
pub struct Project {
    /// The project's folder, without symbolic links: no path of an article may lead out of it.
    pub root: PathBuf,
    /// The folder of articles, or the one article.
    pub input: PathBuf,
    /// The folder to write into.
    pub output: PathBuf,
    /// What handout.toml says.
    pub settings: Settings,
    /// handout.toml with the place of every value, where there is one.
    pub config: Option<Spanned>,
    /// Which handouts are bound together.
    pub booklets: Vec<Booklet>,
    /// How the house looks.
    pub brand: Brand,
    /// The Word file whose looks the Word documents have.
    pub reference: Option<PathBuf>,
    /// The folder of the project's own templates.
    pub templates: Option<PathBuf>,
    /// The folder of the project's own fonts.
    pub fonts: Option<PathBuf>,
    /// The data files of `input/_data/`, each under its stem.
    pub data: Map<String, Value>,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
}

const CONFIG: &str = "handout.toml";
const BRANDS: [&str; 2] = ["_brand.yml", "_brand.yaml"];

impl Project {
    /// Finds and reads the project of `input`, a folder of articles or one article.
    ///
    /// The project's folder is the nearest one, from the input upwards, that has a handout.toml; without any,
    /// the nearest that has a brand file; else the input's parent, if templates or fonts stand beside the
    /// input; else the input itself. An input that holds handout.toml and a folder `input` is that folder.
    ///
    /// # Errors
    /// An input that does not exist; all that is wrong in handout.toml, the brand and the data files.
    pub fn open(files: &dyn Files, input: &Path, overrides: &Overrides) -> Outcome<Self> {
        let given = files.real(input).map_err(|_| {
            let message = format!("there is no file or folder `{}`", input.display());
            vec![
                Diagnostic::error("missing-input", message).hint("name a folder of articles, or one article"),
            ]
        })?;
        let folder = if files.is_file(&given) { parent(&given) } else { given.clone() };
        let root = find_root(files, &folder);
        let mut problems = Vec::new();
        let (settings, written) = keep(read_settings(files, &root), &mut problems).unwrap_or_default();
        problems.extend(written.iter().flat_map(|file| missing_paths(files, &root, file)));
        let booklets = written.as_ref().and_then(|file| keep(booklets::read(file), &mut problems));
        let input = match &settings.input {
            Some(folder) if given == root => real_or(files, root.join(folder)),
            None if given == root && files.is_folder(&root.join("input")) => root.join("input"),
            _ => given,
        };
        let beside = [root.clone(), parent(&folder)];
        let own = |set: &Option<PathBuf>, name: &str| {
            let beside = beside.iter().filter(|folder| set.is_none() && folder.starts_with(&root));
            let mut candidates =
                set.iter().map(|path| root.join(path)).chain(beside.map(|folder| folder.join(name)));
            candidates.find(|path| files.is_folder(path)).map(|path| real_or(files, path))
        };
        let mut project = Self {
            output: settings.output.as_ref().map_or_else(|| root.join("output"), |path| root.join(path)),
            templates: own(&settings.templates, "templates"),
            fonts: own(&settings.fonts, "fonts"),
            booklets: booklets.unwrap_or_default(),
            brand: Brand::built_in(),
            reference: settings.reference.as_ref().map(|path| root.join(path)),
            data: Map::new(),
            warnings: Vec::new(),
            config: written,
            settings,
            input,
            root,
        };
        project.settings.system_fonts |= overrides.system_fonts;
        if let Some(output) = &overrides.output {
            project.output.clone_from(output);
        }
        if let Some(reference) = &overrides.reference {
            project.reference = Some(reference.clone());
            if !files.is_file(reference) {
                let message = format!("there is no Word file `{}`", reference.display());
                problems.push(Diagnostic::error("missing-path", message));
            }
        }
        let brand = project.load_brand(files, &folder, overrides);
        if let Some(brand) = keep(brand, &mut problems) {
            project.brand = brand;
        }
        if let Some(data) = keep(project.load_data(files), &mut problems) {
            project.data = data;
        }
        if problems.is_empty() { Ok(project) } else { Err(problems) }
    }

    fn load_brand(&mut self, files: &dyn Files, folder: &Path, overrides: &Overrides) -> Outcome<Brand> {
        let set = self.settings.brand.as_ref().map(|path| self.root.join(path));
        let found = || nearest_file(files, folder, &BRANDS).filter(|path| path.starts_with(&self.root));
        // What handout.toml names and is not there has been told.
        let set = set.filter(|path| files.is_file(path));
        let Some(path) = overrides.brand.clone().or(set).or_else(found) else { return Ok(Brand::built_in()) };
        let name = self.name_of(&path);
        let Ok(path) = files.real(&path) else {
            let message = format!("there is no brand file `{name}`");
            return Err(vec![Diagnostic::error("missing-brand", message)]);
        };
        let (brand, warnings) = Brand::load(files, &self.root, &path, &name)?;
        self.warnings.extend(warnings);
        Ok(brand)
    }

    fn load_data(&self, files: &dyn Files) -> Outcome<Map<String, Value>> {
        let folder = self.input_folder(files).join("_data");
        let mut data = Map::new();
        let mut problems = Vec::new();
        for path in files.list(&folder).unwrap_or_default() {
            let (Some(format), Some(stem)) =
                (Format::of(&path), path.file_stem().and_then(|stem| stem.to_str()))
            else {
                continue;
            };
            let read = self.read_values(files, &path, format);
            let Some(value) = keep(read, &mut problems) else { continue };
            if data.insert(stem.to_owned(), value.to_json()).is_some() {
                let message = format!("two data files are called `{stem}`");
                let place = crate::diag::Place::file(self.name_of(&path));
                problems.push(Diagnostic::error("duplicate-data", message).at(place));
            }
        }
        if problems.is_empty() { Ok(data) } else { Err(problems) }
    }

    /// Reads a file of metadata or data.
    ///
    /// # Errors
    /// A file that cannot be read, is not UTF-8, or has a syntax error.
    pub fn read_values(&self, files: &dyn Files, path: &Path, format: Format) -> Outcome<Spanned> {
        let source = super::read_text(files, path, &self.name_of(path)).map_err(|error| vec![error])?;
        parse(format, &source.text, 1, &source)
    }

    /// Reads a text file of the project.
    ///
    /// # Errors
    /// A file that cannot be read or is not UTF-8.
    pub fn read_text(&self, files: &dyn Files, path: &Path) -> Result<Arc<Source>, Diagnostic> {
        super::read_text(files, path, &self.name_of(path))
    }

    /// The folder of articles, also where the input is one article.
    pub fn input_folder(&self, files: &dyn Files) -> PathBuf {
        if files.is_file(&self.input) { parent(&self.input) } else { self.input.clone() }
    }

    /// A file as messages name it: relative to the project, with forward slashes; one outside of it by the
    /// name of the file alone, so that no output depends on the machine's folders.
    pub fn name_of(&self, path: &Path) -> Arc<str> {
        match path.strip_prefix(&self.root) {
            Ok(inside) if inside != Path::new("") => {
                let parts: Vec<_> =
                    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
                parts.join("/").into()
            }
            _ => path.file_name().map_or("".into(), |name| name.to_string_lossy().into()),
        }
    }

    /// The file that an article or its metadata names by `path`, which starts from `folder`, or from the
    /// project's folder if it begins with a slash.
    ///
    /// # Errors
    /// A diagnostic without place: an address on the web, a path that leads out of the project, a file that
    /// does not exist.
    pub fn resolve(&self, files: &dyn Files, folder: &Path, path: &str) -> Result<PathBuf, Diagnostic> {
        if path.contains("://") || path.starts_with("//") {
            let message = format!("`{path}` is not on this machine");
            return Err(Diagnostic::error("remote-file", message).hint("nothing is fetched from a network"));
        }
        let joined = match path.strip_prefix('/') {
            Some(from_root) => self.root.join(from_root),
            None => folder.join(path),
        };
        let outside = || {
            let message = format!("`{path}` lies outside the project");
            Diagnostic::error("file-outside", message).hint("copy the file into the project")
        };
        let Ok(real) = files.real(&joined) else {
            let inside = self.holds(&without_dots(&joined));
            let missing = Diagnostic::error("missing-file", format!("there is no file `{path}`"));
            return Err(if inside { missing } else { outside() });
        };
        if self.holds(&real) { Ok(real) } else { Err(outside()) }
    }

    fn holds(&self, path: &Path) -> bool {
        let folders = [Some(&self.root), Some(&self.input), self.templates.as_ref()];
        folders.into_iter().flatten().any(|folder| path.starts_with(folder))
    }
}

fn keep<T>(outcome: Outcome<T>, problems: &mut Vec<Diagnostic>) -> Option<T> {
    outcome.map_err(|errors| problems.extend(errors)).ok()
}

fn parent(path: &Path) -> PathBuf {
    path.parent().unwrap_or(path).to_owned()
}

fn real_or(files: &dyn Files, path: PathBuf) -> PathBuf {
    files.real(&path).unwrap_or(path)
}

fn find_root(files: &dyn Files, folder: &Path) -> PathBuf {
    let config = nearest_file(files, folder, &[CONFIG]);
    if let Some(file) = config.or_else(|| nearest_file(files, folder, &BRANDS)) {
        return parent(&file);
    }
    let above = parent(folder);
    let stands_beside = ["templates", "fonts"].iter().any(|name| files.is_folder(&above.join(name)));
    if stands_beside { above } else { folder.to_owned() }
}

fn nearest_file(files: &dyn Files, folder: &Path, names: &[&str]) -> Option<PathBuf> {
    let candidates = folder.ancestors().flat_map(|folder| names.iter().map(|name| folder.join(name)));
    candidates.into_iter().find(|path| files.is_file(path))
}

/// What handout.toml names and is not there.
fn missing_paths(files: &dyn Files, root: &Path, file: &Spanned) -> Vec<Diagnostic> {
    let missing = ["input", "brand", "templates", "fonts", "reference"].into_iter().filter_map(|key| {
        let value = if key == "reference" { file.get("docx")?.get(key)? } else { file.get(key)? };
        let name = value.as_str()?;
        let path = root.join(name);
        let (is_there, what) = match key {
            "brand" | "reference" => (files.is_file(&path), "file"),
            _ => (files.is_folder(&path), "folder"),
        };
        let message = format!("there is no {what} `{name}`");
        (!is_there).then(|| Diagnostic::error("missing-path", message).at(value.place()))
    });
    missing.collect()
}

/// The settings, and handout.toml itself where there is one.
fn read_settings(files: &dyn Files, root: &Path) -> Outcome<(Settings, Option<Spanned>)> {
    let path = root.join(CONFIG);
    if !files.is_file(&path) {
        return Ok(Default::default());
    }
    let source = super::read_text(files, &path, CONFIG).map_err(|error| vec![error])?;
    let file = parse(Format::Toml, &source.text, 1, &source)?;
    Ok((Settings::read(&file)?, Some(file)))
}

/// The path without `.` and `..`, as text tells it.
pub fn without_dots(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}
