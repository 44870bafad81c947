//! What each property computes to, one declaration a line.

use super::*;
use crate::style::properties::{Longhand, Property};

/// The first paragraph of a document, styled.
fn paragraph(declaration: &str) -> (Arc<ComputedStyle>, Vec<Diagnostic>) {
    let html = format!(
        "<body style='font-size: 10px'><p style='font-size: 20px; line-height: 30px; margin: 0; {}'>x",
        declaration.replace('\'', "&#39;")
    );
    let files = Memory::default().with("/case/there.svg", SQUARE);
    let library = Library::new(&files, Path::new("/case"));
    let (tree, problems) = style(&html, &[], &library, &article(&html, "nl")).unwrap();
    let paragraph = tree
        .nodes
        .iter()
        .find(|node| matches!(&node.content, Content::Element(p) if &*p.tag == "p" && p.pseudo.is_none()));
    (paragraph.unwrap().style.clone(), problems)
}

fn longhands(property: Property) -> Vec<&'static Longhand> {
    match property {
        Property::Long(longhand) => vec![longhand],
        Property::Short(shorthand) => shorthand
            .longhands
            .iter()
            .flat_map(|name| longhands(properties::property(name).unwrap()))
            .collect(),
    }
}

#[test]
fn every_property_computes_as_accepted() {
    let file = std::fs::read_to_string(folder().join("declarations.css")).unwrap();
    let mut out = String::new();
    let mut seen: Vec<&str> = Vec::new();
    for declaration in file.lines().skip_while(|line| !line.starts_with("display")) {
        let (name, _) = declaration.split_once(": ").unwrap();
        let property = properties::property(name).unwrap_or_else(|| panic!("`{name}` is no property"));
        seen.push(property.name());
        let (style, problems) = paragraph(declaration);
        assert_eq!(problems, [], "{declaration}");
        let _ = writeln!(out, "{declaration}");
        for longhand in longhands(property) {
            let _ = writeln!(out, "    {}: {}", longhand.name, short(&(longhand.show)(&style)));
        }
    }
    let missing: Vec<&str> =
        properties::all().map(Property::name).filter(|name| !seen.contains(name)).collect();
    assert!(missing.is_empty(), "no declaration of {missing:?}");
    if let Err(difference) = compare(&out, &folder().join("declarations.txt")) {
        panic!("{difference}");
    }
}

#[test]
fn css_wide_keywords_reach_every_longhand() {
    for property in properties::all() {
        for keyword in ["inherit", "initial", "unset", "revert"] {
            let (_, problems) = paragraph(&format!("{}: {keyword}", property.name()));
            assert_eq!(problems, [], "{}", property.name());
        }
    }
}

#[test]
fn nonsense_is_refused_everywhere() {
    for property in properties::all() {
        let declaration = format!("{}: 12nonsense {{}} !", property.name());
        let (_, problems) = paragraph(&declaration);
        assert_eq!(problems.len(), 1, "{declaration}");
    }
}
