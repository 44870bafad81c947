//! Fields (ISO/IEC 29500-1, 17.16): what Word works out, with the result that it had when the file was saved.

use std::rc::Rc;

/// A field that is open.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Its instruction, as far as it was read.
    pub code: String,
    pub phase: Phase,
}

/// How far a field was read.
#[derive(Debug, Default)]
pub(super) enum Phase {
    /// In its instruction.
    #[default]
    Code,
    /// In its result.
    Result(Kind),
}

/// What becomes of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its result stands in the text.
    Shown,
    /// Nothing: layouts make tables of contents of their own.
    Dropped,
    /// Its result is a link: address and title.
    Link(Rc<str>, Option<Rc<str>>),
    /// The page of a bookmark, which will be another one.
    Page(Rc<str>),
    /// A further call of the note at a bookmark.
    Note(Rc<str>),
}

impl Field {
    /// What becomes of a field with this instruction.
    pub fn kind(code: &str) -> Kind {
        let words = words(code);
        let option = |wanted: &str| {
            let at = words.iter().position(|word| word.eq_ignore_ascii_case(wanted))?;
            words.get(at + 1).map(String::as_str)
        };
        let name = words.first().map(|name| name.to_ascii_uppercase()).unwrap_or_default();
        let target = words.get(1).filter(|word| !word.starts_with('\\'));
        let is_linked = words.iter().any(|word| word.eq_ignore_ascii_case("\\h"));
        match (name.as_str(), target) {
            ("HYPERLINK", _) => {
                let anchor = option("\\l").map(|anchor| format!("#{anchor}")).unwrap_or_default();
                let address = format!("{}{anchor}", target.map_or("", String::as_str));
                if address.is_empty() {
                    Kind::Shown
                } else {
                    Kind::Link(address.into(), option("\\o").map(Rc::from))
                }
            }
            ("TOC" | "INDEX" | "TOA" | "TC" | "XE" | "RD", _) => Kind::Dropped,
            ("REF", Some(target)) if is_linked => Kind::Link(format!("#{target}").into(), None),
            ("PAGEREF", Some(target)) => Kind::Page(target.as_str().into()),
            ("NOTEREF", Some(target)) => Kind::Note(target.as_str().into()),
            _ => Kind::Shown,
        }
    }
}

/// The words of an instruction; what stands in quotes is one.
fn words(code: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = code.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_tells_what_becomes_of_its_result() {
        let link = |address: &str, title: Option<&str>| Kind::Link(address.into(), title.map(Rc::from));
        let cases = [
            (" HYPERLINK \"https://a.nl/b c\" \\o \"Zo\" ", link("https://a.nl/b c", Some("Zo"))),
            ("HYPERLINK  \\l \"kop\"", link("#kop", None)),
            ("HYPERLINK \"a.docx\" \\l \"kop\"", link("a.docx#kop", None)),
            (" REF _Ref1 \\h ", link("#_Ref1", None)),
            (" REF _Ref1 ", Kind::Shown),
            ("PAGEREF _Toc1 \\h", Kind::Page("_Toc1".into())),
            ("TOC \\o \"1-3\" \\h", Kind::Dropped),
            ("SEQ Figuur \\* ARABIC", Kind::Shown),
            ("", Kind::Shown),
            ("HYPERLINK \"open", link("open", None)),
        ];
        for (code, kind) in cases {
            assert_eq!(Field::kind(code), kind, "{code}");
        }
    }
}
