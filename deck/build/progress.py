"""How far the work on a slide is."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Progress"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of a slide's reveals are done, and how many it has (0 while that is not known); ``slide`` is its id."""

    slide: str
    done: int
    total: int = 0

    @property
    def words(self) -> str:
        """The same in words."""
        return f"all {self.total} reveals are there" if self.total else f"{self.done} reveals recorded"
