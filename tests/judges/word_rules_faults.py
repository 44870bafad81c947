"""A Word document without fault, and faults put into it on purpose, each with the rule of word_rules_check.py that has to
find it."""

import io
import zipfile

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
)
KEY = "{00000000-0000-0000-0000-000000000000}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def field(instruction, result):
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def picture(identifier, relation):
    return f"""<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900" cy="600"/><wp:docPr id="{identifier}" name="Picture"/>
<a:graphic><a:blip r:embed="{relation}"/><a:srcRect l="1000"/><a:xfrm><a:ext cx="900" cy="600"/></a:xfrm></a:graphic></wp:inline></w:drawing></w:r></w:p>"""


GOOD = {
    "[Content_Types].xml": """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="a/b"/>
<Default Extension="png" ContentType="image/png"/><Default Extension="odttf" ContentType="a/c"/>
<Default Extension="svg" ContentType="image/svg+xml"/><Override PartName="/word/document.xml" ContentType="a/d"/></Types>""",
    "_rels/.rels": f"""<Relationships {RELATIONS}><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="b" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>""",
    "docProps/core.xml": """<p xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/"><dc:title>Title</dc:title>
<t:created>2026-01-02T03:04:05Z</t:created></p>""",
    "word/document.xml": f"""<w:document {NAMESPACES}><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:bookmarkStart w:id="1" w:name="_title"/><w:r><w:t>Title</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>
<w:p><w:hyperlink w:anchor="_title" w:tooltip="Up"><w:r><w:rPr><w:rStyle w:val="Link"/></w:rPr><w:t xml:space="preserve">To the title </w:t></w:r></w:hyperlink>
<w:hyperlink r:id="l"><w:r><w:t>Elsewhere</w:t></w:r></w:hyperlink>{field("PAGEREF _title", "1")}{field("STYLEREF &quot;heading 1&quot;", "Title")}</w:p>
<w:p><w:pPr><w:pStyle w:val="ListNumber"/></w:pPr><w:r><w:t>First</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:ind w:left="200"/></w:pPr><w:r><w:t>Deeper</w:t></w:r></w:p>
<w:p><w:sdt><w:sdtPr><w:alias w:val="Trainer"/><w:tag w:val="trainer"/><w:id w:val="7"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>Anna</w:t></w:r></w:sdtContent></w:sdt>
<w:sdt><w:sdtPr><w:id w:val="8"/><w:showingPlcHdr/><w:date w:fullDate="2026-03-12T00:00:00Z"><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="nl-NL"/></w:date></w:sdtPr><w:sdtContent><w:r><w:t>Date</w:t></w:r></w:sdtContent></w:sdt></w:p>
<w:tbl><w:tblPr><w:tblStyle w:val="Data"/></w:tblPr><w:tblGrid><w:gridCol w:w="500"/><w:gridCol w:w="500"/></w:tblGrid>
<w:tr><w:tc><w:tcPr><w:tcW w:w="500"/><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>Who</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:shd w:fill="FFEEDD" w:color="auto"/><w:tcBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="112233"/></w:tcBorders></w:tcPr><w:p/></w:tc></w:tr></w:tbl>
{picture(1, "p")}{picture(2, "v")}
<w:sectPr><w:headerReference w:type="first" r:id="h"/><w:pgSz w:w="11906" w:h="16838"/><w:titlePg/></w:sectPr></w:body></w:document>""",
    "word/_rels/document.xml.rels": f"""<Relationships {RELATIONS}>
<Relationship Id="l" Type="{OFFICE}/hyperlink" Target="https://a.nl/b?c=d#e" TargetMode="External"/>
<Relationship Id="p" Type="{OFFICE}/image" Target="media/p.png"/><Relationship Id="v" Type="{OFFICE}/image" Target="media/v.svg"/>
<Relationship Id="h" Type="{OFFICE}/header" Target="header1.xml"/><Relationship Id="f" Type="{OFFICE}/fontTable" Target="fontTable.xml"/>
<Relationship Id="n" Type="{OFFICE}/numbering" Target="numbering.xml"/><Relationship Id="o" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>
<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/><Relationship Id="t" Type="{OFFICE}/theme" Target="theme/theme1.xml"/>
<Relationship Id="e" Type="{OFFICE}/settings" Target="settings.xml"/></Relationships>""",
    "word/header1.xml": f"<w:hdr {NAMESPACES}><w:p><w:r><w:t>Head</w:t></w:r></w:p></w:hdr>",
    "word/footnotes.xml": f"""<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnote></w:footnotes>""",
    "word/settings.xml": f"""<w:settings {NAMESPACES}><w:footnotePr><w:footnote w:id="-1"/></w:footnotePr>
<w:compat><w:compatSetting w:name="compatibilityMode" w:val="15"/></w:compat></w:settings>""",
    "word/styles.xml": f"""<w:styles {NAMESPACES}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:link w:val="Link"/><w:rPr><w:color w:val="102030" w:themeColor="accent1"/><w:sz w:val="40"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Link"><w:name w:val="Hyperlink"/><w:link w:val="Heading1"/></w:style>
<w:style w:type="paragraph" w:styleId="ListNumber"><w:name w:val="List Number"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="table" w:styleId="Data"><w:name w:val="Data Table"/></w:style></w:styles>""",
    "word/numbering.xml": f"""<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:pStyle w:val="ListNumber"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>""",
    "word/fontTable.xml": f'<w:fonts {NAMESPACES}><w:font w:name="Serif"><w:embedRegular r:id="x" w:fontKey="{KEY}"/></w:font></w:fonts>',
    "word/_rels/fontTable.xml.rels": f'<Relationships {RELATIONS}><Relationship Id="x" Type="{OFFICE}/font" Target="fonts/x.odttf"/></Relationships>',
    "word/fonts/x.odttf": b"\0\1\0\0" + bytes(40),
    "word/media/p.png": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "word/media/v.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "word/theme/theme1.xml": "<theme/>",
}  # fmt: skip

