//! Where code is in a text: what is written anew before Markdown is read leaves that alone.

use std::ops::Range;

use comrak::Arena;
use comrak::nodes::NodeValue;

/// Elements of HTML whose text is as it stands.
const VERBATIM: [&str; 4] = ["<pre", "<script", "<style", "<!--"];

/// The parts of a text that are no code, in order.
pub(super) fn prose(text: &str) -> Vec<Range<usize>> {
    let mut prose = Vec::new();
    let mut from = 0;
    for block in blocks(text) {
        if from < block.start {
            outside_spans(text, from..block.start, &mut prose);
        }
        from = from.max(block.end);
    }
    outside_spans(text, from..text.len(), &mut prose);
    prose
}

/// The lines of blocks of code, fenced, indented or in HTML, in order.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let start = |line: usize| starts.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, text, &super::options());
    let blocks = root.descendants().filter_map(|node| {
        let ast = node.data();
        let is_code = match &ast.value {
            NodeValue::CodeBlock(_) => true,
            NodeValue::HtmlBlock(block) => {
                let begun = block.literal.trim_start().to_ascii_lowercase();
                VERBATIM.iter().any(|tag| begun.starts_with(tag))
            }
            _ => false,
        };
        let lines = ast.sourcepos;
        is_code.then(|| start(lines.start.line)..start(lines.end.line + 1))
    });
    blocks.collect()
}

/// Adds what is outside the code spans of a part of a text (CommonMark 0.31, section 6.1). A span ends with its paragraph.
fn outside_spans(text: &str, part: Range<usize>, prose: &mut Vec<Range<usize>>) {
    let mut from = part.start;
    for paragraph in paragraphs(text, part.clone()) {
        let runs = runs(text, paragraph);
        let mut at = 0;
        while let Some((open, is_escaped)) = runs.get(at) {
            // Behind a backslash, the first mark is text.
            let open = open.start + usize::from(*is_escaped)..open.end;
            at += 1;
            let close = runs[at..].iter().position(|(run, _)| run.len() == open.len());
            if let Some(close) = close.filter(|_| !open.is_empty()) {
                if from < open.start {
                    prose.push(from..open.start);
                }
                from = runs[at + close].0.end;
                at += close + 1;
            }
        }
    }
    if from < part.end {
        prose.push(from..part.end);
    }
}

/// The stretches between blank lines.
pub(super) fn paragraphs(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut lines = text[part.clone()].split_inclusive('\n');
    let mut at = part.start;
    std::iter::from_fn(move || {
        let start = at;
        for line in lines.by_ref() {
            at += line.len();
            if line.trim_matches([' ', '\t', '>', '\r', '\n']).is_empty() {
                return Some(start..at);
            }
        }
        (start < at).then_some(start..at)
    })
}

/// The runs of backticks, and whether a backslash is before each.
fn runs(text: &str, part: Range<usize>) -> Vec<(Range<usize>, bool)> {
    let bytes = &text.as_bytes()[part.clone()];
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(|&byte| byte == b'`').map(|found| at + found) {
        at = start + bytes[start..].iter().take_while(|&&byte| byte == b'`').count();
        let slashes = bytes[..start].iter().rev().take_while(|&&byte| byte == b'\\').count();
        runs.push((part.start + start..part.start + at, slashes % 2 == 1));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        prose(text).into_iter().map(|part| &text[part]).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn code_is_left_out() {
        let cases = [
            ("a `b` c", "a | c"),
            ("a ``b ` c`` d", "a | d"),
            ("a `b\n\nc` d", "a `b\n\nc` d"),
            ("a \\`b` c", "a \\`b` c"),
            ("a\n\n    b\n\nc", "a\n\n|\nc"),
            ("- a\n\n    b `c`", "- a\n\n    b "),
            ("a\n```\nb `c\n```\nd `e`", "a\n|d "),
            ("> ```\n> a\n> ```\n> b", "> b"),
            ("<pre>\na\n</pre>\nb", "b"),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), expected, "{text}");
        }
    }
}
