#!/usr/bin/env python3
"""Judges PDF files: `pdf_check.py FILE_OR_FOLDER...` prints one line a failure and exits with 1 if there is any.

Each file must conform to PDF/UA-1 and PDF/A-2a (page-validation), open and give its text (pypdfium2), hold together
(pikepdf), and have a structure tree in which every marked piece of content has exactly one place, the one that the
parent tree tells.
"""

import sys
from pathlib import Path

import page
import pikepdf
import pypdfium2

PROFILES = {"ua1": "PDF/UA-1", "2a": "PDF/A-2a"}


def conformance(path):
    for profile, name in PROFILES.items():
        report = page.validate_pdf(path, profile=profile)
        for failure in report.failures:
            yield f"{name}: {failure}"
        if not report.is_compliant and not report.failures:
            yield f"{name}: not compliant"


def rendering(path):
    document = pypdfium2.PdfDocument(path)
    if len(document) == 0:
        yield "pypdfium2: no pages"
    text = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    if not text.strip():
        yield "pypdfium2: no text"
    if "\ufffd" in text:
        yield "pypdfium2: characters without a meaning in the text"
    for number in range(len(document)):
        document[number].render(scale=0.2)


def marks_of(content, forms):
    """The numbers of the marked pieces of content, how many pieces of text or paint stand outside any, and the groups
    outside any, whose content is marked in them."""
    marks, open_marks, outside, groups = [], [], 0, []
    for operands, operator in pikepdf.parse_content_stream(content):
        operator = str(operator)
        if operator in ("BDC", "BMC"):
            properties = operands[1] if operator == "BDC" else {}
            mark = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
            if mark is not None:
                marks.append(int(mark))
            open_marks.append(str(operands[0]))
        elif operator == "EMC":
            if not open_marks:
                raise ValueError("EMC without BDC")
            open_marks.pop()
        elif operator == "Do" and not open_marks and forms[str(operands[0])].get("/Subtype") == "/Form":
            groups.append(forms[str(operands[0])])
        elif operator in ("Tj", "TJ", "f", "f*", "S", "b", "B", "sh", "Do") and not open_marks:
            outside += 1
    if open_marks:
        raise ValueError("BDC without EMC")
    return marks, outside, groups


def structure(path):
    with pikepdf.open(path) as pdf:
        for problem in pdf.check_pdf_syntax():
            yield f"pikepdf: {problem}"
        pages = {sheet.objgen: number for number, sheet in enumerate(sheet.obj for sheet in pdf.pages)}
        root = pdf.Root.get("/StructTreeRoot")
        if root is None:
            yield "structure: none"
            return
        places = {}

        def walk(element, sheet):
            sheet = element.get("/Pg", sheet)
            kids = element.get("/K")
            if kids is None:
                return
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if not isinstance(kid, pikepdf.Dictionary):
                    places.setdefault((pages[sheet.objgen], int(kid)), []).append(element.objgen)
                elif kid.get("/Type") == "/MCR":
                    holder = kid["/Stm"].objgen if "/Stm" in kid else pages[kid.get("/Pg", sheet).objgen]
                    places.setdefault((holder, int(kid["/MCID"])), []).append(element.objgen)
                elif kid.get("/Type") != "/OBJR":
                    walk(kid, sheet)

        walk(root["/K"], None)
        numbers = root["/ParentTree"]["/Nums"]
        tree = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}

        def streams(holder, stream, forms):
            """A page or a group, and all the groups in it that have marks of their own."""
            marks, outside, groups = marks_of(stream, forms)
            yield holder, stream, marks, outside
            for group in groups:
                yield from streams(group.objgen, group, forms)

        for number, sheet in enumerate(pdf.pages):
            forms = {name: form for name, form in sheet.get("/Resources", {}).get("/XObject", {}).items()}
            for holder, stream, marks, outside in streams(number, sheet, forms):
                if outside:
                    yield f"page {number + 1}: {outside} pieces of content outside any mark"
                if len(marks) != len(set(marks)):
                    yield f"page {number + 1}: a mark occurs twice"
                for mark in marks:
                    elements = places.pop((holder, mark), [])
                    if len(elements) != 1:
                        yield f"page {number + 1}: mark {mark} has {len(elements)} places in the structure"
                        continue
                    if tree[int(stream["/StructParents"])][mark].objgen != elements[0]:
                        yield f"page {number + 1}: the parent tree tells another element for mark {mark}"
            for annotation in sheet.get("/Annots", []):
                element = tree.get(int(annotation["/StructParent"]))
                if element is None or element.get("/S") != "/Link":
                    yield f"page {number + 1}: a link that is in no Link element"
        for holder, mark in places:
            where = f"page {holder + 1}" if isinstance(holder, int) else f"group {holder[0]}"
            yield f"{where}: the structure names mark {mark}, which is not there"


def files(paths):
    for path in map(Path, paths):
        yield from map(str, sorted(path.rglob("*.pdf")) if path.is_dir() else [path])


def main(paths):
    failures = 0
    judged = list(files(paths))
    if not judged:
        print("there are no PDF files to judge")
        return 1
    for path in judged:
        for check in (conformance, rendering, structure):
            try:
                for failure in check(path):
                    failures += 1
                    print(f"{path}: {failure}")
            except Exception as error:  # A judge that stumbles is a failure of the file too.
                failures += 1
                print(f"{path}: {check.__name__}: {type(error).__name__}: {error}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
