//! What stands around an article on its page, told by what the page itself says of it: elements, roles (WAI-ARIA 1.2,
//! section 5.3.4, landmarks) and the names that content management systems give.

use crate::dom::{Document, NodeId};

use super::measure::{self, Measure, Measures};

/// What a part of a page is, where it is none of its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Furniture {
    Menu,
    Contents,
    Cookies,
    Sharing,
    Comments,
    Related,
    Newsletter,
    Advertisement,
    Search,
    Form,
    Control,
    Window,
    Header,
    Footer,
    Sidebar,
    Hidden,
    Byline,
    Beside,
}

impl Furniture {
    /// Its name in messages.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Cookies => "cookie notice",
            Self::Sharing => "share buttons",
            Self::Comments => "comments",
            Self::Related => "related articles",
            Self::Newsletter => "newsletter form",
            Self::Advertisement => "advertisement",
            Self::Search => "search form",
            Self::Form => "form",
            Self::Control => "button",
            Self::Window => "window over the page",
            Self::Header => "page header",
            Self::Footer => "page footer",
            Self::Sidebar => "sidebar",
            Self::Hidden => "text that the page hides",
            Self::Contents => "table of contents",
            Self::Byline => "author or date, which the metadata has",
            Self::Beside => "text beside the article",
        }
    }
}

/// Words of class names and ids, and what they tell. The first that holds is taken.
const NAMES: [(Furniture, &[&str]); 9] = [
    (
        Furniture::Cookies,
        &[
            "cookie",
            "cookies",
            "cookiebanner",
            "cookiebot",
            "cookieconsent",
            "consent",
            "gdpr",
            "cmplz",
            "onetrust",
            "iubenda",
            "borlabs",
            "avg",
        ],
    ),
    (
        Furniture::Sharing,
        &[
            "share",
            "shares",
            "sharing",
            "sharebar",
            "sharebuttons",
            "sharedaddy",
            "social",
            "socials",
            "sociallinks",
            "sociable",
            "addtoany",
            "a2a",
            "addthis",
            "sharethis",
            "shariff",
            "delen",
        ],
    ),
    (
        Furniture::Comments,
        &["comment", "comments", "commentlist", "respond", "disqus", "reactie", "reacties", "replies"],
    ),
    (
        Furniture::Related,
        &[
            "related",
            "relatedposts",
            "yarpp",
            "recommended",
            "recommendations",
            "recommendation",
            "outbrain",
            "taboola",
            "gerelateerd",
            "readnext",
            "upnext",
            "teasers",
            "trending",
            "mostread",
            "popular",
        ],
    ),
    (
        Furniture::Newsletter,
        &["newsletter", "subscribe", "subscription", "signup", "nieuwsbrief", "mailchimp", "optin", "mc4wp"],
    ),
    (
        Furniture::Advertisement,
        &[
            "ad",
            "ads",
            "adsbygoogle",
            "advert",
            "advertisement",
            "advertentie",
            "sponsor",
            "sponsored",
            "promo",
        ],
    ),
    (
        Furniture::Menu,
        &[
            "nav",
            "navbar",
            "navigation",
            "menu",
            "submenu",
            "breadcrumb",
            "breadcrumbs",
            "kruimelpad",
            "pagination",
            "pager",
            "paging",
            "skip",
            "skiplink",
            "skiplinks",
            "toolbar",
            "actions",
            "jumplink",
            "tags",
            "tagcloud",
        ],
    ),
    (Furniture::Search, &["search", "searchform", "searchbox", "zoeken"]),
    (Furniture::Sidebar, &["sidebar", "widget", "widgets"]),
];

/// Whole names of a class or an id that tell more than their words do.
const WHOLE: [(Furniture, &[&str]); 6] = [
    (
        Furniture::Byline,
        &["entry-meta", "post-meta", "article-meta", "post-info", "entry-info", "article-info"],
    ),
    (Furniture::Beside, &["author-box", "author-bio", "about-author", "post-author-box", "abh_box"]),
    (Furniture::Header, &["masthead", "site-header", "page-header-bar", "topbar", "top-bar"]),
    (Furniture::Footer, &["colophon", "site-footer", "page-footer", "footer", "bottom-bar"]),
    (Furniture::Window, &["modal", "popup", "overlay", "lightbox"]),
    (
        Furniture::Hidden,
        &[
            "sr-only",
            "visually-hidden",
            "visuallyhidden",
            "screen-reader-text",
            "element-invisible",
            "noprint",
            "no-print",
        ],
    ),
];

