"""
Documents as people have them, built word for word.

``expected.yaml`` says for each what is to come of it: ``slides``, with the number of their reveals or the reveals' ids,
``title``, ``reads``, which can be read somewhere in the deck, and ``faults``, sentences with their lines, some with a
hint; ``…`` in them stands for words of Python's own. Where deck does something else today, ``wrong`` says what; once
that is mended, the test fails until it is gone.
"""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from PIL import Image, ImageDraw

from deck.build import Deck, build
from deck.document import gather, read_text
from deck.errors import DeckError, FaultList, Faults
from tests.wording import assert_told

HERE = Path(__file__).parent
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "expected.yaml").read_text(encoding="utf-8"))
PATIENCE = 250
"""How many seconds a section may take, on a machine with other things to do."""

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><rect x="5" y="5" width="50" height="50" '
    'fill="#58c4dd"/><circle cx="75" cy="30" r="20" fill="#83c167"/></svg>\n'
)


def corpus() -> list[Any]:
    return [marked(path.stem) for path in sorted(HERE.glob("*.md"))]


def marked(name: str) -> Any:
    """Return a document's name, as known to fail where deck is known to be wrong."""
    wrong = EXPECTED.get(name, {}).get("wrong")
    marks = [pytest.mark.xfail(reason=wrong, strict=True, raises=AssertionError)] if wrong else []
    return pytest.param(name, id=name, marks=marks)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the documents, and what some of them look for beside them and elsewhere."""
    folder = tmp_path_factory.mktemp("corpus") / "documents"
    (folder / "figures").mkdir(parents=True)
    for path in HERE.glob("*.md"):
        (folder / path.name).write_bytes(path.read_bytes())
    ramp = np.tile(np.arange(256, dtype=np.uint8), (128, 1))
    Image.fromarray(np.dstack([ramp, ramp[:, ::-1], np.full_like(ramp, 128)])).save(folder / "gradient.png")
    dots = Image.new("RGBA", (120, 60))
    for x in range(10, 120, 20):
        ImageDraw.Draw(dots).ellipse((x - 6, 24, x + 6, 36), fill="orange")
    for place in (folder / "figures" / "dots.png", folder / "logo.png", folder.parent / "outside.png"):
        dots.save(place)
    (folder / "figures" / "drawing.svg").write_text(DRAWING)
    (folder / "table.csv").write_text("a,b\n1,2\n")
    with wave.open(str(folder / "ping.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(1600))
    return folder


def built(path: Path, *, trust: bool = True) -> tuple[Deck | None, list[DeckError]]:
    """Return a document's deck, as far as there is one, and what is wrong with it from the top to the bottom."""
    faults = FaultList()
    document = gather(read_text(path), path, faults)
    store = path.parent.parent / "store"
    try:
        deck = build(
            document, store=store, frame_rate=5, trust=trust, at_fault="replace", timeout=PATIENCE, faults=faults
        )
    except Faults as error:
        return None, list(error.errors)
    return deck, sorted(deck.faults, key=lambda error: (error.where and error.where.line) or 0)


def words(deck: Deck) -> str:
    """Return all that can be read in a deck."""
    reveals = [reveal for slide in deck.slides for reveal in slide.recording.reveals]
    return " ".join(" ".join(text.text for reveal in reveals for text in reveal.texts).split())


@pytest.mark.parametrize("name", corpus())
def test_a_document_makes_the_slides_that_are_expected_of_it(name: str, folder: Path) -> None:
    expected = EXPECTED[name]

    deck, errors = built(folder / f"{name}.md")

    entries = [[entry] if isinstance(entry, str) else entry for entry in expected.get("faults", [])]
    assert_told([entry[0] for entry in entries], [str(error).removeprefix(f"{folder}/{name}.md:") for error in errors])
    hinted = [(entry[1], error.hint) for entry, error in zip(entries, errors, strict=True) if entry[1:]]
    assert_told([entry for entry, _ in hinted], [hint for _, hint in hinted])
    slides = {slide.id: [reveal.id for reveal in slide.reveals] for slide in deck.slides} if deck else {}
    wanted = expected.get("slides", {})
    found = {name: steps if isinstance(wanted.get(name), list) else len(steps) for name, steps in slides.items()}
    assert list(found.items()) == list(wanted.items())
    if deck:
        assert deck.document.title == expected.get("title", deck.document.title)
        assert [text for text in expected.get("reads", []) if text not in words(deck)] == []


def test_every_expectation_has_its_document() -> None:
    assert set(EXPECTED) == {path.stem for path in HERE.glob("*.md")}
    assert len(EXPECTED) >= 30


def test_what_is_outside_of_the_folder_is_not_shown_without_trust(folder: Path) -> None:
    (folder / "outside.md").write_text("## Elsewhere\n\n![The logo](../outside.png)\n")

    _, (error,) = built(folder / "outside.md", trust=False)

    assert str(error).startswith(f"{folder}/outside.md:3: the image '../outside.png' ")
