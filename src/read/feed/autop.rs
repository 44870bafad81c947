//! Paragraphs of text in which blank lines part them, as WordPress makes them where it shows a post: its `wpautop`. Tags
//! are put between, and no line is added or taken, so that every block keeps the line that it came from.

/// Elements that begin and end a block.
const BLOCKS: [&str; 37] = [
    "table",
    "thead",
    "tfoot",
    "caption",
    "col",
    "colgroup",
    "tbody",
    "tr",
    "td",
    "th",
    "div",
    "dl",
    "dd",
    "dt",
    "ul",
    "ol",
    "li",
    "pre",
    "form",
    "area",
    "map",
    "blockquote",
    "address",
    "style",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "fieldset",
    "section",
    "article",
    "figure",
    "figcaption",
];

/// More of them that HTML 5 brought.
const MORE: [&str; 12] = [
    "aside", "hgroup", "header", "footer", "nav", "details", "summary", "menu", "legend", "iframe", "video",
    "script",
];

/// Elements in which text stands as it is.
const RAW: [&str; 5] = ["pre", "script", "style", "textarea", "svg"];

/// How text directly in an element becomes paragraphs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Each run of it.
    Flow,
    /// Never: the element is one paragraph itself.
    Line,
    /// Never, and its elements are known: lists and tables.
    Structure,
}

/// Puts paragraphs into a text.
pub(super) fn autop(text: &str) -> String {
    let mut out =
        Writer { out: String::with_capacity(text.len() * 11 / 10), open: Vec::new(), is_open: false };
    let mut rest = text;
    while !rest.is_empty() {
        let Some(start) = next_tag(rest) else {
            out.text(rest);
            break;
        };
        out.text(&rest[..start]);
        rest = &rest[start..];
        let end = end_of_tag(rest);
        let tag = &rest[..end];
        rest = &rest[end..];
        let name = name_of(tag);
        out.tag(tag, &name);
        if RAW.contains(&&*name) && !tag.starts_with("</") {
            let close = format!("</{name}");
            let end = find_ignoring_case(rest, &close).unwrap_or(rest.len());
            out.out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    out.end();
    out.out
}

/// Where the next tag or comment begins.
fn next_tag(text: &str) -> Option<usize> {
    let starts = |index: &usize| {
        let after = text.as_bytes().get(index + 1).copied().unwrap_or_default();
        after.is_ascii_alphabetic() || matches!(after, b'/' | b'!')
    };
    text.match_indices('<').map(|(index, _)| index).find(starts)
}

fn end_of_tag(text: &str) -> usize {
    let end = if text.starts_with("<!--") { "-->" } else { ">" };
    text.find(end).map_or(text.len(), |at| at + end.len())
}

fn name_of(tag: &str) -> String {
    let name = tag.trim_start_matches('<').trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    name[..end].to_ascii_lowercase()
}

fn find_ignoring_case(text: &str, part: &str) -> Option<usize> {
    text.as_bytes().windows(part.len()).position(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

struct Writer {
    out: String,
    /// The blocks that are open.
    open: Vec<(String, Inside)>,
    /// Whether a paragraph of ours is open.
    is_open: bool,
}

impl Writer {
    fn inside(&self) -> Inside {
        self.open.last().map_or(Inside::Flow, |(_, inside)| *inside)
    }

    fn tag(&mut self, tag: &str, name: &str) {
        let is_block = BLOCKS.contains(&name) || MORE.contains(&name);
        if tag.starts_with("<!") {
            self.out.push_str(tag);
        } else if !is_block {
            self.begin();
            self.out.push_str(tag);
        } else {
            self.close();
            self.out.push_str(tag);
            if tag.starts_with("</") {
                if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
                    self.open.truncate(at);
                }
            } else if !matches!(name, "hr" | "col" | "area") && !tag.ends_with("/>") {
                self.open.push((name.to_owned(), inside(name)));
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.inside() == Inside::Structure || text.trim().is_empty() && !self.is_open {
            return self.out.push_str(text);
        }
        if self.inside() == Inside::Line {
            return self.lines(text);
        }
        let mut pieces = text.split_inclusive('\n').peekable();
        let mut run = String::new();
        while let Some(piece) = pieces.next() {
            run.push_str(piece);
            let is_end = piece.ends_with('\n')
                && pieces.peek().is_some_and(|next| next.trim().is_empty() && next.ends_with('\n'));
            if is_end {
                self.run(&std::mem::take(&mut run));
                self.close();
            }
        }
        self.run(&run);
    }

    /// A run of text without a blank line.
    fn run(&mut self, run: &str) {
        if run.trim().is_empty() {
            return self.out.push_str(run);
        }
        let start = run.len() - run.trim_start().len();
        if !self.is_open {
            self.out.push_str(&run[..start]);
            self.begin();
            return self.lines(&run[start..]);
        }
        self.lines(run);
    }

    /// Text in which an end of line is a break, but at a break that is written.
    fn lines(&mut self, text: &str) {
        let body = text.trim_end_matches([' ', '\t', '\r', '\n']);
        let mut lines = body.split('\n').peekable();
        while let Some(line) = lines.next() {
            self.out.push_str(line);
            if lines.peek().is_some() {
                let has_break =
                    self.out.trim_end().ends_with("<br>") || self.out.trim_end().ends_with("<br />");
                let is_start = self.out.trim_end().ends_with('>') && line.trim().is_empty();
                self.out.push_str(if has_break || is_start { "\n" } else { "<br>\n" });
            }
        }
        self.out.push_str(&text[body.len()..]);
    }

    fn begin(&mut self) {
        if !self.is_open && self.inside() == Inside::Flow {
            self.out.push_str("<p>");
            self.is_open = true;
        }
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.is_open) {
            let end = self.out.trim_end().len();
            self.out.insert_str(end, "</p>");
        }
    }

    fn end(&mut self) {
        self.close();
    }
}

fn inside(name: &str) -> Inside {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "caption" | "figcaption" | "summary"
        | "legend" | "li" | "td" | "th" | "dd" | "address" | "figure" => Inside::Line,
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup" | "ul" | "ol" | "dl" | "menu" | "pre"
        | "script" | "style" | "iframe" | "video" => Inside::Structure,
        _ => Inside::Flow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs_and_no_line_moves() {
        let cases = [
            ("een\ntwee\n\ndrie", "<p>een<br>\ntwee</p>\n\n<p>drie</p>"),
            ("een <b>twee</b>\n\n<h2>Kop</h2>\ndrie", "<p>een <b>twee</b></p>\n\n<h2>Kop</h2>\n<p>drie</p>"),
            ("<ul>\n<li>een</li>\n</ul>\ntwee", "<ul>\n<li>een</li>\n</ul>\n<p>twee</p>"),
            ("<blockquote>een\n\ntwee</blockquote>", "<blockquote><p>een</p>\n\n<p>twee</p></blockquote>"),
            ("<p>een\ntwee</p>\n\n\n<em>drie</em>", "<p>een<br>\ntwee</p>\n\n\n<p><em>drie</em></p>"),
            ("een<br />\ntwee", "<p>een<br />\ntwee</p>"),
            ("<pre>a\n\nb</pre>\n\nc", "<pre>a\n\nb</pre>\n\n<p>c</p>"),
            ("a < b\n\nc", "<p>a < b</p>\n\n<p>c</p>"),
            ("<!--more-->\neen", "<!--more-->\n<p>een</p>"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(autop(text), expected, "{text:?}");
            assert_eq!(expected.matches('\n').count(), text.matches('\n').count());
        }
    }
}
