//! The document that printpdf makes, as lopdf's objects, for the other phases to complete.

use lopdf::{Dictionary, Object, ObjectId};
use printpdf::{FontId, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, TextItem};

use super::content::{Content, Mark};
use super::font::Fonts;
use super::object::{dictionary, name, reals};
use super::resources::Resources;
use super::space::{Space, round};
use crate::layout::{Outside, Page, Pages};
use crate::units::{Pt, Px};

/// A document that is being completed.
pub(super) struct Document {
    pub objects: lopdf::Document,
    /// The pages in order.
    pub pages: Vec<PageObject>,
    /// The groups that are streams of their own, in the order that marks count them.
    pub forms: Vec<Option<ObjectId>>,
    /// Every marked piece of content, in paint order.
    pub marks: Vec<Mark>,
    pub catalog: Dictionary,
    /// The information dictionary (ISO 32000-1, 14.3.3).
    pub info: Dictionary,
}

/// A page, and how its coordinates are.
#[derive(Clone, Copy)]
pub(super) struct PageObject {
    pub id: ObjectId,
    pub space: Space,
}

impl Document {
    /// Lets printpdf write fonts, operators, alphas and gradients, and takes the result over.
    pub fn assemble(pages: &Pages, fonts: &Fonts, content: Content) -> Self {
        let Content { pages: painted, forms, mut resources, marks } = content;
        let mut pdf = PdfDocument::new("");
        for font in fonts.iter() {
            pdf.resources.fonts.map.insert(FontId(font.name.clone()), font.resource());
        }
        resources.register(&mut pdf.resources);
        let transparent: Vec<bool> = painted.iter().map(|page| page.transparent).collect();
        let sheets = pages.pages.iter().zip(painted);
        pdf.pages = sheets.map(|(page, painted)| sheet(page, painted.operators)).collect();
        let (forms, bounds): (Vec<_>, Vec<_>) =
            forms.into_iter().map(|form| (form.operators, form.bounds)).unzip();
        pdf.pages.extend(forms.into_iter().map(|operators| sheet(&Page::default(), operators)));
        pdf.pages.push(sheet(&Page::default(), specimen(fonts)));

        let options = PdfSaveOptions {
            optimize: false,
            subset_fonts: false,
            // Runs of text are operators that printpdf does not know.
            secure: false,
            image_optimization: None,
        };
        let objects = pdf.to_lopdf_document(&options, &mut Vec::new());
        let mut document = Self {
            objects,
            pages: Vec::new(),
            forms: Vec::new(),
            marks,
            catalog: Dictionary::new(),
            info: Dictionary::new(),
        };
        let forms = document.take_over(pages);
        document.add_resources(&resources, forms.into_iter().zip(bounds));
        for (number, (transparent, page)) in transparent.into_iter().zip(&pages.pages).enumerate() {
            document.set_up_page(number, transparent, page.outside);
        }
        document
    }

    /// The key in the parent tree of the stream that a mark is in.
    pub fn key_of(&self, mark: &Mark) -> i64 {
        mark.form.map_or(mark.page as i64, |form| form_key(self.pages.len(), form))
    }

