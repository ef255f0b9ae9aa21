"""Words are set as large as they are meant, each sign with a glyph, and lines keep to their width."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import MarkupText
from pygments.token import Token

from deck.fonts.typefaces import font
from deck.typesetting import measures
from deck.typesetting.blocks import Break, Listing, Span, SpanStyle, Table, plain
from deck.typesetting.compiler import set_galley
from deck.typesetting.flow import sheets
from deck.typesetting.galley import Galley
from deck.typesetting.listings import TONES, colored, pieces
from deck.typesetting.pieces import Piece
from deck.typesetting.reading import read_blocks
from deck.typesetting.setup import is_rtl
from tests.deck.typeset import EM, SETUP, Set, ink_of, inlines_of, set_lines

PIXELS = 135.0
"""In one of manim's units."""


@pytest.mark.parametrize("size", [24.0, 36.0])
def test_text_is_as_large_as_manims_own(size: float) -> None:
    [line] = set_lines([Span("Feature maps, quickly")], size=size).lines("p1")

    own = MarkupText("Feature maps, quickly", font=font(), font_size=96).scale(size / 96 * PIXELS)

    drawn = ink_of(line.glyphs)
    assert drawn.width == pytest.approx(own.width, rel=0.01)
    assert drawn.height == pytest.approx(own.height, rel=0.01)


def test_letters_stand_on_the_baseline() -> None:
    text = set_lines([Span("HxEn")])
    [line] = text.lines("p1")

    baseline = text.texts["p1"].top + measures.ASCENT * EM
    assert [ink_of([glyph]).bottom for glyph in line.glyphs] == pytest.approx([baseline] * 4, abs=1)


SCRIPTS = "Žluťoučký Ελληνικά Кириллица العربية עברית हिन्दी ไทย தமிழ் 中文 日本語 한국어 ქართული ✅ ❌ ⚠️ 🚀 1️⃣ 👩‍💻 → ☐ ☑"
NOBODYS = chr(0xF8D0)
"""A place for private use: no typeface has it."""


@pytest.mark.parametrize("word", SCRIPTS.split())
@pytest.mark.parametrize(
    "style",
    [SpanStyle(), SpanStyle(code=True), SpanStyle(bold=True), SpanStyle(italic=True)],
    ids=["text", "code", "bold", "italic"],
)
def test_every_script_has_a_typeface(word: str, style: SpanStyle) -> None:
    [line] = set_lines([Span(word, style), Span(" "), Span(NOBODYS, style)]).lines("p1")

    drawn = [glyph.name for glyph in line.glyphs]
    [frame] = {glyph.name for glyph in set_lines([Span(NOBODYS, style)]).lines("p1")[0].glyphs}
    assert len(drawn) > 1
    assert drawn.count(frame) == 1  # what stands for a sign without a glyph is the same for all in one style


def test_an_index_is_as_large_as_the_smallest_type_may_be() -> None:
    def height(size: float, style: SpanStyle) -> float:
        [line] = set_lines([Span("H", style)], size=size).lines("p1")
        return ink_of(line.glyphs).height

    assert height(24, SpanStyle(rise=1)) == pytest.approx(height(24, SpanStyle()), rel=0.02)
    assert height(32, SpanStyle(rise=-1)) == pytest.approx(height(24, SpanStyle()), rel=0.02)


WORDS = [
    "a",
    "word",
    "**bold**",
    "`code`",
    "*it*",
    "$x^2$",
    "W" * 90,
    "日本語",
    "שלום",
    "é,",
    "https://a.org/" + "path/" * 9,
]


