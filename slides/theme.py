"""The lecture's one look: colours, sizes, type."""

from __future__ import annotations

from ctypes import CDLL
from ctypes.util import find_library
from functools import cache
from pathlib import Path

import fontpkg_inter
import manimpango

BACKGROUND = "#0E1116"
TEXT = "#E6EDF3"
QUIET = "#9BA8B8"  # 7.7 : 1 on the background
LINE = "#5B6675"
ACCENT = "#FFB000"

SIGNED = "crameri:berlin"  # dark at zero, blue below, red above; perceptually uniform
RECTIFIED = "magma"
GREY = "gray"

TITLE_SIZE = 40.0
LABEL_SIZE = 24.0  # the smallest: the back row has to read it

FRAME_STROKE = 1.2
MARK_STROKE = 3.0
GAP = 0.18
ARROW_GAP = 0.1

LEFT_EDGE, RIGHT_EDGE = -6.6, 6.6
TITLE_TOP = 3.62
CONTENT_TOP, CONTENT_BOTTOM = 2.72, -3.45


@cache
def font() -> str:
    """Make the lecture's typeface known to Pango and return its name, so that no hall's fonts change the slides."""
    file = Path(fontpkg_inter.ROOT) / "files" / "Inter[opsz,wght].ttf"
    if not manimpango.register_font(str(file)):
        raise RuntimeError(f"the typeface cannot be registered: {file}")
    # Pango looks for typefaces once, when the first text is set, maybe by another package: make it look again.
    if library := find_library("pangocairo-1.0"):
        CDLL(library).pango_cairo_font_map_set_default(None)
    return str(fontpkg_inter.FAMILY)
