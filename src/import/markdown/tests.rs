use super::*;

/// What is written of a body, if it comes back.
#[track_caller]
fn written(html: &str) -> String {
    let written = write(html);
    assert_eq!(written.differs_at, None, "{html}\n---\n{}", written.text);
    written.text.trim_end().to_owned()
}

#[test]
fn what_markdown_can_say_is_written_as_a_person_would() {
    let cases = [
        ("<p>a <em>b</em> <strong>c</strong> <del>d</del></p>", "a *b* **c** ~~d~~"),
        ("<p>a<em> b </em>c</p>", "a *b* c"),
        ("<h2 id=\"x\" class=\"y z\">a</h2><h3>b #</h3>", "## a {#x .y .z}\n\n### b \\#"),
        ("<p>a<br>\n1. b</p>", "a\\\n1\\. b"),
        ("<p class=\"lead\">a</p>", "a {.lead}"),
        (
            "<p>a <span class=\"math\" role=\"math\" aria-label=\"x^2\"><i>x</i><sup>2</sup></span></p>",
            "a $x^2$",
        ),
        (
            "<p class=\"math\"><span class=\"math display\" role=\"math\" aria-label=\"x\"><i>x</i></span>.</p>",
            "$$x$$.",
        ),
        (
            "<p>a $x$ {{ page.title }} {% if %} {{&lt; x &gt;}} [TOC]</p><p>[TOC]</p>",
            "a \\$x\\$ \\{\\{ page.title }} \\{% if %} \\{\\{< x >}} \\[TOC\\]\n\n\\[TOC\\]",
        ),
        (
            "<p><a href=\"x.md\" title=\"T\">a [b]</a> <a href=\"https://x.nl\">https://x.nl</a></p>",
            "[a \\[b\\]](x.md \"T\") <https://x.nl>",
        ),
        ("<p>wow!<a href=\"x\">a</a></p>", "wow\\![a](x)"),
        ("<p><code>a*b</code> <span lang=\"en\">x</span></p>", "`a*b` [x]{lang=\"en\"}"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>", "- a\n\n  b\n\n- c"),
        ("<ol start=\"3\" class=\"k\"><li>a</li><li>b</li></ol>", "3. a\n4. b\n\n{.k}"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<ul><li class=\"task done\"><span class=\"checkbox\">☑</span> a</li></ul>", "- [x] a"),
        ("<blockquote class=\"pull\"><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n\n{.pull}"),
        ("<div class=\"box\"><p>a</p><ul><li>b</li></ul></div>", "::: box\na\n\n- b\n:::"),
        ("<div class=\"callout tip\" id=\"i\">a</div>", "::: {#i .callout .tip}\na\n:::"),
        ("<section id=\"s\"><h2>a</h2><p>b</p></section>", "<section id=\"s\">\n\n## a\n\nb\n\n</section>"),
        (
            "<figure><img src=\"a.png\" alt=\"x\"><figcaption>T “t”</figcaption></figure>",
            "![x](a.png \"T “t”\")",
        ),
        ("<figure class=\"caption-only\"><figcaption>Figuur 1: zo</figcaption></figure>", "Figuur 1: zo"),
        ("<p>Anna Bos: “Ja.”</p>", "Anna Bos: “Ja.”"),
        ("<pre><code class=\"language-rs\">a\n\n```\n</code></pre>", "````rs\na\n\n```\n````"),
        ("<hr><p>a</p>", "---\n\na"),
        (
            "<table><thead><tr><th scope=\"col\">a</th><th align=\"right\">b</th></tr></thead><tbody><tr><td>1|2</td><td align=\"right\"><em>c</em></td></tr></tbody></table>",
            "| a | b |\n| --- | ---: |\n| 1\\|2 | *c* |",
        ),
        ("<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>", "a\n: b\n\nc\n: d"),
        (
            "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-x\" id=\"fnref-x\" role=\"doc-noteref\">1</a></sup></p><section class=\"footnotes\" role=\"doc-endnotes\"><ol><li id=\"fn-x\"><p>n</p><p>m</p></li></ol></section>",
            "a[^1]\n\n[^1]: n\n\n    m",
        ),
        (
            "<p>a<a href=\"#fn1\" id=\"fnref1\"><sup>1</sup></a></p><section role=\"doc-endnotes\"><hr><ol><li id=\"fn1\">n <em>m</em> <a href=\"#fnref1\" role=\"doc-backlink\">↩</a></li></ol></section>",
            "a[^1]\n\n[^1]: n *m*",
        ),
    ];
    let mut wrong = Vec::new();
    for (html, expected) in cases {
        let found = write(html);
        if found.text.trim_end() != expected || found.differs_at.is_some() {
            wrong.push(format!(
                "{html}\n--- expected\n{expected}\n--- written {:?}\n{}",
                found.differs_at, found.text
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_markdown_cannot_say_stays_html() {
    let cases = [
        "<table><thead><tr><th colspan=\"2\">a</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        "<table><caption>k</caption><tbody><tr><td>1</td></tr></tbody></table>",
        "<p><img src=\"a.png\"></p>",
        "<figure><img src=\"a.png\" alt=\"\"><figcaption>a <em>b</em></figcaption></figure>",
        "<p>a <kbd>b</kbd> <abbr title=\"x\">c</abbr></p>",
        "<ul><li>a</li><li><p>b</p></li></ul>",
        "<p>a <svg viewBox=\"0 0 1 1\"><title>t</title><path d=\"M0 0\"></path></svg></p>",
        "<table><tbody><tr><td><pre>a\n\n  b</pre></td></tr></tbody></table>",
        "<details open=\"\"><summary>a</summary><p>b</p></details>",
    ];
    for html in cases {
        written(html);
    }
}

#[test]
fn text_stays_text() {
    let signs = "<p>*a* _b_ [c](d) `e` &lt;f&gt; &amp;amp; ~g~ ^h^ ==i== {.j} $k$ l|m \\n a@b.nl www.x.nl http://x [^1] ![o](p) !!! %%q%% [[r]] :smile:</p>";
    written(signs);
    for begin in [
        "# a",
        "1. a",
        "- a",
        "+ a",
        "> a",
        ": a",
        "::: a",
        "--- a",
        "---",
        "===",
        "!!! note",
        "| a | b |",
        "[^1]: x",
        "*[A]: b",
        "```",
        "~~~",
        "    a",
        "---\ntitle: x\n---",
    ] {
        let text = begin.replace('>', "&gt;");
        written(&format!("<p>{text}</p><p>b<br>{text}</p><ul><li>{text}</li></ul><h2>{text}</h2>"));
    }
}

#[test]
fn nesting_costs_no_more_than_it_must() {
    let deep = |open: &str, close: &str, times: usize| {
        format!("{}<p>x</p>{}", open.repeat(times), close.repeat(times))
    };
    let began = std::time::Instant::now();
    for html in [
        deep("<ul><li>a<blockquote>", "</blockquote></li></ul>", 25),
        deep("<blockquote>", "</blockquote>", 60),
        deep("<ul><li>a", "</li></ul>", 45),
        deep("<div class=\"x\">", "</div>", 60),
    ] {
        write(&html);
    }
    assert!(began.elapsed().as_secs() < 60);
}
