//! Which looks are styles, and what they are based on.

use super::*;

#[test]
fn what_a_style_attribute_says_is_said_directly() {
    let html = "<p>Gewoon.</p><p style='text-align: right; margin-left: 2em'>Rechts.</p><p class=a>Links.</p>\
        <p>En <span style='color: #c00'>rood</span> en <span class=b>groen</span>.</p>";
    let css = "p { text-align: justify } .a { text-align: left } .b { color: #080 }";
    let tree = Builder(tree_of(html, css));
    let xml = tree.part("word/document.xml");
    let said: Vec<&str> = xml.split("<w:p>").skip(1).collect();
    assert!(
        said[0].starts_with("<w:r>") && said[2].starts_with(r#"<w:pPr><w:pStyle w:val="A" /></w:pPr>"#),
        "{xml}"
    );
    assert!(said[1].contains("<w:ind ") && said[1].contains(r#"<w:jc w:val="right""#), "{xml}");
    assert!(!said[1].contains("w:pStyle"), "{xml}");
    assert!(
        said[3].contains(r#"<w:color w:val="CC0000""#) && said[3].contains(r#"<w:rStyle w:val="BText""#),
        "{xml}"
    );
    assert!(!said[3].contains("008800"), "{xml}");
}

#[test]
fn looks_of_one_kind_are_based_on_the_one_that_most_of_it_has() {
    let html = "<ul><li>een</li><li>twee</li></ul><div class=note><ul><li>drie</li></ul></div><p>Slot.</p>";
    let css = "ul { margin: 0 0 20px } li { margin: 0 0 2px } .note { color: #800 }";
    let tree = Builder(tree_of(html, css));
    let texts = ["ListBullet: een", "ListBulletLast: twee", "ListBulletNote: drie", "Normal: Slot."];
    assert_eq!(paragraphs(&tree.part("word/document.xml")), texts);
    let styles = tree.part("word/styles.xml");
    let last =
        styles.split("<w:style ").find(|style| style.contains(r#"w:styleId="ListBulletLast""#)).unwrap();
    assert!(last.contains(r#"<w:basedOn w:val="ListBullet" />"#), "{last}");
    let properties = last.split("<w:pPr>").nth(1).and_then(|rest| rest.split("</w:pPr>").next()).unwrap();
    assert_eq!(properties, r#"<w:spacing w:after="300" />"#, "only what is different");
}

#[test]
fn a_character_style_turns_off_what_the_paragraph_has_on() {
    let html = "<p class=name>Naam <span class=role>rol</span></p>";
    let tree = Builder(tree_of(html, ".name { font-weight: 700 } .role { font-weight: 400 }"));
    let xml = tree.part("word/document.xml");
    assert!(xml.contains(r#"<w:rPr><w:rStyle w:val="RoleText" /></w:rPr>"#), "{xml}");
    let styles = tree.part("word/styles.xml");
    let role = styles.split("<w:style ").find(|style| style.contains(r#"w:styleId="RoleText""#)).unwrap();
    assert!(role.contains("<w:b />"), "toggled twice is off (17.7.3): {role}");
}
