use std::fmt::Write;
use std::path::Path;

use proptest::prelude::*;

use super::*;

/// Each file of tests/read/typography is an article in the language that its name begins with, and beside it, as
/// `.expected`, what comes of it. `HANDOUT_ACCEPT=1` takes what comes now as right.
#[test]
fn articles_are_typeset_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read/typography");
    let mut cases: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "html"));
    cases.sort();
    assert!(!cases.is_empty());
    let mut wrong = String::new();
    for path in cases {
        let lang = &path.file_stem().unwrap().to_str().unwrap()[..2];
        let text = std::fs::read_to_string(&path).unwrap();
        let set = html(&text, lang, Typography::of(lang));
        assert_eq!(html(&set, lang, Typography::of(lang)), set, "a second time, {}", path.display());
        let shown = set.replace('\u{202F}', "&#8239;");
        let accepted = path.with_extension("expected");
        if std::env::var_os("HANDOUT_ACCEPT").is_some() {
            std::fs::write(&accepted, &shown).unwrap();
        }
        let expected = std::fs::read_to_string(&accepted).unwrap_or_default();
        for (at, (expected, shown)) in expected.lines().zip(shown.lines()).enumerate() {
            if expected != shown {
                let _ = writeln!(wrong, "{}:{}\n- {expected}\n+ {shown}", path.display(), at + 1);
            }
        }
        if expected.lines().count() != shown.lines().count() {
            let _ = writeln!(wrong, "{}: another number of lines", path.display());
        }
    }
    assert!(wrong.is_empty(), "not as accepted (HANDOUT_ACCEPT=1 accepts):\n{wrong}");
}

#[test]
fn nothing_is_done_unasked() {
    let body = "<p>\"Zo'n 10 km\" -- blz. 3...</p>";
    assert_eq!(html(body, "nl", Typography::Off), body);
    assert_eq!(text("\"x\"", Typography::Off), "\"x\"");
    assert_eq!(text("\"Zo'n\" idee", Typography::Dutch), "“Zo’n” idee");
}

#[test]
fn absurd_paragraphs_are_read_once() {
    for piece in [
        "\"",
        "'",
        "\"'",
        "\"a ",
        "'a ",
        "a\"b",
        "-",
        "1-",
        " - ",
        "5' ",
        "a.b@c ",
        "x1",
        "1x",
        ".",
        " ",
        "10 000 ",
        "<b>x</b>\"",
        "5 <i>km</i>",
    ] {
        let body = format!("<p>{}</p>", piece.repeat(100_000 / piece.len()));
        let started = std::time::Instant::now();
        html(&body, "nl", Typography::Dutch);
        assert!(started.elapsed().as_secs() < 5, "{piece:?} took {:?}", started.elapsed());
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\"",
        "'",
        "''",
        "“",
        "”",
        "‘",
        "’",
        "„",
        "«",
        "»",
        " ",
        " ",
        " ",
        "\u{A0}",
        "\n",
        "-",
        "--",
        "---",
        " - ",
        "–",
        "—",
        ".",
        "...",
        "…",
        ",",
        ":",
        ";",
        "!",
        "?",
        "(",
        ")",
        "/",
        "a",
        "s",
        "t",
        "n",
        "Zo",
        "foto",
        "10",
        "12",
        "2",
        "06",
        "2019",
        "1/2",
        "x",
        "×",
        "km",
        "%",
        "€",
        "§",
        "blz.",
        "art.",
        "mei",
        "dr.",
        "M.",
        "J.",
        "′",
        "″",
        "<b>",
        "</b>",
        "<em lang=\"en\">",
        "</em>",
        "<em lang=\"pl\">",
        "<br>",
        "<p>",
        "<code>\"--\"</code>",
        "<img alt=\"'x'\">",
        "www.a.nl/b--c",
        "a@b.nl",
        "https://a.nl/'x'",
        "&amp;",
    ]);
    prop::collection::vec(
        prop_oneof![12 => piece.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)],
        0..40,
    )
    .prop_map(|pieces| pieces.concat())
}

/// The letters of a text, which no rule touches. An `x` may become a sign of multiplication, digits a fraction.
fn letters(html: &str) -> String {
    let document = dom::parse_fragment(html, 1);
    let text = document.text(document.fragment());
    text.chars().filter(|c| c.is_alphabetic() && !matches!(c, 'x' | 'X')).collect()
}

proptest! {
    #[test]
    fn a_second_time_changes_nothing_and_no_letter_is_lost(body in pieces(), language in 1..5_usize) {
        let typography = Typography::WORDS[language].1;
        let parsed = dom::parse_fragment(&body, 1);
        let body = parsed.inner_html(parsed.fragment());
        let once = html(&body, "nl", typography);
        prop_assert_eq!(html(&once, "nl", typography), once.clone(), "{}", body);
        prop_assert_eq!(letters(&once), letters(&body));
    }
}
