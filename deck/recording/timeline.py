"""
The vector timeline of one slide: what manim would have drawn, frame by frame.

A recording is a list of *segments*. In a segment every frame draws the same number of *items*, back to front. An item
is a *shape* in a *style* at a place, with two opacities. Most items stand still through a segment and are stored once;
a moving item is stored for each frame. Any frame can be drawn by itself, so playing backwards is as cheap as forwards::

    Recording ── pictures    distinct arrays of pixels
              ├─ shapes      distinct outlines and placed pictures, each relative to a point of its own
              ├─ styles      distinct paints, widths, joins and caps
              ├─ segments    items × frames
              └─ reveals     id, title, description, first and last frame, texts

Lengths are in sixteenths of a pixel of a grid 1920 pixels wide, x to the right and y down, from the frame's centre;
they fit 16 bits up to 2048 pixels from there, far outside of the frame. Images' corners are kept finer, in 1/256 of
that: a shift by less than a sixteenth can change which pixel of a picture is seen at a place. `deck.recording.codec`
has the bytes.

All that a second player needs to know:

**Which frame.** Frames are numbered from 0 through all segments. ``t`` seconds into a reveal its frame ``first +
floor(t * frame_rate)`` is shown. After ``last``, that frame stays; with ``loop`` the reveal begins again instead, until
something else is asked for. Segments do not matter for this: a reveal may have many, and one may be as short as a
frame. With ``film``, the film's frame of the same number is shown, and nothing is drawn.

**A frame.** The background's colour fills it. Then its items are drawn one over the other, each blended with what is
there by its alpha (source over, not premultiplied, in sRGB's levels as they are).

**An outline** is placed by adding the item's x and y to its points, and drawn in three steps, of which any may be
missing: the stroke ``behind`` of ``behind_width``, then the inside, filled by the non-zero winding rule whether
subpaths are closed or not, then the stroke of ``width``, centred on the line. Both strokes have the style's join and
cap; mitres are cut off beyond ten half widths, as canvas and cairo do it.

**Opacities.** An item's ``fill`` and ``stroke`` are the alphas of a fill and a stroke of one colour, up to 4080; they
are finer than colours: what fades in over a dark background has few levels at first, and to be off by one of them
would be seen. A gradient has alphas of its own in its stops, and its item is opaque. Strokes behind have alphas of
their own, too, whether of one colour or more; they have no column. A stroke or fill of opacity 0 is not drawn.

**A gradient** runs along a line, given relative to the item's place. Its stops are spaced evenly from 0 to 1; beyond
the ends the first and the last colour go on.

**An image** fills the quadrilateral of its corners, which may be turned, sheared or seen in perspective; the item's
``fill`` multiplies the picture's own alpha, and its style means nothing. The outer edges of the picture's outer pixels
lie on the quadrilateral's sides. Where it is enlarged, its ``kernel`` says what is between the middles of its pixels:
with ``box`` each pixel keeps one colour up to its edges; with ``linear`` and ``cubic`` pixels blend into each other,
``cubic`` by the convolution whose kernel has the slope a = -1 at 1, as in Pillow's transforms, which manim uses.

**A clip.** An item whose style's ``clip`` is ``start`` draws nothing; its outline, placed as usual, cuts out what may
be seen of the following items, up to one whose ``clip`` is ``end``. Clips are never nested.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from deck.recording.parts import FINER, FULL, GRID_WIDTH, OPAQUE, UNITS, Paint, RecordedReveal, Style, TextBox

__all__ = [
    "COLUMNS",
    "FINER",
    "FULL",
    "GRID_WIDTH",
    "OPAQUE",
    "UNITS",
    "Image",
    "Outline",
    "Paint",
    "RecordedReveal",
    "Recording",
    "Segment",
    "Style",
    "TextBox",
]

COLUMNS = ("shape", "style", "x", "y", "fill", "stroke")
"""What is known of an item: indices of its shape and style, its place, and its opacities up to `FULL`."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """
    Cubic Bézier curves.

    Attributes
    ----------
    points
        (N, 2) int16: each subpath's first point, then three for each curve; to be multiplied by 2**``exponent``.
    subpaths
        (S,) uint32: for each subpath twice its number of curves, at least one, plus one if it is closed.
    exponent
        0 unless the outline is too large for 16 bits.
    """

    points: NDArray[np.int16]
    subpaths: NDArray[np.uint32]
    exponent: int = 0


Kernel = Literal["box", "linear", "cubic"]


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """
    A picture stretched over a quadrilateral.

    Attributes
    ----------
    picture
        Which of the recording's pictures.
    corners
        (4, 2) int32: upper left, upper right, lower left, lower right, in 1/`FINER` of a unit.
    kernel
        What is between its pixels where it is enlarged.
    """

    picture: int
    corners: NDArray[np.int32]
    kernel: Kernel

    @property
    def units(self) -> NDArray[np.float64]:
        """Its corners in units, (4, 2)."""
        return self.corners / FINER


Shape = Outline | Image


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """
    Frames that draw equally many items.

    Attributes
    ----------
    frames
        How many.
    items
        (6, N) int32, a row for each of `COLUMNS`: the items of the first frame, back to front.
    moving
        (M,) uint32: which items change.
    tracks
        (6, M, frames) int32: those items in each frame.
    """

    frames: int
    items: NDArray[np.int32]
    moving: NDArray[np.uint32]
    tracks: NDArray[np.int32]

    def frame(self, index: int) -> NDArray[np.int32]:
        """Return the items of one frame, (6, N), a copy."""
        items = self.items.copy()
        items[:, self.moving] = self.tracks[:, :, index]
        return items


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recording:
    """
    One slide's timeline.

    Attributes
    ----------
    width, height
        Of the frame, in pixels of the grid.
    frame_rate
        Frames a second.
    background
        ``#RRGGBB``.
    pictures
        Each (H, W, 4) uint8: red, green, blue, alpha; the alpha does not include the opacity of an item.
    film
        An H.264 film of every frame in an MP4 file, for a slide that only manim itself can draw: its segments have no
        items then. Empty for all others.
    """

    width: int
    height: int
    frame_rate: float
    background: str
    pictures: tuple[NDArray[np.uint8], ...]
    shapes: tuple[Shape, ...]
    styles: tuple[Style, ...]
    segments: tuple[Segment, ...]
    reveals: tuple[RecordedReveal, ...]
    film: bytes = b""

    @property
    def frames(self) -> int:
        """How many frames there are."""
        return sum(segment.frames for segment in self.segments)

    def items(self, frame: int) -> NDArray[np.int32]:
        """
        Return what a frame draws, back to front: (6, N), a row for each of `COLUMNS`.

        Raises
        ------
        IndexError
            If there is no such frame.
        """
        if frame < 0:
            raise IndexError(frame)
        for segment in self.segments:
            if frame < segment.frames:
                return segment.frame(frame)
            frame -= segment.frames
        raise IndexError(frame)
