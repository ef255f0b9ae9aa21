"""Large operators, moved to where TeX has them: their middle at the height of a minus sign."""

from __future__ import annotations

from functools import cache
from xml.etree import ElementTree as ET

from deck.adapters.ziamath import loadedfonts
from deck.formulas.atoms import EM

__all__ = ["centred"]


def centred(operator: ET.Element, character: str, *, display: bool, scale: float) -> ET.Element:
    """
    Return a large operator at its height.

    Parameters
    ----------
    operator
        As it stands in the typeface.
    character
        What it is.
    display
        Whether it is the larger one.
    scale
        The size of its type, 1 outside of scripts.
    """
    low, high, middle = _extent(character, display=display)
    up = middle - (low + high) / 2
    if abs(up) < EM / 50 or low + up > 0:
        return operator
    made = ET.Element("mpadded", {"voffset": f"{'+' if up > 0 else '-'}{abs(up) * scale:.3f}"})
    made.set("height", f"{(high + up) * scale:.3f}")
    made.set("depth", f"{-(low + up) * scale:.3f}")
    made.append(operator)
    return made


@cache
def _extent(character: str, *, display: bool) -> tuple[float, float, float]:
    """Return an operator's lower and upper edge and the height of a minus sign, in hundredths of an em."""
    font = loadedfonts["default"]
    glyph = font.glyph(character)
    constants = font.math.consts
    if display:
        glyph = font.math.variant(glyph.index, constants.displayOperatorMinHeight, vert=True)
    unit = EM / font.info.layout.unitsperem
    return glyph.path.bbox.ymin * unit, glyph.path.bbox.ymax * unit, constants.axisHeight * unit
