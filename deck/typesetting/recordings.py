"""Recordings of slides that are set, written down as they are: what appears fades in and rises a little."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from deck.recording.timeline import COLUMNS, GRID_WIDTH, RecordedReveal, Recording, Segment, Style
from deck.typesetting.reveals import Shown
from deck.typesetting.stage import Item, Placed, Stage

__all__ = ["recorded"]

SECONDS = 0.4
RISE = 10.8
"""How far what appears rises, in pixels."""
STEEPNESS = 10.0
"""Of the curve along which it does: manim's own, so that texts and scenes move alike."""
Y, OPACITIES = COLUMNS.index("y"), (COLUMNS.index("fill"), COLUMNS.index("stroke"))


def recorded(
    stage: Stage, still: Placed, shown: Sequence[tuple[Shown, Placed]], *, background: str, frame_rate: float
) -> Recording:
    """
    Return the recording of a slide.

    Parameters
    ----------
    stage
        Where its parts are.
    still
        What is there from the start.
    shown
        What appears with each key.
    background
        ``#RRGGBB``.
    frame_rate
        In frames a second.
    """
    frames = max(1, round(SECONDS * frame_rate))
    behind, texts = list(still.items), list(still.texts)
    segments: list[Segment] = []
    reveals: list[RecordedReveal] = []
    for each, placed in shown:
        segments.append(_appearing(behind, placed.items, frames, RISE * stage.unit))
        behind += placed.items
        texts += placed.texts
        first = reveals[-1].last + 1 if reveals else 0
        reveals.append(
            RecordedReveal(
                id=each.id,
                title=each.title,
                description=each.description or each.title,
                first=first,
                last=first + segments[-1].frames - 1,
                texts=tuple(texts),
            )
        )
    return Recording(
        width=GRID_WIDTH,
        height=round(stage.frame.down * stage.frame.zoom),
        frame_rate=frame_rate,
        background=background,
        pictures=tuple(stage.shelf.pictures),
        shapes=tuple(stage.shelf.shapes),
        styles=tuple(stage.shelf.styles) or (Style(),),
        segments=tuple(segments),
        reveals=tuple(reveals),
    )


def _appearing(behind: Sequence[Item], items: Sequence[Item], frames: int, rise: float) -> Segment:
    """Return the frames in which items appear and rise by so many units; a single one if there are none."""
    whole = np.array([*behind, *items], np.int32).reshape(-1, len(COLUMNS)).T
    moving = np.arange(len(behind), len(behind) + len(items), dtype=np.uint32)
    count = frames if items else 1
    done = _smooth(np.arange(1, count + 1) / count)
    tracks = np.repeat(whole[:, moving, None], count, axis=2)
    tracks[Y] += np.rint((1 - done) * rise).astype(np.int32)
    for row in OPACITIES:
        tracks[row] = np.rint(tracks[row] * done).astype(np.int32)
    start = whole.copy()
    start[:, moving] = tracks[:, :, 0]
    return Segment(count, np.ascontiguousarray(start), moving, np.ascontiguousarray(tracks))


def _smooth(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far something has come that starts and stops gently, after a share of its time."""
    edge = 1 / (1 + np.exp(STEEPNESS / 2))
    curve = 1 / (1 + np.exp(-STEEPNESS * (share - 1 / 2)))
    smooth: NDArray[np.float64] = np.clip((curve - edge) / (1 - 2 * edge), 0.0, 1.0)
    return smooth
