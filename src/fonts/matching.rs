//! Which font serves a style: CSS Fonts 4, section 5, over the fonts of the book.

use std::sync::Arc;

use super::{Face, FontBook, FontId, Genre, Slant};

impl FontBook {
    /// The font for a style: of the first family that is there, else of the first serif family. `None` when the
    /// book is empty.
    pub fn select(&self, families: &[Arc<str>], weight: u16, slant: Slant) -> Option<FontId> {
        self.candidates(families, weight, slant).next()
    }

    /// The fonts for a style, one for each family of the list that is there, then the default one.
    pub fn candidates<'a>(
        &'a self,
        families: &'a [Arc<str>],
        weight: u16,
        slant: Slant,
    ) -> impl Iterator<Item = FontId> + 'a {
        families.iter().map(|family| &**family).chain(["serif"]).filter_map(move |family| {
            self.family(family).and_then(|family| self.closest(&family, weight, slant))
        })
    }

    /// The name of a family as its fonts spell it. A generic name is the first family of that genre.
    pub fn family(&self, name: &str) -> Option<Arc<str>> {
        let named = |face: &&Face| {
            let family = &*face.family;
            let ascii = family.is_ascii() && name.is_ascii();
            family.eq_ignore_ascii_case(name) || !ascii && family.to_lowercase() == name.to_lowercase()
        };
        let found = self.faces().iter().find(named);
        let found = found.or_else(|| self.of_genre(generic(name)?));
        found.map(|face| face.family.clone())
    }

    fn of_genre(&self, genre: Genre) -> Option<&Face> {
        self.faces().iter().find(|face| face.genre == genre).or(self.faces().first())
    }

    /// The font of a family that is closest to a style (CSS Fonts 4, section 5.2): slant first, then weight.
    fn closest(&self, family: &str, weight: u16, slant: Slant) -> Option<FontId> {
        let faces = self.faces().iter().filter(|face| &*face.family == family);
        let best = faces.min_by_key(|face| (face.slant != slant, weight_distance(weight, face.weight)));
        best.map(|face| face.id)
    }

    /// A font that has `character`, for text whose own families lack it: the one that looks most like `like`.
    pub fn fallback(&self, character: char, like: FontId) -> Option<FontId> {
        let like = self.face(like);
        let able = self.faces().iter().filter(|face| face.has(character));
        let best = able.min_by_key(|face| {
            let genre = match (face.genre == like.genre, face.genre) {
                (true, _) => 0,
                (false, Genre::Mono) => 2,
                (false, _) => 1,
            };
            (genre, face.slant != like.slant, weight_distance(like.weight, face.weight), face.id)
        });
        best.map(|face| face.id)
    }
}

/// How far a weight is from the one that is asked for, as CSS Fonts 4 (section 5.2, step 4.3) orders them: first
/// the direction in which it looks, then how far.
fn weight_distance(asked: u16, weight: u16) -> (u8, u16) {
    match asked {
        _ if asked == weight => (0, 0),
        400..=500 if weight > asked && weight <= 500 => (1, weight - asked),
        400..=500 if weight < asked => (2, asked - weight),
        400..=500 => (3, weight - asked),
        ..400 if weight < asked => (1, asked - weight),
        ..400 => (2, weight - asked),
        _ if weight > asked => (1, weight - asked),
        _ => (2, asked - weight),
    }
}

fn generic(name: &str) -> Option<Genre> {
    match name.to_ascii_lowercase().as_str() {
        "serif" | "ui-serif" | "cursive" | "fantasy" | "math" => Some(Genre::Serif),
        "sans-serif" | "ui-sans-serif" | "system-ui" | "ui-rounded" => Some(Genre::Sans),
        "monospace" | "ui-monospace" => Some(Genre::Mono),
        _ => None,
    }
}
