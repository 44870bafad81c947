//! The command as a user calls it: exit codes, files, messages.

#[allow(dead_code, reason = "each test file uses its part")]
mod common;

use common::{Project, contents, copy, root};

const ARTICLE: &str =
    "# Goed gesprek\n\nEen gesprek begint met luisteren. Wie luistert, hoort meer dan woorden.\n";

#[test]
fn a_folder_with_nothing_but_an_article_gives_both_files() {
    let project = Project::new(&[("goed-gesprek.md", ARTICLE)]);
    project.handout(&["."]).expect(0).says(&["wrote 1 handout"]);
    assert_eq!(
        project.names("output"),
        [
            "accessibility.html",
            "accessibility.json",
            "goed-gesprek.docx",
            "goed-gesprek.pdf",
            "index.html",
            "manifest.json"
        ]
    );
    let files = contents(&project.path().join("output"));
    assert!(files["goed-gesprek.pdf"].starts_with(b"%PDF-1.7"));
    assert!(files["goed-gesprek.docx"].starts_with(b"PK"));
    let index = String::from_utf8_lossy(&files["index.html"]).into_owned();
    assert!(index.contains("Goed gesprek") && index.contains("1 pagina, "), "{index}");
}

#[test]
fn the_manifest_tells_what_was_written() {
    let project = Project::new(&[("input/goed-gesprek.md", ARTICLE)]);
    project.handout(&[]).expect(0);
    let files = contents(&project.path().join("output"));
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let entry = &manifest["handouts"][0];
    assert_eq!(entry["slug"], "goed-gesprek");
    assert_eq!(entry["title"], "Goed gesprek");
    assert_eq!(entry["layout"], "article");
    assert_eq!(entry["source"], "input/goed-gesprek.md");
    assert_eq!(entry["pages"], 1);
    for file in entry["files"].as_array().unwrap() {
        let content = &files[file["name"].as_str().unwrap()];
        assert_eq!(file["bytes"], content.len());
        use sha2::Digest;
        let sum: String = sha2::Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["sha256"], sum);
    }
}

const DRAWING: &[u8] =
    br#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>"#;

fn evidence(project: &Project) -> serde_json::Value {
    serde_json::from_slice(&contents(&project.path().join("output"))["accessibility.json"]).unwrap()
}

#[test]
fn the_evidence_tells_what_was_checked_and_what_a_person_must_check() {
    let project = Project::new(&[
        ("input/goed.md", "# Goed\n\n![Een driehoek](teken.svg)\n\nLees [het verslag](https://a.example).\n"),
        ("input/slecht.md", "# Slecht\n\n<img src=\"teken.svg\">\n\n![Weg](weg.svg)\n"),
    ]);
    project.write("input/teken.svg", DRAWING);
    project.handout(&[]).expect(1);
    let all = evidence(&project);
    assert_eq!(all["version"], 2);
    let (good, bad) = (&all["handouts"][0], &all["handouts"][1]);
    assert_eq!((&good["slug"], &good["state"]), (&"goed".into(), &"written".into()));
    let files = contents(&project.path().join("output"));
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!(good["files"], manifest["handouts"][0]["files"]);
    let check = |of: &serde_json::Value, code: &str| {
        of["checks"].as_array().unwrap().iter().find(|check| check["code"] == code).unwrap().clone()
    };
    let pictures = check(good, "picture-without-alt");
    assert_eq!((&pictures["outcome"], &pictures["examined"]), (&"passed".into(), &1.into()));
    let review = |code: &str| {
        good["reviews"].as_array().unwrap().iter().find(|review| review["code"] == code).unwrap().clone()
    };
    assert_eq!(review("review-alternatives")["items"][0]["words"], "Een driehoek");
    assert_eq!(review("review-alternatives")["items"][0]["place"]["line"], 3);
    assert_eq!(review("review-links")["items"][0]["about"], "https://a.example");

    assert_eq!((&bad["state"], &bad["files"]), (&"refused".into(), &serde_json::json!([])));
    let page = String::from_utf8_lossy(&files["accessibility.html"]).into_owned();
    for part in ["Een driehoek", "Niet geschreven", "weg.svg", "Handtekening", "niet van toepassing"] {
        assert!(page.contains(part), "no «{part}» in the page");
    }
}

