r"""
Formulas without LaTeX.

TeX becomes MathML, which ziamath sets in its own typeface, and that becomes filled outlines::

    source ─▶ stream ─▶ maths, commands, tables, words ─▶ layout ─▶ drawing
    tokens    macros    MathML                            lines     outlines

Commands are known by the modules that `layout` imports. ``nodes``, ``grid``, ``placing`` and ``arrows`` have what
ziamath lacks, as classes for tags of MathML or of our own.

`set_tex` is the way in. It is our own for two things that no library keeps: which part of the source an outline comes
from, and TeX's spaces, styles and order of drawing.
"""

from deck.formulas.atoms import EM
from deck.formulas.drawing import FilledPath, SetFormula
from deck.formulas.layout import INLINE
from deck.formulas.setting import set_tex
from deck.formulas.source import ROOT, Group, UnsetError, plain

__all__ = [
    "EM",
    "INLINE",
    "ROOT",
    "FilledPath",
    "Group",
    "SetFormula",
    "UnsetError",
    "plain",
    "set_tex",
]
