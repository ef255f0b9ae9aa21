r"""
Text that is only ever read: nothing in it is obeyed by a terminal, turns the order of what is around it, or hides.

What a reader does not see is shown as Python writes it, ``\x1b`` or ``\u202e``, so that a name made to deceive is
seen for what it is. Left alone are the two joiners, U+200C and U+200D, which Persian, Indic scripts and emoji are spelt
with, and the signs that are written around Arabic numbers: they act on their neighbours alone, and are seen.
"""

from __future__ import annotations

import json
import re

__all__ = ["UNSEEN", "cut", "escaped", "json_of", "line", "passage", "printable"]

LONGEST = 400
"""Characters of what is told in one line, such as a message; a value in it may be as long as the document."""

MOST_LINES = 200
"""Of what is told in many, such as a traceback."""

UNSEEN = re.compile(
    "["
    "\\x00-\\x1f\\x7f-\\x9f"  # what terminals obey: C0, DEL and C1, in which escape sequences begin
    "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"  # what turns the order of others: marks and overrides
    "\\u2028\\u2029"  # what ends a line and does not look so
    "\\xad\\u180e\\u200b\\u2060-\\u2065\\u206a-\\u206f\\ufeff\\ufff9-\\ufffb"  # what is not there to be seen
    "\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e00ff"  # the same beyond the first plane
    "\\ud800-\\udfff"  # what is no character: a byte of a file's name that is no UTF-8
    "]"
)
BREAKS = re.compile(r"\s*[\t-\r\x85\u2028\u2029]\s*")
"""White space with a line's end or a tab in it."""


def escaped(text: str) -> str:
    """Return a text in one line, with all that is not seen in it written out."""
    return UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def printable(text: str) -> str:
    """Return a text of many lines, which stay, with all else that is not seen in it written out."""
    return "\n".join(map(escaped, text.expandtabs(4).replace("\r\n", "\n").split("\n")))


def passage(text: str) -> str:
    """Return a text of many lines to tell: none is longer than one reads, nor are there more of them."""
    lines = [cut(each, 2 * LONGEST) for each in text.splitlines()]
    if len(lines) > MOST_LINES:
        tail = MOST_LINES // 3
        lines = [*lines[: MOST_LINES - tail - 1], "…", *lines[-tail:]]
    return "\n".join(cut(printable(each)) for each in lines)


def line(text: str, longest: int = LONGEST) -> str:
    """Return a text as one line to tell: a line's end is a space in it, and it is not longer than one reads."""
    return cut(escaped(BREAKS.sub(" ", cut(text, 2 * longest)).strip()), longest)


def cut(text: str, longest: int = LONGEST) -> str:
    """Return a text without its middle where it is too long: a sentence around a long value keeps both its ends."""
    if len(text) <= longest:
        return text
    tail = longest // 3
    return f"{text[: longest - tail - 1]}…{text[-tail:]}"


def json_of(value: object) -> str:
    """Return a value as JSON for eyes and programs: what is not seen in its texts is escaped as JSON has it."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "\n".join(UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], part) for part in text.split("\n"))
