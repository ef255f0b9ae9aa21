"""
Finished work, kept by what it was made from.

A store is a folder::

    keys/<key>.json     what was made for a key, newest first: the files that it was made from, and the object
    objects/<sha-256>   bytes, under their own hash
    seconds.json        how long things took, to begin with the longest

Files are written beside and moved into place, and an object is verified whenever it is read, so any number of builds
may share a store and any of them may be killed. Whatever has not been used for some time is removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from deck.files import replacing, writing
from deck.inputs import are_unchanged

__all__ = ["Store"]

VARIANTS = 4
"""Of each key: an edit that is taken back costs nothing."""

CLOCKS = 1.0
"""Seconds that the clock of a file system may be behind."""

KEPT_SECONDS = 14 * 24 * 3600
KEPT_BYTES = 1_000_000_000
IN_USE_SECONDS = 3600
"""What was touched within this time may belong to a build that is still running."""

Variant = dict[str, object]


class Store:
    """
    The store in ``folder``, which is made when the first thing is put in.

    Raises
    ------
    OutputError
        From every method that writes, if the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def get(self, key: str) -> bytes | None:
        """Return what was made for a key of files that are all as they were, if it is there and sound."""
        found = self._find(key)
        return found[1] if found else None

    def path(self, key: str) -> Path | None:
        """Return the file of the same, for those that read files."""
        found = self._find(key)
        return found[0] if found else None

    def put(self, key: str, data: bytes, files: Mapping[str, str] | None = None) -> Path:
        """
        Keep what was made for a key.

        Parameters
        ----------
        key
            Whatever is known of it beforehand, as a name that a file can have.
        data
            The bytes.
        files
            The SHA-256 of every file that it was made from, by path.
        """
        name = hashlib.sha256(data).hexdigest()
        path = self._object(name)
        with writing(self.folder):
            self._make()
        if not _is_sound(path, name):
            with replacing(path) as beside:
                beside.write_bytes(data)
        variant = {"files": dict(files or {}), "object": name}
        others = [each for each in self._variants(key) if each.get("files") != variant["files"]]
        with replacing(self._key(key)) as beside:
            beside.write_text(json.dumps([variant, *others][:VARIANTS]), encoding="utf-8")
        return path

    def inputs(self, *, since: float = 0) -> set[str]:
        """Return the files that things were made from which were used since a moment, in seconds of the clock."""
        keys = (key for key, seen, _ in self._files() if key.suffix == ".json" and seen >= since - CLOCKS)
        variants = (variant for key in keys for variant in self._variants(key.stem))
        return {str(file) for variant in variants if isinstance(files := variant.get("files"), dict) for file in files}

    def prune(self) -> None:
        """Remove what has not been used for two weeks, and the oldest of what is more than a gigabyte."""
        now, size = time.time(), 0
        for path, seen, own in sorted(self._files(), key=lambda file: -file[1]):
            size += own
            if now - seen > KEPT_SECONDS or (size > KEPT_BYTES and now - seen > IN_USE_SECONDS):
                with suppress(OSError):
                    path.unlink()

    def clear(self) -> bool:
        """Remove the store, and say whether there was one; a folder that is none stays."""
        if not (self.folder / "objects").is_dir():
            return False
        with writing(self.folder):
            shutil.rmtree(self.folder)
        return True

    @property
    def seconds(self) -> dict[str, float]:
        """How long things took the last time, by name."""
        try:
            known = json.loads((self.folder / "seconds.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return dict(known) if isinstance(known, dict) else {}

    def note_seconds(self, took: Mapping[str, float]) -> None:
        """Remember how long things took."""
        with writing(self.folder):
            self._make()
        with replacing(self.folder / "seconds.json") as beside:
            beside.write_text(json.dumps(self.seconds | dict(took)), encoding="utf-8")

    def _find(self, key: str) -> tuple[Path, bytes] | None:
        for variant in self._variants(key):
            files, name = variant.get("files"), str(variant.get("object"))
            if isinstance(files, dict) and are_unchanged(files):
                path = self._object(name)
                with suppress(OSError):
                    data = path.read_bytes()
                    if hashlib.sha256(data).hexdigest() == name:
                        _touch(path, self._key(key))
                        return path, data
                    path.unlink()
        return None

    def _variants(self, key: str) -> list[Variant]:
        try:
            variants = json.loads(self._key(key).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        return [each for each in variants if isinstance(each, dict)] if isinstance(variants, list) else []

    def _make(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "objects").mkdir(exist_ok=True)
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")

    def _files(self) -> Iterator[tuple[Path, float, int]]:
        for folder in ("keys", "objects"):
            for path in (self.folder / folder).glob("*"):
                with suppress(OSError):
                    facts = path.stat()
                    yield path, facts.st_mtime, facts.st_size

    def _key(self, key: str) -> Path:
        return self.folder / "keys" / f"{key}.json"

    def _object(self, name: str) -> Path:
        return self.folder / "objects" / name


def _is_sound(path: Path, name: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == name
    except OSError:
        return False


def _touch(*paths: Path) -> None:
    for path in paths:
        with suppress(OSError):  # a store that may only be read serves as well
            os.utime(path)
