import os
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from deck.build import Deck
from deck.build.films import Studio
from deck.build.quality import QUALITIES
from deck.errors import OutputError
from deck.files.scratch import PREFIX
from deck.formats import pictures
from deck.render.raster import Raster

pytestmark = pytest.mark.xdist_group("toys")

NAMES = ["01-shapes-run.png", "02-shapes-dot.png", "03-shapes-rest.png", "04-the-corner-corner.png"]


@pytest.fixture
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return Studio(store=tmp_path_factory.mktemp("studio"), quality=QUALITIES["draft"])


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_gets_one_picture_for_each_pause_numbered_and_named(
    built: Deck, studio: Studio, tmp_path: Path
) -> None:
    pictures.write(built, tmp_path / "new" / "pauses", studio)

    assert listing(tmp_path / "new" / "pauses") == NAMES
    pauses = [(slide.recording, reveal.last) for slide in built.slides for reveal in slide.recording.reveals]
    for name, (recording, frame) in zip(NAMES, pauses, strict=True):
        with Image.open(tmp_path / "new" / "pauses" / name) as picture:
            np.testing.assert_array_equal(np.asarray(picture), Raster(recording, 854).frame(frame))


def test_numbers_have_the_digits_that_the_last_one_needs(built: Deck, studio: Studio, tmp_path: Path) -> None:
    long = replace(built, slides=tuple(replace(built.slides[1], id=f"s{number}") for number in range(100)))

    pictures.write(long, tmp_path, studio)

    assert listing(tmp_path)[0] == "001-s0-corner.png"
    assert listing(tmp_path)[-1] == "100-s99-corner.png"


def test_pictures_of_an_earlier_deck_make_way_and_other_files_stay(built: Deck, studio: Studio, tmp_path: Path) -> None:
    pictures.write(built, tmp_path, studio)
    (tmp_path / "01-holiday.png").write_bytes(b"no picture at all")
    Image.new("RGB", (4, 4)).save(tmp_path / "02-cat.png")
    (tmp_path / "favourite.png").write_bytes((tmp_path / NAMES[0]).read_bytes())
    (tmp_path / "readme.txt").write_text("mine")

    pictures.write(replace(built, slides=built.slides[1:]), tmp_path, studio)

    assert listing(tmp_path) == [
        "01-holiday.png",
        "01-the-corner-corner.png",
        "02-cat.png",
        "favourite.png",
        "readme.txt",
    ]


def test_a_full_disk_leaves_earlier_pictures_as_they_were(
    built: Deck, studio: Studio, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    pictures.write(built, tmp_path, studio)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    request.getfixturevalue("small_files")

    with pytest.raises(OutputError, match=r"cannot write .*: file too large"):
        pictures.write(built, tmp_path, studio)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def mine(folder: Path) -> None:
    (folder / "thesis.tex").write_text("precious")


def a_picture(folder: Path) -> None:
    Image.new("RGB", (4, 4)).save(folder / NAMES[0])


def a_link(folder: Path) -> None:
    Image.new("RGB", (4, 4)).save(folder / "cat.png")
    (folder / NAMES[0]).symlink_to("cat.png")


def a_pipe(folder: Path) -> None:
    os.mkfifo(folder / NAMES[0])


def a_bomb(folder: Path) -> None:
    """Put a picture of a terapixel there, which would fill all memory."""
    chunk = b"IHDR" + (10**6).to_bytes(4) * 2 + b"\x08\x02\x00\x00\x00"
    (folder / NAMES[0]).write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\r" + chunk + zlib.crc32(chunk).to_bytes(4))


@pytest.mark.parametrize("stands", [mine, a_picture, a_link, a_pipe, a_bomb])
def test_a_folder_of_somebodys_is_not_filled(
    built: Deck, studio: Studio, tmp_path: Path, stands: Callable[[Path], None]
) -> None:
    stands(tmp_path)
    before = listing(tmp_path)

    with pytest.raises(OutputError, match=f"cannot write pictures to .*: it holds other files, such as {before[0]}"):
        pictures.write(built, tmp_path, studio)

    assert listing(tmp_path) == before


@pytest.mark.parametrize("stands", [a_picture, a_pipe, a_bomb])
def test_a_file_that_is_called_like_a_picture_is_not_replaced(
    built: Deck, studio: Studio, tmp_path: Path, stands: Callable[[Path], None]
) -> None:
    pictures.write(built, tmp_path, studio)
    (tmp_path / NAMES[0]).unlink()
    stands(tmp_path)

    with pytest.raises(OutputError, match=f"cannot write .*{NAMES[0]}: a file of that name is there, and not ours"):
        pictures.write(built, tmp_path, studio)

    assert listing(tmp_path) == NAMES


def test_what_a_killed_build_left_in_the_folder_goes(built: Deck, studio: Studio, tmp_path: Path) -> None:
    (tmp_path / f".{PREFIX}killed").mkdir()
    (tmp_path / f".{PREFIX}killed" / NAMES[0]).write_text("half a pict")

    pictures.write(built, tmp_path, studio)

    assert listing(tmp_path) == NAMES


def test_a_full_disk_leaves_no_empty_folder(built: Deck, studio: Studio, tmp_path: Path, small_files: None) -> None:
    with pytest.raises(OutputError):
        pictures.write(built, tmp_path / "new", studio)

    assert listing(tmp_path) == []


def test_a_file_in_the_place_of_the_folder_is_an_error(built: Deck, studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    with pytest.raises(OutputError, match="it is no folder"):
        pictures.write(built, tmp_path / "file", studio)
    with pytest.raises(OutputError, match="a file stands where a folder should be"):
        pictures.write(built, tmp_path / "file" / "below", studio)

    assert (tmp_path / "file").read_text() == "mine"


def test_a_contact_sheet_has_every_pause_four_in_a_row(built: Deck, studio: Studio, tmp_path: Path) -> None:
    pictures.write_sheet(replace(built, slides=(*built.slides, built.slides[1])), tmp_path / "sheet.png", studio)

    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.size == (4 * 480 + 5 * 12, 2 * 270 + 3 * 12)
        orange = sheet.getpixel((12 + 480 * 110 // 142, 12 + 135))
        assert orange == (255, 176, 0)  # the square at the end of its run
        assert sheet.getpixel((600, 12 + 270 + 12 + 100)) == sheet.getpixel((0, 0))  # no sixth picture


def test_a_full_disk_leaves_the_earlier_sheet(built: Deck, studio: Studio, tmp_path: Path, small_files: None) -> None:
    (tmp_path / "sheet.png").write_text("earlier")

    with pytest.raises(OutputError):
        pictures.write_sheet(built, tmp_path / "sheet.png", studio)

    assert (tmp_path / "sheet.png").read_text() == "earlier"
    assert listing(tmp_path) == ["sheet.png"]