/// The most words that say who wrote an article, when, and in which section.
const LONGEST_BYLINE: u32 = 25;

/// What an element is, if it is no part of the article and the page says so. `whole` is what the page holds: what
/// holds much of its text is the article, whatever it is called.
pub(super) fn what(
    document: &Document,
    id: NodeId,
    measures: &Measures,
    whole: Measure,
) -> Option<Furniture> {
    let here = measures.at(id);
    let found = by_element(document, id, here).or_else(|| {
        by_name(document, id, here).filter(|found| !is_in_text(document, id, measures, *found))
    })?;
    let is_sure =
        matches!(found, Furniture::Comments | Furniture::Menu | Furniture::Control | Furniture::Cookies);
    if found == Furniture::Control && opens_text(document, id, measures) {
        return None;
    }
    let share = if is_sure { 2 } else { 5 };
    let is_much = here.prose * share > whole.prose && here.linked * 2 < here.words;
    let has_title = here.titles > 0 && here.prose * 20 > whole.prose;
    (!is_much && !has_title).then_some(found)
}

/// Whether a button opens the text behind it: then it is the heading of that text.
fn opens_text(document: &Document, id: NodeId, measures: &Measures) -> bool {
    let up = document.parent(id).filter(|&up| document.heading(up).is_some());
    let mut behind = std::iter::successors(document.next(up.unwrap_or(id)), |&at| document.next(at));
    let behind = behind.find(|&at| document.element(at).is_some());
    document.attribute(id, "aria-expanded").is_some() && behind.is_some_and(|at| measures.at(at).prose > 0)
}

/// Whether an element that is named so is a word in a sentence: a link that opens a window.
fn is_in_text(document: &Document, id: NodeId, measures: &Measures, found: Furniture) -> bool {
    let is_sentence = |up| measures.at(up).prose > measures.at(id).prose;
    found != Furniture::Hidden
        && !measure::is_block(document.tag(id))
        && document
            .parent(id)
            .is_some_and(|up| matches!(document.tag(up), "p" | "li" | "td" | "dd") && is_sentence(up))
}

fn by_element(document: &Document, id: NodeId, here: Measure) -> Option<Furniture> {
    let tag = document.tag(id);
    let role = document.attribute(id, "role").unwrap_or_default();
    let found = match (tag, role) {
        _ if is_contents(document, id) => Furniture::Contents,
        (_, "navigation" | "menu" | "menubar" | "tablist") | ("nav" | "menu", _) => Furniture::Menu,
        (_, "search") | ("search", _) => Furniture::Search,
        (_, "dialog" | "alertdialog") | ("dialog", _) => Furniture::Window,
        (_, "banner") => Furniture::Header,
        (_, "contentinfo") => Furniture::Footer,
        (_, "complementary") if tag != "aside" => Furniture::Sidebar,
        (_, "button" | "toolbar") | ("button" | "select" | "textarea" | "datalist", _) => Furniture::Control,
        ("header", _) if is_of_page(document, id) && here.titles == 0 => Furniture::Header,
        ("footer", _) if is_of_page(document, id) => Furniture::Footer,
        // A form around a whole page is how some systems work; one with little text is to fill in.
        ("form", _) if here.prose < 60 => Furniture::Form,
        _ if is_hidden(document, id) && here.prose == 0 && here.pictures == 0 => Furniture::Hidden,
        _ => return None,
    };
    // What is to press may have a name that says more of it.
    let vague = matches!(found, Furniture::Form | Furniture::Window | Furniture::Sidebar);
    Some(Some(found).filter(|_| !vague).or_else(|| by_name(document, id, here)).unwrap_or(found))
}

/// Whether an element is the table of contents that a program wrote: the layout has its own.
pub(super) fn is_contents(document: &Document, id: NodeId) -> bool {
    document.is(id, "nav")
        && (document.attribute(id, "role") == Some("doc-toc")
            || document.attribute(id, "id").is_some_and(|name| name.eq_ignore_ascii_case("toc")))
}

/// Whether a header or footer is that of the page and not of an article or a section in it (HTML-AAM 1.0, `header`).
fn is_of_page(document: &Document, id: NodeId) -> bool {
    !document
        .ancestors(id)
        .any(|up| matches!(document.tag(up), "article" | "aside" | "blockquote" | "main" | "nav" | "section"))
}