#[test]
fn the_evidence_tells_what_word_cannot_carry() {
    let text = "# Een\n\nDe <abbr title=\"Wet open overheid\">Woo</abbr> geldt.\n";
    let project = Project::new(&[("input/een.md", text), ("input/twee.md", ARTICLE)]);
    project.handout(&["--only", "een"]).expect(0);
    let all = evidence(&project);
    let files = contents(&project.path().join("output"));
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let word = &all["handouts"][0]["word"];
    assert_eq!(word, &manifest["handouts"][0]["word"]);
    let of = |what: &str| word.as_array().unwrap().iter().find(|lost| lost["what"] == what).unwrap();
    assert_eq!(of("the long form of an abbreviation")["place"], "input/een.md:3");
    let page = String::from_utf8_lossy(&files["accessibility.html"]).into_owned();
    for part in [
        "Wat Word niet kan",
        "<td>wat een afkorting voluit betekent</td>",
        "<td class=\"place\">regel 3</td>",
    ] {
        assert!(page.contains(part), "no «{part}» in the page");
    }
    project.handout(&["--only", "een", "-f", "pdf"]).expect(0);
    assert!(evidence(&project)["handouts"][0].get("word").is_none(), "no Word document was made");
}

#[test]
fn a_run_of_a_part_keeps_the_evidence_of_the_rest() {
    let project = Project::new(&[("input/een.md", ARTICLE), ("input/twee.md", ARTICLE)]);
    project.handout(&[]).expect(0);
    let before = evidence(&project);
    project.write("input/twee.md", b"# Anders\n\nAnders.\n");
    project.handout(&["--only", "twee", "-f", "pdf"]).expect(0);
    let after = evidence(&project);
    let handouts = after["handouts"].as_array().unwrap();
    assert_eq!(handouts.len(), 2);
    assert_eq!((&handouts[0]["slug"], &handouts[0]["title"]), (&"twee".into(), &"Anders".into()));
    assert_eq!(handouts[0]["files"].as_array().unwrap().len(), 1, "what this run wrote");
    assert_eq!(handouts[1], before["handouts"][0]);
}

#[test]
fn the_same_input_gives_the_same_bytes_elsewhere_and_with_more_jobs() {
    let (here, there) = (Project::new(&[]), Project::new(&[]));
    for (project, jobs) in [(&here, "1"), (&there, "8")] {
        copy(&root().join("input"), &project.path().join("input"));
        for file in ["_brand.yml", "handout.toml"] {
            std::fs::copy(root().join(file), project.path().join(file)).unwrap();
        }
        project.handout(&["build", "--jobs", jobs, "--format", "pdf,docx,html"]).expect(0);
    }
    let (one, other) = (contents(&here.path().join("output")), contents(&there.path().join("output")));
    assert!(one.len() > 24, "the sample has at least eight handouts");
    for (name, content) in &one {
        assert!(other.get(name) == Some(content), "{name} differs");
        let folder = here.path().to_str().unwrap().as_bytes();
        assert!(
            !content.windows(folder.len()).any(|part| part == folder),
            "{name} has a path of the machine"
        );
    }
    assert_eq!(one.len(), other.len());
}

