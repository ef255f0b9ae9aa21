r"""
Formulas without LaTeX.

TeX becomes MathML, which ziamath sets in its own typeface, and that becomes filled outlines::

    source ─▶ stream ─▶ maths, commands, tables, words ─▶ layout ─▶ drawing ─┬─▶ picture ─▶ latex    Tex, MathTex
    tokens    macros    MathML                            lines     outlines └─▶ inline             $math$ in texts

Commands are known by the modules that `layout` imports. ``nodes``, ``grid``, ``placing`` and ``arrows`` have what
ziamath lacks, as classes for tags of MathML or of our own.

`latex` and `inline` are the ways in. The way is our own for two things that no library keeps: which part of the source
an outline comes from, and TeX's spaces, styles and order of drawing.
"""

__all__ = [
    "inline",
    "latex",
]
