"""One size of type for a deck: the largest that suits most of its texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deck.recording.header import header

__all__ = ["common_size", "is_larger"]

BODY = frozenset({"paragraph", "item"})
"""The roles of texts whose size is that of the type."""
SHARE = 0.25
"""Share of the texts that may need smaller type than all others: where more do, all have it."""


def common_size(made: Mapping[str, Sequence[bytes]]) -> float:
    """Return the size of type that texts are to have, from their recordings in the largest; 0 if there is none."""
    sizes = sorted(size for pages in made.values() if len(pages) == 1 and (size := type_size(pages[0])))
    return sizes[int(SHARE * len(sizes))] if sizes else 0.0


def is_larger(pages: Sequence[bytes], size: float) -> bool:
    """Return whether the type in some recordings is larger than a size."""
    return any(type_size(page) > size for page in pages)


def type_size(page: bytes) -> float:
    """Return the size of a recording's running text, in points; 0 if there is none in it."""
    texts = header(page)["reveals"][-1]
    sizes = [size for size, _font, role, _link in texts["type"] if role in BODY]
    return max(sizes, default=0.0)
