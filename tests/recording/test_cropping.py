"""What is cut back to a box around the frame looks the same in the frame, however far it reached."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from deck.capture.cropping import EDGE, MARGIN, cropped

Curves = NDArray[np.float64]

NEAR = st.tuples(st.integers(-EDGE, EDGE), st.integers(-EDGE, EDGE))
WIDE = st.tuples(st.integers(-(10**7), 10**7), st.integers(-(10**7), 10**7))
POINTS = st.lists(NEAR | WIDE, min_size=9, max_size=9)


def closed(points: list[tuple[int, int]]) -> Curves:
    """Return three curves through points and back to the first."""
    around = np.array([*points, points[0]], float)
    return np.stack([around[start : start + 4] for start in (0, 3, 6)])


def along(curves: Curves, steps: int = 4000) -> Curves:
    """Return the points of curves at so many times each."""
    times = np.linspace(0, 1, steps)[:, None, None]
    start, first, second, end = curves.transpose(1, 0, 2)[:, None]
    points: Curves = (
        start * (1 - times) ** 3
        + 3 * first * times * (1 - times) ** 2
        + 3 * second * times**2 * (1 - times)
        + end * times**3
    )
    return points.transpose(1, 0, 2).reshape(-1, 2)


def turns(curves: Curves, place: Curves) -> float:
    """Return how often curves go around a place."""
    seen = along(curves) - place
    angles = np.unwrap(np.arctan2(seen[:, 1], seen[:, 0]))
    return float(angles[-1] - angles[0]) / (2 * np.pi)


def test_what_lies_in_the_box_stays_as_it_is() -> None:
    curves = closed([(0, 0), (10, 0), (EDGE, 5), (20, EDGE), (0, 30), (-EDGE, 0), (0, -EDGE), (1, 2), (3, 4)])
    assert np.array_equal(cropped(curves), curves)


@given(POINTS)
def test_the_path_is_whole_and_in_the_box(points: list[tuple[int, int]]) -> None:
    made = cropped(closed(points))
    assert len(made) >= 1
    assert np.abs(made).max() <= EDGE + MARGIN
    assert np.allclose(made[:-1, 3], made[1:, 0])
    assert np.allclose(made[0, 0], made[-1, 3])


@settings(max_examples=50)
@given(POINTS)
def test_what_is_in_the_frame_is_on_the_path(points: list[tuple[int, int]]) -> None:
    seen = along(closed(points), 200)
    seen = seen[(np.abs(seen) < EDGE / 2).all(axis=1)]
    there = along(cropped(closed(points)))
    for place in seen[::20]:
        start, end = there[:-1], there[1:]
        way = end - start
        share = ((place - start) * way).sum(axis=1) / np.maximum((way**2).sum(axis=1), 1e-9)
        nearest = start + np.clip(share, 0, 1)[:, None] * way
        assert np.hypot(*(nearest - place).T).min() < 2


@given(POINTS, st.tuples(st.integers(-15_000, 15_000), st.integers(-9_000, 9_000)))
def test_the_inside_is_the_same(points: list[tuple[int, int]], place: tuple[int, int]) -> None:
    curves = closed(points)
    if np.hypot(*(along(curves) - place).T).min() < 20_000:  # the steps from point to point are long out there
        return
    assert round(turns(cropped(curves), np.array(place))) == round(turns(curves, np.array(place)))


@pytest.mark.parametrize("height", [1e6, 1e9, 1e15])
def test_a_pole_leaves_the_frame_where_it_does(height: float) -> None:
    curve = np.array([[(0, 0), (400, height / 3), (800, 2 * height / 3), (1200, height)]])
    made = cropped(curve)
    assert made[0, 0].tolist() == [0, 0]
    assert made.reshape(-1, 2)[:, 1].max() == EDGE
    leaves = made[0, 3]
    assert leaves[1] == pytest.approx(EDGE)
    assert leaves[0] == pytest.approx(1200 * EDGE / height, abs=0.5)
