"""Typefaces, and the glyphs that they have for a text."""

__all__ = [
    "glyphs",
    "typefaces",
]
