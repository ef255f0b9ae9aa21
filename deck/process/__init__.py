"""What a process is told by its system, and tells it: signals, its end, its processors, what it may not do."""

__all__ = [
    "guard",
    "isolation",
    "lifeline",
    "preload",
    "processors",
    "stopping",
]
