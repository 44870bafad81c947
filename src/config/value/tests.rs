use super::*;

fn read(format: Format, text: &str) -> Result<Spanned, Diagnostic> {
    parse(format, text, 1, &Source::new("f", text)).map_err(|mut found| found.remove(0))
}

#[test]
fn the_three_notations_say_the_same() {
    let yaml = "title: Één\npages: 2\nlist: [a, {b: true}]\n";
    let toml = "title = \"Één\"\npages = 2\nlist = [\"a\", {b = true}]\n";
    let json = "{\"title\": \"Één\",\n\"pages\": 2,\n\t\"list\": [\"a\", {\"b\": true}]}";
    let [yaml, toml, json] = [(Format::Yaml, yaml), (Format::Toml, toml), (Format::Json, json)]
        .map(|(format, text)| read(format, text).unwrap().to_json().to_string());
    assert_eq!(yaml, r#"{"title":"Één","pages":2,"list":["a",{"b":true}]}"#);
    assert_eq!(toml, yaml);
    assert_eq!(json, yaml);
}

#[test]
fn every_value_knows_its_line_and_column() {
    let cases = [
        (Format::Yaml, "a: 1\né: {b: [x, y]}\n", (2, 12)),
        (Format::Toml, "a = 1\né = {b = [\"x\", \"y\"]}\n".replace('é', "\"é\"").leak(), (2, 18)),
        (Format::Json, "{\"a\": 1,\n\"é\": {\"b\": [\"x\", \"y\"]}}", (2, 18)),
    ];
    for (format, text, (line, column)) in cases {
        let value = read(format, text).unwrap();
        let y = value.find_string(&|text| text == "y").unwrap();
        assert_eq!(y.spot, Spot { line, column }, "{format:?}");
        assert_eq!(y.place().text.as_deref(), text.lines().nth(1));
    }
}

#[test]
fn front_matter_begins_where_it_begins_in_its_file() {
    let source = Source::new("a.md", "---\ntitle: A\ntags: [b]\n---\n");
    let value = parse(Format::Yaml, "title: A\ntags: [b]\n", 2, &source).unwrap();
    assert_eq!(value.get("tags").unwrap().place().text.as_deref(), Some("tags: [b]"));
}

#[test]
fn numbers_that_would_print_otherwise_stay_as_written() {
    let text = "[12, 0612345678, 1.10, 1.5, +31, 1e3, 2026-11-21, -3]";
    assert_eq!(
        read(Format::Yaml, text).unwrap().to_json().to_string(),
        r#"[12,"0612345678","1.10",1.5,"+31","1e3","2026-11-21",-3]"#
    );
}

#[test]
fn mistakes_are_told_at_their_place() {
    let bomb = (1..9).fold("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, n| {
        let m = n - 1;
        text + &format!(
            "a{n}: &a{n} [*a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}]\n"
        )
    });
    let deep = format!("a: {}{}", "[".repeat(200), "]".repeat(200));
    let deep_json = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let cases = [
        (Format::Yaml, "a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
        (Format::Yaml, "a: 1\nb: [1, 2\n", "yaml-syntax", 3),
        (Format::Yaml, "a: 1\n---\nb: 1\n", "yaml-syntax", 2),
        (Format::Yaml, "? [a]\n: b\n", "yaml-syntax", 1),
        (Format::Yaml, "a: &x [*x]\n", "circular-alias", 1),
        (Format::Yaml, &bomb, "too-many-values", 6),
        (Format::Yaml, &deep, "nested-too-deep", 1),
        (Format::Toml, "a = 1\nb = \n", "toml-syntax", 2),
        (Format::Toml, "a = 1\na = 2\n", "toml-syntax", 2),
        (Format::Json, "{\"a\": 1,\n\"a\": 2}", "duplicate-key", 2),
        (Format::Json, "{\"a\": 1,\n}", "json-syntax", 1),
        (Format::Json, &deep_json, "nested-too-deep", 1),
        (Format::Yaml, &"[".repeat(100_000), "yaml-syntax", 1),
        (Format::Toml, &format!("a = {}", "[".repeat(100_000)), "toml-syntax", 1),
        (Format::Json, &"[".repeat(100_000), "json-syntax", 1),
    ];
    for (format, text, code, line) in cases {
        let found = read(format, text).unwrap_err();
        assert_eq!((found.code, found.place.unwrap().line), (code, Some(line)), "{}", found.message);
    }
}
