"""What a lecturer starts from: a folder with a document that builds, and what publishes it."""

from __future__ import annotations

import datetime as dt
import re
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from deck.errors import OutputError
from deck.files.writing import replacing, writing

__all__ = ["start"]

FILES = {
    "talk.md": "talk.md",
    ".github/workflows/deck.yml": "workflow.yml",
    ".gitignore": "gitignore",
}
"""What is written, by the path in the folder: the templates that stand beside this module."""

MAY_BE_THERE = {".git"}


def start(folder: Path) -> tuple[Path, ...]:
    """
    Write a small document and what belongs to it; return the paths of the files.

    Parameters
    ----------
    folder
        Is made if it is not there, and must be empty if it is; its name becomes the deck's title.

    Raises
    ------
    OutputError
        If there is something in the folder, or it cannot be written.
    """
    with writing(folder):
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"cannot start a deck in {folder}: it is a file", hint="choose another name")
        there = {path.name for path in folder.iterdir()} - MAY_BE_THERE if folder.exists() else set[str]()
    if there:
        hint = "nothing was written; choose another name, or an empty folder"
        raise OutputError(f"cannot start a deck in {folder}: the folder is not empty", hint=hint)
    facts = {
        "@title@": _title(folder.absolute().name),
        "@date@": dt.datetime.now().astimezone().date().isoformat(),
        "@version@": version("feature-map-deck"),
    }
    return tuple(_write(folder / path, template, facts) for path, template in FILES.items())


def _title(name: str) -> str:
    """Return a title made of a folder's name, without the characters that mean something in Markdown."""
    words = " ".join(re.findall(r"\w+", name.replace("_", " ")))
    return words[:1].upper() + words[1:] or "My talk"


def _write(path: Path, template: str, facts: dict[str, str]) -> Path:
    text = files("deck.scaffold").joinpath(template).read_text(encoding="utf-8")
    for mark, fact in facts.items():
        text = text.replace(mark, fact)
    with replacing(path) as beside:
        beside.write_text(text, encoding="utf-8")
    return path
