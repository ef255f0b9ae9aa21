"""A real Chromium, cut off from every network, and hands and eyes for it."""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import sync_playwright

from deck.build import Deck
from deck.formats import html
from tests.toys import toy_deck

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, Route

HERE = Path(__file__).parent
KINDS = "[deck.slides]\nwalk = toy_walks:Walk\nsunset = toy_walks:Sunset\n"

SCREEN = (640, 400)
"""Taller than 16:9, so that the number and the progress bar stand clear of the stage."""

CELLS = (64, 36)
"""Pictures are compared by the means of this many cells, no matter how large the screen is."""

ALIKE = 24
"""What the compression of a clip, above all of its colours, may do to the mean of a cell, in levels of 255."""

FAST = "document.addEventListener('play', (event) => { event.target.playbackRate = 8; }, true);"
"""Clips run eight times as fast: a lecture of 30 pauses takes 15 seconds."""

PRESS = """(keys) => [deck.state(), ...keys.map((key) => {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  return deck.state();
})]"""

FRONT = """() => {
  const videos = [...document.querySelectorAll(".stage video")];
  const front = videos.reduce((one, other) => (Number(one.style.zIndex) > Number(other.style.zIndex) ? one : other));
  return { now: front.currentTime, end: front.duration };
}"""


@pytest.fixture(scope="session")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """Whatever deck is here, the tests go through all of it."""
    return toy_deck(HERE / "toy.md", KINDS, tmp_path_factory.mktemp("deck"))


@pytest.fixture(scope="session")
def page_file(deck: Deck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "talk.html"
    html.write(deck, path)
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What the audience is to find at one pause: ``place`` counts slides and reveals from 0, ``picture`` is a file."""

    slide: str
    reveal: str
    place: list[int]
    says: str
    notes: str
    picture: Path


def steps_of(deck: Deck) -> list[Step]:
    """Return every pause of a deck, in order."""
    return [
        Step(
            slide=slide.id,
            reveal=reveal.id,
            place=[h, r],
            says=f"{reveal.title}. {reveal.description}",
            notes=reveal.notes,
            picture=slide.pictures[r],
        )
        for h, slide in enumerate(deck.slides)
        for r, reveal in enumerate(slide.reveals)
    ]


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


def cells(image: Image.Image) -> NDArray[np.float64]:
    """Return an image as the means of its cells: rows × columns × RGB in levels of 255."""
    return np.asarray(image.convert("RGB").resize(CELLS, Image.Resampling.BOX), dtype=np.float64)


class Player:
    """A lecturer's hands on the keyboard, and eyes on the screen."""

    def __init__(self, page: Page, steps: list[Step]) -> None:
        self.page = page
        self.steps = steps

    @property
    def state(self) -> dict[str, Any]:
        state = self.page.evaluate("deck.state()")
        assert isinstance(state, dict)
        return state

    @property
    def at(self) -> int:
        """Which of the deck's pauses we are at."""
        return [step.place for step in self.steps].index(self.state["step"])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def press_at_once(self, *keys: str) -> list[dict[str, Any]]:
        """Press keys faster than anything can happen between them; return the states before, between and after."""
        states = self.page.evaluate(PRESS, list(keys))
        assert isinstance(states, list)
        return states

    def settle(self) -> None:
        """Let what plays play to its end, and what is asked for come."""
        self.page.wait_for_function("() => { const s = deck.state(); return !s.playing && s.progress === 1; }")

    def step(self, *keys: str) -> None:
        """Press keys, and let each one's effect come to its end."""
        for key in keys:
            self.press(key)
            self.settle()

    def stage(self) -> Image.Image:
        """Return what is where the slide should be: as large as fits, in the middle."""
        screen = self.screen()
        with Image.open(self.steps[0].picture) as picture:
            ratio = picture.width / picture.height
        width, height = min(screen.width, screen.height * ratio), min(screen.height, screen.width / ratio)
        left, top = (screen.width - width) / 2, (screen.height - height) / 2
        return screen.crop((round(left), round(top), round(left + width), round(top + height)))

    def screen(self) -> Image.Image:
        return Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")

    @cached_property
    def pictures(self) -> list[NDArray[np.float64]]:
        return [cells(Image.open(step.picture)) for step in self.steps]

    def finds(self, pause: int) -> None:
        """Let things come to rest; then we are at this pause, and its end is what is on the screen."""
        self.settle()
        assert self.at == pause
        strays = self._strays()
        patience = time.monotonic() + 2  # the screen may be a few frames behind
        while not (strays[pause] < ALIKE and strays[pause] == min(strays)) and time.monotonic() < patience:
            strays = self._strays()
        nearest = strays.index(min(strays))
        assert strays[pause] < ALIKE, f"the screen is {strays[pause]:.0f} levels off {self.steps[pause]}"
        assert nearest == pause, f"the screen looks more like {self.steps[nearest]}"

    def _strays(self) -> list[float]:
        """Return how far the screen is from the end of each pause, in levels of 255 at the worst place."""
        seen = cells(self.stage())
        return [float(np.abs(seen - picture).max()) for picture in self.pictures]

    def front(self) -> Mapping[str, float]:
        """Return the times of the clip that is seen."""
        times = self.page.evaluate(FRONT)
        assert isinstance(times, dict)
        return times


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
        fast: bool = True,
        **options: Any,
    ) -> Player:
        width, height = screen
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(20_000)
        watches.append((Watch(context), path))
        if fast:
            context.add_init_script(FAST)
        page = context.new_page()
        page.goto(path.as_uri() + address)
        page.evaluate("deck.ready")
        return Player(page, steps)

    yield open_player
    for watch, path in watches:
        watch.context.close()
        assert set(watch.requests) == {path.as_uri()}
        assert watch.complaints == []


@pytest.fixture
def player(open_player: OpenPlayer) -> Player:
    return open_player()
