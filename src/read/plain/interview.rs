//! Interviews: who asks, who answers.

use std::collections::{BTreeMap, BTreeSet};

use super::block::{Block, HeadingRole, Kind, Role, Text};
use super::marks;

/// The longest question, in characters.
const LONGEST_QUESTION: usize = 300;

/// Marks the questions and answers of an interview in which the answers stand in quotation marks, or in which
/// every turn begins with a name.
pub(super) fn find(blocks: &mut Vec<Block>) {
    let pairs =
        (0..blocks.len()).filter(|&at| question_text(blocks, at).is_some_and(marks::is_question)).count();
    if pairs >= 2 {
        part_glued(blocks);
        mark_quoted(blocks);
    } else if let Some(turns) = Turns::of(blocks) {
        turns.mark(blocks);
    }
}

/// Marks the questions of an interview without quotation marks: all its headings, three or more, are questions
/// with text right below them.
pub(super) fn find_unquoted(blocks: &mut [Block]) {
    let headings: Vec<usize> =
        (0..blocks.len()).filter(|&at| matches!(blocks[at].kind, Kind::Heading(_))).collect();
    let asks = |&at: &usize| {
        let below = blocks.get(at + 1).is_some_and(|next| !next.gap && next.plain().is_some());
        matches!(&blocks[at].kind, Kind::Heading(heading) if marks::is_question(&heading.text)) && below
    };
    if headings.len() < 3 || !headings.iter().all(asks) {
        return;
    }
    for at in headings {
        if let Kind::Heading(heading) = &mut blocks[at].kind {
            heading.role = HeadingRole::Question;
        }
        blocks[at + 1].set_role(Role::Answer);
    }
}

/// Whether somebody speaks: a quotation, or a name and a quotation.
fn is_spoken(text: &str) -> bool {
    marks::begins_quotation(text)
        || marks::speaker(text).is_some_and(|(_, said)| marks::begins_quotation(said))
}

/// The text of a block that stands above an answer: the first of its lines, right above words that are spoken.
fn question_text(blocks: &[Block], at: usize) -> Option<&str> {
    let text = blocks[at].plain().filter(|_| blocks[at].gap)?;
    let next = blocks.get(at + 1)?;
    let asked = marks::is_question(&text.text);
    let answered = next.plain().is_some_and(|next| is_spoken(&next.text)) && (!next.gap || asked);
    (answered && !is_spoken(&text.text) && text.length() <= LONGEST_QUESTION).then_some(&text.text)
}

/// Parts a question from the answer behind it on the same line, and an answer from the next speaker's.
fn part_glued(blocks: &mut Vec<Block>) {
    let mut names = BTreeSet::new();
    for block in blocks.iter() {
        if let Some((name, said)) = block.plain().and_then(|text| marks::speaker(&text.text))
            && marks::begins_quotation(said)
        {
            names.insert(name.to_owned());
        }
    }
    *blocks = std::mem::take(blocks)
        .into_iter()
        .flat_map(|block| {
            let Some(text) = block.plain().map(|text| text.text.clone()) else { return vec![block] };
            let mut parts = vec![];
            let mut rest = &*text;
            if let Some(at) = end_of_glued_question(rest) {
                parts.push(&rest[..at]);
                rest = rest[at..].trim_start();
            }
            while let Some(at) = next_speaker(rest, &names) {
                parts.push(rest[..at].trim_end());
                rest = &rest[at..];
            }
            parts.push(rest);
            let gap = |part: usize| block.gap && part == 0;
            let line = block.line;
            parts
                .iter()
                .enumerate()
                .map(|(part, text)| Block { line, gap: gap(part), kind: Kind::Text(Text::new(*text)) })
                .collect()
        })
        .collect();
}

