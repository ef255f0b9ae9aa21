"""What stands behind the signs of a fence, and in its first lines: language, numbers, lines that count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deck.document.markdown import language
from deck.typesetting.attributes import Attributes, parsed
from deck.typesetting.blocks import Listing

__all__ = ["read_listing"]

LINES = re.compile(r"\{\s*([0-9][0-9,\s-]*)(?:\|[^}]*)?\}")
"""The lines of `{3-5}`, as others have it; of several steps the first counts."""
CELL = re.compile(r"#\|\s*(?P<key>[\w-]+)\s*:\s*(?P<value>.*)")
"""An option of a Quarto cell, which is none of its code."""
NUMBERED = frozenset({"numberLines", "number-lines", "line-numbers", "lineNumbers", "linenos"})
MOST = 10_000


def read_listing(content: str, info: str) -> Listing:
    """
    Return a listing.

    Parameters
    ----------
    content
        Between the fence's signs.
    info
        Behind the first.
    """
    lines = content.rstrip("\n").split("\n")
    options = dict[str, str]()
    while lines and (found := CELL.fullmatch(lines[0].strip())):
        options[found["key"]] = found["value"].strip().strip("\"'")
        lines.pop(0)
    said = parsed(info)
    spec = (
        options.get("code-line-numbers") or said.values.get("code-line-numbers") or said.values.get("data-line-numbers")
    )
    given = LINES.search(info)
    marked = frozenset(_numbers(given[1] if given else (spec or "").partition("|")[0]))
    is_numbered = spec is not None or bool(NUMBERED.intersection(said.kinds)) or _is_said(said)
    first = _first(said) if is_numbered and spec != "false" else 0
    return Listing("\n".join(lines), language(LINES.sub("", info)), first, marked)


def _is_said(said: Attributes) -> bool:
    return any(said.values.get(key, "false") != "false" for key in NUMBERED)


def _first(said: Attributes) -> int:
    """Return the number of the first line."""
    given = said.values.get("startFrom") or said.values.get("start-line") or "1"
    return min(int(given), MOST) if given.isascii() and given.isdigit() and len(given) < 6 else 1


def _numbers(text: str) -> Iterator[int]:
    for part in text.replace(" ", "").split(",")[:MOST]:
        low, _, high = part.partition("-")
        if low.isdigit() and len(low) < 6:
            end = int(high) if high.isdigit() and len(high) < 6 else int(low)
            yield from range(int(low), min(end, int(low) + MOST) + 1)
