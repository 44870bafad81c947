use super::*;
use crate::files::Memory;

const HOUSE: &str = r##"
meta:
  name: {full: Huis van de Buurt, short: HvdB}
  link: {home: "https://huis.example", github: "https://github.com/huis"}
logo:
  images:
    wide: {path: logos/wide.svg, alt: Een huis}
  medium: wide
  small: logos/small.png
color:
  palette: {navy: "#123", sky: navy, black: black}
  primary: sky
  link: primary
  foreground: black
  background: rgb(255 255 255 / 1)
typography:
  fonts:
    - {family: Own, source: file, files: [{path: own.ttf, weight: 400}]}
  base: {family: Own "Text", size: 10pt, line-height: 1.4}
  headings: {family: Figtree, weight: semi-bold, color: primary}
  monospace: IBM Plex Mono
  link: {color: sky, decoration: underline}
"##;

fn load(text: &str) -> Outcome<(Brand, Vec<Diagnostic>)> {
    let files = Memory::default()
        .with("/p/_brand.yml", text)
        .with("/p/logos/wide.svg", "<svg/>")
        .with("/p/logos/small.png", "png")
        .with("/p/own.ttf", "font");
    Brand::load(&files, Path::new("/p"), Path::new("/p/_brand.yml"), "_brand.yml")
}

#[test]
fn a_house_becomes_properties_and_data() {
    let (brand, warnings) = load(HOUSE).unwrap();
    assert_eq!(warnings, []);
    let expected = [
        ("navy", "#123"),
        ("sky", "#123"),
        ("primary", "#123"),
        ("link", "#123"),
        ("foreground", "black"),
        ("background", "rgb(255 255 255 / 1)"),
        ("font-base", r#""Own \"Text\"""#),
        ("base-size", "10pt"),
        ("base-line-height", "1.4"),
        ("font-headings", r#""Figtree""#),
        ("headings-weight", "600"),
        ("headings-color", "#123"),
        ("font-monospace", r#""IBM Plex Mono""#),
        ("link-color", "#123"),
        ("link-decoration", "underline"),
    ];
    for (name, value) in expected {
        assert_eq!(brand.property(name), Some(value), "--brand-{name}");
    }
    assert!(brand.css().contains("\n  --brand-on-primary: #ffffff;\n"));
    let data = brand.data();
    assert_eq!(data["name"], "Huis van de Buurt");
    assert_eq!(data["short_name"], "HvdB");
    assert_eq!(data["link"], "https://huis.example");
    assert_eq!(data["logo"]["src"], "/logos/wide.svg");
    assert_eq!(data["logo"]["alt"], "Een huis");
    assert_eq!(data["logo"]["small"]["alt"], "Huis van de Buurt");
    assert_eq!(data["color"]["palette"]["sky"], "#123");
    let families: Vec<_> = brand.families().iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(families, [r#"Own "Text""#, "Figtree", "IBM Plex Mono"]);
    let missing = brand.missing_families(["figtree", "IBM Plex Moon"].into_iter());
    let hints: Vec<_> = missing.iter().map(|found| found.hint.as_deref().unwrap_or_default()).collect();
    assert_eq!((missing.len(), hints[1]), (2, "did you mean `IBM Plex Moon`?"));
    assert_eq!(brand.font_files, [PathBuf::from("/p/own.ttf")]);
}

#[test]
fn the_built_in_brand_is_a_brand() {
    let brand = Brand::built_in();
    assert_eq!(brand.property("primary"), Some("#1d3a45"));
    assert_eq!(brand.families().len(), 3);
    assert_eq!(brand.data()["name"], "");
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    let cases = [
        ("colour: {}\n", "unknown-key", 1, Some("did you mean `color`?")),
        ("meta: {name: [a]}\n", "wrong-type", 1, None),
        (
            "color:\n  primary: nvy\n  palette: {navy: '#123'}\n",
            "invalid-color",
            2,
            Some("did you mean `navy`?"),
        ),
        ("color:\n  palette:\n    navy: '#12345'\n", "invalid-color", 3, None),
        ("color:\n  palette:\n    a: b\n    b: a\n", "circular-color", 3, None),
        ("color:\n  palette:\n    \"a;b\": red\n", "color-name", 3, None),
        ("color:\n  primary: 12\n", "wrong-type", 2, None),
        ("color:\n  primary: 'red; } * { color: blue'\n", "invalid-color", 2, None),
        ("typography:\n  base: {size: big}\n", "wrong-type", 2, None),
        ("typography:\n  base: {weight: bld}\n", "wrong-type", 2, Some("did you mean `bold`?")),
        ("typography:\n  link: {decoration: 'none; x'}\n", "wrong-type", 2, None),
        ("typography:\n  fonts: [{family: A, files: [a.ttf]}]\n", "missing-font", 2, None),
        ("logo: logos/none.svg\n", "missing-logo", 1, None),
        (
            "logo:\n  images: {wide: logos/wide.svg}\n  large: wid\n",
            "missing-logo",
            3,
            Some("did you mean `wide`?"),
        ),
    ];
    for (text, code, line, hint) in cases {
        let found = load(text).unwrap_err();
        let place = found[0].place.as_ref().unwrap();
        assert_eq!((found[0].code, place.line), (code, Some(line)), "{text}: {}", found[0].message);
        if hint.is_some() {
            assert_eq!(found[0].hint.as_deref(), hint, "{text}");
        }
    }
}

#[test]
fn a_brand_outside_the_project_brings_its_logo_along() {
    let files = Memory::default().with("/house/_brand.yml", "logo: a.png").with("/house/a.png", "png");
    let path = Path::new("/house/_brand.yml");
    let (brand, _) = Brand::load(&files, Path::new("/p"), path, "_brand.yml").unwrap();
    assert_eq!(brand.data()["logo"]["src"], "data:image/png;base64,cG5n");
}
