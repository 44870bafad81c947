"""The words of every handout, read back with pypdfium2 and from the DOCX's XML, against the HTML that the layout gave.

Usage: words_check.py FOLDER...   Each folder holds slug.html, slug.pdf and slug.docx.
Every word of the HTML must be in both files, in the HTML's order, in the DOCX in the order in which it is seen; one line a failure, exit 1 if there is one. Notes,
which stand at the HTML's end and at the foot of pages, are compared behind everything else, and their calls are not.
"""

import ctypes
import pathlib
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

import pikepdf
import pypdfium2.raw as pdfium

from as_seen import as_seen
from html_text import OPTIONAL, html_text, lost, words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Not the article's text. The labels that lists get are not in the HTML either, but the terms of lists are.
FURNITURE = {"Artifact"}
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
# What pdfium gives for a hyphen that a line's end made, and what the file says it is.
HYPHENS = "\u0002\u00ad\ufffe"


def html_words(source):
    # At the end of a line pdfium takes a hyphen and the space behind it for the break of one word.
    return words(re.sub(r"-\s+", OPTIONAL, html_text(source)))


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


def reading_order(path):
    """The marked content of a document in the order of its structure tree: the page, from 0, and the identifier."""
    order, notes = [], []
    with pikepdf.open(path) as document:
        pages = {page.objgen: index for index, page in enumerate(document.pages)}

        def walk(kids, page, order):
            if isinstance(kids, pikepdf.Array):
                for kid in kids:
                    walk(kid, page, order)
            elif isinstance(kids, pikepdf.Dictionary):
                page = kids.get("/Pg", page)
                if kids.get("/Type") != "/OBJR":
                    order = notes if kids.get("/S") == "/Note" else order
                    walk(kids.get("/MCID", kids.get("/K")), page, order)
            elif kids is not None:
                order.append((pages[page.objgen], int(kids)))

        walk(document.Root.StructTreeRoot.get("/K"), None, order)
    return order + notes


def page_text(page):
    """The text of each marked-content identifier of a page. pdfium makes the spaces between lines itself, and one
    between an initial letter and the rest of its word."""
    textpage = pdfium.FPDFText_LoadPage(page)
    known, texts, last, size = {}, {}, None, 0
    made = []
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        character = chr(pdfium.FPDFText_GetUnicode(textpage, index))
        item = pdfium.FPDFText_GetTextObject(textpage, index)
        if item and pdfium.FPDFText_IsGenerated(textpage, index) != 1:
            key = ctypes.cast(item, ctypes.c_void_p).value
            if key not in known:
                names, identifier = marks(item)
                known[key] = None if FURNITURE.intersection(names) else identifier
            before, last = last, known[key]
            before_size, size = size, pdfium.FPDFText_GetFontSize(textpage, index)
            letters = [one for one in texts.get(before, []) if one.isalnum()]
            is_initial = before != last and before_size > 2 * size and len(letters) == 1
            if before is not None and not is_initial:
                texts[before] += made
            made = []
            if last is not None:
                texts.setdefault(last, []).append(character)
        else:
            made.append(character)
    pdfium.FPDFText_ClosePage(textpage)
    return {identifier: "".join(text) for identifier, text in texts.items()}


def pdf_words(path):
    """The text that pdfium finds, furniture left out, in the order of the structure tree."""
    document = pdfium.FPDF_LoadDocument(str(path).encode(), None)
    texts = {}
    for number in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, number)
        texts |= {(number, identifier): text for identifier, text in page_text(page).items()}
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    parts = [texts.pop(place, "") for place in reading_order(path)]
    assert not texts, f"{path}: text outside the structure tree: {texts}"
    text = re.sub(f"[{HYPHENS}][\\s{OPTIONAL}]*", "", OPTIONAL.join(parts))
    # Behind the second of two hyphens it takes the line's end for a space.
    return words(re.sub(r"-[\r\n]+", OPTIONAL, text))


def docx_words(path):
    parts = []
    initials = []

    def walk(element):
        if element.tag == FALLBACK:
            return
        if element.tag == W + "p":
            # An initial letter is a paragraph of its own, before the rest of its word.
            after_initial = bool(initials) and initials.pop()
            initials.append(element.find(f"{W}pPr/{W}framePr[@{W}dropCap='drop']") is not None)
            if after_initial:
                for child in element:
                    walk(child)
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
        if "word/footnotes.xml" in package.namelist():
            walk(ET.fromstring(package.read("word/footnotes.xml")))
    return words("".join(parts))


def main(folders):
    passed = failed = 0
    for source in sorted(path for folder in folders for path in pathlib.Path(folder).glob("*.html")):
        if source.stem == "index" or not source.with_suffix(".pdf").exists():
            continue
        html = source.read_text(encoding="utf-8")
        for suffix, read, order in ((".pdf", pdf_words, str), (".docx", docx_words, as_seen)):
            wanted = html_words(order(html))
            # pdfium gives the letters of Hebrew and Arabic words as they stand on the page: tree_check.py reads those.
            if not source.with_suffix(suffix).exists() or (suffix == ".pdf" and RIGHT_TO_LEFT.search(" ".join(wanted))):
                continue
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
