"""
How large a document and what it names may be.

Whoever opens a document need not have written it. Each number is far above what an honest lecture has and low enough
that reading and setting what just passes takes seconds and a few hundred megabytes; what is beyond it is refused in a
sentence. They hold with ``--trust`` too: they keep mistakes from taking a computer's memory, whoever has made them.
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
"""Bytes of a document: a notebook with its pictures in it has ten million, twenty thousand lines of text two."""

LINES = 100_000
"""Lines of a document: a book has twenty thousand."""

SIGNS = 5 * MEGABYTE
"""Signs of a document, pictures in it not counted."""

SECTIONS = 2_000
"""Sections and scenes of a document: a lecture has two hundred."""

HEADING = 2_000
"""Signs of a heading: on a slide there is room for some hundred."""

ATTRIBUTES = 1_000
"""Signs at the end of a heading that are looked at for its id."""

TEXT = 100_000
"""Signs of a section's text, pictures in it not counted: forty pages of a book; to set them takes half a minute."""

WORD = 400
"""Signs of a word that is set in one go; no line has room for so many, whatever they are."""

CODE = MEGABYTE
"""Signs of all Python of a document: twenty thousand lines."""

CODE_NESTING = 400
"""How deep Python may be nested, each sign of a sum counted; Python itself takes no more than a thousand or so."""

YAML = 50_000
"""Signs of front matter or a slide block: a thousand lines, of which ten are usual."""

YAML_NESTING = 50
"""How deep lists and keys may stand in each other there; what is passed on from it is read by others, too."""

YAML_NUMBER = 1_024
"""Bits of a whole number there: the largest of what has a fraction has so many; Python writes no longer ones out."""

PAGES = 150
"""Slides that the text of one section may fill: a long chapter has twenty, and each takes a tenth of a second."""

LINES_ON_A_SLIDE = 20
"""Lines of text that a slide has room for in the smallest type, and some more."""

COLORED = 20_000
"""Signs of a listing that is shown in colours: telling them apart may take the square of their number."""
