//! The pictures of imported articles: each copied once, under a name that is safe everywhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::config::Project;
use crate::diag::{Diagnostic, Place};
use crate::dom::{Document, NodeId};
use crate::files::Files;
use crate::media::archives::{self, Archives};
use crate::read::{Article, decoded, slug_of};

/// The folder of the pictures.
pub const FOLDER: &str = "images";

/// Files that metadata may name as pictures.
const ENDINGS: [&str; 10] = ["png", "jpg", "jpeg", "svg", "webp", "gif", "bmp", "tif", "tiff", "avif"];

/// Whether something else is called so already.
type IsTaken = Box<dyn Fn(&str, &[u8]) -> bool>;

/// The pictures that were given names.
pub(super) struct Pictures {
    by_path: BTreeMap<PathBuf, String>,
    names: BTreeMap<String, Vec<u8>>,
    is_taken: IsTaken,
    archives: Archives,
}

impl Default for Pictures {
    fn default() -> Self {
        Self::new(|_, _| false)
    }
}

impl Pictures {
    pub(super) fn new(is_taken: impl Fn(&str, &[u8]) -> bool + 'static) -> Self {
        Self {
            by_path: BTreeMap::new(),
            names: BTreeMap::new(),
            is_taken: Box::new(is_taken),
            archives: Archives::default(),
        }
    }

    /// The pictures of an article; `up` leads from its folder to the one that holds the folder of pictures.
    pub(super) fn of<'a>(
        &'a mut self,
        files: &'a dyn Files,
        project: &'a Project,
        article: &'a Article,
        up: &'a str,
    ) -> Moving<'a> {
        Moving { all: self, files, project, article, up, taken: BTreeMap::new(), warnings: Vec::new() }
    }

    /// A name for a picture: its own, with a number where something else has that.
    fn name(&mut self, stem: &str, ending: &str, bytes: &[u8]) -> String {
        let stem = slug_of(stem);
        let stem = if stem.is_empty() { "picture".to_owned() } else { stem };
        let sum = crate::run::sum(bytes).into_bytes();
        let mut number = 1;
        loop {
            let tail = if number == 1 { String::new() } else { format!("-{number}") };
            let name = format!("{FOLDER}/{stem}{tail}.{ending}");
            match self.names.get(&name) {
                Some(other) if *other == sum => return name,
                None if !(self.is_taken)(&name, bytes) => {
                    self.names.insert(name.clone(), sum);
                    return name;
                }
                _ => number += 1,
            }
        }
    }
}

/// Where a picture is.
enum Found {
    File(PathBuf),
    /// In a file that holds others, such as a Word document.
    Part {
        file: PathBuf,
        part: String,
    },
}

/// The pictures of one article on their way.
pub(super) struct Moving<'a> {
    all: &'a mut Pictures,
    files: &'a dyn Files,
    project: &'a Project,
    article: &'a Article,
    up: &'a str,
    taken: BTreeMap<String, Vec<u8>>,
    warnings: Vec<Diagnostic>,
}

impl Moving<'_> {
    /// Takes the pictures that the body shows.
    pub(super) fn move_shown(&mut self, document: &mut Document, root: NodeId) {
        let shown: Vec<NodeId> = document.elements(root).filter(|&id| document.is(id, "img")).collect();
        for id in shown {
            let Some(src) = document.attribute(id, "src").map(str::to_owned) else { continue };
            let moved = if src.starts_with("data:") { self.inline(&src) } else { self.file(&decoded(&src)) };
            match moved {
                Ok(name) => document.set_attribute(id, "src", &format!("{}{name}", self.up)),
                Err(problem) => {
                    let line = document.source_line(id);
                    let whole = || Place::file(self.article.file.clone());
                    let place = line.map_or_else(whole, |line| self.article.place(line));
                    let severity = crate::diag::Severity::Warning;
                    self.warnings.push(Diagnostic { severity, ..problem.at(place) });
                }
            }
        }
    }

    /// Takes the pictures that metadata names, and names them anew there.
    pub(super) fn move_named(&mut self, meta: &Map<String, Value>) -> Map<String, Value> {
        meta.iter().map(|(key, value)| (key.clone(), self.named(value))).collect()
    }

    fn named(&mut self, value: &Value) -> Value {
        match value {
            Value::Object(map) => Value::Object(self.move_named(map)),
            Value::Array(items) => items.iter().map(|item| self.named(item)).collect(),
            Value::String(text) if is_picture(text) => match self.file(text) {
                Ok(name) => format!("{}{name}", self.up).into(),
                Err(_) => value.clone(),
            },
            other => other.clone(),
        }
    }

    /// The pictures to write, and what could not be taken.
    pub(super) fn done(self) -> (BTreeMap<String, Vec<u8>>, Vec<Diagnostic>) {
        (self.taken, self.warnings)
    }

    fn file(&mut self, src: &str) -> Result<String, Diagnostic> {
        let found = self.find(src)?;
        let path = match &found {
            Found::File(path) => path.clone(),
            Found::Part { file, part } => file.join(part),
        };
        if let Some(name) = self.all.by_path.get(&path) {
            return Ok(name.clone());
        }
        let bytes = match &found {
            Found::File(path) => self.files.read(path).map_err(|error| {
                Diagnostic::error("unreadable-file", format!("the picture `{src}` cannot be read: {error}"))
            }),
            Found::Part { file, part } => self.all.archives.part(self.files, file, part),
        }?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let name = self.all.name(&stem, &ending, &bytes);
        self.all.by_path.insert(path, name.clone());
        self.taken.insert(name.clone(), bytes);
        Ok(name)
    }

    /// The file that an address leads to, or the part of one.
    fn find(&self, src: &str) -> Result<Found, Diagnostic> {
        let folder = &self.article.folder;
        let missing = match self.project.resolve(self.files, folder, src) {
            Ok(path) => return Ok(Found::File(path)),
            Err(missing) => missing,
        };
        let path = folder.join(src);
        let inside = archives::split(self.files, &path).and_then(|(_, part)| {
            let file = src.strip_suffix(&part)?.strip_suffix('/')?;
            Some((self.project.resolve(self.files, folder, file).ok()?, part))
        });
        inside.map(|(file, part)| Found::Part { file, part }).ok_or(missing)
    }

    /// A picture that stands in the text itself, as a `data:` address.
    fn inline(&mut self, src: &str) -> Result<String, Diagnostic> {
        let broken = || Diagnostic::error("broken-picture", "the picture in the address cannot be read");
        let url = data_url::DataUrl::process(src).map_err(|_| broken())?;
        let (bytes, _) = url.decode_to_vec().map_err(|_| broken())?;
        let ending = match url.mime_type().subtype.as_str() {
            "svg+xml" => "svg",
            "jpeg" => "jpg",
            other if ENDINGS.contains(&other) => other,
            _ => return Err(broken()),
        };
        let name = self.all.name(&self.article.slug, ending, &bytes);
        self.taken.insert(name.clone(), bytes);
        Ok(name)
    }
}

fn is_picture(text: &str) -> bool {
    let ending = Path::new(text).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.contains(&ending.to_lowercase().as_str())
}
