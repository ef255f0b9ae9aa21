"""What the page itself writes can be read in each theme: on its slides, in its overview, help and speaker view."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageColor

from deck import document, themes
from deck.build import build
from deck.formats import html
from deck.themes import contrast
from tests.browser.studio import studio

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import OpenPlayer

NAMES = ("dark", "light", "paper", "contrast")

TALK = """\
---
theme: {}
---
# A talk

## Words

Some words.

::: notes
What to say, with `code` and a [link](https://example.org).
:::

## A scene

```python
from manim import *

class Own(Scene):
    def construct(self):
        self.add(Square())
```
"""

INK = "element => getComputedStyle(element).color"
RESTS = "() => document.querySelectorAll('iframe').length === 2"


@pytest.fixture(scope="module")
def themed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the page of a small talk in a theme."""
    folder = tmp_path_factory.mktemp("themed")

    def page(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            talk = document.parse(TALK.format(name), folder / "talk.md")
            html.write(build(talk, store=folder / "store", frame_rate=15, trust=True), path, studio(folder))
        return path

    return page


def _hex(color: str) -> str:
    """Return what a browser says of a colour as ``#RRGGBB``."""
    return _named(ImageColor.getrgb(color))


def _named(color: object) -> str:
    """Return a pixel as ``#RRGGBB``."""
    assert isinstance(color, tuple)
    return f"#{bytes(color[:3]).hex().upper()}"


def _ground(page: Page, what: Locator) -> str:
    """Return the colour that most pixels have where an element is."""
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box
    around = {"x": box["x"] - 2, "y": box["y"] - 2, "width": box["width"] + 4, "height": box["height"] + 4}
    picture = Image.open(io.BytesIO(page.screenshot(clip=around))).convert("RGB")  # type: ignore[arg-type]
    _, most = max(picture.getcolors(picture.width * picture.height) or [])
    return _named(most)


def _seen(page: Page, selector: str) -> float:
    """Return the least contrast of what a selector finds with what is seen around it."""
    found = page.locator(selector).all()
    assert found, selector
    return min(contrast(_hex(each.evaluate(INK)), _ground(page, each)) for each in found)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("screen", [(640, 400), (960, 500)], ids=["letterbox", "pillarbox"])
def test_the_number_is_read_on_each_slide(
    name: str, screen: tuple[int, int], open_player: OpenPlayer, themed: Callable[[str], Path]
) -> None:
    path = themed(name)
    for address in ("#/title", "#/words", "#/a-scene"):
        player = open_player(path=path, address=address, screen=screen)
        assert _seen(player.page, ".slide-number a") >= 4.5, address


@pytest.mark.parametrize("name", NAMES)
def test_the_page_has_the_themes_ground_and_a_scene_its_own(
    name: str, open_player: OpenPlayer, themed: Callable[[str], Path]
) -> None:
    theme, path = themes.find(name, Path(), trust=False), themed(name)
    corners = {}
    for slide in ("words", "a-scene"):
        page = open_player(path=path, address=f"#/{slide}").page
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        corners[slide] = {_named(picture.getpixel(at)) for at in ((2, 2), (2, 200), (320, 2))}
    # Beside manim's black, text of a dark theme stands on black, too.
    assert corners == {"words": {theme.background if theme.is_light else "#000000"}, "a-scene": {"#000000"}}


@pytest.mark.parametrize("name", NAMES)
def test_overview_help_and_prompt_are_read(name: str, open_player: OpenPlayer, themed: Callable[[str], Path]) -> None:
    player = open_player(path=themed(name), screen=(1280, 900))
    player.press("?")
    for cell in (".help th", ".help td"):
        assert _seen(player.page, cell) >= 4.5, cell
    player.press("Escape")
    player.press("1")
    assert _seen(player.page, ".prompt") >= 4.5
    player.press("Escape")
    player.press("End")
    player.press("o")
    player.page.wait_for_selector(".reveal.overview")
    assert _seen(player.page, ".overview h2") >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_the_speaker_view_has_the_theme(name: str, open_player: OpenPlayer, themed: Callable[[str], Path]) -> None:
    theme = themes.find(name, Path(), trust=False)
    player = open_player(path=themed(name), address="#/words")
    with player.page.context.expect_page() as opened:
        player.press("s")
    speaker = opened.value
    speaker.wait_for_function(RESTS)
    for frame in speaker.frames[1:]:
        frame.wait_for_function("() => window.deck")
        frame.evaluate("deck.ready")
    speaker.wait_for_function("() => document.querySelector('.speaker-controls-notes .value').innerText")
    assert speaker.locator("body").evaluate(INK) == player.page.locator("body").evaluate(INK)
    assert _hex(speaker.locator("body").evaluate(INK)) == theme["text"]
    for each in (
        *(".clock-value", ".minutes-value >> nth=0", ".hours-value >> nth=0"),
        *(".speaker-controls-time h4 >> nth=0", ".speaker-controls-notes h4", ".speaker-controls-notes .value p"),
        *(".speaker-controls-notes code", ".speaker-controls-notes a", ".speaker-layout-label"),
        "#upcoming-slide .label",
    ):
        assert _seen(speaker, each) >= 4.5, each
