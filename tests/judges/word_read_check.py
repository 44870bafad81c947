"""Reads every DOCX back with python-docx, against the HTML that the layout gave and the PDF beside it.

Usage: word_read_check.py FOLDER...   Each folder holds slug.html, slug.pdf and slug.docx.
Headings with their levels, list items with level and number, tables with spans and header rows, alternative texts,
properties, page size, margins, and what stands in headers and footers must be what the HTML means (layout_html.py) and
the PDF shows. One line a failure, exit 1 if there is one. Then the judge is judged: files that are broken on purpose
must be found out.
"""

import ctypes
import difflib
import io
import pathlib
import re
import sys
import zipfile

import docx
import pypdfium2
import pypdfium2.raw as pdfium
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

import layout_html
from as_seen import as_seen
from layout_html import Table, letters
from word_mutations import MUTATIONS, broken

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
# Word counts in twentieths of a point, and writers round.
NEAR_MM = 0.3
# So many letters may be a label, and not a text beside the heading.
MOST_LABEL = 6
# By how much what stands in a margin may be higher than it.
OVERHANG_MM = 5


def label_of(heading):
    """The label in a frame beside a heading, such as a large numeral, which the HTML has in the heading."""
    before = heading.getprevious()
    frame = f"{qn('w:pPr')}/{qn('w:framePr')}"
    framed = before is not None and before.tag == qn("w:p") and before.find(frame) is not None
    words = words_of(before) if framed else ""
    return words if len(words) <= MOST_LABEL else ""


class Word:
    """What python-docx finds in a document."""

    def __init__(self, package, meaning):
        self.document = docx.Document(io.BytesIO(package))
        elements = [element for element in self.document.element.body.iter() if not is_fallback(element)]
        drawings = [element for element in elements if element.tag == qn("wp:docPr")]
        # The addresses of links as codes, with a heading: a section for paper, which the HTML has not.
        known = meaning.addresses.difference(meaning.pictures)
        paper = {drawing for drawing in drawings if letters(drawing.get("descr", "")) in known}
        self.drawings = [drawing for drawing in drawings if drawing not in paper]
        self.paragraphs = [Paragraph(element, self.document) for element in elements if element.tag == qn("w:p")]
        self.tables = [table(element) for element in elements if element.tag == qn("w:tbl")]
        before = elements[: min((elements.index(drawing) for drawing in paper), default=0)]
        headings = [paragraph for paragraph in self.paragraphs if outline_level(paragraph) is not None]
        of_paper = [paragraph for paragraph in headings if paragraph._p in before][-1:]
        self.headings = [
            (outline_level(paragraph), label_of(paragraph._p) + words_of(paragraph._p))
            for paragraph in headings
            if paragraph not in of_paper
        ]

    def items(self):
        numbering, found = Numbering(self.document), []
        for paragraph in self.paragraphs:
            place = inherited(paragraph, "w:numPr")
            if place is None or place.numId is None or place.numId.val == 0:
                continue
            level = place.ilvl.val if place.ilvl is not None else 0
            found.append((level, numbering.next(place.numId.val, level), words_of(paragraph._p)))
        return found

    def pictures(self):
        """The alternative texts, empty for decoration, None where there is neither."""
        decorative = lambda drawing: any(mark.get("val") in ("1", "true") for mark in drawing.iter(DECORATIVE))
        return [
            "" if decorative(drawing) else letters(drawing.get("descr", "")) or None for drawing in self.drawings
        ]


class Numbering:
    """The numbers of list items, counted as Word counts them."""

    def __init__(self, document):
        parts = (part for part in document.part.package.iter_parts() if part.partname.endswith("/numbering.xml"))
        self.root = next((part.element for part in parts), None)
        self.counters, self.begun = {}, set()

    def next(self, number, level):
        instance = self.root.num_having_numId(number)
        abstract = instance.abstractNumId.val
        definitions = self.root.xpath(f"w:abstractNum[@w:abstractNumId={abstract}]/w:lvl[@w:ilvl={level}]")
        if not definitions:
            return "undefined"
        definition = definitions[0]
        override = instance.xpath(f"w:lvlOverride[@w:ilvl={level}]/w:startOverride/@w:val")
        counters = self.counters.setdefault(abstract, {})
        for deeper in [known for known in counters if known > level]:
            del counters[deeper]
        if override and (number, level) not in self.begun:
            counters[level] = int(override[0])
        elif level in counters:
            counters[level] += 1
        else:
            counters[level] = int(value(definition, "w:start", "0"))
        self.begun.add((number, level))
        return "bullet" if value(definition, "w:numFmt", "decimal") == "bullet" else counters[level]