#[test]
fn what_fails_fails_alone() {
    let project = Project::new(&[
        ("input/een.md", ARTICLE),
        ("input/twee.md", "---\ntitle: Twee\nlayout: artikel\n---\n\nTekst.\n"),
        ("input/drie.md", "# Drie\n\n![Een foto van de brug](brug.jpg)\n"),
        ("input/vier.md", ARTICLE),
    ]);
    project.write(
        "input/vijf.md",
        b"# Vijf\n\nIdee\xc3\xabn in het caf\xc3\xa9, \xc3\xa9\xc3\xa9n goed \xff fout\n",
    );
    let run = project.handout(&[]).expect(1).says(&[
        "input/twee.md:3",
        "artikel",
        "article",
        "input/drie.md:3",
        "brug.jpg",
        "input/vijf.md:3",
        "0xFF",
        "3 failed",
    ]);
    let messages = run.messages();
    let at = |part: &str| messages.find(part).unwrap();
    assert!(
        at("input/drie.md") < at("input/twee.md") && at("input/twee.md") < at("input/vijf.md"),
        "in the input's order"
    );
    let names = project.names("output");
    assert!(names.contains(&"een.pdf".to_owned()) && names.contains(&"vier.docx".to_owned()));
    assert!(!names.iter().any(|name| name.starts_with("twee") || name.starts_with("vijf")), "{names:?}");
}

#[test]
fn a_wrong_configuration_is_exit_code_2() {
    let project =
        Project::new(&[("input/een.md", ARTICLE), ("handout.toml", "lang = \"nl\"\nouput = \"uit\"\n")]);
    project.handout(&[]).expect(2).says(&["handout.toml:2:1", "ouput = \"uit\"", "output"]);
    assert!(!project.path().join("output").exists());
    Project::new(&[]).handout(&["--no-such-option"]).expect(2);
}

#[test]
fn a_brand_that_cannot_be_read_says_where() {
    let project = Project::new(&[
        ("input/een.md", ARTICLE),
        ("_brand.yml", "color:\n  primary: \"#12\"\n  secundary: red\n"),
    ]);
    project.handout(&[]).expect(2).says(&["_brand.yml:2", "#12"]);
}

#[test]
fn the_same_slug_twice_is_an_error() {
    let project = Project::new(&[("input/een.md", ARTICLE), ("input/sub/een.md", ARTICLE)]);
    project.handout(&[]).expect(1).says(&["een", "input/sub/een.md"]);
}

#[test]
fn nothing_leads_outside_the_project_or_to_a_network() {
    let project = Project::new(&[
        ("input/een.md", "# Een\n\n![Geheim](../../../../etc/passwd.png)\n"),
        ("input/twee.md", "# Twee\n\n![Ver weg](https://example.org/a.png)\n"),
    ]);
    project.handout(&[]).expect(1).says(&["input/een.md:3", "outside", "input/twee.md:3", "example.org"]);
}

#[test]
fn a_template_that_does_not_parse_says_where() {
    let project = Project::new(&[
        ("input/een.md", "---\nlayout: eigen\n---\n# Een\n\nTekst.\n"),
        ("templates/eigen/layout.hbs", "<main>\n{{#if title}}\n{{{body}}}\n</main>\n"),
    ]);
    let run = project.handout(&[]);
    assert_ne!(run.code(), 0);
    run.says(&["templates/eigen/layout.hbs"]);
}

#[test]
fn a_variable_that_is_missing_is_an_error_at_its_place() {
    let project = Project::new(&[
        ("input/een.md", "---\nlayout: eigen\n---\n# Een\n\nTekst.\n"),
        ("templates/eigen/layout.hbs", "<main>\n<p>{{subtitel}}</p>\n{{{body}}}\n</main>\n"),
    ]);
    project.handout(&[]).expect(1).says(&["templates/eigen/layout.hbs:2", "subtitel"]);
}

#[test]
fn what_a_layout_does_not_place_is_an_error() {
    let layout = (
        "templates/eigen/layout.hbs",
        "<main><h1>{{title}}</h1>{{{section \"Eerst\" heading=true}}}</main>\n",
    );
    let text = "# Twee delen\n\n## Eerst\n\nDit staat er.\n\n## Dan\n\nDit niet.\n";
    let project = Project::new(&[("input/een.md", &format!("---\nlayout: eigen\n---\n{text}")), layout]);
    project.handout(&[]).expect(1).says(&["Dan"]);
    let project =
        Project::new(&[("input/een.md", &format!("---\nlayout: eigen\nomit: [Dan]\n---\n{text}")), layout]);
    project.handout(&[]).expect(0);
}

