use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::config::value;
use crate::dom::{self, Document, NodeId};

fn read(text: &str, options: &Options) -> Body {
    body(&Source::new(&"a.txt".into(), text), options).unwrap()
}

/// One line a block: its line in the file, its tag and classes, its words.
fn outline(html: &str) -> String {
    let document = dom::parse_fragment(html, 1);
    let mut outline = String::new();
    for id in document.elements(document.fragment()) {
        let tag = document.tag(id);
        let holds = matches!(tag, "ul" | "ol" | "table" | "thead" | "tbody" | "figure" | "blockquote");
        if matches!(tag, "a" | "br" | "span" | "th" | "td") {
            continue;
        }
        let classes = document.attribute(id, "class").map(|names| format!(".{names}")).unwrap_or_default();
        let text = if holds { String::new() } else { own_words(&document, id) };
        let _ = writeln!(outline, "{tag}{classes} {text}");
    }
    outline.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The words of a block without those of the lists in it; a break is a stroke.
fn own_words(document: &Document, id: NodeId) -> String {
    let mut text = String::new();
    for child in document.children(id) {
        match document.tag(child) {
            "ul" | "ol" => {}
            "br" => text += " / ",
            "th" | "td" => text += &format!("{} | ", document.text(child)),
            _ => text += &document.text(child),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check(text: &str, expected: &str) {
    let tidy = |text: &str| -> String {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
    };
    let body = read(&format!("Titel\n\n{text}"), &Options::default());
    assert_eq!(outline(&body.html), tidy(expected), "{text}\n{}", body.html);
}

const LONG: &str = "Wie een lange alinea leest, ziet dat er veel meer woorden in staan dan in een kop, en dat zij met \
                    een punt eindigt, zoals zinnen in gewone tekst dat doen.";

#[test]
fn a_short_line_that_stands_alone_is_a_heading() {
    check(
        &format!("Eerste stap\n\n{LONG}\n\nEn dan?\n\n- doen\n\nEen korte zin.\n\nDe laatste regel"),
        &format!("h2 Eerste stap\np {LONG}\nh2 En dan?\nul\nli doen\np Een korte zin.\np De laatste regel"),
    );
}

#[test]
fn a_short_line_right_above_a_paragraph_is_a_heading() {
    check(
        &format!("Eerste stap\n{LONG}\nTweede stap\n{LONG}\nEen gewone zin.\n{LONG}"),
        &format!("h2 Eerste stap\np {LONG}\nh2 Tweede stap\np {LONG}\np Een gewone zin.\np {LONG}"),
    );
    check("Wat je meeneemt\n- brood\n- kaas", "h2 Wat je meeneemt\nul\nli brood\nli kaas");
    check("Je neemt mee:\n- brood\n- kaas", "p Je neemt mee:\nul\nli brood\nli kaas");
}

#[test]
fn many_short_lines_in_a_row_are_no_headings() {
    check(
        &format!("Brood\n\nKaas\n\nMelk\n\nEieren\n\n{LONG}"),
        &format!("p Brood\np Kaas\np Melk\np Eieren\np {LONG}"),
    );
}

#[test]
fn numbered_lines_are_headings_above_text_and_items_in_a_row() {
    check(
        &format!("1. Begin\n{LONG}\n\n2. Einde\n\n{LONG}"),
        &format!("h2.numbered 1. Begin\np {LONG}\nh2.numbered 2. Einde\np {LONG}"),
    );
    check(
        &format!("1 Begin\n\n{LONG}\n\n1.1 Deel\n\n{LONG}\n\n1.2 Nog een punt dat af is."),
        &format!("h2 1 Begin\np {LONG}\nh3.numbered 1.1 Deel\np {LONG}\np 1.2 Nog een punt dat af is."),
    );
    check("1. een\n2. twee\n\n3. drie\n\nKlaar.", "ol\nli een\nli twee\nli drie\np Klaar.");
}

#[test]
fn lists_nest_by_indent_and_by_sign() {
    check(
        "• een\n  – deel\n  – nog een\n• twee\n– deel\n• drie\n\n1. a",
        "ul\nli een\nul\nli deel\nli nog een\nli twee\nul\nli deel\nli drie\nol\nli a",
    );
    check("- een regel\n  die doorloopt\n- twee", "ul\nli een regel die doorloopt\nli twee");
    let html = read("T\n\na) x\nb) y\n\n4. z\n7. q", &Options::default()).html;
    assert!(html.contains("<ol type=\"a\" data-line=\"3\">"), "{html}");
    assert!(html.contains("<ol start=\"4\"") && html.contains("<li value=\"7\""), "{html}");
}

#[test]
fn quotations_that_stand_alone_are_set_apart() {
    check(
        &format!("{LONG}\n\n“Dat kan beter.”\n\n{LONG}\n\n‘Zo is ’t’. (Uit: Boek)\n\n\"Ja\"\n– Anna Bos"),
        &format!(
            "p {LONG}\nblockquote.pull\np “Dat kan beter.”\np {LONG}\nblockquote\np ‘Zo is ’t’.\np.source (Uit: Boek)\n\
             blockquote\np \"Ja\"\np.source – Anna Bos"
        ),
    );
    check("“Ja”, zei zij. “Nee.”\n\nKlaar.", "p “Ja”, zei zij. “Nee.”\np Klaar.");
}

#[test]
fn an_interview_has_questions_and_answers() {
    check(
        "Een gesprek over samen werken.\n\nHoe begon het?\nAnna: “Met een vraag.\n\nEn nog een.”\n\n“Met een vraag”\n\n\
         En toen?\n“Toen kwam er meer.”\n\nDat klinkt goed.\n“Dat is het ook.”\n\nWaarom nu? “Omdat het kan.” Anna: “Juist.”\n\nSlot.",
        "p Een gesprek over samen werken.
         h2.question Hoe begon het?\np.answer Anna: “Met een vraag.\np.answer En nog een.”
         blockquote.pull\np “Met een vraag”
         h2.question En toen?\np.answer “Toen kwam er meer.”
         h2.question Dat klinkt goed.\np.answer “Dat is het ook.”
         h2.question Waarom nu?\np.answer “Omdat het kan.”\np.answer Anna: “Juist.”
         p Slot.",
    );
}

#[test]
fn an_interview_may_name_every_speaker() {
    check(
        "Vraag: Hoe begon het?\nAntwoord: Met een plan.\nDat duurde even.\n\nVraag: En nu?\nAntwoord: Nu gaat het door.",
        "h2.question Vraag: Hoe begon het?\np.answer Antwoord: Met een plan.\np.answer Dat duurde even.
         h2.question Vraag: En nu?\np.answer Antwoord: Nu gaat het door.",
    );
}

#[test]
fn headings_that_all_ask_are_an_interview() {
    let text = format!("Wie?\n{LONG}\n\nWat?\n{LONG}\n\nWaar?\n{LONG}\n\n{LONG}");
    let pair = |question: &str| format!("h2.question {question}\np.answer {LONG}\n");
    check(&text, &(pair("Wie?") + &pair("Wat?") + &pair("Waar?") + &format!("p {LONG}")));
}

#[test]
fn lines_that_a_width_broke_become_one() {
    check(
        "Een kop boven de tekst\n\
         Deze tekst is geschreven in een venster dat niet breder is dan zo\n\
         ongeveer zestig tekens, en dus staat er om de zoveel woorden een\n\
         regeleinde dat niemand heeft bedoeld. Dat is\n\
         Nederlandse gewoonte.\n\n\
         Een tweede alinea van dezelfde hand, die ook weer netjes over een\n\
         paar regels loopt voordat zij klaar is.",
        "h2 Een kop boven de tekst
         p Deze tekst is geschreven in een venster dat niet breder is dan zo ongeveer zestig tekens, en dus staat er om de zoveel woorden een regeleinde dat niemand heeft bedoeld. Dat is / Nederlandse gewoonte.
         p Een tweede alinea van dezelfde hand, die ook weer netjes over een paar regels loopt voordat zij klaar is."
            .replace("Dat is / Nederlandse", "Dat is\np Nederlandse").as_str(),
    );
    check(
        &format!("{LONG} En verder\nloopt de zin door.\n{LONG}"),
        &format!("p {LONG} En verder loopt de zin door.\np {LONG}"),
    );
    check("Roos\nRood\nRuit\n\nSlot.", "p Roos / Rood / Ruit\np Slot.");
}

#[test]
fn captions_contact_lines_tables_and_rules() {
    check(
        "Figuur 2: Een trap\n\nTitel twee\n=====\nbel Jan: 010-123 45 67\nof mail: jan@voorbeeld.nl\n\n* * *\n\na\tb\n1\t2\n\nx\ty",
        "figure.caption-only\nfigcaption Figuur 2: Een trap\nh2 Titel twee
         p.contact-line bel Jan: 010-123 45 67 / of mail: jan@voorbeeld.nl
         hr\ntable\nthead\ntr a | b |\ntbody\ntr 1 | 2 |\np x y",
    );
}

#[test]
fn the_title_comes_off_the_first_line() {
    let title = |title: &str| Options { title: Some(title.into()), ..Options::default() };
    let text = "\nSamen. En dan?\n\nx\n";
    let none = read(text, &Options::default());
    assert_eq!((none.title.as_deref(), &*none.html), (Some("Samen. En dan?"), "<p data-line=\"4\">x</p>"));
    let part = read(text, &title("Samen."));
    assert_eq!(outline(&part.html), "p.standfirst En dan?\np x\n");
    let other = read(text, &title("Iets anders"));
    assert_eq!((other.title, &*outline(&other.html)), (None, "h2 Samen. En dan?\np x\n"));
    assert_eq!(read(LONG, &title("T")).title, None);
}

#[test]
fn a_sentence_and_a_name_may_stand_below_the_title() {
    check(
        &format!("Door Anna Bos\nEen zin vooraf.\n{LONG}"),
        &format!("p.author-line Door Anna Bos\np Een zin vooraf.\np {LONG}"),
    );
    check(&format!("Een zin vooraf.\n\n{LONG}"), &format!("p.standfirst Een zin vooraf.\np {LONG}"));
}

#[test]
fn the_catalog_tells_what_the_text_cannot() {
    let headings = [(3, vec!["Een kop.".into()]), (2, vec!["weg".into()])].into();
    let options = Options { headings, ..Options::default() };
    let body = read("T\n\nEen  kop.\ntekst\n", &options);
    assert_eq!(outline(&body.html), "h3 Een kop.\np tekst\n");
    assert_eq!(body.warnings.len(), 1, "{:?}", body.warnings);
    let options =
        Options { headings: [(1, vec!["A".into()]), (2, vec!["B".into()])].into(), ..Options::default() };
    assert_eq!(outline(&read("T\n\nA\nB\nx", &options).html), "h2 A\nh3 B\np x\n");
}

#[test]
fn furniture_is_kept_and_told() {
    let body = read("T\n\nMenu\n\nx.\n\nMenu\n\ny.\n\nMenu\n\nPagina 2 van 3\n\nz.", &Options::default());
    let lines: Vec<_> = body.warnings.iter().map(|w| w.place.as_ref().and_then(|place| place.line)).collect();
    assert_eq!(lines, [Some(3), Some(13)]);
    assert_eq!(body.html.matches("Menu").count(), 3);
}

/// The letters and digits of a body, the numbers that its lists count with among them.
fn letters_of_body(body: &Body) -> String {
    let document = dom::parse_fragment(&body.html, 1);
    let mut letters: String = body.title.clone().unwrap_or_default();
    let mut counted: Vec<Option<u32>> = vec![None; document.len()];
    for id in document.descendants(document.fragment()) {
        if let Some(list) =
            document.parent(id).filter(|&list| document.is(id, "li") && document.is(list, "ol"))
        {
            let own = |id, name: &str| document.attribute(id, name).and_then(|n: &str| n.parse().ok());
            let next = own(id, "value")
                .or(counted[list.index()].map(|last| last + 1))
                .or(own(list, "start"))
                .unwrap_or(1);
            counted[list.index()] = Some(next);
            match document.attribute(list, "type") {
                Some(_) => letters.push((b'a' + next as u8 - 1) as char),
                None => letters += &next.to_string(),
            }
        }
        letters += document.text_of(id).unwrap_or_default();
    }
    letters.retain(char::is_alphanumeric);
    letters
}

fn letters_of_lines(text: &str, options: &Options) -> String {
    let file = "a.txt".into();
    let (lines, _) = select::select(&Source::new(&file, text), options).unwrap();
    lines.iter().flat_map(|line| line.raw.chars()).filter(|c| c.is_alphanumeric()).collect()
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n",
        "\n\n",
        " ",
        "\t",
        "    ",
        "• ",
        "– ",
        "- ",
        "1. ",
        "2. ",
        "3) ",
        "1.1 ",
        "a) ",
        "b) ",
        "“",
        "”",
        "‘",
        "’",
        "\"",
        "?",
        ".",
        "! ",
        ":",
        ": ",
        "Anna: ",
        "Bos: ",
        "“Ja.”",
        "Hoe?\n“Zo.”\n",
        "Figuur 1: ",
        "j@a.nl",
        "www.a.nl",
        "06-12345678",
        "===",
        "---",
        "Door ",
        "Woord",
        "woord ",
        "zin die loopt ",
        "Zin. ",
        "<b>",
        "&amp;",
        "\u{A0}",
        "\u{AD}",
        "\r\n",
        "(x)",
        "[y]",
        LONG,
    ]);
    prop::collection::vec(prop_oneof![8 => piece.prop_map(str::to_owned), 1 => any::<String>()], 0..60)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_word_is_lost(text in pieces(), title in prop::option::of("[A-Z][a-z]{1,4}[.?]?")) {
        let options = Options { title, ..Options::default() };
        let body = read(&text, &options);
        prop_assert_eq!(letters_of_body(&body), letters_of_lines(&text, &options), "{}", body.html);
    }
}

/// The articles that people hand in, where they are at hand: each with its slug, its text and what its catalog says.
fn seeds() -> Vec<(String, String, Options)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(catalog) = std::fs::read_to_string(folder.join("catalog.yaml")) else {
        eprintln!("skipped: there are no seeds beside the project");
        return Vec::new();
    };
    let catalog =
        value::parse(value::Format::Yaml, &catalog, 1, &value::Source::new("catalog.yaml", &*catalog))
            .unwrap();
    let entries: Vec<serde_json::Value> =
        catalog.get("articles").unwrap().items().iter().map(value::Spanned::to_json).collect();
    assert_eq!(entries.len(), 15);
    let seed = |(at, entry): (usize, &serde_json::Value)| {
        let text = |key: &str| entry[key].as_str().unwrap().to_owned();
        let source = std::fs::read_to_string(folder.join(text("source"))).unwrap();
        (text("slug"), source, options_of(entry, entries.get(at + 1)))
    };
    entries.iter().enumerate().map(seed).collect()
}

#[test]
fn no_word_of_the_seeds_is_lost() {
    for (slug, text, options) in seeds() {
        let body = read(&text, &options);
        assert_eq!(letters_of_body(&body), letters_of_lines(&text, &options), "{slug}");
        assert!(body.warnings.is_empty(), "{slug}: {:?}", body.warnings);
    }
}

/// tests/read/plain/seeds.expected says, without a word of theirs, what a careful editor would make of the lines of
/// each: the line that a block begins on, its element with its class, and of a list, a table or broken lines how many.
#[test]
fn the_seeds_are_marked_up_as_an_editor_would() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read/plain");
    let expected = std::fs::read_to_string(folder.join("seeds.expected")).unwrap();
    let mut wrong = String::new();
    for (slug, text, options) in seeds() {
        let structure = structure(&read(&text, &options).html);
        let wanted =
            expected.split("# ").find_map(|part| part.strip_prefix(&format!("{slug}\n"))).unwrap_or_default();
        if structure.trim() != wanted.trim() {
            let changes = similar::TextDiff::from_lines(wanted.trim(), structure.trim());
            wrong += &format!("# {slug}\n{}\n", changes.unified_diff().context_radius(1));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The blocks of a body, a line each.
fn structure(html: &str) -> String {
    let document = dom::parse_fragment(html, 1);
    let block = |id| {
        let line = document.attribute(id, "data-line").unwrap_or("?");
        let class = document.attribute(id, "class").map(|class| format!(".{class}")).unwrap_or_default();
        let parts = match document.tag(id) {
            "ul" | "ol" => document.child_elements(id).count(),
            "table" => document.elements(id).filter(|&row| document.is(row, "tr")).count(),
            _ => match document.elements(id).filter(|&part| document.is(part, "br")).count() {
                0 => return format!("{line} {}{class}\n", document.tag(id)),
                breaks => breaks + 1,
            },
        };
        format!("{line} {}{class} {parts}\n", document.tag(id))
    };
    document.child_elements(document.fragment()).map(block).collect()
}

fn options_of(entry: &serde_json::Value, next: Option<&serde_json::Value>) -> Options {
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let list = |value: &serde_json::Value| value.as_array().into_iter().flatten().filter_map(text).collect();
    Options {
        title: text(&entry["title"]),
        from: text(&entry["from"]),
        to: next.filter(|next| next["source"] == entry["source"]).and_then(|next| text(&next["from"])),
        drop: list(&entry["drop"]),
        headings: entry["headings"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(level, lines)| (level.parse().unwrap(), list(lines)))
            .collect(),
        place: None,
    }
}
