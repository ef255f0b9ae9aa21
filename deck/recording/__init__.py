"""What manim would have drawn, kept as a vector timeline."""

__all__ = [
    "codec",
    "header",
    "paths",
    "sharing",
    "shelf",
    "timeline",
]
