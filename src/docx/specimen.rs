//! Word's own styles that a document has no use for yet, as its layout would have them: who adds a third level of headings
//! in Word finds it in the house's look.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::flow::Column;
use super::model::{Block, Kind, Paragraph, Role, paragraphs};
use super::numbering::{Lists, Numbering};
use super::sheet::Sheet;
use super::styles::Styles;
use super::{PageNumbers, Writer};
use crate::fonts::FontBook;
use crate::style::StyledTree;

/// The body of an article that has one of each.
pub const BODY: &str = concat!(
    "<p>A <strong>A</strong> <em>A</em> <a href=\"https://example.org/\">A</a>",
    "<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup></p>",
    "<h2>A</h2><p>A</p><h3>A</h3><p>A</p><h4>A</h4><p>A</p><h5>A</h5><p>A</p><h6>A</h6><p>A</p>",
    "<ul><li>A</li></ul><ol><li>A</li></ol><blockquote><p>A</p></blockquote>",
    "<blockquote class=\"intense-quote pull\"><p>A</p></blockquote>",
    "<table><caption>A</caption><thead><tr><th>A</th></tr></thead><tbody><tr><td>A</td></tr></tbody></table><p>A</p>",
    "<section class=\"footnotes\" role=\"doc-endnotes\"><ol><li id=\"fn-1\"><p>A</p></li></ol></section>",
);

/// The styles for which HTML has no element, or none in an article, and those that they look like: the title of an article
/// is a heading, so that it is in the outline, and a table of contents begins below it.
const ALIKE: [(&str, Role, Option<&str>); 2] =
    [("heading 1", Role::Text, Some("title")), ("toc 2", Role::Contents(1), None)];

/// What a layout makes of [`BODY`].
#[derive(Debug, Default)]
pub struct Specimen {
    /// The first paragraph of each of Word's own styles.
    paragraphs: Vec<Paragraph>,
    styles: Styles,
    lists: Lists,
}

impl Specimen {
    /// The looks of the article whose body is [`BODY`].
    pub fn of(tree: &StyledTree, fonts: &FontBook) -> Self {
        let pages = PageNumbers::new();
        let mut writer = Writer::new(tree, fonts, &pages);
        writer.text_width = Sheet::of(tree).text_width();
        let column = Column::new(writer.text_width, writer.background());
        let blocks: Vec<Block> = writer.block(tree.root, &column);
        let mut found: BTreeMap<String, Paragraph> = BTreeMap::new();
        let mut find = |paragraph: &Paragraph| {
            let (name, built_in) = paragraph.kind.name();
            if built_in {
                found.entry(name).or_insert_with(|| Paragraph { children: Vec::new(), ..paragraph.clone() });
            }
        };
        let notes = std::mem::take(&mut writer.notes);
        let parts = std::iter::once(&blocks).chain(notes.iter().map(|(_, blocks)| blocks));
        parts.for_each(|blocks| paragraphs(blocks, &mut find));
        for (alike, role, class) in ALIKE {
            let Some(mut like) = found.get(alike).cloned() else { continue };
            like.kind = Kind { role, classes: class.into_iter().map(Arc::from).collect(), context: None };
            like.look.outline = None;
            found.entry(like.kind.name().0).or_insert(like);
        }
        let lists = std::mem::take(&mut writer.numbering).into_lists();
        Self { paragraphs: found.into_values().collect(), styles: std::mem::take(&mut writer.styles), lists }
    }
}

impl Styles {
    /// Adds those of Word's own styles that a specimen has beyond the document.
    pub(super) fn complete(&mut self, specimen: &Specimen, numbering: &mut Numbering) {
        for paragraph in &specimen.paragraphs {
            let Some(added) = self.add_unused(paragraph) else { continue };
            let Some(place) = paragraph.place.numbering else { continue };
            let id = self.paragraph(added).map(|style| style.id().to_owned()).unwrap_or_default();
            if let Some(instance) = numbering.adopt(&id, &specimen.lists, place) {
                self.give_numbering(added, (instance, place.1));
            }
        }
        self.add_unused_characters(&specimen.styles);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::docx::tests::tree_of;
    use crate::docx::{House, write};

    #[test]
    fn styles_that_are_not_used_look_like_the_layouts() {
        let css = ".text { color: #112233 } h3 { color: #445566; font-size: 20px } blockquote { font-style: italic }";
        let around = |body: &str| format!(r#"<div class="text"><h1>A</h1>{body}</div>"#);
        let fonts = FontBook::bundled();
        let specimen = Specimen::of(&tree_of(&around(BODY), css), &fonts);
        let parts = |specimen: Option<&Specimen>| {
            let tree = tree_of(&around("<p>A</p><h2>B</h2>"), css);
            let file =
                write(&tree, &fonts, &PageNumbers::new(), &House { specimen, ..House::plain() }).unwrap();
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(file.file)).unwrap();
            ["document", "styles", "numbering"].map(|name| {
                let mut text = String::new();
                let part = zip.by_name(&format!("word/{name}.xml"));
                part.map(|mut part| part.read_to_string(&mut text).unwrap()).unwrap_or_default();
                text
            })
        };
        let [plain, fewer, _] = parts(None);
        let [document, styles, numbering] = parts(Some(&specimen));
        assert_eq!(document, plain, "only the styles are others");
        let style = |id: &str| {
            styles.split("<w:style ").find(|style| style.contains(&format!(r#"w:styleId="{id}""#)))
        };
        assert!(!fewer.contains(r#"w:styleId="Heading3""#));
        assert!(style("Heading3").unwrap().contains(r#"<w:color w:val="445566""#), "{styles}");
        assert!(style("Heading3").unwrap().contains(r#"<w:sz w:val="30""#), "{styles}");
        assert!(style("Quote").unwrap().contains("<w:i />"), "{styles}");
        let heading = style("Heading1").unwrap().split("<w:pPr>").nth(1).unwrap();
        let title = style("Title").unwrap().split("<w:pPr>").nth(1).unwrap();
        assert_eq!(title, heading.replace(r#"<w:outlineLvl w:val="0" />"#, ""));
        for id in ["ListBullet", "ListNumber"] {
            assert!(style(id).unwrap().contains("<w:numId "), "{styles}");
            assert!(numbering.contains(&format!(r#"<w:pStyle w:val="{id}" />"#)), "{numbering}");
        }
    }
}
