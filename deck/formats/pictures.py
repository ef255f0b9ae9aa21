"""PNG: a folder with one picture for each pause, or all of them on one sheet."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from deck.errors import OutputError
from deck.files import replacing, writing
from deck.rendering import MADE_BY

if TYPE_CHECKING:
    from PIL.Image import Image

    from deck.build import Deck

__all__ = ["write", "write_sheet"]

COLUMNS = 4
CELL_WIDTH = 480
GAP = 12
GAP_COLOR = "#30363D"


def write(deck: Deck, folder: Path) -> None:
    """
    Write one picture for each pause, as ``01-single-feature-map-input.png``, numbered through the deck.

    Earlier pictures of a deck in the folder make way, other files stay. A failure leaves the folder as it was.

    Raises
    ------
    OutputError
        If the folder cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"cannot write pictures to {folder}: it is no folder", hint="choose another name")
    with writing(folder):
        made = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            _write(deck, folder)
        except BaseException:
            if made:
                shutil.rmtree(folder, ignore_errors=True)
            raise


def _write(deck: Deck, folder: Path) -> None:
    pictures = _named(deck)
    earlier = [path for path in folder.glob("[0-9]*-*.png") if path.name not in pictures and _is_ours(path)]
    with TemporaryDirectory(dir=folder, prefix=".") as beside:
        for name, source in pictures.items():
            shutil.copyfile(source, Path(beside, name))
        for name in pictures:
            Path(beside, name).replace(folder / name)
    for path in earlier:
        path.unlink()


def _named(deck: Deck) -> dict[str, Path]:
    stages = [
        (f"{slide.id}-{reveal.id}.png", picture)
        for slide in deck.slides
        for reveal, picture in zip(slide.reveals, slide.pictures, strict=True)
    ]
    digits = max(2, len(str(len(stages))))
    return {f"{number:0{digits}}-{name}": picture for number, (name, picture) in enumerate(stages, start=1)}


def _is_ours(path: Path) -> bool:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            return all(image.info.get(key) == value for key, value in MADE_BY.items())
    except (OSError, UnidentifiedImageError):
        return False


def write_sheet(deck: Deck, path: Path) -> None:
    """
    Write a contact sheet: every pause, four in a row.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    sheet = contact_sheet([picture for slide in deck.slides for picture in slide.pictures])
    with replacing(path) as beside:
        sheet.save(beside, format="PNG")


def contact_sheet(pictures: list[Path]) -> Image:
    """Return the pictures, which have one size, side by side in rows of four."""
    from PIL import Image

    with Image.open(pictures[0]) as first:
        width, height = CELL_WIDTH, round(CELL_WIDTH * first.height / first.width)
    rows = -(-len(pictures) // COLUMNS)
    size = COLUMNS * width + (COLUMNS + 1) * GAP, rows * height + (rows + 1) * GAP
    sheet = Image.new("RGB", size, GAP_COLOR)
    for index, path in enumerate(pictures):
        row, column = divmod(index, COLUMNS)
        with Image.open(path) as picture:
            cell = picture.resize((width, height), Image.Resampling.LANCZOS)
        sheet.paste(cell, (GAP + column * (width + GAP), GAP + row * (height + GAP)))
    return sheet
