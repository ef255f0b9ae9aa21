"""What a store knows of a key: a list of the things that were made for it, in JSON."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["HASH", "Variant", "read", "written"]

HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """
    One of the things that were made for a key.

    Attributes
    ----------
    files
        The SHA-256 of every file that it was made from, by path: see `deck.build.place.Place`.
    object
        The name of what was made.
    place
        Where alone it may be used; empty for everywhere.
    seal
        The SHA-256 of all this and the key: a file that was damaged, or has another's name, has none.
    """

    files: Mapping[str, str]
    object: str
    place: str
    seal: str = ""

    def sealed(self, key: str) -> str:
        """Return the seal that belongs to it."""
        text = json.dumps([key, self.object, self.place, sorted(self.files.items())])
        return hashlib.sha256(text.encode()).hexdigest()


def written(variants: Sequence[Variant], key: str) -> bytes:
    """Return the text of a key's file."""
    return json.dumps([{**asdict(each), "seal": each.sealed(key)} for each in variants]).encode()


def read(data: bytes, key: str) -> tuple[list[Variant], bool]:
    """Return what the text of a key's file tells, newest first, and whether that is all that was written."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return [], False
    if not isinstance(told, list):
        return [], False
    variants = [variant for each in told if (variant := _read(each, key))]
    return variants, len(variants) == len(told) > 0


def _read(told: Any, key: str) -> Variant | None:
    """Return what a key's file tells of one thing, if it has the seal."""
    try:
        variant = Variant(**told)
        is_ours = HASH.fullmatch(variant.object) and variant.seal == variant.sealed(key)
    except (TypeError, ValueError, AttributeError, RecursionError):
        return None
    texts = [variant.place, *variant.files.values()]
    return variant if is_ours and all(isinstance(text, str) for text in texts) else None
