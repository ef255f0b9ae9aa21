"""From lists of items, frame by frame, to segments."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from deck.capture.images import Item
from deck.recording.timeline import COLUMNS, Segment

__all__ = ["segments"]


def segments(static: Sequence[Item], moving: Sequence[Sequence[Item]], frames: int) -> list[Segment]:
    """
    Return the segments of an animation.

    Parameters
    ----------
    static
        The items behind, in all frames.
    moving
        The items in front, for each frame.
    frames
        How many frames there are; a single one may stand for several.
    """
    behind = _rows(static)
    runs = [
        _rows([item for items in run for item in items]).reshape(len(run), -1, len(COLUMNS)) for run in _runs(moving)
    ]
    return [_segment(behind, run, frames if len(moving) == 1 else len(run)) for run in runs]


def _runs(moving: Sequence[Sequence[Item]]) -> list[list[Sequence[Item]]]:
    return [list(run) for _, run in groupby(moving, len)]


def _rows(items: Sequence[Item]) -> NDArray[np.int32]:
    return np.array(items, np.int32).reshape(-1, len(COLUMNS))


def _segment(static: NDArray[np.int32], moving: NDArray[np.int32], frames: int) -> Segment:
    """Return a segment of static items, (S, 6), and moving ones, (frames, M, 6) or one frame for all."""
    which = np.flatnonzero((moving != moving[0]).any(axis=(0, 2)))
    tracks = moving[:, which].transpose(2, 1, 0)
    return Segment(
        frames=frames,
        items=np.ascontiguousarray(np.concatenate([static, moving[0]]).T),
        moving=(which + len(static)).astype(np.uint32),
        tracks=np.ascontiguousarray(np.broadcast_to(tracks, (len(COLUMNS), len(which), frames))),
    )
