"""Makes the pictures of tests/pictures, with Pillow 13 (`python make.py`). Every good one shows the same, 48 by 32 pixels
when it is upright: red and green above, blue and yellow below."""

import io
import pathlib
import struct
import zlib

from PIL import Image, PngImagePlugin

HERE = pathlib.Path(__file__).parent
RED, GREEN, BLUE, YELLOW = (200, 40, 40), (40, 150, 60), (40, 60, 180), (230, 200, 60)
SIZE = (48, 32)


def show(mode, colors):
    image = Image.new(mode, SIZE)
    for color, at in zip(colors, [(0, 0), (24, 0), (0, 16), (24, 16)]):
        image.paste(color, (*at, at[0] + 24, at[1] + 16))
    return image


COLORS = (RED, GREEN, BLUE, YELLOW)
RGB = show("RGB", COLORS)


def good(name, image, **options):
    image.save(HERE / "good" / name, **options)


def exif(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


# EXIF's eight orientations: how to store the picture so that it is turned upright again.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def stored(orientation):
    return RGB.transpose(STORED[orientation]) if orientation > 1 else RGB


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(size, depth, color, rows, *before):
    header = struct.pack(">IIBBBBB", *size, depth, color, 0, 0, 0)
    raw = b"".join(b"\0" + row for row in rows)
    return b"".join([
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", header),
        *before,
        chunk(b"IDAT", zlib.compress(raw, 9)),
        chunk(b"IEND", b""),
    ])


def linear(sample):
    value = sample / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def matrix(m, v):
    v = list(v)
    return [sum(a * b for a, b in zip(row, v)) for row in m]


SRGB_TO_XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
XYZ_TO_P3 = [[2.4934969, -0.9313836, -0.4027108], [-0.8294890, 1.7626641, 0.0236247], [0.0358458, -0.0761724, 0.9568845]]
BRADFORD_D50 = [[1.0478112, 0.0228866, -0.0501270], [0.0295424, 0.9904844, -0.0170491], [-0.0092345, 0.0150436, 0.7521316]]


def power(light, exponent, most):
    return round(max(0.0, min(1.0, light)) ** (1 / exponent) * most)


def fixed(value):
    return struct.pack(">i", round(value * 65536))


def icc(space, pcs, kind, tags):
    """A profile of version 2 (ICC.1:2001-04)."""
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"test\0" + b"\0" * 78
    rights = b"text\0\0\0\0no rights\0"
    tags = {b"desc": text, b"cprt": rights, b"wtpt": b"XYZ \0\0\0\0" + fixed(0.9642) + fixed(1) + fixed(0.8249), **tags}
    table, content, at = b"", b"", 132 + 12 * len(tags)
    for name, value in tags.items():
        value += b"\0" * (-len(value) % 4)
        table += name + struct.pack(">II", at, len(value))
        content, at = content + value, at + len(value)
    header = struct.pack(">I4sI4s4s4s12s4s4sI4sI8sI12s4s44x", at, b"\0\0\0\0", 0x02100000, kind, space, pcs, b"\0" * 12,
                         b"acsp", b"\0\0\0\0", 0, b"\0\0\0\0", 0, b"\0" * 8, 0,
                         fixed(0.9642) + fixed(1) + fixed(0.8249), b"\0\0\0\0")
    return header + struct.pack(">I", len(tags)) + table + content


def gamma(exponent):
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(exponent * 256))


P3_XYZ = [[0.4865709, 0.2656677, 0.1982173], [0.2289746, 0.6917385, 0.0792869], [0.0, 0.0451134, 1.0439444]]
COLUMNS = [matrix(BRADFORD_D50, [row[i] for row in P3_XYZ]) for i in range(3)]
P3 = icc(b"RGB ", b"XYZ ", b"mntr", {
    **{name: b"XYZ \0\0\0\0" + b"".join(map(fixed, column)) for name, column in zip([b"rXYZ", b"gXYZ", b"bXYZ"], COLUMNS)},
    **{name: gamma(2.2) for name in [b"rTRC", b"gTRC", b"bTRC"]},
})
GRAY = icc(b"GRAY", b"XYZ ", b"mntr", {b"kTRC": gamma(1.0)})


def p3(color, most=255):
    return tuple(power(light, 2.2, most) for light in matrix(XYZ_TO_P3, matrix(SRGB_TO_XYZ, map(linear, color))))


