"""What Word refuses, repairs or asks about when it opens a DOCX, though the schema and the Open XML SDK may let it pass.

Usage: word_rules_check.py FOLDER-OR-FILE...    every rule over every DOCX
       word_rules_check.py --self-test          only shows that every rule sees a document with its fault; each run does first

Each rule says where it comes from: ISO/IEC 29500-1 (WordprocessingML, DrawingML), 29500-2 (packages, "OPC"), Microsoft's
list of Word's limits, or what Word does. One line a failure, exit 1 if there is one.
"""

import io
import pathlib
import posixpath
import re
import sys
import zipfile
from collections import Counter

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
SHEET = 31680  # 22 inches in twentieths of a point, the largest sheet
SHEET_EMU = 20116800
MOST_COLUMNS = 63
OFF = {"0", "false", "off"}


def val(element, path="", name="val"):
    found = element if element is None or not path else element.find(path)
    return None if found is None else found.get(W + name)


def number(text):
    return int(text) if re.fullmatch(r"-?\d+", text or "") else None


def text_of(element):
    return "".join(node.text or "" for node in element.iter(W + "t"))


class Package:
    """A DOCX: its parts as bytes and as trees, and its relationships."""

    def __init__(self, data):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.names = archive.namelist()
            self.bytes = {name: archive.read(name) for name in self.names}
        is_xml = lambda name: name.endswith((".xml", ".rels")) and not name.startswith("customXml/")
        self.trees = {name: etree.fromstring(data) for name, data in self.bytes.items() if is_xml(name)}
        self.relations = {name: list(tree) for name, tree in self.trees.items() if name.endswith(".rels")}
        self.document = self.trees["word/document.xml"]
        self.styles = self.trees.get("word/styles.xml", etree.Element(W + "styles"))
        self.settings = self.trees.get("word/settings.xml", etree.Element(W + "settings"))
        self.numbering = self.trees.get("word/numbering.xml", etree.Element(W + "numbering"))
        self.footnotes = self.trees.get("word/footnotes.xml", etree.Element(W + "footnotes"))
        story = re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml$")
        self.stories = {name: tree for name, tree in sorted(self.trees.items()) if story.match(name)}
        self.bookmarks = {mark.get(W + "name") for mark in self.each("bookmarkStart")}

    def each(self, *tags):
        """Elements of the stories, in their order."""
        for tree in self.stories.values():
            yield from tree.iter(*(W + tag if not tag.startswith("{") else tag for tag in tags))

    def relations_of(self, name):
        folder, file = posixpath.split(name)
        return {item.get("Id"): item for item in self.relations.get(posixpath.join(folder, "_rels", file + ".rels"), ())}

    def target(self, name, relation):
        """The part that a relation of part `name` leads to; None where that is outside the package."""
        if relation.get("TargetMode") == "External":
            return None
        target = relation.get("Target")
        return target.lstrip("/") if target.startswith("/") else posixpath.normpath(
            posixpath.join(posixpath.dirname(name), target))  # fmt: skip


def source_of(relations):
    """The part whose relationships are in this part; the package itself is ""."""
    folder, file = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))


# Each rule takes a package and gives what is wrong, a line for each offence.


def part_names(package):
    """OPC 6.2.2 and 6.3.5: names of parts are unique without regard to case, none is a folder; Word shows a file with
    another as damaged. The content types come first, or a reader of a stream does not know what follows."""
    seen = Counter(name.lower() for name in package.names)
    for name, times in seen.items():
        if times > 1:
            yield f"{times} parts are called {name}"
    for name in package.names:
        if name.endswith("/") or not re.fullmatch(r"(\[Content_Types\]|[A-Za-z0-9_./-]+)(\.\w+)?", name):
            yield f"no name of a part: {name}"
    if package.names[0] != "[Content_Types].xml":
        yield f"the first part is {package.names[0]}"


def content_types(package):
    """OPC 7.2.3: every part has a content type, no two, and none is declared for a part that is not there."""
    overrides, defaults = Counter(), Counter()
    for item in package.trees["[Content_Types].xml"]:
        if item.tag.endswith("}Override"):
            overrides[item.get("PartName").lstrip("/")] += 1
        else:
            defaults[item.get("Extension").lower()] += 1
    for name, times in (overrides | defaults).items():
        if times > 1:
            yield f"{times} content types for {name}"
    for name in overrides:
        if name not in package.bytes:
            yield f"a content type for {name}, which is not there"
    for name in package.names:
        if name != "[Content_Types].xml" and name not in overrides and name.rsplit(".", 1)[-1].lower() not in defaults:
            yield f"no content type for {name}"


