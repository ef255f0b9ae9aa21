"""A folder of its own for what manim writes: two processes that write one glyph's file at once fail."""

from __future__ import annotations

from tempfile import TemporaryDirectory

from manim import config

# Not a fixture: some tests make their mobjects where they are collected.
_FOLDER = TemporaryDirectory(prefix="media-")
config.media_dir = _FOLDER.name
