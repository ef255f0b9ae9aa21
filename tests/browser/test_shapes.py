"""Pages of every shape: the stage keeps its proportions, and so do the overview, paper and the speaker view."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deck.build import Deck, DeckSlide
from deck.formats import html
from deck.render.raster import Raster
from tests.browser.hands import likeness, pixels, steps_of
from tests.browser.studio import filmed, studio
from tests.shaped import RATIOS, corners_of, shaped_deck

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPlayer
    from tests.browser.hands import Player

pytestmark = pytest.mark.xdist_group("shaped pages")

SCREENS = ((1008, 620), (512, 900))
CORNERS = "#/corners"
ALIKE = 0.97
UNPACKED = "() => document.querySelectorAll('script.recording').length === 0"
PICTURES = "all => all.map((one) => { const box = one.getBoundingClientRect(); return [box.width, box.height]; })"


@pytest.fixture(scope="module", params=RATIOS)
def ratio(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def shaped(ratio: str, tmp_path_factory: pytest.TempPathFactory) -> Deck:
    return shaped_deck(ratio, tmp_path_factory.mktemp("shape"))


@pytest.fixture(scope="module")
def path(shaped: Deck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "talk.html"
    html.write(shaped, path, studio(path.parent))
    return path


def pauses(deck: Deck) -> list[tuple[DeckSlide, int]]:
    """Return the slide and the number of each reveal."""
    return [(slide, nth) for slide in deck.slides for nth in range(len(slide.reveals))]


def see(player: Player, ratio: str) -> None:
    """See that the slide is as large as fits, in the middle, and whole."""
    across, down = RATIOS[ratio]
    size = player.page.viewport_size
    assert size
    stage = player.stage()
    wide = min(size["width"], size["height"] * across / down)
    assert stage.width == pytest.approx(wide, abs=1)
    assert stage.height == pytest.approx(wide * down / across, abs=2)
    assert corners_of(np.asarray(stage)).max() < 24


@pytest.mark.parametrize("screen", SCREENS)
def test_the_stage_keeps_its_proportions_and_nothing_is_cut(
    screen: tuple[int, int], path: Path, shaped: Deck, ratio: str, open_player: OpenPlayer
) -> None:
    player = open_player(path=path, address=CORNERS, screen=screen)
    player.steps = steps_of(shaped)
    player.settle()
    see(player, ratio)
    for pause, (slide, nth) in enumerate(pauses(shaped)):
        player.go_to(pause)
        shown = pixels(player.page)
        drawn = Raster(slide.recording, shown.shape[1]).frame(slide.recording.reveals[nth].last)
        assert shown.shape == drawn.shape
        assert likeness(shown, drawn) > ALIKE


def test_a_clip_keeps_them_too(shaped: Deck, ratio: str, tmp_path: Path, open_player: OpenPlayer) -> None:
    page = tmp_path / "clips.html"
    html.write(filmed(shaped, "corners"), page, studio(tmp_path))
    player = open_player(path=page, address=CORNERS, screen=SCREENS[0])
    player.steps = steps_of(shaped)
    player.settle()
    see(player, ratio)


def test_the_overview_shows_whole_pictures(path: Path, shaped: Deck, ratio: str, open_player: OpenPlayer) -> None:
    across, down = RATIOS[ratio]
    player = open_player(path=path, screen=SCREENS[0])
    player.press("o")
    player.page.wait_for_function("() => [...document.querySelectorAll('canvas.picture')].every((one) => one.width)")
    sizes = player.page.locator("canvas.picture").evaluate_all(PICTURES)
    assert len(sizes) == len(steps_of(shaped))
    for wide, high in sizes:
        assert high / wide == pytest.approx(down / across, rel=0.01)
        assert high < SCREENS[0][1]


def test_paper_has_the_shape(path: Path, shaped: Deck, ratio: str, open_player: OpenPlayer) -> None:
    across, down = RATIOS[ratio]
    player = open_player(path=path)
    player.page.wait_for_function(UNPACKED)
    paper = player.page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == len(steps_of(shaped))
    for box in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", paper):
        wide, high = map(float, box.split()[2:])
        assert high / wide == pytest.approx(down / across, rel=0.01)
        assert max(wide, high) == pytest.approx(960, abs=1)  # 13⅓ inches


def test_the_speaker_view_shows_whole_slides(path: Path, ratio: str, open_player: OpenPlayer) -> None:
    player = open_player(path=path, address=CORNERS, screen=SCREENS[0])
    player.settle()
    with player.page.context.expect_page() as opened:
        player.press("s")
    speaker = opened.value
    speaker.wait_for_function("() => document.querySelectorAll('iframe').length === 2")
    current = speaker.frames[1]
    current.wait_for_function("() => window.deck")
    current.evaluate("deck.ready")
    across, down = RATIOS[ratio]
    box = current.locator(".stage canvas").bounding_box()
    room = speaker.locator("iframe").first.bounding_box()
    assert box
    assert room
    assert box["height"] / box["width"] == pytest.approx(down / across, rel=0.02)
    assert box["x"] >= room["x"] - 1
    assert box["y"] >= room["y"] - 1
    assert box["x"] + box["width"] <= room["x"] + room["width"] + 1
    assert box["y"] + box["height"] <= room["y"] + room["height"] + 1
