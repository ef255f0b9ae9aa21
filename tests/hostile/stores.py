"""A working folder that comes with a ``build`` folder, and documents that are no plain files."""

from __future__ import annotations

import hashlib
import json
import os
import socket
from collections.abc import Callable, Mapping

from tests.hostile.attack import DOCUMENT, PLAIN, Attack, Place

__all__ = ["ATTACKS"]

Fill = Callable[[Place], object]
STORE = "build/.deck"
OLD = 1_000_000.0
"""A moment long ago: what was not used since then is removed."""


def stored(fill: Fill, *, harmless: bool = False, alone: bool = False) -> Attack:
    """Return an innocent document in a folder whose ``build`` was filled by somebody else."""

    def write(place: Place) -> None:
        place.write(DOCUMENT, PLAIN)
        fill(place)

    return Attack(write=write, harmless=harmless, alone=alone or harmless)


def linked(name: str, target: str) -> Fill:
    return lambda place: place.link(name, place.outside / target)


def aged(place: Place) -> None:
    """Let what is outside look old enough to be removed."""
    for path in (place.outside, *place.outside.rglob("*")):
        os.utime(path, (OLD, OLD))


def linked_and_old(*names: str, target: str) -> Fill:
    def fill(place: Place) -> None:
        for name in names:
            place.link(name, place.outside / target)
        aged(place)

    return fill


def junk(place: Place) -> None:
    """Put into the store what it has not made: all of it stays."""
    for folder in ("", "keys/", "objects/"):
        for name in ("notes.txt", "thesis.tex", ".hidden", "f" * 63, "F" * 64, "0" * 64 + ".bak", "evil.json.txt"):
            path = place.write(f"{STORE}/{folder}{name}", "mine")
            os.utime(path, (OLD, OLD))


def key(content: str | bytes) -> Fill:
    """Return what puts a text behind every key that a build will ask for: it is built, and its keys are overwritten."""

    def fill(place: Place) -> None:
        for at in range(4):
            place.write(f"{STORE}/keys/{at:064x}.json", content)
        place.write(f"{STORE}/seconds.json", content)

    return fill


def objects(data: bytes) -> Fill:
    def fill(place: Place) -> None:
        name = hashlib.sha256(data).hexdigest()
        place.write(f"{STORE}/objects/{name}", data)
        place.write(f"{STORE}/keys/{'0' * 64}.json", json.dumps([{"files": {}, "object": name}]))

    return fill


JSON: Mapping[str, str | bytes] = {
    "deep": "[" * 100_000,
    "deep-maps": '{"a":' * 100_000,
    "null": "null",
    "numbers": '[{"files": 1, "object": 2}]',
    "text": '"text"',
    "infinite": '{"a": Infinity, "b": NaN, "c": 1e999, "d": -1}',
    "number-long": "9" * 1_000_000,
    "surrogates": '[{"files": {"\\ud800": "x"}, "object": "\\ud800"}]',
    "nul": '[{"files": {"a\\u0000b": "x"}, "object": "../\\u0000"}]',
    "way-out": '[{"files": {}, "object": "../../../../outside/secret.txt"}]',
    "whole-path": '[{"files": {"/etc/passwd": ""}, "object": "/etc/passwd"}]',
    "bytes": bytes(range(256)),
    "utf-16": '[{"files": {}}]'.encode("utf-16"),
    "empty": "",
    "many": "[" + ",".join(['{"files": {}, "object": "x"}'] * 100_000) + "]",
    "devices": '[{"files": {"/dev/zero": "x", "/dev/tty": "y", "/proc/self/mem": "z"}, "object": "' + "0" * 64 + '"}]',
}


def pipes(place: Place) -> None:
    for name in ("seconds.json", ".gitignore", f"keys/{'0' * 64}.json", f"objects/{'0' * 64}"):
        place.pipe(f"{STORE}/{name}")


def folders(place: Place) -> None:
    for name in ("seconds.json", ".gitignore", f"keys/{'0' * 64}.json", f"objects/{'0' * 64}"):
        place.write(f"{STORE}/{name}/x", "x")


def locked(*names: str) -> Fill:
    def fill(place: Place) -> None:
        for name in names:
            (place.folder / name).mkdir(parents=True, exist_ok=True)
            (place.folder / name).chmod(0o500)

    return fill


def output_pipe(place: Place) -> None:
    place.pipe("build/talk.html")


