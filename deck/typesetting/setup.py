"""What holds for a whole text: its document, the size of its type, and what is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from deck.typesetting.palette import LADDER, unit

__all__ = ["Setup"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """
    What holds for a whole text.

    Attributes
    ----------
    path
        The document, for messages; its folder is where images are looked for.
    trust
        Whether images may come from anywhere on the disk.
    incremental
        Whether items of lists appear one by one.
    size
        Of type, in points.
    share
        How much of a page's height an image may take.
    """

    path: Path
    trust: bool = False
    incremental: bool = True
    size: float = LADDER[0]
    share: float = 1.0

    @property
    def em(self) -> float:
        """The size in manim's units."""
        return unit(self.size)
