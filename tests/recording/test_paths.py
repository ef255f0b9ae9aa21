"""SVG's path data becomes curves: each command as the standard has it, held against another reader of it."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
import svgelements  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from deck.recording.paths import Path, outline, path
from deck.recording.timeline import UNITS

ALONG = np.linspace(0, 1, 5)
"""Places along a curve at which two are compared."""


def curves(drawn: Path) -> list[NDArray[np.float64]]:
    """Return each curve's four points."""
    found, start = [], 0
    for count in drawn.subpaths // 2:
        own = drawn.points[start : start + 3 * int(count) + 1]
        found += [own[at : at + 4] for at in range(0, len(own) - 1, 3)]
        start += len(own)
    assert start == len(drawn.points)
    return found


def traced(curve: NDArray[np.float64]) -> NDArray[np.float64]:
    a, b, c, d = curve
    t = ALONG[:, None]
    places: NDArray[np.float64] = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
    return places


def expected(data: str) -> list[NDArray[np.float64]]:
    """Return places along each curve that svgelements reads; what closes a subpath is one if it is no point."""
    segments = [each for each in svgelements.Path(data) if not isinstance(each, svgelements.Move)]
    drawn = [each for each in segments if not (isinstance(each, svgelements.Close) and each.start == each.end)]
    return [np.array([(float(each.point(t).x), float(each.point(t).y)) for t in ALONG]) for each in drawn]


COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "Z": 0}
NUMBER = st.integers(-400, 400).map(lambda number: number / 4)


def written(numbers: list[float]) -> str:
    """Return numbers as short as they may be written: a sign or a second dot begins the next one."""
    texts = [f"{number:g}".replace("0.", ".", 1) if 0 < abs(number) < 1 else f"{number:g}" for number in numbers]
    text = "".join(texts[:1])
    for before, after in pairwise(texts):
        text += after if after.startswith("-") or (after.startswith(".") and "." in before) else f" {after}"
    return text


@st.composite
def commands(draw: st.DrawFn) -> str:
    """A command once or more times in a row, its letter written once, or none again."""
    letter = draw(st.sampled_from([*COUNTS, *(name.lower() for name in COUNTS)]))
    count = COUNTS[letter.upper()]
    if not count:
        return letter
    times = draw(st.integers(1, 3))
    return letter + written(draw(st.lists(NUMBER, min_size=count * times, max_size=count * times)))


def parted(given_commands: list[str]) -> str:
    """Return a path; the other reader does not know that after a curve of another degree a smooth one starts anew."""
    kinds = {"Q": "QT", "T": "QT", "C": "CS", "S": "CS"}
    text = "M3 4"
    for before, command in pairwise(["M", *given_commands]):
        kind = kinds.get(before[0].upper(), "")
        text += "l0 0" if kind and command[0] in "SsTt" and command[0].upper() not in kind else ""
        text += command
    return text


@given(st.lists(commands(), max_size=8).map(parted))
def test_all_commands_draw_what_another_reader_draws(data: str) -> None:
    drawn, known = curves(path(data)), expected(data)

    assert len(drawn) == len(known)
    for curve, places in zip(drawn, known, strict=True):
        assert traced(curve) == pytest.approx(places, abs=1e-6)


@pytest.mark.parametrize(
    ("data", "ends"),
    [
        ("M 1 1 L 2 3", [(2, 3)]),
        ("M 1 1 l 2 3", [(3, 4)]),
        ("M 1 1 2 3 5 8", [(2, 3), (5, 8)]),
        ("m 1 1 2 3 5 8", [(3, 4), (8, 12)]),
        ("M 1 1 H 5 V 6 h -1 v -1", [(5, 1), (5, 6), (4, 6), (4, 5)]),
        ("M 1 1 H 5 7", [(5, 1), (7, 1)]),
        ("M0 0L1 0L1 1ZL5 5", [(1, 0), (1, 1), (0, 0), (5, 5)]),
        ("M1,1\n\tl1e1,-.5", [(11, 0.5)]),
    ],
)
def test_curves_end_where_commands_say(data: str, ends: list[tuple[float, float]]) -> None:
    assert [tuple(curve[-1]) for curve in curves(path(data))] == ends


def test_a_smooth_curve_goes_on_only_from_one_of_its_kind() -> None:
    def first_control(data: str) -> tuple[float, float]:
        x, y = curves(path(data))[-1][1].tolist()
        return x, y

    assert first_control("M0 0 C1 2 3 4 5 5 S9 9 10 10") == (7, 6)
    assert first_control("M0 0 Q1 2 5 5 S9 9 10 10") == (5, 5)
    assert first_control("M0 0 L5 5 S9 9 10 10") == (5, 5)
    assert first_control("M0 0 Q4 2 6 6 T 9 6") == pytest.approx((6 + 2 / 3 * 2, 6 + 2 / 3 * 4))
    assert first_control("M0 0 C1 2 3 4 6 6 T 9 6") == (6, 6)


@pytest.mark.parametrize(
    ("data", "subpaths"),
    [
        ("M0 0 L1 0 L1 1", [4]),
        ("M0 0 L1 0 L1 1 Z", [7]),
        ("M0 0 L1 0 L0 0 Z", [5]),
        ("M0 0 L1 0 M5 5 L6 6 Z", [2, 5]),
        ("M0 0 M5 5 L6 6", [2]),
        ("M0 0 L1 0 Z L5 5", [5, 2]),
        ("M0 0 Z", []),
        ("M5 5", []),
        ("", []),
    ],
)
def test_a_subpath_is_closed_if_it_says_so_and_none_if_it_draws_nothing(data: str, subpaths: list[int]) -> None:
    assert path(data).subpaths.tolist() == subpaths


@pytest.mark.parametrize(
    "data", ["5 5", "M 0", "M 0 0 L 5", "M 0 L 5 5", "M 0 0 Z 5", "M 0 0 A 1 1 0 0 1 5 5", "M 0 0 L 5 5 ?", "M 0 0 L x"]
)
def test_what_is_no_path_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match=re.escape(data)):
        path(data)


def test_an_outline_that_is_too_large_for_its_numbers_is_kept_coarser() -> None:
    for size in (10.0, 1e6):
        drawn = path(f"M0 0 L{size} 0 L{size} {size} Z")

        kept = outline(drawn.points * UNITS, drawn.subpaths)

        assert kept.points.dtype == np.int16
        assert kept.points * 2.0**kept.exponent == pytest.approx(drawn.points * UNITS, abs=2**kept.exponent)
        assert kept.subpaths.tolist() == [7]
