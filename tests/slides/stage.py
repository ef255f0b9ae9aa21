"""What the audience sees at a pause: the drawn parts of a stage in drawing order, without what is covered."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from manim import ImageMobject, ManimColor, Mobject, Text, VMobject
from manim.mobject.svg.svg_mobject import SVGMobject, VMobjectFromSVGPath
from manim.utils.family import extract_mobject_family_members
from numpy.typing import NDArray

from slides import theme
from slides.mobjects.picture import Picture

Thing = TypeVar("Thing", bound=Mobject)
Segments = NDArray[np.float64]
"""Shape (N, 4): x and y of each start, x and y of each end."""

COVERED = 0.005
"""How far, in frame units, a thing may stick out from under another and still count as covered."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in frame units."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, thing: Mobject) -> Box:
        """Return the box around a thing's ink."""
        points = np.vstack([corners(leaf) for leaf in leaves_of([thing])])
        return cls(*points.min(axis=0).tolist(), *points.max(axis=0).tolist())

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def center(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and other.right <= self.right
            and other.top <= self.top
        )

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def crossed_by(self, segments: Segments) -> bool:
        """Return whether any segment has a point inside (Liang and Barsky, 1984)."""
        start, step = segments[:, :2], segments[:, 2:] - segments[:, :2]
        low, high = np.array([self.left, self.bottom]), np.array([self.right, self.top])
        with np.errstate(divide="ignore", invalid="ignore"):
            times = np.sort(np.stack([(low - start) / step, (high - start) / step]), axis=0)
        outside = (step == 0) & ((start <= low) | (start >= high))
        enter = np.where(step == 0, 0, times[0]).max(axis=1)
        leave = np.where(step == 0, 1, times[1]).min(axis=1)
        return bool(np.any(~outside.any(axis=1) & (np.maximum(enter, 0) < np.minimum(leave, 1))))


@dataclass(frozen=True, slots=True)
class Written:
    """A visible text and where its ink is."""

    text: str
    mobject: SVGMobject
    box: Box


class Stage:
    """
    What is to be seen of some mobjects.

    Parameters
    ----------
    mobjects
        As on a scene; copied, so that a later animation changes nothing here.
    """

    def __init__(self, mobjects: Sequence[Mobject]) -> None:
        self.mobjects = copy.deepcopy(list(mobjects))

    @cached_property
    def leaves(self) -> list[Mobject]:
        """The parts that have a shape of their own and can be seen, the lowest first."""
        inked = [leaf for leaf in leaves_of(self.mobjects) if is_inked(leaf)]
        boxes = np.array([(box.left, box.bottom, -box.right, -box.top) for box in map(Box.of, inked)]).reshape(-1, 4)
        seen = np.ones(len(inked), dtype=bool)
        for place, leaf in enumerate(inked):
            if is_opaque(leaf):
                seen[:place] &= ~np.all(boxes[:place] >= boxes[place] - COVERED, axis=1)
        return [leaf for leaf, visible in zip(inked, seen, strict=True) if visible]

    @cached_property
    def texts(self) -> list[Written]:
        """Every text of which anything is to be seen."""
        return [
            Written(text.original_text if isinstance(text, Text) else "the formula", text, Box.of(text))
            for text in self.all(SVGMobject)
        ]

    @cached_property
    def strays(self) -> list[Mobject]:
        """Glyphs that belong to no text on the stage: somebody has taken a text apart."""
        owned = {id(glyph) for written in self.texts for glyph in written.mobject.get_family()}
        return [leaf for leaf in self.leaves if isinstance(leaf, VMobjectFromSVGPath) and id(leaf) not in owned]

    @cached_property
    def shapes(self) -> list[Mobject]:
        """All that can be seen and is no writing."""
        return [leaf for leaf in self.leaves if not isinstance(leaf, VMobjectFromSVGPath)]

    @cached_property
    def rings(self) -> list[VMobject]:
        """Outlines in the accent colour, in drawing order."""
        return [
            shape
            for shape in self.shapes
            if isinstance(shape, VMobject)
            and ManimColor(shape.get_stroke_color()).to_hex() == theme.color("accent")
            and shape.get_fill_opacity() == 0
            and len(shape.get_start_anchors()) == 4
        ]

    def all(self, kind: type[Thing]) -> list[Thing]:
        """Return the things of a kind of which anything is to be seen."""
        seen = {id(leaf) for leaf in self.leaves}
        unique = {id(member): member for mobject in self.mobjects for member in family(mobject, kind)}
        return [member for member in unique.values() if any(id(leaf) in seen for leaf in leaves_of([member]))]

    def one(self, kind: type[Thing]) -> Thing:
        """Return the only thing of a kind."""
        (found,) = self.all(kind)
        return found

    @cached_property
    def pictures(self) -> list[Picture]:
        """The pictures of which more is to be seen than the size."""
        seen = {id(leaf) for leaf in self.leaves}
        return [picture for picture in self.all(Picture) if id(picture.image) in seen]

    @cached_property
    def places(self) -> dict[int, int]:
        """When each visible part is drawn, by the part's identity."""
        return {id(leaf): place for place, leaf in enumerate(self.leaves)}

    @cached_property
    def grounds(self) -> list[tuple[Mobject, Box]]:
        """What can be written on, the last drawn first."""
        return [(leaf, Box.of(leaf)) for leaf in reversed(self.leaves) if is_opaque(leaf)]


def family(mobject: Mobject, kind: type[Thing]) -> list[Thing]:
    """Return a thing and its parts, as far as they are of a kind."""
    return [member for member in mobject.get_family() if isinstance(member, kind)]


def leaves_of(mobjects: Sequence[Mobject]) -> list[Mobject]:
    """Return the drawn parts in the order in which manim's camera draws them."""
    return list(extract_mobject_family_members(mobjects, use_z_index=True, only_those_with_points=True))


def corners(leaf: Mobject) -> NDArray[np.float64]:
    """Return the points that span a leaf, shape (N, 2)."""
    return np.asarray(leaf.get_anchors() if isinstance(leaf, VMobject) else leaf.points)[:, :2]


def edges(leaf: Mobject) -> Segments:
    """Return the outline of a leaf; curves as their chords."""
    if isinstance(leaf, VMobject):
        return np.hstack([leaf.get_start_anchors()[:, :2], leaf.get_end_anchors()[:, :2]])
    box = Box.of(leaf)
    xs, ys = [box.left, box.right, box.right, box.left], [box.bottom, box.bottom, box.top, box.top]
    return np.column_stack([xs, ys, np.roll(xs, -1), np.roll(ys, -1)])


def is_inked(leaf: Mobject) -> bool:
    """Return whether a leaf leaves a mark on the picture."""
    if isinstance(leaf, ImageMobject):
        return bool(leaf.pixel_array[..., 3].any())
    assert isinstance(leaf, VMobject)
    return bool(leaf.get_fill_opacity() > 0 or (leaf.get_stroke_width() > 0 and leaf.get_stroke_opacity() > 0))


def is_opaque(leaf: Mobject) -> bool:
    """Return whether nothing shows through a leaf; all that is opaque on these slides is a rectangle."""
    if isinstance(leaf, ImageMobject):
        return bool((leaf.pixel_array[..., 3] == 255).all())
    return isinstance(leaf, VMobject) and leaf.get_fill_opacity() == 1 and len(leaf.get_start_anchors()) == 4


def pixels(image: ImageMobject) -> NDArray[Any]:
    """Return an image's colours, shape (H, W, 3), 0 to 255."""
    return np.asarray(image.pixel_array)[..., :3]
