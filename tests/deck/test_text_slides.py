"""A section's text becomes slides: recorded, with titles, reveals and notes; and what cannot be shown is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from deck.document.outline import Job
from deck.document.section import Note, TitlePage
from deck.errors import SlideError
from deck.recording.timeline import UNITS, Recording, TextBox
from deck.render.raster import Raster
from deck.sections.text import text_slides
from tests.deck.typeset import job_of, recorded

DRAWING = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'><rect width='20' height='10' fill='#e02020'/></svg>"
)


def noted(job: Job, notes: Mapping[str, str]) -> Job:
    given_notes = {name: Note(text, 1) for name, text in notes.items()}
    return replace(job, section=replace(job.section, notes=given_notes))


def recordings(text: str, **facts: Any) -> list[Recording]:
    return recorded(job_of(text, **facts))


def covered(title: str, page: TitlePage) -> Job:
    job = job_of("", title=title)
    return replace(job, section=replace(job.section, body=page))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with images beside the document, and one outside of it."""
    inside = tmp_path / "talk"
    inside.mkdir()
    red = np.full((400, 800, 3), (224, 32, 32), np.uint8)
    for name in ("red.png", "red.jpg", "red.webp", "red.gif", "with space.png", "../outside.png"):
        Image.fromarray(red).save(inside / name)
    (inside / "red.svg").write_text(DRAWING)
    (inside / "link.png").symlink_to(tmp_path / "outside.png")
    (inside / "broken.png").write_bytes(b"no image")
    (inside / "broken.svg").write_text("<svg")
    return inside


def test_a_list_is_a_slide_with_a_pause_for_each_item() -> None:
    [recording] = recordings("- Use colour\n- Show sizes\n- Do NOT skip layers\n")

    assert [reveal.id for reveal in recording.reveals] == ["use-colour", "show-sizes", "do-not-skip-layers"]
    shown = [[text.text for text in reveal.texts] for reveal in recording.reveals]
    assert shown[0] == ["A title", "Use colour"]
    assert shown[2] == ["A title", "Use colour", "Show sizes", "Do NOT skip layers"]
    assert recording.reveals[2].description == "Do NOT skip layers."


def test_a_section_without_pauses_is_one_reveal() -> None:
    [recording] = recordings("- One\n- Two\n", incremental=False)

    assert len(recording.reveals) == 1


def test_a_long_section_goes_on_on_a_second_slide_with_a_name_and_ids_of_its_own() -> None:
    job = job_of("\n".join(f"- Item {number}" for number in range(14)))

    slides = text_slides(job)

    assert [slide.title for slide in slides] == ["A title", "A title (2)"]
    assert [slide.__name__ for slide in slides] == ["Text", "TextPage2"]
    pages = recorded(job)
    assert [page.reveals[0].texts[0].text for page in pages] == ["A title", "A title (2)"]
    ids = [reveal.id for page in pages for reveal in page.reveals]
    assert len(set(ids)) == len(ids) == 14


def test_notes_find_their_reveal_on_whatever_page_and_none_is_lost() -> None:
    text = "First.\n\n---\n\n### Convolution\n\nSecond.\n"
    job = noted(job_of(text), {"": "hello", "convolution": "about it", "nowhere": "still said"})

    first, second = text_slides(job)

    assert first.notes == {"": "hello\n\nstill said"}
    assert second.notes == {"convolution": "about it"}


def test_a_section_of_nothing_is_its_title_large_in_the_middle() -> None:
    [recording] = recordings("", title="Part two")

    [reveal] = recording.reveals
    [text] = reveal.texts
    left, top, right, bottom = text.box
    assert (reveal.id, text.text) == ("title", "Part two")
    assert abs(left + right) < 32 * UNITS
    assert abs(top + bottom) < 64 * UNITS


def test_the_background_is_the_jobs() -> None:
    job = replace(job_of("Text."), background="#102030")

    assert [page.background for page in recorded(job)] == ["#102030"]
    assert [slide.background for slide in text_slides(job)] == ["#102030"]


def test_the_title_slide_says_who_and_when() -> None:
    page = TitlePage(subtitle="How they see", author="Ada Lovelace", date="today", line=1)

    [recording] = recorded(covered("Feature maps", page))

    [reveal] = recording.reveals
    assert reveal.id == "title"
    assert [text.text for text in reveal.texts] == ["Feature maps", "How they see", "Ada Lovelace · today"]
    assert reveal.description == "The title slide: Feature maps, How they see, Ada Lovelace, today."


def test_a_section_that_failed_says_so() -> None:
    [recording] = recorded(replace(job_of("# *never* read"), failed="talk.md:3: no *such* thing"))

    texts = [text.text for text in recording.reveals[-1].texts]
    assert texts == ["A title", "This section could not be built", "talk.md:3: no *such* thing"]