#[test]
fn warnings_fail_a_strict_run_only() {
    let files = [
        ("input/een.md", "---\nlayout: eigen\n---\n# Een\n\nTekst.\n"),
        ("templates/eigen/layout.hbs", "<main><h1>{{title}}</h1>{{{body}}}</main>\n"),
        ("templates/eigen/layout.css", "p { colour: red; }\n"),
    ];
    let says = ["templates/eigen/layout.css:1:5", "colour", "color", "1 warning"];
    Project::new(&files).handout(&[]).expect(0).says(&says);
    Project::new(&files).handout(&["--strict"]).expect(1).says(&says);
}

#[test]
fn a_character_that_no_font_has_is_named() {
    let project = Project::new(&[("input/een.md", "# Een\n\nTekst met \u{a9c5} erin.\n")]);
    project.handout(&[]).expect(0).says(&["U+A9C5"]);
}

#[test]
fn check_does_all_but_write() {
    let project = Project::new(&[("input/een.md", ARTICLE)]);
    project.handout(&["check"]).expect(0).says(&["checked 1 handout"]);
    assert!(!project.path().join("output").exists());
}

#[test]
fn only_some_handouts_and_formats() {
    let project = Project::new(&[("input/een.md", ARTICLE), ("input/twee.md", ARTICLE)]);
    project.handout(&[]).expect(0);
    std::fs::remove_file(project.path().join("output/een.docx")).unwrap();
    project.handout(&["--only", "twee", "--format", "html"]).expect(0).says(&["wrote 1 handout"]);
    let names = project.names("output");
    assert!(names.contains(&"twee.html".to_owned()) && !names.contains(&"een.html".to_owned()), "{names:?}");
    let manifest = std::fs::read_to_string(project.path().join("output/manifest.json")).unwrap();
    assert!(
        manifest.contains("een.pdf") && manifest.contains("twee.docx") && !manifest.contains("een.docx"),
        "{manifest}"
    );
    project.handout(&["--only", "drie*"]).expect(1).says(&["--only"]);
}

#[test]
fn messages_for_programs_are_json_lines() {
    let project = Project::new(&[("input/een.md", "# Een\n\n![Brug](brug.jpg)\n")]);
    let run = project.handout(&["--message-format", "json"]).expect(1);
    let lines: Vec<serde_json::Value> =
        run.messages().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["severity"], "error");
    assert_eq!(lines[0]["place"]["file"], "input/een.md");
    assert_eq!(lines[0]["place"]["line"], 3);
    assert_eq!(lines.last().unwrap()["failed"], 1);
}

#[test]
fn another_brand_is_another_look() {
    let project =
        Project::new(&[("input/een.md", ARTICLE), ("ander.yml", "color:\n  primary: \"#7a1f5c\"\n")]);
    project.handout(&["-o", "een"]).expect(0);
    project.handout(&["-o", "twee", "--brand", "ander.yml"]).expect(0);
    let (one, other) = (contents(&project.path().join("een")), contents(&project.path().join("twee")));
    assert_ne!(one["een.pdf"], other["een.pdf"]);
    assert_ne!(one["een.docx"], other["een.docx"]);
}

#[test]
fn every_seed_gives_a_handout() {
    let seeds = root().join("../shared/seeds");
    if !seeds.is_dir() {
        println!("skipped: the seeds are not here");
        return;
    }
    let project = Project::new(&[]);
    project.handout(&["build", seeds.to_str().unwrap(), "-o", "uit"]).expect(0).says(&["wrote 15 handouts"]);
    let names = project.names("uit");
    assert_eq!(names.iter().filter(|name| name.ends_with(".pdf")).count(), 15);
    assert_eq!(names.iter().filter(|name| name.ends_with(".docx")).count(), 15);
}

