"""
Files that a recording depends on although no hook hears of them: they are named by a pattern, as in ``data/*.csv``.

Such a pattern is an input like a file, under the name ``glob:<folder>//<pattern>``: its fingerprint changes with the
files that match, and with what is in them.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from deck.errors import DocumentError, Location

if TYPE_CHECKING:
    from deck.document.outline import Job

__all__ = ["MARK", "check", "contents", "is_inside", "named", "watched_for"]

MARK, BETWEEN = "glob:", "//"
MOST_FILES = 10_000


def named(folder: str, pattern: str) -> str:
    """Return the name that a pattern has among the inputs; it is relative to ``folder``, an absolute path."""
    return f"{MARK}{os.path.normpath(folder)}{BETWEEN}{pattern}"


def contents(name: str, fingerprint: Callable[[str], str]) -> str:
    """Return a text that changes with the files that match and with what is in them; empty if none matches."""
    folder, _ = _parts(name)
    return "\n".join(f"{file} {fingerprint(os.path.join(folder, file))}" for file in _matches(name))


def watched_for(name: str) -> Iterator[str]:
    """Yield the files that match, and the folders where more may come."""
    folder, pattern = _parts(name)
    yield os.path.join(folder, os.path.dirname(pattern))
    yield from (os.path.join(folder, file) for file in _matches(name))


def is_inside(name: str) -> bool:
    """Return whether a pattern stays in its folder or below; links that match may still lead out of it."""
    _, pattern = _parts(name)
    return not os.path.isabs(pattern) and os.pardir not in pattern.split("/")


def check(job: Job) -> None:
    """
    Check that the files exist which a section says it depends on.

    Raises
    ------
    DocumentError
        If a pattern matches no file, or too many, or only folders; without trust, also if it leads out of the
        document's folder.
    """
    folder = str(job.path.parent.absolute())
    for pattern, line in job.section.settings.depends.items():
        if fault := _fault(folder, pattern, trust=job.trust):
            message, hint = fault
            raise DocumentError(message, hint=hint, where=Location(job.path, line))


def _fault(folder: str, pattern: str, *, trust: bool) -> tuple[str, str] | None:
    """Return a sentence and a hint, if there is something wrong with a pattern."""
    name = named(folder, pattern)
    if not trust and not is_inside(name):
        return f"depends: '{pattern}' is outside of the document's folder", "move it there, or build with --trust"
    found = [os.path.join(folder, file) for file in _matches(name)]
    if not found:
        return f"depends: there is no file '{pattern}'", "name it from the document's folder, as in data/*.csv"
    if len(found) > MOST_FILES:
        return f"depends: '{pattern}' are more than {MOST_FILES:,} files", "name fewer"
    if all(map(os.path.isdir, found)):
        return f"depends: '{pattern}' is a folder", f"name the files in it, as in {pattern.rstrip('/')}/*"
    inside = os.path.realpath(folder)
    if not trust and any(os.path.commonpath([os.path.realpath(path), inside]) != inside for path in found):
        return f"depends: '{pattern}' leads out of the document's folder", "move it there, or build with --trust"
    return None


def _matches(name: str) -> list[str]:
    folder, pattern = _parts(name)
    try:
        return sorted(islice(glob.iglob(pattern, root_dir=folder), MOST_FILES + 1))
    except ValueError:  # no file can be called so
        return []


def _parts(name: str) -> tuple[str, str]:
    folder, _, pattern = name.removeprefix(MARK).partition(BETWEEN)
    return folder, pattern