def value(element, name, default):
    child = element.find(qn(name))
    return default if child is None else child.get(qn("w:val"))


def is_fallback(element):
    return any(parent.tag == FALLBACK for parent in element.iterancestors())


def outline_level(paragraph):
    level = inherited(paragraph, "w:outlineLvl")
    level = 10 if level is None else int(level.get(qn("w:val"))) + 1
    return level if level < 10 else None


def inherited(paragraph, name):
    """A property of a paragraph: its own, or that of its style or one that this is based on."""
    style = paragraph.style
    owner = paragraph._p
    while owner is not None:
        found = owner.find(f"{qn('w:pPr')}/{qn(name)}")
        if found is not None:
            return found
        owner, style = (style.element, style.base_style) if style is not None else (None, None)
    return None


def words_of(element):
    return letters("".join(text.text or "" for text in element.iter(qn("w:t")) if not is_asked(text)))


def is_asked(text):
    """Whether a text stands in a content control that is not filled in, of which the HTML says nothing."""
    return any(control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None for control in text.iterancestors(qn("w:sdt")))


def table(element):
    rows, heads, above = [], 0, {}
    for row in element.tr_lst:
        cells, column = [], 0
        for cell in row.tc_lst:
            if cell.vMerge == "continue" and column in above:
                above[column][2] += 1
            else:
                above[column] = [words_of(cell), cell.grid_span, 1]
                cells.append(above[column])
            column += cell.grid_span
        rows.append(cells)
        heads += bool(row.xpath("w:trPr/w:tblHeader[not(@w:val='0' or @w:val='false')]"))
    return Table([tuple(map(tuple, row)) for row in rows], heads)


class Pdf:
    """What the PDF shows of its pages."""

    def __init__(self, path):
        self.document = pypdfium2.PdfDocument(path)
        self.properties = self.document.get_metadata_dict()

    def sizes(self):
        """Width and height of each page in mm, repetitions left out."""
        sizes = []
        for page in self.document:
            left, bottom, right, top = page.get_trimbox()
            size = ((right - left) * 25.4 / 72, (top - bottom) * 25.4 / 72)
            if not sizes or not near(sizes[-1], size):
                sizes.append(size)
        return sizes

    def margin(self, number, above, below):
        """The letters of the margin boxes that stand higher than `above` and lower than `below` on a page, in pt."""
        page = self.document[number]
        textpage = pdfium.FPDFText_LoadPage(page)
        header, footer, known = [], [], {}
        for index in range(pdfium.FPDFText_CountChars(textpage)):
            item = pdfium.FPDFText_GetTextObject(textpage, index)
            key = ctypes.cast(item, ctypes.c_void_p).value
            if item and key not in known:
                known[key] = in_margin_box(item)
            if item and known[key]:
                _, _, bottom, top = charbox(textpage, index)
                part = header if bottom > above else footer if top < below else []
                part.append(chr(pdfium.FPDFText_GetUnicode(textpage, index)))
        pdfium.FPDFText_ClosePage(textpage)
        return "".join(header), "".join(footer)


def in_margin_box(item):
    """Whether a page object is marked as a header or a footer; the heads of a table that goes on are no such thing."""
    found = (pdfium.FPDFPageObj_GetMark(item, index) for index in range(pdfium.FPDFPageObj_CountMarks(item)))
    return any(pdfium.FPDFPageObjMark_GetParamValueType(mark, b"Subtype") for mark in found)


def charbox(textpage, index):
    box = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(textpage, index, *box)
    return [side.value for side in box]


def near(some, others):
    return all(abs(one - other) <= NEAR_MM for one, other in zip(some, others, strict=True))


def differences(what, wanted, found, known=None):
    """A line for each place where two lists part, but for what is `known` to be in the second alone."""
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    for operation, i, j, k, l in matcher.get_opcodes():
        if operation != "equal" and not (operation == "insert" and set(found[k:l]) == {known}):
            yield f"{what}: wanted {wanted[i:j]}, found {found[k:l]}"


def table_failures(wanted, found):
    """Each table of the HTML among those of the document, many of which only place things."""
    for table in wanted:
        alike = [other for other in found if other.text() == table.text()]
        if not alike:
            yield f"tables: none with the words «{table.text()[:60]}»"
        elif table not in alike:
            other = alike[-1]
            if other.header_rows != table.header_rows:
                yield f"tables: wanted {table.header_rows} header rows, found {other.header_rows}"
            yield from differences("tables", table.rows, other.rows)


