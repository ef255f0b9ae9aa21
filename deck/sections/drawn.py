"""A slide of manim-slides that shows a recording of text, for whoever films it with manim-slides itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from manim import UP, FadeIn, ImageMobject, Mobject, VMobject
from numpy.typing import NDArray

from deck.recording.timeline import FULL, UNITS, Image, Outline, Paint, Recording
from deck.slide import Slide

__all__ = ["DrawnSlide", "drawn_slide"]

SECONDS, RISE = 0.4, 0.08
PIXELS = 135.0
"""In one of manim's units."""


class DrawnSlide(Slide):
    """
    What a recording of text shows.

    Attributes
    ----------
    recording
        The recording; what appears in it fades in.
    """

    recording: Recording

    def construct(self) -> None:
        """Show one reveal after the other."""
        before = 0
        for nth, reveal in enumerate(self.recording.reveals):
            items = self.recording.items(reveal.last)
            if not nth:
                before = items.shape[1] - len(self.recording.segments[0].moving)
                self.add(*self._mobjects(items[:, :before]))
            fresh = list(self._mobjects(items[:, before:]))
            before = items.shape[1]
            with self.reveal(reveal.id, title=reveal.title, description=reveal.description):
                if fresh:
                    self.play(FadeIn(*fresh, shift=RISE * UP), run_time=SECONDS)

    def _mobjects(self, items: NDArray[np.int32]) -> Iterator[Mobject]:
        for shape_at, style_at, x, y, fill, stroke in items.T:
            shape, style = self.recording.shapes[shape_at], self.recording.styles[style_at]
            if isinstance(shape, Outline):
                outline = VMobject(stroke_width=0)
                outline.points = np.concatenate(list(_curves(shape, (int(x), int(y)))))
                if style.fill:
                    outline.set_fill(_color(style.fill), fill / FULL)
                if style.stroke:
                    outline.set_stroke(_color(style.stroke), style.width / UNITS / PIXELS * 100, stroke / FULL)
                yield outline
            else:
                yield self._image(shape, (int(x), int(y)))

    def _image(self, shape: Image, place: tuple[int, int]) -> ImageMobject:
        image = ImageMobject(self.recording.pictures[shape.picture])
        corners = _space(shape.units + np.array(place))
        image.points = corners
        return image


def drawn_slide(recording: Recording, *, name: str, title: str, notes: Mapping[str, str]) -> type[Slide]:
    """Return the class of a slide that shows a recording."""
    facts: dict[str, Any] = {
        "title": title,
        "background": recording.background,
        "notes": notes,
        "recording": recording,
        "__module__": DrawnSlide.__module__,
        "__doc__": DrawnSlide.__doc__,
    }
    return type(name, (DrawnSlide,), facts)


def _curves(outline: Outline, place: tuple[int, int]) -> Iterator[NDArray[np.float64]]:
    """Yield the curves of each subpath as manim has them, four points each."""
    points = _space(outline.points.astype(float) * 2**outline.exponent + np.array(place))
    start = 0
    for count in outline.subpaths // 2:
        own = points[start : start + 3 * int(count) + 1]
        start += len(own)
        yield np.concatenate([own[at : at + 4] for at in range(0, len(own) - 1, 3)])


def _space(units: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points in manim's space, (N, 3)."""
    flat = units / (UNITS * PIXELS) * np.array([1.0, -1.0])
    return np.column_stack([flat, np.zeros(len(flat))])


def _color(paint: Paint) -> str:
    red, green, blue, _ = paint.colors[0]
    return f"#{red:02X}{green:02X}{blue:02X}"
