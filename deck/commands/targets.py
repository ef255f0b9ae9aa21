"""What ``deck build`` writes, and whether it may: found out before anything is drawn."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from deck.commands import common
from deck.commands.terminal import send
from deck.errors import OutputError

if TYPE_CHECKING:
    from deck.build import Deck
    from deck.build.films import Studio
    from deck.formats import Writer

__all__ = ["STDOUT", "Target", "default", "target"]

STDOUT = "-"


class Target(NamedTuple):
    """Where to write, and what writes there; ``is_page`` says that it is HTML."""

    path: Path
    write: Writer
    is_page: bool

    @property
    def is_stdout(self) -> bool:
        """Whether it is standard output, for another program to read, and no file."""
        return self.write is _print


def default(source: Path) -> Target:
    """
    Return what is written for a document if nothing else is said.

    Raises
    ------
    OutputError
        If it cannot be written, or is a link: whoever made the folder may have put that there, and the user has not
        named the file.
    """
    from deck.files.folder import refuse_link
    from deck.files.writing import writing

    name = f"build/{source.stem.replace('_', '-')}.html"
    with writing(Path(name)):
        refuse_link(Path(name), hint="remove the link, or name a file with -o")
    return target(name, source)


def target(output: str, source: Path) -> Target:
    """
    Return the target that a value of ``-o`` names.

    Raises
    ------
    click.BadParameter
        If it names none.
    OutputError
        If the target cannot be written.
    """
    if output == STDOUT:
        _require_reader()
        return Target(Path(STDOUT), _print, is_page=True)
    from deck.files.writing import writing

    with writing(path := Path(output)):
        return _target(path, output, source)


def _target(path: Path, output: str, source: Path) -> Target:
    from deck.formats import writer

    is_folder = output.endswith(("/", os.sep))
    suffix = "" if is_folder else path.suffix.lower()
    if output and not is_folder and (path.is_dir() or not suffix):
        said = "is a folder" if path.is_dir() else "has no known format"
        raise _misuse(f"'{output}' {said}; write '{output}/' for pictures in it, or a FILE with {_known()}.")
    write = writer(suffix)
    if not output or write is None:
        raise _misuse(f"'{output}' has no known format; use {_known()} or a FOLDER/.")
    _check(path, source, is_folder=is_folder)
    return Target(path, write, is_page=suffix == ".html")


def _known() -> str:
    from deck.formats import suffixes

    return ", ".join(suffixes())


def _misuse(message: str) -> click.BadParameter:
    return click.BadParameter(message, param_hint="'-o'")


def _check(path: Path, source: Path, *, is_folder: bool) -> None:
    """Refuse a file, or a folder of pictures, that cannot be written."""
    for root in (Path.cwd(), source.absolute().parent):
        _refuse_way_out(path, root)
    common.check_folder(path if is_folder else path.parent)
    if is_folder:
        from deck.formats.pictures import require_room

        require_room(path)
    elif os.path.lexists(path) and not path.is_file():
        raise OutputError(f"cannot write {path}: it is no plain file", hint="choose another name")


def _refuse_way_out(path: Path, root: Path) -> None:
    """
    Refuse a path that lies below a folder and leads out of it by a link.

    The folder may come from somebody else, who put the link there so that the user writes through it. Links elsewhere
    are the user's own, or the system's.
    """
    inside = os.path.realpath(root)
    for part in (path.absolute(), *path.absolute().parents):
        leads = os.path.realpath(part)
        if part.is_symlink() and _is_below(os.path.realpath(part.parent), inside) and not _is_below(leads, inside):
            hint = f"it leads to {leads}: name that itself with -o, or remove the link"
            raise OutputError(f"cannot write {path}: {part.name} is a symbolic link out of the folder", hint=hint)


def _is_below(path: str, folder: str) -> bool:
    return os.path.commonpath([path, folder]) == folder


def _require_reader() -> None:
    if sys.stdout.isatty():
        hint = "send it to a program or a file, as in `deck build -o - > talk.html`"
        raise OutputError("a terminal cannot show a page", hint=hint)


def _print(deck: Deck, _path: Path, studio: Studio) -> None:
    """Write the page to standard output."""
    from deck.files.writing import writing
    from deck.formats.html import page

    data = page(deck, studio).encode()
    with writing(Path("standard output")):
        send(data)