def relationships(package):
    """OPC 6.5.3: identifiers are unique, targets exist, and every part is the target of one."""
    reached = {"[Content_Types].xml", *package.relations}
    for name, items in package.relations.items():
        source = source_of(name)
        if source and source not in package.bytes:
            yield f"{name} belongs to no part"
        for identifier, times in Counter(item.get("Id") for item in items).items():
            if times > 1 or not re.fullmatch(r"[A-Za-z_][\w.-]*", identifier):
                yield f"{name}: {times} × the identifier {identifier}"
        for item in items:
            target = package.target(source, item)
            reached.add(target)
            if target is not None and target not in package.bytes:
                yield f"{name}: {target} is not there"
    for name in package.names:
        if name not in reached:
            yield f"nothing leads to {name}"


# Where an element of this name has a relationship, and of which type it has to be.
TYPES = {
    W + "headerReference": "header", W + "footerReference": "footer", W + "hyperlink": "hyperlink", A + "blip": "image",
    W + "embedRegular": "font", W + "embedBold": "font", W + "embedItalic": "font", W + "embedBoldItalic": "font",
}  # fmt: skip


def references(package):
    """29500-1, 9.2: what refers to a relationship refers to one of its own part, of the right type. Word does not open a
    document otherwise ("unreadable content")."""
    for name, tree in package.trees.items():
        if name.endswith(".rels"):
            continue
        known = package.relations_of(name)
        for element in tree.iter():
            for attribute, identifier in element.attrib.items():
                if not attribute.startswith(R):
                    continue
                if identifier not in known:
                    yield f"{name}: {element.tag.split('}')[1]} refers to {identifier or 'nothing'}, which is not there"
                    continue
                kind = known[identifier].get("Type").rsplit("/", 1)[-1]
                if TYPES.get(element.tag, kind) != kind:
                    yield f"{name}: {element.tag.split('}')[1]} refers to a relationship of type {kind}"


def addresses(package):
    """OPC 6.5.3.4: the target of a hyperlink is a URI. Word calls the whole file damaged for one that is none, and takes
    2,083 characters at most; nothing but links leads outside, so that Word has nothing to ask about."""
    for name, items in package.relations.items():
        for item in items:
            target, kind = item.get("Target"), item.get("Type").rsplit("/", 1)[-1]
            if item.get("TargetMode") != "External":
                continue
            if kind != "hyperlink":
                yield f"{name}: {kind} comes from {target}"
            elif len(target) > 2083:
                yield f"{name}: an address of {len(target)} characters"
            elif not is_uri(target):
                yield f"{name}: no address: {target}"


def is_uri(target):
    """RFC 3986, 4.1, as strictly as Word's own parser: an authority is a host with perhaps a port, and nothing is empty."""
    if not re.fullmatch(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}|[^\x00-\x7f])+", target):
        return False
    scheme, colon, rest = target.partition(":")
    if not colon or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
        return True
    if scheme.lower() == "mailto":
        return rest.partition("?")[0].count("@") >= 1
    if not rest.startswith("//"):
        return scheme.lower() not in ("http", "https", "ftp") and rest != ""
    authority = re.split(r"[/?#]", rest[2:], maxsplit=1)[0]
    host, _, port = authority.rpartition("@")[2].partition(":") if "[" not in authority else (authority, "", "")
    return (host != "" or scheme.lower() == "file") and re.fullmatch(r"\d{0,5}", port) is not None


def links(package):
    """29500-1, 17.16.22: a hyperlink leads somewhere: to a bookmark that is there, or along a relationship. Word's screen
    tips have 260 characters at most."""
    for link in package.each("hyperlink"):
        anchor, tip = link.get(W + "anchor"), link.get(W + "tooltip") or ""
        if not anchor and not link.get(R + "id"):
            yield f"a link that leads nowhere: {text_of(link)[:60]}"
        elif anchor and not link.get(R + "id") and anchor not in package.bookmarks:
            yield f"a link to {anchor}, which is not there"
        if len(tip) > 260:
            yield f"a screen tip of {len(tip)} characters"
        if next(link.iterancestors(W + "hyperlink"), None) is not None:
            yield f"a link in a link: {text_of(link)[:60]}"