STORES: Mapping[str, Fill] = {
    "link": linked_and_old(STORE, target="folder"),
    "link-of-build": linked_and_old("build", target="folder"),
    "link-of-keys": linked_and_old(f"{STORE}/keys", target="folder"),
    "link-of-objects": linked_and_old(f"{STORE}/objects", target="folder"),
    "link-of-seconds": linked_and_old(f"{STORE}/seconds.json", target="secret.txt"),
    "link-of-ignore": linked_and_old(f"{STORE}/.gitignore", target="new.txt"),
    "link-of-a-key": linked(f"{STORE}/keys/{'0' * 64}.json", "secret.txt"),
    "link-of-an-object": linked(f"{STORE}/objects/{'0' * 64}", "secret.txt"),
    "link-of-page": linked("build/talk.html", "secret.txt"),
    "link-of-page-to-nothing": linked("build/talk.html", "new.html"),
    "link-of-everything": linked_and_old(
        *(f"{STORE}/{name}" for name in ("keys", "objects", "films")), target="folder"
    ),
    "link-to-devices": lambda place: [
        place.link(f"{STORE}/seconds.json", "/dev/zero"),
        place.link(f"{STORE}/keys/{'0' * 64}.json", "/dev/random"),
    ],
    "link-to-itself": lambda place: place.link(STORE, ".deck"),
    "junk": junk,
    "pipes": pipes,
    "folders": folders,
    "file-for-store": lambda place: place.write(STORE, "mine"),
    "file-for-build": lambda place: place.write("build", "mine"),
    "file-for-keys": lambda place: place.write(f"{STORE}/keys", "mine"),
    "folder-for-page": lambda place: place.write("build/talk.html/mine.txt", "mine"),
    "pipe-for-page": output_pipe,
    "pipe-for-build": lambda place: place.pipe("build"),
    "locked": locked("build", STORE, f"{STORE}/keys", f"{STORE}/objects"),
    "no-recording": objects(b"no recording"),
    "recording-that-lies": objects(b"\1\0\0\0\xff\xff\xff\xff" + b"DECK\4" + bytes(50)),
    **{f"json-{name}": key(content) for name, content in JSON.items()},
}


def special(make: Fill, document: str = DOCUMENT, *, alone: bool = False) -> Attack:
    """Return a document that is no plain file; those that might never end have processes of their own."""
    return Attack(write=make, document=document, alone=alone)


def nothing(_place: Place) -> None:
    pass


def listening(place: Place) -> None:
    folder = os.open(place.folder, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(f"/proc/self/fd/{folder}/{DOCUMENT}")
    os.close(folder)


DOCUMENTS: Mapping[str, Attack] = {
    "pipe": special(lambda place: place.pipe(DOCUMENT), alone=True),
    "socket": special(listening),
    "folder": special(lambda place: place.write(f"{DOCUMENT}/x")),
    "link-to-zeros": special(lambda place: place.link(DOCUMENT, "/dev/zero"), alone=True),
    "link-to-itself": special(lambda place: place.link(DOCUMENT, DOCUMENT)),
    "device": special(nothing, "/dev/zero", alone=True),
    "device-random": special(nothing, "/dev/urandom", alone=True),
    "nothing": special(nothing, "/dev/null"),
    "memory": special(nothing, "/proc/self/mem"),
    "empty-name": special(nothing, ""),
    "long-name": special(nothing, "x" * 5000 + ".md"),
    "escape-name": special(lambda place: place.write("a\x1b[31mb\u202e.md", PLAIN), "a\x1b[31mb\u202e.md"),
    "newline-name": special(lambda place: place.write("a\nb.md", PLAIN), "a\nb.md"),
    "odd-name": special(lambda place: place.write("a'\"<script>&amp;.md", PLAIN), "a'\"<script>&amp;.md"),
    "surrogate-name": special(lambda place: place.write(os.fsdecode(b"a\xff.md"), PLAIN), os.fsdecode(b"a\xff.md")),
    "name-of-two-dots": special(lambda place: place.write("...md", PLAIN), "...md"),
    "dash-name": special(lambda place: place.write("-o.md", PLAIN), "./-o.md"),
    "100-megabytes": special(
        lambda place: place.write(DOCUMENT, b"# T\n\n## One\n\n" + b"word " * 20_000_000), alone=True
    ),
    "hole": special(lambda place: os.truncate(place.write(DOCUMENT, PLAIN), 20_000_000_000), alone=True),
    "no-utf-8": special(lambda place: place.write(DOCUMENT, b"# \xff\xfe\x00\n")),
    "utf-16": special(lambda place: place.write(DOCUMENT, PLAIN.encode("utf-16"))),
    "nul": special(lambda place: place.write(DOCUMENT, "# T\0\n\n## One\0\n\n\0\n")),
}

ATTACKS: dict[str, Attack] = {
    **{f"store-{name}": stored(fill) for name, fill in STORES.items()},
    **{f"document-{name}": attack for name, attack in DOCUMENTS.items()},
}
