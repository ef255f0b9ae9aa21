"""What the player knows of a recording's bytes, beside what Python does."""

from __future__ import annotations

import numpy as np

from deck.recording import header, parts, soundness
from deck.recording.timeline import COLUMNS
from deck.render.extents import MITER_LIMIT
from tests.browser.hands import Player

FORMAT = {
    "magic": header.MAGIC.decode(),
    "version": header.VERSION,
    "blocks": [[name, kind, np.dtype(kind).name] for name, kind in header.BLOCKS.items()],
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
    "image": soundness.IMAGE,
    "lowest": header.LOWEST,
    "highest": header.HIGHEST,
    "fastest": header.FASTEST,
    "largest": header.LARGEST,
    "mostExponent": soundness.MOST_EXPONENT,
    "mostBytes": header.MOST_BYTES,
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
