"""A formula that is too wide goes on on further lines, where it can."""

from __future__ import annotations

import pytest

from deck.recording.timeline import UNITS
from deck.typesetting import measures
from deck.typesetting.breaking import broken
from tests.deck.typeset import PAGE, inks_on, pages_of, shown_on

SUM = " + ".join(f"x_{{{number}}}^2" for number in range(24))


def rows(tex: str, width: float = 12.0) -> list[str]:
    """Return a formula's lines, where each sign is one wide."""
    inner = broken(tex, len, width).removeprefix(r"\begin{aligned}").removesuffix(r"\end{aligned}")
    return ["".join(row.replace(r"\quad", "").split()) for row in inner.split(r"\\")]


def test_lines_end_before_signs_and_are_aligned_at_the_relation() -> None:
    assert rows("a = bbbb + cccc - dddd + ee") == ["a&=bbbb", "&+cccc", "&-dddd", "&+ee"]


@pytest.mark.parametrize(
    "tex",
    [
        "abcdefghijklmnopqrst",
        "f(aaaa + bbbb + cccc)",
        r"\left[ aaaa + bbbb \right)",
        "|aaaaaa + bbbbbb|",
        r"\color{red} aaaaa + bbbbb",
        "aaaaa & = bbbbbbbbb",
        r"\frac{aaaa + bbbb}{cccc}",
        "e^+ aaaaaaaaaaaaaaa",
        "-aaaaaaaaaaaaaaaaaa",
    ],
)
def test_a_formula_without_a_place_to_break_stays_whole(tex: str) -> None:
    assert broken(tex, len, 8.0) == tex


@pytest.mark.parametrize("tex", ["aaaaaa := bbbbbb", r"aaaaaa \not= bbbbbb", "aaaaaa <= -bbbbbb"])
def test_signs_that_are_one_are_not_taken_apart(tex: str) -> None:
    assert all(row.strip("&") not in {":", "<", "=", "-"} for row in rows(tex, 8.0))
    assert not any(row.endswith((":", r"\not", "<")) for row in rows(tex, 8.0))


def test_a_long_sum_is_set_on_some_lines_in_type_that_can_be_read() -> None:
    [page] = pages_of(f"$$ S = {SUM} $$")

    [formula] = shown_on(page)
    left, top, right, bottom = (side / UNITS for side in formula.box)
    assert formula.size >= measures.LADDER[-1]
    assert right - left <= measures.WIDTH
    assert bottom - top > 3 * measures.em(formula.size)
    assert all(ink.right <= PAGE.left + measures.WIDTH for ink in inks_on(page))