const BOOKLET: &str =
    "[booklets.samen]\ntitle = \"Samen\"\nhandouts = [\"twee\", \"diep/*\"]\ntagged = [\"slot\"]\n";

/// A project with a booklet of three handouts, and a fourth that is not in it.
fn with_booklet() -> Project {
    Project::new(&[
        ("handout.toml", BOOKLET),
        (
            "input/twee.md",
            "# Twee\n\nEerst [drie](diep/drie.md#slot), dan [vier](vier.pdf).\n\n## Slot\n\nTekst.\n",
        ),
        (
            "input/diep/drie.md",
            "---\nlang: en\n---\n\n# Drie\n\nBack to [two](../twee.md).\n\n## Slot {#slot}\n\nText.\n",
        ),
        ("input/vier.md", "# Vier\n\nNiet gebonden.\n"),
        ("input/vijf.md", "---\ntags: [slot]\n---\n\n# Vijf\n\nHet einde.\n"),
    ])
}

#[test]
fn a_booklet_binds_handouts_with_cover_and_contents() {
    let project = with_booklet();
    project.handout(&["build", "--format", "pdf"]).expect(0).says(&["wrote 5 handouts"]);
    let files = contents(&project.path().join("output"));
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let entry =
        manifest["handouts"].as_array().unwrap().iter().find(|entry| entry["slug"] == "samen").unwrap();
    assert_eq!(entry["handouts"], serde_json::json!(["twee", "drie", "vijf"]));
    assert_eq!(entry["pages"], 5, "a cover, contents, three pages");
    assert!(String::from_utf8_lossy(&files["index.html"]).contains("samen.pdf"));
    let evidence = evidence(&project);
    let bound = evidence["handouts"].as_array().unwrap().iter().find(|of| of["slug"] == "samen").unwrap();
    assert_eq!(bound["handouts"], entry["handouts"]);
    assert_eq!(bound["files"], entry["files"]);
    let sum: usize = ["twee", "drie", "vijf"].iter().map(|slug| files[&format!("{slug}.pdf")].len()).sum();
    assert!(files["samen.pdf"].len() < sum, "fonts are embedded once");

    let pdf = lopdf::Document::load_mem(&files["samen.pdf"]).unwrap();
    let text = |page: u32| pdf.extract_text(&[page]).unwrap();
    let labels: Vec<bool> = (3..=5).map(|page| text(page).contains(&format!("{page} / 5"))).collect();
    assert_eq!(labels, [true; 3], "page numbers run on");
    let mut inside = Vec::new();
    let mut outside = Vec::new();
    for object in pdf.objects.values() {
        let Ok(action) = object.as_dict().and_then(|link| link.get(b"A")).and_then(lopdf::Object::as_dict)
        else {
            continue;
        };
        let string =
            |key: &[u8]| action.get(key).and_then(lopdf::Object::as_str).ok().map(String::from_utf8_lossy);
        inside.extend(string(b"D").map(|name| name.into_owned()));
        outside.extend(string(b"URI").map(|url| url.into_owned()));
    }
    inside.sort();
    assert_eq!(inside, ["/drie", "/twee", "/twee", "/vijf", "drie/slot"]);
    assert_eq!(outside, ["./vier.pdf"]);
}

