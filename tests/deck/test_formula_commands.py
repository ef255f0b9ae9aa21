"""The commands of formulas that move, frame, strike and stack: where what they draw is."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim.utils.color import DVIPSNAMES

from deck.formulas import UnsetError
from deck.formulas.colors import DVIPS
from tests.deck.drawn import Ink, glyphs, ink, lines, paths, placed

X = ink("x")[0]


def moved(one: Ink, other: Ink) -> tuple[float, float]:
    """Return how far to the right and up another is, which has to be as large."""
    assert (one.width, one.height) == pytest.approx((other.width, other.height))
    return other.left - one.left, one.top - other.top


def test_a_rule_is_a_rectangle_at_its_height() -> None:
    (rule,) = lines(r"\rule[-0.2em]{1em}{0.5em}")

    assert (rule.left, rule.top, rule.right, rule.bottom) == pytest.approx((0, -30, 100, 20))
    assert placed(r"\rule[-0.2em]{1em}{0.5em}").ascent == pytest.approx(30)
    assert [rule.height for rule in lines(r"a \rule{1cm}{1pt}", None)] == pytest.approx([10])
    assert not lines(r"\rule{0pt}{3em}")
    assert placed(r"\rule{0pt}{3em}").ascent == pytest.approx(300)


@pytest.mark.parametrize(
    ("tex", "up"),
    [(r"\raisebox{0.5em}{$x$}", 50), (r"\raise 2pt\hbox{$x$}", 20), (r"\lower2pt{x}", -20)],
)
def test_what_is_raised_is_so_much_higher_and_takes_room_there(tex: str, up: float) -> None:
    (raised,) = ink(tex)

    assert moved(X, raised) == pytest.approx((0, up))
    assert placed(tex).ascent == pytest.approx(placed("x").ascent + up)


@pytest.mark.parametrize("tex", [r"\fbox{$x$}", r"\framebox{$x$}", r"\boxed{x}"])
@pytest.mark.parametrize("environment", ["align*", None])
def test_a_frame_is_around_what_it_holds(tex: str, environment: str | None) -> None:
    if environment is None and "boxed" in tex:
        tex = f"${tex}$"
    x, frame = ink(tex, environment)

    assert frame.around(x)
    assert (x.top - frame.top, frame.bottom - x.bottom) == pytest.approx((35, 35), abs=2)
    assert frame.left == pytest.approx(0)
    assert placed(tex, environment).width == pytest.approx(frame.right)


def test_a_frame_may_be_wider_than_its_text() -> None:
    left, middle, right = (ink(rf"\framebox[5em]{side}{{$x$}}") for side in ("[l]", "", "[r]"))

    assert {round(frame.width) for _, frame in (left, middle, right)} == {570}
    assert left[0].left < middle[0].left - 100 < right[0].left - 200


@pytest.mark.parametrize("environment", ["align*", None])
def test_a_ground_is_behind_what_it_holds(environment: str | None) -> None:
    ground, x = ink(r"\colorbox{yellow}{$x$}", environment)
    assert ground.around(x)
    assert (ground.color, x.color) == ("#FFFF00", "")
    assert placed(r"\colorbox{yellow}{$x$}", environment).marks[0].color == "#FFFF00"

    ground, x, frame = ink(r"\fcolorbox{red}[RGB]{0,0,255}{$x$}", environment)
    assert frame.around(ground)
    assert ground.around(x)
    assert (frame.color, ground.color, x.color) == ("#FF0000", "#0000FF", "")


@pytest.mark.parametrize(
    ("lap", "left"), [("math", 0.0), ("", 0.0), ("math", 1.0), ("", 1.0), ("math", 0.5), ("", 0.5)]
)
def test_what_laps_over_takes_no_room(lap: str, left: float) -> None:
    name = rf"\{lap}" + {0.0: "rlap", 1.0: "llap", 0.5: "clap"}[left]
    room = placed("x").width
    first, over, last = ink(rf"x{name}{{$x$}}x" if not lap else rf"x{name}{{x}}x")

    assert moved(first, over)[0] == pytest.approx((1 - left) * room, abs=1e-3)
    assert moved(first, last)[0] == pytest.approx(room, abs=1e-3)
    assert moved(*ink(r"x\makebox[0pt][l]{$x$}"))[0] == pytest.approx(room)


def test_limits_that_lap_over_leave_what_is_beside_a_sum_where_it_is() -> None:
    _, wide = (ink(rf"\sum_{{{below}}}x")[-1] for below in ("", r"1\le i\le j\le n"))
    narrow, lapped = (ink(rf"\sum_{{{below}}}x")[-1] for below in ("i", r"\mathclap{1\le i\le j\le n}"))

    assert lapped.left == pytest.approx(narrow.left, abs=1)
    assert wide.left > lapped.left + 30


def test_what_is_smashed_has_no_height() -> None:
    tall, flat, bottomless = (
        placed(tex) for tex in (r"\frac{a}{b}", r"\smash{\frac{a}{b}}", r"\smash[b]{\frac{a}{b}}")
    )

    assert (flat.ascent, flat.descent) == (0, 0)
    assert (bottomless.ascent, bottomless.descent) == pytest.approx((tall.ascent, 0))
    assert flat.width == pytest.approx(tall.width)


def test_struts_make_lines_alike() -> None:
    one, other, bracket = (placed(tex) for tex in (r"\mathstrut a", r"\mathstrut x", "("))

    assert (one.ascent, one.descent) == (other.ascent, other.descent) == (bracket.ascent, bracket.descent)
    assert one.width == pytest.approx(placed("a").width)
    assert len(ink(r"\mathstrut a")) == 1
    assert (placed(r"\strut").ascent, placed(r"\strut").descent) == pytest.approx((84, 36))


def test_fractions_have_the_lines_and_brackets_that_they_are_given() -> None:
    assert len(ink(r"\genfrac{(}{]}{0pt}{}{n}{k}")) == 4
    assert len(ink(r"\genfrac{.}{]}{0pt}{}{n}{k}")) == 3
    assert [line.height for line in lines(r"\genfrac{}{}{2pt}{}{a}{b}")] == pytest.approx([20])
    assert [line.height for line in lines(r"{a\above3pt b}")] == pytest.approx([30])
    assert paths(r"\genfrac{}{}{}{}{a}{b}") == paths(r"\frac{a}{b}")
    assert paths(r"\genfrac{}{}{}{1}{a}{b}") == paths(r"\tfrac{a}{b}")
    assert paths(r"\genfrac{}{}{}{0}{a}{b}", "math") == paths(r"\dfrac{a}{b}", "math")
    assert paths(r"{a\choose b}") == paths(r"\binom{a}{b}")
    a, slash, b = ink(r"\sfrac{1}{2}")
    assert a.bottom < b.bottom
    assert a.center[0] < slash.center[0] < b.center[0]


def test_scripts_stand_on_the_left() -> None:
    base, lower, upper = ink(r"\prescript{i}{iii}{X}")[0:1] + ink(r"\prescript{i}{iii}{X}")[3:5]
    parts = sorted(ink(r"\prescript{i}{iii}{X}"), key=lambda part: part.left)

    assert parts[-1].width == pytest.approx(base.width)
    assert lower.bottom > upper.bottom + 30
    assert max(part.right for part in parts[:-1]) < base.left + 10
    assert upper.right == pytest.approx(lower.right, abs=3)
    assert paths(r"\prescript{}{2}{F}") != paths("{}_2F")
    assert len(ink(r"x^{\prescript{i}{k}{X}}")) == 4
    assert len(ink(r"x_{\sideset{_a^b}{}\sum}")) == 4


def test_a_large_operator_has_scripts_on_both_sides_and_limits() -> None:
    product, *_ = ink(r"\prod")
    parts = ink(r"\sideset{_a^b}{_c^d}\prod_{i}^{n}")
    (operator,) = (part for part in parts if part.height == pytest.approx(product.height))
    left = [part for part in parts if part.right <= operator.left + 5]
    right = [part for part in parts if part.left >= operator.right - 5]

    assert (len(left), len(right)) == (2, 2)
    for pair in (left, right):
        high, low = sorted(pair, key=lambda part: part.top)
        assert high.bottom < operator.center[1] < low.top
    below, above = max(parts, key=lambda part: part.bottom), min(parts, key=lambda part: part.top)
    assert below.top > operator.bottom
    assert above.bottom < operator.top


@pytest.mark.parametrize(("tex", "parts"), [(r"\not D", 2), (r"\slashed{D}", 2), (r"\not{\perp}", 2), (r"\not{=}", 1)])
def test_a_stroke_is_laid_over_what_has_no_struck_sign(tex: str, parts: int) -> None:
    drawn = ink(tex)

    assert len(drawn) == parts
    assert drawn[0].center == pytest.approx(drawn[-1].center, abs=2)
    assert paths(r"\not{=}") == paths(r"\neq")


def test_an_arrow_strikes_out_and_points_to_what_is_left() -> None:
    zero, *parts = sorted(ink(r"\cancelto{0}{xx}"), key=lambda part: -part.left)
    arrow = max(parts, key=lambda part: part.width)
    strike = max(ink(r"\cancel{xx}"), key=lambda part: part.width)

    assert arrow.width > strike.width
    assert zero.left > arrow.center[0]
    assert zero.bottom < arrow.center[1]


@pytest.mark.parametrize("name", ["xrightarrow", "xmapsto", "xLeftrightarrow", "xrightleftharpoons", "xlongequal"])
def test_an_arrow_is_as_long_as_what_stands_above_it(name: str) -> None:
    def arrow(above: str) -> Ink:
        return max(ink(rf"\{name}{{{above}}}"), key=lambda part: part.width)

    label = ink("mmmmmm")
    assert arrow("i").width == pytest.approx(155, abs=10)
    assert arrow("mmmmmm").width > 0.7 * (label[-1].right - label[0].left) > 300
    above, *arrows, below = sorted(ink(rf"\{name}[a]{{b}}"), key=lambda part: part.top)
    assert above.bottom < min(part.top for part in arrows)
    assert below.top > max(part.bottom for part in arrows)
    assert above.height > below.height
    assert above.center[0] == pytest.approx(arrows[0].center[0], abs=5)


def test_relations_have_something_on_both_sides() -> None:
    for tex in (r"\overunderset{b}{a}{=}", r"\underoverset{a}{b}{=}", r"\stackrel[a]{b}{=}"):
        above, equals, below = sorted(ink(tex), key=lambda part: part.top)
        assert above.bottom < equals.top < equals.bottom < below.top
        assert above.height > below.height


def test_styles_change_what_follows() -> None:
    large, small = ink(r"\displaystyle\sum\textstyle\sum")
    assert large.height > 1.2 * small.height
    assert ink(r"\displaystyle\sum", "math")[0].height == pytest.approx(large.height)
    assert ink(r"\scriptstyle x")[0].height == pytest.approx(0.7 * X.height, rel=0.05)
    inside = max(ink(r"\frac{\displaystyle\int}{2}"), key=lambda part: part.height)
    assert inside.height == pytest.approx(max(part.height for part in ink(r"\int")))


@pytest.mark.parametrize(
    ("written", "color"),
    [
        ("{red!50!blue}", "#800080"),
        ("{blue!20}", "#CCCCFF"),
        ("{#0af}", "#00AAFF"),
        ("{ForestGreen}", "#009B55"),
        ("{tomato}", "#FF6347"),
        ("{lightslategray}", "#778899"),
        ("[rgb]{1,0,0}", "#FF0000"),
    ],
)
def test_colours_have_many_names_and_are_mixed(written: str, color: str) -> None:
    assert [part.color for part in ink(rf"\textcolor{written}{{x}}")] == [color]


def test_the_colours_of_dvips_are_all_there() -> None:
    for name, color in DVIPS.items():
        assert color == str(getattr(DVIPSNAMES, name.upper()).to_hex())


@pytest.mark.parametrize("written", ["red!x", "blurple!50", "#ggg", "red!inf"])
def test_what_is_no_colour_is_told_of(written: str) -> None:
    with pytest.raises(UnsetError, match="is unknown"):
        placed(rf"\textcolor{{{written}}}{{x}}")


SAME = {
    r"a\LaTeX": r"a\text{\LaTeX}",
    # derivatives, states and brackets, as physics has them
    r"\dv{x}": r"\frac{\mathrm{d}}{\mathrm{d}x}",
    r"\dv{f}{x}": r"\frac{\mathrm{d}f}{\mathrm{d}x}",
    r"\dv[2]{f}{x}": r"\frac{\mathrm{d}^2f}{\mathrm{d}x^2}",
    r"\pdv{f}{x}{y}": r"\frac{\partial^2f}{\partial x\,\partial y}",
    r"\pdv[n]{f}{x}": r"\frac{\partial^nf}{\partial x^n}",
    r"\int f\dd{x}": r"\int f\,\mathrm{d}x",
    r"\int f\dd x": r"\int f\mathrm{d}x",
    r"\qty(\frac ab)": r"\left(\frac ab\right)",
    r"\qty[\frac ab]": r"\left[\frac ab\right]",
    r"\qty{\frac ab}": r"\left\{\frac ab\right\}",
    r"\abs{\frac ab}": r"\left|\frac ab\right|",
    r"\abs*{\frac ab}": r"\lvert\frac ab\rvert",
    r"\norm[\Big]{x}": r"\Bigl\|x\Bigr\|",
    r"\ket{\psi}": r"\left|\psi\right\rangle",
    r"\braket{a}{b}": r"\left\langle a\middle|b\right\rangle",
    r"\braket{a|b}": r"\left\langle a\middle|b\right\rangle",
    r"\ev{A}{\psi}": r"\left\langle\psi\middle|A\middle|\psi\right\rangle",
    r"\mel{a}{H}{b}": r"\left\langle a\middle|H\middle|b\right\rangle",
    r"\vb{x}+\vb*{x}": r"\mathbf{x}+\boldsymbol{x}",
    r"\va{x}\vu{x}": r"\vec{\mathbf{x}}\hat{\mathbf{x}}",
    r"\pmqty{a&b\\c&d}": r"\begin{pmatrix}a&b\\c&d\end{pmatrix}",
    r"\curl f": r"\nabla\times f",
    r"\tr A": r"\operatorname{tr} A",
    r"\eval{x}_0": r"\left.x\right|_0",
    # definitions
    r"\let\e=\varepsilon\e": r"\varepsilon",
    r"\def\x{y}\let\z\x\def\x{w}\z": "y",
    r"\gdef\x#1{#1^2}\x y": "y^2",
    r"\DeclarePairedDelimiter{\ab}{\lvert}{\rvert}\ab{x}": r"\lvert x\rvert",
    r"\DeclarePairedDelimiter\ab\lvert\rvert\ab*{\frac xy}": r"\left\lvert\frac xy\right\rvert",
    # others' names
    r"\mathup{x}": r"\mathrm{x}",
    r"\R\N\Z": r"\mathbb{R}\mathbb{N}\mathbb{Z}",
    r"x\isin\reals": r"x\in\mathbb{R}",
    r"\varlimsup_n": r"\mathop{\overline{\mathrm{lim}}}_n",
    r"\idotsint": r"\int\!\cdots\!\int",
    # what means nothing
    r"\limits x\large y{\tiny z}": "xy{z}",
    r"a\hfill b": "ab",
    r"\require{cancel}x": "x",
    r"\shoveleft{x}": "x",
    # accents of text
    r"\'e\"o\c{c}\~n": "éöçñ",
    r"\text{\'e\"o\c c\k{a}}": r"\text{éöçą}",
    r"\aa\ss": r"\text{åß}",
    r"\underbar{x}": r"\underline{x}",
}


@pytest.mark.parametrize(("tex", "other"), SAME.items())
def test_some_are_others_in_other_words(tex: str, other: str) -> None:
    one, two = ink(tex), ink(other)

    assert len(one) == len(two)
    for part, same in zip(one, two, strict=True):
        assert (part.left, part.top, part.right, part.bottom) == pytest.approx(
            (same.left, same.top, same.right, same.bottom), abs=0.5
        )


def test_a_package_of_the_preamble_changes_what_signs_mean() -> None:
    loaded = r"\usepackage{amsmath,physics}"

    assert paths(r"\div F") == paths(r"\mathbin{\div} F")
    assert paths(r"\div F", preamble=loaded) == paths(r"\nabla\cdot F")
    assert paths(r"\dv{x}", preamble=loaded) == paths(r"\dv{x}")
    assert paths(r"\tr", preamble=r"\newcommand{\tr}{x}") == paths("x")


def test_text_may_be_raised_struck_and_lapped() -> None:
    x, two = ink(r"x\textsuperscript{2}", None)
    assert two.bottom < x.bottom - 20
    h, two = ink(r"H\textsubscript{2}", None)
    assert two.bottom > h.bottom
    line = lines(r"\sout{xx}", None)[0]
    x = ink("x", None)[0]
    assert x.top < line.center[1] < x.bottom
    assert len(glyphs(r"\sout{xx}", None)) == 2


@pytest.mark.parametrize("name", ["underleftarrow", "underparen", "undergroup"])
def test_wide_signs_stand_below(name: str) -> None:
    *letters, sign = sorted(ink(rf"\{name}{{ABC}}"), key=lambda part: part.top)

    assert sign.top > max(letter.bottom for letter in letters) - 5
    assert sign.width > 120


def test_lines_above_and_below_have_the_colour_of_their_formula_and_are_not_seen_if_it_is_not() -> None:
    for name in ("overline", "underline", "sqrt", "overparen"):
        assert {part.color for part in ink(rf"\color{{red}}\{name}{{x}}")} == {"#FF0000"}
        assert not ink(rf"\phantom{{\{name}{{x}}}}")


@pytest.mark.parametrize("name", ["overparen", "overrightharpoon", "widecheck", "ddddot"])
def test_wide_signs_stand_above(name: str) -> None:
    sign, *letters = sorted(ink(rf"\{name}{{ABC}}"), key=lambda part: part.top)

    assert sign.bottom < min(letter.top for letter in letters) + 5


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\sideset{x}{}\sum", "'x' is no script"),
        (r"\newcommand{\x}[two]{y}", "'two' is no number of arguments"),
        (r"\^\alpha", r"'\\alpha' is no letter"),
        (r"\text{\^\alpha}", r"'\\alpha' is no letter"),
        (r"\genfrac{\frac}{}{}{}{a}{b}", r"'\\frac' is no delimiter"),
        (r"\colorbox{nothing}{x}", "the colour 'nothing' is unknown"),
    ],
)
def test_what_cannot_be_set_is_told_of(tex: str, reason: str) -> None:
    with pytest.raises(UnsetError, match=reason):
        placed(tex)


SCRAPS = [
    *"{}[]()&*|^_$+2xv",
    *r"{x} {2} {c|c} {1em} {red} [1em] \\ \hline \cline \cmidrule(lr) \multicolumn \hdotsfor \hfill".split(),
    *r"\begin{array} \end{array} \begin{alignat} \end{alignat} \begin{pmatrix*} \end{pmatrix*}".split(),
    *r"\begin{tabular}{c} \end{tabular} \begin{subarray} \end{subarray} \renewcommand{\arraystretch} \matrix".split(),
    *r"\rule \raisebox \fbox \fcolorbox \colorbox \makebox \mathclap \smash \mathstrut \vcenter \raise".split(),
    *r"\genfrac \above \sideset \prescript \not \slashed \cancelto \xrightarrow \xlongequal \stackrel".split(),
    *r"\displaystyle \scriptstyle \mathchoice \underoverset \overparen \text \' \textsuperscript".split(),
    *r"\let \def \DeclarePairedDelimiter \dv \pdv \qty \mqty \braket \ev \dd \abs".split(),
]


@given(st.lists(st.sampled_from(SCRAPS)).map("".join), st.sampled_from(["align*", "math", "eqnarray", None]))
@settings(max_examples=200)
def test_any_formula_is_set_or_refused(tex: str, environment: str | None) -> None:
    with suppress(UnsetError):
        room = placed(tex, environment)

        assert np.isfinite([room.width, room.ascent, room.descent]).all()
