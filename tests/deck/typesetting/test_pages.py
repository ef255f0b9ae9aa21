"""Blocks fill pages: the largest type that fits, nothing off the page, nothing over another."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deck import limits, theme
from deck.errors import SlideError
from deck.typesetting.drawing import CONTENT_WIDTH, draw
from deck.typesetting.pages import Page, fit, paginate, stack
from deck.typesetting.palette import ASCENT, DESCENT, LADDER, unit
from deck.typesetting.pieces import Piece
from deck.typesetting.reading import read_blocks
from deck.typesetting.reveals import reveals
from deck.typesetting.setup import Setup

HEIGHT = theme.CONTENT_TOP - theme.CONTENT_BOTTOM
BLOCKS = [
    "A paragraph of some words that may well go on for longer than a line is at any of the sizes that there are here.",
    "- one\n- two, which is longer\n  - nested\n    1. deeper\n- three",
    "1. first\n2. second\n\n   with a paragraph\n",
    "```python\ndef f(x):\n    return x\n```",
    "```\n" + "line\n" * 20 + "```",
    "| a | b |\n|---|--:|\n| some text | 12 |\n| more of it, so that it wraps " + "again " * 30 + "| 3 |",
    "> quoted\n>\n> - in a list",
    "$$\n\\frac{a}{b}\n$$",
    "Words with $x_i^2$ and `code`.",
    "### A heading",
    "---",
    ". . .",
    "- [x] done\n- [ ] open",
]


def pages_of(text: str, *, incremental: bool = True) -> list[Page]:
    setup = Setup(path=Path("talk.md"), incremental=incremental)
    return fit(read_blocks(text, 1), setup, CONTENT_WIDTH, HEIGHT)


def size_of(page: Page) -> float:
    """Return the size of the type of a page's first line."""
    return page.spots[0].piece.height / unit(1.0) / (ASCENT + DESCENT)


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=7))
@settings(max_examples=40)
def test_nothing_is_off_the_page_or_over_another(blocks: list[str]) -> None:
    for page in pages_of("\n\n".join(blocks)):
        assert page.height <= HEIGHT + 1e-6
        for above, below in pairwise(page.spots):
            assert above.top + above.piece.height <= below.top + 1e-6
        drawn = [mobject for spot in page.spots for mobject in draw([spot], (), theme.CONTENT_TOP)]
        for mobject in (each for each in drawn if each.has_points() or each.submobjects):
            assert mobject.get_left()[0] >= theme.LEFT_EDGE - 0.1
            assert mobject.get_right()[0] <= theme.RIGHT_EDGE + 0.1
            assert mobject.get_bottom()[1] >= theme.CONTENT_BOTTOM - 0.05
            assert mobject.get_top()[1] <= theme.CONTENT_TOP + 0.05


def test_a_short_text_is_set_in_the_largest_type() -> None:
    [page] = pages_of("A few words.")

    assert size_of(page) == pytest.approx(LADDER[0])


def test_more_text_is_set_smaller_before_it_takes_a_second_page() -> None:
    [page] = pages_of("\n\n".join(["A line of text."] * 8))

    assert 24 <= round(size_of(page)) < LADDER[0]


def test_what_does_not_fit_at_24_points_goes_on_on_further_pages() -> None:
    pages = pages_of("\n".join(f"- item {number} " + "and more words " * 6 for number in range(30)))

    assert len(pages) > 1
    assert all(size_of(page) >= 24 - 1e-6 for page in pages)
    assert sum(len(reveal) for reveal in reveals(pages)) == 30


def test_pages_are_about_as_full() -> None:
    pages = pages_of("\n\n".join(["A line of text that is by itself."] * 15))

    assert len(pages) == 2
    assert min(len(page.spots) for page in pages) >= 6


def test_a_heading_is_never_the_last_on_a_page() -> None:
    for lines in range(8, 16):
        for page in pages_of("\n\n".join(["Text."] * lines + ["### Heading", "Below it."] + ["Text."] * 9)):
            assert page.spots[-1].piece.says != "Heading"


def test_a_listing_that_fits_on_a_page_is_not_torn_apart() -> None:
    pages = pages_of("\n\n".join(["Text."] * 9 + ["```\n" + "\n".join("abcdefgh") + "\n```"]))

    assert len(pages) == 2
    assert [spot.piece.says for spot in pages[1].spots][-8:] == list("abcdefgh")


