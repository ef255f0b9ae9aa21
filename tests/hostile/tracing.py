"""What processes did to the world around them, read from the files that strace has written."""

from __future__ import annotations

import os
import re
from codecs import escape_decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

__all__ = ["Event", "events"]

Kind = Literal["start", "connect", "read", "write"]

LINE = re.compile(
    r"(?P<when>\d+\.\d+) (?P<call>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+|\?)(<(?P<at>.*)>)?( [A-Z]+)?"
)
PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<(?P<folder>(?:[^>\\]|\\.)*)>(?:\(deleted\))?, )?"(?P<name>(?:[^"\\]|\\.)*)"')
WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
SOCKET = re.compile(r"sun_path=@?\"(?P<path>(?:[^\"\\]|\\.)*)\"|(?P<family>AF_INET6?|AF_NETLINK|AF_PACKET)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """
    One call of the system's.

    Attributes
    ----------
    when
        Seconds of the clock.
    path
        Absolute; where a link was followed, the file behind it. Of a connection that has none, the family.
    done
        Whether the call succeeded.
    """

    when: float
    kind: Kind
    path: str
    done: bool


def events(trace: Path, folder: Path) -> list[Event]:
    """Return what all processes did, in order; ``folder`` is where relative names start that strace leaves so."""
    files = trace.parent.glob(f"{trace.name}.*")
    found = [event for file in files for line in _lines(file) for event in _events(line, folder)]
    return sorted(found, key=lambda event: event.when)


def _lines(file: Path) -> Iterator[re.Match[str]]:
    for line in file.read_text("ascii", "surrogateescape").splitlines():
        if found := LINE.match(line):
            yield found


def _events(line: re.Match[str], folder: Path) -> Iterator[Event]:
    call, arguments = line["call"], line["arguments"]
    when, done = float(line["when"]), not line["result"].startswith("-")
    if call in {"connect", "bind", "sendto", "socket"}:
        if found := SOCKET.search(arguments):
            path = _plain(found["path"]) if found["path"] is not None else found["family"]
            yield Event(when=when, kind="connect", path=path, done=done)
        return
    paths = [_whole(found, folder) for found in PATH.finditer(arguments)]
    if call.startswith("exec"):
        yield Event(when=when, kind="start", path=paths[0], done=done)
    elif call.startswith("open"):
        kind: Kind = "write" if WRITES.search(arguments) else "read"
        path = _plain(line["at"]) if line["at"] else paths[0]
        if path.startswith(os.sep):  # else it is a pipe of its own, opened once more
            yield Event(when=when, kind=kind, path=path, done=done)
    else:
        for path in paths[1:] if call.startswith("symlink") else paths:
            yield Event(when=when, kind="write", path=_behind(path), done=done)


def _whole(found: re.Match[str], folder: Path) -> str:
    start = _plain(found["folder"]) if found["folder"] is not None else str(folder)
    return os.path.normpath(os.path.join(start, _plain(found["name"])))  # noqa: PTH118 - Path knows no normal form


def _behind(path: str) -> str:
    """Return where a name is: the links of its folder followed, its own not."""
    return str(Path(path).parent.resolve() / Path(path).name)


def _plain(text: str) -> str:
    return os.fsdecode(escape_decode(text.encode("ascii", "surrogateescape"))[0])
