"""Pages of documents whose texts want to be more than that, in a real browser: none of them gets anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deck.build import build
from deck.document import gather
from deck.errors import FaultList
from deck.formats import html
from tests.browser.conftest import Watch
from tests.browser.studio import studio
from tests.hostile.spellings import HTML, NASTY, PLACES, quoted

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OWN = "script title style comment double-quote single-quote json template picture entity separators null".split()
"""Those that a page might fall for."""


def shown_and_said(number: int, content: str) -> str:
    """Return a section of HTML, and one that says it in its notes, which is there even if the first is refused."""
    return f"## Shown {number}\n\n{content}\n\n## Said {number}\n\nx\n\n::: notes\n{content}\n:::\n"


SECTIONS = [shown_and_said(number, content) for number, content in enumerate(HTML.values())]
TEXTS = {
    **{name: PLACES.format(plain=NASTY[name], quoted=quoted(NASTY[name])) for name in OWN},
    **{f"html-{part}": "\n".join(SECTIONS[part::4]) for part in range(4)},
}

RAN = """() => window.broken ??
  [...document.querySelectorAll("[onload], [onerror], [onclick], [onfocus]")].map((element) => element.outerHTML)"""
"""What a script of the document's has left, or what stands ready to be one."""

LINKS = "() => [...document.querySelectorAll('a[href]')].map((link) => link.protocol)"


@pytest.mark.parametrize("name", TEXTS)
def test_no_script_runs_and_nothing_is_asked_for(name: str, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    faults = FaultList()
    document = gather(TEXTS[name], tmp_path / "talk.md", faults)
    deck = build(document, frame_rate=15, store=tmp_path / ".deck", at_fault="leave out", faults=faults)
    assert deck.slides, deck.faults
    html.write(deck, path, studio(tmp_path, "canvas"))
    context = browser.new_context(viewport={"width": 640, "height": 400})
    watch = Watch(context)
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate("deck.ready")

    for key in ("ArrowRight", "End", "o", "Escape", "?", "Escape", "Home"):
        page.keyboard.press(key)
    page.wait_for_function("() => { const s = deck.state(); return !s.playing && s.progress === 1; }")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert page.evaluate(RAN) == []
    assert set(page.evaluate(LINKS)) <= {"http:", "https:", "file:"}
    assert page.title() == document.title
    context.close()
    assert set(watch.requests) == {path.as_uri()}
    assert watch.complaints == []
