use proptest::prelude::*;

use super::*;
use crate::read::clean::is_clean;

fn read(text: &str) -> Body {
    body(&Source::new(&"a.md".into(), text)).unwrap()
}

/// The HTML without its lines, which tests of their own look at.
fn html(text: &str) -> String {
    let html = read(text).html;
    let mut parts = html.split(" data-line=\"");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain += part.split_once('"').map_or("", |(_, rest)| rest);
    }
    plain.replace('\n', "")
}

#[test]
fn extensions_give_html() {
    let cases = [
        ("a ~~b~~ www.x.nl", "<p>a <del>b</del> <a href=\"http://www.x.nl\">www.x.nl</a></p>"),
        (
            "|a|b|\n|-|-:|\n|1|2|",
            "<table><thead><tr><th>a</th><th align=\"right\">b</th></tr></thead><tbody><tr><td>1</td><td align=\"right\">2</td></tr></tbody></table>",
        ),
        (
            "- [x] a\n- [ ] b",
            "<ul><li class=\"task done\"><span class=\"checkbox\">☑</span> a</li><li class=\"task\"><span class=\"checkbox\">☐</span> b</li></ul>",
        ),
        (
            "- [x] a\n\n- [ ] b",
            "<ul><li class=\"task done\"> <p><span class=\"checkbox\">☑</span> a</p></li><li class=\"task\"> <p><span class=\"checkbox\">☐</span> b</p></li></ul>",
        ),
        ("T\n: D", "<dl><dt>T</dt><dd>D</dd></dl>"),
        ("::: callout\n### Kop\n:::", "<div class=\"callout\"><h3 id=\"kop\">Kop</h3></div>"),
        ("> [!tip]\n> x", "<div class=\"callout tip\"><p>x</p></div>"),
        (
            "> [!tip] Kijk\n> x",
            "<div class=\"callout tip\"><p class=\"callout-title\">Kijk</p><p>x</p></div>",
        ),
        (
            "a[^1]\n\n[^1]: n",
            "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup></p><section class=\"footnotes\" role=\"doc-endnotes\"><ol><li id=\"fn-1\"><p>n </p></li></ol></section>",
        ),
        (
            "![x](a.png \"T\"){.wide}",
            "<figure class=\"wide\"><img src=\"a.png\" alt=\"x\"><figcaption>T</figcaption></figure>",
        ),
        ("<p onclick=x>a <b>b</b><script>x</script></p>", "<p>a <b>b</b></p>"),
    ];
    for (text, expected) in cases {
        assert_eq!(html(text), expected, "{text}");
    }
}

#[test]
fn attributes_find_their_elements() {
    let cases = [
        ("## a {.b #c}", "<h2 class=\"b\" id=\"c\">a</h2>"),
        ("a\nb {.c}", "<p class=\"c\">ab</p>"),
        ("a\n{.c}", "<p class=\"c\">a</p>"),
        ("- a {.x}\n- b\n{.y}", "<ul class=\"y\"><li class=\"x\">a</li><li>b</li></ul>"),
        ("> a\n\n{.y}", "<blockquote class=\"y\"><p>a</p></blockquote>"),
        (
            "|a|\n|-|\n|1 {.x}|\n\n{.y}",
            "<table class=\"y\"><thead><tr><th>a</th></tr></thead><tbody><tr><td class=\"x\">1</td></tr></tbody></table>",
        ),
        ("a [b](c){.d} *e*{.f}.", "<p>a <a href=\"c\" class=\"d\">b</a> <em class=\"f\">e</em>.</p>"),
        ("a \\{.b}", "<p>a {.b}</p>"),
        ("a\n\n{: .b}\nc *d*", "<p>a</p><p class=\"b\">c <em>d</em></p>"),
        ("a\n\n{: .b}\n## c", "<p>a</p><h2 class=\"b\" id=\"c\">c</h2>"),
        ("a\n{: .b}\n\nc", "<p class=\"b\">a</p><p>c</p>"),
        ("a {b}", "<p>a {b}</p>"),
        ("{.b}", "<p>{.b}</p>"),
        ("a {onclick=x}", "<p>a</p>"),
    ];
    for (text, expected) in cases {
        assert_eq!(html(text), expected.replace('\n', ""), "{text}");
    }
}