def bookmarks(package):
    """29500-1, 17.13.6: each begins once and ends once, after that and in the same part. Word drops bookmarks whose names
    it has already seen, in whatever case, that begin with a digit, have other signs than letters, digits and lines, or
    are longer than 40 characters."""
    names, identifiers = Counter(), Counter()
    for part, tree in package.stories.items():
        open_marks = set()
        for mark in tree.iter(W + "bookmarkStart", W + "bookmarkEnd"):
            identifier = mark.get(W + "id")
            if mark.tag == W + "bookmarkStart":
                open_marks.add(identifier)
                identifiers[identifier] += 1
                names[mark.get(W + "name").lower()] += 1
                if not re.fullmatch(r"[^\W\d]\w{0,39}", mark.get(W + "name")):
                    yield f"no name for a bookmark: {mark.get(W + 'name')}"
                if number(identifier) is None or not 0 <= int(identifier) < 2**31:
                    yield f"no identifier for a bookmark: {identifier}"
            elif identifier in open_marks:
                open_marks.remove(identifier)
            else:
                yield f"{part}: bookmark {identifier} ends and has not begun"
        for identifier in open_marks:
            yield f"{part}: bookmark {identifier} does not end"
    for what, counter in (("name", names), ("identifier", identifiers)):
        for key, times in counter.items():
            if times > 1:
                yield f"{times} bookmarks with the {what} {key}"


def fields(package):
    """29500-1, 17.16.18: begin, separate and end follow each other, nested at most, within their story, cell and link; an
    instruction stands between the first two. None asks to be brought up to date (`w:dirty`)."""
    for part, tree in package.stories.items():
        opened = []
        for mark in tree.iter(W + "fldChar", W + "instrText", W + "fldSimple"):
            home = next((p for p in mark.iterancestors(W + "tc", W + "footnote", W + "hyperlink")), None)
            kind = mark.get(W + "fldCharType")
            if mark.get(W + "dirty") not in (None, *OFF):
                yield f"{part}: a field asks to be brought up to date"
            if mark.tag == W + "instrText":
                if opened and opened[-1][1] == "begin":
                    opened[-1][2] += mark.text or ""
                else:
                    yield f"{part}: an instruction outside of a field"
            elif kind == "begin":
                opened.append([home, "begin", ""])
            elif kind in ("separate", "end"):
                if not opened or kind == opened[-1][1]:
                    yield f"{part}: a field has its {kind} where none has begun"
                    continue
                if not opened[-1][2].strip():
                    yield f"{part}: a field without an instruction"
                if opened[-1][0] is not home and opened[-1][0] not in (home.iterancestors() if home is not None else ()):
                    if not opened[-1][2].strip().startswith("TOC"):
                        yield f"{part}: the field {opened[-1][2].strip()} leaves its cell or link"
                opened[-1][1] = kind
                if kind == "end":
                    opened.pop()
        for _, _, instruction in opened:
            yield f"{part}: the field {instruction.strip()} does not end"


INSTRUCTION = re.compile(r'^\s*(PAGEREF|REF|NOTEREF|STYLEREF)\s+(?:"([^"]+)"|(\S+))')


def field_targets(package):
    """29500-1, 17.16.5: what a field looks for is there, or Word writes "Error! Bookmark not defined" when it is brought up
    to date, which printing does."""
    names = {val(style, W + "name").lower() for style in package.styles.iter(W + "style")}
    instructions = [mark.text or "" for mark in package.each("instrText")]
    instructions += [mark.get(W + "instr") or "" for mark in package.each("fldSimple")]
    for instruction in instructions:
        found = INSTRUCTION.match(instruction)
        if not found:
            continue
        kind, target = found[1], found[2] or found[3]
        if kind == "STYLEREF" and target.lower() not in names and not target.isdigit():
            yield f"{instruction.strip()}: there is no such style"
        elif kind != "STYLEREF" and target not in package.bookmarks:
            yield f"{instruction.strip()}: there is no such bookmark"


