"""Where a document is built, and names for the files around it that are valid in a copy elsewhere, too."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deck.build.patterns import MARK, is_inside

__all__ = ["Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where a document is built, as absolute paths.

    Files below these two folders are known by their paths from there, so that a copy of the folders elsewhere can use
    what was made here. What depends on other files may be used in this place alone: elsewhere other ones may be meant.

    Attributes
    ----------
    folder
        The document's.
    here
        The working folder.
    """

    folder: str = ""
    here: str = ""

    @classmethod
    def of(cls, document: Path) -> Place:
        """Return the place of a document."""
        return cls(str(document.parent.absolute()), str(Path.cwd()))

    @property
    def name(self) -> str:
        """A name that no other place has."""
        return hashlib.sha256(f"{self.folder}\n{self.here}".encode(errors="surrogateescape")).hexdigest()

    def portable(self, path: str) -> str:
        """Return a name for an absolute path, or a pattern, that is valid in a copy elsewhere; itself if none is."""
        if path.startswith(MARK):
            return f"{MARK}{self.portable(path.removeprefix(MARK))}" if is_inside(path) else path
        for mark, root in self._roots():
            if path.startswith(root):
                return f"{mark}:{path[len(root) :]}"
        return path

    def path(self, name: str) -> str:
        """Return the path or pattern that has a name."""
        if name.startswith(MARK):
            return f"{MARK}{self.path(name.removeprefix(MARK))}"
        mark, colon, rest = name.partition(":")
        root = dict(self._roots()).get(mark, "") if colon else ""
        return f"{root}{rest}" if root else name

    def paths(self, named: Mapping[str, str]) -> dict[str, str]:
        """Return what is known of files, by their paths instead of their names."""
        return {self.path(file): known for file, known in named.items()}

    def tie(self, named: Mapping[str, str]) -> str:
        """Return this place's name if what depends on these files may be used nowhere else; empty otherwise."""
        installed = tuple(os.path.join(folder, "") for folder in sys.path if folder)
        files = [file.removeprefix(MARK) for file in named]
        outside = [file for file in files if os.path.isabs(file) and not file.startswith(installed)]
        return self.name if outside and self.folder else ""

    def _roots(self) -> Iterator[tuple[str, str]]:
        for mark, folder in (("talk", self.folder), ("here", self.here)):
            if folder:
                yield mark, os.path.join(folder, "")
