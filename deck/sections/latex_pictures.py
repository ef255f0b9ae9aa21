"""Formulas as SVG that manim reads like dvisvgm's: a path for each outline, in the groups that it looks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from deck.formulas import EM, ROOT, FilledPath, Group, SetFormula

__all__ = ["POINTS", "svg"]

POINTS = 10 * 72 / 72.27
"""
LaTeX's em in the picture.

manim takes the picture's unit for its own and then scales by ``font_size / 960``. dvisvgm's unit is a 72nd of an inch,
and type is of ten points, of which 72.27 make an inch. So at font size 48 an em is 0.498 units wide. STIX's digits are
then 0.642 em high and 0.495 em wide where Computer Modern's are 0.644 and 0.5; capitals are 4 percent lower, and
small letters without ascenders a tenth higher. Text is as wide as LaTeX's, and formulas are about 6 percent narrower.
"""


def svg(placed: SetFormula, groups: Sequence[Group]) -> str:
    """
    Return a formula as SVG.

    Parameters
    ----------
    placed
        What is drawn.
    groups
        The source's; each is there, even if nothing is drawn in it.
    """
    scale = POINTS / EM
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg"})
    page = ET.SubElement(root, "g", {"id": "page1", "transform": f"scale({scale:.6f})"})
    tree = _Tree(placed.marks, groups)
    for element in tree.elements(ROOT):
        page.append(element)
    return ET.tostring(root, encoding="unicode")


class _Tree:
    """The groups with what they hold, in the order of drawing."""

    def __init__(self, marks: Sequence[FilledPath], groups: Sequence[Group]) -> None:
        self._groups = groups
        self._marks: dict[int, list[FilledPath]] = {}
        for mark in marks:
            self._marks.setdefault(mark.group, []).append(mark)
        self._children: dict[int, list[int]] = {}
        for number, group in enumerate(groups):
            if number != ROOT:
                self._children.setdefault(group.parent, []).append(number)

    def elements(self, number: int) -> Iterator[ET.Element]:
        """Yield what is in a group; groups stand where their first outline is drawn, empty ones at the end."""
        parts = [(mark.place, 0, place, _drawn(mark)) for place, mark in enumerate(self._marks.get(number, ()))]
        for child in self._children.get(number, ()):
            made = ET.Element("g", {"id": self._groups[child].id})
            made.extend(self.elements(child))
            parts.append((self._first(child), 1, child, made))
        for *_, element in sorted(parts, key=lambda part: part[:3]):
            yield element

    def _first(self, number: int) -> tuple[int, ...]:
        places = [mark.place for mark in self._marks.get(number, ())]
        places += [self._first(child) for child in self._children.get(number, ())]
        return min(places, default=(1 << 30,))


def _drawn(mark: FilledPath) -> ET.Element:
    place = f"translate({mark.x:.3f} {mark.y:.3f})"
    return ET.Element("path", {"d": mark.path, "transform": place, "fill": mark.color or "#000000"})