def content_controls(package):
    """29500-1, 17.5.2: identifiers are unique (Word gives new ones to those that are not), the content fits the place, and
    a control for plain text holds text alone. Titles and tags have 64 characters at most (Word: "is too long"), and a
    control that says it shows its placeholder shows one."""
    seen = Counter()
    for control in package.each("sdt"):
        properties, content = control.find(W + "sdtPr"), control.find(W + "sdtContent")
        identifier = val(properties, W + "id") if properties is not None else None
        seen[identifier] += 1
        if identifier is None or number(identifier) in (None, 0) or not -(2**31) <= int(identifier) < 2**31:
            yield f"a content control with the identifier {identifier}"
        if content is None or len(content) == 0:
            yield f"an empty content control: {identifier}"
            continue
        for name in ("alias", "tag"):
            if len(val(properties, W + name) or "") > 64:
                yield f"the {name} of a content control is longer than 64 characters"
        inside = {child.tag for child in content}
        parent = control.getparent().tag
        at_line = parent in (W + "p", W + "hyperlink") or parent == W + "sdtContent" and W + "r" in inside
        at_row = parent in (W + "tr",)
        wanted = {W + "r", W + "hyperlink", W + "bookmarkStart", W + "bookmarkEnd", W + "sdt", W + "fldSimple"}
        wanted = wanted if at_line else {W + "tc"} if at_row else {W + "p", W + "tbl", W + "sdt", W + "bookmarkStart", W + "bookmarkEnd"}
        if inside - wanted:
            yield f"content control {identifier} holds {sorted(tag.split('}')[1] for tag in inside - wanted)}"
        if properties.find(W + "text") is not None:
            looks = {etree.tostring(run.find(W + "rPr")) if run.find(W + "rPr") is not None else b"" for run in content.iter(W + "r")}
            if len(looks) > 1:
                yield f"content control {identifier} is for plain text and has {len(looks)} looks"
            if any(True for _ in content.iter(W + "drawing", W + "hyperlink", W + "fldChar", W + "footnoteReference")):
                yield f"content control {identifier} is for plain text and holds more"
            if len(list(content.iter(W + "p"))) > 1:
                yield f"content control {identifier} is for plain text and holds paragraphs"
        if properties.find(W + "showingPlcHdr") is not None and not text_of(content):
            yield f"content control {identifier} shows no placeholder"
        date = properties.find(W + "date")
        if date is not None:
            full = date.get(W + "fullDate")
            if full is not None and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", full):
                yield f"content control {identifier} has the date {full}"
            if not val(date, W + "dateFormat") or not val(date, W + "lid"):
                yield f"content control {identifier} does not say how its date is written"
    for identifier, times in seen.items():
        if times > 1:
            yield f"{times} content controls with the identifier {identifier}"


def tables(package):
    """29500-1, 17.4: a table has a grid, rows have cells, a cell ends with a paragraph; what the cells of a row span are the
    columns of the grid, 63 at most. Word calls the file damaged where a cell has no paragraph."""
    for table in package.each("tbl"):
        what = text_of(table)[:40]
        grid = table.find(W + "tblGrid")
        columns = len(grid) if grid is not None else 0
        if not 1 <= columns <= MOST_COLUMNS:
            yield f"{columns} columns: {what}"
        rows = list(table.iterfind(W + "tr"))
        if not rows:
            yield f"a table without rows: {what}"
        for row in rows:
            cells = row.findall(W + "tc") + row.findall(f"{W}sdt/{W}sdtContent/{W}tc")
            spans = [number(val(cell, f"{W}tcPr/{W}gridSpan") or "1") for cell in cells]
            aside = sum(number(val(row, f"{W}trPr/{W}{name}") or "0") for name in ("gridBefore", "gridAfter"))
            if not cells or sum(spans) + aside != columns:
                yield f"a row of {sum(spans) + aside} columns where there are {columns}: {what}"
            for cell in cells:
                if len(cell) == 0 or cell[-1].tag != W + "p":
                    yield f"a cell that does not end with a paragraph: {text_of(cell)[:40]}"


def merged_cells(package):
    """29500-1, 17.4.84: what goes on from above (`w:vMerge`) stands below a cell of the same columns that begins or goes
    on; Word shows it as a cell of its own otherwise, and words in it are hidden."""
    for table in package.each("tbl"):
        above = {}
        for row in table.iterfind(W + "tr"):
            at, merged = number(val(row, f"{W}trPr/{W}gridBefore") or "0"), {}
            for cell in row.iterfind(W + "tc"):
                span = number(val(cell, f"{W}tcPr/{W}gridSpan") or "1")
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None:
                    merged[at] = span
                    if merge.get(W + "val") != "restart":
                        if above.get(at) != span:
                            yield f"a cell goes on from none: {text_of(table)[:40]}"
                        if text_of(cell):
                            yield f"hidden words: {text_of(cell)[:40]}"
                at += span
            above = merged


def style_names(package):
    """29500-1, 17.7.4.9: names of styles are unique, whatever their case (Word renames the second), and no longer than 253
    characters; identifiers are unique, and each type has one default at most."""
    names, identifiers, defaults = Counter(), Counter(), Counter()
    for style in package.styles.iter(W + "style"):
        name = val(style, W + "name") or ""
        names[name.lower()] += 1
        names.update(alias.strip().lower() for alias in (val(style, W + "aliases") or "").split(",") if alias.strip())
        identifiers[style.get(W + "styleId")] += 1
        if style.get(W + "default") not in (None, *OFF):
            defaults[style.get(W + "type")] += 1
        if not name or len(name) > 253 or re.search(r"[,;{}\\]", name):
            yield f"no name for a style: {name}"
    for what, counter in (("name", names), ("identifier", identifiers), ("default for", defaults)):
        for key, times in counter.items():
            if times > 1:
                yield f"{times} styles with the {what} {key}"


