//! What a paragraph or a run is, by the name of its style. Word writes the names of its own styles in English, whatever
//! language it speaks; other programs, and templates that were carried over, have them in the language of their maker.

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Subtitle,
    /// Who wrote it, as pandoc sets it below the title.
    Author,
    /// When, likewise.
    Date,
    /// From 1.
    Heading(u8),
    Quote,
    Code,
    Caption,
    Term,
    Definition,
    /// A further paragraph of a list item.
    Continue,
    /// A line of a table of contents.
    Contents,
    #[default]
    Text,
}

/// What a run is by its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunRole {
    Strong,
    Emphasis,
    Code,
    Keyboard,
}

/// The word for a heading, in front of its level.
const HEADINGS: [&str; 17] = [
    "heading",
    "kop",
    "überschrift",
    "titre",
    "título",
    "titolo",
    "rubrik",
    "overskrift",
    "otsikko",
    "nagłówek",
    "nadpis",
    "címsor",
    "título",
    "encabezado",
    "intestazione",
    "заголовок",
    "başlık",
];

const TITLES: [&str; 5] = ["title", "titel", "titre", "puesto", "tytuł"];
const SUBTITLES: [&str; 5] = ["subtitle", "ondertitel", "untertitel", "sous-titre", "subtítulo"];
const QUOTES: [&str; 13] = [
    "quote",
    "intense quote",
    "block text",
    "block quote",
    "quotations",
    "blockquote",
    "citaat",
    "duidelijk citaat",
    "zitat",
    "intensives zitat",
    "citation",
    "citation intense",
    "cita",
];
const CODE: [&str; 9] = [
    "html preformatted",
    "preformatted text",
    "source code",
    "macro text",
    "code",
    "code block",
    "macro",
    "broncode",
    "listing",
];
const CAPTIONS: [&str; 8] = [
    "caption",
    "bijschrift",
    "beschriftung",
    "légende",
    "image caption",
    "table caption",
    "epígrafe",
    "didascalia",
];
const CONTENTS: [&str; 9] = [
    "toc heading",
    "contents heading",
    "table of figures",
    "index heading",
    "kopvan inhoudsopgave",
    "kop van inhoudsopgave",
    "lijst met afbeeldingen",
    "inhaltsverzeichnisüberschrift",
    "en-tête de table des matières",
];

impl Role {
    /// What paragraphs of a style with this name, in lower case, are; `None` where the name does not tell.
    pub fn named(name: &str) -> Option<Self> {
        let is_in = |names: &[&str]| names.contains(&name);
        match name {
            _ if is_in(&TITLES) => return Some(Self::Title),
            _ if is_in(&SUBTITLES) => return Some(Self::Subtitle),
            _ if is_in(&QUOTES) || name.ends_with(" quote") => return Some(Self::Quote),
            _ if is_in(&CODE) => return Some(Self::Code),
            _ if is_in(&CAPTIONS) => return Some(Self::Caption),
            _ if is_in(&CONTENTS) => return Some(Self::Contents),
            "definition term" | "term" => return Some(Self::Term),
            "author" => return Some(Self::Author),
            "date" => return Some(Self::Date),
            "definition" => return Some(Self::Definition),
            "normal" | "standard" | "standaard" | "footnote text" | "endnote text" => {
                return Some(Self::Text);
            }
            _ => {}
        }
        let (words, level) = name.rsplit_once(' ').unwrap_or((name, ""));
        let level: Option<u8> = level.parse().ok().filter(|level| (1..=9).contains(level));
        match (words, level) {
            (word, Some(level)) if HEADINGS.contains(&word) => Some(Self::Heading(level)),
            ("toc" | "contents" | "inhopg" | "verzeichnis" | "tm", Some(_)) => Some(Self::Contents),
            ("list continue", _) => Some(Self::Continue),
            _ if name.starts_with("list continue") || name.starts_with("lijstvoortzetting") => {
                Some(Self::Continue)
            }
            _ => None,
        }
    }

    /// What an outline level (17.3.1.20), from 0, makes of a paragraph; 9 is text.
    pub const fn outline(level: u8) -> Option<Self> {
        match level {
            0..=8 => Some(Self::Heading(level + 1)),
            9 => Some(Self::Text),
            _ => None,
        }
    }
}

impl RunRole {
    /// What runs of a character style with this name, in lower case, are.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "strong" | "strong emphasis" | "intense emphasis" | "zwaar" | "fett" => Some(Self::Strong),
            "emphasis" | "subtle emphasis" | "nadruk" | "hervorhebung" | "html cite" | "html variable" => {
                Some(Self::Emphasis)
            }
            "html code" | "source text" | "verbatim char" | "html typewriter" | "html sample" | "code"
            | "code char" => Some(Self::Code),
            "html keyboard" | "user entry" => Some(Self::Keyboard),
            _ => None,
        }
    }
}

/// The class that a style of the writer's own gives: its name with hyphens. Names that programs give, and those that only
/// say how a paragraph stands, give none.
pub(super) fn class(name: &str) -> Option<String> {
    const MUTE: [&str; 16] = [
        "compact",
        "first paragraph",
        "figure",
        "captioned figure",
        "table text",
        "table heading",
        "table contents",
        "text",
        "rule",
        "frame contents",
        "author",
        "date",
        "default",
        "textbody",
        "definition",
        "term",
    ];
    let name = name.strip_suffix(" text").or_else(|| name.strip_suffix(" quote")).unwrap_or(name).trim();
    let is_plain = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    let is_automatic = name.ends_with(" char")
        || name.ends_with("tok")
        || name.chars().next_back().is_some_and(|c| c.is_ascii_digit());
    (is_plain && !is_automatic && name.len() <= 40 && !MUTE.contains(&name))
        .then(|| name.split_whitespace().collect::<Vec<_>>().join("-"))
}
