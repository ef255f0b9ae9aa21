"""A process and its system: signals, its end, its processors, what it may not do."""

__all__ = [
    "guard",
    "isolation",
    "lifeline",
    "preload",
    "preload_manim",
    "processors",
    "stopping",
]
