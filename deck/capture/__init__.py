"""From manim to a recording: the one place that touches manim's renderer."""

__all__ = [
    "record",
]
