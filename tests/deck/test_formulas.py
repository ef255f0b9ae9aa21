"""Formulas without LaTeX: manim's own classes over our pictures, and formulas in texts."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import (
    BLUE,
    RED,
    UP,
    WHITE,
    BulletedList,
    DecimalNumber,
    FadeIn,
    MathTex,
    Matrix,
    Tex,
    Text,
    TexTemplate,
    Title,
    TransformMatchingTex,
    VMobject,
    Write,
)
from manim.mobject.text import tex_mobject

from deck.build import build
from deck.capture.record import record
from deck.document import parse
from deck.errors import Faults, SlideError
from deck.recording.paths import path
from deck.recording.timeline import UNITS, Outline
from deck.sections.latex import install, needs_latex, used
from deck.slide import Slide
from deck.typesetting import measures
from deck.typesetting.formulas import pixels, set_formula
from tests.deck.typeset import SETUP, job_of, recorded

EM = 48 / 960 * 10 * 72 / 72.27
"""LaTeX's em at manim's font size 48."""

GLYPHS = {
    r"a^2+b^2=c^2": 8,
    r"\frac{a}{b}": 3,
    r"\dfrac12+\tfrac{1}{2}": 7,
    r"\sqrt{x}": 3,
    r"\sqrt[3]{x+1}": 6,
    r"\sum_{i=1}^{n} x_i^2": 8,
    r"\int_0^\infty e^{-x}\,dx": 8,
    r"\begin{pmatrix}a&b\\c&d\end{pmatrix}": 6,
    r"\begin{bmatrix}1\\2\end{bmatrix}": 4,
    r"f(x)=\begin{cases}x&\text{if }x>0\\0&\text{otherwise}\end{cases}": 22,
    r"a&=b+c\\&=d\cdot e": 9,
    r"\mathbb{R}^n\to\mathbf{x}": 4,
    r"\vec{x}\,\hat{y}\,\bar{z}\,\dot{w}": 8,
    r"\overline{abc}": 4,
    r"\underbrace{a+b}_{n}": 5,
    r"\left(\frac{a}{b}\right)": 5,
    r"\left.\frac{a}{b}\right|": 4,
    r"\bigl[x\bigr]": 3,
    r"x\quad y\qquad z\;,": 4,
    r"\alpha\Gamma\varepsilon\nabla\partial": 5,
    r"\text{speed in m/s}": 10,
    r"\lim_{x\to0}\sin x": 10,
    r"\binom{n}{k}": 4,
    r"f'(x)+g''": 9,
    r"\textcolor{red}{x}+{\color{blue}y}": 3,
    r"A\xrightarrow{f}B\implies C": 6,
    r"x\neq y\not\in Z": 5,
    r"1,2,\ldots,n\leq\infty": 11,
    r"\operatorname{softmax}(z)_i": 11,
    r"\left\{\begin{array}{l}a\\b\end{array}\right.": 3,
    r"{n \choose k}": 4,
    r"\begin{aligned}a&=b\\c&=d\end{aligned}": 6,
    r"\begin{array}{|c|c|}\hline a&b\\\hline\end{array}": 7,
    r"\boxed{E=mc^2}": 6,
    r"\fcolorbox{red}{blue}{x}": 3,
    r"A\xrightarrow[below]{above}B": 13,
    r"A\xrightleftharpoons{f}B": 5,
    r"\sideset{_a}{^b}\prod": 3,
    r"\rule{1em}{1pt}": 1,
}

TEXTS = {
    r"text with $x^2$ maths": 15,
    r"\textbf{bold} and \textit{italic}": 13,
    r"first\\second": 11,
    r"\LaTeX{} and \TeX": 11,
    r"``so'' -- it's 50\%": 12,
    r"caf\'e Gr\"o\ss e": 9,
    r"\begin{itemize}\item one\item two\end{itemize}": 8,
    r"so $$a=b$$": 5,
    r"\begin{tabular}{cc}ab&c\\d&e\end{tabular}": 5,
}


@pytest.fixture(autouse=True)
def no_latex(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hide LaTeX if there is any; manim has its own way back afterwards."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tex_mobject, "tex_to_svg_file", tex_mobject.tex_to_svg_file)  # type: ignore[attr-defined]
    install()


def colors(mobject: VMobject) -> list[str]:
    return [part.get_fill_color().to_hex() for part in mobject.family_members_with_points()]


def heights(mobject: VMobject) -> list[float]:
    return [part.get_y() for part in mobject.family_members_with_points()]


@pytest.mark.parametrize(("tex", "glyphs"), GLYPHS.items())
def test_a_formula_has_a_part_for_each_glyph_and_line(tex: str, glyphs: int) -> None:
    (part,) = MathTex(tex)

    assert len(part) == glyphs
    assert all(glyph.get_fill_opacity() == 1 and glyph.get_stroke_width() == 0 for glyph in part)


@pytest.mark.parametrize(("tex", "glyphs"), TEXTS.items())
def test_a_text_has_a_part_for_each_glyph(tex: str, glyphs: int) -> None:
    assert len(Tex(tex)[0]) == glyphs


@pytest.mark.parametrize(
    ("strings", "counts"),
    [
        (("a^2", "+", "b^2", "=", "c^2"), [2, 1, 2, 1, 2]),
        ((r"{{ a^2 }} + {{ b }} = c",), [2, 1, 1, 2]),
        ((r"\frac{", "a", "}{", "b", "}"), [0, 1, 1, 1, 0]),  # the line is drawn when the numerator ends
        ((r"\sqrt{", "x", "+1}"), [2, 1, 2]),
        ((r"\left(", "x", r"\right)"), [1, 1, 1]),
        ((r"\begin{bmatrix}", "a", "&", "b", r"\end{bmatrix}"), [1, 1, 0, 1, 1]),
        (("E", "=", "m", "c", "^2"), [1, 1, 1, 1, 1]),
        (("a &= b", r"\\", "c &= d"), [3, 0, 3]),
        (("x", 2, r"\text{ if }"), [1, 1, 2]),
    ],
)
def test_each_string_is_a_part_with_its_glyphs(strings: tuple[str, ...], counts: list[int]) -> None:
    assert [len(part) for part in MathTex(*strings)] == counts


@given(st.lists(st.sampled_from(["x", "+", r"\alpha", "{y}", r"\frac{a}{b}", "z_i^2", r"\sqrt{2}"]), min_size=1))
@settings(max_examples=30)
def test_strings_have_together_what_they_have_joined(strings: list[str]) -> None:
    whole = MathTex(" ".join(strings))
    parts = MathTex(*strings)

    assert len(parts) == len(strings)
    assert sum(len(part) for part in parts) == len(whole[0])
    assert parts.width == pytest.approx(whole.width)


def test_glyphs_come_in_the_order_of_tex() -> None:
    above, line, below = heights(MathTex(r"\frac{a}{b}"))
    upper, summed, lower = heights(MathTex(r"\sum_{i}^{n}"))
    _, power, index = heights(MathTex("x_i^2"))

    assert above > line > below
    assert upper > summed > lower
    assert power > index


def test_parts_are_found_and_coloured_by_their_tex() -> None:
    equation = MathTex("E", "=", "m", "c^2", tex_to_color_map={"m": BLUE})
    equation.set_color_by_tex("c^2", RED)

    assert colors(equation) == [color.to_hex() for color in (WHITE, WHITE, BLUE, RED, RED)]
    assert equation.index_of_part(equation.submobjects[2]) == 2
    part = equation.get_part_by_tex("c^2")
    assert part is not None
    assert len(part) == 2


def test_substrings_are_isolated_wherever_they_stand() -> None:
    equation = MathTex(r"e^{i\tau} + \frac{i}{2}", substrings_to_isolate=["i"], color=BLUE)
    equation.set_color_by_tex("i", RED)

    assert [color == RED.to_hex() for color in colors(equation)] == [False, True, False, False, True, False, False]
    assert set(colors(equation)) == {BLUE.to_hex(), RED.to_hex()}


def test_colours_of_the_formula_itself_stay() -> None:
    assert colors(MathTex(r"x\textcolor{red}{y}{\color[HTML]{00FF00}z}", color=BLUE)) == [
        BLUE.to_hex(),
        "#FF0000",
        "#00FF00",
    ]


def test_type_is_as_large_as_latexs() -> None:
    assert MathTex("0").height == pytest.approx(0.666 * EM, rel=0.03)  # 0.644 em, and what is round reaches further
    assert Tex("Hello world").width == pytest.approx(5.03 * EM, rel=0.03)
    assert MathTex("a^2+b^2=c^2").width == pytest.approx(5.29 * EM, rel=0.08)
    assert MathTex("x", font_size=96).height == pytest.approx(2 * MathTex("x").height)
    assert MathTex(r"\quad").width == 0


def test_lines_are_as_far_apart_as_latexs_and_aligned() -> None:
    (lines,) = Tex(r"xx\\xxxx")
    assert lines[0].get_y() - lines[2].get_y() == pytest.approx(1.2 * EM, abs=1e-4)
    assert lines[:2].get_x() == pytest.approx(lines[2:].get_x())

    upper, lower = MathTex("ab &= c", r"\\ d &= e + f")
    assert upper[2].get_x() == pytest.approx(lower[1].get_x())


def test_long_texts_are_broken_at_latexs_own_width() -> None:
    text = Tex("word " * 40)

    assert text.width < 34.5 * EM
    assert len({round(y, 1) for y in (glyph.get_bottom()[1] for glyph in text[0][::4])}) >= 3


def test_manims_own_users_of_formulas_are_served() -> None:
    assert len(BulletedList("one", "two $x$")) == 2
    assert Title("A title").underline.width > 10
    assert Matrix([[1, r"\frac12"], [3, 4]]).height > 1
    assert len(DecimalNumber(-3.14, num_decimal_places=2)) == 5


def test_macros_of_a_template_are_known() -> None:
    template = TexTemplate()
    template.add_to_preamble(r"\newcommand{\R}[1]{\mathbb{R}^{#1}}" + "\n" + r"\DeclareMathOperator{\relu}{ReLU}")

    assert len(MathTex(r"\relu(x)\in\R{n}", tex_template=template)[0]) == 10


class Matching(Slide):
    """A formula that becomes another."""

    def construct(self) -> None:
        before = MathTex("a", "+", "b", "=", "0")
        after = MathTex("a", "=", "-", "b")
        with self.reveal("step", title="Step", description="The formula turns."):
            self.play(Write(before), run_time=0.2)
            self.play(TransformMatchingTex(before, after), run_time=0.2)
        with self.reveal("more", title="More", description="A text comes."):
            self.play(FadeIn(Tex("so $b=-a$").shift(2 * UP)), run_time=0.2)


def test_matching_parts_move_to_each_other_in_a_recording() -> None:
    recording = record(Matching, frame_rate=10)
    last = recording.items(recording.frames - 1)

    assert recording.film == b""
    assert last.shape[1] == 4 + len("sob=−a")
    assert all(isinstance(recording.shapes[shape], Outline) for shape in last[0])


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\foo x", r"'\foo' is unknown"),
        (r"\frac{a}", "it ends where something has to follow"),
        (r"\begin{tikzcd}a\end{tikzcd}", r"\begin{tikzcd} is unknown"),
        ("x_1_2", "there are two subscripts at one place"),
        ("\uf8d0", "its typeface has no '\uf8d0'"),
        (r"\def\x{\x}\x", "its macros never end"),
        (r"a\hline", r"'\hline' stands outside of a table, or after the start of a row"),
        (r"\textcolor{blurple}{x}", "the colour 'blurple' is unknown"),
    ],
)
def test_what_cannot_be_set_is_told_in_a_sentence(tex: str, reason: str) -> None:
    with pytest.raises(SlideError) as caught:
        MathTex(tex)

    assert caught.value.message == f"the formula '{tex}' cannot be set without LaTeX: {reason}"
    assert "install LaTeX" in caught.value.hint


def test_scripts_that_the_typeface_lacks_are_borrowed() -> None:
    def size(character: str, other: str) -> float:
        return float(Tex(character).height / Tex(other).height)

    text = Tex("你好 $x$", "🚀")
    assert [len(part) for part in text] == [3, 1]
    assert text[0][0].get_right()[0] < text[0][1].get_left()[0] < text[0][2].get_left()[0] < text[1].get_left()[0]
    assert size("你", "H") == pytest.approx(Text("你").height / Text("H").height, rel=0.15)
    assert len(MathTex(r"x = \text{面积}^2")[0]) == 5


def test_with_latex_nothing_is_changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = object()
    monkeypatch.setattr(tex_mobject, "tex_to_svg_file", before)
    for name in ("latex", "dvisvgm"):
        assert needs_latex()
        (tmp_path / name).touch(mode=stat.S_IRWXU)

    install()

    assert not needs_latex()
    assert tex_mobject.tex_to_svg_file is before  # type: ignore[attr-defined]


def test_a_formula_of_a_text_stands_on_its_baseline() -> None:
    digits, tall = (set_formula(tex, SETUP, 1) for tex in ("0", "g^2"))

    em = measures.em(SETUP.size) / pixels(SETUP.size)
    assert digits.ascent == pytest.approx(0.727 * em, rel=0.01)  # as high as the text's own digits
    assert digits.descent == pytest.approx(0, abs=0.02 * em)
    for one in (digits, tall):
        points = np.concatenate([path(mark.path).points + np.array([mark.x, mark.y]) for mark in one.marks])
        assert points[:, 1].min() == pytest.approx(-one.ascent, abs=0.05)  # lengths are tenths of a hundredth of an em
        assert points[:, 1].max() == pytest.approx(one.descent, abs=0.05)
        assert 0 < np.ptp(points[:, 0]) < one.width * 1.1
    assert tall.descent > 0.2 * em


def test_formulas_stand_on_the_lines_of_their_text_in_its_colour() -> None:
    [recording] = recorded(job_of("H $H$ and **H** $\\textcolor{red}{H}$"))

    last = recording.items(recording.frames - 1)
    bottoms: dict[str, list[float]] = {}
    for shape_at, style_at, _, y, *_ in last.T:
        shape, style = recording.shapes[shape_at], recording.styles[style_at]
        assert isinstance(shape, Outline)
        assert style.fill is not None
        color = "#{:02X}{:02X}{:02X}".format(*style.fill.colors[0][:3])
        bottoms.setdefault(color, []).append((y + shape.points[:, 1].max()) / UNITS)
    assert len(bottoms) == 2
    line = max(max(each) for each in bottoms.values())
    formulas = [text for text in recording.reveals[-1].texts if text.role == "formula"]
    assert [text.text for text in formulas] == ["H", r"\textcolor{red}{H}"]
    assert [text.box[3] / UNITS for text in formulas] == pytest.approx([line, line], abs=1.5)
    assert bottoms["#FF0000"] == pytest.approx([line], abs=1.5)


def test_sums_are_larger_on_lines_of_their_own() -> None:
    inline, display = (set_formula(r"\sum_i", SETUP, 1, display=display) for display in (False, True))

    assert display.ascent + display.descent > 1.3 * (inline.ascent + inline.descent)


SCRAPS = [*r"\{}[]^_&$'%#~|x1 =é", r"\frac", r"\left", r"\right", r"\text", r"\\", r"\begin{matrix}", r"\end{matrix}"]


@given(st.lists(st.sampled_from(SCRAPS)).map("".join) | st.text())
@settings(max_examples=200)
def test_any_formula_is_set_or_refused(tex: str) -> None:
    with suppress(SlideError):
        drawn = set_formula(tex, SETUP, 1)

        assert np.isfinite([drawn.width, drawn.ascent, drawn.descent]).all()


def test_a_scene_of_a_document_has_its_formulas(tmp_path: Path) -> None:
    scene = "from manim import *\nclass A(Scene):\n    def construct(self):\n        self.add(MathTex({!r}))\n"
    text = f"## A\n\n```python\n{scene}```\n"

    def built(tex: str) -> object:
        return build(parse(text.format(tex), tmp_path / "talk.md"), frame_rate=10, store=tmp_path / "store", trust=True)

    with pytest.raises(
        Faults, match=r"talk\.md:.* the formula '\\foo' cannot be set without LaTeX: '\\foo' is unknown"
    ):
        built(r"\foo")
    assert built(r"x^2")


def test_formulas_that_were_set_are_noted() -> None:
    MathTex("x")

    assert used()
