"""What the HTML of a layout means: its headings, list items, tables and pictures, with so much of the cascade as decides
what is seen (`display`), how items are marked (`list-style`) and what a page's margins are (`@page`).
"""

import itertools
import re
import unicodedata
from dataclasses import dataclass, field

import cssselect2
import tinycss2
import tinyhtml5

MM = {"mm": 1, "cm": 10, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96, "q": 0.25}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Elements whose text is no text of the article.
SILENT = {"head", "script", "style", "svg", "template"}
# Where an item's first paragraph ends.
BLOCKS = {"blockquote", "br", "div", "dl", "figure", "li", "ol", "p", "pre", "table", "ul"} | HEADINGS
UNNUMBERED = {"disc", "circle", "square"}
PROPERTIES = {"display": "display", "list-style": "list-style-type", "list-style-type": "list-style-type"}
SIDES = ("top", "right", "bottom", "left")
# Which of its values a `margin` of so many gives each side.
SHORTHAND = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}


def letters(text):
    """Letters and digits alone: what a reader of either file cannot tell in another way."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).casefold()


@dataclass
class Table:
    """The cells of each row, as letters, columns and rows; and how many rows stand above the others."""

    rows: list
    header_rows: int

    def text(self):
        return "".join(cell[0] for row in self.rows for cell in row)


@dataclass
class Meaning:
    """What a document has, each in its order."""

    headings: list = field(default_factory=list)
    # Level from 0, "bullet" or the item's number, letters of its first paragraph.
    items: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    pictures: list = field(default_factory=list)
    # Where links lead, letters only.
    addresses: set = field(default_factory=set)
    title: str = ""
    lang: str = ""
    description: str = ""
    # The margins of a page in mm, by side, and those of the first one.
    margins: dict = field(default_factory=dict)
    first_margins: dict = field(default_factory=dict)


class Styles:
    """The rules of the document's own stylesheets."""

    def __init__(self, root):
        self.matcher, self.pages = cssselect2.Matcher(), []
        for style in root.iter("style"):
            self.read(tinycss2.parse_stylesheet(style.text or "", skip_comments=True, skip_whitespace=True))

    def read(self, rules):
        for rule in rules:
            if rule.type == "at-rule" and rule.lower_at_keyword == "page":
                self.pages.append((tinycss2.serialize(rule.prelude).strip(), declarations(rule.content)))
            elif rule.type == "at-rule" and rule.lower_at_keyword == "media":
                if tinycss2.serialize(rule.prelude).strip() in ("print", "all"):
                    self.read(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            elif rule.type == "qualified-rule":
                self.add(rule)

    def add(self, rule):
        wanted = [item for item in declarations(rule.content) if item.lower_name in PROPERTIES]
        for selector in cssselect2.compile_selector_list(rule.prelude) if wanted else []:
            self.matcher.add_selector(selector, wanted)

    def of(self, element):
        """What the rules say of an element: `display`, `list-style-type`."""
        found = {}
        for _, _, pseudo, wanted in self.matcher.match(element):
            if pseudo is None:
                for item in wanted:
                    found[PROPERTIES[item.lower_name]] = value(item)
        return found

    def margins(self, prelude):
        """The margins that `@page` with this prelude sets, in mm."""
        margins = {}
        for _, items in filter(lambda page: page[0] == prelude, self.pages):
            for item in items:
                lengths = [millimetres(token) for token in item.value if token.type != "whitespace"]
                if item.lower_name == "margin":
                    margins |= zip(SIDES, (lengths[at] for at in SHORTHAND[len(lengths)]))
                elif item.lower_name.startswith("margin-") and item.lower_name[7:] in SIDES:
                    margins[item.lower_name[7:]] = lengths[0]
        return margins


def millimetres(token):
    """A length in mm, or None where it takes more than reading it."""
    if token.type == "dimension" and token.lower_unit in MM:
        return token.value * MM[token.lower_unit]
    return 0 if token.type == "number" and token.value == 0 else None


def declarations(content):
    parsed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [item for item in parsed if item.type == "declaration"]


def value(item):
    """A keyword of the value, lower case; `none` wins in a `list-style`, a string is `string`."""
    kinds = [token.lower_value if token.type == "ident" else "string" for token in item.value
             if token.type in ("ident", "string")]
    kinds = [kind for kind in kinds if kind not in ("inside", "outside")]
    return "none" if "none" in kinds else next(iter(kinds), "disc")


class Reader:
    def __init__(self, styles):
        self.styles, self.meaning = styles, Meaning()

    def walk(self, wrapper, list_type, lists):
        """`lists` has the counter of each list around and its step, innermost last."""
        element = wrapper.etree_element
        tag, style = element.tag, self.styles.of(wrapper)
        if is_silent(element) and tag != "svg" or style.get("display") == "none":
            return
        if tag in ("ul", "ol"):
            list_type = "disc" if tag == "ul" else "decimal"
            step = -1 if element.get("reversed") is not None else 1
            first = int(element.get("start", sum(child.tag == "li" for child in element) if step < 0 else 1))
            lists = [*lists, [first - step, step]]
        list_type = style.get("list-style-type", list_type)
        level = int(tag[1]) if tag in HEADINGS else int(element.get("aria-level", "2"))
        is_heading = tag in HEADINGS or element.get("role") == "heading"
        if is_heading and not any(parent.etree_element.tag == "nav" for parent in wrapper.ancestors):
            # Word's own heading of a table of contents is none of the outline's.
            self.meaning.headings.append((level, letters("".join(part or " " for part in parts(element)))))
        elif tag == "li" and lists:
            lists[-1][0] = int(element.get("value", sum(lists[-1])))
            self.item(wrapper, list_type, lists)
        elif tag == "table":
            self.meaning.tables.append(table(element))
        elif tag == "a":
            self.meaning.addresses.add(letters(element.get("href", "")))
        elif tag == "img":
            self.meaning.pictures.append(letters(element.get("alt", "")))
        elif tag == "svg":
            title = next((child.text for child in element if child.tag == "title"), "")
            self.meaning.pictures.append(letters(element.get("aria-label") or title or ""))
            return
        for child in wrapper.iter_children():
            self.walk(child, list_type, lists)

    def item(self, wrapper, list_type, lists):
        if list_type == "none" or self.styles.of(wrapper).get("display", "list-item") != "list-item":
            return
        is_bullet = list_type in UNNUMBERED or list_type == "string"
        number = "bullet" if is_bullet else lists[-1][0]
        self.meaning.items.append((len(lists) - 1, number, letters(first_paragraph(wrapper.etree_element))))


def is_silent(element):
    return (
        not isinstance(element.tag, str)
        or element.tag in SILENT
        or element.get("aria-hidden") == "true"
        or element.get("class") == "footnote-ref"
        or element.get("role") == "doc-endnotes"
    )


def parts(element):
    """The text of an element in pieces, None where a block begins or ends."""
    yield element.text or ""
    for child in element:
        if not is_silent(child):
            edge = [None] if child.tag in BLOCKS else []
            yield from edge
            yield from parts(child)
            yield from edge
        yield child.tail or ""


def first_paragraph(element):
    text = ""
    for part in parts(element):
        if part is None and text.strip():
            break
        text += part or ""
    return text


def cell_of(element):
    text = "".join(part or " " for part in parts(element))
    return letters(text), int(element.get("colspan", "1")), int(element.get("rowspan", "1"))


def table(element):
    rows = list(element.iter("tr"))
    is_head = lambda row: all(cell.tag == "th" for cell in row)
    heads = [row for head in element.iter("thead") for row in head.iter("tr")] or list(itertools.takewhile(is_head, rows))
    cells = [tuple(map(cell_of, filter(lambda cell: cell.tag in ("td", "th"), row))) for row in rows]
    return Table(cells, len(heads))


def read(source):
    """The meaning of a document that a layout gave."""
    # Pictures inside addresses: nothing is read of them, and there is much.
    source = re.sub(r'"data:[^"]*"', '"data:"', source)
    root = tinyhtml5.parse(source, namespace_html_elements=False)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    styles = Styles(root)
    reader = Reader(styles)
    wrapper = cssselect2.ElementWrapper.from_html_root(root)
    for child in wrapper.iter_children():
        if child.etree_element.tag == "body":
            reader.walk(child, "disc", [])
    meaning = reader.meaning
    meaning.title = "".join(root.find("head/title").itertext())
    meaning.lang = root.get("lang", "")
    described = (meta.get("content") for meta in root.iter("meta") if meta.get("name") == "description")
    meaning.description = next(described, "")
    meaning.margins = styles.margins("")
    meaning.first_margins = meaning.margins | styles.margins(":first")
    return meaning
