"""
Finished slides, kept by what they were made from.

A store is a folder::

    <key>/            a finished slide, see `deck.rendering`, with ``manifest.json``: size and SHA-256 of each file
    builds/*.json     which entries the newest builds of a document used
    new-*/            where a build that is running works

Entries are made elsewhere and renamed into place, and are checked whenever they are used, so any number of builds may
share a store and any of them may be killed.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from deck.files import replacing, writing
from deck.rendering import Job

__all__ = ["Store", "key"]

DISTRIBUTION = "feature-map-deck"
MANIFEST = "manifest.json"
BUILDS_KEPT = 3
"""Of each document and quality: an edit that is taken back, twice over, costs nothing."""

IN_USE_SECONDS = 24 * 3600
"""What was touched within this time may belong to a build that is still running."""


def key(job: Job) -> str:
    """
    Return the name under which a job's results are kept.

    It stands for the job, for the source code of ``deck`` and of the package that the slide's class is in, for the
    versions of Python and of what the project requires, and for the bytes of the files that the options name.
    """
    plain = asdict(job)
    folder = plain.pop("folder")
    sources = {package: _sources(package) for package in ("deck", job.kind.partition(":")[0].partition(".")[0])}
    facts = {"job": plain, "versions": _versions(), "sources": sources, "files": _named_files(job.options, folder)}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


class Store:
    """
    The store in ``folder``, which is made when the first slide is kept.

    Raises
    ------
    OutputError
        From every method that writes, if the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def find(self, key: str) -> Path | None:
        """Return the folder of an entry if it is there and sound; a damaged one is removed."""
        entry = self.folder / key
        if _is_sound(entry):
            with suppress(OSError):  # a store that may only be read serves as well
                os.utime(entry)
            return entry
        shutil.rmtree(entry, ignore_errors=True)
        return None

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """Yield a folder to make entries in; what is left in it at the end goes."""
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
            folder = TemporaryDirectory(dir=self.folder, prefix="new-", ignore_cleanup_errors=True)
        with folder as name:
            yield Path(name)

    def put(self, key: str, folder: Path) -> Path:
        """Move a finished folder in, unless another build was faster, and return the entry."""
        with writing(self.folder):
            manifest = {name: _fingerprint(folder / name) for name in _files(folder)}
            (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
            try:
                return folder.rename(self.folder / key)
            except OSError:
                return self.find(key) or folder.rename(self.folder / key)

    def prune(self, document: Path, variant: str, keys: Iterable[str]) -> None:
        """
        Note what a build has used, and remove what no recent build of any document used.

        Parameters
        ----------
        document
            The document that was built.
        variant
            What sets its builds apart: a change of quality makes no entry stale.
        keys
            The entries used.
        """
        name = hashlib.sha256(f"{document.absolute()} {variant}".encode()).hexdigest()[:16]
        record = self.folder / "builds" / f"{name}.json"
        builds = [sorted(keys), *(earlier for earlier in _read_builds(record) if earlier != sorted(keys))]
        with replacing(record) as path:
            path.write_text(json.dumps(builds[:BUILDS_KEPT]), encoding="utf-8")
        records = (self.folder / "builds").glob("*.json")
        used = {key for record in records for build in _read_builds(record) for key in build}
        for entry in self.folder.iterdir():
            if re.fullmatch(r"[0-9a-f]{64}|new-.*", entry.name) and entry.name not in used and _is_idle(entry):
                shutil.rmtree(entry, ignore_errors=True)


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _fingerprint(path: Path) -> list[int | str]:
    return [path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()]


def _is_sound(entry: Path) -> bool:
    try:
        manifest = json.loads((entry / MANIFEST).read_text(encoding="utf-8"))
        return bool(manifest) and all(_fingerprint(entry / name) == facts for name, facts in manifest.items())
    except (OSError, ValueError, AttributeError):
        return False


def _is_idle(entry: Path) -> bool:
    try:
        return time.time() - entry.stat().st_mtime > IN_USE_SECONDS
    except OSError:
        return False


def _read_builds(record: Path) -> list[list[str]]:
    try:
        builds: list[list[str]] = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return builds


def _sources(package: str) -> dict[str, str]:
    spec = find_spec(package)
    if spec is None:
        return {}
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()]
    files = [path for folder in folders for path in sorted(folder.rglob("*.py"))] or [Path(spec.origin or "")]
    return {path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}


def _versions() -> dict[str, str]:
    names = {match[0] for line in requires(DISTRIBUTION) or () if (match := re.match(r"[\w.-]+", line))}
    versions = {"python": platform.python_version()}
    for name in {DISTRIBUTION, *names}:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:  # an extra that is not installed
            continue
    return versions


def _named_files(options: str, folder: str) -> dict[str, str]:
    named = {}
    for text in _texts(json.loads(options)):
        with suppress(OSError, ValueError):  # what is no path at all: too long, or with a null in it
            if (path := Path(folder, text)).is_file():
                named[text] = hashlib.sha256(path.read_bytes()).hexdigest()
    return named


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _texts(item)
        case dict():
            for item in value.values():
                yield from _texts(item)
