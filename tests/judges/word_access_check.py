"""Plays Word's Accessibility Checker over DOCX files, and compares their semantics with the HTML they were made from.

Usage: word_access_check.py FOLDER-OR-FILE...    every rule over every DOCX; where slug.html lies beside, that too
       word_access_check.py --self-test          only shows that every rule sees a document with its fault; each run does first

The rules are those of Microsoft's "Rules for the Accessibility Checker" that concern Word, those that it had earlier
(repeated blanks, blank rows, link words), and WCAG 2.1's contrast. An error fails the run; a warning is printed with
--warnings: what Word calls one (merged cells, nested tables) can be what an article has to say.
"""

import html.parser
import io
import pathlib
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

from as_seen import as_seen

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
DC = "{http://purl.org/dc/elements/1.1/}"
FILE_NAME = re.compile(r"\.(png|jpe?g|gif|svg|webp|tiff?|bmp)$|^(image|picture|afbeelding|img)[ _-]?\d*$", re.I)
EMPTY_WORDS = {
    "hier", "klik hier", "klik", "lees meer", "lees verder", "meer", "link", "deze link",
    "here", "click here", "click", "read more", "more", "this link", "this page",
}  # fmt: skip
TYPED_BULLET = re.compile(r"^\s*([•◦▪●○■‣]|[-–*]\s)")
OFF = {"0", "false", "off"}


def val(element, path, name="val"):
    found = element.find(path) if element is not None else None
    return None if found is None else found.get(W + name)


def on(element, path):
    found = element.find(path) if element is not None else None
    return None if found is None else found.get(W + "val", "1") not in OFF


class Package:
    """The parts of a DOCX that the rules look at."""

    def __init__(self, data):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            read = lambda name: ET.fromstring(package.read(name)) if name in names else None
            self.document = read("word/document.xml")
            self.styles = read("word/styles.xml")
            self.settings = read("word/settings.xml")
            self.properties = read("docProps/core.xml")
            relations = read("word/_rels/document.xml.rels")
            notes = [name for name in names if re.match(r"word/(header|footer|footnotes)\d*\.xml$", name)]
            self.parts = [self.document, *(read(name) for name in sorted(notes))]
        self.links = {relation.get("Id"): relation.get("Target") for relation in relations or ()}
        self.style = {style.get(W + "styleId"): style for style in self.styles.iter(W + "style")}
        self.default = next(
            (s.get(W + "styleId") for s in self.styles.iter(W + "style")
             if s.get(W + "type") == "paragraph" and s.get(W + "default") == "1"), None)  # fmt: skip

    def chain(self, identifier):
        """A style and those that it is based on, nearest first."""
        found = []
        while identifier in self.style and self.style[identifier] not in found:
            found.append(self.style[identifier])
            identifier = val(found[-1], W + "basedOn")
        return found

    def level(self, paragraph):
        """The outline level of a paragraph, from 1; None of text."""
        for source in [paragraph, *self.chain(self.style_of(paragraph))]:
            level = val(source, f"{W}pPr/{W}outlineLvl")
            if level is not None:
                return int(level) + 1 if int(level) < 9 else None
        return None

    def is_ruled(self, paragraph):
        """Whether a paragraph draws a line, by itself or by its style."""
        style = next((s for s in self.styles.iter(W + "style") if s.get(W + "styleId") == self.style_of(paragraph)), None)
        return any(part is not None and part.find(f"{W}pPr/{W}pBdr") is not None for part in (paragraph, style))

    def style_of(self, paragraph):
        return val(paragraph, f"{W}pPr/{W}pStyle") or self.default


def text_of(element):
    parts = []
    for node in element.iter():
        if node.tag == W + "t":
            parts.append(node.text or "")
        elif node.tag in (W + "tab", W + "br"):
            parts.append(" ")
    return " ".join("".join(parts).split())


def has_picture(element):
    return next(element.iter(WP + "docPr"), None) is not None


