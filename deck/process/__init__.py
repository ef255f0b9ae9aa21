"""A process and its system: signals, its end, its processors, what it may not do."""

__all__ = [
    "guard",
    "isolation",
    "lifeline",
    "preload",
    "processors",
    "stopping",
]
