"""Pages whose slides share outlines: they look as if each slide had its own, and are smaller."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deck.build import Deck, build
from deck.document import read
from deck.formats import html
from deck.recording.codec import decode, encode
from tests.browser.hands import Player, pixels, steps_of
from tests.browser.studio import studio
from tests.recording.small import outline, recording

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playwright.sync_api import Browser

    from deck.build.deck import DeckSlide
    from tests.browser.conftest import OpenPlayer

LIBRARY = '<script type="application/octet-stream" class="library">'

SECTION = """## Of {name}

Here is what there is to say of *{name}*, in a few words:

- they are many, **and** they are few
- $\\frac{{{name}}}{{2}}$ is half of them

"""

NAMES = ("apples", "bananas", "cherries", "dates")

COUNT = """{
  const Own = DecompressionStream;
  window.unpacked = 0;
  window.DecompressionStream = class extends Own {
    constructor(format) {
      super(format);
      window.unpacked += 1;
    }
  };
}"""

ALL_ARE_OPEN = "() => document.querySelectorAll('script.recording, script.library').length === 0"


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """Return a deck of text, and first and last a slide that has nothing in common with it; the first is its title."""
    folder = tmp_path_factory.mktemp("talk")
    path = folder / "talk.md"
    path.write_text("# Fruit\n\n" + "".join(SECTION.format(name=name) for name in NAMES), encoding="utf-8")
    deck = build(read(path), frame_rate=15, store=folder / ".deck")
    *others, last = deck.slides
    return replace(deck, slides=(*others, _alone(last, seed=1)))


def _alone(slide: DeckSlide, seed: int) -> DeckSlide:
    """Return a slide of one reveal, with an outline of its own."""
    return replace(slide, reveals=slide.reveals[:1], data=encode(recording([outline((5,), seed=seed)])))


@pytest.fixture(scope="module")
def written(talk: Deck, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the page as it is, and one in which each slide has its own outlines."""
    folder = tmp_path_factory.mktemp("pages")
    made = {name: folder / f"{name}.html" for name in ("shared", "own")}
    html.write(talk, made["shared"], studio(folder))
    made["own"].write_text(_without_sharing(talk, folder), encoding="utf-8")
    return made


def _without_sharing(deck: Deck, folder: Path) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "share", lambda recordings: (b"", recordings))
        return html.page(deck, studio(folder))


def test_the_same_pixels_are_shown(talk: Deck, written: Mapping[str, Path], open_player: OpenPlayer) -> None:
    steps = steps_of(talk)
    seen = []
    for path in written.values():
        player = Player(open_player(path=path).page, steps, clips=False)
        shown = []
        for index in range(len(steps)):
            player.go_to(index)
            shown.append(pixels(player.page))
            player.finds(index)
        seen.append(shown)
    assert all(np.array_equal(ours, theirs) for ours, theirs in zip(*seen, strict=True))


def test_the_page_is_smaller_and_no_outline_is_in_it_twice(talk: Deck, written: Mapping[str, Path]) -> None:
    text, without = (path.read_text("utf-8") for path in written.values())
    assert LIBRARY not in without
    library = decode(b64decode(text.split(LIBRARY)[1].split("<")[0]))
    packed = [b64decode(data) for data in re.findall('class="recording"[^>]*>([^<]*)<', text)]
    assert len(packed) == len(talk.slides)
    for data, slide in zip(packed, talk.slides, strict=True):
        assert encode(decode(data, library)) == slide.data
        assert (data == slide.data) == (slide in (talk.slides[0], talk.slides[-1]))
    assert len(without) - len(text) > sum(len(slide.data) for slide in talk.slides) / 3


def test_a_page_of_slides_that_have_nothing_in_common_is_what_it_would_be(talk: Deck, tmp_path: Path) -> None:
    slides = tuple(_alone(slide, seed) for seed, slide in enumerate(talk.slides))
    deck = replace(talk, slides=slides)

    assert html.page(deck, studio(tmp_path)) == _without_sharing(deck, tmp_path)


def test_the_library_is_unpacked_once(browser: Browser, written: Mapping[str, Path]) -> None:
    counts = []
    for path in written.values():
        with browser.new_context() as context:
            context.add_init_script(COUNT)
            page = context.new_page()
            page.goto(path.as_uri())
            page.evaluate("deck.ready")
            page.wait_for_function(ALL_ARE_OPEN)
            counts.append(page.evaluate("unpacked"))
    assert counts[0] - counts[1] == 2  # a recording has two streams


@pytest.mark.parametrize("library", ["", "AAAA", None], ids=["empty", "damaged", "missing"])
def test_without_the_library_those_slides_that_need_it_say_so(
    browser: Browser, talk: Deck, written: Mapping[str, Path], tmp_path: Path, library: str | None
) -> None:
    begin, end = written["shared"].read_text("utf-8").split(LIBRARY)
    rest = end.split("</script>", 1)[1]
    path = tmp_path / "damaged.html"
    path.write_text(begin + (rest if library is None else f"{LIBRARY}{library}</script>{rest}"), encoding="utf-8")
    steps = steps_of(talk)
    with browser.new_context(viewport={"width": 640, "height": 400}) as context:
        page = context.new_page()
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(f"thrown: {error}"))
        page.goto(path.as_uri())
        page.evaluate("deck.ready")
        player = Player(page, steps, clips=False)
        for index, step in enumerate(steps):
            player.go_to(index)
            if step.place[0] in (0, len(talk.slides) - 1):
                player.finds(index)
            else:
                shown = pixels(page)
                assert 0 < (shown != shown[0, 0]).any(axis=2).mean() < 0.1  # a line of words
        page.wait_for_function(ALL_ARE_OPEN)
    assert sum("This slide cannot be shown" in line for line in told) == len(talk.slides) - 2
    assert sum("in common" in line for line in told) == (library is not None)
    assert not any("thrown" in line for line in told)
