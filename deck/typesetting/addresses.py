"""Pictures that are no files: those whose address is elsewhere, and the badges that adorn pages on the web."""

from __future__ import annotations

import base64
import io
import re
from functools import lru_cache
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from deck.typesetting.blocks import Picture

__all__ = ["embedded", "is_badge", "is_remote", "name_of", "short"]

ADDRESS = re.compile(r"(?!file:)([a-z][a-z0-9+.-]+:)?//|(?:data|blob|cid|attachment):", re.IGNORECASE)
"""What an address begins with; a letter before a colon is a disk of Windows, whose files are files."""
BADGES = frozenset(
    "badge.fury.io badgen.net badges.gitter.im codecov.io coveralls.io flat.badgen.net img.badgesize.io img.shields.io "
    "isitmaintained.com pepy.tech shields.io static.pepy.tech travis-ci.com travis-ci.org".split()
)
"""Hosts that have badges and no other pictures."""
BADGE = re.compile(r"/badges?(/|$)|^/api/projects?(_badges|/status)/", re.IGNORECASE)
"""Paths of badges on other hosts."""
LONGEST = 80
LOOK = 64
"""Pixels on a side of a picture that is decoded only to see whether that can be done."""


def is_remote(source: str) -> bool:
    """Return whether a picture is not to be had without a network: a deck never needs one."""
    return bool(ADDRESS.match(source)) and not embedded(source)


def is_badge(picture: Picture, *, in_row: bool) -> bool:
    """
    Return whether a picture is one of the little signs that say something of a project to those who visit its page.

    Parameters
    ----------
    picture
        Only what is on the web is one.
    in_row
        Whether it stands among others, without a word.
    """
    if not ADDRESS.match(picture.source) or picture.source[:5].casefold() == "data:":
        return False
    parts = _split(picture.source)
    name = parts[1].rpartition("/")[2].casefold()
    is_called_so = name.endswith(".svg") and "badge" in name
    return (picture.linked and in_row) or parts[0] in BADGES or is_called_so or bool(BADGE.search(parts[1]))


@lru_cache(maxsize=32)
def embedded(source: str) -> bytes:
    """Return the picture that an address holds in itself; nothing if it holds none that can be read."""
    head, comma, content = source.partition(",")
    if not comma or head[:5].casefold() != "data:":
        return b""
    from deck.images import ImageError, opened, shrunk

    try:
        data = unquote_to_bytes(content)
        if head.casefold().endswith(";base64"):
            data = base64.b64decode(b"".join(data.split()) + b"==")
        with opened(io.BytesIO(data)) as image:
            shrunk(image, (LOOK, LOOK))
    except (ImageError, ValueError):  # ValueError: it is not in base64
        return b""
    return data


def name_of(picture: Picture) -> str:
    """Return what stands for a picture that is not shown: what is said of it, or else its name."""
    host, path = _split(picture.source)
    name = unquote(path.rstrip("/").rpartition("/")[2])
    return picture.alt.strip() or (name if host else "") or host or "A picture"


def short(source: str) -> str:
    """Return an address as messages name it."""
    return source if len(source) <= LONGEST else f"{source[: LONGEST - 1]}…"


def _split(source: str) -> tuple[str, str]:
    """Return an address's host and path; both are empty if there is no making sense of it."""
    try:
        parts = urlsplit(source)
        return (parts.hostname or "").removeprefix("www."), parts.path
    except ValueError:
        return "", ""
