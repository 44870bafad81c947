//! The text of a post as a body.

use crate::diag::{Diagnostic, Outcome};
use crate::dom::{self, Document, NodeId};
use crate::read::html::{looks, pictures, tidy};
use crate::read::{Body, Source, clean, heads, limits, structure};

use super::post::{Markup, Post};
use super::{autop, blocks, shortcodes, surroundings};

/// Reads a post. `source` is the file that it is in.
///
/// # Errors
/// `too-deep`.
pub fn body(post: &Post, source: &Source) -> Outcome<Body> {
    let mut warnings: Vec<Diagnostic> = Vec::new();
    if let Some(doubt) = post.doubt {
        let found = Diagnostic::warning("feed-summary", doubt).at(source.place(post.line));
        warnings.push(found.hint("save the page itself, or ask for a feed with whole posts"));
    }
    let check =
        |html: &str| limits::check_tags(html, source).map_err(|error| error.at(source.place(post.line)));
    check(&post.text.html).map_err(|error| vec![error])?;
    let html = prepared(post, source, &mut warnings);
    if clean::is_absurd(&html) {
        return Err(vec![clean::too_deep(source, post.line)]);
    }
    check(&html).map_err(|error| vec![error])?;
    let html = if post.text.markup == Markup::Classic { autop::autop(&html) } else { html };
    let mut document = dom::parse_fragment(&html, post.text.line.max(1));
    let root = document.fragment();
    clean::check_depth(&document, root, source, |line| line).map_err(|error| vec![error])?;
    for (words, line) in surroundings::take(&mut document, root, &post.meta) {
        let found =
            Diagnostic::note("left-out", format!("left out: what the site adds to its posts (“{words}”)"));
        warnings.push(found.at(source.place(line)));
    }
    pictures::settle(&mut document, root);
    looks::as_elements(&mut document, root);
    blocks::settle(&mut document, root);
    add_featured(post, &mut document, root);
    add_notes(post, &mut document, root);
    clean::clean(&mut document, root);
    tidy::tidy(&mut document, root);
    pictures::mark_remote(&mut document, root);
    clean::check_depth(&document, root, source, |line| line).map_err(|error| vec![error])?;
    clean::number(&mut document, root, |document, id| Some(document.node(id).line).filter(|&line| line > 0));
    let guessed = heads::find(&mut document, root);
    warnings
        .extend(guessed.map(|guessed| guessed.warning().at(source.place(guessed.line.unwrap_or(post.line)))));
    drop_title(post, &mut document, root);
    structure::lower_headings(&mut document, root);
    let raised = structure::close_gaps(&mut document, root);
    warnings.extend(raised.map(|raised| raised.note().at(source.place(raised.line.unwrap_or(post.line)))));
    structure::name_targets(&mut document, root, structure::Named::Wanted);
    let html = document.inner_html(root).trim().to_owned();
    if html.is_empty() {
        warnings.push(Diagnostic::warning("empty-post", "the post has no text").at(source.place(post.line)));
    }
    Ok(Body { html, title: None, meta: post.meta.clone(), warnings })
}

/// The text of a post without what only WordPress knows, and what is to be told of that.
fn prepared(post: &Post, source: &Source, warnings: &mut Vec<Diagnostic>) -> String {
    if post.text.markup == Markup::Html {
        return post.text.html.clone();
    }
    let (html, made) = blocks::expand(&post.text.html, post.text.line, &post.media);
    for (name, line) in made {
        let message = format!("the block `{name}` is made by the site, and its words are not in the export");
        warnings.push(Diagnostic::note("dynamic-block", message).at(source.place(line)));
    }
    let shortcodes::Expanded { html, unknown } = shortcodes::expand(&post.text, &html, &post.media);
    for (name, (line, count)) in unknown {
        let times = if count == 1 { String::new() } else { format!(", {count} times") };
        let message = format!("the shortcode `[{name}]` is not known{times}: what it encloses is kept");
        warnings.push(Diagnostic::note("shortcode", message).at(source.place(line)));
    }
    html
}

/// Puts the featured picture first, unless the text has it.
fn add_featured(post: &Post, document: &mut Document, root: NodeId) {
    let Some(picture) = post.text.featured.and_then(|id| post.media.attachments.get(&id)) else { return };
    let stem = |address: &str| {
        let name = address.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
    };
    let own = stem(&picture.url);
    let is_there = document.elements(root).any(|id| {
        document.attribute(id, "src").is_some_and(|src| document.is(id, "img") && stem(src).starts_with(&own))
    });
    if is_there || !picture.is_picture() {
        return;
    }
    let made = dom::parse_fragment(&picture.figure(), post.line);
    let Some(figure) = made.first_child(made.fragment()) else { return };
    let figure = document.import(&made, figure);
    match document.first_child(root) {
        Some(first) => document.insert_before(figure, first),
        None => document.append(root, figure),
    }
}

/// Puts the notes that a post calls in a list at its end.
fn add_notes(post: &Post, document: &mut Document, root: NodeId) {
    if post.text.notes.is_empty() {
        return;
    }
    let items: String = post
        .text
        .notes
        .iter()
        .map(|(id, html)| format!("<li id=\"{}\"><p>{html}</p></li>", handlebars::html_escape(id)))
        .collect();
    let notes = format!("<section class=\"footnotes\" role=\"doc-endnotes\"><ol>{items}</ol></section>");
    let made = dom::parse_fragment(&notes, post.text.line.max(1));
    let Some(notes) = made.first_child(made.fragment()) else { return };
    let notes = document.import(&made, notes);
    document.append(root, notes);
}

/// Takes a first heading away that says the title of the post once more.
fn drop_title(post: &Post, document: &mut Document, root: NodeId) {
    let title = post.meta.get("title").and_then(serde_json::Value::as_str).unwrap_or_default();
    let first = document.child_elements(root).next();
    let is_title = |id: &NodeId| {
        document.is(*id, "h1") && document.text(*id).split_whitespace().eq(title.split_whitespace())
    };
    if let Some(heading) = first.filter(is_title) {
        document.detach(heading);
    }
}
