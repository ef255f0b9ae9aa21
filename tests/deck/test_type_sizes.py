"""A deck has one size of type: the largest that suits most of its texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from deck.build import Deck, Progress, build
from deck.build.type_sizes import common_size, is_larger, type_size
from deck.document import parse
from deck.recording.codec import encode
from deck.typesetting.measures import LADDER
from tests.deck.typeset import pages_of

SHORT = "A few words."
CODE = "```\na = 1\n```"


def lines(count: int) -> str:
    return "\n".join(f"- Item number {number} of some" for number in range(count))


def made(*texts: str) -> dict[str, list[bytes]]:
    return {str(nth): [encode(page) for page in pages_of(text)] for nth, text in enumerate(texts)}


def sizes_of(deck: Deck) -> list[float]:
    return [type_size(slide.data) for slide in deck.slides]


def built(texts: list[str], folder: Path, reports: list[Progress] | None = None) -> Deck:
    text = "---\ntitle-slide: false\n---\n\n" + "".join(
        f"## Part {nth}\n\n{each}\n\n" for nth, each in enumerate(texts)
    )
    progress = (reports if reports is not None else []).append
    return build(parse(text, folder / "talk.md"), frame_rate=10, store=folder / "store", progress=progress)


def test_the_size_of_a_page_is_that_of_its_running_text() -> None:
    [[short], [full], [code]] = made(SHORT, lines(10), CODE).values()

    assert type_size(short) == LADDER[0]
    assert type_size(full) in LADDER[1:]
    assert type_size(code) == 0


def test_the_common_size_is_the_largest_that_suits_most_texts() -> None:
    dense = type_size(made(lines(10))["0"][0])

    assert common_size(made(*[SHORT] * 9, lines(10))) == LADDER[0]
    assert common_size(made(*[SHORT] * 2, *[lines(10)] * 2)) == dense
    assert common_size(made(*[CODE] * 3)) == 0
    assert common_size({}) == 0


def test_texts_of_several_pages_have_no_say() -> None:
    pages = made(*[SHORT] * 2, *[lines(30)] * 6)

    assert len(pages["5"]) > 1
    assert common_size(pages) == LADDER[0]
    assert is_larger(pages["0"], LADDER[1])
    assert not is_larger(pages["0"], LADDER[0])


@pytest.mark.parametrize(("texts", "count"), [([SHORT] * 3 + [lines(10)] * 3, 1), ([SHORT] * 9 + [lines(10)], 2)])
def test_a_deck_has_one_size_but_for_its_fullest_texts(texts: list[str], count: int, tmp_path: Path) -> None:
    sizes = sizes_of(built(texts, tmp_path))

    assert len(set(sizes)) == count
    assert max(sizes) == sizes[0]
    assert min(sizes) == type_size(made(lines(10))["0"][0])


def test_a_deck_of_one_size_is_kept_as_it_is(tmp_path: Path) -> None:
    texts = [SHORT] * 3 + [lines(10)] * 3
    deck = built(texts, tmp_path)
    reports: list[Progress] = []

    again = built(texts, tmp_path, reports)

    assert [slide.data for slide in again.slides] == [slide.data for slide in deck.slides]
    assert all(report.total for report in reports)