# Each rule takes a package and gives (what is wrong) for each offence.


def alternative_text(package):
    for part in package.parts:
        for properties in part.iter(WP + "docPr"):
            said = (properties.get("descr") or "").strip()
            mark = next(properties.iter(DECORATIVE), None)
            decorative = mark is not None and mark.get("val") not in OFF
            name = properties.get("name")
            if decorative == bool(said):
                yield f"{name}: {'decoration that speaks' if said else 'no alternative text'}"
            elif FILE_NAME.search(said):
                yield f"{name}: its alternative text is a file's name: {said}"


def table_headers(package):
    for part in package.parts:
        for table in part.iter(W + "tbl"):
            rows = table.findall(W + "tr")
            heads = [on(row, f"{W}trPr/{W}tblHeader") is True for row in rows]
            first = val(table, f"{W}tblPr/{W}tblLook", "firstRow") == "1"
            style = val(table, f"{W}tblPr/{W}tblStyle")
            if style and not (first and heads[:1] == [True]):
                yield f"a table of data without a header row: {text_of(table)[:60]}"
            elif not style and (first or any(heads)):
                yield f"a header row in a table that only arranges: {text_of(table)[:60]}"
            elif True in heads[sum(heads) :]:
                yield f"a header row below others: {text_of(table)[:60]}"


def blank_cells(package):
    for part in package.parts:
        for table in part.iter(W + "tbl"):
            if val(table, f"{W}tblPr/{W}tblStyle") is None:
                continue
            for row in table.findall(W + "tr"):
                if not text_of(row) and not has_picture(row):
                    yield f"an empty row: {text_of(table)[:60]}"
            columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
            cells = [row.findall(W + "tc") for row in table.findall(W + "tr")]
            for at in range(columns):
                column = [row[at] for row in cells if len(row) == columns]
                if column and not any(text_of(cell) or has_picture(cell) for cell in column):
                    yield f"an empty column: {text_of(table)[:60]}"


def inline_objects(package):
    for part in package.parts:
        for tag in (WP + "anchor", W + "pict", W + "object"):
            for _ in part.iter(tag):
                yield f"an object that is not in line with the text ({tag.split('}')[1]})"


def headings(package):
    last = 0
    for paragraph in package.document.iter(W + "p"):
        level = package.level(paragraph)
        if level is None:
            continue
        words = text_of(paragraph)
        if not words and not has_picture(paragraph):
            yield f"a heading of level {level} without words"
        if level > last + 1:
            yield f"level {level} after level {last}: {words[:60]}"
        last = level
    if last == 0:
        yield "no heading"


def link_words(package):
    for part in package.parts:
        for link in part.iter(W + "hyperlink"):
            words = text_of(link)
            spoken = any((item.get("descr") or "").strip() for item in link.iter(WP + "docPr"))
            if not words and not spoken:
                yield "a link without words"
            elif words.casefold().strip(" .›»→") in EMPTY_WORDS:
                yield f"a link that does not say where it leads: {words}"


