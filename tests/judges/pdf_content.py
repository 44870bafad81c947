"""What a PDF's content streams say: text by the fonts' own maps, marked content, artifacts (ISO 32000-1, 9 and 14.6).

Nothing is guessed: no space is made of a gap, and no glyph is read but through its font's ToUnicode map or ActualText.
"""

import re
from dataclasses import dataclass, field

import pikepdf

PAINTS = {"f", "F", "f*", "S", "s", "b", "b*", "B", "B*", "sh", "BI", "INLINE IMAGE"}
ARTIFACT = object()
SHOWS = {"Tj", "TJ", "'", '"'}


@dataclass
class Piece:
    """A piece of marked content of a page or of a form."""

    tag: str
    text: list = field(default_factory=list)


@dataclass
class Stream:
    """What a page or a form holds, and what is wrong with it."""

    pieces: dict = field(default_factory=dict)
    forms: list = field(default_factory=list)
    artifacts: list = field(default_factory=list)
    transparent: bool = False
    problems: list = field(default_factory=list)


def as_text(string):
    """A text string (7.9.2.2), language escapes left out."""
    return re.sub("\x1b[^\x1b]*\x1b", "", str(string))


class Font:
    """A composite font with the texts of its codes (9.7.5 and 9.10.3)."""

    def __init__(self, font):
        self.font, self.map, self.missing = font, {}, set()
        self.descendant = font["/DescendantFonts"][0]
        if "/ToUnicode" in font:
            self.read_map(font["/ToUnicode"].read_bytes().decode("ascii"))
        self.widths = {code for code, _ in self.entries(list(self.descendant.get("/W", [])))}

    def read_map(self, source):
        """The bfchar and bfrange lines of a CMap."""
        text = lambda digits: bytes.fromhex(digits).decode("utf-16-be", "replace")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
            for code, meaning in re.findall(r"<(\w+)>\s*<(\w*)>", block):
                self.map[int(code, 16)] = text(meaning)
        for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.DOTALL):
            for first, last, meaning in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
                first, last = int(first, 16), int(last, 16)
                for code in range(first, last + 1):
                    start = text(meaning)
                    self.map[code] = start[:-1] + chr(ord(start[-1]) + code - first)

    @staticmethod
    def entries(widths):
        """Codes and widths of a W array (9.7.4.3)."""
        while widths:
            first, second = int(widths[0]), widths[1]
            if isinstance(second, pikepdf.Array):
                yield from ((first + at, width) for at, width in enumerate(second))
                widths = widths[2:]
            else:
                yield from ((code, widths[2]) for code in range(first, int(second) + 1))
                widths = widths[3:]

    def read(self, string):
        """The text of a string of two-byte codes."""
        data = bytes(string)
        for at in range(0, len(data), 2):
            code = int.from_bytes(data[at : at + 2], "big")
            meaning = self.map.get(code, "")
            if code not in self.widths and "/DW" not in self.descendant:
                self.missing.add(f"code {code} has no width")
            if not meaning or any(ord(c) in (0, 0xFFFD, 0xFEFF, 0xFFFE) or 0xE000 <= ord(c) <= 0xF8FF for c in meaning):
                self.missing.add(f"code {code} stands for {meaning!r}")
            yield meaning

    def problems(self):
        """What the font lacks, for all that was read with it."""
        name = self.descendant.get("/BaseFont")
        descriptor = self.descendant["/FontDescriptor"]
        if not any(key in descriptor for key in ("/FontFile2", "/FontFile3")):
            yield f"font {name} is not embedded"
        if self.font.get("/Encoding") != "/Identity-H":
            yield f"font {name} has the encoding {self.font.get('/Encoding')}"
        if self.descendant.get("/Subtype") == "/CIDFontType2" and self.descendant.get("/CIDToGIDMap") != "/Identity":
            yield f"font {name} has no identity from codes to glyphs"
        yield from (f"font {name}: {problem}" for problem in sorted(self.missing))


class Reader:
    """Reads pages and forms; fonts are read once."""

    def __init__(self):
        self.fonts = {}

    def font(self, resources, name):
        font = resources["/Font"][name]
        return self.fonts.setdefault(font.objgen, Font(font))

    def problems(self):
        for font in self.fonts.values():
            yield from font.problems()

    def read(self, stream, resources, into=None, owner=None):
        """Reads a stream; one inside marked content adds to its piece, and what it shows is the mark's."""
        result = into or Stream()
        Interpreter(self, resources, result, owner).run(stream)
        return result