def lab(color):
    xyz = matrix(BRADFORD_D50, matrix(SRGB_TO_XYZ, map(linear, color)))
    x, y, z = (v / w for v, w in zip(xyz, (0.9642, 1.0, 0.8249)))
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def inks():
    """Inks that nobody has: all of the first is our red, of the second our green, and so on."""
    nodes = b""
    for node in range(16):
        color = {8: RED, 4: GREEN, 2: BLUE, 1: YELLOW}.get(node, (255, 255, 255) if node == 0 else (0, 0, 0))
        light, a, b = lab(color)
        nodes += struct.pack(">HHH", round(light * 652.8), round((a + 128) * 256), round((b + 128) * 256))
    ramp = struct.pack(">HH", 0, 65535)
    lut = b"mft2\0\0\0\0" + bytes([4, 3, 2, 0]) + b"".join(map(fixed, (1, 0, 0, 0, 1, 0, 0, 0, 1)))
    lut += struct.pack(">HH", 2, 2) + ramp * 4 + nodes + ramp * 3
    return icc(b"CMYK", b"Lab ", b"prtr", {b"A2B0": lut})


def naive(color):
    black = 255 - max(color)
    light = 255 - black
    return tuple(round(255 * (light - part) / light) for part in color) + (black,)


def ycck(color):
    """The planes of a file whose Adobe marker says 2: red, green and blue of the inks as Y, Cb, Cr, and black."""
    r, g, b, k = naive(color)
    y = 0.299 * r + 0.587 * g + 0.114 * b
    planes = (y, 128 + 0.564 * (b - y), 128 + 0.713 * (r - y))
    # Pillow turns what it writes around; only black is to be so.
    return tuple(255 - round(plane) for plane in planes) + (k,)


def marked(name, colors, transform, **options):
    """A JPEG in four inks, with what its Adobe marker is to say."""
    file = io.BytesIO()
    show("CMYK", colors).save(file, "JPEG", quality=95, subsampling=0, **options)
    content = bytearray(file.getvalue())
    content[content.index(b"Adobe") + 11] = transform
    (HERE / "good" / name).write_bytes(content)


def grays(colors=COLORS):
    return [round(0.2126 * r + 0.7152 * g + 0.0722 * b) for r, g, b in colors]


for orientation in STORED:
    good(f"orientation-{orientation}.jpg", stored(orientation), quality=95, exif=exif(orientation))
good("orientation-6.png", stored(6), exif=exif(6))
good("orientation-8.webp", stored(8), lossless=True, exif=exif(8))
good("orientation-3.tif", stored(3), exif=exif(3), compression="tiff_lzw")

good("baseline.jpg", RGB, quality=95, subsampling=2)
good("progressive.jpg", RGB, quality=95, progressive=True)
good("display-p3.jpg", show("RGB", map(p3, COLORS)), quality=95, subsampling=0, icc_profile=P3)
marked("cmyk.jpg", map(naive, COLORS), 0)
marked("ycck.jpg", map(ycck, COLORS), 2)
FULL = [(255, 0, 0, 0), (0, 255, 0, 0), (0, 0, 255, 0), (0, 0, 0, 255)]
marked("cmyk-profile.jpg", FULL, 0, icc_profile=inks())

