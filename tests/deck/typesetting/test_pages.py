"""Blocks fill pages: the largest type that fits, nothing off the page, nothing over another."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from deck import limits
from deck.errors import SlideError
from deck.recording.timeline import UNITS, Recording, TextBox
from deck.typesetting import measures
from deck.typesetting.pages import paginate, stack
from deck.typesetting.pieces import Piece
from tests.deck.typeset import PAGE, inks_on, job_of, pages_of, recorded, shown_on

CONTENT = ("paragraph", "item")
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


def size_of(page: Recording) -> float:
    """Return the size of the type of a page's running text."""
    [size] = {text.size for text in shown_on(page) if text.role in CONTENT}
    return size


def overlap(one: TextBox, two: TextBox) -> bool:
    (left, top, right, bottom), (x, y, x_end, y_end) = one.box, two.box
    return min(right, x_end) - max(left, x) > UNITS and min(bottom, y_end) - max(top, y) > UNITS


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=7))
@settings(max_examples=40)
def test_nothing_is_off_the_page_or_over_another(blocks: list[str]) -> None:
    for page in pages_of("\n\n".join(blocks)):
        for one, two in combinations(page.reveals[-1].texts, 2):
            assert not overlap(one, two), (one, two)
        for ink in inks_on(page):
            assert ink.left >= PAGE.left - 13
            assert ink.right <= PAGE.left + measures.WIDTH + 13
            assert ink.top >= 0
            assert ink.bottom <= PAGE.bottom + 7


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=7), st.booleans())
@settings(max_examples=20)
def test_no_word_is_lost_on_the_way_to_the_pages(blocks: list[str], incremental: bool) -> None:
    words = [f"word{nth}" for nth in range(60)]
    text = "\n\n".join([*blocks, " ".join(words), "- " + "\n- ".join(words), "```\n" + "\n".join(words) + "\n```"])

    said = Counter(
        word
        for page in pages_of(text, incremental=incremental)
        for each in shown_on(page)
        for word in each.text.split()
    )

    assert all(said[word] == 3 for word in words)


def test_a_short_text_is_set_in_the_largest_type() -> None:
    [page] = pages_of("A few words.")

    assert size_of(page) == measures.LADDER[0]


def test_more_text_is_set_smaller_before_it_takes_a_second_page() -> None:
    [page] = pages_of("\n\n".join(["A line of text."] * 8))

    assert 24 <= size_of(page) < measures.LADDER[0]


def test_what_does_not_fit_at_24_points_goes_on_on_further_pages() -> None:
    pages = pages_of("\n".join(f"- item {number} " + "and more words " * 6 for number in range(30)))

    assert len(pages) > 1
    assert all(size_of(page) >= 24 for page in pages)
    assert sum(len(page.reveals) for page in pages) == 30


LONG = " ".join(f"word{number}" for number in range(420))


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        f"- {LONG}\n- {LONG}",
        f"1. {LONG}\n\n   $x$ {LONG}",
        f"> {LONG}",
        f"| a | b |\n|---|---|\n| {LONG} | 1 |",
        f"### {LONG}",
    ],
    ids="paragraph items formulas quote cell heading".split(),
)
def test_a_text_higher_than_a_page_goes_on_on_the_next(text: str) -> None:
    pages = pages_of(text)

    assert len(pages) > 1
    for page in pages:
        assert max(ink.bottom for ink in inks_on(page)) <= PAGE.bottom + 7
    said = [word for page in pages for each in shown_on(page) for word in each.text.split() if word.startswith("word")]
    assert said == LONG.split() * text.count(LONG)
    described = " ".join(reveal.description for page in pages for reveal in page.reveals)
    assert all(described.count(word) >= text.count(LONG) for word in LONG.split()[100:])


def test_a_long_text_is_set_smaller_before_it_goes_on_on_the_next_page() -> None:
    [page] = pages_of("word " * 150)

    assert size_of(page) < measures.LADDER[0]
    assert max(ink.bottom for ink in inks_on(page)) <= PAGE.bottom + 7


def test_a_picture_below_a_title_of_two_lines_stays_on_the_page(tmp_path: Path) -> None:
    Image.new("RGB", (900, 900), (224, 32, 32)).save(tmp_path / "red.png")

    job = job_of('![A field](red.png "A caption")', title="A title of many words " * 5, path=tmp_path / "talk.md")

    [page] = recorded(job)
    assert max(ink.bottom for ink in inks_on(page)) <= PAGE.bottom + 7
    assert not any(overlap(one, two) for one, two in combinations(page.reveals[-1].texts, 2))


def test_pages_are_about_as_full() -> None:
    pages = pages_of("\n\n".join(["A line of text that is by itself."] * 15))

    assert len(pages) == 2
    assert min(len(shown_on(page)) for page in pages) >= 6


def test_a_heading_is_never_the_last_on_a_page() -> None:
    for lines in range(8, 16):
        for page in pages_of("\n\n".join(["Text."] * lines + ["### Heading", "Below it."] + ["Text."] * 9)):
            assert shown_on(page)[-1].role != "heading"


def test_a_listing_that_fits_on_a_page_is_not_torn_apart() -> None:
    pages = pages_of("\n\n".join(["Text."] * 9 + ["```\n" + "\n".join("abcdefgh") + "\n```"]))

    assert len(pages) == 2
    assert [text.text for text in shown_on(pages[1])][-8:] == list("abcdefgh")


def test_a_listing_longer_than_a_page_goes_on_where_its_code_has_a_gap() -> None:
    long = "    values = " + " + ".join(["value"] * 30)
    function = "def function():\n    one = 1\n" + long + "\n    return one + values\n\n\n"

    pages = pages_of("```python\n" + function * 8 + "```")

    assert len(pages) > 1
    assert all(shown_on(page)[0].text == "def function():" for page in pages)


def test_a_row_of_code_that_goes_on_is_not_torn_apart() -> None:
    pages = pages_of("```\n" + ("word " * 35 + "\n") * 24 + "```")

    assert len(pages) > 1
    assert any(text.text.startswith("↪") for page in pages for text in shown_on(page))
    assert not any(shown_on(page)[0].text.startswith("↪") for page in pages)


def test_a_table_has_its_header_on_each_page() -> None:
    rows = "\n".join(f"| row {number} | value |" for number in range(30))

    pages = pages_of(f"| name | thing |\n|---|---|\n{rows}")

    assert len(pages) > 1
    for page in pages:
        texts = [text.text for text in shown_on(page)]
        assert texts[:2] == ["name", "thing"]
        assert texts.count("name") == 1


def test_a_rule_ends_a_page_and_both_have_type_of_one_size() -> None:
    first, second = pages_of("One.\n\n---\n\n" + "\n\n".join(["Text."] * 8))

    assert [text.text for text in shown_on(first)] == ["One."]
    assert size_of(first) == size_of(second) < measures.LADDER[0]


@given(st.lists(st.tuples(st.floats(14, 540), st.booleans()), max_size=20))
def test_each_piece_is_on_one_page_in_its_order(facts: list[tuple[float, bool]]) -> None:
    pieces = [Piece(height=height, keeps=keeps) for height, keeps in facts]

    pages = paginate(pieces, PAGE.height)

    assert [piece for page in pages for piece in page] == pieces
    assert all(stack(page).height <= PAGE.height + 1e-2 for page in pages)


def ids(text: str, *, incremental: bool = True) -> list[str]:
    return [reveal.id for page in pages_of(text, incremental=incremental) for reveal in page.reveals]


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
    [page] = pages_of("Text with $x^2$ and **weight**.\n\n- An item")

    first, second = page.reveals

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