def style_ties(package):
    """29500-1, 17.7.4: the style that another is based on is of its type, the chain has no end in itself and no more than
    ten links; `w:next` is a paragraph's, `w:link` goes both ways between a paragraph's and a character's; what text, tables
    and levels of lists say their style is is one of that type. What is not there Word takes for Normal."""
    known = {style.get(W + "styleId"): style for style in package.styles.iter(W + "style")}
    kind = lambda identifier: known[identifier].get(W + "type") if identifier in known else None
    for identifier, style in known.items():
        chain, at = [], identifier
        while at in known and at not in chain:
            chain.append(at)
            at = val(known[at], W + "basedOn")
        if at in chain or len(chain) > 11:
            yield f"{identifier} is based on {' on '.join(chain[1:])}"
        for tie, wanted in (("basedOn", style.get(W + "type")), ("next", "paragraph")):
            target = val(style, W + tie)
            if target is not None and kind(target) != wanted:
                yield f"{identifier}: {tie} is {target}, {kind(target) or 'which is not there'}"
        link = val(style, W + "link")
        if link is not None and ({kind(link), kind(identifier)} != {"paragraph", "character"} or val(known[link], W + "link") != identifier):
            yield f"{identifier}: its link {link} does not lead back"
    for tag, wanted in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
        places = [*package.each(tag), *package.numbering.iter(W + tag)]
        for name in sorted({place.get(W + "val") for place in places if kind(place.get(W + "val")) != wanted}):
            yield f"{tag} is {name}, {kind(name) or 'which is not there'}"


def numbering(package):
    """29500-1, 17.9: definitions come before instances, each once; an instance has its definition, a paragraph or style its
    instance; levels are 0 to 8, and a level's text counts none below it. Word drops the numbering of the document
    otherwise."""
    tags = [child.tag for child in package.numbering if child.tag in (W + "abstractNum", W + "num")]
    if tags != sorted(tags, key=lambda tag: tag == W + "num"):
        yield "a definition stands after an instance"
    definitions = Counter(item.get(W + "abstractNumId") for item in package.numbering.iter(W + "abstractNum"))
    instances = Counter(item.get(W + "numId") for item in package.numbering.iterfind(W + "num"))
    for what, counter in (("definitions", definitions), ("instances", instances)):
        yield from (f"{times} {what} with the number {key}" for key, times in counter.items() if times > 1)
    for item in package.numbering.iterfind(W + "num"):
        if val(item, W + "abstractNumId") not in definitions:
            yield f"instance {item.get(W + 'numId')} has no definition"
    for level in package.numbering.iter(W + "lvl"):
        at = number(level.get(W + "ilvl"))
        counted = [int(digit) for digit in re.findall(r"%(\d)", val(level, W + "lvlText") or "")]
        if at is None or not 0 <= at <= 8 or any(not 1 <= digit <= at + 1 for digit in counted):
            yield f"level {at} with the text {val(level, W + 'lvlText')}"
    for definition in package.numbering.iter(W + "abstractNum"):
        levels = [level.get(W + "ilvl") for level in definition.iterfind(W + "lvl")]
        if levels != [str(at) for at in range(len(levels))]:
            yield f"the levels {levels} in a definition"
    for place in [*package.each("numPr"), *package.styles.iter(W + "numPr")]:
        at, instance = number(val(place, W + "ilvl") or "0"), val(place, W + "numId")
        if instance not in (None, "0") and instance not in instances or at is None or not 0 <= at <= 8:
            yield f"a paragraph in level {at} of list {instance}, which is not there"


def list_styles(package):
    """29500-1, 17.9.23: the level of a list that names a style (`w:pStyle`) and the style's own `w:numPr` lead to each
    other, else applying the style gives another number; no style stands at two levels of a definition."""
    styles = {style.get(W + "styleId"): style for style in package.styles.iter(W + "style")}
    definition_of = {item.get(W + "numId"): val(item, W + "abstractNumId") for item in package.numbering.iterfind(W + "num")}
    named = Counter()
    for definition in package.numbering.iter(W + "abstractNum"):
        for level in definition.iterfind(W + "lvl"):
            style = val(level, W + "pStyle")
            if style is None:
                continue
            named[style] += 1
            place = styles[style].find(f"{W}pPr/{W}numPr") if style in styles else None
            at = val(place, W + "ilvl") or "0" if place is not None else None
            back = definition_of.get(val(place, W + "numId")) if place is not None else None
            if (back, at) != (definition.get(W + "abstractNumId"), level.get(W + "ilvl")):
                yield f"{style} does not lead back to level {level.get(W + 'ilvl')} of definition {definition.get(W + 'abstractNumId')}"
    yield from (f"{style} is the style of {times} levels" for style, times in named.items() if times > 1)


