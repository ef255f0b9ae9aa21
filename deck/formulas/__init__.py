r"""
Formulas without LaTeX.

TeX becomes MathML, which ziamath sets in its own typeface, and that becomes filled outlines::

    source ─▶ stream ─▶ maths, commands, tables, words ─▶ layout ─▶ drawing ─┬─▶ picture ─▶ latex    Tex, MathTex
    tokens    macros    MathML                            lines     outlines └─▶ inline             $math$ in texts

`latex` and `inline` are the ways in. The way is our own for two things that no library keeps: which part of the source
an outline comes from, and TeX's spaces, styles and order of drawing.
"""
