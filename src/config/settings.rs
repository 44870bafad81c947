//! handout.toml: the settings of a project, each of them optional.

use std::path::PathBuf;
use std::sync::Arc;

use super::booklets;
use super::fields::{Fields, sort};
use super::hyphenation::{self, Exceptions};
use super::keys::{Key, Others, Shape, Table, words};
use super::value::Spanned;
use crate::diag::Outcome;

/// How a link is told on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// By its look alone.
    Underline,
    /// By a footnote with its address.
    Footnote,
    /// By a QR code in a list at the article's end.
    Qr,
}

impl Links {
    /// The words for it in handout.toml and in metadata.
    pub const WORDS: [(&str, Self); 3] =
        [("underline", Self::Underline), ("footnote", Self::Footnote), ("qr", Self::Qr)];
}

/// Where the notes of an article stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notes {
    /// At the foot of the page that calls them.
    Foot,
    /// In a list at the article's end.
    End,
}

impl Notes {
    /// The words for it in handout.toml and in metadata.
    pub const WORDS: [(&str, Self); 2] = [("foot", Self::Foot), ("end", Self::End)];
}

/// By the rules of which language typewriter signs become those of print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typography {
    /// They stay as they are.
    Off,
    /// “…” and ‘…’, ’s, blz. 3.
    Dutch,
    /// “…” and ‘…’, p. 3.
    English,
    /// „…“ and ‚…‘, S. 3.
    German,
    /// « … » and “…”, p. 3, spaces before high marks.
    French,
}

impl Typography {
    /// The words for it in handout.toml and in metadata.
    pub const WORDS: [(&str, Self); 5] = [
        ("off", Self::Off),
        ("nl", Self::Dutch),
        ("en", Self::English),
        ("de", Self::German),
        ("fr", Self::French),
    ];

    /// That of a language tag; off where there are no rules for the language.
    pub fn of(lang: &str) -> Self {
        let language = primary_language(lang);
        Self::WORDS.iter().find(|(word, _)| *word == language).map_or(Self::Off, |(_, found)| *found)
    }

    /// What a setting for all articles means to one in the language `lang`: its own rules, if any are asked for.
    #[must_use]
    pub fn in_language(self, lang: &str) -> Self {
        if self == Self::Off { self } else { Self::of(lang) }
    }
}

/// The language of a language tag without its subtags, in small letters.
pub fn primary_language(lang: &str) -> String {
    lang.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

/// What handout.toml says. Paths are as written, relative to its folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The folder of articles.
    pub input: Option<PathBuf>,
    /// The folder to write into.
    pub output: Option<PathBuf>,
    /// The brand file.
    pub brand: Option<PathBuf>,
    /// The folder of the project's own templates.
    pub templates: Option<PathBuf>,
    /// The folder of the project's own fonts.
    pub fonts: Option<PathBuf>,
    /// The layout of articles that name none.
    pub layout: Option<String>,
    /// The language (BCP 47) of articles that name none.
    pub lang: Option<String>,
    /// How many levels of headings a table of contents has, of articles that say nothing of it; 0 is none.
    pub toc: Option<u8>,
    /// What to write: `pdf`, `docx`, `html`.
    pub formats: Option<Vec<String>>,
    /// Whether a warning fails the run.
    pub strict: bool,
    /// Whether fonts that are installed on the machine are used too.
    pub system_fonts: bool,
    /// How links of articles that do not say it themselves are told on paper.
    pub links: Option<Links>,
    /// Where notes of articles that do not say it themselves stand.
    pub notes: Option<Notes>,
    /// How articles that do not say it themselves are typeset.
    pub typography: Option<Typography>,
    /// Where the articles are on the web, without a slash at the end.
    pub base_url: Option<String>,
    /// Pictures that are printed with fewer pixels to the inch are warned of; 0 for none.
    pub least_density: Option<u32>,
    /// The Word file whose looks the Word documents have.
    pub reference: Option<PathBuf>,
    /// Where words may be broken whose breaks the patterns do not know.
    pub hyphenation: Arc<Exceptions>,
}

/// The keys of handout.toml.
pub const SETTINGS: Table = Table {
    name: "handout.toml",
    keys: &[
        Key::new("input", Shape::Text),
        Key::new("output", Shape::Text),
        Key::new("brand", Shape::Text),
        Key::new("templates", Shape::Text),
        Key::new("fonts", Shape::Text),
        Key::new("layout", Shape::Layout),
        Key::new("lang", Shape::Language),
        Key::new("toc", Shape::Levels(TOC_LEVELS.1)),
        Key::new("formats", Shape::Formats(&FORMATS)),
        Key::new("docx", Shape::Map(&DOCX)),
        Key::new("strict", Shape::Truth),
        Key::new("system-fonts", Shape::Truth),
        Key::new("base-url", Shape::Text),
        Key::new("hyphenation", Shape::Own(hyphenation::schema)),
        Key::new("links", Shape::OneOf(&words(&Links::WORDS))),
        Key::new("notes", Shape::OneOf(&words(&Notes::WORDS))),
        Key::new("typography", Shape::OneOf(&words(&Typography::WORDS))),
        Key::new("pictures", Shape::Map(&PICTURES)),
        Key::new("booklets", Shape::Own(booklets::schema)),
    ],
    others: Others::Refused,
};

