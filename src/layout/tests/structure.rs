//! What readers of the page hear: the elements of the structure in their order.

use super::{fonts, styled};
use crate::layout::{Pages, Setting, TagId, layout};

/// The structure below the document, as `Role(children)`.
fn roles(html: &str) -> String {
    fn write(pages: &Pages, id: TagId, text: &mut String) {
        let node = &pages.structure.nodes[id.0 as usize];
        text.push_str(node.role);
        if !node.children.is_empty() {
            text.push('(');
            for (index, child) in node.children.iter().enumerate() {
                text.push_str(if index > 0 { " " } else { "" });
                write(pages, *child, text);
            }
            text.push(')');
        }
    }
    let (tree, _) = styled(html, "");
    let (pages, _) = layout(&tree, &fonts(), &Setting::default()).expect("no page limit");
    let mut text = String::new();
    write(&pages, TagId(0), &mut text);
    text
}

#[test]
fn a_table_of_contents_is_one_of_references() {
    let html = "<nav role=\"doc-toc\"><h2>C</h2><ol><li><a href=\"#a\">A</a><ol><li><a href=\"#b\">B</a></li></ol></li>\
                <li>x</li></ol></nav><ol><li><a href=\"#a\">l</a></li></ol><h2 id=\"a\">A</h2><h3 id=\"b\">B</h3>";
    let entry = "TOCI(Reference(Link) TOC(TOCI(Reference(Link))))";
    let list = "L(LI(Lbl LBody(Link)))";
    assert_eq!(roles(html), format!("Document(Sect(H2 TOC({entry} TOCI)) {list} H2 H3)"));
}

#[test]
fn a_floated_table_has_nothing_but_rows() {
    let html = "<style>table { float: left }</style><table>\n<tr> <td>a</td> </tr>\n</table>";
    assert_eq!(roles(html), "Document(Table(TBody(TR(TD))))");
}

#[test]
fn a_footnote_is_read_after_the_block_that_calls_it() {
    let note = |text: &str| format!("<span role=\"doc-footnote\">{text}</span>");
    let html = format!(
        "<section><div>a{} b</div><p>c</p></section><ul><li>d{}</li></ul><table><tr><td>e{}</td></tr></table>",
        note("x<p>y</p>"),
        note("z"),
        note("w")
    );
    let (call, mark) = ("Reference(Link)", "Note(Lbl(Link))");
    assert_eq!(
        roles(&html),
        format!(
            "Document(Sect(P({call}) Note(Lbl(Link) P) P) L(LI(Lbl LBody({call} {mark}))) \
             Table(TBody(TR(TD({call} {mark})))))"
        )
    );
}
