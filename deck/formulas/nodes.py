"""
Nodes of ziamath that behave otherwise here: rows that are measured once, signs where TeX has them.

ziamath takes the last class that is made for a tag for its own, so that classes made here are all that it needs.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from deck.adapters.ziamath import HLine, Moperator, Mover, Mrow, Msubsup, Msup, Munder, node_is_singlechar

__all__ = ["Operator", "Over", "QuickRow", "Scripts", "Superscript", "Under"]

ROWS = {"mrow", "mframe", "mfill", "mmove"}
"""In which operators grow with what stands beside them there."""
LOW = 0.45
"""In ems: what is no higher than this does not move its superscript up."""


class QuickRow(Mrow, tag="mrow"):
    """
    A row that is measured beforehand only if something in it stretches, and not while that is done.

    ziamath sets each row twice, so what stands in ten rows is set a thousand times.
    """

    def _get_height_nostretch(self, line: list[ET.Element], **kwargs: Any) -> tuple[float, float]:
        if not kwargs.get("nostretch") and any(_stretches(child) for child in line):
            low, high = super()._get_height_nostretch(line, **kwargs)
            return float(low), float(high)
        return 0.0, 0.0


def _stretches(element: ET.Element) -> bool:
    """Return whether an element may have an operator that grows with the row that it stands in."""
    if element.tag == "mo":
        return element.get("stretchy") != "false"
    return element.tag not in ROWS and any(_stretches(child) for child in element)


class _Level:
    """Sets scripts of a single letter at one height, however high or low it reaches, as TeX does."""

    base: Any
    bbox: Any
    units_to_points: Any
    font: Any

    def _setup(self, **kwargs: Any) -> None:
        box = self.base.bbox
        if self.base.mtag not in {"mi", "mn"} or not node_is_singlechar(self.base):
            super()._setup(**kwargs)  # type: ignore[misc]
            return
        low = self.units_to_points(self.font.info.layout.unitsperem) * LOW
        self.base.bbox = box._replace(ymax=min(box.ymax, low))
        super()._setup(**kwargs)  # type: ignore[misc]
        self.base.bbox = box
        self.bbox = self.bbox._replace(ymax=max(self.bbox.ymax, box.ymax), ymin=min(self.bbox.ymin, box.ymin))


class Superscript(_Level, Msup, tag="msup"):
    """A superscript."""


class Scripts(_Level, Msubsup, tag="msubsup"):
    """A subscript and a superscript."""


class Operator(Moperator, tag="mo"):
    """An operator that is stretched below something as it is above it, where ziamath takes a small one for scripts."""

    def _setup(self, **kwargs: Any) -> None:
        if self.width:
            kwargs = {name: value for name, value in kwargs.items() if name not in {"sub", "sup"}}
        super()._setup(**kwargs)  # type: ignore[no-untyped-call]


class Over(Mover, tag="mover"):
    """Something over another; a line has its colour, and is not seen if that is not."""

    def _setup(self, **kwargs: Any) -> None:
        _line(self.over, self.style, kwargs)
        super()._setup(**kwargs)


class Under(Munder, tag="munder"):
    """Something under another; a line has its colour, and is not seen if that is not."""

    def _setup(self, **kwargs: Any) -> None:
        _line(self.under, self.style, kwargs)
        super()._setup(**kwargs)


def _line(drawn: Any, style: Any, kwargs: dict[str, Any]) -> None:
    if isinstance(drawn, HLine):
        drawn.style, drawn.phantom = style, kwargs.get("phantom", False)
