"""The lecture's look: sizes, type, and colours by what they are for, which the deck's theme has."""

from __future__ import annotations

from contextvars import ContextVar
from ctypes import CDLL
from ctypes.util import find_library
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_inter
import manimpango

from deck.themes import DARK, Theme

# Perceptually uniform, and at zero nearest to the ground; of the signed ones, blue is below zero and red above.
RECTIFIED, RECTIFIED_ON_LIGHT = "magma", "cmocean:amp"
SIGNED, SIGNED_ON_LIGHT = "crameri:berlin", "cmocean:balance"
GREY = "gray"

TITLE_SIZE = 40.0
LABEL_SIZE = 24.0  # the smallest: the back row has to read it

FRAME_STROKE = 1.2
MARK_STROKE = 3.0
MARK_HALO = 3.0  # so much wider is the ground's colour behind a mark, which may lie on any colour of a map
GAP = 0.18
ARROW_GAP = 0.1

LEFT_EDGE, RIGHT_EDGE = -6.6, 6.6
FRAME_TOP, TITLE_TOP = 4.0, 3.62
CONTENT_TOP, CONTENT_BOTTOM = 2.72, -3.45

_worn: ContextVar[Theme] = ContextVar("theme", default=DARK)


def wear(theme: Theme) -> None:
    """Have whatever is drawn from now on drawn in a theme's colours; each slide of the lecture does so at its start."""
    _worn.set(theme)


def color(role: str) -> str:
    """Return the colour of a role, or of the background, in the theme that is worn; ``#RRGGBB`` is one already."""
    if role.startswith("#"):
        return role
    return _worn.get().background if role == "background" else _worn.get()[role]


def mark(role: str = "accent", width: float = MARK_STROKE) -> dict[str, Any]:
    """Return the look of a line that is seen on any picture: on a wider one in the ground's colour."""
    return {
        "stroke_color": color(role),
        "stroke_width": width,
        "background_stroke_color": color("background"),
        "background_stroke_width": width + MARK_HALO,
        "background_stroke_opacity": 1.0,
    }


def rectified() -> str:
    """Return the name of the colours for values from zero up."""
    return RECTIFIED_ON_LIGHT if _worn.get().is_light else RECTIFIED


def signed() -> str:
    """Return the name of the colours for values on both sides of zero."""
    return SIGNED_ON_LIGHT if _worn.get().is_light else SIGNED


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