@given(st.lists(st.sampled_from(WORDS)), st.floats(1.5 * PIXELS, measures.WIDTH))
@settings(max_examples=60)
def test_no_line_is_wider_than_its_column_and_no_word_is_lost(words: list[str], width: float) -> None:
    inlines = inlines_of(" ".join(["start", *words]))

    text = set_lines(inlines, width=width)

    found = text.texts["p1"]
    start = measures.WIDTH - width if is_rtl(plain(inlines)) else 0.0
    left, right = start - 0.1 * EM, start + width + 0.1 * EM
    assert all(left <= box[0] <= box[2] <= right for box in (word.box for word in found.words))
    assert ink_of(found.marks).left >= left
    assert ink_of(found.marks).right <= right
    for slot, (x, *_) in found.slots.items():
        given_slot = text.galley.slots[slot]
        assert x + given_slot.formula.width * given_slot.scale * given_slot.ems[0] <= right
    assert {word.number for word in found.words} == set(range(len(text.galley.words)))
    assert set(found.slots) == set(text.galley.slots)
    said = "".join(word.text for word in text.galley.words)
    assert said == "".join(plain(inline for inline in inlines if isinstance(inline, Span)).split())


def test_a_line_ends_before_the_next_begins() -> None:
    lines = set_lines([Span("Ágqyj ÄÖÜ " * 40)]).lines("p1")

    assert len(lines) > 2
    for above, below in pairwise(lines):
        assert ink_of(above.glyphs).bottom < ink_of(below.glyphs).top


def test_a_break_ends_a_line_and_two_leave_one_empty() -> None:
    above, below = set_lines([Span("a"), Break(), Break(), Span("b")]).lines("p1")

    assert (above.words, below.words) == (("a",), ("b",))
    assert below.box.top - above.box.top == pytest.approx(2 * (measures.LINE_HEIGHT + measures.LEADING) * EM, abs=1)


def test_an_address_is_broken_at_a_slash() -> None:
    lines = set_lines([Span("https://example.org/" + "path/" * 30)], width=6 * PIXELS).lines("p1")

    [slash] = set_lines([Span("/")]).lines("p1")[0].glyphs
    assert len(lines) > 2
    assert all(line.glyphs[-1].name == slash.name for line in lines)


def test_signs_that_steer_printers_do_no_harm() -> None:
    [line] = set_lines([Span("a\x07b\u2028c & <d>")]).lines("p1")

    assert " ".join(line.words) == "a b c & <d>"
    assert len(line.glyphs) == 7


def code_of(text: str, language: str = "", *, width: float = measures.WIDTH) -> tuple[list[Piece], Set]:
    galley = Galley()
    galley.begin(SETUP)
    made = pieces(Listing(text, language), SETUP, galley, 0.0, width)
    return made, Set(galley, set_galley(galley))


def test_code_keeps_its_spaces_and_has_colours() -> None:
    lines = colored(Listing("def f(x):\n\treturn 'a'  # why", "python"))

    assert ["".join(span.text for span in line) for line in lines] == ["def f(x):", "    return 'a'  # why"]
    assert len({span.style.tone for line in lines for span in line}) >= 4


def test_letters_of_code_stand_in_columns() -> None:
    source = ["x = 1", "    if x  != 'a':   # fi -> ffi"]

    made, text = code_of("\n".join(source), "python")

    em = measures.em(made[0].size)
    for line, piece in zip(source, made, strict=True):
        letters = [at for at, sign in enumerate(line) if sign != " "]
        marks = sorted(text.texts[piece.id].marks, key=lambda mark: mark.x)
        columns = [(mark.x - marks[0].x) / (0.6 * em) + letters[0] for mark in marks]
        assert columns == pytest.approx(letters, abs=0.02)
    [first], [second] = ([min(mark.x for mark in text.texts[piece.id].marks)] for piece in made)
    assert second - first == pytest.approx(4 * 0.6 * em, abs=0.5)


def test_a_long_line_of_code_goes_on_below_with_a_mark() -> None:
    source = "    x = " + " + ".join(f"term_{number}" for number in range(30))

    made, text = code_of(source, "python")

    rows = [piece.says for piece in made]
    assert len(rows) > 2
    assert all(row.strip().startswith("↪") for row in rows[1:])
    assert "".join(rows).replace("↪", "").split() == source.split()
    assert all(len(text.lines(piece.id)) == 1 for piece in made)
    assert all(ink_of(text.texts[piece.id].marks).right <= measures.WIDTH for piece in made)


