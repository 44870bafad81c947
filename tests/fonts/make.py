#!/usr/bin/env python3
"""Makes the test fonts, with which a layout can be computed by hand. Needs fonttools; run from this folder.

Handout Test: 1,000 units to the em, ascent 0.8, descent 0.2, no line gap. Every glyph is 1 em wide, except the space,
the no-break space and the letters i, j, l and t, which are half an em. "fi" is a ligature, 1 em wide; "AV" is kerned
by -0.2 em; underline at 0.1, strikeout at 0.25, both 0.05 thick; x-height 0.5, cap height 0.7.
"""

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

HALF = " \u00a0ijlt"
CHARACTERS = [chr(code) for code in [*range(0x20, 0x7F), 0xA0, 0xAD, *range(0xC0, 0x180), *range(0x5D0, 0x5EB)]]
CHARACTERS += list("–—‘’“”…‐‑•")


def name(character):
    return f"uni{ord(character):04X}"


def box(width):
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in [(50, 700), (width - 50, 700), (width - 50, 0)]:
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def make(style, weight, italic):
    widths = {".notdef": 1000, "f_i": 1000} | {name(c): 500 if c in HALF else 1000 for c in CHARACTERS}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(widths))
    builder.setupCharacterMap({ord(c): name(c) for c in CHARACTERS})
    empty = {name(c) for c in " \u00a0"}
    builder.setupGlyf({glyph: TTGlyphPen(None).glyph() if glyph in empty else box(w) for glyph, w in widths.items()})
    builder.setupHorizontalMetrics({glyph: (w, 50) for glyph, w in widths.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Handout Test", "styleName": style})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, sTypoLineGap=0, usWinAscent=800, usWinDescent=200,
                     sxHeight=500, sCapHeight=700, usWeightClass=weight, yStrikeoutPosition=275, yStrikeoutSize=50,
                     fsSelection=(0x01 if italic else 0x40 if weight == 400 else 0x20), fsType=0)
    builder.setupPost(underlinePosition=-75, underlineThickness=50, keepGlyphNames=False)
    builder.font["head"].macStyle = (1 if weight > 500 else 0) | (2 if italic else 0)
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    addOpenTypeFeaturesFromString(builder.font, f"""
        languagesystem DFLT dflt; languagesystem latn dflt;
        feature liga {{ sub {name("f")} {name("i")} by f_i; }} liga;
        feature kern {{ pos {name("A")} {name("V")} -200; }} kern;
    """)
    builder.save(f"HandoutTest-{style.replace(' ', '')}.ttf")


for arguments in [("Regular", 400, False), ("Bold", 700, False), ("Italic", 400, True)]:
    make(*arguments)
