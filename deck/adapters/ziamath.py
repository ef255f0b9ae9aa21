"""ziamath, and the libraries below it: the nodes of formulas, the typeface, and the table of TeX's symbols."""

from __future__ import annotations

from collections.abc import Mapping

from latex2mathml.symbols_parser import SYMBOLS, SYMBOLS_FILE
from ziafont.fonttypes import BBox
from ziafont.glyph import SimpleGlyph
from ziafont.svgpath import Cubic, Moveto, Point
from ziamath.drawable import Box, Diagonal, Drawable, Glyph, HLine
from ziamath.mathfont import MathFont
from ziamath.nodes.mnode import Mnode
from ziamath.nodes.moperator import Moperator
from ziamath.nodes.mrow import Mrow
from ziamath.nodes.msubsup import Msubsup, Msup, place_sub, place_super
from ziamath.nodes.munderover import Mover, Munder
from ziamath.nodes.nodetools import node_is_singlechar
from ziamath.styles import MathVariant, styledchr, styledstr
from ziamath.zmath import Math, fontname, loadedfonts

__all__ = [
    "SYMBOLS",
    "SYMBOLS_FILE",
    "BBox",
    "Box",
    "Cubic",
    "Diagonal",
    "Drawable",
    "Glyph",
    "HLine",
    "Math",
    "MathFont",
    "MathVariant",
    "Mnode",
    "Moperator",
    "Mover",
    "Moveto",
    "Mrow",
    "Msubsup",
    "Msup",
    "Munder",
    "Point",
    "SimpleGlyph",
    "fontname",
    "loadedfonts",
    "node_is_singlechar",
    "place_sub",
    "place_super",
    "set_advance",
    "styledchr",
    "styledstr",
]

USED: Mapping[str, str] = {
    "Math": "node",
    "Mnode": "bbox element font fromelement increase_child_scriptlevel mtag nodes nodexy style units_to_points "
    "xadvance",
    "Mrow": "_xadvance",
    "Msup": "base",
    "Msubsup": "base",
    "Moperator": "width",
    "Mover": "over",
    "Munder": "under",
    "BBox": "_replace xmax xmin ymax ymin",
    "Glyph": "char glyph phantom size style",
    "HLine": "__init__ length lw phantom style",
    "Box": "__init__ height lw phantom style width",
    "Diagonal": "arrow height lw phantom style width",
    "Cubic": "__init__",
    "Moveto": "__init__",
    "Point": "__init__",
    "MathVariant": "__init__ bold italic style",
    "ziamath.styles.MathStyle": "mathcolor",
    "MathFont": "basesize findglyph glyph info math",
    "ziamath.mathtable.MathTable": "consts variant",
    "ziamath.mathtable.MathConstants": "axisHeight displayOperatorMinHeight",
    "ziafont.fonttypes.FontInfo": "layout",
    "ziafont.fonttypes.Layout": "unitsperem",
    "SimpleGlyph": "DFLT_SIZE_PT __init__ advance index path svgpath",
}

FOLLOWED: Mapping[str, str] = {
    "Math": "__init__",
    "Mnode": "__init__ __init_subclass__",
    "Mrow": "__init__ _get_height_nostretch _setup _setup_single_line xadvance",
    "Msup": "__init__ _setup",
    "Msubsup": "__init__ _setup",
    "Moperator": "__init__ _setup",
    "Mover": "__init__ _setup",
    "Munder": "__init__ _setup",
    "MathFont": "findglyph",
    "ziamath.nodes.nodetools": "node_is_singlechar",
    "ziamath.nodes.msubsup": "place_sub place_super",
}


def set_advance(row: Mrow, advance: float) -> None:
    """Say how far to go on after a row."""
    row._xadvance = advance  # noqa: SLF001 - there is no public way to it
