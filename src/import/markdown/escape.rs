//! Text as Markdown that means nothing but itself.

/// How much of what Markdown offers is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// As a person writes it.
    Plain,
    /// Every sign escaped, and elements of HTML in place of marks.
    Careful,
}

/// Text with escapes where a sign would mean something. White space must be collapsed already.
pub(super) fn text(text: &str, manner: Manner) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let escaped = match manner {
            Manner::Careful => c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '\'' | '"' | '?' | ';'),
            Manner::Plain => means_something(c, before, rest),
        };
        if escaped || is_address(c, before, rest) {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

fn means_something(c: char, before: char, rest: &str) -> bool {
    let next = rest.chars().next().unwrap_or(' ');
    match c {
        '\\' | '`' | '*' | '[' | ']' | '~' | '^' | '{' | '$' | '|' => true,
        '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
        '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
        '&' => is_entity(rest),
        '=' | '%' => before == c || next == c,
        '!' => next == '[',
        _ => false,
    }
}

/// Whether the sign stands in something that would become a link by itself.
fn is_address(c: char, before: char, rest: &str) -> bool {
    match c {
        ':' => rest.starts_with("//"),
        '@' => before.is_alphanumeric() && rest.starts_with(char::is_alphanumeric),
        '.' => matches!(before, 'w' | 'W') && rest.starts_with(char::is_alphanumeric),
        _ => false,
    }
}

fn is_entity(rest: &str) -> bool {
    rest.split_once(';').is_some_and(|(name, _)| {
        let name = name.strip_prefix('#').unwrap_or(name);
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// The lines of a paragraph, none of which begins a block of another kind.
pub(super) fn lines(paragraph: &str) -> String {
    paragraph.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

fn line(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = &line[digits..];
    let begins_item = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    if (1..=9).contains(&digits) && after.starts_with(['.', ')']) && begins_item(&after[1..]) {
        return format!("{}\\{after}", &line[..digits]);
    }
    let is_rule = |mark| line.trim_end().len() > 2 && line.trim_end().bytes().all(|byte| byte == mark);
    let first = line.chars().next().unwrap_or(' ');
    let begins = match first {
        '#' => begins_item(line.trim_start_matches('#')),
        '-' | '+' => begins_item(&line[1..]) || is_rule(b'-') || line.trim_end().chars().all(|c| c == '-'),
        '=' => line.starts_with("===") || line.trim_end().chars().all(|c| c == '='),
        '!' => line.starts_with("!!!"),
        '?' => line.starts_with("???"),
        ':' | '>' => true,
        _ => false,
    };
    if begins { format!("\\{line}") } else { line.to_owned() }
}

/// Code between as many backticks as it takes.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// The address of a link or picture.
pub(super) fn address(address: &str) -> String {
    let is_plain = !address.is_empty()
        && !address.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '(' | ')' | '<' | '>' | '\\')
        });
    if is_plain {
        return address.to_owned();
    }
    let escaped = address.replace('\\', "\\\\").replace('<', "\\<").replace('>', "\\>");
    format!("<{}>", escaped.replace(['\n', '\r'], " "))
}

/// A title behind an address.
pub(super) fn title(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    format!(" \"{}\"", text(&title, Manner::Plain).replace('"', "\\\""))
}

/// The value of an attribute of HTML, between quotes.
pub(super) fn quoted(value: &str) -> String {
    let value = value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    format!("\"{}\"", value.replace('\n', "&#10;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_mean_something_is_escaped() {
        let cases = [
            ("a_b snake_case _x_", "a_b snake_case \\_x\\_"),
            ("3 * 4 < 5 & 6 &amp; 7", "3 \\* 4 < 5 & 6 \\&amp; 7"),
            ("[x] {y} a@b.nl www.x.nl http://x", "\\[x\\] \\{y} a\\@b.nl www\\.x.nl http\\://x"),
            ("1 = 2 ==x== wow! (ja)", "1 = 2 \\=\\=x\\=\\= wow! (ja)"),
        ];
        for (plain, escaped) in cases {
            assert_eq!(text(plain, Manner::Plain), escaped);
        }
        assert_eq!(lines("1. a\n# b\n#c\n- d\n-e\n: f\n2026"), "1\\. a\n\\# b\n#c\n\\- d\n-e\n\\: f\n2026");
        assert_eq!((code("a`b"), address("a b(c)")), ("``a`b``".to_owned(), "<a b(c)>".to_owned()));
    }
}
