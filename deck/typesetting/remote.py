"""Which pictures of a text are on the web, so that frames stand in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deck.typesetting.addresses import is_remote
from deck.typesetting.blocks import Block, Figures, Picture, inside
from deck.typesetting.reading import read_blocks

__all__ = ["framed"]

SIGNS = ("//", "data:", "blob:", "cid:", "attachment:")


def framed(text: str, line: int) -> Iterator[Picture]:
    """Yield the pictures of a text of Markdown that would need a network; ``line`` is where it starts."""
    if any(sign in text for sign in SIGNS):
        yield from (picture for picture in _pictures(read_blocks(text, line)) if is_remote(picture.source))


def _pictures(blocks: Iterable[Block]) -> Iterator[Picture]:
    for block in blocks:
        if isinstance(block, Figures):
            yield from block.pictures
        for inner in inside(block):
            yield from _pictures(inner)
