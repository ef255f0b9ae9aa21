"""What Typst draws is found again, part by part."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from deck.typesetting import measures
from deck.typesetting.blocks import Maths, Span, SpanStyle
from deck.typesetting.compiler import SetText, set_galley
from deck.typesetting.formulas import pixels
from deck.typesetting.galley import Galley
from deck.typesetting.setup import Setup
from tests.deck.typeset import EM, SETUP, ink_of


def test_each_part_of_each_section_is_found_by_its_name() -> None:
    galley = Galley()
    names = []
    for section in range(3):
        galley.begin(SETUP)
        names += [galley.text([Span(f"part{section} {nth}")], SETUP) for nth in range(2)]

    texts = set_galley(galley)

    assert list(texts) == names
    for nth, name in enumerate(names):
        words = [galley.words[word.number] for word in texts[name].words]
        assert [word.text for word in words] == [f"part{nth // 2}", f"{nth % 2}"]
        assert len(texts[name].marks) == 6
    for above, below in pairwise(names):
        assert texts[above].bottom == texts[below].top
        assert ink_of(texts[above].marks).bottom < ink_of(texts[below].marks).top


def one(*spans: Span | Maths, size: float = SETUP.size) -> tuple[Galley, SetText]:
    galley = Galley()
    galley.begin(SETUP)
    name = galley.text(spans, SETUP, size=size)
    return galley, set_galley(galley)[name]


def test_a_word_s_box_is_as_high_as_its_line_and_holds_its_letters() -> None:
    _, text = one(Span("Ágqy xx"))

    for word in text.words:
        left, top, right, bottom = word.box
        assert (top, bottom) == pytest.approx((0, measures.LINE_HEIGHT * EM), abs=0.1)
        letters = [mark for mark in text.marks if left <= mark.x < right]
        ink = ink_of(letters)
        assert left <= ink.left <= ink.right <= right
        assert top <= ink.top <= ink.bottom <= bottom


def test_a_formula_has_a_place_as_large_as_it_is() -> None:
    galley, text = one(Span("a "), Maths(r"\frac{x}{y}", 1), Span(" b"))

    [(name, (left, top, _))] = text.slots.items()
    slot = galley.slots[name]
    before, after = text.words
    assert slot.scale * EM == pytest.approx(pixels(SETUP.size))
    assert before.box[2] < left < left + slot.formula.width * slot.scale * EM < after.box[0]
    baseline = ink_of([text.marks[0]]).bottom
    assert top + slot.ascent * EM == pytest.approx(baseline, abs=1.5)


@pytest.mark.parametrize(
    ("style", "count"), [(SpanStyle(struck=True), 1), (SpanStyle(underlined=True), 1), (SpanStyle(), 0)]
)
def test_lines_through_and_below_words_are_theirs(style: SpanStyle, count: int) -> None:
    _, text = one(Span("xxxx", style))

    lines = [mark for mark in text.marks if not mark.name]
    letters = ink_of([mark for mark in text.marks if mark.name])
    assert len(lines) == count
    for line in lines:
        ink = ink_of([line])
        assert line.width > 0
        assert ink.width == pytest.approx(letters.width, rel=0.1)
        assert (letters.top < ink.top < letters.bottom) is style.struck


def test_the_largest_of_some_sizes_is_taken_that_needs_few_lines_enough() -> None:
    def height(words: int) -> float:
        galley = Galley()
        galley.begin(SETUP)
        name = galley.text([Span("word " * words)], SETUP, size=(40.0, 32.0, 24.0), lines=2)
        return min(word.box[3] - word.box[1] for word in set_galley(galley)[name].words)

    assert [round(measures.points(height(count) / measures.LINE_HEIGHT)) for count in (2, 21, 200)] == [40, 32, 24]


def test_signs_of_a_document_are_never_taken_for_typst(tmp_path: Path) -> None:
    signs = r'#panic() $x$ *a* _b_ `c` @d <e> \ // /* ~ #read("/etc/passwd") "q" [z] \u{41} -- --- ... w:3'
    setup = Setup(path=tmp_path / "talk.md", language='"); panic(')
    galley = Galley()
    galley.begin(setup)
    name = galley.text([Span(signs)], setup)

    text = set_galley(galley)[name]

    numbers = dict.fromkeys(word.number for word in text.words)  # one may go on on the next line
    assert [galley.words[number].text for number in numbers] == signs.split()
    assert len(text.marks) == len("".join(signs.split()))
