"""Files written whole or not at all, folders that are deck's own, and temporary ones that do not stay."""

__all__ = [
    "folder",
    "scratch",
    "writing",
]
