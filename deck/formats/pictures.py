"""PNG: a folder with one picture for each pause, or all of them on one sheet."""

from __future__ import annotations

import re
import shutil
import stat
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deck.errors import OutputError
from deck.files.scratch import PREFIX, scratch
from deck.files.writing import replacing, writing
from deck.identifiers import file_name

if TYPE_CHECKING:
    from PIL.Image import Image

    from deck.build import Deck
    from deck.build.films import Studio

__all__ = ["write", "write_sheet"]

MADE_BY = {"Software": "feature-map-deck"}
"""The mark in every PNG that the project writes, by which it knows its own."""

NUMBERED = re.compile(r"[0-9]+-.*\.png")
UNSEEN = {".DS_Store", ".gitignore", ".gitkeep", "Thumbs.db", "desktop.ini"}
"""What a folder may hold that counts as empty."""

COLUMNS = 4
CELL_WIDTH = 480
GAP = 12


def write(deck: Deck, folder: Path, studio: Studio) -> None:
    """
    Write one picture for each pause, as ``01-single-feature-map-input.png``, numbered through the deck.

    Earlier pictures of a deck in the folder make way, other files stay. If drawing fails, the folder stays as it was.

    Raises
    ------
    OutputError
        If the folder cannot be written, or holds other files: see `require_room`.
    """
    names = _names(deck)
    require_room(folder, names)
    with writing(folder):
        made = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            _write(deck, folder, names, studio.quality.width)
        except BaseException:
            if made:
                shutil.rmtree(folder, ignore_errors=True)
            raise


def require_room(folder: Path, names: Sequence[str] = ()) -> None:
    """
    Refuse a folder for pictures unless it is not there yet, is empty, or has some of deck's pictures already.

    Parameters
    ----------
    folder
        Which may hold somebody's files.
    names
        Of the pictures, as far as they are known.

    Raises
    ------
    OutputError
        If it holds other files and none of deck's pictures, if a picture would replace one of those files, or if it is
        no folder.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"cannot write pictures to {folder}: it is no folder", hint="choose another name")
    with writing(folder):
        there = sorted(each.name for each in folder.iterdir()) if folder.exists() else []
    others = [name for name in there if not (name in UNSEEN or name.startswith(f".{PREFIX}"))]
    if others and not any(_is_ours(folder / name) for name in others if NUMBERED.match(name)):
        hint = f"name a new or an empty folder, such as {folder / 'pictures'}/"
        raise OutputError(f"cannot write pictures to {folder}: it holds other files, such as {others[0]}", hint=hint)
    for name in names:
        if name in others and not _is_ours(folder / name):
            hint = "move it away, or name another folder"
            raise OutputError(f"cannot write {folder / name}: a file of that name is there, and not ours", hint=hint)


def _write(deck: Deck, folder: Path, names: Sequence[str], width: int) -> None:
    earlier = [path for path in folder.glob("[0-9]*-*.png") if path.name not in names and _is_ours(path)]
    with scratch(folder) as beside:
        for name, picture in zip(names, _pictures(deck, width), strict=True):
            _save(picture, beside / name)
        for name in names:
            (beside / name).replace(folder / name)
    for path in earlier:
        path.unlink()


def _names(deck: Deck) -> list[str]:
    stages = [f"{slide.id}-{reveal.id}" for slide in deck.slides for reveal in slide.reveals]
    digits = max(2, len(str(len(stages))))
    return [file_name(f"{number:0{digits}}-{name}", ".png") for number, name in enumerate(stages, start=1)]


def _pictures(deck: Deck, width: int) -> Iterator[Image]:
    """Yield the picture of every pause, in order."""
    from PIL.Image import fromarray

    from deck.render.raster import Raster

    for slide in deck.slides:
        raster = Raster(slide.recording, width)
        for reveal in raster.recording.reveals:
            yield fromarray(raster.frame(reveal.last))


def _save(picture: Image, path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    mark = PngInfo()
    for key, value in MADE_BY.items():
        mark.add_text(key, value)
    picture.save(path, format="PNG", pnginfo=mark)


def _is_ours(path: Path) -> bool:
    """Return whether a file is a picture that was written here before; a link, or a pipe, is none."""
    from PIL import Image

    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
        with warnings.catch_warnings(action="error"), Image.open(path, formats=["PNG"]) as image:
            return all(image.info.get(key) == value for key, value in MADE_BY.items())
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):  # no picture, or a crafted one
        return False


def write_sheet(deck: Deck, path: Path, studio: Studio) -> None:
    """
    Write a contact sheet: every pause, four in a row.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    from PIL.Image import Resampling

    pictures = _pictures(deck, max(CELL_WIDTH, studio.quality.width))
    cells = [
        picture.resize((CELL_WIDTH, round(CELL_WIDTH * picture.height / picture.width)), Resampling.LANCZOS)
        for picture in pictures
    ]
    with replacing(path) as beside:
        contact_sheet(cells, gap=deck.theme["line"]).save(beside, format="PNG")


def contact_sheet(cells: Sequence[Image], *, gap: str) -> Image:
    """Return pictures, which have one size, side by side in rows of four; ``gap`` is the colour between them."""
    from PIL import Image

    width, height = cells[0].size
    rows = -(-len(cells) // COLUMNS)
    size = COLUMNS * width + (COLUMNS + 1) * GAP, rows * height + (rows + 1) * GAP
    sheet = Image.new("RGB", size, gap)
    for index, cell in enumerate(cells):
        row, column = divmod(index, COLUMNS)
        sheet.paste(cell, (GAP + column * (width + GAP), GAP + row * (height + GAP)))
    return sheet
