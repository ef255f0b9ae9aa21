"""Tables in formulas and texts: where columns, rows and the lines between them are."""

from __future__ import annotations

from itertools import pairwise

import pytest

from deck.formulas import UnsetError
from tests.deck.drawn import Ink, glyphs, lines, paths, placed

SMALLEST = 1e-3
BOXED = r"\begin{array}{|c|c|}\hline a&b\\\hline c&d\\\hline\end{array}"


def split(rectangles: list[Ink]) -> tuple[list[Ink], list[Ink]]:
    """Return horizontal lines from above, and vertical ones from the left."""
    across = [line for line in rectangles if line.width > line.height]
    down = [line for line in rectangles if line.width < line.height]
    return sorted(across, key=lambda line: line.top), sorted(down, key=lambda line: line.left)


@pytest.mark.parametrize(
    ("tex", "environment"),
    [(BOXED, "align*"), (r"\begin{tabular}{|c|c|}\hline a&b\\\hline c&d\\\hline\end{tabular}", None)],
)
def test_lines_between_rows_and_columns_meet(tex: str, environment: str | None) -> None:
    across, down = split(lines(tex, environment))
    a, b, c, d = glyphs(tex, environment)

    assert len(across) == len(down) == 3
    for line in across:
        assert (line.left, line.right) == pytest.approx((down[0].left, down[-1].right))
    for line in down:
        assert (line.top, line.bottom) == pytest.approx((across[0].top, across[-1].bottom))
    assert down[0].right < a.left < a.right < down[1].left
    assert down[1].right < b.left < b.right < down[2].left
    assert across[0].bottom < a.top < a.bottom < across[1].top
    assert across[1].bottom < c.top < c.bottom < across[2].top
    assert d.center[0] == pytest.approx((down[1].right + down[2].left) / 2, abs=1)


def test_a_table_takes_the_room_of_its_lines() -> None:
    across, down = split(lines(BOXED))
    room = placed(BOXED)

    assert -across[0].top == pytest.approx(room.ascent, abs=SMALLEST)
    assert across[-1].bottom == pytest.approx(room.descent, abs=SMALLEST)
    assert (down[0].left, down[-1].right) == pytest.approx((0, room.width), abs=SMALLEST)


def test_double_lines_stand_apart_and_others_end_at_them() -> None:
    across, down = split(lines(r"\begin{array}{c||c|c}a&b&c\\\hline\hline d&e&f\end{array}"))
    first, second = across
    upper = [line for line in down if line.bottom <= first.bottom + SMALLEST]
    lower = [line for line in down if line.top >= second.top - SMALLEST]

    assert second.top - first.bottom == pytest.approx(20, abs=SMALLEST)
    assert len(down) == 6
    for one, two, other in (upper, lower):
        assert two.left - one.left == pytest.approx(20, abs=SMALLEST)
        assert other.left - two.left > 100
    assert {round(line.bottom, 2) for line in upper} == {round(first.bottom, 2)}
    assert {round(line.top, 2) for line in lower} == {round(second.top, 2)}


def test_a_line_may_go_from_one_column_to_another() -> None:
    (part, *_), (bar, *_) = split(lines(r"\begin{array}{c|ccc}a&b&c&d\\\cline{2-3}e&f&g&h\end{array}"))
    parts, _ = split(lines(r"\begin{array}{ccc}a&b&c\\\cline{1-1}\cline{3-3}d&e&f\end{array}"))
    a, b, c, d, *_ = glyphs(r"\begin{array}{c|ccc}a&b&c&d\\\cline{2-3}e&f&g&h\end{array}")

    assert a.right < part.left < b.left
    assert part.left == pytest.approx(bar.left)
    assert c.right < part.right < d.left
    assert len(parts) == 2
    assert parts[0].top == pytest.approx(parts[1].top)