#[test]
fn links_between_articles_lead_to_their_handouts() {
    let project = Project::new(&[
        ("handout.toml", ""),
        ("input/een.md", "# Een\n\nZie [het andere](twee.md#het-slot)."),
        ("input/twee.md", "---\nslug: ander\n---\n# Twee\n\n## Het slot\n\nZie [een](een.md)."),
        ("input/drie.md", "# Drie\n\nZie [niets](vier.md)."),
    ]);
    let run = project.handout(&["build", "--format", "pdf,docx,html"]).expect(1);
    run.says(&["dead-link", "input/drie.md:3:13", "wrote 2 handouts"]);
    let files = contents(&project.path().join("output"));
    let pdf = lopdf::Document::load_mem(&files["een.pdf"]).unwrap();
    let uri = |object: &lopdf::Object| {
        let action = object.as_dict().ok()?.get(b"A").ok()?.as_dict().ok()?;
        Some(String::from_utf8_lossy(action.get(b"URI").ok()?.as_str().ok()?).into_owned())
    };
    let uris: Vec<String> = pdf.objects.values().filter_map(uri).collect();
    assert_eq!(uris, ["./ander.pdf#nameddest=het-slot"]);
    assert!(String::from_utf8_lossy(&files["een.html"]).contains("href=\"ander.html#het-slot\""));
    let mut docx = zip::ZipArchive::new(std::io::Cursor::new(&files["een.docx"])).unwrap();
    let mut links = String::new();
    std::io::Read::read_to_string(&mut docx.by_name("word/_rels/document.xml.rels").unwrap(), &mut links)
        .unwrap();
    assert!(links.contains("Target=\"ander.docx\""), "{links}");
}

#[test]
fn a_booklet_is_bound_by_itself() {
    let project = with_booklet();
    project.handout(&["build", "--booklet", "samen"]).expect(0).says(&["wrote 1 handout", "5 pages"]);
    assert_eq!(
        project.names("output"),
        ["accessibility.html", "accessibility.json", "index.html", "manifest.json", "samen.pdf"]
    );
    project.handout(&["build", "--booklet", "samne"]).expect(2).says(&["samne", "booklets: samen"]);
    project
        .handout(&["build", "--booklet", "samen", "--format", "docx"])
        .expect(2)
        .says(&["a booklet is a PDF"]);
    project.handout(&["check", "--only", "sam*", "-o", "elders"]).expect(0).says(&["checked 1 handout"]);
    project.handout(&["check", "input/diep", "-f", "pdf"]).expect(0).says(&["checked 1 handout"]);
    assert!(!project.path().join("elders").exists());
}

#[test]
fn a_booklet_fails_with_its_handouts_and_alone() {
    let project = with_booklet();
    project.write("input/diep/drie.md", b"---\nlayout: nergens\n---\n\n# Drie\n");
    let run = project.handout(&["build", "--format", "pdf"]).expect(1);
    run.says(&["nergens", "the booklet `samen` is not bound, for want of `drie`", "handout.toml:1:"]);
    assert_eq!(
        project.names("output"),
        [
            "accessibility.html",
            "accessibility.json",
            "index.html",
            "manifest.json",
            "twee.pdf",
            "vier.pdf",
            "vijf.pdf"
        ]
    );
    project.write("handout.toml", b"[booklets.b]\ntitle = \"B\"\nhandouts = [\"twe\"]\n");
    project
        .handout(&["build", "--booklet", "b"])
        .expect(1)
        .says(&["handout.toml:3:", "did you mean `twee`?"]);
}

