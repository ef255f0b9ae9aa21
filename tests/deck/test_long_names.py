"""Parts of a document that are named alike, by names that are too long for an id: each can be found by its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deck.build import Deck, build
from deck.build.films import Studio
from deck.build.quality import QUALITIES
from deck.document import parse
from deck.formats import pictures
from deck.identifiers import slug

LONG = "Differentiable regularisation backpropagates representation everywhere"
OTHER = "Differentiable regularisation backpropagates representation everything"
"""Differs where an id has ended."""
HYPHEN = "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bc"
"""Its id, cut to make room for a number, ends with a hyphen."""
WIDE = 80 * "\N{DESERET SMALL LETTER LONG I}"
"""A letter of four bytes: a file's name would have 255 of them at the most."""

Build = Callable[[str], Deck]


@pytest.fixture
def build_text(tmp_path: Path) -> Build:
    return lambda text: build(parse(text, tmp_path / "talk.md"), frame_rate=10, store=tmp_path / "store", trust=True)


def ids_of(deck: Deck) -> list[str]:
    """Return the deck's ids of slides and, behind them, of reveals, of which none may occur twice."""
    slides = [slide.id for slide in deck.slides]
    pauses = [f"{slide.id}/{reveal.id}" for slide in deck.slides for reveal in slide.reveals]
    assert len(set(slides)) == len(slides)
    assert len(set(pauses)) == len(pauses)
    classes = [slide.class_name.casefold() for slide in deck.slides]
    assert len(set(classes)) == len(classes)
    reveals = [reveal.id for slide in deck.slides for reveal in slide.reveals]
    assert [slug(name) for name in slides + reveals] == slides + reveals
    assert all(len(name) <= 64 for name in slides + reveals)
    return slides + reveals


@pytest.mark.parametrize("title", [LONG, HYPHEN, WIDE], ids=["long", "at a hyphen", "wide"])
def test_headings_of_one_name_in_a_section(build_text: Build, title: str) -> None:
    text = "\n".join(f"### {title}\n\nText {number}\n" for number in range(3))
    deck = build_text(f"## One\n\n{text}")
    ids_of(deck)
    assert sum(len(slide.reveals) for slide in deck.slides) == 3


@pytest.mark.parametrize("title", [LONG, HYPHEN, WIDE], ids=["long", "at a hyphen", "wide"])
def test_sections_of_one_name(build_text: Build, title: str) -> None:
    deck = build_text("\n".join(f"## {title}\n\n- Text {number}\n" for number in range(3)))
    assert [len(slide.reveals) for slide in deck.slides] == [1, 1, 1]
    assert ids_of(deck)[0] == slug(title)


def test_names_that_differ_only_beyond_what_an_id_has(build_text: Build) -> None:
    items = f"- {LONG}\n- {OTHER}\n- {LONG} again\n"
    deck = build_text(f"## {LONG}\n\n### {OTHER}\n\n{items}\n## {OTHER}\n\n{items}")
    assert len(deck.slides) == 2
    ids_of(deck)


def test_pages_of_a_section_of_a_long_name_leave_others_their_names(build_text: Build) -> None:
    many = "\n".join(f"- Item {number} of a long list\n" for number in range(40))
    deck = build_text(f"## {LONG}\n\n{many}\n## Maps\n\n{many}\n## Maps 2\n\nText\n\n## MapsPage2\n\nText\n")
    ids_of(deck)
    long = slug(LONG)
    assert [slide.id for slide in deck.slides if slide.title.startswith(LONG)][:2] == [long, f"{long[:62]}-2"]
    assert [slide.id for slide in deck.slides if slide.title in {"Maps 2", "MapsPage2"}] == ["maps-2", "mapspage2"]
    assert [slide.id for slide in deck.slides if slide.title == "Maps (2)"] == ["maps-2-2"]


SCENE = """\
## Scene

```python
class Steps(Scene):
    def construct(self):
        for number in range(12):
            # {comment}
            self.add(Dot().shift(number * RIGHT / 9))
            self.wait()
```
"""


@pytest.mark.parametrize("comment", [LONG, HYPHEN, "Turn it (slowly)"], ids=["long", "at a hyphen", "in brackets"])
def test_a_comment_in_a_loop_names_each_of_its_reveals(build_text: Build, comment: str) -> None:
    deck = build_text(SCENE.format(comment=comment))
    assert len(ids_of(deck)) == 1 + 12
    first, *others = [reveal.title for reveal in deck.slides[0].reveals]
    assert first[:50] == comment[:50]
    assert others == [f"{first} ({number})" for number in range(2, 13)]


def test_pictures_of_slides_and_pauses_of_long_names(build_text: Build, tmp_path: Path) -> None:
    text = f"## {WIDE}\n\n### {WIDE}\n\nText\n\n### {WIDE}\n\nText\n"
    deck = build_text(text)
    pictures.write(deck, tmp_path / "pauses", Studio(store=tmp_path, quality=QUALITIES["draft"]))

    names = sorted(path.name for path in (tmp_path / "pauses").iterdir())
    assert [name[:4] for name in names] == ["01-\N{DESERET SMALL LETTER LONG I}", "02-\N{DESERET SMALL LETTER LONG I}"]
    assert all(name.endswith(".png") for name in names)
