"""
How large a document and what it names may be.

Whoever opens a document need not have written it. Each limit is far above what an honest lecture has, and so low that
a document just below it is read and set in seconds and a few hundred megabytes. What is above a limit is refused with a
sentence that says so. The limits hold with ``--trust`` too: a mistake must not use up a computer's memory, whoever has
made it.
"""

from __future__ import annotations

__all__ = [
    "ATTRIBUTES",
    "CODE",
    "CODE_NESTING",
    "COLORED",
    "DOCUMENT",
    "HEADING",
    "LINES",
    "LINES_ON_A_SLIDE",
    "MEGABYTE",
    "PAGES",
    "SECTIONS",
    "SIGNS",
    "TEXT",
    "WORD",
    "YAML",
    "YAML_NESTING",
    "YAML_NUMBER",
]

MEGABYTE = 1_000_000

DOCUMENT = 32 * MEGABYTE
"""Bytes of a document: a notebook with its pictures in it has ten million; a text of twenty thousand lines has two."""

LINES = 100_000
"""Lines of a document: a book has twenty thousand."""

SIGNS = 5 * MEGABYTE
"""Characters of a document, pictures in it not counted."""

SECTIONS = 2_000
"""Sections and scenes of a document: a lecture has two hundred."""

HEADING = 2_000
"""Characters of a heading: a slide has room for about a hundred."""

ATTRIBUTES = 1_000
"""Characters at the end of a heading in which its id is looked for."""

TEXT = 100_000
"""Characters of a section's text, pictures in it not counted: forty pages of a book, set in half a minute."""

WORD = 400
"""Characters of a word that is set in one go; no line has room for so many, however narrow they are."""

CODE = MEGABYTE
"""Characters of all Python in a document: twenty thousand lines."""

CODE_NESTING = 400
"""How deep Python may be nested, each operator of a sum counted; Python itself allows no more than a thousand or so."""

YAML = 50_000
"""Characters of front matter or a slide block: a thousand lines, where ten are usual."""

YAML_NESTING = 50
"""How deep lists and keys of YAML may be nested: libraries that are given the values cannot follow any depth."""

YAML_NUMBER = 1_024
"""Bits of a whole number in YAML: the largest float has as many, and Python refuses to write much longer ones."""

PAGES = 150
"""Slides that the text of one section may fill: a long chapter has twenty, and each takes a tenth of a second."""

LINES_ON_A_SLIDE = 20
"""Lines of text that a slide has room for in the smallest type, and some more."""

COLORED = 20_000
"""Characters of a listing that is shown in colours: to colour it may take time in the square of its length."""
