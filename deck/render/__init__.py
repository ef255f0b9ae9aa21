"""From a recording to pixels and films, without manim."""

__all__ = [
    "clips",
    "raster",
    "video",
]
