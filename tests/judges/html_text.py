"""The words of a handout's HTML as they are to be heard, and what another reading of them lacks."""

import difflib
import html.parser
import re
import unicodedata

# Between two elements in a line words may be apart or not: boxes beside each other have no space between them.
OPTIONAL = "\u2063"
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "img", "li", "main", "nav", "ol", "p",
    "pre", "section", "svg", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}


class HtmlText(html.parser.HTMLParser):
    """The text of a body that is read out, blocks apart."""

    HIDDEN = {"head", "script", "style", "svg", "template"}
    VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}

    def __init__(self):
        super().__init__()
        self.parts, self.notes, self.open = [], [], []

    def add(self, part):
        in_notes = self.open and self.open[-1][2]
        (self.notes if in_notes else self.parts).append(part)

    def handle_starttag(self, tag, attrs):
        self.add(" " if tag in BLOCKS else OPTIONAL)
        if tag not in self.VOID:
            _, hidden, notes = self.open[-1] if self.open else ("", False, False)
            is_call = ("class", "footnote-ref") in attrs or ("role", "doc-noteref") in attrs
            hidden = hidden or is_call or tag in self.HIDDEN or ("aria-hidden", "true") in attrs
            self.open.append((tag, hidden, notes or ("role", "doc-endnotes") in attrs))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass
        self.add(" " if tag in BLOCKS else OPTIONAL)

    def handle_data(self, data):
        if not (self.open and self.open[-1][1]):
            self.add(data)


def html_text(source):
    """The text of HTML, that of its notes behind everything else."""
    reader = HtmlText()
    reader.feed(source)
    return "".join([*reader.parts, " ", *reader.notes])


def words(text):
    """The words of a text for readings that do not tell a word's own hyphen from a break's."""
    text = re.sub("[\u00ad\u200b\u2010\u2011-]", "", unicodedata.normalize("NFKC", text))
    return [word for word in text.casefold().split() if word.strip(OPTIONAL)]


def exact_words(text):
    """The words of a text as they are written; what only allows a break is not of the word."""
    text = re.sub("[\u00ad\u200b]", "", unicodedata.normalize("NFC", text))
    return [word for word in text.split() if word.strip(OPTIONAL)]


def boundaries(words):
    """The letters of words, the offsets where one ends, and those where one may end."""
    letters, firm, loose, at = [], set(), set(), 0
    for word in words:
        for part in word.split(OPTIONAL):
            letters.append(part)
            at += len(part)
            loose.add(at)
        firm.add(at)
    return "".join(letters), firm, loose


def lost(wanted, found):
    """What `found` does not have of `wanted` at its place, and words that came out split or fused."""
    bare = lambda words: [word.replace(OPTIONAL, "") for word in words]
    matcher = difflib.SequenceMatcher(None, bare(wanted), bare(found), autojunk=False)
    missing = []
    for operation, i, j, k, l in matcher.get_opcodes():
        if operation in ("equal", "insert"):
            continue
        letters, firm, loose = boundaries(wanted[i:j])
        others, other_firm, other_loose = boundaries(found[k:l])
        spoken = lambda text: re.sub(r"\W", "", text)  # stylesheets put commas between tags
        if spoken(letters) not in spoken(others):
            missing.append((" ".join(wanted[max(0, i - 2) : j + 2]), " ".join(found[max(0, k - 2) : l + 2])))
        elif letters == others and not (firm <= other_loose and other_firm <= loose):
            missing.append((" ".join(wanted[i:j]), " ".join(found[k:l]) + "  (words split or fused)"))
    return missing