/// Who asks for more pixels to the inch than a press can print has mistaken the unit.
const MOST_DENSITY: u32 = 1200;

const PICTURES: Table = Table {
    name: "pictures",
    keys: &[Key::new("least-density", Shape::UpTo(MOST_DENSITY))],
    others: Others::Refused,
};

const DOCX: Table =
    Table { name: "docx", keys: &[Key::new("reference", Shape::Text)], others: Others::Refused };

/// How many levels of headings a table of contents has where it is just asked for, and at most.
pub const TOC_LEVELS: (u8, u8) = (2, 5);

const FORMATS: [&str; 3] = ["pdf", "docx", "html"];

impl Settings {
    /// Reads the content of handout.toml.
    ///
    /// # Errors
    /// Unknown keys, wrong types, unknown formats and languages, each at its place.
    pub fn read(file: &Spanned) -> Outcome<Self> {
        let mut fields = Fields::of(file, &SETTINGS);
        let path = |key| fields.text(key).map(PathBuf::from);
        let pictures = fields.map("pictures").map(|pictures| Fields::within(pictures, &PICTURES));
        let docx = fields.map("docx").map(|docx| Fields::within(docx, &DOCX));
        let mut settings = Self {
            input: path("input"),
            output: path("output"),
            brand: path("brand"),
            templates: path("templates"),
            fonts: path("fonts"),
            layout: fields.text("layout"),
            lang: fields.text("lang"),
            toc: fields.levels("toc", TOC_LEVELS.0),
            formats: fields.texts("formats"),
            reference: docx.and_then(|docx| docx.text("reference")).map(PathBuf::from),
            least_density: pictures.and_then(|pictures| pictures.number("least-density")),
            strict: fields.truth("strict").unwrap_or_default(),
            system_fonts: fields.truth("system-fonts").unwrap_or_default(),
            base_url: fields.text("base-url").map(|url| url.trim_end_matches('/').to_owned()),
            links: fields.choice("links", &Links::WORDS),
            notes: fields.choice("notes", &Notes::WORDS),
            typography: fields.choice("typography", &Typography::WORDS),
            ..Self::default()
        };
        match fields.get("hyphenation").map(Exceptions::read) {
            Some(Ok(found)) => settings.hyphenation = Arc::new(found),
            Some(Err(problems)) => fields.problems.extend(problems),
            None => {}
        }
        sort(&mut fields.problems);
        if fields.problems.is_empty() { Ok(settings) } else { Err(fields.problems) }
    }
}

/// Whether `tag` has the form of a language tag: a language of two or three letters, then subtags of up to
/// eight letters and digits (BCP 47, RFC 5646 section 2.1; private use and grandfathered tags left out).
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::value::{Format, Source, parse};

    fn read(text: &str) -> Outcome<Settings> {
        Settings::read(&parse(Format::Toml, text, 1, &Source::new("handout.toml", text)).unwrap())
    }

    #[test]
    fn a_project_may_say_all_or_nothing() {
        assert_eq!(read("").unwrap(), Settings::default());
        let all = read(
            "layout = 'steps'\ntoc = true\nformats = ['pdf']\nstrict = true\nbase-url = 'https://a.nl/'",
        )
        .unwrap();
        assert_eq!(all.formats, Some(vec!["pdf".to_owned()]));
        assert_eq!((all.strict, all.base_url.as_deref()), (true, Some("https://a.nl")));
        assert_eq!(all.toc, Some(2));
        assert_eq!(read("[pictures]\nleast-density = 0").unwrap().least_density, Some(0));
    }

    #[test]
    fn what_is_wrong_is_told_all_at_once() {
        let found =
            read("outptu = 'x'\nstrict = 1\nlang = 'dutch language'\nformats = ['pdf', 'dcox']\npictures.least-density = 1201").unwrap_err();
        let codes: Vec<_> = found.iter().map(|found| found.code).collect();
        assert_eq!(codes, ["unknown-key", "wrong-type", "wrong-type", "unknown-format", "wrong-type"]);
        assert_eq!(found[0].hint.as_deref(), Some("did you mean `output`?"));
        assert_eq!(found[3].place.as_ref().unwrap().column, Some(19));
    }

    #[test]
    fn language_tags_have_a_form() {
        assert!(["nl", "en-GB", "zh-Hant-TW", "nds"].into_iter().all(is_language_tag));
        assert!(!["", "n", "dutch", "nl_NL", "nl-", "nl-verylongsubtag"].into_iter().any(is_language_tag));
    }
}
