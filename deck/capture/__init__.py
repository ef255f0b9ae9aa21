"""From manim to a recording: a slide is run, and what its renderer would have drawn is kept."""

__all__ = [
    "framing",
    "record",
]
