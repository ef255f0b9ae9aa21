"""
Atoms: what a formula's line consists of, and how far apart they stand.

Elements are MathML for ziamath, with two attributes of our own: ``group``, the number of the source's group, and later
``place``, the order of drawing. All spaces are given in ziamath's plain numbers, for its ``em`` is a third too wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from xml.etree import ElementTree as ET

__all__ = ["EM", "SCALES", "Atom", "element", "restyled", "row", "space"]

EM = 100.0
"""The size of type that formulas are set in, in ziamath's units."""

SCALES = (1.0, 1.0, 0.7, 0.55)
"""How large type is in display, text, script and scriptscript style."""

KINDS = ("ord", "op", "bin", "rel", "open", "close", "punct", "inner")

SPACES = ("01230001", "11030001", "22002002", "33003003", "00000000", "01230001", "11011111", "11231011")
"""For each kind on the left, which space is before each kind on the right."""

WIDTHS = {"0": 0.0, "1": 3 / 18, "2": 4 / 18, "3": 5 / 18}
IN_SCRIPTS = {("ord", "op"), ("op", "ord"), ("op", "op"), ("close", "op"), ("inner", "op")}


@dataclass(slots=True)
class Atom:
    """
    An element, and what it is to its neighbours.

    Attributes
    ----------
    kind
        One of TeX's eight, or ``space``.
    element
        Its MathML.
    limits
        Whether scripts stand above and below.
    """

    kind: str
    element: ET.Element
    limits: bool = False


def element(tag: str, *children: ET.Element, group: int, color: str = "", text: str = "", **more: str) -> ET.Element:
    """Return an element of MathML that knows its group."""
    made = ET.Element(tag, {"group": str(group), **more})
    if color:
        made.set("mathcolor", color)
    if text:
        made.text = text
    made.extend(children)
    return made


def space(ems: float, style: int = 0) -> ET.Element:
    """Return a space, in ems of a style."""
    return ET.Element("mspace", {"width": f"{ems * EM * SCALES[min(style, 3)]:.3f}"})


def restyled(made: ET.Element, style: int) -> ET.Element:
    """Return an element in a style that is not its row's."""
    styled = ET.Element(
        "mrow", {"displaystyle": "true" if style == 0 else "false", "scriptlevel": str(max(style - 1, 0))}
    )
    styled.append(made)
    return styled


def row(atoms: Sequence[Atom], style: int, *, leading: bool = False) -> ET.Element:
    """
    Return a line of atoms, spaced as TeX does it.

    Parameters
    ----------
    style
        0 to 3: display, text, script, scriptscript.
    leading
        Whether something stands before the first, as in the second column of aligned equations.
    """
    made = ET.Element("mrow", {"displaystyle": "true" if style == 0 else "false"})
    kinds = _kinds(atoms, leading=leading)
    left = "ord" if leading else ""
    for atom, kind in zip(atoms, kinds, strict=True):
        if kind != "space":
            if left and (width := _between(left, kind, style)):
                made.append(space(width, style))
            left = kind
        made.append(atom.element)
    if not len(made):
        made.append(space(0))
    return made


def _kinds(atoms: Sequence[Atom], *, leading: bool) -> list[str]:
    """Return the atoms' kinds, where signs between nothing are no operators."""
    kinds = [atom.kind for atom in atoms]
    places = [place for place, kind in enumerate(kinds) if kind != "space"]
    left = "ord" if leading else ""
    for place, following in zip_longest(places, places[1:]):
        right = kinds[following] if following is not None else ""
        alone = left in {"", "bin", "op", "rel", "open", "punct"} or right in {"", "rel", "close", "punct"}
        if kinds[place] == "bin" and alone:
            kinds[place] = "ord"
        left = kinds[place]
    return kinds


def _between(left: str, right: str, style: int) -> float:
    if style > 1 and (left, right) not in IN_SCRIPTS:
        return 0.0
    return WIDTHS[SPACES[KINDS.index(left)][KINDS.index(right)]]
