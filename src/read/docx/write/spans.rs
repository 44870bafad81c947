//! Lines: spans as elements in each other, those that follow each other and are the same as one.

use handlebars::html_escape;

use super::Writer;
use crate::read::docx::look::primary;
use crate::read::docx::model::{Content, Mark, Paragraph, Picture, Span, is_blank};
use crate::read::docx::role::Role;

impl Writer<'_> {
    /// Writes the line of a paragraph, without blanks around it.
    pub(super) fn spans(&mut self, paragraph: &Paragraph) {
        let whole = self.lang_of(paragraph).map(str::to_owned);
        let always = self.always(paragraph);
        let mut open: Vec<Mark> = Vec::new();
        let last = paragraph.spans.iter().rposition(is_seen).map_or(0, |at| at + 1);
        let mut is_start = true;
        for (at, span) in paragraph.spans.iter().enumerate().take(last) {
            if is_start && !is_seen(span) {
                continue;
            }
            let kept = |mark: &&Mark| {
                let is_said = |lang: &str| {
                    whole.as_deref().or(self.lang).is_some_and(|whole| primary(whole) == primary(lang))
                };
                !always.contains(mark) && !matches!(mark, Mark::Lang(lang) if is_said(lang))
            };
            let marks: Vec<Mark> = span.marks.iter().filter(kept).cloned().collect();
            self.change(&mut open, &marks);
            match &span.content {
                Content::Text(text) => {
                    let text = if is_start { text.trim_start_matches(is_blank) } else { text };
                    let text = if at + 1 == last { text.trim_end_matches(is_blank) } else { text };
                    self.html += &html_escape(text);
                }
                _ => self.span_alone(span),
            }
            is_start = false;
        }
        self.change(&mut open, &[]);
    }

    /// What all words of a paragraph are that is a line of its own: a heading is not strong in itself.
    fn always(&self, paragraph: &Paragraph) -> Vec<Mark> {
        if !matches!(paragraph.role, Role::Heading(_) | Role::Title | Role::Caption) {
            return Vec::new();
        }
        let says = |span: &&Span| matches!(&span.content, Content::Text(text) if !text.trim().is_empty());
        let mut all = paragraph.spans.iter().filter(says);
        let mut always = all.next().map(|span| span.marks.clone()).unwrap_or_default();
        always
            .retain(|mark| matches!(mark, Mark::Strong | Mark::Emphasis | Mark::Underline | Mark::SmallCaps));
        for span in all {
            always.retain(|mark| span.marks.contains(mark));
        }
        always
    }

    /// Closes the elements that end here, and opens those that begin.
    fn change(&mut self, open: &mut Vec<Mark>, wanted: &[Mark]) {
        let same = open.iter().zip(wanted).take_while(|(one, other)| one == other).count();
        for mark in open.drain(same..).rev() {
            self.html += &format!("</{}>", tag(&mark));
        }
        for mark in &wanted[same..] {
            self.html += &format!("<{}{}>", tag(mark), attributes(mark));
            open.push(mark.clone());
        }
    }

    /// Writes what is not text.
    pub(super) fn span_alone(&mut self, span: &Span) {
        match &span.content {
            Content::Break => self.html += "<br>\n",
            Content::Picture(picture) => self.picture(picture),
            Content::Note(number) => self.call(*number),
            Content::Anchor(name) if self.wanted.contains(name) => {
                self.html += &format!("<span id=\"{}\"></span>", html_escape(name));
            }
            Content::Anchor(_) | Content::Blank | Content::Text(_) => {}
        }
    }

    fn picture(&mut self, picture: &Picture) {
        self.html += &format!("<img src=\"{}\"", html_escape(&picture.src));
        if let Some(alt) = &picture.alt {
            let words = alt.split_whitespace().collect::<Vec<_>>().join(" ");
            self.html += &format!(" alt=\"{}\"", html_escape(&words));
        }
        if let Some(width) = picture.width {
            self.html += &format!(" width=\"{width}\"");
        }
        self.html.push('>');
    }

    /// The call of a note, as the Markdown reader writes it.
    fn call(&mut self, number: usize) {
        let calls = self.calls.entry(number).or_insert(0);
        *calls += 1;
        let again = if *calls > 1 { format!("-{calls}") } else { String::new() };
        self.html += &format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"fnref-{number}{again}\" role=\"doc-noteref\">{number}</a></sup>"
        );
    }
}

/// Whether there is anything to see in a span.
fn is_seen(span: &Span) -> bool {
    match &span.content {
        Content::Text(text) => !text.trim_matches(is_blank).is_empty(),
        Content::Break => false,
        _ => true,
    }
}

const fn tag(mark: &Mark) -> &'static str {
    match mark {
        Mark::Link(..) => "a",
        Mark::Field(..) | Mark::Lang(_) | Mark::Class(_) | Mark::SmallCaps => "span",
        Mark::Strong => "strong",
        Mark::Emphasis => "em",
        Mark::Underline => "u",
        Mark::Strike => "s",
        Mark::Highlight => "mark",
        Mark::Keyboard => "kbd",
        Mark::Code => "code",
        Mark::Above => "sup",
        Mark::Below => "sub",
    }
}

fn attributes(mark: &Mark) -> String {
    let with = |name: &str, value: &str| format!(" {name}=\"{}\"", html_escape(value));
    let title = |title: &Option<std::rc::Rc<str>>| {
        title.as_deref().map(|title| with("title", title)).unwrap_or_default()
    };
    match mark {
        Mark::Link(address, said) => with("href", address) + &title(said),
        Mark::Field(name, asked) => with("data-field", name) + &title(asked),
        Mark::Lang(lang) => with("lang", lang),
        Mark::Class(class) => with("class", class),
        Mark::SmallCaps => with("class", "small-caps"),
        _ => String::new(),
    }
}
