"""Names: the ids that headings make, the classes that ids make, and the known name nearest to a misspelled one."""

from __future__ import annotations

import difflib
import keyword
import unicodedata
from collections.abc import Collection, Iterable
from itertools import chain, count

__all__ = ["class_names", "file_name", "nearest", "numbered", "slug", "unique", "unique_class"]

MAX_ID = 64
"""Characters of an id, at most: it is part of links and of file names."""
MAX_BYTES = 255
"""Bytes of a file's name, at most: file systems allow no more."""


def slug(text: str) -> str:
    """
    Return the id that a text makes: lower-case letters of any script, digits, and hyphens between them.

    It is safe in links, in HTML and in file names. It is empty if the text holds no letter: a mere number in a link
    would be read as a position.
    """
    small = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    words = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in small).split()
    made = _cut("-".join(words), MAX_ID)
    return made if any(sign.isalpha() for sign in made) else ""


def numbered(id: str, number: int) -> str:
    """Return an id with a number after it, ``maps-2``, made shorter where it would be too long."""
    ending = f"-{number}"
    return _cut(id, MAX_ID - len(ending)) + ending


def file_name(stem: str, suffix: str) -> str:
    """Return a file's name; the end of its stem is left out where file systems would refuse the whole."""
    room = MAX_BYTES - len(suffix.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip("-") + suffix


def _cut(id: str, length: int) -> str:
    """Return an id cut to ``length`` characters at most, without hyphens at its ends."""
    return id[:length].strip("-")


def nearest(word: str, known: Collection[str], *, what: str) -> str:
    """Return a hint: the name most like ``word``, or else all that are known, under the heading ``what``."""
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean '{close[0]}'?" if close else f"{what}: {', '.join(sorted(known)) or 'none'}"


def unique(id: str, taken: Collection[str]) -> str:
    """Return an id, with a number after it if it is taken: ``maps``, ``maps-2``, ``maps-3``."""
    names = chain([id], (numbered(id, number) for number in count(2)))
    return next(name for name in names if name not in taken)


def class_names(ids: Iterable[str]) -> list[str]:
    """
    Return a class name for each id: ``2d-maps`` makes ``Slide2dMaps``.

    They differ in more than case, since manim makes folders of them.
    """
    taken: dict[str, str] = {}
    for plain in map(_class_name, ids):
        name = unique_class(plain, taken)
        taken[name.casefold()] = name
    return list(taken.values())


def unique_class(name: str, taken: Collection[str]) -> str:
    """Return a class name, with a number after it if it is taken; ``taken`` are names with their case folded."""
    names = chain([name], (f"{name}{number}" for number in count(2)))
    return next(name for name in names if name.casefold() not in taken)


def _class_name(id: str) -> str:
    camel = "".join(word[:1].upper() + word[1:] for word in id.split("-"))
    name = "".join(sign for sign in camel if f"_{sign}".isidentifier())
    return name if name.isidentifier() and not keyword.iskeyword(name) else f"Slide{name}"