#[test]
fn fenced_divs_nest_however_long_their_fences() {
    let inner = "<div class=\"a\"><p>1</p><div class=\"b\" id=\"c\"><p>2</p></div><p>3</p></div><p>4</p>";
    for text in [
        "::: a\n1\n\n::: {.b #c}\n2\n:::\n\n3\n:::\n\n4",
        ":::: a\n1\n::: {.b #c} :::\n2\n:::\n3\n::::\n\n4",
        "::: a\n1\n:::::: b {#c}\n2\n:::\n3\n:::::::\n4",
    ] {
        assert_eq!(html(text), inner, "{text}");
    }
    assert_eq!(
        html("::: note Let op\nx\n:::"),
        "<div class=\"callout note\"><p class=\"callout-title\">Let op</p><p>x</p></div>"
    );
    assert_eq!(html("- ::: a\n  1\n  :::"), "<ul><li><div class=\"a\"><p>1</p></div></li></ul>");
    assert_eq!(html("```\n::: a\n```"), "<pre><code>::: a</code></pre>");
}

#[test]
fn fences_that_stand_alone_are_told() {
    let never = read("x\n\n::: a\ny");
    assert_eq!(never.warnings.len(), 1);
    assert_eq!(never.warnings[0].place.as_ref().and_then(|place| place.line), Some(3));
    let stray = read("x\n\n:::\n\ny");
    assert_eq!(stray.warnings.len(), 1);
    assert!(stray.html.contains(":::</p>"), "{}", stray.html);
}

#[test]
fn lines_are_those_of_the_file() {
    let text = "---\ntitle: A\n---\n# B\n\nx\n\n<div>\n<p>y</p>\n</div>\n\n- z\n";
    let file = "a.md".into();
    let body = body(&Source { file: &file, text, start: 17 }).unwrap();
    assert_eq!(body.title.as_deref(), Some("B"));
    let lines: Vec<&str> = body
        .html
        .split('<')
        .filter_map(|tag| {
            tag.split_once(" data-line=\"").map(|(_, line)| line.split('"').next().unwrap_or(""))
        })
        .collect();
    assert_eq!(lines, ["6", "8", "9", "12", "12"], "{}", body.html);
}

#[test]
fn what_the_program_adds_has_no_line() {
    let body = read("<div>\nx\n</div>\n\na[^1]\n\n[^1]: n");
    assert!(body.html.contains("<ol>") && body.html.contains("<div data-line=\"1\">"), "{}", body.html);
}

#[test]
fn absurd_nesting_is_one_error() {
    let file = "a.md".into();
    for text in [
        "> ".repeat(5000) + "x",
        "<div>".repeat(5000),
        "- ".repeat(5000) + "x",
        "*".repeat(20000) + "x",
        "::: a\n".repeat(5000),
    ] {
        if let Err(errors) = body(&Source::new(&file, &text)) {
            assert_eq!((errors.len(), errors[0].code), (1, "too-deep"));
        }
    }
}

proptest! {
    #[test]
    fn nothing_that_is_written_makes_it_panic(
        pieces in prop::collection::vec(prop_oneof![
            8 => prop::sample::select(vec![
                "\n", "\n\n", "# ", "::: a\n", ":::\n", "{.a #b}", "{x=\"y\"}", "- ", "1. ", "> ", "|a|b|\n|-|-|\n", "[x](y)",
                "![x](y \"z\")", "[^1]", "[^1]: ", "```\n", "<div>", "</p>", "<table>", "<svg><title>", "<script>", "<!--@7-->",
                "*", "_", "`", "~~", ": ", "&lt;", "- [x] ", "> [!note] ", "    ", "w",
                "$", "\\(", "\\)", "$$", "{{< figure src=\"a\" >}}", "{{% note %}}", "{{% /note %}}", "{% raw %}", "{% endraw %}",
                "{% highlight x %}", "{% endhighlight %}", "{{< quote a >}}", "{{< /quote >}}", "{{ a.b }}", "{{<", "%}", "[TOC]\n", "* x\n{:toc}\n",
            ]).prop_map(str::to_owned),
            1 => any::<String>(),
        ], 0..50)
    ) {
        let text = pieces.concat();
        if let Ok(body) = body(&Source::new(&"a.md".into(), &text)) {
            prop_assert!(is_clean(&body.html), "{}", body.html);
            let last = text.split('\n').count();
            let lines = body.html.split(" data-line=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<usize>().ok());
            prop_assert!(lines.into_iter().all(|line| (1..=last).contains(&line)), "{}", body.html);
        }
    }
}
