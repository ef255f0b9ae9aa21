r"""
Formulas without LaTeX.

TeX becomes MathML, which ziamath sets in its own typeface, and that becomes filled outlines::

    source ─▶ stream ─▶ maths, commands, tables, words ─▶ layout ─▶ drawing ─┬─▶ picture ─▶ latex    Tex, MathTex
    tokens    macros    MathML                            lines     outlines └─▶ inline             $math$ in texts

The way is our own for two things that no library keeps: which part of the source an outline comes from, and TeX's
spaces, styles and order of drawing.
"""

from __future__ import annotations

from deck.formulas.inline import Formula, formula
from deck.formulas.latex import install, needs_latex, used

__all__ = ["Formula", "formula", "install", "needs_latex", "used"]
