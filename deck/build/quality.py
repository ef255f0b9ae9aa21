"""How many pixels and frames: ``--quality``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from deck.frames import Frame

__all__ = ["QUALITIES", "Quality"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The size of a frame in pixels, for formats that have pixels, and the number of frames a second."""

    name: str
    width: int
    height: int
    frame_rate: int

    def on(self, frame: Frame) -> Quality:
        """Return it for frames of another shape, with as many pixels along the shorter side."""
        width, height = frame.pixels(self.height)
        return replace(self, width=width, height=height)


QUALITIES = MappingProxyType(
    {
        "draft": Quality(name="draft", width=854, height=480, frame_rate=15),
        "hd": Quality(name="hd", width=1280, height=720, frame_rate=30),
        "full": Quality(name="full", width=1920, height=1080, frame_rate=60),
    }
)
"""For frames of 16:9."""