def test_the_last_line_of_a_console_and_of_a_diff_is_there_in_its_colours() -> None:
    console = colored(Listing("$ git init\n$ git commit", "console"))
    diff = colored(Listing("- old\n+ new", "diff"))

    assert ["".join(span.text for span in line) for line in console] == ["$ git init", "$ git commit"]
    kinds = (Token.Generic.Deleted, Token.Generic.Inserted)
    assert [line[0].style.tone for line in diff] == [f"code-{TONES[kind]}" for kind in kinds]


@pytest.mark.parametrize("language", ["python", "console", "diff", "nothing-known"])
def test_no_empty_line_is_added_to_a_listing(language: str) -> None:
    assert len(colored(Listing("", language))) == 1
    assert len(colored(Listing("a\n\nb", language))) == 3


def table_of(table: str) -> tuple[list[Piece], Set]:
    [block] = read_blocks(table, 1)
    assert isinstance(block, Table)
    galley = Galley()
    galley.begin(SETUP)
    [made] = sheets([block], SETUP, galley)
    return made, Set(galley, set_galley(galley))


def cells_of(text: Set, piece: Piece) -> list[tuple[str, float, float]]:
    """Return what each word of a row reads, and from where to where it goes."""
    return [(text.galley.words[word.number].text, word.box[0], word.box[2]) for word in text.texts[piece.id].words]


def test_a_header_without_words_is_left_out() -> None:
    made, _ = table_of("| | |\n|---|---|\n| **a** | b |")

    assert [piece.says for piece in made] == ["a, b."]


def test_a_header_that_has_room_stays_on_one_line() -> None:
    made, text = table_of("| In | the very middle of it |\n|---|---|\n| a | table |")

    assert [piece.says for piece in made] == ["In, the very middle of it.", "a, table."]
    assert len({box[1] for box in (word.box for word in text.texts[made[0].id].words)}) == 1


def test_the_column_with_the_longest_text_is_the_widest() -> None:
    long = "a text that goes on and on " * 8

    made, text = table_of(f"| one | two | three |\n|---|---|---|\n| a | {long} | c |")

    [one, two, three] = [left for _, left, _ in cells_of(text, made[0])]
    assert three - two > 3 * (two - one)
    assert three - two > 3 * (measures.WIDTH - three)


def test_a_row_has_its_rule_below_it_and_the_headers_is_thicker() -> None:
    made, text = table_of("| a | b |\n|---|---|\n| c | d |\n| e | " + "f " * 200 + "|")

    widths = []
    for piece in made:
        row = text.texts[piece.id]
        [rule] = [mark for mark in row.marks if mark.width]
        widths.append(rule.width)
        assert rule.y == pytest.approx(row.bottom, abs=3)
        assert rule.y > max(word.box[3] for word in row.words)
        assert ink_of([rule]).width == pytest.approx(measures.WIDTH, abs=2 * rule.width)
    assert widths[0] > widths[1] == widths[2]


CELL = st.lists(st.sampled_from([word for word in WORDS if "$" not in word]), max_size=8).map(" ".join)


ROWS = st.integers(1, 12).flatmap(lambda count: st.lists(st.lists(CELL, min_size=count, max_size=count), min_size=2))


@given(ROWS)
@settings(max_examples=40)
def test_columns_share_what_there_is(rows: list[list[str]]) -> None:
    head, *body = [f"| {' | '.join(row)} |" for row in rows]

    made, text = table_of("\n".join([head, "|---" * len(rows[0]) + "|", *body]))

    for piece in made:
        row = text.texts[piece.id]
        for one, other in ((one, other) for one in row.words for other in row.words if one.number < other.number):
            (left, top, right, bottom), (x, y, x_end, y_end) = one.box, other.box
            assert min(right, x_end) - max(left, x) < 1 or min(bottom, y_end) - max(top, y) < 1
        for mark in row.marks:
            ink = ink_of([mark])
            assert -0.1 * EM <= ink.left <= ink.right <= measures.WIDTH + 0.1 * EM
