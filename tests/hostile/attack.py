"""What an attack is: a folder that somebody else has made, with a document that a reader lists, checks and builds."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["DOCUMENT", "PLAIN", "SECRET", "Attack", "Place", "beside", "program", "text"]

DOCUMENT = "talk.md"

PLAIN = "## What to keep\n\n- One\n- Two\n"
"""A document that nobody minds; what lies around it is the attack."""

SECRET = "correct horse battery staple"  # noqa: S105 - it opens nothing
"""Stands in every file outside of the document's folder, and must stand in nothing that a command says or writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    Where an attack is set up.

    Attributes
    ----------
    folder
        The document's, which is the working folder, too.
    outside
        A folder of the reader's with ``secret.txt``, ``.md``, ``.svg``, ``.png``, ``.bin`` and a ``folder``.
    ran
        A file that nobody but the attacker's code would write.
    """

    folder: Path
    outside: Path
    ran: Path

    def write(self, name: str, content: str | bytes = "") -> Path:
        """Write a file below the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return path

    def link(self, name: str, target: Path | str) -> Path:
        """Put a symbolic link below the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)
        return path

    def pipe(self, name: str) -> Path:
        """Put a named pipe below the folder; whoever opens it waits for ever."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(path)
        return path

    @property
    def code(self) -> str:
        """Python that tells of its being run, even where it may write nothing: it is read first."""
        return f"import os\nos.close(os.open({str(self.ran)!r}, os.O_CREAT | os.O_WRONLY))\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """
    One hostile folder.

    Attributes
    ----------
    write
        Fills the place.
    document
        What the commands are called with.
    environment
        Variables on top of the usual ones; ``{folder}`` is the document's.
    alone
        Whether it needs processes of its own: for its working folder, for variables, or for its weight.
    harmless
        Whether the document is innocent, and the commands succeed as if nothing lay around it.
    elsewhere
        Whether the working folder is another, empty one.
    module
        Whether ``python -m deck`` is started in place of ``deck``.
    """

    write: Callable[[Place], object]
    document: str = DOCUMENT
    environment: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False
    harmless: bool = False
    elsewhere: bool = False
    module: bool = False


def text(content: str | bytes | Callable[[Place], str], *, alone: bool = False) -> Attack:
    """Return an attack that is a document's text and nothing else."""

    def write(place: Place) -> None:
        place.write(DOCUMENT, content(place) if callable(content) else content)

    return Attack(write=write, alone=alone)


def beside(
    name: str,
    content: str | bytes | Callable[[Place], str | bytes],
    document: str = PLAIN,
    *,
    environment: Mapping[str, str] | None = None,
    elsewhere: bool = False,
    module: bool = False,
) -> Attack:
    """Return an innocent document with a file beside it that must make no difference."""

    def write(place: Place) -> None:
        place.write(DOCUMENT, document)
        place.write(name, content(place) if callable(content) else content)

    return Attack(
        write=write,
        environment=environment or {},
        alone=True,
        harmless=True,
        elsewhere=elsewhere,
        module=module,
    )


def program(place: Place) -> str:
    """Return a shell script that tells of its being run."""
    return f"#!/bin/sh\n: > '{place.ran}'\n"
