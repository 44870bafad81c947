use super::*;
use crate::files::Memory;
use crate::units::Px;

fn families(names: &[&str]) -> Vec<Arc<str>> {
    names.iter().map(|name| Arc::from(*name)).collect()
}

fn test_book() -> FontBook {
    let files = Memory::default()
        .with("f/a/Regular.ttf", include_bytes!("../../tests/fonts/HandoutTest-Regular.ttf"))
        .with("f/Bold.ttf", include_bytes!("../../tests/fonts/HandoutTest-Bold.ttf"))
        .with("f/Italic.TTF", include_bytes!("../../tests/fonts/HandoutTest-Italic.ttf"))
        .with("f/broken.ttf", "no font")
        .with("f/readme.txt", "no font either");
    let mut book = FontBook::default();
    let warnings = book.add_folder(&files, Path::new("f"));
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].message.contains("broken.ttf"), "{warnings:?}");
    book
}

#[test]
fn every_bundled_font_can_be_read_and_embedded() {
    let book = FontBook::bundled();
    let files = |dir: &Dir| {
        fn count(dir: &Dir) -> usize {
            dir.files().filter(|file| is_font(file.path())).count() + dir.dirs().map(count).sum::<usize>()
        }
        count(dir)
    };
    assert_eq!(book.faces().len(), files(&BUNDLED));
    for face in book.faces() {
        assert_eq!(face.embedding, Embedding::Installable, "{}", face.file);
        assert!(face.metrics.ascent > Px(0.5) && face.metrics.descent > Px(0.1), "{}", face.file);
        assert!(face.has('é') && face.glyph('é') != 0, "{}", face.file);
    }
}

#[test]
fn generic_families_are_bundled() {
    let book = FontBook::bundled();
    for (generic, genre) in [("serif", Genre::Serif), ("sans-serif", Genre::Sans), ("monospace", Genre::Mono)]
    {
        let font = book.select(&families(&[generic]), 400, Slant::Upright).unwrap();
        assert_eq!(book.face(font).genre, genre, "{generic} is {}", book.face(font).family);
    }
}

#[test]
fn metrics_are_the_fonts_own() {
    let metrics = test_book().faces()[0].metrics;
    assert_eq!((metrics.ascent, metrics.descent, metrics.line_gap), (Px(0.8), Px(0.2), Px(0.0)));
    assert_eq!(metrics.x_height, Px(0.5));
    assert!((metrics.cap_height - Px(0.7)).abs() < Px(1e-5), "{metrics:?}");
    assert!((metrics.underline.offset - Px(0.1)).abs() < Px(1e-5), "{metrics:?}");
    assert!((metrics.strikeout.offset - Px(-0.25)).abs() < Px(1e-5), "{metrics:?}");
    assert_eq!(metrics.underline.thickness, Px(0.05));
}

#[test]
fn a_style_finds_its_font() {
    let book = test_book();
    let find = |names: &[&str], weight, slant| {
        let face = book.face(book.select(&families(names), weight, slant).unwrap());
        (face.weight, face.slant)
    };
    assert_eq!(find(&["Nowhere", "handout TEST"], 400, Slant::Upright), (400, Slant::Upright));
    assert_eq!(find(&["Handout Test"], 600, Slant::Upright), (700, Slant::Upright));
    assert_eq!(find(&["Handout Test"], 500, Slant::Upright), (400, Slant::Upright));
    assert_eq!(find(&["Handout Test"], 700, Slant::Italic), (400, Slant::Italic));
    assert_eq!(find(&["Nowhere"], 900, Slant::Upright), (700, Slant::Upright));
    assert_eq!(FontBook::default().select(&families(&["serif"]), 400, Slant::Upright), None);
}

#[test]
fn a_character_finds_a_font() {
    let mut book = test_book();
    let test = book.faces()[0].id;
    assert!(book.face(test).has('א') && !book.face(test).has('Ω'));
    assert_eq!(book.fallback('Ω', test), None);
    for face in FontBook::bundled().faces() {
        book.insert(face.clone());
    }
    let found = book.fallback('Ω', test).map(|id| book.face(id));
    assert!(found.is_some_and(|face| face.has('Ω') && face.slant == Slant::Upright));
}

#[test]
fn a_font_of_the_same_style_replaces_the_other() {
    let mut book = test_book();
    let before = book.faces().len();
    let data = include_bytes!("../../tests/fonts/HandoutTest-Regular.ttf").to_vec();
    book.add("Mine.ttf", data.into()).unwrap();
    assert_eq!(book.faces().len(), before);
    assert!(book.faces().iter().any(|face| &*face.file == "Mine.ttf"));
}
