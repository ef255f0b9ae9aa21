"""Where things stand on slides of text: lines below lines, formulas on them, pictures as large as there is room for."""

from __future__ import annotations

from pathlib import Path

import pytest

from deck.build import build
from deck.document import read
from deck.document.outline import outline
from deck.recording.timeline import UNITS, Outline, Recording, TextBox
from deck.sections.text import record_texts

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#58c4dd"/></svg>\n'
BIASED = "---\ntitle: A talk\nauthor: Ada\n---\n\n## One\n\nA text.\n\n## Two\n\nAnother.\n"


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    return tmp_path / "talk.md"


def last_slide(talk: Path, text: str) -> Recording:
    """Return the recording of a document's last slide."""
    talk.write_text(text)
    [*_, (slides, _)] = record_texts(outline(read(talk), frame_rate=5))
    assert isinstance(slides, list)
    return slides[-1]


def texts(talk: Path, text: str, role: str = "") -> list[TextBox]:
    """Return what can be read in the end on a document's last slide, all of it or what has a role."""
    return [each for each in last_slide(talk, text).reveals[-1].texts if role in {"", each.role}]


def test_a_blank_line_of_code_is_as_high_as_others(talk: Path) -> None:
    lines = texts(talk, "## Code\n\n```\none\n\ntwo\nthree\n```\n", "code")
    one, two, three = (line.box[1] for line in lines)
    assert (two - one) / (three - two) == pytest.approx(2, abs=0.01)


def test_an_item_goes_on_below_its_first_word(talk: Path) -> None:
    lines = texts(talk, f"## List\n\n- {'so many words ' * 12}\n", "item")
    assert len(lines) > 1
    assert len({line.box[0] for line in lines}) == 1


def test_what_follows_an_end_of_line_begins_at_the_edge(talk: Path) -> None:
    lines = texts(talk, "## Lines\n\none <br> *two* <br/>three\n", "paragraph")
    assert [line.text for line in lines] == ["one", "two", "three"]
    assert len({line.box[0] for line in lines}) == 1


def test_a_formula_in_a_title_is_as_large_as_the_title(talk: Path) -> None:
    title, formula = texts(talk, "## The sum $x$\n\nA text.\n")[:2]
    assert (title.role, formula.role) == ("title", "formula")
    assert formula.size == title.size
    assert title.box[1] < formula.box[1] < formula.box[3] < title.box[3]


def test_formulas_that_are_alone_in_their_cells_stand_on_one_line(talk: Path) -> None:
    boxes = [
        text.box for text in texts(talk, "## Table\n\n| $n$ | $n!$ | $1$ |\n|---|---|---|\n| 1 | 1 | 1 |\n", "formula")
    ]
    assert len(boxes) == 3
    assert max(box[3] for box in boxes) - min(box[3] for box in boxes) < UNITS


def test_an_item_without_text_is_as_high_as_others(talk: Path) -> None:
    items = last_slide(talk, "## List\n\n1. one\n2.\n3. three\n4. four\n").reveals[-1].texts
    one, three, four = (text.box[1] for text in items if text.text in {"one", "three", "four"})
    assert (three - one) / (four - three) == pytest.approx(2, abs=0.05)


def test_a_title_that_fits_on_one_line_a_little_smaller_is_on_one(talk: Path) -> None:
    assert [each.text for each in texts(talk, "# The terminal: a cheat sheet\n", "title")] == [
        "The terminal: a cheat sheet"
    ]


def test_a_drawing_is_as_large_as_there_is_room_for(talk: Path) -> None:
    (talk.parent / "square.svg").write_text(SQUARE)
    slide = last_slide(talk, "## A square\n\n![](square.svg)\n")
    heights = [
        shape.points[:, 1].max() * 2.0**shape.exponent / UNITS for shape in slide.shapes if isinstance(shape, Outline)
    ]
    assert max(heights) > 700


def test_the_title_slide_has_no_say_in_the_size_of_the_texts(talk: Path) -> None:
    talk.write_text(BIASED)
    deck = build(read(talk), frame_rate=5, store=talk.parent / "store")
    ends = [slide.recording.reveals[-1].texts for slide in deck.slides]
    assert [[text.size for text in end if text.role == "paragraph"] for end in ends] == [[28.0], [36.0], [36.0]]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("**one**, *two* three-four (`five`)", "one, two three-four (five)"),
        ("今日は良い天気です。 hello", "今日は良い天気です。 hello"),
        ("`def bfs(graph, start):`", "def bfs(graph, start):"),
        ("```python\ndef bfs(graph, start):\n```", "def bfs(graph, start):"),
        ("|a|b|\n|-|-|\n|**c**,|d|", "a b c, d"),
    ],
)
def test_words_are_read_as_they_are_written(talk: Path, text: str, says: str) -> None:
    assert " ".join(each.text for each in texts(talk, f"## Title\n\n{text}\n") if each.role != "title") == says
