"""Words are measured as Pango sets them, and lines keep to their width."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import MarkupText
from manimpango import MarkupUtils
from pygments.token import Token

from deck.fonts.typefaces import font
from deck.typesetting.blocks import Break, Inline, Listing, Paragraph, Span, SpanStyle, Table, plain
from deck.typesetting.ink import draw_line
from deck.typesetting.lines import break_lines
from deck.typesetting.listings import COLORS, colored, pieces
from deck.typesetting.pieces import Piece
from deck.typesetting.reading import read_blocks
from deck.typesetting.setup import Setup
from deck.typesetting.tables import pieces as table_pieces
from deck.typesetting.tables import shares
from deck.typesetting.words import markup

SETUP = Setup(path=Path("talk.md"))
WIDE = 13.2


def inlines_of(text: str) -> tuple[Inline, ...]:
    [block] = read_blocks(text, 1)
    assert isinstance(block, Paragraph)
    return block.inlines


@pytest.mark.parametrize("size", [24.0, 36.0])
def test_text_is_as_large_as_manims_own(size: float) -> None:
    [line] = break_lines([Span("Feature maps, quickly")], SETUP, WIDE, size=size)

    own = MarkupText("Feature maps, quickly", font=font(), font_size=96).scale(size / 96)

    drawn = draw_line(line, SETUP)
    assert drawn.width == pytest.approx(own.width, rel=0.01)
    assert drawn.height == pytest.approx(own.height, rel=0.01)


def test_letters_stand_on_the_baseline() -> None:
    [line] = break_lines([Span("HxEn")], SETUP, WIDE)

    assert draw_line(line, SETUP).get_bottom()[1] == pytest.approx(0, abs=0.01)


SCRIPTS = "Žluťoučký Ελληνικά Кириллица العربية עברית हिन्दी ไทย தமிழ் 中文 日本語 한국어 ქართული ✅ ❌ ⚠️ 🚀 1️⃣ 👩‍💻 → ☐ ☑"


@pytest.mark.parametrize("word", SCRIPTS.split())
@pytest.mark.parametrize(
    "style", [SpanStyle(), SpanStyle(code=True), SpanStyle(bold=True)], ids=["text", "code", "bold"]
)
def test_every_script_has_a_typeface(word: str, style: SpanStyle, tmp_path: Path) -> None:
    def frames(text: str) -> int:
        """Return how many signs Pango draws as a frame with a number in it, since no typeface has them."""
        file = tmp_path / "text.svg"
        words = markup(Span(text, style), 24), "Inter", "NORMAL", "NORMAL", 24.0, 0, False, str(file), 0, 0, 999, 999
        MarkupUtils.text2svg(*words, justify=False, pango_width=-1)
        return file.read_text("utf-8").count("fill:none")

    assert frames(word) == 0
    assert frames(chr(0xF8D0)) == 1  # a place for private use


def test_an_index_is_as_large_as_the_smallest_type_may_be() -> None:
    def height(size: float, style: SpanStyle) -> float:
        [line] = break_lines([Span("H", style)], SETUP, WIDE, size=size)
        return float(draw_line(line, SETUP).height)

    assert height(24, SpanStyle(rise=1)) == pytest.approx(height(24, SpanStyle()), rel=0.02)
    assert height(32, SpanStyle(rise=-1)) == pytest.approx(height(24, SpanStyle()), rel=0.02)


@given(
    st.lists(st.sampled_from(["a", "word", "**bold**", "`code`", "*it*", "$x^2$", "W" * 90, "日本語", "שלום", "é,"])),
    st.floats(1.5, WIDE),
)
@settings(max_examples=60)
def test_no_line_is_wider_than_its_column_and_no_word_is_lost(words: list[str], width: float) -> None:
    text = " ".join(["start", *words])
    inlines = inlines_of(text)

    lines = break_lines(inlines, SETUP, width)

    assert all(line.width <= width + 1e-6 for line in lines)
    for line in lines:
        assert draw_line(line, SETUP).width <= width + 0.05
    assert "".join("".join(line.text.split()) for line in lines) == "".join(plain(inlines).split())


def test_a_break_ends_a_line_and_two_leave_one_empty() -> None:
    lines = break_lines([Span("a"), Break(), Break(), Span("b")], SETUP, WIDE)

    assert [line.text for line in lines] == ["a", "", "b"]


def test_an_address_is_broken_at_a_slash() -> None:
    lines = break_lines([Span("https://example.org/" + "path/" * 30)], SETUP, 6.0)

    assert len(lines) > 2
    assert all(line.text.endswith("/") for line in lines)


def test_signs_that_steer_printers_do_no_harm() -> None:
    [line] = break_lines([Span("a\x07b\u2028c & <d>")], SETUP, WIDE)

    assert line.text == "a b c & <d>"
    assert draw_line(line, SETUP).width > 0


def test_code_keeps_its_spaces_and_has_colours() -> None:
    lines = colored(Listing("def f(x):\n\treturn 'a'  # why", "python"))

    assert ["".join(span.text for span in line) for line in lines] == ["def f(x):", "    return 'a'  # why"]
    assert len({span.style.tone for line in lines for span in line}) >= 4


def test_a_long_line_of_code_goes_on_below_with_a_mark() -> None:
    source = "    x = " + " + ".join(f"term_{number}" for number in range(30))

    rows = [piece.says for piece in pieces(Listing(source, "python"), SETUP, 0.0, WIDE)]

    assert len(rows) > 2
    assert all(row.strip().startswith("↪") for row in rows[1:])
    assert "".join(rows).replace("↪", "").split() == source.split()


def test_the_last_line_of_a_console_and_of_a_diff_is_there_in_its_colours() -> None:
    console = colored(Listing("$ git init\n$ git commit", "console"))
    diff = colored(Listing("- old\n+ new", "diff"))

    assert ["".join(span.text for span in line) for line in console] == ["$ git init", "$ git commit"]
    assert [line[0].style.tone for line in diff] == [COLORS[Token.Generic.Deleted], COLORS[Token.Generic.Inserted]]


@pytest.mark.parametrize("language", ["python", "console", "diff", "nothing-known"])
def test_no_empty_line_is_added_to_a_listing(language: str) -> None:
    assert len(colored(Listing("", language))) == 1
    assert len(colored(Listing("a\n\nb", language))) == 3


def rows_of(table: str) -> list[Piece]:
    [block] = read_blocks(table, 1)
    assert isinstance(block, Table)
    return table_pieces(block, SETUP, 0.0, WIDE)


def test_a_header_without_words_is_left_out() -> None:
    assert [piece.says for piece in rows_of("| | |\n|---|---|\n| **a** | b |")] == ["a, b."]


def test_a_header_that_has_room_stays_on_one_line() -> None:
    rows = rows_of("| In | the very middle of it |\n|---|---|\n| a | table |")

    assert [piece.says for piece in rows] == ["In, the very middle of it.", "a, table."]


def test_the_column_with_the_longest_text_is_the_widest() -> None:
    found = shares([10.0, 3.0, 3.0], [1.5, 1.8, 1.8], 8.0)

    assert max(found) == found[0]
    assert 10.0 / found[0] == pytest.approx(max(10.0 / found[0], 3.0 / found[1]), rel=0.01)


@given(
    st.lists(st.tuples(st.floats(0.1, 20), st.floats(0.1, 1)), min_size=1, max_size=8),
    st.floats(2, 14),
)
def test_columns_share_what_there_is(columns: list[tuple[float, float]], free: float) -> None:
    natural = [wide for wide, _ in columns]
    least = [wide * share for wide, share in columns]

    found = shares(natural, least, free)

    assert sum(found) <= free + 1e-6
    if sum(least) <= free:
        assert all(width >= small - 1e-6 for width, small in zip(found, least, strict=True))
