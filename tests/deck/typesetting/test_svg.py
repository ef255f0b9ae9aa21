"""Drawings in SVG, honest ones and others."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from deck.errors import SlideError
from deck.typesetting.blocks import Picture
from deck.typesetting.images import Loaded, load
from deck.typesetting.setup import Setup

SQUARE = '<rect width="50" height="50" fill="#ff0000"/>'


def svg(content: str, before: str = "") -> str:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{before}<svg {names} viewBox="0 0 100 100">{content}</svg>'


def shown(content: str | bytes, folder: Path, name: str = "a.svg") -> Loaded:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return load(Picture(source=name, alt="", caption="", line=7), Setup(path=folder / "talk.md"))


def shapes(content: str | bytes, folder: Path, name: str = "a.svg") -> int:
    drawing = shown(content, folder, name).drawing
    assert drawing is not None
    assert [path.name for path in folder.iterdir()] == [name]
    return len(drawing.shapes)


def entities(levels: int) -> str:
    lines = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, levels))
    return svg(f"<text>&e{levels - 1};</text>{SQUARE}", f'<!DOCTYPE svg [<!ENTITY e0 "lol">{lines}]>')


def uses(levels: int) -> str:
    square = f'<g id="u0">{SQUARE}</g>'
    groups = "".join(f'<g id="u{at}">{f"""<use xlink:href="#u{at - 1}"/>""" * 10}</g>' for at in range(1, levels))
    return svg(f"<defs>{square}{groups}</defs><use href='#u{levels - 1}'/>")


ENTITY = "<!DOCTYPE svg [<!ENTITY {}>]>"
BOMBS: dict[str, str | bytes] = {
    "billion laughs": entities(10),
    "entities of entities": entities(3),
    "long entity": svg(f"<text>{'&a;' * 99}</text>{SQUARE}", ENTITY.format(f'a "{"a" * 100_000}"')),
    "many references": svg(f"<text>{'&a;' * 100_000}</text>{SQUARE}", ENTITY.format(f'a "{"a" * 99}"')),
    "entity of a file": svg(f"<text>&a;</text>{SQUARE}", ENTITY.format('a SYSTEM "file:///etc/hostname"')),
    "entity of the web": svg(f"<text>&a;</text>{SQUARE}", ENTITY.format('a SYSTEM "http://127.0.0.1:9/"')),
    "parameter entity": svg(SQUARE, '<!DOCTYPE svg [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>'),
    "uses of uses": uses(10),
    "fewer uses of uses": uses(6),
    "use of itself": svg('<g id="a"><use href="#a"/></g>'),
    "use in a circle": svg('<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g>' + SQUARE),
    "use of the whole": f'<svg xmlns="http://www.w3.org/2000/svg" id="a"><use href="#a"/>{SQUARE}</svg>',
    "chain of uses": svg("".join(f'<g id="a{at}"><use href="#a{at + 1}"/></g>' for at in range(5000)) + SQUARE),
    "uses of a long path": svg(f'<path id="a" d="M0 0{"h1" * 9000}"/>' + '<use href="#a"/>' * 900),
    "groups in groups": svg("<g>" * 20_000 + SQUARE + "</g>" * 20_000),
    "many elements": svg('<path d="M0 0h1v1z"/>' * 70_000),
    "long path": svg(f'<path d="M 0 0 {"L 1 1 2 2 " * 1_000_000}"/>'),
    "long polygon": svg(f'<polygon points="{"1,1 2,2 " * 1_000_000}"/>'),
    "many arcs": svg(f'<path d="M 0 0 {"A 9 9 45 1 0 9 9 A 9 9 45 1 0 1 1 " * 2500}"/>'),
    "arcs without letters": svg(f'<path d="M 0 0 A{"9 9 45 1 0 9 9 9 9 45 1 0 1 1 " * 2500}"/>'),
    "long transforms": svg(f'<g transform="{"rotate(1) " * 9000}">{SQUARE * 900}</g>'),
    "long styles": svg(f"<style>*{{fill:red{';fill:red' * 9000}}}</style>{SQUARE * 1000}"),
    "classes again and again": svg(
        f"<style>.a{{fill:red{';fill:red' * 5000}}}</style>" + f'<path class="{"a " * 4000}" d="M0 0h1v1z"/>' * 9
    ),
    "a megabyte of style": svg(f"<style>{'a' * 1_000_000}</style>{SQUARE}"),
    "many bytes": svg(f"<desc>{'a' * 20_000_000}</desc>{SQUARE}"),
    "gzip": gzip.compress(svg(f"<desc>{'a' * 90_000_000}</desc>{SQUARE}").encode(), 1),
    "infinite": svg('<path d="M 0 0 L 1e999 -1e999 L 5 5"/>'),
    "far away": svg('<path d="M 1e300 1e300 L -1e300 -1e300 L 0 9 z"/>'),
    "not a number": svg('<rect width="nan" height="inf"/>'),
    "nothing in it": svg(""),
    "no xml": "<svg",
    "html": f"<html>{SQUARE}</html>",
    "encoding": f"<?xml version='1.0' encoding='nonsense'?>{svg(SQUARE)}",
    "empty": "",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_drawing_that_would_take_too_much_is_refused_at_once(name: str, tmp_path: Path) -> None:
    with pytest.raises(SlideError, match=r"^[^\n]*the image 'a.svg' [a-z][^\n]*$") as caught:
        shown(BOMBS[name], tmp_path)

    assert caught.value.hint


HARMLESS = {
    "plain": svg(SQUARE),
    "document type of the web": svg(
        SQUARE, '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    ),
    "entities of a drawing program": svg(SQUARE, '<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>'),
    "picture of a file": svg('<image href="file:///etc/hostname" width="9" height="9"/>' + SQUARE),
    "picture of above": svg('<image xlink:href="../a.png" width="9" height="9"/>' + SQUARE),
    "picture of postscript": svg('<image href="data:image/png;base64,JSFQUy1BZG9iZS0zLjAK"/>' + SQUARE),
    "use of a file": svg('<use href="file:///etc/hostname#x"/><use xlink:href="../a.svg#x"/>' + SQUARE),
    "use of nothing": svg('<use/><use href=""/><use href="#none"/>' + SQUARE),
    "script": svg("<script>alert(1)</script>" + SQUARE),
    "text": svg("<text>a</text>" * 5000 + SQUARE),
    "foreign": svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">a</p></foreignObject>' + SQUARE),
    "style that is not closed": svg(f"<style>{'/*' * 9000}</style><style>{'a{' * 9000}</style>{SQUARE}"),
    "style without an end": svg(f"<style>{'a' * 90_000}</style>" + SQUARE),
    "drawing in a drawing": svg(svg(SQUARE)),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_a_drawing_is_shown_without_what_leads_elsewhere(name: str, tmp_path: Path) -> None:
    assert shapes(HARMLESS[name], tmp_path) == 1


def test_styles_and_uses_are_drawn_as_they_are_meant(tmp_path: Path) -> None:
    rules = "/* all } of it */ .a, #b { fill: #00ff00 } rect.c{fill:#0000ff}"
    content = (
        f'<style>{rules}</style><defs><g id="g">{SQUARE}</g></defs><rect class="a" width="9" height="9"/>'
        '<rect id="b" width="9" height="9"/><rect class="c" width="9" height="9"/><use xlink:href="#g" x="40"/>'
    )

    drawing = shown(svg(content), tmp_path).drawing

    assert drawing is not None
    colors = [shape.fill for shape in drawing.shapes]
    assert colors == [("#00FF00", 1.0), ("#00FF00", 1.0), ("#0000FF", 1.0), ("#FF0000", 1.0)]


def test_a_compressed_drawing_is_shown(tmp_path: Path) -> None:
    assert shapes(gzip.compress(svg(SQUARE).encode()), tmp_path, "a.svgz") == 1


def test_a_path_of_40_000_pieces_is_drawn_whole(tmp_path: Path) -> None:
    points = np.random.default_rng(1).random((40_000, 2)) * 100
    path = "M0 0" + "".join(f"L{x:.3f} {y:.3f}" for x, y in points)

    drawing = shown(svg(f'<path d="{path}"/>'), tmp_path).drawing

    assert drawing is not None
    assert sum(int((shape.path.subpaths // 2).sum()) for shape in drawing.shapes) == len(points)


def test_a_plot_of_five_megabytes_is_drawn_whole(tmp_path: Path) -> None:
    points = np.random.default_rng(1).random((10, 10_000, 2)) * 100
    paths = ["M0 0" + "".join(f"L {x:.22f} {y:.22f} \n" for x, y in line) for line in points]
    content = svg("".join(f'<g id="line_{at}"><path d="{path}"/></g>' for at, path in enumerate(paths)))
    assert len(content) > 5_000_000

    assert shapes(content, tmp_path) == len(paths)
