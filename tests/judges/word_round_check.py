"""Writes every DOCX again through LibreOffice, as DOCX and as PDF.

Usage: word_round_check.py FOLDER...   Each folder holds slug.docx and slug.pdf.
The text must be the same word for word, in the body, the notes, headers and footers; and LibreOffice must need as many
pages as the PDF has, or one more or less. One line a failure, exit 1 if there is one.
"""

import difflib
import pathlib
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET
import zipfile

import pypdfium2

import office

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Fields whose result is the writing program's own count.
COUNTED = {"PAGE", "NUMPAGES", "PAGEREF", "SECTIONPAGES"}
INITIAL = f"{W}pPr/{W}framePr[@{W}dropCap='drop']"
APART = {W + "p", W + "tab", W + "br", W + "cr"}


class Story:
    """The words of one part of a document, without what fields count."""

    def __init__(self, root):
        self.parts = []
        # The instruction of each open field, and whether its result has begun.
        self.fields = []
        self.after_initial = False
        self.walk(root)

    def walk(self, element):
        if element.tag in (FALLBACK, W + "del"):
            return
        if element.tag == W + "fldChar":
            self.mark(element.get(W + "fldCharType"))
        elif element.tag == W + "instrText" and self.fields:
            self.fields[-1][0] += element.text or ""
        elif element.tag == W + "t" and not self.is_counted():
            self.parts.append(element.text or "")
        elif element.tag in APART and not self.goes_on(element):
            self.parts.append(" ")
        elif element.tag == W + "noBreakHyphen":
            self.parts.append("\u2011")
        simple = element.tag == W + "fldSimple"
        if simple:
            self.fields.append([element.get(W + "instr", ""), True])
        for child in element:
            self.walk(child)
        if simple:
            self.fields.pop()

    def goes_on(self, element):
        """Whether a paragraph is the rest of the word that an initial letter before it begins."""
        if element.tag != W + "p":
            return False
        after_initial, self.after_initial = self.after_initial, element.find(INITIAL) is not None
        return after_initial

    def mark(self, kind):
        if kind == "begin":
            self.fields.append(["", False])
        elif self.fields and kind == "separate":
            self.fields[-1][1] = True
        elif self.fields and kind == "end":
            self.fields.pop()

    def is_counted(self):
        results = [instruction.split()[0] for instruction, begun in self.fields if begun and instruction.strip()]
        # LibreOffice makes plain text of the page numbers in a table of contents, and does not count them again.
        return "TOC" not in results and not COUNTED.isdisjoint(results)

    def words(self):
        text = unicodedata.normalize("NFC", "".join(self.parts))
        return re.sub("[\u00ad\u200b]", "", text).split()


def stories(path):
    """The words of the body, of the notes, and of headers and footers, each of these once, whatever it is called."""
    with zipfile.ZipFile(path) as package:
        names = sorted(package.namelist())
        read = lambda name: Story(ET.fromstring(package.read(name))).words()
        margins = sorted({" ".join(read(name)) for name in names if re.fullmatch(r"word/(header|footer)\d*\.xml", name)})
        return {
            "body": read("word/document.xml"),
            "notes": [word for name in names if re.fullmatch(r"word/(foot|end)notes\.xml", name) for word in read(name)],
            "headers and footers": [word for margin in margins for word in margin.split()],
        }


def has_hidden_margins(path, pages):
    """Whether the headers and footers of pages after the first are there and not to be seen: LibreOffice does not write
    them again where a document of one page has several sections."""
    with zipfile.ZipFile(path) as package:
        sections = list(ET.fromstring(package.read("word/document.xml")).iter(W + "sectPr"))
    return pages == 1 and len(sections) > 1 and sections[0].find(W + "titlePg") is not None


def text_failures(path, again, are_margins_hidden):
    ours, theirs = stories(path), stories(again)
    for part, words in ours.items():
        if part == "headers and footers" and are_margins_hidden:
            continue
        matcher = difflib.SequenceMatcher(None, words, theirs[part], autojunk=False)
        for operation, i, j, k, l in matcher.get_opcodes():
            if operation != "equal":
                wanted = " ".join(words[max(0, i - 2) : j + 2])
                found = " ".join(theirs[part][max(0, k - 2) : l + 2])
                yield f"{part}: wrote «{wanted}», LibreOffice wrote «{found}»"


def failures(path, again, printed):
    if again is None or printed is None:
        yield "LibreOffice gave nothing"
        return
    ours, theirs = (len(pypdfium2.PdfDocument(file)) for file in (path.with_suffix(".pdf"), printed))
    if abs(ours - theirs) > 1:
        yield f"pages: {ours} in the PDF, {theirs} in LibreOffice"
    yield from text_failures(path, again, has_hidden_margins(path, theirs))


def main(folders):
    passed = failed = 0
    for folder in map(pathlib.Path, folders):
        documents = [path for path in sorted(folder.glob("*.docx")) if path.with_suffix(".pdf").exists()]
        if not documents:
            continue
        again = office.convert(documents, "docx", office.HOME / "again")
        printed = office.convert(documents, "pdf", office.HOME / "pages")
        for path in documents:
            lines = list(failures(path, again[path], printed[path]))
            for line in lines:
                print(f"{path}: {line}")
            failed += bool(lines)
            passed += not lines
    print(f"Word documents through LibreOffice: {passed} the same, {failed} not")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
