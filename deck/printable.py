r"""
Text made safe to read: nothing in it is obeyed by a terminal, reorders the text around it, or is invisible.

An invisible character is shown as Python writes it, ``\x1b`` or ``\u202e``, so that a name made to deceive is
seen for what it is. Left alone are the two joiners, U+200C and U+200D, which Persian, Indic scripts and emoji are spelt
with, and the characters that are written around Arabic numbers: all these change only their neighbours, and visibly.
"""

from __future__ import annotations

import json
import re

__all__ = ["UNSEEN", "cut", "escaped", "json_of", "line", "passage", "printable"]

LONGEST = 400
"""Most characters that are shown of a line, such as a message; a value in it may be as long as the document."""

MOST_LINES = 200
"""Most lines that are shown of a long text, such as a traceback."""

UNSEEN = re.compile(
    "["
    "\\x00-\\x1f\\x7f-\\x9f"  # what terminals obey: C0, DEL and C1, in which escape sequences begin
    "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"  # what reorders the text around it: marks and overrides
    "\\u2028\\u2029"  # line ends that terminals do not show as such
    "\\xad\\u180e\\u200b\\u2060-\\u2065\\u206a-\\u206f\\ufeff\\ufff9-\\ufffb"  # what is invisible
    "\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e00ff"  # the same beyond the first plane
    "\\ud800-\\udfff"  # no characters: bytes of a file's name that is not UTF-8
    "]"
)
BREAKS = re.compile(r"\s*[\t-\r\x85\u2028\u2029]\s*")
"""White space with a line's end or a tab in it."""


def escaped(text: str) -> str:
    """Return a text in one line, its invisible characters written out."""
    return UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def printable(text: str) -> str:
    """Return a text of many lines, its invisible characters written out; line ends stay."""
    return "\n".join(map(escaped, text.expandtabs(4).replace("\r\n", "\n").split("\n")))


def passage(text: str) -> str:
    """Return a text of many lines, safe to read; the middle of a long line, and of too many lines, is left out."""
    lines = [cut(each, 2 * LONGEST) for each in text.splitlines()]
    if len(lines) > MOST_LINES:
        tail = MOST_LINES // 3
        lines = [*lines[: MOST_LINES - tail - 1], "…", *lines[-tail:]]
    return "\n".join(cut(printable(each)) for each in lines)


def line(text: str, longest: int = LONGEST) -> str:
    """Return a text as one line, safe to read: line ends become spaces, and the middle of a long text is left out."""
    return cut(escaped(BREAKS.sub(" ", cut(text, 2 * longest)).strip()), longest)


def cut(text: str, longest: int = LONGEST) -> str:
    """Return a text without its middle where it is too long: a sentence around a long value keeps both its ends."""
    if len(text) <= longest:
        return text
    tail = longest // 3
    return f"{text[: longest - tail - 1]}…{text[-tail:]}"


def json_of(value: object) -> str:
    """Return a value as JSON for people and programs: invisible characters in its texts are escaped as in JSON."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "\n".join(UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], part) for part in text.split("\n"))