good("rgb.png", RGB)
good("alpha.png", RGB.convert("RGBA"))
good("palette.png", RGB.quantize(16))
good("display-p3.png", show("RGB", map(p3, COLORS)), icc_profile=P3)
srgb_wide = [[tuple(round(part * 257) for part in COLORS[2 * (y // 16) + x // 24]) for x in range(48)] for y in range(32)]
rows = [struct.pack(">144H", *(part for pixel in row for part in pixel)) for row in srgb_wide]
(HERE / "good" / "wide.png").write_bytes(png(SIZE, 16, 2, rows))
wide_p3 = [[p3(COLORS[2 * (y // 16) + x // 24], 65535) for x in range(48)] for y in range(32)]
rows = [struct.pack(">144H", *(part for pixel in row for part in pixel)) for row in wide_p3]
(HERE / "good" / "wide-display-p3.png").write_bytes(png(SIZE, 16, 2, rows, chunk(b"iCCP", b"p\0\0" + zlib.compress(P3))))
light = [[tuple(round(linear(part) * 65535) for part in COLORS[2 * (y // 16) + x // 24]) for x in range(48)] for y in range(32)]
rows = [struct.pack(">144H", *(part for pixel in row for part in pixel)) for row in light]
(HERE / "good" / "gamma.png").write_bytes(png(SIZE, 16, 2, rows, chunk(b"gAMA", struct.pack(">I", 100_000))))
rows = [bytes(part for x in range(48) for part in p3(COLORS[2 * (y // 16) + x // 24])) for y in range(32)]
chromaticities = (31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)
(HERE / "good" / "chromaticities.png").write_bytes(
    png(SIZE, 8, 2, rows, chunk(b"gAMA", struct.pack(">I", 45455)), chunk(b"cHRM", struct.pack(">8I", *chromaticities))))
other = show("RGB", COLORS[::-1])
good("moving.png", RGB, save_all=True, append_images=[other])
good("moving.gif", RGB.quantize(16), save_all=True, append_images=[other.quantize(16)])
good("moving.webp", RGB, save_all=True, append_images=[other], lossless=True)
good("still.gif", RGB.quantize(16))
good("lossy.webp", RGB, quality=95)
good("alpha.webp", RGB.convert("RGBA"), lossless=True)
good("rgb.bmp", RGB)
good("palette.bmp", RGB.quantize(16))
good("rgb.tif", RGB)
good("deflated.tif", RGB, compression="tiff_adobe_deflate")
good("jpeg.tif", RGB, compression="jpeg", quality=95)
good("cmyk.tif", show("CMYK", map(naive, COLORS)))
(HERE / "good" / "png-in-name.jpg").write_bytes((HERE / "good" / "rgb.png").read_bytes())

good("gray.jpg", show("L", grays()), quality=95)
good("gray.png", show("L", grays()))
good("gray-alpha.png", show("LA", [(gray, 255) for gray in grays()]))
wide = [struct.pack(">48H", *(grays()[2 * (y // 16) + x // 24] * 257 for x in range(48))) for y in range(32)]
(HERE / "good" / "gray-wide.png").write_bytes(png(SIZE, 16, 0, wide))
good("gray-light.jpg", show("L", [round(linear(gray) * 255) for gray in grays()]), quality=95, icc_profile=GRAY)


def bad(name, content):
    (HERE / "bad" / name).write_bytes(content)


def huge(width, height, file):
    """A PNG whose header tells of a size that its pixels do not have."""
    header = file[12:16] + struct.pack(">II", width, height) + file[24:29]
    return file[:12] + header + struct.pack(">I", zlib.crc32(header)) + file[33:]


read = lambda name: (HERE / "good" / name).read_bytes()
for name in ["baseline.jpg", "progressive.jpg", "rgb.png", "still.gif", "alpha.webp", "deflated.tif", "rgb.bmp"]:
    content = read(name)
    bad("cut-" + name, content[: len(content) * 2 // 3])
bad("empty.png", b"")
bad("no-width.png", huge(0, 32, read("rgb.png")))
bad("huge.png", huge(20_000, 20_000, read("rgb.png")))
bad("huge-and-wide.png", huge(8_000, 8_000, read("wide.png").replace(b"\x10\x02", b"\x10\x06", 1)))
bad("huge-and-clear.png", huge(9_000, 9_000, read("alpha.png")))
bad("huge.gif", read("still.gif").replace(struct.pack("<HH", *SIZE), struct.pack("<HH", 60_000, 60_000)))
content = bytearray(read("baseline.jpg"))
at = content.index(b"\xFF\xC0") + 5
content[at : at + 4] = struct.pack(">HH", 60_000, 60_000)
bad("huge.jpg", bytes(content))
content = bytearray(read("progressive.jpg"))
at = content.index(b"\xFF\xC2") + 5
content[at : at + 4] = struct.pack(">HH", 9_900, 9_900)
bad("huge-in-passes.jpg", bytes(content))
at = content.index(b"\xFF\xC2")
bad("huge-behind-waste.jpg", bytes(content[:at]) + b"waste" + bytes(content[at:]))
bad("huge.bmp", read("rgb.bmp").replace(struct.pack("<ii", *SIZE), struct.pack("<ii", 50_000, 50_000), 1))
bad("photo.heic", struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic" + b"\0" * 40)
bad("photo.avif", struct.pack(">I", 28) + b"ftypavif\0\0\0\0avifmif1miaf" + b"\0" * 40)
bad("film.mp4", struct.pack(">I", 24) + b"ftypisom\0\0\0\0isommp42" + b"\0" * 40)
bad("icon.ico", b"\0\0\1\0\1\0" + b"\0" * 40)
bad("layers.psd", b"8BPS\0\1" + b"\0" * 40)
bad("page.jpg", b"<!DOCTYPE html><html><title>404</title></html>")
bad("nul.jpg", b"\0" * 100)
bad("words.png", b"No picture at all.\n")
