"""The words of articles as other readers find them: python-docx, tinyhtml5, lxml and pandoc.

Each reader gives, for the articles in a file, what tells which handout each became, and its text: blocks apart, notes
behind everything else.
"""

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import docx
import lxml.etree
import tinyhtml5

from html_text import BLOCKS, OPTIONAL

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"
WP = "{http://wordpress.org/export/1.2/}"
CALL = re.compile(r"\s*\[?\d+\]?\s*")
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"


class Word:
    """A Word document: changes as accepted, comments and tables of contents left out, text boxes behind their paragraph."""

    DELETED = {W + "del", W + "moveFrom", FALLBACK}
    SPACE = {W + "p", W + "tab", W + "br", W + "cr"}

    def __init__(self, path):
        self.parts, self.calls, self.boxes = [], [], []
        document = docx.Document(str(path))
        self.walk(document.element.body)
        related = {part.reltype.rsplit("/", 1)[-1]: part.target_part for part in document.part.rels.values() if not part.is_external}
        for kind, number in self.calls:
            notes = lxml.etree.fromstring(related[kind + "s"].blob)
            self.walk(next(note for note in notes if note.get(W + "id") == number))
        self.text = "".join(self.parts)

    def walk(self, element):
        if element.tag in self.DELETED or is_contents(element):
            return
        if element.tag == W + "txbxContent":
            self.boxes.append(element)
            return
        if element.tag in (W + "footnoteReference", W + "endnoteReference"):
            self.calls.append((element.tag[len(W) : -len("Reference")], element.get(W + "id")))
        elif element.tag in (W + "t", M + "t"):
            self.parts.append(element.text or "")
        elif element.tag in self.SPACE:
            self.parts.append(" ")
        elif element.tag == W + "noBreakHyphen":
            self.parts.append("-")
        for child in element:
            self.walk(child)
        if element.tag == W + "p":
            boxes, self.boxes = self.boxes, []
            for box in boxes:
                for child in box:
                    self.walk(child)


def is_contents(element):
    """Whether it is what Word made a table of contents of."""
    style = element.find(f"{W}pPr/{W}pStyle")
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    is_line = style is not None and re.fullmatch(r"(TOC|Contents|Inhopg)\d|TOCHeading", style.get(W + "val")) is not None
    return is_line or (gallery is not None and gallery.get(W + "val") == "Table of Contents")


def html(source):
    """The text of a page's body, or of a fragment, as a browser's parser reads it."""
    parts, notes = [], []

    def walk(element, into):
        tag = element.tag.removeprefix(XHTML) if isinstance(element.tag, str) else "script"
        if tag in {"script", "style", "template", "noscript", "svg", "head", "textarea", "select"}:
            return
        classes = (element.get("class") or "").split()
        # A note's call, as WordPress, pandoc and others write it, and the button beside the link to a file.
        is_call = "footnote-ref" in classes or (tag == "sup" and CALL.fullmatch("".join(element.itertext())))
        if is_call or "wp-block-file__button" in classes or element.get("aria-hidden") == "true":
            return
        into = notes if element.get("role") == "doc-endnotes" or "footnotes" in classes else into
        into.append(" " if tag in BLOCKS else OPTIONAL)
        into.append(element.text or "")
        for child in element:
            walk(child, into)
            into.append(child.tail or "")
        into.append(" " if tag in BLOCKS else OPTIONAL)

    walk(tinyhtml5.parse(source), parts)
    return "".join([*parts, " ", *notes])


