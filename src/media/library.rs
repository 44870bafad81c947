//! The pictures of a run, each read once, as long as there is room for what was read.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use data_url::DataUrl;
use sha2::{Digest, Sha256};
use usvg::fontdb;

use super::archives::{self, Archives};
use super::raster::Raster;
use super::{Picture, Pictures, format, svg};
use crate::diag::Diagnostic;
use crate::files::Files;
use crate::fonts::FontBook;

/// The most bytes of the file of a picture.
const MOST_BYTES: u64 = 128 * 1024 * 1024;
/// So many bytes of pictures, roughly, are kept for articles that may name them again. Those that an article works with
/// are there as long as it does.
const MOST_KEPT: usize = 128 * 1024 * 1024;

/// What became of a picture. Who reads it holds the lock, so that it is read once.
#[derive(Default)]
enum Reading {
    #[default]
    Unread,
    Read(Weak<Picture>),
    Failed(Diagnostic),
}

/// What tells a picture from others.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    File(PathBuf),
    /// The sum of a `data:` URL.
    Url([u8; 32]),
}

/// The pictures that were read last.
#[derive(Default)]
struct Kept {
    pictures: VecDeque<Arc<Picture>>,
    weight: usize,
}

impl Kept {
    fn keep(&mut self, picture: &Arc<Picture>) {
        self.weight += picture.weight();
        self.pictures.push_back(picture.clone());
        while self.weight > MOST_KEPT
            && let Some(oldest) = self.pictures.pop_front()
        {
            self.weight -= oldest.weight();
        }
    }
}

/// The pictures of a run. Each file is read and decoded once, by whichever article needs it first.
pub struct Library<'f> {
    files: &'f dyn Files,
    roots: Vec<PathBuf>,
    fonts: Arc<fontdb::Database>,
    read: Mutex<BTreeMap<Key, Arc<Mutex<Reading>>>>,
    kept: Mutex<Kept>,
    archives: Archives,
}

/// The pictures that one document can name: relative paths start from its folders, in order.
pub struct Folders<'l> {
    library: &'l Library<'l>,
    folders: Vec<PathBuf>,
}

impl<'f> Library<'f> {
    /// A library of the pictures below `root`, the project's folder.
    pub fn new(files: &'f dyn Files, root: &Path) -> Self {
        Self {
            files,
            roots: vec![real(files, root)],
            fonts: Arc::default(),
            read: Mutex::default(),
            kept: Mutex::default(),
            archives: Archives::default(),
        }
    }

    /// The same, with `fonts` for the texts in SVG pictures.
    #[must_use]
    pub fn with_fonts(mut self, fonts: &FontBook) -> Self {
        self.fonts = Arc::new(svg::font_database(fonts));
        self
    }

    /// The same, with the pictures below another folder that the project uses, such as its templates.
    #[must_use]
    pub fn with_root(mut self, root: &Path) -> Self {
        self.roots.push(real(self.files, root));
        self
    }