# The least and the most that Word takes, and for which attribute of which element.
MEASURES = {
    "sz": {"val": (2, 3276)}, "szCs": {"val": (2, 3276)}, "position": {"val": (-3168, 3168)}, "w": {"val": (1, 600)},
    "kern": {"val": (0, 3276)}, "ind": {name: (-SHEET, SHEET) for name in ("left", "right", "start", "end", "firstLine", "hanging")},
    "spacing": {"before": (0, SHEET), "after": (0, SHEET), "line": (-SHEET, SHEET), "val": (-SHEET, SHEET)},
    "tab": {"pos": (-SHEET, SHEET)}, "trHeight": {"val": (0, SHEET)}, "tcW": {"w": (0, SHEET)}, "gridCol": {"w": (0, SHEET)},
    "tblInd": {"w": (-SHEET, SHEET)}, "pgSz": {"w": (144, SHEET), "h": (144, SHEET)}, "col": {"w": (720, SHEET)},
    "pgMar": {name: (-SHEET if name in ("top", "bottom") else 0, SHEET) for name in ("top", "bottom", "left", "right", "header", "footer", "gutter")},
    "cols": {"num": (1, 45), "space": (0, SHEET)}, "framePr": {"w": (0, SHEET), "h": (0, SHEET), "x": (-SHEET, SHEET), "y": (-SHEET, SHEET), "lines": (1, 10)},
    "outlineLvl": {"val": (0, 9)}, "startOverride": {"val": (0, 32767)}, "start": {"val": (0, 32767)},
}  # fmt: skip


def measures(package):
    """Word's limits: sizes of type to 1,638 pt, lengths to 22 inches, sheets from a tenth of an inch; it says "the measurement
    must be between" when a dialog meets another, or takes the file for damaged."""
    for name, tree in {**package.stories, "styles": package.styles, "numbering": package.numbering}.items():
        for element in tree.iter():
            for attribute, (least, most) in MEASURES.get(str(element.tag).removeprefix(W), {}).items():
                value = element.get(W + attribute)
                if value is not None and (number(value) is None or not least <= int(value) <= most):
                    yield f"{name}: {element.tag.removeprefix(W)} {attribute}={value}"


EDGES = {W + side for side in ("top", "left", "bottom", "right", "between", "bar", "insideH", "insideV", "start", "end", "bdr")}


def borders(package):
    """29500-1, 17.3.4 and 17.18.2: lines are 2 to 96 eighths of a point thick, and 31 points from the text at most."""
    for name, tree in {**package.stories, "styles": package.styles}.items():
        for edge in tree.iter(*EDGES):
            kind = edge.get(W + "val")
            if kind in (None, "none", "nil"):
                continue
            size, space = edge.get(W + "sz"), edge.get(W + "space")
            if size is not None and not 2 <= (number(size) or 0) <= 96 or not 0 <= (number(space or "0") or 0) <= 31:
                yield f"{name}: a line of {size} eighths, {space} pt away"


def colors(package):
    """29500-1, 17.18.38: a colour has six hexadecimal digits or is `auto`; one of the theme's is in the theme."""
    names = "dark1 light1 dark2 light2 accent1 accent2 accent3 accent4 accent5 accent6 hyperlink followedHyperlink none "
    names += "background1 text1 background2 text2"
    for name, tree in {**package.stories, "styles": package.styles, "numbering": package.numbering}.items():
        for element in tree.iter():
            plain = [element.get(W + "color"), element.get(W + "fill")]
            plain += [element.get(W + "val")] if element.tag == W + "color" else []
            for value in filter(None, plain):
                if value != "auto" and not re.fullmatch("[0-9A-Fa-f]{6}", value):
                    yield f"{name}: the colour {value}"
            for attribute in ("themeColor", "themeFill"):
                value = element.get(W + attribute)
                if value is not None and (value not in names.split() or "word/theme/theme1.xml" not in package.names):
                    yield f"{name}: the theme's colour {value}"


