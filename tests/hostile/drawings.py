"""Files that are called pictures."""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from tests.hostile.attack import DOCUMENT, Attack, Place

__all__ = ["ATTACKS", "SVGS", "pictured"]

POSTSCRIPT = (
    b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n(../outside/RAN) (w) file closefile showpage\n%%EOF\n"
)
WMF = b"\xd7\xcd\xc6\x9a\0\0" + struct.pack("<4hHIH", 0, 0, 100, 100, 96, 0, 0) + b"\1\0\t\0\0\3" + bytes(12)
EMF = struct.pack("<2I8i", 1, 100, 0, 0, 9, 9, 0, 0, 99, 99) + b" EMF" + bytes(60)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">{}</svg>'
)


def pictured(
    name: str, content: bytes | str | Callable[[Place], str | bytes], *, kind: bool = False, alone: bool = False
) -> Attack:
    """Return a document that shows a file, in its text or as the photo of a ``kind`` of slide."""

    def write(place: Place) -> None:
        place.write(name, content(place) if callable(content) else content)
        block = f"```slide\nkind: single-feature-map\nimage: {name}\n```\n"
        place.write(DOCUMENT, f"## One\n\n{block if kind else f'![a picture]({name})'}\n")

    return Attack(write=write, alone=alone)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *more: bytes, rows: bytes = b"") -> bytes:
    """Return a PNG of one bit a pixel that says it has that size."""
    header = chunk(b"IHDR", struct.pack(">2I5B", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def blank(width: int, height: int) -> bytes:
    return png(width, height, rows=bytes(height * (1 + (width + 7) // 8)))


def saved(format_: str, size: tuple[int, int] = (200, 200), mode: str = "RGB", **options: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, format=format_, **options)
    return file.getvalue()


def frames(count: int) -> bytes:
    pictures = [Image.new("L", (100, 100), at % 255) for at in range(count)]
    return saved_all(pictures)


def saved_all(pictures: list[Image.Image]) -> bytes:
    file = io.BytesIO()
    pictures[0].save(file, format="GIF", save_all=True, append_images=pictures[1:])
    return file.getvalue()


def gif_of_65535() -> bytes:
    return b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\2\2D\1\0;"


def many(place: Place) -> None:
    """Show 40 pictures of 6000×6000."""
    data = blank(6000, 6000)
    names = [f"p{at}.png" for at in range(40)]
    for name in names:
        place.write(name, data)
    place.write(DOCUMENT, "\n\n".join(f"## {name}\n\n![]({name})" for name in names) + "\n")


def entities(levels: int) -> str:
    """Return a document type whose entity is ten to the power of ``levels`` long."""
    lines = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, levels))
    return f'<!DOCTYPE svg [<!ENTITY e0 "lol">{lines}]>' + SVG.format(f"<text>&e{levels - 1};</text>")


def uses(levels: int) -> str:
    """Return a picture of ten to the power of ``levels`` squares."""
    square = '<g id="u0"><rect width="1" height="1"/></g>'
    groups = "".join(f'<g id="u{at}">{f"""<use xlink:href="#u{at - 1}"/>""" * 10}</g>' for at in range(1, levels))
    return SVG.format(f"<defs>{square}{groups}</defs><use xlink:href='#u{levels - 1}'/>")


def xml(declaration: str, content: str = "<text>&x;</text>") -> Callable[[Place], str]:
    return lambda place: declaration.replace("OUTSIDE", str(place.outside)) + SVG.format(content)


def drawn(content: str) -> Callable[[Place], str]:
    return lambda place: SVG.format(content.replace("OUTSIDE", str(place.outside)))


SQUARE = '<rect width="50" height="50" fill="red"/>'
SVGS: dict[str, str | bytes | Callable[[Place], str | bytes]] = {
    "entity-file": xml('<!DOCTYPE svg [<!ENTITY x SYSTEM "file://OUTSIDE/secret.txt">]>'),
    "entity-passwd": xml('<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
    "entity-web": xml('<!DOCTYPE svg [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'),
    "entity-parameter": xml('<!DOCTYPE svg [<!ENTITY % p SYSTEM "file://OUTSIDE/secret.txt"> %p;]>', SQUARE),
    "entity-in-attribute": xml('<!DOCTYPE svg [<!ENTITY x "url(file://OUTSIDE/secret.svg)">]>', "<rect fill='&x;'/>"),
    "doctype-file": xml('<!DOCTYPE svg SYSTEM "file://OUTSIDE/secret.txt">', SQUARE),
    "doctype-web": xml('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg11.dtd">', SQUARE),
    "stylesheet": xml('<?xml-stylesheet type="text/xsl" href="file://OUTSIDE/secret.txt"?>', SQUARE),
    "entities-billion": entities(10),
    "entities-quadratic": f'<!DOCTYPE svg [<!ENTITY a "{"a" * 100_000}">]>'
    + SVG.format(f"<text>{'&a;' * 10_000}</text>"),
    "include": drawn(
        '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file://OUTSIDE/secret.txt" parse="text"/>'
    ),
    "image-file": drawn('<image href="file://OUTSIDE/secret.png" width="9" height="9"/>'),
    "image-path": drawn('<image xlink:href="../outside/secret.png" width="9" height="9"/>' + SQUARE),
    "image-absolute": drawn('<image xlink:href="OUTSIDE/secret.png" width="9" height="9"/>' + SQUARE),
    "image-web": drawn('<image href="http://127.0.0.1:9/x.png" width="9" height="9"/>' + SQUARE),
    "image-data": drawn('<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>' + SQUARE),
    "image-postscript": drawn(
        '<image href="data:image/png;base64,JSFQUy1BZG9iZS0zLjAK" width="9" height="9"/>' + SQUARE
    ),
    "use-file": drawn('<use href="file://OUTSIDE/secret.svg#x"/><use xlink:href="../outside/secret.svg#x"/>' + SQUARE),
    "use-bomb": uses(10),
    "use-bomb-small": uses(6),
    "use-of-itself": drawn('<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g>' + SQUARE),
    "use-of-nothing": drawn('<use/><use href=""/><use href="#none"/>' + SQUARE),
    "script": drawn("<script>alert(1)</script><rect onload='alert(1)' onclick='alert(1)' width='9' height='9'/>"),
    "foreign": drawn(
        '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="http://127.0.0.1:9/"/></foreignObject>'
        + SQUARE
    ),
    "style-import": drawn(
        "<style>@import url('http://127.0.0.1:9/x.css'); rect{fill:url(file://OUTSIDE/secret.svg#x)}</style>" + SQUARE
    ),
    "style-selectors": drawn(f"<style>{'*>' * 5000}* {{fill:red}} {'a,' * 20_000}b{{}}</style>" + SQUARE),
    "font-file": drawn(
        "<style>@font-face{font-family:x;src:url(file://OUTSIDE/secret.bin)}</style><text font-family='x'>x</text>"
    ),
    "font-name": drawn(f"<text font-family='{'x' * 100_000}' font-size='1e30'>x</text>"),
    "path-not-a-number": drawn('<path d="M nan inf L 1e999 -1e999 C 1 2 3 NaN x y z"/>'),
    "path-huge": drawn('<path d="M 1e300 1e300 L -1e300 -1e300 z" stroke="red" stroke-width="1e300"/>'),
    "path-long": drawn(f'<path d="M 0 0 {"L 1 1 2 2 " * 200_000}"/>'),
    "path-arcs": drawn(f'<path d="M 0 0 {"A 1e9 1e-9 45 1 0 9 9 " * 5000}"/>'),
    "path-many": drawn('<path d="M0 0h1v1z"/>' * 70_000),
    "groups-nested": drawn("<g>" * 20_000 + SQUARE + "</g>" * 20_000),
    "groups-nested-less": drawn("<g transform='rotate(1)'>" * 900 + SQUARE + "</g>" * 900),
    "transforms": drawn(
        f'<g transform="{"scale(1e9) " * 1000}">{SQUARE}</g><g transform="matrix(0 0 0 0 0 0) skewX(90)">{SQUARE}</g>'
    ),
    "dashes": drawn('<path d="M0 0h1e6" stroke="red" stroke-dasharray="1e-6"/>'),
    "filters": drawn(
        '<filter id="f" width="1e6" height="1e6"><feGaussianBlur stdDeviation="1e6"/></filter><rect filter="url(#f)" width="9" height="9"/>'
    ),
    "patterns": drawn(
        '<pattern id="p" width="1e-6" height="1e-6"><rect fill="url(#p)" width="9" height="9"/></pattern><rect fill="url(#p)" width="9" height="9"/>'
    ),
    "gradients": drawn(
        '<linearGradient id="a" xlink:href="#b"/><linearGradient id="b" xlink:href="#a"/><rect fill="url(#a)" width="9" height="9"/>'
    ),
    "clips": drawn(
        '<clipPath id="c" clip-path="url(#c)"><rect clip-path="url(#c)" width="9" height="9"/></clipPath><rect clip-path="url(#c)" width="9" height="9"/>'
    ),
    "animated": drawn(
        '<rect width="9" height="9"><animate attributeName="x" dur="1e-9s" repeatCount="indefinite"/><set attributeName="href" to="javascript:alert(1)"/></rect>'
    ),
    "link": drawn('<a href="javascript:alert(1)"><text x="9" y="9">x</text></a>'),
    "text-long": drawn(f"<text>{'x' * 1_000_000}</text>"),
    "texts-many": drawn('<text x="1" y="9">word</text>' * 5000),
    "attributes": drawn("<rect " + " ".join(f"a{at}='1'" for at in range(50_000)) + "/>"),
    "attribute-long": drawn(f"<rect width='{'9' * 1_000_000}' height='9'/>"),
    "sizes": '<svg xmlns="http://www.w3.org/2000/svg" width="1e9" height="-5" viewBox="0 0 1e-300 nan">'
    + SQUARE
    + "</svg>",
    "size-zero": '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0" viewBox="0 0 0 0">' + SQUARE + "</svg>",
    "size-thin": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000000 1">' + SQUARE + "</svg>",
    "no-namespace": "<svg>" + SQUARE + "</svg>",
    "no-svg": "<html><body><script>alert(1)</script></body></html>",
    "no-xml": "<svg><<<",
    "nothing": "",
    "utf-16": SVG.format(SQUARE).encode("utf-16"),
    "utf-7": b'<?xml version="1.0" encoding="utf-7"?>' + SVG.format(SQUARE).encode(),
    "odd-encoding": b'<?xml version="1.0" encoding="idna"?>' + SVG.format(SQUARE).encode(),
    "binary": bytes(range(256)) * 100,
    "packed": gzip.compress(SVG.format(" " * 50_000_000).encode()),
}
"""What ``picture.svg`` holds."""

HEAVY = {
    "path-many",
    "path-long",
    "entities-billion",
    "use-bomb",
    "use-bomb-small",
    "entities-quadratic",
    "packed",
    "filters",
}

ATTACKS: dict[str, Attack] = {
    "postscript": pictured("picture.png", POSTSCRIPT),
    "postscript-photo": pictured("picture.png", POSTSCRIPT, kind=True),
    "postscript-eps": pictured("picture.eps", POSTSCRIPT),
    "postscript-jpg": pictured(
        "picture.jpg", b"\xc5\xd0\xd3\xc6" + struct.pack("<6I", 32, len(POSTSCRIPT), 0, 0, 0, 0) + bytes(4) + POSTSCRIPT
    ),
    "wmf": pictured("picture.png", WMF),
    "emf": pictured("picture.png", EMF),
    "pdf": pictured("picture.pdf", b"%PDF-1.7\n1 0 obj<</OpenAction<</S/Launch/F(sh)>>>>endobj\n%%EOF"),
    "pdf-png": pictured("picture.png", saved("PDF")),
    "mpo": pictured("picture.jpg", saved("MPO")),
    "tiff": pictured("picture.png", saved("TIFF")),
    "tiff-bomb": pictured("picture.jpg", saved("TIFF", (20_000, 20_000), "1", compression="tiff_adobe_deflate")),
    "tiff-jpeg": pictured("picture.tif", saved("TIFF", compression="jpeg")),
    "fits": pictured("picture.png", b"SIMPLE  =                    T" + b" " * 5000),
    "hdf5": pictured("picture.png", b"\x89HDF\r\n\x1a\n" + bytes(1000)),
    "grib": pictured("picture.png", b"GRIB" + bytes(3) + b"\1" + bytes(1000)),
    "fli": pictured("picture.png", struct.pack("<IHHHH", 128, 0xAF11, 100, 65_535, 65_535) + bytes(200)),
    "xpm": pictured("picture.png", b'/* XPM */\nstatic char *x[] = {\n"99999 99999 1 1",\n"a c red",\n'),
    "psd": pictured("picture.png", b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 30_000, 30_000, 8, 3) + bytes(12)),
    "ico": pictured("picture.ico", saved("ICO")),
    "bmp-huge": pictured(
        "picture.bmp",
        b"BM" + struct.pack("<IIIIiiHHIIiiII", 54, 0, 54, 40, 2**31 - 1, 2**31 - 1, 1, 24, 0, 0, 0, 0, 0, 0),
    ),
    "gif-65535": pictured("picture.gif", gif_of_65535()),
    "gif-frames": pictured("picture.gif", frames(500)),
    "png-claims": pictured("picture.png", png(2**31 - 1, 2**31 - 1)),
    "png-zero": pictured("picture.png", png(0, 0)),
    "png-thin": pictured("picture.png", blank(10_000_000, 1)),
    "png-30000": pictured("picture.png", blank(30_000, 30_000), alone=True),
    "png-12000": pictured("picture.png", blank(12_000, 12_000), alone=True),
    "png-9000-photo": pictured("picture.png", blank(9_000, 9_000), kind=True, alone=True),
    "png-text-bomb": pictured(
        "picture.png", png(9, 9, *[chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(60_000_000)))] * 20, rows=bytes(27))
    ),
    "png-profile-bomb": pictured(
        "picture.png", png(9, 9, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(100_000_000))), rows=bytes(27))
    ),
    "png-cut-off": pictured("picture.png", blank(500, 500)[:60]),
    "png-chunks": pictured("picture.png", png(9, 9, *[chunk(b"tEXt", b"a\0b")] * 100_000, rows=bytes(27))),
    "png-with-html": pictured("picture.png", blank(99, 99) + b"<script>alert(1)</script>"),
    "jpeg-cut-off": pictured("picture.jpg", saved("JPEG")[:300]),
    "jpeg-65535": pictured("picture.jpg", saved("JPEG").replace(b"\0\xc8\0\xc8", b"\xff\xff\xff\xff")),
    "webp-broken": pictured("picture.webp", saved("WEBP")[:40] + bytes(200)),
    "webp-16383": pictured("picture.webp", saved("WEBP", (16_383, 16_383), lossless=True), alone=True),
    "film": pictured("picture.mp4", b"\0\0\0\x18ftypmp42"),
    "forty-pictures": Attack(write=many, alone=True),
    **{f"svg-{name}": pictured("picture.svg", content, alone=name in HEAVY) for name, content in SVGS.items()},
    "svgz": pictured("picture.svgz", gzip.compress(SVG.format(SQUARE).encode())),
    "svg-called-png": pictured("picture.png", SVG.format(SQUARE)),
    "svg-photo": pictured("picture.svg", SVG.format(SQUARE), kind=True),
}
