"""Arrows as long as what stands above and below them, and relations with something above or below."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from deck.adapters.ziamath import BBox, Mnode
from deck.formulas.atoms import EM, SCALES, Atom, row
from deck.formulas.maths import MathsReader, command
from deck.formulas.source import Token

__all__ = ["Arrow"]

ARROWS = {
    r"\xrightarrow": "→",
    r"\xleftarrow": "←",
    r"\xleftrightarrow": "↔",
    r"\xRightarrow": "⇒",
    r"\xLeftarrow": "⇐",
    r"\xLeftrightarrow": "⇔",
    r"\xmapsto": "↦",
    r"\xhookrightarrow": "↪",
    r"\xhookleftarrow": "↩",
    r"\xrightharpoonup": "⇀",
    r"\xrightharpoondown": "⇁",
    r"\xleftharpoonup": "↼",
    r"\xleftharpoondown": "↽",
    r"\xrightleftharpoons": "⇀↽",
    r"\xleftrightharpoons": "↼⇁",
    r"\xtofrom": "→←",
    r"\xtwoheadrightarrow": "↠",
    r"\xtwoheadleftarrow": "↞",
    r"\xlongequal": "",
}
STACKED = {r"\stackrel": "rel", r"\stackbin": "bin"}
SHORTEST = 1.6
"""An arrow at least, in ems."""
BESIDE = 0.5
"""How much longer it is than what stands at it, in ems."""
APART = 0.11
"""How far each of two arrows is from the middle of both, in ems."""
AXIS, LINE = 0.25, 0.066
"""How high the lines of an equals sign are on average, and how thick, in ems."""
GAP = 0.1
"""Between an arrow and what stands at it, in ems."""


class Arrow(Mnode, tag="marrow"):
    """
    Arrows, one or two, with what stands above them as the first child and what stands below them as the last.

    Its element says how long they are at the ``shortest``, how much longer than what stands at them, ``beside``, how
    far two are ``apart``, and which ``gap`` is between.
    """

    def __init__(self, element: ET.Element, parent: Mnode, **kwargs: Any) -> None:
        super().__init__(element, parent, **kwargs)
        shortest, beside, apart, gap = (
            float(element.get(name, "0")) for name in ("shortest", "beside", "apart", "gap")
        )
        over, *arrows, under = element
        labels = []
        for label in (over, under):
            self.increase_child_scriptlevel(label)
            labels.append(Mnode.fromelement(label, parent=self, **kwargs))
        length = max(shortest, beside + max(label.bbox.xmax for label in labels))
        for line in arrows:
            line.set("width", str(length))  # for arrows are told otherwise
        made = [Mnode.fromelement(arrow, parent=self, **{**kwargs, "width": length}) for arrow in arrows]
        ups = [apart, -apart] if len(made) == 2 else [0.0]
        width = max([length, *(arrow.bbox.xmax for arrow in made)])
        for arrow, up in zip(made, ups, strict=True):
            self._put(arrow, width, up)
        low = min(arrow.bbox.ymin + up for arrow, up in zip(made, ups, strict=True))
        high = max(arrow.bbox.ymax + up for arrow, up in zip(made, ups, strict=True))
        above, below = labels
        up, down = high + gap - min(above.bbox.ymin, 0.0), low - gap - below.bbox.ymax
        self._put(above, width, up)
        self._put(below, width, down)
        self.bbox = BBox(0, width, min(low, down + below.bbox.ymin), max(high, up + above.bbox.ymax))

    def _put(self, node: Any, width: float, up: float) -> None:
        self.nodes.append(node)
        self.nodexy.append(((width - node.bbox.xmax - node.bbox.xmin) / 2, -up))


@command(*ARROWS)
def _arrow(reader: MathsReader, token: Token) -> Atom:
    below = reader.stream.optional() or []
    context = reader.context.smaller
    over, under = reader.argument(context), reader.inner(below, context)
    em = EM * SCALES[reader.context.style]
    sizes = {"shortest": SHORTEST, "beside": BESIDE, "apart": APART, "gap": GAP}
    arrows = [reader.operator(character, token) for character in ARROWS[token.text]]
    made = reader.made("marrow", over, *(arrows or _lines(reader, token, em)), under, token=token)
    made.attrib |= {name: f"{size * em:.3f}" for name, size in sizes.items()}
    return Atom("rel", made)


def _lines(reader: MathsReader, token: Token, em: float) -> list[ET.Element]:
    """Return the lines of an equals sign."""
    sizes = {"height": f"{(AXIS + LINE / 2) * em:.3f}", "depth": f"{(LINE / 2 - AXIS) * em:.3f}"}
    return [reader.made("mrule", token=token, **sizes) for _ in range(2)]


@command(r"\overset", r"\underset", r"\stackrel", r"\stackbin")
def _set_over(reader: MathsReader, token: Token) -> Atom:
    below = reader.stream.optional() if token.text in STACKED else None
    over = reader.argument(reader.context.smaller)
    atoms = MathsReader.of(reader.stream.argument(), reader.stream.macros, reader.context).line()
    kind = STACKED.get(token.text) or (atoms[0].kind if len(atoms) == 1 else "ord")
    if below is not None:
        under = reader.inner(below, reader.context.smaller)
        return Atom(kind, reader.made("munderover", row(atoms, reader.context.style), under, over, token=token))
    tag = "munder" if token.text == r"\underset" else "mover"
    return Atom(kind, reader.made(tag, row(atoms, reader.context.style), over, token=token))


@command(r"\overunderset", r"\underoverset")
def _both(reader: MathsReader, token: Token) -> Atom:
    """Read what is to stand above and below something."""
    context = reader.context.smaller
    first, second = reader.argument(context), reader.argument(context)
    below, above = (second, first) if token.text == r"\overunderset" else (first, second)
    atoms = MathsReader.of(reader.stream.argument(), reader.stream.macros, reader.context).line()
    kind = atoms[0].kind if len(atoms) == 1 else "ord"
    return Atom(kind, reader.made("munderover", row(atoms, reader.context.style), below, above, token=token))