/// Where a question ends that an answer in quotation marks follows on the same line.
fn end_of_glued_question(text: &str) -> Option<usize> {
    let open = text.char_indices().find(|&(_, c)| marks::is_opening_quote(c))?.0;
    let question = text[..open].trim_end();
    let answered = marks::begins_quotation(&text[open..]) && text.ends_with(marks::is_closing_quote);
    (answered && question.ends_with('?') && question.len() <= LONGEST_QUESTION).then_some(question.len())
}

/// Where the next speaker of these names begins, behind the end of a quotation.
fn next_speaker(text: &str, names: &BTreeSet<String>) -> Option<usize> {
    let starts = text.match_indices(['”', '"']).map(|(at, mark)| at + mark.len());
    starts.filter(|&at| text[at..].starts_with(' ')).map(|at| at + 1).find(|&at| {
        marks::speaker(&text[at..])
            .is_some_and(|(name, said)| names.contains(name) && marks::begins_quotation(said))
    })
}

fn mark_quoted(blocks: &mut [Block]) {
    let mut answering = false;
    let mut open = false;
    for at in 0..blocks.len() {
        if let Some(question) = question_text(blocks, at) {
            let asks = marks::is_question(question) || !marks::is_heading_like(question);
            if asks {
                let question = question.to_owned();
                blocks[at].make_heading(question, None, HeadingRole::Question);
            }
            (answering, open) = (asks, false);
        } else if let Some(text) = blocks[at].plain().filter(|_| answering) {
            let goes_on = open || (is_spoken(&text.text) && !is_pulled(blocks, at));
            open = goes_on && is_left_open(&text.text, open);
            answering = goes_on;
            if goes_on {
                blocks[at].set_role(Role::Answer);
            }
        } else {
            answering = false;
        }
    }
}

/// Whether a quotation stands apart from the answer above it.
fn is_pulled(blocks: &[Block], at: usize) -> bool {
    let answered = at > 0 && !matches!(blocks[at - 1].kind, Kind::Heading(_));
    answered
        && blocks[at].gap
        && blocks[at].plain().is_some_and(|text| marks::quotation(&text.text).is_some())
}

/// Whether a quotation is still open at the end of a text.
fn is_left_open(text: &str, open: bool) -> bool {
    text.chars().fold(open, |open, c| match c {
        '“' | '„' | '«' => true,
        '”' | '»' => false,
        '"' => !open,
        _ => open,
    })
}

/// The turns of a conversation in which each begins with the name of who speaks.
struct Turns {
    /// Who asks.
    asker: String,
    /// All who speak more than once, the asker too.
    names: BTreeSet<String>,
}

impl Turns {
    fn of(blocks: &[Block]) -> Option<Self> {
        let mut names: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        for (name, said) in blocks.iter().filter_map(|block| marks::speaker(&block.plain()?.text)) {
            let (turns, questions) = names.entry(name.to_owned()).or_default();
            *turns += 1;
            *questions += u32::from(marks::is_question(said));
        }
        names.retain(|_, (turns, _)| *turns >= 2);
        let asker = names.iter().find(|(_, (turns, questions))| questions * 2 > *turns)?.0.clone();
        let names: BTreeSet<String> = names.into_keys().collect();
        (names.len() >= 2).then_some(Self { asker, names })
    }

    fn mark(&self, blocks: &mut [Block]) {
        let mut answering = false;
        for block in blocks {
            let Some(text) = block.plain() else {
                answering = false;
                continue;
            };
            let name = marks::speaker(&text.text).map(|(name, _)| name.to_owned());
            let known = name.as_ref().filter(|name| self.names.contains(*name));
            let short = text.length() <= LONGEST_QUESTION;
            if known == Some(&self.asker) && short && marks::is_question(&text.text) {
                let text = text.text.clone();
                block.make_heading(text, None, HeadingRole::SpokenQuestion);
                answering = true;
            } else if known.is_some() || (answering && !marks::is_heading_like(&text.text)) {
                block.set_role(Role::Answer);
            } else {
                answering = false;
            }
        }
    }
}
