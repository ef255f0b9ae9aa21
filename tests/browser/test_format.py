"""What the player knows of a recording's bytes, beside what Python does."""

from __future__ import annotations

import numpy as np

from deck.recording import header, parts, soundness, streams
from deck.recording.timeline import COLUMNS
from deck.render.extents import MITER_LIMIT
from tests.browser.hands import Player

FORMAT = {
    "magic": streams.MAGIC.decode(),
    "version": streams.VERSION,
    "blocks": [[name, kind, np.dtype(kind).name] for name, kind in header.BLOCKS.items()],
    "headBlocks": header.HEAD_BLOCKS,
    "columns": list(COLUMNS),
    "joins": list(header.JOINS),
    "caps": list(header.CAPS),
    "clips": list(header.CLIPS),
    "kernels": list(header.KERNELS),
    "gridWidth": parts.GRID_WIDTH,
    "units": parts.UNITS,
    "finer": parts.FINER,
    "miterLimit": MITER_LIMIT,
    "opaque": parts.OPAQUE,
    "full": parts.FULL,
    "image": header.IMAGE,
    "shared": header.SHARED,
    "lowest": header.LOWEST,
    "highest": header.HIGHEST,
    "fastest": header.FASTEST,
    "largest": header.LARGEST,
    "mostExponent": soundness.MOST_EXPONENT,
    "mostBytes": streams.MOST_BYTES,
}

KNOWN = """() => ({
  ...FORMAT,
  blocks: Object.entries(FORMAT.blocks).map(([name, type]) => {
    return [name, type, NUMBERS[type].name.replace("Array", "").toLowerCase()];
  }),
})"""
"""With the order of the blocks, and what holds the numbers of each."""


def test_the_player_knows_the_format_as_python_does(player: Player) -> None:
    assert player.page.evaluate(KNOWN) == FORMAT