class Interpreter:
    """One pass over one content stream."""

    def __init__(self, reader, resources, result, owner):
        self.reader, self.resources, self.result = reader, resources, result
        # Each open marked content: its piece, ARTIFACT, or None where it is neither; and whether it has ActualText.
        self.open = [(owner, False)] if owner is not None else []
        self.base = len(self.open)
        self.font, self.saved = None, []
        # Where text goes that ActualText stands for.
        self.silent = 0

    def run(self, stream):
        for operands, operator in pikepdf.parse_content_stream(stream):
            operator = str(operator)
            if operator in ("BDC", "BMC"):
                self.begin(operator, operands)
            elif operator == "EMC":
                self.end()
            elif operator == "q":
                self.saved.append(self.font)
            elif operator == "Q":
                self.font = self.saved.pop()
            elif operator == "Tf":
                self.font = self.reader.font(self.resources, str(operands[0]))
            elif operator == "gs":
                self.state(self.resources["/ExtGState"][str(operands[0])])
            elif operator in SHOWS:
                self.show(operands[-1])
            elif operator == "Do":
                self.paint_object(str(operands[0]))
            elif operator in PAINTS:
                self.owner(operator)
        if len(self.open) != self.base:
            self.wrong("marked content is not ended")
        if self.saved:
            self.wrong("a graphics state is not restored")

    def wrong(self, problem):
        self.result.problems.append(problem)

    def owner(self, what):
        """The piece that content belongs to now; content that belongs to none is wrong."""
        owner = next(iter(self.owners()), None)
        if owner is None:
            self.wrong(f"{what} is neither marked nor an artifact")
        return owner

    def owners(self):
        return [owner for owner, _ in self.open if owner is not None]

    def begin(self, operator, operands):
        tag = str(operands[0])
        properties = operands[1] if operator == "BDC" else {}
        if isinstance(properties, pikepdf.Name):
            properties = self.resources["/Properties"][str(properties)]
        owners = self.owners()
        owner, silences = None, False
        if tag == "/Artifact":
            owner = ARTIFACT
            self.result.artifacts.append({str(key): properties[key] for key in properties.keys()})
            if any(other != ARTIFACT for other in owners):
                self.wrong("an artifact inside tagged content")
        elif "/MCID" in properties:
            number = int(properties["/MCID"])
            if owners:
                self.wrong(f"mark {number} is inside other marked content")
            if number in self.result.pieces:
                self.wrong(f"mark {number} occurs twice")
            owner = self.result.pieces.setdefault(number, Piece(tag))
        if "/ActualText" in properties:
            self.say(as_text(properties["/ActualText"]), owner)
            silences = True
        self.silent += silences
        self.open.append((owner, silences))

    def end(self):
        if len(self.open) == self.base:
            self.wrong("marked content ends that did not begin")
            return
        _, silences = self.open.pop()
        self.silent -= silences

    def say(self, text, owner=None):
        owner = owner or self.owner("text")
        if isinstance(owner, Piece) and not self.silent:
            owner.text.append(text)

    def show(self, shown):
        parts = shown if isinstance(shown, pikepdf.Array) else [shown]
        strings = [part for part in parts if isinstance(part, pikepdf.String)]
        if self.font is None:
            self.wrong("text without a font")
            return
        self.say("".join(text for string in strings for text in self.font.read(string)))

    def state(self, state):
        alphas = [float(state[key]) for key in ("/ca", "/CA") if key in state]
        masked = "/SMask" in state and state["/SMask"] != "/None"
        self.result.transparent |= masked or any(alpha < 1 for alpha in alphas)

    def paint_object(self, name):
        painted = self.resources["/XObject"][name]
        owners = self.owners()
        self.result.transparent |= "/SMask" in painted or "/Group" in painted
        if painted["/Subtype"] == "/Form" and "/StructParents" in painted:
            if owners:
                self.wrong(f"{name} has marks of its own and is inside a mark")
            self.result.forms.append(painted)
        elif painted["/Subtype"] == "/Form":
            within = painted.get("/Resources", self.resources)
            owner = self.owner(name)
            if owner is not None:
                Interpreter(self.reader, within, self.result, owner).run(painted)
        else:
            self.owner(name)