def test_a_listing_longer_than_a_page_goes_on_where_its_code_has_a_gap() -> None:
    long = "    values = " + " + ".join(["value"] * 30)
    function = "def function():\n    one = 1\n" + long + "\n    return one + values\n\n\n"

    pages = pages_of("```python\n" + function * 8 + "```")

    assert len(pages) > 1
    assert all(page.spots[0].piece.says == "def function():" for page in pages)


def test_a_row_of_code_that_goes_on_is_not_torn_apart() -> None:
    pages = pages_of("```\n" + ("word " * 35 + "\n") * 24 + "```")

    assert len(pages) > 1
    assert not any(page.spots[0].piece.says.startswith("↪") for page in pages)


def test_a_table_has_its_header_on_each_page() -> None:
    rows = "\n".join(f"| row {number} | value |" for number in range(30))

    pages = pages_of(f"| name | thing |\n|---|---|\n{rows}")

    assert len(pages) > 1
    assert all(page.spots[0].piece.says == "name, thing." for page in pages)


def test_a_rule_ends_a_page_and_both_have_type_of_one_size() -> None:
    first, second = pages_of("One.\n\n---\n\n" + "\n\n".join(["Text."] * 8))

    assert len(first.spots) == 1
    assert size_of(first) == pytest.approx(size_of(second))


@given(st.lists(st.tuples(st.floats(0.1, 4), st.booleans()), max_size=20))
def test_each_piece_is_on_one_page_in_its_order(facts: list[tuple[float, bool]]) -> None:
    pieces = [Piece(height=height, keeps=keeps) for height, keeps in facts]

    pages = paginate(pieces, 5.0)

    assert [piece for page in pages for piece in page] == pieces
    assert all(stack(page).height <= 5.0 + 1e-6 for page in pages)


def ids(text: str, *, incremental: bool = True) -> list[str]:
    return [shown.id for page in reveals(pages_of(text, incremental=incremental)) for shown in page]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Just text.\n\nAnd more.", ["just-text"]),
        ("- One thing\n- Two things", ["one-thing", "two-things"]),
        ("Before:\n\n- One\n- Two\n\nAfter.", ["before", "one", "two", "after"]),
        ("- One\n  - Nested\n- Two", ["one", "nested", "two"]),
        ("1. First\n2. Second", ["first", "second"]),
        ("Text.\n\n. . .\n\nMore.", ["text", "more"]),
        ("Text.\n\n. . .\n\n- One", ["text", "one"]),
        ("Text.\n\n### A heading\n\nMore.\n\n- One", ["text", "a-heading", "one"]),
        ("### A heading\n\n- One\n- Two", ["a-heading", "two"]),
        ("Text.\n\n### A heading {#own}\n\nMore.", ["text", "own"]),
        ("- Same\n- Same\n- 12", ["same", "same-2", "step-3"]),
        ("- Conv\n\n### Conv", ["conv-2", "conv"]),
        ("> - one\n> - two", ["one"]),
    ],
)
def test_reveals_begin_where_a_lecturer_would_pause(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


def test_lists_appear_at_once_if_they_are_not_incremental() -> None:
    assert ids("- One\n- Two\n\nAfter.\n\n. . .\n\nLast.", incremental=False) == ["one", "last"]


def test_a_description_reads_what_appears() -> None:
    [[first, second]] = reveals(pages_of("Text with $x^2$ and **weight**.\n\n- An item"))

    assert first.description == "Text with x^2 and weight."
    assert second.description == "An item."


@pytest.mark.parametrize(
    "text",
    ["- x\n" * 10_000, "word " * 50_000, "x\n\n---\n\n" * (limits.PAGES + 1), "```\n" + "x\n" * 20_000 + "```"],
    ids=["items", "words", "rules", "code"],
)
def test_a_text_of_more_pages_than_anybody_turns_is_refused(text: str) -> None:
    with pytest.raises(SlideError, match=f"more than {limits.PAGES} slides"):
        pages_of(text)


def test_a_text_may_have_as_many_pages_as_somebody_turns() -> None:
    assert len(pages_of("x\n\n---\n\n" * limits.PAGES)) == limits.PAGES
