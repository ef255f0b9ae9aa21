"""The page itself: its addresses, its looks on any screen and on paper, what it says, and what it lets nobody do."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import ImageColor

from deck.build import Deck
from deck.formats import html
from tests.browser.hands import PATIENCE
from tests.browser.studio import studio

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.conftest import OpenPlayer
    from tests.browser.hands import Player, Step

WIDE = """(share) => {
  const bar = document.querySelector(".progress span");
  return Math.abs(bar.getBoundingClientRect().width / innerWidth - share) < 1e-6;
}"""

HOSTILE = "</script></title><img src=x onerror=alert(1)>\"'{{ 7 * 7 }}"


def test_a_reload_returns_to_the_same_pause(player: Player, steps: list[Step]) -> None:
    for keys in (["ArrowRight"] * 2, ["End"], ["ArrowLeft"], ["Home"]):
        player.step(*keys)
        at = player.at
        address = f"#/{steps[at].slide}/{steps[at].reveal}"
        player.page.wait_for_url(re.compile(f"{re.escape(address)}$"))  # it lags a little
        player.page.reload()
        player.page.evaluate("deck.ready")
        player.finds(at)


def test_the_address_of_any_pause_can_be_given_away(open_player: OpenPlayer, steps: list[Step]) -> None:
    last = steps[-1]
    player = open_player(address=f"#/{last.slide}/{last.reveal}")
    player.finds(len(steps) - 1)
    for address, pause in {
        f"#/{steps[2].slide}/{steps[2].reveal}": 2,
        f"#/{last.slide}": [step.slide for step in steps].index(last.slide),
        f"#/{last.slide}/none": [step.slide for step in steps].index(last.slide),
        "#/none": 0,
        "#/%": 0,
        "#": 0,
    }.items():
        player.go(address)
        player.finds(pause)


@pytest.mark.parametrize(
    ("screen", "scale"), [((1024, 768), 1), ((3440, 1440), 1), ((640, 400), 2), ((360, 640), 3)], ids=str
)
def test_the_slide_is_whole_and_centred_on_any_screen(
    open_player: OpenPlayer, deck: Deck, screen: tuple[int, int], scale: int
) -> None:
    player = open_player(screen=screen, device_scale_factor=scale)
    player.press("ArrowRight")
    player.finds(1)
    color = np.array(ImageColor.getrgb(deck.slides[0].recording.background))
    pixels = np.asarray(player.screen()).astype(int)
    for corner in (pixels[:4, :4], pixels[:4, -4:]):
        assert np.abs(corner - color).max() <= 2


def test_each_pause_is_said_to_those_who_cannot_see_it(player: Player, steps: list[Step]) -> None:
    spoken = player.page.get_by_role("status").filter(has_text=".")
    for index, step in enumerate(steps):
        if index:
            player.press_at_once("ArrowRight", "ArrowRight")
        assert spoken.inner_text() == step.says
        here = player.page.locator(".slides > section.present")
        assert here.get_attribute("id") == step.slide
        told = [
            text
            for text in here.locator(".pause > p").all()
            if text.evaluate("e => getComputedStyle(e).visibility") == "visible"
        ]
        assert [text.inner_text() for text in told][-1] == step.says
        assert len(told) == step.place[1] + 1
    player.press("Home")
    assert spoken.inner_text() == steps[0].says


def test_notes_are_markdown_and_each_pause_has_its_own(player: Player, steps: list[Step]) -> None:
    notes = player.page.locator("aside.notes")
    assert notes.count() == len(steps)
    for index, step in enumerate(steps):
        words = (notes.nth(index).text_content() or "").split()
        assert words == re.sub(r"[*_`]", "", step.notes).split()
    assert notes.locator("strong, em").count() == sum(len(re.findall(r"\*+\w+\*+", step.notes)) for step in steps)


def test_the_page_says_its_language_title_author_and_description(player: Player, deck: Deck) -> None:
    front = deck.document.front
    assert player.page.locator("html").get_attribute("lang") == front.lang
    assert player.page.title() == deck.document.title
    for name, content in {"author": front.author, "description": front.description}.items():
        if content:
            assert player.page.locator(f"meta[name={name}]").get_attribute("content") == content


def test_the_page_is_no_larger_for_what_the_scripts_say_of_themselves(page_file: Path) -> None:
    script = page_file.read_text("utf-8").split("class CanvasStage")[1].split("</script>")[0]
    assert not re.search(r"^ */\*|^ *\*", script, re.MULTILINE)


def test_the_number_and_the_progress_tell_where_we_are(player: Player, steps: list[Step]) -> None:
    slides = len({step.slide for step in steps})
    number = player.page.locator(".slide-number")
    assert number.inner_text().split() == ["1", "/", str(slides)]
    player.step("End")
    assert number.inner_text().split() == [str(slides), "/", str(slides)]
    for key, done in {"End": 1, "ArrowLeft": (len(steps) - 2) / (len(steps) - 1), "Home": 0}.items():
        player.press(key)
        player.page.wait_for_function(WIDE, arg=done)  # it glides there


def test_what_authors_write_stays_text(deck: Deck, open_player: OpenPlayer, tmp_path: Path) -> None:
    front = replace(deck.document.front, author=HOSTILE, description=HOSTILE)
    slides = tuple(
        replace(
            slide,
            title=HOSTILE,
            reveals=tuple(
                replace(reveal, title=HOSTILE, description=HOSTILE, notes=f"{HOSTILE}\n\n![x](http://x.test/y.png)")
                for reveal in slide.reveals
            ),
        )
        for slide in deck.slides
    )
    path = tmp_path / "hostile.html"
    hostile = replace(deck, document=replace(deck.document, title=HOSTILE, front=front), slides=slides)
    html.write(hostile, path, studio(tmp_path))

    player = open_player(path=path)

    assert player.page.title() == HOSTILE
    for name in ("author", "description"):
        assert player.page.locator(f"meta[name={name}]").get_attribute("content") == HOSTILE
    first = player.page.locator(".slides > section").first
    assert first.get_attribute("aria-label") == HOSTILE
    assert first.locator("h2").text_content() == HOSTILE
    assert player.page.get_by_role("status").filter(has_text="alert").inner_text() == f"{HOSTILE}. {HOSTILE}"
    notes = player.page.locator("aside.notes").first
    assert HOSTILE in (notes.text_content() or "")
    assert notes.locator("img, script").count() == 0
    assert player.page.locator("img").count() == 0


def test_the_policy_lets_nothing_in_or_out(browser: Browser, page_file: Path) -> None:
    """Even where somebody got markup into the page."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.evaluate("deck.ready")
    page.evaluate("""() => {
      window.refused = [];
      addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
      const add = (name, more) => document.body.append(Object.assign(document.createElement(name), more));
      document.body.insertAdjacentHTML("beforeend", "<img src=data: onerror='window.broken = 1'>");
      add("script", { textContent: "window.broken = 2" });
      add("script", { src: "data:text/javascript,window.broken = 3" });
      add("img", { src: "http://127.0.0.1:9/x.png" });
      add("video", { src: "http://127.0.0.1:9/x.mp4" });
      add("iframe", { src: "http://127.0.0.1:9/" });
      add("link", { rel: "stylesheet", href: "http://127.0.0.1:9/x.css" });
    }""")
    assert page.evaluate("fetch('http://127.0.0.1:9/').catch((error) => error.name)") == "TypeError"
    refused = "script-src-attr script-src-elem script-src-elem img-src media-src frame-src style-src-elem connect-src"
    page.wait_for_function("count => refused.length >= count", arg=len(refused.split()))
    assert page.evaluate("window.broken") is None
    assert sorted(page.evaluate("refused")) == sorted(refused.split())
    context.close()


@pytest.mark.parametrize("page_file", ["video"], indirect=True)
def test_where_clips_cannot_be_decoded_the_pictures_are_shown(
    open_player: OpenPlayer, page_file: Path, tmp_path: Path, steps: list[Step]
) -> None:
    path = tmp_path / "mute.html"
    clip = '<script type="application/octet-stream" class="clip">'
    path.write_text(re.sub(f"({clip})[^<]*", r"\1AAAA", page_file.read_text()))
    player = open_player(path=path)
    player.finds(0)
    for index in (1, 2):
        player.press("ArrowRight")
        player.finds(index)
    player.press("End")
    player.finds(len(steps) - 1)
    player.press("ArrowLeft")
    player.finds(len(steps) - 2)