#[test]
fn links_and_notes_are_told_as_the_article_asks() {
    const TEXT: &str = "Een [brug](https://brug.example/over/de/sloot/) en [weer](https://brug.example/over/de/sloot/).[^1]\n\n[^1]: De noot.\n";
    let article = |head: &str| format!("---\ntitle: Brug\n{head}---\n\n{TEXT}");
    let project = Project::new(&[
        ("handout.toml", "links = \"footnote\"\n"),
        ("input/aan-de-voet.md", &article("")),
        ("input/aan-het-eind.md", &article("links: underline\nnotes: end\n")),
        ("input/met-code.md", &article("links: qr\n")),
    ]);
    project.handout(&["build", "--format", "pdf,docx,html"]).expect(0);
    let files = contents(&project.path().join("output"));
    let part = |slug: &str, name: &str| {
        let docx = std::io::Cursor::new(files[&format!("{slug}.docx")].clone());
        let mut archive = zip::ZipArchive::new(docx).unwrap();
        let mut file = archive.by_name(name).ok()?;
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        Some(text)
    };
    let notes = part("aan-de-voet", "word/footnotes.xml").unwrap();
    assert_eq!(notes.matches("<w:footnote ").count(), 4, "two separators, the address once and the note");
    assert!(notes.contains("brug.example/") && notes.contains("De noot."), "{notes}");
    let relations = part("aan-de-voet", "word/_rels/footnotes.xml.rels").unwrap();
    assert!(relations.contains("https://brug.example/over/de/sloot/"), "{relations}");
    let text = part("aan-de-voet", "word/document.xml").unwrap();
    assert_eq!(text.matches("<w:footnoteReference").count(), 2);
    assert!(text.contains(" NOTEREF "), "the second link refers to the footnote of the first");
    assert_eq!(part("aan-het-eind", "word/footnotes.xml"), None);
    assert!(part("aan-het-eind", "word/document.xml").unwrap().contains("De noot."));
    let codes = part("met-code", "word/document.xml").unwrap();
    assert!(codes.contains("brug.example/") && codes.contains("<w:drawing>"), "{codes}");
    let page = |slug: &str| String::from_utf8_lossy(&files[&format!("{slug}.html")]).into_owned();
    for slug in ["aan-de-voet", "met-code"] {
        let page = page(slug);
        assert!(
            !page.contains("data-print") && !page.contains("data-link"),
            "nothing for paper is on a web page"
        );
    }
}

#[test]
fn a_printing_house_gets_bleed_and_marks() {
    let project = Project::new(&[("input/een.md", ARTICLE)]);
    let boxes = |arguments: &[&str]| {
        project.handout(arguments).expect(0);
        let pdf = lopdf::Document::load(project.path().join("output/een.pdf")).unwrap();
        let page = pdf.get_dictionary(pdf.get_pages()[&1]).unwrap();
        [b"MediaBox".as_slice(), b"BleedBox", b"TrimBox"].map(|key| {
            let sides = page.get(key).and_then(lopdf::Object::as_array).ok()?;
            Some(sides.iter().map(|side| side.as_float().unwrap().round() as i32).collect::<Vec<_>>())
        })
    };
    assert_eq!(boxes(&["--format", "pdf"]), [Some(vec![0, 0, 595, 842]), None, None]);
    let expected = [vec![-23, -23, 618, 865], vec![-9, -9, 604, 850], vec![0, 0, 595, 842]].map(Some);
    assert_eq!(boxes(&["--format", "pdf", "--print"]), expected);
}