# The rule, the part, and what becomes what in it.
FAULTS = [
    ("part_names", "word/header1.xml", "twin", "word/HEADER1.xml"),
    ("part_names", "word/header1.xml", "twin", "word/a b.xml"),
    ("content_types", "[Content_Types].xml", 'Extension="png"', 'Extension="gif"'),
    ("content_types", "[Content_Types].xml", "/word/document.xml", "/word/document2.xml"),
    ("relationships", "word/_rels/document.xml.rels", 'Id="h"', 'Id="p"'),
    ("relationships", "word/_rels/document.xml.rels", "media/p.png", "media/q.png"),
    ("relationships", "word/theme/theme1.xml", "twin", "word/theme/theme2.xml"),
    ("references", "word/document.xml", 'r:embed="p"', 'r:embed="q"'),
    ("references", "word/document.xml", 'r:id="h"', 'r:id="p"'),
    ("references", "word/document.xml", 'r:id="l"', 'r:id=""'),
    ("addresses", "word/_rels/document.xml.rels", "https://a.nl/b?c=d#e", "https://"),
    ("addresses", "word/_rels/document.xml.rels", "https://a.nl/b?c=d#e", "https://a.nl/a b"),
    ("addresses", "word/_rels/document.xml.rels", "https://a.nl/b?c=d#e", "https://a.nl/%zz"),
    ("addresses", "word/_rels/document.xml.rels", "https://a.nl/b?c=d#e", "https://a.nl:port/"),
    ("addresses", "word/_rels/document.xml.rels", "https://a.nl/b?c=d#e", "https://a.nl/" + "b" * 2100),
    ("addresses", "word/_rels/document.xml.rels", 'Target="media/p.png"', 'Target="https://a.nl/p.png" TargetMode="External"'),
    ("links", "word/document.xml", 'w:anchor="_title"', 'w:anchor="_tilte"'),
    ("links", "word/document.xml", 'w:anchor="_title"', 'w:anchor=""'),
    ("links", "word/document.xml", 'w:tooltip="Up"', f'w:tooltip="{"up" * 131}"'),
    ("links", "word/document.xml", "<w:r><w:t>Elsewhere</w:t></w:r>", '<w:hyperlink w:anchor="_title"/>'),
    ("bookmarks", "word/document.xml", '<w:bookmarkEnd w:id="1"/>', ""),
    ("bookmarks", "word/document.xml", '<w:bookmarkEnd w:id="1"/>', '<w:bookmarkEnd w:id="1"/><w:bookmarkEnd w:id="2"/>'),
    ("bookmarks", "word/document.xml", 'w:name="_title"/>', 'w:name="_title"/><w:bookmarkStart w:id="2" w:name="_TITLE"/><w:bookmarkEnd w:id="2"/>'),
    ("bookmarks", "word/document.xml", 'w:name="_title"', 'w:name="the title"'),
    ("bookmarks", "word/document.xml", 'w:name="_title"', f'w:name="{"t" * 41}"'),
    ("fields", "word/document.xml", '<w:fldChar w:fldCharType="end"/>', ""),
    ("fields", "word/document.xml", '<w:fldChar w:fldCharType="begin"/>', ""),
    ("fields", "word/document.xml", '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="begin" w:dirty="1"/>'),
    ("fields", "word/document.xml", "> PAGEREF _title <", "> <"),
    ("field_targets", "word/document.xml", "PAGEREF _title", "PAGEREF _tilte"),
    ("field_targets", "word/document.xml", "heading 1&quot;", "heading 2&quot;"),
    ("content_controls", "word/document.xml", '<w:id w:val="8"/>', '<w:id w:val="7"/>'),
    ("content_controls", "word/document.xml", '<w:id w:val="8"/>', ""),
    ("content_controls", "word/document.xml", 'w:val="trainer"', f'w:val="{"t" * 65}"'),
    ("content_controls", "word/document.xml", "<w:r><w:t>Anna</w:t></w:r>", "<w:p/>"),
    ("content_controls", "word/document.xml", "<w:r><w:t>Anna</w:t></w:r>", "<w:r><w:t>A</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>B</w:t></w:r>"),
    ("content_controls", "word/document.xml", "<w:r><w:t>Anna</w:t></w:r>", "<w:hyperlink w:anchor='_title'><w:r><w:t>A</w:t></w:r></w:hyperlink>"),
    ("content_controls", "word/document.xml", "<w:t>Date</w:t>", ""),
    ("content_controls", "word/document.xml", "2026-03-12T00:00:00Z", "12 maart 2026"),
    ("content_controls", "word/document.xml", '<w:lid w:val="nl-NL"/>', ""),
    ("tables", "word/document.xml", "<w:gridCol w:w=\"500\"/><w:gridCol", "<w:gridCol"),
    ("tables", "word/document.xml", '<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="3"/>'),
    ("tables", "word/document.xml", "</w:tcPr><w:p/></w:tc></w:tr></w:tbl>", "</w:tcPr></w:tc></w:tr></w:tbl>"),
    ("merged_cells", "word/document.xml", '<w:vMerge w:val="restart"/>', ""),
    ("merged_cells", "word/document.xml", "<w:vMerge/></w:tcPr><w:p/>", "<w:vMerge/></w:tcPr><w:p><w:r><w:t>Lost</w:t></w:r></w:p>"),
    ("style_names", "word/styles.xml", 'w:val="Hyperlink"', 'w:val="HEADING 1"'),
    ("style_names", "word/styles.xml", 'w:styleId="ListNumber"', 'w:styleId="Heading1"'),
    ("style_names", "word/styles.xml", 'w:val="Hyperlink"', 'w:val="Link, blue"'),
    ("style_names", "word/styles.xml", 'w:styleId="ListNumber"', 'w:styleId="ListNumber" w:default="1"'),
    ("style_ties", "word/styles.xml", '<w:basedOn w:val="Normal"/>', '<w:basedOn w:val="Heading1"/>'),
    ("style_ties", "word/styles.xml", '<w:next w:val="Normal"/>', '<w:next w:val="Link"/>'),
    ("style_ties", "word/styles.xml", '<w:link w:val="Heading1"/>', ""),
    ("style_ties", "word/document.xml", '<w:rStyle w:val="Link"/>', '<w:rStyle w:val="Heading1"/>'),
    ("style_ties", "word/document.xml", '<w:tblStyle w:val="Data"/>', '<w:tblStyle w:val="Date"/>'),
    ("numbering", "word/numbering.xml", '<w:abstractNumId w:val="0"/>', '<w:abstractNumId w:val="1"/>'),
    ("numbering", "word/numbering.xml", "%1.%2", "%1.%3"),
    ("numbering", "word/numbering.xml", '<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="0">'),
    ("numbering", "word/numbering.xml", "</w:num>", '</w:num><w:abstractNum w:abstractNumId="1"/>'),
    ("numbering", "word/document.xml", '<w:numId w:val="1"/>', '<w:numId w:val="2"/>'),
    ("list_styles", "word/styles.xml", '<w:numId w:val="1"/>', '<w:ilvl w:val="1"/><w:numId w:val="1"/>'),
    ("list_styles", "word/numbering.xml", '<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="ListNumber"/>'),
    ("measures", "word/styles.xml", '<w:sz w:val="40"/>', '<w:sz w:val="3277"/>'),
    ("measures", "word/document.xml", 'w:left="200"', 'w:left="31681"'),
    ("measures", "word/document.xml", 'w:left="200"', 'w:left="2.5"'),
    ("borders", "word/document.xml", 'w:sz="4" w:space="0"', 'w:sz="100" w:space="0"'),
    ("borders", "word/document.xml", 'w:sz="4" w:space="0"', 'w:sz="4" w:space="32"'),
    ("colors", "word/document.xml", "FFEEDD", "#FFEED"),
    ("colors", "word/styles.xml", '"102030"', '"red"'),
    ("colors", "word/styles.xml", '"accent1"', '"accent7"'),
    ("drawings", "word/document.xml", '<wp:docPr id="2"', '<wp:docPr id="1"'),
    ("drawings", "word/document.xml", 'cx="900" cy="600"', 'cx="900" cy="0"'),
    ("drawings", "word/document.xml", '<wp:extent cx="900"', '<wp:extent cx="901"'),
    ("drawings", "word/document.xml", 'l="1000"', 'l="60000" r="40000"'),
    ("media", "word/media/p.png", b"PNG", b"GIF"),
    ("media", "word/media/v.svg", b' xmlns="http://www.w3.org/2000/svg"', b""),
    ("fonts", "word/fontTable.xml", KEY, KEY.replace("0}", "1}")),
    ("fonts", "word/fontTable.xml", KEY, KEY.strip("{}")),
    ("footnotes", "word/document.xml", '<w:footnoteReference w:id="1"/>', '<w:footnoteReference w:id="2"/>'),
    ("footnotes", "word/settings.xml", '<w:footnote w:id="-1"/>', ""),
    ("sections", "word/document.xml", "<w:titlePg/>", ""),
    ("sections", "word/document.xml", 'w:type="first"', 'w:type="even"'),
    ("sections", "word/document.xml", "<w:pgSz ", '<w:pgSz w:orient="landscape" '),
    ("sections", "word/document.xml", "</w:sectPr></w:body>", "</w:sectPr><w:p/></w:body>"),
    ("characters", "word/document.xml", ">Anna<", ">An\tna<"),
    ("characters", "word/document.xml", ' xml:space="preserve">To', ">To"),
    ("namespaces", "word/document.xml", 'mc:Ignorable="w14"', 'mc:Ignorable="w14 w15"'),
    ("prompts", "word/settings.xml", "<w:compat>", '<w:updateFields w:val="true"/><w:compat>'),
    ("prompts", "word/settings.xml", 'w:val="15"', 'w:val="12"'),
    ("prompts", "word/document.xml", "<w:r><w:t>Anna</w:t></w:r>", "<w:ins><w:r><w:t>Anna</w:t></w:r></w:ins>"),
    ("properties", "docProps/core.xml", "2026-01-02T03:04:05Z", "2 januari 2026"),
    ("properties", "docProps/core.xml", "<dc:title>Title</dc:title>", "<dc:title>Title</dc:title><dc:title>Again</dc:title>"),
]  # fmt: skip


def packed(parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return data.getvalue()


def broken(part, old, new):
    """The document with a fault: a part twice, or with something else in it."""
    parts = dict(GOOD)
    if old == "twin":
        parts[new] = parts[part]
    else:
        assert old in parts[part], (part, old)
        parts[part] = parts[part].replace(old, new, 1)
    return packed(parts)


def self_test(read, rules):
    """Shows that no rule finds a fault where none is, and each those that are its own."""
    fired = lambda data: {rule.__name__ for rule in rules if list(rule(read(data)))}
    assert fired(packed(GOOD)) == set(), {rule.__name__: list(rule(read(packed(GOOD)))) for rule in rules}
    for rule, part, old, new in FAULTS:
        found = fired(broken(part, old, new))
        assert rule in found, f"{rule} does not see {old!r} → {new!r} in {part}: {found}"
    silent = {rule.__name__ for rule in rules} - {rule for rule, *_ in FAULTS}
    assert not silent, f"no fault for {silent}"
    print(f"word's rules: {len(FAULTS)} faults seen")
