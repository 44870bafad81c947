//! What differs from language to language.

use crate::config::Typography;
use crate::read::months;

/// Signs around words, the opening and the closing one.
pub(super) type Pair = (&'static str, &'static str);

/// The rules of a language. Words to compare with are in small letters where their case makes no difference.
#[derive(Debug, PartialEq)]
pub(super) struct Rules {
    /// In the place of `"`.
    pub(super) double: Pair,
    /// In the place of `'`.
    pub(super) single: Pair,
    /// What is left of words of which an apostrophe is the beginning, and is no word without it.
    pub(super) elided: &'static [&'static str],
    /// The same, where it is.
    pub(super) elided_or_word: &'static [&'static str],
    /// Words and abbreviations that a number follows.
    pub(super) before_number: &'static [&'static str],
    /// Abbreviations that a name follows.
    pub(super) before_name: &'static [&'static str],
    /// As they are written behind a day.
    pub(super) months: &'static [&'static [&'static str]],
    /// Whether months stand before days as well.
    pub(super) months_before: bool,
    /// Besides [`UNITS`].
    pub(super) units: &'static [&'static str],
    /// How marks stand.
    pub(super) punctuation: Punctuation,
}

impl Rules {
    /// Whether this is the name of a month.
    pub(super) fn is_month(&self, word: &str) -> bool {
        self.months.iter().any(|names| names.contains(&word))
    }

    /// Whether “…” stands for quotations within others.
    pub(super) fn has_double_in_double(&self) -> bool {
        self.single.0 == "“"
    }
}

/// How colons, semicolons, question and exclamation marks stand behind a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Punctuation {
    /// Right behind it.
    Close,
    /// Behind a space.
    Spaced,
}

/// Units whose signs are the same everywhere (ISO 80000), with the ones of printing and computing.
pub(super) const UNITS: [&str; 68] = [
    "%", "‰", "€", "$", "£", "°", "°C", "°F", "m", "cm", "mm", "dm", "km", "nm", "µm", "m²", "m2", "m³",
    "m3", "cm²", "km²", "km2", "ha", "g", "kg", "mg", "µg", "l", "L", "dl", "cl", "ml", "s", "ms", "min",
    "h", "W", "kW", "MW", "GW", "Wh", "kWh", "MWh", "GWh", "TWh", "V", "A", "Hz", "kHz", "MHz", "GHz", "kB",
    "KB", "MB", "GB", "TB", "dB", "px", "pt", "J", "kJ", "kcal", "Pa", "hPa", "km/h", "m/s", "EUR", "dpi",
];

const DUTCH: Rules = Rules {
    double: ("“", "”"),
    single: ("‘", "’"),
    elided: &["s", "t", "n", "k", "m", "r", "ns", "tzelfde", "tuurlijk"],
    elided_or_word: &["ie", "er"],
    before_number: &[
        "blz.",
        "p.",
        "pp.",
        "pag.",
        "art.",
        "artt.",
        "nr.",
        "nrs.",
        "no.",
        "hfst.",
        "par.",
        "fig.",
        "afb.",
        "tab.",
        "bijl.",
        "jrg.",
        "dl.",
        "vol.",
        "lid",
        "ca.",
        "tel.",
        "d.d.",
        "max.",
        "min.",
        "artikel",
        "bladzijde",
        "pagina",
        "hoofdstuk",
        "paragraaf",
        "figuur",
        "afbeelding",
        "tabel",
        "bijlage",
        "eur",
    ],
    before_name: &["dhr.", "mevr.", "mw.", "dr.", "drs.", "ir.", "ing.", "mr.", "prof.", "ds.", "st.", "em."],
    months: &[
        &months::DUTCH,
        &["jan", "feb", "mrt", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dec"],
    ],
    months_before: false,
    units: &[
        "uur", "u", "u.", "km/u", "euro", "procent", "mln", "mld", "miljoen", "miljard", "graden", "liter",
    ],
    punctuation: Punctuation::Close,
};

const ENGLISH: Rules = Rules {
    double: ("“", "”"),
    single: ("‘", "’"),
    elided: &["n", "tis", "twas", "twere", "twill", "twould"],
    elided_or_word: &["til", "em", "cause", "round", "bout"],
    before_number: &[
        "p.", "pp.", "no.", "nos.", "art.", "arts.", "fig.", "figs.", "sec.", "ch.", "vol.", "eq.", "ca.",
        "c.", "page", "pages", "article", "chapter", "section", "figure", "table", "appendix", "eur",
    ],
    before_name: &["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "prof.", "st", "st.", "rev."],
    months: &[
        &months::ENGLISH,
        &["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"],
    ],
    months_before: true,
    units: &["am", "pm", "a.m.", "p.m.", "million", "billion", "percent", "euros", "litres", "mph"],
    punctuation: Punctuation::Close,
};

const GERMAN: Rules = Rules {
    double: ("„", "“"),
    single: ("‚", "‘"),
    elided: &["s", "n", "ne", "nen", "nem", "ner"],
    elided_or_word: &["ran", "rein", "raus", "rum"],
    before_number: &[
        "s.",
        "nr.",
        "art.",
        "abs.",
        "abb.",
        "tab.",
        "kap.",
        "bd.",
        "ziff.",
        "anm.",
        "ca.",
        "tel.",
        "max.",
        "min.",
        "seite",
        "artikel",
        "absatz",
        "kapitel",
        "abschnitt",
        "abbildung",
        "tabelle",
        "anlage",
        "eur",
    ],
    before_name: &["hr.", "fr.", "dr.", "prof.", "st.", "dipl.-ing."],
    months: &[&months::GERMAN, &["Jänner"]],
    months_before: false,
    units: &["Uhr", "Euro", "Prozent", "Mio", "Mrd", "Millionen", "Milliarden", "Grad", "Liter"],
    punctuation: Punctuation::Close,
};

const FRENCH: Rules = Rules {
    double: ("«\u{202F}", "\u{202F}»"),
    single: ("“", "”"),
    elided: &[],
    elided_or_word: &[],
    before_number: &[
        "p.", "pp.", "n°", "no", "art.", "fig.", "chap.", "t.", "vol.", "env.", "tél.", "page", "pages",
        "article", "chapitre", "section", "figure", "tableau", "annexe", "eur",
    ],
    before_name: &["m.", "mm.", "mme", "mmes", "mlle", "mlles", "dr", "pr", "me", "st"],
    months: &[&months::FRENCH],
    months_before: false,
    units: &["heures", "euros", "millions", "milliards", "degrés", "litres"],
    punctuation: Punctuation::Spaced,
};

/// The rules of a setting; none for [`Typography::Off`].
pub(super) fn rules(typography: Typography) -> Option<&'static Rules> {
    match typography {
        Typography::Off => None,
        Typography::Dutch => Some(&DUTCH),
        Typography::English => Some(&ENGLISH),
        Typography::German => Some(&GERMAN),
        Typography::French => Some(&FRENCH),
    }
}
