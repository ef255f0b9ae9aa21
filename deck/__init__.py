"""Markdown to slide decks: every section a manim-slides ``Slide``, every reveal a named pause."""