fn holds_paragraph(document: &Document, id: NodeId) -> bool {
    document.elements(id).any(|at| document.is(at, "p"))
}

fn is_hidden(document: &Document, id: NodeId) -> bool {
    let style: String = document.attribute(id, "style").unwrap_or_default().split_whitespace().collect();
    let style = style.to_ascii_lowercase();
    document.attribute(id, "hidden").is_some()
        || document.attribute(id, "aria-hidden").is_some_and(|it| it == "true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

fn by_name(document: &Document, id: NodeId, here: Measure) -> Option<Furniture> {
    if matches!(document.tag(id), "html" | "body" | "main" | "article" | "h1" | "") {
        return None;
    }
    let names = ["class", "id"].into_iter().filter_map(|name| document.attribute(id, name));
    let names: Vec<&str> = names.flat_map(str::split_ascii_whitespace).collect();
    let whole =
        WHOLE.iter().find(|(_, known)| names.iter().any(|name| known.contains(&&*name.to_ascii_lowercase())));
    match whole {
        // What is said of an article is short; a box of that name with paragraphs in it is more.
        Some((Furniture::Byline, _)) if here.words > LONGEST_BYLINE || holds_paragraph(document, id) => {}
        Some((found, _)) => return Some(*found),
        None => {}
    }
    // Where there is nothing to press, a name such as `market-share` is about the text.
    let is_pressed = here.controls > 0 || document.is(id, "a") || here.words == 0;
    let words: Vec<String> =
        names.iter().filter(|name| !is_state(name)).flat_map(|name| words(name)).collect();
    let found = NAMES.iter().find(|(_, known)| words.iter().any(|word| known.contains(&&**word)))?.0;
    let is_prose = here.prose > 0 && here.linked * 2 < here.words;
    match found {
        Furniture::Cookies => Some(found),
        Furniture::Menu | Furniture::Search | Furniture::Sharing => {
            (is_pressed && !is_prose).then_some(found)
        }
        _ => is_pressed.then_some(found),
    }
}

/// Whether a name is about the state of the page: `has-sidebar`, `comments-open`.
fn is_state(name: &str) -> bool {
    let first = name.split(['-', '_']).next().unwrap_or_default();
    let last = name.rsplit(['-', '_']).next().unwrap_or_default();
    matches!(first, "has" | "no" | "with" | "without" | "is" | "js" | "not")
        || matches!(last, "open" | "closed" | "enabled")
}

/// The words of a name: `relatedPosts`, `related-posts` and `related_posts` have the same two.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        let is_end = !c.is_alphanumeric() || (c.is_uppercase() && was_lower);
        was_lower = c.is_lowercase();
        if is_end {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom;

    fn told(html: &str) -> Option<Furniture> {
        let text = "Een zin van het artikel die lang genoeg is om er een te zijn, en nog wat. ".repeat(9);
        let document = dom::parse(&format!("<body>{html}<main><p>{text}</p></main>"));
        let body = document.body().unwrap();
        let measures = Measures::of(&document, body);
        what(&document, document.child_elements(body).next().unwrap(), &measures, measures.at(body))
    }

    #[test]
    fn names_and_elements_tell_what_is_no_article() {
        let cases = [
            ("<nav>x</nav>", Some(Furniture::Menu)),
            ("<div role=navigation>x</div>", Some(Furniture::Menu)),
            ("<div class='entry-share'><a>x</a></div>", Some(Furniture::Sharing)),
            ("<div class='relatedPosts'><a>x</a></div>", Some(Furniture::Related)),
            ("<div id=CookieBanner>Wij gebruiken cookies</div>", Some(Furniture::Cookies)),
            ("<div class='post-meta'>Nieuws<time>3 mei</time> · Anna Bos</div>", Some(Furniture::Byline)),
            (
                "<div class='post-meta'><p>Een lange zin die echt iets zegt, met een komma en al, over het stuk.</p></div>",
                None,
            ),
            ("<div class='has-sidebar'><a>x</a></div>", None),
            ("<table class='market-share'><td>12%</table>", None),
            ("<header>x</header>", Some(Furniture::Header)),
            ("<section><header>x</header></section>", None),
            ("<span class='screen-reader-text'>Ga naar</span>", Some(Furniture::Hidden)),
            ("<p>Deel van de tekst</p>", None),
        ];
        for (html, expected) in cases {
            assert_eq!(told(html), expected, "{html}");
        }
    }
}
