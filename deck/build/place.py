"""Where a document is built, and names for the files around it that hold in a copy elsewhere, too."""

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
    Where a document is built, as absolute paths; a copy of it all elsewhere is as good.

    Files below the document's folder, and below the one that the build is started in, are known by their way from
    there. What depends on others may be used in this place alone: elsewhere they may be meant to be others.

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
        """A name for it that is no other's."""
        return hashlib.sha256(f"{self.folder}\n{self.here}".encode(errors="surrogateescape")).hexdigest()

    def portable(self, path: str) -> str:
        """Return a name of an absolute path, or a pattern, that holds in a copy elsewhere, if there is one."""
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
        """Return the same for all that is known of files."""
        return {self.path(file): known for file, known in named.items()}

    def tie(self, named: Mapping[str, str]) -> str:
        """Return the name of this place, if what depends on some files may be used nowhere else."""
        installed = tuple(os.path.join(folder, "") for folder in sys.path if folder)
        files = [file.removeprefix(MARK) for file in named]
        outside = [file for file in files if os.path.isabs(file) and not file.startswith(installed)]
        return self.name if outside and self.folder else ""

    def _roots(self) -> Iterator[tuple[str, str]]:
        for mark, folder in (("talk", self.folder), ("here", self.here)):
            if folder:
                yield mark, os.path.join(folder, "")