def drawings(package):
    """29500-1, 20.4.2.5 and 20.1.2.2.8: pictures have identifiers of their own over all parts (Word 2007 and strict readers
    call the file damaged otherwise), are larger than nothing and no larger than the largest sheet, and as large inside as
    outside; what is cut off of a picture is less than all."""
    seen = Counter()
    for properties in package.each(WP + "docPr"):
        identifier = properties.get("id")
        seen[identifier] += 1
        if number(identifier) is None or not 0 < int(identifier) < 2**31:
            yield f"a picture with the identifier {identifier}"
    yield from (f"{times} pictures with the identifier {key}" for key, times in seen.items() if times > 1)
    for drawing in package.each("drawing"):
        sizes = {(item.get("cx"), item.get("cy")) for item in [*drawing.iter(WP + "extent"), *drawing.iterfind(f".//{A}xfrm/{A}ext")]}
        for size in sizes:
            if any(number(side) is None or not 0 < int(side) <= SHEET_EMU for side in size):
                yield f"a picture of {size[0]} × {size[1]} EMU"
        if len(sizes) > 1:
            yield f"a picture with two sizes: {sorted(sizes)}"
        for cut in drawing.iter(A + "srcRect"):
            sides = {side: number(cut.get(side) or "0") for side in "ltrb"}
            if None in sides.values() or sides["l"] + sides["r"] >= 100000 or sides["t"] + sides["b"] >= 100000:
                yield f"a picture of which all is cut off: {sides}"


SIGNATURES = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "gif": b"GIF8"}


def media(package):
    """OPC 6.2.3: a part is what its ending, and so its content type, says; Word shows a red cross otherwise."""
    for name, data in package.bytes.items():
        if not name.startswith("word/media/"):
            continue
        ending = name.rsplit(".", 1)[-1].lower()
        if ending in SIGNATURES and not data.startswith(SIGNATURES[ending]):
            yield f"{name} is no {ending}"
        elif ending == "svg":
            try:
                if not etree.fromstring(data).tag.endswith("}svg"):
                    yield f"{name} has no svg in its namespace"
            except etree.XMLSyntaxError as error:
                yield f"{name}: {error}"


def fonts(package):
    """29500-1, 17.8.1: the first 32 bytes of an embedded font are mixed with its key, a GUID; without it there is a font."""
    table = package.trees.get("word/fontTable.xml")
    known = package.relations_of("word/fontTable.xml")
    for font in table if table is not None else ():
        for embedded in font:
            key = embedded.get(W + "fontKey")
            if key is None:
                continue
            if not re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", key):
                yield f"{font.get(W + 'name')}: no key: {key}"
                continue
            data = package.bytes.get(package.target("word/fontTable.xml", known[embedded.get(R + "id")]), b"")
            mask = bytes.fromhex(re.sub("[{}-]", "", key))[::-1]
            plain = bytes(byte ^ mask[at % 16] for at, byte in enumerate(data[:32]))
            if plain[:4] not in (b"\0\1\0\0", b"true", b"OTTO"):
                yield f"{font.get(W + 'name')}: no font behind its key"
    names = Counter(font.get(W + "name") for font in (table if table is not None else ()))
    yield from (f"{times} fonts are called {name}" for name, times in names.items() if times > 1)


def footnotes(package):
    """29500-1, 17.11: a call has its note, and a note its call, once; the lines above notes are those of the settings."""
    notes = Counter(note.get(W + "id") for note in package.footnotes.iterfind(W + "footnote") if note.get(W + "type") in (None, "normal"))
    lines = {note.get(W + "id") for note in package.footnotes.iterfind(W + "footnote")} - set(notes)
    calls = Counter(call.get(W + "id") for call in package.each("footnoteReference"))
    for identifier in sorted((calls - notes) + (notes - calls)):
        yield f"note {identifier}: {notes[identifier]} notes, {calls[identifier]} calls"
    said = {item.get(W + "id") for item in package.settings.iterfind(f"{W}footnotePr/{W}footnote")}
    if said != lines:
        yield f"the lines above notes are {sorted(lines)}, in the settings {sorted(said)}"
    for note in package.footnotes.iterfind(W + "footnote"):
        if note[-1:] == [] or note[-1].tag != W + "p":
            yield f"note {note.get(W + 'id')} does not end with a paragraph"


