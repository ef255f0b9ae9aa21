"""Arrays of pixels with a frame and a size: the photo and its feature maps."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import DOWN, DR, UL, Group, ImageMobject, Rectangle
from manim.constants import RESAMPLING_ALGORITHMS
from manim.typing import Point3DLike
from numpy.typing import NDArray

from slides import theme
from slides.mobjects.color_scale import ColorScale, FloatArray, check_spread
from slides.mobjects.label import SizeLabel
from slides.network.arithmetic import Shape

Point = NDArray[np.float64]
SMALLEST_MARK = 0.16


class Picture(Group):
    """
    An image in a thin frame with its size right under it.

    Parameters
    ----------
    pixels
        Colours, shape (H, W, 3), 0 to 255.
    shape
        What the size label says; channels may differ from the three colours it is drawn in.
    side
        The height on the slide, in frame units.
    smooth
        Whether enlarged pixels blend into each other (a photo) or stay cells (a map).
    """

    def __init__(
        self, pixels: NDArray[np.uint8], shape: Shape, *, side: float, smooth: bool = False, sized: bool = True
    ) -> None:
        super().__init__()
        self.rows, self.columns = pixels.shape[:2]
        self.shape = shape
        self.image = ImageMobject(pixels)
        self.image.set_resampling_algorithm(RESAMPLING_ALGORITHMS["bicubic" if smooth else "nearest"])
        self.image.stretch_to_fit_height(side).stretch_to_fit_width(side * self.columns / self.rows)
        self.frame = Rectangle(
            width=self.image.width,
            height=self.image.height,
            stroke_color=theme.color("line"),
            stroke_width=theme.FRAME_STROKE,
        )
        self.add(self.image, self.frame)
        self.size_label: SizeLabel | None = None
        if sized:
            self.size_label = SizeLabel(shape).next_to(self.frame, DOWN, buff=theme.GAP)
            self.add(self.size_label)

    def place(self, side: float, center: Point3DLike) -> Self:
        """Give the image another height and place; the size label keeps its type size and stays right under it."""
        factor = side / self.frame.height
        for part in (self.image, self.frame):
            part.scale(factor).move_to(center)
        if self.size_label is not None:
            self.size_label.next_to(self.frame, DOWN, buff=theme.GAP)
        return self

    def corner(self, row: float, column: float) -> Point:
        """Return the point on the slide of a pixel corner; (0, 0) is top left, (H, W) bottom right."""
        top_left, bottom_right = self.frame.get_corner(UL), self.frame.get_corner(DR)
        share = np.array([column / self.columns, row / self.rows, 0.0])
        return np.asarray(top_left + share * (bottom_right - top_left))

    def region(self, row: float, column: float, height: float, width: float, **style: Any) -> Rectangle:
        """Return a rectangle around the pixels from (row, column) on, ``height`` by ``width`` of them."""
        first, last = self.corner(row, column), self.corner(row + height, column + width)
        look = {**theme.mark(), "fill_opacity": 0.0, **style}
        box = Rectangle(width=abs(last[0] - first[0]), height=abs(first[1] - last[1]), **look)
        return box.move_to((first + last) / 2)

    def mark(self, row: float, column: float, height: float, width: float) -> Rectangle:
        """Return a region that is kept large enough to be seen from the back row and inside the frame."""
        first, last = (self.inside(self.corner(r, c)) for r, c in ((row, column), (row + height, column + width)))
        size = np.maximum(np.abs(last - first)[:2], SMALLEST_MARK)
        box = Rectangle(width=size[0], height=size[1], **theme.mark())
        return box.move_to((first + last) / 2)

    def inside(self, point: Point) -> Point:
        """Return the point of the picture nearest to a point: padding lies outside the frame."""
        return np.clip(point, self.corner(self.rows, 0), self.corner(0, self.columns))


class PhotoPicture(Picture):
    """The network's input, shape (H, W, 3)."""

    size_label: SizeLabel

    def __init__(self, pixels: NDArray[np.uint8], *, side: float) -> None:
        super().__init__(pixels, Shape.of(pixels), side=side, smooth=True)


class GreyPicture(Picture):
    """A photo's brightness, shape (H, W), 0 to 255."""

    def __init__(self, brightness: FloatArray, *, side: float) -> None:
        super().__init__(ColorScale.brightness()(brightness), Shape.of(np.asarray(brightness)), side=side, smooth=True)


class FeatureMap(Picture):
    """
    One channel, coloured by its activations.

    Parameters
    ----------
    values
        Activations, shape (H, W), not all equal.
    scale
        Colours and what they are normalised over.
    sized
        Whether it carries its own size label; a slice of a stack carries the stack's.

    Raises
    ------
    FlatMapError
        If all values are equal.
    """

    def __init__(
        self, values: FloatArray, scale: ColorScale, *, side: float, smooth: bool = False, sized: bool = True
    ) -> None:
        check_spread(values)
        self.values = np.asarray(values)
        self.color_scale = scale
        super().__init__(scale(values), Shape.of(self.values), side=side, smooth=smooth, sized=sized)
