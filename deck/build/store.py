"""
Finished work, kept by what it was made from.

A store is a folder::

    keys/<key>.json     what was made for a key, newest first: the files that it was made from, and the object
    objects/<sha-256>   bytes, under their own hash
    seconds.json        how long things took, so that the longest can be started first

Files are written beside and moved into place, and all is verified whenever it is read, so any number of builds may
share a store and any of them may be killed. What is damaged is made anew. Whatever has not been used for some time is
removed, if the store itself has made it: other files in the folder stay. A folder with symbolic links is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from deck.build.dependencies import are_unchanged, files_of
from deck.build.place import Place
from deck.errors import OutputError
from deck.files.folder import Entry, Folder, refuse_link
from deck.files.writing import writing

__all__ = ["HASH", "Store", "Variant", "read", "written"]

VARIANTS = 4
"""How many are kept for each key, so that it costs nothing to undo an edit."""

CLOCKS = 1.0
"""Seconds that the clock of a file system may be behind."""

KEPT_SECONDS = 14 * 24 * 3600
KEPT_BYTES = 1_000_000_000
IN_USE_SECONDS = 3600
"""What was touched within this time may belong to a build that is still running."""

LARGEST_NOTES = 4_000_000
"""How many bytes a file may have that is no object."""
LONGEST_SECONDS = 1e9

SECONDS = "seconds.json"
IGNORE = b"*\n"

KEY = re.compile(r"[0-9a-f]{64}\.json")
ROOT = re.compile(r"seconds\.json")
"""How the store names its files."""


class Store:
    """
    The store in ``folder``, which is made when the first thing is put in.

    Parameters
    ----------
    folder
        Of the store.
    place
        The place of the document that things are made for.

    Attributes
    ----------
    damaged
        The keys that were asked for, and under which something damaged was found.

    Raises
    ------
    OutputError
        If the folder is a symbolic link or has one in it; from every method that writes, also if that cannot be done.
    """

    def __init__(self, folder: Path, place: Place | None = None) -> None:
        self.damaged: set[str] = set()
        self._shown = folder
        self._place = place or Place()
        self._root, self._keys, self._objects = (Folder(folder.absolute() / name) for name in ("", "keys", "objects"))
        self._refuse_links()
        for room, _ in self._rooms():
            room.sweep()

    @property
    def folder(self) -> Path:
        """Where it is."""
        return self._root.path

    def get(self, key: str) -> bytes | None:
        """Return what was made for a key, if it is there and undamaged and its input files are unchanged."""
        found = self._find(key)
        return found[1] if found else None

    def path(self, key: str) -> Path | None:
        """Return the path of the file that has what `get` returns, for callers that read files."""
        found = self._find(key)
        return self._objects.path / found[0] if found else None

    def put(self, key: str, data: bytes, files: Mapping[str, str] | None = None) -> Path:
        """
        Keep what was made for a key.

        Parameters
        ----------
        key
            The SHA-256 of all that is known of it before it is made.
        data
            The bytes.
        files
            The SHA-256 of every file that it was made from, by absolute path.
        """
        assert HASH.fullmatch(key)
        name = hashlib.sha256(data).hexdigest()
        named = {self._place.portable(path): known for path, known in (files or {}).items()}
        variant = Variant(files=named, object=name, place=self._place.tie(named))
        others = [each for each in self._variants(key) if (each.files, each.place) != (named, variant.place)]
        self._make()
        if self._object(name) is None:
            self._objects.write(name, data)
        self._keys.write(f"{key}.json", written([variant, *others][:VARIANTS], key))
        return self._objects.path / name

    def inputs(self, *, since: float = 0) -> set[str]:
        """Return the inputs of all things that were used since a moment, which is in seconds of the clock."""
        keys = [entry.name[:64] for entry in _own(self._keys, KEY) if entry.seen >= since - CLOCKS]
        named = {file for key in keys for variant in self._variants(key) for file in variant.files}
        return {path for file in named for path in files_of(self._place.path(file))}

    def prune(self) -> None:
        """Remove what was not used for two weeks and, beyond a gigabyte, what was used longest ago."""
        now, size = time.time(), 0
        ours = [(folder, entry) for folder, name in self._rooms()[1:] for entry in _own(folder, name)]
        for folder, entry in sorted(ours, key=lambda each: -each[1].seen):
            size += entry.size
            if now - entry.seen > KEPT_SECONDS or (size > KEPT_BYTES and now - entry.seen > IN_USE_SECONDS):
                with suppress(OSError):
                    folder.remove(entry.name)

    def clear(self) -> bool:
        """Remove what the store has made, and say whether there was any; what else is in its folder stays."""
        ours = [(folder, entry.name) for folder, name in self._rooms() for entry in _own(folder, name)]
        with suppress(OSError):
            if self._root.read(".gitignore", at_most=len(IGNORE)) == IGNORE:
                ours.append((self._root, ".gitignore"))
        with writing(self._shown):
            for folder, name in ours:
                folder.remove(name)
        for folder in (self._keys, self._objects, self._root) if ours else ():
            with suppress(OSError):  # something else is in it
                folder.path.rmdir()
        return bool(ours)

    def left(self) -> list[Path]:
        """Return the paths of what is in the folder, relative to it: after `clear`, what the store has not made."""
        rooms = {folder.path.name for folder, _ in self._rooms()[1:]}
        return [
            (folder.path / name).relative_to(self.folder)
            for folder, _ in self._rooms()
            for name in folder.names()
            if folder is not self._root or name not in rooms or not (self.folder / name).is_dir()
        ]

    @property
    def seconds(self) -> dict[str, float]:
        """How long things took the last time, by name."""
        try:
            known = json.loads(self._root.read(SECONDS, at_most=LARGEST_NOTES))
        except (OSError, ValueError, RecursionError):
            return {}
        took = known.items() if isinstance(known, dict) else ()
        return {name: float(seconds) for name, seconds in took if _is_duration(seconds)}

    def note_seconds(self, took: Mapping[str, float]) -> None:
        """Remember how long things took."""
        self._make()
        self._root.write(SECONDS, json.dumps(self.seconds | dict(took)).encode())

    def _find(self, key: str) -> tuple[str, bytes] | None:
        for variant in self._variants(key):
            if variant.place in {"", self._place.name} and are_unchanged(self._place.paths(variant.files)):
                data = self._object(variant.object)
                if data is not None:
                    self._objects.touch(variant.object)
                    self._keys.touch(f"{key}.json")
                    return variant.object, data
                self.damaged.add(key)
        return None

    def _object(self, name: str) -> bytes | None:
        """Return an object, if it is there and sound."""
        with suppress(OSError):
            data = self._objects.read(name)
            if hashlib.sha256(data).hexdigest() == name:
                return data
        return None

    def _variants(self, key: str) -> list[Variant]:
        """Return what is known of a key, newest first; what is damaged is left out, and noted."""
        try:
            variants, is_whole = read(self._keys.read(f"{key}.json", at_most=LARGEST_NOTES), key)
        except FileNotFoundError:
            return []
        except OSError:
            variants, is_whole = [], False
        if not is_whole:
            self.damaged.add(key)
        return variants

    def _make(self) -> None:
        if ".gitignore" not in self._root.names():
            self._root.write(".gitignore", IGNORE)

    def _rooms(self) -> tuple[tuple[Folder, re.Pattern[str]], ...]:
        """Return the folders of the store, and what its files in each are called."""
        return (self._root, ROOT), (self._keys, KEY), (self._objects, HASH)

    def _refuse_links(self) -> None:
        hint = "it may lead to files that are not deck's: remove it, or run deck in another folder"
        refuse_link(self._shown, hint=hint)
        for folder, _ in self._rooms():
            for name in folder.links():
                link = self._shown / folder.path.relative_to(self.folder) / name
                raise OutputError(f"cannot use {self._shown}: {link} is a symbolic link", hint=hint)


def _own(folder: Folder, name: re.Pattern[str]) -> Iterator[Entry]:
    """Yield the files of a folder whose names match a pattern."""
    return (entry for entry in folder.entries() if name.fullmatch(entry.name))


def _is_duration(value: object) -> bool:
    return type(value) in {int, float} and 0 <= value <= LONGEST_SECONDS  # type: ignore[operator]  # a number by now


HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """
    One of the things that were made for a key.

    Attributes
    ----------
    files
        The SHA-256 of every file that it was made from, by path: see `deck.build.place.Place`.
    object
        The name of what was made.
    place
        The name of the only place where it may be used; empty if it may be used everywhere.
    seal
        The SHA-256 of all this and the key: it is wrong in a file that was damaged, or renamed to another key.
    """

    files: Mapping[str, str]
    object: str
    place: str
    seal: str = ""

    def sealed(self, key: str) -> str:
        """Return the seal that belongs to it."""
        text = json.dumps([key, self.object, self.place, sorted(self.files.items())])
        return hashlib.sha256(text.encode()).hexdigest()


def written(variants: Sequence[Variant], key: str) -> bytes:
    """Return the text of a key's file."""
    return json.dumps([{**asdict(each), "seal": each.sealed(key)} for each in variants]).encode()


def read(data: bytes, key: str) -> tuple[list[Variant], bool]:
    """Return what the text of a key's file says, newest first, and whether all of it is undamaged."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return [], False
    if not isinstance(found, list):
        return [], False
    variants = [variant for each in found if (variant := _read(each, key))]
    return variants, len(variants) == len(found) > 0


def _read(facts: Any, key: str) -> Variant | None:
    """Return what a key's file says of one thing, if its seal is right."""
    try:
        variant = Variant(**facts)
        is_ours = HASH.fullmatch(variant.object) and variant.seal == variant.sealed(key)
    except (TypeError, ValueError, AttributeError, RecursionError):
        return None
    texts = [variant.place, *variant.files.values()]
    return variant if is_ours and all(isinstance(text, str) for text in texts) else None