def sections(package):
    """29500-1, 17.6 and 17.10: the body ends with its section; others end with a paragraph of the body, not of a cell; a
    section has one header and footer of a kind, and those of left pages are there if the settings say so."""
    body = package.document.find(W + "body")
    if body[-1].tag != W + "sectPr":
        yield "the body does not end with its section"
    for section in body.iter(W + "sectPr"):
        if section.getparent().tag == W + "pPr" and section.getparent().getparent().getparent() is not body:
            yield "a section ends within a table"
        kinds = Counter((item.tag, item.get(W + "type")) for item in section.iterfind("*") if item.tag.endswith("Reference"))
        yield from (f"{times} × {tag.removeprefix(W)} {kind}" for (tag, kind), times in kinds.items() if times > 1)
        has = lambda name: any(kind == name for _, kind in kinds)
        if has("first") and section.find(W + "titlePg") is None:
            yield "a header of the first page that is not to be seen"
        if has("even") and package.settings.find(W + "evenAndOddHeaders") is None:
            yield "a header of left pages that is not to be seen"
        size = section.find(W + "pgSz")
        width, height = (number(size.get(W + side)) for side in "wh") if size is not None else (1, 1)
        if (width > height) != (val(size, name="orient") == "landscape") and width != height:
            yield f"a sheet of {width} × {height} that is {val(size, name='orient')}"


def characters(package):
    """XML 1.0, 2.2 and 29500-1, 17.3.3.31: text has no tabs, breaks or control characters, which Word would show as blanks,
    and says that its blanks at the ends are to stay."""
    for text in package.each("t", "delText"):
        words = text.text or ""
        if re.search(r"[\t\n\r\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", words):
            yield f"a control character: {words[:40]!r}"
        if words != words.strip(" ") and text.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            yield f"blanks that Word drops: {words[:40]!r}"


def namespaces(package):
    """29500-3, 10: prefixes that may be ignored or are required are declared; Word refuses the part otherwise."""
    for name, tree in package.trees.items():
        for element in tree.iter():
            said = [element.get(MC + "Ignorable"), element.get("Requires") if element.tag == MC + "Choice" else None]
            for prefix in " ".join(filter(None, said)).split():
                if prefix not in element.nsmap:
                    yield f"{name}: the prefix {prefix} is not declared"


def prompts(package):
    """What Word asks or says on opening: to bring fields up to date, that the file is protected or of an older Word
    (compatibility mode, which its title bar shows), that it has macros, a mail merge or a template elsewhere."""
    for tag in ("updateFields", "documentProtection", "writeProtection", "mailMerge", "attachedTemplate", "linkStyles", "trackRevisions"):
        if package.settings.find(W + tag) is not None:
            yield f"the settings have {tag}"
    modes = [item.get(W + "val") for item in package.settings.iter(W + "compatSetting") if item.get(W + "name") == "compatibilityMode"]
    if modes != ["15"]:
        yield f"compatibility mode {modes}"
    for name in package.names:
        if re.search(r"vbaProject|activeX|embeddings/|\.bin$", name):
            yield f"the file has {name}"
    for tag in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "commentReference", "altChunk", "object"):
        for _ in package.each(tag):
            yield f"the text has {tag}"


def properties(package):
    """OPC 8.3: there is one part of properties, with each property once, and dates as W3CDTF has them; Word calls the file
    damaged otherwise."""
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    found = [item for item in package.relations.get("_rels/.rels", ()) if item.get("Type") == kind]
    if len(found) != 1:
        yield f"{len(found)} parts of properties"
    for item in found:
        tree = package.trees[package.target("", item)]
        yield from (f"{times} × {tag}" for tag, times in Counter(child.tag for child in tree).items() if times > 1)
        for child in tree:
            is_date = child.tag.endswith(("}created", "}modified"))
            if is_date and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", child.text or ""):
                yield f"the date {child.text}"


RULES = [
    part_names, content_types, relationships, references, addresses, links, bookmarks, fields, field_targets,
    content_controls, tables, merged_cells, style_names, style_ties, numbering, list_styles, measures, borders, colors,
    drawings, media, fonts, footnotes, sections, characters, namespaces, prompts, properties,
]  # fmt: skip


def main(arguments):
    files = []
    for path in map(pathlib.Path, arguments):
        files += sorted(path.glob("*.docx")) if path.is_dir() else [path]
    failed = 0
    for file in files:
        package = Package(file.read_bytes())
        faults = [f"{rule.__name__}: {what}" for rule in RULES for what in rule(package)]
        for fault in faults:
            print(f"{file}: {fault}")
        failed += bool(faults)
    print(f"word's rules: {len(files) - failed} kept, {failed} broken, {len(RULES)} rules")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    import word_rules_faults

    word_rules_faults.self_test(Package, RULES)
    sys.exit(0 if "--self-test" in sys.argv else main(sys.argv[1:]))