    /// The pictures of a document: its own folder first, then its layout's.
    pub fn folders(&self, folders: impl IntoIterator<Item = PathBuf>) -> Folders<'_> {
        Folders { library: self, folders: folders.into_iter().collect() }
    }

    fn find(&self, src: &str, folders: &[PathBuf]) -> Result<Arc<Picture>, Diagnostic> {
        let src = src.trim();
        if src.is_empty() {
            return Err(Diagnostic::error("missing-picture", "the picture has no address"));
        }
        if src.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
            let key = Key::Url(Sha256::digest(src).into());
            return self.once(key, || url_bytes(src));
        }
        if is_remote(src) {
            return Err(Diagnostic::error("remote-picture", format!("`{src}` is not on this machine")).hint(
                "nothing is fetched from a network: put the file beside the article and name it there",
            ));
        }
        let relative = percent_decoded(src.split(['?', '#']).next().unwrap_or(src));
        let mut outside = false;
        for folder in folders {
            let path = match relative.strip_prefix('/') {
                Some(from_root) => self.roots[0].join(from_root),
                None => real(self.files, folder).join(&relative),
            };
            let Ok(path) = self.files.real(&path) else {
                if let Some(found) = self.find_inside(&without_dots(&path)) {
                    return found.map_err(|error| named(error, &relative));
                }
                outside |= !self.holds(&without_dots(&path));
                continue;
            };
            if !self.holds(&path) {
                outside = true;
            } else if self.files.is_file(&path) {
                return self.read(&path).map_err(|error| named(error, &relative));
            }
        }
        Err(if outside {
            Diagnostic::error("picture-outside", format!("`{relative}` lies outside the project"))
                .hint("copy the file into the project")
        } else {
            Diagnostic::error("missing-picture", format!("there is no picture `{relative}`"))
                .hint("a path starts from the article's folder, then from the layout's")
        })
    }

    /// The picture that a path into a file leads to; `None` where there is no such file, or it lies outside.
    fn find_inside(&self, path: &Path) -> Option<Result<Arc<Picture>, Diagnostic>> {
        let (file, part) = archives::split(self.files, path)?;
        let file = self.files.real(file).ok().filter(|file| self.holds(file))?;
        Some(self.once(Key::File(file.join(&part)), || self.archives.part(self.files, &file, &part)))
    }

    fn holds(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| path.starts_with(root))
    }

    fn read(&self, path: &Path) -> Result<Arc<Picture>, Diagnostic> {
        self.once(Key::File(path.to_owned()), || {
            let unreadable =
                |error| Diagnostic::error("missing-picture", format!("the picture cannot be read: {error}"));
            if self.files.size(path).map_err(unreadable)? > MOST_BYTES {
                return Err(Diagnostic::error("picture-too-large", "the file is larger than 128 MiB")
                    .hint("save it as JPEG or PNG, with as many pixels as print needs"));
            }
            self.files.read(path).map_err(unreadable)
        })
    }

    /// The picture of which `bytes` gives the bytes, or gave them before.
    fn once(
        &self,
        key: Key,
        bytes: impl FnOnce() -> Result<Vec<u8>, Diagnostic>,
    ) -> Result<Arc<Picture>, Diagnostic> {
        let reading = {
            let mut all = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            all.entry(key).or_default().clone()
        };
        let mut reading = reading.lock().unwrap_or_else(PoisonError::into_inner);
        match &*reading {
            Reading::Failed(error) => return Err(error.clone()),
            Reading::Read(picture) => {
                if let Some(picture) = picture.upgrade() {
                    return Ok(picture);
                }
            }
            Reading::Unread => {}
        }
        let read = bytes().and_then(|bytes| self.decode(bytes));
        match &read {
            Ok(picture) => {
                *reading = Reading::Read(Arc::downgrade(picture));
                self.kept.lock().unwrap_or_else(PoisonError::into_inner).keep(picture);
            }
            Err(error) => *reading = Reading::Failed(error.clone()),
        }
        read
    }

    fn decode(&self, bytes: Vec<u8>) -> Result<Arc<Picture>, Diagnostic> {
        if !svg::is_svg(&bytes) || format::is_page(&bytes) {
            return Raster::decode(bytes.into()).map(|raster| Arc::new(Picture::Raster(raster)));
        }
        let source = std::str::from_utf8(&bytes).map_err(|error| {
            let message = format!("the SVG is not UTF-8: byte {} is wrong", error.valid_up_to());
            Diagnostic::error("broken-picture", message)
        })?;
        self.inline_svg(source)
    }
}

impl Pictures for Library<'_> {
    fn picture(&self, src: &str) -> Result<Arc<Picture>, Diagnostic> {
        self.find(src, &self.roots)
    }

    fn inline_svg(&self, source: &str) -> Result<Arc<Picture>, Diagnostic> {
        svg::parse_with(source, &self.fonts).map(|vector| Arc::new(Picture::Vector(vector)))
    }
}

impl Pictures for Folders<'_> {
    fn picture(&self, src: &str) -> Result<Arc<Picture>, Diagnostic> {
        self.library.find(src, &self.folders)
    }

    fn inline_svg(&self, source: &str) -> Result<Arc<Picture>, Diagnostic> {
        self.library.inline_svg(source)
    }
}

/// The bytes that a `data:` URL holds (RFC 2397).
fn url_bytes(src: &str) -> Result<Vec<u8>, Diagnostic> {
    let broken = || Diagnostic::error("broken-picture", "the `data:` URL of the picture is broken");
    let url = DataUrl::process(src).map_err(|_| broken())?;
    let (bytes, _) = url.decode_to_vec().map_err(|_| broken())?;
    Ok(bytes)
}

/// Whether an address names a scheme or a host: anything but a path.
fn is_remote(src: &str) -> bool {
    let scheme = |name: &str| {
        name.len() > 1
            && name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    };
    src.starts_with("//") || src.split_once(':').is_some_and(|(name, _)| scheme(name))
}

/// The path with its `%20` and the like resolved (RFC 3986, 2.1); as it is where that is not UTF-8.
fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = |at: usize| after.get(at).and_then(|&digit| char::from(digit).to_digit(16));
        match (first, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

fn real(files: &dyn Files, path: &Path) -> PathBuf {
    files.real(path).unwrap_or_else(|_| without_dots(path))
}

fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

fn named(mut error: Diagnostic, name: &str) -> Diagnostic {
    error.message = format!("{name}: {}", error.message);
    error
}
