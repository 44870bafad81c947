//! What stands within a line: addresses, and the name of who speaks.

use linkify::{LinkFinder, LinkKind};

use super::marks;

/// Words that a way to reach somebody is named with.
const WAYS: [&str; 20] = [
    "bel",
    "belt",
    "tel",
    "telefoon",
    "mobiel",
    "mail",
    "e-mail",
    "email",
    "website",
    "web",
    "adres",
    "fax",
    "call",
    "phone",
    "telephone",
    "mobile",
    "contact",
    "t",
    "e",
    "m",
];

/// Writes text as HTML with e-mail and web addresses as links.
pub(super) fn write(html: &mut String, text: &str) {
    if !["@", "://", "www."].iter().any(|sign| text.contains(sign)) {
        escape(html, text);
        return;
    }
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let mut done = 0;
    for link in finder.links(text) {
        let shown = link.as_str();
        let target = match link.kind() {
            LinkKind::Email => format!("mailto:{shown}"),
            _ if shown.starts_with("http://") || shown.starts_with("https://") => shown.to_owned(),
            _ if shown.starts_with("www.") => format!("https://{shown}"),
            _ => continue,
        };
        escape(html, &text[done..link.start()]);
        anchor(html, &target, shown);
        done = link.end();
    }
    escape(html, &text[done..]);
}

/// Writes a line that tells how to reach somebody, its telephone number as a link too.
pub(super) fn write_contact(html: &mut String, text: &str) {
    match telephone(text) {
        Some((start, end)) => {
            let shown = &text[start..end];
            let number: String = shown.chars().filter(|&c| c.is_ascii_digit() || c == '+').collect();
            write(html, &text[..start]);
            anchor(html, &format!("tel:{number}"), shown);
            write(html, &text[end..]);
        }
        None => write(html, text),
    }
}

/// Writes what somebody says, with the name before the colon marked.
pub(super) fn write_spoken(html: &mut String, text: &str) {
    match marks::speaker(text) {
        Some((name, said)) => {
            html.push_str("<span class=\"speaker\">");
            escape(html, name);
            html.push_str("</span>: ");
            write(html, said);
        }
        None => write(html, text),
    }
}

fn anchor(html: &mut String, target: &str, shown: &str) {
    html.push_str("<a href=\"");
    escape(html, target);
    html.push_str("\">");
    escape(html, shown);
    html.push_str("</a>");
}

/// Writes text as HTML (WHATWG HTML, section 13.3, escaping a string).
pub(super) fn escape(html: &mut String, text: &str) {
    let mut done = 0;
    for (at, sign) in text.match_indices(['&', '<', '>', '"']) {
        html.push_str(&text[done..at]);
        html.push_str(match sign {
            "&" => "&amp;",
            "<" => "&lt;",
            ">" => "&gt;",
            _ => "&quot;",
        });
        done = at + 1;
    }
    html.push_str(&text[done..]);
}

/// Whether a line tells how to reach somebody: a telephone number or an e-mail address with few words around it,
/// one of which names the way, or none at all.
pub(super) fn is_contact(text: &str) -> bool {
    let numbered = text.contains('@') || text.bytes().filter(u8::is_ascii_digit).count() >= 9;
    if !numbered || text.chars().count() > marks::LONGEST_HEADING {
        return false;
    }
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Email]);
    let mail = finder.links(text).next().map(|link| (link.start(), link.end()));
    let Some((start, end)) = mail.or_else(|| telephone(text)) else { return false };
    let words: Vec<String> = text[..start]
        .split_whitespace()
        .chain(text[end..].split_whitespace())
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    words.is_empty() || (words.len() <= 6 && words.iter().any(|word| WAYS.contains(&word.as_str())))
}

/// Where a telephone number stands: 9 to 15 digits (ITU-T E.164) that begin with 0 or +, with blanks, hyphens, dots
/// and brackets between them.
fn telephone(text: &str) -> Option<(usize, usize)> {
    let starts = text.char_indices().filter(|&(at, c)| {
        let before = text[..at].chars().next_back();
        matches!(c, '+' | '0' | '(')
            && !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '+'))
    });
    starts.map(|(at, _)| at).find_map(|start| {
        let rest = &text[start..];
        let is_part =
            |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{A0}' | '-' | '.' | '(' | ')' | '/' | '+');
        let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        let number = rest[..end].trim_end_matches(|c: char| !c.is_ascii_digit());
        let first = number.chars().find(|c| !matches!(c, '(' | ' '))?;
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let plain = matches!(first, '0' | '+') && (9..=15).contains(&digits);
        plain.then_some((start, start + number.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links() {
        let cases = [
            ("Kijk op www.a.nl.", "Kijk op <a href=\"https://www.a.nl\">www.a.nl</a>."),
            ("(https://a.nl/b?c=1&d)", "(<a href=\"https://a.nl/b?c=1&amp;d\">https://a.nl/b?c=1&amp;d</a>)"),
            ("mail j@a.nl!", "mail <a href=\"mailto:j@a.nl\">j@a.nl</a>!"),
            ("klaar.Dan <b>", "klaar.Dan &lt;b&gt;"),
        ];
        for (text, expected) in cases {
            let mut html = String::new();
            write(&mut html, text);
            assert_eq!(html, expected);
        }
    }

    #[test]
    fn contact_lines_are_told_from_sentences() {
        for text in
            ["bel Jan: 06-12 34 56 78", "j@a.nl", "E: j@a.nl", "+31 (0)20 123 45 67", "of mail: j@a.nl"]
        {
            assert!(is_contact(text), "{text}");
        }
        for text in [
            "In 2020 belde niemand",
            "bel 0800",
            "Wij zagen dat j@a.nl niet meer bestond toen dat werd gevraagd",
        ] {
            assert!(!is_contact(text), "{text}");
        }
        let mut html = String::new();
        write_contact(&mut html, "bel Jan: 020-123 45 67.");
        assert_eq!(html, "bel Jan: <a href=\"tel:0201234567\">020-123 45 67</a>.");
    }
}
