"""What recordings measure in."""

from __future__ import annotations

__all__ = ["FINER", "FULL", "GRID_WIDTH", "OPAQUE", "UNITS"]

GRID_WIDTH = 1920
UNITS = 16
"""Units of length in a pixel of the grid."""
FINER = 256
"""In how many parts a unit is divided for the corners of images."""
OPAQUE = 255
"""The alpha of a colour that hides what is behind it."""
FULL = 16 * OPAQUE
"""The opacity of an item that does."""