def test_lines_of_booktabs_have_room_and_may_be_shorter() -> None:
    tex = r"\begin{tabular}{lr}\toprule a&b\\\midrule c&d\\\cmidrule(lr){2-2}e&f\\\bottomrule\end{tabular}"
    top, middle, part, bottom = split(lines(tex, None))[0]
    full = split(lines(tex.replace("(lr)", ""), None))[0][2]

    assert top.height == bottom.height > middle.height
    assert part.left - full.left == pytest.approx(25, abs=SMALLEST) == pytest.approx(full.right - part.right)
    hline, *_ = split(lines(r"\begin{tabular}{lr}a&b\\\hline c&d\end{tabular}", None))[0]
    a, _, c, _ = glyphs(r"\begin{tabular}{lr}a&b\\\hline c&d\end{tabular}", None)
    high, _, low, *_ = glyphs(tex, None)
    assert c.top - a.bottom + 45 == pytest.approx(low.top - high.bottom, abs=1)
    assert hline.height == pytest.approx(middle.height)


def test_a_cell_over_several_columns_has_no_lines_in_it() -> None:
    tex = r"\begin{array}{|l|r|}\hline\multicolumn{2}{|c|}{wwwwww}\\\hline a&b\\\hline\end{array}"
    across, down = split(lines(tex))
    *heading, _a, b = glyphs(tex)
    left, between, right = down

    assert (left.top, right.top) == pytest.approx((across[0].top, across[0].top))
    assert between.top == pytest.approx(across[1].top)
    middle = (heading[0].left + heading[-1].right) / 2
    assert middle == pytest.approx((left.left + right.right) / 2, abs=1.5)
    assert right.left - b.right == pytest.approx(50, abs=5)  # the last column is as wide as the heading needs


def test_dots_go_over_columns() -> None:
    tex = r"\begin{matrix}a&b&c\\\hdotsfor{3}\\d&e&f\end{matrix}"
    a, _, c, *dots = glyphs(tex)[:-3]

    assert len(dots) == 9
    assert a.left < dots[0].left < dots[-1].right < c.right


def test_what_is_high_stays_clear_of_lines_and_rows() -> None:
    tex = r"\begin{array}{c}\dfrac{a}{b}\\\hline\dfrac{c}{d}\end{array}"
    line = max(lines(tex), key=lambda line: line.width)
    upper = max(glyph.bottom for glyph in glyphs(tex) if glyph.bottom < line.top)
    lower = min(glyph.top for glyph in glyphs(tex) if glyph.top > line.bottom)

    assert line.top - upper == pytest.approx(10, abs=1)
    assert lower - line.bottom == pytest.approx(10, abs=1)


def test_rows_are_as_far_apart_as_is_said() -> None:
    def down(tex: str) -> float:
        upper, lower = glyphs(tex)
        return lower.bottom - upper.bottom

    usual = down(r"\begin{array}{c}x\\x\end{array}")
    assert usual == pytest.approx(120)
    assert down(r"\begin{array}{c}x\\[1em]x\end{array}") == pytest.approx(usual + 100)
    assert down(r"\renewcommand{\arraystretch}{1.5}\begin{array}{c}x\\x\end{array}") == pytest.approx(1.5 * usual)
    assert down(r"x\\[1em]x") == pytest.approx(down(r"x\\x") + 100)


@pytest.mark.parametrize(
    ("columns", "left", "right"),
    [("lr", 50, 50), ("@{}lr@{}", 0, 0), ("@{}lr", 0, 50), ("l@{}r", 50, 50)],
)
def test_an_array_has_room_at_its_sides_unless_it_is_taken(columns: str, left: float, right: float) -> None:
    tex = rf"\begin{{array}}{{{columns}}}m&m\end{{array}}"
    first, second = glyphs(tex)
    (letter,) = glyphs("m")
    room = placed("m").width

    assert first.left - letter.left == pytest.approx(left, abs=SMALLEST)
    assert placed(tex).width - second.left - (room - letter.left) == pytest.approx(right, abs=SMALLEST)
    assert second.left - first.left == pytest.approx(room + (0 if "l@{}r" in columns else 100), abs=3)