    pub fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        self.objects.add_object(object)
    }

    /// The dictionary of a page.
    pub fn page(&mut self, number: usize) -> Option<&mut Dictionary> {
        let id = self.pages.get(number)?.id;
        self.objects.get_dictionary_mut(id).ok()
    }

    /// Keeps printpdf's pages but for the specimen; puts a catalog and information of our own in the place of
    /// printpdf's, which has dates and random numbers. Gives the pages that are to become forms.
    fn take_over(&mut self, pages: &Pages) -> Vec<ObjectId> {
        let mut ids: Vec<ObjectId> = self.objects.get_pages().into_values().collect();
        if let Some(specimen) = ids.pop() {
            self.remove_page(specimen);
        }
        let forms = ids.split_off(pages.pages.len().min(ids.len()));
        let old_info = self.objects.trailer.get(b"Info").and_then(Object::as_reference);
        let old_catalog = self.objects.trailer.get(b"Root").and_then(Object::as_reference);
        let tree =
            self.objects.catalog().and_then(|catalog| catalog.get(b"Pages")).and_then(Object::as_reference);
        for old in [old_info, old_catalog].into_iter().flatten() {
            self.objects.objects.remove(&old);
        }
        self.catalog.set("Type", name("Catalog"));
        if let Ok(tree) = tree {
            self.catalog.set("Pages", Object::Reference(tree));
            if let Ok(tree) = self.objects.get_dictionary_mut(tree) {
                let kids: Vec<Object> = ids.iter().copied().map(Object::Reference).collect();
                tree.set("Count", kids.len() as i64);
                tree.set("Kids", kids);
            }
        }
        let spaces = pages.pages.iter().map(|page| Space { height: page.size.height.into() });
        self.pages = ids.into_iter().zip(spaces).map(|(id, space)| PageObject { id, space }).collect();
        forms
    }

    /// Makes of a page that printpdf wrote a form: its content with the page's resources (8.10).
    fn make_form(&mut self, page: ObjectId, bounds: [f32; 4]) -> Option<ObjectId> {
        let Some(Object::Dictionary(page)) = self.objects.objects.remove(&page) else { return None };
        let key = form_key(self.pages.len(), self.forms.len());
        let is_marked = self.marks.iter().any(|mark| mark.form == Some(self.forms.len()));
        let content = page.get(b"Contents").and_then(Object::as_reference).ok()?;
        let stream = self.objects.get_object_mut(content).and_then(Object::as_stream_mut).ok()?;
        stream.dict.set("Type", name("XObject"));
        stream.dict.set("Subtype", name("Form"));
        stream.dict.set("BBox", reals(bounds));
        stream.dict.set("Group", transparency_group());
        if is_marked {
            stream.dict.set("StructParents", key);
        }
        stream.dict.set("Resources", page.get(b"Resources").ok()?.clone());
        Some(content)
    }

    fn remove_page(&mut self, page: ObjectId) {
        let Some(Object::Dictionary(page)) = self.objects.objects.remove(&page) else { return };
        for key in [b"Contents".as_slice(), b"Resources"] {
            if let Ok(id) = page.get(key).and_then(Object::as_reference) {
                self.objects.objects.remove(&id);
            }
        }
    }

    /// All pages share printpdf's resource dictionaries; one page's references lead to them.
    fn add_resources(&mut self, resources: &Resources, forms: impl Iterator<Item = (ObjectId, [f32; 4])>) {
        let Some(first) = self.pages.first().copied() else { return };
        let shared = |document: &lopdf::Document, key: &[u8]| {
            let page = document.get_dictionary(first.id).ok()?;
            let of_page = document.get_dictionary(page.get(b"Resources").ok()?.as_reference().ok()?).ok()?;
            of_page.get(key).ok()?.as_reference().ok()
        };
        let mut painted = Dictionary::new();
        resources.add_pictures(&mut self.objects, &mut painted);
        for (at, (page, bounds)) in forms.enumerate() {
            let form = self.make_form(page, bounds);
            self.forms.push(form);
            if let Some(form) = form {
                painted.set(format!("x{at}"), Object::Reference(form));
            }
        }
        let mut states = Dictionary::new();
        resources.add_masks(&mut self.objects, &mut states);
        for (key, added) in [(b"XObject".as_slice(), painted), (b"ExtGState", states)] {
            let id = shared(&self.objects, key);
            if let Some(dictionary) = id.and_then(|id| self.objects.get_dictionary_mut(id).ok()) {
                dictionary.extend(&added);
            }
        }
    }

    /// What a tagged page needs; what says nothing that is not said goes. The sheet's lower left corner is the origin,
    /// also where the paper is larger (14.11.2).
    fn set_up_page(&mut self, number: usize, transparent: bool, outside: Outside) {
        let marked = self.marks.iter().any(|mark| mark.page == number && mark.form.is_none());
        let Some(page) = self.page(number) else { return };
        for key in [b"TrimBox".as_slice(), b"CropBox", b"Annots"] {
            page.remove(key);
        }
        let media = page.get(b"MediaBox").and_then(Object::as_array).cloned().unwrap_or_default();
        let sides: Vec<f32> =
            media.iter().map(|side| side.as_float().map_or(0.0, |side| round(side, 2))).collect();
        let beyond = |by: Px| {
            let Pt(by) = by.into();
            reals(sides.iter().zip([-by, -by, by, by]).map(|(side, by)| round(side + by, 2)))
        };
        page.set("MediaBox", beyond(outside.paper));
        if outside.paper > Px::ZERO {
            page.set("BleedBox", beyond(outside.bleed));
            page.set("TrimBox", beyond(Px::ZERO));
        }
        if marked {
            page.set("StructParents", number as i64);
        }
        page.set("Tabs", name("S"));
        if transparent {
            page.set("Group", transparency_group());
        }
    }
}

/// The key of a form in the parent tree (14.7.4.4): after those of the pages.
pub(super) fn form_key(pages: usize, form: usize) -> i64 {
    (pages + form) as i64
}

/// A group that is blended in the colours that the output intent is for (11.6.6).
pub(super) fn transparency_group() -> Dictionary {
    dictionary([("S", name("Transparency")), ("CS", name("DeviceRGB"))])
}

fn sheet(page: &Page, ops: Vec<Op>) -> PdfPage {
    let size = printpdf::Rect::from_wh(
        printpdf::Pt(Pt::from(page.size.width).0),
        printpdf::Pt(Pt::from(page.size.height).0),
    );
    PdfPage { media_box: size.clone(), trim_box: size.clone(), crop_box: size, ops }
}

/// A page with every glyph of every font. printpdf embeds the fonts, and maps to text the glyphs, that it sees
/// shown by its own operators; it is taken out again.
fn specimen(fonts: &Fonts) -> Vec<Op> {
    let mut operators = vec![Op::StartTextSection];
    for font in fonts.iter() {
        let handle = PdfFontHandle::External(FontId(font.name.clone()));
        operators.push(Op::SetFont { font: handle, size: printpdf::Pt(1.0) });
        operators.push(Op::ShowText { items: vec![TextItem::GlyphIds(font.specimen())] });
    }
    operators.push(Op::EndTextSection);
    operators
}
