"""Draws every handout twice, the pages of its PDF above those that LibreOffice makes of its DOCX.

Usage: compare.py OUT PART FOLDER...   Each folder holds slug.pdf and slug.docx; of these the ones with PART in their
slug. Writes OUT/folder-slug.png for each, and OUT/index.html with all of them; prints the page counts.
"""

import html
import pathlib
import shutil
import sys

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

import office

# A page's width on the sheet, in px, and the room around it.
WIDTH, GAP, LABEL = 480, 16, 26
DESK, INK = "#8a8f94", "#ffffff"
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>PDF and Word</title>
<style>
  body {{ margin: 2em; font: 1rem/1.4 sans-serif }}
  td, th {{ padding: 0 1.5em 0 0; text-align: left }}
  .apart {{ color: #b00020; font-weight: bold }}
  img {{ max-width: 100% }}
</style>
<h1>PDF and Word</h1>
<table>
<tr><th>handout<th>pages of the PDF<th>pages in LibreOffice
{rows}</table>
{sheets}"""


def pages(path):
    """The pages of a PDF as pictures."""
    document = pypdfium2.PdfDocument(path)
    return [page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB") for page in document]


def strip(pictures, label):
    """Pages beside each other, under a label."""
    columns = max(1, len(pictures))
    height = max((picture.height for picture in pictures), default=0)
    sheet = Image.new("RGB", (GAP + columns * (WIDTH + GAP), LABEL + height + GAP), DESK)
    ImageDraw.Draw(sheet).text((GAP, 4), label, INK, ImageFont.load_default(16))
    for index, picture in enumerate(pictures):
        sheet.paste(picture, (GAP + index * (WIDTH + GAP), LABEL))
    return sheet


def draw(ours, theirs, name, path):
    strips = [strip(ours, f"{name}: PDF, {len(ours)}"), strip(theirs, f"{name}: Word, {len(theirs)}")]
    sheet = Image.new("RGB", (max(part.width for part in strips), sum(part.height for part in strips)), DESK)
    top = 0
    for part in strips:
        sheet.paste(part, (0, top))
        top += part.height
    sheet.save(path)


def main(out, part, *folders):
    out = pathlib.Path(out)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    rows, sheets, failed = [], [], 0
    for folder in map(pathlib.Path, folders):
        documents = [path for path in sorted(folder.glob("*.docx")) if part in path.stem]
        documents = [path for path in documents if path.with_suffix(".pdf").exists()]
        if not documents:
            continue
        for document, converted in office.convert(documents, "pdf", office.HOME / "pages").items():
            name = f"{folder.name}-{document.stem}"
            ours = pages(document.with_suffix(".pdf"))
            theirs = pages(converted) if converted else []
            draw(ours, theirs, name, out / f"{name}.png")
            apart = abs(len(ours) - len(theirs)) > 1
            failed += apart
            print(f"{len(ours):4} {len(theirs):4}{' !' if apart else '  '} {name}")
            mark = ' class="apart"' if apart else ""
            link = html.escape(name)
            rows.append(f'<tr{mark}><td><a href="#{link}">{link}</a><td>{len(ours)}<td>{len(theirs)}\n')
            sheets.append(f'<h2 id="{link}">{link}</h2>\n<img src="{link}.png" alt="The pages of both">\n')
    (out / "index.html").write_text(PAGE.format(rows="".join(rows), sheets="".join(sheets)), encoding="utf-8")
    print(f"{len(rows)} handouts drawn in {out / 'index.html'}, {failed} with page counts more than one apart")
    return 0 if rows else 1


if __name__ == "__main__":
    if office.program() is None:
        sys.exit("LibreOffice is not here")
    sys.exit(main(*sys.argv[1:]))
