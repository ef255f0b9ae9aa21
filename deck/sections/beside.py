"""Modules that stand beside a document, which the scenes of a trusted one may import."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

__all__ = ["import_from"]

OURS = ("slides",)
"""Packages that come with deck under a name that a lecturer may well give to a module of hers."""


def import_from(folder: Path) -> None:
    """
    Let the document's code import what stands beside it.

    Whatever is installed comes first, or a `random.py` there would be taken for Python's own. Of two modules called
    like a package of `deck` hers is meant: what scenes need of deck is in `deck` itself.
    """
    sys.path.append(str(folder))
    for name in OURS:
        if PathFinder.find_spec(name, [str(folder)]) and folder != Path(__file__).parents[2]:
            for loaded in [each for each in sys.modules if each.partition(".")[0] == name]:
                del sys.modules[loaded]
            sys.meta_path.insert(0, _Beside(name, str(folder)))


class _Beside(MetaPathFinder):
    """Finds one module, or package, in a folder."""

    def __init__(self, name: str, folder: str) -> None:
        self._name, self._folder = name, folder

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where it is, and nothing for any other."""
        return (
            PathFinder.find_spec(fullname, [self._folder], target) if (fullname, path) == (self._name, None) else None
        )
