"""Names: the ids that headings make, the classes that ids make, and the known name nearest to a misspelled one."""

from __future__ import annotations

import difflib
import keyword
import unicodedata
from collections.abc import Collection, Iterable

__all__ = ["class_names", "nearest", "slug", "unique"]

MAX_ID = 64
"""Characters of an id: it becomes a file's name, and file systems take 255 bytes."""


def slug(text: str) -> str:
    """
    Return the id that a text makes: lower-case letters of any script, digits, and hyphens between them.

    It is safe in links, in HTML and in file names. Empty if the text holds no letter: a link to a mere number
    would mean a position.
    """
    small = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    words = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in small).split()
    made = "-".join(words)[:MAX_ID].strip("-")
    return made if any(sign.isalpha() for sign in made) else ""


def nearest(word: str, known: Collection[str], *, what: str) -> str:
    """Return a hint: the name most like ``word``, or else all that are known, under the heading ``what``."""
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean '{close[0]}'?" if close else f"{what}: {', '.join(sorted(known)) or 'none'}"


def unique(id: str, taken: Collection[str]) -> str:
    """Return an id, with a number after it if it is taken: ``maps``, ``maps-2``, ``maps-3``."""
    names = (id, *(f"{id[: MAX_ID - 4]}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def class_names(ids: Iterable[str]) -> list[str]:
    """
    Return a class name for each id: ``2d-maps`` makes ``Slide2dMaps``.

    They differ in more than case, since manim makes folders of them.
    """
    taken: dict[str, str] = {}
    for each in ids:
        name = plain = _class_name(each)
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{plain}{count}"
        taken[name.casefold()] = name
    return list(taken.values())


def _class_name(id: str) -> str:
    camel = "".join(word[:1].upper() + word[1:] for word in id.split("-"))
    name = "".join(sign for sign in camel if f"_{sign}".isidentifier())
    return name if name.isidentifier() and not keyword.iskeyword(name) else f"Slide{name}"
