"""What ziamath lacks: filled boxes, frames, things moved, laid over others or without room, and lines of any size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

from deck.adapters.ziamath import BBox, Box, HLine, Mnode, place_sub, place_super, set_advance
from deck.formulas.nodes import QuickRow

__all__ = ["Before", "Filled", "Framed", "Moved", "Over", "Ruled"]

EMPTY = 9000.0
"""What ziamath takes for the size of a row in which nothing is."""


class Ruled(Mnode, tag="mrule"):
    """A filled rectangle, of a ``width``, ``height`` and ``depth``."""

    def __init__(self, element: ET.Element, parent: Mnode, **kwargs: Any) -> None:
        super().__init__(element, parent, **kwargs)
        width, height, depth = (float(element.get(name, "0")) for name in ("width", "height", "depth"))
        self.bbox = BBox(0, width, -depth, height)
        if width > 0 and height + depth > 0:
            self.nodes.append(HLine(width, height + depth, style=self.style, **kwargs))
            self.nodexy.append((0, -height))


class Filled(QuickRow, tag="mfill"):
    """A row on a ground of a colour, its element's ``fill``, that reaches ``pad`` further than what stands in it."""

    def _setup(self, **kwargs: Any) -> None:
        super()._setup(**kwargs)
        width, top, bottom = _padded(self, float(self.element.get("pad", "0")))
        style = replace(self.style, mathcolor=self.element.get("fill", ""))
        self.nodes.insert(0, HLine(width, bottom - top, style=style, **kwargs))
        self.nodexy.insert(0, (0, top))


class Framed(QuickRow, tag="mframe"):
    """
    A row in a frame.

    Its element says how thick the ``line`` is, the ``pad`` between it and the row, and its colour, ``edge``, if that is
    not the row's.
    """

    def _setup(self, **kwargs: Any) -> None:
        super()._setup(**kwargs)
        line = float(self.element.get("line", "0"))
        width, top, bottom = _padded(self, float(self.element.get("pad", "0")) + line)
        if line > 0:
            style = replace(self.style, mathcolor=self.element.get("edge") or self.style.mathcolor)
            self.nodes.append(Box(width, bottom - top, line, style=style, **kwargs))
            self.nodexy.append((0, bottom))


def _padded(node: Any, pad: float) -> tuple[float, float, float]:
    """Give a row more room on all sides, and return how wide it is then, its upper and its lower edge, y down."""
    low, high = sorted((node.bbox.ymin, node.bbox.ymax))
    if high - low > EMPTY:
        low = high = 0.0
    width = node.xadvance() + 2 * pad
    node.nodexy = [(x + pad, y) for x, y in node.nodexy]
    node.bbox = BBox(0, width, low - pad, high + pad)
    set_advance(node, width)
    return width, -high - pad, pad - low


class Moved(QuickRow, tag="mmove"):
    """
    A row moved.

    Its element has ``up``, how far; ``width``, if the room that it takes is not its own, and ``lap``, how much of what
    is left of that is on the left, from 0 to 1; ``flat``, where it takes none: ``t``, ``b`` or both; and ``axis``, if
    its middle is at the height of a minus sign.
    """

    def _setup(self, **kwargs: Any) -> None:
        super()._setup(**kwargs)
        box = self.bbox
        up = float(self.element.get("up", "0"))
        if self.element.get("axis"):
            up = float(self.units_to_points(self.font.math.consts.axisHeight)) - (box.ymin + box.ymax) / 2
        flat = self.element.get("flat", "")
        left, right, shift = box.xmin, box.xmax, 0.0
        if width := self.element.get("width"):
            shift = float(self.element.get("lap", "0")) * (float(width) - self.xadvance())
            left, right = 0.0, float(width)
            set_advance(self, right)
        self.nodexy = [(x + shift, y - up) for x, y in self.nodexy]
        self.bbox = BBox(left, right, 0.0 if "b" in flat else box.ymin + up, 0.0 if "t" in flat else box.ymax + up)


class Before(Mnode, tag="mbefore"):
    """Its first child with scripts on the left: the second one below, the third one above."""

    def __init__(self, element: ET.Element, parent: Mnode, **kwargs: Any) -> None:
        super().__init__(element, parent, **kwargs)
        base = Mnode.fromelement(element[0], parent=self, **kwargs)
        scripts = []
        for child in element[1:]:
            self.increase_child_scriptlevel(child)
            scripts.append(Mnode.fromelement(child, parent=self, **{**kwargs, "sub": True, "sup": True}))
        lower, upper = scripts
        _, down, _ = place_sub(base, lower, self.font)
        _, up, _ = place_super(base, upper, self.font)
        width = max(lower.xadvance(), upper.xadvance())
        self.nodes += [base, lower, upper]
        self.nodexy += [(width, 0), (width - lower.xadvance(), down), (width - upper.xadvance(), up)]
        low, high = min(base.bbox.ymin, lower.bbox.ymin - down), max(base.bbox.ymax, upper.bbox.ymax - up)
        self.bbox = BBox(0, width + base.bbox.xmax, low, high)
        self._xadvance = width + base.xadvance()

    def xadvance(self) -> float:
        """Return how far to go on after it."""
        return float(self._xadvance)


class Over(Mnode, tag="mlay"):
    """Its second child laid over the middle of its first one."""

    def __init__(self, element: ET.Element, parent: Mnode, **kwargs: Any) -> None:
        super().__init__(element, parent, **kwargs)
        base, over = (Mnode.fromelement(child, parent=self, **kwargs) for child in element)
        self.nodes += [base, over]
        across = (base.bbox.xmin + base.bbox.xmax - over.bbox.xmin - over.bbox.xmax) / 2
        down = (over.bbox.ymin + over.bbox.ymax - base.bbox.ymin - base.bbox.ymax) / 2
        self.nodexy += [(0, 0), (across, down)]
        self.bbox = BBox(
            min(base.bbox.xmin, across + over.bbox.xmin),
            max(base.bbox.xmax, across + over.bbox.xmax),
            min(base.bbox.ymin, over.bbox.ymin - down),
            max(base.bbox.ymax, over.bbox.ymax - down),
        )
        self._xadvance = base.xadvance()

    def xadvance(self) -> float:
        """Return how far to go on after it."""
        return float(self._xadvance)