def property_failures(meaning, word, pdf):
    found = word.document.core_properties
    for name, wanted, value in (
        ("title", meaning.title, found.title),
        ("description", meaning.description, found.comments),
        ("author", pdf.properties.get("Author", ""), found.author),
        ("keywords", pdf.properties.get("Keywords", ""), found.keywords),
    ):
        # Several authors, keywords: the comma is the PDF's, the semicolon Word's.
        if re.split("[,;] *", wanted) != re.split("[,;] *", value):
            yield f"properties: {name}: wanted «{wanted}», found «{value}»"
    if found.language.partition("-")[0] != meaning.lang.partition("-")[0]:
        yield f"properties: language: wanted «{meaning.lang}», found «{found.language}»"


def section_failures(meaning, word, pdf):
    sections = list(word.document.sections)
    sizes = []
    for section in sections:
        size = (section.page_width.mm, section.page_height.mm)
        if not sizes or not near(sizes[-1], size):
            sizes.append(size)
        if (section.orientation == WD_ORIENT.LANDSCAPE) != (size[0] > size[1]):
            yield f"sections: {size} mm is said to be {section.orientation}"
    if len(sizes) != len(pdf.sizes()) or not all(map(near, sizes, pdf.sizes())):
        yield f"sections: wanted pages of {pdf.sizes()} mm, found {sizes}"
    for side, wanted in meaning.margins.items():
        # Where the first page has another margin above or below, the smaller one is the section's.
        other = meaning.first_margins.get(side)
        if wanted is None or other is None:
            continue
        found = getattr(sections[0], f"{side}_margin").mm
        wanted = min(wanted, other) if side in ("top", "bottom") else other
        if not near([found], [wanted]):
            yield f"sections: {side} margin: wanted {wanted:.1f} mm, found {found:.1f} mm"
    yield from margin_failures(meaning, sections[0], pdf)


def margin_failures(meaning, section, pdf):
    """Headers and footers of the first two pages: the same words, numbers aside, which fields count again."""
    for number in range(min(2, len(pdf.document))):
        margins = meaning.margins if number else meaning.first_margins
        if margins.get("top") is None or margins.get("bottom") is None:
            continue
        is_first = number == 0 and section.different_first_page_header_footer
        header = section.first_page_header if is_first else section.header
        footer = section.first_page_footer if is_first else section.footer
        above, below = ((margins[side] + OVERHANG_MM) * 72 / 25.4 for side in ("top", "bottom"))
        shown = pdf.margin(number, section.page_height.pt - above, below)
        for name, wanted, part in zip(("header", "footer"), shown, (header, footer)):
            found = words_of(part._element)
            if spoken(wanted) != spoken(found):
                yield f"sections: {name} of page {number + 1}: wanted «{wanted}», found «{found}»"


def spoken(text):
    """Letters, not in their order: boxes beside each other have none."""
    return sorted(re.sub(r"\d", "", letters(text)))


def failures(meaning, package, pdf):
    """What is not as it was meant, a line each."""
    word = Word(package, meaning)
    yield from differences("headings", meaning.headings, word.headings)
    yield from differences("lists", meaning.items, word.items())
    yield from table_failures(meaning.tables, word.tables)
    # A stylesheet has pictures of its own, which are decoration.
    yield from differences("pictures", meaning.pictures, word.pictures(), known="")
    yield from property_failures(meaning, word, pdf)
    yield from section_failures(meaning, word, pdf)


def unnoticed(subjects):
    """The faults of word_mutations.py that nobody told of, or that found no document to be tried on."""
    for mutation, part in MUTATIONS:
        tries = ((subject, broken(subject[1], mutation)) for subject in subjects)
        tried = [(subject, package) for subject, package in tries if package]
        # A header that only other pages have is not to be seen in a document of one page.
        told = (line for subject, package in tried for line in failures(subject[0], package, subject[2]))
        if not tried:
            yield f"{mutation.__name__}: no document has a place for it"
        elif not any(line.startswith(part) for line in told):
            yield f"{mutation.__name__}: nothing told of it"


def main(folders):
    passed = failed = 0
    subjects = []
    for source in sorted(path for folder in folders for path in pathlib.Path(folder).glob("*.html")):
        document, printed = source.with_suffix(".docx"), source.with_suffix(".pdf")
        if not (document.exists() and printed.exists()):
            continue
        subject = layout_html.read(as_seen(source.read_text(encoding="utf-8"))), document.read_bytes(), Pdf(printed)
        lines = list(failures(*subject))
        for line in lines:
            print(f"{document}: {line}")
        failed += bool(lines)
        passed += not lines
        if not lines:
            subjects.append(subject)
    missed = list(unnoticed(subjects))
    for line in missed:
        print(f"not found out: {line}")
    tried = f"{len(MUTATIONS)} faults tried, {len(missed)} missed"
    print(f"Word documents read back: {passed} as meant, {failed} not; {tried}")
    return 1 if failed or missed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