class Markdown:
    """What pandoc reads in Markdown, without the signs that mark it up."""

    SPACE = {"Space", "SoftBreak", "LineBreak"}
    # Metadata that pandoc takes for text.
    FRONT = re.compile(r"\A(---json\n.*?\n---|\+\+\+\n.*?\n\+\+\+|\{\n.*?\n\})\n", re.DOTALL)

    def __init__(self, path):
        source = self.FRONT.sub("", path.read_text(encoding="utf-8"))
        # What Docusaurus writes without a blank is one word for pandoc.
        source = re.sub(r"^(:::\w+)\[", r"\1 [", source, flags=re.MULTILINE)
        call = ["pandoc", "-f", "markdown-smart+emoji", "-t", "json"]
        tree = json.loads(subprocess.run(call, check=True, capture_output=True, input=source.encode()).stdout)
        self.parts, self.notes = [], []
        self.walk([tree["meta"].get("title", {"t": "Space"}), *tree["blocks"]])
        self.text = "".join([*self.parts, " ", *self.notes])

    def walk(self, node):
        if isinstance(node, list):
            for child in node:
                self.walk(child)
        elif isinstance(node, dict):
            kind, content = node.get("t"), node.get("c")
            if kind == "Note":
                before, self.parts = self.parts, []
                self.walk(content)
                self.notes, self.parts = [*self.notes, " ", *self.parts], before
                return
            if kind in ("Str", "MetaString"):
                self.parts.append(content)
            elif kind in self.SPACE:
                self.parts.append(" ")
            elif kind in ("Code", "CodeBlock", "Math"):
                self.parts.append(content[1])
            elif kind == "DefinitionList":
                for term, definitions in content:
                    self.walk([*term, {"t": "Space"}, definitions])
            elif kind in ("RawBlock", "RawInline"):
                self.parts.append(html(content[1]) if content[0] == "html" else content[1])
            elif kind in ("Link", "Image", "Span", "Div", "Header"):
                # What it says: not its attributes, nor where it leads.
                self.walk(content[{"Header": 2}.get(kind, 1)] if kind != "Image" else [])
            elif isinstance(content, list):
                self.walk(content)
            inline = {"Str", "Emph", "Strong", "Code", "Link", "Span", "Math", "Strikeout", "Superscript", "Subscript"}
            self.parts.append(OPTIONAL if kind in inline | {"RawInline", "SmallCaps", "Underline", "Quoted"} else " ")


def wordpress(root):
    """The published posts and pages of an export of WordPress, by their names."""
    for item in root.iter("item"):
        if item.findtext(WP + "status") != "publish" or item.findtext(WP + "post_type") not in ("post", "page"):
            continue
        if item.findtext(WP + "post_password"):
            continue
        text = re.sub(r"\[/?[a-z][\w-]*[^\]\n]*\]", " ", item.findtext(ENCODED) or "")
        fields = {field.findtext(WP + "meta_key"): field.findtext(WP + "meta_value") for field in item.iter(WP + "postmeta")}
        notes = " ".join(note["content"] for note in json.loads(fields.get("footnotes") or "[]"))
        yield item.findtext(WP + "post_name"), f"{html(item.findtext('title') or '')} {html(text)} {html(notes)}"


def feed(root):
    """The posts of RSS or Atom, by their titles."""
    for item in [*root.iter("item"), *root.iter(ATOM + "entry")]:
        title = html(item.findtext("title") or item.findtext(ATOM + "title")).replace(OPTIONAL, "").strip()
        fields = (item.find(name) for name in (ENCODED, "description", ATOM + "content", ATOM + "summary"))
        field = next(field for field in fields if field is not None)
        text = ET.tostring(field, encoding="unicode", method="html") if len(field) else field.text or ""
        yield title, f"{title} {html(text)}"


def articles(path):
    """The articles of a file: the name or title of each, or None for the only one, and its text. None where the tool for
    it is not here."""
    kind = path.suffix
    if kind == ".docx":
        return [(None, Word(path).text)]
    if kind == ".html":
        return [(None, html(path.read_text(encoding="utf-8")))]
    if kind in (".md", ".qmd"):
        return [(None, Markdown(path).text)] if shutil.which("pandoc") else None
    root = ET.parse(path).getroot()
    return list(wordpress(root) if root.find(f"channel/{WP}wxr_version") is not None else feed(root))
