"""A lecturer writes, and the browser follows: `deck serve`, a real Chromium, and files that change."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.hands import PATIENCE
from tests.processes import started

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ENV = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}

TALK = """\
# A talk

## Shapes

```python
from manim import *
from words import WORD

class Shapes(Scene):
    def construct(self):
        self.play(FadeIn(Square()))
        self.wait()
        self.play(FadeIn(Circle()))
        self.wait()
```

## Words

```python
class Words(Scene):
    def construct(self):
        self.play(FadeIn(Square()))
        self.wait()
        self.play(FadeIn(Text("old")))
        self.wait()
        self.play(FadeIn(Text(WORD).shift(DOWN)))
        self.wait()
```
"""

SAYS = "() => document.querySelector('.spoken').textContent"
"""What the page says of the pause that is shown: the words that can be read on it."""


class Desk:
    """A lecturer's folder, and the server that was started in it."""

    def __init__(self, folder: Path, errors: IO[str], commands: ExitStack) -> None:
        self.commands = commands
        self.folder = folder
        self.document = folder / "talk.md"
        self.errors = errors
        self.server: subprocess.Popen[str] | None = None

    def serve(self, *arguments: str) -> str:
        """Start the server; return its address."""
        command = [sys.executable, "-m", "deck", "serve", "talk.md", "--trust", "--port", "0", *arguments]
        self.server = self.commands.enter_context(
            started(command, cwd=self.folder, env=ENV, stdout=subprocess.PIPE, stderr=self.errors)
        )
        assert self.server.stdout is not None
        address = self.server.stdout.readline().strip()
        assert address, f"it has ended: {self.told()}"
        return address

    def change(self, old: str, new: str) -> None:
        text = self.document.read_text()
        assert text.count(old) == 1
        self.document.write_text(text.replace(old, new))

    def told(self) -> str:
        return (self.folder.parent / "errors.txt").read_text()

    def stop(self) -> int:
        """Press Ctrl-C."""
        assert self.server is not None
        self.server.send_signal(signal.SIGINT)
        code = self.server.wait()
        assert self.server.stdout is not None
        assert self.server.stdout.read() == ""
        self.server.stdout.close()
        self.server = None
        return code


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "talk"
    folder.mkdir()
    with (tmp_path / "errors.txt").open("w") as errors, ExitStack() as commands:
        desk = Desk(folder, errors, commands)
        desk.document.write_text(TALK)
        (folder / "words.py").write_text('WORD = "below"\n')
        yield desk
        if desk.server:
            desk.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 800, "height": 450})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def open_page(context: BrowserContext) -> Callable[..., Page]:
    """Open a page and go to its last pause, and back from there by some steps."""

    def open_page(address: str, *, back: int = 0) -> Page:
        page = context.new_page()
        page.goto(address)
        page.evaluate("deck.ready")
        for key in ["End", *["ArrowLeft"] * back]:
            page.keyboard.press(key)
        return page

    return open_page


def says(page: Page, words: str) -> None:
    """Wait until the pause that is shown has these words on it."""
    page.wait_for_function(f"words => window.deck && ({SAYS})().includes(words)", arg=words)
    page.evaluate("deck.ready")


def place(page: Page) -> tuple[str, int]:
    """Return where a page is: the slide, and its reveal counted from 0."""
    state = page.evaluate("deck.state()")
    return state["slide"], state["step"][1]


def comes_to(page: Page, slide: str, reveal: int) -> None:
    """Wait until a page is at a pause."""
    page.wait_for_function(
        "([slide, reveal]) => window.deck && deck.state().slide === slide && deck.state().step[1] === reveal",
        arg=[slide, reveal],
    )
    page.evaluate("deck.ready")


def get(address: str, path: str = "/", **headers: str) -> tuple[int, bytes, str]:
    """Return the status of an answer, its body, and which range of the whole that is."""
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE / 1000)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("Content-Range", "")


def test_a_saved_word_is_seen_at_the_same_pause_in_every_tab(desk: Desk, open_page: Callable[..., Page]) -> None:
    address = desk.serve()
    pages = [open_page(address, back=1), open_page(address)]
    for page in pages:
        says(page, "old")
    store = desk.folder / "build" / ".deck" / "objects"
    before = {path.name for path in store.iterdir()}

    desk.change('"old"', '"new"')

    for page, reveal in zip(pages, (1, 2), strict=True):
        says(page, "new")
        assert place(page) == ("words", reveal)
    assert len({path.name for path in store.iterdir()} - before) == 1, "only the section that was edited is recorded"


