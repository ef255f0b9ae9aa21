"""PNG: a folder with one picture for each pause, or all of them on one sheet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from deck.errors import OutputError
from deck.files import replacing, writing
from deck.names import file_name

if TYPE_CHECKING:
    from PIL.Image import Image

    from deck.build import Deck
    from deck.films import Studio

__all__ = ["write", "write_sheet"]

MADE_BY = {"Software": "feature-map-deck"}
"""The mark in every PNG that the project writes, by which it knows its own."""

COLUMNS = 4
CELL_WIDTH = 480
GAP = 12
GAP_COLOR = "#30363D"


def write(deck: Deck, folder: Path, studio: Studio) -> None:
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
            _write(deck, folder, studio.quality.width)
        except BaseException:
            if made:
                shutil.rmtree(folder, ignore_errors=True)
            raise


def _write(deck: Deck, folder: Path, width: int) -> None:
    names = _names(deck)
    earlier = [path for path in folder.glob("[0-9]*-*.png") if path.name not in names and _is_ours(path)]
    with TemporaryDirectory(dir=folder, prefix=".") as beside:
        for name, picture in zip(names, _pictures(deck, width), strict=True):
            _save(picture, Path(beside, name))
        for name in names:
            Path(beside, name).replace(folder / name)
    for path in earlier:
        path.unlink()


def _names(deck: Deck) -> list[str]:
    stages = [f"{slide.id}-{reveal.id}" for slide in deck.slides for reveal in slide.reveals]
    digits = max(2, len(str(len(stages))))
    return [file_name(f"{number:0{digits}}-{name}", ".png") for number, name in enumerate(stages, start=1)]


def _pictures(deck: Deck, width: int) -> Iterator[Image]:
    """Yield the picture of every pause, in order."""
    from PIL.Image import fromarray

    from deck.recording.raster import Raster

    for slide in deck.slides:
        raster = Raster(slide.recording, width)
        for reveal in slide.recording.reveals:
            yield fromarray(raster.frame(reveal.last))


def _save(picture: Image, path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    mark = PngInfo()
    for key, value in MADE_BY.items():
        mark.add_text(key, value)
    picture.save(path, format="PNG", pnginfo=mark)


def _is_ours(path: Path) -> bool:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            return all(image.info.get(key) == value for key, value in MADE_BY.items())
    except (OSError, UnidentifiedImageError):
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
        contact_sheet(cells).save(beside, format="PNG")


def contact_sheet(cells: Sequence[Image]) -> Image:
    """Return pictures, which have one size, side by side in rows of four."""
    from PIL import Image

    width, height = cells[0].size
    rows = -(-len(cells) // COLUMNS)
    size = COLUMNS * width + (COLUMNS + 1) * GAP, rows * height + (rows + 1) * GAP
    sheet = Image.new("RGB", size, GAP_COLOR)
    for index, cell in enumerate(cells):
        row, column = divmod(index, COLUMNS)
        sheet.paste(cell, (GAP + column * (width + GAP), GAP + row * (height + GAP)))
    return sheet
