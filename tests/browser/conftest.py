"""A real Chromium, cut off from every network, and pages for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from deck.build import Deck
from deck.formats import html
from tests.browser.hands import FAST, PATIENCE, Player, Step, steps_of
from tests.browser.studio import filmed, studio
from tests.toys import toy_deck

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Request, Route

HERE = Path(__file__).parent
KINDS = "[deck.slides]\nwalk = toy_walks:Walk\nsunset = toy_walks:Sunset\n"

SCREEN = (640, 400)
"""Taller than 16:9, so that the number and the progress bar stand clear of the stage."""

PACE = """{
  let pace = %s;
  let before = performance.now();
  let time = before;
  const videos = () => document.querySelectorAll("video");
  window.setPace = (now) => { pace = now; for (const video of videos()) video.playbackRate = now; };
  document.addEventListener("play", (event) => { event.target.playbackRate = pace; }, true);
  const ask = window.requestAnimationFrame.bind(window);
  const at = (now) => { time += pace * (now - before); before = now; return time; };
  window.requestAnimationFrame = (call) => ask((now) => call(at(now)));
}"""
"""How many times as fast everything plays, which may change on the way."""

PLAYERS = ("canvas", "video", "both")
"""Pages of recordings, of clips, and of recordings with one slide of clips."""


@pytest.fixture(scope="session")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """Whatever deck is here, the tests go through all of it."""
    return toy_deck(HERE / "toy.md", KINDS, tmp_path_factory.mktemp("deck"), frame_rate=60)


@pytest.fixture(scope="session")
def pages(deck: Deck, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the deck's page of recordings, of clips, or of both: then the slide in the middle is filmed."""
    folder = tmp_path_factory.mktemp("pages")
    middle = deck.slides[len(deck.slides) // 2].id

    def page(player: str) -> Path:
        path = folder / f"{player}.html"
        if not path.exists():
            shown = filmed(deck, middle) if player == "both" else deck
            html.write(shown, path, studio(folder, "video" if player == "video" else "canvas"))
        return path

    return page


@pytest.fixture
def page_file(request: pytest.FixtureRequest, pages: Callable[[str], Path]) -> Path:
    """Return the page of recordings, unless a test is parametrised to be about another one of `PLAYERS`."""
    return pages(getattr(request, "param", "canvas"))


@pytest.fixture(scope="session")
def steps(deck: Deck) -> list[Step]:
    return steps_of(deck)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert path, "these tests need Chromium: on Debian, apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Watch:
    """Remembers what a page must not do."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.requests: list[str] = []
        self.complaints: list[str] = []
        context.set_offline(True)
        context.route("**/*", self._route)
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("dialog", self._dialog)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _route(self, route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            route.abort()

    def _request(self, request: Request) -> None:
        # A blob is the page's own memory.
        if not request.url.startswith(("blob:", "data:")):
            self.requests.append(request.url.split("?")[0].split("#")[0])

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _dialog(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


OpenPlayer = Callable[..., Player]


@pytest.fixture
def open_player(browser: Browser, page_file: Path, steps: list[Step]) -> Iterator[OpenPlayer]:
    """Open a page, and see afterwards that it asked for nothing but itself, and that the console is empty."""
    watches: list[tuple[Watch, Path]] = []

    def open_player(
        *,
        path: Path = page_file,
        address: str = "",
        screen: tuple[int, int] = SCREEN,
        pace: float = FAST,
        **options: Any,
    ) -> Player:
        width, height = screen
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(PATIENCE)
        watches.append((Watch(context), path))
        context.add_init_script(PACE % pace)
        page = context.new_page()
        page.goto(path.as_uri() + address)
        page.evaluate("deck.ready")
        return Player(page, steps, clips=page.locator("script.clip").count() > 0)

    yield open_player
    for watch, path in watches:
        watch.context.close()
        assert set(watch.requests) == {path.as_uri()}
        assert watch.complaints == []


@pytest.fixture
def player(open_player: OpenPlayer) -> Player:
    return open_player()
