"""
The frames that slides may have, by their aspect ratios; what holds for each is decided here.

A recording is 1920 pixels of its grid wide whatever its shape; its height differs. What draws on it sees it so:

**Scenes and kinds of slide** see manim's frame. On 16:10 and 4:3 it stays as wide as on 16:9 and grows in height: what
was drawn for 16:9 fits as it is, and nothing is cut off. Upright, a scene has what manim itself would give it, a frame
4.5 wide and 8 high. A kind of slide places things by coordinates on a frame of the usual width, so it has one of that
width upright, too: it is seen small in the middle, on its own background.

**Text** is set in pixels that are as many of the grid as type has to be larger for somebody who holds the frame in a
hand, and sees it as wide as a phone: see `deck.typesetting.measures`.

**Films and pictures** of a quality have its name's number of pixels along the shorter side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["FRAMES", "SLIDE_WIDTH", "WIDE", "Frame", "frame_of"]

WIDTH = 1920
"""Of all recordings, in pixels of the grid."""
SLIDE_WIDTH = 128 / 9
"""How wide manim's frame is, in its own lengths, where nobody has changed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """
    A shape of the frame.

    Attributes
    ----------
    across, down
        Its aspect ratio.
    height
        Of its recordings, in pixels of the grid: even, as that of films has to be.
    scene_width
        How wide manim's frame is for a scene.
    zoom
        How many times as large as on a wide frame type has to be, to be read as well.
    """

    across: int
    down: int
    height: int
    scene_width: float = SLIDE_WIDTH
    zoom: float = 1.0

    @property
    def is_upright(self) -> bool:
        """Whether it is higher than wide."""
        return self.down > self.across

    def lengths(self, *, is_scene: bool) -> tuple[float, float]:
        """Return the width and the height of manim's frame for a scene, or for a kind of slide."""
        width = self.scene_width if is_scene else SLIDE_WIDTH
        return width, width * self.down / self.across

    def pixels(self, shorter: int) -> tuple[int, int]:
        """Return the width and the height of a picture whose shorter side has so many pixels; both are even."""
        width = shorter if self.is_upright else shorter * self.across / self.down
        width = 2 * round(width / 2)
        return width, 2 * round(width * self.height / WIDTH / 2)


WIDE = Frame(across=16, down=9, height=1080)
FRAMES: Mapping[str, Frame] = MappingProxyType(
    {
        "16:9": WIDE,
        "16:10": Frame(across=16, down=10, height=1200),
        "4:3": Frame(across=4, down=3, height=1440),
        "9:16": Frame(across=9, down=16, height=3414, scene_width=4.5, zoom=2.0),  # by half a pixel too high
    }
)


def frame_of(height: int) -> Frame:
    """Return the frame of a recording of a height; one of any other height is like a wide one in all else."""
    return next((frame for frame in FRAMES.values() if frame.height == height), WIDE)
