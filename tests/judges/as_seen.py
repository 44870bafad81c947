"""A handout's HTML in the order in which it is seen.

A PDF is read along its tags, in the order of the HTML. A Word document is read as it stands on the page, so
what CSS turns round stands there turned round.
"""

import re

import lxml.html

REVERSED = re.compile(r"\.([\w-]+)\s*\{[^}]*flex-direction:\s*(?:column|row)-reverse")


def as_seen(source):
    """The HTML with the children of every reversed flex container in the order of their places."""
    classes = set(REVERSED.findall(source))
    if not classes:
        return source
    document = lxml.html.document_fromstring(source)
    for element in document.iter(lxml.etree.Element):
        if classes.intersection((element.get("class") or "").split()):
            element[:] = list(reversed(element))
    return "<!DOCTYPE html>\n" + lxml.html.tostring(document, encoding="unicode")
