"""
What reaches far out of the frame, cut back to where it can be seen.

A graph that shoots up at a pole has points too far away for 16 bits, and for cairo's own numbers. What lies outside of
a box around the frame is drawn along the box's edge instead, so that what is inside, filled or stroked, looks the same.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["EDGE", "cropped"]

EDGE = 30_000
"""How far the box reaches from the frame's centre in each direction, in units: 1875 pixels; frames reach up to 1707."""
MARGIN = 2000
"""How far outside of the box the handles (inner control points) of a curve inside may be, in units."""
ROUNDING = 1e-9

Curves = NDArray[np.float64]


def cropped(curves: Curves) -> Curves:
    """
    Return a subpath that looks the same in the frame and stays in the box.

    Parameters
    ----------
    curves
        (N, 4, 2), cubic Bézier curves in units from the frame's centre, each starting where the one before ends.

    Returns
    -------
    (M, 4, 2), likewise; at least one.
    """
    low, high = curves.min(axis=1), curves.max(axis=1)
    inside = ((low >= -EDGE) & (high <= EDGE)).all(axis=1)
    outside = ((high < -EDGE) | (low > EDGE)).any(axis=1)
    pieces: list[Curves] = []
    for curve, within, beyond in zip(curves, inside.tolist(), outside.tolist(), strict=True):
        if within:
            pieces.append(curve)
        elif beyond:
            pieces.append(_along_the_edge(curve))
        else:
            pieces += _cut(curve)
    made = np.clip(np.stack(pieces), -EDGE - MARGIN, EDGE + MARGIN)
    moves = (made != made[:, :1]).any(axis=(1, 2))
    moves[0] |= not moves.any()
    kept: Curves = made[moves]
    return kept


def _cut(curve: Curves) -> list[Curves]:
    """Cut a curve where it crosses the lines of the box's edges; pieces outside become lines along the edge."""
    start, first, second, end = curve
    cubic = np.stack([end - start + 3 * (first - second), 3 * (start - 2 * first + second), 3 * (first - start), start])
    times = [0.0, 1.0]
    for axis in (0, 1):
        for edge in (-EDGE, EDGE):
            roots = np.roots(cubic[:, axis] - np.array([0, 0, 0, edge]))
            times += [float(root.real) for root in roots if abs(root.imag) < ROUNDING and 0 < root.real < 1]
    times.sort()
    pieces = []
    for since, until in pairwise(times):
        middle = np.polyval(cubic, (since + until) / 2)
        piece = _part(curve, since, until)
        pieces += _tamed(piece) if (np.abs(middle) <= EDGE).all() else [_along_the_edge(piece)]
    return pieces


def _tamed(curve: Curves, halvings: int = 8) -> list[Curves]:
    """Halve a curve that stays inside, until the handles of its pieces are not far outside."""
    if halvings == 0 or np.abs(curve).max() <= EDGE + MARGIN:
        return [curve]
    return [piece for half in ((0, 0.5), (0.5, 1)) for piece in _tamed(_part(curve, *half), halvings - 1)]


def _part(curve: Curves, since: float, until: float) -> Curves:
    """Return the part of a curve between two times; its points are the curve's blossom (polar form) at those times."""
    points = []
    for times in ((since, since, since), (since, since, until), (since, until, until), (until, until, until)):
        left = curve
        for time in times:
            left = left[:-1] * (1 - time) + left[1:] * time
        points.append(left[0])
    return np.stack(points)


def _along_the_edge(curve: Curves) -> Curves:
    """Return a straight line along the edge, in place of a curve outside of the box."""
    start, end = np.clip(curve[[0, 3]], -EDGE, EDGE)
    return np.stack([start, start, end, end])
