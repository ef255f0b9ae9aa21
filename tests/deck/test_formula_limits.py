"""Formulas that nobody means well with are set or refused, at once and in a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from deck.errors import SlideError
from deck.formulas.budget import ATOMS, TOKENS
from deck.formulas.cells import MOST_COLUMNS
from deck.formulas.lengths import MOST, ems
from deck.recording.paths import path
from deck.typesetting.formulas import pixels, set_formula
from deck.typesetting.setup import Setup

SETUP = Setup(path=Path("talk.md"))
MANY = TOKENS
FAR = 1920 * 1000
"""A thousand frames, in pixels: what is within can be drawn."""
DOUBLING = "".join(
    rf"\def\{chr(97 + nth) * 3}{{{{\{chr(98 + nth) * 3}}}{{\{chr(98 + nth) * 3}}}}}" for nth in range(24)
)


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (" + ".join(f"x_{{{nth}}}" for nth in range(MANY)), "it is too long"),
        ("x" * ATOMS, "it is too long"),
        (r"\begin{aligned} " + r"x & x \\ " * ATOMS + r"\end{aligned}", "it is too long"),
        (r"\begin{array}{c} " + r"\hline " * MANY + r"x\end{array}", "it is too long"),
        (r"\def\x{" + "y" * (MANY // 10) + "}" + r"\x" * 20, "it is too long"),
        (r"\def\x#1{\x{#1#1}}\x{y}", "it is too long"),
        (rf"{DOUBLING}\def\yyy{{x}}\aaa", "it is too long"),
        (r"\begin{array}{*{99}{*{99}{*{99}{c}}}} x\end{array}", f"it has more than {MOST_COLUMNS} columns"),
        (r"\begin{array}{*{99}{*{99}{*{99}{}}}} x\end{array}", "it is too long"),
        (r"\begin{array}{c} " + "x &" * MOST_COLUMNS + r"x\end{array}", f"it has more than {MOST_COLUMNS} columns"),
        ("x &" * MOST_COLUMNS + "x", f"it has more than {MOST_COLUMNS} columns"),
        (r"\begin{array}{c}\cline{1-" + "9" * 5000 + r"}x\end{array}", "something in it makes no sense"),
        (r"\newcommand{\x}[²]{y}\x", "'²' is no number of arguments"),
        ("{" * 5000 + "x" + "}" * 5000, "its parts stand too deep in each other"),
        (r"\frac{1}{" * 100 + "x" + "}" * 100, "its parts stand too deep in each other"),
        ("x^{" * 3000 + "x" + "}" * 3000, "its parts stand too deep in each other"),
    ],
    ids=(
        "terms signs rows lines macro call doubling columns nothing cells aligned number arguments deep parts scripts"
    ).split(),
)
def test_a_formula_beyond_all_bounds_is_refused_with_its_line(tex: str, reason: str) -> None:
    with pytest.raises(SlideError) as caught:
        set_formula(tex, SETUP, 7, display=True)

    assert caught.value.message.endswith(f"cannot be set: {reason}")
    assert str(caught.value.where) == "talk.md:7"


@pytest.mark.parametrize(
    "tex",
    [
        r"a\hspace{1e9cm}b",
        r"a\hspace{1.2.3em}b",
        r"a\hspace{" + "9" * 400 + "cm}b",
        r"a\kern...em b\mkern 1.1.1mu c",
        r"a \\[1.2.3em] b \\[" + "9" * 400 + "em] c",
        r"\rule{" + "9" * 400 + "pt}{1..2pt}x",
        r"\raisebox{" + "9" * 400 + "em}{x}",
        r"\renewcommand{\arraystretch}{nan}\begin{array}{c}x\\y\end{array}",
        r"\begin{array}{*{999999999}{c}} x \end{array}",
    ],
)
def test_lengths_and_counts_beyond_all_bounds_leave_a_formula_that_can_be_drawn(tex: str) -> None:
    drawn = set_formula(tex, SETUP, 1, display=True)

    scale = pixels(SETUP.size)
    assert 0 < drawn.width * scale < FAR
    assert all(np.abs(path(mark.path).points).max(initial=0.0) * scale < FAR for mark in drawn.marks)


def test_a_length_is_one_number_and_never_beyond_all_screens() -> None:
    assert ems("1.5em") == ems("+1.5 em") == 1.5
    assert ems(".5em") == 0.5
    assert ems("1.2.3em") == ems("...em") == 0.0
    assert ems("-" + "9" * 400 + "em") == -MOST