def test_columns_may_have_things_between_them_and_in_all_of_their_cells() -> None:
    tex = r"\begin{array}{r@{:}l}aaa&b\\c&ddd\end{array}"
    colons = [glyph for glyph in glyphs(tex) if glyph.width < 25]

    assert len(glyphs(tex)) == 10
    assert len({round(colon.left, 2) for colon in colons}) == 1
    assert paths(r"\begin{array}{>{\mathbf}c<{'}}{x}\end{array}") == paths(r"\begin{array}{c}\mathbf{x}'\end{array}")
    assert paths(r"\begin{array}{*{2}{c|}c}a&b&c\end{array}") == paths(r"\begin{array}{c|c|c}a&b&c\end{array}")


@pytest.mark.parametrize(("option", "edge"), [("[r]", "right"), ("[l]", "left")])
def test_matrices_with_a_star_say_where_their_columns_stand(option: str, edge: str) -> None:
    _, m, i, _ = sorted(glyphs(rf"\begin{{pmatrix*}}{option}m\\i\end{{pmatrix*}}"), key=lambda glyph: glyph.left)
    _, one, other, _ = sorted(glyphs(r"\begin{pmatrix}m\\i\end{pmatrix}"), key=lambda glyph: glyph.left)

    assert getattr(m, edge) == pytest.approx(getattr(i, edge), abs=5)
    assert one.center[0] == pytest.approx(other.center[0], abs=3)
    assert getattr(one, edge) != pytest.approx(getattr(other, edge), abs=5)


def test_a_cell_is_filled_on_one_side() -> None:
    (*_, m, i), (*_, j), (*_, k) = (
        glyphs(rf"\begin{{matrix}}mmm\\{cell}\end{{matrix}}") for cell in (r"\hfill i", r"i\hfill", "i")
    )
    assert j.left < k.left - 50
    assert i.right > k.right + 50
    assert i.right == pytest.approx(m.right, abs=5)


@pytest.mark.parametrize("environment", ["align*", None])
def test_equations_of_three_columns_are_aligned(environment: str | None) -> None:
    tex = r"\begin{eqnarray*}a&=&bb\\ccc&=&d\end{eqnarray*}"
    a, upper, _, b, *_, c, lower, d = glyphs(tex, environment)

    assert upper.left == pytest.approx(lower.left)
    assert a.right == pytest.approx(c.right, abs=5)
    assert d.left - lower.right == pytest.approx(b.left - upper.right - (b.left - d.left), abs=1)


def test_pairs_of_columns_have_room_between_them_or_none() -> None:
    def between(name: str) -> float:
        start = "{2}" if "at" in name else ""
        _, _, b, c, *_ = glyphs(rf"\begin{{{name}}}{start}x&=m&m&=y\end{{{name}}}")
        return c.left - b.right

    assert between("align*") - between("alignat*") == pytest.approx(200, abs=SMALLEST)
    assert between("flalign*") == pytest.approx(between("aligned"))
    assert between("alignedat") == pytest.approx(between("alignat*"))


@pytest.mark.parametrize("environment", ["align*", None])
def test_a_formula_of_several_lines_starts_left_and_ends_right(environment: str | None) -> None:
    tex = r"\begin{multline*}mmmmm\\m\\mmm\end{multline*}"
    *first, middle, third, _, last = glyphs(tex, environment)

    assert first[0].left < middle.left < third.left
    assert first[-1].right + 150 < last.right
    assert middle.center[0] == pytest.approx((first[0].left + last.right) / 2, abs=5)
    assert [glyph.bottom for glyph in (first[0], middle, last)] == sorted(g.bottom for g in (first[0], middle, last))


def test_equations_in_a_text_are_aligned_too() -> None:
    upper, lower = (glyph for glyph in glyphs(r"\begin{align*}a&=b\\ccc&=ddd\end{align*}", None) if glyph.height < 30)

    assert upper.left == pytest.approx(lower.left)


