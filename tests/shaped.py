"""A small deck in any shape: a title, text, and a scene that marks the corners of its frame."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from deck import document
from deck.build import Deck, build

__all__ = ["RATIOS", "corners_of", "first_picture", "shaped_deck"]

RATIOS = {"16:9": (16, 9), "16:10": (16, 10), "4:3": (4, 3), "9:16": (9, 16)}

TALK = """\
---
aspect-ratio: {ratio}
author: Ada
---

# What a network sees when it looks at a cat

## A question of size, and of where to stand

- A filter is a handful of numbers
- It looks at every place of a picture in the same way, from its upper left corner to its lower right one

## Corners

```python
class Corners(Scene):
    def construct(self):
        x, y = config.frame_width / 2, config.frame_height / 2
        for color, (right, up) in zip((RED, GREEN, BLUE, YELLOW), ((-1, 1), (1, 1), (-1, -1), (1, -1))):
            square = Square(1, color=color, fill_opacity=1, stroke_width=0)
            self.add(square.align_to((right * x, up * y, 0), (right, up, 0)))
        self.wait()
```
"""

COLORS = np.array([(252, 98, 85), (131, 193, 103), (88, 196, 221), (247, 217, 111)])
"""manim's red, green, blue and yellow."""


def shaped_deck(ratio: str, folder: Path, talk: str = TALK) -> Deck:
    """Return the deck in a shape, recorded at 15 frames a second."""
    path = folder / "talk.md"
    path.write_text(talk.format(ratio=ratio))
    return build(document.read(path), frame_rate=15, store=folder / "store", trust=True)


def first_picture(film: Path | io.BytesIO) -> NDArray[np.uint8]:
    """Return the first picture of a film."""
    with av.open(film, "r") as opened:
        return np.asarray(next(opened.decode(video=0)).to_ndarray(format="rgb24"), np.uint8)


def corners_of(picture: NDArray[np.uint8], *, edge: int = 4) -> NDArray[np.float64]:
    """Return how far a picture's corners, a little inside, are from what the scene has there, in levels of 255."""
    rows, columns = (edge, -1 - edge), (edge, -1 - edge)
    found = np.array([picture[row, column, :3] for row in rows for column in columns], float)
    strays: NDArray[np.float64] = np.abs(found - COLORS).max(axis=1)
    return strays