@pytest.mark.parametrize("name", ["red.png", "red.jpg", "red.webp", "red.gif", "red.svg", "with%20space.png"])
def test_an_image_is_shown_and_described(folder: Path, name: str) -> None:
    [recording] = recordings(f'![A red field]({name} "All red")', path=folder / "talk.md")

    red, green, blue = Raster(recording, 480).frame(recording.frames - 1)[130, 240].tolist()
    assert red > 200
    assert green < 60
    assert blue < 60
    assert recording.reveals[0].description == "A red field. All red."
    assert "All red" in [text.text for text in recording.reveals[0].texts]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("../outside.png", "the image '../outside.png' is outside of the document's folder"),
        ("link.png", "the image 'link.png' is outside of the document's folder"),
        ("/etc/passwd", "the image '/etc/passwd' is outside of the document's folder"),
        ("none.png", "no such image: 'none.png'"),
        ("%00.png", "no such image: '%00.png'"),
        ("broken.png", "the image 'broken.png' cannot be read"),
        ("broken.svg", "the image 'broken.svg' cannot be read"),
    ],
)
def test_an_image_that_may_not_be_shown_is_told_with_its_line(folder: Path, source: str, sentence: str) -> None:
    with pytest.raises(SlideError) as caught:
        recorded(job_of(f"Text.\n\n- item\n  ![a]({source})", path=folder / "talk.md", line=10))

    assert caught.value.message.startswith(sentence)
    assert caught.value.hint
    assert str(caught.value.where) == f"{folder / 'talk.md'}:13"


def test_a_trusted_document_may_show_images_from_elsewhere(folder: Path) -> None:
    [recording] = recordings("![a](../outside.png)", path=folder / "talk.md", trust=True)

    assert len(recording.pictures) == 1


def test_a_formula_that_cannot_be_set_is_told_with_its_line() -> None:
    with pytest.raises(SlideError) as caught:
        recorded(job_of("Text.\n\nand $\\frac{x}$", line=5))

    assert caught.value.where is not None
    assert caught.value.where.line == 7


def overlap(one: TextBox, two: TextBox) -> bool:
    (left, top, right, bottom), (x, y, x_end, y_end) = one.box, two.box
    return min(right, x_end) - max(left, x) > UNITS and min(bottom, y_end) - max(top, y) > UNITS


WORDS = st.sampled_from(
    "maps of features $x^2$ are **bold** and `code` *too* [links](a) ~~gone~~ WWWWWWWWWWWWWWW".split()
)
LINE = st.lists(WORDS, min_size=1, max_size=25).map(" ".join)
BLOCK = st.one_of(
    LINE,
    LINE.map("### {}".format),
    st.lists(LINE, min_size=1, max_size=5).map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    st.lists(LINE, min_size=1, max_size=5).map(lambda lines: "\n".join(f"{n}. {line}" for n, line in enumerate(lines))),
    st.lists(st.tuples(LINE, LINE), min_size=2, max_size=4).map(
        lambda rows: "\n".join(f"| {a} | {b} |" + ("\n|---|---|" if not n else "") for n, (a, b) in enumerate(rows))
    ),
    LINE.map("> {}".format),
    LINE.map("```python\n{}\n```".format),
)


@given(st.lists(BLOCK, min_size=1, max_size=6).map("\n\n".join), LINE)
@settings(max_examples=25)
def test_no_text_is_off_the_frame_over_another_or_smaller_than_24_points(text: str, title: str) -> None:
    for recording in recordings(text, title=title):
        for reveal in recording.reveals:
            for each in reveal.texts:
                left, top, right, bottom = each.box
                assert abs(left) <= 960 * UNITS
                assert abs(right) <= 960 * UNITS
                assert abs(top) <= 540 * UNITS
                assert abs(bottom) <= 540 * UNITS
                assert each.size >= 24
            for one, two in combinations(reveal.texts, 2):
                assert not overlap(one, two), (one, two)


ODD = [
    "| a |\n|--|\n",
    "<img src=x>",
    "- [x] ",
    "\u202e",
    "שלום",
    "日本",
    "🙂",
    "a" * 200,
    "\x0b",
    "\u2028",
    "=====\n",
    "\ufdd0",
    "e\u0301",
    "\u200d",
]
STRANGE = st.sampled_from(
    "# |- |1. |> |```\n|$|$$|**|`|[|](|![|)|<br>|</b>|<!--|-->|<div>\n|\n|\n\n|---\n|    |. . .|\\|&#0;|{#id}".split(
        "|"
    )
    + ODD
)


def made_or_told(text: str, title: str) -> list[Recording] | SlideError:
    try:
        return recordings(text, title=title)
    except SlideError as error:
        return error


@given(st.lists(st.one_of(STRANGE, st.text(max_size=10)), max_size=30).map("".join), st.text(max_size=30))
@settings(max_examples=60)
def test_any_text_makes_slides_or_a_sentence_with_a_line(text: str, title: str) -> None:
    made = made_or_told(text, title)

    if isinstance(made, SlideError):
        assert made.where is not None
        assert made.where.line >= 1
    else:
        ids = [reveal.id for recording in made for reveal in recording.reveals]
        assert ids
        assert len(set(ids)) == len(ids)
        assert all(reveal.title and reveal.description for recording in made for reveal in recording.reveals)


def test_a_title_that_only_looks_like_a_formula_stands_as_it_is_written() -> None:
    [recording] = recordings("Text.", title="The ${$ sign")

    assert recording.reveals[0].texts[0].text == "The ${$ sign"
