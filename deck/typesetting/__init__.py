"""
Text set as slides: Markdown becomes blocks, blocks become lines and boxes, these are stacked on pages.

::

    reading, inlines    Markdown → blocks           blocks.py has them: plain data, nothing of manim
    glyphs, words       what a word takes           as Pango sets it in the deck's typefaces
    lines, lists, …     blocks → pieces             what may not be torn apart, each with its height
    pages               pieces → pages              the largest type at which they fit
    drawing             pages → mobjects, by reveal
"""

__all__ = [
    "addresses",
    "blocks",
    "drawing",
    "formulas",
    "ink",
    "pages",
    "reading",
    "remote",
    "reveals",
    "setup",
]
