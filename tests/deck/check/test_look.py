"""Slides are looked at one by one, or side by side: the same is found, and nothing that was read stays."""

import gc

import pytest
from manim import RIGHT, UP, Square

from deck.build.crew import crew
from deck.build.deck import DeckSlide
from deck.check import Report, check, look
from deck.recording import codec
from deck.recording.timeline import Recording
from deck.slide import Slide
from tests.deck.check.clean import words
from tests.deck.check.stand_in import deck_of, drawn


def over_the_edge(slide: Slide) -> None:
    slide.add(words("over the edge").shift(6.5 * RIGHT), Square(2).shift(4 * UP))


def of_maps(slide: Slide) -> None:
    slide.add(words("feature maps"))


def small(slide: Slide) -> None:
    slide.add(words("small").scale(0.3))


@pytest.fixture(scope="module")
def slides() -> list[DeckSlide]:
    return [drawn(over_the_edge), drawn(of_maps, notes=""), drawn(small, title="Small maps, large maps")]


def test_each_recording_is_gone_before_the_next_is_read(
    slides: list[DeckSlide], monkeypatch: pytest.MonkeyPatch
) -> None:
    alive: list[int] = []
    decode = codec.decode

    def counted(data: bytes) -> Recording:
        alive.append(sum(isinstance(each, Recording) for each in gc.get_objects()))
        return decode(data)

    before = sum(isinstance(each, Recording) for each in gc.get_objects())
    monkeypatch.setattr(codec, "decode", counted)
    check(deck_of(slides), processes=1)

    assert alive == [before] * len(slides)


def report(slides: list[DeckSlide], *, processes: int) -> Report:
    return check(deck_of(slides), processes=processes)


def test_side_by_side_the_same_is_found_in_the_same_order(
    slides: list[DeckSlide], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = report(slides, processes=1)
    sizes: list[int] = []

    def noted(size: int, *, module: str, doing: str) -> object:
        sizes.append(size)
        return crew(size, module=module, doing=doing)

    monkeypatch.setattr(look, "crew", noted)
    monkeypatch.setattr(look, "WORTH_BYTES", 1)
    together = report(slides, processes=2)

    assert sizes == [2]
    assert together == alone
    assert [(finding.rule, finding.slide) for finding in alone.findings] == [
        ("off-frame", "over-the-edge"),
        ("off-frame", "over-the-edge"),
        ("missing-notes", "of-maps"),
        ("no-progression", "of-maps"),
        ("small-text", "small"),
    ]


def test_a_few_slides_are_looked_at_without_the_cost_of_processes(
    slides: list[DeckSlide], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(look, "crew")

    assert report(slides, processes=8) == report(slides, processes=1)
