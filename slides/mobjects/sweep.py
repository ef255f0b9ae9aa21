"""The filter's walk over the whole image."""

from __future__ import annotations

from typing import Any

from manim import Animation, Rectangle, VGroup, VMobject, linear

from slides import theme
from slides.mobjects.picture import FeatureMap, Picture

FIRST_ROW_SHARE = 0.3


class Sweep(Animation):
    """
    Fill a map while the filter's window passes over the image.

    One index drives both sides: the window on the image and the cell on the map. The first row goes cell by cell; after
    it whole rows do, since two hundred rows of single steps would be a flicker.

    Parameters
    ----------
    image, feature_map
        Both on the stage already; the map is covered first and uncovered as it fills.
    kernel, stride, padding
        In pixels of the image.
    """

    def __init__(
        self, image: Picture, feature_map: FeatureMap, *, kernel: int, stride: int = 1, padding: int = 0, **kwargs: Any
    ) -> None:
        self.source, self.target = image, feature_map
        self.kernel, self.stride, self.padding = kernel, stride, padding
        self.cover = VMobject(stroke_width=0, fill_color=theme.color("background"), fill_opacity=1.0)
        self.window, self.cursor = Rectangle(), Rectangle()
        settings: dict[str, Any] = {"rate_func": linear, "run_time": 3.0, "introducer": True, "remover": True} | kwargs
        frame = feature_map.frame.copy()  # the cover would hide half of its line
        super().__init__(VGroup(self.cover, frame, self.window, self.cursor), **settings)

    def interpolate_mobject(self, alpha: float) -> None:
        rows, columns = self.target.rows, self.target.columns
        alpha = self.rate_func(alpha)
        if alpha < FIRST_ROW_SHARE:
            row, column, width = 0, int(alpha / FIRST_ROW_SHARE * (columns - 1)), 1
        else:
            share = (alpha - FIRST_ROW_SHARE) / (1 - FIRST_ROW_SHARE)
            row, column, width = min(1 + int(share * (rows - 1)), rows - 1), 0, columns
        self.cover_from(row, column + width)
        self.cursor.become(self.target.mark(row, column, 1, width))
        top, left = (place * self.stride - self.padding for place in (row, column))
        self.window.become(self.source.mark(top, left, self.kernel, (width - 1) * self.stride + self.kernel))

    def cover_from(self, row: int, column: int) -> None:
        """Hide what is not computed yet: the rest of the row and all rows below it."""
        target = self.target
        rows, columns = target.rows, target.columns
        places = [
            (row, column),
            (row, columns),
            (rows, columns),
            (rows, 0),
            (row + 1, 0),
            (row + 1, column),
            (row, column),
        ]
        self.cover.set_points_as_corners([target.corner(r, c) for r, c in places])
