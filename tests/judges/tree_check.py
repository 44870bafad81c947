#!/usr/bin/env python3
"""Walks structure trees: `tree_check.py FILE_OR_FOLDER...` prints one line a failure and exits with 1 if there is any.

A second reader, which knows nothing but ISO 32000-1: it reads content streams through the fonts' own maps and takes no
help from where glyphs stand. Every marked content must belong to exactly one element, or be an artifact of a type, and
the parent tree must agree; elements must nest as the standard's tables have it; what is told twice must be the same.
Where there is an HTML of the same name, the text along the tree is that text, word for word and in order.
"""

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pikepdf

from html_text import OPTIONAL, exact_words, html_text, lost
from pdf_content import Reader, as_text

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-\w{4,8})*(-x(-\w{1,8})+)?$")
INLINE = {"Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Figure", "Formula", "Form"}
GROUPING = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private"}
BLOCK = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody"}
TABLE = {"Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"}
STANDARD = INLINE | GROUPING | BLOCK | TABLE
# What may stand in what (tables 333, 336 and 337), and what may stand nowhere else.
CHILDREN = {
    "TOC": {"TOC", "TOCI", "Caption"},
    "TOCI": {"Lbl", "Reference", "NonStruct", "P", "TOC"},
    "L": {"Caption", "L", "LI"},
    "LI": {"Lbl", "LBody"},
    "Table": {"Caption", "THead", "TBody", "TFoot", "TR"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}
PARENTS = {
    "TOCI": {"TOC"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
}


class Tree:
    """A document with its structure, read once."""

    def __init__(self, pdf):
        self.pdf, self.reader = pdf, Reader()
        self.root = pdf.Root["/StructTreeRoot"]
        self.roles = {str(key): str(value) for key, value in self.root.get("/RoleMap", {}).items()}
        self.pages = {sheet.objgen: number for number, sheet in enumerate(pdf.pages)}
        # Of each stream, a page's number or a form's objgen: what is in it, and its key in the parent tree.
        self.streams, self.keys = {}, {}
        for number, sheet in enumerate(pdf.pages):
            self.gather(number, sheet.obj, sheet.get("/Resources", {}), sheet)
        # Of each mark the elements that name it; of each annotation, too.
        self.owners, self.annotations = {}, {}
        self.elements, self.text, self.notes = [], [], []

    def gather(self, key, holder, resources, stream):
        if key in self.streams:
            return
        self.streams[key] = self.reader.read(stream, resources)
        self.keys[key] = holder.get("/StructParents")
        for form in self.streams[key].forms:
            self.gather(form.objgen, form, form["/Resources"], form)

    def role(self, element):
        role = str(element.get("/S", ""))[1:]
        seen = set()
        while role not in STANDARD and "/" + role in self.roles and role not in seen:
            seen.add(role)
            role = self.roles["/" + role][1:]
        return role

    @staticmethod
    def kids(element):
        return one_or_many(element.get("/K"))

    def walk(self):
        """Everything below the root in reading order; yields what does not hold."""
        if self.root.get("/Type") != "/StructTreeRoot":
            yield "the structure's root has no type"
        for kid in self.kids(self.root):
            yield from self.element(kid, self.root, None, self.text)

    def element(self, element, parent, page, text):
        role, page = self.role(element), element.get("/Pg", page)
        self.elements.append(element)
        if role not in STANDARD:
            yield f"{role} is no standard type, and is mapped to none"
        if element.get("/P") is None or element["/P"].objgen != parent.objgen:
            yield f"{role} does not name its parent"
        if not element.is_indirect:
            yield f"{role} is not an object of its own"
        yield from self.nests(element, role, self.role(parent))
        if role == "Note":
            text = self.notes
        text.append("" if role in INLINE else " ")
        said = element.get("/ActualText")
        inside = text if said is None else []
        for kid in self.kids(element):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") not in ("/MCR", "/OBJR"):
                yield from self.element(kid, element, page, inside)
            else:
                yield from self.leaf(kid, element, page, inside)
        if said is not None:
            text.append(as_text(said))
        # Boxes may stand beside each other without a space: only that no word is split may be asked.
        text.append(OPTIONAL if role in INLINE else " ")

    def leaf(self, kid, element, page, text):
        """A piece of content or an annotation."""
        role = self.role(element)
        if not isinstance(kid, pikepdf.Dictionary):
            key, number = self.pages.get(page.objgen) if page is not None else None, int(kid)
        elif kid["/Type"] == "/OBJR":
            self.annotations.setdefault(kid["/Obj"].objgen, []).append(element)
            if kid["/Obj"].objgen not in {a.objgen for a in self.annotations_of(kid.get("/Pg", page))}:
                yield f"{role} names an annotation that is not on its page"
            return
        else:
            page, number = kid.get("/Pg", page), int(kid["/MCID"])
            key = kid["/Stm"].objgen if "/Stm" in kid else self.pages.get(page.objgen)
        piece = self.streams[key].pieces.get(number) if key in self.streams else None
        if piece is None:
            yield f"{role} names mark {number} of {where(key)}, which is not there"
            return
        self.owners.setdefault((key, number), []).append(element)
        text.append("".join(piece.text))

    @staticmethod
    def annotations_of(page):
        return page.get("/Annots", []) if page is not None else []

    def nests(self, element, role, parent):
        kids = [kid for kid in self.kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        roles = [self.role(kid) for kid in kids]
        if role in PARENTS and parent not in PARENTS[role]:
            yield f"{role} in {parent}"
        if role in CHILDREN:
            if len(kids) != len(self.kids(element)):
                yield f"content that is in {role} itself"
            yield from (f"{kid} in {role}" for kid in roles if kid not in CHILDREN[role])
            if not roles:
                yield f"{role} with nothing in it"
        if roles.count("THead") > 1 or roles.count("TFoot") > 1 or ("TR" in roles and "TBody" in roles):
            yield f"a table of {', '.join(roles)}"
        if "Caption" in roles and role in ("Table", "L", "TOC") and roles.index("Caption") not in (0, len(roles) - 1):
            yield f"a caption in the middle of {role}"
        if role in ("Figure", "Formula") and not (as_text(element.get("/Alt", "")).strip() or "/ActualText" in element):
            yield f"{role} without alternative text"


def one_or_many(objects):
    """What an entry holds that is nothing, one object or an array of them."""
    if objects is None:
        return []
    return list(objects) if isinstance(objects, pikepdf.Array) else [objects]


def where(key):
    return f"page {key + 1}" if isinstance(key, int) else f"form {key}"


def numbers(tree):
    """The entries of a number tree (7.9.7)."""
    entries = {int(tree["/Nums"][at]): tree["/Nums"][at + 1] for at in range(0, len(tree.get("/Nums", [])), 2)}
    for kid in tree.get("/Kids", []):
        entries |= numbers(kid)
    return entries


def names(tree):
    """The entries of a name tree (7.9.6), in its order."""
    leaves = tree.get("/Names", [])
    entries = [(bytes(leaves[at]), leaves[at + 1]) for at in range(0, len(leaves), 2)]
    return entries + [entry for kid in tree.get("/Kids", []) for entry in names(kid)]


def structure(tree):
    """The tree, what it is made of, and the parent tree."""
    yield from tree.walk()
    parents = numbers(tree.root["/ParentTree"])
    for key, stream in tree.streams.items():
        yield from (f"{where(key)}: {problem}" for problem in stream.problems)
        own = parents.get(int(tree.keys[key])) if tree.keys[key] is not None else None
        if stream.pieces and (own is None or len(own) <= max(stream.pieces)):
            yield f"{where(key)} is not in the parent tree with all its marks"
            continue
        for number, piece in stream.pieces.items():
            elements = tree.owners.get((key, number), [])
            if len(elements) != 1:
                yield f"{where(key)}: mark {number} belongs to {len(elements)} elements"
            elif own[number] is None or own[number].objgen != elements[0].objgen:
                yield f"{where(key)}: the parent tree tells another element for mark {number}"
            elif piece.tag != str(elements[0]["/S"]):
                yield f"{where(key)}: mark {number} says {piece.tag}, its element {elements[0]['/S']}"
    if int(tree.root.get("/ParentTreeNextKey", -1)) <= max(parents, default=-1):
        yield "the parent tree's next key is in use"
    yield from tree.reader.problems()


def artifacts(tree):
    """Each artifact has a type, and one of pagination says of what kind where it is a header or a footer."""
    for key, stream in tree.streams.items():
        for artifact in stream.artifacts:
            kind = artifact.get("/Type")
            if kind not in ("/Pagination", "/Layout", "/Page", "/Background"):
                yield f"{where(key)}: an artifact of the type {kind}"
            subtype = artifact.get("/Subtype")
            if subtype is not None and (kind != "/Pagination" or subtype not in ("/Header", "/Footer", "/Watermark")):
                yield f"{where(key)}: an artifact of {kind} and {subtype}"
            if subtype in ("/Header", "/Footer") and "/Attached" not in artifact:
                yield f"{where(key)}: {subtype} is attached nowhere"
            if kind == "/Background" and "/BBox" not in artifact:
                yield f"{where(key)}: a background without its rectangle"


def attributes(tree):
    """Languages, and the names of notes."""
    seen = {}
    for element in tree.elements:
        if "/Lang" in element and not LANGUAGE.match(as_text(element["/Lang"])):
            yield f"the language {element['/Lang']} is none"
        if tree.role(element) == "Note" and "/ID" not in element:
            yield "a note without a name"
        if "/ID" in element:
            if bytes(element["/ID"]) in seen:
                yield f"the name {element['/ID']} occurs twice"
            seen[bytes(element["/ID"])] = element.objgen
    found = names(tree.root.get("/IDTree", {}))
    if [name for name, _ in found] != sorted(seen) or any(seen[name] != at.objgen for name, at in found):
        yield "the tree of names is not that of the elements"
    for element in tree.elements:
        for attribute in one_or_many(element.get("/A")):
            for header in attribute.get("/Headers", []):
                if bytes(header) not in seen:
                    yield f"a cell whose header {header} is not there"


def links(tree):
    """Annotations belong to elements, and these to them."""
    parents = numbers(tree.root["/ParentTree"])
    for number, page in enumerate(tree.pdf.pages):
        if page.get("/Tabs") != "/S":
            yield f"page {number + 1}: annotations are not in the order of the structure"
        for annotation in page.get("/Annots", []):
            elements = tree.annotations.get(annotation.objgen, [])
            told = parents.get(int(annotation.get("/StructParent", -1)))
            if len(elements) != 1 or told is None or told.objgen != elements[0].objgen:
                yield f"page {number + 1}: an annotation of {len(elements)} elements, or of another one"
            elif annotation["/Subtype"] == "/Link" and tree.role(elements[0]) != "Link":
                yield f"page {number + 1}: a link in {tree.role(elements[0])}"
            if not as_text(annotation.get("/Contents", "")).strip():
                yield f"page {number + 1}: a link without words"
            if annotation.get("/A", {}).get("/S") == "/GoTo":
                yield from leads(tree, annotation["/A"]["/D"], f"page {number + 1}: a link")


def leads(tree, destination, what):
    """A destination is a page of the document, or the name of one."""
    if isinstance(destination, pikepdf.String):
        found = dict(names(tree.pdf.Root["/Names"]["/Dests"])).get(bytes(destination))
        if found is None:
            yield f"{what} leads to {destination}, which is nowhere"
            return
        destination = found
    if destination[0].objgen not in tree.pages:
        yield f"{what} leads to no page"


def outline(tree):
    """Every entry has words and leads to a page; entries are chained as they are counted."""

    def entries(parent):
        entry, before = parent.get("/First"), None
        while entry is not None:
            yield entry, parent, before
            yield from entries(entry)
            entry, before = entry.get("/Next"), entry

    for entry, parent, before in entries(tree.pdf.Root.get("/Outlines", {})):
        title = as_text(entry.get("/Title", ""))
        if not title.strip():
            yield "an outline entry without words"
        if entry["/Parent"].objgen != parent.objgen or (before is not None and entry["/Prev"].objgen != before.objgen):
            yield f"the outline's «{title}» is not chained"
        if "/Next" not in entry and parent["/Last"].objgen != entry.objgen:
            yield f"the outline's «{title}» is last, but not told so"
        yield from leads(tree, entry["/Dest"] if "/Dest" in entry else entry["/A"]["/D"], f"the outline's «{title}»")


def document(tree):
    """The catalog: language, marks, the title in the window, page labels."""
    root = tree.pdf.Root
    if not LANGUAGE.match(as_text(root.get("/Lang", ""))):
        yield "no language"
    marks = root.get("/MarkInfo", {})
    if marks.get("/Marked") is not True or marks.get("/Suspects", False):
        yield "not marked, or with suspects"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "the title is not shown"
    labels = numbers(root.get("/PageLabels", {}))
    if min(labels, default=-1) != 0 or max(labels) >= len(tree.pages):
        yield "page labels do not begin with the first page, or go beyond the last"
    for number, page in enumerate(tree.pdf.pages):
        group = page.get("/Group", {})
        if tree.streams[number].transparent and "/CS" not in group:
            yield f"page {number + 1} is transparent without a colour space"
    for intent in root.get("/OutputIntents", []):
        profile = intent["/DestOutputProfile"]
        if profile.read_bytes()[36:40] != b"acsp" or profile.read_bytes()[16:20] != b"RGB " or profile["/N"] != 3:
            yield "the output intent is no RGB profile"


def metadata(tree):
    """XMP says what the information dictionary says."""
    xmp = ET.fromstring(tree.pdf.Root["/Metadata"].read_bytes())
    info = {str(key): as_text(value) for key, value in tree.pdf.docinfo.items()}
    spaces = {"dc": "http://purl.org/dc/elements/1.1/", "pdf": "http://ns.adobe.com/pdf/1.3/"}
    spaces |= {"xmp": "http://ns.adobe.com/xap/1.0/"}

    def told(prefix, name):
        element = xmp.find(f".//{{{spaces[prefix]}}}{name}")
        if element is None:
            return None
        items = [item.text or "" for item in element.iter(f"{RDF}li")]
        return ", ".join(items) if items else element.text or ""

    pairs = {"/Title": ("dc", "title"), "/Author": ("dc", "creator"), "/Subject": ("dc", "description")}
    pairs |= {"/Keywords": ("pdf", "Keywords"), "/Producer": ("pdf", "Producer"), "/Creator": ("xmp", "CreatorTool")}
    for key, place in pairs.items():
        if info.get(key) != told(*place):
            yield f"{key} is {info.get(key)!r}, and {told(*place)!r} in XMP"
    for key, place in {"/CreationDate": "CreateDate", "/ModDate": "ModifyDate"}.items():
        digits = lambda text: None if text is None else re.sub(r"\D", "", text)
        if digits(info.get(key)) != digits(told("xmp", place)):
            yield f"{key} is {info.get(key)!r}, and {told('xmp', place)!r} in XMP"
    if told("dc", "language") != as_text(tree.pdf.Root.get("/Lang", "")):
        yield "XMP tells another language"
    if not info.get("/Title", "").strip():
        yield "no title"


def text(tree, path):
    """The text along the tree is the HTML's."""
    source = path.with_suffix(".html")
    if not source.exists():
        return
    found = exact_words("".join([*tree.text, " ", *tree.notes]))
    wanted = exact_words(html_text(source.read_text(encoding="utf-8")))
    yield from (f"wanted «{want}», found «{got}»" for want, got in lost(wanted, found))


def judge(path):
    """Everything about one file."""
    with pikepdf.open(path) as pdf:
        yield from pdf.check_pdf_syntax()
        if "/StructTreeRoot" not in pdf.Root:
            yield "no structure"
            return
        tree = Tree(pdf)
        for check in (structure, artifacts, attributes, links, outline, document, metadata):
            yield from check(tree)
        yield from text(tree, path)


def main(paths):
    judged = [file for path in map(Path, paths) for file in (sorted(path.rglob("*.pdf")) if path.is_dir() else [path])]
    failed = 0
    for path in judged:
        try:
            failures = list(dict.fromkeys(judge(path)))
        except Exception as error:  # A judge that stumbles is a failure of the file too.
            failures = [f"{type(error).__name__}: {error}"]
        failed += bool(failures)
        for failure in failures[:20]:
            print(f"{path}: {failure}")
    print(f"trees: {len(judged) - failed} passed, {failed} failed")
    return 1 if failed or not judged else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
