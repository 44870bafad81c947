"""The words of every handout, read back with pypdfium2 and from the DOCX's XML, against the HTML that the layout gave.

Usage: words_check.py FOLDER...   Each folder holds slug.html, slug.pdf and slug.docx.
Every word of the HTML must be in both files, in the HTML's order; one line a failure, exit 1 if there is one.
"""

import ctypes
import difflib
import html.parser
import pathlib
import sys
import unicodedata
import xml.etree.ElementTree as ET
import zipfile

import pypdfium2.raw as pdfium

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Not the article's text: page furniture, and the labels that lists get.
FURNITURE = {"Artifact", "Lbl"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "img", "li", "main", "nav", "ol", "p",
    "pre", "section", "svg", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}


class HtmlText(html.parser.HTMLParser):
    """The text of a body, blocks apart."""

    HIDDEN = {"head", "script", "style", "svg", "template"}

    def __init__(self):
        super().__init__()
        self.parts, self.hidden = [], []

    def handle_starttag(self, tag, attrs):
        if tag in self.HIDDEN:
            self.hidden.append(tag)
        if tag in BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag):
        if self.hidden and self.hidden[-1] == tag:
            self.hidden.pop()
        if tag in BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def words(text):
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u200b", "")
    return text.casefold().split()


def html_words(path):
    reader = HtmlText()
    reader.feed(path.read_text(encoding="utf-8"))
    return words("".join(reader.parts))


def marks(item):
    """The marked-content tags of a page object, with the identifier of the innermost."""
    names, identifier = [], None
    for index in range(pdfium.FPDFPageObj_CountMarks(item)):
        mark = pdfium.FPDFPageObj_GetMark(item, index)
        length = ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, None, 0, ctypes.byref(length))
        buffer = ctypes.create_string_buffer(length.value)
        pdfium.FPDFPageObjMark_GetName(
            mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length.value, ctypes.byref(length)
        )
        names.append(buffer.raw.decode("utf-16-le").rstrip("\0"))
        value = ctypes.c_int()
        if pdfium.FPDFPageObjMark_GetParamIntValue(mark, b"MCID", ctypes.byref(value)):
            identifier = value.value
    return names, identifier


def page_objects(count, get):
    for index in range(count):
        item = get(index)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
            yield from page_objects(
                pdfium.FPDFFormObj_CountObjects(item), lambda i, form=item: pdfium.FPDFFormObj_GetObject(form, i)
            )
        else:
            yield item


def pdf_words(path):
    document = pdfium.FPDF_LoadDocument(str(path).encode(), None)
    parts, last = [], None
    for number in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, number)
        textpage = pdfium.FPDFText_LoadPage(page)
        for item in page_objects(
            pdfium.FPDFPage_CountObjects(page), lambda i, page=page: pdfium.FPDFPage_GetObject(page, i)
        ):
            if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            names, identifier = marks(item)
            if FURNITURE.intersection(names):
                continue
            length = pdfium.FPDFTextObj_GetText(item, textpage, None, 0)
            buffer = ctypes.create_string_buffer(length)
            pdfium.FPDFTextObj_GetText(item, textpage, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
            if last is not None and last != (number, identifier):
                parts.append(" ")
            last = (number, identifier)
            parts.append(buffer.raw[:length].decode("utf-16-le").rstrip("\0"))
        pdfium.FPDFText_ClosePage(textpage)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return words("".join(parts))


def docx_words(path):
    parts = []

    def walk(element):
        if element.tag == FALLBACK:
            return
        if element.tag == W + "t":
            parts.append(element.text or "")
        elif element.tag in (W + "p", W + "tab", W + "br"):
            parts.append(" ")
        elif element.tag == W + "noBreakHyphen":
            parts.append("-")
        for child in element:
            walk(child)

    with zipfile.ZipFile(path) as package:
        walk(ET.fromstring(package.read("word/document.xml")))
    return words("".join(parts))


def lost(wanted, found):
    """Words of `wanted` that `found` does not have at their place, and how often words came out split or fused."""
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    missing = []
    for operation, i, j, k, l in matcher.get_opcodes():
        if operation in ("delete", "replace") and "".join(wanted[i:j]) not in "".join(found[k:l]):
            missing.append((" ".join(wanted[max(0, i - 2) : j + 2]), " ".join(found[max(0, k - 2) : l + 2])))
        elif operation == "replace":
            missing.append((" ".join(wanted[i:j]), " ".join(found[k:l]) + "  (words split or fused)"))
    return missing


def main(folders):
    passed = failed = 0
    for source in sorted(path for folder in folders for path in pathlib.Path(folder).glob("*.html")):
        if source.stem == "index" or not source.with_suffix(".pdf").exists():
            continue
        wanted = html_words(source)
        for suffix, read in ((".pdf", pdf_words), (".docx", docx_words)):
            missing = lost(wanted, read(source.with_suffix(suffix)))
            if missing or not wanted:
                failed += 1
                for want, got in missing[:6]:
                    print(f"{source.with_suffix(suffix)}: wanted «{want}», found «{got}»")
            else:
                passed += 1
    print(f"words: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
