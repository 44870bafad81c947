"""Faults put into Word documents on purpose, each with the part of word_read_check.py that has to find it."""

import io

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm


def first(document, path):
    return next(iter(document.element.body.xpath(path)), None)


def heading_is_text(document):
    heading = next((p for p in document.paragraphs if p.style.name.lower().startswith("heading 2")), None)
    if heading is not None:
        heading.style = document.styles["Normal"]
    return heading is not None


def heading_is_deeper(document):
    heading = next((p for p in document.paragraphs if p.style.name.lower().startswith("heading 2")), None)
    if heading is not None:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "3")
        heading._p.get_or_add_pPr().append(level)
    return heading is not None


def item_is_text(document):
    return remove(first(document, ".//w:numPr"))


def item_is_deeper(document):
    place = first(document, ".//w:numPr")
    if place is not None:
        place.get_or_add_ilvl().val = 1
    return place is not None


def item_is_lost(document):
    place = first(document, ".//w:p[w:pPr/w:numPr]")
    return remove(place)


def numbers_start_at_five(document):
    if not any(paragraph.style.name == "List Number" for paragraph in document.paragraphs):
        return False
    for start in document.part.numbering_part.element.xpath("//w:start | //w:startOverride"):
        start.set(qn("w:val"), "5")
    return True


def header_row_is_like_others(document):
    return remove(first(document, ".//w:tblHeader"))


def row_is_lost(document):
    return remove(first(document, ".//w:tbl[w:tr/w:trPr/w:tblHeader]/w:tr[last()]"))


def cell_spans_two(document):
    cell = first(document, ".//w:tbl[w:tr/w:trPr/w:tblHeader]//w:tc")
    if cell is not None:
        cell.get_or_add_tcPr().get_or_add_gridSpan().val = 2
    return cell is not None


def picture_is_mute(document):
    picture = first(document, ".//wp:docPr[string-length(@descr) > 0]")
    if picture is not None:
        picture.set("descr", "")
    return picture is not None


def title_is_lost(document):
    document.core_properties.title = ""
    return True


def language_is_another(document):
    document.core_properties.language = "fi-FI"
    return True


def page_is_larger(document):
    document.sections[0].page_width += Mm(2)
    return True


def margin_is_wider(document):
    document.sections[0].left_margin += Mm(2)
    return True


def header_is_empty(document):
    header = document.sections[0].header._element
    texts = list(header.iter(qn("w:t")))
    for text in texts:
        text.text = ""
    return bool(texts)


def remove(element):
    if element is not None:
        element.getparent().remove(element)
    return element is not None


# The fault, and how a line begins that tells of it.
MUTATIONS = [
    (heading_is_text, "headings"),
    (heading_is_deeper, "headings"),
    (item_is_text, "lists"),
    (item_is_deeper, "lists"),
    (item_is_lost, "lists"),
    (numbers_start_at_five, "lists"),
    (header_row_is_like_others, "tables"),
    (row_is_lost, "tables"),
    (cell_spans_two, "tables"),
    (picture_is_mute, "pictures"),
    (title_is_lost, "properties"),
    (language_is_another, "properties"),
    (page_is_larger, "sections"),
    (margin_is_wider, "sections"),
    (header_is_empty, "sections"),
]


def broken(package, mutation):
    """The document with the fault, or None where it has no place for it."""
    document = docx.Document(io.BytesIO(package))
    if not mutation(document):
        return None
    changed = io.BytesIO()
    document.save(changed)
    return changed.getvalue()
