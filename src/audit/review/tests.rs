use std::path::Path;

use super::{Item, Review, reviews};
use crate::config::Overrides;
use crate::files::Memory;
use crate::run::Press;

const LAYOUT: &str = r#"<!DOCTYPE html><html lang="{{lang}}"><body>{{{rest}}}</body></html>"#;
const STYLE: &str = ".aside { float: left } .swapped { display: flex; flex-direction: row-reverse }";
const DRAWING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>"#;

/// The questions about an article in a layout that adds nothing.
fn asked(article: &str) -> Vec<Review> {
    let files = Memory::default()
        .with("/p/handout.toml", "layout = \"bare\"\n")
        .with("/p/templates/bare/layout.hbs", LAYOUT)
        .with("/p/templates/bare/layout.css", STYLE)
        .with("/p/input/a.svg", DRAWING)
        .with("/p/input/a.html", article);
    let (press, _) = Press::open(&files, Path::new("/p/input"), &Overrides::default()).unwrap();
    let (jobs, _) = press.plan();
    let (article, _) = press.read(&jobs[0]).unwrap();
    let rendered = press.render(&article).unwrap();
    reviews(&press.style(&article, &rendered).unwrap().0)
}

/// What a question is about, without places; nothing where it is not asked.
fn about(asked: &[Review], code: &str) -> Option<Vec<(String, String)>> {
    let review = asked.iter().find(|review| review.question.code == code)?;
    let pair = |item: &Item| (item.words.clone(), item.about.clone());
    Some(review.items.iter().map(pair).collect())
}

fn pairs(pairs: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
    Some(pairs.iter().map(|(words, about)| ((*words).to_owned(), (*about).to_owned())).collect())
}

#[test]
fn nothing_is_asked_without_reason() {
    let asked = asked("<h1>Titel</h1><p>Een zin.</p>");
    for code in [
        "review-alternatives",
        "review-decoration",
        "review-pictures",
        "review-formulas",
        "review-tables",
        "review-links",
        "review-abbreviations",
    ] {
        assert_eq!(about(&asked, code), None, "{code}");
    }
    assert_eq!(about(&asked, "review-plain-language"), pairs(&[]));
    assert_eq!(about(&asked, "review-colour"), pairs(&[]));
}

#[test]
fn pictures_are_shown_with_what_is_read_for_them() {
    let asked = asked(
        "<h1>T</h1><p><img src=a.svg alt='Een brug'> <img src=a.svg alt=''> \
         <span aria-hidden=true><img src=a.svg alt='Stil'></span></p>",
    );
    assert_eq!(about(&asked, "review-alternatives"), pairs(&[("Een brug", "a.svg")]));
    assert_eq!(about(&asked, "review-decoration"), pairs(&[("", "a.svg"), ("", "a.svg")]));
    assert_eq!(about(&asked, "review-pictures"), pairs(&[("", "a.svg")]));
}

#[test]
fn tables_and_links_are_shown_with_what_a_reader_hears() {
    let asked = asked(
        "<h1>T</h1><table><caption>Kosten</caption><tr><th>Wat<th>Euro<tr><td>Brug<td>3</table>\
         <table role=presentation><tr><td>x</table>\
         <p><a href='https://a.example'>Over ons</a> <a href='https://a.example'>Over ons</a> \
         <a href='#x' aria-label='Naar x'>x</a></p><nav><a href='#y'>Y</a></nav>",
    );
    assert_eq!(about(&asked, "review-tables"), pairs(&[("Kosten", "Wat | Euro")]));
    assert_eq!(about(&asked, "review-links"), pairs(&[("Over ons", "https://a.example"), ("Naar x", "#x")]));
}

#[test]
fn what_leaves_the_order_is_shown_by_its_first_words() {
    let asked = asked(
        "<h1>T</h1><div class=aside><p>Terzijde.</p><p>Meer.</p></div>\
         <div class=swapped><p>Een</p><p>Twee</p></div>",
    );
    let expected = [("Terzijde.", "float"), ("Een", "reverse"), ("Twee", "reverse")];
    assert_eq!(about(&asked, "review-order"), pairs(&expected));
}

#[test]
fn languages_and_abbreviations_are_shown_where_they_change() {
    let asked = asked(
        "<h1>T</h1><p lang=en>Good <em>morning</em>.</p><p>De <abbr title='Wet x'>Wx</abbr> en de \
         <abbr title='Wet x'>Wx</abbr>.</p>",
    );
    assert_eq!(about(&asked, "review-languages"), pairs(&[("T", "nl"), ("Good morning.", "en")]));
    assert_eq!(about(&asked, "review-abbreviations"), pairs(&[("Wx", "Wet x")]));
}

#[test]
fn the_longest_sentences_come_first() {
    let words = |count: usize| format!("W{}.", " woord".repeat(count - 1));
    let article = format!("<h1>T</h1><p>{} {} {}</p>", words(20), words(21), words(30));
    let found = about(&asked(&article), "review-plain-language").unwrap();
    let counts: Vec<&str> = found.iter().map(|(_, count)| count.as_str()).collect();
    assert_eq!(counts, ["30", "21"]);
}