/// A DOCX after a person has changed some of its words.
fn edited(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut old = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if part.name() == "word/document.xml" {
            let text = String::from_utf8(content).unwrap();
            assert!(text.contains(from), "{text}");
            content = text.replace(from, to).into_bytes();
        }
        new.start_file(part.name(), zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&content).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn a_word_document_that_somebody_has_changed_is_kept() {
    let project = Project::new(&[("input/een.md", ARTICLE)]);
    let there = |name: &str| std::fs::read(project.path().join("output").join(name)).ok();
    project.handout(&[]).expect(0);
    let first = there("een.docx").unwrap();
    let theirs = edited(&first, "luisteren", "zwijgen");
    project.write("output/een.docx", &theirs);

    let more = format!("{ARTICLE}\nEen nieuwe zin.\n");
    project.write("input/een.md", more.as_bytes());
    for _ in 0..2 {
        project.handout(&[]).expect(0).says(&[
            "warning[changed-since]",
            "een.new.docx",
            "--overwrite",
            "- Een gesprek begint met zwijgen. Wie",
            "+ Een gesprek begint met luisteren. Wie",
            "+ Een nieuwe zin.",
        ]);
        assert!(there("een.docx").unwrap() == theirs && there("een.new.docx").unwrap() != first);
    }
    let manifest: serde_json::Value = serde_json::from_slice(&there("manifest.json").unwrap()).unwrap();
    let files = manifest["handouts"][0]["files"].as_array().unwrap();
    let changed: Vec<_> =
        files.iter().filter(|file| file["changed"] == true).map(|file| &file["name"]).collect();
    assert_eq!(changed, ["een.docx"]);

    // Nothing that somebody has changed is lost, be it the new one.
    let new = there("een.new.docx").unwrap();
    let also = edited(&new, "nieuwe", "oude");
    project.write("output/een.new.docx", &also);
    project.handout(&[]).expect(0).says(&["een.new.docx was changed, too"]);
    assert!(there("een.docx").unwrap() == theirs && there("een.new.docx").unwrap() == also);

    project.handout(&["build", "--overwrite"]).expect(0);
    assert!(there("een.docx").unwrap() == new && there("een.new.docx").unwrap() == also);
}

#[test]
fn a_word_document_that_was_taken_over_is_ours_again() {
    let project = Project::new(&[("input/een.md", ARTICLE)]);
    let output = project.path().join("output");
    project.handout(&[]).expect(0);
    let first = std::fs::read(output.join("een.docx")).unwrap();
    let look = edited(&first, "<w:body>", "<w:body><!-- -->");
    project.write("output/een.docx", &look);
    project.write("input/een.md", ARTICLE.replace("luisteren", "horen").as_bytes());
    project.handout(&[]).expect(0).says(&["een.new.docx"]);
    std::fs::rename(output.join("een.new.docx"), output.join("een.docx")).unwrap();
    project.write("input/een.md", ARTICLE.as_bytes());
    let run = project.handout(&[]).expect(0);
    assert!(!run.messages().contains("changed-since"), "{}", run.messages());
    assert!(std::fs::read(output.join("een.docx")).unwrap() == first);

    project.write("output/een.docx", &look);
    project.handout(&[]).expect(0).says(&["een.new.docx", "how they look"]);
    project.write("output/een.docx", &first);
    project.handout(&[]).expect(0);
    assert!(!output.join("een.new.docx").exists(), "it has no use any more");
}

#[test]
fn an_import_overwrites_nothing_and_may_be_repeated() {
    let project = Project::new(&[
        (
            "old/page.html",
            "<title>T</title><main><h1>T</h1><p>x <b>y</b> <img src=\"a b.svg\" alt=\"A\"></p></main>",
        ),
        ("old/a b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("old/sub/note.md", "---\ndraft: true\n---\n# Note\n\nText."),
        ("old/broken.md", "Text without a title."),
        ("new/handout.toml", ""),
    ]);
    let import = || project.handout(&["import", "old", "-o", "new/input"]);
    import().expect(1).says(&["missing-title", "imported 2 articles into new/input, 1 failed"]);
    let read = |name: &str| std::fs::read_to_string(project.path().join("new/input").join(name)).unwrap();
    assert_eq!(read("page.md"), "---\ntitle: T\n---\n\nx <b>y</b> ![A](images/a-b.svg)\n");
    assert_eq!(read("sub/note.md"), "---\ntitle: Note\ndraft: true\n---\n\nText.\n");
    assert_eq!(project.names("new/input/images"), ["a-b.svg"]);

    project.write("new/input/page.md", b"mine");
    project.write("old/sub/a.md", b"# A\n\n![A](../a%20b.svg)");
    import().expect(1).says(&["already-there", "imported 2 articles"]);
    assert_eq!(read("page.md"), "mine");
    assert_eq!(read("sub/a.md"), "---\ntitle: A\n---\n\n![A](../images/a-b.svg)\n");
    assert_eq!(project.names("new/input/images"), ["a-b.svg"]);
}

#[test]
fn a_schema_knows_the_layouts_of_the_project() {
    let project = Project::new(&[("handout.toml", ""), ("templates/own/layout.hbs", "{{{body}}}")]);
    let output = project.handout(&["schema", "metadata"]).expect(0).output();
    let schema: serde_json::Value = serde_json::from_str(&output).unwrap();
    let layouts = schema["properties"]["layout"]["enum"].as_array().unwrap();
    assert!(["article", "own"].iter().all(|name| layouts.iter().any(|layout| layout == name)), "{layouts:?}");
}
