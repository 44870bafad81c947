#!/usr/bin/env python3
"""Judges PDF files: `pdf_check.py FILE_OR_FOLDER...` prints one line a failure and exits with 1 if there is any.

Each file must conform to PDF/UA-1 and PDF/A-2a (page-validation), and open and give its text (pypdfium2).
"""

import sys
from pathlib import Path

import page
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
        for check in (conformance, rendering):
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
