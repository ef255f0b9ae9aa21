"""Nothing of a document's markup is printed, unless it stands in code: in no text of the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from deck.document import read
from deck.document.outline import outline
from deck.errors import DeckError
from deck.sections.text import record_texts

CORPUS = Path(__file__).parent
MARKUP = re.compile(
    r""":::|\{[.#][\w-]+|\{\w+=|\{:|</?(?:br|div|span|img|figure|p|b|i|sub|sup|kbd|mark)\b|\\begin|\]\(|!\[|\*\*|``|==\w""",
)
"""What only a program should see; formulas are known by their source."""
CODE = re.compile(r"`.*`|&lt;.*?&gt;|\\<.*?>")
"""What is shown as it is: lines with code in them, and what is escaped."""


def shown(path: Path) -> Iterator[str]:
    """Yield all that can be read on the slides of a document's texts, code and formulas excepted."""
    jobs = [job for job in outline(read(path), frame_rate=10) if job.is_text]
    for made, _ in record_texts(jobs):
        for recording in made if not isinstance(made, DeckError) else ():
            texts = recording.reveals[-1].texts
            yield from (text.text for text in texts if text.role not in {"code", "formula"})


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.md")), ids=lambda path: path.stem)
def test_no_markup_is_printed(path: Path) -> None:
    try:
        code = unescape(" ".join(CODE.findall(path.read_text("utf-8"))))
        found = [text for text in shown(path) if any(mark not in code for mark in MARKUP.findall(text))]
    except DeckError:
        pytest.skip("the document is refused, which others test")

    assert found == []