def title_and_language(package):
    for name, what in (("title", "title"), ("language", "language")):
        if not (package.properties.findtext(DC + name) or "").strip():
            yield f"no {what} in the properties"
    if not val(package.styles, f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"):
        yield "no language in the defaults"
    if not val(package.settings, W + "themeFontLang"):
        yield "no language in the settings"


def repeated_blanks(package):
    for part in package.parts:
        for parent in part.iter():
            blank = 0
            for child in parent:
                empty = child.tag == W + "p" and not text_of(child) and not has_picture(child)
                ruled = empty and package.is_ruled(child)
                blank = blank + 1 if empty and not ruled else 0
                if blank == 2:
                    yield "empty paragraphs in a row"
        for paragraph in part.iter(W + "p"):
            if "Preformatted" in (package.style_of(paragraph) or ""):
                continue
            words = "".join(node.text or "" for node in paragraph.iter(W + "t"))
            if re.search(r"[ \u00a0]{4,}", words):
                yield f"spaces in a row: {words.strip()[:60]}"


def typed_lists(package):
    for part in package.parts:
        for paragraph in part.iter(W + "p"):
            words = "".join(node.text or "" for node in paragraph.iter(W + "t"))
            # A row of asterisks between two sections is no item.
            if TYPED_BULLET.match(words) and re.search(r"\w{2}", words):
                yield f"a bullet that is typed: {words.strip()[:60]}"


def protection(package):
    for tag in ("documentProtection", "updateFields", "writeProtection"):
        if package.settings.find(W + tag) is not None:
            yield f"the settings have {tag}"


def luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_of(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def contrast(package):
    defaults = package.styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    fill_of = lambda source: next((f for f in [val(source, W + "shd", "fill")] if f not in (None, "auto")), None)
    seen = set()

    def check(paragraph, behind):
        chain = package.chain(package.style_of(paragraph))
        shades = [fill_of(s.find(W + "pPr")) for s in [paragraph, *chain] if s.find(W + "pPr") is not None]
        behind = next(filter(None, shades), behind)
        for run in paragraph.iter(W + "r"):
            words = "".join(node.text or "" for node in run.iter(W + "t")).strip()
            if not words:
                continue
            own = run.find(W + "rPr")
            sources = [own, *(s.find(W + "rPr") for s in package.chain(val(own, W + "rStyle"))),
                       *(s.find(W + "rPr") for s in chain), defaults]  # fmt: skip
            sources = [source for source in sources if source is not None]
            first = lambda read, otherwise: next((v for v in map(read, sources) if v is not None), otherwise)
            color = first(lambda s: val(s, W + "color"), "auto")
            under = first(fill_of, behind)
            if color == "auto":
                color = "000000" if luminance(under) > 0.18 else "FFFFFF"
            points = int(first(lambda s: val(s, W + "sz"), "20")) / 2
            large = points >= 18 or points >= 14 and first(lambda s: on(s, W + "b"), False)
            ratio = contrast_of(color, under)
            if ratio < (3.0 if large else 4.5) - 0.005 and (color, under) not in seen:
                seen.add((color, under))
                yield f"{ratio:.2f} for #{color} on #{under}: {words[:60]}"

    def ground(table, at):
        """The ground that a table's style gives the cells of a row."""
        heads = "firstRow" if at == 0 and val(table, f"{W}tblPr/{W}tblLook", "firstRow") == "1" else None
        for style in package.chain(val(table, f"{W}tblPr/{W}tblStyle")):
            head = style.find(f"{W}tblStylePr[@{W}type='{heads}']")
            for part in (head, style):
                fill = fill_of(part.find(W + "tcPr")) if part is not None and part.find(W + "tcPr") is not None else None
                if fill is not None:
                    return fill
        return None

    def walk(element, behind):
        row = 0
        for child in element:
            if child.tag == W + "p":
                yield from check(child, behind)
            elif child.tag == W + "tc":
                yield from walk(child, fill_of(child.find(W + "tcPr")) or behind)
            elif child.tag == W + "tr":
                yield from walk(child, ground(element, row) or behind)
                row += 1
            else:
                yield from walk(child, behind)

    for part in package.parts:
        yield from walk(part, "FFFFFF")


def simple_tables(package):
    for part in package.parts:
        for table in part.iter(W + "tbl"):
            if next((inner for cell in table.iter(W + "tc") for inner in cell.iter(W + "tbl")), None) is not None:
                yield f"a table in a table: {text_of(table)[:60]}"
            if any(next(table.iter(W + tag), None) is not None for tag in ("gridSpan", "vMerge")):
                yield f"merged cells: {text_of(table)[:60]}"


ERRORS = [
    alternative_text, table_headers, blank_cells, inline_objects, headings, link_words, title_and_language,
    repeated_blanks, typed_lists, protection, contrast,
]  # fmt: skip
WARNINGS = [simple_tables]


class Semantics(html.parser.HTMLParser):
    """What the HTML says beside its words: headings, alternative texts, tables with headers, languages, links."""

    VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}

    def __init__(self):
        super().__init__()
        self.headings, self.alternatives, self.languages, self.links = [], [], set(), []
        self.data_tables, self.open, self.lang = 0, [], ""

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        outer = self.open[-1] if self.open else {}
        hidden = outer.get("hidden") or attributes.get("aria-hidden") == "true" or tag in ("head", "template")
        contents = outer.get("contents") or attributes.get("role") == "doc-toc"
        lang = attributes.get("lang") or outer.get("lang", "")
        alternative = (attributes.get("alt") or "").strip()
        if tag == "img" and alternative and not hidden and attributes.get("role") not in ("none", "presentation"):
            self.alternatives.append(" ".join(alternative.split()))
        if tag not in self.VOID:
            frame = {"tag": tag, "hidden": hidden, "contents": contents, "lang": lang, "text": [], "attributes": attributes}
            self.open.append(frame)

    def handle_endtag(self, tag):
        while self.open:
            frame = self.open.pop()
            words = " ".join("".join(frame["text"]).split())
            if self.open:
                self.open[-1]["text"] += frame["text"] if not frame["hidden"] else []
                if frame["tag"] in ("th", "td"):
                    self.cell(frame["tag"])
            name, shown = frame["tag"], not frame["hidden"]
            if re.fullmatch("h[1-6]", name) and shown and not frame["contents"] and words:
                self.headings.append((int(name[1]), words))
            if name == "table" and frame.get("headed") and shown:
                self.data_tables += 1
            if name == "a" and shown and words and frame["attributes"].get("href", "").startswith("http"):
                self.links.append(words)
            if name == tag:
                break

    def cell(self, tag):
        """Notes of the table whose cell ends whether its first row is its head, or of headings only."""
        row = next((outer for outer in reversed(self.open) if outer["tag"] == "tr"), None)
        table = next((outer for outer in reversed(self.open) if outer["tag"] == "table"), None)
        if row is not None and table is not None and table.setdefault("first", row) is row:
            in_head = any(outer["tag"] == "thead" for outer in self.open)
            table["headed"] = in_head or (table.get("headed", True) and tag == "th")

    def handle_data(self, data):
        if self.open:
            self.open[-1]["text"].append(data)
            if data.strip() and not self.open[-1]["hidden"]:
                self.languages.add(self.open[-1]["lang"].split("-")[0])


def comparable(text):
    return re.sub(r"[\W_]+", "", text.replace("\u00ad", "")).casefold()


def headings_with_labels(package):
    """Level and words of each heading. A label in a frame right before it, such as a large numeral, is in the HTML part
    of it."""
    label = ""
    for paragraph in package.document.iter(W + "p"):
        words, level = text_of(paragraph), package.level(paragraph)
        if level and words:
            yield level, label + words
        framed = paragraph.find(f"{W}pPr/{W}framePr") is not None
        label = words if framed and len(words) <= 6 else ""


def same_semantics(package, source):
    """What the DOCX does not say of what its HTML does."""
    wanted = Semantics()
    wanted.feed(source)
    # On paper a layout may say more than on the web, such as the addresses of links under a heading of their own.
    rest = iter((level, comparable(words)) for level, words in headings_with_labels(package))
    for level, words in wanted.headings:
        if (level, comparable(words)) not in rest:
            yield f"no heading of level {level} at its place: {words}"
            break
    said = [" ".join((item.get("descr") or "").split()) for p in package.parts for item in p.iter(WP + "docPr")]
    missing = [text for text in wanted.alternatives if text not in said]
    if missing:
        yield f"alternative texts that are not there: {missing}"
    tables = sum(val(t, f"{W}tblPr/{W}tblStyle") is not None for t in package.document.iter(W + "tbl"))
    if tables != wanted.data_tables:
        yield f"{tables} tables of data instead of {wanted.data_tables}"
    languages = {
        (mark.get(W + name) or "").split("-")[0]
        for root in [*package.parts, package.styles]
        for mark in root.iter(W + "lang")
        for name in ("val", "bidi", "eastAsia")
    }
    lost = wanted.languages - languages - {""}
    if lost:
        yield f"languages that no run has: {sorted(lost)}"
    links = {comparable(text_of(link)) for part in package.parts for link in part.iter(W + "hyperlink")}
    for words in wanted.links:
        if comparable(words) and comparable(words) not in links:
            yield f"a link that is none: {words}"


def main(arguments):
    files = []
    for path in map(pathlib.Path, (a for a in arguments if not a.startswith("--"))):
        files += sorted(path.glob("*.docx")) if path.is_dir() else [path]
    failed = warned = 0
    for file in files:
        package = Package(file.read_bytes())
        faults = [(rule.__name__, what) for rule in ERRORS for what in rule(package)]
        source = file.with_suffix(".html")
        if source.exists():
            faults += [("same_semantics", what) for what in same_semantics(package, as_seen(source.read_text("utf-8")))]
        for rule, what in faults:
            print(f"{file}: {rule}: {what}")
        failed += bool(faults)
        warnings = [(rule.__name__, what) for rule in WARNINGS for what in rule(package)]
        warned += len(warnings)
        if "--warnings" in arguments:
            for rule, what in warnings:
                print(f"{file}: warning: {rule}: {what}")
    print(f"word's checker: {len(files) - failed} passed, {failed} failed, {warned} warnings")
    return 1 if failed or not files else 0


# The self-test: a document without fault, and one change for each.

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
)
GOOD = {
    "word/document.xml": f"""<w:document {NAMESPACES}><w:body>
<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Title</w:t></w:r></w:p>
<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Part</w:t></w:r></w:p>
<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="A bridge"/></wp:inline></w:drawing></w:r></w:p>
<w:p><w:r><w:drawing><wp:inline><wp:docPr id="2" name="Picture 2"><a:extLst><a:ext><adec:decorative val="1"/></a:ext></a:extLst></wp:docPr></wp:inline></w:drawing></w:r></w:p>
<w:p><w:hyperlink r:id="l"><w:r><w:t>The report of 2025</w:t></w:r></w:hyperlink></w:p>
<w:tbl><w:tblPr><w:tblStyle w:val="Table"/><w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>
<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Sum</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>2025</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>2026</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>
<w:p/>
<w:tbl><w:tblPr><w:tblLook w:firstRow="0"/></w:tblPr><w:tr><w:tc><w:tcPr><w:shd w:fill="FFFFFF"/></w:tcPr><w:p><w:r><w:t>A card</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>""",
    "word/styles.xml": f'<w:styles {NAMESPACES}><w:style w:type="table" w:styleId="Table"><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:fill="EEEEEE"/></w:tcPr></w:tblStylePr></w:style><w:docDefaults><w:rPrDefault><w:rPr><w:color w:val="222222"/><w:lang w:val="nl-NL"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>',
    "word/settings.xml": f'<w:settings {NAMESPACES}><w:themeFontLang w:val="nl-NL"/></w:settings>',
    "docProps/core.xml": '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Title</dc:title><dc:language>nl-NL</dc:language></p>',
    "word/_rels/document.xml.rels": '<Relationships><Relationship Id="l" Target="https://a.nl/"/></Relationships>',
}  # fmt: skip
HTML = """<html lang=nl><h1>Title</h1><h2>Part</h2><img alt="A bridge"><a href="https://a.nl/">The report of 2025</a>
<table><tr><th>Year</th><th>Sum</th></tr><tr><td>2025</td><td></td></tr><tr><td>2026</td><td></td></tr></table>
<p>A card</p></html>"""
FAULTS = [
    ("alternative_text", "document", ' descr="A bridge"', ""),
    ("alternative_text", "document", 'descr="A bridge"', 'descr="bridge.PNG"'),
    ("alternative_text", "document", '<adec:decorative val="1"/>', ""),
    ("alternative_text", "document", 'name="Picture 2"', 'name="Picture 2" descr="speaks"'),
    ("table_headers", "document", "<w:tblHeader/>", '<w:tblHeader w:val="0"/>'),
    ("table_headers", "document", 'w:firstRow="1"', 'w:firstRow="0"'),
    ("table_headers", "document", '<w:tblStyle w:val="Table"/>', ""),
    ("blank_cells", "document", "</w:tr></w:tbl>", "</w:tr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
    ("blank_cells", "document", "<w:r><w:t>Sum</w:t></w:r></w:p></w:tc></w:tr>", "</w:p></w:tc></w:tr>"),
    ("inline_objects", "document", "wp:inline", "wp:anchor"),
    ("headings", "document", 'w:outlineLvl w:val="1"', 'w:outlineLvl w:val="2"'),
    ("headings", "document", "<w:r><w:t>Part</w:t></w:r>", ""),
    ("link_words", "document", ">The report of 2025<", ">Klik hier<"),
    ("link_words", "document", ">The report of 2025<", "><"),
    ("title_and_language", "core", "<dc:title>Title<", "<dc:title> <"),
    ("title_and_language", "core", "<dc:language>nl-NL<", "<dc:language><"),
    ("title_and_language", "styles", '<w:lang w:val="nl-NL"/>', ""),
    ("title_and_language", "settings", 'w:val="nl-NL"', ""),
    ("repeated_blanks", "document", "<w:p/>", "<w:p/><w:p/>"),
    ("repeated_blanks", "document", ">A card<", ">A     card<"),
    ("typed_lists", "document", ">A card<", ">• A card<"),
    ("protection", "settings", "<w:themeFontLang", "<w:updateFields/><w:themeFontLang"),
    ("contrast", "document", 'w:fill="FFFFFF"', 'w:fill="333333"'),
    ("contrast", "styles", 'w:val="222222"', 'w:val="999999"'),
    ("contrast", "styles", 'w:fill="EEEEEE"', 'w:fill="333333"'),
    ("simple_tables", "document", "<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2"/>'),
    ("same_semantics", "html", "<h2>Part</h2>", "<h3>Part</h3>"),
    ("same_semantics", "html", "</html>", "<h2>More</h2></html>"),
    ("same_semantics", "html", "A bridge", "A ferry"),
    ("same_semantics", "html", "<th>Sum</th>", "<td>Sum</td>"),
    ("same_semantics", "html", "<p>A card", "<p lang=en>A card"),
    ("same_semantics", "html", ">The report of 2025<", ">The report of 2026<"),
]  # fmt: skip


def fired(parts, source):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    package = Package(data.getvalue())
    rules = {rule.__name__ for rule in ERRORS + WARNINGS if list(rule(package))}
    return rules | ({"same_semantics"} if list(same_semantics(package, source)) else set())


def self_test():
    assert fired(GOOD, HTML) == set(), fired(GOOD, HTML)
    for rule, part, old, new in FAULTS:
        parts, source = dict(GOOD), HTML
        if part == "html":
            assert old in source, old
            source = source.replace(old, new)
        else:
            name = next(name for name in parts if name.endswith(f"{part}.xml"))
            assert old in parts[name], old
            parts[name] = parts[name].replace(old, new)
        rules = fired(parts, source)
        assert rule in rules, f"{rule} does not see {old!r} → {new!r}: {rules}"
    silent = {rule.__name__ for rule in ERRORS + WARNINGS} - {rule for rule, *_ in FAULTS}
    assert not silent, f"no fault for {silent}"
    print(f"word's checker: {len(FAULTS)} faults seen")


if __name__ == "__main__":
    self_test()
    sys.exit(0 if "--self-test" in sys.argv else main(sys.argv[1:]))