@pytest.mark.parametrize("name", ["aligned", "gathered", "array"])
def test_a_table_may_stand_on_its_first_or_its_last_row(name: str) -> None:
    start = "{c}" if name == "array" else ""
    for option, number in (("t", 0), ("b", 2)):
        x, *rows = glyphs(rf"x\begin{{{name}}}[{option}]{start}x\\x\\x\end{{{name}}}")
        assert x.bottom == pytest.approx(rows[number].bottom)
        assert [row.bottom for row in rows] == sorted(row.bottom for row in rows)
    x, *rows = glyphs(rf"x\begin{{{name}}}{start}x\\x\\x\end{{{name}}}")
    assert x.bottom == pytest.approx(rows[1].bottom, abs=5)


def test_small_arrays_are_small_and_aligned() -> None:
    (i, *_, j), (*_, k) = (glyphs(rf"\begin{{subarray}}{{{letter}}}m<n\\i\end{{subarray}}") for letter in "lc")
    (m,) = glyphs("m")

    assert i.height == pytest.approx(0.7 * m.height, rel=0.1)
    assert j.left < k.left - 20
    assert 50 < j.bottom - i.bottom < 90


SAME = {
    r"\begin{cases*}a&if $x$\\b&else\end{cases*}": r"\begin{cases}a&\text{if $x$}\\b&\text{else}\end{cases}",
    r"\pmatrix{a&b\cr c&d}": r"\begin{pmatrix}a&b\\c&d\end{pmatrix}",
    r"\begin{tabular}{r|l} ab & $x$ \\\hline\end{tabular}": r"\begin{array}{r|l}\text{ab}&x\\\hline\end{array}",
    r"\begin{tabularx}{9em}{|X|c}a&b\end{tabularx}": r"\begin{tabular}{|l|c}a&b\end{tabular}",
    r"\begin{tabular*}{9em}{lc}a&b\end{tabular*}": r"\begin{tabular}{lc}a&b\end{tabular}",
    r"\makecell{ab\\c}": r"\begin{array}{@{}c@{}}\text{ab}\\\text{c}\end{array}",
    r"\begin{tabular}{c}wide\\\hfill a\end{tabular}": r"\begin{tabular}{c}wide\\\multicolumn{1}{r}{a}\end{tabular}",
    r"\begin{align}a&=b\end{align}": r"\begin{align*}a&=b\end{align*}",
    r"\begin{psmallmatrix}a&b\end{psmallmatrix}": r"\left(\begin{smallmatrix}a&b\end{smallmatrix}\right)",
    r"\begin{array}{c}a\\\hline\end{array}": r"\begin{array}{c}a\cr\hline\end{array}",
}


@pytest.mark.parametrize(("tex", "other"), SAME.items())
def test_some_are_others_in_other_words(tex: str, other: str) -> None:
    assert paths(tex) == paths(other)


def test_a_cell_of_a_text_has_lines_of_its_own() -> None:
    a, b, c = glyphs(r"\begin{tabular}{cc}\shortstack{a\\a}&a\end{tabular}", None)

    assert a.left == pytest.approx(b.left)
    assert b.bottom - a.bottom == pytest.approx(120)
    assert a.bottom < c.bottom < b.bottom


def test_lines_have_the_colour_of_their_formula() -> None:
    assert {line.color for line in lines(r"\color{red}\begin{array}{|c|}\hline a\\\hline\end{array}")} == {"#FF0000"}
    assert {line.color for line in lines(BOXED)} == {""}


def test_tables_stand_in_tables_and_frames() -> None:
    inner = r"\begin{array}{c|c}a&b\\\hline c&d\end{array}"
    across, down = split(lines(rf"\begin{{array}}{{|c|}}\hline {inner}\\\hline\end{{array}}"))

    assert len(across) == len(down) == 3
    assert across[0].left < across[1].left < across[1].right < across[2].right
    assert all(upper.bottom < lower.top for upper, lower in pairwise(across))


@pytest.mark.parametrize(
    "tex", [r"a\hline", r"\begin{array}{c}a\hline\end{array}", r"\begin{matrix}a&\hline\end{matrix}"]
)
def test_a_line_elsewhere_is_told_of(tex: str) -> None:
    with pytest.raises(UnsetError, match=r"'\\hline' stands outside of a table, or after the start of a row"):
        placed(tex)
