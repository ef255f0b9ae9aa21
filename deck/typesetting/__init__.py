"""
Text set as slides: Markdown becomes blocks, Typst sets them, and what it draws becomes recordings.

::

    reading, inlines     Markdown → blocks              blocks.py has them: plain data
    flow, galley         blocks → pieces                what may not be torn apart; and what Typst is given
    compiler, template   galleys → marks and words      Typst sets all sections in one run
    pages                pieces → pages                 the largest type at which they fit
    stage, recordings    pages → recordings             without manim

`setting` goes this way for all texts together.
"""

__all__ = [
    "addresses",
    "blocks",
    "formulas",
    "references",
    "remote",
    "setting",
    "setup",
]