def test_what_the_document_stands_on_is_watched_too(desk: Desk, open_page: Callable[..., Page]) -> None:
    page = open_page(desk.serve())
    for word in ("above", "aside", "below"):
        (desk.folder / "words.py").write_text(f'WORD = "{word}"\n')
        says(page, word)
        assert place(page) == ("words", 2)


def test_where_the_pause_is_gone_the_nearest_is_shown(desk: Desk, open_page: Callable[..., Page]) -> None:
    page = open_page(desk.serve())

    desk.change("## Words", "## Sentences")
    comes_to(page, "sentences", 2)

    desk.change("        self.wait()\n        self.play(FadeIn(Text(WORD).shift(DOWN)))\n", "")
    comes_to(page, "sentences", 1)

    desk.document.write_text(TALK[: TALK.index("## Words")])
    comes_to(page, "shapes", 1)


def test_a_fault_lies_over_the_deck_until_it_is_mended(desk: Desk, open_page: Callable[..., Page]) -> None:
    page = open_page(desk.serve())
    page.evaluate("window.loaded = 'once'")
    faults = page.locator("deck-faults")

    desk.change("Text(WORD)", "Txt(WORD)")
    faults.locator(".what").first.wait_for()

    line = TALK[: TALK.index("Text(WORD)")].count("\n") + 1
    assert faults.locator(".where").all_inner_texts() == [f"talk.md:{line}"]
    assert "Txt" in faults.locator(".what").inner_text()
    assert faults.locator(".hint").inner_text().startswith("Hint: ")
    for text in faults.locator("p").all():
        assert text.evaluate("text => parseFloat(getComputedStyle(text).fontSize)") >= 20
    assert (place(page), page.evaluate("window.loaded")) == (("words", 2), "once"), "the last good deck is still there"

    desk.document.write_text(TALK)
    faults.wait_for(state="hidden")

    assert (place(page), page.evaluate("window.loaded")) == (("words", 2), "once"), "nothing has changed after all"
    assert desk.told().count(f"talk.md:{line}: ") == 1


def test_a_document_that_never_was_a_deck_is_told_of_until_it_is_one(desk: Desk, context: BrowserContext) -> None:
    (desk.folder / "words.py").unlink()
    desk.document.write_text(TALK.replace("Text(WORD)", "Txt(WORD)"))
    page = context.new_page()
    page.goto(desk.serve())

    page.locator("deck-faults .what").first.wait_for()
    desk.document.write_text(TALK)
    page.locator("deck-faults .what", has_text="words").first.wait_for()
    (desk.folder / "words.py").write_text('WORD = "there"\n')

    page.wait_for_function("() => window.deck && deck.state().progress === 1")
    assert page.locator("section#words").count() == 1


def test_only_the_page_is_served_and_in_parts_if_asked(desk: Desk) -> None:
    address = desk.serve()

    _, whole, _ = get(address)

    assert get(address, Range="bytes=100-199") == (206, whole[100:200], f"bytes 100-199/{len(whole)}")
    for path in ("/talk.md", "/words.py", "/build/", "/../talk.md", "/%2e%2e/talk.md", "//talk.md"):
        assert get(address, path)[0] == 404


def test_names_that_are_not_ours_are_sent_away(desk: Desk) -> None:
    address = desk.serve()
    port = urlsplit(address).port

    for host, status in {f"localhost:{port}": 200, f"[::1]:{port}": 200, f"evil.example:{port}": 421}.items():
        assert get(address, Host=host)[0] == status


def test_the_page_asks_nobody_but_its_server(desk: Desk, context: BrowserContext) -> None:
    asked, complaints = set[str](), list[str]()
    context.on("request", lambda request: asked.add(request.url.split("#")[0]))
    context.on("console", lambda message: complaints.append(message.text))
    address = desk.serve()
    page = context.new_page()
    with page.expect_request(f"{address}news"):  # the last of all that it asks for
        page.goto(address)
        page.evaluate("deck.ready")

    assert {url for url in asked if not url.startswith(("data:", "blob:"))} == {address, f"{address}news"}
    assert complaints == []


def test_ctrl_c_ends_it_without_ado(desk: Desk, open_page: Callable[..., Page]) -> None:
    open_page(desk.serve())

    assert desk.stop() == 130
    assert desk.told().splitlines()[-1] == "stopped"
    assert "Traceback" not in desk.told()


def test_a_port_in_use_is_said_so(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "deck", "serve", "talk.md", "--trust", "--port", str(port)]
        done = subprocess.run(command, cwd=desk.folder, env=ENV, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert f"cannot serve on 127.0.0.1, port {port}: it is in use" in done.stderr
    assert "Hint: choose another one with --port" in done.stderr
